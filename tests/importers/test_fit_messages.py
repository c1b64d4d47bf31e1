"""The bytes of FIT files, sound and damaged, as tables of messages."""

import struct
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.importers.fit.messages import fit_parts
from backstride.testing.fit_file import message, sealed

NOON = 1_100_000_000
RECORD = 20


def definition(fields, *, developer=()):
    """The definition of a record as local message 0, with (number, size, base type) of each field."""
    header = 0x60 if developer else 0x40
    body = struct.pack("<BBBHB", header, 0, 0, RECORD, len(fields)) + b"".join(map(bytes, fields))
    return body + (bytes([len(developer)]) + b"".join(map(bytes, developer)) if developer else b"")


def records(count, *, since=NOON):
    """Records of time and heart rate, one a second."""
    rows = b"".join(struct.pack("<BIB", 0, since + i, 100 + i % 50) for i in range(count))
    return definition([(253, 4, 0x86), (3, 1, 0x02)]) + rows


def only(content):
    """The one FIT file that stands in `content`."""
    (part,) = fit_parts(content)
    return part


@pytest.mark.parametrize("order", ["<", ">"])
def test_both_byte_orders_are_read(order):
    """The architecture byte of each definition decides."""
    body = message(RECORD, [(253, "uint32", NOON), (5, "uint32", 12_345)], order=order)
    table = only(sealed(body)).messages(RECORD)
    assert (table.times.tolist(), table.column(5).tolist()) == ([NOON], [12_345])


def test_what_was_not_measured_is_nan():
    """Each base type has a value that stands for 'not measured'."""
    body = message(RECORD, [(3, "uint8", None), (5, "uint32", None), (0, "enum", None)])
    table = only(sealed(body)).messages(RECORD)
    assert np.isnan([table.column(3), table.column(5), table.column(0), table.column(99)]).all()


def test_compressed_times_count_on_from_the_last_full_time_and_roll_over():
    """Five bits in the header stand for the seconds, modulo 32."""
    full = message(RECORD, [(253, "uint32", NOON)])  # 1,100,000,000 is 0 modulo 32
    rows = definition([(3, 1, 0x02)]) + b"".join(bytes([0x80 | offset, 120]) for offset in (1, 30, 2, 2))
    table = only(sealed(full + rows)).messages(RECORD)
    assert (table.times - NOON).tolist() == [0, 1, 30, 34, 34]


def test_compressed_times_without_a_full_one_before_them_are_unknown():
    """There is nothing to count from."""
    rows = definition([(3, 1, 0x02)]) + bytes([0x85, 120])
    assert np.isnan(only(sealed(rows)).messages(RECORD).times).all()


def test_developer_fields_are_stepped_over():
    """Their bytes stand behind those of the known fields."""
    rows = definition([(3, 1, 0x02)], developer=[(0, 4, 0), (1, 2, 0)])
    rows += b"".join(bytes([0, beats]) + b"\xee" * 6 for beats in (100, 101, 102))
    assert only(sealed(rows)).messages(RECORD).column(3).tolist() == [100, 101, 102]


def test_a_definition_may_change_on_the_way():
    """Messages of one kind keep the order of the file across definitions."""
    other = message(RECORD, [(3, "uint8", 7), (253, "uint32", NOON + 50)])
    table = only(sealed(records(3) + other + records(2, since=NOON + 60))).messages(RECORD)
    assert table.column(3).tolist() == [100, 101, 102, 7, 100, 101]


def test_a_field_may_be_of_another_size_in_each_definition():
    """Or stand elsewhere, or nowhere; a message without it has nothing measured."""
    rows = [
        [(3, "uint8", 120)],
        [(253, "uint32", NOON), (3, "uint16", 121)],
        [(253, "uint32", NOON)],
        [(3, "uint16", None)],
        [(3, "uint8", 122), (253, "uint32", NOON)],
    ]
    table = only(sealed(b"".join(message(RECORD, fields) for fields in rows))).messages(RECORD)
    assert np.nan_to_num(table.column(3)).tolist() == [120, 121, 0, 0, 122]
    assert [len(field) for field in table.bytes_of(3)] == table.table_of(3)[1].tolist() == [1, 2, 0, 2, 1]


def test_chained_files_are_read_one_by_one():
    """Several FIT files may stand back to back."""
    parts = list(fit_parts(sealed(records(3)) + sealed(records(5))))
    assert [len(part.messages(RECORD)) for part in parts] == [3, 5]


