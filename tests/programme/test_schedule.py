"""The draw: as likely as it says, the same at each look, and seen no sooner than it begins."""

import itertools
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.core.allocation import PERIOD_DAYS, AllocationScheme
from backstride.errors import BadValue
from backstride.programme.schedule import admissible, allocate, falls, is_revealed, weeks_a_round, whole_weeks

MONDAY = date(2026, 6, 1)
SEEDS = 100_000
BLOCKS = (AllocationScheme.BLOCKS_OF_2, AllocationScheme.BLOCKS_OF_4)
SEED = st.integers(0, 2**53 - 1)


def chi_square(counts: list[int], expected: float) -> float:
    """Sum of squared distances from what is expected, in units of it."""
    return sum((count - expected) ** 2 / expected for count in counts)


def test_a_hundred_thousand_seeds_fall_as_the_stored_chances_say():
    """Each first week comes in a tenth of the seeds; each second one in its tenth or quarter of its first."""
    fallen = [falls(AllocationScheme.DAYS, first_day=MONDAY, blocks=2, seed=seed) for seed in range(SEEDS)]
    both = Counter((first[0], second[0]) for first, second in fallen)
    expected = {
        (one, two): SEEDS / len(admissible(ran_the_day_before=False)) / len(ways)
        for one in admissible(ran_the_day_before=False)
        for ways in [admissible(ran_the_day_before=one[-1])]
        for two in ways
    }
    assert set(both) == set(expected)
    found = sum((both[pair] - n) ** 2 / n for pair, n in expected.items())
    assert found < 130  # 75 degrees of freedom: 1 in 10,000


def test_pairs_fall_either_way_alike():
    """Over a hundred thousand seeds the four ways of two pairs are equally frequent."""
    fallen = [falls(AllocationScheme.WEEKS, first_day=MONDAY, blocks=2, seed=seed) for seed in range(SEEDS)]
    counts = Counter((first[0], second[0]) for first, second in fallen)
    assert len(counts) == len(whole_weeks(AllocationScheme.WEEKS)) ** 2
    assert chi_square(list(counts.values()), SEEDS / 4) < 21  # 3 degrees of freedom: 1 in 10,000


@given(SEED, st.integers(4, 20))
def test_drawn_days_keep_the_rest_rule(seed, half_weeks):
    """Three run days in each week, and no two in a row, not even over the end of a week."""
    draws = allocate(AllocationScheme.DAYS, first_day=MONDAY, weeks=2 * half_weeks, seed=seed)
    ran = [draw.to_run for draw in draws]
    assert not any(one and two for one, two in itertools.pairwise(ran))
    assert {sum(ran[i : i + 7]) for i in range(0, len(ran), 7)} == {3}


@given(SEED, st.sampled_from([AllocationScheme.DAYS, AllocationScheme.WEEKS]))
def test_one_seed_gives_one_schedule(seed, law):
    """Drawn twice it is the same, and drawn longer it begins the same."""
    draws = allocate(law, first_day=MONDAY, weeks=8, seed=seed)
    assert allocate(law, first_day=MONDAY, weeks=8, seed=seed) == draws
    assert allocate(law, first_day=MONDAY, weeks=12, seed=seed)[: len(draws)] == draws


@given(SEED, st.sampled_from([AllocationScheme.DAYS, AllocationScheme.WEEKS]))
def test_the_stored_chance_is_one_in_the_ways_open(seed, law):
    """A tenth, or a quarter after a week that ended on a run day; a half for a pair."""
    draws = allocate(law, first_day=MONDAY, weeks=8, seed=seed)
    for n, draw in enumerate(draws):
        before = (draw.block - MONDAY).days - 1
        crowded = before >= 0 and draws[before].to_run
        days = Fraction(1, 4) if crowded else Fraction(1, 10)
        assert draw.probability == (days if law is AllocationScheme.DAYS else Fraction(1, 2)), n


