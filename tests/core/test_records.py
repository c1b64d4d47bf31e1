"""Records are checked at birth, and what lies in the future is left out."""

import math
from datetime import UTC, date, datetime, timedelta

import pytest

from backstride.core.check_in import CheckIn, joined
from backstride.core.measurement import FORMS, Measurement, MeasurementKind
from backstride.core.records import CoveredSpan, Records, not_in_future
from backstride.core.run import Activity, Run
from backstride.core.scales import PainRating
from backstride.errors import BadValue

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)
WEIGHT = MeasurementKind.WEIGHT


@pytest.mark.parametrize(
    "answers",
    [
        *({"mood": 11}, {"tightness": -1}, {"confidence": math.nan}, {"drinks": -1}, {"cigarettes": 201}),
        *({"sleep": 10.5}, {"stress": -0.1}, {"leg_pain": 11}, {"other_pain": math.inf}),
    ],
)
def test_check_in_refuses_impossible_answers(answers):
    """A mood of 11 is a slip."""
    with pytest.raises(BadValue, match="not possible"):
        CheckIn(moment=NOW, **answers)


@pytest.mark.parametrize("answers", [{"medicine": "much"}, {"day_load": ""}])
def test_check_in_refuses_words_that_are_no_choice(answers):
    """What may be chosen is in the message."""
    with pytest.raises(BadValue, match=r"Give one of: (none|light), usual, (more|heavy)\."):
        CheckIn(moment=NOW, **answers)


@pytest.mark.parametrize(
    "facts",
    [
        {"moving_s": -1},
        {"moving_s": math.nan},
        {"moving_s": 49 * 3600},
        {"moving_s": 60, "distance_m": -5},
        {"moving_s": 60, "rpe": 11},
        {"moving_s": 60, "heart_rate_mean": 0},
    ],
)
def test_run_refuses_what_no_runner_can_do(facts):
    """Forty-nine hours of running are a forgotten watch."""
    with pytest.raises(BadValue, match="not possible"):
        Run(start=NOW, **facts)


@pytest.mark.parametrize("kind", MeasurementKind)
def test_measurement_refuses_what_no_body_can_do(kind):
    """Every kind has its own bounds."""
    with pytest.raises(BadValue, match=FORMS[kind].unit):
        Measurement(moment=NOW, kind=kind, value=FORMS[kind].most + 1)


@pytest.mark.parametrize(
    ("facts", "seconds"),
    [({}, 600), ({"elapsed_s": 900}, 900), ({"elapsed_s": 0}, 600), ({"elapsed_s": 300}, 600)],
)
def test_run_ends_after_its_longer_duration(facts, seconds):
    """Pauses lengthen a run; a missing or short elapsed time does not shorten it."""
    assert Run(start=NOW, moving_s=600, **facts).end - NOW == timedelta(seconds=seconds)


@pytest.mark.parametrize("activity", Activity)
def test_running_is_outdoors_or_on_a_treadmill(activity):
    """Walks and others are kept, and are no running."""
    running = Run(start=NOW, moving_s=60, activity=activity).is_running
    assert running == (activity in ("run", "treadmill"))


def test_joined_check_in_keeps_what_the_later_leaves_open():
    """An answer is never lost to a question that was not asked."""
    earlier = CheckIn(moment=NOW, pain=PainRating(3), leg_symptoms=True, note="stiff")
    later = CheckIn(moment=NOW, pain=PainRating(5), leg_symptoms=False)
    assert joined(earlier, later) == CheckIn(moment=NOW, pain=PainRating(5), leg_symptoms=False, note="stiff")


def test_covered_span_refuses_to_end_before_it_begins():
    """The two days are swapped."""
    with pytest.raises(BadValue, match="Swap"):
        CoveredSpan(date(2026, 5, 2), date(2026, 5, 1))


def test_records_add_up():
    """Nothing is merged or dropped."""
    one = Records(check_ins=(CheckIn(moment=NOW),))
    two = Records(runs=(Run(start=NOW, moving_s=60),))
    assert ((one + two).count, (one + two + one).check_ins) == (2, one.check_ins * 2)


@pytest.mark.parametrize(("hours", "kept"), [(0, 3), (48, 3), (48.1, 0)])
def test_only_what_lies_two_days_ahead_is_left_out(hours, kept):
    """A clock may be wrong by a day; a run next week has not been run."""
    moment = NOW + timedelta(hours=hours)
    records = Records(
        (CheckIn(moment=moment),),
        (Run(start=moment, moving_s=60),),
        (Measurement(moment=moment, kind=WEIGHT, value=70),),
    )
    past, sentences = not_in_future(records, now=NOW)
    assert (past.count, len(sentences)) == (kept, 3 - kept)


def test_sentence_names_the_entry_and_what_to_do():
    """The day, the source and the likely cause are said."""
    run = Run(start=datetime(2026, 11, 5, 7, tzinfo=UTC), moving_s=60, source="runs.csv line 2")
    (sentence,) = not_in_future(Records(runs=(run,)), now=NOW)[1]
    assert sentence.startswith(
        "The run of 2026-11-05 07:00 (runs.csv line 2) lies in the future and was left"
    )


def test_covered_span_ends_yesterday():
    """Nobody knows before the day is over that it will be a rest day."""
    spans = (
        CoveredSpan(date(2026, 5, 1), date(2026, 5, 31)),
        CoveredSpan(date(2026, 5, 10), date(2026, 5, 12)),
    )
    past, sentences = not_in_future(Records(covered=spans), now=NOW)
    assert (past.covered, sentences) == ((CoveredSpan(date(2026, 5, 1), date(2026, 5, 9)),), ())
