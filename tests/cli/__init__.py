"""Tests of the command line: output, error messages and exit codes of each command."""
