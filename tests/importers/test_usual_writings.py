"""Ratings, headings and distances in the writings that people use most."""

import pytest
from tests.importers.test_own_tables import minutes, read

from backstride.errors import BadTable
from backstride.importers.lookalikes import appearance


def pain(text: str) -> list[float]:
    """Each rating on the scale 0 to 10."""
    return [one.pain.pain_0_10 for one in read(text).records.check_ins if one.pain is not None]


@pytest.mark.parametrize(
    ("cell", "told"), [("3/10", 3), ("3 / 10", 3), ("30%", 3), ("30/100", 3), ("3,5/10", 3.5)]
)
def test_a_rating_may_name_its_scale(cell, told):
    """The most usual writing of pain."""
    assert pain(f"date;time;pain\n2026-05-01;07:30;{cell}\n") == [told]


@pytest.mark.parametrize("cell", ["3-4", "12/10", "3/5"])
def test_a_rating_that_leaves_it_open_is_left_out(cell):
    """A range is no number, and a scale of five may begin at 1."""
    table = f"date,time,pain\n2026-05-01,07:30,{cell}\n2026-05-02,07:30,2\n"
    assert pain(table) == [2.0]
    assert len(read(table).skipped) == 1


@pytest.mark.parametrize(
    "head", ["Pain level", "Pain score", "Low back pain", "LBP", "Back pain /10", "NRS", "Schmerzstärke (NRS)",
             "pain am", "Pain (back)", "Schmerz morgens"],
)  # fmt: skip
def test_the_usual_headings_of_pain_are_known(head):
    """In a table without any other answer."""
    assert pain(f"date,time,{head}\n2026-05-01,07:30,3\n") == [3.0]


@pytest.mark.parametrize(
    "head",
    ['"Datum\n(TT.MM.JJJJ)";"Uhrzeit";"Schmerz"', "Datum (TT.MM.JJJJ);Uhrzeit;Schmerz",
     '"Date\n(D/M/Y)";Time;Pain'],
)  # fmt: skip
def test_a_line_break_in_a_heading_breaks_no_table(head):
    """Alt and Enter in a spreadsheet; and the pattern of the date behind its heading."""
    assert pain(f"{head}\n13.05.2026;07:30;4\n") == [4.0]


def test_5k_is_five_kilometres_and_3_m_is_asked():
    """A capital M may be miles; 5000 M is none."""
    ways = [one.distance_m for one in read(
        "start,min,distance\n2026-05-01 18:10,30,5k\n2026-05-03 18:10,60,10K\n2026-05-05 18:10,30,3 M\n"
        "2026-05-07 18:10,30,5000 M\n"
    ).records.runs]  # fmt: skip
    assert ways == [5000.0, 10000.0, None, 5000.0]


def test_sums_of_days_are_named_as_such():
    """Nobody is led to make a run of each day."""
    with pytest.raises(BadTable, match="as sums of days have"):
        read("Date,Steps,Distance (km),Active minutes\n2026-05-13,8000,6.1,40\n")
    assert minutes("date,start,Steps,min,km\n2026-05-13,18:10,5000,30,5\n") == [30.0]


@pytest.mark.parametrize(("cell", "told"), [("oui", True), ("non", False), ("sí", True), ("si", True)])
def test_yes_and_no_are_known_in_french_and_spanish(cell, told):
    """Beside the rating."""
    (one,) = read(f"date,time,pain,flare\n2026-05-13,07:30,3,{cell}\n").records.check_ins
    assert one.flare is told


def test_a_chat_is_no_json():
    """Its lines begin with a bracket, too."""
    assert appearance("[01.05.26, 07:31:02] Anna: Rücken heute 4\n".encode())[0] != "a JSON file"
    assert appearance(b'[{"a": 1}]')[0] == "a JSON file"
