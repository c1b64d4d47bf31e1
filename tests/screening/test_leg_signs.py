"""A sign in a leg leaves walks for a week, whichever way it was told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.clearance import Freedom, Reply
from backstride.core.plan_step import PlanStep, Step
from backstride.core.scales import PainRating
from backstride.screening.clearance_now import current_clearance
from backstride.screening.items import ITEMS
from backstride.screening.leg_signs import LegSpell
from backstride.screening.occasions import Occasion, latest_red_flags
from backstride.screening.record import ScreeningRecord

DAY = date(2026, 5, 4)
WALKS, RUNS = Freedom.WALK, Freedom.RUN
TWO_WEEKS = 14


def after(days: int) -> date:
    """That many days after the start."""
    return DAY + timedelta(days=days)


def said(n: int, *, symptoms: bool | None = None, leg: float | None = None) -> CheckIn:
    """A morning, n days after the start, that speaks of a leg."""
    moment = datetime(2026, 5, 4, 7, tzinfo=UTC) + timedelta(days=n)
    return CheckIn(moment=moment, pain=PainRating(3.0), leg_symptoms=symptoms, leg_pain=leg, source="test")


def nothing_on_the_lists(n: int = 0, *yes: str, agreed: tuple[str, ...] = ()) -> ScreeningRecord:
    """All questions answered n days after the start, with no but for these."""
    replies = {item.key: Reply.YES if item.key in yes else Reply.NO for item in ITEMS}
    return ScreeningRecord(day=after(n), occasion=Occasion.START, replies=replies, agreed=frozenset(agreed))


def freedoms(check_ins, *, days, times=(), steps=()):
    """What stands on each of some days, where the lists were answered anew on that day with no."""
    signs = latest_red_flags(check_ins, steps)
    return [
        current_clearance(
            (nothing_on_the_lists(), *times, nothing_on_the_lists(n)), today=after(n), signs=signs
        ).freedom
        for n in days
    ]


@pytest.mark.parametrize("sign", [{"symptoms": True}, {"leg": 4.0}, {"symptoms": True, "leg": 0.0}])
def test_a_sign_that_a_check_in_told_leaves_walks_for_a_week(sign):
    """Said in words or rated, and gone on the next morning: seven days after the last day of it."""
    told = [said(1, **sign), said(2, symptoms=False, leg=0.0)]
    assert freedoms(told, days=(2, 7, 8)) == [WALKS, WALKS, RUNS]


def test_mild_pain_as_strong_as_the_backs_counts_from_its_third_day():
    """Three mornings of 3 in leg and back are a sign, two are none."""
    told = [said(n, leg=3.0) for n in (1, 2, 3)]
    assert freedoms(told, days=(4, 9, 10)) == [WALKS, WALKS, RUNS]
    assert freedoms(told[:2], days=(3,)) == [RUNS]


def test_a_talk_covers_the_spell_that_stood_and_no_later_one():
    """Told to the plan, or agreed in the lists: nothing to wait for, until a spell that began after two weeks."""
    once, again = said(1, symptoms=True), said(20, symptoms=True)
    talk = (PlanStep(day=after(2), step=Step.TALKED, source="test"),)
    agreed = (nothing_on_the_lists(2, "leg_symptoms", agreed=("leg_symptoms",)),)
    assert freedoms([once], days=(3,), steps=talk) == [RUNS]
    assert freedoms([once, again], days=(21,), steps=talk) == [WALKS]
    signs = latest_red_flags([once])
    assert current_clearance(agreed, today=after(3), signs=signs).freedom is Freedom.RUN_WITH_CARE
    later = latest_red_flags([once, again])
    assert "leg_lately" in current_clearance(agreed, today=after(21), signs=later).because


def test_signs_with_less_than_two_weeks_between_are_one_spell():
    """What comes and goes is one thing: a talk after its first day covers it."""
    told = [said(n, symptoms=n % 10 == 0) for n in range(0, 31, 5)]
    assert latest_red_flags(told).leg_spell == LegSpell(since=DAY, last=after(30))
    apart = [said(0, symptoms=True), said(TWO_WEEKS + 1, symptoms=True)]
    assert latest_red_flags(apart).leg_spell == LegSpell(since=after(15), last=after(15))


def test_the_same_sign_that_comes_back_after_a_talk_asks_nothing_anew():
    """As it was at the talk, or agreed in the lists: no questions on legs; stronger on a later day: on that day."""
    told = [said(n, symptoms=n not in {4, 5}, leg=2.0 * (n not in {4, 5})) for n in range(8)]
    talk = (PlanStep(day=after(2), step=Step.TALKED, source="test"),)
    assert latest_red_flags(told).new_leg_symptom == after(6)
    assert latest_red_flags(told, talk).new_leg_symptom == after(0)
    assert latest_red_flags(told, agreed=(after(2),)).new_leg_symptom == after(0)
    worse = [*told, said(8, symptoms=True, leg=3.0)]
    assert latest_red_flags(worse, talk).new_leg_symptom == after(8)
