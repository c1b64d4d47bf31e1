"""The neutral tables: up to eight CSV files that any spreadsheet opens and that read back exactly.

`docs/diary-format.md` describes every column. Times carry their offset, numbers lose no digit.
"""

import csv
import re
from collections.abc import Sequence
from decimal import Context, Decimal
from pathlib import Path

from backstride.core.allocation import Allocation
from backstride.core.check_in import QUESTIONS, CheckIn
from backstride.core.measurement import FORMS, Measurement
from backstride.core.pain_before import PainBefore
from backstride.core.plan_step import PlanStep
from backstride.core.question import Answer
from backstride.core.records import CoveredSpan, Records
from backstride.core.roland_morris import RolandMorris
from backstride.core.run import Run
from backstride.diary.io_errors import translate_os_errors

CHECK_INS = "check-ins.csv"
RUNS = "runs.csv"
MEASUREMENTS = "measurements.csv"
COVERED = "covered.csv"
ALLOCATIONS = "draws.csv"
PLAN = "plan.csv"
PAIN_BEFORE = "pain-before.csv"
ROLAND_MORRIS = "roland-morris.csv"

CHECK_IN_COLUMNS = (
    *("time", "pain", "scale", *QUESTIONS, "drawn", "filled_in_late", "day_starts_h"),
    *("zone", "source", "note"),
)
RUN_COLUMNS = (
    *("start", "moving_min", "elapsed_min", "distance_km", "activity", "rpe", "feel", "heart_rate"),
    *("kind_known", "kind_word", "zone", "source"),
)
MEASUREMENT_COLUMNS = ("time", "kind", "value", "unit", "zone", "source")
COVERED_COLUMNS = ("from", "to", "source")
ALLOCATION_COLUMNS = ("drawn_day", "assigned", "law", "block", "probability", "seed", "source")
PAIN_BEFORE_COLUMNS = ("time", "pain_before", "scale", "zone", "source")
ROLAND_MORRIS_COLUMNS = ("time", "roland_morris", "ticked", "zone", "source")
PLAN_COLUMNS = ("plan_day", "step", "stage", "run_min", "walk_min", "source")

FORMULA = re.compile(r"(^|[;\t\r\n])(?=[=+\-@\t\r'\uff1d\uff0b\uff0d\uff20])")
"""Where a spreadsheet would run what follows: at the beginning, and wherever it may begin a cell anew. German ones
part cells by semicolons; quotes help only around a whole cell. An apostrophe stands there, taken away on reading."""

_CONTROL_CHARACTERS = dict.fromkeys({*range(32), 127} - set(map(ord, "\t\n\r")))  # no words, and no text file
_TWENTY_DIGITS = Context(prec=20)  # 17 are enough for the number itself, the rest for its unit


def write_tables(records: Records, folder: Path) -> None:
    """Write the tables (check-ins.csv, runs.csv and so on) into `folder`, made where missing.

    A table without a row is not written. Tables that are there already are replaced, or taken away, once all
    are written. Only their owner may read them.

    Raises:
        DiaryFull: the folder cannot be written to.
    """
    tables = {
        CHECK_INS: (CHECK_IN_COLUMNS, [_check_in_row(check_in) for check_in in records.check_ins]),
        RUNS: (RUN_COLUMNS, [_run_row(run) for run in records.runs]),
        MEASUREMENTS: (MEASUREMENT_COLUMNS, [_measurement_row(m) for m in records.measurements]),
        COVERED: (COVERED_COLUMNS, [_covered_row(span) for span in records.covered]),
        ALLOCATIONS: (
            ALLOCATION_COLUMNS,
            [_allocation_row(allocation) for allocation in records.allocations],
        ),
        PLAN: (PLAN_COLUMNS, [_plan_row(step) for step in records.plan]),
        PAIN_BEFORE: (PAIN_BEFORE_COLUMNS, [_pain_before_row(rating) for rating in records.pain_before]),
        ROLAND_MORRIS: (
            ROLAND_MORRIS_COLUMNS,
            [_roland_morris_row(questionnaire) for questionnaire in records.roland_morris],
        ),
    }
    halves = {name: folder / f"{name}.part" for name in tables}
    with translate_os_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            for name, (columns, rows) in tables.items():
                _write(halves[name], columns, rows)
            for name, (_, rows) in tables.items():
                if rows:
                    halves[name].replace(folder / name)
                else:
                    (folder / name).unlink(missing_ok=True)
        finally:
            for half in halves.values():
                half.unlink(missing_ok=True)


