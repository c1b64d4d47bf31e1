"""The quantile dotplot: dots that can be counted, on either side of what matters."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.answer.effect import Effect, Estimate
from backstride.answer.kinds import Question, Verdict
from backstride.report.dotplot import dotplot, dots_rows
from backstride.report.drawing import NARROW, WIDE

from .conftest import an_effect

SOME = Estimate(0.0, 1.0, (-0.7, 0.7), (-1.3, 1.3), (-2.0, 2.0), tuple(0.1 * n for n in range(20)))
EFFECT = replace(an_effect(Question.WEEK, Verdict.CANNOT_TELL, 0.0, 1.0), estimate=SOME)
DOTS = st.lists(st.floats(-9.9, 9.9), min_size=20, max_size=20).map(lambda dots: tuple(sorted(dots)))
WIDTHS = st.sampled_from([NARROW, WIDE])


def with_dots(dots: tuple[float, ...]) -> Effect:
    """An effect whose posterior has these quantiles."""
    return replace(EFFECT, estimate=replace(SOME, dots=dots))


def centres(
    dots: tuple[float, ...], *, width: float = NARROW, worthwhile: float = 1.0
) -> list[tuple[float, ...]]:
    """(x, y, radius) of every dot drawn."""
    tree = ET.fromstring(dotplot(with_dots(dots), worthwhile=worthwhile, width=width, name="t").svg)
    circles = [mark for mark in tree if mark.tag.endswith("circle")]
    return [tuple(float(mark.get(key)) for key in ("cx", "cy", "r")) for mark in circles]


@given(dots=DOTS, width=WIDTHS)
def test_dots_left_of_zero_are_the_answers_with_less_pain(dots, width):
    """Counting dots left of the middle line counts answers below zero."""
    drawn = centres(dots, width=width)
    assert len(drawn) == 20
    assert sum(x < width / 2 for x, _y, _r in drawn) == sum(value < 0 for value in dots)


@given(dots=DOTS, worthwhile=st.floats(0.5, 2.0))
def test_dots_on_the_shade_are_the_worthwhile_answers(dots, worthwhile):
    """Counting dots on the left shade counts answers of that much less pain."""
    svg = dotplot(with_dots(dots), worthwhile=worthwhile, name="t").svg
    shade = next(mark for mark in ET.fromstring(svg) if mark.tag.endswith("rect"))
    edge = float(shade.get("x")) + float(shade.get("width"))
    on_shade = sum(x < edge for x, _y, _r in centres(dots, worthwhile=worthwhile))
    assert on_shade == sum(value <= -worthwhile for value in dots)


@given(dots=DOTS, width=WIDTHS)
def test_no_dot_hides_another_or_leaves_the_picture(dots, width):
    """Any two dots are at least a diameter apart, and all lie inside."""
    drawn = centres(dots, width=width)
    for n, (x, y, r) in enumerate(drawn):
        assert min(x - r, width - x - r, y - r) >= 0
        assert all((x - a) ** 2 + (y - b) ** 2 >= (r + s - 0.3) ** 2 for a, b, s in drawn[:n])


def test_the_middle_sixteen_are_full_dots():
    """'Likely' is what the full dots show."""
    svg = dotplot(EFFECT, worthwhile=1.0, name="t").svg
    circles = [mark for mark in ET.fromstring(svg) if mark.tag.endswith("circle")]
    assert [n for n, mark in enumerate(circles) if mark.get("stroke")] == [0, 1, 18, 19]


@pytest.mark.parametrize(("truth", "marked"), [(None, False), (-0.4, True), (3.0, True)])
def test_the_truth_is_marked_where_it_is_known(truth, marked):
    """Only a simulated person's dotplot shows it."""
    assert ("the truth" in dotplot(EFFECT, worthwhile=1.0, name="t", truth=truth).svg) is marked


def test_the_table_holds_the_dots():
    """Twenty rows, the values as drawn."""
    rows = dots_rows(EFFECT)
    values = [float(value.replace("\N{MINUS SIGN}", "-")) for _n, value in rows]
    assert values == pytest.approx(SOME.dots, abs=0.005)
