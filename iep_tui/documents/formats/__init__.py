"""Renderers: one module per file format, and their shared helpers."""
