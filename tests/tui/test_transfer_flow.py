"""A child's file exported from home and imported again: sealed on the way, with no answer dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from iep_tui.core.case_model import Answer, AnswerHistory, Answers, Case, Meeting, Revision
from iep_tui.services import transfer
from iep_tui.services.flows import bundle_flow
from iep_tui.store import bundle
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import KdfCost, new_keyring_for
from iep_tui.store.interchange_format import encode_case
from iep_tui.tui.app import PrepApp

from .person import Person, at_the_screen
from .sample_cases import CHILD

pytestmark = pytest.mark.slow

Family = Callable[..., PrepApp]

WORDS = "four words for it"
CHEAP = KdfCost(memory=8, passes=1, lanes=1)
BEFORE = Answer("In March.", "answered", at="2027-03-01T15:00:00Z")
OTHER = Case("k7f3q9x2m4", (Meeting("m1", "2027-01-03", Answers({"child-name": BEFORE})),))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle_flow, "documents_folder", lambda: Path("Documents"))
    monkeypatch.setattr(transfer, "make_bundle", lambda case, words: bundle.encode_bundle(case, words, cost=CHEAP))


def changed(case: Case, question_id: str, words: str, minute: int) -> Case:
    """The case with a newer answer to this question."""
    latest = case.latest
    before = Revision(**msgspec.structs.asdict(latest.answers.of(question_id)))
    answer = Answer(words, "answered", at=f"2027-03-01T16:{minute:02}:00Z")
    return case.with_meeting(
        msgspec.structs.replace(
            latest,
            answers=latest.answers.put(question_id, answer),
            histories=latest.histories.put(question_id, AnswerHistory((before,))),
        )
    )


def put(name: str, case: Case) -> str:
    """A bundle of this case, as it comes back from another computer."""
    Path(name).write_bytes(bundle.encode_bundle(case, WORDS, cost=CHEAP))
    return name


async def bring_in(person: Person, name: str, words: str = WORDS) -> None:
    await person.press("ctrl+o")
    assert person.place == "input"
    await person.type(name, "enter")
    await person.until(lambda: _has_come_to_an_end(person))
    await person.rest()
    if person.place == "passphrase":
        await person.type(words, "enter")
        await person.until(
            lambda: _has_come_to_an_end(person) and (person.place != "passphrase" or person.sees("This is"))
        )
        await person.rest()


def _has_come_to_an_end(person: Person) -> bool:
    """Whether reading has ended: home is uncovered for a moment, and a progress dialog may come first."""
    if person.place == "home":
        return person.sees("Added to")
    return person.place in ("passphrase", "choice") or (person.place == "input" and person.sees("not"))


@pytest.fixture
def both(make_family: Family, store: CaseStore) -> tuple[PrepApp, Case]:
    """The program with a child whose two answers changed here, and a copy in which they changed too."""
    app = make_family(a_text=BEFORE, a_line=BEFORE)
    first = store.read(CHILD)
    ours = changed(changed(first, "a-text", "Ours.", 5), "a-line", "Our line.", 5)
    with store.open(CHILD) as opened:
        opened.save(ours)
    theirs = changed(changed(first, "a-text", "Theirs.", 7), "a-line", "Their line.", 7)
    return app, theirs


def said(store: CaseStore, question_id: str) -> object:
    return store.read(CHILD).latest.answers.of(question_id).value


def was(store: CaseStore, question_id: str) -> list[object]:
    return [step.value for step in store.read(CHILD).latest.histories.of(question_id).before]


async def test_the_whole_file_is_handed_on_under_a_passphrase_of_its_own(make_family: Family, store: CaseStore) -> None:
    async with at_the_screen(make_family()) as person:
        await person.press("f6")
        await person.click("Hand the whole file on")
        assert person.sees("Everything goes along")
        await person.type("short", "tab")
        await person.type("short", "enter")
        assert person.sees("at least 8 characters")
        await person.press("ctrl+u", "shift+tab", "ctrl+u")
        await person.type(WORDS, "tab")
        await person.type(WORDS, "enter")
        await person.until(lambda: person.sees("Documents/family-file-2027-03-03.iep"))
        await person.press("enter")
        assert person.place == "home"
        assert person.sees("The bundle is")
        assert person.sees("by another way")
    (file,) = Path("Documents").iterdir()
    assert bundle.decode_bundle(file.read_bytes(), WORDS) == store.read(CHILD)
    assert b"Maya R." not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600


async def test_a_file_that_is_there_is_never_written_over(make_family: Family) -> None:
    Path("Documents/mine.iep").write_text("mine", encoding="utf-8")
    async with at_the_screen(make_family()) as person:
        await person.press("f6")
        await person.click("Hand the whole file on")
        await person.type(WORDS, "tab")
        await person.type(WORDS, "enter")
        await person.until(lambda: person.place == "input")
        await person.rest()
        await person.press("ctrl+u")
        await person.type("Documents/mine.iep", "enter")
        assert person.sees("There is a file Documents/mine.iep already")
        await person.press("escape")
        assert person.sees("Nothing was written.")
    assert [path.read_text(encoding="utf-8") for path in Path("Documents").iterdir()] == ["mine"]


async def test_a_file_comes_in_on_the_first_day(empty: PrepApp, both: tuple[PrepApp, Case], tmp_path: Path) -> None:
    _app, theirs = both
    home = CaseStore(tmp_path / "other")
    app = PrepApp(empty.library, home, empty.settings, empty.clock)
    async with at_the_screen(app) as person:
        await bring_in(person, put("theirs.iep", theirs), "not this one")
        assert person.sees("This is not the passphrase")
        await person.press("ctrl+u")
        await person.type(WORDS, "enter")
        await person.until(lambda: person.place == "home" and person.sees("Added to the list."))
        assert person.sees("Maya R.")
    assert home.read(CHILD) == theirs


@pytest.mark.parametrize("written", ["'{path}'", '"{path}"', "{escaped}", "{path}"])
async def test_a_file_that_was_dragged_into_the_window_is_found(empty: PrepApp, tmp_path: Path, written: str) -> None:
    path = tmp_path / "from school.json"
    path.write_bytes(encode_case(OTHER))
    async with at_the_screen(empty) as person:
        await bring_in(person, written.format(path=path, escaped=str(path).replace(" ", "\\ ")))
        assert person.sees("Added to the list.")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere.iep", "The file is not there."),
        ("Documents", "could not be read"),
        ("notes.txt", "not"),
        ("cut.iep", "damaged"),
    ],
)
async def test_what_is_no_case_is_told_and_asked_for_again(make_family: Family, name: str, words: str) -> None:
    app = make_family()
    Path("notes.txt").write_text("Dear teacher", encoding="utf-8")
    whole = bundle.encode_bundle(app.store.read(CHILD), WORDS, cost=CHEAP)
    Path("cut.iep").write_bytes(whole[: len(whole) // 2])
    async with at_the_screen(app) as person:
        await bring_in(person, name)
        assert person.place == "input"
        assert person.sees(words)
        await person.press("escape")
        assert person.place == "home"
    assert app.store.ids() == [CHILD]


async def test_each_answer_that_both_changed_is_asked_for_and_the_other_one_kept(
    both: tuple[PrepApp, Case], store: CaseStore
) -> None:
    app, theirs = both
    async with at_the_screen(app) as person:
        await bring_in(person, put("theirs.iep", theirs))
        assert person.sees("is on this computer already")
        await person.click("Merge the two")
        await person.until(lambda: person.place == "pick")
        await person.rest()
        assert person.sees("2 answers were changed here and in the copy.")
        first = "a-line" if person.sees("Our line.") else "a-text"
        await person.press("down", "enter")
        assert person.place == "pick"
        assert person.sees("1 left to choose.")
        await person.press("enter")
        await person.until(lambda: person.place == "home" and person.sees("2 answers were changed on both sides"))
    second = "a-text" if first == "a-line" else "a-line"
    names = {"a-text": ("Ours.", "Theirs."), "a-line": ("Our line.", "Their line.")}
    assert said(store, first) == names[first][1]
    assert names[first][0] in was(store, first)
    assert said(store, second) == names[second][0]
    assert names[second][1] in was(store, second)


@pytest.mark.parametrize(("down", "text", "line"), [(2, "Ours.", "Our line."), (3, "Theirs.", "Their line.")])
async def test_one_side_is_taken_for_all(
    both: tuple[PrepApp, Case], store: CaseStore, down: int, text: str, line: str
) -> None:
    app, theirs = both
    async with at_the_screen(app) as person:
        await bring_in(person, put("theirs.iep", theirs))
        await person.click("Merge the two")
        await person.until(lambda: person.place == "pick")
        await person.rest()
        await person.press(*["down"] * down, "enter")
        await person.until(lambda: person.place == "home")
    assert (said(store, "a-text"), said(store, "a-line")) == (text, line)


async def test_who_thinks_better_of_it_finds_everything_as_it_was(both: tuple[PrepApp, Case], store: CaseStore) -> None:
    app, theirs = both
    before = store.read(CHILD)
    async with at_the_screen(app) as person:
        await bring_in(person, put("theirs.iep", theirs))
        await person.click("Merge the two")
        await person.until(lambda: person.place == "pick")
        await person.rest()
        await person.press("enter", "escape")
        assert person.place == "home"
        assert person.sees("Nothing was merged.")
    assert store.read(CHILD) == before
    assert store.ids() == [CHILD]


async def test_a_copy_may_stand_beside_as_a_child_of_its_own(both: tuple[PrepApp, Case], store: CaseStore) -> None:
    app, theirs = both
    async with at_the_screen(app) as person:
        await bring_in(person, put("theirs.iep", theirs))
        await person.click("Keep it as a separate child")
        await person.until(lambda: person.place == "home")
    assert said(store, "a-text") == "Ours."
    (other,) = set(store.ids()) - {CHILD}
    assert store.read(other).latest.answers.of("a-text").value == "Theirs."


async def test_into_a_sealed_home_it_comes_sealed(make_family: Family, store: CaseStore) -> None:
    app = make_family()
    ring, key = new_keyring_for("green kettle, seven boats", cost=CHEAP)
    store.keys.learn(ring.id, key)
    store.sealing.seal_all(ring)
    store.keys.forget()
    Path("other.json").write_bytes(encode_case(OTHER))
    async with at_the_screen(app) as person:
        await person.press("ctrl+o")
        assert person.place == "passphrase"
        await person.type("green kettle, seven boats", "enter")
        await person.until(lambda: person.place == "input")
        await person.rest()
        await person.type("other.json", "enter")
        await person.until(lambda: person.place == "home" and person.sees("Added to the list."))
    assert store.sealing.seal_of("k7f3q9x2m4") is not None