@pytest.mark.parametrize("law", BLOCKS)
def test_rounds_of_blocks_fall_alike(law):
    """Each of the 14 ways in which three of six blocks fall, at most two alike in a row, is equally frequent."""
    people = 20_000
    counts = Counter(falls(law, first_day=MONDAY, blocks=1, seed=seed)[0][0] for seed in range(people))
    assert set(counts) == set(whole_weeks(law))
    assert len(counts) == 14
    assert chi_square(list(counts.values()), people / 14) < 42  # 13 degrees of freedom: 1 in 10,000


@pytest.mark.parametrize("law", BLOCKS)
@given(seed=SEED)
def test_a_round_has_three_blocks_of_running_and_never_three_alike(law, seed):
    """Whole blocks of usual weeks, with days of rest between runs, or none."""
    draws = allocate(law, first_day=MONDAY, weeks=weeks_a_round(law), seed=seed)
    ran = [bool(draw.to_run) for draw in draws]
    period = PERIOD_DAYS[law]
    blocks = [ran[i : i + period] for i in range(0, len(ran), period)]
    kinds = [any(block) for block in blocks]
    assert (len(blocks), sum(kinds)) == (6, 3)
    assert max(len(list(alike)) for _, alike in itertools.groupby(kinds)) <= 2
    assert {sum(block) for block in blocks} == {0, 3 * period // 7}
    assert not any(one and two for one, two in itertools.pairwise(ran))
    assert {draw.probability for draw in draws} == {Fraction(1, 14)}


@pytest.mark.parametrize("law", BLOCKS)
def test_a_block_is_shown_as_a_whole_when_it_begins(law):
    """Never later than its first day, and nothing of the next one before its own."""
    draws = allocate(law, first_day=MONDAY, weeks=weeks_a_round(law), seed=3)
    period = PERIOD_DAYS[law]
    seen = [
        sum(is_revealed(d, today=MONDAY + timedelta(days=n)) for d in draws)
        for n in (-1, 0, period - 1, period)
    ]
    assert seen == [0, period, period, 2 * period]


def test_this_schedule_never_changes():
    """What seed 7 gives is fixed for all time: a later release must draw it again."""
    days = [
        draw.day.day
        for draw in allocate(AllocationScheme.DAYS, first_day=MONDAY, weeks=8, seed=7)
        if draw.to_run
    ]
    assert days == [
        3, 5, 7, 9, 11, 13, 15, 18, 21, 23, 26, 28, 30, 3, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25,
    ]  # fmt: skip


def test_a_week_is_hidden_until_it_begins():
    """On the day before its first day no day of a week is seen, on its first day all of them."""
    draws = allocate(AllocationScheme.WEEKS, first_day=MONDAY, weeks=8, seed=3)
    seen = [
        sum(is_revealed(draw, today=MONDAY + timedelta(days=n)) for draw in draws) for n in (-1, 0, 6, 7, 55)
    ]
    assert seen == [0, 7, 7, 14, 56]


@pytest.mark.parametrize(
    ("law", "weeks"),
    [
        ("own", 8),
        ("days", 7),
        ("weeks", 9),
        ("days", 500),
        ("blocks of 2 weeks", 16),
        ("blocks of 4 weeks", 12),
    ],
)
def test_what_cannot_be_read_is_not_drawn(law, weeks):
    """Own days, less than eight weeks, half a pair and ten years are refused."""
    with pytest.raises(BadValue, match=r"Choose|Give"):
        allocate(AllocationScheme(law), first_day=MONDAY, weeks=weeks, seed=1)


@pytest.mark.parametrize(
    ("law", "fell"), [(AllocationScheme.BLOCKS_OF_2, "-R--RR"), (AllocationScheme.BLOCKS_OF_4, "--RR-R")]
)
def test_seed_seven_gives_these_blocks_for_all_time(law, fell):
    """A later release must draw them again."""
    draws = allocate(law, first_day=MONDAY, weeks=weeks_a_round(law), seed=7)
    assert "".join("R" if draw.to_run else "-" for draw in draws[:: PERIOD_DAYS[law]]) == fell
