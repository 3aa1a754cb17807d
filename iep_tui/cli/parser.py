"""Command-line arguments: one argparse parser per command, built only for the command that is called."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from iep_tui import __version__
from iep_tui.cli.commands.command_helpers import EXIT_USAGE, READERS
from iep_tui.core.text_sanitizer import on_one_line
from iep_tui.i18n import DEFAULT_LANGUAGE, N_, _, is_language


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse a call. `act` of the result is the function to run. Exits with 2 on wrong usage and with 0 after help."""
    name = subcommand_of(arguments)
    # An unknown command, and help without a command, list all commands.
    return build_parser(name if name in SUBCOMMANDS else None).parse_args(arguments)


def subcommand_of(arguments: Sequence[str]) -> str:
    """Return the command of a call, if only --lang precedes it, else ""."""
    rest = list(arguments)
    while rest and (rest[0] == "--lang" or rest[0].startswith("--lang=")):
        del rest[: 2 if rest[0] == "--lang" else 1]
    return rest[0] if rest else ""


class _Formatter(argparse.HelpFormatter):
    """Finds the window's width without shutil, which argparse uses and which imports three compression libraries."""

    def __init__(self, prog: str) -> None:
        try:
            columns = int(os.environ.get("COLUMNS", "0")) or os.get_terminal_size().columns
        except (OSError, ValueError):
            columns = 80
        super().__init__(prog, width=max(columns, 20) - 2)


