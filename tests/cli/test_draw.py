"""`backstride draw`, as a person types it."""

from datetime import UTC, datetime, timedelta

import pytest

from backstride.core.allocation import AllocationScheme
from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.opening import open_diary
from backstride.runtime.timezone import default_timezone
from backstride.services.allocate import allocate_days

DAY = timedelta(days=1)


@pytest.fixture
def mornings(tmp_path, monkeypatch):
    """Ten weeks of mornings up to now, in the diary that the commands open."""
    place = str(tmp_path / "diary.sqlite")
    monkeypatch.setenv("BACKSTRIDE_DIARY", place)
    now = datetime.now(UTC)
    told = tuple(CheckIn(moment=now - n * DAY, pain=PainRating(3)) for n in range(70))
    with open_diary(place) as book:
        book.add(Records(told), source="app", now=now)
    return now


def test_a_draw_says_its_way_and_hides_its_days(backstride, mornings):
    """It names its first and last day, and no run day."""
    said = backstride("draw", "--days")
    assert said.code == 0
    assert "Chance picks three days of each week" in said.out
    assert "shows when it begins" in said.out
    assert " run\n" not in said.out


def test_what_has_begun_is_shown_with_what_was_done(backstride, mornings):
    """Each day with what chance gave, and 'no run on record' where it is over."""
    allocate_days(AllocationScheme.DAYS, zone=default_timezone().zone, seed=3, now=mornings - 21 * DAY)
    said = backstride("draw")
    assert said.out.count("no run on record") >= 13
    assert "each as likely" in said.out


def test_nothing_drawn_says_how_to(backstride, mornings):
    """An empty schedule leads on."""
    assert "Draw with --days, --weeks or --blocks" in backstride("draw").out


def test_without_mornings_it_says_what_is_missing(backstride):
    """A draw before the baseline ends with 2 and what to do."""
    said = backstride("draw", "--weeks")
    assert (said.code, "Rate your back each morning for 14 days" in said.err) == (2, True)


def test_why_needs_no_diary(backstride):
    """--why says why chance is the friend, and what it costs."""
    assert "You give up some choice." in " ".join(backstride("draw", "--why").out.split())


def test_blocks_of_weeks_are_drawn_for_the_season(backstride, mornings):
    """A round of six blocks unless told otherwise; one way at a time."""
    said = backstride("draw", "--blocks", "2")
    assert (said.code, "three for running. It takes 12 weeks." in said.out) == (0, True)
    assert backstride("draw", "--blocks", "2", "--days").code == 2
    assert backstride("draw", "--blocks", "3").code == 2
    refused = backstride("draw", "--blocks", "4", "--for", "12")
    assert "Give 24 to 104 weeks, in steps of 24." in refused.err
