"""JSON, one record after the other."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.errors import BadValue, BrokenFile
from backstride.importers.packing import MAX_BYTES
from backstride.importers.vendors.json_stream import (
    JsonRecords,
    inner,
    keys_in,
    listed,
    looks_like_json,
    real,
    text,
)


def records(content, within=""):
    """All records of these bytes, and the doubts."""
    stream = JsonRecords(content, name="a.json", within=within)
    return list(stream), stream.doubts


@given(st.lists(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5)), max_size=5))
def test_a_list_gives_its_objects_in_order(told):
    """Whatever they hold."""
    assert records(json.dumps(told, indent=1).encode()) == (told, [])


def test_a_single_object_is_one_record():
    """With a byte order mark, too."""
    assert records(b'\xef\xbb\xbf {"a": 1}') == ([{"a": 1}], [])


def test_the_list_in_a_field_is_found_however_deep():
    """An export wraps it once or twice; what is no object is passed over."""
    content = b'[{"n": 3, "runs": [{"a": 1}, 7, null, {"a": 2}]}, {"b": 1}]'
    assert records(content, within="runs") == ([{"a": 1}, {"a": 2}], [])


@pytest.mark.parametrize("end", [b"", b",", b', {"a": 3', b", nonsense", b', {"a": ' + b"[" * 100_000])
def test_what_stands_before_damage_is_read(end):
    """And the doubt is noted."""
    found, doubts = records(b'[{"a": 1}, {"a": 2}' + end)
    assert found == [{"a": 1}, {"a": 2}]
    assert len(doubts) == 1


def test_a_file_beyond_all_measure_is_refused():
    """Before anything is made of it."""
    with pytest.raises(BrokenFile, match="larger"):
        JsonRecords(b"x" * (MAX_BYTES + 1), name="a.json")


@pytest.mark.parametrize(
    ("head", "is_json"),
    [
        (b'{"a": 1', True),
        (b' [ {"a"', True),
        (b"[1, 2]", False),
        (b"a,b", False),
        (b"", False),
        (b"<x>", False),
    ],
)
def test_json_is_known_by_its_first_letters(head, is_json):
    """An object, or a list of them."""
    assert looks_like_json(head) is is_json
    assert bool(keys_in(head + b'"b": 1')) is is_json


@pytest.mark.parametrize(("value", "number"), [(1, 1.0), (1.5, 1.5), ("2.5", 2.5), ("", None), (None, None)])
def test_numbers_may_be_written_as_text(value, number):
    """Exports do both."""
    assert real({"x": value}, "x") == number


@pytest.mark.parametrize("value", ["soon", [], {}, 10**400, True])
def test_what_is_no_number_says_so(value):
    """The field is named."""
    with pytest.raises(BadValue, match="Its x is"):
        real({"x": value}, "x")


def test_the_first_field_that_is_there_counts():
    """Names changed over the years."""
    record = {"b": "2", "t": 5, "u": "word", "o": [], "p": {"q": 1}, "l": [{"a": 1}, 3]}
    assert (real(record, "a", "b"), text(record, "t", "u")) == (2.0, "word")
    assert (inner(record, "o", "p"), listed(record, "l"), listed(record, "p")) == ({"q": 1}, [{"a": 1}], [])
