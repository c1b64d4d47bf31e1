"""What tests of readers share."""

from datetime import date

import pytest

from backstride.importers import place_zone
from backstride.importers.tables import date_order, new_year, runs_table


@pytest.fixture(autouse=True)
def no_knowledge_of_places(monkeypatch):
    """The same results with and without the extra that knows the zones of places."""
    monkeypatch.setattr(place_zone, "finder", lambda: None)


@pytest.fixture(autouse=True)
def no_day_is_in_the_future(monkeypatch):
    """The same results whatever the day on which the tests run."""
    for module in (date_order, new_year, runs_table):
        monkeypatch.setattr(module, "last_possible_day", lambda: date(2099, 12, 31))
