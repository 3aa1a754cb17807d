"""The line-by-line mode, as a person at the keys and as a pipe."""
