"""The rows of docs/cases.md that are lives: the page says what the plan says of each today.

`BACKSTRIDE_CASES=docs/cases.md python -m pytest -n 0 tests/programme/test_cases_page.py` writes them anew.
"""

import os
import re
from pathlib import Path

import pytest

from backstride.core.plan_step import Step
from backstride.programme.history import MorningReport
from backstride.programme.rules import Rule

from .lives import at, life, on, own_life, ran, rated, said, walked

PAGE = Path(__file__).parents[2] / "docs" / "cases.md"
WRITE_TO = os.environ.get("BACKSTRIDE_CASES")


def says(history, n):
    """What the plan offers on a day, and by which rules, in the words of docs/programme.md."""
    plan = on(history, n)
    by = ", ".join(rule.value for rule in plan.fired)
    if not plan.sessions:
        return f"no session; {by}"
    run = sorted({round(one.run_min, 1) for one in plan.sessions})
    walk = sorted({round(one.walk_min, 1) for one in plan.sessions})
    return f"{len(plan.sessions)} in seven days, {span(run)} min running, {span(walk)} walking; {by}"


def span(values):
    """One value, or the lowest and the highest."""
    return f"{values[0]:g}" if len(values) == 1 else f"{values[0]:g} to {values[-1]:g}"


def longest(history, n):
    """The minutes of the longest run that is offered."""
    return max((one.run_min for one in on(history, n).sessions), default=0.0)


def climbing(days, *parts, steps=()):
    """A life on the ladder: two weeks of walks, then as much running as the steps ask for, on every other day."""
    first = walked(*range(0, 16, 2))
    return life(
        first, ran(*range(16, days, 2), minutes=20.0, walk=10.0), rated(*[1] * 170), *parts, steps=steps
    )


def each(*told):
    """Several days of one row."""
    return "<br>".join(told)


CALM = rated(*[1] * 100, since=170)
RED_STAYS = own_life(ran(0, minutes=40), rated(3, *[6] * 60), told_before=3)
RISES = own_life(rated(3, 4, 5, 6, 7, 8), told_before=3)
BAD = own_life(ran(7, minutes=40), rated(*[3] * 10, 9), told_before=3)
ILL = (said(Step.ILL, 5), said(Step.RESUME, 17))
SHIN = (*rated(*[1] * 30, other=0.0), *rated(*[1] * 40, since=30, other=5.0))


def drawn_month(*, given, walks, off=30):
    """The ladder until day 50, and a month of walks, by chance or by choice."""
    days = range(51, 50 + off)
    first = walked(*range(0, 16, 2))
    runs = ran(*range(16, 52, 2), minutes=20.0, walk=10.0)
    done = walked(*days[::2]) if walks else ()
    return life(first, runs, done, rated(*[1] * 170), walk_days=days if given else ())


