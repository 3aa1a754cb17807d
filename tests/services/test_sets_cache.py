"""The cache of question sets: used only while every source is unchanged, and never required."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from iep_tui.services import sets_cache
from iep_tui.sets import library_loader
from iep_tui.sets.library import Library

HEAD = "---\nset: {}\nversion: 1\nstage: before\norder: 10\n---\n\n# A set\n\n"
SET = HEAD.format("ours") + "{#sleep kind=yesno}\n## Does {child} sleep?\n"
OWN = HEAD.format("mine") + "{#meals}\n## And meals?\n\n{#x kind=oops}\n## ?\n"


class Shelf:
    """Question folders and a cache, with a count of real reads."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.shipped, self.own, self.cache = root / "shipped", root / "own", root / "cache"
        self.write("shipped/en/ours.md", SET)
        self.reads = 0
        read = library_loader.load_uncached

        def counted(*arguments: object, **named: object) -> Library:
            self.reads += 1
            return read(*arguments, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(library_loader, "load_uncached", counted)

    def write(self, name: str, text: str) -> Path:
        path = self.shipped.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def load(self, lang: str = "en") -> Library:
        return sets_cache.load_library(lang, self.own, cache=self.cache, shipped=self.shipped)

    @property
    def kept(self) -> Path:
        [path] = self.cache.iterdir()
        return path


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    return Shelf(tmp_path, monkeypatch)


def same(one: Library, other: Library) -> bool:
    return (
        one.catalogue.sets == other.catalogue.sets
        and one.catalogue.glossary == other.catalogue.glossary
        and one.catalogue.deadlines == other.catalogue.deadlines
        and (one.problems, one.files, one.example, one.about)
        == (other.problems, other.files, other.example, other.about)
    )


def test_what_was_read_once_is_not_read_again(shelf: Shelf) -> None:
    first, second = shelf.load(), shelf.load()
    assert shelf.reads == 1
    assert same(first, second)
    assert [question.title for question in second.catalogue.questions()] == ["Does {child} sleep?"]


def test_everything_that_ships_comes_back_as_it_was_read(tmp_path: Path) -> None:
    fresh = library_loader.load_uncached("en", None)
    for _again in range(2):
        assert same(sets_cache.load_library("en", None, cache=tmp_path / "cache"), fresh)


def test_mistakes_in_the_users_own_sets_are_told_each_time(shelf: Shelf) -> None:
    shelf.write("own/en/mine.md", OWN)
    first, second = shelf.load(), shelf.load()
    assert shelf.reads == 1
    assert len(first.problems) >= 1
    assert second.problems == first.problems
    assert [file.ours for file in second.files] == [True, False]


@pytest.mark.parametrize(
    "change",
    [
        lambda shelf: shelf.write("shipped/en/ours.md", SET.replace("Does", "Did")),
        lambda shelf: shelf.write("shipped/en/more.md", SET.replace("ours", "more").replace("sleep", "rest")),
        lambda shelf: shelf.write("shipped/en/example.json", "{}"),
        lambda shelf: shelf.write("own/en/mine.md", OWN),
        lambda shelf: (shelf.shipped / "en" / "ours.md").rename(shelf.shipped / "en" / "zz.md"),
    ],
    ids=["words", "a file more", "an example", "an own set", "another name"],
)
def test_a_change_in_the_files_is_seen_at_once(shelf: Shelf, change: Callable[[Shelf], object]) -> None:
    before = shelf.load()
    change(shelf)
    after = shelf.load()
    assert shelf.reads == 2
    assert not same(before, after)


def test_the_same_size_and_time_hide_no_change(shelf: Shelf) -> None:
    path = shelf.shipped / "en" / "ours.md"
    shelf.load()
    about = path.stat()
    path.write_text(SET.replace("Does", "Dose"), encoding="utf-8")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert [one.title for one in shelf.load().catalogue.questions()] == ["Dose {child} sleep?"]


def test_another_version_reads_for_itself(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.load()
    monkeypatch.setattr(sets_cache, "__version__", "99.0")
    shelf.load()
    assert shelf.reads == 2


def test_it_may_be_deleted_at_any_time(shelf: Shelf) -> None:
    first = shelf.load()
    shutil.rmtree(shelf.cache)
    assert same(shelf.load(), first)
    assert shelf.reads == 2


@pytest.mark.slow
def test_every_damage_is_seen(shelf: Shelf) -> None:
    first = shelf.load()
    whole = shelf.kept.read_bytes()
    damaged = [b"", b"\0" * len(whole), whole[:40], whole[:-1], whole + b"x", b"garbage" * 50]
    damaged += [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), 7)]
    for number, data in enumerate(damaged, 2):
        shelf.kept.write_bytes(data)
        assert same(shelf.load(), first)
        assert shelf.reads == number
        assert shelf.kept.read_bytes() == whole, "and it is whole again"


