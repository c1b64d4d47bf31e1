"""The ways in and out of the programme that people take: each has its reason, and leads on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.plan_step import Step
from backstride.programme.far_runs import is_far
from backstride.programme.history import History, MorningReport
from backstride.programme.ladder import LADDER
from backstride.programme.lights import hard_session
from backstride.programme.own import Ran, own_running
from backstride.programme.rules import Rule
from backstride.programme.state import compute_state

from .lives import START, at, day, life, on, own_life, ran, rated, runs_offered, said, walked


def climbing(days, *parts, pains=None, steps=(), step_days=2):
    """A life on the ladder: the entry's walks, then as much running as the steps ask for, every other day."""
    first = walked(*range(0, 16, 2))
    runs = ran(*range(16, days, step_days), minutes=20.0, walk=10.0)
    return life(first, runs, rated(*(pains or [1] * (days + 120))), *parts, steps=steps)


def stage(history, n):
    """The step on the n-th day."""
    return compute_state(
        replace(history, reports=tuple(t for t in history.reports if t.day <= day(n))), today=day(n)
    ).stage


def test_missed_days_change_nothing():
    """Ten days without a session: the same one is offered, on the same step, and nothing is called failed."""
    history = life(walked(0, 2, 4), rated(*[2] * 20))
    before, after = on(history, 5), on(history, 14)
    assert Rule.MISSED in after.fired
    assert Rule.MISSED not in before.fired
    assert (after.stage, after.sessions[0].walk_min) == (before.stage, before.sessions[0].walk_min)


def test_walks_lead_to_the_first_runs_and_no_further():
    """Who only walks, as in a drawn week of walking, stays on the first step with running, and loses nothing."""
    walks = life(walked(*range(0, 60, 2)), rated(*[1] * 61))
    assert stage(walks, 60) == 1
    parts = (
        walked(*range(0, 20, 2)),
        ran(20, 22, minutes=2.5),
        walked(*range(24, 40, 2)),
        ran(40, minutes=2.5),
    )
    mixed = life(*parts, rated(*[1] * 43))
    assert (stage(mixed, 40), stage(mixed, 42)) == (1, 2)


def test_rest_after_a_red_is_not_missed():
    """Who rests because the plan says so has missed nothing."""
    history = life(walked(0, 2), rated(2, 2, 2, 8, 8, 8, 8, 8, 8, 8, 2))
    assert Rule.MISSED not in on(history, 10).fired


def test_an_amber_that_stayed_is_called_so():
    """Two mornings of amber stop the sessions by the rule for amber, not by that for red."""
    assert on(life(walked(2), rated(2, 2, 2, 4, 4)), 4).fired == (Rule.AMBER, Rule.SETTLE)
    assert on(life(walked(2), rated(2, 2, 2, 8, 8)), 4).fired == (Rule.RED, Rule.SETTLE)


# before and after a session by moments


@pytest.mark.parametrize("told_at", [19.0, 20.0, 31.0, 53.5])
def test_the_worst_of_36_hours_after_a_run_counts(told_at):
    """The same evening and the next morning make it red; 36 hours on it is another day's."""
    high = MorningReport(moment=at(0, told_at), back=7.0)
    history = own_life(ran(0, minutes=40), rated(2), rated(2, since=3), (high,))
    expected = Rule.RED if told_at <= 18 + 40 / 60 + 36 else Rule.REPEAT
    assert (expected is Rule.RED) == (Rule.RED in compute_state(history, today=day(3)).fired)


def test_a_leg_sign_told_the_same_evening_is_red():
    """Told two hours after the run, and gone from the check-ins' first hours: it is a red, and no green."""
    evening = MorningReport(moment=at(0, 20.0), back=2.0, leg_symptoms=True)
    history = own_life(ran(0, minutes=40), rated(2, leg_symptoms=False), (evening,), rated(2, since=1))
    assert Rule.RED in compute_state(history, today=day(2)).fired


