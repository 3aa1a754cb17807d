"""Statements about the law: their words, the families that see them, and their confidence.

`golden/deadlines-shown.txt` is the whole table of rules by plan and kind of meeting. When a change is meant, run
`python -m tests.questions.test_law` and read the difference as a parent would.
"""

from __future__ import annotations

import ast
import datetime
import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from iep_tui.core import deadline_text
from iep_tui.core.case_model import Answer, Answers, Value
from iep_tui.core.deadline_text import confidence_text, count_text, detail_lines, lead_text
from iep_tui.core.deadlines import DueDate, DueDates, SchoolDays, due_dates
from iep_tui.core.interview import Interview
from iep_tui.core.question_model import Deadline
from iep_tui.core.us_states import US_STATES
from iep_tui.documents.formats.markdown import to_markdown
from iep_tui.documents.sheets.concerns_page import concerns_page
from iep_tui.documents.sheets.sheet_builder import build_sheet
from iep_tui.sets.library_loader import load_uncached

from .test_question_paths import KINDS_OF_MEETING, PLANS, born, family

LIBRARY = load_uncached("en")
CATALOGUE = LIBRARY.catalogue
TODAY = datetime.date(2027, 3, 3)
SHOWN = Path(__file__).with_name("golden") / "deadlines-shown.txt"


def interview(plan: str | None, meeting: str | None, **more: Any) -> Interview:
    """The interview of a family with this plan and meeting on `today`; None for a question left open."""
    today = more.pop("today", TODAY)
    given: dict[str, Value] = {"meeting_date": "2027-03-12", **more}
    known = {"plan": plan, "meeting_type": meeting}
    return Interview(CATALOGUE, family(**given, **{key: one for key, one in known.items() if one}), today)


def dues(told: DueDates, rule_id: str) -> list[DueDate]:
    return [due for due in (*told.known, *told.waiting) if due.deadline.id == rule_id]


def the(rule_id: str, one: Interview) -> DueDate:
    [due] = dues(due_dates(one), rule_id)
    return due


def words(rule_id: str, one: Interview) -> str:
    """The whole text of one rule, in a line."""
    due = the(rule_id, one)
    return " ".join((due.deadline.what, *detail_lines(due, one.today, SchoolDays(), "your child")))


def is_told(rule_id: str, one: Interview) -> bool:
    return bool(dues(due_dates(one), rule_id))


def help_of(question_id: str) -> str:
    question = CATALOGUE.question(question_id)
    assert question is not None
    return " ".join(para.text for para in question.help)


def meaning(name: str) -> str:
    [term] = [term for term in CATALOGUE.glossary if term.name == name]
    return term.meaning


def page_text() -> str:
    page = LIBRARY.about
    assert page is not None
    return " ".join(para.text for part in page.sections for para in part.paras)


def problem(day: str, still: str = "no") -> dict[str, Value]:
    return {"dates_problems": [{"day": day, "what": "It happened", "settled": "no", "going-on": still}]}


# A: what could cost a family a right


@pytest.mark.parametrize(
    ("state", "day", "confidence"),
    [
        ("North Carolina", "2028-01-14", "high"),
        ("Wisconsin", "2028-01-14", "high"),
        ("Louisiana", "2028-01-14", "high"),
        ("Missouri", "2029-01-14", "medium"),
        ("Kansas", "2029-01-14", "low"),
    ],
)
def test_the_last_day_to_ask_for_a_hearing(state: str, day: str, confidence: str) -> None:
    one = interview("iep", "annual", state=state, **problem("2027-01-14"))
    due = the("due-process", one)
    assert due.count is not None
    assert (due.count.day.isoformat(), due.deadline.confidence) == (day, confidence)


def test_where_we_know_no_state_rule_the_last_day_for_a_hearing_is_never_certain() -> None:
    for more in ({}, {"state": "Kansas"}):
        said = words("due-process", interview("iep", "annual", **more, **problem("2027-01-14")))
        assert "unless your state gives less time" in said
        assert "A few states give only one year. Ask the state office now." in said
        assert "when you knew, or should have known" in said
        assert "if the school hid something or said it was solved" in said
        assert "states differ" in said


