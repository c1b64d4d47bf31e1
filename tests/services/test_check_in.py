"""A morning that is filled in later: where its rating lies among the runs of those days."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.days import diary_days
from backstride.core.records import Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.diary.opening import open_store
from backstride.services.check_in import CheckInInput, SubmissionMeta, check_in

BERLIN = ZoneInfo("Europe/Berlin")


def late(tmp_path, *others: CheckIn | Run, day: date, told: str) -> datetime:
    """When the check-in of a past day is placed, told at a moment of a phone with that moment's offset."""
    moment = datetime.fromisoformat(told)
    records = Records(
        check_ins=tuple(one for one in others if isinstance(one, CheckIn)),
        runs=tuple(one for one in others if isinstance(one, Run)),
    )
    with open_store(str(tmp_path / "diary.sqlite")) as store:
        store.diary(1).add(records, source="watch", now=moment)
        meta = SubmissionMeta(recorded_at=moment, sent_at=moment)
        values = CheckInInput(day=day, pain=4.0)
        check_in(store, 1, values, meta, zone=BERLIN, now=moment).sent.result()
        (placed,) = [one for one in store.diary(1).records().check_ins if one.local_day == day]
        (row,) = [one for one in diary_days(store.diary(1).records(), zone=BERLIN) if one.day == day]
        assert len(row.sessions) == len(records.runs)
    return placed.moment


@pytest.mark.parametrize(
    ("day", "told", "offset"),
    [
        (date(2026, 10, 20), "2026-11-02T08:00+01:00", "+02:00"),
        (date(2026, 3, 20), "2026-04-02T08:00+02:00", "+01:00"),
    ],
    ids=["autumn", "spring"],
)
def test_a_missed_morning_has_the_clock_of_its_own_day(tmp_path, day, told, offset):
    """The clocks changed since: the rating lies at the usual time of that day, before the run of half past seven."""
    run = Run(start=datetime.fromisoformat(f"{day}T07:30{offset}"), moving_s=1800.0, source="watch")
    assert late(tmp_path, run, day=day, told=told).isoformat() == f"{day}T07:00:00{offset}"


def test_a_missed_morning_of_a_journey_has_the_clock_of_the_journey(tmp_path):
    """The morning before was rated in Tokyo: the missed one is placed there, though it is told at home."""
    moment = datetime.fromisoformat("2026-06-01T06:30+09:00")
    there = CheckIn(moment=moment, pain=PainRating(2), source="check-in")
    placed = late(tmp_path, there, day=date(2026, 6, 2), told="2026-06-20T08:00+02:00")
    assert placed.isoformat() == "2026-06-02T06:30:00+09:00"
