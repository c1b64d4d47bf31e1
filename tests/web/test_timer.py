"""The timer of a session, in a real browser with a clock of its own: it tells each step, and needs no network."""

import re

import pytest

from backstride.screening.items import ITEMS

SAYING = "window.speechSynthesis.speak = spoken => (window.heard = [...(window.heard || []), spoken.text]);"
STEPS = [(300, False, "Walk 5 minutes."), (15, True, "Run 15 seconds."), (105, False, "Walk on.")]


@pytest.fixture
def session(visit, address):
    """The timer page as a phone has it that opened a session before; what it says is noted down."""
    page = visit()
    page.clock.install()
    page.add_init_script(SAYING)
    page.goto(address + "/timer")
    kept = [{"seconds": seconds, "run": run, "said": said} for seconds, run, said in STEPS]
    page.evaluate("kept => localStorage.setItem('session', JSON.stringify(kept))", kept)
    page.reload()
    return page


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


def test_a_session_that_was_opened_works_without_a_network(visit, address):
    """Its own page and the timer both open offline, with its steps."""
    page = visit()
    page.goto(address)
    page.goto(address + "/safety/questions")
    for item in ITEMS:
        page.check(f"input[name=q-{item.key}][value=no]", force=True)
    page.click("main button.main")
    page.goto(address + "/plan")
    page.click("button:has-text('Start with walks')")
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.click("a[href^='/plan/session/'] >> nth=0")
    step = page.text_content(".stretches .what")
    here = page.url
    page.context.set_offline(True)
    for path in (here, address + "/timer"):
        page.goto(path)
        assert page.text_content(".stretches li") == step
        assert re.fullmatch(r"\d+:\d\d", now(page)[1])