@pytest.mark.parametrize(("plan", "meeting"), [("iep", "annual"), ("plan-504", "plan-504-health"), ("none-yet", None)])
def test_a_civil_rights_problem_that_goes_on_has_not_passed(plan: str, meeting: str | None) -> None:
    one = interview(plan, meeting, **problem("2026-01-14", still="yes"))
    told = due_dates(one)
    assert "civil-rights" in {due.deadline.id for due in told.ongoing}
    assert "civil-rights" not in {due.deadline.id for due in (*told.passed, *told.ahead)}
    due = the("civil-rights", one)
    assert lead_text(due, TODAY) == "Still going on"
    said = words("civil-rights", one)
    assert "This was on" not in said
    assert "counted from the last time it happened" in said
    assert "60 days after they end" in said
    assert "Ask the parent center where to send it." in said
    assert due.deadline.rule.startswith("34 CFR 100.7(b)")


def test_a_civil_rights_day_that_has_passed_says_what_is_still_possible() -> None:
    said = words("civil-rights", interview("plan-504", "plan-504-health", **problem("2026-01-14")))
    assert "This was on 13 July 2026. It may not be over. A problem that goes on is counted" in said
    assert "A good reason can give more time." in said


def test_an_amendment_at_a_meeting_needs_no_yes_of_the_parent() -> None:
    assert "The team can make it at a meeting. Without one, you and the school must both agree." in meaning("Amendment")


DISCIPLINE_QUESTIONS = ("behavior-decided", "behavior-cause", "at-behavior-cause")
DISCIPLINE_RULES = (
    "penalty-notice",
    "penalty-meeting",
    "days-out-near",
    "days-out-over",
    "other-setting",
    "fast-hearing",
)


@pytest.mark.parametrize("plan", ["plan-504", "health", "none-yet"])
@pytest.mark.parametrize("days", [9, 12])
def test_the_discipline_rules_for_ieps_are_only_for_children_with_one(plan: str, days: int) -> None:
    one = interview(plan, "behaviour", behavior_days_out=days, behavior_decided="2027-03-01")
    told = due_dates(one)
    assert [rule for rule in DISCIPLINE_RULES if dues(told, rule)] == []
    assert [question for question in DISCIPLINE_QUESTIONS if one.is_live(question)] == []


@pytest.mark.parametrize("plan", ["iep", "not-sure", None])
def test_a_child_with_an_iep_or_perhaps_one_has_the_discipline_rules(plan: str | None) -> None:
    one = interview(plan, "behaviour", behavior_days_out=12, behavior_decided="2027-03-01")
    told = due_dates(one)
    assert [rule for rule in DISCIPLINE_RULES if not dues(told, rule)] == ["days-out-near"]
    assert all(one.is_live(question) for question in DISCIPLINE_QUESTIONS)
    assert not is_told("no-iep-yet", one)


def test_a_child_with_no_plan_and_a_behavior_meeting_may_be_protected() -> None:
    one = interview("none-yet", "behaviour")
    due = the("no-iep-yet", one)
    assert (due.deadline.rule, due.deadline.confidence) == ("34 CFR 300.534", "medium")
    said = words("no-iep-yet", one)
    assert "may protect a child without an IEP" in said
    assert "you wrote to a teacher or a school leader that your child needs special help, or asked for testing" in said
    assert one.is_live("behavior-known")
    on_the_way = interview("plan-504", "first-evaluation", behavior_days_out=12, needs_areas=["behavior"])
    assert is_told("no-iep-yet", on_the_way)
    assert on_the_way.is_live("behavior-known")
    for plan in ("plan-504", "health"):
        assert is_told("no-iep-yet", interview(plan, "behaviour"))
    assert not is_told("no-iep-yet", interview("plan-504", "plan-504-health", behavior_days_out=0))
    assert not interview("iep", "behaviour").is_live("behavior-known")


