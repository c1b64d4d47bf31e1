"""From a daily series to what the model is given, and to the plan that 'runs as usual' means."""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from backstride.answer.confounding import confounders, coupling
from backstride.answer.decision_days import decision_eligible
from backstride.answer.gate import TAU_DAYS
from backstride.answer.run_form import RunForm, run_form
from backstride.core.pain_since import PainSince
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE, DailySeries, MeasureSeries
from backstride.errors import TooFewRecords
from backstride.model.arrays import Floats
from backstride.model.data import PATHWAYS, ModelData, rhythm

Ints = NDArray[np.int64]

MIN_RATINGS = 10
MIN_RUNS = 6
MIN_MEASUREMENTS = 5
USUAL_DAYS = 56
GAP_DAYS, ENOUGH_RATINGS = 90, 28
MINUTES_WHERE_NONE = 90.0


@dataclass(frozen=True, slots=True)
class Design:
    """One person's question, ready for the model.

    Attributes:
        series: the days in use, from the first rating to the last; its dose is what each run counts for (`form`).
        recorded_dose: (T,) the minutes as they were recorded, in units of 30.
        form: how minutes count.
        data: the model's arrays.
        counts: how many measurements that can inform on it each pathway has, used or not.
        mean_dose: mean known dose a day; what the model centres by.
        usual_dose: mean dose a day in the running weeks of the last eight ('runs as usual').
        usual_run_days: run days a week in those weeks.
        most_dose: largest 28-day mean dose a day, by the minutes.
        pain_since: how long the back has hurt, where the person said so.
        ratings_left_out: ratings that lie beyond a gap of `GAP_DAYS`, and so are not used.
    """

    series: DailySeries
    recorded_dose: Floats
    form: RunForm
    data: ModelData
    counts: dict[str, int]
    mean_dose: float
    usual_dose: float
    usual_run_days: float
    most_dose: float
    pain_since: PainSince | None = None
    ratings_left_out: int = 0

    @property
    def recorded(self) -> DailySeries:
        """The same days with the minutes as they were recorded."""
        return replace(self.series, dose=self.recorded_dose)

    @property
    def confounders(self) -> tuple[str, ...]:
        """What is recorded often enough to be allowed for."""
        return confounders(self.series)[1]

    @property
    def run_days(self) -> int:
        """Days with a run."""
        return int(np.sum(self.series.dose > 0))


def design(series: DailySeries, *, pain_since: PainSince | None = None) -> Design:
    """Lay out a person's days for the model.

    Raises:
        TooFewRecords: fewer than ten ratings.
    """
    rated = np.flatnonzero(~np.isnan(series.pain))
    if len(rated) < MIN_RATINGS:
        raise TooFewRecords(
            f"Rated mornings so far: {len(rated)}. A first answer needs {MIN_RATINGS}.",
            advice="Rate your back each morning until then.",
        )
    first, last = _stretch(series, rated)
    recorded = between(series, first, last)
    usual = usual_days(recorded.dose, recorded.allocation)
    form = run_form(recorded, usual)
    inside = replace(recorded, dose=form.of(recorded.dose))
    data, counts = model_data(inside, usual, chronic_start(form.of(series.dose), first))
    known = inside.dose[~np.isnan(inside.dose)]
    usual_known = inside.dose[usual & ~np.isnan(inside.dose)]
    any_run = bool(np.any(usual_known > 0))
    # who has no run yet is asked about a modest week, not about none
    fallback = MINUTES_WHERE_NONE / MINUTES_A_UNIT_OF_DOSE / 7.0
    return Design(
        series=inside,
        recorded_dose=recorded.dose,
        form=form,
        data=data,
        counts=counts,
        mean_dose=float(known.mean()) if len(known) else 0.0,
        usual_dose=float(usual_known.mean()) if any_run else fallback,
        usual_run_days=7.0 * float(np.mean(usual_known > 0)) if any_run else 0.0,
        most_dose=_most_dose(recorded.dose),
        pain_since=pain_since,
        ratings_left_out=len(rated) - int(np.sum(~np.isnan(inside.pain))),
    )


