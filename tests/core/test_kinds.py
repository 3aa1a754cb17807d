"""Each kind of answer by example: validation, parsing of typed text, and display."""

from __future__ import annotations

import pytest

from iep_tui.core.case_model import Value
from iep_tui.core.kinds import display_value, is_empty, kind_of, validation_message
from iep_tui.core.kinds.several import in_offered_order
from iep_tui.core.kinds.table import cell_field, cell_message, cell_text, is_cell_empty, is_row_empty, read_cell
from iep_tui.core.question_model import KindName

from .builders import question

OWN_WORDS: Value = {"other": "at grandma's"}

#: kind, a value that fits, and the value on one line.
FITS: list[tuple[KindName, Value, str]] = [
    ("line", "Maya R.", "Maya R."),
    ("line", " Maya ", "Maya"),
    ("text", "One.\n\nTwo.", "One. Two."),
    ("list", ["One", "Two "], "One · Two"),
    ("one", "hard", "Hard most nights"),
    ("one", OWN_WORDS, "Other: at grandma's"),
    ("one", {"other": " "}, "Other"),
    ("one", "other", "Other"),
    ("several", ["reading", OWN_WORDS], "Reading · Other: at grandma's"),
    ("several", ["none"], "None"),
    ("date", "2027-03-12", "Friday 12 March 2027"),
    ("time", "14:30", "2:30 pm"),
    ("number", 30, "30"),
    ("number", 30.0, "30"),
    ("number", 2.5, "2.5"),
    ("number", 0, "0"),
    ("number", -3, "-3"),
    ("number", 1234567.5, "1234567.5"),
    ("number", 12.3456789, "12.3456789"),
    ("number", 1e20, "100000000000000000000"),
    ("number", 0.00001, "0.00001"),
    ("rate", 4, "4 of 5"),
    ("yesno", "yes", "Yes"),
    ("yesno", "no", "No"),
    ("table", [{"service": "Speech", "minutes": 30}, {"enough": "no"}], "Speech · 30; No"),
    ("goals", [{"skill": "Read aloud", "by": "2028-03-12"}], "Read aloud · Sunday 12 March 2028"),
]

#: kind, a value that does not fit, the start of what the parent is told, and the value as it is shown all the same.
MISFITS: list[tuple[KindName, Value, str, str]] = [
    ("line", "One\nTwo", "This has more than one line.", "One Two"),
    ("line", 30, "This came in a form we cannot show here", "30"),
    ("line", {"other": "words"}, "This came in a form", "other: words"),
    ("text", ["One", None, "Two"], "This came in a form", "One Two"),
    ("text", True, "This came in a form", "yes"),
    ("list", "One", "This came in a form", "One"),
    ("list", ["One", 2, None, {"a": "b"}], "This came in a form", "One · 2 · a: b"),
    ("one", "terrible", "This answer, “terrible”, is no longer one of the choices.", "terrible"),
    ("one", {"fine": "words"}, "This answer is no longer one of the choices.", "fine: words"),
    ("one", ["fine"], "This answer is no longer one of the choices.", "fine"),
    ("several", "reading", "This came in a form", "Reading"),
    ("several", ["reading", "writing"], "This answer, “writing”, is no longer", "Reading · writing"),
    ("date", "soon", "We could not read this as a day.", "soon"),
    ("date", "2027-02-30", "We could not read this as a day.", "2027-02-30"),
    ("time", "after school", "We could not read this as a time.", "after school"),
    ("number", "about 30", "We could not read this as a number.", "about 30"),
    ("number", True, "We could not read this as a number.", "yes"),
    ("rate", 6, "Choose a number from 1 to 5.", "6"),
    ("rate", True, "Choose a number from 1 to 5.", "yes"),
    ("rate", 2.5, "Choose a number from 1 to 5.", "2.5"),
    ("yesno", "maybe", "Choose yes or no.", "maybe"),
    ("yesno", True, "Choose yes or no.", "yes"),
    ("table", "Speech", "This came in a form", "Speech"),
    ("table", [{"service": "Speech"}, "30"], "This came in a form", "service: Speech 30"),
    ("table", [{"minutes": "some"}], "Row 1, Minutes: We could not read this as a number.", "some"),
    ("table", [{"service": "OT", "room": "4"}], "Row 1 has a part this question no longer asks for.", "OT · 4"),
    ("goals", [{"by": "in spring"}], "Row 1, By when: We could not read this as a day.", "in spring"),
]


