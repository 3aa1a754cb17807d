"""Tests of sheets: their content, their readers, and their Markdown."""
