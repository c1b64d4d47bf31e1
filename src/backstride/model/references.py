"""Named tuples of arrays as compiled code takes them: by the address of one table, not array by array.

numba gives a kernel a tuple as all of its arrays' numbers, some seven an array and several hundred a call, and writes
them out again for each field that is read. Here a kernel is given one address; there stand each array's first element
and shape, and a float as itself. In the source a field is read as ever: `state.mu[t]`.
"""

import struct
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir
from numba import types
from numba.core.imputils import lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import NativeValue, models, register_model, typeof_impl, unbox
from numba.np import arrayobj
from numba.np.numpy_support import from_dtype

_SLOT = ir.IntType(64)
_FORMS = ("q", "qq", "qqq", "qqqq")
"""Slots of an array of so many axes."""


class _Reference(types.Type):
    """The numba type of one named tuple; its fields are contiguous arrays, and floats."""

    def __init__(self, of: str, fields: tuple[tuple[str, types.Type], ...]) -> None:
        self.fields = dict(fields)
        self.first, slot = {}, 0
        for name, field in fields:
            self.first[name] = slot
            slot += 1 + getattr(field, "ndim", 0)
        super().__init__(name=f"{of}({', '.join(f'{name}: {field}' for name, field in fields)})")


@cache
def _type_of(of: str, shapes: tuple[tuple[str, int, str], ...]) -> _Reference:
    fields = [
        (name, types.Array(from_dtype(np.dtype(kind)), axes, "C") if axes else types.float64)
        for name, axes, kind in shapes
    ]
    return _Reference(of, tuple(fields))


def _typed(values: NamedTuple, _: Any) -> _Reference:
    """Give the type of `values`, the same whatever the arrays' lengths."""
    arrays = zip(values._fields, map(np.asarray, values), strict=True)
    return _type_of(type(values).__name__, tuple((name, a.ndim, a.dtype.str) for name, a in arrays))


def by_reference(of: type) -> None:
    """Let kernels take named tuples of this class by the address of their table."""
    typeof_impl.register(of)(_typed)


def table(values: NamedTuple) -> bytes:
    """Lay out what a kernel is given the address of.

    Raises:
        AssertionError: an array with gaps, which compiled code would read wrongly.
    """
    form, slots = "", []
    for name, value in zip(values._fields, values, strict=True):
        if not isinstance(value, np.ndarray):
            form += "d"
            slots.append(value)
            continue
        found = value.__array_interface__
        # numpy names strides only where there are gaps between the values
        if found["strides"] is not None:
            raise AssertionError(f"{type(values).__name__}.{name} is not contiguous.")
        form += _FORMS[len(found["shape"])]
        slots += [found["data"][0], *found["shape"]]
    return struct.pack(form, *slots)


@register_model(_Reference)
class _Model(models.PrimitiveModel):
    def __init__(self, dmm: Any, fe_type: _Reference) -> None:
        super().__init__(dmm, fe_type, _SLOT.as_pointer())


@unbox(_Reference)
def _unbox(_of: _Reference, values: Any, c: Any) -> NativeValue:
    """Lay out the table for as long as the call takes."""
    lay_out = c.pyapi.unserialize(c.pyapi.serialize_object(table))
    found = c.pyapi.call_function_objargs(lay_out, (values,))
    c.pyapi.decref(lay_out)
    is_error = c.builder.icmp_unsigned("==", found, ir.Constant(found.type, None))
    place = c.builder.alloca(_SLOT.as_pointer())
    c.builder.store(ir.Constant(_SLOT.as_pointer(), None), place)
    with c.builder.if_then(c.builder.not_(is_error)):
        address = c.builder.bitcast(c.pyapi.bytes_as_string(found), _SLOT.as_pointer())
        c.builder.store(address, place)
    return NativeValue(c.builder.load(place), is_error=is_error, cleanup=lambda: c.pyapi.decref(found))


@infer_getattr
class _Fields(AttributeTemplate):
    key = _Reference

    def generic_resolve(self, value: Any, attr: str) -> Any:  # type: ignore[override]  # numba declares it as None
        """Type `value.attr`."""
        return value.fields.get(attr)


@lower_getattr_generic(_Reference)
def _read(context: Any, builder: Any, of: _Reference, address: Any, name: str) -> Any:
    """Read a field from its slots."""

    def slot(number: int, kind: ir.Type) -> Any:
        at = builder.gep(address, [ir.Constant(ir.IntType(32), of.first[name] + number)])
        found = builder.load(builder.bitcast(at, kind.as_pointer()))
        # a table stays as it is for the whole call, so no write can stand between two reads of it
        found.set_metadata("invariant.load", builder.module.add_metadata([]))
        return found

    field: Any = of.fields[name]
    if field == types.float64:
        return slot(0, ir.DoubleType())
    array = arrayobj.make_array(field)(context, builder)
    size = context.get_abi_sizeof(context.get_data_type(field.dtype))
    shape = [slot(1 + axis, _SLOT) for axis in range(field.ndim)]
    strides: list[Any] = []
    step: Any = ir.Constant(_SLOT, size)
    for extent in reversed(shape):
        strides.insert(0, step)
        step = builder.mul(step, extent)
    arrayobj.populate_array(
        array,
        data=slot(0, array.data.type),
        shape=shape,
        strides=strides,
        itemsize=ir.Constant(_SLOT, size),
        meminfo=None,
    )
    return array._getvalue()
