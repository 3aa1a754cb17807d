"""Private words are found in every format, however they are folded; what may be shared is never called a leak."""

from __future__ import annotations

import datetime
import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iep_tui.core.case_model import Answer, Value
from iep_tui.core.interview import Interview, effective_share
from iep_tui.core.question_model import AUDIENCES, Audience, Column, KindName, Question, may_read
from iep_tui.documents.formats.availability import Unavailable
from iep_tui.documents.formats.renderer import FORMATS, render
from iep_tui.documents.outline_model import Heading, Outline, Paragraph
from iep_tui.documents.privacy.file_text import file_text
from iep_tui.documents.privacy.leak_detector import AllowedText, PrivateAnswer, SearchableText, find_leaks
from iep_tui.documents.privacy.share_check import allowed_text, find_private_text
from iep_tui.documents.sheets.concerns_page import concerns_page
from iep_tui.documents.sheets.sheet_builder import build_sheet
from iep_tui.sets import library, library_loader
from iep_tui.store.interchange_format import decode_case

from ..hostile_strategies import texts
from ..sample_case import MADE, interview, maya, question, question_set, said
from .test_visible_answers import cases

PRIVATE = "We could not accept a move to another school. Ask aunt Rosa."


def found(text: str, private: str = PRIVATE, shared: str = "") -> list[str]:
    """By what one private answer is given away in a text."""
    given = find_leaks(text, [PrivateAnswer("id", "Label", (private,))], AllowedText([shared]))
    return [kind for one in given for kind in one.kinds]


# Words


@pytest.mark.parametrize(
    "text",
    [
        "they could not accept a thing",
        "COULD  Not,\n accept",
        "**could** _not_ accept",
        "could not ac-\ncept a",
        "could not ac\u00adcept",
        "move to \\another school",
        "> could not\n> accept",
        "could\u00a0not\u00a0accept",
        "ｃｏｕｌｄ not accept",
        "could | not | accept",
    ],
)
def test_three_words_in_a_row_are_found_however_they_are_written(text: str) -> None:
    assert found(text) == ["words"]


@pytest.mark.parametrize("text", ["", "could not", "could never accept", "another move", "accept not could"])
def test_fewer_words_and_others_are_not(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("private", "text"),
    [
        ("twenty-minute breaks daily", "a twenty-\nminute breaks daily"),
        ("She doesn't sleep well", "She doesn’t sleep well"),
        ("efficient reading offices", "eﬃcient reading oﬃces"),
        ("她晚上睡不好觉", "笔记：她晚上睡不好觉。"),
        ("لا تنام جيدا", "ملاحظة: لا تنام جيدا"),
        ("वह रात को नहीं सोती", "वह रात को नहीं"),
    ],
)
def test_hyphens_apostrophes_ligatures_and_other_scripts(private: str, text: str) -> None:
    assert found(text, private) == ["words"]
    assert found("Nothing of it stands here at all", private) == []


def test_words_that_also_stand_in_a_shared_answer_are_no_leak() -> None:
    assert found("We could not accept a lot", shared="We could not accept a lot") == []
    assert found("could not accept a move", shared="could not accept") == ["words"]
    tiles = AllowedText(["Speech", "Minutes", "30"])
    assert find_leaks("Speech Minutes: 30", [PrivateAnswer("a", "A", ("speech minutes 30",))], tiles) == ()


# Names, days, numbers


def test_names_are_found_and_words_that_only_begin_a_sentence_are_not() -> None:
    assert found("She lives with Rosa now") == ["name"]
    assert found("Ask anybody") == []
    assert found("rosa") == [], "a name is written with a capital"
    assert found("Rosa", shared="Rosa helps her") == []
    assert find_leaks("Rosa", [PrivateAnswer("a", "A", ("Ask Rosa",))], AllowedText([]), frozenset(("rosa",))) == ()
    assert find_leaks("With Maya", [PrivateAnswer("a", "A", ("Maya R.",), ("Maya R.",))], AllowedText([]))[0].kinds == (
        "name",
    )


