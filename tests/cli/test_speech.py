"""The plan and the safety questions in German on the command line."""

import pytest
from click.testing import CliRunner

from backstride.cli.main import main
from backstride.report.language import language
from backstride.runtime.terminal_language import terminal_language


def said(*words, lang="en_GB.UTF-8", data):
    """What a command prints in a terminal of this language."""
    env = {"LANG": lang, "LC_ALL": "", "LC_MESSAGES": "", "BACKSTRIDE_DATA": str(data)}
    done = CliRunner().invoke(main, words, env=env)
    assert done.exit_code == 0
    return done.output


@pytest.mark.parametrize(("words", "lang"), [(("--language", "de"), "en_GB.UTF-8"), ((), "de_AT.UTF-8")])
def test_the_list_for_help_at_once_can_be_read_in_german(words, lang, tmp_path):
    """By the option, or by the terminal's language; and no language stays behind."""
    text = said("screen", "--yes", "saddle_numbness", *words, lang=lang, data=tmp_path)
    assert "Hol sofort Hilfe." in text
    assert "Get help" not in text
    assert language() == "en"


def test_english_is_spoken_where_nothing_else_is_asked_for(tmp_path):
    """In an English terminal, and with the option in a German one."""
    for words, lang in (((), "en_GB.UTF-8"), (("--language", "en"), "de_DE.UTF-8"), ((), "C.UTF-8")):
        assert "Get help at once." in said(
            "screen", "--yes", "saddle_numbness", *words, lang=lang, data=tmp_path
        )


def test_the_plan_is_in_german(tmp_path):
    """Its first lines, before any question was answered."""
    text = said("plan", "--language", "de", data=tmp_path)
    assert "backstride screen --diary" in text
    assert "Answer the safety questions first" not in text


@pytest.mark.parametrize(
    ("lang", "code"), [("de_DE.UTF-8", "de"), ("de", "de"), ("C.UTF-8", "c"), ("POSIX", "posix")]
)
def test_the_language_of_the_terminal(lang, code, monkeypatch):
    """The part before the country and the encoding."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", lang)
    assert terminal_language() == code
