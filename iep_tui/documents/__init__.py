"""What is handed out: answers become an outline for one reader, and the outline becomes Markdown."""
