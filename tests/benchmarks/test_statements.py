"""The statements' calibration: one life in two futures, draws by the product's schedule, and honest shares."""

import numpy as np
import pytest

from backstride.core.allocation import AllocationScheme
from backstride.programme.schedule import allocate


def test_all_futures_share_the_days_before_the_answer(program):
    """Until the morning of the answer the diaries are the same; after it all but one are drawn."""
    onward = program("calibration.onward")
    own, *drawn = onward.futures(3, 1).values()
    short = [onward.until(r, onward.TOLD_AFTER) for r in (own, *drawn)]
    assert all(one == short[0] for one in short)
    assert short[0].allocations == own.allocations == ()
    assert all(one.allocations and one.runs != own.runs for one in drawn)


def test_drawn_lives_follow_the_stored_draws(program):
    """The flags that a life is given are those of the product's schedule, from the day asked for on."""
    draws, flags = program("calibration.drawn_lives").drawn_by_schedule(
        AllocationScheme.DAYS, days=98, after=14, seed=5
    )
    assert draws == allocate(AllocationScheme.DAYS, first_day=draws[0].day, weeks=12, seed=5)
    assert np.isnan(flags[:14]).all()
    assert flags[14:].tolist() == [float(draw.to_run) for draw in draws]


@pytest.mark.parametrize("law", [AllocationScheme.DAYS, AllocationScheme.WEEKS])
def test_followers_keep_most_of_the_draw_and_less_in_pain(program, law):
    """Between 60 and 90 % of the days are kept over twelve people, and the draw stands in the record."""
    followed = program("calibration.followed")
    people = [followed.follow(2, i, law=law, effect=0.0) for i in range(12)]
    assert 0.6 < np.mean([one.kept for one in people]) < 0.9
    assert all(len(one.records.allocations) == 84 for one in people)
    pain = [np.corrcoef(one.lived.life.deviation, one.lived.life.dose > 0)[0, 1] for one in people]
    assert np.mean(pain) < 0.0


def test_a_number_told_is_held_against_the_verdict_of_its_morning(program):
    """Of two people told 20, one with a verdict then: 50 %; one told nothing is not counted."""
    pages = program("calibration.statement_pages")
    now = {q: ["can't tell yet", -0.5, 0.8, "B", ""] for q in ("week", "season")}
    told = {"week/own": 20}
    rows = [
        {"key": f"onward/1/{i}", "now": now, "told": told, "then": {"week/own": [said, -0.6, 0.4, "B", why]}}
        for i, (said, why) in enumerate((("helps", ""), ("can't tell yet", "the analyses disagree")))
    ]
    line = next(x for x in pages.needed_page(rows, 1).splitlines() if x.startswith("| week"))
    assert line == "| week | going on as now | 1-28 | 2 | 50.0 ± 35.4 | 20 | 0.50 |"
    assert "| week | going on as now | 1 | the analyses disagree (tier B): 1 |" in pages.needed_page(rows, 1)


def test_the_line_of_long_diaries_is_found_again(program):
    """Times made from a straight line give its slope, a fit of 1, and a power near 1."""
    long = program("long_diaries")
    found = [long.Timed(days, 0.001 * days, 10.0, 100.0) for days in long.LENGTHS]
    a, b, fits = long.line(found)
    assert (a, b, fits) == pytest.approx((0.0, 0.001, 1.0), abs=1e-9)
    assert long.growth(found) == pytest.approx(1.0)
