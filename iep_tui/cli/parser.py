"""Command-line arguments: one argparse parser per command, built only for the command that is called."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from iep_tui import __version__
from iep_tui.cli.commands.command_helpers import EXIT_USAGE, READERS, on_one_line
from iep_tui.i18n import DEFAULT_LANGUAGE, N_, _, is_language


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of this call, and in `act` what does it. A wrong call ends the program with 2, help with 0."""
    name = subcommand_of(arguments)
    # A name that is no verb is told with all that are, and so is help without one.
    return build_parser(name if name in SUBCOMMANDS else None).parse_args(arguments)


def subcommand_of(arguments: Sequence[str]) -> str:
    """The verb of a call that begins with it, with nothing but a language before it; "" for any other."""
    rest = list(arguments)
    while rest and (rest[0] == "--lang" or rest[0].startswith("--lang=")):
        del rest[: 2 if rest[0] == "--lang" else 1]
    return rest[0] if rest else ""


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
        sys.exit(EXIT_USAGE)


def build_parser(verb: str | None = None) -> argparse.ArgumentParser:
    """The parser of a call with this verb, or of every call."""
    made = _Parser(
        prog="iep-tui",
        description=_("Get ready for a school meeting about a child's IEP. Without a verb it opens in the terminal."),
        epilog=_(
            "CASE is an id, the start of one, or the child's name when it is the only one. "
            "IEP_TUI_HOME names another folder for the answers."
        ),
    )
    made.add_argument("--version", action="version", version=f"iep-tui {__version__}")
    made.add_argument(
        "--lang", type=_language, default=DEFAULT_LANGUAGE, help=_("the language of the questions (default: en)")
    )
    made.add_argument("--plain", action="store_true", help=_("line by line, as the verb plain does it"))
    made.set_defaults(act=_open)
    known = made.add_subparsers(title=_("verbs"), metavar=_("VERB"), parser_class=_Parser)
    for name in SUBCOMMANDS if verb is None else (verb,):
        words, build = SUBCOMMANDS[name]
        build(known.add_parser(name, help=_(words)))
    return made


def _language(text: str) -> str:
    """The value of --lang. It becomes a part of a path, so it has to be a code and nothing else."""
    if not is_language(text):
        raise argparse.ArgumentTypeError(_("a language is a code such as en or es"))
    return text


def _open(options: argparse.Namespace) -> int:
    from iep_tui.cli.commands import start_commands

    return start_commands.plain(options) if options.plain else start_commands.open_program(options.lang)


# The verbs. What does one is loaded with it.


