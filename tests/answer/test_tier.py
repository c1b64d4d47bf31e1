"""The evidence tier of each question."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from backstride.answer.design import design
from backstride.answer.kinds import LookingBack, Question
from backstride.answer.tier import read_tiers
from backstride.core.allocation import AllocationScheme
from backstride.core.pain_before import PainBefore
from backstride.core.scales import PainRating
from backstride.programme.schedule import allocate as schedule


def letters(series, *, gate_is_open=True):
    """Of the week and of the season."""
    tiers = read_tiers(series, gate_is_open=gate_is_open)
    return tuple(tiers[question].letter.value for question in Question)


def rated(series, share, *, late=0, hours=None):
    """Rated before the run on that share of the run days alone, `late` of them a day later, `hours` before it."""
    days = [day if day.rated_before_run else replace(day, sessions=()) for day in series.days]
    runs = [i for i, day in enumerate(days) if day.runs]
    for n, i in enumerate(runs):
        kept = n < round(share * len(runs))
        first, begins = days[i].runs[0], days[i].check_in.moment
        if hours is not None:
            first = replace(first, start=begins + timedelta(hours=hours))
        check_in = replace(days[i].check_in, filled_in_late=n < late) if kept else None
        days[i] = replace(days[i], check_in=check_in, sessions=(first,))
    return replace(series, days=tuple(days))


def drawn(series, weeks, *, kept=1.0):
    """The last weeks drawn; the person kept to that share of the draw."""
    rng = np.random.default_rng(1)
    flags = np.full(len(series), np.nan)
    ran = (series.dose[-7 * weeks :] > 0).astype(float)
    flags[-7 * weeks :] = np.where(rng.random(7 * weeks) < kept, ran, 1.0 - ran)
    return replace(series, allocation=flags)


def in_blocks(series, weeks_of_a_block, blocks):
    """Blocks of running and of rest in turn, drawn and kept, at the end of the diary."""
    days = 7 * weeks_of_a_block * blocks
    week = np.array([1.0, 0, 1, 0, 1, 0, 0])
    block = np.tile(week, weeks_of_a_block)
    flags = np.concatenate([block if n % 2 else 0.0 * block for n in range(blocks)])
    long = np.full(max(len(series), days), np.nan)
    long[-days:] = flags
    times = int(np.ceil(len(long) / len(series)))
    days_of = (series.days * times)[: len(long)]
    dose = np.where(np.isnan(long), 0.0, long)
    return replace(series, days=days_of, allocation=long, dose=dose)


@pytest.mark.parametrize(
    ("share", "late", "letter"), [(1.0, 0, "B"), (0.6, 0, "B"), (0.3, 0, "C"), (1.0, 15, "C")]
)
def test_a_missing_morning_hides_no_order(series, share, late, letter):
    """Six run days of ten rated, all before the run, tell the order; three of ten do not, nor do late ratings."""
    assert letters(rated(series, share, late=late))[0] == letter


def test_a_record_rated_first_is_tier_b(series):
    """Nothing drawn, most run days rated before the run."""
    tier = read_tiers(design(series).series, gate_is_open=True)[Question.WEEK]
    assert (tier.letter, tier.drawn_weeks) == ("B", 0.0)
    assert tier.rated_before_run >= 0.8


@pytest.mark.parametrize(("hours", "letter"), [(2.5, "B"), (3.5, "C")])
def test_a_rating_long_before_the_run_tells_no_order(series, hours, letter):
    """In the hours between, pain moves: half of the runs must begin within three hours."""
    assert letters(rated(series, 1.0, hours=hours))[0] == letter


def test_pain_now_before_the_run_tells_the_order(series):
    """Ten hours after the morning's rating another tap, a quarter of an hour before the run."""
    evening = rated(series, 1.0, hours=10.0)
    days = tuple(
        replace(
            day,
            pain_before=(PainBefore(time=day.runs[0].start - timedelta(minutes=15), pain=PainRating(4.0)),),
        )
        if day.runs
        else day
        for day in evening.days
    )
    assert letters(evening)[0] == "C"
    assert letters(replace(evening, days=days))[0] == "B"


