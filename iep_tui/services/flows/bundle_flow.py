"""Bundle dialog: seal a case into one file with a passphrase of its own."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from iep_tui.i18n import _
from iep_tui.services import passphrases, transfer
from iep_tui.services.export import documents_folder
from iep_tui.services.flows.passphrase import ensure_open
from iep_tui.services.flows.prompter import Prompter, on_cancel
from iep_tui.store.atomic_write import write_named
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import check_new_passphrase


async def bundle_case(
    prompter: Prompter,
    store: CaseStore,
    case_id: str,
    today: datetime.date,
    write: Callable[[str, bytes, str], Path] = write_named,
) -> tuple[str, ...]:
    """Seal a case into a file; return the lines to show. `write` gets the path, the data and a name. StoreError."""
    with on_cancel(_("Nothing was written.")):
        await ensure_open(prompter, store, case_id)
        case = store.read(case_id)

        def seal(typed: str) -> bytes:
            check_new_passphrase(typed)
            return transfer.make_bundle(case, typed)

        data = await prompter.secret(
            _("Hand the whole file on"),
            transfer.bundle_intro(),
            _("Seal it"),
            seal,
            waiting=passphrases.making_keys_text(),
            new=True,
        )
        name = transfer.bundle_name(today)

        async def save(typed: str) -> Path:
            return write(typed, data, name)

        path = await prompter.path(
            _("Hand the whole file on"),
            _("Name a folder or a file, on a memory stick for example."),
            _("Save"),
            save,
            proposal=str(documents_folder() / name),
        )
    return transfer.bundle_written_lines(path)
