"""Tests of the program in a real pseudo-terminal: bytes in, a drawn screen out, signals from outside."""
