"""Where the time goes, for who asks."""

import re

from backstride.cli.timings import Timings


def test_each_stage_is_told_as_it_ends(capsys):
    """One line a stage, on stderr; a stage that is named again goes on."""
    watch = Timings(wanted=True)
    for stage in ("reading", "sampling", "sampling", "doubts"):
        watch.stage(stage)
    watch.end()
    told = [
        re.fullmatch(r"timing ([\w-]+): \d+\.\d{3} s", line) for line in capsys.readouterr().err.splitlines()
    ]
    assert [line and line[1] for line in told] == ["start-up", "reading", "sampling", "doubts"]


def test_nobody_hears_what_nobody_asked_for(capsys):
    """Without the option nothing is printed."""
    watch = Timings(wanted=False)
    watch.stage("reading")
    watch.end()
    assert capsys.readouterr().err == ""
