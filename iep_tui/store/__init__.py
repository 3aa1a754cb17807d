"""Answers → disk: one file a case, written so that nothing that was called saved is lost, private to this user."""
