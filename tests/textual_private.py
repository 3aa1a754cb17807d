"""Textual's private names that the tests need, behind functions; no other test module uses one.

Review this module whenever Textual is upgraded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from rich.console import RenderableType
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate, ReflowResult
from textual.app import App
from textual.dom import DOMNode
from textual.events import Event
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

# `_compositor`: no public module has the types of a screen update.
__all__ = ["ChopsUpdate", "Compositor", "CompositorUpdate", "LayoutUpdate", "ReflowResult"]

#: `_on_key`: a text field handles keys here, because a public `on_key` would run in addition to Textual's own handler.
KEY_HANDLER = "_on_key"

#: Watches what an app is about to draw: the app, the screen, and the update.
Watcher = Callable[[App[Any], Screen[Any], object], None]


def key_name(character: str) -> str:
    """`_character_to_key`: no public function maps a character to the name of its key."""
    return _character_to_key(character)


def screen_strips(screen: Screen[Any]) -> list[Strip]:
    """`_compositor`: a public screenshot is an SVG image, not lines of text."""
    return screen._compositor.render_strips()


def full_redraw(screen: Screen[Any]) -> LayoutUpdate:
    """`_compositor`: public `refresh` only schedules a redraw, and returns nothing."""
    return screen._compositor.render_full_update()


def clear_render_caches(widget: Widget) -> None:
    """`_styles_cache`, `_line_cache`, `_theme`: public `refresh` leaves the cached lines of a text area."""
    widget._styles_cache.clear()
    if isinstance(widget, TextArea) and widget._theme is not None:
        widget._line_cache.clear()
        widget._theme.apply_css(widget)


def send_to_driver(app: App[Any], event: Event) -> None:
    """`_driver`: public `Pilot.press` waits after every key, so no two keys come in a burst."""
    assert app._driver is not None
    app._driver.send_message(event)


async def wait_for_widgets(pilot: Pilot[Any]) -> None:
    """`_wait_for_screen`: public `Pilot.pause` also waits for an idle processor, which takes several times as long."""
    await pilot._wait_for_screen()


def draw_what_is_pending(app: App[Any]) -> bool:
    """`_layout_required` and others: no public name tells whether a screen has drawn all that it was asked for.

    Returns:
        Whether anything was pending; it is drawn now, or as soon as a batch of updates ends.
    """
    screen = app.screen
    waiting = app._batch_count or screen._layout_required or screen._repaint_required
    if waiting or screen._dirty_widgets or screen._callbacks:
        screen._on_timer_update()
        return True
    return False


def is_animating(app: App[Any]) -> bool:
    """`_animations`, `_scheduled`: the public questions about animations are about one attribute of one object."""
    return bool(app.animator._animations or app.animator._scheduled)


def is_batching(app: App[Any]) -> bool:
    """`_batch_count`: public `batch_update` begins a batch, and nothing public tells whether one is under way."""
    return bool(app._batch_count)


def failure(app: App[Any]) -> Exception | None:
    """`_exception`: publicly a failure is only the return code 1 of an app that has ended."""
    return app._exception


def exit_messages(app: App[Any]) -> list[RenderableType]:
    """`_exit_renderables`: what an app prints after it has ended has no public name."""
    return app._exit_renderables


def has_notifications(app: App[Any]) -> bool:
    """`_notifications`: public `notify` adds one, and nothing public lists them."""
    return bool(app._notifications)


def repeating_timers(app: App[Any]) -> list[Timer]:
    """`_timers`, `_repeat`: public `set_timer` returns a timer, and nothing public lists them."""
    return [timer for timer in app._timers if timer._repeat is not None]


def bound_keys(node: DOMNode) -> set[str]:
    """`_bindings`: public `active_bindings` has the keys of the focused chain only, not those of every widget."""
    return set(node._bindings.key_to_bindings)


def type_into(field: TextArea, text: str) -> None:
    """`_replace_via_keyboard`: public `insert` and `replace` change a read-only field too."""
    field._replace_via_keyboard(text, *field.selection)


@contextmanager
def without_screens(app: App[Any]) -> Iterator[None]:
    """`_screen_stack`: public `screen_stack` is a copy, and `pop_screen` refuses to take the last screen away."""
    stack = app._screen_stack
    screens = [*stack]
    stack.clear()
    try:
        yield
    finally:
        stack.extend(screens)


def watch_drawing(monkeypatch: pytest.MonkeyPatch, app_class: type[App[Any]], watch: Watcher) -> None:
    """`_display`: no public hook sees an update before the driver writes it."""
    display = app_class._display

    def watched(app: App[Any], screen: Screen[Any], renderable: RenderableType | None) -> None:
        watch(app, screen, renderable)
        display(app, screen, renderable)

    monkeypatch.setattr(app_class, "_display", watched)


class WatchedApp(App[None]):
    """`_display`: an app that hands each update to `before_drawing`, for which Textual has no public hook."""

    def before_drawing(self, update: object) -> None:
        """Do nothing; a subclass looks at the update here."""

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        self.before_drawing(renderable)
        super()._display(screen, renderable)
