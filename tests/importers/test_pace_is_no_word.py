"""A session that only its pace calls a walk bears no word that a person could say is a run, for every later table."""

from zoneinfo import ZoneInfo

from backstride.importers.tables.tables import TABLES
from backstride.importers.unknown_words import unknown_words, unknown_words_note

TABLE = b"date,start,min,km\n2023-05-01,18:10,60,4\n2023-05-03,18:10,30,5\n"


def test_a_pace_is_no_word_to_be_asked_about():
    """Its line is named, and its day stays open."""
    result = TABLES.read(TABLE, name="t.csv", zone=ZoneInfo("Europe/Berlin"))
    assert unknown_words(result.records.runs) == ()
    assert list(unknown_words_note(result.records.runs)) == []
    assert any("line 2 go slower or faster" in note for note in result.notes)
    assert not result.records.runs[0].is_running
