"""One rule after a break, for the steps and for own running, and the page that says it."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.plan_step import Step
from backstride.programme.breaks import GRADES, share_after
from backstride.programme.ladder import LADDER
from backstride.programme.on_foot import most_on_foot
from backstride.programme.rules import Rule
from backstride.programme.state import compute_state, step_of_share
from backstride.report.morning_words import warning_lines

from .lives import day, life, on, own_life, ran, rated, runs_offered, said, walked

PAGE = Path(__file__).parents[2] / "docs" / "programme.md"


def rows_of_the_page():
    """The rows of the table after a break, as the page has them."""
    part = PAGE.read_text(encoding="utf-8").split("## After a break")[1].split("## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines[2:]]


def step_after(weeks, off):
    """The step after so many weeks of runs on the ladder, and that so many days after the last of them."""
    days = range(16, 16 + 7 * weeks, 2)
    runs = ran(*days, minutes=20.0, walk=10.0)
    lived = life(walked(*range(0, 16, 2)), runs, rated(*[1] * 300))
    until = (day(days[-1] + 2), day(days[-1] + off))
    return tuple(compute_state(lived, today=today).stage for today in until)


def own_after(off, minutes=40.0):
    """The longest run of one's own that is offered so many days after the last of many runs."""
    plan = on(own_life(rated(*[2] * (off + 1)), minutes=minutes), off - 2)
    return max((session.run_min for session in plan.sessions), default=0.0)


def test_the_page_says_what_the_plan_does_after_a_break():
    """Each row of the table, on its first and its last day: the steps that it names, and at most its minutes."""
    rows = rows_of_the_page()
    assert len(rows) == len(GRADES) + 1
    for days, percent, *steps, minutes in rows:
        first, last = (days.split(" - ") if " - " in days else (85, 400)) if days else ()
        for off in (max(int(first), 2), int(last)):
            assert float(percent) == 100 * share_after(off)
            if minutes == "walks first":
                assert own_after(off) == 0.0
                continue
            assert float(minutes) * 0.95 <= own_after(off) <= float(minutes) + 1e-6
            for step, instead in zip((4, 7, 14), steps, strict=True):
                assert step_of_share(step, share_after(off)) == int(instead)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 20), st.integers(15, 120))
def test_the_same_days_off_leave_the_same_share_on_the_steps_and_of_own_running(weeks, off):
    """Of both at most the share of that many days; more than twelve weeks begin both anew."""
    share = share_after(off)
    before, after = step_after(weeks, off)
    assert before > 0
    assert after == 0 if share == 0.0 else after >= 1
    assert LADDER[after].run_min <= max(share * LADDER[before].run_min, LADDER[min(after, 1)].run_min) + 1e-6
    assert own_after(off) <= share * 40.0 + 1e-6


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 100), st.integers(1, 40))
def test_a_longer_break_never_opens_more(off, more):
    """Not of own running, nor of the steps, nor on foot."""
    assert own_after(off + more) <= own_after(off) + 1e-6
    assert step_after(9, off + more)[1] <= step_after(9, off)[1]
    done = walked(0, 2, 4, minutes=40)
    assert most_on_foot(done, day(4 + off + more)) <= most_on_foot(done, day(4 + off)) + 1e-6


def test_after_a_break_the_share_is_of_what_was_run_and_not_of_what_was_planned():
    """40 minutes long ago and 12 in the last month: after five weeks 6 at most, not 20."""
    lived = own_life(ran(*range(0, 36, 2), minutes=12.0), rated(*[2] * 80))
    plan = on(lived, 34 + 35)
    assert plan.sessions
    assert max(session.run_min for session in plan.sessions) <= 6.0 + 1e-6
    assert Rule.LONG_BREAK in plan.fired


