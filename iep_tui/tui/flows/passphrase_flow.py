"""Passphrase flows: ask, set, change, remove. Key derivation runs in a thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from iep_tui.core.progress_callback import Cancelled, ProgressCallback
from iep_tui.i18n import _, ngettext
from iep_tui.services import passphrases
from iep_tui.store.crypto.keyring import check_new_passphrase
from iep_tui.store.errors import StoreError
from iep_tui.tui.flows.background_job import in_thread, run_job
from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog, InputDialog
from iep_tui.tui.screens.passphrase_dialog import PassphraseDialog

if TYPE_CHECKING:
    from iep_tui.tui.base_app import BaseApp

#: Minutes to choose from; 0 is never.
MINUTES = (2, 5, 10, 30, 0)


async def unlock(app: BaseApp, case_id: str, say: str = "") -> bool:
    """Ask for the passphrase of this case ("" for all) until it is right; False when the person goes back."""
    words = say or _("This is sealed. It opens with its passphrase.")
    if not await _asked(app, case_id, _("Locked"), words, _("Open")):
        return False
    if app.store.sealing.may_finish():
        lines = await _at_length(
            app, passphrases.finishing_text(), lambda progress: passphrases.finished_lines(app.store, progress)
        )
        await app.push_screen_wait(ChoiceDialog("\n".join(lines), (("good", _("Good")),)))
    return True


async def opened(app: BaseApp, case_id: str) -> bool:
    """Whether the case can be read, after its passphrase was asked for where one is needed."""
    return not app.store.sealing.is_locked(case_id) or await unlock(app, case_id)


async def _at_length(app: BaseApp, words: str, act: Callable[[ProgressCallback], tuple[str, ...]]) -> tuple[str, ...]:
    """Do something with many files, a whole case at a time; what there is to say about it."""
    try:
        return await run_job(app, act, words, counted=passphrases.counted_text(), whole_steps=True)
    except Cancelled:
        return (passphrases.stopped_text(),)
    except StoreError as error:
        return (str(error),)


# What the menu of a child's file does


def is_sealed(app: BaseApp, case_id: str) -> bool:
    return app.store.sealing.seal_of(case_id) is not None


def is_in_clear(app: BaseApp, case_id: str) -> bool:
    return not is_sealed(app, case_id)


async def seal_it(app: BaseApp, case_id: str) -> str:
    """Set a passphrase for this child or for all."""
    store = app.store
    everyone = passphrases.ring_of(store, passphrases.ALL_CASES)
    if everyone is not None:
        if not await opened(app, passphrases.ALL_CASES):
            return ""
        ring = everyone
        lines = await _at_length(
            app,
            passphrases.sealing_text(),
            lambda step: passphrases.sealed_lines(passphrases.seal_cases(store, case_id, ring, step)),
        )
        return "\n".join(lines)
    whom = await app.push_screen_wait(
        ChoiceDialog(
            _("For whom should the passphrase be?"),
            (("no", _("Not now")), ("one", _("For this child")), ("all", _("For all children"))),
        )
    )
    if whom not in ("one", "all"):
        return ""
    every = whom == "all"
    about = "\n".join(passphrases.before_sealing(every=every))
    if await app.push_screen_wait(ChoiceDialog(about, (("no", _("Not now")), ("yes", _("Set a passphrase"))))) != "yes":
        return ""
    made = await _new_passphrase(app, lambda words: passphrases.new_keyring(store, words))
    if made is None or not await _written_down(app, made.recovery_key):
        return _("No passphrase was set.")
    ring = made.ring
    lines = await _at_length(
        app,
        passphrases.sealing_text(),
        lambda progress: passphrases.sealed_lines(
            passphrases.seal_cases(store, passphrases.ALL_CASES if every else case_id, ring, progress)
        ),
    )
    app.watch_idle()
    return "\n".join(lines)


async def change_it(app: BaseApp, case_id: str) -> str:
    """Change the passphrase that opens this child's answers."""
    store = app.store
    if not await _known_again(app, case_id):
        return ""
    words = ""
    if passphrases.is_under_all(store, case_id):
        words = _("This is the passphrase for all children. It changes for all of them.")
    made = await _new_passphrase(app, lambda typed: passphrases.changed_keyring(store, case_id, typed), words)
    if made is None:
        return ""
    ring = made.ring
    lines = await _at_length(
        app,
        passphrases.changing_text(),
        lambda progress: passphrases.changed_lines(passphrases.change_passphrase(store, case_id, ring, progress)),
    )
    return "\n".join(lines)


