"""What tests of readers share."""

import pytest

from backstride.importers import place_zone


@pytest.fixture(autouse=True)
def no_knowledge_of_places(monkeypatch):
    """The same results with and without the extra that knows the zones of places."""
    monkeypatch.setattr(place_zone, "finder", lambda: None)
