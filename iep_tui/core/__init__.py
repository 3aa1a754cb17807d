"""Domain model and rules: questions, answers, interview. No files, no terminal, no clock of its own."""
