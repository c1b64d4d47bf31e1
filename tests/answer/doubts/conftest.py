"""Made-up people, asked: the cases that the doubts look into."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from backstride.answer.deltas import deltas, views
from backstride.answer.design import design
from backstride.answer.doubts.case import CheckContext, Totals, totals_of
from backstride.answer.kinds import Analysis, Question, Verdict
from backstride.answer.tier import read_tiers
from backstride.diary.daily import daily_series
from backstride.diary.series import DailySeries
from backstride.model.data import ModelData, unrecorded
from backstride.model.fit import Settings, fit
from backstride.model.priors import Priors, freer_course, neutral_priors
from backstride.testing.people import Person, make_person

MONDAY = date(2026, 1, 5)


def series_of(person: Person) -> DailySeries:
    """The daily series of a simulated person."""
    return daily_series(person.records, zone=person.zone)


def case_of(series: DailySeries, *, seed: int = 1, draws: int = 400, again: bool = False) -> CheckContext:
    """A quickly fitted case; it can be fitted again where the doubt asks for that."""
    ready = design(series)
    settings = Settings(seed=seed, warmup=300, draws=draws)

    def refit(priors: Priors, data: ModelData) -> Totals:
        return totals_of(deltas(fit(data, settings=settings, priors=priors), ready))

    def under(analysis: Analysis) -> Totals:
        return refit(freer_course(neutral_priors(ready.data.pathway)), ready.data)

    posterior = fit(ready.data, settings=settings)
    tiers = {q: t.letter for q, t in read_tiers(ready.series, gate_is_open=True).items()}
    both = deltas(posterior, ready)
    weighed = views(both, ready.usual_dose)
    said = dict.fromkeys(Question, Verdict.CANNOT_TELL)
    again_by = {"refit": refit, "under": under} if again else {"refit": _never, "under": _never}
    return CheckContext(ready, posterior, both, weighed, tiers, said, worthwhile=1.0, **again_by)


def _never(*what: object) -> Totals:
    raise NotImplementedError(what)


CLAIMS = {-1: Verdict.HELPS, 1: Verdict.HARMS, 0: Verdict.CANNOT_TELL, None: Verdict.NO_DIFFERENCE}


def claiming(case: CheckContext, way: int | None) -> CheckContext:
    """The same case, its draws moved so that both Deltas surely point `way` and are told so.

    -1 helps, 1 harms, 0 nothing is claimed, None no difference.
    """
    moved = {}
    for question in Question:
        found = case.deltas[question]
        total = found.posterior.total
        spread = {0: 3.0, None: 0.1}.get(way, 0.3)
        total = 2.0 * (way or 0) + (total - total.mean()) / total.std() * spread
        moved[question] = found._replace(posterior=found.posterior._replace(total=np.asarray(total)))
    return case._replace(deltas=moved, said=dict.fromkeys(Question, CLAIMS[way]))


@pytest.fixture(scope="session")
def person_series() -> Callable[..., DailySeries]:
    """Makes the daily series of a person, who starts on a Monday."""

    def make(seed: int, **wishes: object) -> DailySeries:
        return series_of(make_person(seed=seed, first_day=MONDAY, **wishes))

    return make


@pytest.fixture(scope="session")
def asked() -> Callable[..., CheckContext]:
    """Fits a series quickly."""
    return case_of


@pytest.fixture(scope="session")
def claim() -> Callable[[CheckContext, int | None], CheckContext]:
    """Makes a case claim something."""
    return claiming


def _days_with_cause(
    seed: int,
    *,
    days: int = 180,
    kappa: float = -0.8,
    beta: float = 0.0,
    rho: float = 0.0,
    decides_by: str = "this morning",
    every: int = 0,
) -> ModelData:
    """Days of a person whose decision's chance and next morning's pain share a cause of correlation rho.

    With `every` the calendar decides in place of pain: a run on each n-th day, of which 3 % are swapped.
    """
    rng = np.random.default_rng(seed)
    phi, s_eta, level = rng.uniform(0.25, 0.55), rng.uniform(0.7, 1.1), rng.uniform(2.8, 5.2)
    decision, pain, length, rating = rng.normal(size=(4, days))
    pain[1:] = rho * decision[:-1] + np.sqrt(1.0 - rho**2) * pain[1:]
    d, x = s_eta * pain, np.zeros(days)
    for t in range(days):
        if t > 0:
            d[t] += phi * d[t - 1] + beta * (x[t - 1] - 0.45)
        heard = d[max(t - 1, 0)] if decides_by == "yesterday" else d[t]
        runs = decision[t] + kappa * heard > 0.2 if not every else (t % every == 0) != (decision[t] > 1.9)
        x[t] = runs * np.exp(0.25 * length[t])
    y = np.clip(np.round(level + np.cumsum(rng.normal(0.0, 0.03, days)) + d + 0.6 * rating), 0.0, 10.0)
    missing = rng.random(days) < 0.15
    nothing, none, unknown = np.zeros(0), np.zeros(0, dtype=np.int64), np.full(days, np.nan)
    return ModelData(
        lower=np.where(missing | (y <= 0.0), -np.inf, y - 0.5),
        upper=np.where(missing | (y >= 10.0), np.inf, y + 0.5),
        dose=x,
        walking=np.zeros(days),
        weekday=np.arange(days) % 7,
        intention=unknown,
        drawn=unknown,
        decision_eligible=np.ones(len(unknown), dtype=bool),
        **unrecorded(x),
        usual=np.full(days, 1.0 / days),
        chronic_start=0.45,
        pathway=none,
        row=none,
        value_lower=nothing,
        value_upper=nothing,
        earlier=nothing,
        measure=none,
        group=np.zeros(1, dtype=np.int64),
        measure_group=np.zeros(1, dtype=np.int64),
    )


@pytest.fixture(scope="session")
def person_with_cause() -> Callable[..., ModelData]:
    """Makes the days of a person with a hidden cause, or with another way to decide."""
    return _days_with_cause
