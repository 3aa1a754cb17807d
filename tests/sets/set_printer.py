"""A question set as plain text that a person can compare."""

from __future__ import annotations

from collections.abc import Iterator

from iep_tui.core.question_model import Question, QuestionSet, RichParagraph, Term


def show_set(one: QuestionSet) -> str:
    """A set with all its content, one item a line."""
    return "\n".join(_set_lines(one)) + "\n"


def show_terms(terms: tuple[Term, ...]) -> str:
    return "\n".join(" | ".join((term.name, *term.also)) + f"\n    {term.meaning}" for term in terms) + "\n"


def _set_lines(one: QuestionSet) -> Iterator[str]:
    yield f"set {one.id} version {one.version} lang {one.lang}"
    yield f"stage {one.stage} order {one.order} minutes {one.minutes}"
    yield f"when [{one.when}] state [{one.state}] checked [{one.checked}] source [{one.source}]"
    yield f"title: {one.title}"
    yield from (f"intro: {_para(para)}" for para in one.intro)
    for question in one.questions:
        yield ""
        yield from _question_lines(question)


def _question_lines(question: Question) -> Iterator[str]:
    yield f"#{question.id} {question.kind} line {question.line} of {question.set_id}"
    yield f"  share {question.share} core {question.core} carry {question.carry} max {question.max}"
    yield f"  when [{question.when}] was {list(question.was)} sheet [{question.sheet}] law [{question.law}]"
    yield f"  title: {question.title}"
    yield from (f"  help: {_para(para)}" for para in question.help)
    yield from (f"  example: {example!r}" for example in question.examples)
    yield from (f"  choice {one.value}: {one.label}{' (takes words)' * one.words}" for one in question.choices)
    yield from (f"  column {one.id} {one.kind}: {one.label}" for one in question.columns)


def _para(para: RichParagraph) -> str:
    words = "".join(f"<<{span.text}>>" if span.strong else span.text for span in para.spans)
    return f"({para.form}) {words}"
