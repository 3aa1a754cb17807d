"""A walk in plain mode from home to plan, questions, review and sheet, and back."""

from __future__ import annotations

import os
import signal
import threading

import msgspec
import pytest

from iep_tui.core.case_model import Answer, Case, Value
from iep_tui.services import case_list, jobs
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseFileSummary, CaseStore

from . import sample_cases
from .conftest import Disk, Talk
from .sample_cases import CHILD, case


def test_the_first_day(talk: Talk, store: CaseStore) -> None:
    person = talk("1", "Maya R.", "She is tired.", "", "/quit")
    assert person.heard[:11] == [
        "IEP meeting preparation, line by line.",
        "A command begins with a slash. /help lists the commands, /quit saves and ends.",
        "/leave now pushes everything off the screen and ends at once.",
        "An answer that begins with a slash is typed with two.",
        "",
        "Get ready for a school meeting.",
        "Answer plain questions about your child, one at a time. Stop when you like; nothing is lost.",
        "Take a prep sheet to the meeting: one for you, one for the team, one for teachers.",
        "Everything stays on this computer. You choose who may read each answer.",
        "1. Start for a new child",
        "2. Try it with a made-up child",
    ]
    assert person.heard[-1] == f"Your answers are in {store.folder}"
    [summary] = store.summaries()
    assert summary.case is not None
    assert summary.case.latest.answers.of("a-text").value == "She is tired."
    assert person.code == 0


def test_a_child_that_was_never_written_about_is_not_kept(talk: Talk, store: CaseStore) -> None:
    assert talk("1", "/quit").code == 0
    assert talk("1").code == 0
    assert store.summaries() == []


def test_children_are_chosen_by_number_or_name(talk: Talk) -> None:
    child = case(sample_cases.EVERY_ANSWER)
    person = talk("maya", "/home", "1", "/home", "9", "Tom", "", "/quit", case=child, at_home=True)
    assert person.heard_of("1. Maya R.; 13 of 15 answered") == 3
    assert person.heard_of("Getting ready for Maya’s meeting.") == 2
    assert person.heard_of("Error: There is no “9” here.") == 1
    assert person.heard_of("Error: There is no “Tom” here.") == 1
    assert person.left == 0


def test_two_of_one_name_are_told_apart_by_number(talk: Talk, store: CaseStore) -> None:
    for number in (1, 2):
        store.add(Case(f"child-{number}", case({"child-name": "Kim"}).meetings))
    person = talk("Kim", "2", "/quit")
    assert person.heard_of("Error: More than one child is called so. Type the number.") == 1
    assert person.heard_of("Getting ready for Kim’s meeting.") == 1


def test_a_case_that_cannot_be_read_is_listed_and_says_why(talk: Talk, store: CaseStore) -> None:
    store.add(case({}))
    (store.folder / f"{CHILD}.json").write_bytes(b"not a case")
    for backup in store.backups(CHILD):
        backup.path.unlink()
    person = talk("1", "/quit")
    assert person.heard_of("1. A child (cannot be read); choose it for details") == 2
    assert person.heard_of("Error: ") == 1
    assert person.code == 0


def test_a_damaged_case_opens_from_the_list_with_its_newest_good_copy(talk: Talk, store: CaseStore) -> None:
    store.add(case({"child-name": "Maya R."}))
    (store.folder / f"{CHILD}.json").write_bytes(b"not a case")
    person = talk("1", "/home", "/quit")
    assert person.heard_of("1. A child (cannot be read)") == 1
    assert person.heard_of("Getting ready for Maya’s meeting.") == 1
    assert person.heard_of("Error: ") == 0
    assert person.heard_of("1. Maya R.;") == 1, "it is repaired, and has its name in the list again"
    assert store.name(CHILD) == "Maya R."


def test_the_plan_has_parts_counts_and_what_is_next(talk: Talk) -> None:
    person = talk(case=case({"child-name": "Maya R.", "a-date": Answer(None, "unsure")}))
    assert person.heard[4:-2] == [
        "",
        "Getting ready for Maya’s meeting.",
        "The short path: core questions only. /all asks all questions.",
        "Before the meeting:",
        "1. Every kind: begun (2 of 12 done)",
        "After the meeting:",
        "2. After the meeting: to do (0 of 1 done)",
        "Next: Every kind, question 2 of 12.",
        "About 11 minutes left.",
    ]


def test_the_plan_goes_on_by_number_or_enter(talk: Talk) -> None:
    person = talk("after", "/plan", "7", "", "/quit", case=case({"child-name": "Maya R."}))
    assert person.heard_of("Whom will you thank?") == 1
    assert person.heard_of("Error: “7” is no part. Type a number from 1 to 2, or the start of a name.") == 1
    assert person.heard.count("Every kind, question 2 of 12.") == 1


def test_a_question_has_everything_the_screen_has(talk: Talk) -> None:
    before = {"a-text": "She was tired."}
    answers: dict[str, Answer | Value] = {
        "child-name": "Maya R.",
        "a-text": Answer("It is loud.", "unsure", "family", "Ask the nurse."),
    }
    person = talk(case=case(answers, "a-text", before))
    assert person.heard[5:-1] == [
        "Every kind, question 2 of 12.",
        "What worries you about school for Maya?",
        "Write it as you would say it. The IEP team reads it.",
        "Your answer: It is loud.",
        "Marked: not sure.",
        "Last meeting: She was tired.",
        "Your note, only for you: Ask the nurse.",
        "Who may read this: Only us.",
        "> Enter keeps your answer. What you type is added at its end, line by line:",
    ]


