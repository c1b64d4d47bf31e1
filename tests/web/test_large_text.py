"""Letters of twice the size on the smallest phone: nothing lies outside the page, is cut off, or covers the next."""

import pytest

from .test_everyone import STAND_STILL, paths  # noqa: F401 - a fixture

TWICE = {
    "the page magnified": (160, ""),
    "its letters alone": (320, "document.documentElement.style.fontSize = '36px'"),
}
"""How browsers give larger letters: the width in CSS pixels of a phone of 320, and what is done to the page."""
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
# what sticks out, and words that are wider than their box
OUTSIDE = """width => {
  const wrong = [], root = document.documentElement;
  if (root.scrollWidth > width) wrong.push(root.scrollWidth + " wide");
  for (const one of document.querySelectorAll("main *, nav *, footer *")) {
    if (!one.checkVisibility() || one.closest("svg, .unseen, .skip, [tabindex='0'] *, textarea, select")) continue;
    const {left, right} = one.getBoundingClientRect(), said = one.outerHTML.slice(0, 100);
    if (right < 0) continue;  // put there for who hears the page
    const hasText = [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (right > width + 1 || left < -1) wrong.push("outside: " + said);
    else if (hasText && one.clientWidth && one.scrollWidth > one.clientWidth + 1) wrong.push("wider: " + said);
  }
  return wrong.slice(0, 4);
}"""

# words in two lines, where no hyphen stands between; addresses and what a person typed have no syllables
SPLIT = """() => {
  document.documentElement.style.hyphens = "manual";
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), split = [], range = new Range();
  for (let one = texts.nextNode(); one; one = texts.nextNode()) {
    if (!one.parentElement.checkVisibility() || one.parentElement.closest("svg, code, .link, .unseen")) continue;
    for (const word of one.data.matchAll(/\\p{L}{4,}/gu)) {
      range.setStart(one, word.index + (one.data[word.index - 1] === "\\u00ad"));  // its box holds the hyphen
      range.setEnd(one, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) split.push(word[0]);
    }
  }
  return [...new Set(split)];
}"""


@pytest.mark.parametrize("way", TWICE)
@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_letters_of_twice_the_size_fit_every_page(visit, address, paths, way, locale):  # noqa: F811
    """No page scrolls sideways, and no word goes on in the next line without a hyphen."""
    width, enlarge = TWICE[way]
    page = visit(viewport={"width": width, "height": 2 * width}, locale=locale)
    page.add_init_script(STAND_STILL)
    wrong = []
    for path in paths:
        page.goto(address + path)
        if enlarge:
            page.evaluate(enlarge)
        page.evaluate(OPEN_ALL)
        found = page.evaluate(OUTSIDE, width) + page.evaluate(SPLIT)
        wrong += [(path, one) for one in found]
    assert wrong == []


@pytest.mark.parametrize("way", TWICE)
def test_save_is_in_reach_with_large_letters(visit, address, way):
    """Once a number is tapped the button stands on the screen."""
    width, enlarge = TWICE[way]
    page = visit(viewport={"width": width, "height": 2 * width})
    page.goto(address)
    if enlarge:
        page.evaluate(enlarge)
    page.click(".big label:nth-child(4)")
    box = page.locator("button.main >> nth=0").bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 2 * width


def test_the_bar_grows_with_the_letters(visit, address):
    """Its names are twice as large as well, and it takes no more than a fifth of the screen."""
    page = visit(viewport={"width": 375, "height": 667})
    page.goto(address)
    size = "parseFloat(getComputedStyle(document.querySelector('.nav a')).fontSize)"
    usual = page.evaluate(size)
    page.evaluate(TWICE["its letters alone"][1])
    assert page.evaluate(size) >= 1.9 * usual
    assert page.locator(".nav").bounding_box()["height"] <= 667 / 5
