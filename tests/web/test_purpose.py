"""What the product is meant for, and what not, on every first page."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from backstride.cli.main import main
from backstride.report.about import purpose

ROOT = Path(__file__).parents[2]


def words(text: str) -> str:
    """The words of a text, on one line."""
    return " ".join(text.split())


@pytest.mark.parametrize("path", ["/", "/plan", "/welcome", "/answer", "/safety/questions"])
def test_each_page_says_what_it_is_meant_for(owner, path):
    """Whichever page somebody opens first."""
    assert purpose() in words(owner.get(path).text)


def test_the_command_line_and_the_readme_say_it():
    """In the same words, but for the sentence that they stand in."""
    assert purpose() in words(CliRunner().invoke(main, ["--help"]).output)
    readme = words((ROOT / "README.md").read_text(encoding="utf-8"))
    assert all(part in readme for part in purpose().removeprefix("For ").removesuffix(".").split(". "))


def test_a_stranger_reads_it_before_signing_in(browser):
    """On the page that asks for a passphrase, too."""
    assert purpose() in words(browser().get("/sign-in").text)
