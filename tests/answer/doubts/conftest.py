"""Made-up people, asked: the cases that the doubts look into."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from backstride.answer.answer import Question
from backstride.answer.deltas import Delta, deltas
from backstride.answer.design import design
from backstride.answer.doubts.case import Case
from backstride.answer.tier import read_tier
from backstride.diary.daily import daily_series
from backstride.diary.series import DailySeries
from backstride.model.fit import Settings, fit
from backstride.model.priors import Priors
from backstride.testing.people import Person, make_person

MONDAY = date(2026, 1, 5)


def series_of(person: Person) -> DailySeries:
    """The daily series of a made-up person."""
    return daily_series(person.records, zone=person.zone)


def case_of(series: DailySeries, *, seed: int = 1, draws: int = 400) -> Case:
    """A quickly fitted case that cannot be fitted again."""
    ready = design(series)
    posterior = fit(ready.data, settings=Settings(seed=seed, warmup=300, draws=draws))
    tier = read_tier(ready.series).letter
    return Case(ready, posterior, deltas(posterior, ready), tier, 1.0, refit=_never)


def _never(priors: Priors, tau: float) -> dict[Question, Delta]:
    raise NotImplementedError(priors, tau)


def claiming(case: Case, way: int) -> Case:
    """The same case, its draws moved so that both Deltas surely point `way` (-1 helps, 1 harms, 0 nothing)."""
    moved = {}
    for question in Question:
        found = case.deltas[question]
        total = found.posterior.total
        total = 2.0 * way + (total - total.mean()) / total.std() * (0.3 if way else 3.0)
        moved[question] = found._replace(posterior=found.posterior._replace(total=np.asarray(total)))
    return case._replace(deltas=moved)


@pytest.fixture(scope="session")
def person_series() -> Callable[..., DailySeries]:
    """Makes the daily series of a person, who starts on a Monday."""

    def make(seed: int, **wishes: object) -> DailySeries:
        return series_of(make_person(seed=seed, first_day=MONDAY, **wishes))

    return make


@pytest.fixture(scope="session")
def asked() -> Callable[..., Case]:
    """Fits a series quickly."""
    return case_of


@pytest.fixture(scope="session")
def claim() -> Callable[[Case, int], Case]:
    """Makes a case claim something."""
    return claiming
