"""A draw in the diary: made once, never over what has begun, and seen no sooner than it may."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backstride.core.allocation import AllocationScheme, Arm, effective_allocations
from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.diary.opening import open_diary
from backstride.errors import BadValue
from backstride.services.allocate import allocate_days, schedule

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 6, 18, 9, tzinfo=UTC)  # a Thursday
MONDAY = date(2026, 6, 22)
DAY = timedelta(days=1)


@pytest.fixture
def diary(tmp_path) -> str:
    """A diary with four weeks of mornings, up to today."""
    place = str(tmp_path / "diary.sqlite")
    mornings = tuple(CheckIn(moment=NOW - n * DAY, pain=PainRating(3)) for n in range(28))
    with open_diary(place) as book:
        book.add(Records(mornings), source="app", now=NOW)
    return place


def draw(diary, law=AllocationScheme.DAYS, *, days_on=0, **more):
    """Draw some days on from today."""
    return allocate_days(law, zone=ZONE, diary=diary, now=NOW + days_on * DAY, **more)


def look(diary, days_on):
    """Look at it some days on from today."""
    return schedule(zone=ZONE, diary=diary, now=NOW + days_on * DAY)


def test_it_begins_next_monday_and_is_hidden_until_then(diary):
    """Its ends are told, no day of it; on its first day one week shows."""
    made = draw(diary)
    assert (made.first_day, made.last_day, made.shown) == (MONDAY, MONDAY + 55 * DAY, ())
    assert [day.day for day in look(diary, 4).shown] == [MONDAY + n * DAY for n in range(7)]


def test_each_look_shows_the_same(diary):
    """What was seen once stays as it was seen."""
    draw(diary)
    seen = look(diary, 20).shown
    assert look(diary, 20).shown == seen
    assert look(diary, 27).shown[: len(seen)] == seen


def test_what_was_done_stands_beside_it(diary):
    """A run on a drawn day is told as done, and changes no draw."""
    draw(diary, seed=7)
    before = look(diary, 11).shown
    with open_diary(diary) as book:
        book.add(Records(runs=(Run(start=NOW + 5 * DAY, moving_s=1800),)), source="watch", now=NOW)
    assert (look(diary, 11).shown, look(diary, 11).done) == (before, {NOW.date() + 5 * DAY})


def test_what_has_begun_is_not_drawn(diary):
    """Neither today nor the middle of a drawn week."""
    with pytest.raises(BadValue, match="has begun"):
        draw(diary, first_day=NOW.date())
    draw(diary, AllocationScheme.WEEKS)
    with pytest.raises(BadValue, match="in the middle"):
        draw(diary, first_day=MONDAY + 7 * DAY)


def test_two_weeks_of_mornings_come_first(tmp_path):
    """Without them nothing is drawn, and the message says from when on it can be."""
    with pytest.raises(BadValue, match="14 days"):
        draw(str(tmp_path / "new.sqlite"))


def test_days_are_handed_back_and_drawn_again(diary):
    """Own, drawn, own again: the last word counts each time."""
    draw(diary)
    handed = [
        draw(diary, AllocationScheme.OWN),
        draw(diary, AllocationScheme.DAYS),
        draw(diary, AllocationScheme.OWN),
    ]
    assert [made.last_day for made in handed] == [None, MONDAY + 55 * DAY, None]
    with open_diary(diary) as book:
        assert {day.assigned for day in effective_allocations(book.records().allocations).values()} == {
            Arm.OWN
        }


def test_an_old_draw_is_not_made_again(diary):
    """One that was handed back would not count; it is refused in a sentence."""
    draw(diary, seed=7)
    draw(diary, AllocationScheme.OWN)
    with pytest.raises(BadValue, match="made before"):
        draw(diary, seed=7)


def test_a_round_of_blocks_may_be_left_between_two_blocks(diary):
    """The days left over are one's own again; in the middle of a block it says when the next one begins."""
    draw(diary, AllocationScheme.BLOCKS_OF_4, seed=7)
    with pytest.raises(BadValue, match=str(MONDAY + 28 * DAY)):
        draw(diary, AllocationScheme.OWN, days_on=5, first_day=MONDAY + 7 * DAY)
    draw(diary, AllocationScheme.OWN, days_on=5, first_day=MONDAY + 28 * DAY)
    assert look(diary, 40).last_day == MONDAY + 27 * DAY


def test_a_block_shows_as_a_whole(diary):
    """Two weeks on its first day, and nothing of the next."""
    draw(diary, AllocationScheme.BLOCKS_OF_2, seed=7)
    assert [draw.day for draw in look(diary, 4).shown] == [MONDAY + n * DAY for n in range(14)]
