"""FIT activity files as runs."""

import struct
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.run import Activity, Run
from backstride.errors import BackstrideError, BrokenFile, UnknownFormat
from backstride.importers.fit.reader import FIT
from backstride.testing.fit_file import EPOCH, message, sealed, write_fit

BERLIN = ZoneInfo("Europe/Berlin")
NOON = 1_100_000_000
MORNING = Run(
    start=datetime(2026, 5, 1, 7, 30, tzinfo=timezone(timedelta(hours=2))),
    moving_s=1800.5,
    elapsed_s=1925.25,
    distance_m=5000.5,
    rpe=4.0,
    feel_0_10=7.5,
    heart_rate_mean=150.0,
    source="morning.fit",
)

A_RUN = st.builds(
    Run,
    start=st.integers(700_000_000, 1_300_000_000).map(
        lambda s: (EPOCH + timedelta(seconds=s)).astimezone(timezone(timedelta(hours=-3.5)))
    ),
    moving_s=st.integers(8, 20_000).map(float),
    distance_m=st.none() | st.integers(1, 60_000).map(float),
    activity=st.sampled_from(list(Activity)),
    rpe=st.none() | st.integers(1, 10).map(float),
    feel_0_10=st.none() | st.integers(0, 10).map(float),
    heart_rate_mean=st.none() | st.integers(30, 220).map(float),
    source=st.just("a.fit"),
)


def read(content, *, zone=BERLIN):
    """What the file gives, for somebody who lives in Berlin."""
    return FIT.read(content, name="a.fit", zone=zone)


def session(**fields):
    """A session message; times in seconds, other values as stored."""
    known = {
        "stamp": (253, "uint32"), "start": (2, "uint32"), "elapsed": (7, "uint32"), "timer": (8, "uint32"),
        "distance": (9, "uint32"), "sport": (5, "enum"), "sub_sport": (6, "enum"), "beats": (16, "uint8"),
        "feel": (192, "uint8"), "rpe": (193, "uint8"),
    }  # fmt: skip
    return message(18, [(*known[name], value) for name, value in fields.items()])


def points(*, times, **columns):
    """Record messages with these columns, each as long as `times`."""
    known = {"metres": (5, "uint32", 100), "beats": (3, "uint8", 1)}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)] or [
        {}
    ] * len(times)
    return b"".join(
        message(
            20,
            [(253, "uint32", time), *((*known[k][:2], v * known[k][2]) for k, v in row.items())],
        )
        for time, row in zip(times, rows, strict=True)
    )


def positions(places):
    """Records, one a second from noon, at these (latitude, longitude) in degrees."""
    return b"".join(
        message(
            20,
            [(253, "uint32", NOON + i), (0, "sint32", lat * 2**31 / 180), (1, "sint32", lon * 2**31 / 180)],
        )
        for i, (lat, lon) in enumerate(places)
    )


def activity(*, local):
    """The activity message, written at noon when the watch showed `local` seconds more than UTC."""
    return message(34, [(253, "uint32", NOON), (5, "uint32", NOON + local)])


def run_of(*messages, zone=BERLIN):
    """The only run in a file made of these messages."""
    (run,) = read(sealed(b"".join(messages)), zone=zone).records.runs
    return run


def test_a_run_comes_back_as_it_was_written():
    """Start, times, distance, exertion, feel and heart rate."""
    result = FIT.read(write_fit(MORNING), name="morning.fit", zone=BERLIN)
    assert result.records.runs == (MORNING,)
    assert (result.skipped, result.notes) == ((), ())


@given(A_RUN)
def test_every_run_comes_back_as_it_was_written(run):
    """Whatever is missing stays missing."""
    (back,) = read(write_fit(run, records_every_s=600)).records.runs
    assert back == replace(run, elapsed_s=run.moving_s)


@given(st.data())
@settings(deadline=None)
def test_a_damaged_file_gives_runs_or_our_error(data):
    """No byte can be changed, cut or doubled so that anything else happens."""
    content = bytearray(write_fit(MORNING, records_every_s=120))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(1, 3))] = data.draw(st.binary(max_size=3))
    with suppress(BackstrideError):
        assert read(bytes(content)).records.runs


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_cut_off_run_is_kept_up_to_the_cut(share):
    """No session was written; time and distance come from the recorded points."""
    whole = write_fit(MORNING)
    result = read(whole[: int(share * len(whole))])
    (run,) = result.records.runs
    assert run.start == MORNING.start
    assert run.moving_s == pytest.approx(share * MORNING.moving_s, rel=0.1)
    assert run.distance_m == pytest.approx(share * MORNING.distance_m, rel=0.1)
    assert any("no totals" in note for note in result.notes)


