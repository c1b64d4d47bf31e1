"""A check-in that is changed hours later: both ratings are heard by the plan, and the safety questions stay due."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backstride.core.clearance import Reply
from backstride.core.plan_step import Step
from backstride.core.records import Records
from backstride.core.run import Activity, Run
from backstride.diary.diary import Diary
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.programme.history import Site
from backstride.programme.rules import Rule
from backstride.report.plan_words import LEG_TALKED_OVER
from backstride.screening.items import ITEMS
from backstride.screening.occasions import Occasion
from backstride.services.check_in import CheckInInput, SubmissionMeta, check_in, check_in_of
from backstride.services.hours_apart import with_ratings_hours_apart
from backstride.services.plan import plan_for, record_event_for
from backstride.services.plan_warnings import warnings_of
from backstride.services.screen import SafetyAnswers
from backstride.services.screening_service import clearance_for, store_answers_for

ZONE = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 6, 18)
DAY = timedelta(days=1)


def at(hour: int, *, days_ago: int = 0) -> datetime:
    """Return an hour of today, or of a day before."""
    return datetime(2026, 6, 18, hour, tzinfo=ZONE) - days_ago * DAY


@pytest.fixture
def store(tmp_path):
    """Someone who runs 40 minutes every other day, has 2 each morning, and answered no to all questions."""
    with open_store(tmp_path / "diary.sqlite") as opened:
        runs = tuple(
            Run(start=at(17, days_ago=n), moving_s=2400, activity=Activity.RUN) for n in range(2, 42, 2)
        )
        opened.diary(OWNER).add(Records((), runs), source="app", now=at(6))
        for n in range(30, 0, -1):
            say(opened, at(7, days_ago=n), 2)
        replies = {item.key: Reply.NO for item in ITEMS}
        store_answers_for(
            opened, OWNER, SafetyAnswers(replies), occasion=Occasion.START, today=TODAY - 20 * DAY, now=at(6)
        )
        record_event_for(opened, OWNER, Step.START_OWN, today=TODAY - 20 * DAY, now=at(6, days_ago=20))
        for n in (14, 7, 1):
            store_answers_for(
                opened,
                OWNER,
                SafetyAnswers(replies),
                occasion=Occasion.WEEKLY,
                today=TODAY - n * DAY,
                now=at(6),
            )
        yield opened


def say(store, moment: datetime, pain: float, **answers) -> None:
    """Tap a check-in, or change the one that the day has."""
    day = moment.date()
    _, began_from = check_in_of(store.diary(OWNER), day)
    check_in(
        store,
        OWNER,
        CheckInInput(day=day, pain=pain, answers=answers),
        SubmissionMeta(began_from=began_from),
        zone=ZONE,
        now=moment.astimezone(UTC),
    ).sent.result()


def ran(store, moment: datetime) -> None:
    """Add a run of 40 minutes."""
    run = Run(start=moment, moving_s=2400, activity=Activity.RUN)
    store.diary(OWNER).add(Records((), (run,)), source="app", now=moment)


def pains(store) -> list[float]:
    """What the plan hears of the last two days."""
    diary = store.diary(OWNER)
    heard = with_ratings_hours_apart(diary, diary.records(), today=TODAY).check_ins
    return [one.pain.pain_0_10 for one in heard if one.local_day >= TODAY - DAY and one.pain]


def test_a_morning_that_is_changed_after_tablets_stays_a_bad_one(store):
    """9 at seven, 2 at one o'clock: the day shows 2, and the plan hears the 9."""
    say(store, at(7), 9)
    say(store, at(13), 2, medicine="more")
    assert check_in_of(store.diary(OWNER), TODAY)[0].pain.pain_0_10 == 2.0
    assert max(pains(store)) == 9.0


def test_what_is_told_in_the_evening_is_of_the_evening(store):
    """2 at seven, a run at six, 8 at nine: the 8 comes after the run."""
    say(store, at(7), 2)
    ran(store, at(18))
    say(store, at(21), 8)
    diary = store.diary(OWNER)
    heard = with_ratings_hours_apart(diary, diary.records(), today=TODAY).check_ins
    assert [one.pain.pain_0_10 for one in heard if one.moment > at(18)] == [8.0]


