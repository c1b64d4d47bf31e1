"""Somebody who changed over to running soon after the rating."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from backstride.answer.answer import Gate
from backstride.answer.kinds import Hurdle, LookingBack, Opener, Question
from backstride.answer.rated_lately import rated_lately
from backstride.answer.record_limits import record_limit
from backstride.answer.tier import read_tiers
from backstride.report.open_words import opened_by


def with_hours(series, hours):
    """Let the first run days have their run so many hours after the rating, and the others none."""
    days = list(series.days)
    run_days = [i for i, day in enumerate(days) if day.hours_since_rating is not None]
    for n, i in enumerate(run_days):
        runs = ()
        if n < len(hours):
            start = days[i].check_in.moment + timedelta(hours=hours[n])
            runs = (replace(days[i].runs[0], start=start),)
        days[i] = replace(days[i], sessions=runs)
    return replace(series, days=tuple(days))


def test_both_habits_are_named_and_what_is_missing(series):
    """Fourteen evenings, then twelve mornings: three more and the mornings are more than half."""
    found = rated_lately(with_hours(series, [11.0] * 14 + [1.3] * 12))
    assert found == (12, pytest.approx(1.3), pytest.approx(11.0), 3)
    after = [11.0] * 14 + [1.3] * (12 + found.more_runs)
    assert np.median(after) < 3.0 <= np.median(after[:-1])


@pytest.mark.parametrize("hours", [[11.0] * 20, [1.3] * 20, [11.0] * 15 + [1.3] * 5, [11.0, 1.3] * 10, []])
def test_one_habit_is_no_change(series, hours):
    """Nor are a few latest days, or both by turns."""
    assert rated_lately(with_hours(series, hours)) is None


def test_who_rates_in_time_by_now_needs_more_days_alone(series):
    """'More of the same will not be enough' and 'rate right before' are untrue there."""
    changed = with_hours(series, [11.0] * 14 + [1.3] * 12)
    tiers = read_tiers(changed, gate_is_open=True)
    assert tiers[Question.WEEK].looking_back is LookingBack.TOO_EARLY
    reason = record_limit(Question.WEEK, changed, tiers, Gate(0.3, 0.5, 1.5, is_open=True))
    assert reason.hurdle is Hurdle.NO_ORDER
    assert reason.opened_by == (Opener.DAYS, Opener.DRAW)
    assert not any("Rate" in words for words in opened_by(reason))
