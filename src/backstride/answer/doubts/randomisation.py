"""Could the draw by itself make such a gap? The schedule is dealt again 10,000 times; no model is used.

    gap = mean rating on mornings after days drawn for running - the same after days drawn for rest
    p   = (1 + how many deals give a gap as wide) / (1 + deals)

Whether the draw was kept plays no part (intention to treat). Under the sharp null the ratings are what they are
however the cards fall, so p is exact: Fisher 1935; Phipson & Smyth 2010, doi:10.2202/1544-6115.1585.

Where the schedule is on record it is dealt again by its own law, with its own exact probabilities (`rerandomise`).

The season is asked of blocks of weeks with a statistic of its own (`slow_difference`): what builds up over weeks
shows little on the morning after, and lasts into the weeks of rest, so the gap above would miss it.

    h[t] = (1 - a) sum_k a^(k-1) z[t-k],  a = exp(-1 / 28)         z the days drawn for running, 1 or 0
    slope = cov(h, rating) / var(h), both after a straight line in time is taken out; deals are ranked by
            g = cov(h, rating) / sd(h), since a deal that hardly changes h has a slope of any size
    p     = 2 P(g as far out on the side of the record)

The mirror image of a deal is as likely, but its h, which begins at 0 too, is not quite the mirror of h: to count |g|
would leave one of the two out, so the tail is doubled.

The time constant is fixed beforehand, the middle one of the model's: a constant fitted to these days would have to be
fitted again to every deal. The line asks nothing of the deal either, so p stays exact.

Where only check-ins tell what fell, the law is read from the days themselves: of a week whose days were drawn, the
days that were told change places among themselves; where weeks were drawn in pairs, one for running and one for
rest, each pair is turned or not. So p is exact for these two laws; for another law (each day by its own coin) it
holds given how many run days each week had.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.answer.answer import Doubt
from backstride.answer.doubts.case import CheckContext
from backstride.answer.doubts.rerandomisation import AssignedDays, assigned_days, rerandomise
from backstride.answer.kinds import Check, DoubtResult, Question, TierLetter
from backstride.answer.tier import MIN_ALLOCATED_WEEKS, allocated_weeks_in_all
from backstride.answer.verdict import direction
from backstride.diary.series import DailySeries
from backstride.model.arrays import Floats

Ints = NDArray[np.int64]
_STREAM, _STREAM_OF_SEASON = 1, 2
_NO_SPREAD = 1e-9
_PARTS = 9
DEALS = 10_000
RARE = 0.05
WEEK = 7
_REPORTED_DAYS = 4
BUILD_UP_DAYS = 28.0
"""Time constant of the season's statistic, days."""
_SEASON_DAYS = 84
_MIN_RATED = 28
"""The season's statistic asks for as many rated mornings, four weeks of them."""
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
    """Hold each claim against the gap that the draw itself made, wherever eight weeks or more were drawn.

    A side passes where the gap is rare and points its way, fails where it points the other way, and is only informed
    where it points its way and is not rare: a test of so few weeks misses most effects, and where few schedules are
    possible no gap is rare. No difference fails where the gap is rare, and passes where it is small. A claim of the
    season that rests on drawn blocks is held against the season's own gap.
    """
    series, seed = case.design.series, case.posterior.settings.seed
    drawn = allocated_weeks_in_all(series) >= MIN_ALLOCATED_WEEKS
    found = mean_difference(series, seed=seed) if drawn else None
    if found is None:
        return Doubt(Check.RANDOMISATION, DoubtResult.NOT_RUN)
    numbers = {"mean_gap": found.points, "p": found.p, "p_least": found.least}
    season = None
    if case.tiers[Question.SEASON] is TierLetter.RANDOMISED:
        season = slow_difference(series, seed=seed)
    if season is not None:
        numbers |= {"mean_gap_season": season.points, "p_season": season.p, "p_least_season": season.least}
    if not case.claims:
        return Doubt(Check.RANDOMISATION, DoubtResult.INFORMS, numbers)
    own = {Question.WEEK: found, Question.SEASON: season or found}
    ways = {question: direction(said) for question, said in case.claims.items()}
    results = {_judged(own[question], way, worthwhile=case.worthwhile) for question, way in ways.items()}
    worst_first = (DoubtResult.FAIL, DoubtResult.INFORMS, DoubtResult.PASS)
    result = next(r for r in worst_first if r in results)
    if result is DoubtResult.PASS and not all(ways.values()):
        numbers["gap_is_small"] = 1.0
    return Doubt(Check.RANDOMISATION, result, numbers)


