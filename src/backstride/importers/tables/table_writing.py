"""How the days and times of tables are written: brought into figures, and midnight told from no time.

A spreadsheet keeps a day as the number of days since the end of 1899, and a time of day as a share of a day or as a
time on that day; both are read for what they show.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from backstride.importers.tables.strava_times import in_figures

_WEEKDAY = re.compile(r"^[^\W\d_]{2,10}\.?,?\s+")
YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|(\d\d)(\d\d))(?=\D|$)")
YEAR_LAST = re.compile(r"(\d{1,2})[-/.] ?(\d{1,2})[-/.] ?(\d{4}|\d\d)(?=\D|$)")
_MIDNIGHT: Final = re.compile(
    r"(?<=[\sT,])(?:0{1,2}[:.]00(?:[:.]00)?(?:[.,]0+)?|12[:.]00(?:[:.]00)?\s*a\.?\s?m\.?)"
    r"\s*(?:z|utc|gmt|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
_EPOCH_SECONDS: Final = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
_ZONES: Final = {
    **dict.fromkeys(("WET",), "+00:00"),
    **dict.fromkeys(("BST", "WEST", "CET", "MEZ"), "+01:00"),
    **dict.fromkeys(("CEST", "MESZ", "EET", "OEZ"), "+02:00"),
    **dict.fromkeys(("EEST", "OESZ"), "+03:00"),
    **dict.fromkeys(("EST", "CDT"), "-05:00"),
    **dict.fromkeys(("MST", "PDT"), "-07:00"),
    "EDT": "-04:00",
    "MDT": "-06:00",
    "PST": "-08:00",
}
_ZONE_IN_LETTERS: Final = re.compile(rf"(?<=[\d.mM])\s*\(?({'|'.join(_ZONES)})\)?$")
"""Letters of which each means one distance from UTC; CST and IST mean several."""
_HALF_IN_WORDS: Final = re.compile(r"(?<=:\d\d)\s*(vorm|nachm|[ap]\.\s?m)\b\.?(?=\s|$)", re.IGNORECASE)
_HALF_OF_DAY: Final = re.compile(r"午前|午後|上午|下午|오전|오후|\b[ap]\.\s?m\b|\b[ap]\s[m]\b", re.IGNORECASE)
_NUMERIC_OFFSET = re.compile(r"\d[+-]\d\d:?\d\d$")
_OFFSET_AT_END: Final = re.compile(r":\d\d(?:[.,]\d+)?\s*(z|utc|gmt|[+-]\d\d:?\d\d)$", re.IGNORECASE)
_BASIC_TIME: Final = re.compile(r"^(\d{4}-?\d\d-?\d\d)[T ](\d\d)(\d\d)(\d\d)(?=\D|$)")
_SERIAL: Final = re.compile(r"(\d{5})(?:[.,](\d+))?")
_WEEK_DAY: Final = re.compile(r"(\d{4})-?W(\d\d)-?([1-7])(?=\D|$)", re.IGNORECASE)
_ORDINAL_DAY: Final = re.compile(r"(\d{4})-(\d{3})(?=\D|$)")
_FIRST_SERIAL, _LAST_SERIAL = 33_000, 73_000
"""The numbers that a spreadsheet gives the days of 1990 to 2099."""
_SPREADSHEET_DAY_0: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock
_DAY_0: Final = re.compile(
    r"(?:1899-12-3[01]|1900-01-0[01]|1904-01-01|0*[01][./]0*1[./](?:19)?00|30[./]12[./]1899)[T ]+"
)
_SHARE_OF_DAY: Final = re.compile(r"0?[.,]\d+")
_TIME_OF_DAY: Final = re.compile(r"\d{1,2}[:.h]\d\d|\d\s*(?:[ap]\.?\s?m|uhr|h\b)|^0?[.,]\d+$", re.IGNORECASE)
_CLOCK_ALONE: Final = re.compile(r"[0-2]?\d[:.][0-5]\d(?::[0-5]\d)?")
_BEFORE_A_CLOCK: Final = re.compile(
    r"(?:^|(?<=\s))(?:klo|kl|um|om|ore|alle ore|a las|kello|godz|o godz|saat|в)\.?\s+(?=\d{1,2}[:.h]\d\d)",
    re.IGNORECASE,
)
_NOON: Final = frozenset({"noon", "midday", "mittag", "mittags", "midi", "mediodía", "mezzogiorno"})
_FOUR_FIGURES: Final = re.compile(r"([01]?\d|2[0-4])([0-5]\d)(?:\s*(?:h|hrs|hours|uhr))?", re.IGNORECASE)
_DOTS: Final = re.compile(r"(\d{1,2})\.(\d\d)\.(\d\d)")


def day_and_time(day: str, at: str) -> str:
    """Join the text of a timestamp that stands in one column or in two; empty where both are.

    Args:
        day: the cell of the column of days, which may hold midnight beside the day.
        at: the cell of the column of times, which may hold a whole moment.
    """
    if not day or not at:
        return at or day
    at = _in_words(_BEFORE_A_CLOCK.sub("", _DAY_0.sub("", at)))
    if dots := _DOTS.fullmatch(at):
        return f"{_day_alone(day)} {dots[1]}:{dots[2]}:{dots[3]}"
    if _SHARE_OF_DAY.fullmatch(at):
        at = f"{_SPREADSHEET_DAY_0 + timedelta(seconds=round(86_400 * float(at.replace(',', '.')))):%H:%M:%S}"
    return at if has_day(plainly(at)) else f"{_day_alone(day)} {at}"


def _in_words(at: str) -> str:
    """Rewrite noon, and a clock of four figures (0730, 1915), with a colon."""
    if at.strip().lower().rstrip(".") in _NOON:
        return "12:00"
    found = _FOUR_FIGURES.fullmatch(at.strip())
    return f"{int(found[1]):02d}:{found[2]}" if found else at


def _day_alone(day: str) -> str:
    """Strip the time that databases and spreadsheets put beside a day."""
    bare = plainly(day)
    found = YEAR_FIRST.match(bare) or YEAR_LAST.match(bare)
    return found[0] if found else day


def plainly(text: str) -> str:
    """Rewrite a day and time in digits, whatever words, am/pm and abbreviations it has."""
    whole = text.strip().replace("\u202f", " ").replace("\u00a0", " ")
    whole = _HALF_IN_WORDS.sub(lambda half: " am" if half[1][0] in "vVaA" else " pm", whole)
    whole = _ZONE_IN_LETTERS.sub(lambda zone: _ZONES[zone[1].upper()], _BEFORE_A_CLOCK.sub("", whole))
    bare = _WEEKDAY.sub("", whole)
    if (serial := _SERIAL.fullmatch(bare)) and _FIRST_SERIAL <= int(serial[1]) <= _LAST_SERIAL:
        share = float(f"0.{serial[2] or 0}")
        shown = _SPREADSHEET_DAY_0 + timedelta(days=int(serial[1]), seconds=round(86_400 * share))
        return f"{shown:%Y-%m-%d %H:%M:%S}" if serial[2] else f"{shown:%Y-%m-%d}"
    if _EPOCH_SECONDS.fullmatch(bare):
        seconds = float(bare) / (1000 if len(bare.partition(".")[0]) == 13 else 1)
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}Z"
    bare = _in_calendar_days(bare)
    if not has_day(bare) or _HALF_OF_DAY.search(bare):
        figures = in_figures(whole)
        offset = _OFFSET_AT_END.search(bare)
        bare = figures + (offset[1] if offset and has_day(figures) else "")
    return _BASIC_TIME.sub(r"\1 \2:\3:\4", bare)


def _in_calendar_days(bare: str) -> str:
    """Rewrite a day that is told by the week (2026-W12-3) or by its number in the year (2026-083) of ISO 8601."""
    try:
        if week := _WEEK_DAY.match(bare):
            return f"{date.fromisocalendar(int(week[1]), int(week[2]), int(week[3]))}{bare[week.end() :]}"
        if ordinal := _ORDINAL_DAY.match(bare):
            day = date(int(ordinal[1]), 1, 1) + timedelta(days=int(ordinal[2]) - 1)
            return f"{day}{bare[ordinal.end() :]}" if day.year == int(ordinal[1]) else bare
    except ValueError:
        return bare
    return bare


def means_no_time(texts: Sequence[str]) -> bool:
    """Whether midnight stands for no time: where every row has it, and none says how far it is from UTC."""
    if any(map(has_numeric_offset, texts)):
        return False
    midnights = sum(map(is_midnight, texts))
    return midnights == len(texts) > 0


def has_numeric_offset(text: str) -> bool:
    """Whether a day and time says in figures how far it is from UTC."""
    return _NUMERIC_OFFSET.search(text) is not None


def is_midnight(text: str) -> bool:
    """Whether a day and time ends in midnight."""
    return _MIDNIGHT.search(text) is not None


def has_day(text: str) -> bool:
    """Whether a text begins with a day in figures."""
    return bool(YEAR_FIRST.match(text) or YEAR_LAST.match(text))


def holds_day(cell: str) -> bool:
    """Whether a cell tells a day."""
    return has_day(plainly(cell))


def holds_time(cell: str) -> bool:
    """Whether a cell tells a time of day, or a whole moment."""
    return _TIME_OF_DAY.search(cell) is not None or holds_day(cell)


def is_time_alone(cell: str) -> bool:
    """Whether a cell is hours and minutes on a clock of twelve or twenty-four hours and nothing else."""
    return _CLOCK_ALONE.fullmatch(cell.strip()) is not None


def holds_number(cell: str) -> bool:
    """Whether a cell begins with a number."""
    return cell[:1].isdigit()
