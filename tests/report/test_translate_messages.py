"""Sentences of the layers below, found again in the catalogue and told in German."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backstride.errors import BackstrideError
from backstride.importers.registry import read_content
from backstride.report.language import speaking
from backstride.report.translate_messages import translate_message

BERLIN = ZoneInfo("Europe/Berlin")
ODD_ROWS = "time,pain,weather\n2026-05-01 07:30,12,sun\n02.05.2026,4,\n2026-05-03 07:10,3,rain\n"


def in_german(said: str) -> str:
    """What a German reader is told."""
    with speaking("de"):
        return translate_message(said)


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("It has no time.", "Die Zeit fehlt."),
        (
            "runs.csv line 7: A rating of 11 is not on the scale 0 to 10. Correct it: it must lie between 1 and 5.",
            "runs.csv Zeile 7: Der Wert 11 liegt nicht auf der Skala 0 bis 10. Berichtige es: Möglich ist 1 bis 5.",
        ),
        (
            "a: b.fit: its checksum is wrong, and it was read all the same; if the run looks wrong, copy it once "
            "more",
            "a: b.fit: ihre Prüfsumme stimmt nicht, ",
        ),
        (
            "odd.csv cannot be read: it looks like a web page.",
            "odd.csv lässt sich nicht lesen: Es sieht aus wie eine",
        ),
        ("A sentence of nobody.", "A sentence of nobody."),
        ("It has no time. A sentence of nobody.", "It has no time. A sentence of nobody."),
    ],
)
def test_a_sentence_is_found_with_what_it_was_filled_with(english, german):
    """Its place, its numbers and the sentence after it; half of a text is never told in another language."""
    assert in_german(english).startswith(german)
    assert translate_message(english) == english


def test_what_a_table_gave_is_told_whole():
    """Everything left out and everything assumed of a table with odd rows, as its reader says it."""
    _, read = read_content(ODD_ROWS.encode(), name="mornings.csv", zone=BERLIN)
    told = [one.sentence for one in read.skipped] + list(read.notes)
    assert len(told) >= 3
    assert [one for one in told if in_german(one) == one] == []


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"<!doctype html><html>", b"PK\x05\x06" + bytes(18), b"a,b\n1,2\n"]
)
def test_why_a_file_is_refused_is_told_whole(content):
    """Files that are none of ours, each with what to do next."""
    with pytest.raises(BackstrideError) as refused:
        read_content(content, name="odd.csv", zone=BERLIN)
    for said in (refused.value.problem, refused.value.advice):
        assert in_german(said) != said


@settings(deadline=None)
@given(
    st.text(max_size=200),
    st.sampled_from(["{0} line 3: It has no {0}.", "The {0} '{0}' is not a number.", "{0}"]),
)
def test_no_text_is_lost_or_breaks_it(name, sentence):
    """Whatever a file is called and whatever stands in it, its letters are told again; words of ours apart."""
    assume(in_german(name) == name)
    assert name.strip(" .") in in_german(sentence.replace("{0}", name))


def test_why_two_records_are_one_run_is_said_in_german():
    """The reason inside the sentence is translated with it, and the names of the files stay."""
    why = "began 0:00:00 apart and lasted 1:05:12 and 1:05:12"
    with speaking("de"):
        assert "apart" not in translate_message(why)
        assert translate_message(why).count("1:05:12") == 2
        assert translate_message("kilometres") == "Kilometer"
