"""Tests of plain mode, with a person at the keys and with a pipe."""
