"""A question of which nothing may be said has no numbers on the page."""

from dataclasses import replace

import pytest

from backstride.answer.kinds import Hurdle
from backstride.report.background import beliefs_section, dose_section, numbers_section
from backstride.report.words import dots_sentence


@pytest.fixture
def without_season(answers):
    """An answer of the week alone: its season may be the work of something that lasts for weeks."""
    stopped = answers[f"stopped, {Hurdle.LASTING_CAUSE.value}"]()
    return replace(answers["helps, morning first"](), season=stopped.season)


def test_no_dose_line_and_no_starting_points_of_it(without_season):
    """The week keeps its own."""
    page = dose_section(without_season) + beliefs_section(without_season)
    assert "dose-week" in page
    assert "dose-season" not in page
    assert "The season, in points" not in page


def test_no_number_of_it(without_season):
    """Ten rows, each without a number for the season."""
    assert numbers_section(without_season).count("<td>-</td>") == 10


def test_no_difference_says_that_no_dot_differs_by_what_counts(answers):
    """'In 17 of 20, running goes with less pain' alone reads as a side."""
    sentence = dots_sentence(answers["no difference"](), answers["no difference"]().week)
    assert sentence.endswith(", in none of them by 1 point or more.")
