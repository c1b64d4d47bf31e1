"""Heart rates that a strap handed over after a swim."""

import struct
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest
from garmin_fit_sdk import Decoder, Stream
from hypothesis import given
from hypothesis import strategies as st

from backstride.importers.fit.beats import beats_of, merged
from backstride.importers.fit.messages import fit_parts
from backstride.importers.fit.stream import stream_of
from backstride.testing.fit_file import sealed

NOON = 1_100_000_000
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "fit"


def anchor(ticks, beats):
    """The block that ties the strap's clock to the watch's, half a second after noon."""
    fields = [(253, 4, 0x86), (0, 2, 0x84), (6, 1, 2), (9, 4, 0x86)]
    head = struct.pack("<BBBHB", 0x41, 0, 0, 132, len(fields)) + b"".join(map(bytes, fields))
    return head + struct.pack("<BIHBI", 1, NOON, 16_384, beats, ticks)


def block(ticks, beats):
    """A block of eight beats at these times of the strap's clock."""
    fields = [(6, 8, 2), (10, 12, 0x0D)]
    head = struct.pack("<BBBHB", 0x42, 0, 0, 132, len(fields)) + b"".join(map(bytes, fields))
    packed = sum((tick & 0xFFF) << (12 * i) for i, tick in enumerate(ticks)).to_bytes(12, "little")
    return head + b"\2" + bytes(beats) + packed


def beats_in(body):
    """Times since noon, and rates, in a file of these messages."""
    times, rates = beats_of(fit_parts(sealed(body)))
    return (times - NOON).tolist(), rates.tolist()


def test_beats_count_on_from_the_straps_clock_and_roll_over():
    """12 bits of 1/1024 s roll over every four seconds."""
    ticks = [5_000_000 + 1024 * i for i in range(9)]
    times, rates = beats_in(anchor(ticks[0], 100) + block(ticks[1:], range(101, 109)))
    assert times == [0.5 + i for i in range(9)]
    assert rates == list(range(100, 109))


@given(st.lists(st.lists(st.integers(1, 4095), min_size=8, max_size=8), max_size=6), st.integers(0, 10**6))
def test_beats_of_many_blocks_stand_where_they_were(gaps, first):
    """Blocks count on from each other; a second tie in between sets both clocks anew."""
    ticks = list(accumulate((gap for eight in gaps for gap in eight), initial=first))
    blocks = [block(ticks[8 * i + 1 : 8 * i + 9], range(60, 68)) for i in range(len(gaps))]
    alone = anchor(first, 50) + b"".join(blocks)
    times, rates = beats_in(alone + alone)
    once = [0.5 + (tick - first) / 1024 for tick in ticks]
    assert times == sorted([*once, *once])
    assert sorted(rates) == sorted(2 * [50, *(len(gaps) * [*range(60, 68)])])


def test_beats_without_a_first_block_are_left_out():
    """There is nothing to count from."""
    assert beats_in(block(range(0, 8000, 1000), [90] * 8)) == ([], [])


def test_beats_that_were_not_measured_are_left_out():
    """0 and 255 stand for no beat."""
    times, rates = beats_in(
        anchor(0, 80) + block([1024 * i for i in range(1, 9)], [0, 255, 81, 82, 0, 0, 0, 0])
    )
    assert (times, rates) == ([0.5, 3.5, 4.5], [80, 81, 82])


def test_a_record_gets_the_mean_of_the_beats_since_the_one_before():
    """Where the strap tells nothing, what the watch measured itself stays."""
    beats = np.array([1.5, 1.9, 4.0]), np.array([100.0, 110.0, 120.0])
    filled = merged(np.array([1.0, 2.0, 3.0, 4.0]), np.array([np.nan, np.nan, 99.0, np.nan]), beats)
    assert filled.tolist()[1:] == [105.0, 99.0, 120.0]
    assert np.isnan(filled[0])


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus")
def test_a_real_swims_heart_rates_are_those_of_the_sdk():
    """Record by record within two beats, and half a beat in the mean."""
    content = (CORPUS / "dreeve__activity-pool-swim-with-hr-mesgs.fit").read_bytes()
    messages, _ = Decoder(Stream.from_byte_array(bytearray(content))).read(merge_heart_rates=True)
    theirs = np.array([r.get("heart_rate", np.nan) for r in messages["record_mesgs"]], dtype=float)
    parts = list(fit_parts(content))
    ours = np.concatenate([stream_of(part, beats=beats_of(parts)).heart_rate for part in parts])
    assert len(ours) == len(theirs)
    assert np.nanmean(ours) == pytest.approx(np.nanmean(theirs), abs=0.5)
