"""The one-page profile for teachers: who the child is and how to help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from iep_tui.core.interview import effective_share
from iep_tui.documents.formats.markdown_escape import one_line
from iep_tui.documents.outline_model import Bullets, Checks, Fields, Heading, LeftOut, OutlineBlock, Pair, Paragraph
from iep_tui.documents.privacy.visible_answers import ReaderView, VisibleAnswer
from iep_tui.documents.sheets.answer_layout import answer_entries, compact_text, is_fact, join_entries
from iep_tui.documents.sheets.page_estimate import PAGE_HEIGHT, estimated_height
from iep_tui.i18n import N_, _


class TeachersPart(msgspec.Struct, frozen=True):
    """A part of the page: its questions, most important first, and the maximum number of entries."""

    title: str
    ids: tuple[str, ...]
    max_entries: int


#: Below the title, on one line.
_FIRST = TeachersPart("", ("child-called", "child-grade"), 2)

#: The parts of a one-page profile, positive ones first, limited to what teachers can read in five minutes.
_PARTS: tuple[TeachersPart, ...] = (
    TeachersPart(N_("What people like about me"), ("child-admired", "child-proud"), 3),
    TeachersPart(N_("What matters to me"), ("child-important", "child-interests", "child-own-words"), 3),
    TeachersPart(
        N_("How to help me"),
        (
            "accommodations-first-minutes",
            "child-understand",
            "child-learns",
            "behavior-helps",
            "child-day-one",
            "behavior-best-times",
            "behavior-rewards",
            "home-works",
        ),
        5,
    ),
    TeachersPart(N_("How I communicate"), ("communication-how", "communication-show"), 2),
    TeachersPart(N_("So that I can hear, see and feel well"), ("hearing-vision", "senses"), 2),
    TeachersPart(
        N_("When I need help"),
        ("child-signs", "child-calms", "child-worse", "behavior-before", "behavior-hard-days"),
        3,
    ),
    TeachersPart(
        N_("What helps in class"),
        (
            "accommodations-now",
            "accommodations-child",
            "accommodations-wanted",
            "accommodations-room",
            "accommodations-free-times",
            "moving-keep",
        ),
        5,
    ),
    TeachersPart(
        N_("Health and safety"),
        ("health-emergency", "health-allergies", "health-conditions", "health-medicine"),
        2,
    ),
    TeachersPart(
        N_("What I am good at, and what I want to learn"),
        ("strengths-school", "goals-child", "strengths-people", "strengths-home", "child-wants-to-learn"),
        3,
    ),
)

#: At the bottom of the page, on one line.
_LAST = TeachersPart(
    N_("How to reach my family"),
    ("home-contact", "home-hear", "home-how", "home-same-day", "home-tell", "home-homework"),
    2,
)

#: Maximum entries of a set without a part of its own, and maximum questions to teachers.
_MAX_SET_ENTRIES = 3
_MAX_QUESTIONS = 3

#: The set shown to teachers only if the family chose them as audience, whatever the questions' default is.
_HEALTH = "health"


def part_titles() -> tuple[str, ...]:
    """Return the headings of the page that are ours and not from a question set."""
    return (*(_(part.title) for part in (*_PARTS, _LAST)), _("Questions for you"))


class _Candidate:
    """One candidate answer: its entries, and how many of them fit so far."""

    def __init__(self, answer: VisibleAnswer, entries: tuple[str, ...]) -> None:
        self.answer = answer
        self.entries = entries
        self.taken = 0
        #: An entry did not fit, so no later one is added without it.
        self.closed = False

    @property
    def words(self) -> str:
        """The text of the entries that fit."""
        shown = self.answer.shown
        chosen = self.entries[: self.taken]
        return join_entries(shown, chosen) if shown and len(self.entries) > 1 else "\n".join(chosen)


class _PagePart:
    """A part with its candidate answers, shown as a list, on one line, or with checkboxes."""

    def __init__(
        self, part: TeachersPart, answers: list[_Candidate], form: Literal["list", "line", "boxes"] = "list"
    ) -> None:
        self.part = part
        self.answers = answers
        self.form = form

    @property
    def blocks(self) -> list[OutlineBlock]:
        """The blocks of the entries that fit so far; empty if there are none."""
        shown = [candidate for candidate in self.answers if candidate.taken]
        if not shown:
            return []
        title = self.part.title
        heading: list[OutlineBlock] = [Heading(2, title)] if title else []
        if self.form == "boxes":
            return [*heading, Checks(tuple(candidate.words for candidate in shown))]
        pairs = tuple(_pair(candidate, title) for candidate in shown)
        if self.form == "line":
            return [*heading, Paragraph(" · ".join(_on_a_line(pair) for pair in pairs))]
        if len(self.answers) == 1 and not is_fact(shown[0].answer):
            return [Heading(2, shown[0].answer.label), _alone(shown[0])]
        return [*heading, Fields(pairs)]

    @property
    def full(self) -> bool:
        return sum(candidate.taken for candidate in self.answers) >= self.part.max_entries

    def turns(self) -> Iterator[_Candidate]:
        """Yield the candidates in the order their entries are tried: the first entry of each, then the second of
        each.
        """
        for turn in range(max((len(candidate.entries) for candidate in self.answers), default=0)):
            yield from (each for each in self.answers if len(each.entries) > turn and not each.closed)


def teachers_page(
    view: ReaderView,
    answers: list[VisibleAnswer],
    open_questions: list[tuple[VisibleAnswer, str]],
    before: list[OutlineBlock],
) -> tuple[list[OutlineBlock], tuple[LeftOut, ...]]:
    """Return the blocks of a one-page sheet for teachers, and the answers that did not fit.

    `open_questions` are those marked "not sure" or "ask the school", each with its text; `before` are the blocks above.
    Answers without a part in the profile appear under their set.
    """
    by_id = {answer.question.id: answer for answer in answers}
    not_opted_in = [by_id.pop(answer.question.id) for answer in answers if not _opted_in(view, answer)]
    sets: list[_PagePart] = []
    first, last = _page_part(_FIRST, by_id, "line"), _page_part(_LAST, by_id, "line")
    parts = [_page_part(part, by_id) for part in _PARTS]
    for question_set, questions in view.interview.live_sets:
        ids = tuple(question.id for question in questions)
        sets.append(_page_part(TeachersPart(view.fill(question_set.title), ids, _MAX_SET_ENTRIES), by_id))
    asked = [_Candidate(answer, (text,)) for answer, text in open_questions if _opted_in(view, answer)]
    asking = _PagePart(TeachersPart(_("Questions for you"), (), _MAX_QUESTIONS), asked, "boxes")
    not_opted_in += [answer for answer, _text in open_questions if not _opted_in(view, answer)]
    _fill([first, *parts, last, asking, *sets], before)
    in_order = [first, *parts, *sets, last, asking]
    left_out = [_no_room(view, each) for part in in_order for each in part.answers if each.taken < len(each.entries)]
    left_out += [_left_out(view, answer, _("health is for teachers only if you choose so")) for answer in not_opted_in]
    return [block for part in in_order for block in part.blocks], tuple(left_out)


def _opted_in(view: ReaderView, answer: VisibleAnswer) -> bool:
    """Return False for health answers unless the family chose teachers as their audience."""
    return answer.question.set_id != _HEALTH or view.interview.answers.of(answer.question.id).share == "teachers"


def _fill(parts_by_priority: list[_PagePart], before: list[OutlineBlock]) -> None:
    """Add one entry at a time, one part after the other, as long as the page has space.

    `parts_by_priority` is in order of priority, not of position on the page.
    """
    waiting = [(page_part, page_part.turns()) for page_part in parts_by_priority]
    while waiting:
        for entry in tuple(waiting):
            page_part, turns = entry
            candidate = None if page_part.full else next(turns, None)
            if candidate is None:
                waiting.remove(entry)
                continue
            candidate.taken += 1
            if (
                estimated_height([*before, *(block for part in parts_by_priority for block in part.blocks)])
                > PAGE_HEIGHT
            ):
                candidate.taken -= 1
                candidate.closed = True


def _page_part(
    part: TeachersPart, by_id: dict[str, VisibleAnswer], form: Literal["list", "line"] = "list"
) -> _PagePart:
    """Return the part with its answers, which are removed from `by_id` so that each appears only once."""
    answers = [answer for question_id in part.ids if (answer := by_id.pop(question_id, None))]
    title = _(part.title) if part.title else ""
    return _PagePart(
        msgspec.structs.replace(part, title=title), [_Candidate(answer, _entries(answer)) for answer in answers], form
    )


def _entries(answer: VisibleAnswer) -> tuple[str, ...]:
    """Return an answer's entries. Multiple-choice answers stay together, because each choice is only a few words."""
    if answer.shown is None:
        return ()
    return (compact_text(answer.shown),) if answer.question.kind == "several" else answer_entries(answer.shown)


