"""Made-up people, asked once."""

from datetime import date

import pytest

from backstride.answer.answer import Answer
from backstride.answer.ask import answer_question, fit_person
from backstride.answer.design import design
from backstride.answer.effects import Fitted
from backstride.diary.daily import daily_series
from backstride.diary.series import DailySeries
from backstride.testing.people import Person, make_person


def series_of(person: Person) -> DailySeries:
    """One row a day."""
    return daily_series(person.records, zone=person.zone)


@pytest.fixture(scope="session")
def person() -> Person:
    """Morning-first, 98 days, all pathways."""
    return make_person(seed=3, first_day=date(2026, 1, 5), days=98)


@pytest.fixture(scope="session")
def series(person) -> DailySeries:
    """That person's days."""
    return series_of(person)


@pytest.fixture(scope="session")
def fitted(series) -> Fitted:
    """The main fit."""
    return fit_person(design(series), seed=5)


@pytest.fixture(scope="session")
def asked(series) -> Answer:
    """The whole answer."""
    return answer_question(series, seed=5)


@pytest.fixture(scope="session")
def back_series() -> DailySeries:
    """The days of a person who rates in the evening."""
    return series_of(make_person(seed=4, first_day=date(2026, 1, 5), days=70, tier="C"))


@pytest.fixture(scope="session")
def looking_back(back_series) -> Answer:
    """The answer for that person."""
    return answer_question(back_series, seed=5)
