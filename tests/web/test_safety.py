"""Safety in the browser: one list for everyone; one's own answers, kept apart from everybody else's."""

import json
import re
from datetime import timedelta

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.clearance import Reply
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.people import person_of
from backstride.diary.schema import OWNER
from backstride.report.hyphenation import SOFT_HYPHEN
from backstride.runtime.clock import utc_now
from backstride.screening.item import Group
from backstride.screening.items import ITEMS, in_group
from backstride.screening.occasions import Occasion
from backstride.screening.taps import TAPS
from backstride.services.screen import SafetyAnswers
from backstride.services.screening_service import due_for, store_answers_for, times_answered

from .days import lived_today

ALL_NO = {f"q-{item.key}": "no" for item in ITEMS}
TAPS_NO = {f"q-{tap.key}": "no" for tap in TAPS}


def answer(browser, occasion: str = "start", **said: str):
    """Answer with no, but for what is named; an empty answer is left out."""
    base = ALL_NO if occasion == "start" else TAPS_NO
    form = {**base, **{f"q-{key}": value for key, value in said.items()}}
    return browser.post("/safety/questions", {"occasion": occasion, **form})


def days_later(monkeypatch, days: int) -> None:
    """Let the server's clock stand some days on."""
    later = utc_now() + timedelta(days=days)
    monkeypatch.setattr("backstride.web.visitor.utc_now", lambda: later)


def test_the_list_is_the_same_for_everyone(owner, browser):
    """The questions stand there without sign-in, and no answer of anybody's changes a word of them."""
    before = browser().get("/safety").text
    answer(owner, saddle_numbness="yes")
    assert browser().get("/safety").text == before
    shown = before.replace(SOFT_HYPHEN, "")
    assert all(item.question.replace("'", "&#39;") in shown for item in ITEMS)


def test_today_asks_once_at_the_start(owner):
    """One line on Today leads to the questions, and goes once they are answered."""
    assert "answer the safety questions once" in owner.get("/").text
    assert "Nothing that you said holds you back." in answer(owner).text
    assert "/safety/questions" not in owner.get("/").text


def test_three_taps_are_asked_each_week(owner, monkeypatch):
    """A week on, Today asks for three taps; they are three questions."""
    answer(owner)
    days_later(monkeypatch, 7)
    assert "Three safety questions" in owner.get("/").text
    page = owner.get("/safety/questions").text
    assert all(f'name="q-{tap.key}"' in page for tap in TAPS)
    assert "Nothing that you said holds you back." in answer(owner, "weekly").text


@pytest.mark.parametrize(
    ("told", "line"), [({"pain": "6"}, "After a flare"), ({"leg_symptoms": "yes"}, "Something new in a leg")]
)
def test_a_flare_or_a_leg_asks_again(owner, monkeypatch, told, line):
    """What the check-in of the next day tells calls for the questions on that very day."""
    owner.post("/check-in", {"pain": "2"})
    answer(owner)
    days_later(monkeypatch, 1)
    monkeypatch.setattr("backstride.services.check_in.utc_now", lambda: utc_now() + timedelta(days=1))
    owner.post("/check-in", told)
    assert line in owner.get("/").text


def test_what_is_left_open_is_no_no(owner, site):
    """An empty form is kept as nothing answered, and the page says what is open."""
    reply = owner.post("/safety/questions", {"occasion": "start"})
    assert f"No sessions for now. First answer {len(ITEMS)} safety questions." in reply.text
    (time,) = times_answered(site.store, OWNER)
    assert Reply.NO not in time.replies.values()


def test_leave_open_takes_an_answer_back(owner, site):
    """The third choice of each question is an answer of its own."""
    answer(owner)
    assert (
        "No sessions for now. First answer 1 safety question."
        in answer(owner, leg_injury="not answered").text
    )


def test_an_emergency_says_whom_to_call_and_names_no_disease(owner):
    """Level and number first; it quotes the question, not a cause, and asks nothing more."""
    text = answer(owner, saddle_numbness="yes").text
    assert "Get help at once." in text
    assert "112" in text
    assert "There are no sessions for now. The diary goes on" in text
    assert "Still open" not in text
    assert 'role="alert"' in text


