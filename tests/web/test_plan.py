"""Plan in the browser: safety first, the week's sessions with their reasons, and run days by chance."""

import json
import re
from datetime import timedelta

import pytest

from backstride.answer.answer import FORMAT
from backstride.core.allocation import AllocationScheme
from backstride.core.check_in import CheckIn
from backstride.core.plan_step import Step
from backstride.core.records import Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.diary.answer_cache import CachedAnswer, store_answer
from backstride.diary.schema import OWNER
from backstride.errors import BadValue
from backstride.programme.intervals import Interval
from backstride.report.amounts import day_month
from backstride.report.plan_words import timed
from backstride.runtime.clock import utc_now
from backstride.screening.items import ITEMS
from backstride.services.allocate import allocate_for, choice_opens_on

from .days import lived_today

DAY = timedelta(days=1)
NO = {"occasion": "start", **{f"q-{item.key}": "no" for item in ITEMS}}


@pytest.fixture
def screened(owner):
    """The owner, who answered every safety question with no."""
    owner.post("/safety/questions", NO)
    return owner


@pytest.fixture
def started(screened):
    """The same, with a plan from walks."""
    screened.post("/plan/say", {"step": "start"})
    return screened


@pytest.fixture
def mornings(site):
    """Ten weeks of mornings up to today."""
    now = utc_now()
    told = tuple(CheckIn(moment=now - n * DAY, pain=PainRating(3)) for n in range(70))
    site.store.diary(OWNER).add(Records(told), source="app", now=now)


def days_later(monkeypatch, days):
    """Let the server's clock stand some days on."""
    later = utc_now() + days * DAY
    monkeypatch.setattr("backstride.web.visitor.utc_now", lambda: later)
    return later


def test_safety_comes_first(owner, site):
    """No session and no start before the questions, whatever is sent."""
    text = owner.get("/plan").text
    assert "Answer the safety questions first." in text
    assert "/plan/say" not in text
    assert owner.post("/plan/say", {"step": "start"}).status_code == 400
    assert site.store.diary(OWNER).records().plan == ()


def test_a_start_shows_three_sessions_with_reasons(started):
    """Three cards, each with its minutes, its steps and a way to the timer; the rules stand below them."""
    text = started.get("/plan").text
    assert len(re.findall(r'href="/plan/session/\d{4}-\d\d-\d\d"', text)) == 3
    assert text.count('class="minutes"') == 3
    assert "no runs on two days in a row" in text
    assert "you choose." in text


def test_own_running_is_offered_where_there_are_runs(screened, site):
    """Without, and with a single one, the page says to bring runs; with three a week it offers the start."""
    assert "start own running" not in screened.get("/plan").text
    runs = tuple(
        Run(start=utc_now() - (7 * week + n) * DAY, moving_s=2400, distance_m=6000)
        for week in range(4)
        for n in (3, 5, 7)
    )
    site.store.diary(OWNER).add(Records(runs=runs[:1]), source="watch", now=utc_now())
    assert "start own running" not in screened.get("/plan").text
    site.store.diary(OWNER).add(Records(runs=runs), source="watch", now=utc_now())
    assert "start own running" in screened.get("/plan").text
    assert "running, about" in screened.post("/plan/say", {"step": "start own running"}).text


@pytest.mark.parametrize(
    ("step", "told"), [("pause", "You paused"), ("ill", "you are ill"), ("holiday", "you are away")]
)
def test_a_pause_holds_until_resume(started, step, told):
    """The sessions go, the page says how it stands, and one tap brings them back."""
    held = started.post("/plan/say", {"step": step}).text
    assert told in held
    assert "/plan/session/" not in held
    assert "/plan/session/" in started.post("/plan/say", {"step": "resume"}).text


def test_the_plan_says_why_questions_are_due(started, site, monkeypatch):
    """A new sign in a leg by the check-in of the next day: not only that 20 questions are open."""
    assert "something new in a leg" not in started.get("/plan").text
    later = days_later(monkeypatch, 1)
    told = CheckIn(moment=later, pain=PainRating(2), leg_symptoms=True)
    site.store.diary(OWNER).add(Records((told,)), source="app", now=later)
    assert "You reported something new in a leg." in started.get("/plan").text


def test_an_emergency_takes_the_sessions_away(started):
    """The answers stand on the page in the place of the sessions."""
    started.post("/safety/questions", {**NO, "q-saddle_numbness": "yes"})
    text = started.get("/plan").text
    assert "Get help at once." in text
    assert "/plan/session/" not in text


