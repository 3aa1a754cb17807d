"""Markdown sheets: the blocks of the outline and no others, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iep_tui.documents.formats.markdown import to_markdown
from iep_tui.documents.formats.markdown_escape import one_line, tidy
from iep_tui.documents.sheets.sheet_builder import (
    Bullets,
    Checks,
    Entries,
    Fields,
    Heading,
    Numbered,
    Outline,
    OutlineBlock,
    Paragraph,
    Quote,
    Table,
    WritingLines,
)

from ..hostile_strategies import lines, texts
from ..markdown_parsers import BOX, DIALECTS, PLAIN, STRONG, WITH_BOXES, Tree, read_back


def markdown(*blocks: OutlineBlock) -> str:
    return to_markdown(Outline("Prep sheet", "team", blocks))


def test_each_block_reads_well_as_it_stands() -> None:
    assert (
        markdown(
            Heading(1, "Prep sheet: Maya R."),
            Paragraph("The yearly review · 2:30 pm"),
            Fields((("Grade", "Third grade"), ("", "no label"), ("Where?", "Room 4"))),
            Quote("One line\nand another.\n\nA paragraph."),
            Numbered(("A calm way back", "Art")),
            Entries(((("The need", "Reading"), ("By when", "10 March 2028")), (("The need", "Writing"),))),
            Checks(("Who goes\nto the library?",)),
            Table(("Service", "Minutes"), (("Speech", "30"), ("Reading | writing", ""))),
            Paragraph("Ask her aunt.", "Our note"),
            WritingLines(2),
        )
        == """\
# Prep sheet: Maya R.

The yearly review · 2:30 pm

- **Grade:** Third grade
- no label
- **Where?** Room 4

> One line\\
> and another.
>
> A paragraph.

1. A calm way back
2. Art

1) **The need:** Reading\\
   **By when:** 10 March 2028
2) **The need:** Writing

- [ ] Who goes\\
  to the library?

| Service            | Minutes |
| ------------------ | ------- |
| Speech             | 30      |
| Reading \\| writing |         |

**Our note:** Ask her aunt.

____________________________________________________________

____________________________________________________________
"""
    )


def test_two_lists_in_a_row_stay_two() -> None:
    written = markdown(Bullets(("a",)), Bullets(("b",)), Bullets(("c",)))
    assert written == "- a\n\n* b\n\n- c\n"
    assert [name for name, _words in read_back(written, "commonmark")] == ["ul", "ul", "ul"]


def test_what_says_nothing_leaves_no_trace() -> None:
    empty = (
        Heading(2, " "),
        Paragraph("\n"),
        Quote(""),
        Bullets(("", " ")),
        Fields((("", ""),)),
        Table((), ()),
        Checks(("",)),
    )
    assert markdown(Paragraph("a"), *empty, Paragraph("b")) == "a\n\nb\n"


pairs = st.tuples(lines, texts)
blocks: st.SearchStrategy[OutlineBlock] = st.one_of(
    st.builds(Heading, st.integers(1, 3), texts),
    st.builds(Paragraph, texts, lines | st.just("")),
    st.builds(Quote, texts),
    st.builds(Bullets, st.lists(texts, max_size=3).map(tuple)),
    st.builds(Numbered, st.lists(texts, max_size=12).map(tuple)),
    st.builds(Checks, st.lists(texts, max_size=3).map(tuple)),
    st.builds(Fields, st.lists(pairs, max_size=3).map(tuple)),
    st.builds(Entries, st.lists(st.lists(pairs, max_size=3).map(tuple), max_size=3).map(tuple)),
    st.builds(WritingLines, st.integers(1, 3)),
)
tables = st.integers(1, 4).flatmap(
    lambda many: st.builds(
        Table,
        st.tuples(*[texts] * many),
        st.lists(st.tuples(*[texts] * many), max_size=3).map(tuple),
    )
)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_words_change_the_blocks_of_a_sheet(dialect: str) -> None:
    kinds = blocks if dialect == "commonmark" else blocks | tables

    @settings(max_examples=60, deadline=None)
    @given(st.lists(kinds, max_size=6).map(tuple))
    def holds(sheet: tuple[OutlineBlock, ...]) -> None:
        expected = [tree for block in sheet for tree in trees(block, BOX if dialect == WITH_BOXES else "[ ]")]
        assert read_back(markdown(*sheet), dialect) == expected

    holds()


def trees(block: OutlineBlock, box: str) -> list[Tree]:
    """The blocks expected back from a block of an outline."""
    match block:
        case Heading(level, text):
            return [(f"h{level}", one_line(text))] if one_line(text) else []
        case Paragraph(text, label):
            return paragraphs(labelled(label, text))
        case Quote(text):
            return [("quote", [paragraphs(tidy(text))])] if tidy(text) else []
        case Bullets(items):
            return listed("ul", [tidy(item) for item in items])
        case Numbered(items):
            return listed("ol", [tidy(item) for item in items])
        case Checks(items):
            return listed("ul", [f"{box} {tidy(item)}" if tidy(item) else "" for item in items])
        case Fields(fields):
            return listed("ul", [labelled(*pair) for pair in fields])
        case Entries(entries):
            return listed("ol", ["\n".join(filter(None, (labelled(*pair) for pair in one))) for one in entries])
        case Table(head, rows):
            return [("table", [[one_line(cell) for cell in row] for row in (head, *rows)])]
        case WritingLines(count):
            return [("hr", "")] * count


def labelled(label: str, text: str) -> str:
    label, text = one_line(label), tidy(text)
    if not label:
        return text
    stop = "" if label[-1] in ".:?!…" else ":"
    return f"{STRONG}{label}{stop}{PLAIN} {text}".rstrip()


def paragraphs(text: str) -> list[Tree]:
    return [("p", one) for one in text.split("\n\n") if one]


def listed(name: str, items: list[str]) -> list[Tree]:
    said = [paragraphs(item) for item in items if item]
    return [(name, said)] if said else []
