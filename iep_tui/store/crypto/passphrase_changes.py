"""Passphrase changes over all cases: unlock, set, change, remove. Every file is whole if killed anywhere.

Nothing here derives but `unlock` and the making of rings (`new_ring`, `with_passphrase`), which belong in a thread.
Every file stays whole at each moment. A change that was killed half way leaves some files as they were and some as they
will be; each opens with the passphrase it had, and with the new one where the ring is the same. `unfinished` says what
was begun, `finish` ends it. What `progress` raises between two cases stops a change in the same way.
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
from iep_tui.store.crypto.keyring import FileKey, Keyring, open_keyring, wrong_passphrase
from iep_tui.store.crypto.rekey import RekeyTarget, check_whole, header_of, is_at, rekey_file
from iep_tui.store.crypto.shared_keyring import ChangeUnderWay, SharedKeyringFile
from iep_tui.store.errors import CaseMissing, CaseSealed, StoreError, WrongPassphrase


class SealingReport(msgspec.Struct):
    """What became of the files. `left` names those that could not be brought along, with the reason in a line.

    `own` are cases that keep a passphrase of their own.
    """

    done: list[str] = msgspec.field(default_factory=list)
    own: list[str] = msgspec.field(default_factory=list)
    left: list[tuple[str, str]] = msgspec.field(default_factory=list)


class PassphraseManager:
    """The seals of one data folder. `locked` holds a case's lock while it is open nowhere."""

    def __init__(
        self, home: Path, folder: CaseFolder, keys: KeyStore, locked: Callable[[str], AbstractContextManager[None]]
    ) -> None:
        self.keys = keys
        self._folder = folder
        self._locked = locked
        self._home = home
        self._place = SharedKeyringFile(home)
        self._searched = False
        self._adrift: Keyring | None = None

    # What there is, by first lines alone

    def ring_for_all(self) -> Keyring | None:
        """The ring that seals every new case, None when there is none. StoreError when its file is damaged."""
        found = self._place.read()
        return found.ring if found is not None and found.doing != "removing" else None

    def unfinished(self) -> ChangeUnderWay:
        """What was begun with all cases and did not come to its end; "" for nothing. StoreError."""
        found = self._place.read()
        return found.doing if found is not None else ""

    def may_finish(self) -> bool:
        """Whether something is unfinished that `finish` can end now. StoreError."""
        found = self._place.read()
        return found is not None and bool(found.doing) and self.keys.knows(found.ring.id)

    def unattached_keyring(self) -> Keyring | None:
        """The ring for all of a computer whose `seal.json` is gone, found in the cases; None when all is well.

        Looked for once: it reads the first line of every case but those that the index knows, which are in clear.
        """
        if self._place.read() is not None:
            return None
        if not self._searched:
            self._searched = True
            index = CaseIndex(self._home)
            for case_id, about in self._folder.looks():
                if index.line(case_id, about) is not None:
                    continue
                with contextlib.suppress(OSError, StoreError):
                    header = header_of(self._folder.place(case_id))
                    if header is not None and header.seal is not None and header.seal.for_all:
                        self._adrift = header.seal.ring
                        break
        return self._adrift

    def seal_of(self, case_id: str) -> Seal | None:
        """The seal of this case, by its file; where that cannot say it, by the newest sealed backup. None in clear.

        One sealed backup is enough: a change that was killed half way leaves newer ones in clear.
        """
        path = self._folder.place(case_id)
        backups = [one for one in self._folder.beside(case_id) if one.parent != self._folder.path]
        for one in (path, *reversed(backups)):
            with contextlib.suppress(OSError, StoreError):
                header = header_of(one)
                if header is not None and (header.seal is not None or one == path):
                    return header.seal
        return None

    def is_locked(self, case_id: str = "") -> bool:
        """Whether a passphrase has to be given before this case can be read, or without one: before there is a new."""
        if case_id:
            seal = self.seal_of(case_id)
            return seal is not None and not self.keys.knows(seal.ring.id)
        ring = self.ring_for_all() or self.unattached_keyring()
        return ring is not None and not self.keys.knows(ring.id)

    def seal_for_new(self) -> Seal | None:
        """What a new case is sealed with: the ring for all, or nothing. Sealed while that is locked; StoreError.

        A `seal.json` that is gone comes back from the cases.
        """
        ring = self.ring_for_all()
        lost = self.unattached_keyring() if ring is None else None
        ring = ring or lost
        if ring is None:
            return None
        if not self.keys.knows(ring.id):
            raise CaseSealed(_("New cases are sealed on this computer. That needs the passphrase first."))
        if lost is not None:
            self._place.write(lost, "")
        return self.keys.new_seal(ring, for_all=True)

    # Unlocking

    def unlock(self, words: str, case_id: str = "") -> None:
        """Open a case by its passphrase or recovery key, and all others under the same; without one, those under the
        passphrase for all. Derives: call it in a thread. WrongPassphrase, and nothing changed; StoreError.
        """
        self.keys.learn(*self.opened_by(words, case_id))

    def opened_by(self, words: str, case_id: str = "") -> tuple[str, FileKey]:
        """What `unlock` makes known, the name of a ring and its key, for who may think better of it meanwhile."""
        return _opened(self._rings_of(case_id) if case_id else self._rings_for_all(), words)

    def unlock_any(self, words: str, progress: ProgressCallback = no_progress) -> None:
        """Open whatever this passphrase opens: the ring for all, else the first of the cases' own. WrongPassphrase.

        `progress` counts the rings: each takes as long as one unlocking.
        """
        rings = self._rings_for_all()
        for path, _about in self._folder.files():
            with contextlib.suppress(StoreError):
                rings += [ring for ring in self._rings_of(path.stem) if ring not in rings]
        if rings:
            self.keys.learn(*_opened(rings, words, progress))

    def _rings_for_all(self) -> list[Keyring]:
        found = self._place.read()
        if found is not None:
            return [found.ring]
        adrift = self.unattached_keyring()
        return [adrift] if adrift is not None else []

    def _rings_of(self, case_id: str) -> list[Keyring]:
        """What may open the case: first the ring in the file for all, which knows the latest passphrase."""
        seal = self.seal_of(case_id)
        if seal is None:
            return []
        rings = [seal.ring]
        with contextlib.suppress(StoreError):
            found = self._place.read()
            if found is not None and found.ring.id == seal.ring.id and found.ring != seal.ring:
                rings.insert(0, found.ring)
        return rings

    # One case

    def seal_case(self, case_id: str, ring: Keyring) -> SealingReport:
        """Seal this case and all that is kept of it under `ring`, whose key is in `keys`; also a change of its ring or
        of its passphrase. StoreError: the case itself is as it was. What else could not be brought along is reported.
        """
        return self._bring(case_id, RekeyTarget(ring, for_all=self._is_for_all(ring)))

    def unseal_case(self, case_id: str) -> SealingReport:
        """The case and all that is kept of it in clear again. Sealed while it is locked; StoreError."""
        return self._bring(case_id, RekeyTarget(None))

    def _is_for_all(self, ring: Keyring) -> bool:
        found = self._place.read()
        return found is not None and found.ring.id == ring.id

    def _bring(self, case_id: str, target: RekeyTarget) -> SealingReport:
        path = self._folder.file(case_id)
        report = SealingReport()
        with self._locked(case_id):
            self._folder.sweep(case_id)
            if target.ring is not None:
                clear(self._home)
            # In clear the case goes last: as long as it is sealed, what is left of it is sealed again when it opens.
            if target.ring is None:
                check_whole(path, self.keys)  # an error must not leave the copies of a damaged case in clear
                self._bring_rest(case_id, target, report)
            rekey_file(path, target, self.keys, whole=True)
            if target.ring is not None:
                self._bring_rest(case_id, target, report)
                clear(self._home)  # another window may have listed the case meanwhile
        self._searched, self._adrift = False, None
        report.done.append(case_id)
        return report

    def _bring_rest(self, case_id: str, target: RekeyTarget, report: SealingReport) -> None:
        for path in self._folder.beside(case_id):
            if not is_at(path, target):
                try:
                    rekey_file(path, target, self.keys)
                except OSError as error:
                    report.left.append((path.name, error.strerror or type(error).__name__))
                except StoreError as error:
                    report.left.append((path.name, str(error)))

    def tidy(self, case_id: str, seal: Seal) -> Seal:
        """Bring what is kept of an open sealed case under its seal, when a change was killed; the seal to save under.

        The caller holds the lock. What cannot be done now is tried at the next opening.
        """
        with contextlib.suppress(OSError, StoreError):
            found = self._place.read()
            if found is not None and found.ring.id == seal.ring.id:
                seal = msgspec.structs.replace(seal, ring=found.ring, for_all=True)
            self._folder.sweep(case_id)
            self._bring_rest(case_id, RekeyTarget(seal.ring, seal.for_all), SealingReport())
        return seal

    # All cases

    def seal_all(self, ring: Keyring, progress: ProgressCallback = no_progress) -> SealingReport:
        """Seal every case, and every new one from now on, under `ring`, whose key is in `keys`. StoreError.

        A case under another passphrase keeps it.
        """
        self._place.write(ring, "sealing")
        report = self._bring_all(RekeyTarget(ring, for_all=True), progress, keep_own=True)
        return self._ended(ring, report)

    def change_for_all(self, ring: Keyring, progress: ProgressCallback = no_progress) -> SealingReport:
        """Bring the new slots of the ring for all (`with_passphrase`) to every file of it. StoreError."""
        self._place.write(ring, "changing")
        report = self._bring_all(RekeyTarget(ring, for_all=True), progress, keep_own=True, only_sealed=True)
        return self._ended(ring, report)

    def unseal_all(self, progress: ProgressCallback = no_progress) -> SealingReport:
        """Every case of the ring for all in clear again, and new ones too. Sealed while it is locked; StoreError."""
        ring = next(iter(self._rings_for_all()), None)
        if ring is None:
            raise CaseMissing(_("There is no passphrase for all cases."))
        self.keys.ring_key(ring.id)
        self._place.write(ring, "removing")
        report = self._bring_all(RekeyTarget(None), progress, only=ring.id)
        if not report.left:
            self._place.remove()
            self._adrift = None
        return report

    def finish(self, progress: ProgressCallback = no_progress) -> SealingReport | None:
        """End what was begun with all cases; None when nothing was. Sealed while it is locked; StoreError."""
        found = self._place.read()
        if found is None or not found.doing:
            return None
        self.keys.ring_key(found.ring.id)
        if found.doing == "sealing":
            return self.seal_all(found.ring, progress)
        if found.doing == "changing":
            return self.change_for_all(found.ring, progress)
        return self.unseal_all(progress)

    def _ended(self, ring: Keyring, report: SealingReport) -> SealingReport:
        if not report.left:
            self._place.write(ring, "")
        return report

    def _bring_all(
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
        lost = [one for one in self._folder.with_backups() if one not in ids]
        for number, case_id in enumerate((*ids, *lost)):
            progress(number, len(ids) + len(lost))
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
                one = self._bring(case_id, target) if case_id in ids else self._bring_lost(case_id, target)
            except StoreError as error:
                report.left.append((f"{case_id}{SUFFIX}", str(error)))
            else:
                report.done += one.done
                report.left += one.left
        return report

    def _bring_lost(self, case_id: str, target: RekeyTarget) -> SealingReport:
        """The backups of a case whose file is gone."""
        report = SealingReport()
        with self._locked(case_id):
            self._folder.sweep(case_id)
            self._bring_rest(case_id, target, report)
        return report


def _opened(rings: list[Keyring], words: str, progress: ProgressCallback = no_progress) -> tuple[str, FileKey]:
    """The first of the rings that these words open, and its key. WrongPassphrase; Missing without any ring."""
    for number, ring in enumerate(rings):
        progress(number, len(rings))
        with contextlib.suppress(WrongPassphrase):
            return ring.id, open_keyring(ring, words)
    if not rings:
        raise CaseMissing(_("Nothing is sealed here."))
    raise wrong_passphrase()
