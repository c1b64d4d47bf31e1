"""What the model is given: one row a day, and a list of pathway measurements."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.errors import SamplerFailed
from backstride.model.arrays import Floats

Ints = NDArray[np.int64]

PATHWAYS = ("core strength", "weight", "lifestyle", "mood", "muscle tightness", "confidence in moving")
WEEKDAY_COLUMNS = 6
RHYTHM_COLUMNS = 5
LENGTH_COLUMNS = 3
RECENT_RUNS = 3
RHYTHM_WINDOWS = (7, 28)
"""Days over which the share of days with a run counts as rhythm."""


class ModelData(NamedTuple):
    """One person's records as arrays, T days, n measurements, J measures, K pathways in use.

    Attributes:
        lower, upper: (T,) bounds of the morning's pain on the 0-10 scale; (-inf, inf) where it is missing.
        dose: (T,) running between this check-in and the next, in units of 30 minutes; nan is missing.
        walking: (T,) walking likewise.
        weekday: (T,) 0 for Monday to 6.
        intention: (T,) 1 means to run, 0 does not, nan not asked.
        drawn: (T,) 1 drawn to run, 0 drawn to rest, nan an own day.
        decision_eligible: (T,) whether running was chosen on that day at all; the decision is modelled on these
        alone. rhythm: (T, 5) the run habit as recorded before day t: ran yesterday, in the last 2, in the last 3
            days, share
            of days run of the last 7 and of the last 28; centred.
        confounders: (T, q) what was known before the decision of day t and may move both the decision and next
            morning's pain (sleep, stress, ...), in standard units, 0 where not recorded.
        coupling: (T,) 0 to 1, how much pain can have moved between the last rating and the decision of day t.
        flare: (T,) 1 called a flare, 0 called none, nan not asked.
        usual: (T,) weights, summing to 1, of the days that make up the person's usual state.
        chronic_start: chronic load on the first morning, in units of dose.
        pathway: (K,) which of PATHWAYS is in use.
        row: (n,) day of each measurement; grouped by pathway.
        value_lower, value_upper: (n,) its interval in standard units; equal where it is exact.
        earlier: (n,) how often the person had done that test before.
        measure: (n,) which measure it is, 0..J-1.
        group: (K + 1,) measurements group[k]:group[k+1] belong to pathway k.
        measure_group: (K + 1,) measures measure_group[k]:measure_group[k+1] belong to pathway k; the first of
            each is its yardstick, with loading 1 and no offset.
    """

    lower: Floats
    upper: Floats
    dose: Floats
    walking: Floats
    weekday: Ints
    intention: Floats
    drawn: Floats
    decision_eligible: NDArray[np.bool_]
    rhythm: Floats
    confounders: Floats
    coupling: Floats
    flare: Floats
    usual: Floats
    chronic_start: float
    pathway: Ints
    row: Ints
    value_lower: Floats
    value_upper: Floats
    earlier: Floats
    measure: Ints
    group: Ints
    measure_group: Ints

    @property
    def days(self) -> int:
        """T."""
        return len(self.dose)

    @property
    def pathways(self) -> int:
        """K."""
        return len(self.pathway)

    @property
    def recorded_confounders(self) -> int:
        """How many confounders are recorded, q."""
        return int(self.confounders.shape[1])

    @property
    def measures(self) -> int:
        """J."""
        return int(self.measure_group[-1])


def checked(data: ModelData) -> ModelData:
    """Return `data` itself, if its shapes agree and its numbers are usable.

    Raises:
        SamplerFailed: arrays of different length, an index out of range, an empty interval, a negative dose.
    """
    for wrong, what in _wrong_shapes(data):
        if wrong:
            raise _defect(what)
    for wrong, what in _wrong_values(data):
        if wrong:
            raise _defect(what)
    return data


def _defect(what: str) -> SamplerFailed:
    return SamplerFailed(f"The model was given {what}.", advice="Please report this: it is our defect.")


def _wrong_shapes(data: ModelData) -> tuple[tuple[bool, str], ...]:
    """List shape errors that compiled loops would not notice, because they do not check bounds."""
    days = data.days
    daily = (
        data.lower,
        data.upper,
        data.dose,
        data.walking,
        data.weekday,
        data.intention,
        data.drawn,
        data.decision_eligible,
        data.rhythm,
        data.confounders,
        data.coupling,
        data.flare,
    )
    values = (data.value_lower, data.value_upper, data.earlier, data.measure)
    count = len(data.row)
    return (
        (days < 2, "fewer than two days"),
        (any(len(a) != days for a in (*daily, data.usual)), "daily arrays of different length"),
        (any(len(a) != count for a in values), "measurement arrays of different length"),
        (count != int(data.group[-1]), "measurements outside every pathway"),
        (_outside(data.row, days), "a measurement on no day"),
        (_outside(data.weekday, 7), "an eighth weekday"),
        (_outside(data.measure, data.measures), "a value of an unknown measure"),
        (_outside(data.pathway, len(PATHWAYS)), "an unknown pathway"),
    )


def _wrong_values(data: ModelData) -> tuple[tuple[bool, str], ...]:
    weights = float(data.usual.sum())
    return (
        (bool(np.any(~(data.lower < data.upper))), "an empty pain interval"),
        (bool(np.any(data.dose < 0)) or bool(np.any(np.isinf(data.dose))), "an impossible dose"),
        (not np.all(np.isfinite(data.walking)), "an unknown walking time"),
        (not np.all(np.isfinite(data.rhythm)), "an unknown rhythm"),
        (not np.all(np.isfinite(data.confounders)), "an unknown confounder"),
        (bool(np.any(~((data.coupling >= 0) & (data.coupling <= 1)))), "a coupling outside 0 to 1"),
        (not math.isclose(weights, 1.0, abs_tol=1e-9), "usual-day weights that do not sum to 1"),
        (bool(np.any(~(data.value_lower <= data.value_upper))), "an empty measurement interval"),
    )


def _outside(index: NDArray[np.int64], end: int) -> bool:
    return bool(np.any((index < 0) | (index >= end)))


class Centring(NamedTuple):
    """Constants taken off the regressors, so that `mu` means the level at the person's own usual running."""

    dose: float
    walking: float


