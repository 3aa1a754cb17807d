"""The one-page profile for teachers: who the child is and how to help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from iep_tui.core.interview import effective_share
from iep_tui.documents.formats.markdown_escape import one_line
from iep_tui.documents.outline_model import Bullets, Checks, Fields, Heading, LeftOut, OutlineBlock, Pair, Paragraph
from iep_tui.documents.privacy.visible_answers import ReaderView, VisibleAnswer
from iep_tui.documents.sheets.answer_layout import entries, is_fact, run_in, without_blank_lines
from iep_tui.documents.sheets.page_estimate import PAGE_HEIGHT, estimated_height
from iep_tui.i18n import N_, _


class TeachersPart(msgspec.Struct, frozen=True):
    """A part of the page: the questions that tell it, those that matter most first, and how many things it says."""

    title: str
    ids: tuple[str, ...]
    most: int


#: Beside the child's name, on one line.
_FIRST = TeachersPart("", ("child-called", "child-grade"), 2)

#: The parts of a one-page profile, warm things first. What each keeps to is what teachers read in five minutes.
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

#: At the foot of the page, on one line.
_LAST = TeachersPart(
    N_("How to reach my family"),
    ("home-contact", "home-hear", "home-how", "home-same-day", "home-tell", "home-homework"),
    2,
)

#: What a set without a place of its own on the page says at most, and how many questions to teachers stand on it.
_MOST_OF_A_SET = 3
_MOST_QUESTIONS = 3

#: The set that is for teachers only where the family itself says so, whatever its questions begin with.
_HEALTH = "health"


def part_titles() -> tuple[str, ...]:
    """The headings of the page that are ours and no set's."""
    return (*(_(part.title) for part in (*_PARTS, _LAST)), _("Questions for you"))


class _Answer:
    """One answer on its way to the page: what it says one by one, and how many of that have found room."""

    def __init__(self, said: VisibleAnswer, entries: tuple[str, ...]) -> None:
        self.said = said
        self.entries = entries
        self.taken = 0
        #: Whether something of it found no room: what comes after would stand without what came before.
        self.closed = False

    @property
    def words(self) -> str:
        """What has found room, close together."""
        shown = self.said.shown
        chosen = self.entries[: self.taken]
        return without_blank_lines(shown, chosen) if shown and len(self.entries) > 1 else "\n".join(chosen)


class _Place:
    """A part with the answers there are for it, drawn as a list, on one line, or as boxes to tick."""

    def __init__(
        self, part: TeachersPart, answers: list[_Answer], form: Literal["list", "line", "boxes"] = "list"
    ) -> None:
        self.part = part
        self.answers = answers
        self.form = form

    @property
    def blocks(self) -> list[OutlineBlock]:
        """The part as it stands with what has found room so far; nothing while nothing has."""
        shown = [one for one in self.answers if one.taken]
        if not shown:
            return []
        title = self.part.title
        heading: list[OutlineBlock] = [Heading(2, title)] if title else []
        if self.form == "boxes":
            return [*heading, Checks(tuple(one.words for one in shown))]
        pairs = tuple(_pair(one, title) for one in shown)
        if self.form == "line":
            return [*heading, Paragraph(" · ".join(_on_a_line(pair) for pair in pairs))]
        if len(self.answers) == 1 and not is_fact(shown[0].said):
            return [Heading(2, shown[0].said.label), _alone(shown[0])]
        return [*heading, Fields(pairs)]

    @property
    def full(self) -> bool:
        return sum(one.taken for one in self.answers) >= self.part.most

    def turns(self) -> Iterator[_Answer]:
        """The answers in the order in which their entries ask for room: each its first, then each its second."""
        for turn in range(max((len(one.entries) for one in self.answers), default=0)):
            yield from (one for one in self.answers if len(one.entries) > turn and not one.closed)


