"""The innermost products: a block of 32 rows and 32 columns with the same columns of a few vectors.

They are written in LLVM's vectors, because a compiler could not be led from loops to the instructions that processors
have for this: products of four neighbouring bytes, added into 32 bits. Weights are unsigned here and values signed, as
x86 has it. Where a processor lacks them, pairs are added in 16 bits: 16 products of 4 bits and 8 bits are at most
16 * 15 * 127 = 30,480.

A value is two bytes, 254 * q[0] + q[1], so that its rounding is nothing beside that of the weights.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from .arrays import Bytes, Floats, Halves, Integers, Values
from .block_values import FINE
from .intrinsics import cpu_features, declared, intrinsic, ir, item, numba
from .packing import NIBBLES

TILE: Final = 4
"""Vectors that are multiplied at once by the wider of the two forms of each product."""

_I8, _I16, _I32, _I64 = ir.IntType(8), ir.IntType(16), ir.IntType(32), ir.IntType(64)
_HALF, _FLOAT = ir.HalfType(), ir.FloatType()
_ROWS = 32
_FUSED = ("contract",)


class Fours:
    """Sums of four products in 32 bits, by the instruction VPDPBUSD. Weights of 8 bits."""

    whole = True

    def __init__(self, builder: Any, lanes: int) -> None:
        self._builder = builder
        self._kind = ir.VectorType(_I32, lanes)
        name = f"llvm.x86.avx512.vpdpbusd.{lanes * 32}"
        self._add = declared(builder, name, self._kind, *[self._kind] * 3)

    def zero(self) -> Any:
        return ir.Constant(self._kind, None)

    def add(self, total: Any, weights: Any, values: Any) -> Any:
        """total plus the products of bytes [lanes * 4] and of the four bytes of `values`, repeated."""
        return self._builder.call(self._add, [total, self._builder.bitcast(weights, self._kind), values])

    def sums(self, total: Any) -> Any:
        return total


class Pairs:
    """Sums of two products in 16 bits, by VPMADDUBSW if the processor has it. Weights of 4 bits."""

    whole = False

    def __init__(self, builder: Any, lanes: int, instruction: bool) -> None:
        self._builder = builder
        self._lanes = lanes
        self._kind = ir.VectorType(_I16, lanes * 2)
        self._bytes = ir.VectorType(_I8, lanes * 4)
        self._products = None
        if instruction:
            self._products = declared(builder, "llvm.x86.avx2.pmadd.ub.sw", self._kind, self._bytes, self._bytes)

    def zero(self) -> Any:
        return ir.Constant(self._kind, None)

    def add(self, total: Any, weights: Any, values: Any) -> Any:
        builder = self._builder
        values = builder.bitcast(values, self._bytes)
        if self._products is not None:
            return builder.add(total, builder.call(self._products, [weights, values]))
        wide = ir.VectorType(_I16, self._lanes * 4)
        products = builder.mul(builder.zext(weights, wide), builder.sext(values, wide))
        return builder.add(total, self._neighbours(products, self._lanes * 2))

    def sums(self, total: Any) -> Any:
        wide = self._builder.sext(total, ir.VectorType(_I32, self._lanes * 2))
        return self._neighbours(wide, self._lanes)

    def _neighbours(self, pairs: Any, count: int) -> Any:
        """Sums of two items that stand side by side."""
        undefined = ir.Constant(pairs.type, ir.Undefined)
        even, odd = (
            ir.Constant(ir.VectorType(_I32, count), [2 * number + side for number in range(count)]) for side in (0, 1)
        )
        builder = self._builder
        return builder.add(
            builder.shuffle_vector(pairs, undefined, even), builder.shuffle_vector(pairs, undefined, odd)
        )


Sums: TypeAlias = Fours | Pairs


def _sums(builder: Any) -> tuple[Sums, int]:
    """The best that this processor has, and in how many lanes."""
    features = cpu_features()
    if "avx512vnni" in features:
        return Fours(builder, 16), 16
    if "avxvnni" in features:
        return Fours(builder, 8), 8
    return Pairs(builder, 8, "avx2" in features), 8


def outruns_floats(form: int) -> bool:
    """Whether this processor multiplies many vectors with a packed form faster than the BLAS multiplies floats.

    Measured on a Zen 5 with all that it has, and with only what processors without AVX-512, or without VNNI, have.
    """
    features = cpu_features()
    return bool(features & {"avx512vnni", "avxvnni"}) or (form == NIBBLES and "avx2" in features)


class _Block:
    """Writes the code of one product for so many vectors."""

    def __init__(self, context: Any, builder: Any, signature: Any, arguments: Any, vectors: int) -> None:
        self._context, self._builder, self._signature = context, builder, signature
        (self._weights, self._w, self._scales, self._s, self._q, self._factors, self._totals, self._block,
         self._blocks, self._out, self._o) = arguments  # fmt: skip
        self._arguments = arguments
        self._vectors = vectors
        self._sums, self._lanes = _sums(builder)

    def nibbles(self) -> None:
        for parts in self._groups_of_parts():
            totals = {part: self._zeros() for part in parts}
            for chunk in range(4):
                weights = {part: self._split(self._chunk(chunk, part)) for part in parts}
                for half in (0, 1):
                    nibbles = {part: weights[part][half] for part in parts}
                    self._add_products(totals, nibbles, 4 * chunk + 16 * half)
            for part in parts:
                d, m = self._halves(0, part), self._halves(_ROWS, part)
                for vector in range(self._vectors):
                    factor = self._spread(self._factor(vector))
                    whole = self._builder.add(self._total(vector, 0), self._total(vector, 1))
                    least = self._spread(self._builder.sitofp(whole, _FLOAT))
                    product = self._builder.sitofp(self._joined(totals[part][vector]), self._kind(_FLOAT))
                    self._add_to_out(vector, part, product, d, factor, least, m)

    def bytes(self) -> None:
        """A byte is 128 more than the weight."""
        builder = self._builder
        for parts in self._groups_of_parts():
            for side in (0, 1):
                totals, upper = ({part: self._zeros() for part in parts} for _ in (0, 1))
                for chunk in range(4 * side, 4 * side + 4):
                    weights = {part: self._chunk(chunk, part) for part in parts}
                    if self._sums.whole:
                        self._add_products(totals, weights, 4 * chunk)
                    else:
                        halves = {part: self._split(weights[part]) for part in parts}
                        self._add_products(totals, {part: low for part, (low, _) in halves.items()}, 4 * chunk)
                        self._add_products(upper, {part: high for part, (_, high) in halves.items()}, 4 * chunk)
                for part in parts:
                    d = self._halves(_ROWS * side, part)
                    for vector in range(self._vectors):
                        product = self._joined(totals[part][vector])
                        if not self._sums.whole:
                            product = builder.add(
                                builder.shl(self._joined(upper[part][vector]), self._splat(4)), product
                            )
                        excess = self._spread(builder.mul(self._total(vector, side), ir.Constant(_I32, 128)))
                        value = builder.sitofp(builder.sub(product, excess), self._kind(_FLOAT))
                        self._add_to_out(vector, part, value, d, self._spread(self._factor(vector)), None, None)

    def _groups_of_parts(self) -> list[range]:
        """Rows that meet a value together, as many as there are registers for: a part is a register of rows."""
        together = 2 if self._lanes == 16 else 1
        count = _ROWS // self._lanes
        return [range(first, first + together) for first in range(0, count, together)]

    def _zeros(self) -> list[list[Any]]:
        return [[self._sums.zero(), self._sums.zero()] for _ in range(self._vectors)]

    def _chunk(self, chunk: int, part: int) -> Any:
        """Four columns of the rows of a part."""
        kind = ir.VectorType(_I8, 4 * self._lanes)
        return self._load(0, self._w, kind, chunk * 4 * _ROWS + part * 4 * self._lanes)

    def _split(self, weights: Any) -> tuple[Any, Any]:
        fifteen, four = (ir.Constant(weights.type, [value] * 4 * self._lanes) for value in (15, 4))
        return self._builder.and_(weights, fifteen), self._builder.lshr(weights, four)

    def _add_products(self, totals: dict[int, list[list[Any]]], weights: dict[int, Any], column: int) -> None:
        for vector in range(self._vectors):
            # [vector, block, 2, 32]
            place = self._builder.mul(self._at(vector), ir.Constant(_I64, 2 * _ROWS))
            for byte in (0, 1):
                values = self._spread(self._load(4, place, _I32, byte * _ROWS + column))
                for part, of_rows in weights.items():
                    totals[part][vector][byte] = self._sums.add(totals[part][vector][byte], of_rows, values)

    def _joined(self, pair: list[Any]) -> Any:
        first, second = (self._sums.sums(total) for total in pair)
        return self._builder.add(self._builder.mul(first, self._splat(FINE)), second)

    def _add_to_out(self, vector: int, part: int, value: Any, d: Any, factor: Any, least: Any, m: Any) -> None:
        """out += (value * d + least * m) * factor."""
        builder = self._builder
        value = builder.fmul(value, d, flags=_FUSED)
        if least is not None:
            value = builder.fadd(value, builder.fmul(least, m, flags=_FUSED), flags=_FUSED)
        pointer = self._pointer(9, self._o, self._kind(_FLOAT), vector * _ROWS + part * self._lanes)
        value = builder.fmul(value, factor, flags=_FUSED)
        builder.store(builder.fadd(builder.load(pointer, align=4), value, flags=_FUSED), pointer, align=4)

    def _at(self, vector: int) -> Any:
        """The number of the block among those of all vectors."""
        return self._builder.add(self._block, self._builder.mul(self._blocks, ir.Constant(_I64, vector)))

    def _factor(self, vector: int) -> Any:
        return self._load(5, self._at(vector), _FLOAT, 0)

    def _total(self, vector: int, side: int) -> Any:
        return self._load(6, self._builder.mul(self._at(vector), ir.Constant(_I64, 2)), _I32, side)

    def _halves(self, offset: int, part: int) -> Any:
        values = self._load(2, self._s, self._kind(_HALF), offset + part * self._lanes)
        return self._builder.fpext(values, self._kind(_FLOAT))

    def _kind(self, kind: Any) -> Any:
        return ir.VectorType(kind, self._lanes)

    def _splat(self, value: int) -> Any:
        return ir.Constant(self._kind(_I32), [value] * self._lanes)

    def _spread(self, value: Any) -> Any:
        """One number in all lanes."""
        undefined = ir.Constant(self._kind(value.type), ir.Undefined)
        one = self._builder.insert_element(undefined, value, ir.Constant(_I32, 0))
        return self._builder.shuffle_vector(one, undefined, ir.Constant(self._kind(_I32), None))

    def _load(self, argument: int, index: Any, kind: Any, offset: int) -> Any:
        return self._builder.load(self._pointer(argument, index, kind, offset), align=1)

    def _pointer(self, argument: int, index: Any, kind: Any, offset: int) -> Any:
        builder = self._builder
        place = builder.add(index, ir.Constant(_I64, offset))
        pointer = item(self._context, builder, self._signature.args[argument], self._arguments[argument], place)
        return builder.bitcast(pointer, kind.as_pointer())


AddBlock: TypeAlias = Callable[[Bytes, int, Halves, int, Values, Floats, Integers, int, int, Floats, int], None]
"""(weights, w, scales, s, q, scale, total, block, blocks, out, o): a block's bytes begin at weights[w], its scales at
scales[s]; it meets block number `block` of a vector, and of those that follow `blocks` later each. Values, their scales
and totals are those of `matvec.quantise`, flat. The sums of vector v are added to out[o + 32 * v :][:32]."""


def _product(form: str, vectors: int) -> AddBlock:
    def write(typing_context: Any, weights: Any, w: Any, scales: Any, s: Any, q: Any, scale: Any, total: Any,
              block: Any, blocks: Any, out: Any, o: Any) -> Any:  # fmt: skip
        def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            getattr(_Block(context, builder, signature, arguments, vectors), form)()
            return context.get_dummy_value()

        number = numba.int64
        return numba.void(weights, number, scales, number, q, scale, total, number, number, out, number), build

    return intrinsic(write)  # type: ignore[no-any-return]


add_nibbles: Final = _product("nibbles", 1)
"""out[r] += scale * (d[r] * sum(n[r, i] * q[i]) + m[r] * sum(q)) over a block in the form NIBBLES."""
add_nibbles_to_tile: Final = _product("nibbles", TILE)
add_bytes: Final = _product("bytes", 1)
"""out[r] += scale * sum(d[r] * b[r, i] * q[i]) over a block in the form BYTES, whose halves have a d each."""
add_bytes_to_tile: Final = _product("bytes", TILE)
