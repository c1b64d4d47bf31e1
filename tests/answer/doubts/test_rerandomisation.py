"""A schedule on record is dealt again by its own law, and the level holds when the draw is not kept."""

from collections import Counter
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from backstride.answer.doubts import randomisation as doubt
from backstride.answer.doubts.randomisation import mean_difference, slow_difference
from backstride.answer.doubts.rerandomisation import assigned_days, rerandomise
from backstride.answer.rulings import RARE_ENOUGH
from backstride.core.allocation import AllocationScheme
from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.diary.daily import daily_series
from backstride.programme.schedule import admissible, allocate, patterns, weeks_a_round

MONDAY = date(2026, 1, 5)
DEALS = 199


def followed(seed, *, law, effect=0.0, weeks=8):
    """Somebody with slow, correlated pain, who skips drawn runs and adds others by how the back feels."""
    rng = np.random.default_rng(seed)
    draws = allocate(law, first_day=MONDAY, weeks=weeks, seed=seed)
    check_ins, runs, pain, ran = [], [], 0.0, False
    for draw in draws:
        pain = 0.6 * pain + rng.normal() + effect * ran
        morning = datetime.combine(draw.day, datetime.min.time(), tzinfo=UTC) + timedelta(hours=7)
        if rng.random() < 0.85:
            rating = float(np.clip(round(4 + pain), 0, 10))
            check_ins.append(CheckIn(moment=morning, pain=PainRating(rating), ran_yesterday=ran))
        ran = bool(rng.random() < 1 / (1 + np.exp(pain - (1.5 if draw.to_run else -1.5))))
        if ran:
            runs.append(Run(start=morning + timedelta(hours=10), moving_s=1800))
    return daily_series(Records(tuple(check_ins), tuple(runs), allocations=draws), zone=UTC)


@pytest.fixture(autouse=True)
def few_deals(monkeypatch):
    """Many people, few deals each."""
    monkeypatch.setattr(doubt, "DEALS", DEALS)


def share_below(level, *, people, law, **wishes):
    """Of so many people, the share whose p is below the level."""
    return np.mean(
        [mean_difference(followed(i, law=law, **wishes), seed=i).p <= level for i in range(people)]
    )


@pytest.mark.parametrize("law", [AllocationScheme.DAYS, AllocationScheme.WEEKS])
def test_the_level_holds_when_bad_mornings_break_the_draw(law):
    """Without an effect p <= 0.05 in about one of twenty: within three standard errors of 150 people."""
    assert share_below(0.05, people=150, law=law) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 150)


@pytest.mark.slow
@pytest.mark.parametrize("law", [AllocationScheme.DAYS, AllocationScheme.WEEKS])
def test_the_level_holds_to_a_percent_point_and_a_half(law):
    """Two thousand people, within three standard errors: p <= 0.2 in one of five, with four pairs in one of eight.

    Four pairs fall in sixteen ways, so p is a multiple of an eighth.
    """
    p = np.array([mean_difference(followed(i, law=law), seed=i).p for i in range(2000)])
    assert np.mean(p <= 0.05) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 2000)
    expected = 0.2 if law is AllocationScheme.DAYS else 1 / 8
    assert abs(np.mean(p <= 0.2) - expected) <= 3 * np.sqrt(0.2 * 0.8 / 2000)


def test_the_least_p_is_that_of_the_design():
    """Four pairs of weeks fall in sixteen ways, two of which are as wide as the widest."""
    assert mean_difference(followed(4, law=AllocationScheme.WEEKS), seed=4).least == pytest.approx(
        1 / 8, abs=0.06
    )


@pytest.mark.parametrize("gone", [0, 3, 9])
def test_a_cut_record_tells_of_the_weeks_that_it_shows(gone):
    """With the first days of the record gone, each day left still counts for its own week."""
    series = followed(5, law=AllocationScheme.WEEKS)
    whole, cut = assigned_days(series), assigned_days(cut_at(series, gone))
    told = dict(zip((whole.row - gone).tolist(), whole.ran.tolist(), strict=True))
    assert len(cut.row) >= len(series) - gone - 14
    assert all(told[row] == ran for row, ran in zip(cut.row.tolist(), cut.ran.tolist(), strict=True))


