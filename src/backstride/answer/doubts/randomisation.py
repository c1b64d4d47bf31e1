"""Could the draw by itself make such a gap? The schedule is dealt again 10,000 times; no model is used.

    gap = mean rating on mornings after days drawn for running - the same after days drawn for rest
    p   = (1 + how many deals give a gap as wide) / (1 + deals)

Whether the draw was kept plays no part (intention to treat). Under the sharp null the ratings are what they are
however the cards fall, so p is exact: Fisher 1935; Phipson & Smyth 2010, doi:10.2202/1544-6115.1585.

Where the schedule is on record it is dealt again by its own law, with its own exact probabilities (`stored_deals`).

Where only check-ins tell what fell, the law is read from the days themselves: of a week whose days were drawn, the
days that were told change places among themselves; where weeks were drawn in pairs, one for running and one for
rest, each pair is turned or not. So p is exact for these two laws; for another law (each day by its own coin) it
holds given how many run days each week had.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.answer.answer import Check, Doubt, DoubtResult
from backstride.answer.doubts.case import CheckContext
from backstride.answer.doubts.rerandomisation import AssignedDays, assigned_days, rerandomise
from backstride.answer.tier import MIN_ALLOCATED_WEEKS, allocated_weeks_in_all
from backstride.answer.verdict import direction
from backstride.diary.series import DailySeries

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_STREAM = 1
DEALS = 10_000
RARE = 0.05
WEEK = 7
_REPORTED_DAYS = 4
_MIXED = 0.9
"""Weeks were drawn where at least this share of pairs of weeks holds one run week and one rest week."""


class MeanDifference(NamedTuple):
    """The gap in points (negative: less pain after running), its p value, and whether weeks were drawn.

    `least` is the smallest p that these deals can give: with few of them no gap is rare.
    """

    points: float
    p: float
    weeks: bool
    least: float


def randomisation(case: CheckContext) -> Doubt:
    """Wherever eight weeks or more were drawn; passes where the gap is rare and points the way of every side claimed.

    It informs: that a test of so few weeks misses an effect says little against it. No difference fails where the gap
    is rare.
    """
    found = None
    if allocated_weeks_in_all(case.design.series) >= MIN_ALLOCATED_WEEKS:
        found = mean_difference(case.design.series, seed=case.posterior.settings.seed)
    if found is None:
        return Doubt(Check.RANDOMISATION, DoubtResult.NOT_RUN)
    numbers = {"mean_gap": found.points, "p": found.p, "p_least": found.least}
    if not case.claims:
        return Doubt(Check.RANDOMISATION, DoubtResult.INFORMS, numbers)
    held = all(_bears(found, direction(said)) for said in case.claims.values())
    return Doubt(Check.RANDOMISATION, DoubtResult.PASS if held else DoubtResult.FAIL, numbers)


def _bears(found: MeanDifference, way: int) -> bool:
    """Whether the gap bears a claim of a side (-1, 1), or of none (0)."""
    return found.p < RARE and found.points * way > 0.0 if way else found.p >= RARE


def mean_difference(series: DailySeries, *, seed: int) -> MeanDifference | None:
    """Compare assigned run and rest days with `DEALS` re-randomisations; None where there is nothing to compare."""
    rng = np.random.default_rng([seed, _STREAM])
    stored = assigned_days(series)
    if stored is not None:
        return _stored_gap(series, stored, rng)
    allocation, next_rating = series.allocation[:-1], series.pain[1:]
    gaps = _pair_gaps(allocation, next_rating)
    mine, dealt = _days_dealt(allocation, next_rating, rng) if gaps is None else _pairs_dealt(gaps, rng)
    if np.isnan(mine):
        return None
    as_wide = int(np.sum(np.abs(dealt) >= abs(mine) - 1e-9))
    return MeanDifference(mine, (1 + as_wide) / (1 + len(dealt)), gaps is not None, _least_p(dealt))


def _stored_gap(series: DailySeries, stored: AssignedDays, rng: np.random.Generator) -> MeanDifference | None:
    """Re-randomise the schedule by its own law; each rating counts from the mean of its block's."""
    rated = stored.row < len(series) - 1
    rated[rated] = ~np.isnan(series.pain[stored.row[rated] + 1])
    if not rated.any():
        return None
    rating = series.pain[stored.row[rated] + 1]
    block = stored.block[rated]
    usual = np.bincount(block, rating) / np.maximum(np.bincount(block), 1)
    away = rating - usual[block]
    mine = float(_mean_gap(stored.ran[rated][None], away)[0])
    if np.isnan(mine):
        return None
    gaps = _mean_gap(rerandomise(stored, DEALS, rng)[:, rated], away)
    as_wide = int(np.sum(~(np.abs(gaps) < abs(mine) - 1e-9)))  # a deal without a gap counts as wide
    return MeanDifference(mine, (1 + as_wide) / (1 + len(gaps)), stored.weeks, _least_p(gaps))


