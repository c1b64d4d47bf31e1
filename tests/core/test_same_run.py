"""One run told by several sources becomes one run; two runs stay two."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.at_once import at_once, moved_copies
from backstride.core.run import Activity, Run
from backstride.core.same_run import merge_same_runs

SUMMER = timezone(timedelta(hours=2))
SEVEN = datetime(2026, 5, 1, 7, 3, 12, tzinfo=SUMMER)
WATCH = Run(start=SEVEN, moving_s=1812.0, distance_m=5020.0, heart_rate_mean=148.0, source="morning.fit")
DIARY = Run(start=SEVEN.replace(minute=10, second=0), moving_s=1800.0, rpe=6.0, source="runs.csv line 2")


def shifted(run: Run, **by: float) -> Run:
    """The same record, begun later."""
    return replace(run, start=run.start + timedelta(**by))


def test_a_watch_and_a_diary_line_are_one_run_with_the_best_of_each() -> None:
    """Times, distance and heart rate come from the watch, exertion from the diary."""
    (kept,), (same,) = merge_same_runs([DIARY, WATCH])
    assert kept == replace(WATCH, rpe=6.0, source="morning.fit + runs.csv line 2")
    assert (same.merged, same.others) == (kept, (DIARY,))
    assert same.evidence == "began 0:06:48 apart and lasted 0:30:12 and 0:30:00"


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (replace(shifted(WATCH, seconds=1), source="morning.fit lap 2"), "both are of one file"),
        (replace(shifted(WATCH, hours=10), source="evening.fit"), "a treadmill double, at 7 and at 17"),
        (replace(shifted(WATCH, minutes=31), source="other.gpx"), "they follow each other"),
        (
            replace(shifted(WATCH, minutes=9), moving_s=3600.0, source="other.gpx"),
            "neither lies in the other",
        ),
        (replace(shifted(WATCH, minutes=4), distance_m=9000.0, source="other.gpx"), "distances differ"),
        (replace(WATCH, activity=Activity.WALK, source="other.gpx"), "one is a walk"),
        (replace(shifted(DIARY, hours=1), rpe=None), "a rough time is not as rough as that"),
        (replace(shifted(DIARY, minutes=30), activity=Activity.TREADMILL), "noted as the watch missed it"),
        (replace(shifted(DIARY, minutes=30), moving_s=900.0), "neither time nor duration agrees"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_two_runs_stay_two(other: Run, why: str) -> None:
    """Nothing is merged on weak evidence."""
    kept, merged = merge_same_runs([WATCH, other])
    assert (len(kept), merged) == (2, ()), why


@pytest.mark.parametrize(
    "other",
    [
        replace(shifted(WATCH, seconds=40), moving_s=1790.0, elapsed_s=1850.0, source="export.gpx"),
        replace(WATCH, moving_s=1500.0, elapsed_s=1812.0, source="activities.csv row 9"),
        replace(WATCH, activity=Activity.OTHER, source="export.tcx"),
        replace(WATCH, activity=Activity.TREADMILL, distance_m=4600.0, source="export.tcx"),
        shifted(DIARY, minutes=45),
        replace(shifted(DIARY, minutes=-9), moving_s=3600.0),
    ],
    ids=["two recordings", "one without pauses", "kind unknown", "treadmill", "noted late", "noted long"],
)
def test_one_run_told_twice_becomes_one(other: Run) -> None:
    """Sources round, pause and misname; the run is one all the same."""
    kept, merged = merge_same_runs([WATCH, other])
    assert (len(kept), len(merged)) == (1, 1)


@pytest.mark.parametrize("hours", [-14, -9.5, 1, 2, 5.75])
def test_a_file_in_the_wrong_zone_is_recognised(hours: float) -> None:
    """A time that states no zone may be off by whole quarter hours; the stated zone is kept."""
    astray = replace(shifted(WATCH, hours=hours), zone_source="assumed", rpe=5.0, source="export.csv row 4")
    (kept,), (same,) = merge_same_runs([astray, WATCH])
    assert (kept.start, kept.zone_source, kept.rpe) == (WATCH.start, "stated", 5.0)
    assert "one of them states no time zone" in same.evidence


@pytest.mark.parametrize(
    "change",
    [
        {"moving_s": 1850.0},
        {"distance_m": 5300.0},
        {"zone_source": "stated"},
        {"source": "morning.fit lap 3"},
    ],
    ids=["duration", "distance", "zone known", "one file"],
)
def test_a_shift_needs_all_else_to_agree(change: dict[str, float]) -> None:
    """An evening run is not the morning's, however alike."""
    astray = replace(shifted(WATCH, hours=2), zone_source="assumed", source="export.csv row 4")
    assert len(merge_same_runs([replace(astray, **change), WATCH])[0]) == 2


