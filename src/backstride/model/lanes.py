"""Several numbers side by side: a value of type `lanes` is 4 or 8 doubles in one vector of the processor.

An integral over a path is one long chain of dependent operations, and the processor waits for each; `LANES` integrals
at different points go through it in the time of one. What is drawn for each day by itself goes `WIDE` days at a time.
The type is LLVM's own vector, which it splits or joins to what the processor has, so the source and the draws are the
same everywhere. Operators work lane by lane; a float beside lanes counts for all of them.
"""

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, cast

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import ConcreteTemplate, infer_global, signature
from numba.extending import intrinsic, lower_builtin, models, register_model

LANES = 4
"""How many points go side by side; draws do not depend on it."""
WIDE = 8
"""How many days or measurements go side by side; draws do not depend on it."""

_intrinsic = cast("Callable[[Callable[..., Any]], Callable[..., Any]]", intrinsic)
_LOG = signature(types.float64, types.float64)


class _Lanes(types.Type):  # numba has no types of its own
    """The numba type of some doubles, or of as many truth values."""

    def __init__(self, name: str, of: ir.Type, count: int) -> None:
        self.vector, self.count = ir.VectorType(of, count), count
        super().__init__(name=f"{name}{count}")


Lanes: TypeAlias = Any
"""What steps that take or give lanes are annotated with; Python itself never sees one."""
_NUMBERS = {count: _Lanes("lanes", ir.DoubleType(), count) for count in (LANES, WIDE)}
_MASKS = {count: _Lanes("mask", ir.IntType(1), count) for count in (LANES, WIDE)}

WIDE_LANES = _NUMBERS[WIDE]


@register_model(_Lanes)
class _Model(models.PrimitiveModel):
    def __init__(self, dmm: Any, fe_type: _Lanes) -> None:
        super().__init__(dmm, fe_type, fe_type.vector)


