"""How many more days."""

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from backstride.answer.days_needed import DESIGNS, _first_likely, _prior_sd, days_needed, share_left
from backstride.answer.effect import Reason
from backstride.answer.kinds import Hurdle, Question
from backstride.answer.verdict import CLEAR_POINTS, NEGLIGIBLE, SURE_CHANCE
from backstride.answer.verdict_chance import FLAT, verdict_chance, widest_negligible
from backstride.programme.schedule import whole_rounds

PRIOR = 3.0


def test_the_prior_between_two_readings_is_the_one_that_narrows_them(fitted):
    """Readings with a normal prior of sd 2 and one five times as wide: the narrower prior is found again."""
    found, records, shape = fitted.deltas[Question.WEEK], 0.3, np.array([-1.0, 1.0])
    main, alone = (shape / np.sqrt(records + sd**-2) for sd in (2.0, 2.0 * FLAT))
    found = found._replace(posterior=found.posterior._replace(total=main))
    assert _prior_sd(found, alone) == pytest.approx(2.0)
    assert _prior_sd(found, main) == np.inf


def test_a_stronger_effect_needs_fewer_days():
    """With the same variance left."""
    share = 1.0 / (1.0 + np.arange(366)[:, None] / 50)
    weak, strong = (_first_likely(mean, 0.9, share, 0.2, prior_sd=2.0) for mean in (-0.8, -2.0))
    assert strong < weak


def test_what_cannot_be_narrowed_is_never_settled():
    """None beyond the horizon."""
    assert _first_likely(0.0, 3.0, np.ones((366, 2)), 1.0, prior_sd=3.2) is None


def test_what_may_be_quiet_or_not_lies_between():
    """Half of the draws narrow quickly and half slowly: sooner than the slow ones, later than the quick ones."""
    quick, slow = (1.0 / (1.0 + np.arange(366) / speed) for speed in (10, 100))
    shares = (np.stack(pair, axis=1) for pair in ((quick, quick), (quick, slow), (slow, slow)))
    first, mixed, last = (_first_likely(-0.8, 0.9, share, 0.2, prior_sd=2.0) for share in shares)
    assert first < mixed < last


def test_what_is_open_of_the_noises_becomes_known():
    """Today every draw leaves all of it; after very many mornings each its own part of the mean variance."""
    variance = np.tile([1.0, 3.0], (10_001, 1))
    share = share_left(variance, 40)
    np.testing.assert_allclose(share[0], 1.0)
    np.testing.assert_allclose(share[40], [1.0 / 2.0**0.5, (3.0 / 2.0) ** 0.5])
    np.testing.assert_allclose(share[-1], [0.5, 1.5], rtol=5e-3)


@pytest.mark.parametrize(
    ("mean", "moved", "sd"), [(-0.8, 0.5, 0.6), (0.1, 0.4, 0.4), (0.0, 1.0, 0.52), (2.0, 0.1, 2.9)]
)
def test_the_chance_of_a_verdict_is_a_share_of_means_to_come(mean, moved, sd):
    """As counted among drawn means by the verdict's own rule, within four standard errors."""
    means = np.random.default_rng(3).normal(mean, moved, size=4000)
    alone = 1.0 / np.sqrt(sd**-2 - 0.96 / PRIOR**2)  # the prior five times as wide

    def within(d):
        return d.cdf(1.0) - d.cdf(-1.0)

    said = []
    for m in means:
        main, flat = NormalDist(m, sd), NormalDist(m * alone**2 / sd**2, alone)
        side = max(main.cdf(-CLEAR_POINTS), 1.0 - main.cdf(CLEAR_POINTS)) >= SURE_CHANCE
        said.append(side or min(within(main), within(flat)) >= NEGLIGIBLE)
    share = float(np.mean(said))
    error = max(np.sqrt(share * (1.0 - share) / 4000), 1e-3)
    assert verdict_chance(mean, moved, sd, 1.0, prior_sd=PRIOR) == pytest.approx(share, abs=4.0 * error)


def test_no_difference_is_never_the_prior_s_word_alone():
    """A posterior as wide as its prior leaves nothing to the data, however narrow both are."""
    assert verdict_chance(0.0, 0.0, 0.4, 1.0, prior_sd=0.4) == 0.0
    assert verdict_chance(0.0, 0.0, 0.4, 1.0, prior_sd=2.0) == 1.0


def test_a_wide_posterior_is_negligible_nowhere():
    """Where the worthwhile difference is less than 1.645 sd, no mean will do."""
    assert widest_negligible(0.62, 1.0) == -1.0
    assert 0.0 < widest_negligible(0.4, 1.0) < widest_negligible(0.1, 1.0) < 1.0


BOTH_WAYS = Reason(Hurdle.BOTH_WAYS)
NO_ORDER = Reason(Hurdle.NO_ORDER)


def asked_of(fitted, reason, **others):
    """Days needed of the fitted person, by question, where both are open for this reason."""
    reasons = {question: others.get(question.value, reason) for question in Question}
    found = days_needed(fitted.posterior, fitted.deltas, fitted.design, reasons=reasons, worthwhile=1.0)
    return {need.question: need for need in found}


