"""Command implementations. Each imports its heavy dependencies itself."""
