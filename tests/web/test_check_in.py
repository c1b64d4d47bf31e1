"""The morning check-in: few taps, once, and nothing lost by an edit."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.datetimes import day_lived
from backstride.core.records import Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.diary.schema import OWNER
from backstride.runtime.clock import utc_now

from .conftest import PAGE
from .days import lived_today


def told(site, person: int = OWNER):
    """What the diary shows."""
    return site.store.diary(person).records().check_ins


def sent(moment, **more) -> dict[str, str]:
    """What the script of the page sends."""
    at = moment.isoformat(timespec="seconds")
    return {
        "sent_id": "phone-1",
        "told_at": at,
        "sent_at": at,
        "day": str(moment.date()),
        "pain": "3",
        **more,
    }


def the_form(owner, site) -> str:
    """The form of today, as it is opened again to change it."""
    return owner.get(f"/check-in/{lived_today()}").text


def test_no_form_is_shown_for_a_day_ahead(owner):
    """Neither a check-in nor a run can be entered for tomorrow, and the page says so."""
    ahead = lived_today() + timedelta(days=1)
    for path in (f"/check-in/{ahead}", f"/diary/add-run/{ahead}"):
        reply = owner.get(path)
        assert (reply.status_code, "This day lies ahead." in reply.text) == (404, True)


def test_a_check_in_is_saved_and_shown(owner, site):
    """Pain, intention, save: three taps, and Today says that it is saved."""
    reply = owner.post("/check-in", {"pain": "3", "means_to_run": "yes"})
    words = " ".join(re.sub(r"<[^>]+>", "", reply.text).split())
    assert "Saved for today. Back 3. Change it" in words
    assert "data-check-in" not in reply.text
    (check_in,) = told(site)
    assert (check_in.pain.value, check_in.means_to_run, check_in.filled_in_late) == (3, True, False)


@pytest.mark.parametrize(("said", "shown"), [("no", True), ("yes", False)])
def test_a_no_beside_a_run_on_record_is_told(owner, site, said, shown):
    """Yesterday holds a run of a watch: the record counts, and Today says that it does."""
    yesterday = lived_today() - timedelta(days=1)
    start = datetime.combine(yesterday, time(12), tzinfo=UTC)
    run = Run(start=start, moving_s=1800.0, source="watch")
    site.store.diary(OWNER).add(Records(runs=(run,)), source="watch", now=utc_now())
    text = owner.post("/check-in", {"pain": "3", "ran_yesterday": said}).text
    assert ("A run is recorded for that day" in text) is shown


def test_the_form_shows_what_was_saved(owner, site):
    """What was tapped is still tapped when the page is opened again."""
    owner.post("/check-in", {"pain": "7", "drinks": "2"})
    form = the_form(owner, site)
    assert "name=pain value=7 checked" in form
    assert "name=drinks value=2 checked" in form


def test_saving_the_same_form_twice_is_one_version(owner, site):
    """A double tap changes nothing."""
    form = {"pain": "3", "sent_id": "f", "day": ""}
    owner.post("/check-in", form)
    owner.post("/check-in", form)
    (entry,) = site.store.diary(OWNER).entries()
    assert entry.version == 1


def test_going_back_and_saving_again_is_an_edit(owner, site):
    """The same page sent with another rating is no retry: both versions are kept."""
    owner.post("/check-in", {"pain": "3", "sent_id": "f"})
    owner.post("/check-in", {"pain": "5", "sent_id": "f"})
    (entry,) = site.store.diary(OWNER).entries()
    assert (entry.version, entry.record.pain.value) == (2, 5)


def test_sent_again_gets_the_same_reply(owner, site):
    """A phone that did not hear the first reply hears the same again."""
    form = {"mark": owner.mark, **sent(utc_now())}
    replies = [owner.client.post("/check-in", data=form) for _ in range(3)]
    assert {(reply.status_code, reply.text) for reply in replies} == {(200, replies[0].text)}
    assert len(told(site)) == 1


def test_sore_muscles_are_one_tap_and_no_pain(owner, site):
    """They are kept beside the pain, whatever is meant for the day, shown again, and can be taken back."""
    said = []
    for answer in ("yes", "no"):
        owner.post("/check-in", {"pain": "2", "means_to_run": "yes", "sore": answer})
        page = the_form(owner, site)
        said.append((told(site)[-1].sore, f"name=sore value={answer} checked" in page))
    assert said == [(True, True), (False, True)]
    assert [(c.pain.value, c.means_to_run) for c in told(site)] == [(2, True)]


@pytest.mark.parametrize(
    ("name", "answer", "kept"),
    [("leg_pain", "4", 4), ("sleep", "7.5", 7.5), ("medicine", "more", "more"), ("flare", "no", False)],
)
def test_an_answer_is_kept_and_shown_again(owner, site, name, answer, kept):
    """Whether it stands in the open part of the form or in the closed one, which opens where it holds an answer."""
    owner.post("/check-in", {name: answer})
    page = the_form(owner, site)
    assert getattr(told(site)[-1], name) == kept
    assert answer == "7.5" or f"name={name} value={answer} checked" in page
    assert ("<details open>" in page) == (name != "leg_pain")


def test_a_word_that_the_form_does_not_offer_is_refused(owner, site):
    """A program hears which there are; nothing is kept."""
    for wrong in ({"medicine": "lots"}, {"flare": "maybe"}, {"flare": "YES"}):
        reply = owner.post("/check-in", {"pain": "3", **wrong})
        assert reply.status_code == 422
    assert "none, usual, more" in owner.post("/check-in", {"medicine": "lots"}).text
    assert told(site) == ()


def test_the_form_knows_the_usual_pain(owner, site):
    """The median of the last four weeks, once there are five mornings: a flare is asked about above it."""
    today = lived_today()
    assert "data-usual" not in owner.get("/").text
    for days, pain in enumerate((2, 3, 3, 4, 9), start=1):
        owner.post("/check-in", {"pain": str(pain), "day": (today - timedelta(days=days)).isoformat()})
    assert 'data-usual="3.0"' in owner.get("/").text


def test_yesterdays_counts_are_one_tap(owner, site):
    """What was counted last is offered by one tap, as long as nothing is told; another count beside it outweighs."""
    assert "as_last_time" not in owner.get("/").text
    before = str(lived_today() - timedelta(days=2))
    owner.post("/check-in", {"day": before, "pain": "3", "drinks": "2", "cigarettes": "0"})
    (tap,) = re.findall(r'name="as_last_time" value="([^"]+)"', owner.get("/").text)
    page = owner.post("/check-in", {"pain": "4", "as_last_time": tap, "cigarettes": "5"}).text
    last = told(site)[-1]
    assert (last.drinks, last.cigarettes, last.fatty_meals) == (2, 5, None)
    assert "as_last_time" not in page


def test_a_missed_day_is_marked(owner, site):
    """A day filled in later proves no order, and says so."""
    day = lived_today() - timedelta(days=3)
    assert "Filled in later" in owner.post("/check-in", {"day": str(day), "pain": "4"}).text
    (check_in,) = told(site)
    assert (check_in.filled_in_late, check_in.local_day) == (True, day)


@pytest.mark.parametrize("days", [-3, 3])
def test_a_clock_that_is_days_away_is_asked_about(owner, site, days):
    """Nothing is stored; the page asks which clock is right and saves for today if told to."""
    form = sent(utc_now() + timedelta(days=days))
    asked = owner.post("/check-in", form)
    assert (asked.status_code, "Which clock is right?" in asked.text, told(site)) == (409, True, ())
    owner.post("/check-in", {"pain": "3", "our_clock": "yes"})
    assert len(told(site)) == 1


def test_a_check_in_that_waited_for_a_network_keeps_its_day(owner, site):
    """Told five days ago and sent today, by one right clock: it is that morning's, and not late."""
    then = utc_now() - timedelta(days=5)
    owner.post("/check-in", sent(then, sent_at=utc_now().isoformat()))
    (check_in,) = told(site)
    assert (check_in.local_day, check_in.filled_in_late) == (day_lived(then), False)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"as_last_time": "drinks=many"},
        {"pain": "11"},
        {"pain": "x"},
        {"pain": "nan"},
        {"pain": "3", "day": "tomorrow"},
        {"mood": "-1"},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_in_a_sentence(owner, site, form):
    """Nothing is stored, and the sentence says what to do."""
    reply = owner.post("/check-in", form)
    assert (reply.status_code, told(site)) == (400, ())
    assert "That did not work" in reply.text