def test_a_run_after_midnight_is_judged_by_the_morning_of_its_own_day():
    """Run at half past midnight, 7 of 10 at seven: red."""
    history = own_life(ran(0, minutes=40, hour=0.5), rated(7))
    assert Rule.RED in compute_state(history, today=day(1)).fired


def test_what_is_told_after_the_next_run_belongs_to_that_run():
    """Two runs within 36 hours, and pain after the second alone: one red, not two."""
    history = own_life(ran(0, minutes=40), ran(1, minutes=40), rated(2, 2, 8))
    assert [effort.day for effort in compute_state(history, today=day(3)).reds] == [day(1)]


# reds, mornings and what ends them


@pytest.mark.parametrize(("morning", "before"), [(7, 7.0), (None, None)])
def test_a_red_says_what_was_rated_before_the_session(morning, before):
    """7 before the run and 7 after it is another thing than 2 before it; what nobody rated is not known."""
    (run,) = ran(9)
    history = life(rated(*[2] * 8), rated(morning, 7, since=9), (run,))
    found = hard_session(history, run)
    assert (found.pain, found.before) == (7.0, before)


def test_a_bad_morning_out_of_nothing_stops_the_sessions():
    """Usual 3, last run three days ago, 9 this morning: no session, and the rule says why."""
    plan = on(own_life(ran(7, minutes=40), rated(*[3] * 10, 9), told_before=3), 10)
    assert (plan.sessions, plan.fired) == ((), (Rule.MORNING, Rule.SETTLE))


def test_a_slightly_worse_morning_leaves_walks():
    """Usual 3 and 5 this morning: walks. Back at 4, there are runs again."""
    history = own_life(rated(*[3] * 10, 5, 4), told_before=3)
    assert not runs_offered(on(history, 10))
    assert on(history, 10).sessions
    assert runs_offered(on(history, 11))


def test_the_last_rating_counts_until_there_is_another():
    """A bad morning is not forgotten because the next one is not told."""
    history = own_life(rated(*[3] * 10, 9), told_before=3)
    assert on(history, 13).sessions == ()


def test_a_slow_rise_is_seen():
    """One point a day from 3 to 8, without a run: walks from the second point on, and no session at the top."""
    history = own_life(rated(3, 4, 5, 6, 7, 8), told_before=3)
    assert [runs_offered(on(history, n)) for n in range(6)] == [True, True, False, False, False, False]


@pytest.mark.parametrize(("pain", "runs"), [(6, True), (7, False), (9, False)])
def test_there_is_a_top_whatever_is_usual(pain, runs):
    """Who always has 8 is offered walks at 7 and more, even after a talk; at 6 there are runs then."""
    history = own_life(rated(*[pain] * 3), told_before=pain, steps=(said(Step.TALKED, 0),))
    assert runs_offered(on(history, 2)) is runs


def test_high_usual_pain_never_leads_a_step_up():
    """8 on every day, 9 after each walk: half a year of walks brings no running."""
    pains = [9 if n % 2 else 8 for n in range(180)]
    history = life(walked(*range(0, 179, 2)), rated(*pains))
    assert {runs_offered(on(history, n)) for n in range(0, 180, 7)} == {False}


def test_six_repeats():
    """A usual of 6 keeps the step for as long as it lasts."""
    history = own_life(ran(*range(0, 40, 2), minutes=40), rated(*[6] * 41), told_before=6)
    assert stage(history, 40) == 0
    lower = own_life(ran(*range(0, 40, 2), minutes=40), rated(*[5] * 41), told_before=5)
    assert stage(lower, 40) > 0


def test_a_rise_from_week_to_week_holds_the_step():
    """A week that is worse by 1 than the one before it, above 3, brings no step up."""
    calm, rising = ([4] * 7 + [4] * 7, [3.5] * 7 + [4.5] * 7)
    stages = [
        stage(own_life(ran(0, 2, 4, 6, 8, 10, 12, minutes=40), rated(*pains, 4), told_before=4), 13)
        for pains in (calm, rising)
    ]
    assert stages[1] < stages[0]


