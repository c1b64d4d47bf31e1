"""Fitting: repeatable, honest about progress, and not thrown by strange diaries."""

import math

import numpy as np
import pytest

from backstride.errors import SamplerFailed
from backstride.model import fit as engine
from backstride.model.data import ModelData
from backstride.model.fit import Sampling, Settings, fit
from backstride.model.priors import neutral_priors
from backstride.model.scale import MIN_SCALE

SHORT = Settings(seed=5, chains=2, warmup=50, draws=60)


def test_the_same_seed_gives_the_same_draws(data):
    """Bit for bit, whatever the threads do."""
    first, again = (fit(data, settings=SHORT).draws for _ in range(2))
    assert np.array_equal(first, again)


def test_a_chain_does_not_know_how_many_others_run(data):
    """Chain 0 alone equals chain 0 among four."""
    alone = fit(data, settings=SHORT._replace(chains=1)).draws
    among = fit(data, settings=SHORT._replace(chains=4)).draws
    assert np.array_equal(alone[0], among[0])


def test_one_thread_draws_what_several_draw(data, monkeypatch):
    """The number of processors changes the time, never the numbers."""
    several = fit(data, settings=SHORT).draws
    monkeypatch.setattr(engine.os, "cpu_count", lambda: None)
    assert np.array_equal(fit(data, settings=SHORT).draws, several)


def test_another_seed_gives_other_draws(data):
    """Seeds matter."""
    one, other = (fit(data, settings=SHORT._replace(seed=s)).draws for s in (1, 2))
    assert not np.array_equal(one, other)


def test_draws_travel_with_their_seed_priors_and_names(posterior):
    """Everything needed to make them again."""
    assert posterior.settings.seed == 3
    assert posterior.draws.shape == (2, 500, len(posterior.columns.names))
    assert len(posterior.priors.paths) == 2