def _write(path: Path, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    path.touch(mode=0o600)
    # A file name taken from a disk may hold bytes that are no text; they become question marks here.
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def _check_in_row(check_in: CheckIn) -> tuple[str, ...]:
    return (
        check_in.moment.isoformat(),
        _number(check_in.pain.value if check_in.pain else None),
        check_in.pain.scale.text if check_in.pain else "",
        *(_answer(getattr(check_in, name)) for name in QUESTIONS),
        "" if check_in.drawn_to_run is None else ("run" if check_in.drawn_to_run else "rest"),
        _yes_no(check_in.filled_in_late),
        _number(check_in.day_starts_h),
        check_in.zone_source,
        _words(check_in.source),
        _words(check_in.note),
    )


def _run_row(run: Run) -> tuple[str, ...]:
    return (
        run.start.isoformat(),
        _number(run.moving_s, a_unit=60),
        _number(run.elapsed_s, a_unit=60),
        _number(run.distance_m, a_unit=1000),
        run.activity.value,
        _number(run.rpe),
        _number(run.feel_0_10),
        _number(run.heart_rate_mean),
        run.kind_source,
        _words(run.kind_word),
        run.zone_source,
        _words(run.source),
    )


def _measurement_row(measurement: Measurement) -> tuple[str, ...]:
    return (
        measurement.moment.isoformat(),
        measurement.kind.value,
        _number(measurement.value),
        FORMS[measurement.kind].unit,
        measurement.zone_source,
        _words(measurement.source),
    )


def _covered_row(span: CoveredSpan) -> tuple[str, ...]:
    return span.first_day.isoformat(), span.last_day.isoformat(), _words(span.source)


def _allocation_row(allocation: Allocation) -> tuple[str, ...]:
    return (
        allocation.day.isoformat(),
        allocation.assigned.value,
        allocation.law.value,
        allocation.block.isoformat(),
        str(allocation.probability),
        str(allocation.seed),
        _words(allocation.source),
    )


def _pain_before_row(rating: PainBefore) -> tuple[str, ...]:
    return (
        rating.time.isoformat(),
        _number(rating.pain.value),
        rating.pain.scale.text,
        rating.zone_source,
        _words(rating.source),
    )


def _roland_morris_row(questionnaire: RolandMorris) -> tuple[str, ...]:
    return (
        questionnaire.time.isoformat(),
        str(questionnaire.score),
        "" if questionnaire.ticked is None else " ".join(map(str, questionnaire.ticked)) or "none",
        questionnaire.zone_source,
        _words(questionnaire.source),
    )


def _plan_row(step: PlanStep) -> tuple[str, ...]:
    return (
        step.day.isoformat(),
        step.step.value,
        "" if step.stage is None else str(step.stage),
        _number(step.run_min or None),
        _number(step.walk_min or None),
        _words(step.source),
    )


def _number(value: float | None, *, a_unit: int = 1) -> str:
    if value is None:
        return ""
    exact = Decimal(repr(float(value)))
    if a_unit != 1:
        exact = _TWENTY_DIGITS.divide(exact, a_unit)
    text = format(exact, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _answer(value: Answer | None) -> str:
    if isinstance(value, str):
        return value
    return _yes_no(value) if isinstance(value, bool) else _number(value)


def _yes_no(value: bool | None) -> str:
    return "" if value is None else ("yes" if value else "no")


def _words(text: str) -> str:
    return FORMULA.sub(r"\1'", text.translate(_CONTROL_CHARACTERS))
