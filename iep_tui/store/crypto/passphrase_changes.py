"""Passphrase changes over all cases: unlock, set, change, remove.

Only `unlock`, `ring_key_for` and `unlock_any` derive keys here, so call them in a thread; callers create keyrings with
`new_keyring_for` and `with_passphrase`. Every file stays intact at every moment. An interrupted change leaves some
files unchanged and others updated; each opens with the passphrase it had, and also with the new one if the keyring is
the same. `unfinished` reports an interrupted change, and `finish` completes it. An exception from `progress`, called
between two cases, interrupts a change in the same way.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec

from iep_tui.core.progress_callback import ProgressCallback, no_progress
from iep_tui.i18n import _
from iep_tui.store.case_folder import SUFFIX, CaseFolder
from iep_tui.store.case_index import CaseIndex, clear
from iep_tui.store.crypto.envelope import KeyStore, Seal
from iep_tui.store.crypto.keyring import FileKey, Keyring, open_keyring, wrong_passphrase_error
from iep_tui.store.crypto.rekey import RekeyTarget, check_decryptable, header_of, matches_target, rekey_file
from iep_tui.store.crypto.shared_keyring import ChangeUnderWay, SharedKeyringFile
from iep_tui.store.errors import CaseMissing, CaseSealed, StoreError, WrongPassphrase


class SealingReport(msgspec.Struct):
    """The outcome for each file. `left` names files that could not be changed, each with a one-line reason.

    `own` lists cases that keep a passphrase of their own.
    """

    done: list[str] = msgspec.field(default_factory=list)
    own: list[str] = msgspec.field(default_factory=list)
    left: list[tuple[str, str]] = msgspec.field(default_factory=list)


class PassphraseManager:
    """Manages the encryption of one data folder. `locked` holds the lock of a case that is not open."""

    def __init__(
        self, home: Path, folder: CaseFolder, keys: KeyStore, locked: Callable[[str], AbstractContextManager[None]]
    ) -> None:
        self.keys = keys
        self._folder = folder
        self._locked = locked
        self._home = home
        self._shared_file = SharedKeyringFile(home)
        self._searched = False
        self._unattached: Keyring | None = None

    # Status, from the first line of each file

    def ring_for_all(self) -> Keyring | None:
        """Return the keyring that seals every new case, or None. StoreError if its file is damaged."""
        shared = self._shared_file.read()
        return shared.ring if shared is not None and shared.doing != "removing" else None

    def unfinished(self) -> ChangeUnderWay:
        """Return the kind of interrupted change over all cases, "" for none. StoreError."""
        shared = self._shared_file.read()
        return shared.doing if shared is not None else ""

    def may_finish(self) -> bool:
        """Return True if a change was interrupted and `finish` can complete it now. StoreError."""
        shared = self._shared_file.read()
        return shared is not None and bool(shared.doing) and self.keys.knows(shared.ring.id)

    def unattached_keyring(self) -> Keyring | None:
        """Return the shared keyring found in the cases when `seal.json` is missing; None if nothing is missing.

        Searches once: it reads the first line of every case, except indexed ones, which are not encrypted.
        """
        if self._shared_file.read() is not None:
            return None
        if not self._searched:
            self._searched = True
            index = CaseIndex(self._home)
            for case_id, about in self._folder.scan():
                if index.line(case_id, about) is not None:
                    continue
                with contextlib.suppress(OSError, StoreError):
                    header = header_of(self._folder.place(case_id))
                    if header is not None and header.seal is not None and header.seal.for_all:
                        self._unattached = header.seal.ring
                        break
        return self._unattached

    def seal_of(self, case_id: str) -> Seal | None:
        """Return the seal of this case, or None if it is not sealed.

        If the case file is unreadable, the newest sealed backup decides. Unsealed backups are skipped, because an
        interrupted change leaves newer ones unencrypted.
        """
        path = self._folder.place(case_id)
        backups = [file for file in self._folder.related_files(case_id) if file.parent != self._folder.path]
        for candidate in (path, *reversed(backups)):
            with contextlib.suppress(OSError, StoreError):
                header = header_of(candidate)
                if header is not None and (header.seal is not None or candidate == path):
                    return header.seal
        return None

    def is_locked(self, case_id: str = "") -> bool:
        """Return True if a passphrase is needed to read this case or, without an id, to create a new one."""
        if case_id:
            seal = self.seal_of(case_id)
            return seal is not None and not self.keys.knows(seal.ring.id)
        ring = self.ring_for_all() or self.unattached_keyring()
        return ring is not None and not self.keys.knows(ring.id)

    def seal_for_new(self) -> Seal | None:
        """Return a seal for a new case under the shared keyring, or None if there is none.

        Restores a missing `seal.json` from the cases. CaseSealed while the keyring is locked; StoreError.
        """
        ring = self.ring_for_all()
        unattached = self.unattached_keyring() if ring is None else None
        ring = ring or unattached
        if ring is None:
            return None
        if not self.keys.knows(ring.id):
            raise CaseSealed(_("New cases are sealed on this computer. That needs the passphrase first."))
        if unattached is not None:
            self._shared_file.write(unattached, "")
        return self.keys.new_seal(ring, for_all=True)

    # Unlocking

    def unlock(self, secret: str, case_id: str = "") -> None:
        """Unlock a case, and all others with the same keyring; without an id, those under the shared keyring.

        Accepts the passphrase or the recovery key. Derives keys: call it in a thread. WrongPassphrase, with nothing
        changed; StoreError.
        """
        self.keys.learn(*self.ring_key_for(secret, case_id))

    def ring_key_for(self, secret: str, case_id: str = "") -> tuple[str, FileKey]:
        """Return (keyring id, key) without registering the key, so that the caller can still cancel."""
        return _first_opened(self._rings_of(case_id) if case_id else self._rings_for_all(), secret)

    def unlock_any(self, secret: str, progress: ProgressCallback = no_progress) -> None:
        """Unlock the first keyring this passphrase opens: the shared one, then those of single cases. WrongPassphrase.

        `progress` counts keyrings, because each costs one derivation.
        """
        rings = self._rings_for_all()
        for path, _about in self._folder.files():
            with contextlib.suppress(StoreError):
                rings += [ring for ring in self._rings_of(path.stem) if ring not in rings]
        if rings:
            self.keys.learn(*_first_opened(rings, secret, progress))

    def _rings_for_all(self) -> list[Keyring]:
        shared = self._shared_file.read()
        if shared is not None:
            return [shared.ring]
        unattached = self.unattached_keyring()
        return [unattached] if unattached is not None else []

    def _rings_of(self, case_id: str) -> list[Keyring]:
        """Return the keyrings to try for the case, first the shared file's, which has the latest passphrase."""
        seal = self.seal_of(case_id)
        if seal is None:
            return []
        rings = [seal.ring]
        with contextlib.suppress(StoreError):
            shared = self._shared_file.read()
            if shared is not None and shared.ring.id == seal.ring.id and shared.ring != seal.ring:
                rings.insert(0, shared.ring)
        return rings

    # One case

    def seal_case(self, case_id: str, ring: Keyring) -> SealingReport:
        """Seal this case and its backups under `ring`, whose key is in `keys`.

        Also changes a case's keyring or passphrase. StoreError leaves the case as it was. Other files that could not be
        changed are reported.
        """
        return self._rekey_case(case_id, RekeyTarget(ring, for_all=self._is_for_all(ring)))

    def unseal_case(self, case_id: str) -> SealingReport:
        """Decrypt the case and its backups permanently. CaseSealed while it is locked; StoreError."""
        return self._rekey_case(case_id, RekeyTarget(None))

    def _is_for_all(self, ring: Keyring) -> bool:
        shared = self._shared_file.read()
        return shared is not None and shared.ring.id == ring.id

    def _rekey_case(self, case_id: str, target: RekeyTarget) -> SealingReport:
        path = self._folder.file(case_id)
        report = SealingReport()
        with self._locked(case_id):
            self._folder.sweep(case_id)
            if target.ring is not None:
                clear(self._home)
            # Decrypt the case file last: while it is sealed, opening it seals any leftover files again.
            if target.ring is None:
                check_decryptable(path, self.keys)  # a damaged case must not leave its copies decrypted
                self._rekey_related(case_id, target, report)
            rekey_file(path, target, self.keys, whole=True)
            if target.ring is not None:
                self._rekey_related(case_id, target, report)
                clear(self._home)  # another window may have listed the case meanwhile
        self._searched, self._unattached = False, None
        report.done.append(case_id)
        return report

    def _rekey_related(self, case_id: str, target: RekeyTarget, report: SealingReport) -> None:
        for path in self._folder.related_files(case_id):
            if not matches_target(path, target):
                try:
                    rekey_file(path, target, self.keys)
                except OSError as error:
                    report.left.append((path.name, error.strerror or type(error).__name__))
                except StoreError as error:
                    report.left.append((path.name, str(error)))

    def finish_interrupted(self, case_id: str, seal: Seal) -> Seal:
        """Complete an interrupted change for an open sealed case, and return the seal to save it under.

        Its backups and copies get the case's seal. The caller holds the lock. Failures are retried the next time it is
        opened.
        """
        with contextlib.suppress(OSError, StoreError):
            shared = self._shared_file.read()
            if shared is not None and shared.ring.id == seal.ring.id:
                seal = msgspec.structs.replace(seal, ring=shared.ring, for_all=True)
            self._folder.sweep(case_id)
            self._rekey_related(case_id, RekeyTarget(seal.ring, seal.for_all), SealingReport())
        return seal

    # All cases

    def seal_all(self, ring: Keyring, progress: ProgressCallback = no_progress) -> SealingReport:
        """Seal all cases, and every new one, under `ring`, whose key is in `keys`. StoreError.

        A case with a passphrase of its own keeps it.
        """
        self._shared_file.write(ring, "sealing")
        report = self._rekey_all(RekeyTarget(ring, for_all=True), progress, keep_own=True)
        return self._mark_finished(ring, report)

    def change_for_all(self, ring: Keyring, progress: ProgressCallback = no_progress) -> SealingReport:
        """Write the new slots of the shared keyring (`with_passphrase`) to every file sealed under it. StoreError."""
        self._shared_file.write(ring, "changing")
        report = self._rekey_all(RekeyTarget(ring, for_all=True), progress, keep_own=True, only_sealed=True)
        return self._mark_finished(ring, report)

    def unseal_all(self, progress: ProgressCallback = no_progress) -> SealingReport:
        """Decrypt every case under the shared keyring, and stop sealing new ones. CaseSealed while locked;
        StoreError.
        """
        ring = next(iter(self._rings_for_all()), None)
        if ring is None:
            raise CaseMissing(_("There is no passphrase for all cases."))
        self.keys.ring_key(ring.id)
        self._shared_file.write(ring, "removing")
        report = self._rekey_all(RekeyTarget(None), progress, only=ring.id)
        if not report.left:
            self._shared_file.remove()
            self._unattached = None
        return report

    def finish(self, progress: ProgressCallback = no_progress) -> SealingReport | None:
        """Complete an interrupted change over all cases; None if there is none. CaseSealed while locked; StoreError."""
        shared = self._shared_file.read()
        if shared is None or not shared.doing:
            return None
        self.keys.ring_key(shared.ring.id)
        if shared.doing == "sealing":
            return self.seal_all(shared.ring, progress)
        if shared.doing == "changing":
            return self.change_for_all(shared.ring, progress)
        return self.unseal_all(progress)

    def _mark_finished(self, ring: Keyring, report: SealingReport) -> SealingReport:
        if not report.left:
            self._shared_file.write(ring, "")
        return report

    def _rekey_all(
        self,
        target: RekeyTarget,
        progress: ProgressCallback,
        *,
        keep_own: bool = False,
        only_sealed: bool = False,
        only: str = "",
    ) -> SealingReport:
        report = SealingReport()
        ids = sorted(path.stem for path, _about in self._folder.files())
        lost_ids = [case_id for case_id in self._folder.ids_with_backups() if case_id not in ids]
        for number, case_id in enumerate((*ids, *lost_ids)):
            progress(number, len(ids) + len(lost_ids))
            seal = self.seal_of(case_id)
            ring_id = seal.ring.id if seal is not None else ""
            if only and ring_id != only:
                continue
            if only_sealed and seal is None:
                continue
            if keep_own and seal is not None and target.ring is not None and ring_id != target.ring.id:
                report.own.append(case_id)
                continue
            try:
                case_report = self._rekey_case(case_id, target) if case_id in ids else self._rekey_lost(case_id, target)
            except StoreError as error:
                report.left.append((f"{case_id}{SUFFIX}", str(error)))
            else:
                report.done += case_report.done
                report.left += case_report.left
        return report

    def _rekey_lost(self, case_id: str, target: RekeyTarget) -> SealingReport:
        """Rekey the backups of a case whose file is gone."""
        report = SealingReport()
        with self._locked(case_id):
            self._folder.sweep(case_id)
            self._rekey_related(case_id, target, report)
        return report


def _first_opened(rings: list[Keyring], secret: str, progress: ProgressCallback = no_progress) -> tuple[str, FileKey]:
    """Return the id and key of the first keyring this secret opens. WrongPassphrase; CaseMissing if `rings` is
    empty.
    """
    for number, ring in enumerate(rings):
        progress(number, len(rings))
        with contextlib.suppress(WrongPassphrase):
            return ring.id, open_keyring(ring, secret)
    if not rings:
        raise CaseMissing(_("Nothing is sealed here."))
    raise wrong_passphrase_error()
