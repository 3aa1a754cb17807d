"""Input of an answer, one function per kind: a line, choices, several lines. Tables are in `table_input`."""

from __future__ import annotations

from typing import assert_never

from iep_tui.core import kinds
from iep_tui.core.case_model import Value
from iep_tui.core.kinds.choice_values import selected_choices
from iep_tui.core.kinds.several import toggle_choice
from iep_tui.core.question_model import Choice
from iep_tui.core.text_sanitizer import clean_line
from iep_tui.i18n import _
from iep_tui.plain.answer_view import AnswerView
from iep_tui.plain.reorder_commands import entry_place, move_or_remove
from iep_tui.plain.row_operations import entries_of, number_in, replaced, value_of
from iep_tui.plain.slash_commands import GivenCommand
from iep_tui.plain.table_input import ask_rows


def ask_answer(view: AnswerView) -> None:
    """Ask for the answer to the view's question until the family goes on. A command that leaves raises LeaveView."""
    form = kinds.kind_of(view.question).input_form
    match form:
        case "line":
            ask_line(view)
        case "text" | "lines":
            ask_lines(view)
        case "one_choice":
            ask_choice(view)
        case "many_choices":
            ask_choices(view)
        case "rows" | "goals":
            ask_rows(view)
        case _:
            assert_never(form)


# One line


def ask_line(view: AnswerView) -> None:
    """Ask for a name, day, time or number. Input that does not fit is kept and marked, and asked for again."""
    question = view.question
    kind = kinds.kind_of(question)
    while True:
        prompt = _(kind.prompt)
        if not kinds.is_empty(question, view.answer.value):
            prompt = _("Enter keeps your answer. {prompt}").format(prompt=prompt)
        line = view.ask_words(prompt)
        if line.blank:
            return
        typed = clean_line(line.text)
        value = kind.read(question, typed)
        understood = kinds.display_value(question, value)
        messages = [understood.summary] if understood.fits and kind.reads_back else []
        view.put(value, *messages)
        if view.session.read_only:
            continue
        view.hint_command(line.text)
        if not view.say_trouble():
            return


# Choices


def ask_choice(view: AnswerView) -> None:
    """Ask for one choice, by number or name."""
    choices = kinds.offered_choices(view.question)
    hint = _("Type a number from 1 to {most}.").format(most=len(choices))
    while True:
        line = view.ask_words(_("Number of your choice, 1 to {most}:").format(most=len(choices)))
        if line.blank:
            return
        choice = _choice_named(view, line.text)
        if choice is None:
            view.reject(line.text, hint)
            continue
        label = choice.label.replace("{child}", view.child)
        own_words = _own_words(view, choice)
        view.put(
            kinds.selected_choice(view.question, choice, own_words or ""), _("Chosen: {choice}.").format(choice=label)
        )
        if view.session.read_only:
            continue
        if choice.words:
            words = _ask_own_words(view, own_words)
            if words is not None:
                view.put(kinds.selected_choice(view.question, choice, words))
        return


def ask_choices(view: AnswerView) -> None:
    """Ask for any number of choices. A number selects one, the same number again deselects it; Enter alone moves on."""
    choices = kinds.offered_choices(view.question)
    hint = _("Type numbers from 1 to {most}, with spaces between them. Nothing was changed.").format(most=len(choices))
    while True:
        line = view.ask_words(_("Type numbers to choose or take back, such as 1 3. Press Enter alone to move on:"))
        if line.blank:
            return
        whole_line = _choice_named(view, line.text)
        named = (
            [whole_line] if whole_line else [_choice_named(view, part) for part in line.text.replace(",", " ").split()]
        )
        picked = [choice for choice in named if choice is not None]
        if len(picked) < len(named):
            view.reject(line.text, hint)
            continue
        for choice in picked:
            _toggle(view, choice)
        if not view.session.read_only:
            view.say_trouble()


