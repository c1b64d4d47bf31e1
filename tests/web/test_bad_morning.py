"""A bad morning is warned of on Today, on the page Plan and on its own day, whatever the state of the plan."""

import re
from datetime import timedelta

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.diary.schema import OWNER
from backstride.runtime.clock import utc_now
from backstride.screening.items import ITEMS

from .days import lived_today, this_morning

HELP = "read when to get help"
NO = {"occasion": "start", **{f"q-{item.key}": "no" for item in ITEMS}}
STATES = {
    "nothing asked": (),
    "asked, no plan": ("questions",),
    "a plan": ("questions", "start"),
    "paused": ("questions", "start", "pause"),
    "ill": ("questions", "start", "ill"),
    "away": ("questions", "start", "holiday"),
}
BAD = {
    "back": ({"pain": "9"}, "Your back pain is 9 today."),
    "leg": ({"pain": "1", "leg_pain": "8"}, "Your leg pain is 8 today."),
    "sign": (
        {"pain": "1", "leg_symptoms": "yes"},
        "You said that you have pain, tingling or numbness down a leg today.",
    ),
    "elsewhere": ({"pain": "0", "other_pain": "9"}, "Your pain elsewhere is 9 today."),
}


def into(owner, steps):
    """Bring the owner's plan into a state."""
    for step in steps:
        if step == "questions":
            owner.post("/safety/questions", NO)
        else:
            owner.post("/plan/say", {"step": step})


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("state", STATES)
def test_a_bad_morning_warns_in_every_state(state, bad, owner):
    """What hurts, how much, and the way to help stand on Today and on the page Plan."""
    into(owner, STATES[state])
    told, words = BAD[bad]
    owner.post("/check-in", told)
    for path in ("/", "/plan"):
        text = owner.get(path).text
        (box,) = re.findall(r'<div class="problem"><p>Y.*?</div>', text, flags=re.DOTALL)
        assert words in box
        assert HELP in box
        assert 'href="/safety"' in box


@pytest.mark.parametrize("state", STATES)
def test_a_good_morning_warns_of_nothing(state, owner):
    """Pain of 3 and nothing else brings no box."""
    into(owner, STATES[state])
    owner.post("/check-in", {"pain": "3", "leg_pain": "0", "other_pain": "0", "leg_symptoms": "no"})
    assert HELP not in owner.get("/").text


def test_a_rise_is_told_with_what_is_usual(owner, site):
    """5 where 1 is usual: the rating, the usual, and what to do."""
    now = utc_now()
    told = tuple(CheckIn(moment=now - timedelta(days=n), pain=PainRating(1)) for n in range(1, 15))
    site.store.diary(OWNER).add(Records(told), source="app", now=now)
    owner.post("/check-in", {"pain": "5"})
    text = owner.get("/").text
    assert "Your back pain is 5 today. Usual for you is 1." in text
    assert "Do not run until it is better." in text
    assert "If it is new or strong, or gets worse, read when to get help." in text


@pytest.mark.parametrize("state", STATES)
def test_every_page_says_the_same_after_runs_that_hurt(state, owner, site):
    """Today, Plan and the day itself: do not run, talk first, after which days; no run is offered meanwhile."""
    morning = this_morning()
    days = [(n, 8 if n in (0, 4) else 2) for n in range(28)]
    told = tuple(CheckIn(moment=morning - timedelta(days=n), pain=PainRating(pain)) for n, pain in days)
    starts = [morning - timedelta(days=n) + timedelta(hours=4) for n in range(1, 28, 2)]
    ran = tuple(Run(start=start, moving_s=1800, source="watch") for start in starts)
    site.store.diary(OWNER).add(Records(told, ran), source="app", now=utc_now())
    into(owner, STATES[state])
    plan = owner.get("/plan").text
    for text in (plan, owner.get("/").text, owner.get(f"/diary/day/{lived_today()}").text):
        assert "Do not run" in text
        assert "Twice in 14 days" in text
        assert len(re.findall(r"That was after \w+, \d+ \w+; \w+, \d+ \w+\.", text)) == 1
        assert "Talk to your provider first" in text
        after = text.find("When you run again")
        assert after < 0 or text.index("Do not run. Talk to your provider first.") < after
    assert 'value="start own running"' not in plan
    assert 'action="/plan/draw"' not in plan
    for path, sent in (("say", {"step": "start own running"}), ("draw", {"law": "days"})):
        refused = owner.post(f"/plan/{path}", sent)
        assert refused.status_code == 400
        # before the questions these come first
        assert state == "nothing asked" or "A talk with your provider comes first" in refused.text
    assert owner.post("/plan/draw", {"law": "own"}).status_code == 200
    assert not site.store.diary(OWNER).records().allocations


