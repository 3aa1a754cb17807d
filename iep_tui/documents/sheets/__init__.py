"""Builders: the content of each document."""