async def unseal_it(app: BaseApp, case_id: str) -> str:
    """Take the passphrase off this child's answers, or off all."""
    store = app.store
    answers = [("no", _("Not now")), ("one", _("Off this child’s answers"))]
    if passphrases.is_under_all(store, case_id):
        answers.append(("all", _("Off the answers of all children")))
    words = _("Take the passphrase off? Anyone who can open files on this computer can read the answers then.")
    answer = await app.push_screen_wait(ChoiceDialog(words, tuple(answers)))
    if answer not in ("one", "all") or not await _known_again(app, case_id):
        return ""
    which = case_id if answer == "one" else passphrases.ALL_CASES
    lines = await _at_length(
        app,
        passphrases.unsealing_text(),
        lambda progress: passphrases.unsealed_lines(passphrases.unseal_cases(store, which, progress)),
    )
    return "\n".join(lines)


async def lock_after(app: BaseApp, case_id: str) -> str:
    """Choose after how many minutes the program locks itself."""
    now = app.settings.lock_after
    names = {f"after-{minutes}": minutes for minutes in MINUTES}
    answers = (("no", _("Leave it as it is")), *((name, _minutes(minutes)) for name, minutes in names.items()))
    words = _("Lock when nobody has touched a key or the mouse for how long? Now: {now}.").format(now=_minutes(now))
    answer = await app.push_screen_wait(ChoiceDialog(words, answers))
    if answer not in names:
        return ""
    app.settings.keep(lock_after=names[answer])
    app.watch_idle()
    return ""


def _minutes(minutes: int) -> str:
    if not minutes:
        return _("never")
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


async def _known_again(app: BaseApp, case_id: str) -> bool:
    """Whether the person at the keys has the passphrase of this case: it is asked for also when it is open."""
    words = _("First the passphrase that opens it now.")
    return await _asked(app, case_id, _("The passphrase now"), words, _("Go on"))


async def _asked(app: BaseApp, case_id: str, title: str, words: str, done: str) -> bool:
    """Ask for the passphrase until it opens the case ("" for all), which is open then; False on going back."""

    async def attempt(typed: str) -> str:
        try:
            opened = await in_thread(lambda _step: app.store.sealing.ring_key_for(typed, case_id))
        except StoreError as error:
            return str(error)
        app.store.keys.learn(*opened)
        return ""

    screen = PassphraseDialog(title, words, done, attempt, waiting=passphrases.deriving_text())
    if not await app.push_screen_wait(screen):
        return False
    app.watch_idle()
    return True


async def _new_passphrase(
    app: BaseApp, make: Callable[[str], passphrases.NewKeyring], say: str = ""
) -> passphrases.NewKeyring | None:
    """Ask twice for a new passphrase and make what it opens; None when the person goes back."""
    made: list[passphrases.NewKeyring] = []

    async def attempt(typed: str) -> str:
        try:
            check_new_passphrase(typed)
            made.append(await in_thread(lambda _step: make(typed)))
        except StoreError as error:
            return str(error)
        return ""

    words = " ".join(
        part
        for part in (say, _("Four words that do not belong together are good. Nobody can find it out for you."))
        if part
    )
    screen = PassphraseDialog(
        _("A new passphrase"), words, _("Go on"), attempt, waiting=passphrases.making_keys_text(), twice=True
    )
    return made[-1] if await app.push_screen_wait(screen) and made else None


async def _written_down(app: BaseApp, recovery_key: str) -> bool:
    """Show the recovery key this once, until its end was typed back; False when the person goes back."""
    middle = len(recovery_key) // 2 + 1
    halves = recovery_key[:middle], recovery_key[middle:]  # whole groups, also in a narrow window
    words = "\n".join(
        (*passphrases.recovery_key_lines(), "", *halves, "", _("Then type its last five characters here."))
    )
    say = ""
    while typed := await app.push_screen_wait(InputDialog(_("Your recovery key"), words, _("It is on paper"), say)):
        if passphrases.is_last_group(recovery_key, typed):
            return True
        say = _("That is not its end. Please look at your paper.")
    return False
