"""Widgets. They receive values and report the user's actions as messages."""
