"""Multi-step dialogs of the terminal UI: each drives several screens to one end."""