@pytest.mark.parametrize(
    ("plan", "meeting", "cited"),
    [
        ("iep", "annual", True),
        ("not-sure", "annual", True),
        (None, None, True),
        ("none-yet", "first-iep", True),
        ("plan-504", "first-evaluation", True),
        ("not-sure", "plan-504-health", False),
        (None, "plan-504-health", False),
        ("iep", "plan-504-health", False),
        ("plan-504", "annual", False),
        ("health", None, False),
    ],
)
def test_the_rule_on_concerns_is_cited_at_meetings_about_an_iep(
    plan: str | None, meeting: str | None, cited: bool
) -> None:
    one = interview(plan, meeting, child_name="Maya R.", concerns_statement="We worry about reading.")
    for sheet in (build_sheet(one, "team", made=TODAY), concerns_page(one, made=TODAY)):
        text = to_markdown(sheet)
        assert ("34 CFR 300.324" in text) == cited
        assert "copy our words into it" in text or "copied into the" in text
        assert ("the IEP, " in text) == cited


def test_a_first_evaluation_in_texas_has_no_certain_day() -> None:
    one = interview("none-yet", "first-evaluation", state="Texas", consent_testing="2027-01-11")
    due = the("first-evaluation", one)
    assert (due.deadline.confidence, due.deadline.varies, due.deadline.state) == ("medium", True, "")
    said = words("first-evaluation", one)
    assert "unless your state sets its own time" in said
    assert "This is the federal rule. Your state may have its own" in said
    assert "clear" not in said
    assert "What can change this day: Your state may have its own number of days." in said


def test_a_consent_for_a_new_evaluation_is_not_left_open() -> None:
    one = interview("iep", "re-evaluation")
    assert one.is_live("consent-tests")
    assert one.answers.of("consent-tests").state == "open"
    assert "the school may go ahead if you do not answer. So answer in writing." in help_of("consent-tests")
    assert "it may go ahead if you do not answer, so answer in writing" in page_text()


def test_the_meeting_to_settle_is_one_to_go_to() -> None:
    one = interview("iep", "annual", dates_hearing="2027-02-22", **problem("2027-01-14"))
    said = words("resolution-meeting", one)
    assert "Go to it: if you stay away, the clock stops and the case can be closed." in said
    assert "three business days to cancel it" in said
    assert "both agree in writing to skip it, or to use mediation" in said
    assert "34 CFR 300.510" in said


def test_there_is_no_vote_and_the_district_decides_without_agreement() -> None:
    for said in (page_text(), help_of("at-eligible")):
        assert "There is no vote." in said
        assert "the district decides and must write its reasons" in said
        assert "ways to disagree" in said


@pytest.mark.parametrize("state", ["Missouri", "Kansas"])
def test_a_state_complaint_goes_to_the_school_too(state: str) -> None:
    said = words("state-complaint", interview("iep", "annual", state=state, **problem("2027-01-14")))
    assert "Sign it, and send the school a copy on the same day." in said
    assert "Sign a complaint, and send the school a copy on the same day." in help_of("next-step")


# B: what was imprecise


