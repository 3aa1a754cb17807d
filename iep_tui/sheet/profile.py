"""The one page for teachers: who the child is and how to help, in the order of a one-page profile."""

from __future__ import annotations

from iep_tui.language import N_, _
from iep_tui.sheet.layout import fact, facts, is_fact, run_in, section
from iep_tui.sheet.parts import Block, Fields, Heading, Pair
from iep_tui.sheet.said import Reading, Said

#: Beside the child's name.
_FIRST = ("child-called", "child-grade")

#: The parts of a one-page profile, warm things first, each with the questions that tell it.
_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("What people like about me"), ("child-admired", "child-proud")),
    (N_("What matters to me"), ("child-important", "child-interests", "child-own-words")),
    (
        N_("How to help me"),
        (
            "child-understand",
            "child-day-one",
            "accommodations-first-minutes",
            "child-learns",
            "behavior-best-times",
            "behavior-helps",
            "behavior-rewards",
            "home-works",
        ),
    ),
    (N_("How I communicate"), ("communication-how", "communication-show", "hearing-vision", "senses")),
    (
        N_("When I need help"),
        ("child-signs", "child-calms", "child-worse", "behavior-before", "behavior-hard-days"),
    ),
    (
        N_("What helps in class"),
        (
            "accommodations-child",
            "accommodations-now",
            "accommodations-wanted",
            "accommodations-room",
            "accommodations-free-times",
            "moving-keep",
        ),
    ),
    (N_("Health and safety"), ("health-conditions", "health-medicine", "health-emergency")),
    (
        N_("What I am good at, and what I want to learn"),
        ("strengths-school", "strengths-people", "strengths-home", "goals-child", "child-wants-to-learn"),
    ),
)

#: At the foot of the page.
_LAST = (
    N_("How to reach my family"),
    ("home-contact", "home-hear", "home-how", "home-same-day", "home-tell", "home-homework"),
)


def profile(reading: Reading, answers: list[Said]) -> list[Block]:
    """The answers for teachers as the blocks of one page. What has no place in a profile stands under its set."""
    by_id = {said.question.id: said for said in answers}
    blocks: list[Block] = facts(said for one in _FIRST if (said := by_id.pop(one, None)))
    last = _part(_(_LAST[0]), [said for one in _LAST[1] if (said := by_id.pop(one, None))])
    for title, ids in _PARTS:
        blocks += _part(_(title), [said for one in ids if (said := by_id.pop(one, None))])
    for one, questions in reading.interview.live_sets:
        blocks += _part(reading.fill(one.title), [by_id[each.id] for each in questions if each.id in by_id])
    return blocks + last


def _part(title: str, answers: list[Said]) -> list[Block]:
    """One part of the page. A single long answer is its own part; several stand close, to keep to the page."""
    if len(answers) == 1 and not is_fact(answers[0]):
        return section(answers[0], 2)
    pairs: list[Pair] = []
    for said in answers:
        label, words = fact(said) if said.shown is None or is_fact(said) else (said.label, run_in(said.shown))
        pairs.append(("" if label.casefold() == title.casefold() else label, words))
    return [Heading(2, title), Fields(tuple(pairs))] if pairs else []
