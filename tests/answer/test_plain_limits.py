"""What plain regressions take back of the week."""

import pytest

from backstride.answer import plain_limits as module
from backstride.answer.kinds import Hurdle, Opener
from backstride.answer.later_mornings import LaterMornings
from backstride.answer.plain_limits import plain_limit
from backstride.answer.run_sequence import Sequence

CLEAR = LaterMornings(-1.0, -0.5, 0.3)


def stopped(way, *, is_drawn=False, is_small=False):
    """What stops a claim; its days are never looked at here."""
    return plain_limit(
        way, None, Opener.DRAW, is_small=is_small, is_drawn=is_drawn, run_days=3.0, worthwhile=1.0
    )


@pytest.fixture
def found(monkeypatch):
    """Sets three mornings, the same beside medicine, seven after drawn runs, medicine, and sequences of runs."""

    def arrange(three, *, beside=CLEAR, seven=None, tie=0.0, breaks=None, since=None, pairs=None):
        monkeypatch.setattr(
            module,
            "later_mornings",
            lambda _days, *, beside_medicine=False: beside if beside_medicine else three,
        )
        monkeypatch.setattr(module, "week_after_drawn_run", lambda _days: seven)
        monkeypatch.setattr(module, "effect_of_breaks", lambda _days: breaks)
        monkeypatch.setattr(module, "effect_by_days_since", lambda _days, **_: since)
        monkeypatch.setattr(module, "effect_of_pairs", lambda _days: pairs)
        monkeypatch.setattr(module, "medicine_with_runs", lambda _days: tie)

    return arrange


@pytest.mark.parametrize(
    ("three", "way", "stands"),
    [(CLEAR, -1, True), (CLEAR, 1, False), (LaterMornings(-0.2, 0.1, 0.3), -1, False), (None, -1, True)],
)
def test_a_side_needs_three_mornings_that_show_it(found, three, way, stands):
    """They must be sure of the same side; where there are too few of them nothing is asked."""
    found(three)
    reason = stopped(way)
    assert (reason is None) is stands
    assert stands or (reason.hurdle, reason.numbers["mornings"]) == (Hurdle.LATER_MORNINGS, 3.0)


def test_seven_mornings_are_asked_of_no_difference_on_drawn_days_alone(found):
    """What comes on the fourth to sixth morning neither the model nor three mornings see."""
    found(LaterMornings(0.0, 0.1, 0.2), seven=LaterMornings(0.0, 3.0, 0.5))
    assert stopped(0) is None
    assert stopped(0, is_drawn=True).numbers["mornings"] == 7.0


@pytest.mark.parametrize(
    ("way", "tie", "beside", "stands"),
    [
        (-1, 0.1, LaterMornings(0.0, 0.0, 0.3), True),
        (-1, 0.5, LaterMornings(-0.8, -0.5, 0.3), True),
        (-1, 0.5, LaterMornings(-0.7, -0.5, 0.3), False),
        (-1, 0.5, LaterMornings(0.2, -0.5, 0.3), False),
        (-1, 0.5, None, False),
    ],
)
def test_less_pain_must_be_left_beside_the_medicine(found, way, tie, beside, stands):
    """Three quarters of it, where medicine went with the runs and days enough tell of both."""
    found(CLEAR, beside=beside, tie=tie)
    reason = stopped(way)
    assert (reason is None) is stands
    assert stands or reason.hurdle is Hurdle.WITH_MEDICINE


def test_more_pain_is_not_held_against_the_medicine(found):
    """Medicine taken because a run hurt would hide what the run did."""
    found(LaterMornings(1.0, 0.5, 0.3), beside=LaterMornings(0.0, 0.0, 0.3), tie=0.9)
    assert stopped(1) is None


@pytest.mark.parametrize(
    ("breaks", "since", "pairs", "way", "is_small", "is_drawn", "opener"),
    [
        (None, Sequence(7, -1.6), None, 0, True, True, Opener.WHOLE_WEEKS),
        (None, Sequence(7, -1.6), None, -1, False, False, None),
        (Sequence(3, 1.5), None, None, 0, True, True, Opener.WHOLE_WEEKS),
        (Sequence(3, 1.5), None, None, -1, True, False, Opener.WHOLE_WEEKS),
        (Sequence(3, 1.5), None, None, -1, False, False, None),
        (None, None, Sequence(2, 4.0), -1, False, False, Opener.DAY_BETWEEN),
        (None, None, Sequence(2, 4.0), -1, False, True, None),
    ],
)
def test_runs_that_do_not_add_up_stop_what_is_said(
    found, breaks, since, pairs, way, is_small, is_drawn, opener
):
    """A small change falls by what days without a run do, any claim of own days by what runs in a row do."""
    found(CLEAR if way else None, breaks=breaks, since=since, pairs=pairs)
    reason = stopped(way, is_small=is_small, is_drawn=is_drawn)
    assert (reason and (reason.hurdle, reason.opened_by)) == (opener and (Hurdle.RUN_SEQUENCE, (opener,)))
