"""The plan in words: what to do, one step after the other, with what stands behind it."""

import re
from datetime import date
from itertools import chain

import pytest

from backstride.programme.intervals import Interval
from backstride.programme.ladder import LADDER
from backstride.programme.rules import Rule
from backstride.programme.week import Session
from backstride.report import allocation_text, plan_words
from backstride.report.plan_words import (
    length,
    neutral_title,
    no_session_today,
    reason,
    reasons,
    session_text,
    step,
    steps,
)

from .reading import forbidden, grade, sentences

MONDAY = date(2026, 6, 1)
WORDS = [
    plan_words.ASK_FIRST,
    *plan_words.not_started(),
    plan_words.own_running_needs(),
    plan_words.LEG_TALKED_OVER,
    *plan_words.HELD.values(),
    plan_words.GO_ON,
    plan_words.WITH_CARE,
    plan_words.CHOOSE,
    plan_words.WALK_WEEK,
    *allocation_text.WHY,
    *allocation_text.COST,
    *allocation_text.HIDDEN,
    *allocation_text.LAWS.values(),
    *chain.from_iterable((told.does, told.why) for told in reasons(Rule)),
]


def session(stage):
    """A session of a stage."""
    return Session(MONDAY, LADDER[stage].run_min, LADDER[stage].walk_min, stage)


@pytest.mark.parametrize("text", dict.fromkeys(WORDS), ids=lambda text: text[:40])
def test_every_string_is_plain_and_allowed(text):
    """School grade 8 at most, and no word that a diary must not use."""
    assert round(grade(sentences(text)), 1) <= 8.0
    assert forbidden(text) == []


@pytest.mark.parametrize(
    ("stage", "steps"),
    [
        (0, ("Walk 30 minutes.",)),
        (1, ("Walk 5 minutes.", "10 times: run 15 seconds, walk 1 minute 45 seconds.", "Walk 5 minutes.")),
        (14, ("Walk 5 minutes.", "Run 20 minutes.", "Walk 5 minutes.")),
    ],
)
def test_a_session_is_told_step_by_step(stage, steps):
    """What comes again is said once, with how often."""
    assert session_text(session(stage)).steps == steps


@pytest.mark.parametrize(
    ("stage", "parts"),
    [
        (0, "walking, about 2.8 km"),
        (4, "10 minutes of running, 20 minutes of walking, about 3.2 km"),
    ],
)
def test_a_session_tells_its_parts(stage, parts):
    """How much of it is running, and about how far it goes."""
    assert session_text(session(stage)).parts == parts


def test_a_title_tells_nothing_but_the_time():
    """It may stand in a calendar that others see."""
    assert {session_text(session(stage.number)).title for stage in LADDER} == {"30 minutes"}
    assert neutral_title(()) == "0 minutes"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 seconds"), (45, "45 seconds"), (60, "1 minute"), (105, "1 minute 45 seconds")],
)
def test_times_are_spoken(seconds, words):
    """Minutes, then seconds."""
    assert length(seconds) == words


def test_every_rule_has_its_reason():
    """What it does, why, and from where, for all of them."""
    assert all(reason.does and reason.why and reason.source for reason in reasons(Rule))


def test_no_session_today_leads_to_the_next_one():
    """Done, or none; with the day that comes, or without one."""
    assert no_session_today(MONDAY, is_done=True) == "Today is done. Next: Monday."
    assert no_session_today(MONDAY, is_done=False) == "No session today. Next: Monday."
    assert no_session_today(None, is_done=False) == "No session in the next seven days."


@pytest.mark.parametrize("seconds", [1295, 1290, 600, 1830])
def test_a_long_stretch_is_told_in_the_minutes_of_its_title(seconds):
    """One stretch alone is said as long as the title says; a short one keeps its seconds."""
    alone = (Interval(is_run=True, seconds=seconds),)
    assert steps(alone) == (f"Run {neutral_title(alone)}.",)
    assert step(Interval(is_run=True, seconds=95)) == "Run 1 minute 35 seconds."


@pytest.mark.parametrize("rule", Rule)
def test_a_rule_without_a_number_says_nothing_of_one(rule):
    """That no trial gives the number stands where there is one, and no rule names a file as its source."""
    told = reason(rule)
    speaks_of_a_number = "no trial gives the number" in told.source
    assert not speaks_of_a_number or re.search(r"\d", told.does + told.why)
    assert ".md" not in told.source
