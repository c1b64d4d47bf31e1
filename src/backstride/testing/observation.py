"""What a simulated person writes down of their life: check-ins, runs and measurements."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement, MeasurementKind, Pathway
from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.testing.life import Life
from backstride.testing.parameters import WAYS, PersonTier, TrueParameters

SOURCE = "made up"
_COLUMN = {pathway: column for column, pathway in enumerate(WAYS)}
_WEEK, _THREE_WEEKS = 7, 21
_MORNING, _EVENING, _NOON, _AFTER_RATING = time(7, 10), time(21, 0), time(12, 0), time(9, 0)
# seconds held at first, by test; its error on the log scale, and what practice alone brings
_HELD = {
    MeasurementKind.FRONT_PLANK: 60.0,
    MeasurementKind.SIDE_PLANK: 40.0,
    MeasurementKind.SINGLE_LEG_BRIDGE: 45.0,
}
_HELD_ERROR, _LOG_HOLD_A_UNIT = 0.15, 0.26
_PRACTICE = (0.0, 0.10, 0.15)
# centimetres reached at first; a unit of tightness costs 3 cm
_REACHED = {MeasurementKind.HIP_FLEXOR_REACH: 2.0, MeasurementKind.HAMSTRING_REACH: -3.0}
_REACH_ERROR, _CM_A_UNIT = 1.0, 3.0
_SORE_FROM = 1.2  # half hours of running after which muscles are sore the next morning
_KG, _KG_A_UNIT, _SCALES_ERROR = 76.0, 2.0, 0.4


def observe(
    rng: np.random.Generator,
    nature: TrueParameters,
    life: Life,
    *,
    tier: PersonTier,
    missing: float,
    first_day: date,
    zone: ZoneInfo,
) -> Records:
    """Everything written down, in order: every run, most check-ins, and the measurements."""
    days = [first_day + timedelta(days=n) for n in range(len(life.dose))]
    reported = rng.random(len(days)) >= missing
    reported[-1] = True  # the diary ends with a check-in, so that its last day is the answer's last day too
    check_ins = [
        _check_in(rng, nature, life, t, day, tier=tier, zone=zone)
        for t, day in enumerate(days)
        if reported[t]  # drawn first, so that the number of words does not change who is asked
    ]
    runs = [_run(rng, life, t, day, zone=zone) for t, day in enumerate(days) if life.dose[t] > 0.0]
    return Records(
        check_ins=tuple(check_ins),
        runs=tuple(runs),
        measurements=tuple(_measurements(rng, life, days, zone=zone)),
        covered=(CoveredSpan(days[0], days[-1], SOURCE),),
    )


def _check_in(
    rng: np.random.Generator,
    nature: TrueParameters,
    life: Life,
    t: int,
    day: date,
    *,
    tier: PersonTier,
    zone: ZoneInfo,
) -> CheckIn:
    looking_back = tier == "C"
    allocated = None if np.isnan(life.drawn[t]) else bool(life.drawn[t])

    def rating(pathway: Pathway, *, middle: float) -> float:
        return _rating(middle + 2.0 * life.pathways[t, _COLUMN[pathway]] + 0.5 * rng.normal())

    def count(root: float) -> float:
        value = root + 0.4 * life.pathways[t, _COLUMN[Pathway.LIFESTYLE]] + 0.4 * rng.normal()
        return float(round(max(value, 0.0) ** 2))

    return CheckIn(
        moment=_around(rng, day, _EVENING if looking_back else _MORNING, spread=12.0, most=30.0, zone=zone),
        pain=PainRating(_rating(life.pain[t] + nature.rating_sd * rng.normal())),
        mood=rating(Pathway.MOOD, middle=6.0),
        tightness=rating(Pathway.TIGHTNESS, middle=4.0),
        confidence=rating(Pathway.CONFIDENCE, middle=5.5),
        drinks=count(0.8),
        cigarettes=count(0.0),
        fatty_meals=count(1.0),
        sore=None if t == 0 or looking_back else bool(life.dose[t - 1] >= _SORE_FROM),
        means_to_run=None if looking_back or allocated is not None else bool(life.intends[t]),
        ran_yesterday=None if t == 0 or looking_back else bool(life.dose[t - 1] > 0.0),
        drawn_to_run=allocated,
        source=SOURCE,
    )


def _run(rng: np.random.Generator, life: Life, t: int, day: date, *, zone: ZoneInfo) -> Run:
    minutes = 30.0 * float(life.dose[t])
    noon = rng.random() < 0.3
    pace = float(rng.normal(6.2, 0.3))
    return Run(
        start=_around(rng, day, _NOON if noon else _AFTER_RATING, spread=25.0, most=60.0, zone=zone),
        moving_s=round(60.0 * minutes),
        distance_m=round(1000.0 * minutes / pace),
        rpe=float(np.clip(round(4.0 + 0.3 * life.deviation[t] + rng.normal()), 1, 10)),
        source=SOURCE,
    )


def _measurements(
    rng: np.random.Generator, life: Life, days: list[date], *, zone: ZoneInfo
) -> list[Measurement]:
    measured = []

    def note(day: date, kind: MeasurementKind, value: float) -> None:
        moment = _around(rng, day, time(7, 20), spread=8.0, most=20.0, zone=zone)
        measured.append(Measurement(moment=moment, kind=kind, value=round(value, 1), source=SOURCE))

    for t in range(0, len(days), _WEEK):
        weight = _KG + _KG_A_UNIT * life.pathways[t, _COLUMN[Pathway.WEIGHT]]
        note(days[t], MeasurementKind.WEIGHT, float(weight + _SCALES_ERROR * rng.normal()))
    for times, t in enumerate(range(2, len(days), _THREE_WEEKS)):
        core, tight = life.pathways[t, _COLUMN[Pathway.CORE]], life.pathways[t, _COLUMN[Pathway.TIGHTNESS]]
        for kind, seconds in _HELD.items():
            log_more = _LOG_HOLD_A_UNIT * core + _PRACTICE[min(times, 2)] + _HELD_ERROR * rng.normal()
            note(days[t], kind, float(seconds * np.exp(log_more)))
        for kind, reach in _REACHED.items():
            note(days[t], kind, float(reach - _CM_A_UNIT * tight + _REACH_ERROR * rng.normal()))
    return sorted(measured, key=lambda measurement: measurement.moment)


def _rating(value: float) -> float:
    return float(np.clip(np.rint(value), 0, 10))


def _around(
    rng: np.random.Generator, day: date, middle: time, *, spread: float, most: float, zone: ZoneInfo
) -> datetime:
    """Draw a timestamp near `middle` on `day`; `spread` and `most` in minutes."""
    minutes = float(np.clip(rng.normal(0.0, spread), -most, most))
    return datetime.combine(day, middle, tzinfo=zone) + timedelta(seconds=round(60.0 * minutes))
