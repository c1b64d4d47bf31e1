"""In a real browser: the first five minutes, a check-in that is never lost or doubled, and no need of a mouse."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.report.conftest import ANSWERS
from time_machine import travel

from backstride.diary.schema import OWNER
from backstride.report.page import page_sections
from backstride.runtime.clock import utc_now
from backstride.screening.item import Group
from backstride.services import answers
from backstride.services.answers import RenderedAnswer

from .conftest import LOOK_MS, PATIENCE_MS, SHIFT, stop_clock, until
from .days import HOME, lived_today

ANSWERS_MS = 480_000
"""For how long the engine itself may work on an answer, on a busy machine."""
IS_ANSWERED = "() => location.pathname !== '/' || document.body.textContent.includes('Saved for today.')"
"""Whether a check-in is saved or another page says why not; a test then shows which."""
FOCUSED = """() => {
  const one = document.activeElement;
  const {left, top, width, height} = one.getBoundingClientRect();
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  return [one === document.body ? "BODY" : one.outerHTML.slice(0, 120), (one.closest("label") || one).contains(seen)];
}"""


def six_weeks(folder, today) -> list[Path]:
    """Two tables as a person keeps them, until yesterday: a check-in each morning, a run on every third day."""
    days = [today - timedelta(days=n) for n in range(42, 0, -1)]
    mornings = [f"{day} 07:30,{(n * 5 + n // 9) % 7}" for n, day in enumerate(days)]
    runs = [f"{day} 17:00,{25 + n % 4},{4 + n % 3}" for n, day in enumerate(days) if n % 3 == 1]
    tables = {"mornings.csv": ["time,pain", *mornings], "runs.csv": ["start,moving_min,distance_km", *runs]}
    for name, rows in tables.items():
        (folder / name).write_text("\n".join(rows))
    return [folder / name for name in tables]


@pytest.fixture(params=["00:30", "02:30"])
def night(request) -> Iterator[tuple[datetime, float]]:
    """An hour of the night at home, of the day that began the morning before, and in how many ms it comes."""
    hour = clock_time.fromisoformat(request.param)
    now = datetime.combine(lived_today() + timedelta(days=1), hour, tzinfo=HOME)
    shift_ms = (now - utc_now()) / timedelta(milliseconds=1)
    with travel(now, tick=True):
        yield now, shift_ms


def told(site):
    """The owner's check-ins."""
    return site.store.diary(OWNER).records().check_ins


def leads_on(page, what: str) -> None:
    """Tap what leads to another page, and wait until that is there: the next tap is not for the page before."""
    with page.expect_navigation():
        page.click(what)


def check_in(page, pain: int) -> None:
    """Tap a number, and save."""
    page.check(f"input[name=pain][value='{pain}']")
    page.click("button.main >> nth=0")


def test_the_first_five_minutes(visit, address, site, tmp_path):
    """The example, safety, a check-in, files, the answer, the way out with everything, and nothing left."""
    page = visit(accept_downloads=True)
    page.goto(address)
    leads_on(page, "text=Try with example data")
    page.wait_for_selector("text=Example data.")
    leads_on(page, "text=Remove the example data")
    leads_on(page, "a[href='/safety/questions']")
    for group in Group:
        page.check(f"input[name=g-{group.value}][value=none]")
    page.click("main button.main")
    page.wait_for_selector("text=Nothing that you said holds you back.")
    leads_on(page, "nav >> text=Today")
    check_in(page, 3)
    page.wait_for_selector("text=Saved for today.")
    leads_on(page, "nav >> text=Diary")
    page.set_input_files("#files", six_weeks(tmp_path, lived_today()))
    page.click("button:text-is('Import')")
    page.wait_for_selector("text=42 check-ins, 14 runs")
    leads_on(page, "nav >> text=Answer")
    page.wait_for_selector("main svg:visible", timeout=ANSWERS_MS)
    assert "Out of date" not in page.text_content("main")
    leads_on(page, "nav >> text=Share")
    with page.expect_download() as saving:
        page.click("text=Save the whole diary (zip)")
    assert "check-ins.csv" in str(ZipFile(saving.value.path()).namelist())
    leads_on(page, "footer >> text=Settings")
    page.click("summary:has-text('Delete everything')")
    page.check("input[name=sure]")
    page.click("button:has-text('Delete everything')")
    page.wait_for_selector("text=All of it is deleted.")
    assert site.store.diary(OWNER).entries() == ()


