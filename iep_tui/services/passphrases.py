"""Passphrase use cases, and their wording shared by all front ends."""

from __future__ import annotations

import msgspec

from iep_tui.core.progress_callback import ProgressCallback, no_progress
from iep_tui.i18n import _, ngettext
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import DEFAULT_KDF_COST, KdfCost, Keyring, new_keyring_for, with_passphrase
from iep_tui.store.crypto.passphrase_changes import SealingReport
from iep_tui.store.crypto.recovery_key import is_recovery_key, new_recovery_key
from iep_tui.store.errors import StoreError

#: "" in the place of a case's id: all cases.
ALL_CASES = ""


class NewKeyring(msgspec.Struct, frozen=True):
    """A ring that nothing is sealed with yet, and its recovery key, which is shown this once."""

    ring: Keyring
    recovery_key: str


def before_sealing(*, every: bool) -> tuple[str, ...]:
    """What a family must know before it sets a passphrase, a line each."""
    return (
        _("A passphrase seals the answers of all children on this computer, and of those you add later.")
        if every
        else _("A passphrase seals the answers about this child on this computer, with every earlier copy."),
        _("Without it nobody can read them: not this program, not anyone who helps you with it."),
        _("Forgetting it is the likeliest way to lose everything. You get a recovery key, to write down on paper."),
        _("Not sealed: sheets you save or hand on. Everyone can see that there are files, how large, and from when."),
    )


def recovery_key_lines() -> tuple[str, ...]:
    """What is said with the recovery key, a line each."""
    return (
        _("This is your recovery key. It opens the answers when the passphrase is forgotten."),
        _("Write it on paper now and keep it away from this computer. It is not shown again."),
    )


def last_group(recovery_key: str) -> str:
    """What is typed back to show that the key was written down."""
    return recovery_key.rpartition("-")[2]


def is_last_group(recovery_key: str, typed: str) -> bool:
    """Whether this is the end of the key, however it was typed."""
    rest = recovery_key.rpartition("-")[0]
    return is_recovery_key(rest + typed)


def deriving_text() -> str:
    return _("The passphrase is being checked. This takes a moment.")


def making_keys_text() -> str:
    return _("The keys are being made. This takes a moment.")


def sealing_text() -> str:
    return _("The answers are being sealed.")


def changing_text() -> str:
    return _("The passphrase is being changed.")


def unsealing_text() -> str:
    return _("The passphrase is being taken off.")


def counted_text() -> str:
    """How far a change of many cases is, with {done} and {total} to be filled in."""
    return _("{done:,} of {total:,} cases are done.")


def finishing_text() -> str:
    return _("The last change of the passphrase was not finished. That is taken up now.")


def stopped_text() -> str:
    """What is said when a change of many cases was stopped between two of them."""
    return _("Stopped. The rest is done when the passphrase is given the next time.")


def new_keyring(store: CaseStore, passphrase: str, cost: KdfCost = DEFAULT_KDF_COST) -> NewKeyring:
    """A new ring under this passphrase, and a recovery key for it; derives twice. Nothing is written. StoreError."""
    recovery_key = new_recovery_key()
    ring, key = new_keyring_for(passphrase, recovery_key, cost)
    store.keys.learn(ring.id, key)
    return NewKeyring(ring, recovery_key)


def changed_keyring(
    store: CaseStore, case_id: str, passphrase: str, *, renew: bool = False, cost: KdfCost = DEFAULT_KDF_COST
) -> NewKeyring:
    """The ring of a case (or the one for all) under another passphrase, and with `renew` under another recovery key
    too; derives once or twice. Nothing is written. Sealed while it is locked; StoreError.
    """
    ring = ring_of(store, case_id)
    if ring is None:
        raise StoreError(_("Nothing is sealed here."))
    recovery_key = new_recovery_key() if renew else ""
    key = store.keys.ring_key(ring.id)
    return NewKeyring(with_passphrase(ring, key, passphrase, recovery_key, cost), recovery_key)