@pytest.mark.parametrize(
    ("rule_id", "plan", "meeting", "more", "said"),
    [
        ("notice-wait", "iep", "annual", {"state": "MO", "notice_date": "2027-03-01"}, "As far as we know"),
        (
            "notice-wait",
            "iep",
            "annual",
            {"state": "MO", "notice_date": "2027-03-01"},
            "For an amendment, a change between yearly meetings, a spoken yes is enough.",
        ),
        ("meeting-notice", "iep", "annual", {"state": "MO"}, "it tries twice, each time at least ten days ahead"),
        ("meeting-notice", "none-yet", "eligibility", {}, "you may bring people who know your child"),
        (
            "safeguards-request",
            "none-yet",
            "first-evaluation",
            {"state": "MO", "testing_asked": "2027-02-01"},
            "5 school days",
        ),
        ("third-birthday", "none-yet", "first-iep", {"child_birth_date": "2024-05-01"}, "at least 90 days before"),
        (
            "court",
            "iep",
            "annual",
            {"dates_hearing": "2027-02-15", **problem("2027-01-14")},
            "or fewer if your state says so",
        ),
        (
            "fast-hearing",
            "iep",
            "behaviour",
            {"behavior_decided": "2027-03-01"},
            "within 20 school days of the request",
        ),
        ("fast-hearing", "iep", "behaviour", {"behavior_decided": "2027-03-01"}, "within 7 days of the request"),
        ("moving", "iep", "annual", {}, "in the same school year"),
        ("moving", "iep", "annual", {}, "In a new state, the school may first test your child."),
    ],
)
def test_a_rule_is_told_as_it_is(rule_id: str, plan: str, meeting: str, more: dict[str, Value], said: str) -> None:
    assert said in words(rule_id, interview(plan, meeting, **more))


@pytest.mark.parametrize(
    ("rule_id", "state", "confidence"),
    [("safeguards-request", "MO", "low"), ("iep-copy", "MO", "low"), ("evaluation-report", "MO", "low")],
)
def test_days_from_two_districts_are_not_fairly_sure(rule_id: str, state: str, confidence: str) -> None:
    [one] = [one for one in CATALOGUE.deadlines if (one.id, one.state) == (rule_id, state)]
    assert one.confidence == confidence


@pytest.mark.parametrize(
    ("question_id", "said"),
    [
        ("at-behavior-cause", "the school to study why it happened and to make or review a behavior plan"),
        (
            "at-behavior-cause",
            "unless you both agree on another place or it was about weapons, drugs or serious injury",
        ),
        ("at-behavior-cause", "must be put right at once"),
        ("at-behavior-cause", "you may ask for a hearing"),
        ("behavior-cause", "or is it closely tied to it? Or did it come from the plan not being carried out?"),
        ("behavior-decided", "within 10 school days of that decision"),
        ("rights-stay-put", "a child usually stays in the other setting while you appeal"),
        ("communication-device-home", "it goes home, at no cost to you"),
        ("rights-testing", "one for each school evaluation"),
        ("rights-testing", "You do not have to say why."),
        ("signing", "the school may go ahead if you do not answer. So answer in writing."),
        ("next-step", "in some states only one year for a hearing"),
        ("plan", "limits a big part of life"),
        ("rights-testing", "If the hearing finds that the school's testing was good enough, you pay for yours."),
        ("rights-testing", "Ask for the rules on who may test."),
        ("rights-refused", "For each no about testing, services or placement"),
        (
            "consent-back",
            "It no longer owes an IEP, and the discipline rules for children with IEPs no longer protect your child.",
        ),
        ("transition-summary", "with a regular diploma"),
        ("meeting-notice", "you may bring people who know your child"),
        ("moving-ifsp", "ask the school to invite the coordinator from early intervention"),
        ("meeting-missing", "Beyond those, you can ask for someone to come, but you cannot make them come."),
        ("mo-change-date", "a spoken yes can end the wait too. So say yes only if you mean it."),
        ("mo-notice-ten", "tries twice to reach you, each time at least ten days ahead"),
        ("plan-no", "within 180 days of the last time it happened"),
        ("plan-no", "ask the parent center where to send it"),
    ],
)
def test_a_question_tells_the_rule_as_it_is(question_id: str, said: str) -> None:
    assert said in help_of(question_id)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("504 plan", "a big part of life, such as learning, reading, breathing or walking"),
        ("Specific learning disability", "listening, talking, reading, writing or math"),
        ("Eligibility", "A group decides it, and you are in that group."),
        ("Stay put", "After discipline, it is usually the other setting."),
        ("Summary of performance", "with a regular diploma or because of age"),
        ("Office for Civil Rights", "ask where to write"),
        ("State complaint", "You send the school a copy on the same day."),
    ],
)
def test_a_word_is_explained_as_it_is(name: str, said: str) -> None:
    assert said in meaning(name)