@pytest.mark.parametrize(("kind", "value", "words"), FITS)
def test_a_value_that_fits_is_said_in_words(kind: KindName, value: Value, words: str) -> None:
    asked = question(kind=kind)
    assert validation_message(asked, value) == ""
    assert display_value(asked, value).fits
    assert display_value(asked, value).summary == words


@pytest.mark.parametrize(("kind", "value", "told", "words"), MISFITS)
def test_a_value_that_does_not_fit_is_told_and_shown_as_it_came(
    kind: KindName, value: Value, told: str, words: str
) -> None:
    asked = question(kind=kind)
    assert validation_message(asked, value).startswith(told)
    assert not display_value(asked, value).fits
    assert display_value(asked, value).summary == words


@pytest.mark.parametrize("kind", ["line", "text", "list", "one", "several", "date", "number", "table", "goals"])
@pytest.mark.parametrize("value", [None, "", " \n", [], {}])
def test_nothing_is_empty_in_every_kind(kind: KindName, value: Value) -> None:
    asked = question(kind=kind)
    assert is_empty(asked, value)
    assert validation_message(asked, value) == ""
    assert display_value(asked, value).summary == ""


@pytest.mark.parametrize(
    ("kind", "value"),
    [("list", ["", " ", None]), ("table", [{}, {"service": " "}, {"minutes": None}]), ("goals", [{"need": ""}])],
)
def test_entries_and_rows_that_say_nothing_are_empty(kind: KindName, value: Value) -> None:
    assert is_empty(question(kind=kind), value)


@pytest.mark.parametrize(
    ("kind", "value"), [("number", 0), ("rate", 0), ("yesno", "no"), ("line", "0"), ("line", False)]
)
def test_nought_and_no_say_something(kind: KindName, value: Value) -> None:
    assert not is_empty(question(kind=kind), value)


# Limits are told, and nothing is cut


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("line", "x" * 2_001, "This is 1 character over the 2000 that fit."),
        ("text", "x" * 200_002, "This is 2 characters over the 200000 that fit."),
        ("list", ["x"] * 501, "We ask for 500 at most here, and there are 501."),
        ("list", ["x" * 2_001], "This is 1 character over the 2000 that fit."),
        ("table", [{"service": "x"}] * 501, "We ask for 500 at most here, and there are 501."),
        ("table", [{"service": "x" * 2_001}], "Row 1, Service: This is 1 character over"),
    ],
)
def test_the_limits_of_a_kind(kind: KindName, value: Value, told: str) -> None:
    asked = question(kind=kind)
    assert validation_message(asked, value).startswith(told)
    summary = display_value(asked, value).summary
    assert summary.count("x") == str(value).count("x")


@pytest.mark.parametrize(
    ("kind", "most", "fitting", "over", "told"),
    [
        ("line", 4, "abcd", "abcde", "This is 1 character over the 4 that fit."),
        ("text", 4, "abcd", "abcde", "This is 1 character over the 4 that fit."),
        ("list", 2, ["a", "b"], ["a", "b", "c"], "We ask for 2 at most here, and there are 3."),
        ("several", 1, ["reading"], ["reading", "none"], "We ask for one here, and there are 2."),
        ("table", 1, [{"service": "a"}], [{}, {"service": "b"}], "We ask for one here, and there are 2."),
    ],
)
def test_a_set_may_ask_for_less(kind: KindName, most: int, fitting: Value, over: Value, told: str) -> None:
    asked = question(kind=kind, max=most)
    assert validation_message(asked, fitting) == ""
    assert validation_message(asked, over).startswith(told)


