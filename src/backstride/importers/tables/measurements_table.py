"""The table of measurements: one row a measurement."""

import re
from collections.abc import Collection, Mapping
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.measurement import FORMS, Measurement, MeasurementKind
from backstride.core.records import Records
from backstride.errors import BadValue
from backstride.importers.base import ImportResult
from backstride.importers.cell_values import amount
from backstride.importers.tables.check_ins_table import row_moment
from backstride.importers.tables.columns import Cells, Table, clock_of, each_row, passed_over
from backstride.importers.tables.forms import Column, Form
from backstride.importers.tables.headings import plain
from backstride.importers.tables.table_times import Clock

FORM: Final = Form(
    what="measurements",
    columns=(
        Column("time", ("when", "moment", "timestamp", "date time", "Zeit", "Uhrzeit", "Zeitpunkt")),
        Column("date", ("day", "Datum", "Tag")),
        Column("kind", ("what", "test", "measurement", "Messung", "Art", "Was")),
        Column("value", ("result", "Wert", "Ergebnis")),
        Column("unit", ("Einheit",)),
        Column("zone", ("zone known by",)),
        Column("source", ("Quelle",)),
        Column("note", ("notes", "comment", "Notiz", "Notizen", "Bemerkung")),
    ),
    needs=(("time", "date"), ("kind",), ("value",)),
    example="time,kind,value,unit and, below it, 2026-05-01 07:30,weight,81.5,kg",
)
KINDS: Final[Mapping[str, MeasurementKind]] = {
    **{plain(kind.value): kind for kind in MeasurementKind},
    **dict.fromkeys(("bodyweight", "bodymass", "gewicht", "koerpergewicht"), MeasurementKind.WEIGHT),
    **dict.fromkeys(("plank", "unterarmstuetz"), MeasurementKind.FRONT_PLANK),
    **dict.fromkeys(("sidebridge", "seitstuetz"), MeasurementKind.SIDE_PLANK),
    **dict.fromkeys(("legraises", "beinheben"), MeasurementKind.LEG_RAISE),
    **dict.fromkeys(
        ("onelegbridge", "bridge", "bruecke", "einbeinbruecke"), MeasurementKind.SINGLE_LEG_BRIDGE
    ),
    **dict.fromkeys(("hipflexor", "thomastest", "hueftbeuger"), MeasurementKind.HIP_FLEXOR_REACH),
    **dict.fromkeys(("hamstring", "sitandreach", "toetouch", "beinbeuger"), MeasurementKind.HAMSTRING_REACH),
}
UNITS: Final[Mapping[str, Mapping[str, float]]] = {
    "kg": {
        "kg": 1.0,
        "kilo": 1.0,
        "lb": 0.45359237,
        "lbs": 0.45359237,
        "st": 6.35029318,
        "stone": 6.35029318,
    },
    "s": {"s": 1.0, "sec": 1.0, "sek": 1.0, "seconds": 1.0, "sekunden": 1.0, "min": 60.0, "minutes": 60.0},
    "cm": {"cm": 1.0, "mm": 0.1, "in": 2.54, "inch": 2.54, "inches": 2.54, "zoll": 2.54},
}
_MINUTES_SECONDS = re.compile(r"(\d{1,2}):([0-5]\d)")


def read_measurements(table: Table, *, zone: ZoneInfo) -> ImportResult:
    """Read every measurement of the table, in its own unit."""
    clock = clock_of(table, zone=zone)
    mixed = {plain(cells["kind"]) for cells in table.rows if _names_another_unit(cells)}
    measurements, skipped = each_row(table, lambda cells: _measurement(cells, clock, mixed))
    notes = clock.notes(table.name) + passed_over(table, measurements, skipped)
    return ImportResult(Records(measurements=tuple(measurements)), tuple(skipped), notes)


def _names_another_unit(cells: Cells) -> bool:
    """Whether a row is in another unit than its kind's own, so that one without a unit can be in either."""
    kind = KINDS.get(plain(cells["kind"]))
    unit = cells["unit"].lower().rstrip(".")
    return kind is not None and UNITS[FORMS[kind].unit].get(unit, 1.0) != 1.0


def _measurement(cells: Cells, clock: Clock, mixed: Collection[str]) -> Measurement | None:
    """Build the measurement of a row; `mixed` are the kinds of which some rows are in another unit.

    Raises:
        BadValue: a cell cannot be read, or nobody can tell its unit.
    """
    if not cells["value"]:
        return None
    if not cells["unit"] and plain(cells["kind"]) in mixed and ":" not in cells["value"]:
        raise BadValue(
            "It has no unit, and other rows are in several.", advice="Write the unit, as in kg or lb."
        )
    kind = KINDS.get(plain(cells["kind"]))
    if kind is None:
        raise BadValue(
            f"'{cells['kind'][:40]}' is none of the measurements.",
            advice=f"Write one of {', '.join(kind.value for kind in MeasurementKind)}.",
        )
    moment, known = row_moment(cells, clock)
    value = _value(cells["value"], cells["unit"], FORMS[kind].unit)
    return Measurement(
        moment=moment, zone_source=known, kind=kind, value=value, source=cells["source"] or cells.where
    )


def _value(text: str, unit: str, own: str) -> float:
    """Convert a value to the kind's own unit; a hold may be written as minutes:seconds."""
    held = _MINUTES_SECONDS.fullmatch(text) if own == "s" else None
    if held:
        return 60.0 * int(held[1]) + int(held[2])
    factor = UNITS[own].get(unit.lower().rstrip(".")) if unit else 1.0
    if factor is None:
        raise BadValue(f"'{unit[:20]}' is no unit for it.", advice=f"Write one of {', '.join(UNITS[own])}.")
    return (amount(text, what="value") or 0.0) * factor
