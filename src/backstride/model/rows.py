"""Sums over days of a regression's rows, several columns side by side.

Rows are (T, width) with as many columns as whole lanes hold (`wide`), those beyond the n regressors zero, so that no
sum needs a rest of single columns. What is summed into, and coefficients, have room for as many.
"""

from backstride.model.arrays import Floats
from backstride.model.compiled import step
from backstride.model.lanes import WIDE, load, spread_wide, store, total

_ROWS = 4  # of the precision that are summed in one pass


def wide(n: int) -> int:
    """Return how many columns hold n regressors."""
    return -(-n // WIDE) * WIDE


@step
def add_rows(p: Floats, rows: Floats, weight: Floats, sign: float, n: int) -> None:
    """P += sign sum of weight[t] rows[t] rows[t]', as many t as weights; only P's lower triangle is to be read.

    Args:
        p: (n, n or wider) changed in place.
        rows: (T, n or wider).
        weight: (T or fewer,) of each row.
        sign: 1 to add, -1 to take away.
        n: how many columns count.
    """
    for i in range(0, n, _ROWS):
        for j in range(0, i + _ROWS, WIDE):
            a, b, c, d = spread_wide(0.0), spread_wide(0.0), spread_wide(0.0), spread_wide(0.0)
            for t in range(min(rows.shape[0], weight.shape[0])):
                w, x = sign * weight[t], load(rows[t], j)
                a = a + (w * rows[t, i]) * x
                b = b + (w * rows[t, i + 1]) * x
                c = c + (w * rows[t, i + 2]) * x
                d = d + (w * rows[t, i + 3]) * x
            store(p[i], j, load(p[i], j) + a)
            store(p[i + 1], j, load(p[i + 1], j) + b)
            store(p[i + 2], j, load(p[i + 2], j) + c)
            store(p[i + 3], j, load(p[i + 3], j) + d)


@step
def add_products(lin: Floats, rows: Floats, values: Floats, n: int) -> None:
    """l += sum over t of values[t] rows[t].

    Args:
        lin: (n or longer,) changed in place.
        rows: (T, n or wider).
        values: (T or fewer,).
        n: how many columns count.
    """
    for j in range(0, n, WIDE):
        found = load(lin, j)
        for t in range(min(rows.shape[0], values.shape[0])):
            found = found + values[t] * load(rows[t], j)
        store(lin, j, found)


@step
def fit_rows(rows: Floats, coefficients: Floats, n: int, out: Floats) -> None:
    """Set out[t] = rows[t] coefficients.

    Args:
        rows: (T, n or wider).
        coefficients: (n or longer,), 0 beyond n.
        n: how many count.
        out: (T,).
    """
    for t in range(rows.shape[0]):
        found = load(rows[t], 0) * load(coefficients, 0)
        for j in range(WIDE, n, WIDE):
            found = found + load(rows[t], j) * load(coefficients, j)
        out[t] = total(found)
