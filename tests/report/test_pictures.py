"""All pictures: they fit a phone, cut no word, and end where the records end."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.answer.kinds import Question
from backstride.report.dose_curve import dose_curve, dose_rows
from backstride.report.drawing import NARROW, TEXT, WIDE, Axis, round_ends
from backstride.report.lag_chart import lag_chart, lag_rows
from backstride.report.page import page
from backstride.report.pathway_bars import part_rows, pathway_bars

WIDEST_LETTER = 0.62  # of its height, in the widest of the usual system fonts


def pictures(html: str) -> list[ET.Element]:
    """All drawings of a page."""
    return [ET.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]


def test_no_word_is_cut_at_an_edge(answer):
    """Every text lies between the left and the right end of its picture."""
    for tree in pictures(page(answer)):
        width = float(tree.get("viewBox").split()[2])
        for text in (mark for mark in tree if mark.tag.endswith("text")):
            left, right = extent(text)
            assert min(left, width - right) >= -1, text.text


def extent(text: ET.Element) -> tuple[float, float]:
    """Where a text begins and ends, roughly."""
    x, long = float(text.get("x")), len(text.text) * TEXT * WIDEST_LETTER
    start = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor", "start")]
    return x - start * long, x + (1 - start) * long


def test_no_two_words_lie_on_each_other(answer):
    """Texts on one line leave each other room."""
    for tree in pictures(page(answer)):
        texts = [mark for mark in tree if mark.tag.endswith("text")]
        for n, one in enumerate(texts):
            for other in texts[:n]:
                if abs(float(one.get("y")) - float(other.get("y"))) < TEXT - 2:
                    (a, b), (c, d) = extent(one), extent(other)
                    assert b <= c + 2 or d <= a + 2, (one.text, other.text)


@pytest.mark.parametrize("question", list(Question))
def test_the_dose_curve_ends_where_the_records_end(answers, question):
    """Nothing is drawn beyond the last dose."""
    answer = answers["helps, morning first"]()
    svg = dose_curve(answer.dose, question=question, facts=answer.facts, width=WIDE, name="t").svg
    line = next(mark for mark in ET.fromstring(svg) if mark.tag.endswith("polyline"))
    xs = [float(pair.split(",")[0]) for pair in line.get("points").split()]
    assert len(xs) == len(answer.dose)
    assert f"0 to {answer.dose[-1].weekly_minutes:.0f} minutes" in svg


def test_without_doses_or_lags_nothing_is_drawn(answers):
    """An empty curve is no picture."""
    answer = answers["no dose"]()
    assert dose_curve((), question=Question.WEEK, facts=answer.facts, name="t") is None
    assert lag_chart((), name="t") is None


def test_the_tables_hold_what_is_drawn(answers):
    """Doses, mornings and parts: one row each, with the mean as it is."""
    answer = answers["helps, morning first"]()
    assert column(dose_rows(answer.dose), 1) == pytest.approx([p.week.mean for p in answer.dose], abs=0.005)
    assert column(lag_rows(answer.lags), 1) == pytest.approx(
        [p.estimate.mean for p in answer.lags], abs=0.005
    )
    known = [row for row in part_rows(answer.season) if row[1]]
    means = [part.estimate.mean for part in answer.season.parts if part.estimate]
    assert column(known, 1) == pytest.approx([*means, answer.season.estimate.mean], abs=0.005)


def column(rows: list[tuple[str, ...]], which: int) -> list[float]:
    """One column of a table as numbers."""
    return [float(row[which].replace("\N{MINUS SIGN}", "-")) for row in rows]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_part_not_measured_enough_has_no_dot(answers, width):
    """Seven of eight parts and the whole are drawn, two circles each."""
    effect = answers["helps, morning first"]().season
    assert pathway_bars(effect, width=width, name="t").svg.count("<circle") == 2 * 8


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=9))
def test_round_ends_hold_zero_and_every_value(values):
    """No value lies outside its axis, and there are few ticks."""
    lowest, highest = round_ends(values)
    assert lowest <= min(0.0, *values) + 1e-6
    assert highest >= max(0.0, *values) - 1e-6
    assert 2 <= len(Axis(lowest, highest, 0.0, 1.0).ticks()) <= 7
