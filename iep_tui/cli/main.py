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

#: Allocations before the first garbage collection. Most commands stay below it, so they never pay for one.
_GC_THRESHOLD = 50_000


def run() -> NoReturn:
    """Run the program and end the process with its exit code.

    Python's teardown of modules and objects takes longer than many commands, so it is skipped unless a thread or an
    atexit function depends on it.
    """
    gc.set_threshold(_GC_THRESHOLD)
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
    """Run one call of `iep-tui` and return its exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    use_language(_language_of(arguments))
    _leave_no_traces()
    _open_streams()
    try:
        code = _dispatch(arguments)
        sys.stdout.flush()
        return code
    except (CommandError, StoreError) as error:
        return print_error(str(error))
    except BrokenPipeError:
        # The reader of our output (head, less) has closed it.
        _discard_stdout()
        return EXIT_OK
    except OSError as error:
        _discard_stdout()
        return print_error(_("This did not work: {reason}.").format(reason=error.strerror or error))
    except Cancelled as cancelled:
        return print_cancelled(str(cancelled))
    except KeyboardInterrupt:
        return print_cancelled("")


def _dispatch(arguments: Sequence[str]) -> int:
    if not arguments:  # no arguments, so the parser is not imported
        from iep_tui.cli.commands import start_commands

        return start_commands.open_program()
    from iep_tui.cli.fast_import import load_msgspec

    load_msgspec()
    from iep_tui.cli.parser import parse_arguments

    options = parse_arguments(arguments)
    code: int = options.act(options)
    return code


def _open_streams() -> None:
    """Make stdout and stderr accept every character, and replace them if the caller closed them."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.devnull, "w"), encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _discard_stdout() -> None:
    """Send pending output of stdout to the null device, including the flush at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _language_of(arguments: Sequence[str]) -> str:
    """Return the language of --lang. It is needed before argparse runs, since the help is translated."""
    language = DEFAULT_LANGUAGE
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            language = argument.partition("=")[2]
        elif argument == "--lang" and place + 1 < len(arguments):
            language = arguments[place + 1]
    return language if is_language(language) else DEFAULT_LANGUAGE


def _leave_no_traces() -> None:
    """Keep answers out of logs and crash dumps.

    Textual logs every key to the file in TEXTUAL_LOG and saves screenshots to a folder of its choice; a core dump holds
    all answers in memory.
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
