"""Made-up people under the plan: its promises hold, and a plan that breaks one is found out."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import islice

import pytest

from backstride.core.allocation import AllocationScheme
from backstride.programme import history, holds, on_foot, state, step_holds, week
from backstride.programme.lights import ResponseGrade
from backstride.programme.own import own_running
from backstride.programme.rules import Rule

PEOPLE = 12  # four schedules by walks and own running
LAWS = (AllocationScheme.OWN, AllocationScheme.DAYS, AllocationScheme.WEEKS, AllocationScheme.BLOCKS_OF_4)
MAX_PEOPLE = 120


def test_the_plan_keeps_its_promises(lives, promises):
    """For people of all kinds, on each of 12 weeks; every promise is asked."""
    tally = promises.Tally()
    people = [lives.make_person(seed) for seed in range(PEOPLE)]
    for person in people:
        promises.hold(person, lives.live(person, weeks=12), tally)
    assert {(p.law, p.runs_already) for p in people} == {(law, own) for law in LAWS for own in (False, True)}
    assert set(tally.asked) == set(promises.PROMISES)
    assert tally.broken == []


def test_the_lives_hold_what_breaks_rules(lives):
    """Races, hikes, evening ratings, pain in a leg alone, slow rises, high pain, restarts and months off."""
    people = [lives.make_person(seed) for seed in range(200)]
    assert any(p.race for p in people)
    assert any(p.hike for p in people)
    assert any(p.told_at > 12 for p in people)
    assert any(p.leg for p in people)
    assert any(p.climbs for p in people)
    assert any(p.usual > 7 for p in people)
    assert any(p.again for p in people)
    assert any(p.calls for p in people)
    assert any(away.days > 60 for p in people for away in p.away)


def test_one_seed_lives_one_life(lives):
    """The same person has the same days again."""
    once, again = ([d.effort for d in lives.live(lives.make_person(5), weeks=8)] for _ in range(2))
    assert once == again
    assert any(once)


def every_day(history, _today, *_most):
    """Seven days in a row."""
    return [_today + timedelta(days=n) for n in range(7)]


def six_a_week(ran, start, _last_run):
    """Own running as it is, but for its number."""
    own = own_running(ran, start)
    return own and replace(own, a_week=6, in_a_row=6)


_shortened = week._shortened


def each_held_to_its_own_day(made, history, today, *growth):
    """Each session held to what is open on its own day, were none before it done."""
    alone = [_shortened([session], history, today, *growth) for session in made]
    return tuple(s for one, _ in alone for s in one), tuple(rule for _, fired in alone for rule in fired)


def nothing(*_args, **_more):
    """None, and nothing held."""
    return


MUTANTS = {
    "no runs on two days in a row": (week, "_run_days", every_day),
    "at most three in seven days": (week, "A_WEEK", 4),
    "no more runs a week than was usual": (state, "running_before_the_last_run", six_a_week),
    "no run beyond 110 % of the longest of 30 days": (week, "longest_lately", lambda *_: 1000.0),
    "no week of runs beyond 110 % of the best of four": (week, "best_week", lambda *_: 1000.0),
    "on the ladder at most one step further": (week, "longest_lately", lambda *_: 1000.0),
    "on the ladder never long on foot at once": (on_foot, "FIRST_WALK_MIN", 30.0),
    "on the ladder no session of a plan below the one before it": (
        week,
        "_shortened",
        each_held_to_its_own_day,
    ),
    "no running at 7 and more, or on a bad morning": (
        holds,
        "light_today",
        lambda *_: (ResponseGrade.GREEN, 0.0),
    ),
    "no running on the day after pain of 7 and more": (holds, "is_strong_on", lambda *_: False),
    "only walks while a leg hurts": (holds, "leg_sign_since", nothing),
    "only walks on the third day of leg pain as strong as the back's": (holds, "leg_near_since", nothing),
    "only walks while a leg is worse than at the talk about it": (holds, "is_leg_worse", nothing),
    "only walks while pain in a leg comes and goes": (holds, "leg_returns", lambda *_: False),
    "only walks after weeks of pain elsewhere": (holds, "open_sore_spells", lambda *_: ()),
    "only walks after weeks of more pain medicine": (holds, "more_medicine_since", nothing),
    "days of pain of 7 and more are told, and hold the running": (holds, "severe_since", nothing),
    "only walks after a rise over months": (holds, "has_climbed_for_months", nothing),
    "none while a red is open": (holds, "is_resolved", lambda *_: True),
    "only walks after two reds": (holds, "two_reds", nothing),
    "none while paused, ill or away": (week, "PAUSES", set()),
    "half after an illness": (week, "AFTER_ILLNESS", 1.0),
    "half in the week after a far run": (week, "AFTER_FAR_RUN", 1.0),
    "no run on the two days after one of two hours": (week, "_run_days", every_day),
    "lower after a break, by its length": (state, "_lowered", lambda now, *_: now),
    "only on drawn days, and walks in walking weeks": (week, "_open_days", every_day),
    "never without a reason": (week, "rests", lambda *_: (Rule.REPEAT,)),
}
"""For each promise a change of the plan that must break it."""
WHO = {
    "no running on the day after pain of 7 and more": (137,),
    "only walks while a leg is worse than at the talk about it": (381,),
    "only walks after a rise over months": (27, 94),
    "only walks while pain in a leg comes and goes": (71,),
    "only walks after weeks of pain elsewhere": (10,),
    "only walks after weeks of more pain medicine": (3,),
    "half in the week after a far run": (104,),
}
"""People whose lives show it, where few do; any of the first 120 else."""


def test_each_promise_has_its_mutant(promises):
    """None is left without a proof that it can be broken."""
    assert list(MUTANTS) == list(promises.DAILY)


@pytest.mark.parametrize("name", MUTANTS)
def test_a_plan_that_breaks_a_promise_is_found_out(name, lives, promises, monkeypatch):
    """With one thing of the plan changed, somebody's life shows it."""
    module, thing, instead = MUTANTS[name]
    monkeypatch.setattr(module, thing, instead)
    kept = promises.DAILY[name]
    people = (lives.make_person(seed) for seed in WHO.get(name, range(MAX_PEOPLE)))
    weeks = lives.WEEKS if name in WHO else 20
    assert any(not kept(lived) for person in people for lived in lives.live(person, weeks=weeks))


