"""Notices about the data folder: sync services, permissions, copies left by a sync, lost cases."""

from __future__ import annotations

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


def lost_children(store: CaseStore, there: Container[str] | None = None) -> tuple[CaseRow, ...]:
    """A line for each case whose file is gone while an earlier copy of it is there. StoreError.

    `there` are the ids of all whose file is not, for who knows them."""
    return tuple(
        CaseRow(
            case_id,
            store.name(case_id) or _("A case without its file"),
            "",
            _("The file is gone, and can be brought back"),
            lost=True,
        )
        for case_id in store.lost(there)
    )


def home_notice(store: CaseStore) -> str:
    """One calm line about the folder, "" when there is nothing to say. It costs a look at four names."""
    words = []
    if service := synced_folder(store.home):
        words.append(_("This folder is copied by {service}, so the answers are there too.").format(service=service))
    if is_open_to_others(store.home):
        words.append(_("Others on this computer can read the answers. iep-tui where says more."))
    return " ".join(words)


def where_lines(store: CaseStore) -> tuple[str, ...]:
    """All that `iep-tui where` says of the folder beside its path."""
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
    """What is said when a case opens beside which a sync has put another version of it; "" when there is none."""
    copies = store.copies(case_id)
    if not copies:
        return ""
    words = ngettext(
        "A sync has put another version of these answers beside them: {names}. Nothing of it was taken over. "
        "“This child’s file” at home can take it in as a case of its own.",
        "A sync has put other versions of these answers beside them: {names}. Nothing of them was taken over. "
        "“This child’s file” at home can take them in as cases of their own.",
        len(copies),
    )
    return words.format(names=", ".join(path.name for path in copies))


def opening_text(store: CaseStore, session: CaseSession) -> str:
    """All that the family must know of a case before anything else; "" when all is well. StoreError."""
    copies = copies_notice(store, session.file.id) if session.file is not None else ""
    return "\n".join(words for words in (session.notice, copies) if words)


def take_in_copy(store: CaseStore, case_id: str, copy: Path, when: datetime.datetime) -> str:
    """Make what a sync left a case of its own; its id. StoreError.

    The file is kept, under a name that is told no more."""
    from iep_tui.services import passphrases  # heavy, and only here

    if store.sealing.seal_of(case_id) is not None and not passphrases.is_under_all(store, case_id):
        raise StoreError(
            _("This case has a passphrase of its own, and what is taken in would lie beside it in clear. ")
            + _("Take the passphrase off first, and set it again for both.")
        )
    taken = store.add(store.read_copy(copy))
    target = copy.with_name(f"{case_id}.copy-{stamp(when)}.json")
    if not target.exists():
        try:
            disk.replace(copy, target)
        except OSError:
            return taken  # it is taken in, and will only be told once more
    return taken
