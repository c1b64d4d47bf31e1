"""A talk with a provider covers what stood when it was held; one that is due is told in every state of the plan."""

from dataclasses import replace
from itertools import product

import pytest

from backstride.core.plan_step import Step
from backstride.programme import holds
from backstride.programme.history import Site
from backstride.programme.lasting_signs import follows_each_run
from backstride.programme.rules import Rule

from .lives import day, life, on, ran, rated, runs_offered, said, walked

WELL = rated(*[2] * 28, leg=0.0, other=0.0)
WALKS = walked(*range(0, 60, 2))


def shin(*pains, since):
    """A back at 2 and a shin as given, from a day on."""
    return tuple(one for n, pain in enumerate(pains) for one in rated(2, since=since + n, other=float(pain)))


def test_a_talk_about_pain_that_came_and_went_covers_none_that_stays():
    """A shin on some days, a talk, then 3 on each day for more than two weeks: walks, until a talk about that."""
    comes = shin(*[3, 0, 3, 0, 3, 0, 3, 0, 0], since=28)
    told = (*WELL, *comes, *shin(*[3] * 20, since=37))
    talk = (said(Step.TALKED, 36),)
    runs = ran(*range(28, 57, 3))
    assert Rule.SORE_STAYS not in on(life(told, runs, steps=talk), 50).fired
    assert Rule.SORE_STAYS in on(life(told, runs, steps=talk), 52).fired
    assert Rule.SORE_STAYS not in on(life(told, runs, steps=(*talk, said(Step.TALKED, 52))), 53).fired


def test_a_talk_about_pain_after_some_runs_covers_none_after_each():
    """Every other run, a talk, a run without, then each of five over two weeks: a talk about that."""
    runs = ran(*range(28, 70, 4))
    sore = {28, 36, 40, 48, 52, 56, 60, 64}
    told = (*WELL, *(one for n in range(28, 70) for one in rated(2, since=n, other=3.0 * (n - 1 in sore))))
    history = life(told, runs, steps=(said(Step.TALKED, 43),))
    assert follows_each_run(history, Site.OTHER, day(57)) is None
    assert follows_each_run(history, Site.OTHER, day(61)) == day(48)
    assert [Rule.SORE_STAYS in on(history, n).fired for n in (61, 65)] == [False, True]


def test_a_knee_that_was_talked_over_at_four_asks_again_at_six():
    """4 each day and a talk: no hold. At 6 it is worse than what was talked over; back at 4 it holds no more."""
    told = rated(*[2] * 40, other=4.0), rated(2, 2, since=40, other=6.0), rated(2, 2, since=42, other=4.0)
    history = life(*told, WALKS, steps=(said(Step.TALKED, 20),))
    assert [Rule.SORE_WORSE in on(history, n).fired for n in (39, 41, 43)] == [False, True, False]
    assert not runs_offered(on(history, 41))


@pytest.mark.parametrize(("talk", "held"), [(20, True), (45, False), (58, False)])
def test_a_talk_at_a_calm_time_covers_no_high_weeks(talk, held):
    """A back of 2, then 6 from day 30 on: a talk of before is about something else."""
    told = rated(*[2] * 30, *[6] * 60)
    assert (Rule.HIGH_STAYS in on(life(told, WALKS, steps=(said(Step.TALKED, talk),)), 62).fired) is held


def test_the_day_after_strong_pain_has_no_run():
    """10 on one morning and 2 on the next, in back, leg or elsewhere: walks, and runs a day later."""
    calm = ran(*range(0, 28, 2))
    for site in ({"other": 10.0}, {"leg": 10.0}):
        told = (*WELL, *rated(2, since=28, **site), *rated(2, 2, since=29, leg=0.0, other=0.0))
        assert Rule.HIGH in on(life(told, calm), 29).fired
        assert not runs_offered(on(life(told, calm), 29))
        assert Rule.HIGH not in on(life(told, calm), 30).fired
    told = (*WELL, *rated(10, 2, 2, since=28))
    assert [Rule.HIGH in on(life(told, calm), n).fired for n in (29, 30)] == [True, False]


