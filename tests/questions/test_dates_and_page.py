"""The shipped deadline rules and the page about IEPs: plain words, named rules, and no unused question."""

from __future__ import annotations

import re

import pytest

from iep_tui.core.question_model import Deadline
from iep_tui.sets.library_loader import load_uncached

from .reading_level import grade
from .test_reading_level import plain

LIBRARY = load_uncached("en")
RULES = LIBRARY.catalogue.deadlines

#: What a rule may rest on: a federal rule, a law of a state, or a page that is named.
SOURCE = re.compile(
    r"34 CFR (99|100|104|300)\.\d+|RSMo \d+\.\d+|DESE, |N\.C\. Gen\. Stat\. \d|Wis\. Stat\. \d|La\. Admin\. Code \d"
)


def name(one: Deadline) -> str:
    return f"{one.id}-{one.state}".strip("-")


@pytest.mark.parametrize("one", RULES, ids=name)
def test_a_rule_is_told_in_plain_words(one: Deadline) -> None:
    said = f"{one.what}. {one.ask} {one.unless} {one.late}"
    assert grade(plain(said)) <= 8, one.what
    assert one.ask, "every rule says what to ask or to look out for"
    said = said.lower()
    for word in ("illegal", "violat", "broke", "unlawful", "!"):
        assert word not in said


@pytest.mark.parametrize("one", RULES, ids=name)
def test_a_rule_names_what_it_rests_on_or_is_to_be_asked_about(one: Deadline) -> None:
    if one.confidence == "habit":
        assert not one.rule
    elif one.rule:
        assert SOURCE.search(one.rule)
        assert one.checked
    else:
        assert one.confidence == "low"
        assert "sk " in one.ask


def test_each_states_rule_has_a_general_one_beside_it() -> None:
    general = {one.id for one in RULES if not one.state}
    assert {one.id for one in RULES if one.state} <= general
    assert {one.state for one in RULES} == {"", "MO", "NC", "WI", "LA"}


def test_every_date_that_is_asked_for_is_used() -> None:
    used = {start.question for one in RULES for start in one.starts} | {one.before for one in RULES} | {"dates-breaks"}
    asked = LIBRARY.catalogue.set("dates")
    assert asked is not None
    assert [one.id for one in asked.questions if one.id not in used] == []


def test_the_page_reads_at_grade_six() -> None:
    page = LIBRARY.about
    assert page is not None
    paras = [para.text for para in page.intro] + [para.text for part in page.sections for para in part.paras]
    told = [re.sub(r"\([^()]*CFR[^()]*\)", "", para).strip() for para in paras]
    joined = " ".join(plain(para) if para.endswith((".", "?", ":")) else f"{plain(para)}." for para in told if para)
    assert grade(joined.replace(":", ".")) <= 6


def test_the_page_keeps_attending_consent_and_agreeing_apart() -> None:
    page = LIBRARY.about
    assert page is not None
    stressed = [span.text for part in page.sections for para in part.paras for span in para.spans if span.strong]
    assert {"Being there.", "Consent.", "Agreeing.", "A 504 plan", "A health plan"} <= set(stressed)
