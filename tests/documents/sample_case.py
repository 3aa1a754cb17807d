"""A small made-up case with every kind of block, and one answer that each reader must not get."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

from iep_tui.core.case_model import Answer, Answers, AnswerState, Value
from iep_tui.core.interview import Interview
from iep_tui.core.question_model import Audience, Catalogue, Choice, Column, KindName, Question, QuestionSet

TODAY = datetime.date(2027, 3, 1)
MADE = datetime.date(2026, 11, 24)


def question(id: str, kind: KindName = "line", share: Audience = "team", **rest: Any) -> Question:
    rest.setdefault("title", f"{id.replace('-', ' ').capitalize()}?")
    return Question(id=id, kind=kind, share=share, set_id="", line=1, **rest)


def question_set(id: str, title: str, *questions: Question, order: int = 0) -> QuestionSet:
    ours = tuple(msgspec.structs.replace(one, set_id=id) for one in questions)
    return QuestionSet(id=id, title=title, order=order, questions=ours)


def said(value: Value = None, state: AnswerState = "answered", share: Audience | None = None, note: str = "") -> Answer:
    return Answer(value, state, share, note)


def interview(*sets: QuestionSet, **answers: Answer | Value) -> Interview:
    """An interview over these sets; in the names of the answers `_` stands for `-`. A bare value is answered."""
    given = {name.replace("_", "-"): one if isinstance(one, Answer) else said(one) for name, one in answers.items()}
    return Interview(Catalogue(sets), Answers(given), TODAY)


PLANS = (Choice("iep", "An IEP"), Choice("plan-504", "A 504 plan"))
MEETINGS = (Choice("annual", "The yearly review"), Choice("not-sure", "Not sure"))

START = question_set(
    "start",
    "Start here",
    question("child-name", share="teachers", sheet="Name", title="What is your child's name?"),
    question("child-grade", share="teachers", sheet="Grade"),
    question("state", share="family", sheet="State"),
    question("plan", "one", choices=PLANS, sheet="Plan now"),
    question("meeting-type", "one", choices=MEETINGS, title="What is this meeting for?"),
    question("meeting-date", "date", title="What day is it?"),
    question("meeting-time", "time", title="What time is it?"),
    question("meeting-place", sheet="Place", title="Where is it?"),
    order=1,
)
CHILD = question_set(
    "child",
    "About {child}",
    question("child-admired", "list", "teachers", sheet="What people like about {child}"),
    question("child-signs", "list", "teachers", sheet="Signs that {child} needs help"),
    question("child-calms", "list", "teachers", sheet="What calms {child}"),
    question("child-hope", "text", sheet="Our hope"),
    question("child-reads", "rate", title="{child} likes to read"),
    order=2,
)
NEEDS = question_set(
    "needs",
    "Needs",
    question("concerns-line", "text", "family", sheet="What we could not accept"),
    question("concerns-statement", "text", sheet="Our concerns"),
    question("concerns-attach", "yesno", sheet="Copy our words", when="plan not in (plan-504)"),
    question("needs-sleep", "one", "family", choices=(Choice("other", "Other", words=True),), sheet="Sleep"),
    question("needs-bus", "text", when="plan = plan-504", sheet="The bus"),
    order=3,
)
GOALS = question_set("goals", "Goals", question("goals-proposed", "goals", sheet="Goals"), order=4)
SERVICES = question_set(
    "services",
    "Services",
    question(
        "services-now",
        "table",
        sheet="Services now",
        title="Which services does {child} get?",
        columns=(
            Column("service", "Service"),
            Column("minutes", "Minutes", "number"),
            Column("enough", "Enough?", "yesno"),
            Column("ask", "We ask for"),
        ),
    ),
    question(
        "services-new",
        "table",
        sheet="To talk about",
        columns=(Column("what", "What"), Column("why", "Why {child} needs it")),
    ),
    question("services-ride", title="How does {child} get to school?", sheet="The ride"),
    question("home-contact", share="teachers", sheet="How to reach us"),
    order=5,
)
MEETING = question_set(
    "meeting", "The meeting", question("top-matters", "list", sheet="What matters most to us", max=3), order=6
)
SETS = (START, CHILD, NEEDS, GOALS, SERVICES, MEETING)

ANSWERS: dict[str, Answer | Value] = {
    "child_name": "Maya R.",
    "child_grade": said("Third grade", note="She says fourth."),
    "state": "Missouri",
    "plan": "iep",
    "meeting_type": "annual",
    "meeting_date": "2027-03-12",
    "meeting_time": "14:30",
    "meeting_place": "Lincoln Elementary, room 4",
    "child_admired": ["She remembers every birthday.", "She is funny, in a quiet way."],
    "child_signs": ["She pulls her hood up", "She erases until the paper tears"],
    "child_calms": ["A walk with a job to do"],
    "child_hope": "One friend who asks her to play.\nA book she reads for fun.",
    "child_reads": 2,
    "concerns_line": said("A move to another school.", note="Ask aunt Rosa."),
    "concerns_statement": 'Maya loses the last hour of most days. She says the room is "too loud to think".\n\n'
    "We ask for:\n- ten quiet minutes after recess\n- numbers every month",
    "needs_sleep": {"other": "up at four"},
    "needs_bus": "The bus is loud.",
    "goals_proposed": [
        {"baseline": "52 words a minute", "skill": "Read a new page", "criterion": "80 words", "by": "2028-03-10"},
        {"need": "Starting work", "skill": "Begin the first problem"},
    ],
    "services_now": [
        {"service": "Speech", "minutes": 30, "enough": "yes"},
        {"service": "Reading | writing", "minutes": 20, "enough": "no", "ask": "5 times a week"},
    ],
    "services_new": [
        {
            "what": "Occupational therapy",
            "why": "Writing by hand tires her after two lines, and then she stops for good.",
        },
    ],
    "services_ride": said("The blue bus, we think", "unsure", note="Ask the driver."),
    "home_contact": "Text mom after 3",
    "top_matters": ["A calm way back into class", "Reading help that does not take away art"],
}


def maya() -> Interview:
    return interview(*SETS, **ANSWERS)
