"""Outline of a sheet: a neutral tree whose texts are plain words, never markup."""

from __future__ import annotations

import datetime
from typing import Literal, TypeAlias

import msgspec

from iep_tui.core.question_model import Audience

#: A label and what stands beside it. A label may be "", then only the words stand there.
Pair: TypeAlias = tuple[str, str]


class Heading(msgspec.Struct, frozen=True):
    """`level` 1 is the sheet's title, 2 a section, 3 one question's answer."""

    level: int
    text: str


class Paragraph(msgspec.Struct, frozen=True):
    """Words with their line breaks; a blank line parts two paragraphs. `label`, if any, stands before them."""

    text: str
    label: str = ""


class Quote(msgspec.Struct, frozen=True):
    """The family's own words, to be copied as they are."""

    text: str


class Bullets(msgspec.Struct, frozen=True):
    items: tuple[str, ...]


class Numbered(msgspec.Struct, frozen=True):
    items: tuple[str, ...]


class Checks(msgspec.Struct, frozen=True):
    """Lines with an empty box before them, to tick off."""

    items: tuple[str, ...]


class Table(msgspec.Struct, frozen=True):
    """`rows` have a cell for each name in `head`, "" where nothing was said."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Fields(msgspec.Struct, frozen=True):
    """Short facts, one a line."""

    pairs: tuple[Pair, ...]


class Entries(msgspec.Struct, frozen=True):
    """Things of several parts each, numbered, a labelled line a part: goals, and tables too wide for the page."""

    entries: tuple[tuple[Pair, ...], ...]


class WritingLines(msgspec.Struct, frozen=True):
    """Room for `count` lines of handwriting."""

    count: int


OutlineBlock: TypeAlias = (
    Heading | Paragraph | Quote | Bullets | Numbered | Checks | Table | Fields | Entries | WritingLines
)


#: The prep sheet, or the parents' concerns as a page of their own, which is always for the team.
PageName: TypeAlias = Literal["sheet", "concerns"]


class LeftOut(msgspec.Struct, frozen=True):
    """One answer that is not on this sheet, for the family's own eyes. `reason` is words for a person.

    `partly` says that some of it is there; `no_room` that nothing but the size of the page keeps it off.
    """

    question_id: str
    title: str
    share: Audience
    reason: str
    partly: bool = False
    no_room: bool = False


class Outline(msgspec.Struct, frozen=True):
    """One sheet for one reader. `title` is also the text of its first heading; `left_out` is never handed out.

    `meeting_day` is the day of the meeting, where this reader may know it: the subject of an e-mail has no name.
    `told` are the ids of the questions whose answers are on it, for the family too.
    """

    title: str
    reader: Audience
    blocks: tuple[OutlineBlock, ...]
    left_out: tuple[LeftOut, ...] = ()
    meeting_day: datetime.date | None = None
    told: tuple[str, ...] = ()
    page: PageName = "sheet"
