"""iep-tui: get ready for a school meeting about a child's IEP, in the terminal."""

#: Kept here as a constant: reading it from the installed metadata costs more than opening a case.
__version__ = "0.2.0"
