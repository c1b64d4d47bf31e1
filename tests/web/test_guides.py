"""The user documentation as pages of the app."""

import re
from pathlib import Path

import pytest

from backstride.report.help_words import TOPICS
from backstride.report.language import speaking
from backstride.web.guides import BY_NAME, FOLDER, GUIDES, guide_html, html_of

ROOT = Path(__file__).parents[2]
IN_GERMAN = sorted(path.stem for path in (FOLDER / "de").glob("*.md"))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_each_guide_is_a_page_for_anybody(owner, browser, guide):
    """It is there with and without a sign-in, and the list of the help leads to it."""
    stranger = browser()
    for who in (owner, stranger):
        shown = who.get(f"/help/{guide.name}")
        assert shown.status_code == 200
        assert len(re.findall(r"<h1>", shown.text)) == 1
        assert f'href="/help/{guide.name}"' in who.get("/help").text


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_no_guide_links_to_a_source_file(owner, guide):
    """A link leads to a page of the app, within the page, or out over https; each page is there."""
    shown = owner.get(f"/help/{guide.name}").text
    links = set(re.findall(r'<a [^>]*href="([^"]+)"', shown))
    assert not [link for link in links if not link.startswith(("/", "#", "https://"))]
    for link in links:
        if link.startswith("/help"):
            assert owner.get(link.partition("#")[0]).status_code == 200
        if link.startswith("#"):
            assert f'id="{link[1:]}"' in shown


def test_a_guide_is_in_the_reader_s_language_or_says_that_it_is_not(owner):
    """What is in English for a German reader says so, and is marked for a screen reader."""
    owner.post("/settings/language", {"language": "de"})
    assert "Die Regeln" in owner.get("/help/programme").text
    assert "Ausgeloste Lauftage" not in owner.get("/help/words").text
    for guide in GUIDES:
        shown = owner.get(f"/help/{guide.name}").text
        in_english = guide.made is None and guide.name not in IN_GERMAN
        assert ("nur auf Englisch" in shown) == in_english
        assert ('<div class="guide" lang="en">' in shown) == in_english


@pytest.mark.parametrize("name", IN_GERMAN)
def test_a_german_guide_has_the_parts_of_the_english_one(name):
    """As many headings of each level, table rows and list items: what is added to one is missed in the other."""
    english, german = (
        (folder / f"{name}.md").read_text(encoding="utf-8") for folder in (FOLDER, FOLDER / "de")
    )
    for part in (r"# ", r"## ", r"\| ?", r"- ", r"\*\*"):
        found = [len(re.findall(rf"^{part}", text, flags=re.MULTILINE)) for text in (english, german)]
        assert found[0] == found[1], part


@pytest.mark.parametrize("name", IN_GERMAN)
def test_a_german_guide_has_the_commands_links_and_figures_of_the_english_one(name):
    """A command is typed as it stands, a link leads to the same page, and a row of figures holds the same figures."""
    of_english = ROOT / ("PRIVACY.md" if name == "privacy" else f"docs/{name}.md")
    of_german = ROOT / f"docs/de/{name}.md"
    english, german = (path.read_text(encoding="utf-8") for path in (of_english, of_german))
    for found in (_commands, _figures):
        assert found(german) == found(english)
    assert sorted(_pages(german, of_german)) == sorted(_pages(english, of_english))


def _commands(text: str) -> list[str]:
    """Return the lines of the blocks of code, without what is said about them."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    return [re.sub(r"\s+#\s.*", "", line) for block in blocks for line in block.splitlines()]


def _figures(text: str) -> list[str]:
    """Return the cells of tables that hold nothing but a number."""
    return re.findall(r"(?<=\| )\d+(?= \|)", text)


def _pages(text: str, path: Path) -> list[str]:
    """Return where links lead: the name of a file that is there, or the address."""
    pages = []
    for href in re.findall(r"\]\(([^)#]+)", text):
        assert href.startswith("https://") or (path.parent / href).exists(), href
        pages.append(href if href.startswith("https://") else Path(href).name)
    return pages


def test_guides_for_a_phone_hold_no_command(owner):
    """What is made from the data leaves out what a terminal is needed for."""
    for name in ("programme", "safety", "evidence", "words"):
        assert "backstride " not in guide_html(BY_NAME[name])
        assert "<code>" not in guide_html(BY_NAME[name])


def test_each_text_is_there_once():
    """The files of the package are those of the repository."""
    for guide in GUIDES:
        if guide.made is None:
            repository = ROOT / ("PRIVACY.md" if guide.name == "privacy" else f"docs/{guide.name}.md")
            assert (FOLDER / f"{guide.name}.md").read_bytes() == repository.read_bytes()
    for name in IN_GERMAN:
        assert (FOLDER / "de" / f"{name}.md").read_bytes() == (ROOT / f"docs/de/{name}.md").read_bytes()


def test_topics_lead_to_what_says_more(owner):
    """Each page that a topic names is there, and linked from it."""
    assert {name for topic in TOPICS for name in topic.more} <= set(BY_NAME)
    assert 'href="/help/evidence"' in owner.get("/help/answer").text


@pytest.mark.parametrize(
    ("page", "guide"),
    [
        ("/safety", "safety"),
        ("/safety/questions", "safety"),
        ("/plan", "draws"),
        ("/report", "privacy"),
        ("/settings", "privacy"),
    ],
)
def test_pages_link_where_the_question_arises(owner, page, guide):
    """The documentation stands beside what it explains."""
    assert f'href="/help/{guide}"' in owner.get(page).text


def test_a_cell_names_its_column():
    """On a phone a row is a list, and each of its values says what it is."""
    html = html_of("# Title\n\n| What | `Number` |\n| --- | ---: |\n| a | 1 |\n")
    assert "Title" not in html
    assert '<td role="cell" data-label="Number">1</td>' in html


def test_links_stay_within_the_app():
    """To another guide: its page. To a file that is no page, or with a script in it: the words alone. No picture."""
    html = html_of(
        "[a](evidence.md#the-ways) [b](../docs/records.md) [c](../src/x.py) [d](other.md) [e](https://e.example) "
        "![f](answer.png) [g](javascript:alert(1)) [h](#here)"
    )
    assert re.findall(r'href="([^"]*)"', html) == [
        "/help/evidence#the-ways",
        "/help/records",
        "https://e.example",
        "#here",
    ]
    assert "<img" not in html


def test_html_in_a_text_is_text():
    """A text cannot bring elements of its own."""
    assert "<script>" not in html_of("<script>alert(1)</script> and `<b>`")


def test_a_guide_keeps_to_the_language_asked_for():
    """What was rendered for one reader is not shown to another."""
    with speaking("de"):
        german = guide_html(BY_NAME["evidence"])
    assert german != guide_html(BY_NAME["evidence"])
