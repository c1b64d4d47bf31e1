"""The pages say what is so: commands exist, files exist, and every page can be found."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from backstride.cli.main import COMMANDS, main

from .source import ROOT

PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("tests/*.md"), *ROOT.glob("decisions/*.md")]
)
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))


each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def code(page) -> str:
    """Everything that is set as code."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", page.read_text(encoding="utf-8"), flags=re.DOTALL))


@each_page
def test_the_commands_of_a_page_exist(page):
    """Every `backstride` command and every option beside it is one that the program has."""
    for line in re.findall(r"(?:^|[`/ ])backstride ([a-z].*)$", code(page), flags=re.MULTILINE):
        words = line.split("#")[0].split("`")[0].split()
        if words[0] not in COMMANDS and "&&" in line:
            continue
        assert words[0] in COMMANDS, line
        asked, below = [words[0]], main.get_command(None, words[0])
        for word in words[1:]:
            below = getattr(below, "commands", {}).get(word)
            if below is None:
                break
            asked.append(word)
        help_text = CliRunner().invoke(main, [*asked, "--help"]).stdout
        assert [word for word in words if word.startswith("--") and word not in help_text] == []


@each_page
def test_the_make_targets_of_a_page_exist(page):
    """Every `make` target that a page names is in the Makefile."""
    named = set(re.findall(r"(?:^|`)make ([a-z][a-z-]*)", code(page), flags=re.MULTILINE))
    assert named <= TARGETS


@each_page
def test_the_links_of_a_page_lead_somewhere(page):
    """Every link to a file of the repository finds it."""
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    here = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in here if not (page.parent / link).exists()] == []


def files_of_site() -> set[Path]:
    """The files that `make docs` copies, as its recipe names them."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\ndocs:")[2].partition("\n\n")[0]
    named = [name for words in re.findall(r"\bcp (?:-R )?(.+?) \.cache/", recipe) for name in words.split()]
    found = [path for name in named for path in ROOT.glob(name)]
    return {file for path in found for file in ([path] if path.is_file() else path.rglob("*"))}


def test_the_site_has_every_file_that_its_pages_link():
    """A link to a file that `make docs` leaves behind stops the building of the site."""
    there = files_of_site()
    links = [
        (page.name, (page.parent / link).resolve())
        for page in PAGES
        if page in there
        for link in re.findall(r"\]\(([^)#\s:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    ]
    assert len(links) > 100
    assert [(page, str(file)) for page, file in links if file.is_file() and file not in there] == []


def shelves_of_index() -> dict[str, str]:
    """The shelf of each page in docs/README.md."""
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", index, flags=re.MULTILINE)[1:]
    pages = zip(parts[::2], parts[1::2], strict=True)
    link = re.compile(r"\(((?:results/)?[\w-]+\.md)\)")
    return {f"docs/{name}": shelf for shelf, text in pages for name in link.findall(text)}


def shelves_of_site() -> dict[str, str]:
    """The shelf of each page in the navigation of the site."""
    shelves, shelf = {}, ""
    for line in (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2].splitlines():
        shelf = heading[1] if (heading := re.match(r"  - (\w+):", line)) else shelf
        if (page := re.search(r"docs/(?:results/)?[\w-]+\.md$", line)) and page[0] != "docs/README.md":
            shelves[page[0]] = shelf
    return shelves


def test_every_page_stands_on_one_shelf():
    """Every page under docs is in docs/README.md and in the site's navigation (mkdocs.yml), on the same shelf."""
    found = [*ROOT.glob("docs/*.md"), *ROOT.glob("docs/results/*.md")]
    pages = {path.relative_to(ROOT).as_posix() for path in found} - {"docs/README.md"}
    assert shelves_of_index().keys() == pages
    assert shelves_of_site() == shelves_of_index()
    results = {page for page, shelf in shelves_of_index().items() if shelf == "Results"}
    assert results == {page for page in pages if page.startswith("docs/results/")} | {"docs/cases.md"}


def test_every_german_guide_is_in_the_index_and_the_navigation_under_its_title():
    """A reader of German finds each guide there is, in docs/README.md and in the site."""
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("  - Deutsch:\n")[2]
    guides = {
        path.name: path.read_text(encoding="utf-8").split("\n", 1)[0] for path in ROOT.glob("docs/de/*.md")
    }
    assert guides
    for name, first in guides.items():
        assert f"- [{first.removeprefix('# ')}](de/{name})" in index
        assert re.search(rf"{re.escape(first.removeprefix('# '))}\"?: docs/de/{name}\n", nav)


def test_every_decision_is_in_the_navigation_under_one_number():
    """The site lists each decision, and no two share a number."""
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
    names = sorted(path.name for path in (ROOT / "decisions").glob("0*.md"))
    assert [name for name in names if f"decisions/{name}" not in nav] == []
    assert len({name[:4] for name in names}) == len(names)


def test_the_index_calls_pages_by_their_titles():
    """A page's title in the index is its own, save those of pages made from sentences of the app."""
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    made = {"safety.md", "evidence.md", "programme.md"}
    for title, name in re.findall(r"^- \[(.+?)\]\(((?:results/)?[\w-]+\.md)\)", index, flags=re.MULTILINE):
        first = (ROOT / "docs" / name).read_text(encoding="utf-8").split("\n", 1)[0]
        assert name in made or first == f"# {title}"


@pytest.mark.parametrize("path", sorted((ROOT / "src").rglob("*.py")), ids=lambda path: path.stem)
def test_pages_named_in_code_exist(path):
    """A page that code or a message points to is there."""
    named = set(re.findall(r"\bdocs/[\w/-]+\.md\b", path.read_text(encoding="utf-8")))
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_every_command_is_on_a_page():
    """Getting started shows each command at least once."""
    page = (ROOT / "docs" / "getting-started.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"backstride {name}" not in page] == []


def test_every_case_names_tests_that_exist(root):
    """The page on kinds of case stands on tests; each is there under its name."""
    named = set(re.findall(r"`(test_\w+)`", (root / "docs" / "cases.md").read_text(encoding="utf-8")))
    there = "\n".join(path.read_text(encoding="utf-8") for path in (root / "tests").rglob("test_*.py"))
    assert named
    assert [name for name in sorted(named) if f"def {name}(" not in there] == []


def test_the_changelog_can_be_read_at_a_sitting():
    """What is new for users, in groups; how a thing came about stands in the commits."""
    lines = (ROOT / "CHANGELOG.md").read_text().splitlines()
    unreleased = lines[lines.index("## 0.1.0 (unreleased)") :]
    assert len(unreleased) <= 150
    assert sum(line.startswith("#### ") for line in unreleased) >= 5