@pytest.mark.parametrize("state", STATES)
def test_strong_pain_forbids_a_run_in_every_state(state, owner, site):
    """Also where a plan has its own words for it: a session that was a red yesterday, and 9 today."""
    now = utc_now()
    into(owner, STATES[state])
    run = Run(start=now - timedelta(days=1), moving_s=1800, source="watch")
    site.store.diary(OWNER).add(Records((), (run,)), source="watch", now=now)
    owner.post("/check-in", {"pain": "9"})
    for path in ("/", "/plan", f"/diary/day/{lived_today()}"):
        (box,) = re.findall(r'<div class="problem"><p>Y.*?</div>', owner.get(path).text, flags=re.DOTALL)
        assert "Do not run" in box


def test_strong_pain_is_called_strong(owner):
    """A 9 leaves nobody to ask whether it is strong: the page says so, and leads to help."""
    owner.post("/check-in", {"pain": "9"})
    text = owner.get("/").text
    assert "This is strong pain: read when to get help." in text
    assert "If it is new or strong" not in text


@pytest.mark.parametrize(("back", "warns"), [(1, True), (2, False)])
def test_a_day_that_was_filled_in_warns_for_two_days(back, warns, owner, site):
    """Yesterday's does, the day before yesterday's does not."""
    day = lived_today() - timedelta(days=back)
    owner.post("/check-in", {"pain": "9", "day": str(day)})
    assert (HELP in owner.get(f"/diary/day/{day}").text) is warns


def test_a_filled_in_day_that_was_rated_again_since_warns_of_nothing(owner):
    """Yesterday's 8, told after today's 2, holds nobody back; told before any later rating, it does."""
    yesterday = lived_today() - timedelta(days=1)
    owner.post("/check-in", {"pain": "8", "day": str(yesterday)})
    assert "It counts until you rate it again." in owner.get(f"/diary/day/{yesterday}").text
    owner.post("/check-in", {"pain": "2"})
    text = owner.get(f"/diary/day/{yesterday}").text
    assert "It counts until you rate it again." not in text
    assert "Do not run" not in text


def test_an_alarm_of_the_answers_stands_on_today(owner):
    """A yes to a sign that needs help at once is on Today, with no plan at all."""
    owner.post("/safety/questions", {**NO, "q-saddle_numbness": "yes"})
    owner.post("/check-in", {"pain": "1"})
    assert "Get help at once." in owner.get("/").text


@pytest.mark.usefixtures("noon")
def test_who_talks_first_reads_so_beside_the_walk(owner):
    """A yes that leaves walks until a talk: Today says so before and after the rating, in the words of the result."""
    owner.post("/safety/questions", {**NO, "q-over_60": "yes"})
    owner.post("/plan/say", {"step": "start"})
    asked = "Talk to your provider before you run."
    assert asked in owner.get("/safety/result").text
    assert asked in owner.get("/").text
    text = owner.post("/check-in", {"pain": "2"}).text
    assert "/pain-before" not in text  # nobody is asked whether they run soon
    assert text.index(asked) < text.index("Your session today")
    owner.post("/safety/questions", NO)
    assert asked not in owner.get("/").text


def test_no_pain_in_a_leg_takes_no_tingling_back(owner):
    """A yes to tingling ends by a no to tingling; the question stands open in the check-in each morning."""
    into(owner, ("questions", "start"))
    day = lived_today()
    owner.post("/check-in", {"pain": "2", "leg_symptoms": "yes", "day": str(day - timedelta(days=1))})
    text = owner.post("/check-in", {"pain": "2", "leg_pain": "0"}).text
    assert "It counts until you say that it is gone." in text
    form = owner.get(f"/check-in/{day}").text
    assert form.index("name=leg_symptoms ") < form.index("<summary>")
    text = owner.post("/check-in", {"pain": "2", "leg_pain": "0", "leg_symptoms": "no"}).text
    assert "It counts until you say that it is gone." not in text


def test_the_saved_line_names_each_place(owner):
    """Back, leg and elsewhere, as they were told."""
    text = owner.post("/check-in", {"pain": "3", "leg_pain": "8", "other_pain": "2"}).text
    words = " ".join(re.sub(r"<[^>]+>", "", text).split())
    assert "Back 3. Leg 8. Elsewhere 2." in words


def test_the_result_of_the_safety_questions_does_not_forget_the_check_ins(owner):
    """All no, and a sign in a leg by this morning's check-in: the result says so, as Today does."""
    into(owner, ("questions", "start"))
    calm = owner.get("/safety/result").text
    assert "Nothing that you said holds you back." in calm
    assert "The programme offers running" in calm
    owner.post("/check-in", {"pain": "1", "leg_symptoms": "yes"})
    text = owner.get("/safety/result").text
    assert "For now: walks." in text
    assert "Nothing that you said holds you back." not in text
    assert "The programme offers running" not in text
    assert "You said that you have pain, tingling or numbness down a leg today." in text


@pytest.mark.parametrize(("pain", "is_held"), [("9", True), ("3", False)])
def test_the_answer_page_says_that_running_is_held(owner, pain, is_held):
    """Next steps about runs stand below a line that says not to run, on such a morning alone."""
    into(owner, STATES["a plan"])
    owner.post("/check-in", {"pain": pain})
    assert ("Do not run for now." in owner.get("/answer").text) is is_held
