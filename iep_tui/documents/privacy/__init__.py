"""Access rules: the answers each reader may see, and detection of private text in exported files."""