@pytest.mark.parametrize(
    ("said_on", "minutes"), [(None, 10.0), (0, 30.0), (-13, 30.0), (-20, 22.5), (-60, 10.0)]
)
def test_the_first_walk_is_as_long_as_the_answer_says(said_on, minutes):
    """Half an hour of walking is fine: it begins with that; less where it was said long ago and nothing was done."""
    lived = life(rated(2))
    lived = replace(lived, walks_well=None if said_on is None else day(said_on))
    assert [s.walk_min for s in on(lived, 0).sessions] == pytest.approx([minutes] * 3)


def six_a_week(*parts, minutes=60.0, a_week=6):
    """Someone who ran six days a week, an hour each, for eight weeks."""
    return own_life(*parts, minutes=minutes, a_week=a_week, weeks=8)


def test_six_hours_a_week_stay_six_hours_a_week_and_the_plan_says_how():
    """Six runs in seven days, one day free, no run longer than an hour, and the reason beside them."""
    lived = six_a_week(rated(2))
    plan = on(lived, 0)
    assert Rule.OWN_DAYS in plan.fired
    assert Rule.SESSIONS not in plan.fired
    assert {session.run_min for session in plan.sessions} == {60.0}
    done = {(effort.day - day(0)).days for effort in lived.efforts}
    days = {(session.day - day(0)).days for session in plan.sessions} | done
    assert all(sum(0 <= last - one < 7 for one in days) <= 6 for last in range(7))
    assert len(plan.sessions) >= 5


@pytest.mark.parametrize(("a_week", "row"), [(4, 2), (5, 4)])
def test_days_in_a_row_stay_as_they_were(a_week, row):
    """Whoever ran on so many days in a row at most gets no longer row, done ones counted."""
    lived = six_a_week(rated(2), a_week=a_week)
    done = {(effort.day - day(0)).days for effort in lived.efforts}
    longest = max(sum(all(d - k in done for k in range(n + 1)) for n in range(7)) for d in done)
    plan = on(lived, 0)
    ahead = {(session.day - day(0)).days for session in plan.sessions} | done
    assert longest == row
    assert max(sum(all(d - k in ahead for k in range(n + 1)) for n in range(8)) for d in ahead) <= row
    assert all(sum(0 <= last - one < 7 for one in ahead) <= a_week for last in range(7))


def test_three_runs_a_week_keep_their_day_between():
    """Two of them on days in a row are no habit to keep: three fit with a day between."""
    before = [-7 * week - k for week in range(4) for k in (1, 2, 4)]
    lived = own_life(ran(*before, minutes=30.0), rated(2), a_week=0)
    plan = on(lived, 0)
    assert Rule.SESSIONS in plan.fired
    ahead = [session.day for session in plan.sessions]
    assert all((b - a).days > 1 for a, b in pairwise(ahead))


@pytest.mark.parametrize(("unasked", "is_own"), [((), True), ((20,), False)])
def test_a_run_among_walks_ends_the_weeks_that_own_running_is_taken_from(unasked, is_own):
    """Three a week a month ago are not the usual of a person who walked since, and then ran once."""
    anew = (said(Step.START, 5), said(Step.START_OWN, 40))
    lived = own_life(ran(*unasked), rated(*[2] * 41), steps=anew)
    assert runs_offered(on(lived, 40)) is is_own


@pytest.mark.parametrize(("off", "minutes"), [(14, 30.0), (15, 1.1 * 22.5)])
def test_a_walk_that_is_shorter_after_days_off_says_why_on_top(off, minutes):
    """30 minutes up to 14 days off; from the fifteenth on three quarters and a tenth more, with a sentence."""
    plan = on(life(walked(*range(0, 9, 2)), rated(*[1] * 40)), 8 + off)
    assert plan.sessions[0].walk_min == pytest.approx(minutes)
    assert (Rule.SHORTER in plan.fired) is (minutes < 30.0)
    said = " ".join(warning_lines((), today=day(0), fired=plan.fired))
    assert ("So the next ones are shorter." in said) is (minutes < 30.0)
