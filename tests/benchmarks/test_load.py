"""The load of many people, in small; `make load` does the same at length."""

from datetime import date

import pytest

TODAY = date(2026, 5, 1)


@pytest.fixture
def load(program):
    """The program."""
    return program("load")


def test_a_filled_store_holds_what_people_would_have_told(load, tmp_path):
    """Each person has a check-in on each of the days before today, and a session."""
    with load.open_store(tmp_path / "diary.sqlite") as store:
        filled = load.fill(store, count=3, days=5, today=TODAY, seed=1)
        told = [store.diary(holder.person).records().check_ins for holder in filled.holders]
    assert [len(check_ins) for check_ins in told] == [5, 5, 5]
    assert {max(c.local_day for c in check_ins) for check_ins in told} == {date(2026, 4, 30)}


def test_every_check_in_under_load_is_kept(load, tmp_path):
    """Each is acknowledged by the real server, and found in the store again."""
    sizes = {"count": 10, "days": 3, "rate": 20.0, "seconds": 1.0, "seed": 1}
    measured = load.measure("SQLite", str(tmp_path / "diary.sqlite"), tmp_path, **sizes)
    assert (measured.outcome.errors, measured.lost) == ([], 0)
    assert len(measured.outcome.acknowledged) == len(measured.outcome.milliseconds) == 20
    assert (measured.peak_mb > 10, measured.percentile(1.0) > 0) == (True, True)


def test_what_is_not_in_the_store_counts_as_lost(load, tmp_path):
    """A check-in that was acknowledged and is not there is found out."""
    with load.open_store(tmp_path / "diary.sqlite") as store:
        assert load._lost(store, {"never": (1, 3)}) == 1


def test_percentiles_are_those_of_the_sorted_times(load):
    """Of a hundred times, half lie below the 51st, and the last is the slowest."""
    outcome = load.Outcome(milliseconds=[float(n) for n in reversed(range(100))])
    filled = load.Filled((), 0, 0.0)
    measured = load.Measured("x", filled, 0.0, outcome, 1.0, 0.0, 0.0, 0.0, 0)
    assert (measured.percentile(0.5), measured.percentile(0.99), measured.percentile(1.0)) == (
        50.0,
        99.0,
        99.0,
    )