def spread_out(builder: Any, value: Any, count: int) -> Any:
    """Return one number in every lane, whatever its type."""
    of = ir.VectorType(value.type, count)
    one = builder.insert_element(ir.Constant(of, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
    first = ir.Constant(ir.VectorType(ir.IntType(32), count), [0] * count)
    return builder.shuffle_vector(one, ir.Constant(of, ir.Undefined), first)


def as_lanes(builder: Any, of: Any, value: Any, count: int) -> Any:
    """Give the value as lanes: as it is, or a float in each."""
    return value if isinstance(of, _Lanes) else spread_out(builder, value, count)


def _operate(operation: Any, result: dict[int, _Lanes], emit: Callable[[Any, Any, Any], Any]) -> None:
    """Let `operation` work on lanes, and on lanes beside a float."""
    float64 = types.float64
    pairs = [
        (count, pair) for count, of in _NUMBERS.items() for pair in ((of, of), (of, float64), (float64, of))
    ]

    @infer_global(operation)
    class _Template(ConcreteTemplate):
        cases = [signature(result[count], *pair) for count, pair in pairs]  # noqa: RUF012 - numba's own form

    def lower(_context: Any, builder: Any, sig: Any, values: Sequence[Any]) -> Any:
        count = sig.return_type.count
        both = (as_lanes(builder, of, v, count) for of, v in zip(sig.args, values, strict=True))
        return emit(builder, *both)

    for _, pair in pairs:
        lower_builtin(operation, *pair)(lower)


_operate(operator.add, _NUMBERS, lambda builder, a, b: builder.fadd(a, b))
_operate(operator.sub, _NUMBERS, lambda builder, a, b: builder.fsub(a, b))
_operate(operator.mul, _NUMBERS, lambda builder, a, b: builder.fmul(a, b))
_operate(operator.truediv, _NUMBERS, lambda builder, a, b: builder.fdiv(a, b))
_operate(operator.lt, _MASKS, lambda builder, a, b: builder.fcmp_ordered("<", a, b))
_operate(operator.gt, _MASKS, lambda builder, a, b: builder.fcmp_ordered(">", a, b))
_operate(operator.le, _MASKS, lambda builder, a, b: builder.fcmp_ordered("<=", a, b))


def _place(context: Any, builder: Any, of: Any, array: Any, at: Any, at_of: Any, count: int) -> Any:
    """Where row `at` of a (rows, LANES) array, or the values from `at` on of an array of one axis, begin."""
    found = context.make_array(of)(context, builder, array)
    index = [context.cast(builder, at, at_of, types.intp)]
    index += [context.get_constant(types.intp, 0)] * (of.ndim - 1)
    first = cgutils.get_item_pointer(context, builder, of, found, index, wraparound=False)
    return builder.bitcast(first, _NUMBERS[count].vector.as_pointer())


def _count_of(array: Any) -> int:
    """Rows of lanes hold points; days and measurements lie along one axis."""
    return LANES if array.ndim > 1 else WIDE


@_intrinsic
def load(_: Any, array: Any, at: Any) -> Any:
    """Return row `at` of a (rows, LANES) array, or the WIDE values from `at` on of an array of one axis."""
    count = _count_of(array)

    def emit(context: Any, builder: Any, sig: Any, values: Any) -> Any:
        place = _place(context, builder, sig.args[0], values[0], values[1], sig.args[1], count)
        found = builder.load(place)
        found.align = 8
        return found

    return _NUMBERS[count](array, at), emit


@_intrinsic
def store(_: Any, array: Any, at: Any, value: Any) -> Any:
    """Write lanes to where `load` would read them."""
    count = _count_of(array)

    def emit(context: Any, builder: Any, sig: Any, values: Any) -> Any:
        place = _place(context, builder, sig.args[0], values[0], values[1], sig.args[1], count)
        builder.store(as_lanes(builder, sig.args[2], values[2], count), place).align = 8
        return context.get_dummy_value()

    return types.none(array, at, value), emit


@_intrinsic
def spread(_: Any, value: Any) -> Any:
    """Broadcast a float to every lane."""
    return _NUMBERS[LANES](types.float64), lambda _context, builder, _sig, values: spread_out(
        builder, values[0], LANES
    )


@_intrinsic
def spread_wide(_: Any, value: Any) -> Any:
    """Broadcast a float to every lane of `WIDE`."""
    return _NUMBERS[WIDE](types.float64), lambda _context, builder, _sig, values: spread_out(
        builder, values[0], WIDE
    )


@_intrinsic
def within(_: Any, a: Any, b: Any) -> Any:
    """Return 1.0 where both of two masks hold, else 0.0."""
    numbers = _NUMBERS[a.count]

    def emit(_context: Any, builder: Any, _sig: Any, values: Any) -> Any:
        return builder.uitofp(builder.and_(*values), numbers.vector)

    return numbers(a, b), emit


@_intrinsic
def any_of(_: Any, mask: Any) -> Any:
    """Whether a mask holds in any lane; a truth value itself."""

    def emit(_context: Any, builder: Any, sig: Any, values: Any) -> Any:
        if sig.args[0] == types.boolean:
            return values[0]
        whole = ir.IntType(sig.args[0].count)
        return builder.icmp_unsigned("!=", builder.bitcast(values[0], whole), ir.Constant(whole, 0))

    return types.boolean(mask), emit


@_intrinsic
def select(_: Any, mask: Any, a: Any, b: Any) -> Any:
    """Take a where the mask holds, else b; either may be a float."""

    def emit(_context: Any, builder: Any, sig: Any, values: Any) -> Any:
        count = sig.return_type.count
        both = (as_lanes(builder, of, v, count) for of, v in zip(sig.args[1:], values[1:], strict=True))
        return builder.select(values[0], *both)

    return _NUMBERS[mask.count](mask, a, b), emit


@_intrinsic
def total(_: Any, x: Any) -> Any:
    """Sum over the lanes."""

    def emit(_context: Any, builder: Any, sig: Any, values: Any) -> Any:
        found = builder.extract_element(values[0], ir.Constant(ir.IntType(32), 0))
        for lane in range(1, sig.args[0].count):
            found = builder.fadd(found, builder.extract_element(values[0], ir.Constant(ir.IntType(32), lane)))
        return found

    return types.float64(x), emit


@_intrinsic
def log(_: Any, x: Any) -> Any:
    """Take the natural logarithm of each lane, or of a float, by the scalar function."""

    def emit(context: Any, builder: Any, sig: Any, values: Any) -> Any:
        one = context.get_function(math.log, _LOG)
        if sig.args[0] == types.float64:
            return one(builder, values)
        found = ir.Constant(sig.args[0].vector, ir.Undefined)
        for lane in range(sig.args[0].count):
            at = ir.Constant(ir.IntType(32), lane)
            value = one(builder, [builder.extract_element(values[0], at)])
            found = builder.insert_element(found, value, at)
        return found

    return x(x), emit
