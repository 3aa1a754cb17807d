"""The front door: the verbs and their exit codes. The terminal is loaded only to open it.

Exit 0: done. 1: what was given is at fault, said in one line on stderr. 2: the call itself is not right.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from iep_tui import __version__
from iep_tui.core.text import clean_line
from iep_tui.language import DEFAULT_LANGUAGE, _, ngettext, use_language
from iep_tui.sets.values import LANG
from iep_tui.store.errors import StoreError

DONE, AT_FAULT, USAGE = 0, 1, 2

#: What can be written today; the others have their place in the call and say so.
FORMATS = ("md", "json")
LATER_FORMATS = ("html", "txt", "docx", "pdf")
READERS = ("family", "team", "teachers")


class Fault(Exception):
    """What was given is at fault; the message is the line to say."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one call of `iep-tui`; the exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    use_language(_language_of(arguments))
    _leave_no_traces()
    _open_streams()
    try:
        options = _parser().parse_args(arguments)
        act: Callable[[argparse.Namespace], int] = options.act
        code = act(options)
        sys.stdout.flush()
        return code
    except (Fault, StoreError) as fault:
        return _say_fault(str(fault))
    except BrokenPipeError:
        # Whoever read our output (head, less) has enough.
        _write_no_more()
        return DONE
    except OSError as error:
        _write_no_more()
        return _say_fault(_("This did not work: {reason}.").format(reason=error.strerror or error))
    except KeyboardInterrupt:
        return 130