@pytest.mark.parametrize(
    "text",
    [
        "2019-04-30",
        "04/30/2019",
        "4/30/19",
        "30.4.2019",
        "4-30-2019",
        "April 30, 2019",
        "30 April 2019",
        "Apr. 30th 2019",
        "Tuesday 30 April 2019",
    ],
)
def test_a_day_is_found_in_every_common_spelling(text: str) -> None:
    day = [PrivateAnswer("born", "Born", (), (), ((2019, 4, 30),))]
    assert find_leaks(f"She was born {text}, at night.", day, AllowedText([]))[0].kinds == ("day",)
    assert find_leaks(f"We meet {text}, at night.", day, AllowedText([text])) == ()
    assert find_leaks("We meet 29 April 2019, at night.", day, AllowedText([])) == ()


def test_a_long_number_is_found_alone() -> None:
    assert found("call 555-0142 now", "(573) 555-0142") == ["number"]
    assert found("in 2027", "since 2027") == []


# Whole cases


def text_of(made: Outline, format: str) -> str:
    try:
        data = render(made, format, lang="en")
    except Unavailable as reason:
        pytest.skip(str(reason))
    return file_text(data, f"sheet.{format}")


def example() -> Interview:
    case = decode_case((library.language_folder(library.shipped_folder(), "en") / library.EXAMPLE).read_bytes())
    return Interview(library_loader.load_uncached("en").catalogue, case.latest.answers, datetime.date(2027, 3, 26))


@pytest.fixture(scope="module")
def whole() -> Interview:
    return example()


@pytest.mark.parametrize("format", [one.name for one in FORMATS])
def test_the_sheets_of_the_example_give_nothing_away(whole: Interview, format: str) -> None:
    assert find_private_text(text_of(build_sheet(whole, "team", made=MADE), format), whole, "team") == ()
    assert find_private_text(text_of(build_sheet(whole, "teachers", made=MADE), format), whole, "teachers") == ()
    assert find_private_text(text_of(concerns_page(whole, made=MADE), format), whole, "team") == ()


@pytest.mark.parametrize("format", [one.name for one in FORMATS])
def test_the_familys_own_sheet_gives_away_what_is_private(whole: Interview, format: str) -> None:
    """Every answer of the family's own sheet that has three words in a row is told, and no shared one is."""
    told = {
        one.question_id
        for one in find_private_text(text_of(build_sheet(whole, "family", made=MADE), format), whole, "team")
    }
    private = {
        one.id
        for one in whole.live
        if not may_read(effective_share(one, whole.answers.of(one.id)), "team") or whole.answers.of(one.id).note
    }
    assert told <= private
    assert {"concerns-line", "concerns-give", "concerns-expect", "signing"} <= told
    assert len(told) > 50


def test_our_own_words_are_no_leak_even_where_a_private_answer_says_them(whole: Interview) -> None:
    readers: tuple[Audience, ...] = ("team", "teachers")
    ours = [text for reader in readers for text in _headings(whole, reader)]
    covered = allowed_text(whole, "team")
    for text in ours:
        assert all(covered.allowed_marks(SearchableText(text).words)), text


def _headings(case: Interview, reader: Audience) -> list[str]:
    return [block.text for block in build_sheet(case, reader, made=MADE).blocks if isinstance(block, Heading)]


@settings(max_examples=30, deadline=None)
@given(cases(texts.map(lambda text: re.sub(r"\w", "", text))))  # two answers of the same words are no clean case
def test_a_clean_sheet_of_any_case_gives_nothing_away(
    given_case: tuple[Interview, dict[str, tuple[str, str]]],
) -> None:
    case, _marks = given_case
    for reader in AUDIENCES:
        made = build_sheet(case, reader, made=MADE)
        for format in ("md", "txt", "html"):
            assert find_private_text(text_of(made, format), case, reader) == (), format


WORDS = st.lists(st.from_regex("z[a-y]{2,7}", fullmatch=True), min_size=3, max_size=12)

SHAPES: tuple[KindName, ...] = ("line", "text", "list", "table")


