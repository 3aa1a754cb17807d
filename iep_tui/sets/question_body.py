"""Body of a question: help, example answers, choices or columns."""

from __future__ import annotations

from typing import Literal

import msgspec

from iep_tui.core.kinds.base import BodyMark
from iep_tui.core.question_model import Choice, Column, RichParagraph
from iep_tui.i18n import _
from iep_tui.sets.choices_and_columns import is_choices, list_mark, read_choices, read_columns
from iep_tui.sets.markdown_blocks import PlacedText, SourceBlock, check_paragraph, is_lost_body, paragraph, start_of
from iep_tui.sets.problems import Problems


class QuestionBody(msgspec.Struct):
    """The parts read so far. `mark` is the markup of the choices or columns; an error in them turns `good` False."""

    help: list[RichParagraph] = []
    examples: list[str] = []
    choices: list[Choice] = []
    columns: list[Column] = []
    mark: BodyMark = ""
    good: bool = True


def read_intro(blocks: list[SourceBlock], problems: Problems) -> tuple[RichParagraph, ...]:
    """Read the introduction of a set: paragraphs and lists without choices."""
    body = QuestionBody()
    for block in blocks:
        if block.form in ("quote", "table") or (block.form == "list" and is_choices(block)):
            message = _("Examples, choices and tables belong to a question. Move this below its ## heading.")
            problems.add(*start_of(block), message)
        else:
            _read_plain(block, body, problems)
    return tuple(body.help)


def read_plain(blocks: list[SourceBlock], problems: Problems) -> tuple[RichParagraph, ...]:
    """Read paragraphs and lists; report anything else."""
    body = QuestionBody()
    for block in blocks:
        _read_plain(block, body, problems)
    return tuple(body.help)


def read_body(blocks: list[SourceBlock], problems: Problems, *, by_line: bool) -> QuestionBody:
    """Read everything under a question. `by_line` keeps the lines of an example, one list entry each."""
    body = QuestionBody()
    for block in blocks:
        if block.form == "quote":
            body.examples.append(_example(block, problems, by_line))
        elif block.form == "table":
            if _claim_answer_form(body, block, problems):
                body.mark = "table"
                columns, good = read_columns(block, problems)
                body.columns.extend(columns)
                body.good &= good
        elif block.form == "list" and is_choices(block):
            if _claim_answer_form(body, block, problems):
                body.mark = list_mark(block)
                choices, good = read_choices(block, problems)
                body.choices.extend(choices)
                body.good &= good
        else:
            _read_plain(block, body, problems)
    return body


def _claim_answer_form(body: QuestionBody, block: SourceBlock, problems: Problems) -> bool:
    if not body.mark:
        return True
    message = _("A question has one list of choices or one table. Make a question of its own of this one.")
    problems.add(*start_of(block), message)
    body.good = False
    return False


def _read_plain(block: SourceBlock, body: QuestionBody, problems: Problems) -> None:
    if block.form == "para" and block.words is not None:
        # A question that lost its choices or table would ask something else.
        body.good &= not is_lost_body(block.words)
        check_paragraph(block.words, problems)
        body.help.append(paragraph(block.words))
    elif block.form == "list":
        for item in block.items:
            form: Literal["para", "item", "step"] = "step" if block.ordered else "item"
            for part in item:
                if part.words is None or part.form != "para":
                    _report_unexpected(part, problems, inside=True)
                    continue
                check_paragraph(part.words, problems)
                body.help.append(paragraph(part.words, form))
                form = "para"
    else:
        _report_unexpected(block, problems, inside=False)


def _report_unexpected(block: SourceBlock, problems: Problems, *, inside: bool) -> None:
    block_name = {
        "heading": _("a heading"),
        "list": _("a list"),
        "quote": _("a quote"),
        "table": _("a table"),
        "rule": _("a line across the page"),
    }.get(block.form, _("this kind of block"))
    if inside:
        message = _("A list or a quote cannot contain {found} here. Put it on its own, after an empty line.")
    else:
        message = _("A set cannot contain {found} here. Remove it.")
    problems.add(*start_of(block), message.format(found=block_name))


def _example(quote: SourceBlock, problems: Problems, by_line: bool) -> str:
    parts: list[str] = []
    for block in quote.blocks:
        if block.form == "para" and block.words is not None:
            check_paragraph(block.words, problems)
            parts.append(_plain_text(block.words, by_line))
            continue
        if block.form != "list":
            _report_unexpected(block, problems, inside=True)
            continue
        entries: list[str] = []
        for part in (part for item in block.items for part in item):
            if part.form == "para" and part.words is not None:
                check_paragraph(part.words, problems)
                entries.append(part.words.text)
            else:
                _report_unexpected(part, problems, inside=True)
        parts.append("\n".join(entries))
    return "\n\n".join(parts)


def _plain_text(words: PlacedText, by_line: bool) -> str:
    if not by_line:
        return words.text
    text = "".join(span.text for span in words.spans)
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))
