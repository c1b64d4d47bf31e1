"""The files that a person keeps (docs/diary-format.md)."""

import csv
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np

from calibration.worlds.body import Floats
from calibration.worlds.catalogue import Lived
from calibration.worlds.habits import Design

FIRST_DAY = date(2026, 1, 5)
"""A Monday, so weekday 0 of a life is one."""
_LAW = {"days": "days", "weeks": "weeks"}
_HEAPS = np.array([0.0, 2.0, 5.0, 8.0, 10.0])
STICKS = 0.6
_LATE = 0.4


def keep_diary(folder: Path, one: Lived, *, design: Design, seed: list[int]) -> None:
    """Write check-ins.csv, runs.csv, covered.csv and, where there are any, draws.csv and pain-before.csv.

    Args:
        folder: made where missing.
        one: the person and the life.
        design: what was drawn.
        seed: of the person; ratings, clocks and what is left out come from it.
    """
    rng = np.random.default_rng([*seed, 7])
    days = len(one.life.minutes)
    said = _said(rng, one)
    worse = one.keeping.missing_when_bad * (one.life.morning - one.life.morning.mean())
    odds = one.keeping.missing / (1.0 - one.keeping.missing) * np.exp(worse)
    there = rng.random(days) >= odds / (1.0 + odds)
    start, length = one.keeping.gap
    open_day = np.ones(days, dtype=bool)
    open_day[start : start + length] = not length
    there &= open_day
    there[[0, -1]] = True
    clocks = _clocks(rng, one, days)
    ran = one.life.minutes > 0
    seen = ran & open_day & (rng.random(days) >= one.keeping.runs_missing)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "check-ins.csv", *_check_ins(rng, one, said, there, clocks, ran))
    runs = [
        (f"{day_of(t)} {clocks.run[t]:%H:%M}", f"{one.life.minutes[t]:.1f}") for t in np.flatnonzero(seen)
    ]
    _write(folder / "runs.csv", ("start", "moving_min"), runs, before="# covered: no\n")
    spans = [(0, days - 1)] if not length else [(0, start - 1), (start + length, days - 1)]
    covered = [(day_of(a), day_of(b), "watch") for a, b in spans]
    _write(folder / "covered.csv", ("from", "to", "source"), covered)
    if "pain before" in one.keeping.records:
        taps = [
            (f"{day_of(t)} {_earlier(clocks.run[t]):%H:%M}", f"{one.life.before_run[t]:.0f}")
            for t in np.flatnonzero(seen)
        ]
        _write(folder / "pain-before.csv", ("time", "pain_before"), taps)
    if design in _LAW:
        _write(folder / "draws.csv", *_draws(one, _LAW[design]))


def day_of(t: int) -> date:
    """Return the day of row `t`."""
    return FIRST_DAY + timedelta(days=int(t))


class _Clocks:
    """When a person rates and runs, day by day."""

    def __init__(self, rating: list[time], run: list[time], late: list[bool]) -> None:
        self.rating, self.run, self.late = rating, run, late


def _clocks(rng: np.random.Generator, one: Lived, days: int) -> _Clocks:
    late = np.zeros(days, dtype=bool)
    if one.keeping.ratings in ("late", "filled in late"):
        late = rng.random(days) < _LATE
    elif one.keeping.ratings == "date only, evening":
        late[:] = True
    rating = [_near(rng, 21.0 if is_late else 7.25, 0.15) for is_late in late]
    # who decides in the morning runs before work or after it; who decides in the evening runs then
    usual = 18.2 if one.habits.evening or rng.random() < 0.5 else 7.9
    hour = usual if one.habits.hour is None else one.habits.hour
    run = [_near(rng, hour, 0.1 if hour < 12 else 0.3) for _ in range(days)]
    return _Clocks(rating, run, [bool(x) for x in late])


def _near(rng: np.random.Generator, hour: float, spread: float) -> time:
    at = float(np.clip(hour + spread * np.clip(rng.standard_normal(), -2, 2), 0.0, 23.9))
    return time(int(at), int(60 * (at % 1)))


def _earlier(clock: time) -> time:
    return (datetime.combine(FIRST_DAY, clock) - timedelta(minutes=5)).time()


