"""What things are: questions, answers and the way through them. No file, no screen, no clock of its own."""
