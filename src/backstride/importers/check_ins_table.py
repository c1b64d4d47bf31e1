"""The table of check-ins: one row a morning."""

import re
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from backstride.core.check_in import QUESTIONS, CheckIn
from backstride.core.moments import ZoneSource
from backstride.core.question import AnswerKind, Question
from backstride.core.records import Records
from backstride.core.scales import ZERO_TO_TEN, PainRating, Scale, scale_from_text
from backstride.errors import BadValue
from backstride.importers.base import ImportResult
from backstride.importers.cell_values import amount, yes_no, zone_known
from backstride.importers.columns import Cells, Column, Form, Table, each_row, passed_over, plain
from backstride.importers.table_times import USUAL_MORNING, Clock, clock_for

FORM: Final = Form(
    what="check-ins",
    columns=(
        Column("time", ("when", "moment", "timestamp", "date time", "Zeit", "Uhrzeit", "Zeitpunkt")),
        Column("date", ("day", "Datum", "Tag")),
        Column("pain", ("back pain", "pain now", "Schmerz", "Schmerzen", "Rückenschmerz", "Rückenschmerzen")),
        Column("scale", ("pain scale", "Skala")),
        *(Column(name, question.names) for name, question in QUESTIONS.items()),
        Column("drawn", ("draw", "Los", "gelost", "gezogen")),
        Column("filled_in_late", ("late", "nachgetragen")),
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
    column.name for column in FORM.columns if column.name not in ("time", "date", "scale", "zone", "source")
)
_DRAWN: Final = {"run": True, "rest": False, "lauf": True, "laufen": True, "ruhe": False, "pause": False}


def read_check_ins(table: Table, *, zone: ZoneInfo) -> ImportResult:
    """Every check-in of the table; rows that hold a time and nothing else are passed over, and counted."""
    clock = clock_for(table.column("date", "time"), table.statements, zone=zone, name=table.name)
    check_ins, skipped = each_row(table, lambda cells: _check_in(cells, clock))
    notes = clock.notes(table.name) + passed_over(table, check_ins, skipped)
    return ImportResult(Records(check_ins=tuple(check_ins)), tuple(skipped), notes)


def row_moment(cells: Cells, clock: Clock) -> tuple[datetime, ZoneSource]:
    """The moment of a row with the columns time, date, or both; a day alone stands for the usual morning."""
    moment, known = clock.moment(_when(cells), day_alone_at=USUAL_MORNING)
    return moment, zone_known(cells["zone"]) or known


def _when(cells: Cells) -> str:
    day, at = cells["date"], cells["time"]
    text = f"{day} {at}" if day and len(at) < len("1.1.2026") else at or day
    if not text:
        raise BadValue("It has no time.", advice="Write the time, as in 2026-05-01 07:30.")
    return text


def _check_in(cells: Cells, clock: Clock) -> CheckIn | None:
    if not any(cells[name] for name in _ANSWERS):
        return None
    moment, known = row_moment(cells, clock)
    return CheckIn(
        moment=moment,
        zone_source=known,
        pain=_pain(cells),
        **{name: _answer(cells[name], name, question) for name, question in QUESTIONS.items()},
        drawn_to_run=_assigned_to_run(cells["drawn"]),
        filled_in_late=yes_no(cells["filled_in_late"], what="filled_in_late")
        or not clock.has_time(_when(cells)),
        note=cells["note"],
        source=cells["source"] or cells.where,
    )


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


def _pain(cells: Cells) -> PainRating | None:
    value = amount(cells["pain"], what="pain")
    return None if value is None else PainRating(value, scale_of(cells["scale"]))


def scale_of(text: str) -> Scale:
    """The scale of a rating: '1-5', '0-10/0.5', '0 to 10 by 0.5', '0 bis 100'."""
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
