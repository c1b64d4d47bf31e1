"""A rating is an interval."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.core.scales import PainRating, Scale, scale_from_text
from backstride.errors import BadValue


@pytest.mark.parametrize(
    ("value", "scale", "interval"),
    [
        (4, Scale(), (3.5, 4.5)),
        (4.5, Scale(step=0.5), (4.25, 4.75)),
        (2, Scale(1, 5), (1.25, 3.75)),
        (30, Scale(0, 100), (2.95, 3.05)),
    ],
)
def test_rating_stands_for_half_a_step_to_either_side(value, scale, interval):
    """Every scale is laid on 0-10, its step with it."""
    assert PainRating(value, scale).interval_0_10 == pytest.approx(interval)


@pytest.mark.parametrize("scale", [Scale(), Scale(1, 5), Scale(0, 100, 5)])
def test_ends_of_a_scale_are_open(scale):
    """Whoever says 10 may feel more than 10, and none may be further from pain than just none."""
    assert PainRating(scale.lowest, scale).interval_0_10[0] == -math.inf
    assert PainRating(scale.highest, scale).interval_0_10[1] == math.inf


@pytest.mark.parametrize("value", [-1, 11, math.nan, math.inf])
def test_rating_off_the_scale_is_refused(value):
    """A rating of 11 is a slip, not a pain."""
    with pytest.raises(BadValue, match="not on the scale"):
        PainRating(value)


@pytest.mark.parametrize(
    "numbers", [(0, 10, 0), (10, 0, 1), (0, math.inf, 1), (0, 0.5, 1), (0, 10, math.nan)]
)
def test_scale_without_two_answers_is_refused(numbers):
    """Two ends and a positive step are needed."""
    with pytest.raises(BadValue, match="no rating scale"):
        Scale(*numbers)


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("0 to 10", Scale()),
        ("0-10", Scale()),
        ("1\u20135", Scale(1, 5)),
        ("0 to 10 by 0.5", Scale(step=0.5)),
        ("-5 TO 5", Scale(-5, 5)),
    ],
)
def test_scale_is_read_from_words(text, scale):
    """Words, hyphens and dashes are understood."""
    assert scale_from_text(text) == scale


@pytest.mark.parametrize("text", ["", "10", "low to high", "0 to", "1.2.3 to 5"])
def test_words_that_name_no_scale_are_refused(text):
    """The message says how to write one."""
    with pytest.raises(BadValue, match="as in '0 to 10'"):
        scale_from_text(text)


@given(st.floats(-1e3, 1e3), st.floats(1e-6, 1e3), st.floats(1e-9, 1.0))
def test_scale_survives_its_own_words(lowest, width, share):
    """Every scale reads back exactly from its text."""
    scale = Scale(lowest, lowest + width + 1e-6, width * share)
    assert scale_from_text(scale.text) == scale