def test_a_red_outlives_a_new_start():
    """Begun anew on the morning after a red: still no session, and two reds still count."""
    for step in (Step.START, Step.START_OWN):
        history = own_life(ran(0, minutes=40), rated(3, 7), told_before=3, steps=(said(step, 1),))
        assert on(history, 1).sessions == ()
    twice = own_life(
        ran(0, 5, minutes=40),
        rated(3, 8, 3, 3, 3, 3, 8, 3, 3, 3, 3),
        told_before=3,
        steps=(said(Step.START_OWN, 8),),
    )
    assert Rule.TWO_REDS in on(twice, 10).fired


def test_a_red_before_the_first_start_counts():
    """The run of last night was a red: starting this morning brings no session."""
    history = own_life(ran(-1, minutes=40), rated(7), told_before=3)
    assert on(history, 0).sessions == ()


def test_a_red_that_stays_leads_to_a_talk_and_not_to_a_new_usual():
    """7 for good after a red: no session for two weeks, then walks alone, until the person talked about it."""
    history = own_life(ran(0, minutes=40), rated(3, *[6] * 60), told_before=3)
    assert on(history, 10).sessions == ()
    for n in (15, 30, 60):
        assert Rule.STAYED in on(history, n).fired
        assert not runs_offered(on(history, n))
    talked = replace(history, steps=(*history.steps, said(Step.TALKED, 40)))
    assert Rule.STAYED not in on(talked, 45).fired
    early = replace(history, steps=(*history.steps, said(Step.TALKED, 1)))
    assert Rule.STAYED in on(early, 45).fired


def test_two_reds_leave_walks_until_a_talk_or_four_quiet_weeks():
    """Two reds in 14 days: walks alone; 'go on' after a holiday does not lift that, a talk does, and so does time."""
    pains = [2, 2, 2, 8, 2, 2, 2, 2, 8, *[2] * 40]
    history = life(walked(2, 7), rated(*pains))
    assert {Rule.TWO_REDS, Rule.WALK_ONLY} <= set(on(history, 12).fired)
    assert Rule.TWO_REDS in on(replace(history, steps=(*history.steps, said(Step.RESUME, 12))), 12).fired
    assert Rule.TWO_REDS not in on(replace(history, steps=(*history.steps, said(Step.TALKED, 12))), 12).fired
    assert Rule.TWO_REDS in on(history, 7 + 28).fired
    assert Rule.TWO_REDS not in on(history, 7 + 29).fired


# legs and other places


def test_a_sign_in_a_leg_leaves_walks_until_it_is_gone():
    """Low pain in the back does not lift it; the first check-in without the sign does."""
    signs = rated(*[2] * 5, since=3, leg_symptoms=True)
    history = own_life(rated(2, 2, 2, leg_symptoms=False), signs, rated(2, since=8, leg_symptoms=False))
    assert [runs_offered(on(history, n)) for n in (2, 3, 7, 8)] == [True, False, False, True]
    assert Rule.LEG in on(history, 7).fired


def test_leg_pain_alone_stops_the_running():
    """8 down a leg and 1 in the back: no running, from the first such morning on."""
    history = own_life(rated(*[1] * 5), (MorningReport(moment=at(5), back=1.0, leg=8.0),), told_before=1)
    assert runs_offered(on(history, 4))
    assert not runs_offered(on(history, 5))


def test_a_leg_sign_over_a_week_leads_to_a_provider():
    """After seven days it does not become usual: walks until a talk, however long it lasts."""
    history = own_life(rated(*[2] * 90, leg_symptoms=True))
    assert Rule.LEG in on(history, 7).fired
    for n in (8, 14, 40, 89):
        assert Rule.LEG_STAYS in on(history, n).fired
        assert not runs_offered(on(history, n))
    talked = replace(history, steps=(*history.steps, said(Step.TALKED, 20)))
    assert runs_offered(on(talked, 21))


