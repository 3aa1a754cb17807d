"""Coverage of topics: a set asks about each topic of good preparation, or the map beside this test says why not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from iep_tui.sets.library_loader import load_uncached

MAP = Path(__file__).with_name("coverage.md")

#: How many topics each area has.
TOPICS = {
    "AC": 24,
    "ST": 8,
    "NP": 18,
    "PC": 16,
    "GL": 15,
    "SV": 18,
    "AM": 14,
    "LR": 12,
    "BH": 14,
    "CT": 12,
    "HM": 13,
    "HS": 14,
    "TR": 16,
    "DR": 16,
    "RG": 10,
    "ML": 20,
    "AG": 13,
    "FU": 17,
    "AV": 10,
}
OWN = "own"


def rows(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    """The map's rows: topic, ids of questions, note."""
    found: list[tuple[str, tuple[str, ...], str]] = []
    for line in text.splitlines():
        if not line.startswith("| ") or line.startswith("| Topic |"):
            continue
        topic, questions, note = (cell.strip() for cell in line.strip()[1:-1].split("|"))
        found.append((topic, tuple(one.strip() for one in questions.split(",") if one.strip()), note))
    return found


def troubles(text: str, shipped: set[str]) -> list[str]:
    """The mistakes of a map, given the ids of the shipped questions."""
    mapped = rows(text)
    topics = Counter(topic for topic, _questions, _note in mapped if topic != OWN)
    wanted = [f"{area}{number:02}" for area, count in TOPICS.items() for number in range(1, count + 1)]
    named = {one for _topic, questions, _note in mapped for one in questions}
    found = [f"{topic} is in no row" for topic in wanted if topic not in topics]
    found += [f"{topic} is in {count} rows" for topic, count in topics.items() if count > 1]
    found += [f"{topic} is no topic" for topic in topics if topic not in wanted]
    found += [f"{one} is no question" for one in sorted(named - shipped)]
    found += [f"{one} is in no row" for one in sorted(shipped - named)]
    found += [f"{topic} has neither a question nor a reason" for topic, asked, note in mapped if not asked and not note]
    found += [f"{asked[0]} is our own without a reason" for topic, asked, note in mapped if topic == OWN and not note]
    return found


def test_all_topics_are_mapped_to_questions_that_exist() -> None:
    assert sum(TOPICS.values()) == 280
    shipped = {question.id for question in load_uncached("en").catalogue.questions()}
    assert troubles(MAP.read_text(encoding="utf-8"), shipped) == []


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("line", "instead", "trouble"),
    [
        ("| AC16 | child-hope-year | |", "", "AC16 is in no row"),
        ("| AC16 | child-hope-year | |", "| AC16 | child-hope-yaer | |", "child-hope-yaer is no question"),
        ("| AC16 | child-hope-year | |", "| AC16 | | |", "AC16 has neither a question nor a reason"),
        ("| AC16 | child-hope-year | |", "| AC17 | child-hope-year | |", "AC17 is in 2 rows"),
        ("| AC16 | child-hope-year | |", "| AC99 | child-hope-year | |", "AC99 is no topic"),
        ("| AC16 | child-hope-year | |", "| AC16 | | asked of nobody |", "child-hope-year is in no row"),
    ],
)
def test_a_hole_in_the_map_is_told(line: str, instead: str, trouble: str) -> None:
    shipped = {question.id for question in load_uncached("en").catalogue.questions()}
    text = MAP.read_text(encoding="utf-8")
    assert line in text
    assert trouble in troubles(text.replace(line, instead), shipped)