CASES = {
    "One half-marathon in 30 days": lambda: says(
        life(ran(-20, minutes=120), rated(*[3] * 5, since=-4), start=Step.START_OWN), 0
    ),
    "One run of 90 minutes a week": lambda: says(own_life(rated(2), minutes=90, a_week=1), 0),
    "Two runs a week": lambda: says(own_life(ran(0, minutes=40), rated(*[2] * 8), a_week=2), 1),
    "Runs of 10, 30 and 30 minutes a week": lambda: says(
        life(
            *[ran(*[-7 * w - k for w in range(4)], minutes=m) for k, m in ((1, 10), (3, 30), (5, 30))],
            rated(*[2] * 29, since=-28),
            start=Step.START_OWN,
        ),
        0,
    ),
    "Half a year off, one hike": lambda: says(own_life(walked(180, minutes=120), rated(*[2] * 190)), 181),
    "15, 29, 57 or 85 days off": lambda: (
        "of 40 minutes at most "
        + ", ".join(f"{longest(own_life(rated(*[2] * 90)), off - 2):.0f}" for off in (15, 29, 57, 85))
    ),
    "A walk after a break": lambda: says(climbing(52, walked(230), CALM), 231),
    "Twelve days ill, own 60 minutes": lambda: says(
        own_life(ran(0, 2, minutes=60), rated(*[2] * 30), minutes=60, steps=ILL), 17
    ),
    "Greens from before the illness": lambda: says(
        own_life(ran(0, 2, minutes=40), ran(18, minutes=20), rated(*[2] * 30), steps=ILL), 19
    ),
    "A new sign in a leg, told the same evening": lambda: says(
        own_life(
            ran(0, minutes=40),
            rated(2, leg_symptoms=False),
            (MorningReport(moment=at(0, 20.0), back=2.0, leg_symptoms=True),),
            rated(2, since=1),
        ),
        1,
    ),
    "Run at half past midnight": lambda: says(own_life(ran(0, minutes=40, hour=0.5), rated(7)), 1),
    "Leg pain 8, back 1": lambda: says(
        own_life(rated(*[1] * 5), (MorningReport(moment=at(5), back=1.0, leg=8.0),), told_before=1), 5
    ),
    "A knee at 7 after a run": lambda: says(
        own_life(ran(0, minutes=40), rated(2), (MorningReport(moment=at(1), back=2.0, other=7.0),)), 1
    ),
    "Usual 8, 9 after each walk": lambda: says(
        life(walked(*range(0, 179, 2)), rated(*[9 if n % 2 else 8 for n in range(180)])), 168
    ),
    "Usual 6": lambda: says(own_life(ran(*range(0, 40, 2), minutes=40), rated(*[6] * 41), told_before=6), 40),
    "3, 4, 5, 6, 7, 8 on six mornings": lambda: each(*(says(RISES, n) for n in (1, 2, 5))),
    "A week that is worse by 1": lambda: says(
        own_life(ran(0, 2, 4, 6, 8, 10, 12, minutes=40), rated(*[3.5] * 7, *[4.5] * 7, 4.5), told_before=4),
        14,
    ),
    "9 this morning, no run before it": lambda: says(BAD, 10),
    "The bad morning, and none told since": lambda: says(BAD, 13),
    "Red last night, begun anew this morning": lambda: says(
        own_life(ran(0, minutes=40), rated(3, 7), told_before=3, steps=(said(Step.START_OWN, 1),)), 1
    ),
    "Red, then 6 or 7 for four weeks": lambda: each(says(RED_STAYS, 10), says(RED_STAYS, 30)),
    "A leg sign for two weeks": lambda: says(own_life(rated(*[2] * 20, leg_symptoms=True)), 14),
    "Two reds, ": lambda: says(
        life(walked(2, 7), rated(2, 2, 2, 8, 2, 2, 2, 2, 8, *[2] * 9), steps=(said(Step.RESUME, 12),)), 12
    ),
    "Walks on each day": lambda: says(life(walked(*range(14)), rated(*[1] * 20)), 13),
    "The second step recorded by a watch": lambda: says(
        life(
            walked(*range(0, 14, 2)),
            ran(*range(14, 40, 2), minutes=30),
            rated(*[1] * 41),
            steps=(said(Step.START_OWN, 40),),
        ),
        40,
    ),
    "A shin at 5 of 10 each morning": lambda: says(climbing(70, SHIN), 50),
    "A shin at 3 ": lambda: says(climbing(70, rated(*[1] * 70, hour=9.0, other=3.0)), 50),
    "Pain of 4 in a leg each morning": lambda: says(own_life(rated(*[2] * 20, leg=4.0)), 10),
    "Four drawn weeks of walks, all walked": lambda: says(drawn_month(given=True, walks=True), 80),
    "The same, and not walked": lambda: each(
        says(drawn_month(given=True, walks=False), 80), says(drawn_month(given=True, walks=True, off=58), 108)
    ),
    "Four weeks off by one's own choice": lambda: says(drawn_month(given=False, walks=True), 80),
}
"""How each row begins, and what the plan says of its life today."""


def sections(text):
    """The two tables of lives, each with the place where its text begins."""
    for heading, ends in (
        ("## The plan\n", "## The safety questions"),
        ("Lives under the plan:\n", "Four weeks are"),
    ):
        begins = text.index(heading)
        yield begins, text.index(ends, begins)


def rows(text):
    """Each row of these tables: its cells."""
    found = []
    for begins, ends in sections(text):
        for line in re.findall(r"^\| .+ \|$", text[begins:ends], flags=re.MULTILINE):
            cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
            if cells[0] != "case":
                found.append(cells)
    return found


def with_answers(text):
    """The page, with the cell of each row as the plan says it today."""
    for begins, told in ((key, make()) for key, make in CASES.items()):
        pattern = rf"^(\| {re.escape(begins)}[^|]*\| [^|]+ \| [^|]+ \| )[^|]+( \| [^|]+ \|)$"
        text, n = re.subn(pattern, lambda m, told=told: f"{m[1]}{told}{m[2]}", text, flags=re.MULTILINE)
        assert n == 1, begins
    return text


def test_every_life_of_the_page_is_asked():
    """31 of them, each once, and each names the test that holds it."""
    found = rows(PAGE.read_text(encoding="utf-8"))
    assert len(found) == len(CASES)
    for cells in found:
        assert sum(f"{cells[0]} ".startswith(begins) for begins in CASES) == 1, cells[0]
        assert len(cells) == 5


@pytest.mark.parametrize("begins", CASES)
def test_the_page_says_what_the_plan_says(begins):
    """The column "the plan today" of a row is what the plan comes to on that day of such a life."""
    (cells,) = (
        cells for cells in rows(PAGE.read_text(encoding="utf-8")) if f"{cells[0]} ".startswith(begins)
    )
    assert cells[3] == CASES[begins]()


def test_the_rules_in_the_page_are_rules():
    """Each name after the semicolon is one of the programme's."""
    names = {rule.value for rule in Rule}
    for cells in rows(PAGE.read_text(encoding="utf-8")):
        said_by = [part.partition("; ")[2] for part in cells[3].split("<br>") if "; " in part]
        assert all(set(by.split(", ")) <= names for by in said_by)


@pytest.mark.skipif(WRITE_TO is None, reason="only where the page is to be written anew")
def test_write_the_page():
    """Write what the plan says into the page."""
    Path(WRITE_TO).write_text(with_answers(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
