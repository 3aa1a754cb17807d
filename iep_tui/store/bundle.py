"""Bundle: a case sealed into one file with everything that belongs to it, and back again."""

from __future__ import annotations

from iep_tui.core.case_model import Case
from iep_tui.i18n import _
from iep_tui.store.crypto.keyring import COST, Cost
from iep_tui.store.errors import Damaged, Refused, WrongPassphrase
from iep_tui.store.interchange_format import decode, encode

FORMAT = "iep-tui/bundle"
_START = f'{{"format":"{FORMAT}"'.encode()
#: Bytes of a bundle: far more than a family writes, and little enough to be opened anywhere.
MOST_BYTES = 20_000_000


def bundle(case: Case, passphrase: str, *, cost: Cost = COST) -> bytes:
    """The case with its meetings, its notes and what its answers were before, for whoever knows the passphrase.

    It derives a key, which takes about half a second. StoreError for a passphrase that cannot be set.
    """
    from iep_tui.store.crypto.envelope import seal_bytes

    data = seal_bytes(encode(case, history=True), passphrase, format=FORMAT, cost=cost)
    if len(data) > MOST_BYTES:
        raise Refused(_("This case is too large for a bundle. iep-tui export --format json writes it in clear."))
    return data


def is_bundle(data: bytes) -> bool:
    """Whether the first line says that this is a bundle, whole or not."""
    from iep_tui.store.crypto.envelope import is_sealed_bytes

    return is_sealed_bytes(data, FORMAT) or data.startswith(_START)  # cut within its first line


def unbundle(data: bytes, passphrase: str) -> Case:
    """The case in a bundle. WrongPassphrase; Damaged, Newer or Refused for what is no good, before anything is derived
    for it where that can be told."""
    from iep_tui.store.crypto.envelope import open_bytes

    if len(data) > MOST_BYTES:
        raise Refused(_("The file is larger than {count} MB.").format(count=MOST_BYTES // 1_000_000))
    try:
        return decode(open_bytes(data, passphrase, format=FORMAT))
    except WrongPassphrase:
        raise
    except Damaged as error:
        raise Refused(str(error)) from None


def check(data: bytes) -> None:
    """Refused or Newer for a bundle that no passphrase could open, before one is asked for."""
    from iep_tui.store.crypto.envelope import check_bytes

    try:
        check_bytes(data, format=FORMAT)
    except Damaged as error:
        raise Refused(str(error)) from None