def test_round_typed_times_never_prove_a_wrong_zone() -> None:
    """Thirty minutes at 7:00 in one diary and at 18:00 in another are two runs."""
    one = replace(
        DIARY, start=SEVEN.replace(minute=0, second=0), zone_source="assumed", source="a.csv line 2"
    )
    assert len(merge_same_runs([one, replace(shifted(one, hours=11), source="b.csv line 2")])[0]) == 2


def test_intervals_pair_one_to_one() -> None:
    """Two watches tell three short runs each; three remain."""
    ours = [replace(shifted(WATCH, minutes=4 * i), moving_s=180.0, distance_m=700.0) for i in range(3)]
    theirs = [replace(shifted(run, seconds=20), source=f"strap {i}.fit") for i, run in enumerate(ours)]
    ours = [replace(run, source=f"watch.fit lap {i}") for i, run in enumerate(ours)]
    kept, merged = merge_same_runs(theirs + ours)
    assert [len(same.others) for same in merged] == [1, 1, 1]
    assert len(kept) == 3


def test_the_instant_is_the_watchs_and_the_zone_the_one_that_is_stated() -> None:
    """A precise time in an assumed zone is told in the stated one."""
    watch = replace(WATCH, start=WATCH.start.astimezone(UTC), zone_source="assumed")
    kept = merge_same_runs([watch, DIARY])[0][0]
    assert (kept.start.isoformat(), kept.zone_source) == ("2026-05-01T07:03:12+02:00", "stated")


def test_three_sources_make_one_run() -> None:
    """Watch, app and diary are one."""
    app = replace(WATCH, moving_s=1700.0, elapsed_s=1815.0, distance_m=5050.0, source="app.csv row 7")
    kept, merged = merge_same_runs([DIARY, app, WATCH])
    assert (len(kept), [len(same.others) for same in merged]) == (1, [2])


def test_the_very_same_record_is_kept_once() -> None:
    """A file imported twice adds nothing."""
    (kept,), (same,) = merge_same_runs([WATCH, WATCH])
    assert (kept, same.others) == (WATCH, (WATCH,))
    assert same.evidence == "the very same record again"


FULL = replace(WATCH, moving_s=1800.0, elapsed_s=1810.0, distance_m=5400.0, heart_rate_mean=None)


@pytest.mark.parametrize(
    "cut",
    [
        replace(FULL, moving_s=450.0, elapsed_s=450.0, distance_m=1350.0, heart_rate_mean=150.0),
        replace(shifted(FULL, minutes=10), moving_s=600.0, elapsed_s=600.0, distance_m=1800.0),
        replace(FULL, moving_s=450.0, distance_m=None, activity=Activity.OTHER, kind_source="unknown"),
        replace(shifted(FULL, seconds=5), distance_m=9000.0),
    ],
    ids=["a quarter", "a part from the middle", "a part of an unknown kind", "another distance"],
)
def test_a_copy_that_was_cut_off_is_the_same_run_and_the_longer_counts(cut: Run) -> None:
    """Nobody runs twice at once."""
    (kept,), (same,) = merge_same_runs([replace(cut, source="cut.fit"), FULL])
    assert (kept.moving_s, kept.activity) == (1800.0, Activity.RUN)
    assert len(same.others) == 1


def test_a_run_inside_a_hike_stays_a_run_of_its_own_and_is_told() -> None:
    """Both are stated; that they overlap is never silent."""
    hike = replace(shifted(WATCH, hours=-1), activity=Activity.WALK, moving_s=14_400.0, source="phone.gpx")
    kept, merged = merge_same_runs([WATCH, hike])
    assert (len(kept), merged, at_once(kept)) == (2, (), ((hike, WATCH),))


def test_runs_that_follow_each_other_are_not_at_once() -> None:
    """Nor is a ride that overlaps a run: only sessions on foot are told."""
    later = replace(shifted(WATCH, minutes=31), source="b.fit")
    ride = replace(WATCH, activity=Activity.OTHER, source="c.fit")
    assert at_once([WATCH, later, ride]) == ()


