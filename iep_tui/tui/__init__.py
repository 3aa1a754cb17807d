"""Terminal UI: screens over the interview, for keyboard and mouse."""
