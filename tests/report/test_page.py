"""The page: one file, well formed, without any outside request, readable by all."""

import re
import xml.etree.ElementTree as ET
from html import unescape
from html.parser import HTMLParser

import pytest

from backstride.report.page import page
from backstride.report.palette import DARK, LIGHT, READABLE
from backstride.report.words import has_numbers, headline

ROOMS = ("ground", "raised")
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Outline(HTMLParser):
    """Collects open tags, headings and ids, and complains about wrong nesting."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_startendtag(self, tag, attrs):
        """Note a tag that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        """Close a tag."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.fixture
def outline(answer) -> Outline:
    """The page's structure."""
    found = Outline()
    found.feed(page(answer))
    return found


def test_the_page_makes_no_outside_request(answer):
    """No address, no script, no imported style: only links inside the page and XML's own name."""
    html = page(answer).replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"https?:|//[a-z]|<script|@import|url\(|\bsrc=", html) == []


def test_the_page_forbids_outside_requests_itself(answer):
    """A content security policy starts from 'none'."""
    assert "default-src 'none'" in unescape(page(answer))


def test_every_tag_is_closed_where_it_was_opened(outline):
    """The page nests properly."""
    assert (outline.wrong, outline.open) == ([], [])


def test_headings_descend_one_at_a_time(outline):
    """One h1, and no level is skipped."""
    steps = [b - a for a, b in zip(outline.headings, outline.headings[1:], strict=False)]
    assert outline.headings.count(1) == 1
    assert max(steps) <= 1


def test_every_id_is_given_once(outline):
    """Labels refer to one thing each."""
    assert len(outline.ids) == len(set(outline.ids))


def test_every_picture_is_well_formed_and_told_in_words(answer):
    """Each SVG parses and carries a title and a description."""
    pictures = re.findall(r"<svg.*?</svg>", page(answer), re.DOTALL)
    for picture in pictures:
        tree = ET.fromstring(picture)
        names = {child.tag.rpartition("}")[2] for child in tree}
        assert {"title", "desc"} <= names
        assert tree.get("role") == "img"


def test_behind_every_picture_stands_a_table(answer):
    """There are at least as many tables as figures."""
    html = page(answer)
    assert html.count("<table") >= html.count("<figure")


def test_no_number_is_shown_that_is_none(answer):
    """Unknown numbers are told in words."""
    text = re.sub(r"<style.*?</style>|<[^>]+>", " ", page(answer), flags=re.DOTALL)
    assert re.findall(r"\bnan\b|\bNone\b|\binf\b", text) == []


def test_words_of_a_stranger_stay_words(answers):
    """What a check is called cannot become markup."""
    assert "<moon>" not in page(answers["strange doubt"]())


def test_the_same_answer_gives_the_same_page(answer):
    """The page is a function of the answer."""
    assert page(answer) == page(answer)


def test_twenty_dots_stand_for_the_week(answers):
    """The dotplot of the week has 20 dots in each of its two drawings."""
    html = page(answers["helps, morning first"]())
    pictures = [p for p in re.findall(r"<svg.*?</svg>", html, re.DOTALL) if "week" in p and "<circle" in p]
    assert pictures[0].count("<circle") == 20


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("role", READABLE)
def test_every_colour_of_words_can_be_read(colours, role):
    """Contrast of at least 4.5 on both grounds (WCAG 2.2, 1.4.3)."""
    assert min(contrast(colours[role], colours[room]) for room in ROOMS) >= 4.5


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two hex colours as WCAG defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of a hex colour."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_verdict_stands_once(answer):
    """One verdict a question, once on the page."""
    shown = " ".join(unescape(re.sub(r"<[^>]+>", " ", page(answer))).split())
    told = [" ".join(headline(answer, effect).split()) for effect in answer.effects]
    assert [shown.count(each) for each in told] == [1 if told[0] != told[1] else 2] * 2


def test_what_stands_behind_the_verdicts_is_closed(answer):
    """Week, season and the next step are open; every other heading is tapped open, and none is opened by itself."""
    html = page(answer)
    open_ones = re.findall(r'<section aria-labelledby="([^"]+)"', html)
    assert set(open_ones) <= {"week", "season", "next", "days"}
    assert ("days" in open_ones) == (not has_numbers(answer))
    assert "<details open" not in html
    assert 'id="about"' in html


def test_without_numbers_the_page_stops_after_the_days(answers):
    """What is missing, the days, what this is: no doubt is asked of an answer that is not there."""
    html = page(answers["too few runs"]())
    assert re.findall(r'<h2 id="([^"]+)"', html) == ["week", "season", "next", "days", "about"]
