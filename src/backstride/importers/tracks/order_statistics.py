"""Median, quantiles, differences and windows of few numbers, by their plain meaning.

NumPy's own check so much that each takes some microseconds, whatever the size, and a track asks for dozens.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray


def median(values: NDArray[np.float64]) -> float:
    """Return the median of numbers, shape (n,) with n above 0; nan where one of them is."""
    ordered = np.sort(values)
    if np.isnan(ordered[-1]):  # they are sorted to the end
        return math.nan
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return float(ordered[middle])
    return float(ordered[middle - 1] + ordered[middle]) / 2.0


def quantile(values: NDArray[np.float64], share: float) -> float:
    """Return the number below which a share lies, between the two nearest by their distance.

    Args:
        values: none of them nan, shape (n,) with n above 0.
        share: from 0 to 1.
    """
    ordered = np.sort(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (ordered[above] - ordered[below]) * (place - below))


def differences(values: NDArray[Any]) -> NDArray[Any]:
    """Return each number less the one before it, shape (n - 1,); empty for an empty array."""
    return np.asarray(values[1:] - values[:-1])


def windows(values: NDArray[Any], width: int) -> NDArray[Any]:
    """Return a view of each run of `width` neighbours, shape (n - width + 1, width), for reading only.

    Args:
        values: without gaps in memory, shape (n,).
        width: at most n.
    """
    (step,) = values.strides
    shape = (len(values) - width + 1, width)
    view: NDArray[Any] = np.ndarray(shape, values.dtype, values, 0, (step, step))
    view.flags.writeable = False
    return view
