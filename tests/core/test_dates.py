"""Dates and times as people write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iep_tui.core.dates import (
    as_date,
    as_time,
    clock,
    long_date,
    plain_date,
    read_date,
    read_time,
    short_date,
    years_between,
)

MARCH_12 = datetime.date(2027, 3, 12)


@pytest.mark.parametrize(
    "typed",
    [
        "2027-03-12",
        "2027-3-12",
        "2027/03/12",
        "3/12/2027",
        "03/12/2027",
        "3/12/27",
        "3-12-2027",
        "3.12.2027",
        "3 / 12 / 2027",
        "March 12, 2027",
        "March 12,2027",
        "march 12 2027",
        "MARCH 12TH, 2027",
        "Mar 12, 2027",
        "Mar. 12, 2027",
        "12 March 2027",
        "12 March, 2027",
        "12th March 2027",
        "12 mar 2027",
        "Friday, March 12, 2027",
        "Friday 12 March 2027",
        "Fri 12 March 2027",
        "fri, 3/12/2027",
        "  12 March 2027 ",
        "٠٣/١٢/٢٠٢٧",
    ],
)
def test_a_day_is_read_however_it_is_written(typed: str) -> None:
    assert read_date(typed) == MARCH_12


def test_the_first_of_two_numbers_is_the_month_unless_it_cannot_be() -> None:
    assert read_date("4/5/2027") == datetime.date(2027, 4, 5)
    assert read_date("25/12/2027") == datetime.date(2027, 12, 25)


def test_a_month_is_known_by_three_letters_and_september_by_four() -> None:
    assert read_date("sept 9, 2027") == read_date("sep 9, 2027") == datetime.date(2027, 9, 9)
    assert read_date("ju 9, 2027") is None


def test_the_29th_of_february_is_there_every_four_years() -> None:
    assert read_date("2/29/2028") == datetime.date(2028, 2, 29)
    assert read_date("2/29/2027") is None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "soon",
        "next Friday",
        "Friday",
        "Friday, ",
        "March 12",
        "3/12",
        "3/12/202",
        "3/12/20271",
        "13/13/2027",
        "0/1/2027",
        "30 February 2027",
        "12 Smarch 2027",
        "2027-03-12T10:00",
        "March 12, 2027 or later",
        "3/12-ish/2027",
        "20270312",
        "0000-01-01",
        "\n",
        "١٢",
    ],
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_date(typed) is None


@given(st.dates())
@example(datetime.date(1, 1, 1))
@example(datetime.date(987, 12, 31))
@example(datetime.date(2028, 2, 29))
def test_a_day_in_a_field_is_read_back_as_that_day(day: datetime.date) -> None:
    assert read_date(plain_date(day)) == day
    assert read_date(long_date(day)) == day
    assert read_date(day.isoformat()) == as_date(day.isoformat()) == day


@given(st.text() | st.text("0123456789/-., aprMT"))
def test_any_text_is_a_day_or_none(typed: str) -> None:
    day = read_date(typed)
    assert day is None or read_date(plain_date(day)) == day


def test_days_as_they_are_shown() -> None:
    assert long_date(MARCH_12) == "Friday 12 March 2027"
    assert plain_date(MARCH_12) == "12 March 2027"
    assert short_date(MARCH_12) == "Fri 12 March"


@pytest.mark.parametrize(
    "value", ["2027-3-12", "3/12/2027", " 2027-03-12", "2027-02-30", "٢٠٢٧-٠٣-١٢", "", None, 20270312, ["2027-03-12"]]
)
def test_a_saved_day_has_one_form(value: object) -> None:
    assert as_date(value) is None


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("2:30 pm", "14:30"),
        ("2:30pm", "14:30"),
        ("2:30 p.m.", "14:30"),
        ("2:30 P", "14:30"),
        ("2.30 pm", "14:30"),
        ("14:30", "14:30"),
        ("14h30", "14:30"),
        ("2 pm", "14:00"),
        ("2", "14:00"),
        ("2:30", "14:30"),
        ("6:59", "18:59"),
        ("7:00", "07:00"),
        ("02:30", "02:30"),
        ("9:15 am", "09:15"),
        ("12 am", "00:00"),
        ("12 pm", "12:00"),
        ("12:00", "12:00"),
        ("0:30", "00:30"),
        (" 8 a.m. ", "08:00"),
    ],
)
def test_a_time_is_read_however_it_is_written(typed: str, time: str) -> None:
    assert read_time(typed) == datetime.time.fromisoformat(time)


@pytest.mark.parametrize(
    "typed", ["", "noon", "24:00", "2:60", "13 pm", "0 am", "2:3", "2:30 xm", "at 2", "2-3 pm", "230"]
)
def test_what_is_no_time_is_none(typed: str) -> None:
    assert read_time(typed) is None


@given(st.times().map(lambda time: time.replace(second=0, microsecond=0)))
def test_a_time_as_it_is_shown_is_read_back(time: datetime.time) -> None:
    assert read_time(clock(time)) == time
    assert as_time(time.strftime("%H:%M")) == time


@pytest.mark.parametrize("value", ["9:15", "24:00", "14:60", "14:30:00", "١٤:٣٠", "2:30 pm", "", None, 1430])
def test_a_saved_time_has_one_form(value: object) -> None:
    assert as_time(value) is None


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        ("2018-05-09", "2027-05-08", 8),
        ("2018-05-09", "2027-05-09", 9),
        ("2018-05-09", "2018-05-09", 0),
        ("2020-02-29", "2027-02-28", 6),
        ("2020-02-29", "2027-03-01", 7),
        ("2020-02-29", "2028-02-29", 8),
    ],
)
def test_full_years_lived(born: str, day: str, years: int) -> None:
    assert years_between(datetime.date.fromisoformat(born), datetime.date.fromisoformat(day)) == years