def test_what_people_write_is_shown_as_they_wrote_it(owner, site):
    """A note is text, whatever it looks like."""
    owner.post("/check-in", {"pain": "3", "note": "<script>alert(1)</script>"})
    text = the_form(owner, site)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_a_refused_check_in_keeps_every_answer(owner, site):
    """The form comes again with what was tapped and written, and with the pages around it."""
    told = {"drinks": "2", "note": 'Slept "badly" <b>', "pain": "11", "leg_pain": "3"}
    reply = owner.client.post(
        "/check-in", data={"mark": owner.mark, **told}, headers={**PAGE, "referer": "http://localhost/"}
    )
    assert (reply.status_code, site.store.diary(OWNER).entries()) == (400, ())
    assert "Slept &quot;badly&quot; &lt;b&gt;</textarea>" in reply.text
    assert 'name="leg_pain" value="3" checked' in reply.text
    assert "<details open>" in reply.text
    assert "<nav class=nav " in reply.text


def test_an_error_without_its_form_leads_back_to_it(owner):
    """Where the form is not on the page any more, a link leads back, and none leads to another site."""
    for before, leads_back in (("http://localhost/plan", True), ("http://evil.example/plan", False)):
        reply = owner.client.post("/check-in", data={"mark": owner.mark}, headers={**PAGE, "referer": before})
        assert ('href="/plan">Back to the form' in reply.text, "evil" in reply.text) == (leads_back, False)