def test_a_talk_counts_for_ninety_days():
    """Then the same sign asks for another one."""
    history = own_life(
        ran(*range(0, 130, 3), minutes=40),
        rated(*[2] * 130, leg_symptoms=True),
        steps=(said(Step.TALKED, 10),),
    )
    assert Rule.LEG_STAYS not in on(history, 100).fired
    assert Rule.LEG_STAYS in on(history, 101).fired


def test_a_sign_not_told_of_again_does_not_stop_for_good():
    """Who never speaks of the leg again goes on after four weeks."""
    history = life(walked(2), rated(2, leg_symptoms=True), rated(*[2] * 40, since=1))
    assert Rule.LEG_STAYS in on(history, 28).fired
    assert Rule.LEG_STAYS not in on(history, 29).fired


def test_a_knee_counts_as_the_back_does():
    """7 elsewhere on the morning after a run is a red; 4 where it was 0 is none, and brings no step up."""
    base = ran(0, minutes=40), rated(2)
    for pain, rule in ((7.0, Rule.RED), (4.0, Rule.ABOVE_THREE)):
        history = own_life(*base, (MorningReport(moment=at(1), back=2.0, other=pain),))
        assert compute_state(history, today=day(2)).fired[-1] is rule


# own running, as it is


def test_own_running_is_its_frequency_and_its_middle_run():
    """Three runs of 40 minutes a week are offered as that, without a step."""
    plan = on(own_life(rated(2)), 0)
    assert [(s.run_min, s.walk_min, s.stage) for s in plan.sessions] == [(40.0, 0.0, None)] * 3
    assert Rule.OWN in plan.fired


@pytest.mark.parametrize(("a_week", "weeks"), [(1, 4), (3, 1), (5, 1), (2, 2), (1, 1)])
def test_few_runs_begin_on_the_ladder(a_week, weeks):
    """Less than six runs, or runs in fewer than three of four weeks, are no own running: walks come first."""
    plan = on(own_life(rated(2), minutes=90, a_week=a_week, weeks=weeks), 0)
    assert not runs_offered(plan)
    assert Rule.ENTRY in plan.fired


def test_a_race_makes_no_week_of_races():
    """A half-marathon alone begins on the ladder; among short runs it changes no number, but halves a week."""
    alone = life(ran(-20, minutes=120), rated(*[3] * 5, since=-4), start=Step.START_OWN)
    assert not runs_offered(on(alone, 0))
    among = own_life(ran(-2, minutes=120), rated(2), minutes=30, a_week=2)
    plan = on(among, 0)
    assert {session.run_min for session in plan.sessions} == {15.0}
    assert {session.run_min for session in on(among, 6).sessions} == {30.0}
    assert Rule.FAR_RUN in plan.fired


@pytest.mark.parametrize(
    ("race", "longest", "far"),
    [
        *((99, 90, False), (99.1, 90, True), (250, 180, True), (89, 60, False)),
        *((60, 30, False), (61, 30, True), (29, 10, False), (30, 0, True)),
    ],
)
def test_a_far_run_is_one_beyond_the_limit_or_twice_the_longest(race, longest, far):
    """Beyond 110 percent from 90 minutes on, or more than twice the longest from 30 on; no other run."""
    assert is_far(race, longest) is far


def test_a_marathon_is_followed_by_easy_days_however_long_the_training_runs_were():
    """Ten weeks of 5 x 60 and 160 on Sundays, an easy week, 172 yesterday: two days of none, then halves."""
    weeks = [ran(*(-7 * w - k for w in range(2, 12) for k in (1, 2, 3, 4, 5)), minutes=60.0)]
    weeks.append(ran(*(-7 * w - 6 for w in range(2, 12)), minutes=160.0))
    race = (ran(-11, -9, -7, minutes=40.0), ran(-1, minutes=172.0))
    history = life(*weeks, *race, rated(*[2] * 40, since=-28), start=Step.START_OWN)
    for n in (0, 1):
        plan = on(history, n)
        assert {Rule.FAR_RUN, Rule.LONG_RUN} <= set(plan.fired)
        assert day(n) not in {session.day for session in plan.sessions}
    assert {session.run_min for session in on(history, 2).sessions if session.day < day(7)} == {30.0}


