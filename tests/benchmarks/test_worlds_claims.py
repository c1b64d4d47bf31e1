"""What people of the worst worlds are told, in shares: eight people a world, the product's own way from files.

Some worlds are asked in every run, the others where BACKSTRIDE_WORLDS=1 is set; `make calibrate-worlds` asks all.
"""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

on_request = pytest.mark.skipif(
    not os.environ.get("BACKSTRIDE_WORLDS"), reason="set BACKSTRIDE_WORLDS=1 to ask this world, too"
)

PEOPLE = 8
NO_EFFECT = [
    "fixed weekdays, exact, no memory/own/84",
    "every 3rd day, no memory/own/84",
    "ladder at a peak/own/126",
    "5 to 30 min at a peak/days drawn 92 %/126",
    "evening decision/own/126",
    "evening decision/weeks drawn 66 %/126",
    "flares without running/own/126",
    "sticky ratings/own/126",
    "weather and season/own/126",
    "one odd rating/own/84",
]
HARMED = ["5 to 30 min at a peak, harm +1.0/own/126", "runs set off flares/own/126"]
SLOWLY_HARMED = ["slow harm +1.5/own/126", "slow harm +2.5/own/126", "slow harm +2.5/own/28"]

ALWAYS = {
    "fixed weekdays, exact, no memory/own/84",
    "every 3rd day, no memory/own/84",
    "ladder at a peak/own/126",
    "flares without running/own/126",
    "5 to 30 min at a peak, harm +1.0/own/126",
    "slow harm +1.5/own/126",
    "slow harm +2.5/own/28",
}


def cells(names):
    """The worlds of every run as they are, the others on request."""
    return [name if name in ALWAYS else pytest.param(name, marks=on_request) for name in names]


@pytest.fixture
def answers(program, tmp_path):
    """A function that gives what the people of one cell are told, as rows of the table."""
    worlds, asking = program("calibration.worlds.catalogue"), program("calibration.worlds.asking")
    keep, as_row = (
        program("calibration.worlds.diary").keep_diary,
        program("calibration.worlds.adapter").as_row,
    )

    def ask(name):
        from backstride.answer.ask import verdict_only
        from backstride.diary.daily import daily_series

        cell, rows = next(cell for cell in worlds.cells() if cell.name == name), []
        for number in range(PEOPLE):
            one = worlds.lived(cell, 1, number)
            folder = Path(tmp_path) / str(number)
            keep(folder, one, design=cell.design, seed=[1, number])
            records, attached = asking.read(folder)
            assert not attached, "the reading dropped the draws"
            week, season = verdict_only(daily_series(records, zone=asking.ZONE), seed=1)
            rows.append(as_row(SimpleNamespace(week=week, season=season)))
        return rows

    return ask


def shares(rows, *, begins, question):
    """How many are told a verdict that begins with one of these words."""
    return sum(row["verdict"][question].startswith(begins) for row in rows)


@pytest.mark.parametrize("cell", cells(NO_EFFECT))
def test_at_most_one_of_eight_is_told_an_effect_that_is_not_there(answers, cell):
    """Of eight people without an effect at most one is told that running helps or harms, week and season each."""
    rows = answers(cell)
    for question in ("week", "season"):
        assert shares(rows, begins=("helps", "harms"), question=question) <= 1, question


@pytest.mark.parametrize("cell", cells(HARMED))
def test_nobody_who_is_harmed_is_told_that_running_helps(answers, cell):
    """Of eight people whom running harms over the season none is told that it helps."""
    assert shares(answers(cell), begins=("helps",), question="season") == 0


@pytest.mark.parametrize("cell", cells(SLOWLY_HARMED))
def test_slow_harm_is_not_told_as_no_difference(answers, cell):
    """Of eight people with slow harm at most one is told 'no difference' for the season, in any form."""
    rows = answers(cell)
    reassured = sum(
        row["verdict"]["season"].startswith("makes no difference") or row["small"]["season"] for row in rows
    )
    assert reassured <= 1
