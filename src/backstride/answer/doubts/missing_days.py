"""Do missing mornings hide bad ones, or good ones?

Three questions. Are check-ins missing more often the morning after a bad rating (or a good one), the morning after
a run (or a rest), or on the morning of a day without a run (or with one)? Each gap is held against the same flags
shuffled within four weeks, so that a slow change of pain and of zeal is no sign of it:

    gap_bad = mean rating before a missing morning - the same before a kept one
    gap_run = share missing after a run            - the same after a rest
    gap_day = share missing on days with a run     - the same on days without

And would the answer hold if every missing morning had been one point worse than the days around it say, or one
point better where the gaps follow good days? Each gets a rating from one draw of the hidden path, plus or minus one
point, rounded like the person's own, and all is fitted again.
Runs can be missing, too: a watch left at home. What check-ins say of yesterday is held against the runs on record.

This is the delta adjustment of missing-not-at-random analyses: Little & Rubin 2019, ch. 15; Cro 2020,
doi:10.1002/sim.8569.
"""

from itertools import pairwise

import numpy as np

from backstride.answer.answer import Doubt
from backstride.answer.deltas import deltas
from backstride.answer.design import Design
from backstride.answer.doubts.case import CheckContext, compare_refits, mean_of, totals_of
from backstride.answer.doubts.paths import Paths
from backstride.answer.kinds import Check, DoubtResult, Question
from backstride.diary.series import DailySeries
from backstride.model.arrays import Floats
from backstride.model.data import ModelData
from backstride.model.fit import fit

_STREAM = 6
WORSE = 1.0
SHUFFLES = 2000
RARE = 0.05
MANY_RUNS = 0.1
"""Share of the runs that check-ins report, from which on runs that no source holds are worth knowing."""
_BLOCK = 28
_WARMUP, _DRAWS = 200, 350


def missing_days(case: CheckContext, paths: Paths) -> Doubt:
    """Fail where a claim would be lost; only inform where a sign was found or nothing is claimed."""
    missing = np.isnan(case.design.series.pain)
    numbers = {"share_missing": float(missing.mean())} | runs_not_recorded(case.design.series)
    lacks_runs = numbers.get("share_runs_missing", 0.0) >= MANY_RUNS
    if not missing.any():
        return Doubt(Check.MISSING_DAYS, DoubtResult.INFORMS if lacks_runs else DoubtResult.PASS, numbers)
    rng = np.random.default_rng([case.posterior.settings.seed, _STREAM])
    signs = missing_signs(case.design.series, rng=rng)
    is_signed = min(signs.values(), default=1.0) < RARE / max(len(signs), 1)
    numbers |= signs | _rated_shares(case.design.series, signs)
    if not case.claims:
        return Doubt(Check.MISSING_DAYS, DoubtResult.INFORMS, numbers)
    # whoever leaves out good mornings is asked what better ones would do
    is_better = signs.get("p_after_good", 1.0) < RARE / len(signs)
    data = _moved_by(-WORSE if is_better else WORSE, case.design, paths, rng)
    settings = case.posterior.settings._replace(warmup=_WARMUP, draws=_DRAWS)
    moved = totals_of(deltas(fit(data, settings=settings, priors=case.posterior.priors), case.design))
    numbers |= {f"{q}_mean_if_{'better' if is_better else 'worse'}": mean_of(moved, q) for q in Question}
    result = compare_refits(case, [moved])
    if result is DoubtResult.PASS and (is_signed or lacks_runs):
        result = DoubtResult.INFORMS
    return Doubt(Check.MISSING_DAYS, result, numbers)


def runs_not_recorded(series: DailySeries) -> dict[str, float]:
    """Return 'share_runs_missing': of the days on which a check-in reports a run, how many have none on record."""
    has_run = [
        bool(day.runs)
        for day, after in pairwise(series.days)
        if after.check_in is not None and after.check_in.ran_yesterday
    ]
    return {"share_runs_missing": 1.0 - sum(has_run) / len(has_run)} if has_run else {}


