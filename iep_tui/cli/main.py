"""Entry point of the command line: dispatches a command and maps errors to exit codes.

Exit codes: 0 success; 1 bad input, with one line on stderr; 2 wrong usage; 130 stopped by the user.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from iep_tui.cli.commands.command_helpers import EXIT_OK, CommandError, print_cancelled, print_error
from iep_tui.core.progress_callback import Cancelled
from iep_tui.i18n import DEFAULT_LANGUAGE, _, is_language, use_language
from iep_tui.store.errors import StoreError

#: New objects until Python looks for circles of them. A verb makes fewer; one that makes many is still tidied up after.
_LOOK_AFTER = 50_000


def run() -> NoReturn:
    """One call of the program from the command line, to the end of its process.

    Python would take every module and object apart before it goes, which takes longer than many a verb. Where nobody
    waits for that (a thread, what was asked for at exit), the system takes it all back at once.
    """
    gc.set_threshold(_LOOK_AFTER)
    code = main()
    threads = sys.modules.get("threading")
    if (threads is not None and threads.active_count() > 1) or atexit._ncallbacks():
        sys.exit(code)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(code)
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one call of `iep-tui`; the exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    use_language(_language_of(arguments))
    _leave_no_traces()
    _open_streams()
    try:
        code = _act(arguments)
        sys.stdout.flush()
        return code
    except (CommandError, StoreError) as fault:
        return print_error(str(fault))
    except BrokenPipeError:
        # Whoever read our output (head, less) has enough.
        _write_no_more()
        return EXIT_OK
    except OSError as error:
        _write_no_more()
        return print_error(_("This did not work: {reason}.").format(reason=error.strerror or error))
    except Cancelled as stopped:
        return print_cancelled(str(stopped))
    except KeyboardInterrupt:
        return print_cancelled("")


def _act(arguments: Sequence[str]) -> int:
    if not arguments:  # nothing to read, so what reads calls is not loaded
        from iep_tui.cli.commands import start_commands

        return start_commands.open_program()
    from iep_tui.cli.fast_import import load_msgspec

    load_msgspec()
    from iep_tui.cli.parser import parse_arguments

    options = parse_arguments(arguments)
    code: int = options.act(options)
    return code


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
    return wanted if is_language(wanted) else DEFAULT_LANGUAGE


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


if __name__ == "__main__":
    run()
