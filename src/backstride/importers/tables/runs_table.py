"""The table of runs: one row a session."""

import math
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.records import Records
from backstride.core.run import Activity, Run
from backstride.errors import BadInput, BadValue
from backstride.importers.base import ImportResult, Skipped
from backstride.importers.cell_values import kind_known, rough, zone_known
from backstride.importers.clock import last_possible_day
from backstride.importers.coverage import notes_on
from backstride.importers.implied_cover import span_notes
from backstride.importers.secondary import SECONDARY, goes_beyond_ten, impossible, left_out_note
from backstride.importers.sport_words import Kind, kind_called, says_nothing, unknown_kind
from backstride.importers.tables.columns import Cells, Table, by_line
from backstride.importers.tables.hours_and_minutes import hours_with_minutes
from backstride.importers.tables.laps import with_laps_joined
from backstride.importers.tables.other_logs import are_rides, is_a_walkers_pace, note_on_slow_runs
from backstride.importers.tables.runs_cover import (
    RIDES,
    WALKS,
    day_in,
    doubts_of,
    moment_in,
    note_on_pace,
    vouched,
    without_doubted,
)
from backstride.importers.tables.span_runs import BY_THE_CLOCK, seconds_passed
from backstride.importers.tables.table_times import Clock, clock_for
from backstride.importers.tables.table_units import Units
from backstride.importers.tables.table_writing import has_numeric_offset
from backstride.importers.tables.unit_guess import units_of
from backstride.importers.took_place import (
    TookPlace,
    by_status,
    by_word,
    note_says_not,
)

