"""Terminal UI: screens for the interview, usable by keyboard and mouse."""