def test_on_the_first_morning_the_days_before_can_be_reached(owner, site):
    """After the first check-in Today offers each of the last seven days, and the diary any other one."""
    owner.post("/check-in", {"pain": "3"})
    today = lived_today()
    shown = owner.get("/").text
    assert all(f'href="/check-in/{today - timedelta(days=n)}"' in shown for n in range(1, 8))
    found = owner.get("/diary/day?day=2026-05-01")
    assert (found.url.path, 'action="/diary/day"' in owner.get("/diary").text) == (
        "/diary/day/2026-05-01",
        True,
    )


FULL = {"pain": "4", "leg_pain": "0", "ran_yesterday": "yes", "ran_minutes": "30", "note": "stiff"}


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def test_an_empty_form_takes_nothing_back(owner, site):
    """Checked in at home, then pain alone in the form that a phone keeps for when there is no network."""
    now = utc_now()
    owner.post("/check-in", sent(now, **FULL))
    owner.post("/check-in", sent(now + timedelta(minutes=1), sent_id="phone-2", pain="6"))
    (check_in,) = told(site)
    assert (check_in.pain.value, check_in.leg_pain, check_in.ran_minutes) == (6, 0, 30)
    assert check_in.note == "stiff"


def test_a_note_that_is_emptied_is_gone(owner, site):
    """The form shows it, and comes back without it: that is an answer."""
    owner.post("/check-in", FULL)
    began_from = hidden(the_form(owner, site), "began_from")
    owner.post("/check-in", {**FULL, "note": "", "began_from": began_from})
    (check_in,) = told(site)
    assert (check_in.note, check_in.leg_pain) == ("", 0)


def test_a_half_point_stays_when_the_form_is_saved_again(owner, site):
    """A program told 3.5: the form shows it, so that saving the form changes nothing."""
    owner.post("/check-in", {"pain": "3.5", "leg_pain": "1"})
    form = the_form(owner, site)
    assert 'name="pain" value="3.5" checked' in form
    owner.post("/check-in", {"pain": "3.5", "leg_pain": "2", "began_from": hidden(form, "began_from")})
    assert told(site)[0].pain.value == 3.5


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_page_of_an_erased_day_is_not_saved(owner, site, accept):
    """Erased in one window, saved in another that is still open: nothing comes back, and it is said."""
    owner.post("/check-in", FULL)
    form = the_form(owner, site)
    (entry,) = site.store.diary(OWNER).entries()
    owner.post(f"/diary/entry/{entry.id}/erase", {})
    again = {**FULL, "began_from": hidden(form, "began_from")}
    form = {"mark": owner.mark, **again}
    reply = owner.client.post("/check-in", data=form, headers={"accept": accept})
    assert (reply.status_code, "erased while its page was open" in reply.text) == (410, True)
    assert not told(site)


def test_a_version_that_is_none_is_refused(owner, site):
    """No page of ours sends it."""
    assert owner.post("/check-in", {**FULL, "began_from": "1.x"}).status_code == 400
    assert not told(site)


def stopped_at(monkeypatch, moment) -> None:
    """Stop our clock at a moment."""
    for module in ("web.visitor", "services.check_in", "web.today", "web.settings"):
        monkeypatch.setattr(f"backstride.{module}.utc_now", lambda: moment)


def at_night(clock: str):
    """A moment of the last night but one, in UTC."""
    return datetime.combine(lived_today() - timedelta(days=1), time.fromisoformat(clock), tzinfo=UTC)


@pytest.mark.parametrize(("chosen", "days_before"), [("3", 0), ("6", 1)])
def test_a_check_in_at_night_belongs_to_the_evening_before_until_the_chosen_hour(
    owner, site, monkeypatch, chosen, days_before
):
    """At half past five: a morning for most, the evening for who chose six; Today is that day too."""
    owner.post("/settings/choices", {"zone": "UTC", "day_starts": chosen})
    moment = at_night("05:30")
    stopped_at(monkeypatch, moment)
    owner.post("/check-in", sent(moment))
    (check_in,) = told(site)
    day = moment.date() - timedelta(days=days_before)
    assert (check_in.local_day, check_in.filled_in_late) == (day, False)
    assert "Saved for today. Back 3." in " ".join(re.sub(r"<[^>]+>", "", owner.get("/").text).split())


