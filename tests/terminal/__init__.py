"""Tests of the program in a real pseudo-terminal: input bytes, a drawn screen, and signals."""
