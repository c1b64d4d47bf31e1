"""Every page by the keyboard alone: the order of the page, a ring that shows, nothing covered, and a way out."""

import pytest

from .test_everyone import OPEN_ALL, paths  # noqa: F401 - a fixture

MAX_STOPS = 400
NOW = """() => {
  const one = document.activeElement;
  if (one === document.body || one === document.documentElement) return null;
  const all = [...document.querySelectorAll("*")];
  const shown = one.matches(".taps input") ? one.nextElementSibling : one;
  const style = getComputedStyle(shown), box = shown.getClientRects()[0];
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
  return {
    place: all.indexOf(one),
    what: one.outerHTML.slice(0, 90),
    hasRing: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
    isCovered: !!middle && !one.contains(middle) && !shown.contains(middle) && !middle.contains(one),
    isFrame: one.matches(".nav a, .skip"),
  };
}"""


def stops(page) -> list[dict[str, object]]:
    """Where Tab leads, from the top of the page until it leaves it."""
    found = []
    for _ in range(MAX_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(NOW)
        if at is None or (found and at["place"] == found[0]["place"]):
            return found
        found.append(at)
    pytest.fail("The keyboard does not leave this page.")


def test_every_page_is_passed_through(visit, address, paths):  # noqa: F811 - the fixture
    """The way past the links comes first, the order is that of the page, and what has the focus is seen."""
    page, wrong = visit(viewport={"width": 375, "height": 667}), []
    for path in paths:
        page.goto(address + path)
        page.evaluate(OPEN_ALL)
        found = stops(page)
        if "/reading/" not in path and "skip" not in found[0]["what"]:
            wrong.append((path, "no way past the links"))
        places = [one["place"] for one in found]
        if places != sorted(places):
            wrong.append((path, "another order than that of the page"))
        wrong += [(path, "no ring", one["what"]) for one in found if not one["hasRing"]]
        wrong += [(path, "covered", one["what"]) for one in found if one["isCovered"] and not one["isFrame"]]
    assert wrong == []
