"""Dialogs written once for every front end, as coroutines that ask through a `Prompter`."""
