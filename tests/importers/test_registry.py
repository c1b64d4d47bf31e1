"""Which reader knows a file, and what is said of files that none knows."""

import gzip
import os
from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.core.run import Run
from backstride.errors import BackstrideError, BrokenFile, UnknownFormat
from backstride.importers.fit.reader import FIT
from backstride.importers.packing import unpacked
from backstride.importers.registry import READERS, read_content, reader_for
from backstride.importers.tables import allocations_table, pain_before_table, plan_table, roland_morris_table
from backstride.importers.tables.tables import FORMS
from backstride.testing.fit_file import write_fit

BERLIN = ZoneInfo("Europe/Berlin")
RUN = Run(
    start=datetime(2026, 5, 1, 7, 30, tzinfo=UTC), moving_s=1800.0, source="a.fit", zone_source="assumed"
)


@pytest.mark.parametrize("name", ["a.fit", "a.csv", "a", "photo.jpg"])
def test_content_decides_and_not_the_name(name):
    """A FIT file may be called anything."""
    assert reader_for(write_fit(RUN)[:4096], name=name) is FIT


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x00\x00\x00\x18ftypheic", "a picture or film"),
        (b"%PDF-1.7", "a PDF document"),
        (b"PK\x03\x04\x14\x00", "a zip archive"),
        (b"   <?xml version='1.0'?><invoice>", "an XML file"),
        (b"<!DOCTYPE html><html><body>404", "a web page"),
        ('<?xml version="1.0"?><svg>'.encode("utf-16"), "a picture"),
        (b"SQLite format 3\x00", "a database"),
        (b"<Log>\n<Information>\n</Information><LogEintraege>", "a log of a Sigma"),
        (b'<?xml version="1.0"?><Log><GeneralInformation unit="rox9">', "a log of a Sigma"),
        (b"\x20\x0a\x00\x01\x08\x02", "a file as a TomTom watch keeps it"),
        (b"\x00" * 100, "an empty file"),
        (b"", "an empty file"),
        (b"\x00\x05\x16\x07\x00", "a side file of macOS"),
        (b"\x01\x02\x03\x04\x05\x06", "something that is not known here"),
    ],
)
def test_a_file_that_no_reader_knows_is_named_for_what_it_looks_like(head, words):
    """Whatever its name says."""
    with pytest.raises(UnknownFormat, match=words) as caught:
        reader_for(head, name="a.fit")
    assert "name ending in .fit" in str(caught.value)
    assert caught.value.advice


BY_ITSELF = (allocations_table.FORM, plan_table.FORM, pain_before_table.FORM, roland_morris_table.FORM)
BY_HAND = [form for form in FORMS if form not in BY_ITSELF]


@pytest.mark.parametrize("name", ["a.csv", "a.txt"])
def test_a_table_without_known_columns_hears_their_names(name):
    """Every needed column of every table that people write by hand is named."""
    with pytest.raises(UnknownFormat, match="a table without any column of a diary") as caught:
        reader_for(b"Spalte 1;Spalte 2\n1;2\n", name=name)
    assert "in spite of" not in str(caught.value)
    needed = {column for form in BY_HAND for group in form.needs if len(group) < 3 for column in group}
    assert [column for column in sorted(needed - {"date"}) if column not in caught.value.advice] == []


def test_prose_is_no_table():
    """A letter with commas in it is plain text."""
    with pytest.raises(UnknownFormat, match="plain text"):
        reader_for(b"Dear diary, today I ran,\nand it rained.\n", name="a.txt")


def test_readers_have_names_of_their_own():
    """Reports tell readers apart by name."""
    assert len({reader.name for reader in READERS}) == len(READERS)


@pytest.mark.parametrize("layers", [0, 1, 2, 3])
def test_packed_files_are_unpacked(layers):
    """Strava packs FIT files once, some tools once more."""
    content = write_fit(RUN)
    for _ in range(layers):
        content = gzip.compress(content)
    assert read_content(content, name="a.fit", zone=BERLIN)[1].records.runs[0].moving_s == RUN.moving_s


def test_a_file_packed_over_and_over_is_refused():
    """Nobody does that to a run."""
    content = write_fit(RUN)
    for _ in range(4):
        content = gzip.compress(content)
    with pytest.raises(BrokenFile, match="more than 3 times"):
        read_content(content, name="a.fit.gz", zone=BERLIN)


def test_a_file_that_unpacks_without_end_is_refused():
    """Ten thousand zeros in ten bytes: memory stays bounded."""
    with pytest.raises(BrokenFile, match="more than 1 MB"):
        unpacked(gzip.compress(bytes(5 * 2**20)), name="bomb.gz", most_bytes=2**20)


def test_packed_parts_one_after_the_other_are_joined():
    """Gzip allows several members in one file."""
    whole = gzip.compress(b"one ") + gzip.compress(b"two")
    assert unpacked(whole, name="a.gz") == (b"one two", ())


def test_a_cut_off_packed_file_gives_what_it_holds():
    """What could be unpacked is read, and a note says so."""
    packed = gzip.compress(os.urandom(5000))
    content, notes = unpacked(packed[:3000], name="a.gz")
    assert 2000 < len(content) < 3000
    assert "damaged" in notes[0]


def test_a_packed_file_damaged_in_the_middle_gives_what_stood_before():
    """Behind the damage nothing can be unpacked."""
    plain = os.urandom(2000).hex().encode()
    packed = bytearray(gzip.compress(plain))
    packed[len(packed) // 2 :] = bytes(len(packed) // 2)
    content, notes = unpacked(bytes(packed), name="a.gz")
    assert plain.startswith(content[:1000])
    assert (len(content) > 1000, len(notes)) == (True, 1)


@pytest.mark.parametrize("content", [b"\x1f\x8b", b"\x1f\x8b\x08\x00rubbish", b"\x1f\x8b" * 9])
def test_a_packed_file_damaged_at_its_beginning_is_refused(content):
    """There is nothing to unpack."""
    with pytest.raises(BrokenFile, match="damaged gzip"):
        unpacked(content, name="a.gz")


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\x1f\x8b\x08\x00\x00\x00\x00\x00", b"\x0e\x10\0\0\xff\xff\0\0.FIT\0\0"]),
)
def test_garbage_gives_only_our_errors(rest, head):
    """Even where it begins like a known format."""
    with suppress(BackstrideError):
        read_content(head + rest, name="a.fit", zone=BERLIN)
