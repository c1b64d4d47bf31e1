"""Made-up people under the plan: its promises hold, and a plan that breaks one is found out."""

from collections import Counter
from dataclasses import replace
from itertools import chain, islice

import pytest

from backstride.core.draw import Law
from backstride.core.plan_step import PlanStep, Step
from backstride.programme.rules import Rule

PEOPLE = 9  # three schedules by walks and own running


@pytest.fixture
def lives(program):
    """How people are made and live."""
    return program("programme_lives")


@pytest.fixture
def promises(lives, program):
    """What they are promised."""
    return program("programme_promises")


def test_the_plan_keeps_its_promises(lives, promises):
    """For people of all kinds, on each of 12 weeks; every promise is asked."""
    tally = promises.Tally()
    people = [lives.make_person(seed) for seed in range(PEOPLE)]
    for person in people:
        promises.hold(person, lives.live(person, weeks=12), tally)
    assert {(p.law, p.runs_already) for p in people} == {(law, own) for law in Law for own in (False, True)}
    assert set(tally.asked) == set(promises.PROMISES)
    assert tally.broken == []


def test_one_seed_lives_one_life(lives):
    """The same person has the same days again."""
    once, again = ([d.effort for d in lives.live(lives.make_person(5), weeks=8)] for _ in range(2))
    assert once == again
    assert any(once)


def offering(lives, seed=0):
    """A day with sessions to come, after some that were done."""
    days = islice(lives.live(lives.make_person(seed)), 20, None)
    return next(d for d in days if len(d.plan.sessions) > 1 and d.history.efforts)


def next_day(lives, session):
    """The same session a day later."""
    return replace(session, day=session.day + lives.DAY)


def test_two_days_in_a_row_are_found_out(lives, promises):
    """One session more, on the day after the first."""
    lived = offering(lives)
    first = lived.plan.sessions[0]
    bad = replace(lived, plan=replace(lived.plan, sessions=(first, next_day(lives, first))))
    assert promises.never_two_days_in_a_row(lived)
    assert not promises.never_two_days_in_a_row(bad)


def test_a_fourth_session_is_found_out(lives, promises):
    """Four on the days from today on."""
    lived = offering(lives)
    first = lived.plan.sessions[0]
    four = tuple(replace(first, day=first.day + n * lives.DAY) for n in range(4))
    assert not promises.at_most_three_a_week(replace(lived, plan=replace(lived.plan, sessions=four)))


def test_a_longer_session_is_found_out(lives, promises):
    """A third longer than the longest of the last 30 days."""
    lived = offering(lives)
    longest = max(effort.metres for effort in lived.history.efforts)
    session = lived.plan.sessions[0]
    times = 1.3 * longest / session.metres
    long = replace(session, run_min=times * session.run_min, walk_min=times * session.walk_min)
    assert not promises.never_beyond_110_percent(replace(lived, plan=replace(lived.plan, sessions=(long,))))


def test_going_on_while_it_hurts_is_found_out(lives, promises):
    """The sessions of another day, on one that the plan held."""
    sessions = offering(lives).plan.sessions
    everybody = chain.from_iterable(lives.live(lives.make_person(seed)) for seed in range(PEOPLE))
    held = next(d for d in everybody if Rule.RED in d.plan.fired and Rule.SETTLE in d.plan.fired)
    assert promises.never_on_while_a_red_is_open(held)
    assert not promises.never_on_while_a_red_is_open(
        replace(held, plan=replace(held.plan, sessions=sessions))
    )


def test_a_session_while_ill_is_found_out(lives, promises):
    """The same plan, had the person said that they are ill."""
    lived = offering(lives)
    said = (*lived.history.steps, PlanStep(day=lived.today, step=Step.ILL))
    assert not promises.none_while_paused(replace(lived, history=replace(lived.history, steps=said)))


def test_a_day_that_was_not_drawn_is_found_out(lives, promises):
    """Sessions a day late, and running in a walking week."""
    lived = offering(lives, seed=1)
    late = tuple(next_day(lives, session) for session in lived.plan.sessions)
    assert promises.only_on_drawn_days(lived)
    assert not promises.only_on_drawn_days(replace(lived, plan=replace(lived.plan, sessions=late)))
    run = replace(lived.plan, sessions=(replace(lived.plan.sessions[0], run_min=5.0),))
    assert not promises.only_on_drawn_days(replace(lived, plan=run, walk_only=True))


def test_an_empty_week_without_a_word_is_found_out(lives, promises):
    """No session, and no rule that says why."""
    lived = offering(lives)
    empty = replace(lived.plan, sessions=(), fired=(Rule.SESSIONS,))
    assert not promises.never_without_a_reason(replace(lived, plan=empty))


def test_a_plan_that_leads_nowhere_is_found_out(lives, promises, monkeypatch):
    """Were the stage never raised, no step would come; without sessions nothing would."""
    person, lived = lives.make_person(0), offering(lives)
    assert None not in promises.way_forward(person, lived)
    real = promises.standing
    monkeypatch.setattr(promises, "standing", lambda *a, **k: replace(real(*a, **k), stage=2))
    assert promises.way_forward(person, lived)[1] is None
    none = replace(lived.plan, sessions=())
    monkeypatch.setattr(promises, "next_week", lambda *_, **__: none)
    assert promises.way_forward(person, lived) == (None, None)


def test_a_stage_lost_to_a_missed_day_is_found_out(lives, promises, monkeypatch):
    """Were the stage to fall by the day, the promise would be broken."""
    real, tally = promises.standing, promises.Tally()

    def falling(history, *, today, **more):
        return replace(real(history, today=today, **more), stage=-today.toordinal(), fired=(Rule.MISSED,))

    monkeypatch.setattr(promises, "standing", falling)
    person = lives.make_person(0)
    promises.hold(person, lives.live(person, weeks=2), tally)
    assert Counter(name for name, _, _ in tally.broken)[promises.MISSED] > 0


def test_the_page_counts_every_promise(program, lives, promises):
    """A row for each promise and for each kind of person."""
    page = program("programme")
    tally, found = page.share(range(3))
    assert page.promise_rows(tally).count("\n") == len(promises.PROMISES) - 1
    rows = page.kind_rows(found).splitlines()
    assert [row.split(" | ")[1] for row in rows] == ["1", "1", "1"]
    assert found[0].days == 7 * lives.WEEKS