def _judged(found: MeanDifference, way: int, *, worthwhile: float) -> DoubtResult:
    """Judge a claim of a side (-1, 1), or of no difference (0), by the gap."""
    if not way:
        # a gap that is not rare says something for 'no difference' only where it is small, too
        is_small = abs(found.points) < worthwhile
        return DoubtResult.FAIL if found.p < RARE else DoubtResult.PASS if is_small else DoubtResult.INFORMS
    if found.points * way <= 0.0:
        return DoubtResult.FAIL
    return DoubtResult.PASS if found.p < RARE else DoubtResult.INFORMS


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


def slow_difference(series: DailySeries, *, seed: int) -> MeanDifference | None:
    """Compare what 12 weeks of assigned running go with, with `DEALS` re-randomisations of the assigned weeks.

    Args:
        series: daily series.
        seed: of the re-randomisations.

    Returns:
        The slope on the assigned habit, as points after 12 weeks of running, and its p value. None where no weeks
        or blocks of weeks are on record as drawn, or too few mornings are rated to tell.
    """
    stored = assigned_days(series, of_weeks=True)
    if stored is None:
        return None
    # ratings from the schedule's first morning to a season after its last: the habit has faded by then
    last = min(int(stored.row[-1]) + 1 + _SEASON_DAYS, len(series) - 1)
    mornings = np.arange(int(stored.row[0]) + 1, last + 1)
    mornings = mornings[~np.isnan(series.pain[mornings])]
    if len(mornings) < _MIN_RATED:
        return None
    line = np.linalg.qr(np.column_stack([np.ones(len(mornings)), mornings]))[0]
    rating = series.pain[mornings]
    rating = rating - line @ (line.T @ rating)

    def against_habit(ran: Floats) -> tuple[Floats, Floats]:
        habit = _habits(ran, stored.row, len(series))[:, mornings]
        habit = habit - (habit @ line) @ line.T
        spread = np.sum(habit * habit, axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(spread > _NO_SPREAD, habit @ rating / np.sqrt(spread), np.nan), np.sqrt(spread)

    (mine,), (sd,) = against_habit(stored.ran[None])
    if np.isnan(mine):
        return None
    rng = np.random.default_rng([seed, _STREAM_OF_SEASON])
    # in parts: 10,000 habits of three years would take 90 MB
    parts = [against_habit(rerandomise(stored, DEALS // _PARTS, rng))[0] for _ in range(_PARTS)]
    dealt = np.concatenate(parts)
    # a deal without a habit counts as wide
    p = _both_sides(int(np.sum(~(np.sign(mine) * dealt < abs(mine) - 1e-9))), len(dealt))
    tails = [side * dealt[~np.isnan(dealt)] for side in (-1.0, 1.0)]
    least = min(_both_sides(int(np.sum(tail >= tail.max(initial=0.0) - 1e-9)), len(tail)) for tail in tails)
    grown = 1.0 - np.exp(-_SEASON_DAYS / BUILD_UP_DAYS)
    return MeanDifference(float(mine / sd) * grown, p, weeks=True, least=least)


def _both_sides(as_far: int, deals: int) -> float:
    """Return the two-sided p of a record that so many deals match on its own side."""
    return min((1.0 + 2.0 * as_far) / (1.0 + deals), 1.0)


def _habits(ran: Floats, row: Ints, days: int) -> Floats:
    """(deals, days) the assigned habit before each day, 0 at the start, for assignments (deals, len(row))."""
    keep = np.exp(-1.0 / BUILD_UP_DAYS)
    assigned = np.zeros((days, len(ran)))
    assigned[row] = ran.T
    habit = np.zeros((days, len(ran)))
    for day in range(1, days):
        habit[day] = keep * habit[day - 1] + (1.0 - keep) * assigned[day - 1]
    return habit.T


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
