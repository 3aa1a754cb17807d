"""Use cases shared by the terminal UI, the line-by-line mode and the command line."""