def _open_streams() -> None:
    """Streams that take every character, and that are there also when the caller closed them."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.devnull, "w"), encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _write_no_more() -> None:
    """What is still waiting for stdout goes nowhere, also at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_bytes(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _say_fault(words: object) -> int:
    print(f"iep-tui: {_on_one_line(words)}", file=sys.stderr)
    return AT_FAULT


def _on_one_line(words: object) -> str:
    """Words of a file, a name or a message on one line, without what steers a terminal."""
    return " ".join(clean_line(str(words)).split())


def _language_of(arguments: Sequence[str]) -> str:
    """The language asked for, known before the help is built in it."""
    wanted = DEFAULT_LANGUAGE
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            wanted = argument.partition("=")[2]
        elif argument == "--lang" and place + 1 < len(arguments):
            wanted = arguments[place + 1]
    return wanted if LANG.fullmatch(wanted) else DEFAULT_LANGUAGE


def _language(text: str) -> str:
    """The value of --lang. It becomes a part of a path, so it has to be a code and nothing else."""
    if not LANG.fullmatch(text):
        raise argparse.ArgumentTypeError(_("a language is a code such as en or es"))
    return text


def _leave_no_traces() -> None:
    """Keep answers out of what is written when something fails.

    Textual writes every key to the file in TEXTUAL_LOG and pictures to a folder of its choice; a core dump is the
    memory, answers and all.
    """
    for name in [name for name in os.environ if name == "TEXTUAL" or name.startswith("TEXTUAL_")]:
        del os.environ[name]
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


class _Parser(argparse.ArgumentParser):
    """Says a wrong call in one line, and where to read more."""

    def error(self, message: str) -> NoReturn:
        print(f"iep-tui: {_on_one_line(message)}", file=sys.stderr)
        print(_("See {command}").format(command=f"{self.prog} --help"), file=sys.stderr)
        sys.exit(USAGE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="iep-tui",
        description=_("Get ready for a school meeting about a child's IEP. Without a verb it opens in the terminal."),
        epilog=_(
            "CASE is an id, the start of one, or the child's name when it is the only one. "
            "IEP_TUI_HOME names another folder for the answers."
        ),
    )
    parser.add_argument("--version", action="version", version=f"iep-tui {__version__}")
    parser.add_argument(
        "--lang", type=_language, default=DEFAULT_LANGUAGE, help=_("the language of the questions (default: en)")
    )
    parser.add_argument("--plain", action="store_true", help=_("line by line, as the verb plain does it"))
    parser.set_defaults(act=_open)
    verbs = parser.add_subparsers(title=_("verbs"), metavar=_("VERB"), parser_class=_Parser)

    verb = verbs.add_parser("plain", help=_("line by line, for screen readers, braille displays and pipes"))
    verb.add_argument("case", nargs="?", metavar="CASE")
    verb.set_defaults(act=_plain)

    verb = verbs.add_parser("cases", help=_("the children on this computer: id, child, meeting, how far, last change"))
    verb.add_argument("--json", action="store_true", help=_("as JSON, for programs"))
    verb.set_defaults(act=_cases)

    verb = verbs.add_parser("import", help=_("take cases from files; prints the new id of each"))
    verb.add_argument("files", nargs="+", metavar="FILE")
    verb.set_defaults(act=_import)

    verb = verbs.add_parser("export", help=_("write a case: a prep sheet for one reader, or all answers as JSON"))
    verb.add_argument("case", metavar="CASE")
    verb.add_argument("--for", dest="reader", choices=READERS, default="team", help=_("who will read it (team)"))
    verb.add_argument("--format", choices=(*FORMATS, *LATER_FORMATS), default="md", help=_("the format (md)"))
    verb.add_argument("--meeting", metavar="ID", help=_("an earlier meeting (the latest)"))
    verb.add_argument("--out", metavar="FILE", default="-", help=_("the file to write, - for the screen (-)"))
    verb.add_argument("--force", action="store_true", help=_("write over a file that is there"))
    verb.set_defaults(act=_export)

    verb = verbs.add_parser("sets", help=_("the question sets"))
    verb.set_defaults(act=_sets_list)
    kinds = verb.add_subparsers(metavar=_("VERB"), parser_class=_Parser)
    kind = kinds.add_parser("list", help=_("all sets, ours and your own"))
    kind.set_defaults(act=_sets_list)
    kind = kinds.add_parser("check", help=_("everything wrong in sets, with line and column"))
    kind.add_argument("paths", nargs="*", metavar="PATH", help=_("files or folders (all sets)"))
    kind.set_defaults(act=_sets_check)
    kind = kinds.add_parser("show", help=_("the questions of one set"))
    kind.add_argument("set", metavar="SET")
    kind.set_defaults(act=_sets_show)

    verb = verbs.add_parser("about", help=_("what an IEP is, on one page, to read or print"))
    verb.set_defaults(act=_about)

    verb = verbs.add_parser("where", help=_("which folders it uses"))
    verb.set_defaults(act=_where)
    return parser


def _home() -> Path:
    from iep_tui.store.places import data_folder

    return data_folder()


def _own_sets() -> Path:
    from iep_tui.store.places import own_questions_folder

    return own_questions_folder(_home())


def _open(options: argparse.Namespace) -> int:
    if options.plain or _is_plain_by_itself():
        return _plain(options)
    from iep_tui.sets.library import load
    from iep_tui.store.cases import Store
    from iep_tui.store.settings import Settings
    from iep_tui.tui.app import PrepApp, now

    home = _home()
    app = PrepApp(load(options.lang, _own_sets()), Store(home), Settings(home), now)
    app.run()
    return app.return_code or DONE


def _plain(options: argparse.Namespace) -> int:
    import datetime

    from iep_tui.plain.stream import standard_terminal
    from iep_tui.plain.walking import PlainProgram
    from iep_tui.sets.library import load
    from iep_tui.store.cases import Store

    store = Store(_home())
    words: str = getattr(options, "case", None) or ""
    case_id = store.find(words) if words else ""
    terminal = standard_terminal()
    with terminal.watching():
        program = PlainProgram(
            load(options.lang, _own_sets()), store, lambda: datetime.datetime.now().astimezone(), terminal
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


def _cases(options: argparse.Namespace) -> int:
    import datetime

    from iep_tui.core import interview as ids
    from iep_tui.core.interview import Interview, adopt
    from iep_tui.sets.library import load
    from iep_tui.store.cases import Store

    catalogue = load(options.lang, _own_sets()).catalogue
    today = datetime.datetime.now().astimezone().date()
    rows: list[dict[str, object]] = []
    for summary in Store(_home()).summaries():
        row: dict[str, object] = {"id": summary.id, "changed": f"{summary.changed:%Y-%m-%dT%H:%M:%SZ}"}
        if summary.case is None:
            row["trouble"] = summary.trouble
        else:
            answers = adopt(summary.case.latest.answers, catalogue)
            progress = Interview(catalogue, answers, today).progress()
            row["child"] = answers.of(ids.CHILD_NAME).value or ""
            row["meeting"] = answers.of(ids.MEETING_DATE).value or ""
            row["answered"], row["asked"] = progress.done, progress.total
        rows.append(row)
    if options.json:
        import json

        _write_bytes(json.dumps(rows, indent=1).encode() + b"\n")
        return DONE
    for row in rows:
        if "trouble" in row:
            print(f"{row['id']}  {_on_one_line(row['trouble'])}")
        else:
            child = _words(row["child"]) or _("(no name yet)")
            meeting = _words(row["meeting"]) or _("(no date yet)")
            print(f"{row['id']}  {child}  {meeting}  {row['answered']}/{row['asked']}  {row['changed']}")
    return DONE


def _words(value: object) -> str:
    return _on_one_line(value) if isinstance(value, str) else ""


def _import(options: argparse.Namespace) -> int:
    from iep_tui.sets.library import load
    from iep_tui.store.cases import Store
    from iep_tui.store.interchange import MOST_BYTES, decode

    store = Store(_home())
    catalogue = load(options.lang, _own_sets()).catalogue
    code = DONE
    for name in options.files:
        try:
            with Path(name).open("rb") as file:
                case = decode(file.read(MOST_BYTES + 1))
            case_id = store.add(case)
        except OSError as error:
            code = _say_fault(f"{name}: {error.strerror}")
            continue
        except StoreError as error:
            code = _say_fault(f"{name}: {error}")
            continue
        print(case_id)
        unknown = sorted(
            {
                question_id
                for meeting in case.meetings
                for question_id in meeting.answers
                if catalogue.question(catalogue.current_id(question_id)) is None
            }
        )
        if unknown:
            words = ngettext(
                "{count} answer belongs to no question here; it is kept: {ids}",
                "{count} answers belong to no question here; they are kept: {ids}",
                len(unknown),
            )
            print(f"iep-tui: {words.format(count=len(unknown), ids=', '.join(unknown))}", file=sys.stderr)
    return code


def _export(options: argparse.Namespace) -> int:
    if options.format in LATER_FORMATS:
        words = _("The format {format} is not there yet. Today there are: {formats}.")
        print("iep-tui: " + words.format(format=options.format, formats=", ".join(FORMATS)), file=sys.stderr)
        return USAGE
    from iep_tui.store.cases import Store

    store = Store(_home())
    case = store.read(store.find(options.case))
    meeting = case.meeting(options.meeting) if options.meeting else case.latest
    if meeting is None:
        ids = ", ".join(one.id for one in case.meetings)
        raise Fault(_("There is no meeting {id} in this case. There are: {ids}.").format(id=options.meeting, ids=ids))
    if options.format == "json":
        from iep_tui.store.interchange import encode

        data = encode(case)
    else:
        import datetime

        from iep_tui.core.interview import Interview, adopt
        from iep_tui.sets.library import load
        from iep_tui.sheet.markdown import sheet

        catalogue = load(options.lang, _own_sets()).catalogue
        today = datetime.datetime.now().astimezone().date()
        interview = Interview(catalogue, adopt(meeting.answers, catalogue), today)
        data = sheet(interview, options.reader, made=today).encode()
    if options.out == "-":
        _write_bytes(data)
    else:
        from iep_tui.store.files import write_file

        write_file(Path(options.out), data, overwrite=options.force)
    return DONE


def _sets_list(options: argparse.Namespace) -> int:
    from iep_tui.sets.library import load

    library = load(options.lang, _own_sets())
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
    return _say_fault(ngettext("{count} mistake was found.", "{count} mistakes were found.", count).format(count=count))


def _sets_check(options: argparse.Namespace) -> int:
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


def _sets_show(options: argparse.Namespace) -> int:
    from iep_tui.sets.library import load

    one = load(options.lang, _own_sets()).catalogue.set(options.set)
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


def _about(options: argparse.Namespace) -> int:
    import shutil

    from iep_tui.core.pages import WIDEST, page_text
    from iep_tui.sets.library import load

    page = load(options.lang, _own_sets()).about
    if page is None:
        raise Fault(_("This page is not part of this language yet."))
    width = shutil.get_terminal_size((WIDEST, 24)).columns if sys.stdout.isatty() else WIDEST
    print(page_text(page, _("your child"), width), end="")
    return DONE


def _where(options: argparse.Namespace) -> int:
    from iep_tui.sets.library import shipped_folder
    from iep_tui.store.places import cases_folder

    home = _home()
    print(_("Answers:         {path}").format(path=cases_folder(home)))
    print(_("Your own sets:   {path}").format(path=_own_sets() / options.lang))
    print(_("Our sets:        {path}").format(path=shipped_folder() / options.lang))
    return DONE


if __name__ == "__main__":
    sys.exit(main())