def test_what_no_page_sends_is_refused(started, site):
    """Words that are none, and a session as a word."""
    for step in ("dance", "session", "safety pause", ""):
        assert started.post("/plan/say", {"step": step}).status_code == 422
    assert {step.step for step in site.store.diary(OWNER).records().plan} == {Step.START}


def test_a_session_is_kept_as_done(started, site):
    """Once: its walk and what was planned are in the diary, and the page says so."""
    assert "Today is done." in started.post("/plan/done").text
    records = site.store.diary(OWNER).records()
    assert [(run.activity.value, run.moving_s) for run in records.runs] == [
        ("walk", 60 * records.plan[-1].walk_min)
    ]
    assert started.post("/plan/done").status_code == 404


def test_each_step_of_a_session_is_told_in_words(started):
    """Without a script the page is the whole session; the timer is hidden until a script runs."""
    day = re.search(r"/plan/session/[\d-]+", started.get("/plan").text)[0]
    text = started.get(day).text
    assert re.search(r'data-seconds="\d+"', text)
    assert '<span class="at quiet">0:00</span> <span class="what">Walk ' in text
    assert re.search(r'<div class="timer-box" data-timer [^>]*hidden', text)
    assert started.get("/plan/session/2020-01-01").status_code == 404


def test_the_timer_alone_holds_nothing_of_a_person(started, browser):
    """Who is not signed in gets the same page as who is."""
    assert browser().get("/timer").text == started.get("/timer").text
    worker = started.get("/sw.js").text
    assert all(f'"{path}"' in worker for path in ("/timer", "/static/timer.js", "/static/plan.css"))


def test_today_names_the_session_after_the_rating(started):
    """Not before it, so that it sways no rating; and not once the session is done."""
    assert "Your session today" not in started.get("/").text
    assert "Your session today: 30 minutes" in started.post("/check-in", {"pain": "2"}).text
    started.post("/plan/done")
    assert "Your session today" not in started.get("/").text


def test_a_draw_needs_mornings(owner):
    """Without two weeks of them the page says what is missing."""
    reply = owner.post("/plan/draw", {"law": "days"})
    assert (reply.status_code, "14 days" in reply.text) == (400, True)


def test_no_draw_is_offered_before_it_can_be_made(owner, mornings, site):
    """Where the mornings reach back far enough there is a form; else the ways are named, and when they open."""
    assert 'action="/plan/draw"' in owner.get("/plan").text
    site.store.diary(OWNER).erase_entries([entry.id for entry in site.store.diary(OWNER).entries()])
    owner.post("/check-in", {"pain": "3"})
    shown = owner.get("/plan").text
    assert 'action="/plan/draw"' not in shown
    opens = choice_opens_on(site.store.diary(OWNER).records())
    assert f"From Monday, {day_month(opens)}, you can choose" in shown


def test_a_draw_opens_as_soon_as_it_is_accepted(site, mornings):
    """On the Monday named a draw for the next one is kept, and on the day before it is refused."""
    diary, now = site.store.diary(OWNER), utc_now()
    opens = choice_opens_on(diary.records())
    with pytest.raises(BadValue):
        allocate_for(site.store, OWNER, AllocationScheme.DAYS, today=opens - DAY, now=now)
    made = allocate_for(site.store, OWNER, AllocationScheme.DAYS, today=opens, now=now)
    assert made.first_day == opens + 7 * DAY


@pytest.mark.parametrize(
    ("law", "way"), [("days", "three days of each week"), ("weeks", "Of each two weeks")]
)
def test_a_draw_is_hidden_until_its_week_begins(owner, mornings, monkeypatch, law, way):
    """Its way and its ends show at once, no day of it; on the first day of it seven days do."""
    text = owner.post("/plan/draw", {"law": law, "weeks": "8"}).text
    assert "chance picks your days. You see each week when it begins." in text
    assert "Until then you can go back" in text
    assert way in text
    assert "What was drawn" not in text
    days_later(monkeypatch, 7 - lived_today().weekday())
    assert owner.get("/plan").text.count('<th scope="row">') == 7


def test_days_are_taken_back(owner, mornings, site):
    """Own days are chosen by the same form."""
    owner.post("/plan/draw", {"law": "days"})
    assert "From " in owner.get("/plan").text
    text = owner.post("/plan/draw", {"law": "own"}).text
    assert ", you choose your days." in text
    assert re.search(r"<strong>You choose your days.</strong>\s*</p>", text)


def test_what_chance_is_for_is_told(owner):
    """Why it is the friend, and what it costs, before anything is drawn."""
    text = owner.get("/plan").text
    assert "A coin does not know how your back feels." in text
    assert "You give up some choice." in text


