"""What keeps a step from going up though no session hurt, and pain in a leg that comes while the back eases."""

from dataclasses import replace

import pytest

from backstride.core.plan_step import Step
from backstride.programme.climbs import has_climbed_for_months
from backstride.programme.history import Site
from backstride.programme.holds import held_by
from backstride.programme.lasting_signs import returning_since
from backstride.programme.morning import shown
from backstride.programme.rules import TALK_BEFORE_RUNNING, Rule
from backstride.programme.state import compute_state
from backstride.programme.step_holds import is_leg_steady
from backstride.report.morning_words import warning_lines

from .lives import day, life, on, ran, rated, runs_offered, said, walked

NOVICE = (walked(*range(0, 16, 2)), ran(*range(16, 90, 2), minutes=20.0, walk=10.0, hour=17.0))
"""Walks, then a run on every other day that is as long as its step asks for."""


def reached(told, n, *, steps=()):
    """The step on the n-th day of a life at these check-ins."""
    history = life(*NOVICE, told, steps=steps)
    kept = tuple(e for e in history.efforts if e.day < day(n))
    before = tuple(t for t in history.reports if t.day <= day(n))
    now = type(history)(efforts=kept, reports=before, steps=history.steps)
    return compute_state(now, today=day(n)).stage


def plan(told, n, *, steps=()):
    """The plan on the n-th day of the same life."""
    history = life(*NOVICE, told, steps=steps)
    kept = tuple(e for e in history.efforts if e.day < day(n))
    return on(type(history)(efforts=kept, reports=history.reports, steps=history.steps), n)


WELL = rated(*[2] * 28, leg=0.0, other=0.0)


def test_a_well_life_goes_up_by_a_step_a_week():
    """What every life below is held against: on day 28 step 3, on day 43 step 5."""
    told = (*WELL, *rated(*[2] * 30, since=28, leg=0.0, other=0.0))
    assert (reached(told, 28), reached(told, 43)) == (3, 5)


@pytest.mark.parametrize("leg", [2.0, 2.5, 3.0, 3.5])
def test_leg_pain_that_comes_while_the_back_eases_never_leads_a_step_up(leg):
    """0 to 3 in a leg each morning, 2 to 1 in the back: no step from the first such morning on."""
    told = (*WELL, *rated(*[1] * 30, since=28, leg=leg, other=0.0))
    assert reached(told, 43) <= reached(told, 28)
    assert not {Rule.LEG_NEAR, Rule.RED}.isdisjoint(plan(told, 29).fired)


@pytest.mark.parametrize(("back", "leg"), [(1, 2.0), (2, 2.0), (4, 2.0), (4, 3.0)])
def test_new_leg_pain_on_three_days_leaves_walks(back, leg):
    """As strong as the back's, or 2 above what was usual there: from the third day on, then a talk after a week."""
    told = (*rated(*[back] * 28, leg=0.0), *rated(*[back] * 30, since=28, leg=leg))
    assert runs_offered(plan(told, 29))
    assert not runs_offered(plan(told, 30))
    assert Rule.LEG in plan(told, 30).fired
    assert Rule.LEG_STAYS in plan(told, 36).fired
    assert runs_offered(plan(told, 40, steps=(said(Step.TALKED, 37),)))


def test_leg_pain_of_always_that_is_below_the_back_holds_nothing():
    """2 in a leg and 3 in the back for years: the steps go up."""
    told = rated(*[3] * 60, leg=2.0)
    assert reached(told, 43) == 5


@pytest.mark.parametrize(
    ("gone", "runs"), [({"leg": 0.0}, False), ({"leg": 0.0, "leg_symptoms": False}, True)]
)
def test_a_leg_without_pain_may_still_tingle(gone, runs):
    """A yes to tingling leaves walks until a no to tingling, whatever the pain in the leg is rated at."""
    told = (*WELL, *rated(2, since=28, leg_symptoms=True), *rated(2, since=29, **gone))
    assert bool(runs_offered(plan(told, 29))) == runs


def test_one_sore_leg_after_a_run_leaves_the_runs():
    """Two mornings of it repeat the step, and are no sign."""
    told = (*WELL, *rated(1, 1, 1, 1, 1, 1, 1, since=28, leg=0.0), *rated(1, 1, since=29, leg=2.0, hour=8.0))
    assert runs_offered(plan(told, 30))


