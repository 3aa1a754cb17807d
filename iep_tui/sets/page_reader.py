"""Reader of a page file: a title, an introduction, and sections of paragraphs and lists."""

from __future__ import annotations

from collections.abc import Sequence

from iep_tui.core.question_model import Page, Section
from iep_tui.i18n import _
from iep_tui.sets.front_matter import FrontMatter
from iep_tui.sets.markdown_blocks import SourceBlock, check_words
from iep_tui.sets.problems import Problems, list_text, quoted
from iep_tui.sets.question_body import read_plain

#: Front matter keys of a page; all others are only for question sets.
PAGE_FRONT_KEYS = ("version", "lang", "checked")


def read_page_blocks(blocks: Sequence[SourceBlock], front: FrontMatter, problems: Problems) -> Page | None:
    """Build the page from its blocks; None if it has no title."""
    for key in front.entries:
        if key not in PAGE_FRONT_KEYS:
            message = _("The key {key} belongs to question sets. Remove the line. Keys here: {keys}.")
            problems.add(front.place(key)[0], 1, message.format(key=quoted(key), keys=list_text(PAGE_FRONT_KEYS)))
    title = ""
    parts: list[tuple[str, list[SourceBlock]]] = [("", [])]
    for block in blocks:
        if block.form != "heading" or block.words is None:
            if not title and not problems.full:
                message = _("Words before the title. The line “# Title” comes first, after the front matter.")
                problems.add(block.line, 1, message)
            parts[-1][1].append(block)
            continue
        check_words(block.words, problems)
        if block.level == 1 and not title:
            title = block.words.text
        elif block.level == 2 and block.words.text:
            parts.append((block.words.text, []))
        else:
            message = _("A page has one title, a line “# Title”, and headings “## Heading”. Change this one.")
            problems.add(*block.words.place(0), message)
    sections = [(heading, read_plain(inside, problems)) for heading, inside in parts]
    if not title:
        problems.add(1, 1, _("The page has no title. Start it with a line “# Title”."))
        return None
    return Page(
        title=title,
        intro=sections[0][1],
        sections=tuple(Section(heading, paras) for heading, paras in sections[1:]),
        checked=front.text("checked"),
    )
