"""The sheets of a small made-up case, whole, as each reader gets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from iep_tui.core.model import Share
from iep_tui.sheet.markdown import sheet

from .made_up import MADE, maya

GOLDEN = Path(__file__).with_name("golden")


@pytest.mark.parametrize("reader", ["family", "team", "teachers"])
def test_the_whole_sheet(reader: Share) -> None:
    assert sheet(maya(), reader, made=MADE) == (GOLDEN / f"{reader}.md").read_text(encoding="utf-8")