ANY_RUN = st.builds(
    Run,
    start=st.integers(0, 2 * 24 * 3600).map(lambda s: SEVEN + timedelta(seconds=s)),
    moving_s=st.floats(60, 7200),
    elapsed_s=st.none() | st.floats(60, 9000),
    distance_m=st.none() | st.floats(0, 20000),
    rpe=st.none() | st.integers(0, 10).map(float),
    activity=st.sampled_from(Activity),
    source=st.sampled_from(["a.fit", "b.gpx line 1", "b.gpx line 2", "c.csv line 3", ""]),
    zone_source=st.sampled_from(["stated", "position", "assumed"]),
)
RUNS = st.lists(ANY_RUN, max_size=9)


@given(RUNS, st.integers(0, 1000))
@settings(max_examples=60)
def test_the_order_of_the_records_does_not_matter(runs: list[Run], seed: int) -> None:
    """The same records give the same runs, in whatever order they come."""
    other = random.Random(seed).sample(runs, len(runs))
    assert merge_same_runs(runs) == merge_same_runs(other)


@given(RUNS)
@settings(max_examples=60)
def test_no_record_is_lost_and_none_is_made_up(runs: list[Run]) -> None:
    """Every record is either kept or folded into a kept one."""
    kept, merged = merge_same_runs(runs)
    assert len(kept) + sum(len(same.others) for same in merged) == len(runs)
    assert {same.merged for same in merged} <= set(kept)
    assert sum(run.moving_s for run in kept) <= sum(run.moving_s for run in runs) + 1e-6


@given(RUNS)
@settings(max_examples=60)
def test_one_source_alone_is_never_merged(runs: list[Run]) -> None:
    """Records of one file are different runs, however alike."""
    alone = {replace(run, source=f"one.csv line {i}") for i, run in enumerate(runs)}
    assert len(merge_same_runs(alone)[0]) == len(alone)


@pytest.mark.parametrize("how", ["speed", "name"])
@pytest.mark.parametrize("order", [1, -1])
def test_a_kind_that_a_source_states_beats_a_guess(how, order):
    """Also where the statement is 'other': a ride stays a ride beside a file that names no kind."""
    ride = replace(WATCH, activity=Activity.OTHER)
    guess = replace(WATCH, activity=Activity.RUN, kind_source=how, source="route.gpx")
    (kept,), _ = merge_same_runs([ride, guess][::order])
    assert (kept.activity, kept.kind_source) == (Activity.OTHER, "stated")


def test_a_treadmill_that_is_assumed_gives_way_to_a_run_that_is_stated():
    """A file without positions only looks as if it came from a treadmill."""
    indoors = replace(WATCH, activity=Activity.TREADMILL, kind_source="assumed", source="a.tcx")
    (kept,), _ = merge_same_runs([replace(WATCH, activity=Activity.RUN), indoors])
    assert kept.activity is Activity.RUN


def test_the_halves_of_one_source_and_the_whole_of_another_are_one_run() -> None:
    """A watch that was stopped and started again, beside an app that was not."""
    first = replace(WATCH, moving_s=900.0, distance_m=2500.0, source="export.xml workout 1 via Watch")
    second = replace(shifted(first, minutes=16), source="export.xml workout 2 via Watch")
    whole = replace(WATCH, moving_s=1860.0, source="export.xml workout 3 via App")
    kept, (same,) = merge_same_runs([first, second, whole])
    assert ([run.moving_s for run in kept], len(same.others)) == ([1860.0], 2)


def test_overlapping_records_of_one_source_are_never_parts_of_one_run() -> None:
    """Parts follow each other."""
    first = replace(WATCH, moving_s=900.0, distance_m=2500.0, source="export.xml workout 1 via Watch")
    second = replace(shifted(first, minutes=10), source="export.xml workout 2 via Watch")
    whole = replace(WATCH, moving_s=1860.0, source="export.xml workout 3 via App")
    assert len(merge_same_runs([first, second, whole])[0]) == 2


@pytest.mark.parametrize("hours", [2, -8])
def test_a_copy_with_its_clock_moved_is_one_run(hours: int) -> None:
    """The same way to the metre in the same seconds, exported with local time written as UTC, at a round minute."""
    start = SEVEN.replace(minute=10, second=0)
    one = replace(WATCH, start=start, distance_m=5041.7, zone_source="assumed")
    other = replace(shifted(one, hours=hours), source="again.gpx")
    assert len(merge_same_runs([one, other])[0]) == 1


