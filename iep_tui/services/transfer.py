"""Transfer of a whole case between computers: seal, read, and merge with the local copy."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import msgspec

from iep_tui.core.case_merge import AnswerConflict, AnswerKey, MergeResult, Side
from iep_tui.core.case_model import Case
from iep_tui.core.question_model import Catalogue, Question
from iep_tui.i18n import _, ngettext
from iep_tui.store import disk
from iep_tui.store.errors import FileRefused

#: How the file of a case in a data folder starts, sealed or not.
_OWN_FILE = b'{"format":"iep-tui/case","schema"'
#: Ids of questions that are named in one line.
_MOST_NAMED = 8


class IncomingFile(msgspec.Struct, frozen=True):
    """A file that was carried here, as it was read: a bundle, or all answers in clear as JSON."""

    data: bytes
    is_bundle: bool

    def open(self, passphrase: str = "") -> Case:
        """The case in it; a bundle derives a key, which takes about half a second. WrongPassphrase, StoreError."""
        from iep_tui.store import bundle
        from iep_tui.store.interchange_format import decode_case

        return bundle.decode_bundle(self.data, passphrase) if self.is_bundle else decode_case(self.data)


def typed_path(typed: str) -> Path:
    """The file that was typed or dragged here: terminals put such a name in quotes, or a backslash before blanks."""
    quoted = len(typed) > 1 and typed[0] == typed[-1] and typed[0] in "'\""
    path = Path(typed[1:-1] if quoted else typed)
    if not quoted and "\\ " in typed and not path.exists():
        path = Path(typed.replace("\\ ", " "))
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def read_incoming(path: Path) -> IncomingFile:
    """Read a file that may be a case, and check a bundle as far as that goes without its passphrase.

    OSError; StoreError for what no passphrase could open.
    """
    from iep_tui.store import bundle
    from iep_tui.store.interchange_format import MAX_INTERCHANGE_BYTES

    if path.exists() and not path.is_file() and not path.is_dir():
        raise FileRefused(_("This is not an ordinary file."))
    data, _about = disk.read(path, MAX_INTERCHANGE_BYTES)
    if data.startswith(_OWN_FILE):
        raise FileRefused(
            _("This is a file out of a data folder. Take in what iep-tui bundle or export --format json wrote.")
        )
    if not bundle.is_bundle(data):
        return IncomingFile(data, is_bundle=False)
    if len(data) > bundle.MAX_BUNDLE_BYTES:
        raise FileRefused(_("The file is larger than {count} MB.").format(count=bundle.MAX_BUNDLE_BYTES // 1_000_000))
    bundle.check_bundle(data)
    return IncomingFile(data, is_bundle=True)


def make_bundle(case: Case, passphrase: str) -> bytes:
    """The case with its history as a file that only this passphrase opens.

    It derives a key, which takes about half a second. StoreError.
    """
    from iep_tui.store.bundle import encode_bundle

    return encode_bundle(case, passphrase)


def bundle_name(today: datetime.date) -> str:
    """family-file-2027-03-12.iep: no name of a child in a file's name."""
    return f"family-file-{today.isoformat()}.iep"


# What is said of it


def bundle_intro() -> str:
    """What is said before a bundle gets its passphrase."""
    return _("Everything goes along: all answers, the notes, and what the answers were before. ") + _(
        "The file gets a passphrase of its own. Four words that do not belong together are good."
    )


def already_here_text(name: str) -> str:
    """What is said of a file whose child is here; `name` is what the child is called."""
    words = _(
        "{name} is on this computer already. Merging takes over what is new in the file and drops nothing; "
        "an earlier copy is kept."
    )
    return words.format(name=name)


def bundle_written_lines(path: Path) -> tuple[str, ...]:
    """What is said when a bundle was written, a line each."""
    return (
        _("The bundle is {path}.").format(path=path),
        _("Tell its passphrase by another way: on the phone or in person, not in the message that carries the file."),
    )


