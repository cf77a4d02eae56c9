"""The innermost products, in vectors of 32 rows that a compiler could not be led to from loops.

Both add one block's share to 32 float32 sums. Products and their sums stay in 16 bits, twice as many to a register as
in 32: 16 products of 4 bits and 8 bits are at most 16 * 15 * 127 = 30,480.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

import numpy as np

from .arrays import Bytes, Floats, Halves, Values
from .intrinsics import intrinsic, ir, item, numba

_I8, _I16, _I32, _HALF, _FLOAT = ir.IntType(8), ir.IntType(16), ir.IntType(32), ir.HalfType(), ir.FloatType()
_ROWS = 32


def _add_nibbles(typing_context: Any, weights: Any, w: Any, scales: Any, s: Any, q: Any, k: Any,
                 scale: Any, total: Any, out: Any) -> Any:  # fmt: skip

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        block = _Block(context, builder, signature, arguments)
        fifteen, four = _splat(_I8, 15), _splat(_I8, 4)
        low, high = ir.Constant(_vector(_I16), None), ir.Constant(_vector(_I16), None)
        for column in range(16):
            byte = block.vector(0, _I8, column * _ROWS)
            low = block.add_product(low, builder.zext(builder.and_(byte, fifteen), _vector(_I16)), column)
            high = block.add_product(high, builder.zext(builder.lshr(byte, four), _vector(_I16)), column + 16)
        product = builder.add(builder.sext(low, _vector(_I32)), builder.sext(high, _vector(_I32)))
        least = builder.fmul(block.halves(_ROWS), block.spread(arguments[7]), flags=_FUSED)
        return block.add_scaled(product, least)

    return _signature(weights, scales, q, out), build


def _add_bytes(typing_context: Any, weights: Any, w: Any, scales: Any, s: Any, q: Any, k: Any,
               scale: Any, total: Any, out: Any) -> Any:  # fmt: skip

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        block = _Block(context, builder, signature, arguments)
        fifteen, four = _splat(_I8, 15), _splat(_I8, 4)
        low, high = ir.Constant(_vector(_I16), None), ir.Constant(_vector(_I16), None)
        for column in range(16):
            byte = block.vector(0, _I8, column * _ROWS)
            low = block.add_product(low, builder.zext(builder.and_(byte, fifteen), _vector(_I16)), column)
            high = block.add_product(high, builder.sext(builder.ashr(byte, four), _vector(_I16)), column)
        product = builder.shl(builder.sext(high, _vector(_I32)), _splat(_I32, 4))
        return block.add_scaled(builder.add(product, builder.sext(low, _vector(_I32))), None)

    return _signature(weights, scales, q, out), build


_FUSED = ("contract",)


def _signature(weights: Any, scales: Any, q: Any, out: Any) -> Any:
    number, real = numba.int64, numba.float32
    return numba.void(weights, number, scales, number, q, number, real, real, out)


def _vector(kind: Any) -> Any:
    return ir.VectorType(kind, _ROWS)


def _splat(kind: Any, value: int) -> Any:
    return ir.Constant(_vector(kind), [value] * _ROWS)


class _Block:
    """Writes the code of one call; arguments are numbered as in the two functions above."""

    def __init__(self, context: Any, builder: Any, signature: Any, arguments: Any) -> None:
        self._context = context
        self._builder = builder
        self._kinds = signature.args
        self._arguments = arguments

    def vector(self, argument: int, kind: Any, offset: int) -> Any:
        """32 items of an array, from its index and so many items on."""
        return self._builder.load(self._pointer(argument, _vector(kind), offset), align=1)

    def halves(self, offset: int) -> Any:
        return self._builder.fpext(self.vector(2, _HALF, offset), _vector(_FLOAT))

    def spread(self, value: Any) -> Any:
        """One number in all 32 places."""
        undefined = ir.Constant(_vector(value.type), ir.Undefined)
        one = self._builder.insert_element(undefined, value, ir.Constant(_I32, 0))
        return self._builder.shuffle_vector(one, undefined, ir.Constant(_vector(_I32), None))

    def add_product(self, total: Any, nibbles: Any, column: int) -> Any:
        value = self._builder.load(self._pointer(4, _I8, column), align=1)
        spread = self.spread(self._builder.sext(value, _I16))
        return self._builder.add(total, self._builder.mul(nibbles, spread))

    def add_scaled(self, product: Any, least: Any) -> Any:
        builder = self._builder
        pointer = self._pointer(8, _vector(_FLOAT), 0)
        scaled = builder.fmul(builder.sitofp(product, _vector(_FLOAT)), self.spread(self._arguments[6]), flags=_FUSED)
        scaled = builder.fmul(scaled, self.halves(0), flags=_FUSED)
        if least is not None:
            scaled = builder.fadd(scaled, least, flags=_FUSED)
        builder.store(builder.fadd(builder.load(pointer, align=4), scaled, flags=_FUSED), pointer, align=4)
        return self._context.get_dummy_value()

    def _pointer(self, argument: int, kind: Any, offset: int) -> Any:
        builder, array = self._builder, self._arguments[argument]
        # `out` has no index of its own.
        begin = ir.Constant(ir.IntType(64), 0) if argument == 8 else self._arguments[argument + 1]
        index = builder.add(begin, ir.Constant(ir.IntType(64), offset))
        pointer = item(self._context, builder, self._kinds[argument], array, index)
        return builder.bitcast(pointer, kind.as_pointer())


AddBlock: TypeAlias = Callable[[Bytes, int, Halves, int, Values, int, np.float32, np.float32, Floats], None]
"""(weights, w, scales, s, q, k, scale, total, out): a block's bytes begin at weights[w], its scales at scales[s], the
values that it is multiplied with at q[k], of that scale and with that scaled total."""
add_nibbles: Final[AddBlock] = intrinsic(_add_nibbles)
"""out[r] += d[r] * scale * sum(n[r, i] * q[i]) + m[r] * total over a block of 32, in the form NIBBLES."""
add_bytes: Final[AddBlock] = intrinsic(_add_bytes)
"""out[r] += d[r] * scale * sum(b[r, i] * q[i]) over half a block, 16 columns, in the form BYTES; without `total`.

A byte is 16 times its upper nibble, signed, and its lower one.
"""
