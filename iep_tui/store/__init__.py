"""Storage of cases: one file per case, private to this user; nothing reported as saved is lost."""