TALKS = {
    Rule.SEVERE_STAYS: rated(*[8] * 9, since=28),
    Rule.LEG_STAYS: rated(*[2] * 9, since=28, leg_symptoms=True),
    Rule.SORE_STAYS: rated(*[2] * 20, since=17, other=4.0),
    Rule.MEDICINE_STAYS: rated(*[2] * 9, since=28, medicine="more"),
}
STATES = {
    "away": {"steps": (said(Step.HOLIDAY, 34),)},
    "ill": {"steps": (said(Step.ILL, 34),)},
    "paused": {"steps": (said(Step.PAUSE, 34),)},
    "no plan": {"start": None},
    "red": {"more": (ran(34), rated(7, since=35, hour=6.0))},
    "walks": {},
}


def told_on(talk, state):
    """The rules of day 36 with one reason for a talk in one state of the plan."""
    held = dict(STATES[state])
    history = life(WELL[:17], TALKS[talk], *held.pop("more", ()), **held)
    return on(history, 36).fired


@pytest.mark.parametrize(("talk", "state"), list(product(TALKS, STATES)))
def test_a_talk_that_is_due_is_told_in_every_state(talk, state):
    """Being away, ill, paused, resting after a red, or without a plan takes no such sentence away."""
    assert talk in told_on(talk, state)


@pytest.mark.parametrize("held", [Rule.FLARE, Rule.MEDICINE])
def test_a_jump_of_the_questionnaire_is_told_beside_what_keeps_the_step_first(held):
    """Of what keeps a step the first is told, and each that asks for a talk."""
    more = {"flare": True} if held is Rule.FLARE else {"medicine": "more"}
    history = life(WELL, rated(2, 2, 2, since=38, **more), ran(*range(28, 40, 2)))
    jumped = replace(history, roland_morris=((day(1), 3), (day(38), 9)))
    fired = on(jumped, 40).fired
    assert {held, Rule.DAILY_LIFE} <= set(fired)


def test_a_plan_that_forgets_talks_while_paused_is_found_out(monkeypatch):
    """Were none due, the table above would show it."""
    monkeypatch.setattr("backstride.programme.week.talks_due", lambda *_: ())
    silent = [(talk, state) for talk, state in product(TALKS, STATES) if talk not in told_on(talk, state)]
    assert {"away", "ill", "paused", "red"} <= {state for _talk, state in silent}
    monkeypatch.setattr(holds, "severe_since", lambda *_: None)
    assert Rule.SEVERE_STAYS not in told_on(Rule.SEVERE_STAYS, "walks")


def leg(*pains, since, words=True):
    """A back at 4 and a leg as given, from a day on; words say that it hurts, where it does and they are used."""
    return tuple(
        one
        for n, pain in enumerate(pains)
        for one in rated(4, since=since + n, leg=float(pain), leg_symptoms=words and pain > 0)
    )


OLD_LEG = leg(*[2] * 29, since=0)
AGREED = (said(Step.TALKED, 28),)


def test_a_talk_covers_the_same_sign_in_a_leg_that_comes_back():
    """Away for two days, or for 13, and back as it was: no new talk. After 15 days there is one."""
    for away, held in ((2, False), (13, False), (14, True)):
        history = life(OLD_LEG, leg(*[0] * away, 2, since=29), steps=AGREED)
        fired = {*on(history, 29 + away).fired}
        assert bool(fired & {Rule.LEG, Rule.LEG_RETURNS, Rule.LEG_WORSE}) is held, away


@pytest.mark.parametrize(
    "back",
    [
        leg(0, 0, 3, since=29),
        leg(0, 0, since=29) + rated(4, since=31, leg_symptoms=True),
        leg(0, 0, 3, 0, 0, 2, since=29),
    ],
)
def test_a_talk_covers_no_sign_that_comes_back_stronger(back):
    """A point more, a strength that nobody rated, or a stronger one in between: a new talk."""
    assert {Rule.LEG, Rule.LEG_WORSE} & {*on(life(OLD_LEG, back, steps=AGREED), len(back) + 28).fired}


def test_a_talk_about_pain_covers_no_numbness():
    """Rated at the talk and said in words only later: it is another sign."""
    rated_only = leg(*[2] * 29, since=0, words=False)
    history = life(rated_only, leg(0, 0, 2, since=29), steps=AGREED)
    assert Rule.LEG in on(history, 31).fired
    assert Rule.LEG in on(life(leg(*[0] * 29, since=0), leg(0, 2, since=29), steps=AGREED), 30).fired
