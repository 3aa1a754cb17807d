"""Dates and times: parsing typed input and formatting for display."""

from __future__ import annotations

import datetime
import functools
import re

from iep_tui.i18n import N_, _

_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
_DAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))

_ISO = r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
_NUMBERS = r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})"
_DAY_FIRST = r"(\d{1,2})(?:st|nd|rd|th)?\s+([^\W\d_]+)\.?(?:,\s*|\s+)(\d{4})"
_MONTH_FIRST = r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)(\d{4})"
_TIME = r"(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?\s*(a|p)?\.?\s*(?:m\b\.?)?"


@functools.cache
def _pattern(source: str) -> re.Pattern[str]:
    """Made when something is first read that was typed: a saved day needs none."""
    return re.compile(source, re.IGNORECASE)


def read_date(typed: str) -> datetime.date | None:
    """The day that was typed, or None. A year is needed; of two numbers the first is the month, as in the US.

    >>> read_date("3/12/2027") == read_date("March 12, 2027") == read_date("2027-03-12")
    True
    """
    typed = typed.strip()
    first_word = typed.partition(",")[0].casefold()
    if any(first_word in (_(day).casefold(), _(day)[:3].casefold()) for day in _DAYS):
        typed = typed.partition(",")[2].strip()
    for day in _DAYS:
        for name in (_(day), _(day)[:3]):
            if typed.casefold().startswith(name.casefold() + " "):
                typed = typed[len(name) + 1 :].strip()
    if found := _pattern(_ISO).fullmatch(typed):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _pattern(_NUMBERS).fullmatch(typed):
        one, two, year = int(found[1]), int(found[2]), int(found[3])
        year += 2000 if len(found[3]) == 2 else 0
        return _date(year, two, one) if one > 12 else _date(year, one, two)
    if found := _pattern(_DAY_FIRST).fullmatch(typed):
        return _date(int(found[3]), _month(found[2]), int(found[1]))
    if found := _pattern(_MONTH_FIRST).fullmatch(typed):
        return _date(int(found[3]), _month(found[1]), int(found[2]))
    return None


def read_time(typed: str) -> datetime.time | None:
    """The time of day that was typed, or None.

    "2:30" is half past two in the afternoon, when schools meet; "02:30" is at night.
    """
    found = _pattern(_TIME).fullmatch(typed.strip())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").casefold()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    elif 1 <= hour <= 6 and not found[1].startswith("0"):
        hour += 12
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None


def as_date(value: object) -> datetime.date | None:
    """The day a saved value names (exactly 2027-03-12), or None."""
    if not isinstance(value, str) or not _is_numbers(value, "-", 4, 2, 2):
        return None
    year, month, day = value.split("-")
    return _date(int(year), int(month), int(day))


def as_time(value: object) -> datetime.time | None:
    """The time a saved value names (exactly 14:30), or None."""
    if not isinstance(value, str) or not _is_numbers(value, ":", 2, 2):
        return None
    hour, minute = int(value[:2]), int(value[3:])
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None


def long_date(day: datetime.date) -> str:
    """Thursday 12 March 2027."""
    return _("{weekday} {day} {month} {year}").format(
        weekday=_(_DAYS[day.weekday()]), day=day.day, month=_(_MONTHS[day.month - 1]), year=f"{day.year:04}"
    )


def plain_date(day: datetime.date) -> str:
    """12 March 2027, as it stands in a field; `read_date` reads it back."""
    return _("{day} {month} {year}").format(day=day.day, month=_(_MONTHS[day.month - 1]), year=f"{day.year:04}")


def short_date(day: datetime.date) -> str:
    """Thu 12 March."""
    return _("{weekday} {day} {month}").format(
        weekday=_(_DAYS[day.weekday()])[:3], day=day.day, month=_(_MONTHS[day.month - 1])
    )


def clock(time: datetime.time) -> str:
    """2:30 pm."""
    half = _("am") if time.hour < 12 else _("pm")
    return f"{time.hour % 12 or 12}:{time.minute:02} {half}"


def years_between(born: datetime.date, day: datetime.date) -> int:
    """Full years lived on `day`. Who was born on 29 February turns a year older on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _month(name: str) -> int:
    """The month's number by its name or its first three letters or more; 0 when there is none."""
    name = name.casefold()
    if len(name) < 3:
        return 0
    for number, month in enumerate(_MONTHS, 1):
        if _(month).casefold().startswith(name) or (name == "sept" and number == 9):
            return number
    return 0


def _is_numbers(value: str, between: str, *digits: int) -> bool:
    """Whether the value is numbers of exactly so many digits each, with this sign between them."""
    parts = value.split(between)
    return [len(part) for part in parts] == [*digits] and all(part.isascii() and part.isdecimal() for part in parts)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
