"""What an answer says that it rests on."""

from dataclasses import replace

import pytest

from backstride.report.trust import trust_line

from .conftest import an_answer


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