def test_a_table_in_local_time_and_a_file_from_a_journey_are_one_run() -> None:
    """Both tell of half past eight in the evening, and one of them does not say where."""
    there = datetime(2026, 5, 1, 20, 30, tzinfo=timezone(timedelta(hours=-6)))
    watch = replace(WATCH, start=there, distance_m=5000.0)
    listed = replace(
        watch, start=there.replace(tzinfo=SUMMER), zone_source="assumed", source="list.csv line 2"
    )
    (kept,), _ = merge_same_runs([watch, listed])
    assert kept.start == there


def test_two_treadmill_runs_of_a_round_length_stay_two() -> None:
    """Who runs five kilometres in half an hour twice a day types it twice."""
    one = replace(
        WATCH,
        start=SEVEN.replace(minute=0, second=0),
        distance_m=5000.0,
        moving_s=1800.0,
        zone_source="assumed",
    )
    assert len(merge_same_runs([one, replace(shifted(one, hours=10), source="list.csv line 3")])[0]) == 2


def test_a_record_that_leaves_open_what_was_done_joins_no_walk_with_a_run() -> None:
    """A pedometer's walk, the watch's run and an app's 'other' at one time: the run is not lost in the walk."""
    run = replace(WATCH, source="export.xml workout 1 via Watch", kind_source="stated")
    walk = replace(
        shifted(run, minutes=-2),
        activity=Activity.WALK,
        moving_s=2220.0,
        source="export.xml workout 2 via Pedometer",
    )
    other = replace(
        run, activity=Activity.OTHER, kind_source="unknown", source="export.xml workout 3 via Gym"
    )
    for order in ([run, walk, other], [other, walk, run], [walk, other, run]):
        kept, _ = merge_same_runs(order)
        assert sorted(one.activity.value for one in kept) == ["run", "walk"]
        assert next(one.minutes for one in kept if one.is_running) == pytest.approx(30.2)


def test_a_session_that_may_hold_a_run_does_not_lengthen_it() -> None:
    """A ride and a run, and 'workout' around both from another app: the run is as long as the watch says."""
    ride = replace(
        WATCH,
        activity=Activity.OTHER,
        moving_s=3600.0,
        distance_m=25_000.0,
        source="ride.fit",
        kind_source="stated",
    )
    run = replace(shifted(WATCH, minutes=62), source="run.fit", kind_source="stated")
    around = replace(
        WATCH,
        activity=Activity.OTHER,
        kind_source="unknown",
        moving_s=5500.0,
        distance_m=30_000.0,
        source="activities.csv line 2",
    )
    kept, _ = merge_same_runs([ride, run, around])
    (found,) = [one for one in kept if one.is_running]
    assert (found.minutes, found.distance_m, found.start) == (run.minutes, run.distance_m, run.start)


def test_a_guess_from_a_ride_there_and_back_does_not_lengthen_the_run_between() -> None:
    """A phone that recorded all of it without a word, and a watch that recorded the run alone."""
    watch = replace(shifted(WATCH, minutes=20), source="run.tcx", kind_source="stated")
    phone = replace(
        WATCH, moving_s=4212.0, elapsed_s=4212.0, distance_m=19_600.0, source="phone.gpx", kind_source="speed"
    )
    (kept,), _ = merge_same_runs([phone, watch])
    assert (kept.minutes, kept.distance_m) == (watch.minutes, watch.distance_m)


@pytest.mark.parametrize(
    ("minutes", "km", "kind"),
    [(30, 5.0, Activity.RUN), (30, 12.0, Activity.OTHER), (60, 20.0, Activity.OTHER)],
)
def test_a_run_that_was_corrected_to_a_ride_is_one_where_nobody_runs_so(minutes, km, kind) -> None:
    """A watch says running, another source a ride: the pace decides, and the note says that they differ."""
    run = replace(WATCH, moving_s=60.0 * minutes, distance_m=1000.0 * km)
    ride = replace(run, activity=Activity.OTHER, source="activities.csv line 2")
    (kept,), (same,) = merge_same_runs([run, ride])
    assert kept.activity is kind
    assert "call it different things" in same.evidence


def test_a_line_that_adds_up_two_runs_is_no_third() -> None:
    """Twenty and fifteen minutes by the watch, thirty-five in a table."""
    first = replace(WATCH, moving_s=1200.0, distance_m=3300.0, source="a.tcx")
    second = replace(shifted(WATCH, minutes=30), moving_s=900.0, distance_m=2500.0, source="b.tcx")
    line = replace(WATCH, moving_s=2100.0, distance_m=5800.0, heart_rate_mean=None, source="own.csv line 2")
    (kept,), _ = merge_same_runs([first, second, line])
    assert kept.minutes == 35.0
    longer = replace(line, moving_s=2700.0, distance_m=7500.0)
    assert sum(one.minutes for one in merge_same_runs([first, shifted(second, hours=3), longer])[0]) > 45.0