def test_a_long_run_of_each_week_is_followed_by_two_days_without_one_and_no_half_week():
    """160 on each Sunday, for weeks: none on Monday and Tuesday, and then the usual minutes."""
    weeks = ran(*(-7 * w - k for w in range(12) for k in (2, 3, 4)), minutes=60.0)
    history = life(
        weeks,
        ran(*(-7 * w - 1 for w in range(12)), minutes=160.0),
        rated(*[2] * 29, since=-28),
        start=Step.START_OWN,
    )
    plan = on(history, 0)
    assert Rule.LONG_RUN in plan.fired
    assert Rule.FAR_RUN not in plan.fired
    assert min(session.day for session in plan.sessions) >= day(2)
    assert max(session.run_min for session in plan.sessions) == 60.0


def test_a_run_within_what_a_break_leaves_is_no_far_one():
    """Half of 80 minutes after five weeks off: the run after it is not halved again."""
    before = own_life(ran(35, minutes=40), rated(*[2] * 40), minutes=80)
    assert Rule.FAR_RUN not in on(before, 37).fired


def test_the_week_after_a_fever_is_half():
    """As after an illness, where the safety questions alone told of it."""
    history = replace(own_life(rated(*[2] * 20)), fever_over=day(3))
    assert {s.run_min for s in on(history, 3).sessions if (s.day - day(3)).days < 7} == {20.0}
    assert Rule.ILLNESS in on(history, 3).fired
    assert {s.run_min for s in on(history, 10).sessions} == {40.0}


def test_a_sudden_rise_of_three_weeks_is_no_base_to_run_from():
    """Seven weeks of 2 x 20 minutes and three of 6 x 60: no more than half above what was before the rise."""
    calm = [Ran(day(-n), 20.0, 20.0) for n in range(22, 71) if n % 7 in {1, 4}]
    rise = [Ran(day(-n), 60.0, 60.0) for n in range(1, 22) if n % 7]
    own = own_running([*calm, *rise], START)
    assert (own.a_week, own.minutes) == (3, 30.0)
    assert own_running(rise, START).minutes == 60.0


@pytest.mark.parametrize("began", range(28, 57))
def test_what_is_before_the_records_is_no_rest(began):
    """A run on every other day, on record from any day of the weeks before: the same own running."""
    own = own_running([Ran(day(-n), 30.0, 30.0) for n in range(began, 0, -2)], START)
    assert (own.a_week, own.minutes) == (3, 30.0)


def test_how_long_the_first_runs_on_record_were_counts_from_the_first_one():
    """One run of 20 minutes before four weeks of 60: how long it was is known, though not how many there were."""
    rise = [Ran(day(-n), 60.0, 60.0) for n in range(27, 0, -2)]
    own = own_running([Ran(day(-30), 20.0, 20.0), *rise], START)
    assert (own.a_week, own.minutes) == (3, 30.0)


@pytest.mark.parametrize(("pain", "held"), [(5.0, False), (5.5, True), (6.9, True)])
def test_high_pain_of_weeks_leads_to_a_provider(pain, held):
    """Above 5 on most of 28 days: walks until a talk, from own running, too."""
    told = rated(*[pain] * 20)
    plan = on(own_life(told, told_before=pain), 14)
    assert (Rule.HIGH_STAYS in plan.fired, runs_offered(plan)) == (held, not held)
    assert runs_offered(on(own_life(told, told_before=pain, steps=(said(Step.TALKED, 1),)), 14))


def test_no_more_runs_a_week_than_before():
    """Two a week stay two a week, done ones counted."""
    history = own_life(ran(0, minutes=40), rated(*[2] * 8), a_week=2)
    for n in range(1, 8):
        days = [0, -2, *((session.day - START).days for session in on(history, n).sessions)]
        assert max(sum(0 <= last - one < 7 for one in days) for last in days) <= 2