def test_a_past_day_without_a_network_is_that_day(visit, until_kept, address, site):
    """The offline form names the day of its address, and what is saved is of that day, not of today."""
    page = visit()
    page.goto(address)
    until_kept(page)
    day = lived_today() - timedelta(days=2)
    page.context.set_offline(True)
    page.goto(f"{address}/check-in/{day}")
    assert str(day.day) in page.text_content("h1")
    check_in(page, 6)
    page.wait_for_selector("#outbox.waiting")
    page.context.set_offline(False)
    page.goto(address)
    # the line of what waits is empty before the script looks, too: wait for the page that is loaded after the send
    page.wait_for_function(
        "() => localStorage.getItem('sent') !== null && performance.timeOrigin > Number(localStorage.getItem('sent'))"
    )
    assert [(one.local_day, one.pain.value) for one in told(site)] == [(day, 6)]


def test_a_check_in_of_the_night_is_of_the_day_before_and_today_shows_it(night, visit, address, site):
    """After midnight the phone shows another date; the day is still that of the person, and Today says saved."""
    now, shift_ms = night
    page = visit(timezone_id=HOME.key)
    page.add_init_script(f"({SHIFT})({shift_ms})")
    page.goto(address)
    assert page.evaluate("new Date().getHours()") == now.hour
    check_in(page, 4)
    page.wait_for_function(IS_ANSWERED)
    assert "Saved for today." in page.text_content("main")
    assert [(one.local_day, one.pain.value) for one in told(site)] == [(now.date() - timedelta(days=1), 4)]


def test_a_check_in_without_a_network_is_sent_once(visit, until_kept, address, site):
    """Saved offline, closed, opened offline, back on the network: it is there, once, and nothing waits."""
    page = visit()
    context = page.context
    page.goto(address)
    until_kept(page)
    context.set_offline(True)
    page.goto(address)
    check_in(page, 4)
    page.wait_for_selector("#outbox.waiting")
    page.close()
    assert told(site) == ()
    page = context.new_page()
    page.goto(address)
    context.set_offline(False)  # the page sends, and loads anew, by itself
    page.wait_for_selector("text=Saved for today.")
    (kept,) = told(site)
    assert (kept.pain.value, kept.filled_in_late) == (4, False)


def test_without_a_network_the_warning_signs_open_and_other_pages_say_why_not(visit, until_kept, address):
    """The list and the numbers are kept on the phone; in the place of the plan stands the check-in, and says so."""
    page = visit()
    page.goto(address)
    until_kept(page)
    page.context.set_offline(True)
    page.goto(f"{address}/safety")
    assert "112" in page.text_content("main")
    page.goto(f"{address}/plan")
    assert page.is_visible("text=The page that you opened needs a network.")
    page.goto(f"{address}/")
    assert not page.is_visible("text=The page that you opened needs a network.")
    page.goto(f"{address}/check-in/{lived_today() - timedelta(days=3)}")
    assert "How was your back that morning?" in page.text_content("form fieldset:first-of-type")