# C: what was missing


def test_a_move_to_a_private_school_is_announced_before_it() -> None:
    thinking = interview("iep", "annual", private_school="yes")
    said = words("private-school", thinking)
    assert "at the last IEP meeting before the move" in said
    assert "does not mean it will pay" in said
    assert "10 business days ahead" in said
    assert "34 CFR 300.148(d)" in said
    assert not is_told("private-school", interview("iep", "annual", private_school="no"))
    for plan in ("plan-504", "health", "none-yet"):
        assert not interview(plan, "annual").is_live("private-school")


def test_a_504_family_at_twelve_days_of_suspension() -> None:
    one = interview("plan-504", "behaviour", behavior_days_out=12, needs_areas=["behavior"])
    due = the("days-out-504", one)
    assert due.deadline.confidence == "medium"
    said = words("days-out-504", one)
    assert "out for more than 10 days" in said
    assert "whether the disability caused the behavior" in said
    assert "34 CFR 104.35(a), as the federal civil rights office read it in 2016" in said
    assert one.is_live("behavior-cause-504")
    assert "300.530" not in " ".join(due.deadline.rule for due in due_dates(one).known)
    assert not is_told("days-out-504", interview("iep", "behaviour", behavior_days_out=12))


def test_a_regular_diploma_ends_special_education() -> None:
    one = interview("iep", "transition", child_birth_date=born(16))
    assert "A certificate does not end it." in words("diploma", one)
    assert "34 CFR 300.102(a)(3)" in words("diploma", one)
    assert "the school must write to you first" in help_of("transition-courses")
    assert is_told("diploma", interview("iep", "transition"))
    assert is_told("diploma", interview("iep", "plan-504-health", child_birth_date=born(16)))
    assert not is_told("diploma", interview("iep", "annual", child_birth_date=born(9)))
    assert not is_told("diploma", interview("plan-504", "annual", child_birth_date=born(16)))


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("meeting", KINDS_OF_MEETING)
def test_records_come_under_one_rule_for_every_family(plan: str, meeting: str) -> None:
    one = interview(plan, meeting, meeting_records=[{"record": "Tests", "asked": "2027-02-01"}])
    told = due_dates(one)
    found = [*dues(told, "records"), *dues(told, "records-504")]
    assert len(found) == 1
    if found[0].deadline.id == "records-504":
        assert found[0].count is not None
        assert (found[0].count.day.isoformat(), found[0].deadline.confidence) == ("2027-03-18", "high")
        assert found[0].deadline.rule == "34 CFR 99.10(b)"


def test_medicaid_needs_a_yes_and_a_no_costs_nothing() -> None:
    said = help_of("consent-billing")
    assert "needs your written yes before it bills Medicaid for the first time" in said
    assert "the services stay the same and stay free" in said


def test_services_do_not_end_without_a_look() -> None:
    one = interview("iep", "re-evaluation")
    assert "34 CFR 300.305(d), (e)" in words("before-it-ends", one)
    assert "It may use what it already knows; you may ask for tests." in words("before-it-ends", one)
    assert one.is_live("testing-none-planned")
    assert not interview("plan-504", "re-evaluation").is_live("testing-none-planned")
    for meeting in ("eligibility", "annual", "amendment"):
        assert is_told("before-it-ends", interview("iep", meeting))
    assert not is_told("before-it-ends", interview("plan-504", "plan-504-health"))
    assert not is_told("before-it-ends", interview("none-yet", "eligibility"))


def test_the_paper_with_the_rights_comes_on_the_day_of_the_decision() -> None:
    one = interview("iep", "behaviour", behavior_decided="2027-03-05")
    due = the("penalty-notice", one)
    assert due.count is not None
    assert (due.count.day.isoformat(), due.deadline.rule) == ("2027-03-05", "34 CFR 300.530(h)")
    assert "On the day it decides, the school must tell you" in help_of("behavior-decided")


