"""The list of children at home: whose case each file is, which meeting, how far."""

from __future__ import annotations

import datetime

import msgspec

from iep_tui.core import interview as ids
from iep_tui.core.interview import Interview, adopt
from iep_tui.core.model import Catalogue
from iep_tui.core.telling import days_words, meeting_words
from iep_tui.language import _
from iep_tui.store.cases import Store, Summary


class Child(msgspec.Struct, frozen=True):
    """One line of the list: whose case it is, which meeting, how far; `trouble` says why it cannot be opened."""

    case_id: str
    name: str
    meeting: str
    progress: str
    trouble: str = ""


def children(store: Store, catalogue: Catalogue, today: datetime.date) -> tuple[Child, ...]:
    """A line for each case, the last changed first. One that cannot be read has its line too."""
    return tuple(_child(summary, catalogue, today) for summary in store.summaries())


def _child(summary: Summary, catalogue: Catalogue, today: datetime.date) -> Child:
    if summary.case is None:
        return Child(summary.id, _("A case that cannot be read"), "", "", summary.trouble)
    answers = adopt(summary.case.latest.answers, catalogue)
    interview = Interview(catalogue, answers, today)
    progress = interview.progress()
    name = answers.of(ids.CHILD_NAME).value
    return Child(
        summary.id,
        name if isinstance(name, str) and name.strip() else _("No name yet"),
        " · ".join(part for part in (meeting_words(interview), days_words(interview)) if part),
        _("{done} of {total} answered").format(done=progress.done, total=progress.total),
    )
