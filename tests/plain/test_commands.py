"""Every plain-mode command, in each place where it works or not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from iep_tui.core.case_model import Answer
from iep_tui.documents.formats.markdown import sheet
from iep_tui.plain.slash_commands import SLASH_COMMANDS
from iep_tui.services.session import CaseSession
from iep_tui.store.case_store import CaseStore

from . import sample_cases
from .conftest import Clock, Disk, Person, Talk
from .sample_cases import CHILD, case

AtQuestion = Callable[..., Person]


@pytest.mark.parametrize("name", [one.name for one in SLASH_COMMANDS])
def test_no_command_fails_or_changes_the_answer_it_is_given_at(talk: Talk, disk: Disk, name: str) -> None:
    person = talk(f"/{name}", "", case=case(sample_cases.EVERY_ANSWER, "a-number"))
    assert person.code == 0
    assert disk("a-number").value == ("" if name == "clear" else 20)


@pytest.mark.parametrize("one", SLASH_COMMANDS, ids=lambda one: str(one.name))
def test_help_has_every_command_at_a_question(at_question: AtQuestion, one: object) -> None:
    person = at_question("a-text", "/help")
    assert person.heard_of(f"/{getattr(one, 'name', '')}") >= 1


def test_help_at_home_has_only_what_works_there(talk: Talk) -> None:
    person = talk("/help", "/help go", "/help nothing")
    assert person.heard_of("/quit: Save and end.") == 1
    assert person.heard_of("/skip") == 0
    assert "/go PART: Go to a part, by its number or its name." in person.heard
    assert "Error: There is no command “nothing”. /help lists them." in person.heard


def test_a_command_of_another_place_says_where_it_works(talk: Talk) -> None:
    person = talk("/plan", "/back", "/bak", "1", "/add", "/plan", "/skip", "/quit")
    errors = [line for line in person.heard if line.startswith("Error:")]
    assert errors == [
        "Error: /plan works once a child is open. Choose a child first.",
        "Error: /back works at a question. /plan shows the way to one.",
        "Error: “/bak” is no command. Did you mean /back? /help lists them.",
        "Error: /add works where an answer has several lines, rows or goals.",
        "Error: /skip works at a question. /plan shows the way to one.",
    ]
    assert "To write it as words, type one more slash before it: //bak" in person.heard


@pytest.mark.parametrize(
    ("order", "state", "mark"), [("not sure", "unsure", "not sure"), ("ask", "ask", "ask the school")]
)
def test_a_mark_goes_on_and_the_same_again_takes_it_back(
    at_question: AtQuestion, disk: Disk, order: str, state: str, mark: str
) -> None:
    at_question("a-number", f"/{order}", a_number=20)
    assert (disk("a-number").state, disk("a-number").value) == (state, 20)
    person = at_question("a-number", "/back", f"/{order}", "")
    assert f"Marked: {mark}." in person.heard
    assert (disk("a-number").state, disk("a-number").value) == ("answered", 20)


def test_skipping_leaves_an_open_question_for_later_and_an_answer_alone(at_question: AtQuestion, disk: Disk) -> None:
    at_question("a-number", "/skip", "/skip", a_rate=2)
    assert disk("a-number").state == "skipped"
    assert disk("a-rate") == Answer(2, "answered")


def test_next_and_back_walk_and_stop_at_the_ends(talk: Talk) -> None:
    person = talk("/back", "/next", "/back", "/go after", "/next", case=case({}, "child-name"))
    assert person.heard_of("This is the first question.") == 1
    assert person.heard.count("Every kind, question 1 of 12.") == 2
    assert person.heard.count("Every kind, question 2 of 12.") == 1
    assert person.heard_of("That was the last question on this path.") == 1


def test_notes_are_written_in_one_line_or_several_and_emptied(at_question: AtQuestion, disk: Disk) -> None:
    at_question("a-one", "/note Ask Ms. Ortiz.", "/note", "She knows more.", "", "2")
    assert disk("a-one").note == "Ask Ms. Ortiz.\nShe knows more."
    assert disk("a-one").value == "some"
    person = at_question("a-one", "/back", "/note", "/clear", "")
    assert "Your note, only for you: Ask Ms. Ortiz. She knows more." in person.heard
    assert disk("a-one").note == ""


@pytest.mark.parametrize("lines", [("/who family",), ("/who", "1"), ("/who", "only us"), ("/who 1",)])
def test_who_may_read_is_said_and_changed(at_question: AtQuestion, disk: Disk, lines: tuple[str, ...]) -> None:
    person = at_question("a-one", *lines)
    assert person.heard_of("Who may read this: IEP team.") == 1
    assert person.heard_of("Who may read this: Only us.") == 1
    assert disk("a-one").share == "family"


def test_who_keeps_what_holds_and_refuses_what_it_does_not_know(at_question: AtQuestion, disk: Disk) -> None:
    person = at_question("a-one", "/who", "", "/who press", "/who", "7", "3")
    assert "Error: There is no reader “press”. The readers are: family, team, teachers." in person.heard
    assert "Error: “7” is none of these. Type a number from 1 to 3." in person.heard
    assert disk("a-one").share == "teachers"


def test_example_why_words_and_again_say_what_the_screen_has(at_question: AtQuestion) -> None:
    person = at_question("a-text", "/example", "/why", "/words", "/words helper", "/words zzz", "/again")
    assert "An example, as others wrote it: Maya comes home with a stomach ache." in person.heard
    assert "IEP team: The people who write the plan, parents among them." in person.heard
    assert "The rule behind this question: 34 CFR 300.324(a)(1)(ii)" in person.heard
    assert "Advocate" in person.heard
    assert "Advocate (helper): A person who speaks up for a child." in person.heard
    assert "No word like this. Try a part of it." in person.heard
    assert person.heard_of("What worries you about school for Maya?") == 2


def test_a_question_without_example_or_words_says_so(at_question: AtQuestion) -> None:
    person = at_question("a-number", "/example", "/why", "/keep", "/undo", "/clear")
    for words in ("no example", "No special words", "no answer from a meeting before", "nothing more to take back"):
        assert person.heard_of(words) == 1
    assert "There is no answer to empty." in person.heard


def test_last_meetings_answer_is_said_and_taken_over(talk: Talk, disk: Disk) -> None:
    before = {"a-one": Answer("some", "answered", "family", "Old note")}
    person = talk("/keep", "/keep", case=case({}, "a-one", before))
    assert "Last meeting: Hard some nights" in person.heard
    assert (disk("a-one").value, disk("a-one").share, disk("a-one").note) == ("some", "family", "")
    assert person.heard_of("Error: This question has an answer already.") == 1


def test_the_way_to_a_part_by_number_name_and_id(talk: Talk) -> None:
    person = talk(
        "/go 2", "/go every", "/go later", "/go nowhere", "/go", case=case(sample_cases.EVERY_ANSWER, "a-date")
    )
    assert person.heard_of("Whom will you thank?") == 2
    assert person.heard_of("Every kind, question 1 of 13.") == 1
    assert "Error: There is no part “nowhere”. /plan lists them by number." in person.heard


def test_short_and_all_change_the_path(talk: Talk) -> None:
    person = talk("/all", "/short", "/plan", "/all", "2", "/next", case=case({}, "thanks"))
    assert person.heard_of("There are now 14 questions in all.") == 2
    assert person.heard_of("There are now 13 questions in all.") == 1
    assert person.heard_of("After the meeting, question 2 of 2.") == 1


def test_the_sheet_is_saved_as_the_screens_would_write_it(
    talk: Talk, store: CaseStore, clock: Clock, documents: Path, kinds: object
) -> None:
    child = case(sample_cases.EVERY_ANSWER | {"a-one": Answer("some", "answered", "family")}, "a-one")
    own = str(documents / "own.md")
    person = talk("/save team my sheet.md", "/save family", "", "", "/save team", "", own, case=child)
    session = CaseSession(store.read(CHILD), getattr(kinds, "catalogue", None), clock, None)  # type: ignore[arg-type]
    for reader, name in (("team", "my sheet.md"), ("family", "prep-sheet-family.md"), ("team", "own.md")):
        wanted = sheet(session.interview, reader, made=clock().date())  # type: ignore[arg-type]
        assert (documents / name).read_text(encoding="utf-8") == wanted
        assert person.heard_of(str(documents / name)) >= 1


def test_a_file_that_is_there_is_replaced_only_when_asked(talk: Talk, documents: Path) -> None:
    there = documents / "sheet.md"
    there.write_text("mine")
    person = talk(
        "/save sheet.md", "1", "other.md", "/save sheet.md", "2", case=case(sample_cases.EVERY_ANSWER, "a-one")
    )
    assert person.heard_of("Replace it?") == 2
    assert (documents / "other.md").read_text().startswith("# ")
    assert there.read_text().startswith("# ")


def test_a_file_that_cannot_be_written_is_told_and_no_other_is_offered(talk: Talk, documents: Path) -> None:
    person = talk("/save nowhere/sheet.md", "/plan", case=case(sample_cases.EVERY_ANSWER, "a-one"))
    assert person.heard_of("Error: There is no folder") == 1
    for name in (".", "~nobody-of-this-name/x.md", "x" * 5000):
        assert talk(f"/save {name}", "/plan", case=case({}, "a-one")).heard_of("Error: ") == 1
    assert person.heard_of("Getting ready for Maya’s meeting.") == 1


def test_what_is_left_out_is_told_to_the_family(talk: Talk) -> None:
    child = case({"a-one": Answer("some", "answered", "family"), "a-number": 7}, "a-one")
    person = talk("/left out", "/left out family", "/left out press", case=child)
    assert person.heard_of("1 answer is left out.") == 1
    assert "How is sleep on school nights? (only for the family)" in person.heard
    assert person.heard_of("0 answers are left out.") == 1
    assert person.heard_of("Error: There is no sheet “press”.") == 1


def test_where_says_the_folder_and_whether_all_is_saved(talk: Talk, store: CaseStore) -> None:
    person = talk("/where", "/home", "/where", case=case({}, "a-one"))
    assert person.heard_of(str(store.folder)) == 3
    assert "Everything is saved." in person.heard


def test_the_next_meeting_begins_with_what_stays_true(talk: Talk, store: CaseStore) -> None:
    person = talk("/next meeting", "", "/next meeting", "1", "/go 1", case=case(sample_cases.EVERY_ANSWER, "a-one"))
    meetings = store.read(CHILD).meetings
    assert len(meetings) == 2
    assert set(meetings[1].answers) == {"child-name"}
    assert "Last meeting: She is tired. Every day." in person.heard