def test_a_red_morning_without_a_network_is_said_again_on_every_page(visit, until_kept, address):
    """What waits on the phone is repeated with its warning, on the timer too, which then starts nothing."""
    page = visit()
    page.goto(address)
    until_kept(page)
    page.evaluate("localStorage.setItem('session', JSON.stringify([{seconds: 600, run: true, said: 'Run'}]))")
    page.context.set_offline(True)
    check_in(page, 9)
    for path in ("", "/", "/plan", f"/plan/session/{lived_today()}"):
        if path:
            page.goto(address + path)
        page.wait_for_selector("text=Your back pain is 9 today. >> visible=true")
        warning = page.text_content(".problem")
        assert "Do not run while your pain is 7 or more, nor on the next day." in warning
        assert "This is strong pain: read when to get help." in warning
        assert page.get_attribute(".problem a", "href") == "/safety"
    assert page.locator("[data-timer]").count() == 0


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"pain": "2"}, []),
        ({"pain": "5"}, ["Is your back much worse than usual today"]),
        (
            {"pain": "2", "leg_pain": "4"},
            ["Do not run until the pain or tingling in your leg has been gone for 7 days."],
        ),
        (
            {"pain": "2", "leg_symptoms": "yes"},
            ["You said that you have pain, tingling or numbness down a leg"],
        ),
        ({"pain": "3", "flare": "yes"}, ["Do not run until the flare is over."]),
    ],
)
def test_what_was_said_without_a_network_sets_its_warning(visit, until_kept, address, fields, said):
    """A calm morning is repeated without a warning; one that may be bad is asked about; a sign in a leg warns."""
    page = visit()
    page.goto(address)
    until_kept(page)
    page.context.set_offline(True)
    page.goto(address)
    page.click("summary:has-text('More, if you like')")
    for name, value in fields.items():
        page.check(f"input[name={name}][value='{value}']")
    page.click("form button.main:visible")
    page.wait_for_selector(f"text=Your back pain is {fields['pain']} today. >> visible=true")
    text = page.text_content("[data-said]:not([hidden])")
    assert [part for part in said if part not in text] == []
    assert page.locator("div.problem").count() == bool(said)
    assert ("run" in text) == bool(said)


def test_two_windows_share_one_queue(visit, until_kept, address, site):
    """Saved without a network in one of them, sent by whichever: it is there once, and both say so by themselves."""
    one = visit()
    one.goto(address)
    until_kept(one)
    other = one.context.new_page()
    other.goto(address)
    one.context.set_offline(True)
    one.goto(address)
    check_in(one, 4)
    one.wait_for_selector("#outbox.waiting")
    one.context.set_offline(False)
    for window in (one, other):
        window.wait_for_selector("text=Saved for today.")
    (entry,) = site.store.diary(OWNER).entries()
    assert entry.version == 1


# a page waits briefly for its first reply alone: a busy server needs longer for the next
IMPATIENCE = """const late = AbortSignal.timeout;
let first = true;
AbortSignal.timeout = ms => {
  const limit = first ? 300 : ms;
  first = false;
  return late.call(AbortSignal, limit);
};"""
HASTE = "const later = setTimeout; window.setTimeout = (work, ms) => later(work, ms === 30000 ? 300 : ms);"


@pytest.mark.parametrize("status", [408, 429, 503])
def test_what_the_server_could_not_take_is_sent_again(visit, address, site, status):
    """Too slow, too often, a server that starts anew: half a minute later the check-in is sent without a touch."""
    page = visit(service_workers="block")
    # half a minute passes quickly; a clock of the test's own can hang where the page loads anew
    page.add_init_script(HASTE)
    page.goto(address)
    # not a number of times: how often the page sends until then depends on when it looked into its queue
    page.route("**/check-in", lambda route: route.fulfill(status=status))
    check_in(page, 5)
    page.wait_for_selector("#outbox.waiting")
    assert told(site) == ()
    page.unroute("**/check-in")
    page.wait_for_selector("text=Saved for today.")
    assert len(told(site)) == 1


def test_a_server_that_says_nothing_is_no_network(visit, address, site):
    """A reply that never comes is not waited for for ever: the check-in is kept, and sent again."""
    page = visit(service_workers="block")
    page.add_init_script(IMPATIENCE)
    page.add_init_script(HASTE)
    page.goto(address)
    held = []
    page.route("**/check-in", lambda route: held.append(route), times=1)  # noqa: PLW0108 - a function of its own
    check_in(page, 5)
    page.wait_for_selector("text=Saved for today.")
    assert (len(held), [one.pain.value for one in told(site)]) == (1, [5])


def test_a_reply_that_is_lost_makes_no_second_check_in(visit, address, site):
    """Saved, but the phone never hears of it: it says so, sends again, and one version is kept."""
    page = visit(service_workers="block")
    page.goto(address)
    lost = []

    def lose(route):
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/check-in", lose, times=1)
    check_in(page, 5)
    page.wait_for_selector("text=Saved for today.")
    (entry,) = site.store.diary(OWNER).entries()
    assert (lost, entry.version, entry.record.pain.value) == ([200], 1, 5)


