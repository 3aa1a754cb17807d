"""Sealing: rings, keys, envelopes. The derivations are cheap but for one; what is checked is the same."""

from __future__ import annotations

import base64

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iep_tui.store.crypto import keyring
from iep_tui.store.crypto.envelope import KeyStore, Seal, check_seal, is_sealed_bytes, open_bytes, seal_bytes
from iep_tui.store.crypto.keyring import (
    DEFAULT_KDF_COST,
    MAX_KDF_MEMORY,
    KdfCost,
    Keyring,
    new_keyring_for,
    open_keyring,
    with_passphrase,
)
from iep_tui.store.crypto.recovery_key import (
    RECOVERY_ALPHABET,
    RECOVERY_KEY_LENGTH,
    checked_recovery_key,
    is_recovery_key,
    new_recovery_key,
)
from iep_tui.store.errors import CaseDamaged, CaseSealed, NewerVersion, StoreError, WrongPassphrase

CHEAP = KdfCost(memory=8, passes=1, lanes=1)
WORDS = "green kettle, seven boats"
KIND = "iep-tui/bundle"


def no_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    def derive(*_given: object) -> None:
        raise AssertionError("something was derived")

    monkeypatch.setattr(keyring, "_derive", derive)


def test_a_ring_opens_with_its_passphrase_and_with_its_recovery_key() -> None:
    recovery = new_recovery_key()
    ring, key = new_keyring_for(WORDS, recovery, CHEAP)
    token = key.encrypt(b"words")
    assert open_keyring(ring, WORDS).decrypt(token) == b"words"
    assert open_keyring(ring, recovery.lower().replace("-", " ")).decrypt(token) == b"words"
    for wrong in ("", "green kettle", WORDS + " ", new_recovery_key(), "x" * 5_000, "\ud800", "a\nb"):
        with pytest.raises(WrongPassphrase):
            open_keyring(ring, wrong)


def test_a_passphrase_is_the_same_from_every_keyboard() -> None:
    ring, key = new_keyring_for("Cafe\u0301 \u2460 stu\ufb03e", cost=CHEAP)
    assert open_keyring(ring, "Caf\u00e9 1 stuffie").decrypt(key.encrypt(b"x")) == b"x"


def test_what_is_set_costs_what_the_page_says() -> None:
    assert KdfCost(memory=64 * 1024, passes=3, lanes=4) == DEFAULT_KDF_COST
    data = seal_bytes(b"the real cost, once", WORDS, format=KIND)
    assert b'"memory":65536' in data
    assert b'"passes":3' in data
    assert b'"lanes":4' in data
    assert open_bytes(data, WORDS, format=KIND) == b"the real cost, once"


@pytest.mark.parametrize("passphrase", ["", "short", "       x      ", "a" * 1_001, "tab\tin the middle", "\ud800" * 9])
def test_what_cannot_be_a_passphrase_is_not_set(passphrase: str) -> None:
    with pytest.raises(StoreError):
        new_keyring_for(passphrase, cost=CHEAP)


def test_a_new_passphrase_leaves_the_recovery_key_and_what_was_sealed() -> None:
    recovery, other = new_recovery_key(), new_recovery_key()
    ring, key = new_keyring_for(WORDS, recovery, CHEAP)
    token = key.encrypt(b"x")
    changed = with_passphrase(ring, key, "other words than these", cost=CHEAP)
    assert changed.id == ring.id
    assert open_keyring(changed, "other words than these").decrypt(token) == b"x"
    assert open_keyring(changed, recovery).decrypt(token) == b"x"
    with pytest.raises(WrongPassphrase):
        open_keyring(changed, WORDS)
    renewed = with_passphrase(changed, key, WORDS, other, CHEAP)
    assert open_keyring(renewed, other).decrypt(token) == b"x"
    with pytest.raises(WrongPassphrase):
        open_keyring(renewed, recovery)


