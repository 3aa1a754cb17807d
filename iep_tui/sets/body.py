"""What stands under a question: its help, its example answers, its choices or its columns."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from iep_tui.core.model import CHILD, COLUMN_KINDS, Choice, Column, ColumnKind, Para
from iep_tui.language import _
from iep_tui.sets.problems import Problems, did_you_mean, quoted, words
from iep_tui.sets.values import id_trouble, slug
from iep_tui.sets.words import Block, Words, check_paragraph, check_words, is_lost_body, paragraph

#: What a choice starts with, ticked or badly spaced too; a Markdown link `[x](…)` is none.
_MARK = re.compile(r"(?:\(\s*[xX*]?\s*\)|\[\s*[xX*]?\s*\])(?!\()")
_BRACED_END = re.compile(r"\s*\{([^{}]*)\}\s*$")
_OWN_WORDS = re.compile(r"\s*:\s*_{4,}\s*$")
_ANY_BLANK = re.compile(r"__+")


class Body(msgspec.Struct):
    """What was read so far. `good` turns False with any mistake in the choices or the columns."""

    help: list[Para] = []
    examples: list[str] = []
    choices: list[Choice] = []
    columns: list[Column] = []
    shown: Literal["", "one", "several", "table"] = ""
    good: bool = True


def read_intro(blocks: list[Block], problems: Problems) -> tuple[Para, ...]:
    """Paragraphs and lists that are nothing but words: the introduction of a set."""
    body = Body()
    for block in blocks:
        if block.form in ("quote", "table") or (block.form == "list" and _is_choices(block)):
            message = _("Examples, choices and tables belong to a question. Move this below its ## heading.")
            problems.tell(*_place(block), message)
        else:
            _read_plain(block, body, problems)
    return tuple(body.help)


def read_body(blocks: list[Block], problems: Problems, *, by_line: bool) -> Body:
    """Everything under a question. `by_line`: the lines of an example stay lines, an entry of a list each."""
    body = Body()
    for block in blocks:
        if block.form == "quote":
            body.examples.append(_example(block, problems, by_line))
        elif block.form == "table":
            if _is_first(body, block, problems):
                body.shown = "table"
                _read_columns(block, body, problems)
        elif block.form == "list" and _is_choices(block):
            if _is_first(body, block, problems):
                body.shown = "several" if _list_mark(block).startswith("[") else "one"
                _read_choices(block, body, problems)
        else:
            _read_plain(block, body, problems)
    return body


def _is_first(body: Body, block: Block, problems: Problems) -> bool:
    if not body.shown:
        return True
    message = _("A question has one list of choices or one table. Make a question of its own of this one.")
    problems.tell(*_place(block), message)
    body.good = False
    return False


def _place(block: Block) -> tuple[int, int]:
    """Where the words of a block start, else its line."""
    if block.words is not None:
        return block.words.place(0)
    inside = next((part for item in block.items for part in item), None) or next(iter(block.blocks), None)
    if inside is not None:
        line, column = _place(inside)
        return (line, column) if line == block.line else (block.line, 1)
    return block.head[0].place(0) if block.head else (block.line, 1)


def _read_plain(block: Block, body: Body, problems: Problems) -> None:
    if block.form == "para" and block.words is not None:
        # Without its choices or its table the question would be another one.
        body.good &= not is_lost_body(block.words)
        check_paragraph(block.words, problems)
        body.help.append(paragraph(block.words))
    elif block.form == "list":
        for item in block.items:
            form: Literal["para", "item", "step"] = "step" if block.ordered else "item"
            for part in item:
                if part.words is None or part.form != "para":
                    _tell_strange(part, problems, inside=True)
                    continue
                check_paragraph(part.words, problems)
                body.help.append(paragraph(part.words, form))
                form = "para"
    else:
        _tell_strange(block, problems, inside=False)


def _tell_strange(block: Block, problems: Problems, *, inside: bool) -> None:
    found = {
        "heading": _("a heading"),
        "list": _("a list"),
        "quote": _("a quote"),
        "table": _("a table"),
        "rule": _("a line across the page"),
    }.get(block.form, _("something a set cannot hold"))
    if inside:
        message = _("Inside a list or a quote stands {found}. Put it on its own, after an empty line.")
    else:
        message = _("Here stands {found}, which a set does not use. Take it out.")
    problems.tell(*_place(block), message.format(found=found))


def _example(quote: Block, problems: Problems, by_line: bool) -> str:
    parts: list[str] = []
    for block in quote.blocks:
        if block.form == "para" and block.words is not None:
            check_paragraph(block.words, problems)
            parts.append(_plain(block.words, by_line))
            continue
        if block.form != "list":
            _tell_strange(block, problems, inside=True)
            continue
        entries: list[str] = []
        for part in (part for item in block.items for part in item):
            if part.form == "para" and part.words is not None:
                check_paragraph(part.words, problems)
                entries.append(part.words.text)
            else:
                _tell_strange(part, problems, inside=True)
        parts.append("\n".join(entries))
    return "\n\n".join(parts)


def _plain(words: Words, by_line: bool) -> str:
    if not by_line:
        return words.text
    whole = "".join(span.text for span in words.spans)
    return "\n".join(" ".join(line.split()) for line in whole.split("\n"))


# Choices: - ( ) Label {value}


def _is_choices(block: Block) -> bool:
    return any(
        _MARK.match(first.raw) or ((end := _BRACED_END.search(first.raw)) and end[0].strip() != CHILD)
        for first in map(_first_words, block.items)
        if first is not None
    )


def _first_words(item: tuple[Block, ...]) -> Words | None:
    return item[0].words if item and item[0].form == "para" else None


def _list_mark(block: Block) -> str:
    """The mark of the first choice that has one."""
    for words_ in map(_first_words, block.items):
        mark = _MARK.match(words_.raw) if words_ else None
        if mark:
            return mark[0]
    return "( )"


def _read_choices(block: Block, body: Body, problems: Problems) -> None:
    before = len(problems)
    mark = "[ ]" if _list_mark(block).startswith("[") else "( )"
    if block.ordered:
        message = _("Choices are not numbered. Start each with a hyphen: “- {mark} Label {{value}}”.")
        problems.tell(*_place(block), message.format(mark=mark))
    for item in block.items:
        first = _first_words(item)
        if first is None:
            message = _("An empty choice. Write “- {mark} Label {{value}}” or take the line out.")
            problems.tell(*(_place(item[0]) if item else (block.line, 1)), message.format(mark=mark))
            continue
        for part in item[1:]:
            problems.tell(*_place(part), _("A choice is one line. Put this before or after the list of choices."))
        choice = _read_choice(first, mark, problems)
        if choice is None:
            continue
        if any(choice.value == other.value for other in body.choices):
            end = _BRACED_END.search(first.raw)
            message = _("Two choices have the value {value}. Give each its own.")
            problems.tell(*first.place(_in_braces(end)), message.format(value=quoted(choice.value)))
            continue
        body.choices.append(choice)
    body.good &= len(problems) == before


def _in_braces(found: re.Match[str] | None) -> int:
    """Where the inside of the braces starts."""
    return found.start(1) if found else 0


def _read_choice(words_: Words, mark: str, problems: Problems) -> Choice | None:
    raw = words_.raw
    start = _MARK.match(raw)
    if start is None:
        message = _("This choice does not start with {mark}. Write “- {mark} Label {{value}}”.")
        problems.tell(*words_.place(0), message.format(mark=mark))
        return None
    if start[0] != mark:
        if start[0] in ("( )", "[ ]"):
            message = _("( ) means one choice and [ ] several; this list starts with {mark}. Use it for all of them.")
        else:
            message = _("A choice starts with {mark}, with one space inside and nothing ticked.")
        problems.tell(*words_.place(0), message.format(mark=mark))
        return None
    end = _BRACED_END.search(raw)
    if end is None or end[0].strip() == CHILD:
        message = _("This choice has no value. Put one in braces at its end, for example: {example}")
        problems.tell(*words_.place(len(raw.split("\n")[0])), message.format(example=_value_for(words_, mark)))
        return None
    label_raw = raw[start.end() : end.start()]
    if raw[start.end()] != " " or not label_raw.strip():
        message = _("A choice needs a space after {mark} and then its label: “- {mark} Label {{value}}”.")
        problems.tell(*words_.place(start.end()), message.format(mark=mark))
        return None
    if "\n" in raw:
        problems.tell(*words_.place(raw.index("\n") + 1), _("A choice is one line. Put all of it on the line above."))
        return None
    if trouble := id_trouble(end[1]):
        problems.tell(*words_.place(end.start(1)), trouble)
        return None
    label = _label(words_, mark, end[0])
    blank = _OWN_WORDS.search(label_raw)
    if blank is None and (line := _ANY_BLANK.search(label_raw)):
        message = _("A choice that takes words ends in a colon and four underscores: “- {mark} Other: ____ {{other}}”.")
        problems.tell(*words_.place(start.end() + line.start()), message.format(mark=mark))
        return None
    inner = msgspec.structs.replace(words_, raw=raw[: end.start()])
    if not check_words(inner, problems):
        return None
    if blank is None:
        return Choice(end[1], label)
    own = _OWN_WORDS.sub("", label)
    if not own.strip():
        problems.tell(*words_.place(start.end()), _("This choice has no label before its blank. Write one."))
        return None
    return Choice(end[1], own, True)


def _label(words_: Words, mark: str, braced: str) -> str:
    """The words of a choice between its mark and its value, without Markdown."""
    return words_.text.removeprefix(mark).strip().removesuffix(" ".join(braced.split())).strip()


def _value_for(words_: Words, mark: str) -> str:
    """A value that would do for this label, in braces."""
    return f"{{{slug(words_.text.removeprefix(mark), 3) or 'value'}}}"


# Tables: | Label {id} | Label {id:kind} |


def _read_columns(block: Block, body: Body, problems: Problems) -> None:
    before = len(problems)
    for cell in block.head:
        column = _read_column(cell, problems)
        if column is None:
            continue
        if any(column.id == other.id for other in body.columns):
            end = _BRACED_END.search(cell.raw)
            message = _("Two columns have the id {id}. Give each its own.")
            problems.tell(*cell.place(_in_braces(end)), message.format(id=quoted(column.id)))
            continue
        body.columns.append(column)
    body.good &= len(problems) == before
    for cell in (cell for row in block.rows for cell in row):
        if cell.text:
            message = _("The rows of a table are the family's to fill. Take {found} out, or put it in an example.")
            problems.tell(*cell.place(0), message.format(found=quoted(cell.text)))


def _read_column(cell: Words, problems: Problems) -> Column | None:
    end = _BRACED_END.search(cell.raw)
    if end is None or end[0].strip() == CHILD:
        message = _("This column has no id. Put one in braces at its end: “Label {id}” or “Label {id:number}”.")
        problems.tell(*cell.place(len(cell.raw)), message)
        return None
    column_id, colon, kind = end[1].partition(":")
    label = cell.text.removesuffix(" ".join(end[0].split())).strip()
    if not label:
        problems.tell(*cell.place(0), _("This column has no label. Write one before its braces."))
        return None
    if trouble := id_trouble(column_id):
        problems.tell(*cell.place(end.start(1)), trouble)
        return None
    known: dict[str, ColumnKind] = {one: one for one in COLUMN_KINDS}
    if colon and kind not in known:
        message = _("A column cannot have the kind {found}.{hint} It is one of: {kinds}.")
        hint = did_you_mean(kind, COLUMN_KINDS)
        problems.tell(
            *cell.place(end.start(1) + len(column_id) + 1),
            message.format(found=quoted(kind), hint=hint, kinds=words(COLUMN_KINDS)),
        )
        return None
    if not check_words(msgspec.structs.replace(cell, raw=cell.raw[: end.start()]), problems):
        return None
    return Column(column_id, label, known[kind] if colon else "line")