def test_beside_an_emergency_no_page_gives_milder_advice(owner):
    """A strong morning is no word of walking, choosing or run days where help is to be called at once."""
    answer(owner, saddle_numbness="yes")
    owner.post("/check-in", {"pain": "9", "leg_symptoms": "yes"})
    for path in ("/", "/plan", "/safety/result"):
        text = owner.get(path).text
        assert "Get help at once." in text
        assert not [
            one for one in ("Walk", "you choose", "Your run days", "until it is better") if one in text
        ], path


def test_a_yes_to_a_tap_opens_the_questions_behind_it(owner, monkeypatch):
    """Until each is answered the yes stands; then they count, not the tap."""
    answer(owner)
    days_later(monkeypatch, 7)
    text = answer(owner, "weekly", tap_soon="yes").text
    assert "See a clinician in the next few days" in text
    assert "Go through the questions one by one" in text
    assert "<details open><summary>" in owner.get("/safety/questions?occasion=weekly").text
    settled = {item.key: "no" for item in ITEMS if item.group == "soon"}
    assert "Nothing that you said holds you back." in answer(owner, "weekly", tap_soon="yes", **settled).text


def test_a_talk_is_kept_and_lifts_what_it_may(owner):
    """Once the provider agrees, running is offered, with care; an emergency stays one."""
    assert "For now the programme offers walks." in answer(owner, spinal_surgery="yes").text
    assert "offers running, with care" in owner.post("/safety/agreed", {"agreed": "spinal_surgery"}).text
    answer(owner, saddle_numbness="yes")
    assert "Get help at once." in owner.post("/safety/agreed", {"agreed": "saddle_numbness"}).text


def test_a_talk_moves_no_day(owner, site, monkeypatch):
    """It belongs to the last answers, so the weekly questions come no later for it."""
    answer(owner, spinal_surgery="yes")
    days_later(monkeypatch, 7)
    owner.post("/safety/agreed", {"agreed": "spinal_surgery"})
    assert "Three safety questions" in owner.get("/").text
    first, second = times_answered(site.store, OWNER)
    assert (first.day, first.occasion) == (second.day, Occasion.START)


def test_a_note_can_be_printed(owner):
    """It holds what was said, room to tick and to write, and a style for paper."""
    answer(owner, spinal_surgery="yes", leg_injury="")
    text = owner.get("/safety/note").text
    assert "Have you ever had surgery on your spine?" in text
    assert "Have you hurt a leg or foot in the last 6 weeks?" in text
    assert "walk for now, no running" in text
    assert "@media print" in owner.get("/static/safety.css").text


def test_answers_are_strictly_ones_own(owner, anna, site):
    """What the owner said is on no page of Anna's, and hers not on theirs."""
    answer(owner, saddle_numbness="yes")
    anna_id = next(n for n in range(1, 9) if n != OWNER and person_of(site.store, n).name == "Anna")
    assert times_answered(site.store, anna_id) == ()
    assert "No question has been answered yet." in anna.get("/safety/result").text
    answer(anna)
    assert "Get help at once." in owner.get("/safety/result").text
    for path in ("/safety/result", "/safety/note"):
        assert "numb between the legs" not in anna.get(path).text


def test_the_made_up_person_answers_apart(owner, site):
    """What is tapped while looking at the example stays with the example."""
    owner.post("/example/show")
    answer(owner, saddle_numbness="yes")
    assert times_answered(site.store, OWNER) == ()
    owner.post("/example/hide")
    assert "No question has been answered yet." in owner.get("/safety/result").text


def test_deleting_everything_takes_the_answers_along(owner, site):
    """They are of health."""
    answer(owner, saddle_numbness="yes")
    owner.post("/settings/delete-everything", {"sure": "yes"})
    assert times_answered(site.store, OWNER) == ()


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"q-nothing": "no"}, 400),
        ({"q-leg_injury": "perhaps"}, 422),
        ({"g-legs": "all"}, 422),
        ({"g-nowhere": "none"}, 422),
    ],
    ids=json.dumps,
)
def test_what_no_page_sends_is_refused(owner, site, form, status):
    """Nothing is kept, and nothing dropped: an answer that no page offers fails the whole form."""
    reply = owner.post("/safety/questions", {"occasion": "start", **form})
    assert (reply.status_code, times_answered(site.store, OWNER)) == (status, ())


