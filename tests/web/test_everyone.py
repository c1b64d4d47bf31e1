"""Every page in a real browser, on phones and wide, light and dark: nobody is shut out, nothing is asked outside."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.report.conftest import ANSWERS

from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.records import Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.diary.consents import Scope
from backstride.diary.people import add_person, person_of
from backstride.diary.schema import OWNER
from backstride.report.help_words import TOPICS
from backstride.report.page import page_sections
from backstride.runtime.clock import utc_now
from backstride.services import answers
from backstride.services.answers import RenderedAnswer
from backstride.services.reading import accept, invite, patients

axe_playwright_python = pytest.importorskip("axe_playwright_python", reason="it comes with the tests' group")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 390, 1280)
MIN_TARGET = 44
EXAMINE = """async rules => {
  const found = (await axe.run(document, {runOnly: rules, resultTypes: ["violations"]})).violations;
  return found.map(one => one.id + ": " + one.nodes[0].html);
}"""
# a link within a sentence is as high as its line; all else has room for a thumb
SMALL_TARGETS = """least => {
  const alone = one => one.parentElement.textContent.trim() === one.textContent.trim();
  const inSentence = one => one.matches("p a, li a") && getComputedStyle(one).display === "inline" && !alone(one);
  return [...document.querySelectorAll("a, button, summary, input, textarea")]
    .filter(one => one.type !== "hidden" && one.checkVisibility() && !inSentence(one) && one.className !== "skip")
    .filter(one => (one.closest("label") || one).getBoundingClientRect().height < least)
    .map(one => one.outerHTML.slice(0, 120));
}"""
OPEN_ALL = "document.querySelectorAll('details.part').forEach(part => { part.open = true; })"
WRONG_CLOCK = """() => {
  const {elements} = document.querySelector("form[data-check-in]");
  elements.told_at.value = elements.sent_at.value = "2061-01-01T08:00:00+01:00";
  elements.pain[3].checked = true;
  elements.pain[3].form.submit();
}"""
# a page that waits for an answer looks again after some seconds; while it is examined it stays
STAND_STILL = "const soon = setTimeout; setTimeout = (f, ms) => (ms < 1000 ? soon(f, ms) : 0)"


@pytest.fixture
def paths(site, owner, monkeypatch) -> list[str]:
    """Every page there is, of a diary in which there is something to see."""
    answer = ANSWERS["helps, drawn"]()
    made = RenderedAnswer(answers.in_each_language(lambda: page_sections(answer, in_app=True)), "{}")
    monkeypatch.setattr(answers, "run_in_subprocess", lambda *_, **__: made)
    owner.post("/check-in", {"pain": "8", "drinks": "2", "leg_symptoms": "yes", "note": "A long drive."})
    now = utc_now().astimezone(site.home)
    runs = [Run(start=now - timedelta(hours=3, minutes=n), moving_s=1800, source=f"{n}.fit") for n in (0, 1)]
    weighed = Measurement(moment=now, kind=MeasurementKind.WEIGHT, value=71.0)
    ids = site.store.diary(OWNER).add(Records((), (*runs,), (weighed,)), source="watch", now=now).ids
    owner.post("/diary/bring", files=[("files", ("odd.csv", b"time,pain\n2026-05-01 07:30,12\n"))])
    owner.post("/settings/tokens", {"label": "my watch", "may": "read"})
    owner.get("/answer")
    site.answers.wait()
    read = _readers(site)
    day = runs[0].local_day
    values = {"{day}": str(day), "{entry_id}": str(ids[0]), "{kind}": "side_plank", "{topic}": TOPICS[0].name}
    values["{consent_id}"] = str(read)
    more = (
        "/safety/questions?occasion=weekly",
        "/tests/weight",
        "/nowhere",
        "/help/programme",
        "/help/records",
    )
    return [*_pages(owner, values), *more]


def _readers(site) -> int:
    """Let the owner and somebody else read each other, with much to see; the number by which the owner reads."""
    now, owner, anna = utc_now(), person_of(site.store, OWNER), add_person(site.store, "Anna", passphrase="x")
    told = CheckIn(moment=now.astimezone(site.home), pain=PainRating(8), leg_symptoms=True, note="Long day.")
    site.store.diary(anna.id).add(Records((told,)), source="app", now=now)
    given = {"reader": "a clinic", "shown_name": "", "scope": Scope(notes=True, safety=True), "days": 30}
    accept(site, anna, invite(site, owner, **given, now=now), now=now)
    patients(site, anna, now=now)
    invite(site, owner, **given, now=now)
    return accept(site, owner, invite(site, anna, **given, now=now), now=now).id


def _pages(owner, values: dict[str, str]) -> list[str]:
    """The address of every page that the server describes."""
    described = owner.client.app.openapi()["paths"]
    pages = [
        path
        for path, ways in described.items()
        if "text/html" in ways.get("get", {"responses": {}})["responses"].get("200", {}).get("content", {})
    ]
    for name, value in values.items():
        pages = [path.replace(name, value) for path in pages]
    return pages


def examined(page, where: str) -> list[tuple[str, int, str]]:
    """What is wrong with the page that is open, at each width.

    It waits for the page's own style sheet: a button without one is small, and that says nothing of the page.
    """
    page.wait_for_load_state()
    wrong = []
    page.evaluate(AXE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found = page.evaluate(EXAMINE, RULES) + page.evaluate(SMALL_TARGETS, MIN_TARGET)
        wide = page.evaluate("document.documentElement.scrollWidth")
        wrong += [(where, width, one) for one in found + [f"{wide} wide"] * (wide > width)]
    return wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out_of_a_page(visit, address, paths, scheme):
    """By the rules of WCAG 2.2 AA, at three widths; no page asks outside, scrolls sideways or has a small target."""
    page = visit(color_scheme=scheme, bypass_csp=True)
    page.add_init_script(STAND_STILL)
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    for path in paths:
        page.goto(address + path)
        page.evaluate(OPEN_ALL)
        wrong += examined(page, path)
    page.goto(address + next(path for path in paths if path.startswith("/check-in/")))
    page.evaluate(WRONG_CLOCK)
    page.wait_for_selector("text=Which clock is right?")
    wrong += examined(page, "the wrong clock")
    page.goto(address + "/report/clinician")
    page.locator("button[value=page]").click()
    page.wait_for_selector(".paper")
    wrong += examined(page, "the two pages for a clinician")
    assert wrong == []
    assert [url for url in asked if not url.startswith(address)] == []


def test_every_page_is_looked_at(paths):
    """Those that need a diary are filled in, and none is forgotten."""
    assert [path for path in paths if "{" in path] == []
    assert {
        "/",
        "/plan",
        "/answer",
        "/diary",
        "/report",
        "/safety",
        "/settings",
        "/offline",
        "/sign-in",
    } <= set(paths)