@pytest.mark.parametrize("evening", [4.0, 4.5])
def test_an_evening_that_is_gone_by_morning_costs_no_step(evening):
    """4.5 on the evening of each run and 2 on each morning: the step is repeated, and none is lost."""
    mornings = rated(*[2] * 60)
    evenings = tuple(told for n in range(28, 60, 2) for told in rated(evening, since=n, hour=21.0))
    told = (*mornings, *evenings)
    assert [reached(told, n) for n in (31, 33, 43)] == [3, 3, 3]


def test_a_rise_that_is_there_a_day_later_costs_a_step():
    """The morning after, the evening after that and the next morning: one step back, told once."""
    told = (*rated(*[2] * 29), *rated(4, 4, 2, 2, since=29), *rated(4, since=29, hour=21.0))
    assert reached(told, 31) == 2


def test_more_pain_medicine_keeps_the_step():
    """More than usual, pain as ever: no step up, and the reason is there."""
    told = (*WELL, *rated(*[2] * 30, since=28, medicine="more"))
    assert reached(told, 43) == reached(told, 28)
    assert Rule.MEDICINE in plan(told, 32).fired


def test_more_pain_medicine_for_a_week_leads_to_a_provider():
    """Six days of 14: walks until a talk, which counts as long as the need for more goes on."""
    told = (*WELL, *rated(*[2] * 60, since=28, medicine="more"))
    assert runs_offered(plan(told, 32))
    assert not runs_offered(plan(told, 33))
    assert Rule.MEDICINE_STAYS in plan(told, 33).fired
    assert runs_offered(plan(told, 70, steps=(said(Step.TALKED, 40),)))
    assert not runs_offered(plan(told, 70, steps=(said(Step.TALKED, 20),)))


def test_more_pain_medicine_is_told_beside_walks():
    """A flare leaves walks; the medicine is named beside it."""
    told = (*WELL, *rated(*[2] * 4, since=28, medicine="more", flare=True))
    assert {Rule.FLARE_NOW, Rule.MEDICINE} <= set(plan(told, 31).fired)


@pytest.mark.parametrize("leg", [2.0, 3.0])
def test_leg_pain_that_comes_and_goes_leaves_walks(leg):
    """On alternate days, with 2 in the back: walks and a talk from the third such run on, and between them."""
    told = (*WELL, *(one for n in range(28, 60) for one in rated(2, since=n, leg=leg * (n % 2), other=0.0)))
    assert runs_offered(plan(told, 32))
    for n in (35, 36, 43, 50):
        assert not runs_offered(plan(told, n))
        assert Rule.LEG_RETURNS in plan(told, n).fired
    assert runs_offered(plan(told, 50, steps=(said(Step.TALKED, 45),)))


def test_tingling_that_comes_and_goes_leaves_walks():
    """Told in words on every third day, and not there between."""
    told = tuple(one for n in range(60) for one in rated(2, since=n, leg_symptoms=n >= 28 and n % 3 == 0))
    assert not runs_offered(plan(told, 42))
    assert Rule.LEG_RETURNS in plan(told, 43).fired


def test_leg_pain_that_came_back_and_is_gone_gives_the_runs_back():
    """Two weeks without it are enough."""
    told = (*WELL, *(one for n in range(28, 40) for one in rated(2, since=n, leg=3.0 * (n % 2), other=0.0)))
    gone = (*told, *rated(*[2] * 20, since=40, leg=0.0, other=0.0))
    assert not runs_offered(plan(gone, 41))
    assert runs_offered(plan(gone, 54))


def test_leg_pain_on_a_few_days_is_no_pattern():
    """Three days of 28."""
    told = (*WELL, *(one for n in range(28, 60) for one in rated(2, since=n, leg=3.0 * (n % 10 == 0))))
    assert runs_offered(plan(told, 51))


def test_a_shin_that_hurts_after_each_run_leads_to_a_provider():
    """3.5 after runs, 1 between: no step up after four of them, walks after two weeks, until a talk."""
    told = (
        *rated(*[2] * 28, other=1.0),
        *(one for n in range(28, 70) for one in rated(2, since=n, other=3.5 if n % 2 else 1.0)),
    )
    assert Rule.SORE in plan(told, 36).fired
    assert runs_offered(plan(told, 36))
    assert not runs_offered(plan(told, 44))
    assert Rule.SORE_STAYS in plan(told, 44).fired
    assert runs_offered(plan(told, 50, steps=(said(Step.TALKED, 45),)))


