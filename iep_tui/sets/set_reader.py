"""Reader of a question file: from Markdown to the model, with every error on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, groupby, repeat
from operator import itemgetter

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from iep_tui.core.question_model import Page, QuestionSet, Term, TextSpan
from iep_tui.i18n import _
from iep_tui.sets.attribute_scan import is_question, scan
from iep_tui.sets.deadline_reader import ReadDeadlines, read_rows
from iep_tui.sets.front_matter import FrontMatter, read_front_matter
from iep_tui.sets.glossary_reader import read_terms
from iep_tui.sets.markdown_blocks import PlacedText, SourceBlock
from iep_tui.sets.page_reader import read_page_blocks
from iep_tui.sets.problems import Problem, Problems
from iep_tui.sets.set_builder import PlacedQuestion, build_set
from iep_tui.sets.source_lines import decode_source, refuse_control_characters, split_lines

MAX_QUESTIONS = 2_000
#: Ten per question. A longer file is not a set, and parsing it would take many seconds.
MAX_LINES = 20_000
MAX_MARKS = 20_000
_MARKS = re.compile(r"[\[*_`<!\\|&]")
_NO_FRONT = FrontMatter({}, range(0))

#: Raw HTML, code blocks, references and entities are off: they are not part of the language and are shown as typed.
_PARSER = (
    MarkdownIt("commonmark", {"html": False})
    .enable("table")
    .disable(["lheading", "code", "fence", "reference", "html_block", "html_inline", "entity"])
)
_PIPE = re.compile(r"(?<!\\)\|")
_WEB = re.compile(r"https?://", re.IGNORECASE)


class ReadSet(msgspec.Struct, frozen=True, kw_only=True):
    """One parsed file. `set` holds its valid questions; None if the file is not usable at all.

    `placed` holds every question with a known id, valid or not, with the positions of its parts, for the checks across
    sets.
    """

    path: str
    set: QuestionSet | None = None
    problems: tuple[Problem, ...] = ()
    front: FrontMatter = _NO_FRONT
    placed: tuple[PlacedQuestion, ...] = ()


def read_bytes(data: bytes, *, path: str, lang: str = "en") -> ReadSet:
    """Read a set from the bytes of a file, at most 1 MB of UTF-8; anything else is refused. Never raises."""
    problems = Problems(path)
    text = decode_source(data, problems)
    if text is None:
        return ReadSet(path=path, problems=problems.all())
    return read_set(text, path=path, lang=lang)


def read_set(text: str, *, path: str, lang: str = "en") -> ReadSet:
    """Read a set. `path` is the file name for messages, `lang` the language if the file declares none. Never raises."""
    problems = Problems(path)
    lines = split_lines(text.removeprefix("\ufeff"))
    if refuse_control_characters(lines, problems) or _exceeds_limits(lines, problems):
        return ReadSet(path=path, problems=problems.all())
    front = read_front_matter(lines, problems)
    body = ["" if number in front.lines else line for number, line in enumerate(lines, 1)]
    scanned = scan(body, problems)
    built = build_set(_blocks(scanned.lines), scanned.attributes, front, problems, path=path, lang=lang)
    if problems.full:
        # The checks stopped early, so no part of the file is known to be valid.
        return ReadSet(path=path, problems=problems.all(), front=front)
    return ReadSet(path=path, set=built.set, problems=problems.all(), front=front, placed=built.placed)


def read_glossary(text: str, *, path: str) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Read a glossary: return the valid terms, in order, and the errors. Never raises."""
    problems = Problems(path)
    opened = _split_front(text, problems)
    terms = read_terms(_blocks(opened.body), problems) if opened else ()
    return terms, problems.all()


