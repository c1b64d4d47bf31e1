"""Sums over rows against dense linear algebra."""

import numpy as np
import pytest

from backstride.model import rows
from backstride.model.compiled import kernel


@kernel
def summed(p, lin, of, weight, values, coefficients, n, out) -> None:
    """All three sums of one table."""
    rows.add_rows(p, of, weight, -1.0, n)
    rows.add_products(lin, of, values, n)
    rows.fit_rows(of, coefficients, n, out)


def test_what_stands_behind_the_last_row_or_the_last_weight_is_not_read():
    """Weights may have room for more days than there are rows, and rows for more than there are weights."""
    rows_of, many = np.ones((3, 8)), np.array([1.0, 1.0, 1.0, np.nan, np.nan])
    for of, weight in ((rows_of, many), (np.vstack([rows_of, np.full((2, 8), np.nan)]), many[:3])):
        p, lin, out = np.zeros((8, 8)), np.zeros(8), np.zeros(len(of))
        summed(p, lin, of, weight, weight, np.zeros(8), 8, out)
        assert np.all(lin == 3.0)
        assert np.all(np.diag(p) == -3.0)


@pytest.mark.parametrize("n", [1, 3, 8, 9, 13, 16, 23])
def test_sums_are_those_of_matrices(n):
    """P - X' W X in the lower triangle, l + X' v and X b."""
    rng, days, width = np.random.default_rng(n), 11, rows.wide(n)
    of = np.zeros((days, width))
    of[:, :n] = rng.standard_normal((days, n))
    weight, values, b, lin = rng.random(days), rng.standard_normal(days), np.zeros(width), np.zeros(width)
    b[:n], lin[:n] = rng.standard_normal(n), rng.standard_normal(n)
    start = rng.standard_normal((width, width))
    p, found, out = start.copy(), lin.copy(), np.zeros(days)
    summed(p, found, of, weight, values, b, n, out)
    lower = np.tril_indices(n)
    assert p[lower] == pytest.approx((start - of.T @ (weight[:, None] * of))[lower])
    assert found[:n] == pytest.approx((lin + of.T @ values)[:n])
    assert out == pytest.approx(of @ b)
