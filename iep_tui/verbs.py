"""What each verb of the front door does. Everything heavy is loaded by the verb that needs it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.core.text import clean_line
from iep_tui.language import _, ngettext

if TYPE_CHECKING:
    from iep_tui.sets.library import Library
    from iep_tui.store.cases import Store

DONE, AT_FAULT, USAGE = 0, 1, 2

READERS = ("family", "team", "teachers")


class Fault(Exception):
    """What was given is at fault; the message is the line to say."""


def write_bytes(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def say_fault(words: object) -> int:
    print(f"iep-tui: {on_one_line(words)}", file=sys.stderr)
    return AT_FAULT


def on_one_line(words: object) -> str:
    """Words of a file, a name or a message on one line, without what steers a terminal."""
    return " ".join(clean_line(str(words)).split())


def _home() -> Path:
    from iep_tui.store.places import data_folder

    return data_folder()


def _own_sets() -> Path:
    from iep_tui.store.places import own_questions_folder

    return own_questions_folder(_home())


def load_library(lang: str) -> Library:
    from iep_tui.ready_sets import load
    from iep_tui.store.places import cache_folder

    return load(lang, _own_sets(), cache=cache_folder(_home()))


def case_store(options: argparse.Namespace) -> Store:
    """The cases, for a verb: a sealed one opens by the passphrase file, or is asked for at the terminal. StoreError."""
    from iep_tui.asking import open_store

    return open_store(_home(), getattr(options, "passphrase_file", None))


def open_program(options: argparse.Namespace) -> int:
    """iep-tui: the program on the screen, or line by line where there is no screen to draw on."""
    if options.plain or _is_plain_by_itself():
        return plain(options)
    from iep_tui.store.cases import Store
    from iep_tui.store.settings import Settings
    from iep_tui.tui.app import PrepApp, now

    home = _home()
    app = PrepApp(load_library(options.lang), Store(home), Settings(home), now)
    app.run()
    return app.return_code or DONE


def plain(options: argparse.Namespace) -> int:
    """iep-tui plain [CASE]."""
    import datetime

    from iep_tui.plain.stream import standard_terminal
    from iep_tui.plain.walking import PlainProgram
    from iep_tui.store.cases import Store

    store = Store(_home())
    words: str = getattr(options, "case", None) or ""
    case_id = store.find(words) if words else ""
    terminal = standard_terminal()
    with terminal.watching():
        program = PlainProgram(
            load_library(options.lang), store, lambda: datetime.datetime.now().astimezone(), terminal
        )
        return program.run(case_id)


def _is_plain_by_itself() -> bool:
    """Whether the line-by-line mode was chosen for good, or is all that this terminal can do."""
    return (
        os.environ.get("IEP_TUI_PLAIN", "0") not in ("", "0")
        or os.environ.get("TERM") == "dumb"
        or sys.stdin is None
        or not (sys.stdin.isatty() and sys.stdout.isatty())
    )


def cases(options: argparse.Namespace) -> int:
    """iep-tui cases [--json]."""
    import datetime

    from iep_tui.children import Listing
    from iep_tui.core import interview as ids

    today = datetime.datetime.now().astimezone().date()
    store = case_store(options)
    listing = Listing(store, load_library(options.lang).catalogue, today)
    rows: list[dict[str, object]] = []
    for glance in listing.glances(len(listing)):
        row: dict[str, object] = {"id": glance.case_id, "changed": f"{glance.changed:%Y-%m-%dT%H:%M:%SZ}"}
        if glance.locked:
            row["sealed"] = True
        elif glance.trouble:
            row["trouble"] = glance.trouble
        else:
            row["child"] = glance.answers.of(ids.CHILD_NAME).value or ""
            row["meeting"] = glance.answers.of(ids.MEETING_DATE).value or ""
            row["answered"], row["asked"] = glance.done, glance.total
        rows.append(row)
    listing.keep()
    for case_id in store.lost():
        words = _("The file is gone, and can be brought back: iep-tui backups {id} restore 1")
        saved = store.backups(case_id)[0].saved
        rows.append({"id": case_id, "changed": f"{saved:%Y-%m-%dT%H:%M:%SZ}", "trouble": words.format(id=case_id)})
    if options.json:
        import json

        write_bytes(json.dumps(rows, indent=1).encode() + b"\n")
        return DONE
    for row in rows:
        if "sealed" in row:
            print(f"{row['id']}  {_('(a sealed case)')}  {row['changed']}")
        elif "trouble" in row:
            print(f"{row['id']}  {on_one_line(row['trouble'])}")
        else:
            child = _words(row["child"]) or _("(no name yet)")
            meeting = _words(row["meeting"]) or _("(no date yet)")
            print(f"{row['id']}  {child}  {meeting}  {row['answered']}/{row['asked']}  {row['changed']}")
    return DONE


def _words(value: object) -> str:
    return on_one_line(value) if isinstance(value, str) else ""


def with_lost(store: Store, words: str) -> str:
    """The id of the case that is meant, also of one whose file is gone while earlier copies of it are there."""
    lost = store.lost()
    return words.strip() if words.strip() in lost else store.find(words)


def backups_list(options: argparse.Namespace) -> int:
    """iep-tui backups CASE [list]."""
    store = case_store(options)
    for copy in store.backups(with_lost(store, options.case)):
        print(f"{copy.number}  {copy.saved.astimezone():%Y-%m-%d %H:%M}")
    return DONE


def backups_restore(options: argparse.Namespace) -> int:
    """iep-tui backups CASE restore N."""
    store = case_store(options)
    store.restore(with_lost(store, options.case), options.number)
    return DONE


def sets_list(options: argparse.Namespace) -> int:
    """iep-tui sets list."""

    library = load_library(options.lang)
    for file in library.files:
        one = library.catalogue.set(file.set_id)
        count = len(one.questions) if one else 0
        questions = ngettext("{count} question", "{count} questions", count).format(count=count)
        whose = _("ours") if file.ours else str(file.path)
        print(f"{file.set_id}  {file.title}  ({questions}, {whose})")
    return _say_problems(library.problems)


def _say_problems(problems: Sequence[object]) -> int:
    """A line for each, file:line:column first, and one for them all."""
    if not problems:
        return DONE
    for problem in problems:
        print(problem, file=sys.stderr)
    count = len(problems)
    return say_fault(ngettext("{count} mistake was found.", "{count} mistakes were found.", count).format(count=count))


def sets_check(options: argparse.Namespace) -> int:
    """iep-tui sets check PATH…"""
    from iep_tui.sets.check import check_paths
    from iep_tui.sets.library import language_folder, shipped_folder

    paths = [Path(path) for path in options.paths]
    for path in paths:
        if not path.exists():
            raise Fault(_("There is no file or folder {path}.").format(path=path))
    if not paths:
        own = _own_sets() / options.lang
        paths = [language_folder(shipped_folder(), options.lang), *([own] if own.is_dir() else [])]
    problems = check_paths(paths, lang=options.lang, own=_own_sets())
    if not problems:
        print(_("Nothing wrong was found."))
    return _say_problems(problems)


def sets_show(options: argparse.Namespace) -> int:
    """iep-tui sets show SET."""

    one = load_library(options.lang).catalogue.set(options.set)
    if one is None:
        raise Fault(_("There is no set {name}. iep-tui sets list names them.").format(name=options.set))
    print(one.title)
    for question in one.questions:
        marks = ", ".join(
            mark
            for mark in (question.kind, question.share, _("short path") if question.core else "", question.when)
            if mark
        )
        print(f"\n{question.id}  ({marks})\n  {question.title}")
        for choice in question.choices:
            print(f"    {choice.value}: {choice.label}")
        for column in question.columns:
            print(f"    {column.id}: {column.label} ({column.kind})")
    return DONE


def about(options: argparse.Namespace) -> int:
    """iep-tui about."""
    import shutil

    from iep_tui.core.pages import WIDEST, page_text

    page = load_library(options.lang).about
    if page is None:
        raise Fault(_("This page is not part of this language yet."))
    width = shutil.get_terminal_size((WIDEST, 24)).columns if sys.stdout.isatty() else WIDEST
    print(page_text(page, _("your child"), width), end="")
    return DONE


def where(options: argparse.Namespace) -> int:
    """iep-tui where."""
    from iep_tui.notices import where_lines
    from iep_tui.sets.library import shipped_folder
    from iep_tui.store.cases import Store
    from iep_tui.store.places import cases_folder

    home = _home()
    print(_("Answers:         {path}").format(path=cases_folder(home)))
    print(_("Your own sets:   {path}").format(path=_own_sets() / options.lang))
    print(_("Our sets:        {path}").format(path=shipped_folder() / options.lang))
    for line in where_lines(Store(home)):
        print(line)
    return DONE
