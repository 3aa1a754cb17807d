"""Passphrase use cases, and their wording shared by all front ends."""

from __future__ import annotations

import msgspec

from iep_tui.core.progress_callback import ProgressCallback, no_progress
from iep_tui.i18n import _, ngettext
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import DEFAULT_KDF_COST, FileKey, KdfCost, Keyring, new_keyring_for, with_passphrase
from iep_tui.store.crypto.passphrase_changes import SealingReport
from iep_tui.store.crypto.recovery_key import is_recovery_key, new_recovery_key
from iep_tui.store.errors import StoreError

#: Stands for all cases in place of a case's id.
ALL_CASES = ""


class NewKeyring(msgspec.Struct, frozen=True):
    """A keyring that seals nothing yet, its key, and its recovery key ("" if unchanged), which is shown only once."""

    ring: Keyring
    key: FileKey
    recovery_key: str


def before_sealing(*, every: bool) -> tuple[str, ...]:
    """Return the warnings to show before a passphrase is set, one per line."""
    return (
        _("A passphrase seals the answers of all children on this computer, and of those you add later.")
        if every
        else _("A passphrase seals the answers about this child on this computer, with every earlier copy."),
        _("Without it nobody can read them: not this program, not anyone who helps you with it."),
        _("Forgetting it is the likeliest way to lose everything. You get a recovery key, to write down on paper."),
        _("Not sealed: sheets you save or hand on. Everyone can see that there are files, how large, and from when."),
    )


def recovery_key_lines() -> tuple[str, ...]:
    """Return the instructions to show with the recovery key, one per line."""
    return (
        _("This is your recovery key. It opens the answers when the passphrase is forgotten."),
        _("Write it on paper now and keep it away from this computer. It is not shown again."),
    )


def is_last_group(recovery_key: str, typed: str) -> bool:
    """Return whether `typed` is the last group of the key, in any spelling: it shows that the key was written down."""
    rest = recovery_key.rpartition("-")[0]
    return is_recovery_key(rest + typed)


def deriving_text() -> str:
    return _("Checking the passphrase. This takes a moment.")


def making_keys_text() -> str:
    return _("Making the keys. This takes a moment.")


def sealing_text() -> str:
    return _("Sealing the answers…")


def changing_text() -> str:
    return _("Changing the passphrase…")


def unsealing_text() -> str:
    return _("Taking the passphrase off…")


def counted_text() -> str:
    """Return the template of the progress line of a change to many cases."""
    return _("{done:,} of {total:,} children are done.")


def finishing_text() -> str:
    return _("Finishing the last change of the passphrase…")


def stopped_text() -> str:
    """Return a line about a change of many cases that was stopped between two of them."""
    return _("Not all children are done. The rest follows the next time you type the passphrase.")


def new_keyring(passphrase: str, cost: KdfCost = DEFAULT_KDF_COST) -> NewKeyring:
    """Make a keyring for this passphrase, with a recovery key; derives two keys and has no side effects.

    Raises StoreError.
    """
    recovery_key = new_recovery_key()
    ring, key = new_keyring_for(passphrase, recovery_key, cost)
    return NewKeyring(ring, key, recovery_key)


def changed_keyring(
    store: CaseStore, case_id: str, passphrase: str, *, renew: bool = False, cost: KdfCost = DEFAULT_KDF_COST
) -> NewKeyring:
    """Put the keyring of a case (or the one for all) under another passphrase, and with `renew` under another recovery
    key; derives one or two keys and has no side effects. Raises CaseSealed while it is locked, and StoreError.
    """
    ring = ring_of(store, case_id)
    if ring is None:
        raise StoreError(_("Nothing is sealed here."))
    recovery_key = new_recovery_key() if renew else ""
    key = store.keys.ring_key(ring.id)
    return NewKeyring(with_passphrase(ring, key, passphrase, recovery_key, cost), key, recovery_key)


