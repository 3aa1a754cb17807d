"""The front door: which verbs there are, and their exit codes.

Exit 0: done. 1: what was given is at fault, said in one line on stderr. 2: the call itself is not right. 130: stopped.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from iep_tui import __version__
from iep_tui.core.progress import Stopped
from iep_tui.language import DEFAULT_LANGUAGE, _, use_language
from iep_tui.sets.values import LANG
from iep_tui.store.errors import StoreError
from iep_tui.verbs import keeping, moving, opening, question_sets, sharing
from iep_tui.verbs.shared import DONE, READERS, USAGE, Fault, on_one_line, say_fault, say_stopped
from iep_tui.verbs.sharing import FORMATS, PAGES


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
        return say_fault(str(fault))
    except BrokenPipeError:
        # Whoever read our output (head, less) has enough.
        _write_no_more()
        return DONE
    except OSError as error:
        _write_no_more()
        return say_fault(_("This did not work: {reason}.").format(reason=error.strerror or error))
    except Stopped as stopped:
        return say_stopped(str(stopped))
    except KeyboardInterrupt:
        return say_stopped("")


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


class _Formatter(argparse.HelpFormatter):
    """Knows how wide the window is without the module that argparse would ask, and its three compression libraries."""

    def __init__(self, prog: str) -> None:
        try:
            columns = int(os.environ.get("COLUMNS", "0")) or os.get_terminal_size().columns
        except (OSError, ValueError):
            columns = 80
        super().__init__(prog, width=max(columns, 20) - 2)


class _Parser(argparse.ArgumentParser):
    """Says a wrong call in one line, and where to read more."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(**rest, formatter_class=_Formatter)

    def error(self, message: str) -> NoReturn:
        print(f"iep-tui: {on_one_line(message)}", file=sys.stderr)
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
    parser.set_defaults(act=opening.open_program)
    known = parser.add_subparsers(title=_("verbs"), metavar=_("VERB"), parser_class=_Parser)

    verb = known.add_parser("plain", help=_("line by line, for screen readers, braille displays and pipes"))
    verb.add_argument("case", nargs="?", metavar="CASE")
    verb.set_defaults(act=opening.plain)

    verb = known.add_parser("cases", help=_("the children on this computer: id, child, meeting, how far, last change"))
    verb.add_argument("--json", action="store_true", help=_("as JSON, for programs"))
    verb.set_defaults(act=keeping.cases)

    verb = known.add_parser("import", help=_("take cases from files; prints the id of each"))
    verb.add_argument("files", nargs="+", metavar="FILE", help=_("all answers as JSON, or a bundle"))
    verb.add_argument("--merge", action="store_true", help=_("merge JSON into the case of its id (bundles always do)"))
    sides = ("ask", "ours", "theirs")
    words = _("which answer stands where both sides changed it; the other is kept among the earlier answers (ask)")
    verb.add_argument("--keep", choices=sides, default="ask", help=words)
    verb.add_argument(
        "--bundle-passphrase-file", metavar="FILE", help=_("the passphrase of bundles, - for stdin (asked for)")
    )
    verb.set_defaults(act=moving.import_files)

    verb = known.add_parser("bundle", help=_("seal a case with its history into one file, for another computer"))
    verb.add_argument("case", metavar="CASE")
    verb.add_argument("--out", metavar="FILE", required=True, help=_("the file to write"))
    verb.add_argument("--force", action="store_true", help=_("write over a file that is there"))
    verb.add_argument("--bundle-passphrase-file", metavar="FILE", help=_("its passphrase, - for stdin (asked for)"))
    verb.set_defaults(act=moving.bundle)

    verb = known.add_parser("export", help=_("write a case: a prep sheet for one reader, or all answers as JSON"))
    verb.add_argument("case", metavar="CASE")
    verb.add_argument("--for", dest="reader", choices=READERS, default="team", help=_("who will read it (team)"))
    verb.add_argument("--format", choices=FORMATS, help=_("the format (as the name of the file says, else md)"))
    verb.add_argument("--page", choices=PAGES, default="sheet", help=_("the whole sheet, or the parents' concerns"))
    verb.add_argument("--meeting", metavar="ID", help=_("an earlier meeting (the latest)"))
    verb.add_argument("--out", metavar="FILE", default="-", help=_("the file to write, - for the screen (-)"))
    verb.add_argument("--history", action="store_true", help=_("JSON alone: also what the answers were before"))
    verb.add_argument("--manifest", metavar="FILE", help=_("also write, for yourself, what is in it and what is not"))
    verb.add_argument("--force", action="store_true", help=_("write over a file that is there"))
    verb.set_defaults(act=sharing.export)

    verb = known.add_parser(
        "check-share",
        help=_("look for private answers in a file before you give it away; ends with 1 if there are any"),
    )
    verb.add_argument("file", metavar="FILE", help=_("Markdown, text, web page, Word, PDF or e-mail"))
    verb.add_argument("case", metavar="CASE")
    verb.add_argument("--for", dest="reader", choices=READERS, default="team", help=_("who will read it (team)"))
    verb.add_argument("--meeting", metavar="ID", help=_("an earlier meeting (the latest)"))
    verb.set_defaults(act=sharing.check_share)

    verb = known.add_parser("backups", help=_("earlier copies of a case: list them, or go back to one"))
    verb.add_argument("case", metavar="CASE")
    verb.set_defaults(act=keeping.backups_list)
    acts = verb.add_subparsers(metavar=_("VERB"), parser_class=_Parser)
    kind = acts.add_parser("list", help=_("number and time of each, the newest first"))
    kind.set_defaults(act=keeping.backups_list)
    _takes_passphrase(kind, default=argparse.SUPPRESS)
    kind = acts.add_parser("restore", help=_("go back to one; what is there now is kept as a copy too"))
    kind.add_argument("number", type=int, metavar="N")
    _takes_passphrase(kind, default=argparse.SUPPRESS)
    kind.set_defaults(act=keeping.backups_restore)

    verb = known.add_parser(
        "remove", help=_("remove a case for good, with every earlier copy; asks for the child's name")
    )
    verb.add_argument("case", metavar="CASE")
    verb.add_argument("--yes-remove", metavar="NAME", help=_("the child's name, or the id, instead of being asked"))
    verb.set_defaults(act=keeping.remove)

    _add_seal_verbs(known)

    verb = known.add_parser("sets", help=_("the question sets"))
    verb.set_defaults(act=question_sets.sets_list)
    kinds = verb.add_subparsers(metavar=_("VERB"), parser_class=_Parser)
    kind = kinds.add_parser("list", help=_("all sets, ours and your own"))
    kind.set_defaults(act=question_sets.sets_list)
    kind = kinds.add_parser("check", help=_("everything wrong in sets, with line and column"))
    kind.add_argument("paths", nargs="*", metavar="PATH", help=_("files or folders (all sets)"))
    kind.set_defaults(act=question_sets.sets_check)
    kind = kinds.add_parser("show", help=_("the questions of one set"))
    kind.add_argument("set", metavar="SET")
    kind.set_defaults(act=question_sets.sets_show)
    kind = kinds.add_parser("diff", help=_("what another version of sets would change; nothing is written"))
    kind.add_argument("old", metavar="OLD", help=_("a file or a folder"))
    kind.add_argument("new", metavar="NEW", help=_("the same of the other version"))
    kind.add_argument("--cases", action="store_true", help=_("also which answers on this computer it would touch"))
    _takes_passphrase(kind)
    kind.set_defaults(act=question_sets.sets_diff)

    verb = known.add_parser("about", help=_("what an IEP is, on one page, to read or print"))
    verb.set_defaults(act=opening.about)

    verb = known.add_parser("where", help=_("which folders it uses"))
    verb.set_defaults(act=opening.where)
    return parser


