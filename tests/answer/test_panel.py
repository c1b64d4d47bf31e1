"""The panel: each analysis fitted only where it can change what is said."""

import numpy as np
import pytest

from backstride.answer import panel as module
from backstride.answer.answer import Analysis, Question
from backstride.answer.design import design
from backstride.answer.monte_carlo import Passed
from backstride.answer.panel import Panel
from backstride.answer.verdict import Event


@pytest.fixture
def panel(series, monkeypatch) -> Panel:
    """Of one person, with few draws at each step."""
    monkeypatch.setattr(module, "DRAWS", (150, 300))
    return Panel(design(series), seed=2, worthwhile=1.0)


def test_nothing_is_fitted_before_it_is_asked_for(panel):
    """One row at a time, and each but once."""
    assert panel.rows == ()
    first = panel.row(Analysis.MAIN)
    assert panel.row(Analysis.MAIN) is first
    assert [row.analysis for row in panel.rows] == [Analysis.MAIN]


def test_a_threshold_within_its_error_takes_more_draws(panel, monkeypatch):
    """It is sampled on to the last number of draws, and is still open where it stays on the line."""
    monkeypatch.setattr(module, "settled", lambda _health: True)
    draws = panel.row(Analysis.MAIN).totals[Question.WEEK]
    on_the_line = float(np.mean(np.abs(draws) < 1.0))
    monkeypatch.setattr(module, "threshold", lambda _analysis, _event: on_the_line)
    found = panel.passes(Analysis.MAIN, Question.WEEK, Event.NEGLIGIBLE)
    assert found is Passed.OPEN
    assert panel.row(Analysis.MAIN).posterior.settings.draws == 300


def test_a_clear_threshold_takes_no_more_draws(panel, monkeypatch):
    """Passed or missed at once."""
    monkeypatch.setattr(module, "settled", lambda _health: True)
    assert panel.passes(Analysis.MAIN, Question.WEEK, Event.WORTHWHILE_MORE) is Passed.NO
    assert panel.row(Analysis.MAIN).posterior.settings.draws == 150


def test_what_never_settles_is_open(panel, monkeypatch):
    """However clear the threshold looks: chains that disagree pass nothing."""
    monkeypatch.setattr(module, "settled", lambda _health: False)
    assert panel.passes(Analysis.MAIN, Question.WEEK, Event.NEGLIGIBLE) is Passed.OPEN


def test_nearly_flat_priors_leave_the_data_alone(panel):
    """The season is no surer than in the main analysis."""
    sd = {a: panel.row(a).totals[Question.SEASON].std() for a in (Analysis.MAIN, Analysis.DATA_ALONE)}
    assert sd[Analysis.DATA_ALONE] > sd[Analysis.MAIN]