def _least_p(dealt: Floats) -> float:
    """Return the smallest p-value that these re-randomisations can give."""
    sizes = np.abs(dealt[~np.isnan(dealt)])
    widest = sizes.max(initial=0.0)
    return float((1 + np.sum(sizes >= widest - 1e-9)) / (1 + len(sizes)))


def _weeks(days: int, first: int) -> list[Ints]:
    """Split day indices 0..days-1 into weeks, one of which begins on day `first`; those at the ends may be short."""
    return [week for week in np.split(np.arange(days), np.arange(first, days, WEEK)) if len(week)]


def _run_shares(allocation: Floats, first: int) -> Floats:
    """Share of days drawn for running in each week of which enough was told."""
    weeks = [allocation[week] for week in _weeks(len(allocation), first) if len(week) == WEEK]
    return np.array([np.nanmean(week) for week in weeks if np.sum(~np.isnan(week)) >= _REPORTED_DAYS])


def _first_of_week(allocation: Floats) -> int:
    """Find the day on which the schedule's weeks begin: there, all run weeks have the same share of run days."""

    def unevenness(first: int) -> float:
        shares = _run_shares(allocation, first)
        if not np.any(shares > 0):
            return np.inf
        usual = float(np.median(shares[shares > 0]))
        return float(np.mean(np.minimum(shares, np.abs(shares - usual))))

    return min(range(WEEK), key=unevenness)


def _days_dealt(allocation: Floats, rating: Floats, rng: np.random.Generator) -> tuple[float, Floats]:
    """Return the gap, and the gaps when each week's flags are permuted; ratings count from their week's mean."""
    flags, values = [], []
    for week in _weeks(len(allocation), _first_of_week(allocation)):
        reported = week[~np.isnan(allocation[week]) & ~np.isnan(rating[week])]
        if len(reported):
            flags.append(allocation[reported])
            values.append(rating[reported] - rating[reported].mean())
    if not flags:
        return np.nan, np.zeros(0)
    joined = np.concatenate(values)
    dealt = np.hstack([rng.permuted(np.tile(f, (DEALS, 1)), axis=1) for f in flags])
    return float(_mean_gap(np.concatenate(flags)[None], joined)[0]), _mean_gap(dealt, joined)


def _mean_gap(flags: Floats, rating: Floats) -> Floats:
    """(rows,) mean rating after 1 minus mean rating after 0; nan where one of them is empty."""
    count = flags.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(flags @ rating / count - (1.0 - flags) @ rating / (len(rating) - count))


def _pairs_dealt(gaps: Floats, rng: np.random.Generator) -> tuple[float, Floats]:
    """Return the mean gap over pairs of weeks, and the mean gaps when each pair's sign is randomised."""
    gaps = gaps[~np.isnan(gaps)]
    if len(gaps) == 0:
        return np.nan, np.zeros(0)
    turned = rng.choice([-1.0, 1.0], size=(DEALS, len(gaps)))
    return float(gaps.mean()), turned @ gaps / len(gaps)


def _pair_gaps(allocation: Floats, rating: Floats) -> Floats | None:
    """Return the gap of each pair of one run and one rest week; None where no weeks were randomised.

    The schedule's own pairs all hold one of each; pairs that begin elsewhere do not.
    """
    best: list[float] = []
    most = 0.0
    for first in range(2 * WEEK):
        pairs = range(first, len(allocation) - WEEK - _REPORTED_DAYS + 1, 2 * WEEK)
        gaps = [_pair_gap(allocation[i : i + 2 * WEEK], rating[i : i + 2 * WEEK]) for i in pairs]
        mixed = [gap for gap in gaps if gap is not None]
        if gaps and len(mixed) / len(gaps) > most:
            best, most = mixed, len(mixed) / len(gaps)
    return np.array(best) if most >= _MIXED else None


def _pair_gap(allocation: Floats, rating: Floats) -> float | None:
    """Mean rating after the run week minus after the rest week; None for two of a kind, nan without ratings."""
    ran = [bool(np.any(week == 1)) for week in (allocation[:WEEK], allocation[WEEK:])]
    if ran[0] == ran[1]:
        return None
    means = [_mean(week) for week in (rating[:WEEK], rating[WEEK:])]
    return means[0] - means[1] if ran[0] else means[1] - means[0]


def _mean(rating: Floats) -> float:
    rated = rating[~np.isnan(rating)]
    return float(rated.mean()) if len(rated) else np.nan
