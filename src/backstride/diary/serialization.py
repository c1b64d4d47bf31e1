"""Records as text and back: JSON that loses nothing, and the key by which an entry is known again.

Fields at their default are left out, so that a field added later changes no key. A program that does not know
a field must not read it away: every new field comes with a new revision in `schema.py`.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, replace
from datetime import date, datetime
from fractions import Fraction
from hashlib import sha256
from typing import Any

from backstride.core.allocation import Allocation, AllocationScheme, Arm
from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.pain_before import PainBefore
from backstride.core.plan_step import PlanStep, Step
from backstride.core.records import CoveredSpan, Records
from backstride.core.roland_morris import RolandMorris
from backstride.core.run import Activity, Run
from backstride.core.scales import PainRating, Scale
from backstride.errors import BackstrideError, DiaryDamaged

Record = CheckIn | Run | Measurement | CoveredSpan | Allocation | PlanStep | PainBefore | RolandMorris

KINDS: dict[str, type[Record]] = {
    "check_in": CheckIn,
    "run": Run,
    "measurement": Measurement,
    "covered": CoveredSpan,
    "draw": Allocation,
    "plan": PlanStep,
    "pain_before": PainBefore,
    "roland_morris": RolandMorris,
}
_READ_BACK: dict[str, Any] = {
    "moment": datetime.fromisoformat,
    "time": datetime.fromisoformat,
    "start": datetime.fromisoformat,
    "first_day": date.fromisoformat,
    "last_day": date.fromisoformat,
    "pain": lambda value: PainRating(value[0], Scale(*value[1:])),
    "activity": Activity,
    "kind": MeasurementKind,
    "day": date.fromisoformat,
    "block": date.fromisoformat,
    "assigned": Arm,
    "law": AllocationScheme,
    "probability": Fraction,
    "seed": int,
    "day_starts_h": lambda value: None if value is None else int(value),
    "step": Step,
    "stage": int,
    "score": int,
    "ticked": lambda value: tuple(map(int, value)),
}


@dataclass(frozen=True, slots=True)
class SerializedRecord:
    """A record as the store keeps it.

    Attributes:
        kind: a name of `KINDS`.
        key: equal for equal records, wherever they came from.
        first_day, last_day: the local days it speaks of.
        text: JSON.
    """

    kind: str
    key: str
    first_day: date
    last_day: date
    text: str


def serialize(record: Record, *, source: str = "") -> SerializedRecord:
    """`record` as text; `source` is written into a record that names none."""
    if not record.source:
        record = replace(record, source=source)
    kind = next(name for name, noun in KINDS.items() if isinstance(record, noun))
    fields = _fields(record)
    unsourced = {name: value for name, value in fields.items() if name != "source"}
    first_day, last_day = _days(record)
    return SerializedRecord(kind, _key(kind, unsourced), first_day, last_day, _json(fields))


def deserialize(kind: str, text: str) -> Record:
    """Read the record that `serialize` wrote.

    Raises:
        DiaryDamaged: the text is no record of this kind.
    """
    try:
        fields = {name: _READ_BACK.get(name, _same)(value) for name, value in json.loads(text).items()}
        return KINDS[kind](**fields)
    except (ValueError, TypeError, KeyError, AttributeError, BackstrideError) as error:
        raise DiaryDamaged(
            "An entry of the diary cannot be read.",
            advice="The file was left as it is. Put the last backup back with: backstride restore",
        ) from error


def key_of_text(kind: str, text: str) -> str:
    """Return the key of a serialised record, as `serialize` made both; empty where the text is none."""
    try:
        fields = json.loads(text)
        return _key(kind, {name: value for name, value in fields.items() if name != "source"})
    except (ValueError, AttributeError):
        return ""


def all_of(records: Records) -> tuple[Record, ...]:
    """Every record, one after the other."""
    return (
        records.check_ins
        + records.runs
        + records.measurements
        + records.covered
        + records.allocations
        + records.plan
        + records.pain_before
        + records.roland_morris
    )


def records_of(records: tuple[Record, ...]) -> Records:
    """Sort records by kind and time; records of equal time keep their order."""
    return Records(
        tuple(sorted((r for r in records if isinstance(r, CheckIn)), key=lambda c: c.moment)),
        tuple(sorted((r for r in records if isinstance(r, Run)), key=lambda r: r.start)),
        tuple(sorted((r for r in records if isinstance(r, Measurement)), key=lambda m: m.moment)),
        tuple(sorted(r for r in records if isinstance(r, CoveredSpan))),
        tuple(sorted((r for r in records if isinstance(r, Allocation)), key=lambda d: d.day)),
        tuple(sorted((r for r in records if isinstance(r, PlanStep)), key=lambda p: p.day)),
        tuple(sorted((r for r in records if isinstance(r, PainBefore)), key=lambda p: p.time)),
        tuple(sorted((r for r in records if isinstance(r, RolandMorris)), key=lambda r: r.time)),
    )


def _days(record: Record) -> tuple[date, date]:
    if isinstance(record, CoveredSpan):
        return record.first_day, record.last_day
    return record.local_day, record.local_day


def _fields(record: Record) -> dict[str, object]:
    values = ((field, getattr(record, field.name)) for field in fields(record))
    return {field.name: _plain(value) for field, value in values if not _is_default(field, value)}


def _is_default(field: Field[Any], value: object) -> bool:
    return field.default is not MISSING and value == field.default


def _plain(value: object) -> object:
    if isinstance(value, PainRating):
        scale = value.scale
        return [_plain(number) for number in (value.value, scale.lowest, scale.highest, scale.step)]
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | str):
        return value
    return float(value) + 0.0 if isinstance(value, int | float) else value


def _key(kind: str, fields: Mapping[str, object]) -> str:
    return sha256(f"{kind} {_json(fields)}".encode()).hexdigest()


def _json(fields: Mapping[str, object]) -> str:
    return json.dumps(fields, sort_keys=True, allow_nan=False, separators=(",", ":"))


def _same(value: object) -> object:
    return value
