"""A question of which nothing may be said has no numbers on the page."""

from dataclasses import replace

import pytest

from backstride.answer.kinds import Hurdle
from backstride.report.answer_json import answer_json
from backstride.report.background import beliefs_section, dose_section, numbers_section
from backstride.report.clinician_answer import headline as clinician_headline
from backstride.report.read_answer_json import read_answer_json
from backstride.report.words import dots_sentence, headline


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


@pytest.mark.parametrize(("p_less", "way"), [(0.02, "point to more pain"), (0.98, "your pain changed")])
def test_a_season_that_a_lasting_cause_may_explain_names_harm_alone(without_season, p_less, way):
    """Who may be harmed reads so while the question is open; less pain would be heard as a promise."""
    season = replace(without_season.season, p_less_pain=p_less)
    assert way in headline(without_season, season)
    reported = read_answer_json(answer_json(replace(without_season, season=season)))
    assert ("point to more pain" in clinician_headline(reported.season, worthwhile=1.0)) == (p_less < 0.5)
