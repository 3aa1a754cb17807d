"""Settings: kept between runs, and never a reason to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from iep_tui.store.settings import Settings


def test_a_choice_is_kept(home: Path) -> None:
    settings = Settings(home)
    assert settings.theme == ""
    assert settings.keep(theme="night")
    assert settings.theme == Settings(home).theme == "night"


def test_looking_makes_nothing(home: Path) -> None:
    assert Settings(home).theme == ""
    assert not home.exists()


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b'{"theme": 3}', b"[" * 90_000, b" " * 200_000])
def test_what_cannot_be_read_is_no_choice(home: Path, data: bytes) -> None:
    home.mkdir()
    (home / "settings.json").write_bytes(data)
    settings = Settings(home)
    assert settings.theme == ""
    assert settings.keep(theme="day")
    assert Settings(home).theme == "day"


def test_a_choice_that_cannot_be_kept_holds_until_the_end(home: Path) -> None:
    home.write_bytes(b"a file where the folder should be")
    settings = Settings(home)
    assert not settings.keep(theme="night")
    assert settings.theme == "night"
