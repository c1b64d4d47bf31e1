"""The plan in the diary: safety first, what was done and told, and what the person says about going on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.core.allocation import AllocationScheme
from backstride.core.check_in import CheckIn
from backstride.core.clearance import Freedom, Reply
from backstride.core.pain_before import PainBefore
from backstride.core.plan_step import PlanStep, Step
from backstride.core.records import Records
from backstride.core.run import Activity, Run
from backstride.core.scales import PainRating
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.errors import BadValue
from backstride.programme.history import MorningReport
from backstride.programme.rules import Rule
from backstride.screening.items import ITEMS
from backstride.screening.occasions import QUESTIONS, Occasion
from backstride.services.allocate import allocate_for
from backstride.services.plan import plan_for, record_event_for
from backstride.services.plan_history import history_of
from backstride.services.screen import SafetyAnswers
from backstride.services.screening_service import agree_for, due_for, store_answers_for

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 6, 18, 7, tzinfo=UTC)  # a Thursday
TODAY = date(2026, 6, 18)
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path):
    """A store with an empty diary."""
    with open_store(tmp_path / "diary.sqlite") as opened:
        yield opened


def screened(store, *, day=TODAY, **said):
    """Answer no to all questions, but for what is named."""
    replies = {item.key: Reply.NO for item in ITEMS} | {key: Reply(value) for key, value in said.items()}
    store_answers_for(store, OWNER, SafetyAnswers(replies), occasion=Occasion.START, today=day, now=NOW)


def add(store, *told):
    """Put check-ins and runs into the diary."""
    mornings = tuple(one for one in told if isinstance(one, CheckIn))
    runs = tuple(one for one in told if isinstance(one, Run))
    store.diary(OWNER).add(Records(mornings, runs), source="app", now=NOW)


def morning(days_ago, pain=2.0, **more):
    """A morning some days ago."""
    return CheckIn(moment=NOW - days_ago * DAY, pain=None if pain is None else PainRating(pain), **more)


def run(days_ago, minutes=30, activity=Activity.RUN, **more):
    """A run some days ago."""
    return Run(start=NOW - days_ago * DAY, moving_s=60 * minutes, activity=activity, **more)


def runner(store, **more):
    """Someone who ran 40 minutes three times a week for four weeks."""
    add(store, *(run(7 * week + n, 40, **more) for week in range(4) for n in (3, 5, 7)))


def say(store, step, *, day=TODAY, hour=0):
    """Say something about going on."""
    record_event_for(store, OWNER, step, today=day, now=NOW + timedelta(hours=hour))


def plan(store, *, day=TODAY):
    """The plan of a day."""
    return plan_for(store, OWNER, today=day)


def test_without_safety_answers_there_is_no_session(store):
    """Nothing can be started either, and the message says what comes first."""
    assert (plan(store).was_asked, plan(store).week) == (False, None)
    with pytest.raises(BadValue, match="safety questions come first"):
        say(store, Step.START)


def test_a_start_gives_walks(store):
    """Three sessions within the week, the first one today, without running."""
    screened(store)
    say(store, Step.START)
    week = plan(store).week
    assert [session.day for session in week.sessions] == [TODAY + n * DAY for n in (0, 2, 4)]
    assert {session.run_min for session in week.sessions} == {0.0}


@pytest.mark.parametrize(
    ("said", "rule", "sessions"),
    [("saddle_numbness", Rule.PAUSED, False), ("spinal_surgery", Rule.WALK_ONLY, True)],
)
def test_a_yes_holds_the_plan(store, said, rule, sessions):
    """An emergency pauses it, 'provider first' leaves walks, whatever was started before."""
    runner(store)
    screened(store)
    say(store, Step.START_OWN)
    screened(store, **{said: "yes"})
    week = plan(store).week
    assert (rule in week.fired, bool(week.sessions)) == (True, sessions)
    assert all(session.run_min == 0 for session in week.sessions)


def test_a_weekly_question_that_is_late_pauses(store):
    """Eight days after the answers, with nothing said since."""
    screened(store)
    say(store, Step.START)
    assert plan(store, day=TODAY + 9 * DAY).week.sessions == ()


def test_own_running_needs_six_runs_in_three_weeks(store):
    """A race alone, and a race a week, are refused; with three runs a week minutes of running are planned."""
    screened(store)
    for days_ago in (3, 10, 17, 24):
        add(store, run(days_ago, 120, distance_m=21_100))
        assert not plan(store).may_start_own
        with pytest.raises(BadValue, match="at least 6, in 3 of the last 4 weeks"):
            say(store, Step.START_OWN)
    runner(store)
    say(store, Step.START_OWN)
    assert {session.run_min for session in plan(store).week.sessions} == {40.0}


def test_a_start_from_own_running_without_runs_goes_on_the_ladder(store):
    """Where the diary holds such a start, and too few runs before it, walks are planned."""
    screened(store)
    store.diary(OWNER).add(
        Records(runs=(run(3, 120),), plan=(PlanStep(day=TODAY, step=Step.START_OWN),)), source="app", now=NOW
    )
    now = plan(store)
    assert not now.on_own_running
    assert {session.run_min for session in now.week.sessions} == {0.0}


def test_a_talk_lifts_two_reds_and_is_kept(store):
    """It is a word of its own, beside a pause of the same day."""
    add(
        store,
        morning(9),
        morning(8, 8),
        morning(7),
        morning(5),
        morning(4, 8),
        *(morning(n) for n in range(4)),
    )
    add(store, run(9, 20, Activity.WALK), run(5, 20, Activity.WALK))
    screened(store, day=TODAY)
    say(store, Step.START)
    assert Rule.TWO_REDS in plan(store).week.fired
    say(store, Step.TALKED)
    assert Rule.TWO_REDS not in plan(store).week.fired
    say(store, Step.PAUSE, hour=1)
    assert {e.record.step for e in store.diary(OWNER).entries() if isinstance(e.record, PlanStep)} == {
        Step.START, Step.TALKED, Step.PAUSE,
    }  # fmt: skip


def test_a_walk_today_leaves_the_run_of_today_to_be_done(store):
    """Who walked to work may still tap that the run was done."""
    runner(store)
    screened(store)
    say(store, Step.START_OWN)
    add(store, run(0, 20, Activity.WALK))
    assert plan(store).week.sessions[0].day == TODAY
    assert TODAY not in plan(store).done
    add(store, run(0, 20))
    assert TODAY in plan(store).done


@pytest.mark.parametrize("word", [Step.PAUSE, Step.ILL, Step.HOLIDAY])
def test_the_last_word_of_a_day_counts(store, word):
    """Paused, on again, paused again within a day: it is paused, and all three words are kept."""
    screened(store)
    say(store, Step.START)
    for hour, step in enumerate((word, Step.RESUME, word), start=1):
        say(store, step, hour=hour)
    assert (plan(store).is_paused, plan(store).week.sessions) == (True, ())
    (entry,) = [e for e in store.diary(OWNER).entries() if e.record.step is word]
    assert [version.record.step for version in store.diary(OWNER).history(entry.id)] == [
        word,
        Step.RESUME,
        word,
    ]
    say(store, Step.RESUME, day=TODAY + DAY)
    if word is Step.ILL:
        assert plan(store, day=TODAY + DAY).week.sessions == ()
        asked = {item.key: Reply.NO for item in QUESTIONS[Occasion.ILLNESS]}
        store_answers_for(
            store, OWNER, SafetyAnswers(asked), occasion=Occasion.ILLNESS, today=TODAY + DAY, now=NOW + DAY
        )
    assert plan(store, day=TODAY + DAY).week.sessions


def test_starting_anew_ends_a_pause(store):
    """Whoever starts goes on, even on the very day of both."""
    screened(store)
    for step in (Step.START, Step.PAUSE, Step.START):
        say(store, step)
    assert plan(store).week.sessions


@pytest.mark.parametrize("step", [Step.PAUSE, Step.RESUME, Step.SESSION])
def test_what_cannot_be_said_is_refused(store, step):
    """A pause of nothing, and a session as a word."""
    screened(store)
    with pytest.raises(BadValue, match=r"started|cannot be used"):
        say(store, step)


def test_efforts_are_days_of_running_and_walking():
    """Runs and walks of a day are one effort; other sports are none."""
    told = Records(
        runs=(run(2, 10, distance_m=1500), run(2, 20, Activity.WALK), run(1, 60, Activity.OTHER), run(0, 30))
    )
    first, second = history_of(told, today=TODAY).efforts
    assert (first.run_min, first.walk_min, first.longest_min) == (10, 20, 10)
    assert (second.day, second.run_min) == (TODAY, 30)


def test_the_longest_run_of_a_day_is_a_single_one():
    """Two runs of a day are added up, and the longer one is told apart; times are those of the running."""
    told = Records(
        runs=(
            run(1, 20),
            replace(run(1, 30), start=NOW - DAY + timedelta(hours=9)),
            replace(run(1, 60, Activity.WALK), start=NOW - DAY + timedelta(hours=12)),
        )
    )
    (effort,) = history_of(told, today=TODAY).efforts
    assert (effort.run_min, effort.walk_min, effort.longest_min) == (50, 60, 30)
    assert effort.end == NOW - DAY + timedelta(hours=9, minutes=30)


def test_every_check_in_is_told_by_its_moment():
    """Two of a day are two, in order, so that one before a run and one after it are told apart."""
    evening = replace(morning(1, 5), moment=NOW - DAY + timedelta(hours=13))
    told = history_of(Records((evening, morning(1, 2, leg_symptoms=True))), today=TODAY).reports
    assert told == (
        MorningReport(moment=NOW - DAY, back=2.0, leg_symptoms=True),
        MorningReport(moment=NOW - DAY + timedelta(hours=13), back=5.0),
    )


def test_nothing_of_tomorrow_is_read():
    """A plan of a past day rests on that day alone."""
    told = Records((morning(0),), (run(0),), plan=(PlanStep(day=TODAY, step=Step.START),))
    before = history_of(told, today=TODAY - DAY)
    assert (before.reports, before.efforts, before.steps) == ((), (), ())


def test_drawn_days_show_with_their_week(store):
    """Before it begins its days are neither shown nor planned; then sessions lie on drawn days alone."""
    add(store, *(morning(n) for n in range(28)))
    screened(store)
    say(store, Step.START)
    monday = TODAY + 4 * DAY
    allocate_for(store, OWNER, AllocationScheme.DAYS, today=TODAY, now=NOW, seed=5)
    before = plan(store)
    assert (before.hidden_from, before.allocations) == (monday, ())
    assert {session.day for session in before.week.sessions} == {TODAY, TODAY + 2 * DAY}
    then = plan(store, day=monday)
    given = {draw.day for draw in then.allocations if draw.to_run}
    assert (len(given), then.hidden_from) == (3, None)
    assert {session.day for session in then.week.sessions} <= given


@pytest.mark.parametrize("seed", range(4))
def test_a_drawn_week_of_walking_offers_walks(store, seed):
    """Of two weeks one has three sessions with running and one three walks; the draw is the reason."""
    add(store, *(morning(n) for n in range(28)))
    runner(store)
    screened(store)
    say(store, Step.START_OWN)
    allocate_for(store, OWNER, AllocationScheme.WEEKS, today=TODAY, now=NOW, seed=seed)
    told = {}
    for monday in (TODAY + 4 * DAY, TODAY + 11 * DAY):
        screened(store, day=monday)
        now = plan(store, day=monday)
        assert [(session.day - monday).days for session in now.week.sessions] == [0, 2, 4]
        told[now.on_walk_week] = {session.run_min > 0 for session in now.week.sessions}
        assert Rule.DRAWN in now.week.fired
        assert Rule.WALK_ONLY not in now.week.fired
    assert told == {True: {False}, False: {True}}


def test_what_was_done_is_told(store):
    """A run of today and of this week stands in the plan, an older one does not."""
    add(store, run(0), run(3), run(12))
    assert plan(store).done == {TODAY, TODAY - 3 * DAY}


def test_no_answer_gives_more_than_its_freedom(store):
    """A yes to any question, alone: no session, walks alone, or what there was before, never more."""
    runner(store)
    screened(store)
    say(store, Step.START_OWN)
    free = plan(store)
    for item in ITEMS:
        screened(store, **{item.key: "yes"})
        held = plan(store)
        freedom = held.clearance.freedom
        assert freedom < free.clearance.freedom
        if freedom is Freedom.PAUSED:
            assert held.week.sessions == ()
        elif freedom is Freedom.WALK:
            assert {session.run_min for session in held.week.sessions} == {0.0}
        else:
            assert held.week.sessions == free.week.sessions


@given(
    st.lists(
        st.tuples(
            st.integers(-3, 40),
            st.integers(0, 300),
            st.sampled_from(Activity),
            st.none() | st.floats(0, 40_000),
        )
    )
)
def test_whatever_was_done_is_one_effort_a_day(told):
    """In order, none of tomorrow, with all minutes of running and walking."""
    runs = tuple(run(ago, minutes, kind, distance_m=far) for ago, minutes, kind, far in told)
    efforts = history_of(Records(runs=runs), today=TODAY).efforts
    days = [effort.day for effort in efforts]
    assert days == sorted(set(days))
    assert all(day <= TODAY for day in days)
    past = [(minutes, kind) for ago, minutes, kind, _ in told if ago >= 0]
    for kinds, found in (
        ({Activity.RUN, Activity.TREADMILL}, sum(effort.run_min for effort in efforts)),
        ({Activity.WALK}, sum(effort.walk_min for effort in efforts)),
    ):
        assert found == pytest.approx(sum(minutes for minutes, kind in past if kind in kinds))
    assert all(effort.longest_min <= effort.run_min for effort in efforts)


def test_half_an_hour_that_is_fine_is_the_first_walk(store):
    """Answered "no, it is not too much": 30 minutes; "yes, it is": 10; and what was not heeded changes nothing."""
    screened(store)
    say(store, Step.START)
    assert plan(store).week.sessions[0].walk_min == pytest.approx(30.0)
    without = plan_for(store, OWNER, today=TODAY, with_safety=False)
    assert without.week.sessions[0].walk_min == pytest.approx(10.0)
    screened(store, thirty_minutes="yes")
    assert plan(store).week.sessions[0].walk_min == pytest.approx(10.0)


def test_an_agreement_about_a_leg_is_the_talk_that_the_plan_asks_for(store):
    """A sign in a leg for ten days: walks until a talk; a provider's agreement in the safety questions is one."""
    screened(store)
    runner(store)
    say(store, Step.START_OWN)
    screened(store, leg_symptoms="yes")
    add(store, *(morning(n, leg_symptoms=True) for n in range(10)))
    assert Rule.LEG_STAYS in plan(store).week.fired
    agree_for(store, OWNER, {"leg_symptoms"}, today=TODAY, now=NOW)
    after = plan(store)
    assert Rule.LEG_STAYS not in after.week.fired
    assert any(session.run_min for session in after.week.sessions)
    assert after.bad == ()