def _said(rng: np.random.Generator, one: Lived) -> Floats:
    """Return what is put down for each day."""
    keeping, honest = one.keeping, one.life.rating
    days = len(honest)
    if keeping.ratings in ("constant", "one odd"):
        said = np.full(days, 4.0)
        if keeping.ratings == "one odd":
            after_a_run = np.flatnonzero(one.life.minutes[:-1] > 0) + 1
            said[int(rng.choice(after_a_run[5:]))] = 5.0
        return said
    if keeping.drift:
        fallen = keeping.drift * np.minimum(np.arange(days) / 60.0, 1.0)
        return np.clip(np.rint(one.life.morning - fallen + 0.4 * rng.standard_normal(days)), 0, 10)
    if keeping.ratings == "heaped":
        return _HEAPS[np.argmin(np.abs(one.life.morning[:, None] - _HEAPS), axis=1)]
    if keeping.ratings == "sticky":
        said, again = honest.copy(), rng.random(days) < STICKS
        for t in range(1, days):
            said[t] = said[t - 1] if again[t] else said[t]
        return said
    return honest


def _check_ins(
    rng: np.random.Generator, one: Lived, said: Floats, there: np.ndarray, clocks: _Clocks, ran: np.ndarray
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    keeping, life = one.keeping, one.life
    drawn = not np.all(np.isnan(life.plan.assigned))
    date_only = keeping.ratings.startswith("date only")
    intends = _intends(rng, one)
    head = ["date" if date_only else "time", "pain"]
    head += ["drawn"] * drawn + ["ran_yesterday"] * keeping.asked
    head += ["filled_in_late"] * (keeping.ratings == "filled in late")
    head += ["means_to_run"] * ("means to run" in keeping.records)
    head += [name for name in ("sleep", "stress", "flare", "day_load", "medicine") if name in keeping.records]
    rows = []
    for t in np.flatnonzero(there):
        late = clocks.late[t]
        row = [f"{day_of(t)}" if date_only else f"{day_of(t)} {clocks.rating[t]:%H:%M}"]
        row += [f"{_told(rng, one, said, int(t), late=late):.0f}"]
        row += [{1.0: "run", 0.0: "rest"}.get(float(life.plan.assigned[t]), "")] * drawn
        row += [("yes" if ran[t - 1] else "no") if t else ""] * keeping.asked
        row += ["yes" if late else ""] * (keeping.ratings == "filled in late")
        row += ["yes" if intends[t] else "no"] * ("means to run" in keeping.records)
        # a felt state of 2 standard deviations fills the scale about
        shown = {"sleep": 6.0 + 1.8 * life.sleep[t], "stress": 4.0 + 1.8 * life.stress[t]}
        for name in ("sleep", "stress"):
            row += [f"{np.clip(np.rint(shown[name]), 0, 10):.0f}"] * (name in keeping.records)
        row += ["yes" if life.flare[t] > 0.5 else "no"] * ("flare" in keeping.records)
        # both speak of the day before
        row += ["heavy" if t and life.work[t - 1] else "usual"] * ("day_load" in keeping.records)
        row += ["more" if t and life.medicine[t - 1] else "none"] * ("medicine" in keeping.records)
        rows.append(tuple(row))
    return tuple(head), rows


def _told(rng: np.random.Generator, one: Lived, said: Floats, t: int, *, late: bool) -> float:
    """Return the rating of day `t`; one given late reports the evening, with what the run did so far."""
    if not late:
        return float(said[t])
    run_so_far = one.body.ache * one.life.minutes[t] / 30.0
    return float(np.clip(np.rint(one.life.evening[t] + run_so_far + 0.4 * rng.standard_normal()), 0, 10))


def _intends(rng: np.random.Generator, one: Lived) -> np.ndarray:
    """Whether the person means to run: right on nine mornings of ten."""
    ran = one.life.minutes > 0
    return np.where(rng.random(len(ran)) < 0.9, ran, ~ran)


def _draws(one: Lived, law: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    plan = one.life.plan
    rows = [
        (
            f"{day_of(t)}",
            "run" if plan.assigned[t] else "rest",
            law,
            f"{day_of(plan.block[t])}",
            f"1/{plan.ways[t]}",
            "7",
            "draw",
        )
        for t in np.flatnonzero(~np.isnan(plan.assigned))
    ]
    return ("drawn_day", "assigned", "law", "block", "probability", "seed", "source"), rows


def _write(path: Path, head: Iterable[str], rows: Iterable[Iterable[object]], *, before: str = "") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(before)
        table = csv.writer(file, lineterminator="\n")
        table.writerow(head)
        table.writerows(rows)