def test_how_soon_is_read_from_the_last_answer(owner, site):
    """One row a way of choosing days, one column a question, to fit a phone; without an answer a sentence."""
    assert "This cannot be worked out yet." in owner.get("/plan").text
    blocks = {"two_week_blocks": None, "four_week_blocks": 168, "horizon": 365}
    none = {"two_week_blocks": 0, "four_week_blocks": 0, "horizon": 365}
    needed = [
        {"question": "week", "own_days": None, "days_drawn": 84, "weeks_drawn": 56, **blocks},
        {"question": "season", "own_days": 0, "days_drawn": 0, "weeks_drawn": 0, **none},
    ]
    numbers = {"format": FORMAT, "days_needed": needed}
    store_answer(site.store, OWNER, CachedAnswer("mark", "", json.dumps(numbers), "", utc_now()))
    text = owner.get("/plan").text
    ways = {"Own days": "more than 52 weeks", "Days drawn": "12 weeks", "Weeks drawn": "8 weeks"}
    for way, week in ways.items():
        assert f'<th scope="row">{way}</th><td>{week}</td><td>there is a verdict</td>' in text


def test_a_plan_is_strictly_ones_own(started, anna, site):
    """What the owner started and did is on no page of Anna's."""
    started.post("/plan/done")
    assert "Answer the safety questions first." in anna.get("/plan").text
    anna.post("/safety/questions", NO)
    assert "Nothing is planned yet." in anna.get("/plan").text


def test_the_plan_of_the_example_is_kept_apart(started, site):
    """What is tapped while looking at the simulated person stays there."""
    started.post("/example/show")
    started.post("/plan/say", {"step": "pause"})
    started.post("/example/hide")
    assert "/plan/session/" in started.get("/plan").text


def test_a_bad_morning_stands_on_today_with_when_to_get_help(started, site):
    """Usual 3 and 9 now: no session on the page, the reason, and the way to get help."""
    mornings = tuple(CheckIn(moment=utc_now() - n * DAY, pain=PainRating(3)) for n in range(1, 15))
    now = CheckIn(moment=utc_now(), pain=PainRating(9))
    site.store.diary(OWNER).add(Records((*mornings, now)), source="app", now=utc_now())
    text = started.get("/").text
    assert "/plan/session/" not in text
    assert "Your back pain is 9 today. Usual for you is 3." in text
    assert "There is no session until your pain is at 3 or less" in text
    assert text.index("When to stop and get help") < text.index("Your last 14 days")


def test_why_runs_wait_stands_on_top_before_any_plan(screened):
    """Chance "can pick run days once you may run again": the reason that it points to is there."""
    screened.post("/safety/questions", {**NO, "q-night_pain": "yes"})
    text = screened.get("/plan").text
    assert text.index("you said yes to this:") < text.index("Nothing is planned yet.")
    assert "The reason is at the top of this page." in text


def test_no_run_is_drawn_or_begun_while_the_answers_leave_walks(screened, mornings, site):
    """A yes that leaves walks alone: whoever sends the forms all the same gets the reason, and nothing is kept."""
    screened.post("/plan/draw", {"law": "days"})
    screened.post("/safety/questions", {**NO, "q-night_pain": "yes"})
    text = screened.get("/plan").text
    assert 'name="law" value="own"' in text
    assert 'name="law" value="days"' not in text
    before = site.store.diary(OWNER).records()
    for path, sent in (("say", {"step": "start own running"}), ("draw", {"law": "weeks"})):
        refused = screened.post(f"/plan/{path}", sent)
        assert (refused.status_code, "leave no runs for now" in refused.text) == (400, True)
    assert site.store.diary(OWNER).records() == before
    assert "you choose your days." in screened.post("/plan/draw", {"law": "own"}).text


def test_a_second_look_works_out_no_past_day(started, monkeypatch):
    """What is left to tick is worked out once, and again once the diary has changed."""
    looks = []
    monkeypatch.setattr("backstride.web.plan.still_to_tick", lambda *_, **__: looks.append(1) or ())
    started.get("/plan")  # it was shown after the start, and nothing was told since
    assert looks == []
    started.post("/check-in", {"pain": "3"})
    for _ in range(3):
        started.get("/plan")
    assert len(looks) == 1


def test_the_timer_runs_as_long_as_the_session_is_called():
    """2,840 seconds are called 47 minutes, and so the timer counts 47; short stretches keep their seconds."""
    stretches = (Interval(seconds=105, is_run=False), Interval(seconds=2840, is_run=True))
    assert [stretch.seconds for stretch, _at, _said in timed(stretches)] == [105, 47 * 60]