# What was typed


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("line", " Maya ", " Maya "),
        ("text", "One\n\nTwo\n", "One\n\nTwo\n"),
        ("list", "One\n\n  \nTwo", ["One", "Two"]),
        ("list", "", []),
        ("one", "hard", "hard"),
        ("one", " HARD MOST NIGHTS ", "hard"),
        ("one", "Other: at grandma's", {"other": "at grandma's"}),
        ("one", "other:at grandma's", {"other": "at grandma's"}),
        ("one", "Fine: we think", "Fine: we think"),
        ("one", "dreadful", "dreadful"),
        ("several", "Reading\nOther: at grandma's", ["reading", {"other": "at grandma's"}]),
        ("several", "reading\n\nwriting", ["reading", "writing"]),
        ("date", "March 12, 2027", "2027-03-12"),
        ("date", "next week", "next week"),
        ("time", "2:30 pm", "14:30"),
        ("time", "at lunch", "at lunch"),
        ("number", "30", 30),
        ("number", " 1,234 ", 1234),
        ("number", "1,234,567.5", 1234567.5),
        ("number", "+2.50", 2.5),
        ("number", ".5", 0.5),
        ("number", "1,5", "1,5"),
        ("number", "30 minutes", "30 minutes"),
        ("number", "1e3", "1e3"),
        ("number", "9" * 5_000, "9" * 5_000),
        ("rate", " 4 ", 4),
        ("rate", "6", "6"),
        ("rate", "four", "four"),
        ("yesno", "Y", "yes"),
        ("yesno", " no ", "no"),
        ("yesno", "perhaps", "perhaps"),
    ],
)
def test_what_was_typed_is_read_or_kept(kind: KindName, typed: str, value: Value) -> None:
    asked = question(kind=kind)
    assert kind_of(asked).read(asked, typed) == value
    assert type(kind_of(asked).read(asked, typed)) is type(value)


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        ("date", "2027-03-12", "12 March 2027"),
        ("date", "next week", "next week"),
        ("time", "14:30", "2:30 pm"),
        ("yesno", "no", "no"),
        ("rate", 4, "4"),
        ("number", 30.0, "30"),
        ("number", 1234567.5, "1234567.5"),
        ("list", ["One", "Two"], "One\nTwo"),
        ("several", ["reading", {"other": "at grandma's"}], "reading\nother: at grandma's"),
        ("one", {"other": ""}, "other: "),
        ("line", None, ""),
    ],
)
def test_a_value_in_a_field_can_be_typed_on(kind: KindName, value: Value, field: str) -> None:
    asked = question(kind=kind)
    assert kind_of(asked).field(asked, value) == field


def test_several_are_put_in_the_order_of_the_question_and_strangers_last() -> None:
    asked = question(kind="several")
    given: list[Value] = ["writing", {"other": "x"}, "none", 3, "reading"]
    assert in_offered_order(asked, given) == ["reading", "none", {"other": "x"}, "writing", 3]


# Tables


def test_a_table_has_a_cell_for_each_column_and_for_each_part_it_does_not_know() -> None:
    asked = question(kind="table")
    table = display_value(
        asked, [{"service": "OT", "since": "2027-03-12", "room": "4"}, {"at": "14:30", "enough": "yes"}]
    )
    assert table.form == "table"
    assert table.head == ("Service", "Minutes", "Since", "At", "Enough?", "room")
    assert table.rows == (
        ("OT", "", "Friday 12 March 2027", "", "", "4"),
        ("", "", "", "2:30 pm", "Yes", ""),
    )


def test_a_cell_is_read_checked_and_said_like_a_question_of_its_column() -> None:
    asked = question(kind="table", max=1)
    service, minutes, since, *_others = asked.columns
    assert read_cell(asked, minutes, "30") == 30
    assert cell_field(asked, since, "2027-03-12") == "12 March 2027"
    assert cell_text(asked, since, "2027-03-12") == "Friday 12 March 2027"
    assert cell_text(asked, minutes, None) == ""
    assert cell_message(asked, minutes, "some").startswith("We could not read this as a number.")
    assert cell_message(asked, minutes, " ") == ""
    assert cell_message(asked, service, "Speech therapy") == ""  # the question's max counts rows
    assert is_cell_empty(" ")
    assert not is_cell_empty(0)
    assert is_row_empty({"service": "", "minutes": None})
    assert not is_row_empty({"minutes": 0})
