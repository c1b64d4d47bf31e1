"""The first run: from an empty diary to the first check-in, in few taps and without a dead end."""

import re
from zoneinfo import ZoneInfo

import pytest

from backstride.core.plan_step import Step
from backstride.diary.schema import OWNER
from backstride.diary.settings import current_settings
from backstride.screening.item import Group
from backstride.services.plan import plan_for

MAX_TAPS = 12
NONE_APPLIES = {f"g-{group.value}": "none" for group in Group}
START = {"occasion": "start", "then": "/welcome/goal"}


@pytest.mark.parametrize(
    ("goal", "starts_a_plan"),
    [("I already run", False), ("I want to begin", True), ("Just keep a diary", False)],
)
def test_the_first_run_takes_few_taps(visit, address, site, goal, starts_a_plan):
    """Without a warning sign: at most twelve taps on a phone, each counted, end with a saved check-in."""
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto(address)
    page.evaluate("sessionStorage.taps = 0")
    page.add_init_script("addEventListener('click', event => event.isTrusted && sessionStorage.taps++, true)")
    page.reload()
    page.click("text=Start here")
    page.click("text=Go to the safety questions")
    for group in Group:
        page.click(f"label:has(input[name=g-{group.value}][value=none])")
    page.click("main form button.main")
    page.click(f"button:has-text('{goal}')")
    page.click("label:has(input[name=pain][value='3'])")
    page.click("button.main >> nth=0")
    page.wait_for_selector("text=Saved for today.")
    assert 8 < int(page.evaluate("sessionStorage.taps")) <= MAX_TAPS
    (check_in,) = site.store.diary(OWNER).records().check_ins
    assert check_in.pain.pain_0_10 == 3
    plan = plan_for(site.store, OWNER, today=check_in.local_day)
    assert (plan.started is not None) == starts_a_plan


def test_a_warning_sign_is_read_before_anything_else(owner, site):
    """After a yes the result comes, and from there the first run goes on; no plan is offered."""
    said = {**START, **NONE_APPLIES, "g-now": "", "q-saddle_numbness": "yes"}
    reply = owner.post("/safety/questions", said)
    assert reply.url.path == "/safety/result"
    assert 'href="/welcome/goal"' in reply.text
    shown = owner.get("/welcome/goal").text
    assert 'value="begin"' not in shown
    assert 'value="diary"' in shown


def test_a_plan_waits_for_the_safety_questions(owner, site):
    """Without answers no plan starts, and the page leads to them."""
    assert "answer the safety questions first" in owner.get("/welcome/goal").text
    reply = owner.post("/welcome/goal", {"goal": "begin"})
    assert (reply.status_code, "safety questions come first" in reply.text) == (400, True)
    assert [e.record.step for e in site.store.diary(OWNER).entries()] == []


def test_what_was_chosen_is_kept_and_leads_on(owner, site):
    """Who runs already is led to their runs; a word that is none of the three is refused."""
    owner.post("/welcome/goal", {"goal": "run"})
    assert current_settings(site.store, OWNER)["goal"] == "run"
    assert 'href="/diary#bring"' in owner.post("/check-in", {"pain": "2"}).text
    assert owner.post("/welcome/goal", {"goal": "fly"}).status_code == 422


def test_starting_twice_starts_one_plan(owner, site):
    """A second tap on the same button changes nothing."""
    owner.post("/safety/questions", {**START, **NONE_APPLIES})
    for _ in range(2):
        owner.post("/welcome/goal", {"goal": "begin"})
    steps = [entry.record.step for entry in site.store.diary(OWNER).entries()]
    assert steps.count(Step.START) == 1


def test_the_first_run_has_no_dead_end(owner):
    """Each of its pages leads to the next and back to the check-in."""
    assert 'href="/welcome"' in owner.get("/").text
    shown = owner.get("/welcome").text
    assert re.search(r'href="/safety/questions\?occasion=start&amp;then=/welcome/goal"', shown)
    assert (
        'name="then" value="/welcome/goal"'
        in owner.get("/safety/questions?occasion=start&then=/welcome/goal").text
    )
    assert "evil" not in owner.get("/safety/questions?occasion=start&then=//evil.example").text


def test_the_zone_of_the_browser_is_taken_at_the_first_run(visit, address, site):
    """Its page says which zone that is; tapping a goal keeps it, and Settings show it."""
    page = visit(viewport={"width": 390, "height": 844}, timezone_id="Asia/Tokyo")
    page.goto(f"{address}/welcome/goal")
    assert "Your time zone: Asia/Tokyo" in page.inner_text("main")
    page.click("button:has-text('Just keep a diary')")
    page.wait_for_url(f"{address}/")
    assert current_settings(site.store, OWNER)["zone"] == "Asia/Tokyo"
    page.goto(f"{address}/welcome/goal")
    assert "Your time zone" not in page.inner_text("main")


def test_a_zone_that_was_chosen_or_is_none_stays_as_it_is(owner, site):
    """What a browser says never takes the place of a choice; a zone that no machine knows is passed over."""
    owner.post("/welcome/goal", {"goal": "diary", "zone": "Mars/Base"})
    assert "zone" not in current_settings(site.store, OWNER)
    owner.post("/settings/choices", {"zone": "Europe/Berlin"})
    owner.post("/welcome/goal", {"goal": "diary", "zone": "Asia/Tokyo"})
    assert current_settings(site.store, OWNER)["zone"] == "Europe/Berlin"


def test_the_first_check_in_is_of_the_day_where_the_phone_is(visit, address, site):
    """The zone of the browser is kept as Welcome opens, so that who skips the rest rates the right morning."""
    zone = ZoneInfo("Pacific/Kiritimati")  # a day ahead of most servers
    page = visit(timezone_id=zone.key)
    with page.expect_response("**/welcome/zone"):
        page.goto(f"{address}/welcome")
    assert current_settings(site.store, OWNER)["zone"] == zone.key
    page.click("text=Skip to the check-in")
    page.click("label:has(input[name=pain][value='3'])")
    page.click("button.main >> nth=0")
    page.wait_for_selector("text=Saved for today.")
    (check_in,) = site.store.diary(OWNER).records().check_ins
    assert check_in.moment.utcoffset() == check_in.moment.astimezone(zone).utcoffset()
    assert not check_in.filled_in_late


def test_a_zone_that_was_chosen_stays(owner, site):
    """Welcome keeps the browser's only where there is none, and none that this machine does not know."""
    owner.post("/welcome/zone", {"zone": "Mars/Olympus"})
    assert "zone" not in current_settings(site.store, OWNER)
    for zone in ("Europe/Rome", "Asia/Tokyo"):
        owner.post("/welcome/zone", {"zone": zone})
    assert current_settings(site.store, OWNER)["zone"] == "Europe/Rome"
