"""The terminal: screens over the interview, for eyes and a keyboard or a mouse."""
