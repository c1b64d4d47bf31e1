"""The next step: no opener without a page, and links only where the pages are."""

import re
from pathlib import Path

import pytest

import backstride.web
from backstride.answer.kinds import Opener
from backstride.report.help_words import BY_NAME
from backstride.report.next_steps import CHECK_IN, PAGES, next_step, openers_of
from backstride.report.page import page, page_sections

ROUTES = {
    path
    for file in Path(backstride.web.__path__[0]).glob("*.py")
    for path in re.findall(r'@router\.get\("(/[^"]*)"', file.read_text("utf-8"))
}


def test_every_opener_has_a_page_where_it_is_done():
    """Whoever adds one says where; each address is a route of the app, and each place on a page has its name."""
    assert set(PAGES) == set(Opener)
    for path, _label in (step for steps in (*PAGES.values(), (CHECK_IN,)) for step in steps):
        route, _, place = path.partition("#")
        helps = route.removeprefix("/help/") in {*BY_NAME, "what-the-answer-means"}
        assert route in ROUTES or (route.startswith("/help/") and helps)
        template = Path(backstride.web.__path__[0]) / "templates" / f"{route[1:]}.html"
        assert not place or f'id="{place}"' in template.read_text("utf-8")


def test_an_open_question_ends_in_a_link(answer):
    """Of every kind of answer: where something is open there is a step, and in the app a page to go to."""
    step = str(next_step(answer, in_app=True))
    is_open = any(effect.reason for effect in answer.effects)
    assert bool(step) == is_open
    assert ('<p class="go"><a href="/' in step) == is_open
    assert step in str(page_sections(answer, in_app=True))


def test_a_page_of_its_own_leads_to_no_page_of_the_app(answer):
    """A file that somebody saves has no app beside it."""
    assert 'href="/' not in page(answer)


@pytest.mark.parametrize("opener", [opener for opener in Opener if opener is not Opener.DAYS])
def test_each_opener_can_be_the_step(opener, answers):
    """Each but more days has a sentence of its own, and is not lost on the way."""
    answer = answers["made-up"]()
    assert opener in PAGES
    assert Opener.DAYS not in openers_of(answer)