def test_a_condition_brings_a_question_and_sets_its_answer_aside(talk: Talk, disk: Disk) -> None:
    child = case(sample_cases.EVERY_ANSWER, "a-yesno")
    person = talk("2", "/review aside", "1", "", case=child)
    assert person.heard_of("What is in the plan?") == 1
    assert "1. What is in the plan? Ten minutes of rest" in person.heard
    assert person.heard_of("Error: This question does not apply now, so it cannot be asked.") == 1
    assert disk("a-plan").value == "Ten minutes of rest"


def test_the_review_filters_opens_and_comes_back(talk: Talk, disk: Disk) -> None:
    answers: dict[str, Answer | Value] = {
        "child-name": "Maya R.",
        "a-number": 7,
        "a-one": Answer("some", "answered", "family"),
        "a-rate": Answer(None, "ask"),
    }
    person = talk("/review ask", "1", "3", "/review only us", "/review open", "99", "/review no", "",
                  case=case(answers, "a-date"))  # fmt: skip
    assert "1. How much does Maya like to read? (ask the school)" in person.heard
    assert disk("a-rate").value == 3
    assert person.heard_of("Review, Ask the school: 1 question.") == 1
    assert person.heard_of("Review, Ask the school: 0 questions.") == 1
    assert "1. How is sleep on school nights? Hard some nights (only us)" in person.heard
    assert person.heard_of("Review, Not answered: 9 questions.") == 1
    assert person.heard_of("Error: There is no question “99” in this list.") == 1
    assert person.heard_of("Error: There is no filter “no”.") == 1


def test_review_and_sheet_go_back_to_the_question_they_were_called_from(talk: Talk) -> None:
    person = talk("/review", "", "/sheet", "", case=case(sample_cases.EVERY_ANSWER, "a-time"))
    assert person.heard_of("At what time does it begin?") == 4 + 1  # three times asked, in the review, on the sheet
    assert person.heard_of("> The time, like 2:30 pm:") == 0
    assert person.heard_of("> Enter keeps your answer. The time") == 3


def test_the_sheet_is_read_for_one_reader_at_a_time(talk: Talk) -> None:
    answers = sample_cases.EVERY_ANSWER | {"a-one": Answer("some", "answered", "family"), "a-rate": Answer(None, "ask")}
    person = talk("/sheet", "/sheet family", "/sheet teachers", "hello", "/sheet press", case=case(answers, "a-time"))
    said = person.said
    team = said[said.index("The sheet for: IEP team.") : said.index("The sheet for: Only us.")]
    assert "Hard some nights" not in team
    assert "Row 1. Service: Speech; Minutes: 30; Since: " in team
    assert "To tick off: How much does Maya like to read?" in team
    assert "2 answers are left out. /left out lists them." in team
    assert "Hard some nights" in said
    assert person.heard_of("Error: There is nothing to answer here.") == 1
    assert person.heard_of("Error: There is no sheet “press”.") == 1


def test_the_made_up_child_can_be_changed_and_nothing_is_kept(talk: Talk, store: CaseStore, shipped: Library) -> None:
    person = talk("2", "/go 1", "Someone else", "/where", "/home", "/quit", library=shipped)
    assert person.heard_of("Nothing of it is kept.") == 1
    assert "Saved." not in person.heard
    assert person.heard_of("This is a made-up child: nothing of it is kept.") == 1
    assert store.summaries() == []


def test_a_case_is_resumed_where_the_family_left_it(talk: Talk, store: CaseStore) -> None:
    talk("", case=case(sample_cases.EVERY_ANSWER, "a-time"))
    assert store.read(CHILD).latest.place == "a-number"
    assert talk(case=case({})).heard[5] == "Every kind, question 6 of 13."


def test_the_shipped_questions_can_be_walked_by_enter_alone(talk: Talk, shipped: Library) -> None:
    person = talk("1", *[""] * 400, library=shipped)
    assert person.code == 0
    assert "That was the last question on this path." in person.heard


def test_a_choice_that_names_the_child_does_so_everywhere(talk: Talk) -> None:
    person = talk("/review", case=case({"child-name": "Maya R.", "a-one": "most"}, "a-one", {"a-one": "most"}))
    assert "Last meeting: Hard most nights, and Maya is tired" in person.heard
    assert person.heard_of("Hard most nights, and Maya is tired") == 3
    assert "{child}" not in person.said


def test_a_list_of_children_that_was_stopped_has_those_that_changed_last(
    talk: Talk, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        store.add(msgspec.structs.replace(case({"child-name": f"Child {number}"}), id=f"case-{number}"))
    monkeypatch.setattr(case_list, "_BATCH_SIZE", 2)
    inside, stopping = CaseStore.summary, threading.Event()

    def slow(self: CaseStore, case_id: str, about: os.stat_result) -> CaseFileSummary:
        if not stopping.is_set():
            os.kill(os.getpid(), signal.SIGINT)
            assert stopping.wait(30)
        return inside(self, case_id, about)

    def translated(line: str) -> str:
        stopping.set()  # "Stopping after this step."
        return line

    (store.home / "cases.index").unlink(missing_ok=True)
    monkeypatch.setattr(jobs, "_", translated)
    monkeypatch.setattr(CaseStore, "summary", slow)
    person = talk("/quit")
    assert person.heard_of("Stopped. The list has 2 of 5, those that changed last.") == 1
    assert person.heard_of("Child ") == 2
    assert person.code == 0
