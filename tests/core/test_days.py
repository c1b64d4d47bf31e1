"""The order of the day, on plain days and on the days on which clocks and travellers make it hard."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.allocation import Allocation, AllocationScheme, Arm
from backstride.core.check_in import CheckIn
from backstride.core.days import DiaryDay, calendar_days, diary_days, row_of, usual_check_in_time
from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Activity, Run
from backstride.core.scales import PainRating

BERLIN = ZoneInfo("Europe/Berlin")
TOKYO = ZoneInfo("Asia/Tokyo")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
MAY = date(2026, 5, 1)


def morning(day: date, hour: float = 7.0, zone=BERLIN, **answers) -> CheckIn:
    """Make a check-in at `hour`."""
    moment = datetime.combine(day, time(), zone) + timedelta(hours=hour)
    return CheckIn(moment=moment, pain=PainRating(answers.pop("pain", 3)), **answers)


def run(day: date, hour: float = 18.0, zone=BERLIN, **facts) -> Run:
    """Make half an hour of running from `hour`."""
    return Run(start=datetime.combine(day, time(), zone) + timedelta(hours=hour), moving_s=1800, **facts)


def may(number: int) -> date:
    """Name a day of May."""
    return date(2026, 5, number)


def days_of(*records, covered=(), zone=BERLIN) -> dict[date, DiaryDay]:
    """Put records into days, by day."""
    check_ins = tuple(r for r in records if isinstance(r, CheckIn))
    runs = tuple(r for r in records if isinstance(r, Run))
    return {d.day: d for d in diary_days(Records(check_ins, runs, (), tuple(covered)), zone=zone)}


def test_run_after_the_check_in_belongs_to_that_day():
    """An evening run belongs to the day whose check-in came before it."""
    evening = run(may(1))
    assert days_of(morning(may(1)), morning(may(2)), evening)[may(1)].sessions == (evening,)


def test_run_before_the_check_in_belongs_to_the_day_before():
    """Who runs at six and checks in at seven has the run told by that check-in, not explained by it."""
    early = run(may(2), hour=6)
    days = days_of(morning(may(1)), morning(may(2)), early)
    assert (days[may(1)].sessions, days[may(2)].sessions) == ((early,), ())


def test_run_at_the_very_moment_of_the_check_in_comes_after_it():
    """A tie counts as check-in first."""
    at_once = run(may(2), hour=7)
    assert days_of(morning(may(1)), morning(may(2)), at_once)[may(2)].sessions == (at_once,)


def test_run_before_the_first_check_in_gets_a_day_of_its_own():
    """A run before the very first check-in is not counted as after it: the calendar begins a day earlier."""
    early = run(may(1), hour=6)
    days = days_of(morning(may(1)), early)
    assert list(days) == [date(2026, 4, 30), may(1)]
    assert days[date(2026, 4, 30)].runs == (early,)
    assert days[may(1)].is_missing


def test_on_the_calendar_each_run_is_on_its_own_date():
    """People look at dates: a run before that day's rating is of that day, and the day before is what it was."""
    early, late = run(may(2), hour=6), run(may(2), hour=23.5)
    records = Records((morning(may(1)), morning(may(2))), (early, late))
    days = {day.day: day.sessions for day in calendar_days(records, zone=BERLIN)}
    assert days == {may(1): (), may(2): (early, late)}


def test_run_over_midnight_belongs_to_the_day_it_began():
    """A run from 23:30 to 01:00 is the evening's."""
    late = run(may(1), hour=23.5, elapsed_s=5400)
    assert days_of(morning(may(1)), morning(may(2)), late)[may(1)].sessions == (late,)


def test_run_shortly_after_midnight_belongs_to_the_day_before():
    """At half past midnight the next check-in is still to come."""
    night = run(may(2), hour=0.5)
    assert days_of(morning(may(1)), morning(may(2)), night)[may(1)].sessions == (night,)


def test_only_the_first_check_in_of_a_day_is_the_morning_s():
    """Later check-ins are kept apart, whatever the order in which they were given."""
    first, second, third = (morning(may(1), hour=h, pain=h / 4) for h in (7, 12, 21))
    day = days_of(third, first, second)[may(1)]
    assert (day.check_in, day.later_check_ins) == (first, (second, third))


def test_check_ins_of_one_moment_are_joined():
    """Pain and mood from two tables, stamped alike, are one check-in; the later answer counts."""
    pain = CheckIn(moment=datetime(2026, 5, 1, 7, tzinfo=UTC), pain=PainRating(3), note="stiff")
    mood = CheckIn(moment=datetime(2026, 5, 1, 9, tzinfo=BERLIN), pain=PainRating(4), mood=6)
    check_in = days_of(pain, mood)[may(1)].check_in
    assert (check_in.pain, check_in.mood, check_in.note) == (PainRating(4), 6, "stiff")