def read_glossary_bytes(data: bytes, *, path: str) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Like `read_glossary`, from the bytes of a file, which may be refused like a set. Never raises."""
    problems = Problems(path)
    text = decode_source(data, problems)
    return ((), problems.all()) if text is None else read_glossary(text, path=path)


def read_deadlines(data: bytes, *, path: str) -> ReadDeadlines:
    """Read the deadlines from the bytes of a file: return the valid rows and the errors. Never raises."""
    problems = Problems(path)
    text = decode_source(data, problems)
    opened = None if text is None else _split_front(text, problems)
    placed = read_rows(_blocks(opened.body), opened.body, opened.front, problems) if opened else ()
    return ReadDeadlines(path, placed, problems.all())


def read_page(data: bytes, *, path: str) -> tuple[Page | None, tuple[Problem, ...]]:
    """Read a page from the bytes of a file: return it, or None if it has no title, and the errors. Never raises."""
    problems = Problems(path)
    text = decode_source(data, problems)
    opened = None if text is None else _split_front(text, problems)
    page = read_page_blocks(_blocks(opened.body), opened.front, problems) if opened else None
    return page, problems.all()


class _FrontAndBody(msgspec.Struct, frozen=True):
    """A file with optional front matter; `body` has the front matter lines blanked."""

    front: FrontMatter
    body: list[str]


def _split_front(text: str, problems: Problems) -> _FrontAndBody | None:
    """Split a file that is not a question set into front matter and body; None if it is refused."""
    lines = split_lines(text.removeprefix("\ufeff"))
    if refuse_control_characters(lines, problems) or _exceeds_limits(lines, problems):
        return None
    front = read_front_matter(lines, problems, required=False)
    return _FrontAndBody(front, ["" if number in front.lines else line for number, line in enumerate(lines, 1)])


def _exceeds_limits(lines: list[str], problems: Problems) -> bool:
    """Report a file that exceeds a limit, before parsing it; return whether it does."""
    for count, most, what in (
        (sum(map(is_question, lines)), MAX_QUESTIONS, _("questions")),
        (len(lines), MAX_LINES, _("lines")),
        (sum(len(_MARKS.findall(line)) for line in lines), MAX_MARKS, _("Markdown signs such as * and [")),
    ):
        if count > most:
            message = _("The file has more than {most} {what}, the most a set may have. Split it into several sets.")
            problems.add(1, 1, message.format(most=most, what=what))
            return True
    return False


def _blocks(lines: list[str]) -> list[SourceBlock]:
    return _BlockBuilder(lines).read(_PARSER.parse("\n".join(lines)))


class _BlockBuilder:
    """Converts the tokens of markdown-it to blocks."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def read(self, tokens: Sequence[Token]) -> list[SourceBlock]:
        blocks: list[SourceBlock] = []
        at = 0
        while at < len(tokens):
            end = _closing_index(tokens, at)
            blocks.append(self._block(tokens[at], tokens[at + 1 : end]))
            at = end + 1
        return blocks

    def _block(self, token: Token, inside: Sequence[Token]) -> SourceBlock:
        line = (token.map[0] if token.map else 0) + 1
        if token.type == "heading_open":
            return SourceBlock("heading", line, level=int(token.tag[1:]), words=self._words(inside[0]))
        if token.type == "paragraph_open":
            return SourceBlock("para", line, words=self._words(inside[0]))
        if token.type == "blockquote_open":
            return SourceBlock("quote", line, blocks=tuple(self.read(inside)))
        if token.type in ("bullet_list_open", "ordered_list_open"):
            return SourceBlock("list", line, ordered=token.type[0] == "o", items=self._items(inside))
        if token.type == "table_open":
            rows = self._rows(inside)
            return SourceBlock("table", line, head=rows[0] if rows else (), rows=tuple(rows[1:]))
        return SourceBlock("rule" if token.type == "hr" else "other", line)

    def _items(self, tokens: Sequence[Token]) -> tuple[tuple[SourceBlock, ...], ...]:
        items: list[tuple[SourceBlock, ...]] = []
        at = 0
        while at < len(tokens):
            end = _closing_index(tokens, at)
            items.append(tuple(self.read(tokens[at + 1 : end])))
            at = end + 1
        return tuple(items)

    def _rows(self, tokens: Sequence[Token]) -> list[tuple[PlacedText, ...]]:
        rows: list[tuple[PlacedText, ...]] = []
        for at, token in enumerate(tokens):
            if token.type == "tr_open" and token.map:
                line = token.map[0]
                cells = [child for child in tokens[at : _closing_index(tokens, at)] if child.type == "inline"]
                columns = chain(_cell_columns(self.lines[line]), repeat(1))
                rows.append(
                    tuple(
                        PlacedText(cell.content, _spans(cell.children or []), line + 1, (column,))
                        for cell, column in zip(cells, columns, strict=False)
                    )
                )
        return rows

    def _words(self, token: Token) -> PlacedText:
        first = token.map[0] if token.map else 0
        columns: list[int] = []
        for number, piece in enumerate(token.content.split("\n"), first):
            line = self.lines[number] if number < len(self.lines) else ""
            at = line.rfind(piece.rstrip()) if piece.strip() else -1
            columns.append((at if at >= 0 else len(line) - len(line.lstrip())) + 1)
        return PlacedText(token.content, _spans(token.children or []), first + 1, tuple(columns))


def _closing_index(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the token that closes the one at `at`; `at` itself for a token without content."""
    depth = 0
    for end in range(at, len(tokens)):
        depth += tokens[end].nesting
        if depth <= 0:
            return end
    return len(tokens)


def _cell_columns(line: str) -> list[int]:
    """Return the 1-based columns where the text of each cell in a table row starts."""
    pipes = [match.end() for match in _PIPE.finditer(line)]
    ends = [*pipes[1:], len(line)]
    if not line.lstrip(" \t>").startswith("|"):
        pipes, ends = [0, *pipes], [pipes[0] if pipes else len(line), *ends]
    columns: list[int] = []
    for start, end in zip(pipes, ends, strict=False):
        cell = line[start:end]
        columns.append(start + len(cell) - len(cell.lstrip()) + 1)
    return columns


def _spans(tokens: Sequence[Token]) -> tuple[TextSpan, ...]:
    """Convert inline tokens to spans: emphasis is kept, a link is followed by its address, the rest is plain text."""
    pieces: list[tuple[bool, str]] = []
    strong = 0
    links: list[tuple[str, int]] = []
    for token in tokens:
        if token.type in ("strong_open", "em_open"):
            strong += 1
        elif token.type in ("strong_close", "em_close"):
            strong -= 1
        elif token.type in ("softbreak", "hardbreak"):
            pieces.append((strong > 0, "\n"))
        elif token.type == "link_open":
            links.append((str(token.attrs.get("href", "")), len(pieces)))
        elif token.type == "link_close":
            address, start = links.pop()
            if _WEB.match(address) and "".join(text for _strong, text in pieces[start:]) != address:
                pieces.append((strong > 0, f" ({address})"))
        elif token.content:
            pieces.append((strong > 0, token.content))
    runs = groupby(pieces, key=itemgetter(0))
    return tuple(TextSpan("".join(text for _strong, text in run), stressed) for stressed, run in runs)