def _stretch(series: DailySeries, rated: Ints) -> tuple[int, int]:
    """First and last rated day of the stretch in use; stretches lie apart by a gap of `GAP_DAYS` without any record.

    The latest one where it has enough ratings, else the one that has most: what happened in so long a gap is not
    known, and a level and a load guessed across it would be guesses about the answer.
    """
    known = ~np.isnan(series.dose)
    # a rating is a record, too: a stretch without runs is no gap while somebody rates
    known[rated] = True
    days = np.flatnonzero(known[: rated[-1] + 1])
    ends = np.flatnonzero(np.diff(days) > GAP_DAYS)
    groups = [g for g in np.split(rated, np.searchsorted(rated, days[ends], side="right")) if len(g)]
    enough = [g for g in groups if len(g) >= ENOUGH_RATINGS]
    chosen = enough[-1] if enough else max(groups, key=len)
    return int(chosen[0]), int(chosen[-1])


def between(series: DailySeries, first: int, last: int) -> DailySeries:
    """Cut every daily array, and the measures, to the days first..last.

    Args:
        series: of the whole diary.
        first, last: rows, both counted.
    """
    days = slice(first, last + 1)
    measures = []
    for m in series.measures:
        keep = (m.row >= first) & (m.row <= last)
        measures.append(
            MeasureSeries(
                m.name, m.pathway, m.row[keep] - first, m.lower[keep], m.upper[keep], m.earlier[keep]
            )
        )
    cut = {f.name: getattr(series, f.name)[days] for f in fields(series) if f.name != "measures"}
    return DailySeries(**cut, measures=tuple(measures))