def _plain(verb: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import start_commands

    verb.add_argument("case", nargs="?", metavar="CASE")
    verb.set_defaults(act=start_commands.plain)


def _cases(verb: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import case_commands

    verb.add_argument("--json", action="store_true", help=_("as JSON, for programs"))
    _takes_passphrase(verb)
    verb.set_defaults(act=case_commands.cases)


def _import(verb: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import transfer_commands

    verb.add_argument("files", nargs="+", metavar="FILE", help=_("all answers as JSON, or a bundle"))
    verb.add_argument("--merge", action="store_true", help=_("merge JSON into the case of its id (bundles always do)"))
    sides = ("ask", "ours", "theirs")
    words = _("which answer stands where both sides changed it; the other is kept among the earlier answers (ask)")
    verb.add_argument("--keep", choices=sides, default="ask", help=words)
    verb.add_argument(
        "--bundle-passphrase-file", metavar="FILE", help=_("the passphrase of bundles, - for stdin (asked for)")
    )
    _takes_passphrase(verb)
    verb.set_defaults(act=transfer_commands.import_files)


def _bundle(verb: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import transfer_commands

    verb.add_argument("case", metavar="CASE")
    verb.add_argument("--out", metavar="FILE", required=True, help=_("the file to write"))
    verb.add_argument("--force", action="store_true", help=_("write over a file that is there"))
    verb.add_argument("--bundle-passphrase-file", metavar="FILE", help=_("its passphrase, - for stdin (asked for)"))
    _takes_passphrase(verb)
    verb.set_defaults(act=transfer_commands.bundle)


def _export(verb: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import export_commands

    verb.add_argument("case", metavar="CASE")
    verb.add_argument("--for", dest="reader", choices=READERS, default="team", help=_("who will read it (team)"))
    verb.add_argument(
        "--format", choices=export_commands.FORMAT_NAMES, help=_("the format (as the name of the file says, else md)")
    )
    pages = _("the whole sheet, or the parents' concerns")
    verb.add_argument("--page", choices=export_commands.PAGES, default="sheet", help=pages)
    verb.add_argument("--meeting", metavar="ID", help=_("an earlier meeting (the latest)"))
    verb.add_argument("--out", metavar="FILE", default="-", help=_("the file to write, - for the screen (-)"))
    verb.add_argument("--history", action="store_true", help=_("JSON alone: also what the answers were before"))
    verb.add_argument("--manifest", metavar="FILE", help=_("also write, for yourself, what is in it and what is not"))
    verb.add_argument("--force", action="store_true", help=_("write over a file that is there"))
    _takes_passphrase(verb)
    verb.set_defaults(act=export_commands.export)


def _check_share(verb: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import export_commands

    verb.add_argument("file", metavar="FILE", help=_("Markdown, text, web page, Word, PDF or e-mail"))
    verb.add_argument("case", metavar="CASE")
    verb.add_argument("--for", dest="reader", choices=READERS, default="team", help=_("who will read it (team)"))
    verb.add_argument("--meeting", metavar="ID", help=_("an earlier meeting (the latest)"))
    _takes_passphrase(verb)
    verb.set_defaults(act=export_commands.check_share)


def _backups(verb: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import case_commands

    verb.add_argument("case", metavar="CASE")
    verb.set_defaults(act=case_commands.backups_list)
    acts = verb.add_subparsers(metavar=_("VERB"), parser_class=_Parser)
    kind = acts.add_parser("list", help=_("number and time of each, the newest first"))
    kind.set_defaults(act=case_commands.backups_list)
    _takes_passphrase(kind, default=argparse.SUPPRESS)
    kind = acts.add_parser("restore", help=_("go back to one; what is there now is kept as a copy too"))
    kind.add_argument("number", type=int, metavar="N")
    _takes_passphrase(kind, default=argparse.SUPPRESS)
    kind.set_defaults(act=case_commands.backups_restore)
    _takes_passphrase(verb)


def _remove(verb: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import case_commands

    verb.add_argument("case", metavar="CASE")
    verb.add_argument("--yes-remove", metavar="NAME", help=_("the child's name, or the id, instead of being asked"))
    _takes_passphrase(verb)
    verb.set_defaults(act=case_commands.remove)


def _seal(verb: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import passphrase_commands

    _takes_cases(verb)
    verb.set_defaults(act=passphrase_commands.seal)


def _unseal(verb: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import passphrase_commands

    _takes_cases(verb)
    verb.set_defaults(act=passphrase_commands.unseal)


def _passphrase(verb: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import passphrase_commands

    _takes_cases(verb)
    verb.add_argument("--new-passphrase-file", metavar="FILE", help=_("the new one, in the same way"))
    verb.add_argument("--new-recovery-key", action="store_true", help=_("make a new recovery key too"))
    verb.set_defaults(act=passphrase_commands.passphrase)


def _sets(verb: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import sets_commands

    verb.set_defaults(act=sets_commands.sets_list)
    kinds = verb.add_subparsers(metavar=_("VERB"), parser_class=_Parser)
    kind = kinds.add_parser("list", help=_("all sets, ours and your own"))
    kind.set_defaults(act=sets_commands.sets_list)
    kind = kinds.add_parser("check", help=_("everything wrong in sets, with line and column"))
    kind.add_argument("paths", nargs="*", metavar="PATH", help=_("files or folders (all sets)"))
    kind.set_defaults(act=sets_commands.sets_check)
    kind = kinds.add_parser("show", help=_("the questions of one set"))
    kind.add_argument("set", metavar="SET")
    kind.set_defaults(act=sets_commands.sets_show)
    kind = kinds.add_parser("diff", help=_("what another version of sets would change; nothing is written"))
    kind.add_argument("old", metavar="OLD", help=_("a file or a folder"))
    kind.add_argument("new", metavar="NEW", help=_("the same of the other version"))
    kind.add_argument("--cases", action="store_true", help=_("also which answers on this computer it would touch"))
    _takes_passphrase(kind)
    kind.set_defaults(act=sets_commands.sets_diff)


def _about(verb: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import start_commands

    verb.set_defaults(act=start_commands.about)


def _where(verb: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import start_commands

    verb.set_defaults(act=start_commands.where)


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


def _takes_cases(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("case", nargs="?", metavar="CASE")
    verb.add_argument("--all", action="store_true", help=_("all cases, and those of later"))
    _takes_passphrase(verb)


#: Each verb in the order of the help, with its line there.
SUBCOMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "plain": (N_("line by line, for screen readers, braille displays and pipes"), _plain),
    "cases": (N_("the children on this computer: id, child, meeting, how far, last change"), _cases),
    "import": (N_("take cases from files; prints the id of each"), _import),
    "bundle": (N_("seal a case with its history into one file, for another computer"), _bundle),
    "export": (N_("write a case: a prep sheet for one reader, or all answers as JSON"), _export),
    "check-share": (
        N_("look for private answers in a file before you give it away; ends with 1 if there are any"),
        _check_share,
    ),
    "backups": (N_("earlier copies of a case: list them, or go back to one"), _backups),
    "remove": (N_("remove a case for good, with every earlier copy; asks for the child's name"), _remove),
    "seal": (N_("seal a case, or all cases, with a passphrase; without it nobody can read them again"), _seal),
    "unseal": (N_("take the passphrase off a case, or off all cases"), _unseal),
    "passphrase": (N_("change the passphrase of a case, or the one for all cases"), _passphrase),
    "sets": (N_("the question sets"), _sets),
    "about": (N_("what an IEP is, on one page, to read or print"), _about),
    "where": (N_("which folders it uses"), _where),
}