def test_a_shin_that_hurts_after_rare_runs_is_tied_to_them():
    """One run a week, and 3.5 the morning after each: too few days for a pattern of days, and three runs are one."""
    weekly = ran(*range(0, 60, 7))
    told = tuple(one for n in range(60) for one in rated(2, since=n, other=3.5 if n % 7 == 1 else 0.0))
    history = life(weekly, told)
    assert [returning_since(history, Site.OTHER, day(n)) for n in (14, 15)] == [None, day(0)]
    fine = life(weekly, told, rated(2, since=15, other=0.0))
    spared = replace(fine, reports=tuple(t for t in fine.reports if t.day != day(15) or not t.other))
    assert returning_since(spared, Site.OTHER, day(15)) is None


def test_a_shin_that_hurts_after_two_of_three_runs_is_tied_to_them():
    """2.9 on the mornings after Monday's and Wednesday's run, 0 else: few days, and most of the runs."""
    told = (
        *rated(*[2] * 28, other=0.0),
        *(one for n in range(28, 70) for one in rated(2, since=n, other=2.9 * (n % 7 in {1, 3}))),
    )
    runs = ran(*(n for n in range(70) if n % 7 in {0, 2, 4}))
    assert Rule.SORE in on(life(told, runs), 38).fired
    assert Rule.SORE_STAYS in on(life(told, runs), 69).fired
    assert not runs_offered(on(life(told, runs), 69))
    spared = tuple(one for n in range(70) for one in rated(2, since=n, other=2.9 * (n % 21 == 1)))
    assert returning_since(life(spared, runs), Site.OTHER, day(69)) is None


def test_a_run_without_a_rating_after_it_is_no_proof_of_either():
    """It neither counts among the runs that hurt, nor among those that did not."""
    weekly = ran(*range(0, 60, 7))
    told = tuple(one for n in range(60) for one in rated(2, since=n, other=3.5 if n % 7 == 1 else None))
    unrated = replace(
        life(weekly, told), reports=tuple(t for t in life(weekly, told).reports if t.day != day(15))
    )
    assert returning_since(unrated, Site.OTHER, day(15)) is None
    assert returning_since(unrated, Site.OTHER, day(22)) == day(0)


@pytest.mark.parametrize("pains", [[2] * 11 + [3] * 30])
def test_a_shin_at_three_for_weeks_leads_to_a_provider(pains):
    """2 and then 3 each day, and nothing above that."""
    told = (
        *WELL,
        *(one for n, pain in enumerate(pains) for one in rated(2, since=28 + n, other=float(pain))),
    )
    assert Rule.SORE in plan(told, 32).fired
    assert Rule.SORE_STAYS in plan(told, 66).fired
    assert not runs_offered(plan(told, 66))


def test_medicine_as_usual_changes_nothing():
    """Whoever takes some each day goes up as others do."""
    assert reached((*WELL, *rated(*[2] * 30, since=28, medicine="usual")), 43) == 5


def test_a_flare_that_was_told_keeps_the_step_until_a_morning_without():
    """A step that just went up is taken back for as long as the person calls it a flare."""
    calm = (*WELL, *rated(*[2] * 7, since=28))
    told = (*calm, *rated(2, since=34, flare=True, hour=8.0))
    assert (reached(calm, 34), reached(told, 34)) == (4, 3)
    assert Rule.FLARE in plan(told, 34).fired
    over = (*told, *rated(2, since=34, flare=False, hour=9.0))
    assert Rule.FLARE not in plan(over, 34).fired


@pytest.mark.parametrize("other", [2.0, 3.0])
def test_a_new_sore_spot_on_three_days_keeps_the_step(other):
    """A shin from 0 to 3 on each day, rest days too: no step up while it lasts, and the reason is there."""
    told = (*WELL, *rated(*[2] * 30, since=28, other=other))
    assert reached(told, 43) <= 3
    assert Rule.SORE in plan(told, 36).fired


def test_a_knee_of_always_keeps_no_step():
    """3 elsewhere from the first check-in on is not new: after a talk it holds no step, nor the runs."""
    told, talk = rated(*[2] * 60, other=3.0), (said(Step.TALKED, 15),)
    assert reached(told, 43, steps=talk) == 5
    assert runs_offered(plan(told, 43, steps=talk))
    assert Rule.SORE_STAYS in plan(told, 43).fired