@pytest.mark.parametrize("size", [(390, 844), (375, 667)])
def test_a_check_in_is_two_taps_without_scrolling(visit, address, owner, site, size):
    """On a phone of today and on a small one: once the pain is rated, Save is within reach."""
    page = visit(viewport={"width": size[0], "height": size[1]}, has_touch=True)
    page.goto(address)
    within = """one => {
      const box = one.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return box.y >= 0 && box.bottom <= innerHeight && (one.contains(top) || top.contains(one));
    }"""
    pain = page.locator("label:has([name=pain][value='3'])")
    assert pain.evaluate(within)
    page.touchscreen.tap(*centre(pain))
    page.wait_for_selector("[name=pain][value='3']:checked", state="attached")
    save = page.locator("form[data-check-in] > button.main")
    assert save.evaluate(within)
    page.touchscreen.tap(*centre(save))
    page.wait_for_selector("text=Saved for today.")
    assert told(site)[0].pain.value == 3


def test_keys_go_on_where_the_page_says_saved(visit, address, owner):
    """After a save by keyboard the line that confirms it has the focus, once; opened again, no line takes it."""
    page = visit()
    page.goto(address)
    page.locator("[name=pain][value='3']").press("Space")
    page.locator("form[data-check-in] > button.main").press("Enter")
    page.wait_for_selector(".saved:focus")
    page.reload()
    page.wait_for_load_state("load")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def centre(found) -> tuple[float, float]:
    """Where a finger taps."""
    box = found.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_check_in_needs_no_mouse(visit, address, site):
    """By Tab, arrows, Space and Enter alone; where the focus is can be seen, and the way past the links is first."""
    page = visit()
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "pain":
            break
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    ring = "getComputedStyle(document.activeElement.nextElementSibling).outlineStyle"
    assert page.evaluate(ring) == "solid"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Saved for today.")
    (kept,) = told(site)
    assert (kept.pain.value, kept.ran_yesterday) == (2, True)


def test_what_has_the_focus_is_never_hidden(visit, address, owner):
    """On a small phone the links at the foot of the window cover nothing that the keyboard has reached."""
    owner.post("/check-in", {"pain": "3", "drinks": "2"})
    page = visit(viewport={"width": 360, "height": 560})
    hidden, reached = [], set()
    for path in ("/", "/diary", "/settings"):
        page.goto(address + path)
        for _ in range(60):
            page.keyboard.press("Tab")
            one, is_seen = page.evaluate(FOCUSED)
            if one == "BODY":
                break
            reached.add((path, one))
            hidden += [] if is_seen else [(path, one)]
    assert len(reached) > 45
    assert hidden == []


def test_the_safety_questions_need_no_mouse(visit, address):
    """From the link on Today to what the answers come to, by keyboard alone."""
    page = visit()
    page.goto(address)
    page.locator("a[href='/safety/questions']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/safety/questions")
    page.locator("main details > summary").first.focus()
    page.keyboard.press("Enter")
    first = page.locator("input[name=q-bladder_or_bowel]").first
    first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/safety/result")
    assert "Get help at once." in page.text_content("main")


def test_files_on_their_way_are_seen_and_a_refusal_says_why(visit, address, tmp_path):
    """A bar while they are sent; what the server does not take is told where the files were chosen."""
    page, held = visit(service_workers="block"), []
    page.goto(address)
    page.goto(address + "/diary")
    page.route("**/diary/bring", lambda route: held.append(route))  # noqa: PLW0108 - it wants a function of its own
    page.set_input_files("#files", six_weeks(tmp_path, date(2026, 5, 1)))
    page.click("button:text-is('Import')")
    page.wait_for_selector("form progress")
    assert page.is_disabled("button:text-is('Import')")
    until(page, lambda: held, "the files on their way")
    held[0].fulfill(status=507, json={"problem": "The disk is full.", "advice": "Make room."})
    page.wait_for_selector("[role=status] >> text=The disk is full. Make room.")
    assert page.is_enabled("button:text-is('Import')")


