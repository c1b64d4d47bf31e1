"""What an answer says that it rests on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backstride.answer.answer import DayPoint
from backstride.answer.effect import Tier
from backstride.answer.kinds import DoubtResult, LookingBack, TierLetter, Verdict
from backstride.report.more_running import more_running
from backstride.report.trust import since_last_run, tier_sentences, trust_line

from .conftest import EVENING, an_answer


@pytest.mark.parametrize(
    ("mornings", "said"),
    [(0, ""), (1, "1 more morning is left out"), (40, "40 more mornings are left out: 90 days or more")],
)
def test_mornings_beyond_a_long_gap_are_said(mornings, said):
    """Mornings that a gap of 90 days cuts off are counted aloud, and nothing is said where there are none."""
    answer = an_answer()
    line = trust_line(replace(answer, facts=replace(answer.facts, check_ins_left_out=mornings)))
    assert said in line
    assert ("left out" in line) == (mornings > 0)


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, ""), (1, "1 more day with a run its length"), (3, "3 more days with a run its length")],
)
def test_runs_of_unknown_length_are_said(days, said):
    """Lengths that nobody told, or that look like mistakes, are counted aloud."""
    answer = an_answer()
    line = trust_line(replace(answer, facts=replace(answer.facts, run_days_of_unknown_length=days)))
    assert said in line
    assert ("its length" in line) == (days > 0)


@pytest.mark.parametrize(
    ("verdict", "break_days", "is_first"),
    [
        (Verdict.NO_DIFFERENCE, 4, True),
        (Verdict.NO_DIFFERENCE, 7, False),
        (Verdict.NO_DIFFERENCE, None, False),
        (Verdict.HELPS, 4, False),
    ],
)
def test_who_reads_of_no_difference_reads_first_that_no_week_was_without_a_run(verdict, break_days, is_first):
    """What a week without runs does is then worked out from shorter breaks; elsewhere it stands by the dose line."""
    answer = an_answer()
    facts = replace(answer.facts, longest_break=break_days)
    shown = replace(answer, facts=facts, week=replace(answer.week, verdict=verdict, too_small=False))
    assert ("worked out from shorter breaks" in trust_line(shown)) is is_first
    below = " ".join(more_running(shown))
    assert ("worked out from shorter breaks" in below) is (break_days == 4 and not is_first)


@pytest.mark.parametrize(
    ("days_since", "said"), [(41, ""), (42, "on 31 May 2025, 6 weeks before"), (None, "")]
)
def test_running_that_ended_weeks_ago_is_said(days_since, said):
    """From six weeks without a run on, the answer says of which time it is; nothing where none was ever run."""
    first = date(2025, 5, 1)
    days = [DayPoint(first + timedelta(n), 3.0, 0.0, None) for n in range(31 + (days_since or 0))]
    if days_since is not None:
        days[30] = replace(days[30], run_minutes=30.0)
    line = since_last_run(days)
    assert said in line
    assert bool(line) == bool(said)


@pytest.mark.parametrize(
    ("blocks", "said"), [(12, "You kept to 49% of the drawn runs"), (2, "show a cause only for the week")]
)
def test_blocks_that_were_drawn_and_not_kept_are_named_as_that(blocks, said):
    """A season falls to tier B for what was left out of the draw, or for too few blocks: the true one is named."""
    answer = an_answer()
    tier = Tier(TierLetter.MORNING_FIRST, 0.9, 1.0, 48.0, 48.0, 0.49, blocks)
    (sentence,) = tier_sentences(replace(answer.season, tier=tier))
    assert said in sentence


def test_pain_rated_long_before_a_run_is_not_called_of_unknown_order():
    """A rating 11 hours before the run came first: what is missing is the back's state when the run was chosen."""
    told = " ".join(tier_sentences(replace(an_answer().season, tier=EVENING)))
    assert "You rate your pain about 11 hours before you run." in told
    assert "which came first" not in told


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (LookingBack.GATE, "running and time cannot be told apart"),
        (LookingBack.TOO_FEW, "Only 60% of your run days"),
        (LookingBack.NO_ORDER, "No run day has a rating"),
    ],
)
def test_tier_c_is_explained_by_what_the_rule_found(why, said):
    """Six run days in ten rated before the run: whether that was the reason, the rule knows."""
    tier = Tier(TierLetter.LOOKING_BACK, 0.6, 1.0, 0.0, 0.0, None, 0, why)
    (sentence,) = tier_sentences(replace(an_answer().season, tier=tier))
    assert said in sentence


def test_checks_are_counted_as_the_report_names_them(answer):
    """Where no check failed, those worth knowing are counted; with too few runs there is nothing to check."""
    line = trust_line(answer)
    known = sum(doubt.result is DoubtResult.INFORMS for doubt in answer.doubts)
    failed = any(doubt.result is DoubtResult.FAIL for doubt in answer.doubts)
    is_checked = any(effect.verdict is not Verdict.TOO_FEW_RUNS for effect in answer.effects)
    assert (f"and {known} " in line and "worth knowing" in line) == bool(known and not failed and is_checked)
    assert ("check" in line) == is_checked


@pytest.mark.parametrize(
    ("letter", "kept", "asks"),
    [
        (TierLetter.RANDOMISED, 0.97, False),
        (TierLetter.RANDOMISED, 0.82, True),
        (TierLetter.MORNING_FIRST, 0.65, True),
    ],
)
def test_runs_that_the_watch_may_have_missed_are_asked_for(letter, kept, asks):
    """Where a draw was kept on fewer days than nearly all: each missed run makes a day of rest."""
    tier = Tier(letter, 0.9, 1.0, 18.0, 18.0, kept, 0)
    assert (
        any("your watch missed" in one for one in tier_sentences(replace(an_answer().week, tier=tier)))
        is asks
    )