def test_day_without_check_in_borrows_the_usual_time():
    """Between check-ins at 6, 8 and 9 o'clock a day without one begins at 8."""
    days = days_of(morning(may(1), 6), morning(may(2), 8), morning(may(4), 9))
    assert days[may(3)].begins == datetime(2026, 5, 3, 8, tzinfo=BERLIN)
    assert days[may(3)].check_in is None


def test_usual_time_without_any_check_in_is_seven():
    """Somebody who never checked in is taken to wake at seven."""
    assert usual_check_in_time([]) == time(7, 0)


def test_usual_time_looks_at_first_check_ins_only():
    """An evening check-in after a morning one does not move the usual time."""
    assert usual_check_in_time([morning(may(1), 7), morning(may(1), 22)]) == time(7, 0)


def test_runs_without_check_ins_are_placed_by_the_usual_time():
    """With runs alone, a run at six belongs to the day before, and no empty day is added at either end."""
    assert list(days_of(run(may(2), 6), run(may(4), 18))) == [may(1), may(2), may(3), may(4)]


def test_empty_records_have_no_days():
    """No check-in and no session: no day, covered or not."""
    assert diary_days(Records(covered=(CoveredSpan(may(1), may(9)),)), zone=BERLIN) == ()


def test_day_without_word_is_missing_not_rest():
    """A day on which nobody says whether there was a run is missing."""
    assert days_of(morning(may(1)), morning(may(2)))[may(1)].is_missing


def test_covered_day_without_run_is_rest():
    """A source that knows every run makes a rest day of a day without one."""
    day = days_of(morning(may(1)), morning(may(2)), covered=[CoveredSpan(may(1), may(1))])[may(1)]
    assert (day.is_missing, day.rest_is_known) == (False, True)


def test_no_to_ran_yesterday_makes_a_rest_day_of_yesterday_only():
    """'No run yesterday' says nothing of the day before yesterday."""
    days = days_of(morning(may(1)), morning(may(3), ran_yesterday=False))
    assert (days[may(1)].is_missing, days[may(2)].is_missing) == (True, False)


def test_yes_to_ran_yesterday_outweighs_a_covered_span():
    """A run that the watch does not know leaves the day missing, not at rest."""
    days = days_of(
        morning(may(1)), morning(may(2), ran_yesterday=True), covered=[CoveredSpan(may(1), may(2))]
    )
    assert days[may(1)].is_missing


def test_recorded_run_outweighs_the_word_that_there_was_none():
    """A recorded run stays a run."""
    day = days_of(morning(may(1)), run(may(1)), morning(may(2), ran_yesterday=False))[may(1)]
    assert (day.is_missing, day.rest_is_known) == (False, False)


def test_walk_is_no_run():
    """A day with a walk is missing until somebody says that there was no run."""
    walk = run(may(1), activity=Activity.WALK)
    day = days_of(morning(may(1)), walk)[may(1)]
    assert (day.runs, day.walks, day.is_missing) == ((), (walk,), True)


def test_covered_days_after_the_last_record_are_days():
    """The calendar goes on to the last covered day."""
    days = days_of(morning(may(1)), covered=[CoveredSpan(may(1), may(3))])
    assert [(d.day, d.is_missing) for d in days.values()] == [(may(n), False) for n in (1, 2, 3)]


def test_covered_days_before_the_first_record_are_none():
    """The calendar never begins before the first check-in or session."""
    assert next(iter(days_of(morning(may(9)), covered=[CoveredSpan(may(1), may(9))]))) == may(9)