def ring_of(store: CaseStore, case_id: str) -> Keyring | None:
    """The ring of this case, or without one the ring for all, as the file for all has it; None when it is in clear."""
    everyone = store.sealing.ring_for_all() or store.sealing.unattached_keyring()
    if not case_id:
        return everyone
    seal = store.sealing.seal_of(case_id)
    if seal is None:
        return None
    return everyone if everyone is not None and everyone.id == seal.ring.id else seal.ring


def is_under_all(store: CaseStore, case_id: str) -> bool:
    """Whether this case opens with the passphrase for all."""
    ring, everyone = ring_of(store, case_id), ring_of(store, ALL_CASES)
    return ring is not None and everyone is not None and ring.id == everyone.id


def seal_cases(
    store: CaseStore, case_id: str, ring: Keyring, progress: ProgressCallback = no_progress
) -> SealingReport:
    """Seal the case (or all) under this ring. StoreError."""
    if case_id:
        return store.sealing.seal_case(case_id, ring)
    return store.sealing.seal_all(ring, progress)


def change_passphrase(
    store: CaseStore, case_id: str, ring: Keyring, progress: ProgressCallback = no_progress
) -> SealingReport:
    """Bring a ring that `remake` gave to the case's files; to all of its files for the one for all. StoreError."""
    if case_id and not is_under_all(store, case_id):
        return store.sealing.seal_case(case_id, ring)
    return store.sealing.change_for_all(ring, progress)


def unseal_cases(store: CaseStore, case_id: str, progress: ProgressCallback = no_progress) -> SealingReport:
    """The case (or all under the passphrase for all) in clear again. Sealed while it is locked; StoreError."""
    if case_id:
        return store.sealing.unseal_case(case_id)
    return store.sealing.unseal_all(progress)


def sealed_lines(report: SealingReport) -> tuple[str, ...]:
    """What is said when a seal was set, a line each."""
    return (
        *_counted(report, "{count} case is sealed now.", "{count} cases are sealed now."),
        _("Earlier copies in the data folder are sealed too. A disk can hold removed words until it writes over them."),
        *left_lines(report),
    )


def changed_lines(report: SealingReport) -> tuple[str, ...]:
    """What is said when a passphrase was changed, a line each."""
    return (
        _("The passphrase is changed."),
        _("Copies of the files that were made elsewhere before still open with the old one."),
        *left_lines(report),
    )


def unsealed_lines(report: SealingReport) -> tuple[str, ...]:
    """What is said when a seal was removed, a line each."""
    return (
        *_counted(report, "{count} case is no longer sealed.", "{count} cases are no longer sealed."),
        *left_lines(report),
    )


def _counted(report: SealingReport, one: str, many: str) -> tuple[str, ...]:
    return (ngettext(one, many, len(report.done)).format(count=len(report.done)),)


def left_lines(report: SealingReport) -> tuple[str, ...]:
    """What was not brought along, a line each; nothing when all was."""
    lines = [
        _("Not done: {name}. {reason} It is tried again when the passphrase is given the next time.").format(
            name=name, reason=reason
        )
        for name, reason in report.left
    ]
    if report.own:
        count = len(report.own)
        words = ngettext(
            "{count} case keeps a passphrase of its own.", "{count} cases keep passphrases of their own.", count
        )
        lines.append(words.format(count=count))
    return tuple(lines)


def finished_lines(store: CaseStore, progress: ProgressCallback = no_progress) -> tuple[str, ...]:
    """End what was begun with all cases and was killed half way, once its ring is open; what is said about it, a line
    each, nothing when there was none. StoreError.
    """
    if not store.sealing.may_finish():
        return ()
    words = {
        "sealing": _("Not all cases were sealed the last time. That was taken up again."),
        "changing": _("The new passphrase had not reached every file. That was taken up again."),
        "removing": _("The passphrase was not removed from every file. That was taken up again."),
    }[store.sealing.unfinished() or "sealing"]
    report = store.sealing.finish(progress)
    return (words, *(left_lines(report) if report is not None else ()))
