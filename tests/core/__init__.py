"""Questions, answers and the way through them, shown by example."""
