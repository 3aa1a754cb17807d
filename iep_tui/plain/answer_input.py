"""Input of an answer, one function per kind: a line, choices, several lines. Tables are in `table_input`."""

from __future__ import annotations

from iep_tui.core import kinds
from iep_tui.core.case_model import Value
from iep_tui.core.kinds.choice_values import key_of, offered_choices, selected_choice, selected_choices
from iep_tui.core.kinds.several import toggle_choice
from iep_tui.core.question_model import Choice, KindName
from iep_tui.core.text_sanitizer import clean_line
from iep_tui.i18n import N_, _
from iep_tui.plain.answer_view import AnswerView
from iep_tui.plain.reorder_commands import entry_place, move_or_remove
from iep_tui.plain.row_operations import entries_of, number_in, replaced, value_of
from iep_tui.plain.slash_commands import GivenCommand
from iep_tui.plain.table_input import ask_rows

_PROMPTS: dict[KindName, str] = {
    "line": N_("Your answer, on one line:"),
    "date": N_("The day, month first, like 3/12/2027 or March 12, 2027:"),
    "time": N_("The time, like 2:30 pm:"),
    "number": N_("A number, in figures:"),
}


def ask_answer(room: AnswerView) -> None:
    """Ask for the answer to the room's question until the family goes on. Leave when a command goes elsewhere."""
    match room.question.kind:
        case "line" | "date" | "time" | "number":
            ask_line(room)
        case "text" | "list":
            ask_lines(room)
        case "one" | "yesno" | "rate":
            ask_choice(room)
        case "several":
            ask_choices(room)
        case "table" | "goals":
            ask_rows(room)


# One line


def ask_line(room: AnswerView) -> None:
    """A name, a day, a time, a number. What cannot be read is kept, marked, and asked for again."""
    question = room.question
    while True:
        prompt = _(_PROMPTS[question.kind])
        if not kinds.is_empty(question, room.answer.value):
            prompt = _("Enter keeps your answer. {prompt}").format(prompt=prompt)
        line = room.ask_words(prompt)
        if line.blank:
            return
        typed = clean_line(line.text)
        value = kinds.kind_of(question).read(question, typed)
        understood = kinds.display_value(question, value)
        said = [understood.summary] if understood.fits and question.kind in ("date", "time") else []
        room.put(value, *said)
        if room.session.read_only:
            continue
        room.hint_command(line.text)
        if not room.say_trouble():
            return


# Choices


def ask_choice(room: AnswerView) -> None:
    """One of a few, by its number or its name."""
    choices = offered_choices(room.question)
    how = _("Type a number from 1 to {most}.").format(most=len(choices))
    while True:
        line = room.ask_words(_("Number of your choice, 1 to {most}:").format(most=len(choices)))
        if line.blank:
            return
        choice = _choice_named(room, line.text)
        if choice is None:
            room.refuse(line.text, how)
            continue
        label = choice.label.replace("{child}", room.child)
        own = _own_words(room, choice)
        room.put(selected_choice(room.question, choice, own or ""), _("Chosen: {choice}.").format(choice=label))
        if room.session.read_only:
            continue
        if choice.words:
            words = _ask_own_words(room, own)
            if words is not None:
                room.put(selected_choice(room.question, choice, words))
        return


def ask_choices(room: AnswerView) -> None:
    """Any number of choices: a number takes one, the same number again takes it back. Enter goes on."""
    choices = offered_choices(room.question)
    how = _("Type numbers from 1 to {most}, with spaces between them. Nothing was changed.").format(most=len(choices))
    while True:
        line = room.ask_words(_("Numbers to choose or take back, such as 1 3. Enter goes on:"))
        if line.blank:
            return
        whole = _choice_named(room, line.text)
        named = [whole] if whole else [_choice_named(room, one) for one in line.text.replace(",", " ").split()]
        picked = [one for one in named if one is not None]
        if len(picked) < len(named):
            room.refuse(line.text, how)
            continue
        for choice in picked:
            _toggle(room, choice)
        if not room.session.read_only:
            room.say_trouble()


