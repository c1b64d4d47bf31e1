"""The randomisation test: exact under the draw's own law, and blind to everything but the draw."""

from dataclasses import replace

import numpy as np
import pytest

from backstride.answer.doubts import randomisation as doubt
from backstride.answer.doubts.randomisation import mean_difference, randomisation
from backstride.answer.kinds import DoubtResult
from backstride.report.doubts import check_text


def p_values(person_series, *, people, **wishes):
    """One p value a person."""
    found = (
        mean_difference(person_series(1000 + i, pathways=False, **wishes), seed=i) for i in range(people)
    )
    return np.array([g.p for g in found])


@pytest.fixture
def few_deals(monkeypatch):
    """Many people, fewer deals each."""
    monkeypatch.setattr(doubt, "DEALS", 999)


def test_it_stays_quiet_without_an_effect(person_series, few_deals):
    """Of people whom running does nothing, about one in twenty gets p < 0.05."""
    assert np.mean(p_values(person_series, people=60, tier="A-days", effect_season=0.0) < 0.05) <= 0.15


def test_it_finds_a_strong_effect(person_series, few_deals):
    """One point less pain after each drawn run is found within 12 weeks in most people."""
    found = []
    for i in range(20):
        series = person_series(i, tier="A-days", days=84, effect_season=0.0, pathways=False)
        after_run = np.concatenate([[0.0], np.nan_to_num(series.allocation[:-1])])
        found.append(mean_difference(replace(series, pain=series.pain - after_run), seed=i).p < 0.05)
    assert np.mean(found) >= 0.6


@pytest.mark.slow
@pytest.mark.parametrize("tier", ["A-days", "A-weeks"])
def test_the_level_holds_for_both_laws(person_series, few_deals, tier):
    """Without an effect p < 0.05 in one of twenty, and p < 0.2 in one of five, of 400 people."""
    p = p_values(person_series, people=400, tier=tier, effect_season=0.0)
    assert np.mean(p < 0.05) < 0.083  # three standard errors
    assert abs(np.mean(p < 0.2) - 0.2) < 0.06


@pytest.mark.parametrize(("tier", "weeks"), [("A-days", False), ("A-weeks", True)])
def test_the_law_is_read_from_the_days(person_series, few_deals, tier, weeks):
    """Weeks drawn in pairs are told from drawn days, wherever in the week the diary begins."""
    series = person_series(5, tier=tier)
    assert mean_difference(series, seed=1).weeks is weeks
    cut = replace(series, days=series.days[3:], pain=series.pain[3:], allocation=series.allocation[3:])
    assert mean_difference(cut, seed=1).weeks is weeks


def test_pairs_of_weeks_are_turned_not_shuffled(few_deals):
    """Six pairs that all point one way give p near 2 / 64, for there are 64 ways to turn them."""
    drawn = np.tile(np.repeat([1.0, 0.0], 7), 6)
    pain = np.concatenate([[4.0], np.tile(np.repeat([3.0, 5.0], 7), 6)])
    gaps = doubt._pair_gaps(drawn, pain[1:])
    points, dealt = doubt._pairs_dealt(gaps, np.random.default_rng(1))
    assert points == -2.0
    assert np.mean(np.abs(dealt) >= 2.0) == pytest.approx(2 / 64, abs=0.02)


def test_the_same_seed_deals_the_same_cards(person_series):
    """Two askings with one seed agree to the last digit."""
    series = person_series(7, tier="A-days", days=84)
    assert mean_difference(series, seed=3) == mean_difference(series, seed=3)


@pytest.mark.parametrize(
    ("way", "result"),
    [(-1, DoubtResult.PASS), (1, DoubtResult.FAIL), (0, DoubtResult.INFORMS), (None, DoubtResult.FAIL)],
)
def test_it_must_point_the_way_of_the_verdict(person_series, asked, claim, way, result):
    """A rare gap towards less pain holds up 'helps', contradicts 'harms' and no difference, and else informs."""
    series = person_series(3, tier="A-days", pathways=False)
    after_run = np.concatenate([[0.0], np.nan_to_num(series.allocation[:-1])])
    strong = replace(series, pain=series.pain - 2.0 * after_run)
    case = claim(asked(strong, draws=50), way)
    assert randomisation(case).result is result


@pytest.mark.parametrize(
    ("points", "p", "result", "said"),
    [
        (-0.1, 0.37, DoubtResult.PASS, "The gap is small, too."),
        (-1.4, 0.37, DoubtResult.INFORMS, "too little to settle it"),
        (-1.4, 0.01, DoubtResult.FAIL, "do not agree"),
    ],
)
def test_no_difference_is_borne_out_by_a_small_gap(
    monkeypatch, person_series, asked, claim, points, p, result, said
):
    """That gap and answer 'agree' is said of a side alone; one that is wide by chance bears out nothing."""
    case = claim(asked(person_series(3, tier="A-days", pathways=False), draws=50), None)
    gap = doubt.MeanDifference(points, p, weeks=False, least=0.001)
    monkeypatch.setattr(doubt, "mean_difference", lambda _series, **_seed: gap)
    found = randomisation(case)
    assert found.result is result
    assert said in check_text(found).finding


def test_without_a_draw_it_is_not_run(person_series, asked):
    """Where nothing was drawn there is nothing to deal again."""
    assert randomisation(asked(person_series(3, days=60), draws=50)).result is DoubtResult.NOT_RUN