_RUNNING: Final = (Activity.RUN, Activity.TREADMILL)
_DAYS_FORGIVEN: Final = 2
"""So far a device's clock may be ahead; later days are left out whatever the source. A table has no clock."""
_REST: Final = frozenset({"rest", "rest day", "none", "ruhe", "ruhetag", "pause", "kein lauf"})


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the rows of one table are to be read, and what was met on the way.

    Attributes:
        clock: for its days and times.
        units: for its durations and distances.
        is_export: whether backstride wrote it, so that it is kept as it stands.
        are_rides: every session goes at a cyclist's speed, and none says what it was.
        is_by_clock: whether durations are clock times taken from each other, which a change of clocks moves.
        is_exertion_read: not where exertion goes beyond 10, as on the scale from 6 to 20.
        left_out: secondary numbers that cannot be right.
        did_not_happen: the rows of sessions that did not take place.
    """

    clock: Clock
    units: Units
    is_export: bool
    is_exertion_read: bool
    are_rides: bool = False
    is_by_clock: bool = False
    left_out: Counter[str] = field(default_factory=Counter)
    did_not_happen: list[str] = field(default_factory=list)


def read_runs(table: Table, *, zone: ZoneInfo) -> ImportResult:
    """Read every run of the table, and the days it vouches for; rows of rest days are days it knows."""
    table = hours_with_minutes(table)
    reading = _reading(table, zone)
    clock = reading.clock
    doubts = doubts_of(table, clock)
    in_doubt = {skip.where for skip in doubts.left_out}
    skipped = [*(replace(refused, is_session=True) for refused in table.skipped), *doubts.left_out]
    runs: list[Run] = []
    once: set[Run] = set()
    for cells in table.rows:
        if cells.where in in_doubt:
            continue
        try:
            run = _run(cells, reading)
        except BadInput as error:
            skipped.append(Skipped(cells.where, str(error), is_session=True, day=day_in(cells, clock)))
            continue
        if run is None:
            continue
        if not cells["source"] and not cells["lap"] and replace(run, source="") in once:
            skipped.append(Skipped(cells.where, "The same stands in the file twice; it was taken once."))
        else:
            once.add(replace(run, source=""))
            runs.append(run)
    runs = with_laps_joined(table, runs)
    is_any_used = len(skipped) < len(table.rows) + len(table.skipped)
    spans = vouched(table, clock, runs, skipped, doubts) if is_any_used else ()
    spans, on_doubts = without_doubted(table.name, spans, doubts)
    notes = [
        *clock.notes(table.name),
        *reading.units.notes(table.name, runs),
        *note_on_slow_runs(table.name, runs if not reading.is_export else ()),
        *note_on_pace(table.name, runs if not reading.is_export else ()),
        *left_out_note(reading.left_out, name=table.name),
        *_notes_on_reading(table.name, reading),
    ]
    notes += [*span_notes(table.name, spans), *on_doubts, *notes_on(skipped, name=table.name)]
    return ImportResult(
        Records(runs=tuple(runs), covered=spans),
        by_line(skipped),
        tuple(notes),
        spans,
        open_days=doubts.open_days,
    )


def _reading(table: Table, zone: ZoneInfo) -> _Reading:
    is_export = "zone" in table.places
    texts = table.column("date", "start")
    clock = clock_for(texts, table.statements, zone=zone, name=table.name, keeps_offsets=is_export)
    if not is_export and not any(map(has_numeric_offset, texts)):
        clock.midnight_is_no_time = (
            True  # nobody starts at 00:00 sharp; a spreadsheet writes so a day without a time
        )
    is_run = [_kind(cells["activity"]).activity in _RUNNING for cells in table.rows]
    units = Units(is_sure=True) if is_export else units_of(table, is_run=is_run)
    rides = "activity" not in table.places and are_rides(_speeds(table, units))
    is_by_clock = BY_THE_CLOCK in table.statements
    return _Reading(clock, units, is_export, not goes_beyond_ten(table.column("rpe")), rides, is_by_clock)


def _speeds(table: Table, units: Units) -> list[float]:
    """Metres a second of each row that has both a way and a time."""
    speeds = []
    for cells in table.rows:
        with suppress(BadInput):
            distance = units.length(cells["distance_km"])
            seconds = units.moving(cells, distance, is_running=False)
            if distance and seconds:
                speeds.append(distance / seconds)
    return speeds


def _notes_on_reading(name: str, reading: _Reading) -> Iterable[str]:
    if reading.did_not_happen:
        lines = [where.rpartition(" ")[2] for where in reading.did_not_happen]
        yield (
            f"{name}: sessions that did not take place are no runs: {len(lines)} (line {', '.join(lines[:5])}"
            f"{' ...' if len(lines) > 5 else ''}). If one did, correct its line."
        )
    if not reading.is_exertion_read:
        yield (
            f"{name}: perceived exertion goes beyond 10, as on the scale from 6 to 20, so that none of it was read. "
            "Write it as a number from 0 to 10."
        )


def _run(cells: Cells, reading: _Reading) -> Run | None:
    """Build the run of a row; None on a rest day, and where the session did not take place.

    Raises:
        BadValue: it tells no start, or neither a moving time nor anything else of a session.
    """
    clock, units = reading.clock, reading.units
    kind = _kind(cells["activity"]) if not reading.are_rides else unknown_kind(RIDES)
    distance = units.length(cells["distance_km"])
    took_place = _took_place(cells)
    if took_place == "no":
        clock.day(moment_in(cells))
        if cells["activity"].lower() not in _REST:
            reading.did_not_happen.append(cells.where)
        return None
    if took_place == "open":
        raise BadValue(
            "Nothing says that it took place.", advice="Write done or cancelled, or take the row out."
        )
    moving = units.moving(cells, distance, is_running=kind.activity in _RUNNING)
    if not cells["activity"] and not reading.is_export and is_a_walkers_pace(distance, moving):
        kind = unknown_kind(WALKS)
    if moving == 0.0 and distance and not reading.is_export:  # apps write 0 where they know no duration
        moving = None
    if _is_rest(cells["activity"], moving):
        clock.day(moment_in(cells))
        return None
    elapsed = units.elapsed(cells["elapsed_min"], moving or 0.0)
    if moving is None and elapsed and not math.isnan(elapsed) and not reading.is_export:
        moving = elapsed
    if moving is None and not (reading.is_export or _is_session(cells, distance)):
        raise BadValue(
            "It has no moving time.", advice="Write the minutes of the run, or 0 for a day of rest."
        )
    start, known = clock.moment(moment_in(cells))
    ahead = (start.date() - last_possible_day()).days
    if 0 < ahead <= _DAYS_FORGIVEN and not reading.is_export:
        raise BadValue("It lies in the future.", advice="A plan is no run. If it was one, correct its day.")
    if moving and reading.is_by_clock:
        moving = seconds_passed(start, moving)
    secondary: dict[str, float | None] = {
        "elapsed_s": elapsed,
        "distance_m": distance,
        "rpe": rough(cells["rpe"], what="perceived exertion") if reading.is_exertion_read else None,
        "feel_0_10": rough(cells["feel"], what="feel"),
        "heart_rate": rough(cells["heart_rate"], what="heart rate") or None,
    }
    for name in impossible(secondary):
        reading.left_out[SECONDARY[name][0]] += 1
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


def _is_session(cells: Cells, distance: float | None) -> bool:
    """Whether a row without minutes records a session all the same; a time alone may be a line of an empty form."""
    if distance:
        return True
    return any(cells[name] for name in ("activity", "rpe", "heart_rate"))


def _took_place(cells: Cells) -> TookPlace:
    """Whether the session of a row took place, by what its columns and its own word say of that."""
    said = [by_word(cells["activity"])] if cells["activity"] else []
    said += [by_status(cells["status"])] if "status" in cells.by_name else []
    said += [by_status(cells["not_done"], is_against=True)] if cells["not_done"] else []
    said += ["open"] if note_says_not(cells["note"]) else []
    return next((one for one in ("no", "open") if one in said), "yes")


def _is_rest(activity: str, moving: float | None) -> bool:
    return activity.lower() in _REST or (moving == 0.0 and _kind(activity).activity in _RUNNING)


def _kind(word: str) -> Kind:
    """Return the activity that a row names; without a name, a row of a table of runs is a run."""
    if not word:
        return Kind(Activity.RUN, "assumed")
    return unknown_kind(word) if says_nothing(word) else kind_called(word)
