"""Commands that write a document (export), and the command that checks one for private text (check-share)."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.cli.commands.command_helpers import (
    EXIT_OK,
    EXIT_USAGE,
    CommandError,
    case_store,
    find_case,
    load_library,
    print_error,
    write_bytes,
)
from iep_tui.core.progress_callback import Cancelled
from iep_tui.core.text_sanitizer import on_one_line
from iep_tui.documents.formats.renderer import BY_NAME, format_of
from iep_tui.i18n import _, ngettext

if TYPE_CHECKING:
    import argparse

    from iep_tui.core.case_model import Case, Meeting

#: Values of --format: every sheet format, and json for all answers.
FORMAT_NAMES = (*BY_NAME, "json")
PAGES = ("sheet", "concerns")


def export(options: argparse.Namespace) -> int:
    """Run `iep-tui export CASE …`."""
    format_name: str | None = options.format
    to_screen = options.out == "-"
    if format_name is None:
        format_name = "md" if to_screen else _format_of(Path(options.out))
    if format_name == "json" and (options.manifest or options.page != "sheet"):
        return _wrong_call(_("--manifest and --page are for a sheet. --format json holds every answer as it is."))
    is_binary = format_name in BY_NAME and not BY_NAME[format_name].is_text
    if to_screen and is_binary and _is_terminal():
        words = _("A screen cannot show the format {format}. Name a file with --out.")
        return _wrong_call(words.format(format=format_name))
    if format_name != "json" and options.history:
        return _wrong_call(_("--history goes with --format json alone: no sheet says what the answers were before."))
    case, meeting = _meeting(options)
    if format_name == "json":
        from iep_tui.store.interchange_format import encode_case

        _write(options.out, encode_case(case, history=options.history), options.force)
        return EXIT_OK
    return _export_sheet(options, format_name, case, meeting)


def _export_sheet(options: argparse.Namespace, format_name: str, case: Case, meeting: Meeting) -> int:
    from iep_tui.core.interview import Interview, adopt_answers
    from iep_tui.services.export import ExportRequest, Unavailable, export, manifest, rendering_text
    from iep_tui.services.jobs import print_progress, run_with_progress

    catalogue = load_library(options.lang).catalogue
    today = datetime.datetime.now().astimezone().date()
    interview = Interview(catalogue, adopt_answers(meeting.answers, catalogue), today)
    record = Path(options.manifest) if options.manifest else None
    if record is not None:
        _check_record_path(record, options)
    if options.out != "-":
        from iep_tui.store.atomic_write import check_target

        check_target(Path(options.out), overwrite=options.force)
    request = ExportRequest(options.reader, options.page, format_name)
    try:
        sheet = run_with_progress(
            lambda step: export(interview, request, today, step), rendering_text(request), print_progress
        )
    except Unavailable as reason:
        raise CommandError(str(reason)) from None
    except Cancelled:
        raise Cancelled(_("Stopped. Nothing was written.")) from None
    _write(options.out, sheet.data, options.force)
    if crowded := [answer.question_id for answer in sheet.left_out if answer.no_room]:
        words = ngettext(
            "{count} answer did not fit on the page, or not all of it: {ids}",
            "{count} answers did not fit on the page, or not all of them: {ids}",
            len(crowded),
        )
        print(f"iep-tui: {on_one_line(words.format(count=len(crowded), ids=', '.join(crowded)))}", file=sys.stderr)
    if record is not None:
        name = "" if options.out == "-" else Path(options.out).name
        data = manifest(sheet, case_id=case.id, meeting_id=meeting.id, file=name, made=today)
        _write(str(record), data, options.force)
    return EXIT_OK


def check_share(options: argparse.Namespace) -> int:
    """Run `iep-tui check-share FILE CASE …`."""
    from iep_tui.core.interview import Interview, adopt_answers
    from iep_tui.documents.privacy.file_text import MAX_CHECKED_BYTES, UnreadableFile, file_text
    from iep_tui.documents.privacy.share_check import find_private_text
    from iep_tui.services.jobs import print_progress, run_with_progress

    _case, meeting = _meeting(options)
    path = Path(options.file)
    looking = _("Looking through {path}.").format(path=on_one_line(path))
    try:
        with path.open("rb") as file:
            data = file.read(MAX_CHECKED_BYTES + 1)
        words = run_with_progress(lambda step: file_text(data, path.name, step), looking, print_progress)
    except UnreadableFile as reason:
        raise CommandError(f"{on_one_line(path)}: {reason}") from None
    except (OSError, ValueError) as error:
        raise CommandError(f"{on_one_line(path)}: {getattr(error, 'strerror', None) or error}") from None
    if not words.strip():
        raise CommandError(
            _("{path}: no words were found in it. Words in pictures cannot be checked.").format(path=path)
        )
    catalogue = load_library(options.lang).catalogue
    today = datetime.datetime.now().astimezone().date()
    interview = Interview(catalogue, adopt_answers(meeting.answers, catalogue), today)
    findings = run_with_progress(
        lambda _step: find_private_text(words, interview, options.reader), looking, print_progress
    )
    if not findings:
        print(_("Nothing private was found in {path}.").format(path=on_one_line(path)))
        return EXIT_OK
    names = {"words": _("words"), "name": _("a name"), "day": _("a day"), "number": _("a number")}
    for finding in findings:
        kinds = ", ".join(names[kind] for kind in finding.kinds)
        print(f"{on_one_line(finding.question_id)}  {on_one_line(finding.label)}  ({kinds})")
    count = len(findings)
    summary = ngettext(
        "{path} contains {count} answer that this reader should not see.",
        "{path} contains {count} answers that this reader should not see.",
        count,
    )
    return print_error(summary.format(count=count, path=path))


def _format_of(path: Path) -> str:
    """Return the format of a file's extension; Markdown for a name without one."""
    if not path.suffix:
        return "md"
    if path.suffix.casefold() == ".json":
        return "json"
    found = format_of(path)
    if found is None:
        words = _("A name that ends in {ending} does not say which format. Add --format and one of: {formats}.")
        raise CommandError(words.format(ending=on_one_line(path.suffix), formats=", ".join(FORMAT_NAMES)))
    return found.name


def _check_record_path(record: Path, options: argparse.Namespace) -> None:
    """Raise CommandError if the record could not be written, before the sheet is written without it."""
    try:
        same = options.out != "-" and record.resolve() == Path(options.out).resolve()
        exists = record.exists()
    except (OSError, RuntimeError, ValueError):
        return  # writing reports the problem
    if same:
        raise CommandError(_("--out and --manifest name the same file."))
    if exists and not options.force:
        raise CommandError(_("There is a file {path} already. It was left as it is.").format(path=on_one_line(record)))


def _meeting(options: argparse.Namespace) -> tuple[Case, Meeting]:
    """Return the requested case and meeting."""
    store = case_store(options)
    case = store.read(find_case(store, options.case))
    meeting = case.meeting(options.meeting) if options.meeting else case.latest
    if meeting is None:
        ids = ", ".join(known.id for known in case.meetings)
        raise CommandError(
            _("This case has no meeting {id}. Its meetings are: {ids}.").format(id=options.meeting, ids=ids)
        )
    return case, meeting


def _write(out: str, data: bytes, force: bool) -> None:
    if out == "-":
        write_bytes(data)
        return
    from iep_tui.store.atomic_write import write_file

    write_file(Path(out), data, overwrite=force)


def _is_terminal() -> bool:
    return sys.stdout.isatty()


def _wrong_call(words: str) -> int:
    print(f"iep-tui: {words}", file=sys.stderr)
    return EXIT_USAGE