def test_two_clocks_that_give_two_days_are_asked_about(owner, site, monkeypatch):
    """Four hours ahead, past midnight: nothing is stored until somebody says which clock is right; either can be."""
    owner.post("/settings/choices", {"zone": "UTC"})
    now = at_night("22:00")
    stopped_at(monkeypatch, now)
    ahead = sent(now + timedelta(hours=6))
    asked = owner.post("/check-in", ahead)
    assert (asked.status_code, told(site)) == (409, ())
    assert "By our clock it is" in asked.text
    owner.post("/check-in", {**ahead, "phone_clock": "yes"})
    assert [one.local_day for one in told(site)] == [now.date() + timedelta(days=1)]


def test_a_clock_that_is_off_within_the_day_is_told(owner, site, monkeypatch):
    """Two hours ahead on the same day: it is kept by the phone's time, and the page says so."""
    owner.post("/settings/choices", {"zone": "UTC"})
    now = at_night("10:00")
    stopped_at(monkeypatch, now)
    page = owner.post("/check-in", sent(now + timedelta(hours=2))).text
    assert "120 minutes ahead of ours" in owner.get("/").text
    assert "120 minutes ahead of ours" in owner.get(f"/diary/day/{now.date()}").text, page
    owner.post("/check-in", sent(now, sent_id="phone-2", pain="4"))
    assert "minutes ahead" in owner.get("/").text  # the moment is that of the first word


def test_our_own_clock_behind_the_diary_is_said(owner, site, monkeypatch):
    """A server that woke up in a past year stores nothing for a form without a clock, until somebody says so."""
    owner.post("/check-in", {"pain": "3"})
    past = utc_now() - timedelta(days=400)
    stopped_at(monkeypatch, past)
    monkeypatch.setattr("backstride.diary.sessions.MAX_LIFETIME", timedelta(days=4000))
    asked = owner.post("/check-in", {"pain": "4"})
    assert (asked.status_code, len(told(site))) == (409, 1)
    assert "saved later" in asked.text
    assert "My phone is right" not in asked.text
    owner.post("/check-in", {"pain": "4", "our_clock": "yes"})
    assert len(told(site)) == 2


@pytest.mark.parametrize(("days", "welcomed"), [(3, False), (14, True), (60, True)])
def test_who_comes_back_after_long_reads_when_they_were_here(owner, site, days, welcomed):
    """Two weeks without a check-in and more: the day of the last one, until today's is saved."""
    last = lived_today() - timedelta(days=days)
    owner.post("/check-in", {"pain": "3", "day": str(last)})
    shown = owner.get("/").text
    assert ("Welcome back. Your last check-in was on" in shown) == welcomed
    owner.post("/check-in", {"pain": "3"})
    assert "Welcome back" not in owner.get("/").text


def test_a_check_in_without_a_rating_asks_for_it(owner):
    """What counts most is missing, and the page says so; of runs nothing is known yet, and nothing is claimed."""
    owner.post("/check-in", {"sore": "no"})
    shown = owner.get("/").text
    assert "Your back is not rated yet." in shown
    assert "0 minutes" not in shown
    owner.post("/check-in", {"pain": "3"})
    assert "Your back is not rated yet." not in owner.get("/").text


def test_a_day_that_was_filled_in_leads_to_the_next(owner):
    """Without a way over Today."""
    today = lived_today()
    owner.post("/check-in", {"pain": "3"})
    page = owner.post("/check-in", {"pain": "3", "day": str(today - timedelta(days=1))}).text
    assert f'href="/check-in/{today - timedelta(days=2)}">Next day without a check-in' in page
    assert re.search(r"Pain 3\.\s+<span class=.quiet.>Filled in later\.</span></p>", page)


@pytest.mark.parametrize("days", [0, 2])
def test_a_morning_from_a_file_is_changed_and_none_is_added(owner, site, days):
    """One check-in of the day, with its time and what else the file said; every page shows the last edit."""
    moment = utc_now().astimezone(site.home).replace(microsecond=0) - timedelta(days=days)
    day = lived_today() - timedelta(days=days)
    held = CheckIn(moment=moment, pain=PainRating(3.5), mood=8, source="back.csv")
    site.store.diary(OWNER).add(Records((held,)), source="back.csv", now=utc_now())
    for pain in ("2", "6"):
        owner.post("/check-in", {"day": str(day), "pain": pain})
    owner.post("/check-in", {"day": str(day), "note": "a long drive"})
    (kept,) = told(site)
    assert (kept.pain.value, kept.mood, kept.note, kept.moment) == (6, 8, "a long drive", moment)
    assert not kept.filled_in_late
    assert "Pain 6." in owner.get(f"/diary/day/{day}").text
    assert len(site.store.diary(OWNER).add(Records((held,)), source="back.csv", now=utc_now()).ids) == 0
    assert told(site) == (kept,)