def missing_signs(series: DailySeries, *, rng: np.random.Generator) -> dict[str, float]:
    """Compute two-sided p values of three habits of missing, each named by the side that the gaps are on.

    Args:
        series: one row a day.
        rng: of the shuffles.

    Returns:
        'p_after_bad' or 'p_after_good', 'p_after_run' or 'p_after_rest', 'p_on_run_days' or 'p_on_rest_days'; 1 where
        there is nothing to compare.
    """
    missing = np.isnan(series.pain).astype(np.float64)
    ran = np.where(np.isnan(series.dose), np.nan, series.dose > 0)
    looks = (
        (missing[1:], series.pain[:-1], "p_after_bad", "p_after_good"),
        (missing[1:], ran[:-1], "p_after_run", "p_after_rest"),
        (missing, ran, "p_on_run_days", "p_on_rest_days"),
    )
    signs = {}
    for flags, values, above, below in looks:
        gap, p = _shuffled_gap(flags, values, rng)
        signs[above if gap >= 0.0 else below] = p
    return signs


def _rated_shares(series: DailySeries, signs: dict[str, float]) -> dict[str, float]:
    """Return the shares of days with and without a run that have a rating, where gaps follow the day's own run."""
    on_day = min(signs.get("p_on_rest_days", 1.0), signs.get("p_on_run_days", 1.0))
    if on_day >= RARE / len(signs):
        return {}
    rated, dose = ~np.isnan(series.pain), series.dose
    shares = {"rated_run_days": rated[dose > 0], "rated_rest_days": rated[dose == 0]}
    return {name: float(np.mean(days)) for name, days in shares.items()}


def _shuffled_gap(missing: Floats, before: Floats, rng: np.random.Generator) -> tuple[float, float]:
    """Return the gap in `before`, and how often flags shuffled within blocks give one as wide; unknown days left out.

    Returns:
        The gap, above 0 where more is missing at high values, and its two-sided p.
    """
    known = np.flatnonzero(~np.isnan(before))
    flags, values, block = missing[known], before[known], known // _BLOCK
    # within blocks of weeks: a bad month in which little was rated is no sign about single days
    values = values - np.array([values[block == b].mean() for b in block])
    weight = flags - np.array([flags[block == b].mean() for b in block])
    mine = float(weight @ values)
    groups = [np.flatnonzero(block == b) for b in np.unique(block)]
    shuffled = np.zeros(SHUFFLES)
    for days in groups:
        shuffled += rng.permuted(np.tile(weight[days], (SHUFFLES, 1)), axis=1) @ values[days]
    # the record itself is one of the shuffles, so p is never 0 and the test keeps its level
    return mine, float((1 + np.sum(np.abs(shuffled) >= abs(mine) - 1e-9)) / (1 + SHUFFLES))


def _moved_by(points: float, design: Design, paths: Paths, rng: np.random.Generator) -> ModelData:
    """Impute every missing morning's rating so many points above the model's path."""
    data, series = design.data, design.series
    # one draw of the path, not its mean: missing ratings must scatter as much as those that are there
    felt = paths.deviation[-1] + paths.level[-1]
    rated = felt + paths.of("s_y")[-1] * rng.standard_normal(len(felt)) + points
    step = _step(series)
    rating = np.clip(np.round(rated / step) * step, 0.0, 10.0)
    missing = np.isnan(series.pain)
    lower = np.where(rating <= 0.0, -np.inf, rating - step / 2.0)
    upper = np.where(rating >= 10.0, np.inf, rating + step / 2.0)
    return data._replace(
        lower=np.where(missing, lower, data.lower), upper=np.where(missing, upper, data.upper)
    )


def _step(series: DailySeries) -> float:
    """Distance of two neighbouring answers on the 0-10 scale."""
    width = series.pain_upper - series.pain_lower
    width = width[np.isfinite(width)]
    return float(np.median(width)) if len(width) else 1.0
