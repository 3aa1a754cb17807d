"""Help for a question: more text, examples, glossary terms and the rule, folded or in a side pane."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from iep_tui.core.glossary import Glossary
from iep_tui.core.question_model import Question, RichParagraph
from iep_tui.i18n import _
from iep_tui.tui.themes import paragraphs, plain_content
from iep_tui.tui.widgets.cached_static import CachedStatic
from iep_tui.tui.widgets.line_button import LineButton

#: Longer help is folded after its first paragraph, so that it does not push the answer out of a small window.
MAX_HELP_CHARS = 240


def first_help(question: Question) -> tuple[RichParagraph, ...]:
    """Return the help shown above the answer: all of it if it is short, else its first paragraph."""
    paras = question.help
    return paras if sum(len(para.text) for para in paras) <= MAX_HELP_CHARS else paras[:1]


def examples(question: Question, child: str) -> Content:
    """Return the example answers, set off by a bar as other people's words."""
    blocks = [
        Content("\n").join(
            Content.assemble(Content.styled("▌ ", "$primary"), plain_content(line.replace("{child}", child)))
            for line in example.split("\n")
        )
        for example in question.examples
    ]
    return Content("\n\n").join(blocks)


def glossary_and_rule(question: Question, glossary: Glossary) -> Content:
    """Return the glossary terms that occur in the question, and the legal rule behind it."""
    text = " ".join((question.title, *(para.text for para in question.help)))
    blocks = [
        Content.assemble(plain_content(term.name).stylize("bold"), ": ", plain_content(term.meaning))
        for term in glossary.within(text)
    ]
    if question.law:
        rule = _("The rule behind this question: {law}").format(law=question.law)
        blocks.append(plain_content(rule).stylize("$tan"))
    return Content("\n\n").join(blocks)


def side_pane_help(question: Question, child: str, glossary: Glossary) -> Content:
    """Return all the help below the first part, for the side pane of a wide window."""
    parts = [paragraphs(question.help[len(first_help(question)) :], child)]
    if question.examples:
        parts.append(Content.assemble(Content.styled(_("An example"), "bold"), "\n\n", examples(question, child)))
    parts.append(glossary_and_rule(question, glossary))
    return Content("\n\n").join(part for part in parts if part.plain)


class QuestionHelp(Vertical):
    """The help below an answer, in folds of which at most one is open."""

    FOLDS: ClassVar[tuple[str, ...]] = ("fold-more", "fold-example", "fold-why")

    _contents: tuple[Content, ...] = ()
    _labels: tuple[str, ...] = ()
    _open = ""

    def compose(self) -> ComposeResult:
        with Horizontal(id="folds"):
            for name in self.FOLDS:
                yield LineButton("", id=name)
        yield CachedStatic(id="fold-text")

    def show(self, question: Question, child: str, glossary: Glossary) -> None:
        """Show the help of another question, all folded."""
        more = paragraphs(question.help[len(first_help(question)) :], child)
        self._contents = (more, examples(question, child), glossary_and_rule(question, glossary))
        self._labels = (
            _("More about this"),
            _("Example answers") if len(question.examples) > 1 else _("An example"),
            _("Words and the rule") if question.law else _("Words"),
        )
        self._open = ""
        self._draw()

    def _draw(self) -> None:
        opened = Content("")
        for name, content, label in zip(self.FOLDS, self._contents, self._labels, strict=True):
            button = self.query_one(f"#{name}", LineButton)
            button.set_class(not content.plain, "-empty")
            button.label = f"{'▾' if self._open == name else '▸'} {label}"
            if self._open == name:
                opened = content
        self.query_one("#fold-text", CachedStatic).say(opened)
        self.set_class(not any(content.plain for content in self._contents), "-empty")

    def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        name = event.button.id or ""
        self._open = "" if self._open == name else name
        self._draw()
