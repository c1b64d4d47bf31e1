"""The table of check-ins: one row a morning."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from backstride.core.check_in import QUESTIONS, CheckIn
from backstride.core.datetimes import ZoneSource
from backstride.core.question import AnswerKind, Question
from backstride.core.records import Records
from backstride.core.scales import ZERO_TO_TEN, PainRating, Scale, scale_from_text
from backstride.errors import BadInput, BadValue
from backstride.importers.base import ImportResult
from backstride.importers.cell_values import amount, yes_no, zone_known
from backstride.importers.same_moment import of_one_table
from backstride.importers.secondary import goes_beyond_ten
from backstride.importers.tables.back_places import refuse_another_place
from backstride.importers.tables.columns import (
    Cells,
    Table,
    by_line,
    clock_of,
    each_row,
    passed_over,
    without_rows,
)
from backstride.importers.tables.forms import Column, Form
from backstride.importers.tables.heading_words import DATES, PAINS, TIMES
from backstride.importers.tables.headings import plain
from backstride.importers.tables.rating_scales import (
    note_on_one_beyond,
    refuse_another_scale,
    sleep_in_hours,
    without_codes,
)
from backstride.importers.tables.row_order import DoubtedDays, doubted_days
from backstride.importers.tables.table_times import USUAL_MORNING, Clock
from backstride.importers.tables.table_writing import day_and_time, holds_day, holds_number, holds_time

FORM: Final = Form(
    what="check-ins",
    columns=(
        Column(
            "time",
            ("when", "moment", "timestamp", "date time", "Zeit", "Uhrzeit", "Zeitpunkt", *TIMES),
            holds=holds_time,
        ),
        Column("date", ("day", "Datum", "Tag", *DATES), holds=holds_day),
        Column(
            "pain",
            ("back pain", "pain now", "Schmerz", "Schmerzen", "Rückenschmerz", "Rückenschmerzen", *PAINS),
            units="range",
            holds=holds_number,
        ),
        Column("scale", ("pain scale", "Skala")),
        Column(
            "place",
            ("location", "body part", "where it hurts", "Ort", "Stelle", "Körperteil", "Körperstelle"),
        ),
        *(Column(name, question.names) for name, question in QUESTIONS.items()),
        Column("drawn", ("draw", "Los", "gelost", "gezogen")),
        Column("filled_in_late", ("late", "nachgetragen")),
        Column("day_starts_h", ("day starts", "Tagesbeginn")),
        Column("zone", ("zone known by",)),
        Column("source", ("Quelle",)),
        Column("note", ("notes", "comment", "Notiz", "Notizen", "Bemerkung")),
    ),
    needs=(
        ("time", "date"),
        ("pain", "mood", "tightness", "confidence", "drinks", "cigarettes", "fatty_meals", "ran_yesterday"),
    ),
    example="time,pain and, below it, 2026-05-01 07:30,4",
)
_ANSWERS: Final = tuple(
    column.name
    for column in FORM.columns
    if column.name not in ("time", "date", "scale", "day_starts_h", "zone", "source")
)
_WITH_ITS_SCALE: Final = re.compile(r"(\d{1,3}(?:[.,]\d)?)\s*(%|(?:/|out of|von)\s*(100?))")
"""3/10 and 30% name their scale."""
_DRAWN: Final = {"run": True, "rest": False, "lauf": True, "laufen": True, "ruhe": False, "pause": False}


def read_check_ins(table: Table, *, zone: ZoneInfo) -> ImportResult:
    """Read every check-in of the table; rows that hold a time and nothing else are passed over, and counted."""
    clock = clock_of(table, zone=zone)
    scale = table.units.get("pain", "")
    rated = [name for name, question in QUESTIONS.items() if question.kind is AnswerKind.RATING]
    is_open = not scale and not any(table.column("scale"))
    table, on_codes = without_codes(table, [*rated, "pain"] if is_open else rated)
    refuse_another_scale(table, scale)
    left_out: Counter[str] = Counter()
    unread = {name for name in rated if goes_beyond_ten(table.column(name))}
    is_asleep, on_sleep = sleep_in_hours(table)
    not_read = unread | {"sleep"} if is_asleep else unread
    wheres: list[str] = []

    def made(cells: Cells) -> CheckIn | None:
        check_in = _check_in(cells, clock, scale, left_out, not_read)
        wheres.extend([cells.where] * (check_in is not None))
        return check_in

    doubts = DoubtedDays() if "zone" in table.places else doubted_days(_days(table, clock))
    check_ins, skipped = each_row(without_rows(table, doubts.left_out), made)
    notes = clock.notes(table.name) + passed_over(table, check_ins, skipped) + on_sleep + on_codes
    notes += (*_notes_on_answers(table.name, left_out, unread), *note_on_one_beyond(table, scale))
    if "zone" not in table.places:  # an export holds each moment once
        check_ins, more, said = of_one_table(table.name, check_ins, wheres)
        skipped, notes = list(by_line([*skipped, *more])), (*said, *notes)
    return ImportResult(Records(check_ins=tuple(check_ins)), tuple(skipped), notes)


def row_moment(cells: Cells, clock: Clock) -> tuple[datetime, ZoneSource]:
    """Return the timestamp of a row with the columns time, date or both; a day alone gets the usual morning.

    Returns:
        The time with its zone, and how that zone is known.
    """
    moment, known = clock.moment(moment_in(cells), day_alone_at=USUAL_MORNING)
    return moment, zone_known(cells["zone"]) or known


def moment_in(cells: Cells) -> str:
    """Return the cells of a row that say when it was, in one text.

    Raises:
        BadValue: they are empty.
    """
    text = day_and_time(cells["date"], cells["time"])
    if not text:
        raise BadValue("It has no time.", advice="Write the time, as in 2026-05-01 07:30.")
    return text


def _days(table: Table, clock: Clock) -> Iterable[tuple[str, date]]:
    """Give the place and the day of each row that tells one."""
    for cells in table.rows:
        with suppress(BadInput):
            yield cells.where, clock.day(moment_in(cells))


def _notes_on_answers(name: str, left_out: Counter[str], unread: Iterable[str]) -> Iterable[str]:
    if left_out:
        counts = ", ".join(f"{what.replace('_', ' ')} ({count})" for what, count in left_out.items())
        yield (
            f"{name}: answers that cannot be read were left out, and their check-ins kept: {counts}. "
            "Correct them and import the table again."
        )
    for what in sorted(unread):
        yield (
            f"{name}: {what.replace('_', ' ')} goes beyond 10, so that it is on another scale and none "
            "of it was read. Write it as a number from 0 to 10."
        )


def _check_in(
    cells: Cells, clock: Clock, scale: str, left_out: Counter[str], unread: Collection[str]
) -> CheckIn | None:
    """Build the check-in of a row; an unreadable answer beside the pain is left out and counted.

    Raises:
        BadValue: its moment or its pain cannot be read, or nothing in it can.
    """
    if not any(cells[name] for name in _ANSWERS):
        return None
    if cells["place"]:
        refuse_another_place(cells["place"])
    moment, known = row_moment(cells, clock)
    answers: dict[str, Any] = {}
    refused: list[tuple[str, BadInput]] = []
    for name, question in QUESTIONS.items():
        if not cells[name] or name in unread:
            continue
        try:
            answers[name] = _answer(cells[name], name, question)
            question.check(name, answers[name])
        except BadInput as error:
            answers.pop(name, None)
            refused.append((name, error))
    is_export = "zone" in cells.by_name
    if answers.get("ran_yesterday") is False and answers.get("ran_minutes") and not is_export:
        left_out["a run that took place and did not"] += 1
        del answers["ran_yesterday"], answers["ran_minutes"]
    try:
        assigned = _assigned_to_run(cells["drawn"])
    except BadInput as error:
        assigned = None
        refused.append(("drawn", error))
    pain = _pain(cells, scale)
    if refused and pain is None and not answers and assigned is None and not cells["note"]:
        raise refused[0][1]
    left_out.update(name for name, _ in refused)
    return CheckIn(
        moment=moment,
        zone_source=known,
        pain=pain,
        **answers,
        drawn_to_run=assigned,
        filled_in_late=yes_no(cells["filled_in_late"], what="filled_in_late")
        or not clock.has_time(moment_in(cells)),
        day_starts_h=_day_start(cells["day_starts_h"]),
        note=cells["note"],
        source=cells["source"] or cells.where,
    )


def _day_start(text: str) -> int | None:
    hour = amount(text, what="hour at which the day starts")
    if hour is not None and not hour.is_integer():
        raise BadValue(f"'{text[:40]}' under day_starts_h is no whole hour.", advice="Give one from 0 to 12.")
    return None if hour is None else int(hour)


def _answer(text: str, name: str, question: Question) -> Any:  # noqa: ANN401 - of the kind that its field takes
    words = name.replace("_", " ")
    match question.kind:
        case AnswerKind.RATING:
            return amount(text, what=words)
        case AnswerKind.COUNT:
            return amount(text, what=f"number of {words}")
        case AnswerKind.MINUTES:
            return amount(text, what=words)
        case AnswerKind.YES_NO:
            return yes_no(text, what=name)
        case AnswerKind.CHOICE:
            known = {
                plain(word): value for value, others in question.choices.items() for word in (value, *others)
            }
            return known.get(plain(text), text) if text else None


def _pain(cells: Cells, heading: str) -> PainRating | None:
    if found := _WITH_ITS_SCALE.fullmatch(cells["pain"]):
        most = "100" if found[2] == "%" else found[3]
        return PainRating(float(found[1].replace(",", ".")), scale_of(f"0-{most}"))
    value = amount(cells["pain"], what="pain")
    return None if value is None else PainRating(value, scale_of(cells["scale"] or heading))


def scale_of(text: str) -> Scale:
    """Parse the scale of a rating: '1-5', '0-10/0.5', '0 to 10 by 0.5', '0 bis 100'."""
    if not text:
        return ZERO_TO_TEN
    plain = re.sub(r"\bbis\b|\.\.+", " to ", text.lower().replace(",", "."))
    return scale_from_text(re.sub(r"\s*(/|\bin\b|\bje\b)\s*", " by ", plain))


def _assigned_to_run(text: str) -> bool | None:
    if text and text.lower() not in _DRAWN:
        raise BadValue(
            f"'{text[:40]}' under drawn is neither run nor rest.", advice="Write run, rest or nothing."
        )
    return _DRAWN.get(text.lower())
