"""Lookup of a case by id, by the start of an id, or by the child's name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from iep_tui.core.case_model import Case
from iep_tui.core.text_sanitizer import clean_line
from iep_tui.i18n import _, ngettext
from iep_tui.store.errors import CaseMissing, StoreError

#: The question that every child's name is the answer to.
NAME_QUESTION = "child-name"
#: The start of an id counts from this many characters.
MIN_ID_PREFIX = 3
_MOST_NAMED = 8


def child_name(case: Case) -> str:
    """The child's name on one line, from the latest meeting that has it; "" when none has."""
    for meeting in reversed(case.meetings):
        value = meeting.answers.of(NAME_QUESTION).value
        if isinstance(value, str) and value.strip():
            return clean_line(value).strip()
    return ""


def find(words: str, ids: Sequence[str], names: Callable[[], dict[str, str]]) -> str:
    """The one id that `words` mean. `names` gives the children's names by id, and is asked only when needed.

    A whole id wins; else there must be exactly one case whose id starts so or whose child is called so. StoreError
    names the ids to choose from, never a child.
    """
    words = words.strip()
    if words in ids:
        return words
    starts = {one for one in ids if len(words) >= MIN_ID_PREFIX and one.startswith(words)}
    named = {one for one, name in names().items() if _is_called(name, words)}
    if len(starts | named) == 1:
        return next(iter(starts | named))
    shown = clean_line(words)[:80]
    if starts | named:
        choices = _listed(sorted(starts | named))
        line = _("More than one case fits {words}. Please give the id: {choices}.")
        raise StoreError(line.format(words=shown, choices=choices))
    if not ids:
        raise CaseMissing(_("There is no case {words}. There are no cases here yet.").format(words=shown))
    raise CaseMissing(_("There is no case {words}. There are: {choices}.").format(words=shown, choices=_listed(ids)))


def _is_called(name: str, words: str) -> bool:
    """Whether `words` are the whole name or its first word, however they are capitalised or their accents made."""
    wanted = _folded(words)
    whole = _folded(name)
    return bool(wanted) and wanted in (whole, whole.split(" ", 1)[0])


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same words, however they are capitalised or their accents made."""
    return _folded(one) == _folded(other) != ""


def _folded(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", " ".join(unicodedata.normalize("NFKC", text).casefold().split()))


def _listed(ids: Sequence[str]) -> str:
    more = len(ids) - _MOST_NAMED
    first = ", ".join(ids[:_MOST_NAMED])
    if more <= 0:
        return first
    return ngettext("{first} and {count} more", "{first} and {count} more", more).format(first=first, count=more)
