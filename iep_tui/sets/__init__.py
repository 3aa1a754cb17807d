"""Question files: parsing, validation, and the library of each language."""
