"""In a real browser: without a network nothing is lost, and everyone can use the pages."""

import socket
import threading
import time
from pathlib import Path

import pytest
import uvicorn

from backstride.diary.schema import OWNER

CHROMIUM = Path("/usr/bin/chromium")
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

PAGES = (
    "/",
    "/plan",
    "/answer",
    "/diary",
    "/report",
    "/safety",
    "/safety/questions",
    "/safety/result",
    "/safety/note",
    "/settings",
    "/tests",
    "/tests/side_plank",
    "/tests/weight",
)


@pytest.fixture
def address(app):
    """The address of the app on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://localhost:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def chromium():
    """A browser without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright comes with the tests' group")
    if not CHROMIUM.exists():
        pytest.skip("no chromium in /usr/bin")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


def test_a_check_in_without_a_network_is_sent_once(chromium, address, site):
    """Saved offline, closed, opened offline, back on the network: it is there, once, and nothing waits."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    context.set_offline(True)
    page.goto(address)
    page.check("input[name=pain][value='4']", force=True)
    page.click("button.main >> nth=0")
    page.wait_for_selector("#outbox.waiting")
    page.close()
    assert site.store.diary(OWNER).entries() == ()
    page = context.new_page()
    page.goto(address)
    context.set_offline(False)
    page.goto(address)
    page.wait_for_selector("text=Saved for today.")
    (check_in,) = site.store.diary(OWNER).records().check_ins
    assert (check_in.pain.value, check_in.filled_in_late) == (4, False)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out_of_a_page(chromium, address, owner, scheme):
    """The accessibility rules of WCAG 2.2 AA find nothing on a phone, no page asks outside or scrolls sideways."""
    axe = Path(pytest.importorskip("axe_playwright_python").__file__).with_name("axe.min.js").read_text()
    owner.post("/check-in", {"pain": "4"})
    context = chromium.new_context(
        color_scheme=scheme, viewport={"width": 320, "height": 800}, bypass_csp=True
    )
    # the page that waits for an answer looks again after some seconds; while it is examined it stays
    context.add_init_script("const soon = setTimeout; setTimeout = (f, ms) => (ms < 1000 ? soon(f, ms) : 0)")
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(address + path)
        page.evaluate(axe)
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", AXE_RULES)
        assert [(path, one["id"]) for one in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert [url for url in asked if not url.startswith(address)] == []


def test_the_safety_questions_need_no_mouse(chromium, address):
    """From the link on Today to what the answers come to, by keyboard alone."""
    page = chromium.new_page()
    page.goto(address)
    page.locator("a[href='/safety/questions']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/safety/questions")
    first = page.locator("input[name=q-bladder_or_bowel]").first
    first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/safety/result")
    assert "Get help at once." in page.text_content("main")


def test_the_timer_fills_in_the_seconds(chromium, address):
    """Started and stopped by the same key, after a lead of five seconds; the field stays open to correction."""
    page = chromium.new_page()
    page.clock.install()
    page.goto(address)
    page.goto(address + "/tests/front_plank")
    page.locator(".timer").focus()
    page.keyboard.press("Enter")
    page.clock.run_for(35_000)
    page.keyboard.press("Enter")
    assert 29 < float(page.input_value("#value")) < 32
    assert "Held for" in page.text_content("#value-said")
    assert page.locator("#value").is_editable()