def centring(data: ModelData) -> Centring:
    """Compute the mean known dose and mean walking."""
    known = data.dose[~np.isnan(data.dose)]
    return Centring(float(known.mean()) if len(known) else 0.0, float(data.walking.mean()))


def weekday_contrasts() -> Floats:
    """Return (7, 6) orthonormal columns, each summing to 0: no weekday is special, and the level stays with `mu`."""
    raw = np.eye(7) - 1.0 / 7.0
    # six of its columns span all that sums to 0; the seventh is what rounding leaves
    q, _ = np.linalg.qr(raw)
    return np.ascontiguousarray(q[:, :WEEKDAY_COLUMNS])


def rhythm(dose: Floats) -> Floats:
    """Summarise the habit of running before each day, from recorded doses.

    Regular running (Monday, Wednesday and Friday, every other day, a plan) must not have to be explained by pain.

    Args:
        dose: (T,) running of each day; nan is unknown and counts as the share of known days with a run.

    Returns:
        (T, 5) ran yesterday, ran in the last 2 days, in the last 3 days, share of the last 7 days, share of the
        last 28 days; each minus its mean.
    """
    known = ~np.isnan(dose)
    # an unknown day is neither run nor rest: it stands with the usual share
    share = float(np.mean(dose[known] > 0.0)) if known.any() else 0.0
    ran = np.where(known, (np.nan_to_num(dose) > 0.0).astype(np.float64), share)
    # before the records began the same: a first day of zeros would look like weeks of rest
    before = np.concatenate([np.full(max(RHYTHM_WINDOWS), share), ran])
    days, start = len(dose), max(RHYTHM_WINDOWS)
    lagged = [before[start - lag : start - lag + days] for lag in (1, 2, 3)]
    total = np.concatenate([[0.0], np.cumsum(before)])
    shares = [
        (total[start : start + days] - total[start - width : start - width + days]) / width
        for width in RHYTHM_WINDOWS
    ]
    out = np.column_stack(
        [lagged[0], np.maximum.reduce(lagged[:2]), np.maximum.reduce(lagged), *(3.0 * s for s in shares)]
    )
    # centred, so that the level of the decision stays the chance of a usual day
    return np.ascontiguousarray(out - out.mean(axis=0))


def unrecorded(dose: Floats) -> dict[str, Floats]:
    """Give the arrays of ModelData for which there is no record: no confounder, no flare called, no delay.

    Args:
        dose: (T,) running of each day, from which the rhythm follows.
    """
    days = len(dose)
    return {
        "rhythm": rhythm(dose),
        "confounders": np.zeros((days, 0)),
        "coupling": np.zeros(days),
        "flare": np.full(days, np.nan),
    }


def length_habit(dose: Floats) -> Floats:
    """Summarise how long runs are by habit or plan, from recorded doses alone.

    A plan makes runs longer while pain heals by itself; a ramp must not have to be explained by pain.

    Args:
        dose: (T,) running of each day; nan is unknown.

    Returns:
        (T, 3) mean log length of the three runs before day t less that of all, and a straight and a curved trend.
    """
    days = len(dose)
    log = np.full(days, np.nan)
    ran = np.nan_to_num(dose) > 0.0
    log[ran] = np.log(dose[ran])
    mean = float(np.nanmean(log)) if ran.any() else 0.0
    recent: list[float] = []
    out = np.zeros((days, LENGTH_COLUMNS))
    for t in range(days):
        out[t, 0] = float(np.mean(recent)) - mean if recent else 0.0
        if ran[t]:
            recent = [*recent[1 - RECENT_RUNS :], float(log[t])]
    time = np.linspace(-1.0, 1.0, days)
    out[:, 1], out[:, 2] = time, 1.5 * time * time - 0.5
    return out
