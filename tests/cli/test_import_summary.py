"""What is said of an import."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from backstride.cli.import_summary import MAX_NOTES, counted, print_import_summary
from backstride.core.records import Records
from backstride.core.run import Activity, Run
from backstride.importers.base import ImportResult, Skipped
from backstride.runtime.timezone import DefaultTimezone

RUN = Run(start=datetime(2026, 5, 1, 7, 30, tzinfo=UTC), moving_s=1800.0)
HOME = DefaultTimezone(ZoneInfo("UTC"), "told")


def sessions(*kinds: Activity) -> Records:
    """Records with one session of each kind."""
    return Records(runs=tuple(replace(RUN, activity=kind) for kind in kinds))


@pytest.mark.parametrize(
    ("records", "words"),
    [
        (Records(), "0 check-ins and 0 runs"),
        (sessions(Activity.RUN, Activity.TREADMILL), "0 check-ins and 2 runs"),
        (
            sessions(Activity.RUN, Activity.WALK, Activity.OTHER),
            "0 check-ins, 1 run, 1 walk and 1 other session",
        ),
    ],
)
def test_a_walk_is_not_called_a_run(records, words):
    """Sessions are counted by what they were; kinds of which there are none go without saying."""
    assert counted(records) == words


def test_what_was_left_out_is_told(capsys):
    """With its place, said once, where it has one."""
    skipped = (
        Skipped("a.csv line 2", "It is odd."),
        Skipped("b.fit", "b.fit is a picture."),
        Skipped("", "The run of tomorrow was left out."),
    )
    print_import_summary(ImportResult(skipped=skipped), HOME)
    shown = capsys.readouterr().out.splitlines()
    told = ["a.csv line 2: It is odd.", "b.fit is a picture.", "The run of tomorrow was left out."]
    assert shown[-3:] == [f"  {line}" for line in told]


def test_a_flood_of_notes_is_cut_short(capsys):
    """The first say what was assumed; the others are counted."""
    print_import_summary(ImportResult(notes=tuple(f"note {i}" for i in range(MAX_NOTES + 3))), HOME)
    assert capsys.readouterr().out.splitlines()[-2:] == [
        f"  note {MAX_NOTES - 1}",
        "  ... and 3 more. To see all of them, import with --all.",
    ]


def test_a_doubt_stands_before_what_is_usual(capsys):
    """What many tables have in common is one line, and the last; with --all nothing is cut."""
    usual = tuple(f"{n}.csv: times are read as those of UTC." for n in range(MAX_NOTES + 3))
    doubts = tuple(f"{n}.csv: run of 500 minutes." for n in range(MAX_NOTES + 3))
    print_import_summary(ImportResult(notes=(*usual, *doubts)), HOME, everything=True)
    shown = capsys.readouterr().out.splitlines()
    assert shown[1:] == [
        f"  {line}" for line in (*doubts, f"{len(usual)} tables: times are read as those of UTC.")
    ]
