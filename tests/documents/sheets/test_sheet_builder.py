"""The answers on a sheet, their order and their wording."""

from __future__ import annotations

import pytest

from iep_tui.core.interview import Interview
from iep_tui.core.question_model import Audience, Column
from iep_tui.documents.formats.markdown import sheet, to_markdown
from iep_tui.documents.sheets.sheet_builder import (
    Bullets,
    Checks,
    Entries,
    Fields,
    Heading,
    LeftOut,
    Numbered,
    Outline,
    OutlineBlock,
    Paragraph,
    Quote,
    Table,
    build_sheet,
)

from ..sample_case import ANSWERS, CHILD, MADE, NEEDS, SETS, START, TODAY, interview, maya, question, question_set, said


def made(case: Interview, reader: Audience = "team") -> Outline:
    return build_sheet(case, reader, made=MADE)


def under(sheet: Outline, heading: str) -> list[OutlineBlock]:
    """The blocks under a heading, up to the next one or the foot of the sheet."""
    found: list[OutlineBlock] = []
    inside = False
    for block in sheet.blocks[:-1]:
        if isinstance(block, Heading):
            inside = block.text == heading
        elif inside:
            found.append(block)
    return found


def headings(sheet: Outline) -> list[str]:
    return [block.text for block in sheet.blocks if isinstance(block, Heading)]


def one_question(value: object = None, **rest: object) -> Outline:
    """The team's sheet of one question, `asked` as its label."""
    asked = question("asked", sheet="Asked", **rest)  # type: ignore[arg-type]
    return made(interview(START, question_set("own", "Our own", asked), asked=value))  # type: ignore[arg-type]


# The head


def test_the_head_holds_only_what_this_reader_may_read() -> None:
    private = interview(
        *SETS,
        **{**ANSWERS, "child_name": said("Maya R.", share="family"), "meeting_place": said("Room 4", share="family")},
    )
    team = made(private)
    assert team.title == "Prep sheet"
    assert team.blocks[:2] == (
        Heading(1, "Prep sheet"),
        Paragraph("The yearly review · Friday 12 March 2027, 2:30 pm"),
    )
    assert made(private, "family").title == "Prep sheet: Maya R."
    assert made(private, "teachers").title == "One page for teachers"


def test_a_meeting_nobody_knows_about_takes_no_line() -> None:
    assert not any(isinstance(block, Paragraph) and "·" in block.text for block in made(interview(*SETS)).blocks)
    unsure = made(interview(*SETS, meeting_type="not-sure", meeting_time="09:05"))
    assert unsure.blocks[1] == Paragraph("9:05 am")
    date = made(interview(*SETS, meeting_date=said("2027-03-12", "unsure")))
    assert date.blocks[1:3] == (
        Heading(2, "Questions for the team"),
        Checks(("What day is it?\nFriday 12 March 2027",)),
    )


def test_a_day_that_is_not_one_is_shown_as_it_came() -> None:
    assert made(interview(*SETS, meeting_date="next Tuesday")).blocks[1] == Paragraph("next Tuesday")


# What the child is called


@pytest.mark.parametrize(
    ("name", "label", "heading"),
    [
        (said("Maya R."), "What calms Maya", "About Maya"),
        (said(None, "open"), "What calms our child", "About our child"),
        (said("Maya R.", share="family"), "What calms the child", "About the child"),
        (said("{child} {child}"), "What calms {child}", "About {child}"),
    ],
)
def test_labels_name_the_child_as_the_reader_may_know_it(name: object, label: str, heading: str) -> None:
    case = interview(START, CHILD, child_name=name, child_calms=["a walk"])  # type: ignore[arg-type]
    assert {label, heading} <= set(headings(made(case)))


def test_a_label_that_begins_with_the_child_begins_with_a_capital() -> None:
    assert under(made(interview(CHILD, child_reads=4)), "About our child") == [
        Fields((("Our child likes to read", "4 of 5"),)),
    ]


def test_the_placeholder_in_the_familys_own_words_is_left_alone() -> None:
    assert (
        Bullets(("{child} smiles",)) in made(interview(*SETS, child_name="Maya", child_calms=["{child} smiles"])).blocks
    )


# What matters most, and the concerns


def test_what_matters_most_shows_all_that_was_written() -> None:
    assert under(made(interview(*SETS, top_matters=["a", "b", "c", "d"])), "What matters most to us") == [
        Numbered(("a", "b", "c", "d"))
    ]


@pytest.mark.parametrize(
    ("plan", "asks"),
    [
        ("iep", "the IEP, word for word. (The rule on parents' concerns is 34 CFR 300.324(a)(1)(ii).)"),
        ("plan-504", "the plan, word for word."),
    ],
)
def test_the_concerns_stand_word_for_word_with_the_request_to_copy_them(plan: str, asks: str) -> None:
    words = "She is tired.\n  And so are we.\n\n* help *"
    assert under(made(interview(*SETS, plan=plan, concerns_statement=words)), "Our concerns") == [
        Paragraph(f"We ask that this part be copied into {asks}"),
        Quote(words),
    ]


def test_a_family_that_does_not_ask_for_copying_does_not_ask() -> None:
    case = interview(*SETS, concerns_statement="She is tired.", concerns_attach="no")
    assert under(made(case), "Our concerns") == [Quote("She is tired.")]
    assert "Copy our words" not in sheet(case, "team", made=MADE)


# Facts, sections, tables