def test_the_season_needs_its_gate_open(series):
    """Ratings before the runs show nothing of months in which running and time cannot be told apart."""
    assert letters(series) == ("B", "B")
    assert letters(series, gate_is_open=False) == ("B", "C")


@pytest.mark.parametrize(("weeks", "letter"), [(8, "A"), (7, "B")])
def test_eight_drawn_weeks_that_were_kept_are_tier_a(series, weeks, letter):
    """Seven weeks are not enough."""
    assert letters(drawn(series, weeks))[0] == letter


@pytest.mark.parametrize("own", [1, 4, 5, 20])
def test_own_days_after_a_draw_take_nothing_from_it(series, own):
    """What chance drew stays drawn when the person goes on as they like."""
    found = drawn(series, 12)
    flags = found.allocation.copy()
    flags[len(flags) - own :] = np.nan
    tier = read_tiers(replace(found, allocation=flags), gate_is_open=True)[Question.WEEK]
    whole = 12 - own / 7
    assert tier.letter == "A"
    assert whole - 1 < tier.drawn_weeks < whole + 1


@pytest.mark.parametrize(("kept", "letter"), [(0.9, "A"), (0.7, "B")])
def test_four_drawn_days_in_five_must_be_kept(series, kept, letter):
    """A third of the draws broken by pain is no draw."""
    assert letters(drawn(series, 12, kept=kept))[0] == letter


@pytest.mark.parametrize(("weeks", "blocks", "letter"), [(2, 6, "A"), (2, 5, "C"), (4, 6, "A"), (1, 12, "C")])
def test_a_season_is_randomised_by_blocks_alone(series, weeks, blocks, letter):
    """Six blocks of two weeks or four; five are too few, and single weeks in turn are no blocks."""
    found = in_blocks(series, weeks, blocks)
    assert letters(found, gate_is_open=False) == ("A", letter)


@pytest.mark.parametrize("short", range(7))
def test_blocks_are_seen_whatever_the_day(series, short):
    """Today seldom is the last day of a week."""
    found = in_blocks(series, 2, 8)
    cut = len(found) - short
    now = replace(found, days=found.days[:cut], allocation=found.allocation[:cut], dose=found.dose[:cut])
    assert letters(now, gate_is_open=False) == ("A", "A")


def test_blocks_on_record_are_counted_by_their_law(series):
    """A schedule of pairs of weeks has no block of two weeks, though two run weeks in a row fall in it."""
    draws = schedule(AllocationScheme.WEEKS, first_day=series.first_day, weeks=12, seed=3)
    days = tuple(replace(day, allocation=draw) for day, draw in zip(series.days, draws, strict=False))
    flags = np.array([float(bool(draw.to_run)) for draw in draws])
    found = replace(series, days=days, allocation=flags, dose=flags)
    assert read_tiers(found, gate_is_open=True)[Question.SEASON].blocks == 0
    assert letters(found)[0] == "A"


def test_drawn_days_randomise_the_week_alone(series):
    """Each week held as many runs, so the months' load was never drawn."""
    found = read_tiers(drawn(series, 12), gate_is_open=True)
    assert [found[question].letter for question in Question] == ["A", "B"]
    assert found[Question.SEASON].blocks == 0


@pytest.mark.parametrize("gap", [0, 21])
def test_blocks_that_follow_drawn_days_are_counted(series, gap):
    """Ten weeks of drawn days, own days or none between, then a round of blocks: six blocks, tier A of a season."""
    days = schedule(AllocationScheme.DAYS, first_day=series.first_day, weeks=10, seed=3)
    later = series.first_day + timedelta(days=70 + gap)
    blocks = schedule(AllocationScheme.BLOCKS_OF_2, first_day=later, weeks=12, seed=3)
    draws = [*days, *[None] * gap, *blocks]
    placed = tuple(replace(day, allocation=draw) for day, draw in zip(series.days * 2, draws, strict=False))
    flags = np.array([np.nan if draw is None else float(bool(draw.to_run)) for draw in draws])
    found = replace(series, days=placed, allocation=flags, dose=np.nan_to_num(flags))
    assert read_tiers(found, gate_is_open=False)[Question.SEASON].blocks == 6
    assert letters(found, gate_is_open=False) == ("A", "A")