@pytest.mark.parametrize(("hours", "seconds"), [(1, 0), (2, 20), (-2, 20), (3, 40)])
def test_a_phone_whose_clock_was_read_in_another_zone_tells_the_same_run(hours, seconds) -> None:
    """Zone, summer time or both between a watch and a phone, whose ways differ by less than a hundredth."""
    watch = replace(
        WATCH,
        start=SEVEN.replace(minute=10, second=0),
        moving_s=1920.0,
        distance_m=5200.0,
        zone_source="assumed",
    )
    phone = replace(
        shifted(watch, hours=hours, seconds=seconds), moving_s=1932.0, distance_m=5154.2, source="phone.gpx"
    )
    assert len(merge_same_runs([watch, phone])[0]) == 1
    assert len(merge_same_runs([watch, replace(phone, distance_m=5900.0)])[0]) == 2
    assert len(merge_same_runs([watch, shifted(phone, minutes=7)])[0]) == 2


def test_a_table_in_utc_beside_the_files_of_a_watch_holds_no_runs_of_its_own() -> None:
    """Round lengths prove nothing once; of several runs, all two hours apart, they do."""
    files = [
        replace(
            WATCH,
            start=datetime(2026, 5, day, 18, 10, tzinfo=SUMMER),
            moving_s=60.0 * minutes,
            distance_m=1000.0 * km,
            source=f"{day}.tcx",
            zone_source="assumed",
        )
        for day, minutes, km in ((1, 32, 5.2), (3, 30, 5.0), (6, 45, 7.0))
    ]
    rows = [
        replace(shifted(run, hours=-2), source=f"export.csv line {i}", heart_rate_mean=None)
        for i, run in enumerate(files, start=2)
    ]
    kept, _ = merge_same_runs([*files, *rows])
    assert [run.start for run in kept] == [run.start for run in files]
    assert len(merge_same_runs([files[0], rows[0]])[0]) == 2


@pytest.mark.parametrize("hours", [3, 6, 10, 24])
def test_a_copy_whose_clock_was_moved_by_hours_is_one_run(hours: int) -> None:
    """The seconds of start and duration are those of one recording; another app measured the way a little shorter."""
    copy = replace(shifted(WATCH, hours=hours), zone_source="assumed", distance_m=4980.0, source="export.gpx")
    (kept,), (same,) = merge_same_runs([WATCH, copy])
    assert kept.start == WATCH.start
    assert f"{hours}:00:00 apart" in same.evidence


@pytest.mark.parametrize(
    ("length", "change", "apart"),
    [
        (1800.0, {}, {"hours": 20}),
        (1812.0, {}, {"hours": 20, "seconds": 5}),
        (1812.0, {}, {"hours": 25}),
        (1812.0, {"moving_s": 1818.0}, {"hours": 20}),
        (1812.0, {"distance_m": 5300.0}, {"hours": 20}),
        (1812.0, {"zone_source": "stated"}, {"hours": 20}),
    ],
    ids=["by a timer", "another second", "over a day", "longer", "another way", "both state a zone"],
)
def test_runs_hours_apart_that_habit_may_explain_stay_two(
    length: float, change: dict[str, Any], apart: dict[str, float]
) -> None:
    """A run that is lost is worse than one that is asked about."""
    first = replace(WATCH, moving_s=length)
    other = replace(shifted(first, **apart), zone_source="assumed", distance_m=4980.0, source="export.gpx")
    assert len(merge_same_runs([first, replace(other, **change)])[0]) == 2


def test_recordings_that_may_be_moved_copies_are_asked_about() -> None:
    """Two of one timer's length, hours apart to the second; those of one source, and round ways, are habit."""
    first = replace(WATCH, moving_s=1800.0)
    copy = replace(shifted(first, hours=6), distance_m=4980.0, source="export.gpx")
    assert moved_copies([copy, first]) == ((first, copy, 6),)
    assert not moved_copies([first, replace(copy, source="morning.fit lap 2")])
    assert not moved_copies([replace(first, distance_m=5000.0), replace(copy, distance_m=5000.0)])
    assert not moved_copies([first, replace(copy, activity=Activity.WALK)])
