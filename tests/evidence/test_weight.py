"""The energy of running, and how slowly weight follows."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backstride.errors import BadValue
from backstride.evidence.weight import COST_J_KG_M, HALF_TIME_DAYS, forecast, running_kj, share_reached
from backstride.model.data import PATHWAYS
from backstride.model.priors import PATHWAY_PRIORS

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine, too
people = st.floats(40, 150)
minutes = st.floats(0, 600)


def test_a_week_of_the_trial_is_a_few_hundred_grams():
    """70 kg and 5.6 km a week come to 1.33 MJ a week, 0.3 kg after 12 weeks and 0.5 after 24."""
    weekly = 5.6 / 8.0 * 60
    assert running_kj(70, metres=5600, cost=3.4) == pytest.approx(1333, abs=1)
    season, half_year = (forecast(70, weekly_minutes=weekly, days=days) for days in (84, 168))
    assert [round(-s.kg[0], 1) for s in (season, half_year)] == [0.3, 0.5]
    assert season.kg_in_the_end[0] == pytest.approx(-1.9, abs=0.05)


def test_half_of_it_takes_a_year():
    """After one half-time half is there, after none nothing, and in the end all."""
    assert share_reached(0) == 0
    assert share_reached(HALF_TIME_DAYS) == pytest.approx(0.5)
    assert share_reached(20 * HALF_TIME_DAYS) == pytest.approx(1.0, abs=1e-5)


def test_the_path_is_that_of_the_slow_equation():
    """dw/dt = (w_end - w) ln 2 / T, stepped day by day, comes to the same."""
    target, w = -3.0, 0.0
    for _ in range(84 * 100):
        w += (target - w) * math.log(2) / HALF_TIME_DAYS / 100
    assert w == pytest.approx(target * share_reached(84), rel=1e-4)


@unhurried
@given(kg=people, weekly=minutes, eaten=st.floats(0, 1))
def test_running_alone_never_adds_weight(kg, weekly, eaten):
    """The more is eaten back the less is lost, and never less than nothing."""
    some, none = forecast(kg, weekly_minutes=weekly, eaten_back=eaten), forecast(kg, weekly_minutes=weekly)
    assert none.kg[1] <= none.kg[0] <= 0
    assert none.kg[0] <= some.kg[0] <= 0


@unhurried
@given(kg=people, weekly=minutes)
def test_twice_the_minutes_are_twice_the_change(kg, weekly):
    """Linear in minutes, and bounded by the two costs of running."""
    one, two = (forecast(kg, weekly_minutes=factor * weekly) for factor in (1, 2))
    assert two.kg[0] == pytest.approx(2 * one.kg[0])
    assert one.kg[1] * COST_J_KG_M[0] == pytest.approx(one.kg[0] * COST_J_KG_M[1])


def test_weight_cannot_explain_a_season():
    """90 minutes a week, nothing eaten back: less than one unit of weight, and less than a tenth of a point."""
    season = forecast(75, weekly_minutes=90)
    assert max(map(abs, season.kg)) < 2.0
    assert max(season.pain_sd) < 0.1


@pytest.mark.parametrize("weekly", [30, 60, 90, 120])
def test_the_prior_of_the_model_covers_the_physics(weekly):
    """What the model believes 12 weeks can do to weight holds the physical change within two sds."""
    prior = PATHWAY_PRIORS[PATHWAYS[1]]
    dose = weekly / 7.0 / 30.0
    reached = 1.0 - prior.phi_mean**84
    sd_kg = 2.0 * prior.reach * dose * reached * math.sqrt(2.0)
    assert abs(forecast(75, weekly_minutes=weekly).kg[1]) <= 2.0 * sd_kg


@pytest.mark.parametrize(
    ("kg", "options"),
    [
        (7, {"weekly_minutes": 60}),
        (70, {"weekly_minutes": -1}),
        (70, {"weekly_minutes": math.nan}),
        (70, {"weekly_minutes": 60, "speed_km_h": 60}),
        (70, {"weekly_minutes": 60, "eaten_back": 1.5}),
        (70, {"weekly_minutes": 60, "days": -1}),
    ],
)
def test_impossible_numbers_are_told(kg, options):
    """A number that no runner has is refused with what to give instead."""
    with pytest.raises(BadValue, match="Give"):
        forecast(kg, **options)
