"""Estimates without files: the answer, the fit with its draws, and single checks."""

import sys
from datetime import UTC, date, datetime

import numpy as np
import pytest
from arviz_stats import ess, rhat

from backstride.answer.kinds import Check, Question
from backstride.core.records import Records
from backstride.errors import BadInput, BadValue, TooFewRecords
from backstride.services.estimate import ModelFit, estimate, fit_model
from backstride.testing.people import make_person

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PERSON = make_person(seed=1, first_day=date(2026, 1, 5), days=60)


@pytest.fixture
def few_draws(monkeypatch):
    """Few draws: what is compared does not depend on how many there are."""
    from backstride.answer import panel

    monkeypatch.setattr(panel, "DRAWS", (200,))


@pytest.fixture
def fit(few_draws) -> ModelFit:
    """The fit of one simulated person."""
    return fit_model(PERSON.records, zone=PERSON.zone, seed=3, now=NOW)


def test_nothing_is_written(few_draws, tmp_path, monkeypatch):
    """An estimate leaves the working directory as it was."""
    monkeypatch.chdir(tmp_path)
    estimate(PERSON.records, zone=PERSON.zone, seed=3, now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_fit_and_estimate_agree(fit):
    """With one seed, a fit has the verdicts and numbers of the whole answer, and each check its result."""
    answer = estimate(PERSON.records, zone=PERSON.zone, seed=3, now=NOW)
    for mine, other in ((fit.week, answer.week), (fit.season, answer.season)):
        assert (mine.verdict, mine.estimate) == (other.verdict, other.estimate)
    found = {doubt.name: doubt for doubt in answer.doubts}
    for name in (Check.SAMPLER, Check.PLACEBO, Check.POSTERIOR_PREDICTIVE, Check.DECISION_MODEL):
        assert fit.check(name) == found[name]


def test_a_check_is_found_by_its_text(fit):
    """A check can be named by its text."""
    assert fit.check("sampler") == fit.check(Check.SAMPLER)


def test_an_unknown_check_is_refused(fit):
    """A name that no check has is refused with the list of names."""
    with pytest.raises(BadValue, match=r"no check called 'plazebo'.*placebo, natural course"):
        fit.check("plazebo")


def test_versions_travel_with_the_answer(fit):
    """The diagnostics name the versions on which the draws of a seed depend."""
    answer = estimate(PERSON.records, zone=PERSON.zone, seed=3, now=NOW)
    assert answer.diagnostics.versions["numpy"] == np.__version__
    assert set(answer.diagnostics.versions) == {"python", "backstride", "numpy", "numba", "llvmlite"}


def test_the_tree_holds_the_draws(fit):
    """Every parameter of the posterior stands in the tree, each entry under its own label."""
    posterior = fit.to_xarray()["posterior"].to_dataset()
    draws = fit.fitted.posterior
    assert posterior["phi"].dims == ("chain", "draw")
    pathway = str(posterior["pathway"].values[0])
    one = posterior["delta"].sel(pathway=pathway)
    assert np.array_equal(one, draws.of(f"delta[{pathway}]"))
    assert np.array_equal(posterior["course"].sel(curve=1), draws.of("course[1]"))
    kept = sum(posterior[n].size for n in posterior.data_vars if not str(n).startswith("effect_"))
    assert kept == draws.draws.size


def test_the_parts_in_the_tree_add_up(fit):
    """The parts of each effect sum to it draw by draw, under posterior and prior."""
    tree = fit.to_xarray()
    for group in ("posterior", "prior"):
        for question in Question:
            parts = tree[group][f"effect_{question.value}_parts"].sum("part")
            np.testing.assert_allclose(parts, tree[group][f"effect_{question.value}"], atol=1e-9)


def test_arviz_finds_the_same_diagnostics(fit):
    """R-hat and effective sample sizes by ArviZ on the tree are those of the answer."""
    answer = estimate(PERSON.records, zone=PERSON.zone, seed=3, now=NOW).diagnostics
    effect = fit.to_xarray()["posterior"].to_dataset()[["effect_week"]]
    assert float(rhat(effect)["effect_week"]) == pytest.approx(answer.rhat[Question.WEEK], rel=1e-3)
    bulk, tail = ess(effect, method="bulk"), ess(effect, method="tail", prob=(0.05, 0.95))
    assert float(bulk["effect_week"]) == pytest.approx(answer.ess_bulk[Question.WEEK], rel=0.02)
    assert float(tail["effect_week"]) == pytest.approx(answer.ess_tail[Question.WEEK], rel=0.05)


def test_missing_days_are_nan_in_the_tree(fit):
    """The observed data hold one row a day, and a missing rating is nan there."""
    observed = fit.to_xarray()["observed_data"]
    assert observed["pain"].sizes["day"] == len(fit.series)
    assert np.array_equal(np.isnan(observed["pain"]), np.isnan(fit.series.pain))


def test_without_xarray_a_sentence_says_how_to_get_it(fit, monkeypatch):
    """Where the extra is not installed, the error names it."""
    monkeypatch.delitem(sys.modules, "backstride.services.inference_data", raising=False)
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(BadInput, match=r"backstride\[xarray\]"):
        fit.to_xarray()


@pytest.mark.parametrize("options", [{"worthwhile": 3.0, "seed": 1}, {"seed": -1}])
def test_impossible_options_are_refused(options):
    """Options out of range are refused before any work."""
    with pytest.raises(BadValue):
        fit_model(Records(), zone=PERSON.zone, **options)


def test_no_records_no_estimate():
    """Without records there is nothing to estimate."""
    with pytest.raises(TooFewRecords):
        estimate(Records(), zone=PERSON.zone, seed=1)
