"""Logs of attacks of pain, of exercises and of hours of sleep are no runs and no ratings."""

import pytest
from tests.importers.test_own_tables import minutes, notes, read

from backstride.errors import BadTable


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Duration (min),Pain,Location", "120,4,Lower back"),
        ("Duration (min),Intensity,Triggers,Medication", "120,6,weather,Ibuprofen"),
        ("duration_min,flare,trigger", "120,yes,running"),
        ("Dauer (min),Schmerz,Auslöser", "120,6,Heben"),
        ("Duration (min),Current Pain,Worst Pain,Symptoms", "120,4,7,Stiffness"),
        ("minutes,Pain (0-10)", "120,4"),
        ("minutes,exercise", "15,McKenzie"),
        ("Duration (min),Exercises", "15,Cat-Cow"),
        ("Dauer,Dehnübungen", "15,Katze"),
    ],
)
def test_attacks_of_pain_and_exercises_are_no_runs(head, row):
    """A start and a duration alone say nothing of a run, and no other day is a day of rest."""
    with pytest.raises(BadTable, match="nothing says that its rows are runs"):
        read(f"start,{head}\n2026-05-03 07:30,{row}\n2026-05-05 07:30,{row}\n")


@pytest.mark.parametrize(
    ("head", "row"),
    [("minutes,km,pain", "30,5,2"), ("minutes,intensity,activity", "30,hard,run"), ("moving_min,symptoms", "30,knee"),
     ("minutes,exercise", "30,run"), ("minutes,rpe,Medikament", "30,4,")],
)  # fmt: skip
def test_a_runner_may_note_pain_beside_a_run(head, row):
    """Where a way, a kind, an exertion or the table's own words say that these are sessions."""
    assert minutes(f"start,{head}\n2026-05-03 07:30,{row}\n") == [30.0]


@pytest.mark.parametrize(
    ("head", "cells", "told", "said"),
    [
        ("sleep", ["7.5", "6.25", "8.1", "11.5"], [None] * 4, "seems to hold hours"),
        ("sleep", ["7.5", "7", "8", "6.5"], [None] * 4, "seems to hold hours"),
        ("sleep", ["7", "8", "6", "9"], [7, 8, 6, 9], "If these are hours"),
        ("sleep", ["2", "7.5", "5", "8"], [2, 7.5, 5, 8], ""),
        ("sleep quality", ["7.5", "6.25", "8", "9"], [7.5, 6.25, 8, 9], ""),
    ],
)
def test_hours_of_sleep_are_no_ratings(head, cells, told, said):
    """A column called 'sleep' nearly always holds hours."""
    text = f"date,time,pain,{head}\n" + "".join(
        f"2026-05-0{n},07:30,3,{cell}\n" for n, cell in enumerate(cells, 1)
    )
    assert [one.sleep for one in read(text).records.check_ins] == told
    assert said in notes(text)
    assert ("hours" in notes(text)) is bool(said)
