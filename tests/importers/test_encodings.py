"""Tables in the code pages of other languages, and days in other writings: read, or refused for what they are."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from backstride.errors import BadInput
from backstride.importers.registry import read_content

WARSAW = ZoneInfo("Europe/Warsaw")
POLISH = (
    "Data;Godzina;Czas trwania;Dystans;Aktywność\n"
    "01.05.2026;18:10;32;5,2;bieg\n02.05.2026;18:10;60;20;pływanie\n"
)
POLISH_NOTES = (
    "date;start;minutes;note\n01.05.2026;18:10;32;żółta ścieżka, było ciężko\n02.05.2026;18:10;60;świetnie\n"
)
RUSSIAN = "Дата;Время;Минуты;Расстояние;Вид\n01.05.2026;18:10;32;5,2;бег\n02.05.2026;18:10;60;20;велосипед\n"
GREEK = "date;start;minutes;type\n01.05.2026;18:10;32;Τρέξιμο\n02.05.2026;18:10;60;Ποδηλασία\n"
JAPANESE = "日付,時刻,分,距離,種類\n2026/05/01,18:10,32,5.2,ランニング\n2026/05/02,18:10,60,20,サイクリング\n"
FRENCH = "Date;Heure;Durée;Activité\n01/05/2026;18:10;32;Course à pied\n13/05/2026;18:10;60;Vélo\n"
GERMAN = "Datum;Beginn;Minuten;Notiz\n01.05.2026;18:10;32;Rückenübung, größere Müdigkeit\n02.05.2026;18:10;60;schön\n"


def read(content: bytes):
    """What the table gives."""
    return read_content(content, name="t.csv", zone=WARSAW)[1]


@pytest.mark.parametrize(
    ("text", "encoding", "called"),
    [
        (POLISH, "cp1250", "Windows-1250"),
        (POLISH_NOTES, "cp1250", "Windows-1250"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (GREEK, "cp1253", "Windows-1253"),
        (JAPANESE, "cp932", "Shift-JIS"),
        (FRENCH, "cp1252", "Latin-1"),
        (GERMAN, "cp1252", "Latin-1"),
    ],
)
def test_the_words_of_a_table_tell_its_code_page(text, encoding, called):
    """The same runs as in UTF-8, and a note says how it was read."""
    found, plain = read(text.encode(encoding)), read(text.encode())
    assert found.records == plain.records
    assert next(run.minutes for run in found.records.runs if run.is_running) == 32
    assert called in " ".join(found.notes)


@pytest.mark.parametrize("text", [POLISH, RUSSIAN, JAPANESE, FRENCH])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_wide_letters_are_known_with_and_without_a_mark(text, encoding):
    """By the zero bytes of figures and line ends, whatever script the first heading is in."""
    assert read(text.encode(encoding)).records == read(text.encode()).records


@pytest.mark.parametrize("encoding", ["cp1250", "cp1251", "koi8-r", "cp1252", "cp932"])
def test_a_table_in_plain_letters_is_the_same_in_each(encoding):
    """And nothing is said of letters that are not there."""
    found = read(b"start,minutes\n2026-05-01 18:10,30\n")
    assert read("start,minutes\n2026-05-01 18:10,30\n".encode(encoding)) == found
    assert "not UTF-8" not in " ".join(found.notes)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-W18-5", date(2026, 5, 1)), ("2026W185", date(2026, 5, 1)), ("2026-W01-1", date(2025, 12, 29)),
        ("2026-121", date(2026, 5, 1)), ("2028-366", date(2028, 12, 31)), ("2026.05.01", date(2026, 5, 1)),
        ("2026. 05. 01.", date(2026, 5, 1)), ("2026. május 1.", date(2026, 5, 1)),
        ("1 травня 2026", date(2026, 5, 1)),
        ("1 Μαΐου 2026", date(2026, 5, 1)), ("1 iunie 2026", date(2026, 6, 1)), ("1. juuni 2026", date(2026, 6, 1)),
        ("1 agustus 2026", date(2026, 8, 1)), ("1 августа 2026", date(2026, 8, 1)),
        ("1 listopada 2026", date(2026, 11, 1)),
    ],
)  # fmt: skip
def test_days_in_other_writings(text, day):
    """The week and the number of the day as in ISO 8601, the year first with dots, months in more languages."""
    found = read(f"date;start;minutes\n{text};18:10;30\n".encode())
    assert [run.local_day for run in found.records.runs] == [day]


@pytest.mark.parametrize("text", ["2026-W54-1", "2026-W18-8", "2026-W18", "2025-366", "2026-000"])
def test_a_day_that_no_calendar_has_is_refused(text):
    """A week alone tells no day, and a common year has 365 of them."""
    with pytest.raises(BadInput, match=r"is not a date|no day|year"):
        read(f"date,start,minutes\n{text},18:10,30\n".encode())