def _toggle(view: AnswerView, choice: Choice) -> None:
    question = view.question
    old_value = view.answer.value
    entries: list[Value] = list(old_value) if isinstance(old_value, list) else []
    value = toggle_choice(question, entries, choice)
    is_on = any(kinds.key_of(question, entry) == choice.value for entry in value)
    label = choice.label.replace("{child}", view.child)
    view.put(value, (_("Chosen: {choice}.") if is_on else _("Taken back: {choice}.")).format(choice=label))
    if is_on and choice.words and not view.session.read_only:
        words = _ask_own_words(view, None)
        if words is not None:
            worded = kinds.selected_choice(question, choice, words)
            view.put([worded if kinds.key_of(question, entry) == choice.value else entry for entry in value])


def _choice_named(view: AnswerView, words: str) -> Choice | None:
    """Find a choice by its number, its label or its saved value; None if there is no match."""
    choices = kinds.offered_choices(view.question)
    place = number_in(words, len(choices))
    if place is not None:
        return choices[place]
    typed = words.strip().casefold()
    for choice in choices:
        if typed in (choice.value.casefold(), choice.label.replace("{child}", view.child).casefold()):
            return choice
    value = kinds.kind_of(view.question).read(view.question, words.strip())
    return next((choice for choice in choices if choice.value == value), None)


def _own_words(view: AnswerView, choice: Choice) -> str | None:
    """Return the family's own words for this choice; None if it is not chosen."""
    selected, own_words = selected_choices(view.question, view.answer.value)
    return own_words if selected == choice else None


def _ask_own_words(view: AnswerView, current: str | None) -> str | None:
    """Ask for own words for a choice that allows them; None to keep the current ones."""
    if current:
        view.say(_("In your words now: {words}").format(words=current))
    line = view.ask_words(_("In your own words. Enter leaves it as it is:"))
    return None if line.blank else clean_line(line.text)


# Several lines


def ask_lines(view: AnswerView) -> None:
    """Prompt for a text or list one line at a time, saving each line as it is entered; an empty line ends the input."""
    added = False
    while True:
        line = view.ask_line(_lines_prompt(view, added), ("change", "move", "remove"))
        if isinstance(line, GivenCommand):
            _change_lines(view, line)
            continue
        is_text = kinds.kind_of(view.question).input_form == "text"
        is_dot = line.text.strip() == "." and not line.literal
        if line.blank or (is_dot and not is_text):
            if added:
                _finish_lines(view)
            return
        text = "" if is_dot else line.text
        view.put(value_of(view.question, [*entries_of(view.question, view.answer.value), text]))
        if view.session.read_only:
            continue
        if not added:
            view.hint_command(line.text)
        added = True


def _lines_prompt(view: AnswerView, added: bool) -> str:
    if added:
        return _("Next line, or an empty line to end:")
    if not kinds.is_empty(view.question, view.answer.value):
        return _("Enter keeps your answer. What you type is added at its end, line by line:")
    return _(kinds.kind_of(view.question).prompt)


def _finish_lines(view: AnswerView) -> None:
    """Drop blank lines at the end, and report an answer that does not fit."""
    entries = entries_of(view.question, view.answer.value)
    while entries and not str(entries[-1]).strip():
        entries = entries[:-1]
    value = value_of(view.question, entries)
    if value != view.answer.value:
        view.put(value)
    view.say_trouble()


def _change_lines(view: AnswerView, given: GivenCommand) -> None:
    """Run /change, /move or /remove on the lines of a text or list."""
    entries = entries_of(view.question, view.answer.value)
    place = entry_place(view, given, len(entries))
    if place is None:
        return
    if given.name == "change":
        view.say(_("Line {number} is: {words}").format(number=place + 1, words=str(entries[place])))
        line = view.ask_words(_("Type it again. Enter keeps it as it is:"))
        if not line.blank:
            view.put(value_of(view.question, replaced(entries, place, line.text)))
    else:
        move_or_remove(view, given, entries, place)
