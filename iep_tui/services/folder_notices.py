"""Notices about the data folder: sync services, permissions, conflict copies, lost cases."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.i18n import _, ngettext
from iep_tui.services.case_list import CaseRow
from iep_tui.store import disk
from iep_tui.store.case_folder import stamp
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import StoreError
from iep_tui.store.folder_checks import is_open_to_others, paths_open_to_others, synced_folder

if TYPE_CHECKING:
    from iep_tui.services.session import CaseSession


def lost_children(store: CaseStore, existing_ids: Container[str] | None = None) -> tuple[CaseRow, ...]:
    """Return a row for each case whose file is gone while an earlier copy is kept. Raises StoreError.

    `existing_ids` are the ids whose file exists, if the caller has them already (skips a folder scan).
    """
    return tuple(
        CaseRow(
            case_id,
            store.name(case_id) or _("A case without its file"),
            "",
            _("The file is gone, and can be brought back"),
            lost=True,
        )
        for case_id in store.lost(existing_ids)
    )


def home_notice(store: CaseStore) -> str:
    """Return one line about the folder, "" if all is well. Reads four names only."""
    words = []
    if service := synced_folder(store.home):
        words.append(_("This folder is copied by {service}, so the answers are there too.").format(service=service))
    if is_open_to_others(store.home):
        words.append(_("Others on this computer can read the answers. iep-tui where says more."))
    return " ".join(words)


def where_lines(store: CaseStore) -> tuple[str, ...]:
    """Return the notices of `iep-tui where` about the folder."""
    lines = []
    if service := synced_folder(store.home):
        lines.append(_("This folder is copied by {service}, so the answers are there too.").format(service=service))
    loose = paths_open_to_others(store.home)
    if loose and is_open_to_others(store.home):
        words = ngettext(
            "Others on this computer can look into {count} file or folder.",
            "Others on this computer can look into {count} files or folders.",
            len(loose),
        )
        private = _("This makes them private: chmod -R go= {home}").format(home=store.home)
        lines.append(f"{words.format(count=len(loose))} {private}")
    lost = store.lost()
    if lost:
        words = ngettext(
            "The file of {count} case is gone, and can be brought back: iep-tui backups {ids} restore 1",
            "The files of {count} cases are gone, and can be brought back by iep-tui backups: {ids}",
            len(lost),
        )
        lines.append(words.format(count=len(lost), ids=", ".join(lost)))
    return tuple(lines)


def copies_notice(store: CaseStore, case_id: str) -> str:
    """Return a notice about conflict copies that a sync service left next to a case's file; "" if there are none."""
    copies = store.copies(case_id)
    if not copies:
        return ""
    words = ngettext(
        "Your file-sync service left another version of these answers: {names}. Nothing from it was added. "
        "“This child’s file” in the list of children can merge it, or keep it as a separate child.",
        "Your file-sync service left other versions of these answers: {names}. Nothing from them was added. "
        "“This child’s file” in the list of children can merge them, or keep them as separate children.",
        len(copies),
    )
    return words.format(names=", ".join(path.name for path in copies))


def opening_text(store: CaseStore, session: CaseSession) -> str:
    """Return the notices to show when a case opens; "" if all is well. Raises StoreError."""
    copies = copies_notice(store, session.file.id) if session.file is not None else ""
    return "\n".join(words for words in (session.notice, copies) if words)


def take_in_copy(store: CaseStore, case_id: str, copy: Path, when: datetime.datetime) -> str:
    """Add a sync copy as a case of its own, retire its file, and return the new id. Raises StoreError."""
    from iep_tui.services import passphrases  # heavy to load, and rarely needed

    if store.sealing.seal_of(case_id) is not None and not passphrases.is_under_all(store, case_id):
        raise StoreError(
            _("This child has a passphrase of its own, and a copy taken in would not be sealed by it. ")
            + _("Take the passphrase off first, and set it again for both.")
        )
    taken = store.add(store.read_copy(copy))
    retire_copy(case_id, copy, when)
    return taken


def retire_copy(case_id: str, copy: Path, when: datetime.datetime) -> None:
    """Rename a sync copy that was taken in, so that it is not reported again. Never fails."""
    target = copy.with_name(f"{case_id}.copy-{stamp(when)}.json")
    if not target.exists():
        with contextlib.suppress(OSError):  # it will only be reported once more
            disk.replace(copy, target)