@pytest.mark.parametrize("weekly", [0.3, 0.4])
def test_a_slow_climb_does_not_carry_its_usual_along(weekly):
    """A third of a point a week: the steps go up no more once two weeks stand 1.5 above the best two, and above 3."""
    told = rated(*[2 + weekly * n / 7 for n in range(90)])
    stopped = reached(told, 60)
    assert reached(told, 85) <= stopped
    assert not {Rule.CLIMB, Rule.CLIMB_FAR}.isdisjoint(plan(told, 70).fired)


def test_a_talk_ends_a_slow_climb():
    """What is usual since the talk counts from then on."""
    told = (*rated(*[2 + 0.3 * n / 7 for n in range(60)]), *rated(*[4.4] * 30, since=60))
    climbs = {Rule.CLIMB, Rule.CLIMB_FAR}
    assert not climbs.isdisjoint(plan(told, 80).fired)
    assert climbs.isdisjoint(plan(told, 80, steps=(said(Step.TALKED, 70),)).fired)


def test_a_usual_of_six_is_told_why_it_walks():
    """At 6: walks, and the rule on pain above 5, not that walks did not sit well; after weeks a talk is asked for."""
    history = life(walked(*range(0, 60, 2)), rated(*[6] * 70))
    assert Rule.ABOVE_FIVE in on(history, 9).fired
    assert Rule.HIGH_STAYS in on(history, 59).fired
    assert not runs_offered(on(history, 59))


def test_walks_come_for_two_whole_weeks():
    """Walks on each day: no running before the fifteenth day, however many there were."""
    history = life(walked(*range(30)), rated(*[1] * 40))
    kept = [
        type(history)(efforts=history.efforts[:n], reports=history.reports, steps=history.steps)
        for n in range(30)
    ]
    first = next(n for n in range(30) if any(s.run_min and s.day == day(n) for s in on(kept[n], n).sessions))
    assert first == 14


def test_after_an_illness_the_reason_is_the_illness():
    """A step that went up just before it is no reason for a session that is halved."""
    steps = (said(Step.ILL, 33), said(Step.RESUME, 36))
    fired = plan((*WELL, *rated(*[2] * 20, since=28)), 36, steps=steps).fired
    assert fired[0] is Rule.ILLNESS


STEADY = rated(*[3] * 90, leg=3.0, leg_symptoms=True)
"""Mild pain in a leg, as strong as in the back, that never changes."""


def test_steady_mild_leg_pain_opens_to_runs_after_a_talk():
    """Walks before it; after the talk the walks count, runs come, and no headline forbids them."""
    walks = walked(*range(0, 60, 2))
    assert Rule.LEG_STAYS in on(life(walks, STEADY), 30).fired
    told = life(walks, STEADY, steps=(said(Step.TALKED, 30),))
    assert runs_offered(on(told, 58))
    assert shown(told, day(58)) == ()
    assert shown(life(walks, STEADY), day(58)) != ()


@pytest.mark.parametrize(("back", "leg"), [(2, 3.0), (3, 3.5)])
def test_leg_pain_above_the_backs_after_a_talk_says_so_and_keeps_the_step(back, leg):
    """No more than then, or by a little: runs, a line on top that says what to watch, no "do not run" beside it."""
    worse = rated(*[back] * 10, since=60, leg=leg, leg_symptoms=True)
    told = life(walked(*range(0, 60, 2)), STEADY[:60], worse, steps=(said(Step.TALKED, 30),))
    week = on(told, 65)
    assert runs_offered(week)
    assert {Rule.LEG_ABOVE, Rule.LEG_NEAR} <= set(week.fired)
    assert shown(told, day(65)) == ()
    on_top = " ".join(warning_lines((), today=day(65), fired=week.fired))
    assert on_top.startswith("Your leg hurts more than your back, as it did when you talked")
    assert not is_leg_steady(told, day(65))