@st.composite
def planted(draw: st.DrawFn) -> tuple[Interview, Outline, str]:
    """A case with a private answer, and its sheet for the team with some of that answer in it, folded at will."""
    words = draw(WORDS)
    shape: KindName = draw(st.sampled_from(SHAPES))
    in_note = draw(st.booleans())
    whole = " ".join(words)
    values: dict[str, Value] = {
        "line": whole,
        "text": "\n".join(words),
        "list": ["other words", whole],
        "table": [{"a": "one", "b": whole}],
    }
    asked = question(
        "own",
        "line" if in_note else shape,
        "team" if in_note else "family",
        columns=(Column("a", "A"), Column("b", "B")),
        sheet="Own",
    )
    answer = said("open to all", note=whole) if in_note else said(values[shape])
    case = interview(question_set("own", "Own", asked), own=answer)
    start = draw(st.integers(0, len(words) - 3))
    run = words[start : draw(st.integers(start + 3, len(words)))]
    between = draw(st.sampled_from([" ", "  ", "\n", ", ", " *", " _", " | ", "\u00a0"]))
    text = between.join(word.upper() if draw(st.booleans()) else word.title() for word in run)
    made = build_sheet(case, "team", made=MADE)
    return case, msgspec.structs.replace(made, blocks=(*made.blocks, Paragraph(f"Before it. {text} After it."))), whole


@settings(max_examples=50, deadline=None)
@given(planted(), st.sampled_from(["md", "txt", "html", "docx", "eml"]))
def test_a_planted_run_of_a_private_answer_is_found_in_every_format(
    given_case: tuple[Interview, Outline, str], format: str
) -> None:
    case, made, _whole = given_case
    assert [one.question_id for one in find_private_text(text_of(made, format), case, "team")] == ["own"]


@settings(max_examples=8, deadline=None)
@given(planted())
def test_a_planted_run_is_found_in_a_pdf(given_case: tuple[Interview, Outline, str]) -> None:
    case, made, _whole = given_case
    assert [one.question_id for one in find_private_text(text_of(made, "pdf"), case, "team")] == ["own"]


def test_a_name_the_reader_may_not_have_is_found_and_one_that_is_shared_elsewhere_is_not() -> None:
    answers: dict[str, Answer | Value] = {"child_name": said("Marigold R.", share="family")}
    hidden = interview(*maya().catalogue.sets, **answers)
    assert [one.kinds for one in find_private_text("About Marigold", hidden, "team")] == [("name",)]
    assert find_private_text("About the child", hidden, "team") == ()
    open_case = interview(*maya().catalogue.sets, child_hope="Marigold reads", **answers)
    assert find_private_text("About Marigold", open_case, "team") == ()
    assert find_private_text("About Marigold", hidden, "family") == ()


def test_a_chosen_answer_that_is_private_is_found_by_its_label(whole: Interview) -> None:
    assert "concerns-urgency" in {
        one.question_id for one in find_private_text("Urgent: it should change this month", whole, "team")
    }


def test_an_answer_of_no_question_here_and_one_set_aside_are_private_too() -> None:
    case = interview(
        *maya().catalogue.sets,
        long_gone=said("kept from a set of last year"),
        needs_bus=said("hidden while this plan is an IEP", share="family"),
        plan="iep",
    )
    text = "kept from a set; hidden while this plan"
    assert [one.question_id for one in find_private_text(text, case, "team")] == ["long-gone", "needs-bus"]


def test_the_line_that_says_when_a_sheet_was_made_is_no_day_of_the_family() -> None:
    case = interview(question_set("own", "Own", question("own", "date", "family")), own=MADE.isoformat())
    assert find_private_text(text_of(build_sheet(case, "team", made=MADE), "md"), case, "team") == ()
    assert find_private_text(f"On {MADE:%m/%d/%Y} it began", case, "team")[0].kinds == ("day",)


def test_a_book_is_searched() -> None:
    case = maya()
    assert find_private_text("one two three " * 50_000, case, "team") == ()


@pytest.mark.parametrize("format", ["md", "txt", "html"])
def test_an_entity_that_was_typed_makes_no_other_answer_of_a_shared_one(format: str) -> None:
    shared = Answer("See one &amp; two now", "answered", share="team", note="see one two now")
    asked = Question(id="needs", kind="line", title="Needs?", set_id="one", line=1)
    case = interview(question_set("one", "One", asked), needs=shared)
    told = find_private_text(text_of(build_sheet(case, "team", made=MADE), format), case, "team")
    assert told == ()
