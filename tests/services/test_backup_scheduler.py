"""One backup a night, whenever the server runs."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backstride.diary.backups import copies_at
from backstride.diary.opening import open_store
from backstride.services.backup_scheduler import Nightly

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 5, 1, 20, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    now = EVENING

    def __call__(self) -> datetime:
        """Tell the moment it was set to."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """One that stands at an evening."""
    return Clock()


@pytest.fixture
def nightly(tmp_path, clock):
    """The backups of an empty store."""
    with open_store(tmp_path / "diary.sqlite") as store:
        yield Nightly(store, zone=BERLIN, clock=clock)


def test_one_backup_a_night(nightly, clock):
    """Looked at every ten minutes for three days, it makes one at once and one after each three o'clock."""
    made = []
    for minutes in range(0, 3 * 24 * 60, 10):
        clock.now = EVENING + timedelta(minutes=minutes)
        made += [clock.now.astimezone(BERLIN).strftime("%d %H:%M")] if nightly.look() else []
    assert made == ["01 22:00", "02 03:00", "03 03:00", "04 03:00"]
    assert nightly.last_made_at.astimezone(BERLIN).day == 4


def test_a_night_that_was_slept_through_is_made_up_for(nightly, clock):
    """A computer that was off at night makes the backup when it is on again."""
    assert nightly.look()
    clock.now = EVENING + timedelta(hours=14)
    assert nightly.look()
    assert not nightly.look()


def test_a_clock_that_was_wrong_once_ends_no_backups(nightly, clock):
    """One look at 2036, then four hundred right nights: a backup each night, and the rules of rotation as ever."""
    clock.now = EVENING.replace(year=2036)
    assert nightly.look()
    made = 0
    for night in range(400):
        clock.now = EVENING + timedelta(days=night)
        made += nightly.look()
        assert nightly.last_made_at == clock.now
    assert made == 400
    past = [copy.made_at for copy in copies_at(nightly._store.place) if copy.made_at <= clock.now]
    assert past[:7] == [clock.now - timedelta(days=n) for n in range(7)]
    assert len({(one.year, one.month) for one in past}) == 12


def test_a_failed_backup_is_told_and_tried_again(nightly, clock, tmp_path):
    """A full disk at night is no end: the reason is kept until it works."""
    blocked = tmp_path / "diary.sqlite.backups"
    blocked.write_text("")
    assert not nightly.look()
    assert "cannot be written to" in nightly.problem
    blocked.unlink()
    assert nightly.look()
    assert nightly.problem == ""


def test_the_server_makes_it_by_itself(nightly, tmp_path):
    """Once begun it looks at once; closing it waits for what is being made."""
    nightly.begin()
    nightly.close()
    assert nightly.last_made_at == EVENING
    assert len(copies_at(nightly._store.place)) == 1