@pytest.mark.parametrize(("back", "leg"), [(2, 4.0), (3, 4.0), (4, 4.0)])
def test_leg_pain_that_is_worse_than_at_the_talk_leaves_walks(back, leg):
    """4 and more where it was 3: walks, a headline that names it, and another talk opens the runs again."""
    worse = rated(*[back] * 20, since=60, leg=leg, leg_symptoms=True)
    lived = (walked(*range(0, 60, 2)), STEADY[:60], worse)
    told = life(*lived, steps=(said(Step.TALKED, 30),))
    assert not runs_offered(on(told, 65))
    assert Rule.LEG_WORSE in on(told, 65).fired
    assert [one.site for one in shown(told, day(65)) if one.site is Site.LEG]
    again = life(*lived, steps=(said(Step.TALKED, 30), said(Step.TALKED, 66)))
    assert Rule.LEG_WORSE not in on(again, 75).fired


def test_a_provider_who_agreed_about_a_leg_is_such_a_talk():
    """Agreed in the safety questions on day 20: the sign opens as after a talk told to the plan; a knee does not."""
    lived = life(walked(*range(0, 60, 2)), STEADY)
    assert Rule.LEG_STAYS in on(lived, 50).fired
    assert runs_offered(on(replace(lived, agreed={Site.LEG: (day(20),)}), 50))
    assert not runs_offered(on(replace(lived, agreed={Site.OTHER: (day(20),)}), 50))
    sore = life(walked(*range(0, 60, 2)), rated(*[2] * 60, other=4.0))
    assert Rule.SORE_STAYS in on(sore, 50).fired
    assert Rule.SORE_STAYS not in on(replace(sore, agreed={Site.OTHER: (day(20),)}), 50).fired


def test_tingling_that_was_talked_over_is_no_reason_not_to_run():
    """Told in words on each day; after the talk runs come, and the headline forbids none."""
    told = life(walked(*range(0, 60, 2)), rated(*[2] * 60, leg_symptoms=True), steps=(said(Step.TALKED, 20),))
    assert runs_offered(on(told, 50))
    assert shown(told, day(50)) == ()


def test_a_talk_before_any_leg_rating_settles_nothing():
    """What nobody rated is not known to be steady."""
    told = life(rated(*[3] * 20), rated(3, 3, 3, since=20, leg=3.0), steps=(said(Step.TALKED, 5),))
    assert not is_leg_steady(told, day(22))


def test_a_rise_from_no_pain_at_all_holds_the_step():
    """0 for four weeks and 3 on each day since: below what is calm for others, and 3 more than it was."""
    told = (*rated(*[0] * 28), *rated(*[3] * 30, since=28))
    assert reached(told, 45) <= 5
    assert Rule.CLIMB in plan(told, 45).fired


def test_more_medicine_stands_on_top():
    """The first line names it, and asks for a talk if it goes on; after six days it leaves walks."""
    told = (*WELL, *rated(*[2] * 30, since=28, medicine="more"))
    soon, late = (" ".join(warning_lines((), today=day(n), fired=plan(told, n).fired)) for n in (32, 43))
    assert soon.startswith("You took more pain medicine than usual. The step stays.")
    assert "talk to your provider" in soon
    assert late.startswith("Do not run. ")
    assert "You took more pain medicine than usual on 6 or more of 14 days." in late


@pytest.mark.parametrize(("n", "climbed"), [(363, True), (392, False)])
def test_a_climb_over_months_is_held_against_the_past_year_alone(n, climbed):
    """Four weeks at 1, then 4 for good: a climb while those weeks lie within the year, and the usual after it."""
    history = life(rated(*[1] * 28), rated(*[4] * 380, since=28))
    assert has_climbed_for_months(history, day(n)) == climbed


def spiky(high, *, days=range(28, 84), every=7, low=1):
    """A low rating on most mornings, and a high one on one day of each week."""
    return tuple(
        one for n in days for one in rated(high if n % every == 6 else low, since=n, leg=0.0, other=0.0)
    )


WEEKDAYS = (
    walked(*range(0, 16, 2)),
    ran(*(n for n in range(16, 90) if n % 7 in (0, 2, 4)), minutes=20.0, walk=10.0, hour=18.0),
)
"""Sessions on Monday, Wednesday and Friday: Sunday morning is more than 36 hours after each."""


