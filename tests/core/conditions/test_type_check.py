"""Error messages for conditions: the place, the allowed values, and the probable intent."""

from __future__ import annotations

import pytest

from iep_tui.core.conditions import FACTS, ConditionError, Operand, operand, parse_condition, type_errors
from iep_tui.core.question_model import Choice, Question

NOT_READ: list[tuple[str, int, str]] = [
    ("", 0, "it ends where a question’s id, age, stage or state should be"),
    ("plan", 4, "it ends where one of = != < <= > >= in “not in” has answered should be"),
    ("plan = ", 6, "it ends where a value should be"),
    ("plan iep", 5, "found “iep” where one of = != < <= > >= in “not in” has answered should be"),
    ("plan = iep 504", 11, "found “504” where “and”, “or” or the end should be"),
    ("plan = iep AND age > 3", 11, "“AND” is written in small letters: and"),
    ("plan == iep", 6, "found “=” where a value should be"),
    ("plan = 'iep'", 7, "found “'”, which means nothing in a condition"),
    ("plan = iep & age > 3", 11, "found “&”, which means nothing in a condition; write and"),
    ("!plan answered", 0, "found “!”, which means nothing in a condition; write not, !="),
    ("plan ≠ iep", 5, "found “≠”, which means nothing in a condition; write !="),
    ("plan.now = iep", 4, "found “.”, which means nothing in a condition"),
    ("minutes = 1.2.3", 11, "found “.”, which means nothing in a condition"),
    ("Plan = iep", 0, "“Plan” is no id; an id has small letters, digits and hyphens, like needs-sleep"),
    ("14 < age", 0, "“14” is no id; an id has small letters, digits and hyphens, like needs-sleep"),
    ("and = iep", 0, "found “and” where a question’s id, age, stage or state should be"),
    ("plan = and age > 3", 7, "found “and” where a value should be"),
    ("plan in iep", 8, "found “iep” where “(” and a list of values should be"),
    ("plan in ()", 9, "found “)” where a value should be"),
    ("plan in (iep,)", 13, "found “)” where a value should be"),
    ("plan in (iep 504)", 13, "found “504” where “,” or “)” should be"),
    ("plan = (iep)", 7, "found “(” where one value (lists follow “in”, “not in” and “has”) should be"),
    ("areas not has x", 10, "found “has” where “in” (to negate anything else, put “not” before the id) should be"),
    ("(plan = iep", 11, "it ends where “)”, “and” or “or” should be"),
    ("plan = iep)", 10, "found “)” where “and”, “or” or the end should be"),
    ("not", 3, "it ends where a question’s id, age, stage or state should be"),
    ("(" * 51 + "a answered" + ")" * 51, 50, "more than 50 brackets and “not” are nested inside each other"),
    ("not " * 51 + "a answered", 200, "more than 50 brackets and “not” are nested inside each other"),
]


