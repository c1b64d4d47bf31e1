"""Days and times in tables: every order, every zone, and what is said of them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.errors import BadTable
from backstride.importers.base import ImportResult
from backstride.importers.tables import date_order
from backstride.importers.tables.tables import TABLES

BERLIN = ZoneInfo("Europe/Berlin")


def read(*times: str, before: str = "") -> ImportResult:
    """A table of check-ins at these times."""
    rows = "".join(f"{time};4\n" for time in times)
    return TABLES.read(f"{before}time;pain\n{rows}".encode(), name="t.csv", zone=BERLIN)


def moments(result: ImportResult) -> list[str]:
    """The times as they were read."""
    return [check_in.moment.isoformat() for check_in in result.records.check_ins]


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-01 07:30",
        "2026-05-01T07:30:00",
        "2026-05-01T07:30+02:00",
        "2026-05-01T07:30:00.000+0200",
        "2026-05-01T05:30Z",
        "2026-05-01 05:30 UTC",
        "20260501T0530Z".replace("T0530", " 05:30"),
        "2026/5/1 7:30 am",
        "1.5.2026 7.30 Uhr",
        "01.05.26, 7:30",
        "Fr. 1.5.2026 07:30",
        "Friday, 1 May 2026 7:30 a. m.",
        "1-May-2026 07:30",
        "01-May-2026 07:30",
        "01-May-26 07:30",
        "May 1, 2026, 7:30 AM",
        "1. Mai 2026 07:30",
        "20260501T073000+0200",
        "20260501T053000Z",
        "1777613400",
        "1777613400000",
        "2026-05-01T07:30+02:00[Europe/Berlin]",
    ],
)
def test_one_morning_written_in_many_ways(text: str) -> None:
    """Half past seven in Berlin, on the first of May."""
    assert moments(read(text)) == ["2026-05-01T07:30:00+02:00"]


@pytest.mark.parametrize(
    ("texts", "days", "note"),
    [
        (["1/5/2026", "13/5/2026"], ["05-01", "05-13"], "day/month/year, since a number above 12"),
        (["5/1/2026", "5/13/2026"], ["05-01", "05-13"], "month/day/year, since a number above 12"),
        (["1/5/2026", "2/5/2026"], ["05-01", "05-02"], "day/month/year, for so the rows lie close"),
        (["5/1/2026", "5/2/2026"], ["05-01", "05-02"], "month/day/year, for so the rows lie close"),
        (["9/10/2025", "9/12/2025", "10/3/2025"], ["09-10", "09-12", "10-03"], "in the order of their days"),
        (["10/9/2025", "12/9/2025", "3/10/2025"], ["09-10", "09-12", "10-03"], "in the order of their days"),
        (["1.5.2026"], ["05-01"], "as those with dots are"),
        (["31/4/2026", "4/30/2026"], ["04-30"], "there are no such days"),
        (["2026-05-01", "2026-05-02"], ["05-01", "05-02"], ""),
    ],
)
def test_the_order_of_day_and_month_is_read_from_the_column_and_said(
    texts: list[str], days: list[str], note: str
) -> None:
    """One order for all rows; doubt is spoken."""
    result = read(*texts)
    assert [text[5:10] for text in moments(result)] == days
    assert any("dates" in said for said in result.notes) == bool(note)
    assert note in " ".join(result.notes)


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (["9/12/2026", "10/10/2026", "11/4/2026"], ["09-12", "10-10", "11-04"]),
        (["12/9/2026", "10/10/2026", "4/11/2026"], ["09-12", "10-10", "11-04"]),
        (["9.12.2026", "11.4.2026"], ["09-12", "11-04"]),
        (["4/12/2026"], ["04-12"]),
    ],
)
def test_no_row_lies_in_the_future(
    monkeypatch: pytest.MonkeyPatch, texts: list[str], days: list[str]
) -> None:
    """On 5 November 2026 an order that brings a later day is not the one that was meant, dots or not."""
    monkeypatch.setattr(date_order, "last_possible_day", lambda: date(2026, 11, 5))
    result = read(*texts)
    assert [text[5:10] for text in moments(result)] == days
    assert "would lie in the future" in " ".join(result.notes)


@pytest.mark.parametrize("order", ["month/day/year", "m/d/y", "MM/DD/YYYY", "Monat-Tag-Jahr"])
def test_a_stated_order_needs_no_guess(order: str) -> None:
    """A line before the header settles it."""
    result = read("1/5/2026 7:30", before=f"# dates: {order}\n")
    assert moments(result) == ["2026-01-05T07:30:00+01:00"]
    assert "dates" not in " ".join(result.notes)


@pytest.mark.parametrize(
    ("order", "text"),
    [
        (date_order.DAY_FIRST, "01/05/26"),
        (date_order.MONTH_FIRST, "05/01/26"),
        (date_order.SHORT_YEAR_FIRST, "26/05/01"),
        ("YY-MM-DD", "26-05-01"),
        ("Jahr/Monat/Tag", "26/05/01"),
    ],
)
def test_every_order_that_a_note_names_can_be_stated(order: str, text: str) -> None:
    """The same words in a line before the header are read as the note meant them."""
    result = read(f"{text} 7:30", before=f"# dates: {order}\n")
    assert moments(result) == ["2026-05-01T07:30:00+02:00"]


def test_a_row_against_the_order_of_the_others_is_left_out() -> None:
    """Two of three settle the order; the third is no such day."""
    result = read("13/5/2026", "14/5/2026", "5/15/2026")
    assert (len(moments(result)), len(result.skipped)) == (2, 1)
    assert "read as day/month/year" in result.skipped[0].why


@pytest.mark.parametrize(
    ("before", "text", "zone_source"),
    [
        ("", "2026-05-01 07:30", "assumed"),
        ("", "2026-05-01 05:30Z", "assumed"),
        ("", "2026-05-01 07:30+02:00", "stated"),
        ("# zone: Europe/Oslo\n", "2026-05-01 07:30", "stated"),
    ],
)
def test_how_the_zone_is_known_is_kept(before: str, text: str, zone_source: str) -> None:
    """Stated by the table or the time itself, else assumed, and then said."""
    result = read(text, before=before)
    assert result.records.check_ins[0].zone_source == zone_source
    assert ("Europe/Berlin" in " ".join(result.notes)) == (zone_source == "assumed")


def test_a_stated_zone_is_used() -> None:
    """The diary of a journey is read where it was written."""
    assert moments(read("2026-05-01 07:30", before="# zone: America/New_York\n")) == [
        "2026-05-01T07:30:00-04:00"
    ]


@pytest.mark.parametrize("texts", [["1/5/2026"], ["3/4/2026", "4/3/2026"]])
def test_an_order_that_nothing_tells_is_asked_for(texts: list[str]) -> None:
    """A guess would put half of such tables on wrong days."""
    with pytest.raises(BadTable, match=r"either way.*# dates"):
        read(*texts)
    assert len(read(*texts, before="# dates: month/day/year\n").records.check_ins) == len(texts)


@pytest.mark.parametrize(
    ("texts", "hours"),
    [
        (["2026-05-01 00:00:00", "2026-05-02 00:00:00"], [7, 7]),
        (["2026-05-01T00:00:00Z"], [7]),
        (["2026-05-01 00:00", "2026-05-02 07:30"], [0, 7]),
        (["2026-05-01 12:00:00 AM", "2026-05-02 12:00:00 AM"], [7, 7]),
    ],
)
def test_midnight_in_every_row_is_no_time(texts: list[str], hours: list[int]) -> None:
    """Spreadsheets write it for a day alone; the day is the one that is written."""
    check_ins = read(*texts).records.check_ins
    assert [check_in.moment.hour for check_in in check_ins] == hours
    assert [check_in.moment.date().isoformat() for check_in in check_ins] == [text[:10] for text in texts]


def test_runs_at_midnight_are_refused_as_days_without_a_time() -> None:
    """Nobody can tell whether the rating came before them."""
    with pytest.raises(BadTable, match="midnight stands there for no time"):
        TABLES.read(
            b"start,moving_min\n2026-05-01 00:00:00,30\n2026-05-09 00:00:00,30\n", name="t", zone=BERLIN
        )


def test_a_day_alone_stands_for_seven_in_the_morning() -> None:
    """And the note says so."""
    result = read("2026-05-01")
    assert moments(result) == ["2026-05-01T07:00:00+02:00"]
    assert "stands for 07:00" in " ".join(result.notes)


@pytest.mark.parametrize(
    ("text", "read_as", "note"),
    [
        ("2026-03-29 02:30", "2026-03-29T03:30:00+02:00", "left out is read as an hour later"),
        ("2026-10-25 02:30", "2026-10-25T02:30:00+02:00", "shows twice is read as the first"),
    ],
)
def test_the_change_of_clocks_is_met_and_said(text: str, read_as: str, note: str) -> None:
    """A time that never was, and one that came twice."""
    result = read(text)
    assert moments(result) == [read_as]
    assert note in " ".join(result.notes)


def test_day_and_time_may_have_columns_of_their_own() -> None:
    """The two are put together; a missing time stands for the morning."""
    content = b"date,time,pain\n2026-05-01,8:15,4\n2026-05-02,,4\n,2026-05-03 9:00,4\n"
    result = TABLES.read(content, name="t.csv", zone=BERLIN)
    assert [text[8:16] for text in moments(result)] == ["01T08:15", "02T07:00", "03T09:00"]


@given(
    st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30), timezones=st.timezones()).filter(  # noqa: DTZ001
        lambda moment: moment.time() != time(0)
    )
)
def test_any_time_in_iso_form_comes_back_as_it_was(moment: datetime) -> None:
    """Down to the microsecond and the second of an old offset; no distance from UTC is UTC itself."""
    (check_in,) = read(moment.isoformat()).records.check_ins
    if moment.utcoffset():
        assert check_in.moment.isoformat() == moment.isoformat()
    else:
        assert check_in.moment == moment.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "texts",
    [
        ["1/1/2026 18:10", "2/1/2026 18:10", "3/1/2026 18:10"],
        ["1/1/2026 18:10", "1/2/2026 18:10", "1/3/2026 18:10", "1/4/2026 18:10"],
    ],
)
def test_days_that_are_of_one_january_or_the_first_of_each_month_are_asked_about(texts):
    """That days lie near each other proves nothing here: who notes the first of a month does so each month."""
    with pytest.raises(BadTable, match=r"either way.*# dates"):
        read(*texts)
    assert len(read(*texts, before="# dates: month/day/year\n").records.check_ins) == len(texts)
