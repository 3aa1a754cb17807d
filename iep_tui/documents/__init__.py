"""Documents: answers become an outline for one reader, and the outline becomes a file."""
