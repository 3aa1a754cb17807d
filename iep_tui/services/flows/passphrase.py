"""Passphrase dialogs: unlock, set, change, remove, and the minutes until the program locks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from iep_tui.core.progress_callback import ProgressCallback
from iep_tui.i18n import _, ngettext
from iep_tui.services import passphrases
from iep_tui.services.flows.prompter import Prompter, T, on_cancel
from iep_tui.services.passphrases import ALL_CASES, NewKeyring
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import Keyring, check_new_passphrase
from iep_tui.store.crypto.passphrase_changes import SealingReport
from iep_tui.store.errors import StoreError
from iep_tui.store.settings import Settings

#: Minutes to choose from; 0 is never.
MINUTES = (2, 5, 10, 30, 0)
#: Gives the person a new recovery key; raises Cancelled or StoreError when they do not have it safe.
HandOver = Callable[[Prompter, str], Awaitable[None]]


def is_sealed(store: CaseStore, case_id: str) -> bool:
    return store.sealing.seal_of(case_id) is not None


async def unlock(prompter: Prompter, store: CaseStore, case_id: str, words: str = "") -> None:
    """Ask for the passphrase of a case (ALL_CASES for new ones), and finish an interrupted change of it. StoreError."""
    words = words or _("This is sealed. It opens with its passphrase.")
    await _ask_passphrase(prompter, store, case_id, _("Locked"), words, _("Open"))
    await finish_interrupted_change(prompter, store)


async def finish_interrupted_change(prompter: Prompter, store: CaseStore) -> None:
    """Finish a change of all passphrases that was interrupted, once its keyring is open. StoreError."""
    if store.sealing.may_finish():
        await prompter.tell(
            *await _change_files(
                prompter, passphrases.finishing_text(), lambda step: passphrases.finished_lines(store, step)
            )
        )


async def ensure_open(prompter: Prompter, store: CaseStore, case_id: str) -> None:
    """Ask for the passphrase of a case that is locked. StoreError."""
    if store.sealing.is_locked(case_id):
        await unlock(prompter, store, case_id)


async def confirm_recovery_key(prompter: Prompter, recovery_key: str) -> None:
    """Show the recovery key this once, until its last group was typed back from paper."""
    middle = len(recovery_key) // 2 + 1
    halves = recovery_key[:middle], recovery_key[middle:]  # whole groups, also in a narrow window
    words = "\n".join(
        (*passphrases.recovery_key_lines(), "", *halves, "", _("When it is on paper, type its last five characters:"))
    )

    async def check(typed: str) -> None:
        if not passphrases.is_last_group(recovery_key, typed):
            raise StoreError(_("Those are not the last five characters. Check your paper."))

    await prompter.ask(_("Your recovery key"), words, _("It is on paper"), check)


async def set_passphrase(
    prompter: Prompter, store: CaseStore, case_id: str, scope: str = "", hand_over: HandOver = confirm_recovery_key
) -> SealingReport:
    """Seal a case, or all of them; what is still in the clear beside a passphrase for all goes under that. StoreError.

    `scope` is "one" or "all" where the person has chosen already.
    """
    everyone = passphrases.ring_of(store, ALL_CASES)
    if everyone is not None:
        await ensure_open(prompter, store, ALL_CASES)
        return await _seal_files(prompter, store, case_id, everyone)
    with on_cancel(_("No passphrase was set.")):
        scopes = (("one", _("For this child")), ("all", _("For all children")))
        scope = scope or await prompter.choose(_("For whom should the passphrase be?"), scopes)
        which = ALL_CASES if scope == "all" else case_id
        warning = "\n".join(passphrases.before_sealing(every=scope == "all"))
        await prompter.choose(warning, (("yes", _("Set a passphrase")),))
        made = await _new_passphrase(prompter, lambda typed: passphrases.new_keyring(typed))
        await hand_over(prompter, made.recovery_key)
    # only now: a key in the store starts the autolock
    store.keys.learn(made.ring.id, made.key)
    return await _seal_files(prompter, store, which, made.ring)


async def change_passphrase(prompter: Prompter, store: CaseStore, case_id: str) -> SealingReport:
    """Change the passphrase of a case, after asking for the one that opens it now. StoreError."""
    words = for_all_text() if passphrases.is_under_all(store, case_id) else ""
    with on_cancel(_("The passphrase was not changed.")):
        await _prove_passphrase(prompter, store, case_id)
        return await replace_passphrase(prompter, store, case_id, words)


def for_all_text() -> str:
    """Notice that a change reaches every child."""
    return _("This is the passphrase for all children. It changes for all of them.")


async def replace_passphrase(
    prompter: Prompter,
    store: CaseStore,
    case_id: str,
    words: str = "",
    *,
    renew: bool = False,
    hand_over: HandOver = confirm_recovery_key,
) -> SealingReport:
    """`change_passphrase` for a case that was just opened; with `renew` the recovery key changes too. StoreError."""
    made = await _new_passphrase(
        prompter, lambda typed: passphrases.changed_keyring(store, case_id, typed, renew=renew), words
    )
    if made.recovery_key:
        await hand_over(prompter, made.recovery_key)
    return await _change_files(
        prompter,
        passphrases.changing_text(),
        lambda step: passphrases.change_passphrase(store, case_id, made.ring, step),
    )


async def remove_passphrase(prompter: Prompter, store: CaseStore, case_id: str) -> SealingReport:
    """Take the passphrase off a case, or off all. StoreError."""
    with on_cancel(_("The passphrase is still set.")):
        scopes = [("one", _("Off this child’s answers"))]
        if passphrases.is_under_all(store, case_id):
            scopes.append(("all", _("Off the answers of all children")))
        words = _("Take the passphrase off? Anyone who can open files on this computer can read the answers then.")
        scope = await prompter.choose(words, tuple(scopes))
        await _prove_passphrase(prompter, store, case_id)
    return await unseal_files(prompter, store, case_id if scope == "one" else ALL_CASES)


async def unseal_files(prompter: Prompter, store: CaseStore, case_id: str) -> SealingReport:
    """Take the seal off a case, or off ALL_CASES. StoreError."""
    return await _change_files(
        prompter, passphrases.unsealing_text(), lambda step: passphrases.unseal_cases(store, case_id, step)
    )


async def choose_lock_minutes(prompter: Prompter, settings: Settings) -> None:
    """Choose after how many minutes without a key the program locks itself."""
    options = tuple((f"after-{minutes}", _minutes_text(minutes)) for minutes in MINUTES)
    words = _("Lock when nobody has touched a key or the mouse for how long? Now: {now}.").format(
        now=_minutes_text(settings.lock_after)
    )
    chosen = await prompter.choose(words, options, back=_("Leave it as it is"))
    settings.keep(lock_after=int(chosen.removeprefix("after-")))


def _minutes_text(minutes: int) -> str:
    if not minutes:
        return _("never")
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


async def _prove_passphrase(prompter: Prompter, store: CaseStore, case_id: str) -> None:
    """Ask for the passphrase even when the case is open: someone else may be at the keys."""
    words = _("First the passphrase that opens it now.")
    await _ask_passphrase(prompter, store, case_id, _("The passphrase now"), words, _("Go on"))


async def _ask_passphrase(
    prompter: Prompter, store: CaseStore, case_id: str, title: str, words: str, done: str
) -> None:
    ring_id, key = await prompter.secret(
        title,
        words,
        done,
        lambda typed: store.sealing.ring_key_for(typed, case_id),
        waiting=passphrases.deriving_text(),
    )
    store.keys.learn(ring_id, key)


async def _new_passphrase(prompter: Prompter, make: Callable[[str], NewKeyring], words: str = "") -> NewKeyring:
    advice = _("Four words that do not belong together are good. Nobody can recover it for you.")

    def attempt(typed: str) -> NewKeyring:
        check_new_passphrase(typed)
        return make(typed)

    return await prompter.secret(
        _("A new passphrase"),
        " ".join(filter(None, (words, advice))),
        _("Go on"),
        attempt,
        waiting=passphrases.making_keys_text(),
        new=True,
    )


async def _seal_files(prompter: Prompter, store: CaseStore, case_id: str, ring: Keyring) -> SealingReport:
    return await _change_files(
        prompter, passphrases.sealing_text(), lambda step: passphrases.seal_cases(store, case_id, ring, step)
    )


async def _change_files(prompter: Prompter, words: str, work: Callable[[ProgressCallback], T]) -> T:
    """Rewrite files one whole case at a time. A cancelled change is finished when the passphrase is given next."""
    with on_cancel(passphrases.stopped_text()):
        return await prompter.run(work, words, counted=passphrases.counted_text(), whole_steps=True)