#: The verbs that may come to a sealed case.
_OPENERS = frozenset({"cases", "import", "export", "check-share", "backups", "bundle", "remove"})


def _takes_passphrase(verb: argparse.ArgumentParser, default: str | None = None) -> None:
    """Where a sealed case is opened. Never an argument of its own: those can be seen by everyone on the computer.

    A verb of a verb has SUPPRESS as `default`, so that it does not undo what was said before it.
    """
    verb.add_argument(
        "--passphrase-file",
        metavar="FILE",
        default=default,
        help=_("read the passphrase of sealed cases from the first line of a file, - for standard input (asked for)"),
    )


def _add_seal_verbs(known: argparse._SubParsersAction[_Parser]) -> None:
    for name in _OPENERS & known.choices.keys():
        _takes_passphrase(known.choices[name])

    def act(options: argparse.Namespace) -> int:
        from iep_tui.verbs import sealing

        return {"seal": sealing.seal, "unseal": sealing.unseal, "passphrase": sealing.passphrase}[options.verb](options)

    for name, words in (
        ("seal", _("seal a case, or all cases, with a passphrase; without it nobody can read them again")),
        ("unseal", _("take the passphrase off a case, or off all cases")),
        ("passphrase", _("change the passphrase of a case, or the one for all cases")),
    ):
        verb = known.add_parser(name, help=words)
        verb.add_argument("case", nargs="?", metavar="CASE")
        verb.add_argument("--all", action="store_true", help=_("all cases, and those of later"))
        _takes_passphrase(verb)
        if name == "passphrase":
            verb.add_argument("--new-passphrase-file", metavar="FILE", help=_("the new one, in the same way"))
            verb.add_argument("--new-recovery-key", action="store_true", help=_("make a new recovery key too"))
        verb.set_defaults(act=act, verb=name)


if __name__ == "__main__":
    sys.exit(main())
