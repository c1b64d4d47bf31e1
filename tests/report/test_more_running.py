"""'The more I run, the less pain I have', held against a dose curve."""

import math
from dataclasses import replace
from html import unescape

import pytest

from backstride.answer.answer import DosePoint
from backstride.answer.kinds import Verdict
from backstride.report.article import article_answered
from backstride.report.more_running import (
    TOO_LITTLE_DATA,
    claim_sentence,
    more_running,
    more_running_sentence,
)
from backstride.report.page import page

from .conftest import UNKNOWN_ESTIMATE, an_estimate
from .reading import forbidden, grade, sentences


def curve(mean: float, sd: float) -> list[DosePoint]:
    """Straight lines to `mean` at 120 minutes a week; the season twice the week."""
    doses = [15.0 * n for n in range(9)]
    return [
        DosePoint(
            x, an_estimate(mean * x / 120, sd * x / 120 + 1e-9), an_estimate(2 * mean * x / 120, sd + 1e-9)
        )
        for x in doses
    ]


@pytest.mark.parametrize(
    ("verdict", "small", "begins"),
    [
        (Verdict.HELPS, False, "So far this is true for you. In"),
        (
            Verdict.HELPS_A_LITTLE,
            True,
            "So far this is true for you, but the difference is too small to matter.",
        ),
        (Verdict.HARMS, False, "For you it is the other way round: more running"),
        (Verdict.HARMS_A_LITTLE, True, "For you it is the other way round, but the difference is too small"),
        (Verdict.NO_DIFFERENCE, False, "For you, more or less running makes no difference"),
        (Verdict.CANNOT_TELL, False, "Your records can't tell"),
    ],
)
def test_the_verdict_decides_whatever_the_curve(answers, verdict, small, begins):
    """A curve clear of 0 gives no side that the verdict does not give, and the minutes are said."""
    effect = replace(answers["helps, morning first"]().week, verdict=verdict, too_small=small)
    for mean in (-1.5, 1.5):
        sentence = more_running_sentence(curve(mean, 0.1), effect)
        assert sentence.startswith(begins)
        assert "120 minutes" in sentence


@pytest.mark.parametrize(
    ("mean", "why"),
    [
        (-2.0, "people run more when it hurts less, and that alone can look like this"),
        (0.0, "people run more when it hurts less, and that can hide"),
        (2.0, "can make running look bad"),
    ],
)
def test_looking_back_never_settles_it(answers, mean, why):
    """In tier C a steep curve is company, with the reason why: one that pulls to its own side."""
    told = more_running_sentence(curve(mean, 0.05), answers["looking back, less"]().week)
    assert told.startswith("Can't tell.")
    assert why in told


@pytest.mark.parametrize("points", [[], [DosePoint(0.0, an_estimate(0, 1), an_estimate(0, 1))]])
def test_without_runs_there_is_nothing_to_tell_by(answers, points):
    """No curve, or one that ends at none, gives no finding."""
    told = more_running_sentence(points, answers["helps, drawn"]().week)
    assert told == TOO_LITTLE_DATA


def test_an_unknown_estimate_is_not_read(answers):
    """Numbers that are not numbers give no finding."""
    points = [DosePoint(60.0, UNKNOWN_ESTIMATE, UNKNOWN_ESTIMATE)]
    told = more_running_sentence(points, answers["helps, drawn"]().season)
    assert told == TOO_LITTLE_DATA


def test_the_order_of_the_points_does_not_matter(answers):
    """The point with most minutes decides, wherever it stands."""
    points = curve(-1.5, 0.3)
    week = answers["helps, drawn"]().week
    assert more_running_sentence(points[::-1], week) == more_running_sentence(points, week)


def test_what_the_line_cannot_show_is_said(answers):
    """An answer with curves says that a straight line finds no 'too much'."""
    assert "too much" in more_running(answers["helps, drawn"]())[-1]
    assert more_running(answers["too few runs"]()) == (TOO_LITTLE_DATA,)


def test_no_minutes_are_named_that_were_never_run(answers):
    """The curve ends past the most that was run; what is said of the claim does not."""
    answer = answers["helps, drawn"]()
    last, before = (f"{point.weekly_minutes:.0f} minutes" for point in (answer.dose[-1], answer.dose[-2]))
    told = more_running(
        replace(answer, facts=replace(answer.facts, most_weekly_minutes=answer.dose[-2].weekly_minutes))
    )
    assert before in told[0]
    assert last not in " ".join(told)


def test_every_answer_answers_the_article(answer):
    """Each of the eighteen claims gets something from the records, plain and allowed."""
    told = article_answered(answer)
    assert len(told) == 18
    for claim in told:
        assert claim.yours
        assert forbidden(" ".join(claim.yours)) == []
        assert [text for text in claim.yours if round(grade(sentences(text)), 1) > 8.0] == []
        assert not any(re_nan in " ".join(claim.yours) for re_nan in ("nan", "inf "))


def test_the_page_answers_the_article(answers):
    """The answer page holds every claim with what these records say of it."""
    answer = answers["helps, drawn"]()
    shown = unescape(page(answer))
    assert [told.claim for told in article_answered(answer) if " ".join(told.yours) not in shown] == []


def test_a_part_that_was_not_measured_says_how_to(answers):
    """Weight with two values tells how to measure it; mood tells its part."""
    told = {claim.claim: claim.yours[0] for claim in article_answered(answers["helps, drawn"]())}
    assert told["Running takes weight off my back."].startswith("Not measured enough: 2 of at least 5")
    assert "mostly on your data" in told["Running lifts my mood, and I feel less pain."]


def test_looking_back_claims_no_part(answers):
    """In tier C a part goes together with pain, and no cause is claimed."""
    told = [text for claim in article_answered(answers["looking back, less"]()) for text in claim.yours]
    assert not any("its part of the season is" in text for text in told)


def test_a_curve_without_end_is_refused_nowhere(answers):
    """Even an infinite interval is told as not known, not as a number."""
    wide = replace(an_estimate(0, 1), interval_95=(-math.inf, math.inf))
    told = more_running_sentence([DosePoint(60.0, wide, wide)], answers["helps, drawn"]().week)
    assert told == TOO_LITTLE_DATA


def test_the_claim_stands_above_the_curve(answers):
    """The answer page holds the article's claim against the person's own curve."""
    answer = answers["helps, drawn"]()
    shown = page(answer).partition('id="dose"')[2]
    assert (
        shown.index(claim_sentence())
        < shown.index(more_running(answer, finds=False)[0])
        < shown.index('id="dose-week')
    )


@pytest.mark.parametrize(
    ("power", "says"),
    [
        (0.0, "each run counts the same"),
        (0.5, "count for less than their minutes"),
        (1.0, "every minute counts the same"),
        (3.0, "count for more than their minutes"),
    ],
)
def test_the_line_says_how_minutes_count(answers, power, says):
    """In the analysis that it shows."""
    answer = answers["helps, drawn"]()
    counted = replace(answer, facts=replace(answer.facts, minutes_power=power))
    assert says in more_running(counted)[-1]
