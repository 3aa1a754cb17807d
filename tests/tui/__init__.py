"""Tests of the terminal UI: the screens, the keys and the results."""
