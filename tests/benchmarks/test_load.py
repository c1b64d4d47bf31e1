"""The load of many people, in small; `make load` does the same at length."""

from datetime import UTC, date, datetime, timedelta

import pytest


@pytest.fixture
def load(program):
    """The program."""
    return program("load")


@pytest.fixture
def crowd(load, monkeypatch, tmp_path):
    """A few people, kept in a folder of their own."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return load.Crowd(210, 3, datetime.now(UTC).date() - timedelta(days=1), seed=1)


def test_a_filled_store_holds_what_people_would_have_told(load, crowd):
    """Each person has a check-in on each of the days, readable as any other, and a session."""
    with load.load_store.sqlite(crowd) as where, load.open_store(where) as store:
        told = [store.diary(holder.person).records().check_ins for holder in crowd.passes[:3]]
        last = {check_ins[-1].local_day for check_ins in told}
        assert load._count(store) == 630
    assert ([len(check_ins) for check_ins in told], last) == ([3, 3, 3], {crowd.last})


def test_a_filled_store_is_kept_and_each_run_gets_a_copy(load, crowd):
    """What a run stores is not there in the next one."""
    with load.load_store.sqlite(crowd) as where, load.open_store(where) as store:
        store.diary(2).erase_everything()
        assert load._count(store) == 627
    with load.load_store.sqlite(crowd) as where, load.open_store(where) as store:
        assert load._count(store) == 630


def test_every_check_in_under_load_is_kept(load, crowd, tmp_path):
    """Each is acknowledged by the real server, and found in the store again; no part takes no time at all."""
    with load.load_store.sqlite(crowd) as where:
        measured = load.measure("SQLite", where, crowd, tmp_path, rate=40.0, seconds=0.5)
    assert (measured.outcome.errors, measured.lost) == ([], 0)
    assert len(measured.outcome.acknowledged) == len(measured.outcome.milliseconds) == 20
    assert (measured.peak_mb > 10, measured.percentile(1.0) > 0) == (True, True)
    assert measured.parts[-1].milliseconds == pytest.approx(sum(p.milliseconds for p in measured.parts[:-1]))


def test_what_is_not_in_the_store_counts_as_lost(load, tmp_path):
    """A check-in that was acknowledged and is not there is found out."""
    with load.open_store(tmp_path / "diary.sqlite") as store:
        assert load._lost(store, {"never": (1, 3)}) == 1


def test_percentiles_are_those_of_the_sorted_times(load):
    """Of a hundred times, half lie below the 51st, and the last is the slowest."""
    outcome = load.Outcome(milliseconds=[float(n) for n in reversed(range(100))])
    measured = load.Measured("x", 0, 0.0, outcome, 1.0, 0.0, 0.0, 0)
    assert [measured.percentile(share) for share in (0.5, 0.99, 1.0)] == [50.0, 99.0, 99.0]


def test_the_page_says_what_was_missed(load):
    """A slow store is said to be one, and so is one that lost something."""
    fast = load.Outcome(milliseconds=[1.0], late_ms=[0.0], seconds=1.0)
    slow = load.Outcome(milliseconds=[1000.0], late_ms=[0.0], seconds=1.0)
    crowd = load.Crowd(1, 1, date(2026, 4, 30), 1)
    made = [
        load.Measured(str(lost), 0, 0.0, told, 1.0, 0.0, 99.0, lost)
        for told in (fast, slow)
        for lost in (0, 1)
    ]
    assert [m.is_fine for m in made] == [True, False, False, False]
    assert load.page(made, crowd, rate=1.0, on="a machine").count("**missed**") == 3