def test_timer_pauses_are_no_motion_in_an_unfinished_file():
    """The watch wrote when it was stopped and started again."""
    whole = write_fit(replace(MORNING, moving_s=1800, elapsed_s=2400, distance_m=6000))
    until_lap = whole.index(message(19, [])[:1] + b"\0\0\x13\0")
    run = read(whole[:until_lap]).records.runs[0]
    assert (run.moving_s, run.elapsed_s) == (1800, 2400)


@pytest.mark.parametrize(
    ("sport", "sub_sport", "kind"),
    [
        (1, 0, Activity.RUN), (1, 3, Activity.RUN), (1, None, Activity.RUN), (1, 1, Activity.TREADMILL),
        (1, 45, Activity.TREADMILL), (1, 58, Activity.TREADMILL), (4, 1, Activity.TREADMILL),
        (11, 0, Activity.WALK), (17, 0, Activity.WALK), (4, 27, Activity.WALK), (2, 0, Activity.OTHER),
        (2, 58, Activity.OTHER), (None, None, Activity.OTHER), (0, 0, Activity.OTHER),
        (0, 45, Activity.TREADMILL), (0, 3, Activity.RUN), (254, 1, Activity.TREADMILL), (0, 7, Activity.OTHER),
    ],
)  # fmt: skip
def test_sports_become_run_treadmill_walk_or_other(sport, sub_sport, kind):
    """An unknown sport is not taken for running."""
    assert run_of(session(start=NOON, timer=60_000, sport=sport, sub_sport=sub_sport)).activity is kind


@pytest.mark.parametrize(("sport", "sub_sport"), [(0, 0), (254, 0), (0, 58)])
def test_a_sport_that_is_generic_leaves_the_day_open(sport, sub_sport):
    """The watch's profile 'Other' says nothing, so that nobody knows whether there was a run."""
    run = run_of(session(start=NOON, timer=60_000, sport=sport, sub_sport=sub_sport))
    assert (run.kind_source, run.kind_word) == ("unknown", "generic")


@pytest.mark.parametrize(("metres", "kind"), [(180_000, Activity.RUN), (60_000, Activity.WALK)])
def test_a_file_without_a_sport_goes_by_its_speed_and_says_so(metres, kind):
    """As where the watch was cut off before it wrote the sport."""
    result = read(sealed(session(start=NOON, timer=600_000, sport=None, sub_sport=None, distance=metres)))
    (run,) = result.records.runs
    assert (run.activity, run.kind_source) == (kind, "speed")
    assert "does not say what was done" in " ".join(result.notes)


def test_a_multisport_file_gives_one_run_a_session():
    """Swim, ride and run are told apart by their place in the file."""
    legs = [
        session(start=NOON + 1000 * i, timer=900_000, elapsed=900_000, sport=s)
        for i, s in enumerate((5, 2, 1))
    ]
    runs = read(sealed(b"".join(legs))).records.runs
    assert [run.activity for run in runs] == [Activity.OTHER, Activity.OTHER, Activity.RUN]
    assert runs[2].source == "a.fit session 3"


def test_missing_totals_of_one_leg_come_from_its_own_points():
    """The points of the other leg do not count."""
    legs = session(start=NOON, elapsed=100_000, timer=100_000, distance=30_000)
    legs += session(start=NOON + 1000, elapsed=100_000, timer=None)
    stream = points(times=[NOON, NOON + 100, NOON + 1000, NOON + 1060], beats=[90, 90, 150, 150])
    runs = read(sealed(stream + legs)).records.runs
    assert (runs[1].moving_s, runs[1].heart_rate_mean) == (60, 150)


def test_a_session_without_totals_takes_them_from_the_points():
    """Time, distance, heart rate and start."""
    stream = points(
        times=[NOON + 10 * i for i in range(7)], metres=[30 * i for i in range(7)], beats=[120] * 7
    )
    run = run_of(stream, session(stamp=NOON + 60, timer=None, distance=None))
    assert (run.moving_s, run.elapsed_s, run.distance_m, run.heart_rate_mean) == (60, 60, 180, 120)
    assert run.start == EPOCH + timedelta(seconds=NOON)


def test_gaps_of_minutes_are_pauses_where_no_timer_event_tells():
    """Elapsed time keeps them, moving time does not."""
    run = run_of(points(times=[NOON, NOON + 30, NOON + 1000, NOON + 1030]))
    assert (run.moving_s, run.elapsed_s) == (60, 1030)