def test_a_slip_that_is_mended_at_once_leaves_nothing(store):
    """Within ten minutes a change is a correction, and so is one of another day."""
    say(store, at(7), 9)
    say(store, at(7) + timedelta(minutes=9), 2)
    assert pains(store) == [2.0, 2.0]
    say(store, at(7) - DAY, 9)
    _, began_from = check_in_of(store.diary(OWNER), TODAY - DAY)
    values, later = CheckInInput(day=TODAY - DAY, pain=2), SubmissionMeta(began_from=began_from)
    check_in(store, OWNER, values, later, zone=ZONE, now=at(9).astimezone(UTC)).sent.result()
    assert pains(store) == [2.0, 2.0]


@pytest.mark.parametrize("minutes", [10, 80, 179, 300])
def test_pain_after_a_run_that_is_lower_later_is_heard(store, minutes):
    """8 at the end of a run, and 2 some time after it: the worst after the run is 8."""
    say(store, at(7, days_ago=1), 2)
    ran(store, at(17, days_ago=1))
    ends = at(18, days_ago=1)
    say(store, ends, 8)
    say(store, ends + timedelta(minutes=minutes), 2)
    assert plan_for(store, OWNER, today=TODAY).red_day == TODAY - DAY


def test_a_rating_after_a_run_is_none_of_the_morning_before_it(store):
    """2 at seven, a run of a few minutes, and 7 in the next breath: the 7 came after it."""
    say(store, at(7), 2)
    start = at(7) + timedelta(minutes=2)
    store.diary(OWNER).add(
        Records((), (Run(start=start, moving_s=240, activity=Activity.RUN),)), source="app", now=start
    )
    say(store, at(7) + timedelta(minutes=8), 7)
    diary = store.diary(OWNER)
    heard = with_ratings_hours_apart(diary, diary.records(), today=TODAY).check_ins
    assert [one.moment > start for one in heard if one.pain and one.pain.pain_0_10 == 7.0] == [True]


def test_evenings_that_are_worse_do_not_become_the_usual(store):
    """2 each morning and 6 each evening, in one check-in a day: 2 stays the usual, and the 6 stands out."""
    for n in range(28, 0, -1):
        say(store, at(7, days_ago=n), 2)
        say(store, at(21, days_ago=n), 6)
    assert {one.usual for one in plan_for(store, OWNER, today=TODAY).bad} == {2.0}


def test_a_word_of_the_next_day_takes_back_no_evening(store):
    """2 at seven, 8 at nine in the evening; sleep is added to that day on the next one."""
    say(store, at(7, days_ago=1), 2)
    say(store, at(21, days_ago=1), 8)
    before = pains(store)
    _, began_from = check_in_of(store.diary(OWNER), TODAY - DAY)
    values = CheckInInput(day=TODAY - DAY, pain=8, answers={"sleep": 4.0})
    meta = SubmissionMeta(began_from=began_from)
    check_in(store, OWNER, values, meta, zone=ZONE, now=at(9).astimezone(UTC)).sent.result()
    assert pains(store) == before == [2.0, 8.0]


def test_what_stands_unchanged_is_not_rated_anew(store):
    """A leg that is rated at noon, after a run, says nothing of the back, which was rated before it."""
    say(store, at(7), 2)
    ran(store, at(9))
    say(store, at(12), 2, leg_pain=0.0)
    diary = store.diary(OWNER)
    heard = with_ratings_hours_apart(diary, diary.records(), today=TODAY).check_ins
    assert [one.pain for one in heard if one.moment > at(9)] == [None]


def test_an_answer_added_hours_later_is_no_rating(store):
    """Sleep told at noon changes no rating."""
    say(store, at(7), 2)
    say(store, at(12), 2, sleep=4.0)
    assert pains(store) == [2.0, 2.0]