def _toggle(room: AnswerView, choice: Choice) -> None:
    question = room.question
    was = room.answer.value
    entries: list[Value] = list(was) if isinstance(was, list) else []
    value = toggle_choice(question, entries, choice)
    is_on = any(key_of(question, entry) == choice.value for entry in value)
    label = choice.label.replace("{child}", room.child)
    room.put(value, (_("Chosen: {choice}.") if is_on else _("Taken back: {choice}.")).format(choice=label))
    if is_on and choice.words and not room.session.read_only:
        words = _ask_own_words(room, None)
        if words is not None:
            said = selected_choice(question, choice, words)
            room.put([said if key_of(question, one) == choice.value else one for one in value])


def _choice_named(room: AnswerView, words: str) -> Choice | None:
    """The choice that was meant: by its number, its label or what is saved for it."""
    choices = offered_choices(room.question)
    place = number_in(words, len(choices))
    if place is not None:
        return choices[place]
    wanted = words.strip().casefold()
    for choice in choices:
        if wanted in (choice.value.casefold(), choice.label.replace("{child}", room.child).casefold()):
            return choice
    value = kinds.kind_of(room.question).read(room.question, words.strip())
    return next((one for one in choices if one.value == value), None)


def _own_words(room: AnswerView, choice: Choice) -> str | None:
    """The family's own words that stand with this choice now; None while it is not chosen."""
    found = selected_choices(room.question, room.answer.value)
    return found[1] if found[0] == choice else None


def _ask_own_words(room: AnswerView, now: str | None) -> str | None:
    """Words for a choice that has room for them; None when those that are there are kept."""
    if now:
        room.say(_("In your words now: {words}").format(words=now))
    line = room.ask_words(_("In your own words. Enter leaves it as it is:"))
    return None if line.blank else clean_line(line.text)


# Several lines


def ask_lines(room: AnswerView) -> None:
    """A text or a list: each line is added and saved as it is typed, an empty line ends."""
    added = False
    while True:
        line = room.ask_line(_lines_prompt(room, added), ("change", "move", "remove"))
        if isinstance(line, GivenCommand):
            _change_lines(room, line)
            continue
        is_text = room.question.kind == "text"
        dot = line.text.strip() == "." and not line.literal
        if line.blank or (dot and not is_text):
            if added:
                _end(room)
            return
        text = "" if dot else line.text
        room.put(value_of(room.question, [*entries_of(room.question, room.answer.value), text]))
        if room.session.read_only:
            continue
        if not added:
            room.hint_command(line.text)
        added = True


def _lines_prompt(room: AnswerView, added: bool) -> str:
    if added:
        return _("Next line, or an empty line to end:")
    if not kinds.is_empty(room.question, room.answer.value):
        return _("Enter keeps your answer. What you type is added at its end, line by line:")
    if room.question.kind == "list":
        return _("One on each line. An empty line ends:")
    return _("Your words, on as many lines as you like. An empty line ends, a dot alone makes a blank line:")


def _end(room: AnswerView) -> None:
    """The blank lines at the end of a text are nobody's words."""
    entries = entries_of(room.question, room.answer.value)
    while entries and not str(entries[-1]).strip():
        entries = entries[:-1]
    value = value_of(room.question, entries)
    if value != room.answer.value:
        room.put(value)
    room.say_trouble()


def _change_lines(room: AnswerView, order: GivenCommand) -> None:
    """Obey /change, /move or /remove for the lines of a text or a list."""
    entries = entries_of(room.question, room.answer.value)
    place = entry_place(room, order, len(entries))
    if place is None:
        return
    if order.name == "change":
        room.say(_("Line {number} is: {words}").format(number=place + 1, words=str(entries[place])))
        line = room.ask_words(_("Type it anew. Enter keeps it:"))
        if not line.blank:
            room.put(value_of(room.question, replaced(entries, place, line.text)))
    else:
        move_or_remove(room, order, entries, place)