def _pair(candidate: _Candidate, title: str) -> Pair:
    label = candidate.answer.label
    return "" if label.casefold() == title.casefold() else label, candidate.words


def _on_a_line(pair: Pair) -> str:
    label, words = pair
    words = one_line(words)
    return _("{label}: {words}").format(label=label, words=words) if label else words


def _alone(candidate: _Candidate) -> OutlineBlock:
    """Return the content of a part with a single answer."""
    shown = candidate.answer.shown
    has_entries = shown is not None and (shown.form == "list" or shown.rows)
    return (
        Bullets(candidate.entries[: candidate.taken])
        if has_entries and candidate.answer.question.kind != "several"
        else Paragraph(candidate.words)
    )


def _no_room(view: ReaderView, candidate: _Candidate) -> LeftOut:
    partly = candidate.taken > 0
    reason = _("no room for all of it on one page") if partly else _("no room on one page")
    entry = _left_out(view, candidate.answer, reason)
    return msgspec.structs.replace(entry, partly=partly, no_room=True)


def _left_out(view: ReaderView, answer: VisibleAnswer, reason: str) -> LeftOut:
    share = effective_share(answer.question, view.interview.answers.of(answer.question.id))
    return LeftOut(answer.question.id, view.family_label(answer.question), share, reason)