def usual_days(dose: Floats, allocation: Floats) -> NDArray[np.bool_]:
    """Return the days of the running weeks among the last eight; of all running weeks where those had none; else all.

    A week drawn for rest alone is no running week, even if a run slipped in. Weeks are cut as they were drawn,
    else so that the last one is whole.
    """
    days = len(dose)
    first_allocated = np.flatnonzero(~np.isnan(allocation))[:1]
    # floor division: days before the first allocation are cut into whole weeks backwards from it
    block = (np.arange(days) - (int(first_allocated[0]) if len(first_allocated) else days)) // 7
    week = int(block[-1]) - block  # 0 is the last week
    ran = np.array([_is_running(dose[week == w], allocation[week == w]) for w in range(int(week.max()) + 1)])
    running = ran[week]
    lately = running & (week < USUAL_DAYS // 7)
    if lately.any():
        return lately
    return running if running.any() else np.ones(days, dtype=bool)


def _dose_for_model(dose: Floats) -> Floats:
    """With too few runs for a verdict nothing says how often and how long unknown runs were: they count as rest."""
    return dose if int(np.sum(dose > 0)) >= MIN_RUNS else np.nan_to_num(dose, nan=0.0)


def _is_running(dose: Floats, allocation: Floats) -> bool:
    rest_week = bool(np.any(allocation == 0)) and not np.any(allocation == 1)
    return bool(np.any(dose > 0)) and not rest_week


def chronic_start(dose: Floats, first: int) -> float:
    """Compute the chronic load on the first morning: from 28 known days before it, else the first 28 days' mean."""
    before = dose[:first]
    known = ~np.isnan(before)
    if known.sum() >= TAU_DAYS:
        load = float(np.nanmean(before[: int(TAU_DAYS)])) if known[: int(TAU_DAYS)].any() else 0.0
        for x in before[int(TAU_DAYS) :]:
            # an unknown day leaves the load where it is: as if it were the usual one
            load += 0.0 if np.isnan(x) else (float(x) - load) / TAU_DAYS
        return load
    early = dose[first : first + int(TAU_DAYS)]
    early = early[~np.isnan(early)]
    return float(early.mean()) if len(early) else 0.0


def _most_dose(dose: Floats) -> float:
    """Largest mean over 28 days with at least half of them known, in dose a day."""
    known = (~np.isnan(dose)).astype(float)
    total, count = np.cumsum(np.nan_to_num(dose)), np.cumsum(known)
    window = min(28, len(dose))
    sums = total[window - 1 :] - np.concatenate([[0.0], total[:-window]])
    counts = count[window - 1 :] - np.concatenate([[0.0], count[:-window]])
    # a window that is mostly unknown may have any mean
    fine = counts >= window / 2
    return float(np.max(sums[fine] / counts[fine])) if fine.any() else 0.0


def model_data(
    series: DailySeries, usual: NDArray[np.bool_], load: float
) -> tuple[ModelData, dict[str, int]]:
    """Lay out the arrays of the model, and count the measurements of each pathway.

    Args:
        series: the days of one fit.
        usual: (days,) which days the usual state is averaged over.
        load: chronic load on the first morning, in units of dose.

    Returns:
        The arrays of the model, and the number of measurements by the name of the pathway.
    """
    found = [_measures_of(series, name) for name in PATHWAYS]
    counts = {name: sum(len(m.row) for m in group) for name, group in zip(PATHWAYS, found, strict=True)}
    # with fewer its path would be the prior's alone, and its part of the effect a guess
    used = [i for i, name in enumerate(PATHWAYS) if counts[name] >= MIN_MEASUREMENTS]
    chosen = [found[i] for i in used]
    flat = [m for group in chosen for m in group]
    sizes = [sum(len(m.row) for m in group) for group in chosen]
    dose = _dose_for_model(series.dose)
    data = ModelData(
        lower=series.pain_lower,
        upper=series.pain_upper,
        dose=dose,
        walking=series.walking,
        weekday=np.array([d.day.weekday() for d in series.days], dtype=np.int64),
        intention=series.means_to_run,
        drawn=series.allocation,
        decision_eligible=decision_eligible(dose, series.allocation),
        rhythm=rhythm(dose),
        confounders=confounders(series)[0],
        coupling=coupling(series),
        flare=series.flare,
        usual=usual / usual.sum(),
        chronic_start=load,
        pathway=np.array(used, dtype=np.int64),
        row=_joined([m.row for m in flat]).astype(np.int64),
        value_lower=_joined([m.lower - _centre(m) for m in flat]),
        value_upper=_joined([m.upper - _centre(m) for m in flat]),
        earlier=_joined([m.earlier for m in flat]),
        measure=_joined([np.full(len(m.row), j) for j, m in enumerate(flat)]).astype(np.int64),
        group=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        measure_group=np.concatenate([[0], np.cumsum([len(g) for g in chosen])]).astype(np.int64),
    )
    return data, counts


def _measures_of(series: DailySeries, name: str) -> list[MeasureSeries]:
    """Return the identifiable measures of a pathway, most informative first: that one sets its scale."""
    mine = [m for m in series.measures if m.pathway.value == name and _is_identifiable(m)]
    return sorted(mine, key=lambda m: (-_n_informative(m), m.name))


def _n_informative(measure: MeasureSeries) -> int:
    """Answers off the end of the scale where most of the open ones lie: 'no cigarette' of who smokes once a month."""
    at_floor, at_ceiling = np.sum(np.isneginf(measure.lower)), np.sum(np.isposinf(measure.upper))
    return len(measure.row) - int(max(at_floor, at_ceiling))


def _is_identifiable(measure: MeasureSeries) -> bool:
    """With fewer than five telling answers a scale's own offset and error cannot be told from the path."""
    return _n_informative(measure) >= min(len(measure.row), MIN_MEASUREMENTS) > 0


def _centre(measure: MeasureSeries) -> float:
    """Return the mean of a measure's values, with open intervals at their bound; pathways are changes from it."""
    lower = np.where(np.isneginf(measure.lower), measure.upper, measure.lower)
    upper = np.where(np.isposinf(measure.upper), measure.lower, measure.upper)
    middle = 0.5 * (lower + upper)
    return float(middle.mean()) if len(middle) else 0.0


def _joined(arrays: list[Floats] | list[Ints]) -> Floats:
    return np.concatenate([np.asarray(a, dtype=np.float64) for a in arrays]) if arrays else np.zeros(0)
