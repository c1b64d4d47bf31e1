"""The page on the formats of apps names every reader, and every reader has a name of its own."""

from pathlib import Path

import pytest

from backstride.importers.vendors.apps import APPS, ONE_SESSION_A_FILE
from backstride.importers.vendors.health_connect import SPORTS
from backstride.importers.vendors.suunto_json import SPORTS as SUUNTO_SPORTS

PAGE = (Path(__file__).parents[2] / "docs" / "formats-apps.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("reader", APPS, ids=lambda reader: reader.name)
def test_every_reader_stands_on_the_page(reader):
    """By the first word of its name."""
    assert reader.name.split()[0].lower() in PAGE.lower()


def test_no_two_readers_have_one_name():
    """A folder's log goes by names."""
    names = [reader.name for reader in APPS]
    assert len(set(names)) == len(names)
    assert set(names) >= ONE_SESSION_A_FILE


def test_kinds_by_number_hold_a_run_a_treadmill_and_a_walk():
    """Each maker has a number for each of them."""
    for sports in (SPORTS, SUUNTO_SPORTS):
        assert {kind.value for kind in sports.values()} == {"run", "treadmill", "walk"}
