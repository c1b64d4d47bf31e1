"""What is seen while one waits."""

import pytest

from backstride.cli.progress import STAGES, stages


def test_nobody_watching_gets_one_line_a_stage(capsys):
    """Without a terminal each stage is told once, on stderr."""
    with stages() as tell:
        for share in (0.0, 0.5, 1.0):
            tell("sampling", share)
        tell("doubts", 0.0)
    assert capsys.readouterr().err.splitlines() == [f"{STAGES[s]} ..." for s in ("sampling", "doubts")]


@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_watcher_gets_a_bar(capsys, monkeypatch, no_color):
    """On a terminal a bar is drawn on stderr, in no colours where none are wanted."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setenv("TERM", "xterm")
    with stages() as tell:
        tell("compiling", 0.0)
        tell("sampling", 0.5)
    shown = capsys.readouterr()
    assert STAGES["sampling"] in shown.err
    assert shown.out == ""
    assert ("\x1b[38" not in shown.err) or not no_color