def cut_at(series, gone):
    """The series without its first days."""
    daily = {f.name: getattr(series, f.name)[gone:] for f in fields(series) if f.name != "measures"}
    return replace(series, **daily)


def test_the_level_holds_for_two_rounds_of_blocks():
    """Without an effect p <= 0.05 in about one of twenty: within three standard errors of 100 people."""
    share = share_below(0.05, people=100, law=AllocationScheme.BLOCKS_OF_2, weeks=24)
    assert share <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 100)


def test_deals_of_blocks_have_their_law():
    """All 14 rounds, alike often; two rounds fall apart from each other."""
    stored = assigned_days(followed(1, law=AllocationScheme.BLOCKS_OF_2, weeks=24))
    dealt = rerandomise(stored, 14_000, np.random.default_rng(1))
    rounds = [Counter(map(tuple, dealt[:, i : i + 84 : 14].astype(bool).tolist())) for i in (0, 84)]
    for found in rounds:
        assert set(found) == set(patterns(AllocationScheme.BLOCKS_OF_2))
        assert max(abs(n / 14_000 - 1 / 14) for n in found.values()) < 0.01
    assert np.corrcoef(dealt[:, 0], dealt[:, 84])[0, 1] == pytest.approx(0.0, abs=0.03)


def test_one_round_of_blocks_is_never_rare():
    """The widest gap comes in 2 of 14 rounds: one as it fell, and its mirror image."""
    series = followed(2, law=AllocationScheme.BLOCKS_OF_4, effect=5.0, weeks=24)
    assert mean_difference(series, seed=1).p >= 0.1


def test_days_that_tell_no_block_are_left_out():
    """A record that ends on the last days of a usual week, before the next one, keeps what it tells."""
    series = followed(4, law=AllocationScheme.BLOCKS_OF_4, weeks=24)
    cut = replace(
        series, **{f.name: getattr(series, f.name)[5:] for f in fields(series) if f.name != "measures"}
    )
    stored = assigned_days(cut)
    whole = assigned_days(series)
    assert list(stored.ran) == list(whole.ran[5:])


def test_a_strong_effect_is_found():
    """Two points more after each run are found in most people."""
    assert share_below(0.05, people=20, law=AllocationScheme.DAYS, effect=2.0, weeks=16) >= 0.7


def test_what_was_drawn_counts_and_not_what_was_done():
    """The flags are those of the schedule, though the person ran on other days."""
    series = followed(3, law=AllocationScheme.DAYS)
    stored = assigned_days(series)
    assert list(stored.ran) == [float(day.allocation.to_run) for day in series.days]
    assert not np.array_equal(stored.ran, (series.dose > 0).astype(float))


def test_deals_have_the_law_of_the_schedule():
    """Each first week in a tenth of the deals, and no two run days in a row in any of them."""
    dealt = rerandomise(
        assigned_days(followed(1, law=AllocationScheme.DAYS)), 20_000, np.random.default_rng(1)
    )
    assert not np.any((dealt[:, 1:] == 1) & (dealt[:, :-1] == 1))
    first = Counter(map(tuple, dealt[:, :7].astype(bool).tolist()))
    assert set(first) == set(admissible(ran_the_day_before=False))
    assert max(abs(n / 20_000 - 0.1) for n in first.values()) < 0.01