def in_and_out(*, minutes, apart_s):
    """Records every 10 s through this many minutes, twice, with a break between them."""
    once = range(0, 60 * minutes + 1, 10)
    times = [NOON + s for s in once] + [NOON + 60 * minutes + apart_s + s for s in once]
    return points(times=times, metres=[3 * i for i in range(len(times))])


def test_a_timer_and_an_elapsed_time_that_are_swapped_are_put_right():
    """The timer agrees with the clock, and the shorter elapsed time with how long the records moved."""
    stream = in_and_out(minutes=15, apart_s=7200)
    swapped = session(start=NOON, stamp=NOON + 9000, timer=9_000_000, elapsed=1_810_000)
    run = run_of(stream, swapped)
    assert (run.moving_s, run.elapsed_s) == (1810, 9000)


def test_a_swapped_pair_is_known_by_the_clock_alone_where_there_are_no_records():
    """From the session's start to its own time the timer's seconds went by."""
    run = run_of(session(start=NOON, stamp=NOON + 9000, timer=9_000_000, elapsed=1_810_000))
    assert (run.moving_s, run.elapsed_s) == (1810, 9000)


def test_an_elapsed_time_that_is_merely_wrong_is_not_taken_for_the_moving_time():
    """The records moved for as long as the timer says, without a break."""
    stream = points(times=range(NOON, NOON + 2761, 10))
    run = run_of(stream, session(start=NOON, stamp=NOON, timer=2_760_000, elapsed=1_632_000))
    assert (run.moving_s, run.elapsed_s) == (2760, 2760)


def test_a_timer_beyond_the_elapsed_time_and_the_records_is_wrong():
    """Nobody runs for longer than there are points."""
    stream = points(times=range(NOON, NOON + 1801, 10))
    run = run_of(stream, session(start=NOON, stamp=NOON + 1800, timer=10_000_000, elapsed=1_800_000))
    assert (run.moving_s, run.elapsed_s) == (1800, 1800)


def test_a_swapped_leg_of_several_keeps_all_its_records():
    """They are looked for until its clock ends, not until its shorter time."""
    stream = in_and_out(minutes=15, apart_s=7200)
    legs = session(start=NOON, stamp=NOON + 9000, timer=9_000_000, elapsed=1_810_000)
    legs += session(start=NOON + 20_000, stamp=NOON + 20_600, timer=600_000, elapsed=600_000)
    first, _ = read(sealed(stream + legs)).records.runs
    assert (first.moving_s, first.elapsed_s, first.distance_m) == (1810, 9000, pytest.approx(543))


def test_positions_give_the_distance_as_a_last_resort():
    """A hundredth of a degree of latitude is 1112 m."""
    run = run_of(positions([(52.0, 13.0), (52.005, 13.0), (52.01, 13.0)]))
    assert run.distance_m == pytest.approx(1111.95, abs=0.5)


def test_the_packed_distance_of_old_devices_is_unrolled():
    """Speed and distance in 12 bits each; the distance counts sixteenths of a metre up to 256 m."""
    head = struct.pack("<BBBHB", 0x40, 0, 0, 20, 2) + bytes([253, 4, 0x86, 8, 3, 0x0D])
    metres = [0, 200, 250, 300, 510, 600]
    rows = b"".join(
        struct.pack("<BI", 0, NOON + 30 * i) + (0x123 | (16 * m % 4096) << 12).to_bytes(3, "little")
        for i, m in enumerate(metres)
    )
    assert run_of(head + rows).distance_m == 600


def test_an_impossible_total_is_replaced_by_the_points():
    """Nobody runs 40,000 km."""
    stream = points(times=[NOON, NOON + 60], metres=[0, 200])
    run = run_of(stream, session(start=NOON, timer=4_000_000_000, distance=4_000_000_000))
    assert (run.moving_s, run.distance_m) == (60, 200)


def test_an_impossible_distance_without_points_is_left_out():
    """The rest of the session still counts."""
    assert run_of(session(start=NOON, timer=60_000, distance=4_000_000_000)).distance_m is None


def test_exertion_and_feel_are_read():
    """Stored as ten times the rating, and as percent."""
    run = run_of(session(start=NOON, timer=60_000, rpe=35, feel=75))
    assert (run.rpe, run.feel_0_10) == (3.5, 7.5)


@pytest.mark.parametrize(("rpe", "feel", "beats"), [(0, None, 0), (None, 255, 5), (250, 200, None)])
def test_ratings_and_pulses_that_cannot_be_are_left_out(rpe, feel, beats):
    """A device writes 0 exertion where nobody was asked."""
    run = run_of(session(start=NOON, timer=60_000, rpe=rpe, feel=feel, beats=beats))
    assert (run.rpe, run.feel_0_10, run.heart_rate_mean) == (None, None, None)