@pytest.mark.parametrize(
    ("done", "kept", "letter"), [(3, 1.0, "A"), (2, 2 / 3, "A"), (1, 1 / 3, "B"), (0, 0.0, "B")]
)
def test_drawn_runs_are_kept_by_themselves(series, done, kept, letter):
    """Where weeks are drawn most days are rest: who hardly runs keeps to most days, and to no draw."""
    days = 7 * 12
    drawn_week, lived = np.zeros(14), np.zeros(14)
    drawn_week[[0, 2, 4]] = 1.0
    lived[[0, 2, 4][:done]] = 1.0
    flags = np.full(len(series), np.nan)
    flags[-days:] = np.tile(drawn_week, 6)
    dose = series.dose.copy()
    dose[-days:] = np.tile(lived, 6)
    tier = read_tiers(replace(series, allocation=flags, dose=dose), gate_is_open=True)[Question.WEEK]
    assert tier.kept == pytest.approx(kept)
    assert tier.letter == letter


def test_a_run_may_not_move_where_days_are_drawn(series):
    """Every week holds drawn runs, so days were drawn: runs on the days after them keep to no draw."""
    flags, dose = np.full(len(series), np.nan), series.dose.copy()
    flags[-84:] = np.tile([1.0, 0, 1, 0, 1, 0, 0], 12)
    dose[-84:] = np.tile([0.0, 1, 0, 1, 0, 1, 0], 12)
    tier = read_tiers(replace(series, allocation=flags, dose=dose), gate_is_open=True)[Question.WEEK]
    assert tier.kept == 0.0
    assert tier.letter == "B"


def test_a_run_may_move_within_its_drawn_week(series):
    """The week is what chance drew: three runs on other days of it keep to it, a run in a rest week does not."""
    days = 7 * 12
    drawn_week, moved, broken = np.zeros(14), np.zeros(14), np.zeros(14)
    drawn_week[[0, 2, 4]] = moved[[1, 3, 5]] = 1.0
    broken[[0, 2, 4, 8, 10, 12]] = 1.0
    flags = np.full(len(series), np.nan)
    flags[-days:] = np.tile(drawn_week, 6)

    def adherence(lived):
        dose = series.dose.copy()
        dose[-days:] = np.tile(lived, 6)
        series_of = replace(series, allocation=flags, dose=dose)
        return read_tiers(series_of, gate_is_open=True)[Question.WEEK].kept

    assert adherence(moved) == 1.0
    assert adherence(broken) == pytest.approx(4 / 7)


def test_a_drawn_run_week_of_unknown_doses_is_no_week_of_rest(series):
    """Runs on its other days break nothing: who lacks records keeps to the draw as closely as was seen."""
    flags, dose = np.full(len(series), np.nan), series.dose.copy()
    flags[-84:] = np.tile([1.0, 0, 1, 0, 1, 0, 0] + 7 * [0.0], 6)
    dose[-84:] = np.nan_to_num(flags[-84:])
    week = slice(len(series) - 84, len(series) - 77)
    dose[week] = [np.nan, 1.0, np.nan, 1.0, np.nan, 1.0, 0.0]
    tier = read_tiers(replace(series, allocation=flags, dose=dose), gate_is_open=True)[Question.WEEK]
    assert tier.kept == 1.0


@pytest.mark.parametrize(
    ("share", "hours", "gate", "week", "season"),
    [
        (0.6, None, False, None, LookingBack.GATE),
        (0.9, None, False, None, LookingBack.GATE),
        (0.6, None, True, None, None),
        (0.3, None, False, LookingBack.TOO_FEW, LookingBack.TOO_FEW),
        (0.9, 3.5, False, LookingBack.TOO_EARLY, LookingBack.TOO_EARLY),
        (0.0, None, True, LookingBack.NO_ORDER, LookingBack.NO_ORDER),
    ],
)
def test_the_reason_for_looking_back_is_that_of_the_rule(series, share, hours, gate, week, season):
    """Each fact that alone keeps a question in tier C is named, and none where the tier is better."""
    found = read_tiers(rated(series, share, hours=hours), gate_is_open=gate)
    assert tuple(found[question].looking_back for question in Question) == (week, season)
    assert all((found[q].letter == "C") == (found[q].looking_back is not None) for q in Question)