def test_a_table_fits_or_becomes_labelled_parts() -> None:
    columns = (Column("a", "One"), Column("b", "Two"), Column("c", "Three"))
    short = one_question([{"a": "x", "c": "y"}, {}], kind="table", columns=columns)
    assert under(short, "Asked") == [Table(("One", "Three"), (("x", "y"),))]
    long = one_question([{"a": "x" * 61, "c": "y"}], kind="table", columns=columns)
    assert under(long, "Asked") == [Entries(((("One", "x" * 61), ("Three", "y")),))]
    assert under(one_question([{"c": "y"}], kind="table", columns=columns), "Asked") == [Table(("Three",), (("y",),))]
    first = one_question([{"a": "x"}, {"a": "y"}], kind="table", columns=columns)
    assert under(first, "Asked") == [Bullets(("x", "y"))]
    wide = tuple(Column(f"c{number}", f"C{number}") for number in range(7))
    row = {column.id: "x" for column in wide}
    assert isinstance(under(one_question([row], kind="table", columns=wide), "Asked")[0], Entries)
    del row["c6"]
    assert isinstance(under(one_question([row], kind="table", columns=wide), "Asked")[0], Table)


def test_a_goal_shows_only_the_parts_that_were_filled_in() -> None:
    goals = question_set("goals", "Our goals", question("goals-proposed", "goals", sheet="Goals we propose"))
    case = interview(START, goals, child_name="Maya", goals_proposed=[{"skill": "Read", "measure": ""}, {}])
    assert under(made(case), "Goals we propose") == [Entries(((("What Maya will do", "Read"),),))]


@pytest.mark.parametrize("kind", ["line", "text", "list", "one", "several", "date", "number", "rate", "table", "goals"])
def test_a_value_of_the_wrong_shape_is_shown_as_it_came(kind: str) -> None:
    written = to_markdown(one_question({"what": ["the words", 7]}, kind=kind))
    assert "the words" in written
    assert "7" in written


def test_a_set_without_answers_has_no_heading_and_no_label_stands_twice() -> None:
    assert "Services" not in headings(made(interview(*SETS, child_name="Maya")))
    assert headings(made(maya())).count("Goals") == 1


# Not sure, ask, skip


def test_what_is_not_sure_is_a_question_for_the_team_and_stands_nowhere_else() -> None:
    case = interview(
        *SETS,
        services_now=said([{"service": "Speech", "minutes": 30}], "ask"),
        child_calms=said(["a walk"], "unsure"),
        child_hope=said("old words", "skipped"),
        child_reads=said(3, "open"),
    )
    sheet = made(case)
    assert under(sheet, "Questions for the team") == [
        Checks(("Child calms?\na walk", "Which services does our child get?\nSpeech · Minutes: 30"))
    ]
    assert headings(sheet) == ["Prep sheet", "Questions for the team", "Notes"]


def test_teachers_get_only_questions_that_are_for_teachers() -> None:
    case = interview(*SETS, services_now=said(None, "ask"), child_calms=said(None, "ask"))
    teachers = made(case, "teachers")
    assert under(teachers, "Questions for you") == [Checks(("Child calms?",))]
    assert "Which services" not in to_markdown(teachers)


def test_the_short_path_makes_the_same_sheet() -> None:
    case = maya()
    short = Interview(case.catalogue, case.answers, TODAY, short=True)
    assert made(short) == made(case)


# Notes, and what is left out


def test_notes_are_for_the_family_alone_even_where_nothing_was_answered() -> None:
    case = interview(
        *SETS, child_calms=said(["a walk"], note="Not the stairs"), child_hope=said(None, "skipped", note="Later")
    )
    assert under(made(case, "family"), "What calms our child") == [
        Bullets(("a walk",)),
        Paragraph("Not the stairs", "Our note"),
    ]
    assert ("Our hope", "Our note: Later") in pairs(made(case, "family"))
    for reader in ("team", "teachers"):
        assert "Not the stairs" not in sheet(case, reader, made=MADE)
        assert "Later" not in sheet(case, reader, made=MADE)


def pairs(sheet: Outline) -> list[tuple[str, str]]:
    return [pair for block in sheet.blocks if isinstance(block, Fields) for pair in block.pairs]


def test_the_family_is_told_what_a_sheet_leaves_out_and_why() -> None:
    case = interview(
        START,
        CHILD,
        NEEDS,
        child_name=said("Maya R.", share="family"),
        plan="iep",
        child_calms=["a walk"],
        child_hope="one friend",
        concerns_line=said(None, "ask"),
        needs_sleep=said(None, "skipped"),
        needs_bus="hidden while the plan is an IEP",
        long_gone=said("kept", share="team"),
        long_gone_and_empty="",
    )
    name = LeftOut("child-name", "Name", "family", "only for the family")
    line = LeftOut("concerns-line", "What we could not accept", "family", "only for the family")
    aside = (
        LeftOut("needs-bus", "The bus", "team", "set aside"),
        LeftOut("long-gone", "long-gone", "team", "set aside"),
    )
    assert made(case, "family").left_out == aside
    assert made(case, "team").left_out == (name, line, *aside)
    assert made(case, "teachers").left_out == (
        name,
        LeftOut("plan", "Plan now", "team", "not for teachers"),
        LeftOut("child-hope", "Our hope", "team", "not for teachers"),
        line,
        *aside,
    )
    assert "kept" not in sheet(case, "family", made=MADE)


def test_the_family_sees_which_answers_nobody_else_reads() -> None:
    family = made(interview(*SETS, state="Missouri", concerns_line=said(None, "ask")), "family")
    assert ("State (only us)", "Missouri") in pairs(family)
    assert under(family, "Questions for the team") == [Checks(("Concerns line? (only us)",))]
