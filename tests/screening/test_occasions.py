"""When the questions are asked."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.clearance import Freedom, Level, Reply
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.plan_step import PlanStep, Step
from backstride.core.roland_morris import RolandMorris
from backstride.core.scales import PainRating
from backstride.screening.items import ITEMS
from backstride.screening.leg_signs import LegSpell
from backstride.screening.occasions import EVERY, QUESTIONS, Occasion, Signs, due, latest_red_flags
from backstride.screening.rules import clearance
from backstride.screening.taps import BEHIND, TAPS

DAY = date(2026, 5, 4)
QUIET = Signs()
STARTED = {Occasion.START: DAY}


def after(days: int) -> date:
    """That many days after the start."""
    return DAY + timedelta(days=days)


def test_the_start_comes_first():
    """Without answers from a start nothing else is asked."""
    assert due(DAY, {}, signs=Signs(flare=DAY, new_leg_symptom=DAY)) is Occasion.START


@pytest.mark.parametrize(
    ("days", "wanted"), [(0, None), (6, None), (7, Occasion.WEEKLY), (60, Occasion.WEEKLY)]
)
def test_a_week_later_three_taps_are_due(days, wanted):
    """Seven days after any answers, not before."""
    assert due(after(days), STARTED, signs=QUIET) is wanted


def test_a_flare_asks_once():
    """A flare after the last answers asks; once answered on that day it is quiet for a week."""
    flare = Signs(flare=after(2))
    assert due(after(2), STARTED, signs=flare) is Occasion.FLARE
    answered = STARTED | {Occasion.FLARE: after(2)}
    assert due(after(3), answered, signs=flare) is None
    assert due(after(2) + EVERY, answered, signs=flare) is Occasion.WEEKLY


def test_a_leg_symptom_goes_before_a_flare():
    """What may be urgent is asked first, and weekly taps do not stand in for it."""
    both = Signs(flare=after(1), new_leg_symptom=after(1))
    assert due(after(1), STARTED | {Occasion.WEEKLY: after(1)}, signs=both) is Occasion.LEG


def test_a_new_start_answers_everything():
    """Going through all questions on the day settles flare and leg alike."""
    both = Signs(flare=DAY, new_leg_symptom=DAY)
    assert due(DAY, STARTED, signs=both) is None


def test_a_week_takes_three_taps():
    """One tap stands for each group, no more."""
    assert len(QUESTIONS[Occasion.WEEKLY]) == 3
    assert list(BEHIND) == [tap.key for tap in TAPS]
    assert list(BEHIND.values()) == list(dict.fromkeys(item.group for item in ITEMS))


@pytest.mark.parametrize("tap", TAPS, ids=lambda tap: tap.key)
def test_a_tap_is_never_milder_than_needed(tap):
    """A yes to a tap offers no more than the least urgent question behind it that is not mere care."""
    behind = [item for item in ITEMS if item.group is BEHIND[tap.key] and item.level > Level.WITH_CARE]
    told = clearance({t.key: Reply.YES if t is tap else Reply.NO for t in TAPS}, asked=TAPS)
    assert told.freedom <= min(item.freedom for item in behind)
    assert told.level <= min(item.level for item in behind)


def test_a_skipped_tap_is_not_a_no():
    """A week without taps offers no session."""
    assert clearance({}, asked=TAPS).freedom is Freedom.PAUSED


def test_a_leg_symptom_asks_what_can_be_urgent():
    """Bladder, saddle, both legs, weakness and spreading are among the questions on legs."""
    keys = {item.key for item in QUESTIONS[Occasion.LEG]}
    assert {
        "bladder_or_bowel",
        "saddle_numbness",
        "both_legs_weak",
        "one_leg_weaker",
        "leg_spreading",
    } <= keys


def test_a_leg_symptom_asks_nothing_that_is_not_of_legs():
    """Whoever rates a leg at breakfast answers the questions that it is about, and no whole list."""
    keys = {item.key for item in QUESTIONS[Occasion.LEG]}
    assert not keys & {"fever", "chest_pain", "weight_loss", "night_pain", "cancer_ever", "pregnant"}
    assert len(keys) < len(ITEMS) / 3


def mornings(*told: tuple[float | None, bool | None]) -> list[CheckIn]:
    """Check-ins on days in a row, of pain and signs in a leg."""
    return [
        CheckIn(
            moment=datetime(2026, 5, 4, 7, tzinfo=UTC) + timedelta(days=n),
            pain=None if pain is None else PainRating(pain),
            leg_symptoms=leg,
        )
        for n, (pain, leg) in enumerate(told)
    ]


def test_a_rise_of_two_is_a_flare():
    """The last rise counts, also over a morning without a rating; a fall and a small rise do not."""
    told = mornings((3, None), (5, None), (None, None), (4, None), (None, None), (6, None), (6, None))
    assert latest_red_flags(told) == Signs(flare=after(5))
    assert latest_red_flags(told[::-1]) == Signs(flare=after(5))
    assert latest_red_flags(mornings((3, None), (4, None))) == QUIET


def test_a_slow_rise_is_a_flare():
    """A point a day is one, on the first day that is 2 above the median of those before, and not each day anew."""
    told = mornings(*((pain, None) for pain in (3, 3, 3, 4, 5, 6, 7, 8)))
    assert [latest_red_flags(told[:n]).flare for n in range(4, 9)] == [
        None,
        after(4),
        after(4),
        after(4),
        after(4),
    ]


def test_a_slow_rise_is_held_against_the_last_fourteen_days_alone():
    """Low mornings count for fourteen days, and it takes three ratings to say what is usual."""
    low, rise = [(2, None)] * 3, [(3, None), (4, None)]
    told = {gap: mornings(*low, *[(None, None)] * gap, *rise) for gap in (10, 11, 12)}
    assert {gap: latest_red_flags(each).flare for gap, each in told.items()} == {
        10: after(14),
        11: after(15),
        12: None,
    }


def test_going_on_after_an_illness_asks():
    """From that day on, until it is answered; a pause without an illness asks nothing."""
    ill = [PlanStep(day=after(1), step=Step.ILL), PlanStep(day=after(5), step=Step.RESUME)]
    signs = latest_red_flags((), ill)
    assert signs == Signs(well_again=after(5))
    assert due(after(5), STARTED, signs=signs) is Occasion.ILLNESS
    assert due(after(5), STARTED | {Occasion.ILLNESS: after(5)}, signs=signs) is None
    away = [PlanStep(day=after(1), step=Step.HOLIDAY), PlanStep(day=after(5), step=Step.RESUME)]
    assert latest_red_flags((), away) == QUIET


def test_an_illness_asks_of_fever_chest_and_breath():
    """Heart and lungs, a clot, and infection; five of them ask for help at once, or today."""
    asked = QUESTIONS[Occasion.ILLNESS]
    heart, lungs = {"chest_pain", "light_effort"}, {"hard_breathing", "calf_swollen"}
    infection = {"fever", "fever_and_ill", "fever_weak_defence", "new_after_infection"}
    assert {item.key for item in asked} == heart | lungs | infection
    assert clearance({item.key: Reply.YES for item in asked}, asked=asked).level is Level.EMERGENCY


def test_pain_in_a_leg_is_a_sign():
    """4 and more, where it was less before."""
    told = [
        replace(each, leg_pain=pain) for each, pain in zip(mornings(*[(2, None)] * 3), (3, 4, 5), strict=True)
    ]
    assert latest_red_flags(told).new_leg_symptom == after(1)


def test_a_sign_in_a_leg_is_new_once():
    """It is new on its first day, and again after a day without."""
    assert latest_red_flags(mornings((None, True), (None, True))).new_leg_symptom == after(0)
    again = latest_red_flags(mornings((None, True), (None, False), (None, True)))
    assert again == Signs(new_leg_symptom=after(2), leg_spell=LegSpell(since=after(0), last=after(2)))


def days_rated(*rated, **more):
    """A check-in on each day from the start on: back, leg and elsewhere."""
    return [
        CheckIn(
            moment=datetime(2026, 5, 4, 7, tzinfo=UTC) + timedelta(days=n),
            pain=PainRating(back),
            leg_pain=leg,
            other_pain=other,
            **more,
        )
        for n, (back, leg, other) in enumerate(rated)
    ]


@pytest.mark.parametrize("leg", [2.0, 3.0])
def test_leg_pain_that_is_the_backs_or_more_asks_on_its_third_day(leg):
    """Also below 4: as the question on the page says, one leg is more painful than the back; it asks once."""
    told = days_rated(*[(2, 0.0, 0.0)] * 5, *[(1, leg, 0.0)] * 10)
    assert latest_red_flags(told[:7]).new_leg_symptom is None
    assert latest_red_flags(told).new_leg_symptom == after(7)


def test_leg_pain_of_always_below_the_back_asks_nothing():
    """2 in a leg and 4 in the back from the first day on."""
    assert latest_red_flags(days_rated(*[(4, 2.0, 0.0)] * 20)).new_leg_symptom is None


def test_a_flare_that_was_told_asks_though_the_rating_is_low():
    """Pain 2 as ever and "yes, a flare": the taps; one that lasts asks again after a week."""
    flares = days_rated(*[(2, 0.0, 0.0)] * 9, flare=True)
    calm = days_rated(*[(2, 0.0, 0.0)] * 9, flare=False)
    assert latest_red_flags(calm).flare is None
    assert latest_red_flags([*calm[:3], *flares[3:6]]).flare == after(3)
    assert latest_red_flags(flares).flare == after(7)


@pytest.mark.parametrize("other", [2.0, 3.0])
def test_a_week_of_new_pain_elsewhere_asks_about_bones(other):
    """From 0 to 2 or 3, on rest days too: after seven days, once, and three questions."""
    told = days_rated(*[(2, 0.0, 0.0)] * 5, *[(2, 0.0, other)] * 10)
    assert latest_red_flags(told[:12]).sore is None
    signs = latest_red_flags(told)
    assert signs.sore == after(12)
    assert due(after(12), STARTED | {Occasion.WEEKLY: after(11)}, signs=signs) is Occasion.BONE
    assert [item.key for item in QUESTIONS[Occasion.BONE]] == [
        "spot_on_bone",
        "bone_at_night",
        "ache_on_impact",
    ]


def test_strong_pain_elsewhere_asks_the_questions_of_the_week():
    """A chest or a hip at 7 on one morning does, 6 does not; pain that stays asks once a week."""
    strong = days_rated(*[(2, 0.0, 0.0)] * 5, *[(2, 0.0, 7.0)] * 7)
    assert [latest_red_flags(strong[:n]).flare for n in (5, 6, 12)] == [None, after(5), after(5)]
    assert latest_red_flags([*strong, *days_rated(*[(2, 0.0, 7.0)] * 13)[12:]]).flare == after(12)
    assert latest_red_flags(days_rated((2, 0.0, 0.0), (2, 0.0, 6.0))).flare is None


def test_pain_elsewhere_that_comes_and_goes_asks_about_bones_once():
    """3 in a shin on every other day, in two weeks: no week without a break, and it is asked about on one day."""
    told = days_rated(*[(2, 0.0, 0.0)] * 5, *((2, 0.0, 3.0 * (n % 2)) for n in range(14)))
    first = latest_red_flags(told[:13]).sore
    assert latest_red_flags(told[:12]).sore is None
    assert first is not None
    assert latest_red_flags(told).sore == first


def weighed(*told: tuple[int, float]) -> list[Measurement]:
    """Weights in kg, each on a day after the start."""
    return [
        Measurement(
            moment=datetime(2026, 5, 4, 7, tzinfo=UTC) + timedelta(days=n),
            kind=MeasurementKind.WEIGHT,
            value=kg,
        )
        for n, kg in told
    ]


@pytest.mark.parametrize(
    ("told", "day"),
    [
        (((0, 60.0), (28, 57.0)), 28),
        (((0, 60.0), (28, 57.1)), None),
        (((0, 60.0), (29, 57.0)), None),
        (((0, 60.0), (182, 54.0)), 182),
        (((0, 60.0), (183, 54.0)), None),
        (((0, 51.0), (28, 60.0)), None),
    ],
)
def test_a_fast_loss_by_the_scale_is_seen(told, day):
    """A twentieth in four weeks, or a tenth in half a year; a gain, or a slower loss, asks nothing."""
    assert latest_red_flags((), measurements=weighed(*told)).lost_weight == (
        None if day is None else after(day)
    )


def test_a_loss_of_weight_asks_of_weight_and_food_every_four_weeks():
    """60 to 51 kg in eight weeks: asked when it shows, and once more as it goes on; until then no session."""
    scale = weighed(*((7 * n, 60.0 - 9.0 * n / 8.0) for n in range(9)))
    assert [latest_red_flags((), measurements=scale[:n]).lost_weight for n in (3, 4, 7, 8)] == [
        None,
        after(21),
        after(21),
        after(49),
    ]
    signs = latest_red_flags((), measurements=scale[:4])
    assert due(after(21), STARTED | {Occasion.WEEKLY: after(20)}, signs=signs) is Occasion.WEIGHT
    assert {item.key for item in QUESTIONS[Occasion.WEIGHT]} == {
        "weight_loss",
        "missed_periods",
        "eats_too_little",
    }
    assert due(after(22), STARTED | {Occasion.WEIGHT: after(21)}, signs=signs) is None


def scored(*told: tuple[int, int]) -> list[RolandMorris]:
    """Roland-Morris scores, each on a day after the start."""
    return [
        RolandMorris(time=datetime(2026, 5, 4, 7, tzinfo=UTC) + timedelta(days=n), score=score)
        for n, score in told
    ]


def test_a_questionnaire_that_jumps_asks_as_a_flare_does():
    """4 and then 9 of 24: the three taps on that day; 8 asks nothing, nor does a fall."""
    assert latest_red_flags((), questionnaires=scored((0, 4), (25, 9))).flare == after(25)
    assert latest_red_flags((), questionnaires=scored((0, 4), (25, 8))) == QUIET
    assert latest_red_flags((), questionnaires=scored((0, 20), (25, 4))) == QUIET


def test_a_sore_leg_asks_of_calf_vessels_and_bones():
    """Whoever rates a leg may mean its calf, its vessels or a bone, in it or near the hip."""
    keys = {item.key for item in QUESTIONS[Occasion.LEG]}
    assert {"calf_swollen", "cold_leg", "spot_on_bone", "bone_at_night", "ache_on_impact"} <= keys