def test_the_minutes_of_a_week_are_held_to_the_best_of_four():
    """Someone with one long and one short run a week is not given two that add up to more than a tenth above."""
    long_and_short = [
        ran(*[-7 * w - k for w in range(4)], minutes=minutes) for k, minutes in ((1, 10), (3, 30), (5, 30))
    ]
    plan = on(life(*long_and_short, rated(*[2] * 29, since=-28), start=Step.START_OWN), 0)
    assert sum(session.run_min for session in plan.sessions) <= 1.1 * 70 + 1e-6


def test_a_watch_that_counts_the_walks_makes_no_runner():
    """Half an hour on the second step, recorded as one run, counts as the running of that step."""
    recorded = life(
        walked(*range(0, 14, 2)),
        ran(*range(14, 40, 2), minutes=30),
        rated(*[1] * 41),
        steps=(said(Step.START_OWN, 40),),
    )
    first = max(session.run_min for session in on(recorded, 40).sessions)
    assert first <= LADDER[stage(replace(recorded, steps=recorded.steps[:1]), 40)].run_min


def test_a_red_makes_own_running_shorter():
    """Two steps back from the usual run, though nothing was added before."""
    session = on(own_life(ran(0, minutes=40), rated(2, 8, 2, 2, 2)), 4).sessions[0]
    assert session.run_min == pytest.approx(40.0 / 1.05**2)


# breaks, by their length


@pytest.mark.parametrize(
    ("off", "most"),
    [(14, 1.0), (15, 0.75), (28, 0.75), (29, 0.5), (56, 0.5), (57, 0.25), (84, 0.25), (85, 0), (400, 0)],
)
def test_own_running_after_a_break(off, most):
    """14 days change nothing; then three quarters, half after four weeks, a quarter after eight, at last walks."""
    plan = on(own_life(rated(*[2] * (off + 1))), off - 2)  # the last run was two days before the start
    assert max((session.run_min for session in plan.sessions), default=0.0) <= most * 40.0 + 1e-6
    assert (Rule.LONG_BREAK in plan.fired) == (off > 14)


@pytest.mark.parametrize(
    ("off", "most"), [(14, 7), (15, 4), (28, 4), (29, 3), (56, 3), (57, 1), (84, 1), (85, 0), (400, 0)]
)
def test_the_ladder_after_a_break(off, most):
    """14 days keep the step; then that with three quarters, half, a quarter of its running, at last walks."""
    history = climbing(52, rated(*[1] * 500, since=170))
    last = max(effort.day for effort in history.efforts)
    there = (last - START).days
    assert stage(history, there + 1) == 7
    assert stage(history, there + off) == most


@pytest.mark.parametrize(
    ("off", "given", "walks", "most"),
    [
        (30, True, True, 4),
        (35, True, True, 4),
        (36, True, True, 3),
        (30, False, True, 3),
        (30, True, False, 3),
        (57, True, True, 1),
    ],
)
def test_four_drawn_weeks_of_walks_are_no_month_off(off, given, walks, most):
    """Three quarters where chance gave the weeks to walking, they were walked, and were no more than four."""
    history = climbing(52, rated(*[1] * 500, since=170))
    last = (max(effort.day for effort in history.efforts) - START).days
    days = range(last + 1, last + off)
    done = (*history.efforts, *(walked(*days[::2]) if walks else ()))
    drawn = frozenset(map(day, days)) if given else frozenset()
    assert stage(replace(history, efforts=done, walk_days=drawn), last + off) == most


def test_own_running_after_a_drawn_month_of_walks_is_three_quarters():
    """And the limit of 30 days, which sees no run any more, does not press it lower."""
    before = own_life(rated(*[2] * 60), walked(*range(0, 33, 2)), walk_days=range(-1, 33))
    plan = on(before, 32)
    assert [s.run_min for s in plan.sessions][:1] == [pytest.approx(40.0 * 1.05**-6)]


