"""The table of runs: one row a session."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Activity, Run
from backstride.errors import BadInput, BadValue
from backstride.importers.base import ImportResult, Skipped
from backstride.importers.cell_values import kind_known, rough, seconds, zone_known
from backstride.importers.columns import Cells, Column, Form, Table, by_line
from backstride.importers.coverage import covered_by, notes_on
from backstride.importers.secondary import SECONDARY, impossible, left_out_note
from backstride.importers.sport_words import Kind, kind_called, says_nothing, unknown_kind
from backstride.importers.table_times import Clock, clock_for
from backstride.importers.table_units import Units, units_of

FORM: Final = Form(
    what="runs",
    columns=(
        Column("start", ("start time", "begin", "when", "time", "Beginn", "Startzeit", "Zeit", "Uhrzeit")),
        Column("date", ("day", "start date", "Datum", "Tag")),
        Column("moving_min", ("duration", "duration_min", "minutes", "Dauer", "Minuten")),
        Column("elapsed_min", ("elapsed", "Gesamtdauer", "Gesamtzeit")),
        Column(
            "distance_km", ("distance", "km", "kilometres", "kilometers", "Strecke", "Distanz", "Kilometer")
        ),
        Column("activity", ("type", "sport", "Aktivität", "Art")),
        Column("rpe", ("exertion", "perceived exertion", "effort", "Anstrengung")),
        Column("feel", ("feeling", "Gefühl")),
        Column("heart_rate", ("hr", "bpm", "average heart rate", "mean heart rate", "Puls", "Herzfrequenz")),
        Column("kind_known", ("kind known by",)),
        Column("kind_word", ()),
        Column("zone", ("zone known by",)),
        Column("source", ("Quelle",)),
        Column("note", ("notes", "comment", "Notiz", "Notizen", "Bemerkung")),
    ),
    needs=(("start", "date"), ("moving_min",)),
    example="start,moving_min and, below it, 2026-05-01 18:10,30",
)
FIRST_TO_LAST: Final = ", first to last row"
"""Ends the source of a span that a table of runs vouches for by itself."""

HOLDS_EVERY_RUN: Final = "it is taken to hold every run from"

_REST: Final = frozenset({"rest", "rest day", "none", "ruhe", "ruhetag", "pause", "kein lauf"})


def read_runs(table: Table, *, zone: ZoneInfo) -> ImportResult:
    """Every run of the table, and the days it vouches for; rows of rest days are days it knows."""
    clock = clock_for(table.column("date", "start"), table.statements, zone=zone, name=table.name)
    skipped = [replace(refused, is_session=True) for refused in table.skipped]
    units = units_of(table) if "zone" not in table.places else Units()
    left_out: Counter[str] = Counter()
    runs: list[Run] = []
    once: set[Run] = set()
    for cells in table.rows:
        try:
            run = _run(cells, clock, left_out, units)
        except BadInput as error:
            skipped.append(Skipped(cells.where, str(error), is_session=True, day=_day(cells, clock)))
            continue
        if run is None:
            continue
        if not cells["source"] and replace(run, source="") in once:
            skipped.append(Skipped(cells.where, "The same stands in the file twice; it was taken once."))
        else:
            once.add(replace(run, source=""))
            runs.append(run)
    is_any_used = len(skipped) < len(table.rows) + len(table.skipped)
    spans = _vouched(table, clock, skipped) if is_any_used else ()
    notes = [
        *clock.notes(table.name),
        *units.notes(table.name, runs),
        *left_out_note(left_out, name=table.name),
    ]
    notes += [*_span_notes(table.name, spans), *notes_on(skipped, name=table.name)]
    return ImportResult(Records(runs=tuple(runs), covered=spans), by_line(skipped), tuple(notes), spans)


def settled_cover(result: ImportResult) -> ImportResult:
    """`result` without its implied spans and the notes on them, where any span was stated."""
    implied = Counter(result.implied)
    stated = []
    for span in result.records.covered:
        if implied[span]:
            implied[span] -= 1
        else:
            stated.append(span)
    if not stated or not result.implied:
        return result
    notes = tuple(note for note in result.notes if HOLDS_EVERY_RUN not in note)
    records = replace(result.records, covered=tuple(stated))
    return replace(result, records=records, notes=notes, implied=())


def _run(cells: Cells, clock: Clock, left_out: Counter[str], units: Units) -> Run | None:
    """The run of a row; None on a day of rest.

    Raises:
        BadValue: it tells no start, or no moving time.
    """
    moving = seconds(cells["moving_min"], what="moving time")
    if _is_rest(cells["activity"], moving):
        clock.day(_when(cells))
        return None
    if moving is None:
        raise BadValue(
            "It has no moving time.", advice="Write the minutes of the run, or 0 for a day of rest."
        )
    moving *= units.of_time
    start, known = clock.moment(_when(cells))
    kind = _kind(cells["activity"])
    secondary: dict[str, float | None] = {
        "elapsed_s": _elapsed(cells["elapsed_min"]),
        "distance_m": rough(cells["distance_km"], what="distance", unit=units.metres),
        "rpe": rough(cells["rpe"], what="perceived exertion"),
        "feel_0_10": rough(cells["feel"], what="feel"),
        "heart_rate": rough(cells["heart_rate"], what="heart rate") or None,
    }
    for name in impossible(secondary):
        left_out[SECONDARY[name][0]] += 1
        secondary[name] = None
    return Run(
        start=start,
        zone_source=zone_known(cells["zone"]) or known,
        moving_s=moving,
        elapsed_s=secondary["elapsed_s"],
        distance_m=secondary["distance_m"],
        activity=kind.activity,
        kind_source=kind_known(cells["kind_known"]) or kind.by,
        kind_word=kind.word if not cells["kind_known"] else cells["kind_word"],
        rpe=secondary["rpe"],
        feel_0_10=secondary["feel_0_10"],
        heart_rate_mean=secondary["heart_rate"],
        source=cells["source"] or cells.where,
    )


def _elapsed(text: str) -> float | None:
    try:
        return seconds(text, what="elapsed time")
    except BadInput:
        return math.nan


def _when(cells: Cells) -> str:
    day, at = cells["date"], cells["start"]
    text = f"{day} {at}" if day and len(at) < len("1.1.2026") else at or day
    if not text:
        raise BadValue("It has no start.", advice="Write day and time, as in 2026-05-01 18:10.")
    return text


def _is_rest(activity: str, moving: float | None) -> bool:
    return activity.lower() in _REST or (
        moving == 0.0 and _kind(activity).activity in (Activity.RUN, Activity.TREADMILL)
    )


def _kind(word: str) -> Kind:
    """The kind that a row names; a row of a table of runs that names none is a run."""
    if not word:
        return Kind(Activity.RUN, "assumed")
    return unknown_kind(word) if says_nothing(word) else kind_called(word)


def _vouched(table: Table, clock: Clock, skipped: Sequence[Skipped]) -> tuple[CoveredSpan, ...]:
    """The days from the first to the last row, up to 60 days apart, without those of rows that could not be used.

    None at all where such a row does not tell its day, where the table says `# covered: no`, and where it has
    the column `zone`: an export, whose table of covered days tells them.
    """
    if "zone" in table.places or table.statements.get("covered", "").lower() in ("no", "nein"):
        return ()
    days = [day for cells in table.rows if (day := _day(cells, clock)) is not None]
    return covered_by([(day, day) for day in days], skipped, source=table.name + FIRST_TO_LAST)


def _day(cells: Cells, clock: Clock) -> date | None:
    """The day of a row; None where it tells none."""
    try:
        return clock.day(_when(cells))
    except BadInput:
        return None


def _span_notes(name: str, spans: tuple[CoveredSpan, ...]) -> Iterable[str]:
    if spans:
        first: date = spans[0].first_day
        yield (
            f"{name}: it is taken to hold every run from {first} to {spans[-1].last_day}. Its other days count as "
            "days of rest. If that is wrong, add a table of covered days, or a first line '# covered: no'."
        )