def test_an_agreement_without_answers_is_refused(owner):
    """There is nothing that it could be about."""
    assert owner.post("/safety/agreed", {"agreed": "spinal_surgery"}).status_code == 404


def test_three_taps_answer_the_start(owner, site):
    """None of the three lists is true: every question has a no, the plan is the next link, and nothing is due."""
    text = owner.post(
        "/safety/questions", {"occasion": "start", "g-now": "none", "g-soon": "none", "g-first": "none"}
    ).text
    assert "Nothing that you said holds you back." in text
    assert 'href="/plan"' in text
    assert due_for(site.store, OWNER, today=lived_today()) is None


def test_a_list_that_was_not_tapped_stays_open(owner):
    """One list left out, or one where something may be true: its questions are open, and the start is still due."""
    text = owner.post("/safety/questions", {"occasion": "start", "g-now": "none", "g-soon": "some"}).text
    assert "questions are still open" in text
    leads_to = re.search(r'href="(/safety/questions[^"]*)">Go through', text)[1]
    assert leads_to.startswith("/safety/questions?occasion=start#")
    assert f'id="{leads_to.partition("#")[2]}"' in owner.get(leads_to).text
    assert "Answer the questions that are due" not in text
    assert "in the next few days” you said that one is true, or that you are not sure." in text
    assert "Since you last answered" not in text
    assert "<summary>Show the questions</summary>" in text


def test_a_yes_goes_before_the_tap_on_its_list(owner):
    """Tapped none, and yes to one of them: the yes counts."""
    taps = {"occasion": "start", "g-now": "none", "g-soon": "none", "g-first": "none"}
    assert "Get help at once." in owner.post("/safety/questions", {**taps, "q-both_legs_numb": "yes"}).text


def test_a_question_that_counts_shows_what_it_counts(owner):
    """In the list that one tap answers: each sign of "do three or more of these fit"."""
    lists = re.findall(r'<ul class="small">.*?</ul>', owner.get("/safety/questions").text, flags=re.DOTALL)
    counting = [item for item in ITEMS if item.fits]
    assert counting
    assert all(any(sign[1:] in shown for shown in lists) for item in counting for sign in item.fits)


def test_unsure_of_an_emergency_is_answered_with_help(owner):
    """Whoever taps "one is, or I am not sure" and nothing else is told to get help, on each page that follows."""
    told = {
        "occasion": "start",
        "then": "/welcome/goal",
        "g-now": "some",
        "g-soon": "none",
        "g-first": "none",
    }
    result = owner.post("/safety/questions", told).text
    assert "Get help at once." in result
    assert 'href="tel:112"' in result
    assert "/safety/questions?occasion=start" in result
    goal = owner.get("/welcome/goal").text
    assert "Get help at once." in goal
    assert 'href="tel:112"' in goal
    assert 'value="run"' not in goal
    plan = owner.get("/plan").text
    assert "Get help at once." in plan
    assert 'value="start"' not in plan
    before_rating = owner.get("/").text
    assert 'href="tel:112"' in before_rating
    assert "answer the safety questions once" not in before_rating
    today = owner.post("/check-in", {"pain": "2"}).text
    assert 'href="tel:112"' in today
    assert "About to run?" not in today
    assert "/pain-before" not in today


@pytest.mark.parametrize(("group", "said"), [("soon", "Stop running."), ("first", "Talk to your provider")])
def test_unsure_of_another_list_is_a_yes_to_it(owner, group, said):
    """Until its questions are answered one by one."""
    lists = {f"g-{each}": "none" for each in ("now", "soon", "first")} | {f"g-{group}": "some"}
    assert said in owner.post("/safety/questions", {"occasion": "start", **lists}).text


