"""Reachability of each set and each question, and the whole paths of eight families.

The lists in `golden/` are read by people: when a change is meant, run this file as a program
(`python -m tests.questions.test_question_paths`), and read the difference as a parent would.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from iep_tui.core.case_model import Answer, Answers, Value
from iep_tui.core.conditions import Condition, can_hold, operand, parse_condition
from iep_tui.core.glossary import Glossary
from iep_tui.core.interview import Interview
from iep_tui.core.question_model import Question, QuestionSet
from iep_tui.sets.library_loader import load_uncached

GOLDEN = Path(__file__).with_name("golden")
CATALOGUE = load_uncached("en").catalogue
QUESTIONS = list(CATALOGUE.questions())
SETS = {one.id: one for one in CATALOGUE.sets}
TODAY = datetime.date(2027, 1, 15)

PLANS = ("iep", "plan-504", "health", "none-yet", "not-sure")
#: Meetings that only a child on the way to an IEP has, whatever plan there is now.
TOWARDS_AN_IEP = ("first-evaluation", "eligibility", "first-iep")
KINDS_OF_MEETING = tuple(choice.value for one in QUESTIONS if one.id == "meeting-type" for choice in one.choices)


def condition_of(one: QuestionSet, question: Question) -> str:
    """The whole condition of a question, or an empty string."""
    parts = (f"state = {one.state}" if one.state else "", *(f"({when})" for when in (one.when, question.when) if when))
    return " and ".join(filter(None, parts))


SCOPE = {question.id: operand(question) for question in QUESTIONS}
WHENS: dict[str, Condition] = {
    question.id: parse_condition(condition)
    for one in CATALOGUE.sets
    for question in one.questions
    if (condition := condition_of(one, question))
}


@pytest.mark.parametrize("one", CATALOGUE.sets, ids=lambda one: one.id)
def test_each_question_is_asked_for_some_answers(one: QuestionSet) -> None:
    never = [
        question.id
        for question in one.questions
        if question.id in WHENS and not can_hold(WHENS[question.id], SCOPE, WHENS)
    ]
    assert never == []


@pytest.mark.parametrize("one", CATALOGUE.sets, ids=lambda one: one.id)
def test_each_set_is_shown_for_some_kind_of_meeting(one: QuestionSet) -> None:
    def shown_at(meeting: str) -> bool:
        at = f"meeting-type = {meeting}"
        return any(
            can_hold(parse_condition(" and ".join(filter(None, (at, condition_of(one, question))))), SCOPE, WHENS)
            for question in one.questions
        )

    assert any(shown_at(meeting) for meeting in KINDS_OF_MEETING)


def test_a_question_that_nothing_leads_to_is_found() -> None:
    both = parse_condition("plan = iep and plan = health")
    assert not can_hold(both, SCOPE, WHENS)


def cites_idea(question: Question) -> bool:
    return question.law.startswith("34 CFR 300") or question.law.startswith("580 U.S.")


@pytest.mark.parametrize("question", [one for one in QUESTIONS if cites_idea(one)], ids=lambda one: one.id)
def test_what_only_the_law_of_ieps_says_is_not_shown_for_other_plans(question: Question) -> None:
    """By enumeration: no answers at all show it under a 504 or health plan, unless the meeting leads to an IEP.

    The rule that protects a child who has no IEP yet is for those children.
    """
    if question.law == "34 CFR 300.534":
        return
    others = f"plan in (plan-504, health) and meeting-type not in ({', '.join(TOWARDS_AN_IEP)})"
    meeting = f"meeting-type = plan-504-health and plan not in ({', '.join(PLANS[:1])})"
    condition = condition_of(SETS[question.set_id], question)
    assert condition
    for case in (others, meeting):
        assert not can_hold(parse_condition(f"({case}) and {condition}"), SCOPE, WHENS), case


def test_the_only_rule_cited_for_other_plans_is_their_own() -> None:
    laws = {question.law for question in QUESTIONS if question.set_id == "other-plans" and question.law}
    assert laws
    assert all(law.startswith("34 CFR 104.") for law in laws)


def family(**given: Value) -> Answers:
    """Answers of a family, ids written with `_` for `-`."""
    said = {key.replace("_", "-"): value for key, value in given.items()}
    return Answers({key: Answer(value, "answered") for key, value in said.items()})


def born(age: int) -> str:
    """A birth date that makes a child this old on the day of the meeting."""
    return f"{2027 - age}-02-01"


def about(plan: str, meeting: str, *areas: str, age: int = 9, **more: Value) -> Answers:
    return family(
        child_birth_date=born(age),
        meeting_date="2027-03-12",
        plan=plan,
        meeting_type=meeting,
        needs_areas=list(areas),
        **more,
    )


FAMILIES: dict[str, Answers] = {
    "first-iep": about("none-yet", "first-iep", "reading", "attention"),
    "yearly-review": about("iep", "annual", "reading", "communication", "friends", draft_received="yes"),
    "re-evaluation": about("iep", "re-evaluation", "writing", "hearing-vision", needs_days_missed=4),
    "plan-504": about("plan-504", "plan-504-health", "attention", "organization"),
    "health-plan": about("health", "plan-504-health", "health", health_plan_now="yes"),
    "behavior-review": about("iep", "behaviour", "behavior", "feelings", behavior_plan="yes", behavior_studied="yes"),
    "transition-at-16": about("iep", "transition", "safety", age=16, moving_soon="no"),
    "missouri-yearly-review": about(
        "iep", "annual", "math", state="Missouri", meeting_record="yes", helper="with-advocate", agree="part"
    ),
}


def asked(answers: Answers) -> str:
    """The full path as a list that a person can read: stage, set, and each question with a mark for the short path."""
    interview = Interview(CATALOGUE, answers, TODAY)
    short = sum(question.core for question in interview.live)
    lines = [f"{len(interview.path)} questions, {short} on the short path (*)"]
    stage = ""
    for one, questions in interview.sets:
        if one.stage != stage:
            stage = one.stage
            lines += ["", stage.upper()]
        lines += ["", f"{one.title} ({one.id}, {one.minutes} minutes for all of it)"]
        lines += [f"{'*' if question.core else '-'} {question.title}" for question in questions]
    return "\n".join(lines).replace("{child}", "Sam") + "\n"


@pytest.mark.parametrize("name", FAMILIES)
def test_what_a_family_is_asked(name: str) -> None:
    assert asked(FAMILIES[name]) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FAMILIES)
def test_the_short_path_is_a_sitting(name: str) -> None:
    """At most about 40 questions and 35 minutes, and no less than what a meeting needs."""
    answers = FAMILIES[name]
    short = [question for question in Interview(CATALOGUE, answers, TODAY).live if question.core]
    minutes = sum(SETS[one.set_id].minutes / len(SETS[one.set_id].questions) for one in short)
    assert 25 <= len(short) <= 40
    assert 20 <= minutes <= 36


def test_no_set_at_or_after_the_meeting_is_on_the_short_path() -> None:
    assert [one.id for one in QUESTIONS if one.core and SETS[one.set_id].stage != "before"] == []


#: What a family would not accept, its worries, its feelings and where it could give way.
PRIVATE = (
    "concerns-line",
    "concerns-give",
    "concerns-expect",
    "concerns-obstacles",
    "concerns-first-change",
    "concerns-urgency",
    "needs-home-change",
    "needs-feelings",
    "meeting-good-start",
    "meeting-nervous",
    "meeting-trust",
    "meeting-ready",
    "inclusion-harm",
    "behavior-held",
    "transition-adult-rights",
    "child-family-words",
)


def test_what_a_family_keeps_to_itself_stays_there_unless_it_chooses() -> None:
    shares = {question.id: question.share for question in QUESTIONS}
    assert {shares[one] for one in PRIVATE} == {"family"}
    assert {shares[one.id] for one in QUESTIONS if one.id.startswith("advocate-")} == {"family"}


def test_health_never_goes_to_teachers_by_default() -> None:
    assert [one.id for one in SETS["health"].questions if one.share == "teachers"] == []


def test_a_set_that_cites_a_rule_says_when_it_was_checked() -> None:
    for one in CATALOGUE.sets:
        cites = any(question.law for question in one.questions)
        assert bool(one.checked) == (cites or bool(one.state)), one.id


def test_words_the_sets_stress_are_in_the_glossary() -> None:
    glossary = Glossary(CATALOGUE.glossary)
    paras = [para for one in CATALOGUE.sets for para in one.intro]
    paras += [para for question in QUESTIONS for para in question.help]
    stressed = {span.text for para in paras for span in para.spans if span.strong}
    assert stressed
    assert [words for words in sorted(stressed) if not glossary.within(words)] == []


@pytest.mark.parametrize(
    "ordinary",
    [
        "He has no idea where it is at.",
        "The red map of the sea shows an ape, and Ada and Lea go plop.",
        "We may ask what they plan to do and who is to come.",
        "Turn right on the record player. The service at the counter was slow.",
    ],
)
def test_ordinary_words_are_no_terms(ordinary: str) -> None:
    assert Glossary(CATALOGUE.glossary).within(ordinary) == ()


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, answers in FAMILIES.items():
        (GOLDEN / f"{name}.txt").write_text(asked(answers), encoding="utf-8")