def teachers_page(
    reading: ReaderView,
    answers: list[VisibleAnswer],
    open_questions: list[tuple[VisibleAnswer, str]],
    before: list[OutlineBlock],
) -> tuple[list[OutlineBlock], tuple[LeftOut, ...]]:
    """The answers for teachers as the blocks of one page, and what there was no room for.

    `open_questions` are those the family is not sure of or leaves to the school, each with its words; `before` is what
    stands above on the page. What has no place in a profile stands under its set.
    """
    by_id = {said.question.id: said for said in answers}
    kept = [by_id.pop(said.question.id) for said in answers if not _opted_in(reading, said)]
    sets: list[_Place] = []
    first, last = _place(_FIRST, by_id, "line"), _place(_LAST, by_id, "line")
    parts = [_place(part, by_id) for part in _PARTS]
    for one, questions in reading.interview.live_sets:
        more = TeachersPart(reading.fill(one.title), tuple(each.id for each in questions), _MOST_OF_A_SET)
        sets.append(_place(more, by_id))
    asked = [_Answer(said, (words,)) for said, words in open_questions if _opted_in(reading, said)]
    asking = _Place(TeachersPart(_("Questions for you"), (), _MOST_QUESTIONS), asked, "boxes")
    kept += [said for said, _words in open_questions if not _opted_in(reading, said)]
    _fill([first, *parts, last, asking, *sets], before)
    places = [first, *parts, *sets, last, asking]
    left = [_no_room(reading, one) for place in places for one in place.answers if one.taken < len(one.entries)]
    left += [_left_out(reading, said, _("health is for teachers only if you choose so")) for said in kept]
    return [block for place in places for block in place.blocks], tuple(left)


def _opted_in(reading: ReaderView, said: VisibleAnswer) -> bool:
    """Nothing about health is on a page for teachers unless the family itself chose teachers for it."""
    return said.question.set_id != _HEALTH or reading.interview.answers.of(said.question.id).share == "teachers"


def _fill(places: list[_Place], before: list[OutlineBlock]) -> None:
    """Give room to one entry after the other, each part in its turn, as long as the page has it.

    The order of the places is who comes first, not where they stand.
    """
    waiting = [(place, place.turns()) for place in places]
    while waiting:
        for one in tuple(waiting):
            place, turns = one
            answer = None if place.full else next(turns, None)
            if answer is None:
                waiting.remove(one)
                continue
            answer.taken += 1
            if estimated_height([*before, *(block for each in places for block in each.blocks)]) > PAGE_HEIGHT:
                answer.taken -= 1
                answer.closed = True


def _place(part: TeachersPart, by_id: dict[str, VisibleAnswer], form: Literal["list", "line"] = "list") -> _Place:
    """The part with its answers, which are taken out of `by_id`: an answer stands in one place."""
    said = [one for id in part.ids if (one := by_id.pop(id, None))]
    title = _(part.title) if part.title else ""
    return _Place(msgspec.structs.replace(part, title=title), [_Answer(one, _entries(one)) for one in said], form)


def _entries(said: VisibleAnswer) -> tuple[str, ...]:
    """What an answer says one by one. Choices are a few words each and stay together."""
    if said.shown is None:
        return ()
    return (run_in(said.shown),) if said.question.kind == "several" else entries(said.shown)


def _pair(answer: _Answer, title: str) -> Pair:
    label = answer.said.label
    return "" if label.casefold() == title.casefold() else label, answer.words


def _on_a_line(pair: Pair) -> str:
    label, words = pair
    words = one_line(words)
    return _("{label}: {words}").format(label=label, words=words) if label else words


def _alone(answer: _Answer) -> OutlineBlock:
    """The words of an answer that has its part for itself."""
    shown = answer.said.shown
    many = shown is not None and (shown.form == "list" or shown.rows)
    return (
        Bullets(answer.entries[: answer.taken])
        if many and answer.said.question.kind != "several"
        else Paragraph(answer.words)
    )


def _no_room(reading: ReaderView, answer: _Answer) -> LeftOut:
    partly = answer.taken > 0
    reason = _("no room for all of it on one page") if partly else _("no room on one page")
    left = _left_out(reading, answer.said, reason)
    return msgspec.structs.replace(left, partly=partly, no_room=True)


def _left_out(reading: ReaderView, said: VisibleAnswer, reason: str) -> LeftOut:
    share = effective_share(said.question, reading.interview.answers.of(said.question.id))
    return LeftOut(said.question.id, reading.family_label(said.question), share, reason)
