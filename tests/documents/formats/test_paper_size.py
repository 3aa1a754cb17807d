"""Paper size by the country of the locale."""

from __future__ import annotations

import pytest

from iep_tui.documents.formats.paper_size import paper_here


@pytest.mark.parametrize(
    ("environ", "paper"),
    [
        ({"LANG": "en_US.UTF-8"}, "letter"),
        ({"LANG": "es_MX.UTF-8"}, "letter"),
        ({"LANG": "fil_PH"}, "letter"),
        ({"LANG": "fr-CA"}, "letter"),
        ({"LANG": "de_DE.UTF-8"}, "a4"),
        ({"LANG": "de_DE@euro"}, "a4"),
        ({"LANG": "sr_Latn_RS.UTF-8"}, "a4"),
        ({"LANG": "en_US.UTF-8", "LC_PAPER": "en_GB.UTF-8"}, "a4"),
        ({"LANG": "en_GB.UTF-8", "LC_PAPER": "en_US.UTF-8"}, "letter"),
        ({"LC_ALL": "es_ES.UTF-8", "LC_PAPER": "en_US.UTF-8"}, "a4"),
        ({"LC_ALL": "", "LANG": "es_ES.UTF-8"}, "a4"),
        ({"LANG": "C.UTF-8"}, "letter"),
        ({"LANG": "nonsense"}, "letter"),
        ({}, "letter"),
    ],
)
def test_paper_by_country(environ: dict[str, str], paper: str) -> None:
    assert paper_here(environ) == paper


def test_this_computer_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LC_PAPER", "fr_FR.UTF-8")
    assert paper_here() == "a4"
