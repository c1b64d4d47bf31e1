"""Functions of lanes: exponential, logarithm, the standard normal's upper tail and its inverse, uniform numbers.

No branch depends on one value, so that all lanes go through the same operations. exp and log keep 13 digits, as the
compiler may reorder their sums. The tail and its inverse are polynomials, fitted by least squares at 4,000 Chebyshev
nodes:

    P(N(0, 1) > x) = exp(-x^2 / 2) M((x - 3) / (x + 3)) / (x + 1),   x >= 0      relative error 7e-13
    x of a tail p  = s Q(scaled (s - 2) / (s + 2)),   s = sqrt(-2 log p), p <= 1/2    absolute error 4e-10
"""

import math
from collections.abc import Callable
from typing import Any, cast

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from backstride.model.compiled import part
from backstride.model.lanes import WIDE, WIDE_LANES, Lanes, select, spread_out, spread_wide
from backstride.model.random import GAMMA, MIX_1, MIX_2

_intrinsic = cast("Callable[[Callable[..., Any]], Callable[..., Any]]", intrinsic)
_DOUBLES, _WHOLE, _SHORT = (ir.VectorType(t, WIDE) for t in (ir.DoubleType(), ir.IntType(64), ir.IntType(32)))

# coefficients, the highest power first
_EXP = np.array([1.0 / math.factorial(i) for i in range(13, -1, -1)])
_LOG = np.array([2.0 / (2 * i + 1) for i in range(9, -1, -1)])
_TAIL = np.array(
    [
        -6.953599612340695e-08,
        -3.0329343297457363e-07,
        1.7547480492922493e-07,
        2.3603553032225885e-06,
        1.8864296491853555e-06,
        -8.7782687225228846e-06,
        -1.8633560262011486e-05,
        1.7117139215848219e-05,
        0.00010418643421033602,
        1.7536062250669171e-05,
        -0.00051970649415769663,
        -0.00035471931015422075,
        0.0030092756047302655,
        0.0011607957413140822,
        -0.022729586934455513,
        0.045163889671509083,
        -0.016432180640046087,
        -0.096526757896768678,
        0.48605579342216937,
    ]
)
_QUANTILE = np.array(
    [
        -2.215988873371413e-05,
        -2.2554262282153855e-05,
        9.7524699871802869e-05,
        9.4574239073069968e-05,
        -0.0001968366043494825,
        -0.00017622480327430195,
        0.00021813490116187742,
        0.00019801600893672926,
        -0.00018619265704417336,
        -7.7605413859172179e-05,
        -4.595731719840847e-05,
        0.00030324963337905191,
        -0.00061332460314027183,
        0.0012533862687074638,
        -0.0028915514764608226,
        0.0062646715164771044,
        -0.013993394079715317,
        0.029882349532260304,
        -0.065042400128443589,
        0.13239441289267118,
        -0.262088217160802,
        0.32830634052562419,
        0.84318499044915129,
    ]
)
_MIN_S = math.sqrt(2.0 * math.log(2.0))  # of p = 1/2
_ENDS = ((_MIN_S - 2.0) / (_MIN_S + 2.0), 0.9)  # of (s - 2) / (s + 2): p down to the least double
_SCALE = 2.0 / (_ENDS[1] - _ENDS[0])
_SHIFT = -(_ENDS[0] + _ENDS[1]) / (_ENDS[1] - _ENDS[0])
_LOG_2, _LOG_2_REST = 0.693147180369123816490, 1.90821492927058770002e-10
_FIRST_BITS = 0x3FE6A09E667F3BCD  # sqrt(1/2)
_BIAS = 1024.0
_FARTHEST = 37.5
_MAX_EXPONENT = 708.0


def _all(of: ir.VectorType, value: int) -> ir.Constant:
    return ir.Constant(of, [value] * WIDE)


@_intrinsic
def sqrt(_: Any, x: Any) -> Any:
    """Take the square root of each lane."""

    def emit(_context: Any, builder: Any, _sig: Any, values: Any) -> Any:
        of = ir.FunctionType(_DOUBLES, [_DOUBLES])
        name = f"llvm.sqrt.v{WIDE}f64"
        root = cgutils.get_or_insert_function(builder.module, of, name)  # type: ignore[no-untyped-call]
        return builder.call(root, values)

    return x(x), emit


@_intrinsic
def _nearest(_: Any, x: Any) -> Any:
    """Round each lane to the nearest whole number, for -1024 < x < 1024."""

    def emit(_context: Any, builder: Any, _sig: Any, values: Any) -> Any:
        above = builder.fadd(values[0], ir.Constant(_DOUBLES, [_BIAS + 0.5] * WIDE))
        return builder.sitofp(builder.sub(builder.fptosi(above, _SHORT), _all(_SHORT, int(_BIAS))), _DOUBLES)

    return x(x), emit


