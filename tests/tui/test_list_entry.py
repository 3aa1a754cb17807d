"""A name with a description line: as tall as its content, at any width."""

from __future__ import annotations

from typing import cast

from hypothesis import example, given
from hypothesis import strategies as st
from textual.css.styles import RulesMap
from textual.style import Style
from textual.visual import RenderOptions

from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.list_entry import ListEntry

words = st.text(st.sampled_from("ab -·é山👩\u200d\t\n"), max_size=30)
lines = words.map(lambda text: " ".join(text.split()))
RULES = cast(RulesMap, {})


@example("", "\u200d\u200d山a", 4)
@given(words, words, st.integers(4, 40))
def test_it_is_as_high_as_its_two_lines_are_where_they_wrap(name: str, about: str, width: int) -> None:
    entry = ListEntry(plain_content(name), plain_content(about))
    assert entry.get_height(RULES, width) == sum(part.get_height(RULES, width) for part in entry.parts)


@given(lines.filter(str.strip), lines.filter(str.strip), st.integers(8, 40))
def test_it_is_drawn_as_high_as_it_says(name: str, about: str, width: int) -> None:
    entry = ListEntry(plain_content(name), plain_content(about))
    options = RenderOptions(lambda style: Style.null(), RULES)
    strips = entry.render_strips(width, None, Style.null(), options)
    assert len(strips) == entry.get_height(RULES, width)
