"""The timer of a session, in a real browser with a clock of its own: it tells each step, and needs no network."""

import re
from datetime import timedelta

import pytest

from backstride.core.allocation import AllocationScheme
from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.schema import OWNER
from backstride.runtime.clock import utc_now
from backstride.screening.items import ITEMS
from backstride.services.allocate import allocate_for

from .conftest import SHIFT, stop_clock
from .test_everyone import examined

NO = {"occasion": "start", **{f"q-{item.key}": "no" for item in ITEMS}}
SAYING = "window.speechSynthesis.speak = spoken => (window.heard = [...(window.heard || []), spoken.text]);"
BAR_STAYS = "const soon = setTimeout; setTimeout = (work, ms) => (ms === 10000 ? 0 : soon(work, ms));"
STEPS = [(300, False, "Walk 5 minutes."), (15, True, "Run 15 seconds."), (105, False, "Walk on.")]


@pytest.fixture
def session(visit, address):
    """The timer page as a phone has it that opened a session before; what it says is noted down."""
    page = visit()
    page.clock.install()
    page.add_init_script(SAYING)
    page.route("**/plan/offered", lambda route: route.abort())  # no plan is asked here
    page.goto(address + "/timer")
    kept = [{"seconds": seconds, "run": run, "said": said} for seconds, run, said in STEPS]
    page.evaluate("kept => localStorage.setItem('session', JSON.stringify(kept))", kept)
    page.reload()
    stop_clock(page)
    return page


def open_session(page) -> None:
    """From the plan to its next session."""
    with page.expect_navigation():
        page.click("a[href^='/plan/session/'] >> nth=0")


def now(page) -> tuple[str, str]:
    """What is shown big, and the time that is left of it."""
    return page.text_content(".now"), page.text_content(".clock").partition(" ")[0]


def test_each_step_is_said_as_it_begins(session):
    """Walk, run, walk, done, at their times, once each."""
    session.click("[data-go]")
    assert now(session) == ("Walk", "5:00")
    session.clock.run_for(301_000)
    assert now(session) == ("Run", "0:14")
    session.clock.run_for(15_000)
    session.clock.run_for(105_000)
    assert session.text_content(".now") == "Done."
    assert session.evaluate("window.heard") == [said for _, _, said in STEPS] + ["Done."]


def test_a_pause_stops_the_clock(session):
    """Minutes later it goes on where it was."""
    session.click("[data-go]")
    session.clock.run_for(60_000)
    session.click("[data-go]")
    session.clock.run_for(600_000)
    assert now(session) == ("Walk", "4:00")
    session.click("[data-go]")
    session.clock.run_for(30_000)
    assert now(session) == ("Walk", "3:30")


def test_a_part_can_be_skipped_and_the_voice_left_off(session):
    """The next part begins at once; without the tick nothing is said."""
    session.uncheck("[data-speak]")
    session.click("[data-go]")
    session.click("[data-skip]")
    assert now(session) == ("Run", "0:15")
    assert session.evaluate("window.heard") is None
    assert session.text_content("[aria-current]") == "Run 15 seconds."


def test_a_session_that_was_opened_works_without_a_network(visit, until_kept, address, owner):
    """Its own page and the timer both open offline, with its steps."""
    owner.post("/safety/questions", NO)
    owner.post("/plan/say", {"step": "start"})
    page = visit()
    page.goto(address + "/plan")
    until_kept(page)
    open_session(page)
    step = page.text_content(".stretches .what")
    here = page.url
    page.wait_for_selector(
        "[data-timer]", state="visible"
    )  # the script keeps the steps, then shows the timer
    page.context.set_offline(True)
    for path in (here, address + "/timer"):
        page.goto(path)
        assert page.text_content(".stretches li") == step
        assert re.fullmatch(r"\d+:\d\d", now(page)[1])


