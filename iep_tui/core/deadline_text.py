"""User-facing text of a deadline: the day, its computation, who acts, the rule and its reliability."""

from __future__ import annotations

import datetime
from datetime import timedelta

from iep_tui.core.dates import as_date, clock, long_date, plain_date
from iep_tui.core.deadlines import DueDate, SchoolDays
from iep_tui.core.question_model import CHILD_PLACEHOLDER, Actor, Deadline, Unit
from iep_tui.i18n import _, ngettext


def title_text(deadline: Deadline, child: str) -> str:
    """Return the subject of the deadline; `child` replaces the placeholder for the child's name."""
    return _with_child(deadline.what, child)


def day_text(due: DueDate) -> str:
    """Return "Thursday 11 March 2027, 2:30 pm", with "about" if approximate; "" if nothing was counted."""
    if due.count is None:
        return ""
    day = long_date(due.count.day)
    if due.count.time is not None:
        day = _("{day}, {time}").format(day=day, time=clock(due.count.time))
    return _("about {day}").format(day=day) if due.count.about else day


def sum_text(due: DueDate) -> str:
    """Return the computation, like "26 March 2026 + 1 year"; "" if there is nothing to count."""
    if due.start is None or due.count is None:
        return ""
    start = plain_date(due.start)
    if due.time is not None:
        start = _("{day}, {time}").format(day=start, time=clock(due.time))
    counted = start
    if due.deadline.offset:
        sign = "+" if due.deadline.offset > 0 else "−"
        counted = f"{start} {sign} {_amount(abs(due.deadline.offset), due.deadline.unit)}"
    if due.count.sooner and due.limit is not None:
        text = _("the day before {day}, since that is sooner than {sum}")
        return text.format(day=plain_date(due.limit), sum=counted)
    return counted


def count_text(due: DueDate, today: datetime.date, school: SchoolDays) -> str:
    """Explain in sentences how the day was computed, and note if it is past."""
    if due.count is None:
        return ""
    was_computed = due.deadline.offset or due.count.sooner
    sentences = [
        _("Counted: {sum}.").format(sum=sum_text(due)) if was_computed else _("The day as it was written down.")
    ]
    if due.deadline.unit == "school days" and not due.count.sooner:
        sentences.append(
            _("Counted with the days off that you wrote down.")
            if school.typed
            else _("Counted Monday to Friday: days off school move it. Write them under “Dates” for a better count.")
        )
    if due.deadline.usual and not due.count.sooner:
        usual = due.count.day + timedelta(days=due.deadline.usual)
        sentences.append(_("Many schools count to {day}.").format(day=plain_date(usual)))
    if due.is_ongoing:
        sentences.append(_("You wrote that it still goes on. A later day may hold, but do not wait for it."))
    if due.count.day < today:
        sentences.append(passed_text(due))
    return " ".join(sentences)


def passed_text(due: DueDate) -> str:
    """Note that the day is past and what is still possible. The answers do not say what was done by then.

    Something ongoing has not passed, so the text then only names what can still be done.
    """
    if due.count is None:
        return ""
    late = due.deadline.late
    match due.deadline.acts:
        case "school":
            next_step = _("We do not know what was done; ask the school.")
        case "state":
            next_step = _("We do not know what was done; ask your state’s special education office.")
        case _:
            next_step = late or _("Ask the school or your parent center what is still possible.")
            late = ""
    passed = "" if due.is_ongoing else _("This was on {day}.").format(day=plain_date(due.count.day))
    return " ".join(part for part in (passed, next_step, late) if part)


def lead_text(due: DueDate, today: datetime.date) -> str:
    """Return the heading of a deadline: its day, or "Still going on" if the day is past but the matter is ongoing.

    "" if nothing was counted.
    """
    if due.count is not None and due.is_ongoing and due.count.day < today:
        return _("Still going on")
    day = day_text(due)
    return day[:1].upper() + day[1:]


def actor_text(acts: Actor) -> str:
    """Return the text that names the party who must act."""
    return {"family": _("you act"), "school": _("the school acts"), "state": _("the state acts")}[acts]


def rule_text(deadline: Deadline) -> str:
    """Return the rule and the day it was looked up; "" if the deadline names none."""
    if not deadline.rule:
        return ""
    day = as_date(deadline.checked)
    if day is None:
        return _("The rule: {rule}.").format(rule=deadline.rule)
    return _("The rule: {rule}, looked up on {day}.").format(rule=deadline.rule, day=plain_date(day))


def confidence_text(deadline: Deadline) -> str:
    """Say in a sentence or two how reliable a deadline is.

    A rule is called clear only if no state may replace it and nothing can move its day.
    """
    match deadline.confidence:
        case "high" if deadline.unless:
            return _("The rule is clear, but its day can move. Ask whether that is so here.")
        case "high" if deadline.acts == "family":
            return _(
                "The rule is clear, but check it with your state’s special education office or your parent center."
            )
        case "high" if deadline.acts == "state":
            return _("The rule is clear, but check it with your state’s special education office.")
        case "high" if deadline.unit == "none":
            return _("The rule is clear, but ask how your school handles it.")
        case "high":
            return _("The rule is clear, but check the count with the school.")
        case "medium" if deadline.varies:
            return _(
                "This is the federal rule. Your state may have its own: ask your state’s special education office "
                "or your parent center."
            )
        case "medium":
            return _("We are fairly sure of this one. Ask before you count on it.")
        case "low" if deadline.varies:
            return _(
                "We are not sure of this one: states differ. First ask your state’s special education office "
                "or your parent center."
            )
        case "low":
            return _("We are not sure of this one: our sources differ or are old. Ask first.")
        case "habit":
            return _("This is a good habit, not a rule.")


def advice_text(deadline: Deadline, child: str) -> str:
    """Return the advice: cautions and questions to ask."""
    return _with_child(deadline.ask, child)


def exceptions_text(deadline: Deadline, child: str) -> str:
    """Return the reasons that can stop, restart or move the count; "" if none is known."""
    if not deadline.unless:
        return ""
    return _("What can change this day: {reasons}").format(reasons=_with_child(deadline.unless, child))


def detail_lines(due: DueDate, today: datetime.date, school: SchoolDays, child: str) -> tuple[str, ...]:
    """Return everything about a deadline except its day and title, one line per fact."""
    count_line = count_text(due, today, school)
    lines = (
        count_line,
        # The text about late action may already include it.
        "" if due.deadline.unless in count_line else exceptions_text(due.deadline, child),
        advice_text(due.deadline, child),
        rule_text(due.deadline),
        confidence_text(due.deadline),
    )
    return tuple(line for line in lines if line)


def _with_child(text: str, child: str) -> str:
    if text.startswith(CHILD_PLACEHOLDER):
        text = child[:1].upper() + child[1:] + text.removeprefix(CHILD_PLACEHOLDER)
    return text.replace(CHILD_PLACEHOLDER, child)


def _amount(count: int, unit: Unit) -> str:
    match unit:
        case "hours":
            return ngettext("{count} hour", "{count} hours", count).format(count=count)
        case "school days":
            return ngettext("{count} school day", "{count} school days", count).format(count=count)
        case "months":
            return ngettext("{count} month", "{count} months", count).format(count=count)
        case "years":
            return ngettext("{count} year", "{count} years", count).format(count=count)
        case _:
            return ngettext("{count} day", "{count} days", count).format(count=count)
