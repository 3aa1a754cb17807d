"""Line-by-line mode: the whole interview for screen readers, braille displays, pipes and dumb terminals."""
