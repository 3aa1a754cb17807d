"""Command implementations. Each function imports its heavy dependencies itself."""