@pytest.mark.parametrize("local", [-8 * 3600, 3600, int(5.75 * 3600), 2 * 3600 + 1])
def test_the_watch_states_its_zone(local):
    """Its local time less the absolute one, to the quarter hour."""
    run = run_of(session(start=NOON, timer=60_000), activity(local=local))
    assert run.zone_source == "stated"
    assert run.start.utcoffset() == timedelta(seconds=round(local / 900) * 900)


@pytest.mark.parametrize("local", [15 * 3600, -(10**9), 1080, 0])
def test_an_offset_that_cannot_be_is_replaced_by_the_persons_zone(local):
    """More than 14 h, no quarter hours, or none at all while the person lives elsewhere."""
    run = run_of(session(start=NOON, timer=60_000), activity(local=local))
    assert run.zone_source == "assumed"
    assert run.start.utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize(("longitude", "source"), [(-3.0, "stated"), (100.0, "assumed"), (-75.0, "assumed")])
def test_an_offset_of_zero_counts_near_greenwich_only(longitude, source):
    """Some watches write their local time as UTC wherever they are."""
    track = positions([(51.0, longitude), (51.001, longitude)])
    assert run_of(track, session(start=NOON, timer=60_000), activity(local=0)).zone_source == source


def test_an_offset_of_zero_counts_for_somebody_who_lives_there():
    """A treadmill in Reykjavik has no position."""
    run = run_of(session(start=NOON, timer=60_000), activity(local=0), zone=ZoneInfo("Atlantic/Reykjavik"))
    assert run.zone_source == "stated"


def test_times_since_power_on_are_refused():
    """They tell no day."""
    with pytest.raises(BrokenFile, match="switched on"):
        read(sealed(session(start=485, timer=60_000, elapsed=60_000)))


def test_points_since_power_on_are_refused():
    """The same, in an unfinished file."""
    with pytest.raises(BrokenFile, match="switched on"):
        read(sealed(points(times=[5, 6, 7])))


@pytest.mark.parametrize(("kind", "word"), [(2, "settings"), (5, "planned workout"), (6, "course")])
def test_files_of_other_things_say_what_they_are(kind, word):
    """A course has points, yet nobody ran it."""
    file_id = message(0, [(0, "enum", kind)])
    with pytest.raises(UnknownFormat, match=word):
        read(sealed(file_id + points(times=[NOON, NOON + 9])))


def test_a_file_without_anything_says_so():
    """A header is not a run."""
    with pytest.raises(BrokenFile, match="neither a session nor"):
        read(sealed(b""))


def test_the_same_session_in_a_chained_file_counts_once():
    """Some apps write the file twice, back to back."""
    result = read(write_fit(MORNING) + write_fit(MORNING))
    assert len(result.records.runs) == 1
    assert "twice" in result.skipped[0].why


def test_other_content_is_not_fit():
    """Asked directly, the reader says so itself."""
    with pytest.raises(UnknownFormat, match="not a FIT file"):
        read(b"<html>")


def test_a_run_before_1990_or_after_2099_cannot_be():
    """The clock of the watch was never set."""
    with pytest.raises(BrokenFile, match="1990 and 2099"):
        read(sealed(session(start=4_000_000_000, timer=60_000)))


def test_start_is_absolute():
    """1,100,000,000 s after the end of 1989."""
    assert run_of(session(start=NOON, timer=60_000)).start == datetime(2024, 11, 8, 11, 33, 20, tzinfo=UTC)


def test_a_session_without_a_day_takes_that_of_its_points():
    """A session that counts from when the watch was switched on is put where its records are, and it is said."""
    body = points(times=range(NOON, NOON + 1801, 10), metres=range(0, 5401, 30))
    result = read(sealed(body + session(stamp=NOON + 1800, start=100, sport=1)))
    (run,) = result.records.runs
    assert run.start == EPOCH + timedelta(seconds=NOON)
    assert "gives no day" in " ".join(result.notes)


def test_a_run_of_ten_hours_for_five_kilometres_is_doubted():
    """Without points nobody can tell the stop that was forgotten: the run stays, and a note asks."""
    result = read(
        sealed(
            session(
                stamp=NOON + 36_000,
                start=NOON,
                sport=1,
                elapsed=36_000_000,
                timer=36_000_000,
                distance=500_000,
            )
        )
    )
    (run,) = result.records.runs
    assert run.moving_s == 36_000
    assert "lasts 600 minutes for 5.0 km" in " ".join(result.notes)