@pytest.mark.parametrize(("other", "most"), [(3.0, 10), (4.0, 1), (5.0, 1)])
def test_no_step_up_on_a_shin_that_is_sore_each_day(other, most):
    """What is usual excuses a back, and no bone: above 3 elsewhere the step is repeated, however long it lasts."""
    history = climbing(70, pains=[1] * 14)
    told = rated(*[1] * 75, other=other)
    assert stage(replace(history, reports=told), 70) <= most


@pytest.mark.parametrize(
    ("days", "talked", "held"), [(14, False, False), (15, False, True), (15, True, False)]
)
def test_a_shin_that_stays_sore_leads_to_a_provider(days, talked, held):
    """After two weeks at 4 or more walks are left, until a talk."""
    steps = (said(Step.TALKED, 30 + days),) if talked else ()
    history = climbing(30, steps=steps)
    told = (*rated(*[1] * 30, other=0.0), *rated(*[1] * (days + 1), since=30, other=4.0))
    plan = on(replace(history, reports=told), 30 + days)
    assert (Rule.SORE_STAYS in plan.fired) == held
    assert not held or all(session.run_min == 0 for session in plan.sessions)


def test_a_walk_ends_no_break():
    """Half a year off and one walk: walks come first, as without it."""
    history = climbing(52, walked(230), rated(*[1] * 100, since=170))
    assert stage(history, 231) == 0


def test_walks_put_a_short_break_off():
    """Three walks in two weeks keep the step for three weeks without a run, as two drawn weeks of walking do."""
    history = climbing(52, walked(54, 58, 62, 66))
    assert [stage(history, 50 + n) for n in (17, 21, 22)] == [7, 7, 4]


def test_after_half_a_year_the_way_leads_up_again():
    """Walks, then the first step: a break is not the end."""
    history = climbing(52, walked(*range(230, 250, 2)), rated(*[1] * 100, since=170))
    assert stage(history, 251) == 1


def test_back_after_five_weeks_the_runs_come_in_the_second_week_too():
    """Half the minutes, and half the week, until there are weeks to hold it to."""
    back = own_life(ran(35, 37, 39, minutes=19), rated(*[2] * 50))
    assert on(own_life(rated(*[2] * 50)), 35).sessions
    assert on(back, 42).sessions


# illness


def test_the_week_after_an_illness_is_half():
    """Own 40 minutes, twelve days ill: half, and not more than before; after a week it is as it was."""
    runs = ran(0, 2, minutes=40)
    ill = (said(Step.ILL, 5), said(Step.RESUME, 12))
    history = own_life(runs, rated(*[2] * 30), steps=ill)
    plan = on(history, 12)
    assert {session.run_min for session in plan.sessions} == {20.0}
    assert Rule.ILLNESS in plan.fired
    assert Rule.ILLNESS not in on(history, 19).fired


def test_greens_from_before_an_illness_bring_no_step():
    """Two greens, ill, and one green more: no step up yet."""
    runs = ran(0, 2, minutes=40), ran(13, minutes=20)
    well = own_life(*runs, rated(*[2] * 30))
    ill = own_life(*runs, rated(*[2] * 30), steps=(said(Step.ILL, 5), said(Step.RESUME, 12)))
    assert (stage(well, 14), stage(ill, 14)) == (1, 0)


def test_an_illness_halves_the_ladder_too():
    """A session of 30 minutes becomes one of 15, running and walking alike."""
    history = climbing(30, steps=(said(Step.ILL, 30), said(Step.RESUME, 36)))
    session = on(history, 36).sessions[0]
    assert session.run_min + session.walk_min == pytest.approx(15.0)


PAINS = st.lists(st.integers(0, 10), min_size=12, max_size=36)