def test_a_high_day_of_each_week_holds_the_step():
    """5 on each Sunday, 1 else: no step up from the third on, a word on top, and a step once it stays away."""
    high = life(*WEEKDAYS, WELL, spiky(5))
    assert Rule.SPIKES not in on(high, 47).fired
    shown_now = on(high, 50)
    assert Rule.SPIKES in shown_now.fired
    assert warning_lines((), today=day(50), fired=shown_now.fired) != ()
    low = life(*WEEKDAYS, WELL, spiky(2))
    at_48, at_80 = ([compute_state(one, today=day(n)).stage for one in (high, low)] for n in (48, 80))
    assert at_48[0] == at_80[0] < at_80[1]
    gone = life(*WEEKDAYS, WELL, spiky(5, days=range(28, 49)), spiky(1, days=range(49, 84)))
    assert compute_state(gone, today=day(80)).stage > at_80[0]


def test_a_very_high_day_of_each_week_leaves_walks_until_a_talk():
    """6 on each Sunday: from the third on walks, and a talk about it ends that."""
    history = life(*WEEKDAYS, WELL, spiky(6))
    plan_now = on(history, 50)
    assert (Rule.SPIKES_HIGH in plan_now.fired, runs_offered(plan_now)) == (True, False)
    talked = replace(history, steps=(*history.steps, said(Step.TALKED, 51)))
    assert runs_offered(on(talked, 52))


def test_a_high_second_morning_after_each_run_leaves_walks():
    """Two runs a week, 8 of 10 after 37 hours and 1 else: after the third run walks, and no step up before."""
    runs = ran(*(n for n in range(40) if n % 7 in (0, 4)), minutes=30.0)
    told = tuple(one for n in range(40) for one in rated(8 if n % 7 in (2, 6) else 1, since=n))
    before = rated(*[1] * 28, since=-28)
    history = life(
        ran(*(n for n in range(-42, 0) if n % 7 in (0, 4)), minutes=30.0),
        runs,
        before,
        told,
        start=Step.START_OWN,
    )
    assert Rule.SPIKES_HIGH in on(history, 10).fired
    assert not any(runs_offered(on(history, n)) for n in range(9, 40))
    assert compute_state(history, today=day(14)).stage <= 0


def test_a_high_day_now_and_then_holds_nothing():
    """6 in two of four weeks, or 3 above none: nothing is said of high days."""
    for told in (spiky(6, every=14), spiky(3, low=0)):
        fired = on(life(*WEEKDAYS, WELL, told), 75).fired
        assert {Rule.SPIKES, Rule.SPIKES_HIGH}.isdisjoint(fired)


def test_a_questionnaire_that_jumps_holds_the_step_until_a_talk():
    """4 and then 20 of 24, pain as ever: no step up and a word, until a talk or a lower count."""
    told = (*WELL, *rated(*[2] * 40, since=28, leg=0.0, other=0.0))
    history = life(*NOVICE, told)
    jumped = replace(history, roland_morris=((day(0), 4), (day(25), 20)))
    assert compute_state(jumped, today=day(25)).stage == compute_state(history, today=day(25)).stage
    assert compute_state(jumped, today=day(43)).stage < compute_state(history, today=day(43)).stage
    assert Rule.DAILY_LIFE in on(jumped, 30).fired
    talked = replace(jumped, steps=(*jumped.steps, said(Step.TALKED, 26)))
    lower = replace(jumped, roland_morris=(*jumped.roland_morris, (day(29), 6)))
    for calm in (talked, lower):
        assert Rule.DAILY_LIFE not in on(calm, 30).fired


@pytest.mark.parametrize("site", ["back", "leg", "other"])
def test_severe_pain_for_a_week_asks_for_a_look_in_the_next_days(site):
    """7.5 on five days of 14, with good days between: walks, and the words; a talk about it ends the rule."""
    pains = [{"back": 2.0, "leg": 0.0, "other": 0.0} | ({site: 7.5} if n % 2 else {}) for n in range(28, 60)]
    told = (*WELL, *(one for n, p in enumerate(pains) for one in rated(p.pop("back"), since=28 + n, **p)))
    assert Rule.SEVERE_STAYS not in plan(told, 36).fired
    shown_now = plan(told, 38)
    assert Rule.SEVERE_STAYS in shown_now.fired
    assert not runs_offered(shown_now)
    assert "in the next few days" in " ".join(warning_lines((), today=day(38), fired=shown_now.fired))
    assert Rule.SEVERE_STAYS not in plan(told, 50, steps=(said(Step.TALKED, 40),)).fired


