"""A person at the screen: reads what is drawn, presses keys, clicks on words, and leaves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from rich.cells import cell_len
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widget import Widget

from iep_tui.tui.app import PrepApp
from iep_tui.tui.screens.question_screen import QuestionScreen

#: What a terminal sends beside the name of a key.
_CHARACTERS = {"enter": "\r", "tab": "\t", "space": " ", "escape": "\x1b", "backspace": "\x7f"}

#: What stands beside words without being any.
FRAMES = str.maketrans(dict.fromkeys("│┃▌▁▂▃▄▅▆▇█▔", " "))


def drawn(app: PrepApp) -> str:
    """The characters of the screen on top, a line each, without the blanks at the end."""
    strips = app.screen._compositor.render_strips()
    return "".join(f"{strip.text.rstrip()}\n" for strip in strips)


class Person:
    """Who sits at the program. Every act waits until the program has come to rest."""

    def __init__(self, app: PrepApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> str:
        return drawn(self.app)

    def sees(self, words: str) -> bool:
        """Whether these words are drawn, however the lines break and whatever frames stand around them."""
        return " ".join(words.split()) in " ".join(self.screen.translate(FRAMES).split())

    @property
    def top(self) -> str:
        """The top line: who this is about, and whether it is saved."""
        return self.screen.split("\n")[0]

    @property
    def footer(self) -> str:
        return self.screen.rstrip("\n").split("\n")[-1]

    @property
    def place(self) -> str:
        """The id of the question on the screen, else the name of the screen."""
        screen = self.app.screen
        if isinstance(screen, QuestionScreen):
            return screen.question.id
        return type(screen).__name__.removeprefix("SafeCommand").removesuffix("Screen").removesuffix("Dialog").lower()

    @property
    def focus(self) -> Widget:
        assert self.app.focused is not None, f"nothing has the focus:\n{self.screen}"
        return self.app.focused

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, as slowly as people do."""
        for key in keys:
            self._send(key)
            await self.rest()

    async def hurry(self, *keys: str) -> None:
        """Press keys without a pause: the next is there before the one before has been dealt with."""
        for key in keys:
            self._send(key)
        await self.rest()

    async def type(self, words: str, *keys: str) -> None:
        """Type words, and keys right after them."""
        await self.hurry(*words.replace("\n", "\r"), *keys)

    def _send(self, key: str) -> None:
        if key == "\r":
            key = "enter"
        character = _CHARACTERS.get(key) or (key if len(key) == 1 else None)
        name = _character_to_key(key) if len(key) == 1 else key
        event = events.Key(name, character)
        event.set_sender(self.app)
        driver = self.app._driver
        assert driver is not None
        driver.send_message(event)

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.rest()

    async def click(self, words: str, nth: int = 0, line: int | None = None) -> None:
        """Click on words that are drawn, on this line or any; `nth` counts from 0 where they are there more often."""
        found: list[tuple[int, int]] = []
        for row, drawn_line in enumerate(self.screen.split("\n")):
            if line not in (None, row):
                continue
            start = drawn_line.find(words)
            while start >= 0:
                found.append((cell_len(drawn_line[:start]), row))
                start = drawn_line.find(words, start + 1)
        assert len(found) > nth, f"{words!r} is not drawn:\n{self.screen}"
        x, y = found[nth]
        for kind in (events.MouseDown, events.MouseUp):
            self.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
        await self.rest()

    async def rest(self) -> None:
        """Wait until the program has dealt with everything and drawn it; it may have changed screens on the way.

        Pilot's own pause waits for an idle processor: it takes several times as long, and longer on a busy machine.
        """
        quiet = 0
        for _turn in range(2_000):
            await self.pilot._wait_for_screen()
            await asyncio.sleep(0.001)
            if self.app._exception is not None or not self.app.is_running:
                return
            screen = self.app.screen
            waiting = self.app._batch_count or screen._layout_required or screen._repaint_required
            if waiting or screen._dirty_widgets or screen._callbacks:
                screen._on_timer_update()
                quiet = 0
            elif (
                self.app.animator._animations
                or self.app.animator._scheduled
                or any(pump._message_queue.qsize() for pump in (self.app, *screen.walk_children(with_self=True)))
            ):
                quiet = 0
            else:
                quiet += 1
            if quiet == 3:
                return
        raise AssertionError(f"the program never comes to rest:\n{self.screen}")

    async def until(self, come: Callable[[], bool], seconds: float = 5.0) -> None:
        """Wait for something that a timer brings."""
        for _turn in range(round(seconds / 0.02)):
            if come():
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"it did not come in {seconds} s:\n{self.screen}")


@asynccontextmanager
async def at_the_screen(app: PrepApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Person]:
    """The program, open on a screen of this size."""
    async with app.run_test(size=size) as pilot:
        person = Person(app, pilot)
        await person.rest()
        yield person