def test_the_timer_fills_in_the_seconds(visit, address):
    """Started and stopped by the same key, after a lead of five seconds; the field stays open to correction."""
    page = visit()
    page.clock.install()
    page.goto(address)
    page.goto(address + "/tests/front_plank")
    stop_clock(page)
    page.locator(".timer").focus()
    page.keyboard.press("Enter")
    page.clock.run_for(35_000)
    page.keyboard.press("Enter")
    assert page.input_value("#value") == "30.0"
    assert "Held for" in page.text_content("#value-said")
    assert page.locator("#value").is_editable()


def until_read(page) -> None:
    """Look again, as a person without a script does, until the files are read."""
    for _ in range(PATIENCE_MS // LOOK_MS):
        if "Reading." not in page.text_content("main"):
            return
        page.wait_for_timeout(LOOK_MS)
        leads_on(page, "text=Look again")
    pytest.fail("the files are still being read")


def test_all_works_without_a_script(visit, address, site, tmp_path):
    """A check-in, a file and deleting everything, as plain forms of a browser that runs no script."""
    page = visit(java_script_enabled=False)
    page.goto(address)
    check_in(page, 6)
    page.wait_for_selector("text=Saved for today.")
    table = tmp_path / "mornings.csv"
    table.write_text("time,pain\n2026-05-01 07:30,4\n")
    page.goto(address + "/diary")
    page.set_input_files("#files", table)
    leads_on(page, "button:text-is('Import')")
    until_read(page)
    assert "1 new entry is in" in page.text_content("main")
    assert [one.pain.value for one in told(site)] == [4, 6]
    page.goto(address + "/settings")
    page.click("summary:has-text('Delete everything')")
    page.check("input[name=sure]")
    page.click("button:has-text('Delete everything')")
    page.wait_for_selector("text=All of it is deleted.")
    assert site.store.diary(OWNER).entries() == ()


@pytest.mark.usefixtures("noon")  # what is rated in the night is no morning's rating
def test_a_picture_says_its_values_where_it_is_touched(visit, address, owner):
    """A touch on Trends names the week, its pain and its minutes."""
    owner.post("/check-in", {"pain": "3"})
    page = visit()
    page.goto(address + "/trends")
    page.locator("figure[data-said] svg:visible").first.hover()
    page.wait_for_selector("text=pain 3, from 3 to 3; running not known")


def test_yes_asks_for_minutes_and_no_does_not(visit, address, site):
    """The row opens at a yes, and three taps and Save keep the run."""
    page = visit(java_script_enabled=False)
    page.goto(address)
    assert not page.is_visible("text=For how many minutes?")
    page.check("input[name=ran_yesterday][value=yes]")
    page.wait_for_selector("text=For how many minutes?")
    page.check("input[name=ran_minutes][value='30']")
    page.check("input[name=ran_yesterday][value=no]")
    assert not page.is_visible("text=For how many minutes?")
    page.check("input[name=ran_yesterday][value=yes]")
    check_in(page, 2)
    page.wait_for_selector("text=Saved for today.")
    assert [(one.ran_minutes, one.ran_yesterday) for one in told(site)] == [(30, True)]


def test_the_answer_is_a_few_phone_screens_and_paper_holds_all_of_it(
    visit, address, owner, site, monkeypatch
):
    """Closed it is at most 3,000 px at 390; on paper every part is open, in whatever theme was chosen."""
    owner.post("/settings/choices", {"theme": "dark"})
    page = visit(viewport={"width": 390, "height": 844})
    for name in ("helps, drawn", "can't tell", "too few runs", "looking back, less", "many open doubts"):
        made = RenderedAnswer(str(page_sections(ANSWERS[name]())), "{}")
        monkeypatch.setattr(answers, "run_in_subprocess", lambda *_, made=made, **__: made)
        owner.post("/check-in", {"pain": "3", "note": name})
        owner.get("/answer")
        site.answers.wait()
        site.undo.forget(OWNER)  # the bar of the edit above is there for half a minute alone
        page.goto(address + "/answer")
        assert 1000 < page.evaluate("document.documentElement.scrollHeight") <= 3000
    assert page.evaluate("document.querySelectorAll('details.part[open]').length") == 0
    page.locator("summary:has(#doubts)").click()
    assert page.is_visible(".doubts")
    page.emulate_media(media="print")
    assert page.locator("#beliefs + *, details:has(#beliefs) .body").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 250, 247)"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.querySelectorAll('details.part:not([open])').length") == 0
