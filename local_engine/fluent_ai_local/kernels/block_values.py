"""32 floats as integers of two bytes and a scale, in LLVM's vectors as in `block_product`, which multiplies them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from .arrays import Floats, Integers, Values
from .intrinsics import declared, intrinsic, ir, item, numba

FINE: Final = 254
"""How many times the first byte of a value counts."""

_I8, _I32, _I64, _FLOAT = ir.IntType(8), ir.IntType(32), ir.IntType(64), ir.FloatType()
_INTEGERS, _FLOATS, _HALF = ir.VectorType(_I32, 32), ir.VectorType(_FLOAT, 32), ir.VectorType(_I32, 16)


def _spread(builder: Any, value: Any) -> Any:
    """One number in all lanes."""
    undefined = ir.Constant(ir.VectorType(value.type, 32), ir.Undefined)
    one = builder.insert_element(undefined, value, ir.Constant(_I32, 0))
    return builder.shuffle_vector(one, undefined, ir.Constant(_INTEGERS, None))


def _write(builder: Any, x: Any, q: Any, scale: Any, total: Any) -> None:
    """Each but the builder is a pointer to the first item of a block."""
    rint = declared(builder, "llvm.rint.v32f32", _FLOATS, _FLOATS)
    values = builder.load(builder.bitcast(x, _FLOATS.as_pointer()), align=4)
    # The largest magnitude, by the bits: so NaN is larger than all numbers, and shows in the scale.
    bits = builder.and_(builder.bitcast(values, _INTEGERS), ir.Constant(_INTEGERS, [0x7FFFFFFF] * 32))
    largest = builder.bitcast(
        builder.call(declared(builder, "llvm.vector.reduce.umax.v32i32", _I32, _INTEGERS), [bits]), _FLOAT
    )
    zero = ir.Constant(_FLOAT, 0.0)
    inverse = builder.select(
        builder.fcmp_ordered(">", largest, zero), builder.fdiv(ir.Constant(_FLOAT, 127.0), largest), zero
    )
    builder.store(builder.fdiv(largest, ir.Constant(_FLOAT, 127.0 * FINE)), scale)
    value = builder.fmul(values, _spread(builder, inverse))
    near = builder.call(rint, [value])
    rest = builder.fmul(builder.fsub(value, near), ir.Constant(_FLOATS, [float(FINE)] * 32))
    parts = [builder.fptosi(part, _INTEGERS) for part in (near, builder.call(rint, [rest]))]
    for number, part in enumerate(parts):
        narrow = builder.trunc(part, ir.VectorType(_I8, 32))
        place = builder.gep(q, [ir.Constant(_I64, 32 * number)])
        builder.store(narrow, builder.bitcast(place, narrow.type.as_pointer()), align=1)
    whole = builder.add(builder.mul(parts[0], ir.Constant(_INTEGERS, [FINE] * 32)), parts[1])
    add = declared(builder, "llvm.vector.reduce.add.v16i32", _I32, _HALF)
    for side in (0, 1):
        half = builder.shuffle_vector(whole, whole, ir.Constant(_HALF, list(range(16 * side, 16 * side + 16))))
        place = builder.gep(total, [ir.Constant(_I64, side)])
        builder.store(builder.call(add, [half]), place)


def _quantise_block(typing_context: Any, x: Any, q: Any, scale: Any, total: Any, source: Any, block: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointers = []
        for argument, items in enumerate((32, 64, 1, 2)):
            number = arguments[4] if argument == 0 else arguments[5]
            place = builder.mul(number, ir.Constant(_I64, items))
            pointers.append(item(context, builder, signature.args[argument], arguments[argument], place))
        _write(builder, *pointers)
        return context.get_dummy_value()

    return numba.void(x, q, scale, total, numba.int64, numba.int64), build


quantise_block: Final[Callable[[Floats, Values, Floats, Integers, int, int], None]] = intrinsic(_quantise_block)
"""(x, q, scale, total, source, block): x[32 * source :][:32] as integers 254 * q[0] + q[1] of block number `block`.

q [blocks, 2, 32], flat; scale [blocks]; total [blocks, 2], flat: sums of the integers over each half of a block.
"""
