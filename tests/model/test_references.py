"""Kernels read named tuples of arrays by the address of one table."""

from typing import NamedTuple

import numpy as np
import pytest

from backstride.model.compiled import kernel
from backstride.model.references import by_reference, table


class Records(NamedTuple):
    """Arrays of each kind that the engine has, and a float among them."""

    days: np.ndarray
    share: float
    grid: np.ndarray
    chosen: np.ndarray
    counter: np.ndarray


by_reference(Records)


@kernel
def mix(records: Records, out: np.ndarray) -> None:
    """Read every field, and write into one."""
    for t in range(records.days.shape[0]):
        out[t] = records.days[t] + records.share * records.grid[t, 1] + records.grid[t].shape[0]
        if records.chosen[t] and records.counter[0] == 7:
            records.days[t] = out[t]


def records(days: int = 3) -> Records:
    """A few days."""
    grid = np.arange(2.0 * days).reshape(days, 2)
    return Records(np.ones(days), 0.5, grid, np.arange(days) == 1, np.array([7], dtype=np.uint64))


def test_a_kernel_reads_and_writes_the_fields_as_python_does():
    """Arrays of one and two axes, truth values, whole numbers and a float come as they are; writes stay."""
    ours, theirs, out, expected = records(), records(), np.zeros(3), np.zeros(3)
    mix(ours, out)
    mix.py_func(theirs, expected)
    np.testing.assert_array_equal(out, expected)
    np.testing.assert_array_equal(ours.days, theirs.days)


def test_other_lengths_need_no_other_code():
    """One compiled kernel serves any number of days."""
    for days in (3, 5):
        mix(records(days), np.zeros(days))
    assert len(mix.signatures) == 1


def test_an_array_with_gaps_is_refused():
    """Its values do not stand one after another, so compiled code would read its neighbours'."""
    with pytest.raises(AssertionError, match="days"):
        table(records()._replace(days=np.ones(6)[::2]))


def test_a_kernel_given_an_array_with_gaps_fails_and_ends_nothing():
    """The error comes out of the call, and the next call works."""
    with pytest.raises(AssertionError, match="days"):
        mix(records()._replace(days=np.ones(6)[::2]), np.zeros(3))
    mix(records(), np.zeros(3))
