"""Bundle: one passphrase-protected file that holds a case and its history."""

from __future__ import annotations

from iep_tui.core.case_model import Case
from iep_tui.i18n import _
from iep_tui.store.crypto.keyring import DEFAULT_KDF_COST, KdfCost
from iep_tui.store.errors import CaseDamaged, FileRefused, WrongPassphrase
from iep_tui.store.interchange_format import decode_case, encode_case

BUNDLE_FORMAT = "iep-tui/bundle"
_HEADER_START = f'{{"format":"{BUNDLE_FORMAT}"'.encode()
#: Far more than a family writes, and small enough to open on any computer.
MAX_BUNDLE_BYTES = 20_000_000


def encode_bundle(case: Case, passphrase: str, *, cost: KdfCost = DEFAULT_KDF_COST) -> bytes:
    """Encrypt the case with its meetings, notes and answer history under `passphrase`.

    Derives a key, which takes about half a second. StoreError if the passphrase is not acceptable or the case too
    large.
    """
    from iep_tui.store.crypto.envelope import seal_bytes

    data = seal_bytes(encode_case(case, history=True), passphrase, format=BUNDLE_FORMAT, cost=cost)
    if len(data) > MAX_BUNDLE_BYTES:
        raise FileRefused(_("This case is too large for a bundle. iep-tui export --format json writes it unencrypted."))
    return data


def is_bundle(data: bytes) -> bool:
    """Return True if the first line is that of a bundle, complete or truncated."""
    from iep_tui.store.crypto.envelope import is_sealed_bytes

    return is_sealed_bytes(data, BUNDLE_FORMAT) or data.startswith(_HEADER_START)  # truncated within its first line


def decode_bundle(data: bytes, passphrase: str) -> Case:
    """Decrypt the case in a bundle.

    Raises WrongPassphrase, NewerVersion or FileRefused, where possible before the slow key derivation.
    """
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
    """Raise FileRefused or NewerVersion for a bundle that no passphrase could open, before asking for one."""
    from iep_tui.store.crypto.envelope import check_bytes

    try:
        check_bytes(data, format=BUNDLE_FORMAT)
    except CaseDamaged as error:
        raise FileRefused(str(error)) from None