def test_what_is_whole_but_of_another_shape_is_not_believed(shelf: Shelf) -> None:
    import zlib

    import msgspec

    first = shelf.load()
    whole = shelf.kept.read_bytes()
    # What is compared, a sum of all that follows, the length of the front, the front, the sets.
    [start] = (at for at in range(4, len(whole)) if zlib.crc32(whole[at:]).to_bytes(4, "big") == whole[at - 4 : at])
    length = int.from_bytes(whole[start : start + 8], "big")
    front, sets = whole[start + 8 : start + 8 + length], whole[start + 8 + length :]
    shapes: tuple[object, ...] = (
        {"sets": []},
        [],
        [1, 2, 3, 4, 5, 6, 7],
        [[["only-an-id"]], [], []],
        ["", [["only-an-id"]], [], [], None, None],
    )
    for strange in map(msgspec.msgpack.encode, shapes):
        for one, other in ((strange, sets), (front, strange)):
            body = len(one).to_bytes(8, "big") + one + other
            shelf.kept.write_bytes(whole[: start - 4] + zlib.crc32(body).to_bytes(4, "big") + body)
            assert same(shelf.load(), first)
            assert shelf.kept.read_bytes() == whole, "and it is whole again"


def test_a_list_of_children_takes_no_sets_out_of_it(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """The digest and the words for the kind of meeting are there at once; all the rest comes when it is asked for."""
    import msgspec

    shelf.write("shipped/en/ours.md", SET + "\n{#meeting-type}\n## Which meeting?\n\n- ( ) Yearly review {annual}\n")
    digest = shelf.load().catalogue.digest
    catalogue = shelf.load().catalogue
    decoded: list[type] = []
    decode = msgspec.msgpack.decode

    def noted(data: bytes, **named: type) -> object:
        decoded.append(named["type"])
        return decode(data, type=named["type"])

    monkeypatch.setattr("msgspec.msgpack.decode", noted)
    kind = catalogue.question("meeting-type")
    assert kind is not None
    assert kind.choices[0].label == "Yearly review"
    assert catalogue.digest == digest
    assert decoded == []
    assert [question.id for question in catalogue.questions()] == ["sleep", "meeting-type"]
    assert catalogue.question("meeting-type") == kind
    assert len(decoded) == 1
    assert catalogue.digest == digest
    with pytest.raises(AttributeError):
        catalogue.nothing  # type: ignore[attr-defined] # noqa: B018


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_it_is_private_and_what_others_may_write_is_not_believed(shelf: Shelf) -> None:
    old = os.umask(0)
    try:
        shelf.load()
    finally:
        os.umask(old)
    assert stat.S_IMODE(shelf.cache.stat().st_mode) == 0o700
    assert stat.S_IMODE(shelf.kept.stat().st_mode) == 0o600
    shelf.kept.chmod(0o620)
    shelf.load()
    assert shelf.reads == 2
    shelf.cache.chmod(0o777)
    shelf.load()
    assert shelf.reads == 3


def test_without_a_place_for_it_all_goes_on(shelf: Shelf) -> None:
    shelf.cache.write_text("a file where the folder should be", encoding="utf-8")
    assert len([*shelf.load().catalogue.questions()]) == 1
    assert len([*shelf.load().catalogue.questions()]) == 1
    assert shelf.reads == 2


def test_looking_makes_no_data_folder(shelf: Shelf, tmp_path: Path) -> None:
    sets_cache.load_library("en", cache=tmp_path / "not-there" / "cache", shipped=shelf.shipped)
    assert not (tmp_path / "not-there").exists()


def test_a_language_is_no_path(shelf: Shelf, tmp_path: Path) -> None:
    shelf.load("../../escape")
    assert [path.name for path in shelf.cache.iterdir()] == ["sets-en.kept"]


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["cases", "sets", "about"])
def test_the_second_start_needs_no_markdown_parser(tmp_path: Path, verb: str) -> None:
    script = (
        "import sys; from iep_tui.cli.main import main; main(sys.argv[1:]);"
        "print(*(name for name in ('markdown_it', 'iep_tui.sets.set_reader') if name in sys.modules), file=sys.stderr)"
    )

    data = tmp_path / "data"
    data.mkdir()

    def loaded() -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", script, verb],
            env={**os.environ, "IEP_TUI_HOME": str(data)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            timeout=60,
        )
        return done.stderr.split()

    assert loaded() == ["markdown_it", "iep_tui.sets.set_reader"]
    assert loaded() == []