def test_a_bad_rating_right_before_a_run_holds_the_plan_as_a_check_in_does(store):
    """Usual 2, and 8 before the run: no run is offered; 2 a little later, and the runs are back."""
    screened(store)
    runner(store)
    add(store, *(morning(n) for n in range(20)))
    say(store, Step.START_OWN)
    assert any(session.run_min for session in plan(store).week.sessions)
    for hour, pain, runs in ((9, 8.0, False), (10, 2.0, True)):
        rating = PainBefore(time=NOW + timedelta(hours=hour), pain=PainRating(pain))
        store.diary(OWNER).add(Records(pain_before=(rating,)), source="app", now=NOW + timedelta(hours=hour))
        assert any(session.run_min for session in plan(store).week.sessions) is runs


@pytest.mark.parametrize("key", ["spot_on_bone", "bone_at_night", "ache_on_impact"])
@pytest.mark.parametrize("agreed", [False, True])
def test_a_sore_bone_begins_the_plan_anew_from_every_door(store, key, agreed):
    """Own running, a sore bone on one day and none three days later: walks, and no start from own runs."""
    runner(store)
    day = TODAY - timedelta(days=3)
    screened(store, day=TODAY - timedelta(days=4))
    say(store, Step.START_OWN, day=TODAY - timedelta(days=4))
    all_no = {item.key: Reply.NO for item in ITEMS}
    for told, on_day, keys in ((Reply.YES, day, {key} if agreed else set()), (Reply.NO, TODAY, set())):
        answers = SafetyAnswers(
            replies=all_no | {key: told, "not_seen_soon": Reply.NO}, agreed=frozenset(keys)
        )
        store_answers_for(store, OWNER, answers, occasion=Occasion.START, today=on_day, now=NOW)
    answers = SafetyAnswers(replies={"not_seen_soon": Reply.NO}, agreed=frozenset())
    store_answers_for(store, OWNER, answers, occasion=Occasion.SEEN_SOON, today=TODAY, now=NOW)
    offered = plan(store)
    assert not any(session.run_min for session in offered.week.sessions)
    assert not offered.on_own_running
    with pytest.raises(BadValue):
        say(store, Step.START_OWN)


def test_a_shin_that_hurts_after_half_of_the_runs_asks_about_bones(store):
    """2.5 on the mornings after half of the runs, and 0 else, is too rare for a pattern of days."""
    screened(store, day=TODAY - 8 * DAY)
    sore = {0, 14, 28}
    add(
        store,
        *(run(7 * week + 1) for week in range(6)),
        *(morning(n, other_pain=2.5 if n in sore else 0.0) for n in range(42)),
    )
    assert due_for(store, OWNER, today=TODAY) is Occasion.BONE


@pytest.mark.parametrize(
    "told",
    [
        (),
        (Run(start=NOW - DAY, moving_s=None, activity=Activity.RUN),),
        (morning(0, ran_yesterday=True),),
    ],
    ids=["none", "recorded", "by a tap"],
)
def test_a_run_of_unknown_length_is_a_run_for_the_day_between(store, told):
    """Yesterday held a run, and nobody knows how long it was: no run comes today."""
    runner(store)
    add(store, *told)
    screened(store)
    say(store, Step.START_OWN)
    days = {session.day for session in plan(store).week.sessions if session.run_min}
    assert (TODAY in days) is (not told)
    assert bool(days)
