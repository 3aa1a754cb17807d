"""What a reader may see, and the detection of private text in exported files."""