def built_up(seed, *, law, effect, weeks=24, keeps=2.0, noise=0.8):
    """Somebody whose pain follows what running has built up over four weeks, and is correlated from day to day."""
    rng = np.random.default_rng(seed)
    draws = allocate(law, first_day=MONDAY, weeks=weeks, seed=seed)
    check_ins, runs, pain, habit = [], [], 0.0, 0.0
    for draw in draws:
        pain = 0.6 * pain + noise * rng.normal()
        morning = datetime.combine(draw.day, datetime.min.time(), tzinfo=UTC) + timedelta(hours=7)
        if rng.random() < 0.85:
            rating = float(np.clip(round(5 + pain + effect * habit), 0, 10))
            check_ins.append(CheckIn(moment=morning, pain=PainRating(rating)))
        ran = bool(rng.random() < 1 / (1 + np.exp(pain - (keeps if draw.to_run else -keeps))))
        habit += (7 / 3 * ran - habit) / 28.0
        if ran:
            runs.append(Run(start=morning + timedelta(hours=10), moving_s=1800))
    return daily_series(Records(tuple(check_ins), tuple(runs), allocations=draws), zone=UTC)


@pytest.mark.parametrize("law", [AllocationScheme.BLOCKS_OF_2, AllocationScheme.WEEKS])
def test_the_level_of_the_season_holds(law):
    """Without an effect p <= 0.05 in about one of twenty: within three standard errors of 60 people."""
    p = np.array([slow_difference(built_up(i, law=law, effect=0.0), seed=i).p for i in range(60)])
    assert np.mean(p <= 0.05) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 60)


def test_what_builds_up_is_seen_by_the_season_alone():
    """Three points that build up over months: the season finds most of them, the morning after a run next to none."""
    series = [built_up(i, law=AllocationScheme.BLOCKS_OF_2, effect=-3.0, keeps=6.0) for i in range(12)]
    season = np.mean([slow_difference(one, seed=1).points for one in series])
    morning = np.mean([mean_difference(one, seed=1).points for one in series])
    assert -3.9 < season < -1.8
    assert morning > -0.8


def test_the_p_of_the_season_is_that_of_all_its_schedules(monkeypatch):
    """One round of six blocks falls in twenty ways; all of them asked by brute force give the same p."""
    monkeypatch.setattr(doubt, "DEALS", 9_000)
    series = built_up(3, law=AllocationScheme.BLOCKS_OF_2, effect=-3.0, weeks=12, keeps=6.0)
    days = np.arange(1, len(series))
    rated = days[~np.isnan(series.pain[days])]
    line = np.column_stack([np.ones(len(rated)), rated])

    def gap(blocks):
        habit = np.zeros(len(series))
        for day in days:
            ran = blocks[min((day - 1) // 14, 5)]
            habit[day] = habit[day - 1] * np.exp(-1 / 28) + (1 - np.exp(-1 / 28)) * ran
        free = habit[rated] - line @ np.linalg.lstsq(line, habit[rated], rcond=None)[0]
        return free @ series.pain[rated] / np.sqrt(free @ free)

    stored = assigned_days(series, of_weeks=True)
    fell = tuple(stored.ran[stored.block * 84 + stored.place == 14 * n + 3][0] for n in range(6))
    ways = {tuple(way) for way in rerandomise(stored, 2_000, np.random.default_rng(1))[:, 3::14]}
    far = np.mean([np.sign(gap(fell)) * gap(way) >= abs(gap(fell)) - 1e-9 for way in ways])
    assert slow_difference(series, seed=1).p == pytest.approx(2.0 * far, abs=0.02)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("law", [AllocationScheme.BLOCKS_OF_2, AllocationScheme.BLOCKS_OF_4])
def test_one_round_of_blocks_never_rules_out_luck(monkeypatch, law, seed):
    """Nothing comes more rarely than the widest gap, and that comes in 2 of 14 draws: on either side in one."""
    monkeypatch.setattr(doubt, "DEALS", 9_000)
    weeks = weeks_a_round(law)
    found = slow_difference(built_up(seed, law=law, effect=-6.0, weeks=weeks, keeps=6.0), seed=1)
    assert found.least == pytest.approx(2 / 14, abs=0.02)
    assert found.p >= found.least
    assert found.least > RARE_ENOUGH


def test_days_of_their_own_draw_have_no_gap_of_the_season():
    """Where days were drawn, each week runs alike, and nothing that builds up can be told apart."""
    assert slow_difference(followed(3, law=AllocationScheme.DAYS), seed=1) is None
