"""`backstride plan`, as a person types it."""

from datetime import UTC, datetime, timedelta

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.clearance import Reply
from backstride.core.records import Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.diary.opening import open_diary
from backstride.screening.items import ITEMS
from backstride.screening.occasions import Occasion
from backstride.screening.taps import TAPS
from backstride.services.screen import SafetyAnswers, today
from backstride.services.screening_service import store_answers


@pytest.fixture
def screened(tmp_path, monkeypatch):
    """A diary in which every safety question was answered with no."""
    place = str(tmp_path / "diary.sqlite")
    monkeypatch.setenv("BACKSTRIDE_DIARY", place)
    store_answers(SafetyAnswers({item.key: Reply.NO for item in ITEMS}), occasion=Occasion.START)
    return place


def said(answer):
    """What was printed, as one line."""
    return " ".join(answer.out.split())


def test_safety_comes_first(backstride):
    """A new diary gets no session, and the way to the questions."""
    answer = backstride("plan")
    assert "Answer the safety questions first." in said(answer)
    assert "minutes" not in answer.out
    assert backstride("plan", "--start").code == 2


def test_a_start_is_told_with_its_reasons(backstride, screened):
    """Before it the two ways to start, after it three sessions and why."""
    assert "backstride plan --start-own" in backstride("plan").out
    answer = said(backstride("plan", "--start"))
    assert answer.startswith("Today, ")
    assert answer.count(" Walk ") >= 3
    assert "Why:" in answer
    assert "you choose." in answer


@pytest.mark.parametrize(
    ("word", "told"), [("--pause", "You paused"), ("--ill", "are ill"), ("--holiday", "are away")]
)
def test_a_pause_holds_until_resume(backstride, screened, word, told):
    """It says how to go on, and going on brings the sessions back."""
    backstride("plan", "--start")
    held = said(backstride("plan", word))
    assert told in held
    assert "backstride plan --resume" in held
    assert "Today, " not in held
    assert said(backstride("plan", "--resume")).startswith("Today, ")


def test_own_running_is_taken_as_the_start(backstride, screened):
    """With three runs a week on record their minutes come back; without runs it is refused."""
    assert backstride("plan", "--start-own").code == 2
    now = datetime.now(UTC)
    days = [timedelta(days=7 * week + n) for week in range(4) for n in (3, 5, 7)]
    runs = tuple(Run(start=now - ago, moving_s=2400, distance_m=6000) for ago in days)
    with open_diary(screened) as book:
        book.add(Records(runs=runs), source="watch", now=now)
    assert "Running, about" in said(backstride("plan", "--start-own"))


def test_an_agreement_that_has_run_out_is_named_beside_walks(backstride, screened):
    """Where the answers leave walks, the plan says why there are no runs any more: an agreement has run out."""
    told = dict.fromkeys((item.key for item in ITEMS), Reply.NO) | {"infection_risk": Reply.YES}
    agreed = SafetyAnswers(told, frozenset({"infection_risk"}))
    day = today()
    store_answers(agreed, occasion=Occasion.START, today=day - timedelta(days=91))
    taps = SafetyAnswers(dict.fromkeys((tap.key for tap in TAPS), Reply.NO))
    store_answers(taps, occasion=Occasion.WEEKLY, today=day)
    answer = said(backstride("plan", "--start"))
    assert "Your provider agreed that you run. That has run out." in answer
    assert "Walk " in answer


def test_a_call_for_help_comes_first_and_nothing_milder_beside_it(backstride, screened):
    """Numb between the legs, and tingling in a leg this morning: help and whom to call, no word of walks."""
    backstride("plan", "--start")
    told = dict.fromkeys((item.key for item in ITEMS), Reply.NO) | {"saddle_numbness": Reply.YES}
    store_answers(SafetyAnswers(told), occasion=Occasion.START)
    now = datetime.now(UTC)
    tingling = CheckIn(moment=now - timedelta(minutes=1), pain=PainRating(2), leg_symptoms=True, source="app")
    with open_diary(screened) as book:
        book.add(Records(check_ins=(tingling,)), source="app", now=now)
    answer = said(backstride("plan"))
    assert answer.startswith("Get help at once.")
    assert "112" in answer
    assert "Walking is fine" not in answer


def test_a_talk_that_is_due_is_said_while_away(backstride, screened):
    """Pain of 8 for days: have it looked at, on a holiday, too."""
    backstride("plan", "--start")
    now = datetime.now(UTC)
    bad = tuple(CheckIn(moment=now - timedelta(days=n), pain=PainRating(8), source="app") for n in range(8))
    with open_diary(screened) as book:
        book.add(Records(check_ins=bad), source="app", now=now)
    for answer in (said(backstride("plan")), said(backstride("plan", "--holiday"))):
        assert "have it looked at in the next few days" in answer
        assert "backstride plan --talked" in answer
