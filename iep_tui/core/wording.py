"""User-facing wording shared by the screens and the line-by-line mode."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Protocol

import msgspec

from iep_tui.core import facts as ids
from iep_tui.core.case_model import Answer, Answers, Value
from iep_tui.core.dates import as_date, as_time, clock, long_date, short_date
from iep_tui.core.kinds import display_value
from iep_tui.core.question_model import Catalogue, Question, Stage
from iep_tui.i18n import _, ngettext

if TYPE_CHECKING:
    from iep_tui.core.interview import Interview


class InterviewView(Protocol):
    """The part of an interview that texts about a meeting need."""

    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def answers(self) -> Answers: ...
    @property
    def today(self) -> datetime.date: ...


def child_text(interview: Interview) -> str:
    """Return the child's name, or "your child", for use in a sentence."""
    return interview.child_name() or _("your child")


def with_child(text: str, interview: Interview) -> str:
    """Fill the child's name into a text from a question set."""
    child = child_text(interview)
    if text.startswith("{child}"):
        return child[:1].upper() + child[1:] + text[len("{child}") :].replace("{child}", child)
    return text.replace("{child}", child)


def answer_text(question: Question, value: Value, interview: Interview) -> str:
    """Return an answer on one line, with the child's name filled into choice labels."""
    child = child_text(interview)
    choices = tuple(
        msgspec.structs.replace(choice, label=choice.label.replace("{child}", child)) for choice in question.choices
    )
    return display_value(msgspec.structs.replace(question, choices=choices), value).summary


def meeting_type_text(interview: InterviewView) -> str:
    """Return the label of the chosen meeting type; "" if the question has no answer."""
    question = interview.catalogue.question(ids.MEETING_TYPE)
    answer = interview.answers.of(ids.MEETING_TYPE)
    if question is None or answer.state != "answered":
        return ""
    return display_value(question, answer.value).summary


def days_left_text(interview: InterviewView) -> str:
    """Return the day of the meeting and the days left, "Thu 12 March · 9 days to go"; "" if unknown."""
    day = as_date(interview.answers.of(ids.MEETING_DATE).value)
    if day is None:
        return ""
    left = (day - interview.today).days
    if left == 0:
        when = _("today")
    elif left > 0:
        when = ngettext("{left} day to go", "{left} days to go", left).format(left=left)
    else:
        when = ngettext("{left} day ago", "{left} days ago", -left).format(left=-left)
    return f"{short_date(day)} · {when}"


def meeting_line(interview: Interview) -> str:
    """Return the meeting in one line: type, date and time, place, and days left if it is ahead."""
    answers = interview.answers
    day = as_date(answers.of(ids.MEETING_DATE).value)
    time = as_time(answers.of(ids.MEETING_TIME).value)
    when = ", ".join(part for part in (long_date(day) if day else "", clock(time) if time else "") if part)
    place_question = interview.catalogue.question(ids.MEETING_PLACE)
    place = display_value(place_question, answers.of(ids.MEETING_PLACE).value).summary if place_question else ""
    left = ""
    if day is not None and day > interview.today:
        days = (day - interview.today).days
        left = ngettext("{left} day to go", "{left} days to go", days).format(left=days)
    return " · ".join(part for part in (meeting_type_text(interview), when, place, left) if part)


def stage_text(stage: Stage) -> str:
    return {"before": _("Before the meeting"), "at": _("At the meeting"), "after": _("After the meeting")}[stage]


def time_left_text(minutes: int) -> str:
    """Say about how long the rest takes: minutes up to an hour, then half hours."""
    if minutes < 60:
        words = ngettext("About {minutes} minute left.", "About {minutes} minutes left.", minutes)
        return words.format(minutes=minutes)
    hours, half = divmod(round(minutes / 30), 2)
    if hours == 1 and not half:
        return _("About 1 hour left.")
    return _("About {hours} hours left.").format(hours=f"{hours}½" if half else hours)


def progress_text(seen: int, done: int, total: int) -> str:
    """Return a label for a set's progress, such as "begun" or "done"."""
    if done == total:
        return _("done")
    if seen == total:
        return _("looked at")
    return _("begun") if seen else _("to do")


def answer_state_text(answer: Answer) -> str:
    """Return the label of an answer's state; "" for open and answered."""
    return {"unsure": _("not sure"), "ask": _("ask the school"), "skipped": _("for later")}.get(answer.state, "")


def revision_text(question: Question, revision: Answer, interview: Interview, zone: datetime.tzinfo | None) -> str:
    """Return an earlier answer on one line: "Thursday 4 March 2027, 2:30 pm: not sure: Most nights"."""
    words = answer_text(question, revision.value, interview)
    note = " ".join(revision.note.split())
    parts = [
        part
        for part in (answer_state_text(revision), words, _("Note: {words}").format(words=note) if note else "")
        if part
    ]
    try:
        moment = datetime.datetime.fromisoformat(revision.at)
    except ValueError:
        when = _("Day not known")
    else:
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)).astimezone(zone)
        when = f"{long_date(moment.date())}, {clock(moment.time())}"
    return ": ".join((when, *(parts or [_("no answer")])))


def audience_options() -> tuple[tuple[str, str], ...]:
    """Return the audiences to choose from for an answer, each with its label."""
    return (("family", _("Only us")), ("team", _("IEP team")), ("teachers", _("Teachers too")))


def sheet_reader_options() -> tuple[tuple[str, str], ...]:
    """Return the readers that a sheet can be made for, each with its label."""
    return (("family", _("Only us")), ("team", _("IEP team")), ("teachers", _("Teachers")))


def welcome_lines() -> tuple[str, ...]:
    """Return three lines that introduce the program on first start."""
    return (
        _("Answer plain questions about your child, one at a time. Stop when you like; nothing is lost."),
        _("Take a prep sheet to the meeting: one for you, one for the team, one for teachers."),
        _("Everything stays on this computer. You choose who may read each answer."),
    )


def next_meeting_text() -> str:
    """Return the question to confirm before starting the next meeting."""
    return _(
        "Begin to get ready for the next meeting? What stays true of your child is carried over. "
        "Everything you wrote for this meeting is kept, and shown beside the same questions."
    )
