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
    """Compile on first use: parsing saved values needs no patterns."""
    return re.compile(source, re.IGNORECASE)


def read_date(typed: str) -> datetime.date | None:
    """Parse a typed date, or return None. The year is required; of two numbers the month is first, as in the US.

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
    if match := _pattern(_ISO).fullmatch(typed):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _pattern(_NUMBERS).fullmatch(typed):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        year += 2000 if len(match[3]) == 2 else 0
        return _date(year, second, first) if first > 12 else _date(year, first, second)
    if match := _pattern(_DAY_FIRST).fullmatch(typed):
        return _date(int(match[3]), _month(match[2]), int(match[1]))
    if match := _pattern(_MONTH_FIRST).fullmatch(typed):
        return _date(int(match[3]), _month(match[1]), int(match[2]))
    return None


def read_time(typed: str) -> datetime.time | None:
    """Parse a typed time of day, or return None.

    "2:30" is taken as 2:30 pm, since schools meet in the afternoon; "02:30" is 2:30 am.
    """
    match = _pattern(_TIME).fullmatch(typed.strip())
    if not match:
        return None
    hour, minute, am_pm = int(match[1]), int(match[2] or 0), (match[3] or "").casefold()
    if am_pm:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if am_pm == "p" else 0)
    elif 1 <= hour <= 6 and not match[1].startswith("0"):
        hour += 12
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None


def as_date(value: object) -> datetime.date | None:
    """Parse a saved date (exactly 2027-03-12), or return None."""
    if not isinstance(value, str) or not _has_digit_groups(value, "-", 4, 2, 2):
        return None
    year, month, day = value.split("-")
    return _date(int(year), int(month), int(day))


def as_time(value: object) -> datetime.time | None:
    """Parse a saved time (exactly 14:30), or return None."""
    if not isinstance(value, str) or not _has_digit_groups(value, ":", 2, 2):
        return None
    hour, minute = int(value[:2]), int(value[3:])
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None


def long_date(day: datetime.date) -> str:
    """Format as "Friday 12 March 2027"."""
    return _("{weekday} {day} {month} {year}").format(
        weekday=_(_DAYS[day.weekday()]), day=day.day, month=_(_MONTHS[day.month - 1]), year=f"{day.year:04}"
    )


def plain_date(day: datetime.date) -> str:
    """Format as "12 March 2027", the form in input fields; `read_date` parses it."""
    return _("{day} {month} {year}").format(day=day.day, month=_(_MONTHS[day.month - 1]), year=f"{day.year:04}")


def short_date(day: datetime.date) -> str:
    """Format as "Fri 12 March"."""
    return _("{weekday} {day} {month}").format(
        weekday=_(_DAYS[day.weekday()])[:3], day=day.day, month=_(_MONTHS[day.month - 1])
    )


def clock(time: datetime.time) -> str:
    """Format as "2:30 pm"."""
    am_pm = _("am") if time.hour < 12 else _("pm")
    return f"{time.hour % 12 or 12}:{time.minute:02} {am_pm}"


def years_between(birth_date: datetime.date, day: datetime.date) -> int:
    """Return the age in full years on `day`. A birthday on 29 February counts as 1 March in other years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def _month(name: str) -> int:
    """Return the number of a month from its name or at least its first three letters; 0 if there is none."""
    name = name.casefold()
    if len(name) < 3:
        return 0
    for number, month in enumerate(_MONTHS, 1):
        if _(month).casefold().startswith(name) or (name == "sept" and number == 9):
            return number
    return 0


def _has_digit_groups(value: str, separator: str, *digits: int) -> bool:
    """Return whether the value is numbers of exactly these digit counts, joined by `separator`."""
    parts = value.split(separator)
    return [len(part) for part in parts] == [*digits] and all(part.isascii() and part.isdecimal() for part in parts)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
