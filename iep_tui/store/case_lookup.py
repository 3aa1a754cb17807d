"""Lookup of a case by id, by the start of an id, or by the child's name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from iep_tui.core.case_model import Case
from iep_tui.core.text_sanitizer import clean_line
from iep_tui.i18n import _, ngettext
from iep_tui.store.errors import CaseMissing, StoreError

#: The question that asks for the child's name.
NAME_QUESTION = "child-name"
#: Shorter prefixes of an id are not looked up.
MIN_ID_PREFIX = 3
_MAX_LISTED_IDS = 8


def child_name(case: Case) -> str:
    """Return the child's name on one line, from the latest meeting that has it; "" if none has."""
    for meeting in reversed(case.meetings):
        value = meeting.answers.of(NAME_QUESTION).value
        if isinstance(value, str) and value.strip():
            return clean_line(value).strip()
    return ""


def find(words: str, ids: Sequence[str], names: Callable[[], dict[str, str]]) -> str:
    """Return the only id that `words` can mean.

    An exact id wins; otherwise exactly one case must have an id with that prefix or a child of that name. `names`
    returns the children's names by id, and is called only if needed. StoreError lists the possible ids, never a child's
    name.
    """
    words = words.strip()
    if words in ids:
        return words
    starts = {case_id for case_id in ids if len(words) >= MIN_ID_PREFIX and case_id.startswith(words)}
    named = {case_id for case_id, name in names().items() if _matches_name(name, words)}
    matches = starts | named
    if len(matches) == 1:
        return next(iter(matches))
    shown = clean_line(words)[:80]
    if matches:
        choices = _id_list(sorted(matches))
        line = _("More than one case fits {words}. Please give the id: {choices}.")
        raise StoreError(line.format(words=shown, choices=choices))
    if not ids:
        raise CaseMissing(_("There is no case {words}. There are no cases here yet.").format(words=shown))
    raise CaseMissing(
        _("There is no case {words}. The cases are: {choices}.").format(words=shown, choices=_id_list(ids))
    )


def _matches_name(name: str, words: str) -> bool:
    """Return True if `words` are the full name or its first word, ignoring case and differences in accent encoding."""
    folded_words = _folded(words)
    folded_name = _folded(name)
    return bool(folded_words) and folded_words in (folded_name, folded_name.split(" ", 1)[0])


def same_name(first: str, second: str) -> bool:
    """Return True if two names are equal, ignoring case and differences in accent encoding."""
    return _folded(first) == _folded(second) != ""


def _folded(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", " ".join(unicodedata.normalize("NFKC", text).casefold().split()))


def _id_list(ids: Sequence[str]) -> str:
    more = len(ids) - _MAX_LISTED_IDS
    first = ", ".join(ids[:_MAX_LISTED_IDS])
    if more <= 0:
        return first
    return ngettext("{first} and {count} more", "{first} and {count} more", more).format(first=first, count=more)
