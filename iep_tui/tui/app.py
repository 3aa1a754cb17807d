"""The Textual app: owns the library, the store and the clock, walks the screens, and alone saves."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.worker import WorkerFailed

from iep_tui.i18n import _
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import CaseSealed, StoreError
from iep_tui.store.settings import Settings
from iep_tui.tui.autosave import Autosave
from iep_tui.tui.base_app import BaseApp
from iep_tui.tui.flows.home_flow import home_screen
from iep_tui.tui.keys import COMMANDS, ScreenName, bindings, label
from iep_tui.tui.preload import preload_modules
from iep_tui.tui.screens.base_screen import KeyedScreen
from iep_tui.tui.screens.home_screen import HomeChoice, HomeScreen
from iep_tui.tui.screens.root_screen import RootScreen
from iep_tui.tui.shutdown import after_a_crash, may_leave, offer_rescue_copy, rescue, watch_signals
from iep_tui.tui.themes import DARK_THEME, LIGHT_THEME

if TYPE_CHECKING:
    from iep_tui.services.session import Clock
    from iep_tui.tui.screens.question_screen import QuestionScreen
    from iep_tui.tui.screens.sheet_screen import SheetScreen


class PrepApp(BaseApp):
    """One straight coroutine walks the screens; each gives back where to go."""

    CSS_PATH = "app.tcss"
    TITLE = "iep-tui"
    BINDINGS: ClassVar[list[BindingType]] = bindings("anywhere")
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it for instances
        (0, "-narrow"),
        (60, "-small"),
        (80, "-normal"),
        (100, "-wide"),
        (136, "-very-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012

    def __init__(self, library: Library, store: CaseStore, settings: Settings, clock: Clock) -> None:
        super().__init__(library, store, settings, clock)
        self.pace = Autosave(self, self.save)
        self.begin_in(settings.theme)

    def get_default_screen(self) -> Screen[None]:
        return RootScreen(id="_default")

    def on_mount(self) -> None:
        watch_signals(self)
        self.run_worker(self._walk(), name="walk", exit_on_error=True)

    def on_home_screen_shown(self, event: HomeScreen.Shown) -> None:
        event.stop()
        preload_modules(self)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: our commands that this screen has, and nothing that writes answers anywhere else."""
        place: ScreenName = screen.PLACE if isinstance(screen, KeyedScreen) else "anywhere"
        for command in COMMANDS:
            if "anywhere" in command.places or place in command.places:
                owner = self if "anywhere" in command.places else screen
                yield SystemCommand(label(command), _(command.help), getattr(owner, f"action_{command.action}"))

    # The way through the screens

    async def _walk(self, again: HomeChoice | None = None) -> None:
        """Home, then what was chosen there. What home itself does without is loaded when it is first wanted."""
        say = "\n".join(str(problem) for problem in self.library.problems[:5])
        while True:
            if again is None:
                home = home_screen(self.store, self.library, self.clock().date(), say)
                chosen = await self.push_screen_wait(home)
            else:
                chosen, again = again, None
            say = ""
            try:
                if chosen.act in ("care", "earlier", "bring"):
                    from iep_tui.tui.flows.home_actions import run_home_action

                    say = await run_home_action(self, chosen.act, chosen.case_id)
                    continue
                from iep_tui.tui.flows.case_flow import open_session, walk_case

                self.session = open_session(self, chosen)
            except CaseSealed as error:
                from iep_tui.tui.flows.home_actions import unlock

                again = chosen if await unlock(self, chosen.case_id, str(error)) else None
                continue
            except StoreError as error:
                say = str(error)
                continue
            await walk_case(self, self.session, chosen.act == "new")
            self._get_up()

    def _get_up(self) -> None:
        """Leave the case. One that was begun and never written in is not kept."""
        session = self.session
        if session is None:
            return
        self.session = self.sheets = None
        self._clipboard = ""  # the next family pastes nothing of this one; the terminal's own is not ours to empty
        from iep_tui.services.session import close_session

        close_session(self.store, session)

    def restart(self) -> None:
        file = self.session.file if self.session is not None else None
        self._get_up()
        sealed = file is not None and self.store.sealing.seal_of(file.id) is not None
        again = HomeChoice("open", file.id) if file is not None and sealed else None
        self.run_worker(self._walk(again), name="walk", exit_on_error=True)

    async def may_leave(self) -> bool:
        return await may_leave(self)

    # Saving

    def save(self) -> bool:
        """Save the open case now, tell the screen, and try again later when it failed."""
        self.pace.saving()
        session = self.session
        if session is None:
            return True
        saved = session.save()
        self.pace.saved(saved)
        if self.screen_stack and isinstance(self.screen, KeyedScreen):  # none is left while the program ends
            self.screen.after_saving()
        return saved

    def on_question_screen_changed(self, event: QuestionScreen.Changed) -> None:
        event.stop()
        if event.left:
            self.save()
        else:
            self.pace.typed()

    def on_question_screen_earlier_wanted(self, event: QuestionScreen.EarlierWanted) -> None:
        from iep_tui.tui.flows.answer_history_flow import choose_earlier_answer
        from iep_tui.tui.screens.question_screen import QuestionScreen

        event.stop()
        if isinstance(self.screen, QuestionScreen) and not self._at_work("recall"):
            self.run_worker(choose_earlier_answer(self, self.screen), name="recall")

    def on_question_screen_moved(self, event: QuestionScreen.Moved) -> None:
        event.stop()
        if self.session is not None:
            self.session.set_position(event.question_id)
            self.call_after_refresh(self.save)  # the question is drawn while the disk takes its time

    def on_app_blur(self) -> None:
        self.take_words()
        self.save()

    def take_words(self) -> None:
        """What stands in the fields goes into the sitting."""
        for screen in self.screen_stack:
            if isinstance(screen, KeyedScreen):
                screen.take_words()

    # Sheets

    async def on_sheet_screen_handed(self, event: SheetScreen.Handed) -> None:
        event.stop()
        if self.sheets is None:
            return
        if event.to == "clipboard":
            self.sheets.copy(event.wanted)
        elif not self._at_work("save-sheet"):
            self.run_worker(self.sheets.save(event.wanted), name="save-sheet")

    # Commands of the whole program

    async def action_help(self) -> None:
        from iep_tui.tui.screens.help_screen import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.action_close()
        else:
            await self.push_screen(HelpScreen(str(self.store.home)))

    async def action_words(self) -> None:
        from iep_tui.tui.screens.glossary_screen import GlossaryScreen

        if isinstance(self.screen, GlossaryScreen):
            self.screen.action_close()
        else:
            await self.push_screen(GlossaryScreen(self.glossary))

    async def action_about(self) -> None:
        from iep_tui.tui.screens.about_screen import AboutScreen

        if not isinstance(self.screen, AboutScreen):
            await self.push_screen(AboutScreen(self.library.about))

    def action_command_palette(self) -> None:
        """Open the palette, where it is not open already: something else may stand over it."""
        from iep_tui.tui.textual_ext.command_palette import SafeCommandPalette

        if not any(isinstance(one, SafeCommandPalette) for one in self.screen_stack):
            self.push_screen(SafeCommandPalette(id="--command-palette"))

    def action_light(self) -> None:
        self.theme = DARK_THEME.name if self.theme == LIGHT_THEME.name else LIGHT_THEME.name
        self.settings.keep(theme=self.theme)

    async def action_leave(self) -> None:
        """Save and quit; words that cannot be saved are asked about first."""
        from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog

        if isinstance(self.screen, ChoiceDialog) or self._at_work("leave"):
            return
        # Letters may still wait in the queue of the field with the focus: this key has overtaken them.
        if self.focused is None or not self.focused.call_later(self._leave):
            self._leave()

    def _leave(self) -> None:
        self.take_words()
        if not self._at_work("leave"):
            self.run_worker(self._leave_when_saved(), name="leave")

    def put_away(self) -> None:
        rescue(self)
        self._get_up()

    def _at_work(self, name: str) -> bool:
        """Whether the worker of this name has begun: the same key pressed twice is no second wish."""
        return any(one.name == name and not one.is_finished for one in self.workers)

    async def action_quit(self) -> None:
        await self.action_leave()

    async def _leave_when_saved(self) -> None:
        if await may_leave(self):
            self._get_up()
            self.exit()

    async def action_elsewhere(self) -> None:
        """Put all answers of the open case somewhere else."""
        self.take_words()
        if not self._at_work("elsewhere"):
            self.run_worker(offer_rescue_copy(self), name="elsewhere")

    def _handle_exception(self, error: Exception) -> None:
        """A screen that was still opening when the program was left looks for parts it no longer gets: no failure."""
        reason = error.error if isinstance(error, WorkerFailed) else error
        if not (self._exit and isinstance(reason, NoMatches)):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Save, then say what went wrong in one line: the usual report would print the answers in memory."""
        words = after_a_crash(self, sys.exc_info()[1])
        self.bell()
        self._exit_renderables.append(Text(words))
        self._close_messages_no_wait()


def now() -> datetime.datetime:
    """The clock of the real program."""
    return datetime.datetime.now().astimezone()