def test_the_reason_to_rest_after_a_red_is_not_its_pain_once_that_is_down():
    """8 after a session and 2 on the next morning: two days of rest, and no word of waiting for pain to fall."""
    told = (*rated(*[2] * 29), *rated(8, since=28, hour=21.0), *rated(*[2] * 5, since=29))
    resting = plan(told, 29)
    assert resting.fired[:2] == (Rule.RED, Rule.REST)
    assert min(session.day for session in resting.sessions) == day(31)
    assert plan(told, 30).fired[:2] == (Rule.RED, Rule.REST)
    assert plan(told, 31).sessions
    lines = warning_lines((), today=day(29), fired=plan(told, 29).fired, session=day(28))
    assert "until your pain" not in " ".join(lines)


def test_a_session_that_was_not_rated_is_told_as_the_reason():
    """A run with no word after it repeats the step, and says that nothing was rated."""
    told = rated(*[2] * 28, leg=0.0, other=0.0)
    quiet = (*told, *rated(2, since=31))
    assert plan(quiet, 33).fired[0] is Rule.UNRATED


def test_a_session_that_took_more_medicine_is_no_green_in_a_row():
    """More after every third run: no three greens in a row, so no step goes up in four weeks."""
    told = tuple(
        one
        for n in range(28, 60)
        for one in rated(2, since=n, leg=0.0, other=0.0, medicine="more" if n % 6 == 5 else "usual")
    )
    assert reached((*WELL, *told), 56) <= reached((*WELL, *told), 30)


def test_of_two_warnings_the_stricter_one_says_what_to_do():
    """High days that come back, and two reds: what happened is said of both, and one thing to do."""
    fired = (Rule.SPIKES, Rule.TWO_REDS, Rule.WALK_ONLY)
    told = " ".join(warning_lines((), today=day(28), fired=fired))
    assert "High days come back" in told
    assert "Twice in 14 days" in told
    assert "Talk to your provider first" in told
    assert "The step stays" not in told
    assert "The step stays" in " ".join(warning_lines((), today=day(28), fired=(Rule.SPIKES,)))


@pytest.mark.parametrize("rule", sorted(TALK_BEFORE_RUNNING, key=lambda rule: rule.value))
def test_what_counts_most_is_said_first(rule):
    """Nobody reads of shorter runs, or of walks, before "Do not run"; and a run is named, without blame."""
    fired = (Rule.RED, Rule.SETTLE, rule, Rule.WALK_ONLY)
    told = warning_lines((), today=day(28), fired=fired, session=day(27), on_own_running=True)
    assert told[0].startswith("Do not run. ")
    assert "shorter" in told[2]
    assert "what you did" not in " ".join(told)


def test_the_warning_after_a_red_says_where_it_hurt():
    """A red in a shin: not a word of the back."""
    fired = (Rule.RED, Rule.REST)
    told = warning_lines((), today=day(1), fired=fired, session=day(0), sites=(Site.OTHER,))
    assert "your pain rose a lot. That was elsewhere, as in a hip or a shin." in told[0]
    assert "That was" not in " ".join(
        warning_lines((), today=day(1), fired=(Rule.HIGH_STAYS,), sites=(Site.BACK,))
    )


def test_the_warning_after_a_red_says_what_becomes_of_runs_of_ones_own():
    """They have no steps with a number; a race that filled the week leaves more than two days free."""
    told = warning_lines((), today=day(1), fired=(Rule.RED, Rule.REST), session=day(0), on_own_running=True)
    assert "a tenth shorter" in told[1]
    assert "two steps" not in told[1]
    assert "where it filled the week" in warning_lines((), today=day(1), fired=(Rule.FAR_RUN,))[1]


def test_a_later_session_closes_no_red_before_it():
    """5 after a run where 2 was usual; 5 after the next, where 3 is by now; and 4: near 3, and not near 2."""
    told = (*rated(*[2] * 16, *[3] * 13), *rated(*[5] * 5, since=29), *rated(4, since=34))
    later = life(ran(*range(0, 29, 2), 31), told)
    assert compute_state(later, today=day(34)).red.day == day(31)
    resting = on(later, 34)
    assert (resting.sessions, resting.fired[:2]) == ((), (Rule.RED, Rule.SETTLE))
    assert held_by(compute_state(later, today=day(34)), later, day(34)).day == day(28)