def test_a_sign_in_a_leg_that_is_taken_back_hours_later_is_asked_after(store):
    """The questions on legs stay due until they are answered."""
    say(store, at(7), 2, leg_pain=6.0, leg_symptoms=True)
    due = clearance_for(store, OWNER, today=TODAY)
    say(store, at(12), 2, leg_pain=0.0, leg_symptoms=False)
    assert clearance_for(store, OWNER, today=TODAY).freedom == due.freedom


def test_the_plan_rests_after_a_bad_morning_that_was_changed(store):
    """As it does after one that was not."""
    ran(store, at(18, days_ago=1))
    say(store, at(7), 9)
    bad = plan_for(store, OWNER, today=TODAY)
    say(store, at(13), 2)
    assert plan_for(store, OWNER, today=TODAY).week == bad.week


def test_a_plan_reads_what_was_changed_once(store, monkeypatch):
    """The plan and the safety questions hear the same ratings, which are read from the diary one time."""
    say(store, at(7), 9)
    say(store, at(13), 2)
    read = []
    whole = Diary.edited
    monkeypatch.setattr(Diary, "edited", lambda diary: read.append(diary) or whole(diary))
    assert plan_for(store, OWNER, today=TODAY).bad
    assert len(read) == 1


def test_the_place_that_hurt_after_a_session_is_known(store):
    """6 in the back and 7 elsewhere on the morning after a run, 2 before: both were a red."""
    ran(store, at(18, days_ago=1))
    say(store, at(7), 6, other_pain=7)
    assert plan_for(store, OWNER, today=TODAY).red_sites == (Site.BACK, Site.OTHER)


@pytest.mark.parametrize("days", [10, 15, 40])
def test_what_an_evening_said_counts_as_long_as_the_rules_do(store, days):
    """8 in the evening after a run is heard weeks later, too: a red does not end as its check-in grows old."""
    say(store, at(7) - days * DAY, 2)
    say(store, at(21) - days * DAY, 8)
    diary = store.diary(OWNER)
    heard = with_ratings_hours_apart(diary, diary.records(), today=TODAY).check_ins
    assert [one.pain.pain_0_10 for one in heard if one.moment == at(21) - days * DAY] == [8.0]


def test_two_reds_told_in_the_evening_do_not_end_as_their_check_ins_grow_old(store):
    """A sign in a leg on the evenings after two runs, gone each morning: a talk is due until it is told of."""
    for n in (18, 12):
        say(store, at(21, days_ago=n), 2, leg_symptoms=True)
        say(store, at(7, days_ago=n - 1), 2, leg_symptoms=False)
    assert Rule.TWO_REDS in plan_for(store, OWNER, today=TODAY).fired
    record_event_for(store, OWNER, Step.TALKED, today=TODAY, now=at(8))
    assert Rule.TWO_REDS not in plan_for(store, OWNER, today=TODAY).fired


def test_a_numb_leg_that_was_talked_over_is_told_with_when_to_stop(store):
    """Without pain there is no rule on it; the day says so, until the leg is told to be fine."""
    say(store, at(7), 2, leg_symptoms=True, leg_pain=0.0)
    record_event_for(store, OWNER, Step.TALKED, today=TODAY, now=at(8))
    assert LEG_TALKED_OVER in warnings_of(plan_for(store, OWNER, today=TODAY))
    say(store, at(8), 2, leg_symptoms=False, leg_pain=0.0)
    assert warnings_of(plan_for(store, OWNER, today=TODAY)) == ()


def test_what_was_first_rated_in_the_evening_was_not_said_in_the_morning(store):
    """A leg that nobody asked about at seven, a run, and a sign at nine: it came after the run."""
    say(store, at(7), 2)
    ran(store, at(18))
    say(store, at(21), 2, leg_symptoms=True)
    diary = store.diary(OWNER)
    heard = with_ratings_hours_apart(diary, diary.records(), today=TODAY).check_ins
    assert [one.moment for one in heard if one.leg_symptoms] == [at(21)]