def test_a_report_that_is_shared_is_considered() -> None:
    assert "the team must consider a report that meets the school's rules for testers" in help_of("needs-reports")


# What holds for every rule

RULES = CATALOGUE.deadlines
STATES_WITH_ROWS = {one.state for one in RULES if one.state}


@pytest.mark.parametrize("one", RULES, ids=lambda one: f"{one.id}-{one.state}".strip("-"))
def test_what_a_state_may_replace_is_never_called_clear(one: Deadline) -> None:
    replaced = any(other.state for other in RULES if other.id == one.id)
    if not one.state and (replaced or one.varies):
        assert one.varies, "a state has a row in place of this one: say yes under varies"
        assert one.confidence != "high"
        assert "clear" not in confidence_text(one)


@pytest.mark.parametrize("state", [None, *(code for code in US_STATES.values() if code not in STATES_WITH_ROWS)][:8])
def test_no_family_of_another_state_reads_that_such_a_rule_is_clear(state: str | None) -> None:
    for meeting in KINDS_OF_MEETING:
        one = interview("iep", meeting, child_birth_date=born(16), **({"state": state} if state else {}))
        for due in (*due_dates(one).known, *due_dates(one).waiting):
            if due.deadline.id in {rule.id for rule in RULES if rule.state}:
                assert due.deadline.varies
                assert "clear" not in confidence_text(due.deadline)


@pytest.mark.parametrize("one", RULES, ids=lambda one: f"{one.id}-{one.state}".strip("-"))
def test_a_day_the_family_acts_by_says_what_is_possible_after_it(one: Deadline) -> None:
    if one.acts == "family" and one.unit != "none":
        assert one.late
        for ending in ("too late", "nothing more", "no longer possible", "is over"):
            assert ending not in one.late.lower()


def test_a_passed_day_of_the_family_never_ends_in_itself() -> None:
    one = interview(
        "iep",
        "annual",
        today=datetime.date(2029, 6, 1),
        meeting_record="yes",
        meeting_time="14:30",
        **problem("2026-01-14"),
    )
    passed = [due for due in due_dates(one).passed if due.deadline.acts == "family"]
    assert {due.deadline.id for due in passed} >= {"state-complaint", "due-process", "civil-rights", "recap"}
    for due in passed:
        assert due.deadline.late in count_text(due, one.today, SchoolDays())


#: Sentences that would say a parent can stop what the team may decide, or that it is safe to keep silent.
FALSE_COMFORT = re.compile(
    r"cannot (?:happen|change|start|go ahead|be changed) without (?:you|your)|needs? your (?:agreement|signature) to"
    r"|you can (?:stop|block|veto)|(?:need not|do not have to|don't have to|no need to) (?:answer|reply|respond)"
    r"|no answer (?:is|means) no"
    r"|both have to agree to change|you must both agree\.|safe one|has not run out|you have time",
    re.IGNORECASE,
)