def ring_of(store: CaseStore, case_id: str) -> Keyring | None:
    """Return the keyring of a case, or the shared one if `case_id` is ALL_CASES; None if nothing is sealed.

    For a case under the shared passphrase, this is the newest version of the shared keyring.
    """
    everyone = store.sealing.ring_for_all() or store.sealing.unattached_keyring()
    if not case_id:
        return everyone
    seal = store.sealing.seal_of(case_id)
    if seal is None:
        return None
    return everyone if everyone is not None and everyone.id == seal.ring.id else seal.ring


def is_under_all(store: CaseStore, case_id: str) -> bool:
    """Return whether a case is sealed with the passphrase shared by all cases."""
    ring, everyone = ring_of(store, case_id), ring_of(store, ALL_CASES)
    return ring is not None and everyone is not None and ring.id == everyone.id


def seal_cases(
    store: CaseStore, case_id: str, ring: Keyring, progress: ProgressCallback = no_progress
) -> SealingReport:
    """Seal a case (or all) with this keyring, whose key the store knows. Raises StoreError."""
    if case_id:
        return store.sealing.seal_case(case_id, ring)
    return store.sealing.seal_all(ring, progress)


def change_passphrase(
    store: CaseStore, case_id: str, ring: Keyring, progress: ProgressCallback = no_progress
) -> SealingReport:
    """Write a keyring that `changed_keyring` made into every file that uses it. Raises StoreError."""
    if case_id and not is_under_all(store, case_id):
        return store.sealing.seal_case(case_id, ring)
    return store.sealing.change_for_all(ring, progress)


def unseal_cases(store: CaseStore, case_id: str, progress: ProgressCallback = no_progress) -> SealingReport:
    """Remove the seal from a case, or from all under the shared passphrase.

    Raises CaseSealed while it is locked, and StoreError.
    """
    if case_id:
        return store.sealing.unseal_case(case_id)
    return store.sealing.unseal_all(progress)


def sealed_lines(report: SealingReport) -> tuple[str, ...]:
    """Return a summary of a sealing, one sentence per line."""
    return (
        *_counted(report, "{count} child is sealed now.", "{count} children are sealed now."),
        _(
            "Earlier copies in the data folder are sealed too. Traces of the old, unsealed files may stay on the disk "
            "until something else is saved over them."
        ),
        *left_lines(report),
    )


def changed_lines(report: SealingReport) -> tuple[str, ...]:
    """Return a summary of a passphrase change, one sentence per line."""
    return (
        _("The passphrase is changed."),
        _("Copies of the files that were made elsewhere before still open with the old one."),
        *left_lines(report),
    )


def unsealed_lines(report: SealingReport) -> tuple[str, ...]:
    """Return a summary of an unsealing, one sentence per line."""
    return (
        *_counted(report, "{count} child is no longer sealed.", "{count} children are no longer sealed."),
        *left_lines(report),
    )


def _counted(report: SealingReport, one: str, many: str) -> tuple[str, ...]:
    return (ngettext(one, many, len(report.done)).format(count=len(report.done)),)


def left_lines(report: SealingReport) -> tuple[str, ...]:
    """Return the cases that a change did not reach, one per line; empty if it reached all."""
    lines = [
        _("Not done: {name}. {reason} We try again the next time you type the passphrase.").format(
            name=name, reason=reason
        )
        for name, reason in report.left
    ]
    if report.own:
        count = len(report.own)
        words = ngettext(
            "{count} child keeps a passphrase of its own.", "{count} children keep passphrases of their own.", count
        )
        lines.append(words.format(count=count))
    return tuple(lines)


def finished_lines(store: CaseStore, progress: ProgressCallback = no_progress) -> tuple[str, ...]:
    """Finish an incomplete change of all cases, once its keyring is open; return the lines to show.

    Raises StoreError.
    """
    if not store.sealing.may_finish():
        return ()
    words = {
        "sealing": _("Last time, not every child’s answers were sealed. The program has now gone on with the rest."),
        "changing": _(
            "Last time, the new passphrase did not reach every file. The program has now gone on with the rest."
        ),
        "removing": _(
            "Last time, the passphrase was not removed from every file. The program has now gone on with the rest."
        ),
    }[store.sealing.unfinished() or "sealing"]
    report = store.sealing.finish(progress)
    return (words, *(left_lines(report) if report is not None else ()))
