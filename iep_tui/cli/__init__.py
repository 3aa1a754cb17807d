"""Command line: entry point, arguments, and one module per group of commands."""