class _Parser(argparse.ArgumentParser):
    """Reports wrong usage in one line, with a pointer to the help."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(**rest, formatter_class=_Formatter)

    def error(self, message: str) -> NoReturn:
        print(f"iep-tui: {on_one_line(message)}", file=sys.stderr)
        print(_("See {command}").format(command=f"{self.prog} --help"), file=sys.stderr)
        sys.exit(EXIT_USAGE)


def build_parser(command: str | None = None) -> argparse.ArgumentParser:
    """Build the parser for one command, or for all commands."""
    parser = _Parser(
        prog="iep-tui",
        description=_(
            "Get ready for a school meeting about a child's IEP. Without a command it opens in the terminal."
        ),
        epilog=_(
            "CASE is an id, the start of one, or the child's name when it is the only one. "
            "IEP_TUI_HOME names another folder for the answers."
        ),
    )
    parser.add_argument("--version", action="version", version=f"iep-tui {__version__}")
    parser.add_argument(
        "--lang", type=_language, default=DEFAULT_LANGUAGE, help=_("the language of the questions (default: en)")
    )
    parser.add_argument("--plain", action="store_true", help=_("line by line, like the command plain"))
    parser.set_defaults(act=_open)
    subparsers = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), parser_class=_Parser)
    for name in SUBCOMMANDS if command is None else (command,):
        words, build = SUBCOMMANDS[name]
        build(subparsers.add_parser(name, help=_(words)))
    return parser


def _language(text: str) -> str:
    """Check the value of --lang. It becomes part of a path, so only a language code is allowed."""
    if not is_language(text):
        raise argparse.ArgumentTypeError(_("a language is a code such as en or es"))
    return text


def _open(options: argparse.Namespace) -> int:
    from iep_tui.cli.commands import start_commands

    return start_commands.plain(options) if options.plain else start_commands.open_program(options.lang)


# One function per command, which imports its implementation only when called.


def _plain(command: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import start_commands

    command.add_argument("case", nargs="?", metavar="CASE")
    command.set_defaults(act=start_commands.plain)


def _cases(command: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import case_commands

    command.add_argument("--json", action="store_true", help=_("as JSON, for programs"))
    _takes_passphrase(command)
    command.set_defaults(act=case_commands.cases)


def _import(command: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import transfer_commands

    command.add_argument("files", nargs="+", metavar="FILE", help=_("all answers as JSON, or a bundle"))
    command.add_argument(
        "--merge", action="store_true", help=_("merge JSON into the case of its id (bundles always do)")
    )
    sides = ("ask", "ours", "theirs")
    words = _("which answer to keep where both sides changed it; the other goes to the earlier answers (default: ask)")
    command.add_argument("--keep", choices=sides, default="ask", help=words)
    command.add_argument(
        "--bundle-passphrase-file",
        metavar="FILE",
        help=_("the passphrase of bundles, - for stdin (default: ask for it)"),
    )
    _takes_passphrase(command)
    command.set_defaults(act=transfer_commands.import_files)


def _bundle(command: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import transfer_commands

    command.add_argument("case", metavar="CASE")
    command.add_argument("--out", metavar="FILE", required=True, help=_("the file to write"))
    command.add_argument("--force", action="store_true", help=_("overwrite an existing file"))
    command.add_argument(
        "--bundle-passphrase-file", metavar="FILE", help=_("its passphrase, - for stdin (default: ask for it)")
    )
    _takes_passphrase(command)
    command.set_defaults(act=transfer_commands.bundle)


def _export(command: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import export_commands

    command.add_argument("case", metavar="CASE")
    command.add_argument(
        "--for", dest="reader", choices=READERS, default="team", help=_("who will read it (default: team)")
    )
    command.add_argument(
        "--format",
        choices=export_commands.FORMAT_NAMES,
        help=_("file format (default: taken from the file name, otherwise md)"),
    )
    pages = _("the whole sheet, or the parents' concerns")
    command.add_argument("--page", choices=export_commands.PAGES, default="sheet", help=pages)
    command.add_argument("--meeting", metavar="ID", help=_("use this meeting instead of the latest one"))
    command.add_argument(
        "--out", metavar="FILE", default="-", help=_("the file to write, - for the screen (default: -)")
    )
    command.add_argument("--history", action="store_true", help=_("JSON alone: also what the answers were before"))
    command.add_argument(
        "--manifest", metavar="FILE", help=_("also write, for yourself, what is in it and what is not")
    )
    command.add_argument("--force", action="store_true", help=_("overwrite an existing file"))
    _takes_passphrase(command)
    command.set_defaults(act=export_commands.export)


def _check_share(command: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import export_commands

    command.add_argument("file", metavar="FILE", help=_("Markdown, text, web page, Word, PDF or e-mail"))
    command.add_argument("case", metavar="CASE")
    command.add_argument(
        "--for", dest="reader", choices=READERS, default="team", help=_("who will read it (default: team)")
    )
    command.add_argument("--meeting", metavar="ID", help=_("use this meeting instead of the latest one"))
    _takes_passphrase(command)
    command.set_defaults(act=export_commands.check_share)


def _backups(command: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import case_commands

    command.add_argument("case", metavar="CASE")
    command.set_defaults(act=case_commands.backups_list)
    subcommands = command.add_subparsers(metavar=_("COMMAND"), parser_class=_Parser)
    subcommand = subcommands.add_parser("list", help=_("number and time of each, the newest first"))
    subcommand.set_defaults(act=case_commands.backups_list)
    _takes_passphrase(subcommand, default=argparse.SUPPRESS)
    subcommand = subcommands.add_parser("restore", help=_("go back to one; the current state is kept as a copy too"))
    subcommand.add_argument("number", type=int, metavar="N")
    _takes_passphrase(subcommand, default=argparse.SUPPRESS)
    subcommand.set_defaults(act=case_commands.backups_restore)
    _takes_passphrase(command)


def _remove(command: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import case_commands

    command.add_argument("case", metavar="CASE")
    command.add_argument("--yes-remove", metavar="NAME", help=_("the child's name, or the id, instead of being asked"))
    _takes_passphrase(command)
    command.set_defaults(act=case_commands.remove)


def _seal(command: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import passphrase_commands

    _takes_cases(command)
    command.set_defaults(act=passphrase_commands.seal)


def _unseal(command: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import passphrase_commands

    _takes_cases(command)
    command.set_defaults(act=passphrase_commands.unseal)


def _passphrase(command: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import passphrase_commands

    _takes_cases(command)
    command.add_argument("--new-passphrase-file", metavar="FILE", help=_("the new one, in the same way"))
    command.add_argument("--new-recovery-key", action="store_true", help=_("make a new recovery key too"))
    command.set_defaults(act=passphrase_commands.passphrase)


def _sets(command: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import sets_commands

    command.set_defaults(act=sets_commands.sets_list)
    subcommands = command.add_subparsers(metavar=_("COMMAND"), parser_class=_Parser)
    subcommand = subcommands.add_parser("list", help=_("all sets, ours and your own"))
    subcommand.set_defaults(act=sets_commands.sets_list)
    subcommand = subcommands.add_parser("check", help=_("everything wrong in sets, with line and column"))
    subcommand.add_argument("paths", nargs="*", metavar="PATH", help=_("files or folders (default: all sets)"))
    subcommand.set_defaults(act=sets_commands.sets_check)
    subcommand = subcommands.add_parser("show", help=_("the questions of one set"))
    subcommand.add_argument("set", metavar="SET")
    subcommand.set_defaults(act=sets_commands.sets_show)
    subcommand = subcommands.add_parser(
        "diff", help=_("preview the changes of another version of sets; nothing is written")
    )
    subcommand.add_argument("old", metavar="OLD", help=_("a file or a folder"))
    subcommand.add_argument("new", metavar="NEW", help=_("the same for the other version"))
    subcommand.add_argument(
        "--cases", action="store_true", help=_("also which answers on this computer it would affect")
    )
    _takes_passphrase(subcommand)
    subcommand.set_defaults(act=sets_commands.sets_diff)


def _about(command: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import start_commands

    command.set_defaults(act=start_commands.about)


def _where(command: argparse.ArgumentParser) -> None:
    from iep_tui.cli.commands import start_commands

    command.set_defaults(act=start_commands.where)


def _takes_passphrase(command: argparse.ArgumentParser, default: str | None = None) -> None:
    """Add --passphrase-file. The passphrase itself is never an argument, since other users can see those.

    A nested command passes SUPPRESS as `default`, so that it does not override the option given before it.
    """
    command.add_argument(
        "--passphrase-file",
        metavar="FILE",
        default=default,
        help=_(
            "read the passphrase of sealed cases from the first line of a file, - for standard input (default: ask)"
        ),
    )


def _takes_cases(command: argparse.ArgumentParser) -> None:
    command.add_argument("case", nargs="?", metavar="CASE")
    command.add_argument("--all", action="store_true", help=_("all cases, including those created later"))
    _takes_passphrase(command)


#: Each command in help order, with its help line and the function that adds its arguments.
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
