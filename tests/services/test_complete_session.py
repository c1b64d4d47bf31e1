"""A session kept as done: its parts, at a time that is possible, and a watch's word over it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from backstride.core.clearance import Reply
from backstride.core.plan_step import Step
from backstride.core.records import Records
from backstride.core.run import Activity, Run
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.errors import BadValue, NotInDiary
from backstride.screening.items import ITEMS
from backstride.screening.occasions import Occasion
from backstride.services import complete_session
from backstride.services.complete_session import done_for, keep_timed, still_to_tick
from backstride.services.day_start import choose_day_start
from backstride.services.plan import plan_for, record_event_for
from backstride.services.screen import SafetyAnswers
from backstride.services.screening_service import store_answers_for

ZONE = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 6, 18)
EVENING = datetime(2026, 6, 18, 19, 30, tzinfo=ZONE)


@pytest.fixture
def store(tmp_path):
    """Somebody who ran 40 minutes three times a week, and goes on from there."""
    with open_store(tmp_path / "diary.sqlite") as opened:
        runs = tuple(
            Run(start=EVENING - timedelta(days=7 * week + n), moving_s=2400, distance_m=6000)
            for week in range(4)
            for n in (3, 5, 7)
        )
        opened.diary(OWNER).add(Records(runs=runs), source="watch", now=EVENING)
        said = SafetyAnswers({item.key: Reply.NO for item in ITEMS})
        store_answers_for(opened, OWNER, said, occasion=Occasion.START, today=TODAY, now=EVENING)
        record_event_for(opened, OWNER, Step.START_OWN, today=TODAY, now=EVENING)
        yield opened


def done(store, *, now=EVENING):
    """Keep it, and what the diary says of the day then."""
    done_for(store, OWNER, zone=ZONE, now=now)
    return store.diary(OWNER).between(TODAY, TODAY)


def test_the_session_is_kept_as_it_was_planned(store):
    """A run of its minutes that has just ended, and beside it what was planned."""
    (session, *_) = plan_for(store, OWNER, today=TODAY).week.sessions
    told = done(store)
    assert [(run.activity, run.moving_s, run.end) for run in told.runs] == [
        (Activity.RUN, 60 * session.run_min, EVENING)
    ]
    assert (told.plan[-1].step, told.plan[-1].run_min) == (Step.SESSION, session.run_min)


def test_it_is_done_once(store):
    """A second tap keeps nothing, and no day without a session is done."""
    done(store)
    for day in (EVENING, EVENING + timedelta(days=1)):
        with pytest.raises(NotInDiary, match="still to do"):
            done(store, now=day)


def test_days_that_cannot_be_open_need_no_plan(store, monkeypatch):
    """What is left open is the same as where the plan of each of the seven days is looked at, with less work."""
    asked = []

    def counted(*given, today, **named):
        asked.append(today)
        return plan_for(*given, today=today, **named)

    monkeypatch.setattr(complete_session, "plan_for", counted)
    records = store.diary(OWNER).records()
    for later in (1, 2, 6, 10):
        today, asked[:] = TODAY + timedelta(days=later), []
        found = still_to_tick(store, OWNER, today=today)
        assert min(asked) >= TODAY
        days = [today - timedelta(days=n) for n in range(1, 8)]
        each = [complete_session._session_of(store, OWNER, day, records=records) for day in days]
        assert found == tuple(session for session in each if session is not None)


def test_it_stays_on_its_day(store):
    """Where a day starts at midnight, a few minutes after it the session is held to have begun then."""
    choose_day_start(store, OWNER, 0, now=EVENING)
    told = done(store, now=datetime(2026, 6, 18, 0, 5, tzinfo=ZONE))
    assert {run.start.time().isoformat() for run in told.runs} == {"00:00:00"}


def test_done_after_midnight_is_the_session_of_the_evening(store):
    """Half past midnight is still that day: its session ended at midnight at the latest."""
    told = done(store, now=datetime.combine(TODAY + timedelta(days=1), time(0, 30), tzinfo=ZONE))
    assert {run.local_day for run in told.runs} == {TODAY}


def test_a_session_of_the_last_days_can_be_ticked_off(store):
    """What was offered on Thursday is done by a tap on Friday, about when it was; then it is not asked again."""
    friday = TODAY + timedelta(days=1)
    (open_one,) = [each for each in still_to_tick(store, OWNER, today=friday) if each.day == TODAY]
    done_for(store, OWNER, zone=ZONE, day=TODAY, at="evening", now=EVENING + timedelta(hours=14))
    (run,) = store.diary(OWNER).between(TODAY, TODAY).runs
    assert (run.start, run.moving_s) == (EVENING.replace(hour=19, minute=0), 60 * open_one.run_min)
    assert TODAY not in {each.day for each in still_to_tick(store, OWNER, today=friday)}


def test_a_session_of_long_ago_or_of_tomorrow_cannot_be_ticked_off(store):
    """Only the last seven days are asked for."""
    for day in (TODAY - timedelta(days=8), TODAY + timedelta(days=1)):
        with pytest.raises(NotInDiary, match="still to do"):
            done_for(store, OWNER, zone=ZONE, day=day, now=EVENING)


def test_a_watch_that_comes_later_has_the_last_word(store):
    """The same run from a watch is not a second one."""
    (kept,) = done(store).runs
    watch = Run(start=kept.start - timedelta(minutes=5), moving_s=kept.moving_s, distance_m=6100)
    store.diary(OWNER).add(Records(runs=(watch,)), source="watch.fit", now=EVENING)
    (one,) = store.diary(OWNER).between(TODAY, TODAY).runs
    assert one.distance_m == 6100


@pytest.mark.parametrize("ahead", [timedelta(seconds=90), timedelta(minutes=10), timedelta(days=3)])
@pytest.mark.parametrize("sign", [1, -1])
def test_what_the_timer_counted_is_kept_whatever_the_clock_of_the_phone_shows(store, ahead, sign):
    """An hour after its end it is sent, by a clock that is off; it ended an hour ago."""
    phone = EVENING + sign * ahead
    ended = phone - timedelta(hours=1)
    added, day = keep_timed(
        store, OWNER, zone=ZONE, run_min=0, walk_min=30, ended=ended, sent_at=phone, now=EVENING
    )
    (walk,) = (run for run in store.diary(OWNER).records().runs if run.activity is Activity.WALK)
    assert added.new
    assert (day, walk.end) == (TODAY, EVENING - timedelta(hours=1))


def test_an_end_that_lies_ahead_is_refused_where_nothing_says_how_far_the_clocks_differ(store):
    """A few minutes are the clocks'; an hour is a session that goes on."""
    for minutes, is_kept in ((9, True), (60, False)):
        ended = EVENING + timedelta(minutes=minutes)
        words = {"zone": ZONE, "run_min": 0, "walk_min": 5, "ended": ended, "now": EVENING}
        if is_kept:
            assert keep_timed(store, OWNER, **words)[0].new
        else:
            with pytest.raises(BadValue, match="not over yet"):
                keep_timed(store, OWNER, **words)