@pytest.mark.parametrize(("said", "others"), [("yes", "no"), ("no", None)])
def test_no_to_all_the_others_is_one_tap(owner, site, said, others):
    """After a yes each other question of its list is a no, and none of another list; without a yes they stay open."""
    first, *rest = [item.key for item in in_group(Group.FIRST)]
    form = {
        "occasion": "start",
        "g-first": "some",
        "r-first": "no",
        f"q-{first}": said,
        f"q-{rest[0]}": "yes",
    }
    if said == "no":
        del form[f"q-{rest[0]}"]
    owner.post("/safety/questions", form)
    told = times_answered(site.store, OWNER)[-1].replies
    assert {told.get(key, Reply.NOT_ANSWERED) for key in rest[1:]} == {
        Reply.NO if others else Reply.NOT_ANSWERED
    }
    assert {told.get(item.key, Reply.NOT_ANSWERED) for item in in_group(Group.SOON)} == {Reply.NOT_ANSWERED}


def test_unsure_ends_when_each_question_is_answered(owner):
    """A no to each, one by one, says more than a tap on the list."""
    told = {f"q-{item.key}": "no" for item in ITEMS}
    said = owner.post("/safety/questions", {"occasion": "start", "g-now": "some", **told}).text
    assert "Nothing that you said holds you back." in said


def test_open_questions_are_no_reason_against_a_plan(owner):
    """Saved with nothing tapped, the first run says what is missing, not that answers speak against a plan."""
    owner.post("/safety/questions", {"occasion": "start"})
    page = owner.get("/welcome/goal").text
    assert "still open" in page
    assert "Based on your answers" not in page


def test_today_names_the_sign_of_the_first_list_that_nobody_looked_at(owner):
    """Numb between the legs, taken back, not looked at: Today, the question and the plan name it, and say today."""
    answer(owner, saddle_numbness="yes")
    answer(owner)
    named = "you said yes to this: Is there numbness or tingling between your legs"
    asked = owner.get("/safety/questions").text
    assert named in asked
    for tap in (
        "Yes, nobody has looked at it yet",
        "No, a clinician has looked at it",
        "No, my yes was a slip",
    ):
        assert tap in asked
    owner.post("/safety/questions", {"occasion": "seen", "q-not_seen_yet": "yes"})
    for page in ("/", "/safety/result"):
        text = owner.get(page).text
        assert named in text
        assert "Have it looked at today, even if it went away." in text


def test_a_fact_that_was_taken_back_is_asked_alone(owner):
    """A birth in the last 12 weeks, yes and then no: the page asks this one question again, and says why."""
    answer(owner, birth_12_weeks="yes")
    answer(owner)
    assert "the same question once more" in owner.get("/").text
    page = owner.get("/safety/questions").text
    assert "You said yes to this in the last two weeks, and then no." in page
    assert [key for key in ALL_NO if f'name="{key}"' in page] == ["q-birth_12_weeks"]
    told = owner.post("/safety/questions", {"occasion": "again", "q-birth_12_weeks": "no"}).text
    assert "Nothing that you said holds you back." in told


def test_all_that_is_due_is_asked_on_one_page(owner, site):
    """A leg sign with a rise of the back: one form, each with its own reason, and nothing is open after it."""
    day = lived_today() - timedelta(days=1)
    said = SafetyAnswers({item.key: Reply.NO for item in ITEMS})
    store_answers_for(site.store, OWNER, said, occasion=Occasion.START, today=day)
    now = utc_now()
    mornings = tuple(CheckIn(moment=now - n * timedelta(days=1), pain=PainRating(2)) for n in range(1, 11))
    site.store.diary(OWNER).add(Records(mornings), source="app", now=now)
    owner.post("/check-in", {"pain": "6", "leg_symptoms": "yes"})
    plan, asked = owner.get("/plan").text, owner.get("/safety/questions").text
    for reason in ("You reported something new in a leg.", "your back pain was 2 or more points higher"):
        assert reason in plan
        assert reason in asked
    keys = set(re.findall(r'name="q-(\w+)"', asked))
    assert f"No sessions for now. First answer {len(keys)} safety questions." in plan
    hidden = dict.fromkeys(re.findall(r'name="also" value="([\w ]+)"', asked))
    told = {f"q-{key}": "no" for key in keys}
    text = owner.post("/safety/questions", {"occasion": "leg", "also": list(hidden), **told}).text
    assert "No sessions for now" not in text
    assert due_for(site.store, OWNER, today=lived_today()) is None
