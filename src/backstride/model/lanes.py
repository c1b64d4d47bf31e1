"""Several numbers side by side: a value of type `lanes` is `LANES` doubles in one vector of the processor.

An integral over a path is one long chain of dependent operations, and the processor waits for each; `LANES` integrals
at different points go through it in the time of one. The type is LLVM's own vector, which it splits or joins to what
the processor has, so the source and the draws are the same everywhere. Operators work lane by lane; a float beside
lanes counts for all of them.
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

_intrinsic = cast("Callable[[Callable[..., Any]], Callable[..., Any]]", intrinsic)
_DOUBLES = ir.VectorType(ir.DoubleType(), LANES)
_BITS = ir.VectorType(ir.IntType(1), LANES)


class _Lanes(types.Type):  # numba has no types of its own
    """The numba type of `LANES` doubles, or of `LANES` truth values."""


Lanes: TypeAlias = Any
"""What steps that take or give lanes are annotated with; Python itself never sees one."""
_NUMBERS, _MASK = _Lanes(f"lanes{LANES}"), _Lanes(f"mask{LANES}")
_LOG = signature(types.float64, types.float64)
_OF = {_NUMBERS: _DOUBLES, _MASK: _BITS}


@register_model(_Lanes)
class _Model(models.PrimitiveModel):
    def __init__(self, dmm: Any, fe_type: _Lanes) -> None:
        super().__init__(dmm, fe_type, _OF[fe_type])


def _spread(builder: Any, value: Any) -> Any:
    """One double in every lane."""
    one = builder.insert_element(ir.Constant(_DOUBLES, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
    first = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
    return builder.shuffle_vector(one, ir.Constant(_DOUBLES, ir.Undefined), first)


def _as_lanes(builder: Any, of: Any, value: Any) -> Any:
    return value if of == _NUMBERS else _spread(builder, value)


def _operate(operation: Any, result: _Lanes, emit: Callable[[Any, Any, Any], Any]) -> None:
    """Let `operation` work on lanes, and on lanes beside a float."""
    pairs = ((_NUMBERS, _NUMBERS), (_NUMBERS, types.float64), (types.float64, _NUMBERS))

    @infer_global(operation)
    class _Template(ConcreteTemplate):
        cases = [signature(result, *pair) for pair in pairs]  # noqa: RUF012 - numba's own form

    def lower(_context: Any, builder: Any, sig: Any, values: Sequence[Any]) -> Any:
        return emit(builder, *(_as_lanes(builder, of, v) for of, v in zip(sig.args, values, strict=True)))

    for pair in pairs:
        lower_builtin(operation, *pair)(lower)


_operate(operator.add, _NUMBERS, lambda builder, a, b: builder.fadd(a, b))
_operate(operator.sub, _NUMBERS, lambda builder, a, b: builder.fsub(a, b))
_operate(operator.mul, _NUMBERS, lambda builder, a, b: builder.fmul(a, b))
_operate(operator.truediv, _NUMBERS, lambda builder, a, b: builder.fdiv(a, b))
_operate(operator.lt, _MASK, lambda builder, a, b: builder.fcmp_ordered("<", a, b))
_operate(operator.gt, _MASK, lambda builder, a, b: builder.fcmp_ordered(">", a, b))
_operate(operator.le, _MASK, lambda builder, a, b: builder.fcmp_ordered("<=", a, b))


def _place(context: Any, builder: Any, of: Any, array: Any, row: Any, row_of: Any) -> Any:
    """Where row `row` of a (rows, LANES) array begins."""
    found = context.make_array(of)(context, builder, array)
    index = [context.cast(builder, row, row_of, types.intp), context.get_constant(types.intp, 0)]
    first = cgutils.get_item_pointer(context, builder, of, found, index, wraparound=False)
    return builder.bitcast(first, _DOUBLES.as_pointer())


@_intrinsic
def load(_: Any, array: Any, row: Any) -> Any:
    """Row `row` of a (rows, LANES) array."""

    def emit(context: Any, builder: Any, sig: Any, values: Any) -> Any:
        found = builder.load(_place(context, builder, sig.args[0], values[0], values[1], sig.args[1]))
        found.align = 8
        return found

    return _NUMBERS(array, row), emit


@_intrinsic
def store(_: Any, array: Any, row: Any, value: Any) -> Any:
    """Write lanes into row `row` of a (rows, LANES) array."""

    def emit(context: Any, builder: Any, sig: Any, values: Any) -> Any:
        place = _place(context, builder, sig.args[0], values[0], values[1], sig.args[1])
        builder.store(_as_lanes(builder, sig.args[2], values[2]), place).align = 8
        return context.get_dummy_value()

    return types.none(array, row, value), emit


@_intrinsic
def spread(_: Any, value: Any) -> Any:
    """A float in every lane."""
    return _NUMBERS(types.float64), lambda _context, builder, _sig, values: _spread(builder, values[0])


@_intrinsic
def within(_: Any, a: Any, b: Any) -> Any:
    """1.0 where both of two masks hold, else 0.0."""

    def emit(_context: Any, builder: Any, _sig: Any, values: Any) -> Any:
        return builder.uitofp(builder.and_(*values), _DOUBLES)

    return _NUMBERS(_MASK, _MASK), emit


@_intrinsic
def any_of(_: Any, mask: Any) -> Any:
    """Whether a mask holds in any lane; a truth value itself."""

    def emit(_context: Any, builder: Any, sig: Any, values: Any) -> Any:
        if sig.args[0] == types.boolean:
            return values[0]
        whole = ir.IntType(LANES)
        return builder.icmp_unsigned("!=", builder.bitcast(values[0], whole), ir.Constant(whole, 0))

    return types.boolean(mask), emit


@_intrinsic
def log(_: Any, x: Any) -> Any:
    """The natural logarithm of each lane, or of a float, by the scalar function."""

    def emit(context: Any, builder: Any, sig: Any, values: Any) -> Any:
        one = context.get_function(math.log, _LOG)
        if sig.args[0] == types.float64:
            return one(builder, values)
        found = ir.Constant(_DOUBLES, ir.Undefined)
        for lane in range(LANES):
            at = ir.Constant(ir.IntType(32), lane)
            value = one(builder, [builder.extract_element(values[0], at)])
            found = builder.insert_element(found, value, at)
        return found

    return x(x), emit
