"""Outline of a sheet: a format-neutral tree of plain text, never markup."""

from __future__ import annotations

import datetime
from typing import Literal, TypeAlias

import msgspec

from iep_tui.core.question_model import Audience

#: A label and its text. The label may be "".
Pair: TypeAlias = tuple[str, str]


class Heading(msgspec.Struct, frozen=True):
    """`level` 1 is the sheet's title, 2 a section, 3 one question's answer."""

    level: int
    text: str


class Paragraph(msgspec.Struct, frozen=True):
    """Text with its line breaks; a blank line separates two paragraphs. A `label`, if any, comes before it."""

    text: str
    label: str = ""


class Quote(msgspec.Struct, frozen=True):
    """The family's own words, reproduced verbatim."""

    text: str


class Bullets(msgspec.Struct, frozen=True):
    items: tuple[str, ...]


class Numbered(msgspec.Struct, frozen=True):
    items: tuple[str, ...]


class Checks(msgspec.Struct, frozen=True):
    """Items with an empty checkbox."""

    items: tuple[str, ...]


class Table(msgspec.Struct, frozen=True):
    """Each of `rows` has one cell per name in `head`, "" if empty."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Fields(msgspec.Struct, frozen=True):
    """Short facts, one per line."""

    pairs: tuple[Pair, ...]


class Entries(msgspec.Struct, frozen=True):
    """Numbered items of several labeled parts, one part per line: goals, and tables too wide for the page."""

    entries: tuple[tuple[Pair, ...], ...]


class WritingLines(msgspec.Struct, frozen=True):
    """Space for `count` lines of handwriting."""

    count: int


OutlineBlock: TypeAlias = (
    Heading | Paragraph | Quote | Bullets | Numbered | Checks | Table | Fields | Entries | WritingLines
)


#: The prep sheet, or the separate page of parents' concerns, which is always for the team.
PageName: TypeAlias = Literal["sheet", "concerns"]


class LeftOut(msgspec.Struct, frozen=True):
    """One answer left off this sheet, shown to the family only. `reason` is text for display.

    `partly` means that some of it is on the sheet; `no_room` that only the page size keeps it off.
    """

    question_id: str
    title: str
    share: Audience
    reason: str
    partly: bool = False
    no_room: bool = False


class Outline(msgspec.Struct, frozen=True):
    """One sheet for one reader. `title` is also the text of its first heading; `left_out` is never exported.

    `meeting_day` is the day of the meeting, if this reader may know it; the e-mail subject uses it in place of a name.
    `answered_ids` has the ids of the questions whose answers are on the sheet, in the family's version too.
    """

    title: str
    reader: Audience
    blocks: tuple[OutlineBlock, ...]
    left_out: tuple[LeftOut, ...] = ()
    meeting_day: datetime.date | None = None
    answered_ids: tuple[str, ...] = ()
    page: PageName = "sheet"
