"""The Textual app: owns the library, store and clock, moves from screen to screen, and saves the open case."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

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
from iep_tui.tui.shutdown import handle_crash, may_leave, offer_rescue_copy, save_everything, watch_signals
from iep_tui.tui.textual_ext.app_exit import SafeExitApp, clear_clipboard
from iep_tui.tui.themes import DARK_THEME, LIGHT_THEME

if TYPE_CHECKING:
    from iep_tui.services.session import Clock
    from iep_tui.tui.screens.question_screen import QuestionScreen
    from iep_tui.tui.screens.sheet_screen import SheetScreen


class PrepApp(SafeExitApp, BaseApp):
    """The whole program. One coroutine, `_walk`, shows screen after screen; each returns the next destination."""

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
        self.autosave = Autosave(self.set_timer, self.save)
        self.start_theme(settings.theme)

    def get_default_screen(self) -> Screen[None]:
        return RootScreen(id="_default")

    def on_mount(self) -> None:
        watch_signals(self)
        self.run_worker(self._walk(), name="walk", exit_on_error=True)

    def on_home_screen_shown(self, event: HomeScreen.Shown) -> None:
        event.stop()
        preload_modules(self)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield only our own commands, those of this screen: Textual's defaults could write answers to other files."""
        place: ScreenName = screen.PLACE if isinstance(screen, KeyedScreen) else "anywhere"
        for command in COMMANDS:
            if "anywhere" in command.places or place in command.places:
                owner = self if "anywhere" in command.places else screen
                yield SystemCommand(label(command), _(command.help), getattr(owner, f"action_{command.action}"))

    # Moving from screen to screen

    async def _walk(self, retry: HomeChoice | None = None) -> None:
        """Show home, then carry out the choice made there. Imports that home does not need are deferred until then."""
        say = "\n".join(str(problem) for problem in self.library.problems[:5])
        while True:
            if retry is None:
                home = home_screen(self.store, self.library, self.clock().date(), say)
                choice = await self.push_screen_wait(home)
            else:
                choice, retry = retry, None
            say = ""
            try:
                if choice.act in ("care", "earlier", "bring"):
                    from iep_tui.tui.flows.home_actions import run_home_action

                    say = await run_home_action(self, choice.act, choice.case_id)
                    continue
                from iep_tui.tui.flows.case_flow import open_session, walk_case

                self.session = open_session(self, choice)
            except CaseSealed as error:
                from iep_tui.tui.flows.home_actions import unlock

                retry = choice if await unlock(self, choice.case_id, str(error)) else None
                continue
            except StoreError as error:
                say = str(error)
                continue
            await walk_case(self, self.session, choice.act == "new")
            self._close_session()

    def _close_session(self) -> None:
        """Close the open case; a new one without answers is discarded."""
        session = self.session
        if session is None:
            return
        self.session = self.sheets = None
        clear_clipboard(self)
        from iep_tui.services.session import close_session

        close_session(self.store, session)

    def restart(self) -> None:
        file = self.session.file if self.session is not None else None
        self._close_session()
        sealed = file is not None and self.store.sealing.seal_of(file.id) is not None
        retry = HomeChoice("open", file.id) if file is not None and sealed else None
        self.run_worker(self._walk(retry), name="walk", exit_on_error=True)

    async def may_leave(self) -> bool:
        return await may_leave(self)

    # Saving

    def save(self) -> bool:
        """Save the open case now, update the screen, and retry later if it failed. Return False on failure."""
        self.autosave.saving()
        session = self.session
        if session is None:
            return True
        saved = session.save()
        self.autosave.saved(saved)
        if self.screen_stack and isinstance(self.screen, KeyedScreen):  # the stack is empty during exit
            self.screen.after_saving()
        return saved

    def on_question_screen_changed(self, event: QuestionScreen.Changed) -> None:
        event.stop()
        if event.left_field:
            self.save()
        else:
            self.autosave.typed()

    def on_question_screen_earlier_answers_requested(self, event: QuestionScreen.EarlierAnswersRequested) -> None:
        from iep_tui.tui.flows.answer_history_flow import choose_earlier_answer
        from iep_tui.tui.screens.question_screen import QuestionScreen

        event.stop()
        if isinstance(self.screen, QuestionScreen) and not self._is_running("recall"):
            self.run_worker(choose_earlier_answer(self, self.screen), name="recall")

    def on_question_screen_moved(self, event: QuestionScreen.Moved) -> None:
        event.stop()
        if self.session is not None:
            self.session.set_position(event.question_id)
            self.call_after_refresh(self.save)  # so that a slow disk does not delay drawing the question

    def on_app_blur(self) -> None:
        self.collect_input()
        self.save()

    def collect_input(self) -> None:
        """Put the current contents of all fields into the session."""
        for screen in self.screen_stack:
            if isinstance(screen, KeyedScreen):
                screen.collect_input()

    # Sheets

    async def on_sheet_screen_export_requested(self, event: SheetScreen.ExportRequested) -> None:
        event.stop()
        if self.sheets is None:
            return
        if event.to == "clipboard":
            self.sheets.copy(event.request)
        elif not self._is_running("save-sheet"):
            self.run_worker(self.sheets.save(event.request), name="save-sheet")

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
        """Open the palette unless it is already open, perhaps below another screen."""
        from iep_tui.tui.textual_ext.command_palette import SafeCommandPalette

        if not any(isinstance(screen, SafeCommandPalette) for screen in self.screen_stack):
            self.push_screen(SafeCommandPalette(id="--command-palette"))

    def action_light(self) -> None:
        self.theme = DARK_THEME.name if self.theme == LIGHT_THEME.name else LIGHT_THEME.name
        self.settings.keep(theme=self.theme)

    async def action_leave(self) -> None:
        """Save and quit; if saving fails, ask first."""
        from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog

        if isinstance(self.screen, ChoiceDialog) or self._is_running("leave"):
            return
        # Typed letters may still be queued in the focused field; this key has overtaken them.
        if self.focused is None or not self.focused.call_later(self._leave):
            self._leave()

    def _leave(self) -> None:
        self.collect_input()
        if not self._is_running("leave"):
            self.run_worker(self._leave_when_saved(), name="leave")

    def release_case(self) -> None:
        save_everything(self)
        self._close_session()

    def _is_running(self, name: str) -> bool:
        """Return whether a worker of this name is still running, so that a repeated key press is ignored."""
        return any(worker.name == name and not worker.is_finished for worker in self.workers)

    async def action_quit(self) -> None:
        await self.action_leave()

    async def _leave_when_saved(self) -> None:
        if await may_leave(self):
            self._close_session()
            self.exit()

    async def action_elsewhere(self) -> None:
        """Save a copy of the whole open case in another place."""
        self.collect_input()
        if not self._is_running("elsewhere"):
            self.run_worker(offer_rescue_copy(self), name="elsewhere")

    def crash_message(self, error: BaseException | None) -> str:
        return handle_crash(self, error)


def now() -> datetime.datetime:
    """Return the current local time; the clock of the real program."""
    return datetime.datetime.now().astimezone()
