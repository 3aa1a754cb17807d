"""The whole interview line by line: for screen readers, braille displays, pipes and dumb terminals."""