@pytest.mark.parametrize(("changes", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_day_on_which_clocks_change_is_shorter_or_longer(changes, hours):
    """Seven to seven is 23 hours in spring and 25 in autumn, with or without a check-in."""
    before = changes - timedelta(days=1)
    days = days_of(morning(before), morning(changes + timedelta(days=1)))
    assert days[changes].begins - days[before].begins == timedelta(hours=hours)


def test_hour_that_comes_twice_is_kept_in_order():
    """At 02:40 summer time and 02:20 winter time of one autumn night the first is the earlier."""
    night = datetime(2026, 10, 25, 2, tzinfo=BERLIN)
    first = Run(start=night.replace(minute=40, fold=0), moving_s=600)
    after = Run(start=night.replace(minute=20, fold=1), moving_s=600)
    assert days_of(morning(date(2026, 10, 24)), after, first)[date(2026, 10, 24)].sessions == (first, after)


def test_travel_east_over_the_date_line_gives_one_day_with_two_check_ins():
    """Tokyo to Los Angeles: 10 May is lived twice, its second morning is a later check-in."""
    leaving, arriving = morning(may(10), zone=TOKYO), morning(may(10), zone=LOS_ANGELES)
    between = Run(start=leaving.moment + timedelta(hours=3), moving_s=1800)
    day = days_of(leaving, between, arriving, run(may(10), zone=LOS_ANGELES), zone=TOKYO)[may(10)]
    assert (day.check_in, day.later_check_ins, len(day.runs)) == (leaving, (arriving,), 2)


def test_travel_west_over_the_date_line_skips_a_day():
    """Los Angeles to Tokyo: 11 May is a day without a check-in and stays missing."""
    days = days_of(morning(may(10), zone=LOS_ANGELES), morning(may(12), zone=TOKYO), zone=LOS_ANGELES)
    assert [d.check_in is None for d in days.values()] == [False, True, False]
    assert days[may(11)].is_missing


def test_check_ins_are_never_out_of_order():
    """A check-in on a local day that lies behind one already lived counts for the day already begun."""
    kiribati = CheckIn(moment=datetime(2026, 5, 11, 3, 30, tzinfo=timezone(timedelta(hours=14))))
    hawaii = CheckIn(moment=datetime(2026, 5, 10, 15, tzinfo=timezone(timedelta(hours=-10))))
    day = days_of(hawaii, kiribati)[may(11)]
    assert (day.check_in, day.later_check_ins) == (kiribati, (hawaii,))


def test_borrowed_time_is_that_of_the_place_where_the_person_was():
    """A run at 18:00 in Los Angeles, on a day without check-in, is that day's for who lives in Tokyo."""
    away = run(may(2), zone=LOS_ANGELES)
    days = days_of(morning(may(1), zone=LOS_ANGELES), away, morning(may(4), zone=LOS_ANGELES), zone=TOKYO)
    assert days[may(2)].sessions == (away,)


def test_rating_before_the_run_is_seen():
    """Pain at seven, run at eighteen: rated before the run."""
    assert days_of(morning(may(1)), run(may(1)))[may(1)].rated_before_run


def test_the_hours_from_rating_to_run_are_those_of_the_first_run():
    """Rated at seven, run at twelve and at eighteen: five hours; a rest day has none."""
    days = days_of(morning(may(1)), run(may(1), hour=12), run(may(1)), morning(may(2)))
    assert days[may(1)].hours_to_run == pytest.approx(5.0)
    assert days[may(2)].hours_to_run is None


@pytest.mark.parametrize(
    "check_in", [morning(may(1), filled_in_late=True), CheckIn(moment=morning(may(1)).moment, mood=5)]
)
def test_late_or_painless_check_in_is_no_rating_before_the_run(check_in):
    """A rating filled in afterwards, or a check-in without pain, proves no order."""
    assert not days_of(check_in, run(may(1)))[may(1)].rated_before_run


def test_row_of_a_moment_is_the_day_it_belongs_to():
    """Moments before the first day have row -1."""
    days = diary_days(Records((morning(may(1)), morning(may(2)))), zone=BERLIN)
    hours = [datetime(2026, 5, 1, 6, tzinfo=BERLIN) + timedelta(hours=h) for h in (0, 1, 24, 25)]
    assert [row_of(moment, days) for moment in hours] == [-1, 0, 0, 1]


def at_night(day, *, minute=20, **answers):
    """What was noted after midnight."""
    return CheckIn(moment=datetime.combine(day, time(0, minute), tzinfo=BERLIN), **answers)


def test_note_after_midnight_belongs_to_the_evening_before():
    """The morning's rating is the first after three; the run of the evening lies between the two."""
    evening = at_night(may(2), pain=PainRating(8))
    days = days_of(morning(may(1)), run(may(1)), evening, morning(may(2)))
    assert (days[may(1)].later_check_ins, days[may(2)].check_in) == ((evening,), morning(may(2)))
    assert days[may(1)].rated_before_run


def test_night_without_a_morning_rates_no_day():
    """Its day begins at the usual time, and a run of the evening stays in it."""
    evening = at_night(may(3), pain=PainRating(8))
    days = days_of(morning(may(1)), run(may(2)), evening)
    assert (days[may(2)].check_in, days[may(2)].runs, days[may(2)].later_check_ins) == (
        None,
        (run(may(2)),),
        (evening,),
    )


def test_session_of_an_unknown_kind_leaves_its_day_unknown():
    """It may have been a run, so that nobody can call the day a day of rest."""
    session = replace(run(may(1)), activity=Activity.OTHER, kind_source="unknown", kind_word="quidditch")
    known = replace(session, kind_source="stated", kind_word="")
    span = CoveredSpan(may(1), may(1))
    days = [
        diary_days(Records((morning(may(1)), morning(may(2))), (one,), covered=(span,)), zone=BERLIN)[0]
        for one in (session, known)
    ]
    assert [day.rest_is_known for day in days] == [False, True]


OFFSETS = st.integers(-48, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
MOMENTS = st.builds(
    lambda minutes, zone: (datetime(2026, 3, 20, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(zone),
    st.integers(0, 15 * 1440),
    st.one_of(OFFSETS, st.sampled_from([BERLIN, TOKYO, LOS_ANGELES])),
)
SPANS = st.builds(
    lambda first, length: CoveredSpan(first, first + timedelta(days=length)),
    st.dates(date(2026, 3, 10), date(2026, 4, 10)),
    st.integers(0, 9),
)
RECORDS = st.builds(
    Records,
    st.lists(st.builds(CheckIn, moment=MOMENTS), max_size=9).map(tuple),
    st.lists(st.builds(Run, start=MOMENTS, moving_s=st.just(600.0)), max_size=9).map(tuple),
    st.just(()),
    st.lists(SPANS, max_size=2).map(tuple),
)


@settings(deadline=None)
@given(RECORDS)
def test_every_session_is_on_one_day_and_every_day_follows_the_one_before(records):
    """Wherever people travel: no session is lost or doubled, days are consecutive, time never runs back."""
    days = diary_days(records, zone=BERLIN)
    assert sorted(r.start for d in days for r in d.sessions) == sorted(r.start for r in records.runs)
    assert all(b.day - a.day == timedelta(days=1) and a.begins <= b.begins for a, b in pairwise(days))
    assert all(d.begins <= r.start for d in days for r in d.sessions)
    assert all(r.start < b.begins for a, b in pairwise(days) for r in a.sessions)


@settings(deadline=None)
@given(RECORDS)
def test_every_check_in_moment_is_on_one_day_and_begins_it(records):
    """Check-ins keep the order in which they were lived, and the first of a day is where the day begins."""
    days = diary_days(records, zone=BERLIN)
    placed = [c.moment for d in days for c in (d.check_in, *d.later_check_ins) if c]
    assert sorted(placed) == sorted({c.moment for c in records.check_ins})
    firsts = [d.check_in.moment for d in days if d.check_in]
    assert firsts == sorted(firsts)
    assert all(d.begins == d.check_in.moment for d in days if d.check_in)


@settings(deadline=None)
@given(RECORDS, st.randoms(use_true_random=False))
def test_days_do_not_depend_on_the_order_of_the_runs(records, random):
    """Runs in any order give the same days."""
    shuffled = list(records.runs)
    random.shuffle(shuffled)
    again = Records(records.check_ins, tuple(shuffled), (), records.covered)
    assert [d.day for d in diary_days(again, zone=BERLIN)] == [
        d.day for d in diary_days(records, zone=BERLIN)
    ]


def drawn_days(hour: float, *, days: int = 28) -> tuple[DiaryDay, ...]:
    """Days drawn one by one, every second for a run that is kept, at this hour; rated at seven."""
    dates = [may(1) + timedelta(days=n) for n in range(days)]
    arms = [Arm.RUN if n % 2 else Arm.REST for n in range(days)]
    return diary_days(
        Records(
            check_ins=tuple(morning(day) for day in dates),
            runs=tuple(run(day, hour) for day, arm in zip(dates, arms, strict=True) if arm is Arm.RUN),
            covered=(CoveredSpan(dates[0], dates[-1]),),
            allocations=tuple(
                Allocation(day=day, assigned=arm, law=AllocationScheme.DAYS, block=day)
                for day, arm in zip(dates, arms, strict=True)
            ),
        ),
        zone=BERLIN,
    )


@pytest.mark.parametrize("hour", [6.0, 8.0, 18.0])
def test_a_draw_stands_beside_the_run_it_names(hour):
    """Before the check-in of its date or after it: a draw that was kept counts as kept."""
    drawn = [day for day in drawn_days(hour) if day.drawn_to_run is not None]
    assert len(drawn) >= 27
    assert all(bool(day.runs) is day.drawn_to_run for day in drawn)


def test_a_few_early_runs_move_no_draw():
    """Fewer than eight of them."""
    drawn = [day for day in drawn_days(6.0, days=14) if day.drawn_to_run is not None]
    assert [day.day for day in drawn] == [day.allocation.day for day in drawn]