@settings(max_examples=300, deadline=None)
@given(PAINS, st.integers(1, 10), st.integers(2, 3), st.booleans(), st.booleans())
def test_a_worse_morning_never_gives_more(pains, worse, apart, legs, own):
    """Of two lives alike but for this morning, the worse one gets no more running, none longer, no higher step."""
    n = len(pains) - 1
    days = range(0, n, apart)
    made = own_life if own else life
    efforts = ran(*days, minutes=40) if own else walked(*days)
    good = made(efforts, rated(*pains))
    bad = made(
        efforts,
        rated(*pains[:-1]),
        (MorningReport(moment=at(n), back=min(pains[-1] + worse, 10.0), leg_symptoms=legs),),
    )
    plan, after = on(good, n), on(bad, n)
    assert compute_state(bad, today=day(n)).stage <= compute_state(good, today=day(n)).stage
    assert sum(s.run_min for s in after.sessions) <= sum(s.run_min for s in plan.sessions) + 1e-6
    longest = [max((s.run_min for s in week.sessions), default=0.0) for week in (plan, after)]
    assert longest[1] <= longest[0] + 1e-6


@settings(max_examples=100, deadline=None)
@given(PAINS, st.booleans(), st.booleans())
def test_a_worse_answer_never_gives_more(pains, own, apart):
    """Walks only gives no running; a pause gives nothing."""
    n = len(pains) - 1
    days = range(0, n, 2 + apart)
    history = own_life(ran(*days, minutes=40), rated(*pains)) if own else life(walked(*days), rated(*pains))
    held = on(history, n, walk_only=True)
    assert on(history, n, paused=True).sessions == ()
    assert not runs_offered(held)


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(-11, 13)), max_size=12),
    st.integers(-2, 4),
    st.integers(0, 3),
)
def test_the_check_ins_of_some_days_are_those_of_these_local_days(told, first, more):
    """Also for who flies west and has a day twice: none is left out, and none of another day comes in."""
    moments = sorted(
        datetime(2026, 1, 5, tzinfo=UTC).astimezone(timezone(timedelta(hours=zone))) + timedelta(hours=hours)
        for hours, zone in told
    )
    history = History(reports=tuple(MorningReport(moment=moment, back=1.0) for moment in moments))
    days = [day(n) for n in range(first, first + more + 1)]
    assert list(history.reports_of_days(days[0], days[-1])) == [
        one for one in history.reports if one.day in days
    ]


def test_with_no_rating_in_36_hours_that_of_the_day_after_counts():
    """Runs in the evening, ratings on every other morning: 7 of 10 after 37 hours is a red, not an unknown."""
    rests = (*rated(2), *rated(2, since=4))
    high = MorningReport(moment=at(2, 7.0), back=7.0)
    assert Rule.RED in compute_state(own_life(ran(0, minutes=40), rests, (high,)), today=day(3)).fired
    late = replace(high, moment=at(3, 8.0))
    assert Rule.RED not in compute_state(own_life(ran(0, minutes=40), rests, (late,)), today=day(3)).fired


@pytest.mark.parametrize(("weeks_off", "share"), [(3, 0.75), (6, 0.5), (8, 0.25)])
def test_a_break_leaves_the_same_share_whether_the_plan_began_before_or_after_it(weeks_off, share):
    """Runs of 50 minutes and then none: who starts from own running now gets what who started before gets."""
    runs = ran(*(-7 * (weeks_off + week) - k for week in range(6) for k in (2, 4, 6)), minutes=50)
    told = rated(*[2] * 84, since=-84)
    before = life(runs, told, start=None, steps=(said(Step.START_OWN, -7 * weeks_off),))
    after = life(runs, told, start=Step.START_OWN)
    longest = [max(session.run_min for session in on(one, 0).sessions) for one in (before, after)]
    assert longest[0] == longest[1]
    assert longest[1] == pytest.approx(50 * share, rel=0.06)


def test_after_a_season_off_own_running_begins_with_walks():
    """Twelve weeks off leave a quarter, and more than that nothing."""
    for off, own in ((84, True), (85, False)):
        runs = ran(*(-off - 7 * week - k for week in range(6) for k in (0, 2, 4)), minutes=50)
        offered = on(life(runs, rated(*[2] * 28, since=-28), start=Step.START_OWN), 0)
        assert (Rule.OWN in offered.fired) is own