def test_an_unfinished_first_file_does_not_hide_the_second():
    """A size of 0 in the header means that the device never closed the file."""
    open_end = with_size(sealed(records(3))[:-2], 0)
    parts = list(fit_parts(open_end + sealed(records(5))))
    assert [len(part.messages(RECORD)) for part in parts] == [3, 5]


def with_size(content, size):
    """The file with another size in its header."""
    return content[:4] + struct.pack("<I", size) + content[8:]


@pytest.mark.parametrize("size", [0, 10**9, 0xFFFFFFFF])
def test_a_size_that_cannot_be_is_overlooked(size):
    """All records are read up to the end of the file, and the doubt is noted."""
    part = only(with_size(sealed(records(50)), size))
    assert len(part.messages(RECORD)) == 50
    assert "ends early" in part.doubts[0]


@pytest.mark.parametrize("length", [15, 255])
def test_a_header_that_says_it_is_longer_than_the_file_holds_nothing(length):
    """There is no place where messages could stand."""
    assert len(only(bytes([length]) + sealed(b"")[1:14]).messages(RECORD)) == 0


def test_a_header_checksum_of_zero_is_allowed():
    """Many devices do not compute it."""
    body = records(5)
    header = sealed(body)[:12] + b"\0\0"
    whole = sealed(body)
    assert len(only(header + whole[14:]).messages(RECORD)) == 5


def test_a_wrong_checksum_is_noted_and_the_file_still_read():
    """The numbers may well be right."""
    content = bytearray(sealed(records(5)))
    content[-1] ^= 0xFF
    part = only(bytes(content))
    assert len(part.messages(RECORD)) == 5
    (doubt,) = part.doubts
    assert doubt.startswith("its checksum is wrong, and it was read all the same")


def test_a_sound_file_raises_no_doubt():
    """Nothing is said where nothing is wrong."""
    assert only(sealed(records(5))).doubts == ()


def test_a_cut_off_file_keeps_what_was_recorded():
    """Every whole record before the cut counts."""
    whole = sealed(records(100))
    part = only(whole[: len(whole) // 2])
    assert 40 <= len(part.messages(RECORD)) <= 50


def test_reading_goes_on_behind_damage():
    """Records behind a damaged stretch are found by their header and their time."""
    whole = records(200)
    damaged = whole[:600] + b"\x1f" * 33 + whole[633:]
    table = only(sealed(damaged)).messages(RECORD)
    assert len(table) >= 190
    assert table.times[-1] == NOON + 199


def test_a_file_of_definitions_alone_ends_soon():
    """Definitions without messages are counted, and stop being read."""
    body = b"".join(struct.pack("<BBBHB", 0x40, 0, 0, number % 65_536, 0) for number in range(40_000))
    assert len(only(sealed(body)).messages(RECORD)) == 0


@given(st.data())
def test_damaged_bytes_never_raise(data):
    """Whatever bytes are changed, tables come out."""
    content = bytearray(sealed(records(40) + message(18, [(253, "uint32", NOON), (7, "uint32", 5000)])))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=12)):
        content[place] = data.draw(st.integers(0, 255))
    for part in fit_parts(bytes(content)):
        for number in (0, 18, 20, 34):
            table = part.messages(number)
            assert len(table.column(253)) == len(table.times)


def test_records_are_counted_the_same_in_one_go_and_one_by_one():
    """A run of equal headers is taken at once; another kind of message between them must not matter."""
    other = message(21, [(253, "uint32", NOON)])
    pieces = [records(7, since=NOON + 10 * i) for i in range(5)]
    table = only(sealed(other.join(pieces))).messages(RECORD)
    assert len(table) == 35
    assert all(a < b for a, b in pairwise(table.times.tolist()))


def kind(local, number):
    """The definition of a kind of message, each with a time, that goes by this local number."""
    return struct.pack("<BBBHB", 0x40 | local, 0, 0, number, 1) + bytes([253, 4, 0x86])


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 4), st.booleans()), max_size=40))
def test_kinds_that_take_turns_and_change_their_local_number_keep_their_order(rows):
    """A local number stands for the last definition that named it, whatever stood for it before."""
    body, stands_for, expected = b"", {}, {}
    for i, (local, number, again) in enumerate(rows):
        if again or local not in stands_for:
            stands_for[local] = number
            body += kind(local, number)
        body += struct.pack("<BI", local, NOON + i)
        expected.setdefault(stands_for[local], []).append(NOON + i)
    part = only(sealed(body))
    assert {number: part.messages(number).times.tolist() for number in expected} == expected