def test_progress_ends_at_one(data):
    """It is told in steps, and never goes back."""
    told = []
    fit(data, settings=SHORT, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def without_measures(data: ModelData) -> ModelData:
    """The same days with no pathway in use."""
    none, zero = np.zeros(0), np.zeros(1, dtype=np.int64)
    return data._replace(
        pathway=np.zeros(0, dtype=np.int64), row=np.zeros(0, dtype=np.int64), value_lower=none, value_upper=none,
        earlier=none, measure=np.zeros(0, dtype=np.int64), group=zero, measure_group=zero,
    )  # fmt: skip


def five_answers(data: ModelData) -> ModelData:
    """The same days rated 1 to 5: intervals two and a half points wide, open at both ends."""
    answer = np.round((np.clip(np.nan_to_num(data.lower, neginf=0.0), 0.0, 10.0) + 0.5) / 2.5)
    return data._replace(
        lower=np.where(answer <= 0, -math.inf, 2.5 * answer - 1.25),
        upper=np.where(answer >= 4, math.inf, 2.5 * answer + 1.25),
    )


STRANGE = {
    "no measures": without_measures,
    "no intentions": lambda d: d._replace(intention=np.full(d.days, math.nan)),
    "all doses unknown": lambda d: d._replace(dose=np.full(d.days, math.nan)),
    "some doses unknown": lambda d: d._replace(dose=np.where(np.arange(d.days) % 3 == 0, math.nan, d.dose)),
    "never ran": lambda d: d._replace(dose=np.zeros(d.days)),
    "ran every day": lambda d: d._replace(dose=np.ones(d.days)),
    "huge doses": lambda d: d._replace(dose=20 * d.dose),
    "always 0": lambda d: d._replace(lower=np.full(d.days, -math.inf), upper=np.full(d.days, 0.5)),
    "always 10": lambda d: d._replace(lower=np.full(d.days, 9.5), upper=np.full(d.days, math.inf)),
    "five answers": lambda d: d._replace(lower=np.full(d.days, 3.75), upper=np.full(d.days, 6.25)),
    "one run": lambda d: d._replace(dose=(np.arange(d.days) == 20).astype(float)),
    "one answer of five, both ends": five_answers,
    "one rating": lambda d: d._replace(
        lower=np.where(np.arange(d.days) == 7, 3.5, -math.inf),
        upper=np.where(np.arange(d.days) == 7, 4.5, math.inf),
    ),
    "never chose": lambda d: d._replace(decision_eligible=np.zeros(d.days, dtype=bool)),
    "all days drawn": lambda d: d._replace(drawn=(np.arange(d.days) % 2).astype(float)),
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_diaries_are_fitted(data, name):
    """Every sweep is finished, with finite draws."""
    found = fit(STRANGE[name](data), settings=SHORT)
    assert np.all(np.isfinite(found.draws))


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_sweep_that_fails_leaves_no_answer(data, monkeypatch, at):
    """In the warm-up or later: rows that no sweep filled are no draws, and a broken state is not gone on from."""
    blocks = iter(range(3))
    monkeypatch.setattr(engine, "_BLOCK", 40)
    monkeypatch.setattr(engine, "run_chain", lambda *_: next(blocks) != at)
    with pytest.raises(SamplerFailed):
        fit(data, settings=SHORT._replace(chains=1))
    assert len(list(blocks)) == 2 - at


def test_days_without_a_choice_tell_nothing_of_the_decision(data):
    """What was meant on such a day changes no draw, and on any other day it does."""
    away = (data.dose == 0.0) & ~np.isnan(data.intention)
    other = np.where(away, 1.0 - data.intention, data.intention)
    for choosing, same in ((~away, True), (np.ones_like(away), False)):
        mine, theirs = (
            fit(data._replace(decision_eligible=choosing, intention=i), settings=SHORT).draws
            for i in (data.intention, other)
        )
        assert np.array_equal(mine, theirs) == same


def test_chains_go_on_from_where_they_stand(data):
    """Asked for in two steps, the draws are those that are asked for at once, bit by bit."""
    sampling = Sampling(data, settings=SHORT)
    first = sampling.until(10)
    both = sampling.until(SHORT.draws)
    at_once = fit(data, settings=SHORT)
    np.testing.assert_array_equal(first.draws, both.draws[:, :10])
    np.testing.assert_array_equal(both.draws, at_once.draws)
    assert both.settings == at_once.settings
    assert sampling.until(5).draws.shape == both.draws.shape


def test_two_weeks_are_enough_to_run(two_weeks):
    """The shortest diaries run too."""
    assert np.all(np.isfinite(fit(two_weeks, settings=SHORT).draws))


def test_known_doses_stay_as_recorded(data):
    """Where every dose is known the last chronic load is the same in all draws of one pair of time constants."""
    found = fit(data, settings=SHORT)
    pair, load = found.of("tau") + 1j * found.of("delay"), found.of("C_last")
    assert len(np.unique(pair)) > 1
    assert all(np.ptp(load[pair == days]) == 0.0 for days in np.unique(pair))


def test_a_time_constant_that_is_named_is_kept(data):
    """Fixed by the settings, every draw has it."""
    found = fit(data, settings=SHORT._replace(build_up=(14.0, 7.0)))
    assert np.all(found.of("tau") == 14.0)
    assert np.all(found.of("delay") == 7.0)


def test_runs_of_one_length_do_not_stop_the_engine(data):
    """Half an hour every time is what people write down, not a clock without error: its noise stays above 0."""
    same = data._replace(dose=(data.dose > 0).astype(float))
    found = fit(same, settings=SHORT)
    assert found.of("s_len").min() >= neutral_priors(data.pathway).length_sd_least


def test_the_noises_of_pain_keep_their_bounds(data):
    """Ratings that hardly move do not make a rating exact, and the slow level does not follow every day."""
    still = data._replace(
        lower=np.where(np.isfinite(data.lower), 2.5, data.lower),
        upper=np.where(np.isfinite(data.upper), 3.5, data.upper),
    )
    found, priors = fit(still, settings=SHORT), neutral_priors(data.pathway)
    assert found.of("s_y").min() >= priors.s_y_least
    assert found.of("s_eta").min() >= priors.s_eta_least
    assert found.of("s_mu").max() <= priors.s_mu_most


def test_the_slow_level_steps_no_less_than_its_prior_says(data):
    """The doubt about the natural course forbids it to stand still."""
    restless = neutral_priors(data.pathway)._replace(s_mu=0.2, s_mu_least=0.2, s_mu_most=1.0)
    found = fit(data, settings=SHORT, priors=restless).of("s_mu")
    assert found.min() >= 0.2
    assert np.ptp(found) > 0.0


def test_a_weight_that_never_changes_does_not_stop_the_engine(data):
    """The same figure on the scales each week: noise and error stay above 0, and every sweep is finished."""
    weight = data.measure == 0
    lower, upper = (np.where(weight, 0.0, v) for v in (data.value_lower, data.value_upper))
    found = fit(data._replace(value_lower=lower, value_upper=upper), settings=SHORT._replace(draws=400))
    assert min(found.of("error[0]").min(), found.of("s[weight]").min()) >= MIN_SCALE
