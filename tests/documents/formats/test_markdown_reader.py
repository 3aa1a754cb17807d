"""The Markdown reader: a sheet is read back as the blocks and text that it was written from."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iep_tui.documents import block_tree as tree
from iep_tui.documents import outline_model
from iep_tui.documents.formats.markdown import to_markdown
from iep_tui.documents.formats.markdown_escape import one_line, tidy
from iep_tui.documents.formats.markdown_reader import read_blocks

from .test_markdown import blocks, tables


def run(text: str, strong: bool = False) -> tree.Inlines:
    return (tree.Run(text, strong),) if text else ()


def test_every_block_of_a_sheet() -> None:
    read = read_blocks(
        """\
# Prep sheet: Maya R.

**Note:** one\\
two

> Her *own*

3. a
4. b

   c

- [ ] who?
- \\[ ] no box

| A | B |
|---|---|
| 1 \\| 2 | |

____________________________________________________________
""".replace("*own*", "\\*own\\*"),
        lang="es",
    )
    assert read == tree.Document(
        "Prep sheet: Maya R.",
        "es",
        (
            tree.HeadingBlock(1, run("Prep sheet: Maya R.")),
            tree.ParagraphBlock((tree.Run("Note:", True), tree.Run(" one\ntwo"))),
            tree.QuoteBlock((tree.ParagraphBlock(run("Her *own*")),)),
            tree.ListBlock(
                (
                    tree.ListItem((tree.ParagraphBlock(run("a")),)),
                    tree.ListItem((tree.ParagraphBlock(run("b")), tree.ParagraphBlock(run("c")))),
                ),
                3,
            ),
            tree.ListBlock(
                (
                    tree.ListItem((tree.ParagraphBlock(run("who?")),), True),
                    tree.ListItem((tree.ParagraphBlock(run("[ ] no box")),)),
                )
            ),
            tree.TableBlock((run("A"), run("B")), ((run("1 | 2"), ()),)),
            tree.RuleBlock(),
        ),
    )


def test_no_words_no_title() -> None:
    assert read_blocks("") == tree.Document("", "en", ())


def test_of_a_link_a_picture_and_code_only_the_words_stay() -> None:
    read = read_blocks("[Our *site*](https://a.example) ![a cat](cat.png) `x` <b>b</b>\n\n```sh\nls\n```\n\n<p>hi</p>")
    assert [tree.inlines_text(one.words) for one in read.blocks if isinstance(one, tree.ParagraphBlock)] == [
        "Our site a cat x <b>b</b>",
        "ls",
        "<p>hi</p>",
    ]


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(blocks | tables, max_size=6).map(tuple))
def test_the_tree_has_the_outline_s_blocks_and_words(sheet: tuple[outline_model.OutlineBlock, ...]) -> None:
    expected = tuple(one for block in sheet for one in trees(block))
    assert read_blocks(to_markdown(outline_model.Outline("Prep sheet", "team", sheet))).blocks == expected


def trees(block: outline_model.OutlineBlock) -> Iterable[tree.TreeBlock]:
    """The blocks expected back from a block of an outline."""
    match block:
        case outline_model.Heading(level, text):
            return [tree.HeadingBlock(level, run(one_line(text)))] if one_line(text) else []
        case outline_model.Paragraph(text, label):
            return paragraphs(labelled(label, text))
        case outline_model.Quote(text):
            return [tree.QuoteBlock(tuple(paragraphs(run(tidy(text)))))] if tidy(text) else []
        case outline_model.Bullets(items):
            return listing(map(run, map(tidy, items)))
        case outline_model.Numbered(items):
            return listing(map(run, map(tidy, items)), first=1)
        case outline_model.Checks(items):
            return listing(map(run, map(tidy, items)), box=True)
        case outline_model.Fields(pairs):
            return listing(labelled(*pair) for pair in pairs)
        case outline_model.Entries(entries):
            return listing((joined(labelled(*pair) for pair in one) for one in entries), first=1)
        case outline_model.Table(head, rows):
            return [tree.TableBlock(cells(head), tuple(map(cells, rows)))]
        case outline_model.WritingLines(count):
            return [tree.RuleBlock()] * count


def cells(row: tuple[str, ...]) -> tuple[tree.Inlines, ...]:
    return tuple(run(one_line(cell)) for cell in row)


def labelled(label: str, text: str) -> tree.Inlines:
    label, text = one_line(label), tidy(text)
    if not label:
        return run(text)
    stop = "" if label[-1] in ".:?!…" else ":"
    return run(f"{label}{stop}", True) + run(f" {text}" if text else "")


def joined(many: Iterable[tree.Inlines]) -> tree.Inlines:
    """Several runs of words, a line each."""
    together: list[tree.Run] = []
    for words in filter(None, many):
        if together:
            together.append(tree.Run("\n"))
        together += words
    return merged(together)


def merged(runs: Iterable[tree.Run]) -> tree.Inlines:
    found: list[tree.Run] = []
    for one in runs:
        if found and found[-1].strong == one.strong:
            found[-1] = tree.Run(found[-1].text + one.text, one.strong)
        else:
            found.append(one)
    return tuple(found)


def paragraphs(words: tree.Inlines) -> list[tree.TreeBlock]:
    """Words parted into paragraphs at their blank lines, which stand in plain runs only."""
    parted: list[list[tree.Run]] = [[]]
    for one in words:
        first, *others = one.text.split("\n\n")
        parted[-1].append(tree.Run(first, one.strong))
        parted += [[tree.Run(other, one.strong)] for other in others]
    said = [merged(one for one in runs if one.text) for runs in parted]
    return [tree.ParagraphBlock(one) for one in said if one]


def listing(items: Iterable[tree.Inlines], *, first: int | None = None, box: bool = False) -> list[tree.TreeBlock]:
    said = [tree.ListItem(tuple(paragraphs(words)), box) for words in items if words]
    return [tree.ListBlock(tuple(said), first)] if said else []
