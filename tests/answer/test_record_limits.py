"""What the record itself rules out: order and gate before anything else."""

import pytest

from backstride.answer import record_limits as module
from backstride.answer.answer import Gate
from backstride.answer.effect import Tier
from backstride.answer.kinds import Hurdle, Opener, Question, TierLetter
from backstride.answer.record_limits import record_limit

WEEK, SEASON = Question.WEEK, Question.SEASON
OPEN, STEADY = Gate(0.3, 0.5, 1.5, is_open=True), Gate(0.3, 0.9, 1.1, is_open=False)
RAMP = Gate(0.95, 0.5, 1.5, is_open=False)
A, B, C = (Tier(letter, 0.9, 1.0, 0.0, 0.0, None, 0) for letter in TierLetter)
DRAWN = (Opener.BLOCKS, Opener.CHANGE_OF_LOAD)


@pytest.fixture(autouse=True)
def nothing_else(monkeypatch):
    """Medicine, moments and lengths forbid nothing."""
    monkeypatch.setattr(module, "medicine_with_runs", lambda _days: 0.0)
    monkeypatch.setattr(module, "_moment", lambda *_: None)
    monkeypatch.setattr(module, "_lengths", lambda *_: None)


@pytest.mark.parametrize(
    ("question", "week", "season", "gate", "hurdle", "openers"),
    [
        (WEEK, B, B, STEADY, None, None),
        (WEEK, C, C, OPEN, Hurdle.NO_ORDER, (Opener.RATING_BEFORE, Opener.DRAW)),
        (SEASON, B, B, OPEN, None, None),
        (SEASON, C, C, OPEN, Hurdle.NO_ORDER, (Opener.RATING_BEFORE, Opener.BLOCKS)),
        (SEASON, B, C, STEADY, Hurdle.STEADY, DRAWN),
        (SEASON, B, C, RAMP, Hurdle.RAMP, DRAWN),
        (SEASON, A, C, OPEN, Hurdle.NO_ORDER, (Opener.RATING_BEFORE, Opener.BLOCKS)),
        (SEASON, A, B, STEADY, Hurdle.STEADY, DRAWN),
        (SEASON, C, C, STEADY, Hurdle.NO_ORDER, (Opener.RATING_BEFORE, Opener.BLOCKS)),
    ],
)
def test_order_comes_before_the_gate_unless_only_the_gate_is_shut(
    question, week, season, gate, hurdle, openers
):
    """Tier C of a season whose week has an order is the gate's doing, and named as that."""
    found = record_limit(question, None, {WEEK: week, SEASON: season}, gate)
    assert (found and (found.hurdle, found.opened_by)) == (hurdle and (hurdle, openers))


def test_medicine_that_always_goes_with_runs_stops_both(monkeypatch):
    """Whatever the tier: its work and the runs' cannot be told apart."""
    monkeypatch.setattr(module, "medicine_with_runs", lambda _days: module.MAX_WITH_MEDICINE)
    for question in Question:
        assert record_limit(question, None, {WEEK: A, SEASON: A}, OPEN).hurdle is Hurdle.WITH_MEDICINE