def test_without_an_order_going_on_never_settles_anything(fitted):
    """Own days give no verdict in tier C; a draw may, and of a season only blocks of weeks."""
    found = asked_of(fitted, NO_ORDER)
    assert list(found) == list(Question)
    assert {need.own_days for need in found.values()} == {None}
    season = found[Question.SEASON]
    assert (season.days_drawn, season.weeks_drawn) == (None, None)
    week = found[Question.WEEK]
    assert any(getattr(week, name) is not None for name in DESIGNS)


def test_a_design_is_not_offered_for_fewer_days_than_it_takes(fitted):
    """Eight weeks of days or weeks drawn; six blocks of two weeks or of four."""
    shortest = {name: rule.shortest for name, rule in DESIGNS.items()}
    assert (shortest["days_drawn"], shortest["two_week_blocks"], shortest["four_week_blocks"]) == (
        56,
        84,
        168,
    )
    for need in asked_of(fitted, BOTH_WAYS).values():
        known = {name: getattr(need, name) for name in DESIGNS if getattr(need, name) is not None}
        assert known
        assert all(days >= DESIGNS[name].shortest for name, days in known.items())


def test_a_design_is_offered_for_lengths_that_can_be_drawn(fitted):
    """Whole weeks, pairs of weeks or rounds of six blocks: what is offered, the schedule accepts."""
    for need in asked_of(fitted, BOTH_WAYS).values():
        drawn = [name for name, rule in DESIGNS.items() if rule.law and getattr(need, name) is not None]
        weeks = {name: getattr(need, name) / 7 for name in drawn}
        assert {name: whole_rounds(DESIGNS[name].law, int(n)) for name, n in weeks.items()} == weeks


def test_what_the_records_leave_open_by_themselves_takes_its_days(fitted):
    """Where nearly flat priors leave far more open than the prior does, going on takes longer or gives nothing."""
    week = Question.WEEK
    total = fitted.deltas[week].posterior.total
    reasons = {week: Reason(Hurdle.PRIOR_ALONE)}
    found = {
        name: days_needed(
            fitted.posterior,
            fitted.deltas,
            fitted.design,
            reasons=reasons,
            worthwhile=worthwhile,
            alone={week: alone},
        )[0].own_days
        for worthwhile in (float(np.abs(total).max()),)
        for name, alone in (("narrow", total), ("wide", total.mean() + 8.0 * (total - total.mean())))
    }
    assert found["narrow"] == DESIGNS["own_days"].shortest
    assert found["wide"] is None or found["wide"] > found["narrow"]


@pytest.mark.parametrize("name", ["days_drawn", "weeks_drawn"])
def test_a_season_is_offered_blocks_of_weeks_alone(fitted, name):
    """Drawn days or weeks show a cause for the week alone."""
    assert getattr(asked_of(fitted, BOTH_WAYS)[Question.SEASON], name) is None


def test_a_season_waits_for_its_gate(fitted):
    """Where own days stay as steady as they were, the gate stays shut, and only a change of load opens it."""
    steady = np.where(np.arange(len(fitted.design.data.dose)) % 7 < 3, 1.0, 0.0)
    data = fitted.design.data._replace(dose=steady, chronic_start=3 / 7)
    series = replace(fitted.design.series, dose=steady)
    shut = fitted._replace(design=replace(fitted.design, data=data, series=series))
    found = asked_of(shut, Reason(Hurdle.STEADY))
    assert found[Question.SEASON].own_days is None


def test_a_verdict_that_stands_needs_no_more_days(fitted):
    """0, however wide its range still is."""
    week = asked_of(fitted, BOTH_WAYS, week=None)[Question.WEEK]
    assert {getattr(week, name) for name in DESIGNS} == {0}


@pytest.mark.parametrize(
    "hurdle", [Hurdle.TOO_FEW_RUNS, Hurdle.SAMPLER, Hurdle.DISAGREE, Hurdle.THRESHOLD], ids=str
)
def test_what_no_number_of_days_settles_has_none(fitted, hurdle):
    """Runs come first, and neither a sampler nor analyses that disagree wait for a number of days."""
    assert asked_of(fitted, Reason(hurdle)) == {}


def test_without_a_side_only_nothing_that_matters_is_a_verdict():
    """The chance of a verdict is that of 'no difference' alone; that of both is their sum where they are apart."""
    both = verdict_chance(-0.9, 0.6, 0.45, 1.0, prior_sd=5.0)
    nothing = verdict_chance(-0.9, 0.6, 0.45, 1.0, prior_sd=5.0, sides=False)
    clear = 0.1 + NormalDist().inv_cdf(SURE_CHANCE) * 0.45
    sides = NormalDist(-0.9, 0.6).cdf(-clear) + 1.0 - NormalDist(-0.9, 0.6).cdf(clear)
    assert both == pytest.approx(nothing + sides)
    assert 0.0 < nothing < both