def test_nobody_is_shut_out_of_a_plan(visit, address, owner, site):
    """Sessions, drawn days, the timer and an address, by the rules of WCAG 2.2 AA, at three widths."""
    now = utc_now().astimezone(site.home)
    book, day = site.store.diary(OWNER), timedelta(days=1)
    mornings = tuple(CheckIn(moment=now - n * day, pain=PainRating(3)) for n in range(30))
    book.add(Records(mornings), source="app", now=now)
    owner.post("/safety/questions", NO)
    owner.post("/plan/say", {"step": "start"})
    page = visit(bypass_csp=True)
    page.goto(address + "/settings/calendar")
    with page.expect_navigation():
        page.click("form[action='/settings/calendar'] button")
    wrong = examined(page, "/settings/calendar")
    page.goto(address + "/plan")
    open_session(page)
    wrong += examined(page, "/plan/session")
    allocate_for(site.store, OWNER, AllocationScheme.DAYS, today=now.date() - 10 * day, now=now, seed=3)
    page.goto(address + "/plan")
    wrong += examined(page, "/plan, drawn")
    assert page.locator(".drawn tbody tr").count() >= 7
    assert wrong == []


def test_a_session_of_the_example_is_not_kept(visit, address, owner):
    """Without a network it would be offered as one's own; what was kept goes with Delete everything."""
    owner.post("/safety/questions", NO)
    owner.post("/plan/say", {"step": "start"})
    page = visit()
    page.goto(address + "/plan")
    open_session(page)
    page.wait_for_selector("[data-timer]", state="visible")
    own = page.evaluate("localStorage.session")
    owner.post("/example/show")
    page.goto(address + "/plan")
    open_session(page)
    page.wait_for_selector("[data-timer]", state="visible")
    assert page.evaluate("localStorage.session") == own
    owner.post("/settings/delete-everything", {"sure": "yes"}, follow_redirects=False)
    page.goto(address + "/?deleted=yes")
    assert page.evaluate("localStorage.session ?? null") is None


@pytest.fixture
def timed(visit, address, owner, site):
    """The page of today's session; the bar with Undo stays, however long the machine needs."""
    owner.post("/safety/questions", NO)
    owner.post("/plan/say", {"step": "start"})
    site.undo._clock = lambda: 0.0
    page = visit()
    page.add_init_script(BAR_STAYS)
    page.goto(f"{address}/plan")
    open_session(page)
    page.wait_for_selector("[data-timer]", state="visible")
    return page


def whole_minutes(page) -> float:
    """How long the session on the page lasts."""
    parts = page.locator("[data-seconds]")
    return sum(int(part.get_attribute("data-seconds")) for part in parts.all()) / 60


def move_back(page, minutes: float) -> None:
    """Let the timer on the page have begun so long ago, then open the page anew."""
    page.click("[data-go]")
    page.evaluate(
        """ago => {
          const was = JSON.parse(localStorage['session-progress']);
          localStorage['session-progress'] = JSON.stringify({ ...was, began: was.began - ago });
        }""",
        60_000 * minutes,
    )
    page.reload()
    page.wait_for_selector("[data-timer]", state="visible")


def test_a_session_that_ended_is_kept_by_one_tap_and_can_be_taken_back(timed, site):
    """Its minutes are on record with the step of the plan; Undo erases both; the page that was left goes on."""
    whole = whole_minutes(timed)
    move_back(timed, whole)
    assert timed.text_content(".now") == "Done."
    assert not timed.is_visible("[data-go]")
    with timed.expect_navigation(url="**/plan"):
        timed.click("[data-save]")
    records = site.store.diary(OWNER).records()
    assert sum(run.moving_s for run in records.runs) == 60 * whole
    assert records.plan[-1].step.value == "session"
    with timed.expect_navigation():
        timed.click("[data-undo] button")
    records = site.store.diary(OWNER).records()
    assert (records.runs, [step.step.value for step in records.plan]) == ((), ["start"])


def test_a_session_that_was_broken_off_is_kept_with_the_minutes_that_were_done(timed, site):
    """A page that was left goes on where it was; in a pause what was done so far can be kept."""
    move_back(timed, 4)
    timed.click("[data-go]")
    with timed.expect_navigation(url="**/plan"):
        timed.click("[data-save]")
    (run,) = site.store.diary(OWNER).records().runs
    assert 240 <= run.moving_s < 300