def merged_text(merged: MergeResult) -> str:
    """What a merge did, in one line for the family."""
    count = len(merged.taken)
    parts = [ngettext("{count} answer was taken over", "{count} answers were taken over", count).format(count=count)]
    if merged.meetings:
        words = ngettext("{count} meeting is new", "{count} meetings are new", merged.meetings)
        parts.append(words.format(count=merged.meetings))
    if merged.conflicts:
        count = len(merged.conflicts)
        words = ngettext(
            "{count} answer was changed on both sides", "{count} answers were changed on both sides", count
        )
        parts.append(words.format(count=count))
    return _("The copy is merged: {parts}.").format(parts=", ".join(parts))


def conflicts_text(count: int) -> str:
    """What is said before a person chooses between so many answers here and in the copy."""
    words = ngettext(
        "{count} answer was changed here and in the copy. The one you do not take stays among the earlier answers.",
        "{count} answers were changed here and in the copy. Those you do not take stay among the earlier answers.",
        count,
    )
    return words.format(count=count)


def conflicts_left_text(count: int) -> str:
    """How many such answers are still to be chosen."""
    return ngettext("{count} more is to choose.", "{count} more are to choose.", count).format(count=count)


class ConflictSides(msgspec.Struct, frozen=True):
    """One answer that both sides changed: the question, and what each side says, with its day."""

    title: str
    here: str
    there: str


def conflict_sides(
    difference: AnswerConflict, ours: Case, catalogue: Catalogue, now: datetime.datetime
) -> ConflictSides:
    """The difference in words. `ours` is the case here, `now` gives the day and the time zone."""
    from iep_tui.core.interview import Interview
    from iep_tui.core.wording import revision_text, with_child

    meeting = ours.meeting(difference.meeting_id) or ours.latest
    interview = Interview(catalogue, meeting.answers, now.date())
    question = catalogue.question(difference.question_id) or Question(
        id=difference.question_id, kind="line", title=difference.question_id, set_id="", line=0
    )
    return ConflictSides(
        with_child(question.title, interview),
        revision_text(question, difference.ours, interview, now.tzinfo),
        revision_text(question, difference.theirs, interview, now.tzinfo),
    )


def conflict_options(one: ConflictSides, left: int) -> tuple[tuple[str, str], ...]:
    """What a person may choose, name and words: a side for this answer, or for all of the `left` that are to choose."""
    options = (
        ("ours", _("Here: {answer}").format(answer=one.here)),
        ("theirs", _("In the file: {answer}").format(answer=one.there)),
    )
    if left < 2:
        return options
    return (
        *options,
        ("all ours", _("What is here, for all {count}").format(count=left)),
        ("all theirs", _("What is in the file, for all {count}").format(count=left)),
    )


def chosen_side(option: str, left: Sequence[AnswerConflict]) -> dict[AnswerKey, Side]:
    """What an option of `side_options` decides; `left` are the answers to choose, the one it was asked for first."""
    side: Side = "theirs" if option.endswith("theirs") else "ours"
    return {one.place: side for one in (left if option.startswith("all") else left[:1])}


def incoming_options() -> tuple[tuple[str, str], ...]:
    """What may be done with a file of a child who is here already, name and words."""
    return (
        ("merge", _("Merge the two")),
        ("own", _("Keep it as a separate child")),
        ("no", _("Not now")),
    )


def unknown_answers_text(case: Case, catalogue: Catalogue) -> str:
    """Which answers belong to no question here, in one line that names a few; "" when all do."""
    unknown = sorted(
        {
            question_id
            for meeting in case.meetings
            for question_id in meeting.answers
            if catalogue.question(catalogue.current_id(question_id)) is None
        }
    )
    if not unknown:
        return ""
    words = ngettext(
        "{count} answer belongs to no question here; it is kept: {ids}",
        "{count} answers belong to no question here; they are kept: {ids}",
        len(unknown),
    )
    named = ", ".join(unknown[:_MOST_NAMED]) + (" …" if len(unknown) > _MOST_NAMED else "")
    return words.format(count=len(unknown), ids=named)
