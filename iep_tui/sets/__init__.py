"""Question files → the model: read, checked, and found by language."""
