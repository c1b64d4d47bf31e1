"""What is shipped is said of draws that are given: the records' limits, the sampler's, then the rule of the panel."""

from dataclasses import replace

import pytest

from backstride.answer import rulings as module
from backstride.answer.answer import Gate
from backstride.answer.design import MIN_RUNS, design
from backstride.answer.effect import Tier
from backstride.answer.kinds import Analysis, Hurdle, Opener, Question, TierLetter, Verdict
from backstride.answer.rulings import rulings

from .fixed_panel import ADRIFT, SOUND, FixedPanel

GATE = Gate(0.3, 0.5, 1.5, is_open=True)
SHUT = Gate(0.3, 0.9, 1.1, is_open=False)
OWN = Tier(TierLetter.MORNING_FIRST, 0.9, 1.0, 0.0, 0.0, None, 0)
DRAWN = Tier(TierLetter.RANDOMISED, 0.9, 1.0, 24.0, 24.0, 0.95, 12)
BACK = Tier(TierLetter.LOOKING_BACK, 0.2, None, 0.0, 0.0, None, 0)
MAIN, ALONE, FREER = Analysis.MAIN, Analysis.DATA_ALONE, Analysis.FREER
DRAW, LATEST = Analysis.AS_DRAWN, Analysis.LATEST_HALF
LESS, LITTLE, SMALL, WIDE = (-1.5, 0.3), (-0.5, 0.15), (0.0, 0.3), (0.0, 1.5)
WEEK, SEASON = Question.WEEK, Question.SEASON
EVERYTHING = dict.fromkeys(Analysis, LESS)


@pytest.fixture
def ready(series, monkeypatch):
    """The days of one person, of whom the records themselves forbid nothing."""
    monkeypatch.setattr(module, "record_limit", lambda *_: None)
    monkeypatch.setattr(module, "plain_limit", lambda *_args, **_kw: None)
    return design(series)


def said_of(panel, tier, *, gate=GATE):
    """What is said of both questions."""
    return rulings(panel, dict.fromkeys(Question, tier), gate)


@pytest.mark.parametrize(
    ("question", "tier", "given", "verdict", "hurdle", "row"),
    [
        (WEEK, OWN, {MAIN: LESS}, Verdict.HELPS, None, None),
        (WEEK, OWN, {MAIN: (1.5, 0.3)}, Verdict.HARMS, None, None),
        (WEEK, OWN, {MAIN: LITTLE, ALONE: WIDE}, Verdict.HELPS_A_LITTLE, None, None),
        (WEEK, OWN, {MAIN: SMALL, ALONE: SMALL}, Verdict.NO_DIFFERENCE, None, None),
        (WEEK, OWN, {MAIN: SMALL, ALONE: WIDE}, Verdict.CANNOT_TELL, Hurdle.PRIOR_ALONE, ALONE),
        (WEEK, OWN, {MAIN: WIDE}, Verdict.CANNOT_TELL, Hurdle.BOTH_WAYS, None),
        (WEEK, DRAWN, {MAIN: LESS, DRAW: LESS}, Verdict.HELPS, None, None),
        (WEEK, DRAWN, {MAIN: LESS, DRAW: (0.2, 0.3)}, Verdict.CANNOT_TELL, Hurdle.DISAGREE, DRAW),
        (SEASON, OWN, {MAIN: LESS, FREER: LESS}, Verdict.HELPS, None, None),
        (SEASON, OWN, {MAIN: LESS, FREER: (-0.3, 0.5)}, Verdict.CANNOT_TELL, Hurdle.DISAGREE, FREER),
    ],
)
def test_what_is_said_of_given_draws(ready, question, tier, given, verdict, hurdle, row):
    """Only the analyses that are given may be asked for, and one that disagrees is named."""
    tiers, gate = dict.fromkeys(Question, tier), GATE
    said = module._said(question, FixedPanel(ready, given), tiers, gate)
    assert said.verdict is verdict
    assert (said.reason and (said.reason.hurdle, said.reason.analysis)) == (hurdle and (hurdle, row))


@pytest.mark.parametrize("lately", [(0.5, 0.3), (-0.2, 0.1)])
def test_a_latest_half_that_turned_or_faded_takes_a_side_back(ready, lately):
    """It shows the other side, or surely less than half as much of the same one."""
    panel = FixedPanel(ready, {MAIN: LESS, LATEST: lately}, has_halves=True)
    said = module._said(WEEK, panel, dict.fromkeys(Question, OWN), GATE)
    assert (said.verdict, said.reason.hurdle) == (Verdict.CANNOT_TELL, Hurdle.DISAGREE)
    assert said.reason.analysis is LATEST


@pytest.mark.parametrize("given", [LESS, SMALL, (1.5, 0.3)])
def test_looking_back_never_gets_a_verdict(series, given):
    """Tier C says 'can't tell yet', whatever the draws say, and names what would tell the order."""
    panel = FixedPanel(design(series), dict.fromkeys(Analysis, given))
    for said in said_of(panel, BACK).values():
        assert (said.verdict, said.too_small) == (Verdict.CANNOT_TELL, False)
        assert said.reason.hurdle is Hurdle.NO_ORDER
        assert Opener.RATING_BEFORE in said.reason.opened_by


def test_a_shut_gate_leaves_the_season_unsaid(series, monkeypatch):
    """Whatever the draws say, unless chance drew the blocks; the week is asked all the same."""
    monkeypatch.setattr(module, "plain_limit", lambda *_args, **_kw: None)
    said = said_of(FixedPanel(design(series), EVERYTHING), OWN, gate=SHUT)
    assert said[WEEK].verdict is Verdict.HELPS
    assert (said[SEASON].verdict, said[SEASON].reason.hurdle) == (Verdict.CANNOT_TELL, Hurdle.STEADY)


def test_no_verdict_rests_on_chains_that_never_settled(ready):
    """However clear their draws look together."""
    said = said_of(FixedPanel(ready, EVERYTHING, health=ADRIFT), OWN)
    assert {(one.verdict, one.reason.hurdle) for one in said.values()} == {
        (Verdict.CANNOT_TELL, Hurdle.SAMPLER)
    }
    assert said_of(FixedPanel(ready, EVERYTHING, health=SOUND), OWN)[WEEK].verdict is Verdict.HELPS


def test_too_few_runs_come_before_everything(ready):
    """Nothing is asked of the panel at all."""
    few = replace(ready.series, dose=0.0 * ready.series.dose)
    panel = FixedPanel(replace(ready, series=few), {})
    assert panel.design.run_days < MIN_RUNS
    assert {said.verdict for said in said_of(panel, OWN).values()} == {Verdict.TOO_FEW_RUNS}
