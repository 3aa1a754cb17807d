"""The verbs that carry a case from one computer to another: bundle, and import of what was carried."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.core.answers import Case
from iep_tui.core.merging import Difference, Merged, Place, Side
from iep_tui.core.model import Catalogue, Question
from iep_tui.core.progress import Stopped
from iep_tui.core.text import clean_line
from iep_tui.language import _, ngettext
from iep_tui.store import disk
from iep_tui.store.errors import Missing, Refused, StoreError
from iep_tui.verbs.shared import DONE, Fault, case_store, load_library, on_one_line, say_fault

if TYPE_CHECKING:
    from iep_tui.store.cases import Store

#: How the file of a case in a data folder starts, sealed or not.
_OWN_FILE = b'{"format":"iep-tui/case","schema"'


def bundle(options: argparse.Namespace) -> int:
    """iep-tui bundle CASE --out FILE."""
    from iep_tui.store import bundle as sealing
    from iep_tui.store.files import write_file
    from iep_tui.waiting import to_terminal, wait_for

    store = case_store(options)
    case = store.read(store.find(options.case))
    path = Path(options.out)
    if path.exists() and not options.force:
        raise Fault(_("There is a file {path} already. It was left as it is.").format(path=clean_line(options.out)))
    words = _Passphrase(options.bundle_passphrase_file, twice=True)()
    try:
        data = wait_for(lambda _step: sealing.bundle(case, words), _("The bundle is being sealed."), to_terminal)
    except Stopped:
        raise Stopped(_("Stopped. Nothing was written.")) from None
    write_file(path, data, overwrite=options.force)
    print(_("The bundle is {path}.").format(path=path.resolve()))
    print(_("Tell its passphrase by another way: on the phone or in person, not in the message that carries the file."))
    return DONE


def import_files(options: argparse.Namespace) -> int:
    """iep-tui import FILE…"""
    store = case_store(options)
    catalogue = load_library(options.lang).catalogue
    passphrase = _Passphrase(options.bundle_passphrase_file)
    code = DONE
    for name in options.files:
        try:
            case, is_bundle = _read(Path(name), name, passphrase)
            if case.id in store.ids() and (is_bundle or options.merge):
                _merge(store, case, catalogue, options.keep)
                case_id = case.id
            else:
                case_id = store.add(case)
        except Stopped:
            raise Stopped(_("Stopped. Nothing of {path} was taken in.").format(path=on_one_line(name))) from None
        except OSError as error:
            code = say_fault(f"{name}: {error.strerror}")
            continue
        except (Fault, StoreError) as error:
            code = say_fault(f"{name}: {error}")
            continue
        print(case_id)
        _say_unknown(case, catalogue)
    return code


def _read(path: Path, name: str, passphrase: _Passphrase) -> tuple[Case, bool]:
    """The case in a file, and whether that was a bundle. OSError, StoreError, Fault."""
    from iep_tui.store import bundle
    from iep_tui.store.interchange import MOST_BYTES, decode
    from iep_tui.waiting import to_terminal, wait_for

    reading = _("{path} is being read.").format(path=on_one_line(name))
    if path.exists() and not path.is_file() and not path.is_dir():
        raise Refused(_("This is not an ordinary file."))
    data, _about = disk.read(path, MOST_BYTES)
    if data.startswith(_OWN_FILE):
        raise Refused(
            _("This is a file out of a data folder. Take in what iep-tui bundle or export --format json wrote.")
        )
    if not bundle.is_bundle(data):
        return wait_for(lambda _step: decode(data), reading, to_terminal), False
    if len(data) > bundle.MOST_BYTES:
        raise Refused(_("The file is larger than {count} MB.").format(count=bundle.MOST_BYTES // 1_000_000))
    bundle.check(data)
    words = passphrase(name)
    return wait_for(lambda _step: bundle.unbundle(data, words), reading, to_terminal), True


def _say_unknown(case: Case, catalogue: Catalogue) -> None:
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
        _tell(words.format(count=len(unknown), ids=", ".join(unknown)))


def _tell(words: str) -> None:
    print(f"iep-tui: {words}", file=sys.stderr)


# A copy that comes back


def _merge(store: Store, copy: Case, catalogue: Catalogue, keep: str) -> None:
    from iep_tui.store.rejoining import merge_in

    ask = keep == "ask" and sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
    merged = merge_in(store, copy, catalogue, _asking(catalogue) if ask else _always(keep))
    _tell(merged_words(merged))
    if merged.differences and keep == "ask" and not ask:
        _tell(_("There was nobody to ask, so the answers here were kept. Theirs are among the earlier answers."))


def merged_words(merged: Merged) -> str:
    """What a merge did, in one line for the family."""
    count = len(merged.taken)
    parts = [ngettext("{count} answer was taken over", "{count} answers were taken over", count).format(count=count)]
    if merged.meetings:
        words = ngettext("{count} meeting is new", "{count} meetings are new", merged.meetings)
        parts.append(words.format(count=merged.meetings))
    if merged.differences:
        count = len(merged.differences)
        words = ngettext(
            "{count} answer was changed on both sides", "{count} answers were changed on both sides", count
        )
        parts.append(words.format(count=count))
    return _("The copy is merged: {parts}.").format(parts=", ".join(parts))


def _always(keep: str) -> Callable[[Case, tuple[Difference, ...]], Mapping[Place, Side]]:
    side: Side = "theirs" if keep == "theirs" else "ours"
    return lambda ours, differences: {one.place: side for one in differences}


def _asking(catalogue: Catalogue) -> Callable[[Case, tuple[Difference, ...]], Mapping[Place, Side]]:
    def ask(ours: Case, differences: tuple[Difference, ...]) -> Mapping[Place, Side]:
        count = len(differences)
        words = ngettext(
            "{count} answer was changed here and in the copy. The one you do not take stays among the earlier answers.",
            "{count} answers were changed here and in the copy. Those you do not take stay among the earlier answers.",
            count,
        )
        print(words.format(count=count), file=sys.stderr)
        return {one.place: _ask_one(one, ours, catalogue) for one in differences}

    return ask


def _ask_one(difference: Difference, ours: Case, catalogue: Catalogue) -> Side:
    from iep_tui.core.interview import Interview
    from iep_tui.core.telling import step_words, with_child

    now = datetime.datetime.now().astimezone()
    meeting = ours.meeting(difference.meeting_id) or ours.latest
    interview = Interview(catalogue, meeting.answers, now.date())
    question = catalogue.question(difference.question_id) or Question(
        id=difference.question_id, kind="line", title=difference.question_id, set_id="", line=0
    )
    lines = (
        "",
        with_child(question.title, interview),
        _("1. Here: {answer}").format(answer=step_words(question, difference.ours, interview, now.tzinfo)),
        _("2. In the copy: {answer}").format(answer=step_words(question, difference.theirs, interview, now.tzinfo)),
    )
    for line in lines:
        print(on_one_line(line), file=sys.stderr)
    while True:
        print(_("Which one shall stand? 1 or 2:"), end=" ", file=sys.stderr, flush=True)
        typed = sys.stdin.readline()
        if not typed or typed.strip() == "1":
            return "ours"
        if typed.strip() == "2":
            return "theirs"


# The passphrase of a bundle


class _Passphrase:
    """The passphrase of bundles: from `--bundle-passphrase-file`, or asked on the terminal, `twice` where it is new."""

    def __init__(self, source: str | None, *, twice: bool = False) -> None:
        self._source = source
        self._twice = twice
        self._known = ""

    def __call__(self, name: str = "") -> str:
        """StoreError when there is none to be had. One from a file is read once, and holds for every bundle."""
        from iep_tui import asking

        if self._source is not None:
            self._known = self._known or asking.from_file(self._source)
            return self._known
        if not asking.is_at_terminal():
            raise Missing(_("A bundle needs a passphrase. Give it with --bundle-passphrase-file FILE, or - for stdin."))
        shown = _("Passphrase of {name} (it is not shown): ").format(name=clean_line(name))
        words = asking.typed(shown if name else _("Passphrase for the bundle (it is not shown): "))
        if self._twice and asking.typed(_("The same once more: ")) != words:
            raise StoreError(_("The two are not the same. Nothing was written."))
        return words