@_intrinsic
def _times_power(_: Any, x: Any, n: Any) -> Any:
    """x 2^n for whole n, by adding n to the exponent."""

    def emit(_context: Any, builder: Any, _sig: Any, values: Any) -> Any:
        n = builder.sext(builder.fptosi(values[1], _SHORT), _WHOLE)
        moved = builder.add(builder.bitcast(values[0], _WHOLE), builder.shl(n, _all(_WHOLE, 52)))
        return builder.bitcast(moved, _DOUBLES)

    return x(x, n), emit


@_intrinsic
def _exponent(_: Any, x: Any) -> Any:
    """Whole n with  sqrt(1/2) <= x 2^-n < sqrt(2),  for x > 0."""

    def emit(_context: Any, builder: Any, _sig: Any, values: Any) -> Any:
        bits = builder.sub(builder.bitcast(values[0], _WHOLE), _all(_WHOLE, _FIRST_BITS))
        return builder.sitofp(builder.trunc(builder.ashr(bits, _all(_WHOLE, 52)), _SHORT), _DOUBLES)

    return x(x), emit


@_intrinsic
def uniforms(_: Any, __: Any) -> Any:
    """Draw the `WIDE` uniform numbers of a stream after the counter given (SplitMix64, as in `random`)."""

    def emit(_context: Any, builder: Any, _sig: Any, values: Any) -> Any:
        z = spread_out(builder, values[0], WIDE)
        steps = [(i + 1) * int(GAMMA) % (1 << 64) for i in range(WIDE)]
        z = builder.add(z, ir.Constant(_WHOLE, steps))
        for shift, mix in ((30, MIX_1), (27, MIX_2)):
            z = builder.mul(builder.xor(z, builder.lshr(z, _all(_WHOLE, shift))), _all(_WHOLE, int(mix)))
        z = builder.xor(z, builder.lshr(z, _all(_WHOLE, 31)))
        # 52 random bits as a number in [1, 2), half of the last one added
        z = builder.or_(builder.lshr(z, _all(_WHOLE, 12)), _all(_WHOLE, 0x3FF << 52))
        return builder.fsub(builder.bitcast(z, _DOUBLES), ir.Constant(_DOUBLES, [1.0 - 2.0**-53] * WIDE))

    return WIDE_LANES(types.uint64), emit


@part
def _polynomial(coefficients: Any, x: Lanes) -> Lanes:
    """By Horner's rule."""
    total = spread_wide(coefficients[0])
    for i in range(1, coefficients.shape[0]):
        total = total * x + coefficients[i]
    return total


@part
def exp(x: Lanes) -> Lanes:
    """Compute the exponential; below -708 that of -708, and of 708 above that."""
    x = select(x < -_MAX_EXPONENT, -_MAX_EXPONENT, select(x > _MAX_EXPONENT, _MAX_EXPONENT, x))
    n = _nearest(x * (1.0 / math.log(2.0)))
    return _times_power(_polynomial(_EXP, (x - n * _LOG_2) - n * _LOG_2_REST), n)


@part
def log(x: Lanes) -> Lanes:
    """Compute the natural logarithm, for 2e-308 < x < infinity."""
    n = _exponent(x)
    m = _times_power(x, 0.0 - n)
    ratio = (m - 1.0) / (m + 1.0)
    return n * math.log(2.0) + ratio * _polynomial(_LOG, ratio * ratio)


@part
def upper_tail(x: Lanes) -> Lanes:
    """Return P(N(0, 1) > x); beyond 37.5 that of 37.5, as numbers below the least normal double are slow."""
    a = select(x < 0.0, 0.0 - x, x)
    a = select(a > _FARTHEST, _FARTHEST, a)
    tail = exp(-0.5 * a * a) * _polynomial(_TAIL, (a - 3.0) / (a + 3.0)) / (a + 1.0)
    return select(x < 0.0, 1.0 - tail, tail)


@part
def of_upper_tail(p: Lanes) -> Lanes:
    """Find the x with P(N(0, 1) > x) = p, for 0 < p < 1."""
    below = p > 0.5
    tail = select(below, 1.0 - p, p)
    s = sqrt(-2.0 * log(select(tail < 1e-300, 1e-300, tail)))
    x = s * _polynomial(_QUANTILE, (s - 2.0) / (s + 2.0) * _SCALE + _SHIFT)
    return select(below, 0.0 - x, x)