@pytest.mark.parametrize(("source", "offset", "message"), NOT_READ)
def test_what_cannot_be_read(source: str, offset: int, message: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition(source)
    assert (caught.value.offset, caught.value.message) == (offset, message)


def test_fifty_deep_is_read() -> None:
    parse_condition("not (" * 25 + "plan answered" + ")" * 25)
    parse_condition(" and ".join(["(plan answered)"] * 200))


SCOPE = {
    "plan": Operand("one", ("iep", "plan-504", "health")),
    "areas": Operand("several", ("reading", "writing")),
    "enough": Operand("yesno", ("yes", "no")),
    "minutes": Operand("number"),
    "rate": Operand("rate"),
    "told": Operand("date"),
    "grade": Operand("line"),
    "story": Operand("text"),
    "tried": Operand("list"),
    "when-then": Operand("time"),
    "services": Operand("table"),
    "goals": Operand("goals"),
}


@pytest.mark.parametrize(
    "source",
    [
        "plan = iep and plan != health and plan in (iep, plan-504) and plan not in (health) and plan answered",
        "areas has reading and areas has (reading, writing) and areas answered",
        "enough = yes or enough in (yes, no)",
        "minutes = 2.5 or minutes < -3 or minutes in (1, 2)",
        "rate = 5 or rate >= 1",
        "told < 2028-02-29 or told = 2027-03-12",
        "grade answered and story answered and tried answered and when-then answered",
        "services answered and goals answered",
        "age >= 14 and age answered and stage in (before, at, after) and state not in (MO, DC, PR) and state answered",
    ],
)
def test_what_fits(source: str) -> None:
    assert type_errors(parse_condition(source), SCOPE) == []


@pytest.mark.parametrize(
    ("source", "offset", "message"),
    [
        ("plam = iep", 0, "there is no question or fact “plam”. Did you mean “plan”?"),
        ("ages > 3", 0, "there is no question or fact “ages”. Did you mean “age”?"),
        ("xyzzy answered", 0, "there is no question or fact “xyzzy”."),
        (
            "plan = plan-505",
            7,
            "“plan-505” is not one of the choices (iep, plan-504, health). Did you mean “plan-504”?",
        ),
        ("plan in (iep, IEP)", 14, "“IEP” is not one of the choices (iep, plan-504, health). Did you mean “iep”?"),
        ("plan = 9", 7, "“9” is not one of the choices (iep, plan-504, health)."),
        ("plan < iep", 0, "“plan” (one) cannot be tested with “<”; use =, !=, in, not in, answered"),
        ("plan has iep", 0, "“plan” (one) cannot be tested with “has”; use =, !=, in, not in, answered"),
        ("areas = reading", 0, "“areas” (several) cannot be tested with “=”; use has, answered"),
        ("areas not in (reading)", 0, "“areas” (several) cannot be tested with “not in”; use has, answered"),
        ("areas has maths", 10, "“maths” is not one of the choices (reading, writing)."),
        ("enough = true", 9, "“true” is not one of the choices (yes, no)."),
        ("minutes = many", 10, "“many” is not a number"),
        ("minutes = 1e9", 10, "“1e9” is not a number"),
        ("minutes = 1_000", 10, "“1_000” is not a number"),
        ("minutes = nan", 10, "“nan” is not a number"),
        ("age >= old", 7, "“old” is not a number"),
        ("rate = 6", 7, "“6” is not a rating; ratings are 1, 2, 3, 4 and 5"),
        ("rate > 2.5", 7, "“2.5” is not a rating; ratings are 1, 2, 3, 4 and 5"),
        ("age >= 14.5", 7, "“14.5” is not an age; write whole years, like 14"),
        ("age > -1", 6, "“-1” is not an age; write whole years, like 14"),
        ("told > 2027-02-29", 7, "“2027-02-29” is not a date written like 2027-03-12"),
        ("told > 2027-3-1", 7, "“2027-3-1” is not a date written like 2027-03-12"),
        ("grade = third", 0, "“grade” (line) cannot be tested with “=”; use answered"),
        ("story != x", 0, "“story” (text) cannot be tested with “!=”; use answered"),
        ("tried has x", 0, "“tried” (list) cannot be tested with “has”; use answered"),
        ("when-then > 3", 0, "“when-then” (time) cannot be tested with “>”; use answered"),
        ("services = x", 0, "“services” (table) cannot be tested with “=”; use answered"),
        ("goals in (x)", 0, "“goals” (goals) cannot be tested with “in”; use answered"),
        ("stage = befor", 8, "“befor” is not one of the choices (before, at, after). Did you mean “before”?"),
        ("state = Missouri", 8, "“Missouri” is no state; write its two letters, like MO."),
        ("state = tx", 8, "“tx” is no state; write its two letters, like MO. Did you mean “TX”?"),
        ("state < MO", 0, "“state” (state) cannot be tested with “<”; use =, !=, in, not in, answered"),
        (
            "minutes has 3",
            0,
            "“minutes” (number) cannot be tested with “has”; use =, !=, in, not in, <, <=, >, >=, answered",
        ),
    ],
)
def test_what_does_not_fit(source: str, offset: int, message: str) -> None:
    (mistake,) = type_errors(parse_condition(source), SCOPE)
    assert (mistake.offset, mistake.message) == (offset, message)


def test_all_mistakes_are_told_in_the_order_of_the_source() -> None:
    source = "plam = iep and (plan = x or not plan in (iep, y, z)) and plan > 3"
    assert [mistake.offset for mistake in type_errors(parse_condition(source), SCOPE)] == [0, 23, 46, 49, 57]


def test_a_flood_of_mistakes_ends() -> None:
    many = " or ".join(f"unknown-{number} answered" for number in range(300))
    assert len(type_errors(parse_condition(many), SCOPE)) == 100


def test_a_fact_goes_before_a_question_of_its_name() -> None:
    assert type_errors(parse_condition("state = MO"), {"state": Operand("line")}) == []
    assert FACTS["state"].values is not None
    assert "MO" in FACTS["state"].values


def test_a_question_as_conditions_see_it() -> None:
    choices = (Choice("fine", "Fine"), Choice("other", "Other", words=True))
    one = Question(id="sleep", kind="one", title="How is sleep?", set_id="needs", line=3, choices=choices)
    assert operand(one) == Operand("one", ("fine", "other"))
    several = Question(id="areas", kind="several", title="Which?", set_id="needs", line=3, choices=choices)
    assert operand(several) == Operand("several", ("fine", "other"))
    yesno = Question(id="told", kind="yesno", title="Told?", set_id="needs", line=3)
    assert operand(yesno) == Operand("yesno", ("yes", "no"))
    line = Question(id="grade", kind="line", title="Grade?", set_id="needs", line=3)
    assert operand(line) == Operand("line")
