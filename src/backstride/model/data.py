"""What the model is given: one row a day, and a list of pathway measurements."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.errors import SamplerFailed

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PATHWAYS = ("core strength", "weight", "lifestyle", "mood", "muscle tightness", "confidence in moving")
WEEKDAY_COLUMNS = 6


class ModelData(NamedTuple):
    """One person's records as arrays, T days, n measurements, J measures, K pathways in use.

    Attributes:
        lower, upper: (T,) bounds of the morning's pain on the 0-10 scale; (-inf, inf) where it is missing.
        dose: (T,) running between this check-in and the next, in units of 30 minutes; nan is missing.
        walking: (T,) walking likewise.
        weekday: (T,) 0 for Monday to 6.
        intention: (T,) 1 means to run, 0 does not, nan not asked.
        drawn: (T,) 1 drawn to run, 0 drawn to rest, nan an own day.
        choosing: (T,) whether running was chosen on that day at all; the decision is modelled on these days alone.
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
    choosing: NDArray[np.bool_]
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
    def measures(self) -> int:
        """J."""
        return int(self.measure_group[-1])


def checked(data: ModelData) -> ModelData:
    """`data` itself, if its shapes agree and its numbers can be worked with.

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
    """What compiled loops would not notice: they do not look where they read."""
    days = data.days
    daily = (
        data.lower,
        data.upper,
        data.dose,
        data.walking,
        data.weekday,
        data.intention,
        data.drawn,
        data.choosing,
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
    """Mean known dose and mean walking."""
    known = data.dose[~np.isnan(data.dose)]
    return Centring(float(known.mean()) if len(known) else 0.0, float(data.walking.mean()))


def weekday_contrasts() -> Floats:
    """(7, 6) orthonormal columns, each summing to 0: no weekday is special, and the level stays with `mu`."""
    raw = np.eye(7) - 1.0 / 7.0
    q, _ = np.linalg.qr(raw)
    return np.ascontiguousarray(q[:, :WEEKDAY_COLUMNS])