def test_a_talk_that_covers_any_sign_in_a_leg_is_found_out(lives, promises, monkeypatch):
    """Were each later sign taken for the one of the talk, somebody would run with a new one."""
    monkeypatch.setattr(history, "is_as_at_the_talk", lambda *_, **__: True)
    kept = promises.DAILY["only walks while a leg hurts"]
    assert not all(kept(lived) for lived in lives.live(lives.make_person(32)))


def offering(lives, seed=0):
    """A day with sessions to come, after some that were done."""
    days = islice(lives.live(lives.make_person(seed)), 20, None)
    return next(d for d in days if len(d.plan.sessions) > 1 and d.history.efforts)


def test_a_plan_that_leads_nowhere_is_found_out(lives, promises, monkeypatch):
    """Were the step never raised, no step would come; without sessions nothing would."""
    person, lived = lives.make_person(0), offering(lives)
    assert None not in promises.way_forward(person, lived)
    real = promises.compute_state
    monkeypatch.setattr(promises, "compute_state", lambda *a, **k: replace(real(*a, **k), stage=2))
    assert promises.way_forward(person, lived)[1] is None
    none = replace(lived.plan, sessions=())
    monkeypatch.setattr(promises, "next_week", lambda *_, **__: none)
    assert promises.way_forward(person, lived) == (None, None)


def test_a_step_lost_to_a_missed_day_is_found_out(lives, promises, monkeypatch):
    """Were the step to fall by the day, the promise would be broken."""
    real, tally = promises.compute_state, promises.Tally()

    def falling(history, *, today, **more):
        return replace(real(history, today=today, **more), stage=-today.toordinal(), fired=(Rule.MISSED,))

    monkeypatch.setattr(promises, "compute_state", falling)
    person = lives.make_person(0)
    promises.hold(person, lives.live(person, weeks=2), tally)
    assert Counter(name for name, _, _ in tally.broken)[promises.MISSED] > 0


def is_broken(promise, lives, promises, *, seeds, weeks):
    """Whether the promise is broken in the life of one of these people, who are lived until one is found."""
    tally = promises.Tally()
    for person in map(lives.make_person, seeds):
        promises.hold(person, lives.live(person, weeks=weeks), tally)
        if promise in {name for name, _, _ in tally.broken}:
            return True
    return False


def test_a_step_up_in_a_flare_is_found_out(lives, promises, monkeypatch):
    """With the rule gone, somebody goes up on more medicine, in a flare, or with a leg that hurts."""
    monkeypatch.setattr(state, "why_repeat", nothing)
    monkeypatch.setattr(state, "no_step_up", nothing)
    assert is_broken(promises.KEPT, lives, promises, seeds=range(40), weeks=14)


@pytest.mark.parametrize(("rule", "seed"), [("has_spikes", 7), ("is_daily_life_harder", 5)])
def test_a_step_up_on_high_days_or_a_jump_is_found_out(rule, seed, lives, promises, monkeypatch):
    """With one of the two rules gone, somebody goes up all the same."""
    monkeypatch.setattr(step_holds, rule, lambda *_: False)
    seeds = range(seed, seed + 40 * (apart := 23 if rule == "has_spikes" else 19), apart)
    assert is_broken(promises.CALMLY, lives, promises, seeds=seeds, weeks=16)


def test_a_step_up_in_the_week_of_a_longer_run_is_found_out(lives, promises, monkeypatch):
    """With the rule gone, somebody goes up a step in the days after a run that was a jump."""
    monkeypatch.setattr(step_holds, "is_after_a_jump", lambda *_, **__: False)
    assert is_broken(promises.EASILY, lives, promises, seeds=range(60), weeks=14)


def test_the_page_counts_every_promise(program, lives, promises):
    """A row for each promise and for each kind of person."""
    page = program("programme")
    tally, found = page.share(range(3))
    assert page.promise_rows(tally).count("\n") == len(promises.PROMISES) - 1
    rows = page.kind_rows(found).splitlines()
    assert [row.split(" | ")[1] for row in rows] == ["1", "1", "1"]
    assert found[0].days == 7 * lives.WEEKS


def test_a_calm_life_comes_to_twenty_minutes_in_one_go(lives, program):
    """Two weeks of walks and a step a week: in week 16, and at the trial's amount of running in week 8."""
    calm = program("programme_calm")
    group = next(iter(calm.GROUPS))
    assert calm.weeks_to(list(lives.live(calm.calm_person(0, group), weeks=17))) == {
        "running": 3,
        "4 minutes": 11,
        "9 minutes": 13,
        "20 minutes": 16,
        calm.TRIAL: 8,
    }
