"""Two copies of a case made one: what was changed on one side is taken, and no answer of either is dropped."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iep_tui.core.case_merge import Side, merge
from iep_tui.core.case_model import Answer, AnswerHistory, Answers, Case, Histories, Meeting, Revision
from iep_tui.core.question_model import AUDIENCES, Audience, may_read
from iep_tui.core.undo_history import recorded, redone, undone


def team(_question_id: str) -> Audience:
    return "team"


def moment(number: int) -> str:
    return f"2027-01-03T{number // 60:02}:{number % 60:02}:00Z"


def said(words: str, number: int = 0, share: Audience | None = "team") -> Answer:
    return Answer(words, "answered", share, "", moment(number))


def case_of(meeting: Meeting, *more: Meeting) -> Case:
    return Case("k7f3", (meeting, *more))


def meeting_of(**answers: Answer) -> Meeting:
    return Meeting("m1", "2027-01-03", Answers(answers))


def change(meeting: Meeting, question_id: str, answer: Answer) -> Meeting:
    """The meeting with another answer, and what it was kept."""
    past = recorded(meeting.histories.of(question_id), meeting.answers.of(question_id))
    return msgspec.structs.replace(
        meeting, answers=meeting.answers.put(question_id, answer), histories=meeting.histories.put(question_id, past)
    )


BASE = meeting_of(a=said("a"), b=said("b"), c=said("c"))


def test_what_was_changed_on_one_side_is_taken_from_there() -> None:
    ours = change(BASE, "a", said("a, ours", 5))
    theirs = change(BASE, "b", said("b, theirs", 4))
    merged = merge(case_of(ours), case_of(theirs), team)
    assert {name: one.value for name, one in merged.case.latest.answers.items()} == {
        "a": "a, ours",
        "b": "b, theirs",
        "c": "c",
    }
    assert merged.taken == (("m1", "b"),)
    assert merged.conflicts == ()
    assert [step.value for step in merged.case.latest.histories["b"].before] == ["b"]


def test_a_copy_that_comes_back_unchanged_changes_nothing() -> None:
    ours = change(change(BASE, "a", said("a, ours", 5)), "new", said("new", 6))
    merged = merge(case_of(ours), case_of(BASE), team)
    assert merged.case == case_of(ours)
    assert (merged.taken, merged.meetings, merged.conflicts) == ((), 0, ())


def test_merging_twice_is_merging_once() -> None:
    ours, theirs = change(BASE, "a", said("ours", 5)), change(BASE, "a", said("theirs", 6))
    once = merge(case_of(ours), case_of(theirs), team, {("m1", "a"): "theirs"})
    again = merge(once.case, case_of(theirs), team)
    assert (again.case, again.conflicts) == (once.case, ())


@pytest.mark.parametrize("side", ["ours", "theirs", None])
def test_changed_on_both_sides_one_is_chosen_and_the_other_is_one_step_back(side: Side | None) -> None:
    ours, theirs = change(BASE, "a", said("ours", 9)), change(BASE, "a", said("theirs", 5))
    merged = merge(case_of(ours), case_of(theirs), team, {("m1", "a"): side} if side else None)
    [difference] = merged.conflicts
    assert (difference.place, difference.ours.value, difference.theirs.value) == (("m1", "a"), "ours", "theirs")
    chosen, other = ("theirs", "ours") if side == "theirs" else ("ours", "theirs")
    meeting = merged.case.latest
    assert meeting.answers["a"].value == chosen
    assert [(step.value, step.pinned) for step in meeting.histories["a"].before] == [("a", False), (other, True)]
    back = undone(meeting.histories["a"], meeting.answers["a"], "team", moment(20))
    assert back is not None
    assert back[1].value == other


def test_the_same_words_on_both_sides_are_no_difference() -> None:
    merged = merge(case_of(change(BASE, "a", said("x", 5))), case_of(change(BASE, "a", said("x", 6))), team)
    assert merged.conflicts == ()
    assert merged.case.latest.answers["a"] == said("x", 5)


def test_going_back_to_earlier_words_counts_as_a_change() -> None:
    changed = change(BASE, "a", said("later", 5))
    back = undone(changed.histories["a"], changed.answers["a"], "team", moment(9))
    assert back is not None
    ours = msgspec.structs.replace(
        changed, answers=changed.answers.put("a", back[1]), histories=changed.histories.put("a", back[0])
    )
    assert merge(case_of(ours), case_of(changed), team).case.latest.answers["a"].value == "a"
    merged = merge(case_of(changed), case_of(ours), team)
    assert (merged.case.latest.answers["a"].value, merged.conflicts) == ("a", ())


def test_a_copy_without_history_is_asked_about() -> None:
    bare = meeting_of(a=Answer("theirs", "answered"), b=said("b"))
    merged = merge(case_of(BASE), case_of(bare), team)
    assert [one.question_id for one in merged.conflicts] == ["a"]
    assert (
        merge(case_of(change(BASE, "a", said("x", 3))), case_of(meeting_of(a=Answer("a", "answered"))), team).taken
        == ()
    )


def test_meetings_that_are_only_there_are_taken_in_the_order_of_their_days() -> None:
    next_year = Meeting("m2", "2028-01-03", Answers({"a": said("next year")}))
    earlier = Meeting("m0", "2026-01-03", Answers({"a": said("last year")}))
    merged = merge(case_of(BASE), case_of(BASE, next_year, earlier), team)
    assert merged.case.meetings == (earlier, BASE, next_year)
    assert merged.meetings == 2
    assert merge(case_of(BASE, next_year), case_of(BASE), team).case.meetings == (BASE, next_year)


def test_a_copy_of_another_case_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="another case"):
        merge(case_of(BASE), Case("other", (BASE,)), team)


def test_a_reader_is_never_wider_than_here() -> None:
    ours = meeting_of(a=said("a", 0, "family"), b=said("b", 0, "family"), c=said("c", 9, None))
    theirs = change(ours, "a", said("a, theirs", 5, "teachers"))
    theirs = msgspec.structs.replace(
        theirs,
        answers=theirs.answers.put("b", said("b", 5, "teachers"))
        .put("c", said("c", 10, "family"))
        .put("d", said("d", 1, None)),
    )
    answers = merge(case_of(ours), case_of(theirs), team).case.latest.answers
    assert answers["a"] == said("a, theirs", 5, "family")
    assert answers["b"].share == "family"
    assert answers["c"].share == "family", "they made it the narrower one, later"
    assert answers["d"].share == "team"


# For any two copies

words = st.sampled_from(["", "one", "two", "three", "four"])
answers = st.builds(
    Answer,
    value=words,
    state=st.sampled_from(["open", "answered", "unsure"]),
    share=st.none() | st.sampled_from(AUDIENCES),
    note=st.sampled_from(["", "note"]),
    at=st.integers(0, 600).map(moment),
)
steps = st.builds(lambda answer, pin: Revision(**msgspec.structs.asdict(answer), pinned=pin), answers, st.booleans())
pasts = st.builds(
    AnswerHistory,
    st.lists(steps, max_size=3).map(tuple),
    st.lists(steps, max_size=2).map(tuple),
    st.sampled_from(["", moment(3)]),
)
ids = st.sampled_from(["a", "b", "c"])
meetings = st.builds(
    Meeting,
    id=st.sampled_from(["m1", "m2", "m3"]),
    started=st.sampled_from(["2027-01-03", "2028-01-03"]),
    answers=st.dictionaries(ids, answers, max_size=3).map(Answers),
    place=st.just(""),
    histories=st.dictionaries(ids, pasts, max_size=3).map(Histories),
)
cases = st.lists(meetings, min_size=1, max_size=3, unique_by=lambda one: one.id).map(lambda some: case_of(*some))
sides = st.dictionaries(st.tuples(st.sampled_from(["m1", "m2", "m3"]), ids), st.sampled_from(["ours", "theirs"]))


def everything(case: Case) -> set[tuple[str, str, str]]:
    """All that is said in a case, now or before, with its place."""
    found: set[tuple[str, str, str]] = set()
    for meeting in case.meetings:
        for question_id in {*meeting.answers, *meeting.histories}:
            steps = meeting.histories.of(question_id).revisions
            for one in (*steps, *([meeting.answers[question_id]] if question_id in meeting.answers else [])):
                found.add((meeting.id, question_id, str((one.value, one.state, one.note))))
    return found


@given(cases, cases, sides)
def test_no_merge_drops_an_answer(ours: Case, theirs: Case, choices: dict[tuple[str, str], Side]) -> None:
    merged = merge(ours, theirs, team, choices)
    assert everything(merged.case) == everything(ours) | everything(theirs)


@given(cases, cases, sides)
def test_no_merge_widens_a_reader(ours: Case, theirs: Case, choices: dict[tuple[str, str], Side]) -> None:
    merged = merge(ours, theirs, team, choices)
    for meeting in ours.meetings:
        after = merged.case.meeting(meeting.id)
        assert after is not None
        for question_id, answer in meeting.answers.items():
            for reader in AUDIENCES:
                now = after.answers[question_id].share or "team"
                assert may_read(answer.share or "team", reader) or not may_read(now, reader)


@given(cases, cases, sides)
def test_what_was_chosen_is_the_answer(ours: Case, theirs: Case, choices: dict[tuple[str, str], Side]) -> None:
    merged = merge(ours, theirs, team, choices)
    for one in merged.conflicts:
        meeting = merged.case.meeting(one.meeting_id)
        assert meeting is not None
        wanted = one.theirs if choices.get(one.place) == "theirs" else one.ours
        assert meeting.answers[one.question_id].value == wanted.value


ways = st.lists(
    st.tuples(st.sampled_from(["change", "undo", "redo"]), ids, words, st.sampled_from(["ours", "theirs"])), max_size=12
)


@given(ways)
def test_two_who_went_on_from_one_copy_lose_nothing(walk: list[tuple[str, str, str, Side]]) -> None:
    """Each on their own computer changes, undoes and redoes; then the copies are merged both ways."""
    copies: dict[Side, Meeting] = {"ours": BASE, "theirs": BASE}
    changed: set[tuple[Side, str]] = set()
    for number, (way, question_id, text, side) in enumerate(walk, 1):
        meeting = copies[side]
        if way == "change":
            copies[side] = change(meeting, question_id, said(text, number))
            changed.add((side, question_id))
            continue
        step = undone if way == "undo" else redone
        found = step(meeting.histories.of(question_id), meeting.answers[question_id], "team", moment(number))
        if found is not None:
            copies[side] = msgspec.structs.replace(
                meeting,
                answers=meeting.answers.put(question_id, found[1]),
                histories=meeting.histories.put(question_id, found[0]),
            )
    ours, theirs = case_of(copies["ours"]), case_of(copies["theirs"])
    merged = merge(ours, theirs, team)
    assert everything(merged.case) == everything(ours) | everything(theirs)
    for question_id in ("a", "b", "c"):
        if ("ours", question_id) not in changed:
            assert merged.case.latest.answers[question_id].value == theirs.latest.answers[question_id].value
        if ("theirs", question_id) not in changed:
            assert merged.case.latest.answers[question_id].value == ours.latest.answers[question_id].value
    back = merge(theirs, merged.case, team)
    assert {name: one.value for name, one in back.case.latest.answers.items()} == {
        name: one.value for name, one in merged.case.latest.answers.items()
    } or back.conflicts
