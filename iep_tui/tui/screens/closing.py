"""How a screen closes, however soon after it opened and whatever stands over it."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import Screen

_Result = TypeVar("_Result")


def close(screen: Screen[_Result], result: _Result) -> None:
    """Close the screen with this result. Nothing where another stands over it: Textual's `dismiss` would take that one
    away. One that is still opening closes when it stands: what it does then looks for its parts.
    """
    if not screen.is_mounted:
        screen.call_later(close, screen, result)
    elif screen.is_active:
        screen.dismiss(result)