def test_a_session_that_ended_without_a_network_is_sent_later(timed, until_kept, address, site):
    """It waits on the phone, and the next page that opens with a network sends it, once."""
    until_kept(timed)
    move_back(timed, 4)
    timed.click("[data-go]")
    timed.context.set_offline(True)
    timed.click("[data-save]")
    timed.wait_for_selector("[data-later]", state="visible")
    assert site.store.diary(OWNER).records().runs == ()
    context = timed.context
    timed.close()  # an open page sends it as soon as there is a network
    context.set_offline(False)
    page = context.new_page()
    with page.expect_response("**/plan/timed") as sent:
        page.goto(f"{address}/diary")
    assert sent.value.status == 200
    assert len(site.store.diary(OWNER).records().runs) == 1


@pytest.fixture
def calm(site):
    """Ten mornings with a pain of 2."""
    now, day = utc_now(), timedelta(days=1)
    mornings = tuple(CheckIn(moment=now - n * day, pain=PainRating(2)) for n in range(1, 11))
    site.store.diary(OWNER).add(Records(mornings), source="app", now=now)


def check_in(page, address, pain: str) -> None:
    """Save this morning's pain."""
    page.goto(address)
    page.check(f"input[name=pain][value='{pain}']")
    page.click("form button.main:visible >> nth=0")
    page.wait_for_selector("text=Saved for today.")


@pytest.mark.parametrize(("pain", "is_held"), [("2", False), ("7", True)])
@pytest.mark.parametrize("is_here", [True, False])
def test_a_bad_morning_holds_the_copy_on_the_phone(
    calm, timed, until_kept, address, owner, pain, is_held, is_here
):
    """Said on this phone or on another one: without a network, the session that was opened here does not start."""
    until_kept(timed)
    session = timed.url
    if is_here:
        check_in(timed, address, pain)
    else:
        owner.post("/check-in", {"pain": pain})
        timed.goto(address)
    timed.wait_for_function(f"() => Boolean(localStorage.held) === {str(is_held).lower()}")
    timed.context.set_offline(True)
    for path in (session, f"{address}/timer"):
        timed.goto(path)
        assert timed.is_visible("[data-go]") is not is_held
        assert timed.is_visible("[data-held]") is is_held


def test_a_page_of_a_session_that_stayed_open_does_not_start_it_on_such_a_morning(calm, timed, address):
    """Another page of the phone said it meanwhile; the tap shows what holds the session back, and a way to Plan."""
    check_in(timed.context.new_page(), address, "7")
    timed.click("[data-go]")
    timed.wait_for_selector("text=There is no session on this day now.")
    assert "Your back pain is 7 today." in timed.text_content(".problem")
    assert timed.is_visible("main a.button[href='/plan']")


@pytest.mark.parametrize("minutes_off", [10, -10])
def test_a_session_is_kept_by_a_phone_whose_clock_is_off(timed, site, minutes_off):
    """Its minutes are on record, and it did not end later than now."""
    timed.add_init_script(f"({SHIFT})({60_000 * minutes_off})")
    timed.reload()
    timed.wait_for_selector("[data-timer]", state="visible")
    move_back(timed, 4)
    timed.click("[data-go]")
    with timed.expect_navigation(url="**/plan"):
        timed.click("[data-save]")
    (run,) = site.store.diary(OWNER).records().runs
    # seconds are kept whole
    assert utc_now() - timedelta(minutes=3) < run.end <= utc_now() + timedelta(seconds=1)


def test_what_is_refused_is_not_called_kept_and_can_be_tried_again(timed, site):
    """The page says why, the button stays, and the same tap keeps it once the server takes it."""
    move_back(timed, 4)
    timed.click("[data-go]")
    said = {"problem": "No.", "advice": "Try again."}
    timed.route("**/plan/timed", lambda route: route.fulfill(status=422, json=said))
    timed.click("[data-save]")
    timed.wait_for_selector("#outbox:has-text('Try again.')")
    assert not timed.is_visible("[data-later]")
    timed.unroute("**/plan/timed")
    timed.reload()  # the minutes outlive the page
    with timed.expect_navigation(url="**/plan"):
        timed.click("[data-save]:enabled")
    assert len(site.store.diary(OWNER).records().runs) == 1
