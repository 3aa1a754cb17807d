"""Tests of the sheet: what is on it, for whom, and that its Markdown says nothing else."""