def everything_said() -> list[str]:
    told = [term.meaning for term in CATALOGUE.glossary]
    told += [" ".join((one.what, one.ask, one.unless, one.late)) for one in RULES]
    for one in CATALOGUE.sets:
        told += [para.text for para in one.intro]
        told += [" ".join((question.title, help_of(question.id))) for question in one.questions]
        told += [choice.label for question in one.questions for choice in question.choices]
    program = ast.parse(inspect.getsource(deadline_text))
    told += [one.value for one in ast.walk(program) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return [*told, page_text()]


def test_no_sentence_says_that_a_parent_can_block_the_team_or_that_silence_is_safe() -> None:
    assert [one for one in everything_said() if FALSE_COMFORT.search(one)] == []
    assert any("do not wait for it" in one for one in everything_said())
    assert FALSE_COMFORT.search("The plan cannot change without your yes.")
    assert FALSE_COMFORT.search("If you are unsure, you do not have to answer.")


def test_conditions_of_idea_rules_leave_out_children_who_cannot_have_an_iep() -> None:
    """A rule of IDEA that is not about the way to an IEP is not told to a child without one."""
    both_ways = {"notice-wait", "safeguards-yearly", "meeting-notice", "records", "no-iep-yet", "testing-outside"}
    both_ways |= {"state-complaint", "complaint-decision", "due-process", "court", "third-birthday"}
    both_ways |= {"resolution-meeting", "resolution-end", "hearing-decision"}
    for meeting in ("annual", "amendment", "transition", "behaviour", "not-sure"):
        one = interview("none-yet", meeting, child_birth_date=born(16), behavior_days_out=12)
        told = due_dates(one)
        idea = {due.deadline.id for due in (*told.known, *told.waiting) if "34 CFR 300." in due.deadline.rule}
        assert idea <= both_ways, meeting


# The whole table


def answers_to_everything(plan: str, meeting: str, state: str) -> Answers:
    """Answers that make every rule for this family apply."""
    given = family(
        **({"plan": plan} if plan else {}),
        **({"state": state} if state else {}),
        meeting_type=meeting,
        meeting_date="2027-03-12",
        meeting_time="14:30",
        meeting_record="yes",
        child_birth_date=born(16),
        behavior_days_out=12,
        behavior_decided="2027-03-01",
        needs_areas=["behavior"],
        rights_testing="yes",
        testing_asked="2027-02-20",
        consent_testing="2027-02-20",
        dates_eligible="2027-02-25",
        notice_date="2027-02-25",
        private_school="yes",
        dates_hearing="2027-02-15",
        **problem("2027-01-14"),
    )
    return Answers({**given, "draft-gone": Answer([{"item": "Speech"}], "answered")})


def shown() -> str:
    """Every rule of every state, a line each, with the plans and meetings that show it."""
    lines = ["Which rule about dates is told to whom: a letter a plan (I IEP, 5 504 plan, H health plan, N none yet,"]
    lines += ["? not sure, - left open), a column a kind of meeting, a dot where it is not told. A child of 16."]
    letters = dict(zip((*PLANS, ""), "I5HN?-", strict=True))
    for state in ("", *sorted(STATES_WITH_ROWS)):
        heading = f"Rules of {state} alone" if state else "No state given: the general rules"
        lines += ["", heading, " ".join((" " * 18, *(f"{meeting[:9]:9}" for meeting in KINDS_OF_MEETING))).rstrip()]
        told: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for plan in letters:
            for meeting in KINDS_OF_MEETING:
                found = due_dates(Interview(CATALOGUE, answers_to_everything(plan, meeting, state), TODAY))
                told[plan, meeting] = {(due.deadline.id, due.deadline.state) for due in (*found.known, *found.waiting)}
        for rule in (one for one in RULES if one.state == state):
            cells = (
                "".join(mark if (rule.id, state) in told[plan, meeting] else "." for plan, mark in letters.items())
                for meeting in KINDS_OF_MEETING
            )
            lines.append(" ".join((f"{rule.id:18}", *(f"{cell:9}" for cell in cells))).rstrip())
    return "\n".join(lines) + "\n"


def test_which_rule_is_told_to_whom() -> None:
    assert shown() == SHOWN.read_text(encoding="utf-8")


def test_each_rule_is_told_to_somebody() -> None:
    rules = [line for line in shown().splitlines()[2:] if line and line[:5] not in ("Rules", "No st", "     ")]
    assert len(rules) == len(RULES)
    never = [line.split()[0] for line in rules if not re.search(r"[I5HN?-]", line[19:])]
    # The table is that of a child of 16 with 12 days out of school.
    assert never == ["third-birthday", "days-out-near"]
    assert is_told("third-birthday", interview("none-yet", "first-iep", child_birth_date="2024-05-01"))
    assert is_told("days-out-near", interview("iep", "behaviour", behavior_days_out=9))


if __name__ == "__main__":
    SHOWN.write_text(shown(), encoding="utf-8")