@pytest.mark.parametrize(
    "cost",
    [
        KdfCost(memory=64 * 1024 * 1024),
        KdfCost(memory=MAX_KDF_MEMORY + 1),
        KdfCost(memory=-1),
        KdfCost(memory=8, lanes=4),
        KdfCost(passes=0),
        KdfCost(passes=2**31),
        KdfCost(lanes=0),
        KdfCost(lanes=1_000_000),
    ],
)
def test_a_file_that_asks_for_too_much_is_refused_before_anything_is_derived(
    cost: KdfCost, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring, _key = new_keyring_for(WORDS, cost=CHEAP)
    no_derivation(monkeypatch)
    hostile = Keyring(ring.id, tuple(msgspec.structs.replace(slot, cost=cost) for slot in ring.slots))
    with pytest.raises(CaseDamaged):
        open_keyring(hostile, WORDS)
    with pytest.raises(CaseDamaged):
        check_seal(Seal(1, hostile, "x"))


@pytest.mark.parametrize("slots", [0, 5])
def test_a_ring_has_one_to_four_slots(slots: int, monkeypatch: pytest.MonkeyPatch) -> None:
    ring, _key = new_keyring_for(WORDS, cost=CHEAP)
    no_derivation(monkeypatch)
    with pytest.raises(CaseDamaged):
        open_keyring(Keyring(ring.id, ring.slots[:1] * slots), WORDS)


@pytest.mark.parametrize("salt", ["", "?", base64.urlsafe_b64encode(b"x" * 65).decode(), "é" * 22])
def test_a_salt_is_what_a_salt_is(salt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ring, _key = new_keyring_for(WORDS, cost=CHEAP)
    no_derivation(monkeypatch)
    with pytest.raises(CaseDamaged):
        open_keyring(Keyring(ring.id, (msgspec.structs.replace(ring.slots[0], salt=salt),)), WORDS)


def test_one_derivation_opens_every_file_of_a_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    ring, key = new_keyring_for(WORDS, new_recovery_key(), CHEAP)
    making = KeyStore()
    making.learn(ring.id, key)
    files = [(seal, making.close(seal, b"%d" % number)) for number in range(50) for seal in [making.new_seal(ring)]]
    making.forget()
    assert not making
    derived: list[KdfCost] = []
    derive = keyring._derive

    def counted(words: bytes, salt: bytes, cost: KdfCost) -> keyring.FileKey:
        derived.append(cost)
        return derive(words, salt, cost)

    monkeypatch.setattr(keyring, "_derive", counted)
    keys = KeyStore()
    keys.unlock(ring, WORDS)
    assert [keys.open(seal, token) for seal, token in files] == [b"%d" % number for number in range(50)]
    assert len(derived) == 1
    assert len({seal.key for seal, _token in files}) == 50


def test_what_was_forgotten_opens_nothing() -> None:
    ring, key = new_keyring_for(WORDS, cost=CHEAP)
    keys = KeyStore()
    keys.learn(ring.id, key)
    seal = keys.new_seal(ring)
    token = keys.close(seal, b"x")
    body = keys.of(seal)
    keys.forget()
    with pytest.raises(CaseSealed):
        keys.open(seal, token)
    with pytest.raises(CaseSealed):
        keys.close(seal, b"y")
    with pytest.raises(CaseSealed):
        body.decrypt(token)
    assert not key._secret
    assert not body._secret


def test_a_seal_of_a_later_version_is_newer_and_a_broken_one_damaged() -> None:
    ring, key = new_keyring_for(WORDS, cost=CHEAP)
    keys = KeyStore()
    keys.learn(ring.id, key)
    seal = keys.new_seal(ring)
    with pytest.raises(NewerVersion):
        keys.of(msgspec.structs.replace(seal, version=2))
    with pytest.raises(CaseDamaged):
        keys.of(msgspec.structs.replace(seal, key=seal.key[:-4]))
    with pytest.raises(CaseDamaged):
        keys.open(seal, b"not a token")
    _other_ring, other = new_keyring_for(WORDS, cost=CHEAP)
    keys.learn(ring.id, other)
    with pytest.raises(CaseDamaged):
        keys.of(msgspec.structs.replace(seal, key=key.wrap(key)))


@settings(max_examples=25)
@given(st.binary(max_size=300))
def test_an_envelope_gives_back_what_was_put_in(data: bytes) -> None:
    sealed = seal_bytes(data, WORDS, format=KIND, cost=CHEAP)
    assert is_sealed_bytes(sealed, KIND)
    assert not is_sealed_bytes(sealed, "another")
    assert open_bytes(sealed, WORDS, format=KIND) == data


def test_an_envelope_tells_damage_from_a_wrong_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = seal_bytes(b"words of a family", WORDS, format=KIND, cost=CHEAP)
    assert b"words of a family" not in sealed
    with pytest.raises(WrongPassphrase):
        open_bytes(sealed, "other words", format=KIND)
    no_derivation(monkeypatch)
    start = sealed.index(b"\n") + 1
    for damaged in (
        b"",
        b"{}",
        sealed[:start],
        sealed[:-1],
        sealed + b"x",
        sealed[: start + 20] + bytes([sealed[start + 20] ^ 1]) + sealed[start + 21 :],
        sealed.replace(b'"memory":8', b'"memory":67108864'),
        b"[" * 4_000 + b"\n",
    ):
        with pytest.raises(CaseDamaged):
            open_bytes(damaged, WORDS, format=KIND)
    with pytest.raises(CaseDamaged):
        open_bytes(sealed, WORDS, format="another")


def test_a_recovery_key_is_read_as_it_was_meant() -> None:
    key = new_recovery_key()
    bare = key.replace("-", "")
    assert len(bare) == RECOVERY_KEY_LENGTH
    assert set(bare) <= set(RECOVERY_ALPHABET)
    assert not set("01BGILOSUVZ") & set(RECOVERY_ALPHABET)
    assert is_recovery_key(key)
    assert checked_recovery_key(f"  {key.lower()}\t") == bare
    looks = bare.replace("8", "b").replace("6", "G").replace("5", "s").replace("2", "Z")
    assert checked_recovery_key(looks) == bare
    assert len({new_recovery_key() for _again in range(20)}) == 20


def test_a_slip_in_a_recovery_key_is_told() -> None:
    bare = new_recovery_key().replace("-", "")
    with pytest.raises(StoreError, match="30 letters and digits; these are 29"):
        checked_recovery_key(bare[:-1])
    slips = [
        bare[:place] + ("A" if bare[place] != "A" else "C") + bare[place + 1 :] for place in range(RECOVERY_KEY_LENGTH)
    ]
    # Two characters check the others: one slip in 625 may pass, and is then a wrong key.
    assert sum(not is_recovery_key(slip) for slip in slips) >= RECOVERY_KEY_LENGTH - 2
    told = next(slip for slip in slips if not is_recovery_key(slip))
    with pytest.raises(StoreError, match="compare it with your paper"):
        checked_recovery_key(told)


def test_no_key_shows_in_what_python_prints() -> None:
    ring, key = new_keyring_for(WORDS, cost=CHEAP)
    assert repr(key) == "<Key>"
    assert WORDS not in repr(ring)
