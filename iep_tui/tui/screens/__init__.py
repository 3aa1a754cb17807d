"""Screens: each receives what it shows, and returns where to go."""
