"""Bundle: a case sealed into one file with everything that belongs to it, and back again."""

from __future__ import annotations

from iep_tui.core.case_model import Case
from iep_tui.i18n import _
from iep_tui.store.crypto.keyring import DEFAULT_KDF_COST, KdfCost
from iep_tui.store.errors import CaseDamaged, FileRefused, WrongPassphrase
from iep_tui.store.interchange_format import decode_case, encode_case

BUNDLE_FORMAT = "iep-tui/bundle"
_START = f'{{"format":"{BUNDLE_FORMAT}"'.encode()
#: Bytes of a bundle: far more than a family writes, and little enough to be opened anywhere.
MAX_BUNDLE_BYTES = 20_000_000


def encode_bundle(case: Case, passphrase: str, *, cost: KdfCost = DEFAULT_KDF_COST) -> bytes:
    """The case with its meetings, its notes and what its answers were before, for whoever knows the passphrase.

    It derives a key, which takes about half a second. StoreError for a passphrase that cannot be set.
    """
    from iep_tui.store.crypto.envelope import seal_bytes

    data = seal_bytes(encode_case(case, history=True), passphrase, format=BUNDLE_FORMAT, cost=cost)
    if len(data) > MAX_BUNDLE_BYTES:
        raise FileRefused(_("This case is too large for a bundle. iep-tui export --format json writes it in clear."))
    return data


def is_bundle(data: bytes) -> bool:
    """Whether the first line says that this is a bundle, whole or not."""
    from iep_tui.store.crypto.envelope import is_sealed_bytes

    return is_sealed_bytes(data, BUNDLE_FORMAT) or data.startswith(_START)  # cut within its first line


def decode_bundle(data: bytes, passphrase: str) -> Case:
    """The case in a bundle. WrongPassphrase; Damaged, Newer or Refused for what is no good, before anything is derived
    for it where that can be told."""
    from iep_tui.store.crypto.envelope import open_bytes

    if len(data) > MAX_BUNDLE_BYTES:
        raise FileRefused(_("The file is larger than {count} MB.").format(count=MAX_BUNDLE_BYTES // 1_000_000))
    try:
        return decode_case(open_bytes(data, passphrase, format=BUNDLE_FORMAT))
    except WrongPassphrase:
        raise
    except CaseDamaged as error:
        raise FileRefused(str(error)) from None


def check_bundle(data: bytes) -> None:
    """Refused or Newer for a bundle that no passphrase could open, before one is asked for."""
    from iep_tui.store.crypto.envelope import check_bytes

    try:
        check_bytes(data, format=BUNDLE_FORMAT)
    except CaseDamaged as error:
        raise FileRefused(str(error)) from None
