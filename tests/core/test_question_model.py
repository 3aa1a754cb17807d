"""The catalog of sets: its order, and lookups by id."""

from __future__ import annotations

import pytest

from iep_tui.core.question_model import AUDIENCES, Audience, Catalogue, may_read

from .builders import catalogue, one_set, question


def test_sets_are_asked_by_stage_then_by_order_then_by_id() -> None:
    made = Catalogue(
        (
            one_set("after", stage="after", order=1),
            one_set("needs", order=30),
            one_set("at", stage="at", order=1),
            one_set("goals", order=30),
            one_set("start", order=10),
        )
    )
    assert [one.id for one in made.sets] == ["start", "goals", "needs", "at", "after"]


def test_questions_come_in_the_order_of_their_sets_and_of_the_files() -> None:
    made = Catalogue((one_set("second", "c", "a", order=2), one_set("first", "d", "b", order=1)))
    assert [one.id for one in made.questions()] == ["d", "b", "c", "a"]


def test_of_two_sets_or_questions_with_one_id_the_first_counts() -> None:
    first = one_set("same", question("q", title="Here?"), order=1)
    second = one_set("same", question("q", title="Or here?"), order=2)
    made = Catalogue((second, first))
    assert made.set("same") == first
    assert made.question("q") == first.questions[0]


def test_what_is_not_there_is_none() -> None:
    made = catalogue("q")
    assert made.question("other") is None
    assert made.set("other") is None
    assert question(kind="one").choice("terrible") is None


def test_an_earlier_id_leads_to_the_question_it_is_today() -> None:
    made = catalogue(question("sleep", was=("needs-sleep", "nights")), "food")
    assert made.current_id("nights") == made.current_id("needs-sleep") == "sleep"
    assert made.current_id("food") == "food"
    assert made.current_id("never-asked") == "never-asked"


def test_a_living_id_is_never_an_earlier_one() -> None:
    made = catalogue(question("new", was=("food",)), "food")
    assert made.current_id("food") == "food"


def test_of_two_questions_that_name_the_same_earlier_id_the_first_counts() -> None:
    made = catalogue(question("a", was=("old",)), question("b", was=("old",)))
    assert made.current_id("old") == "a"


@pytest.mark.parametrize(
    ("share", "readers"),
    [("family", ["family"]), ("team", ["family", "team"]), ("teachers", ["family", "team", "teachers"])],
)
def test_a_wider_share_is_read_by_more(share: Audience, readers: list[Audience]) -> None:
    assert [reader for reader in AUDIENCES if may_read(share, reader)] == readers
