"""What numba has no word for: atomic counters, half precision, giving way to other threads.

numba and llvmlite are taken as untyped: they are typed in some versions only, and an extra.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np

from .arrays import Counters

numba: Final[Any] = import_module("numba")
ir: Final[Any] = import_module("llvmlite.ir")
intrinsic: Final[Any] = import_module("numba.extending").intrinsic
_cgutils: Final[Any] = import_module("numba.core.cgutils")

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS: Final = {"nogil": True, "fastmath": {"reassoc", "contract", "nsz"}, "error_model": "numpy"}
_STAMP: Final = tuple(sorted((path.name, path.stat().st_mtime_ns) for path in Path(__file__).parent.glob("*.py")))


def kernel(function: F) -> F:
    """Compile when first called, for this machine, and keep the code on disk where there is a place for it.

    Sums may be reordered, so that they use the width of the processor; infinities and NaN stay what they are.
    """
    try:
        compiled = numba.njit(cache=True, **_OPTIONS)(function)
    except RuntimeError:  # no folder to keep the code in
        compiled = numba.njit(**_OPTIONS)(function)
    else:
        # numba looks whether the function's own file has changed; the code of other files is compiled into it too.
        compiled._cache._cache_file._source_stamp = _STAMP  # noqa: SLF001
    return compiled  # type: ignore[no-any-return]


def cpu_features() -> frozenset[str]:
    """What numba compiles for, by LLVM's names, such as `avx2`: this processor, or what its settings say."""
    given = numba.config.CPU_FEATURES
    features = import_module("numba.core.codegen").get_host_cpu_features() if given is None else given
    return frozenset(name[1:] for name in features.split(",") if name.startswith("+"))


def item(context: Any, builder: Any, kind: Any, array: Any, index: Any) -> Any:
    """LLVM's pointer to an item of an array."""
    data = context.make_array(kind)(context, builder, array)
    return _cgutils.get_item_pointer(context, builder, kind, data, [index])


def declared(builder: Any, name: str, result: Any, *arguments: Any) -> Any:
    """A function of LLVM or of the system, by its types."""
    return _cgutils.get_or_insert_function(builder.module, ir.FunctionType(result, arguments), name)


def _fetch_add(typing_context: Any, counters: Any, index: Any, amount: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = item(context, builder, signature.args[0], arguments[0], arguments[1])
        return builder.atomic_rmw("add", pointer, arguments[2], "seq_cst")

    return numba.int64(counters, numba.int64, numba.int64), build


def _load(typing_context: Any, counters: Any, index: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = item(context, builder, signature.args[0], arguments[0], arguments[1])
        return builder.load_atomic(pointer, "seq_cst", 8)

    return numba.int64(counters, numba.int64), build


def _fetch_ahead(typing_context: Any, array: Any, index: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = item(context, builder, signature.args[0], arguments[0], arguments[1])
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        function = declared(builder, "llvm.prefetch.p0i8", ir.VoidType(), byte, number, number, number)
        reading, keep, data = (ir.Constant(number, value) for value in (0, 3, 1))
        builder.call(function, [builder.bitcast(pointer, byte), reading, keep, data])
        return context.get_dummy_value()

    return numba.void(array, numba.int64), build


def _give_way(typing_context: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        if sys.platform != "win32":
            builder.call(declared(builder, "sched_yield", ir.IntType(32)), [])
        return context.get_dummy_value()

    return numba.void(), build


def _half(typing_context: Any, bits: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.fpext(builder.bitcast(arguments[0], ir.HalfType()), ir.FloatType())

    return numba.float32(numba.uint16), build


def _floats_at(typing_context: Any, address: Any) -> Any:
    kind = numba.types.CPointer(numba.float32)

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], context.get_value_type(kind))

    return kind(numba.int64), build


fetch_add: Final[Callable[[Counters, int, int], int]] = intrinsic(_fetch_add)
"""(counters, index, amount): adds to an item at once for all threads; returns what it was before."""
load: Final[Callable[[Counters, int], int]] = intrinsic(_load)
"""(counters, index): an item as the other threads have left it."""
fetch_ahead: Final[Callable[[Any, int], None]] = intrinsic(_fetch_ahead)
"""(array, index): has the processor fetch what stands there, also behind the end, while it goes on."""
give_way: Final[Callable[[], None]] = intrinsic(_give_way)
"""Lets another thread of the machine run, where the system can be asked for that."""
floats_at: Final[Callable[[int], Any]] = intrinsic(_floats_at)
"""A pointer to the float32 numbers at an address, for `carray`."""
carray: Final[Callable[[Any, tuple[int, ...]], Any]] = numba.carray
"""(pointer, shape): an array over memory that somebody else keeps."""
half: Final[Callable[[Any], np.float32]] = intrinsic(_half)
"""The float32 of a half precision number's 16 bits."""


@kernel
def exp(x: np.float32) -> np.float32:
    """e^x in float32 for x <= 88, within a millionth of it: written so that loops over it are vectorised.

    Cody and Waite's reduction to |r| <= ln(2) / 2, then the Taylor polynomial of degree 6.
    """
    least = max(x, np.float32(-87.0))
    n = np.float32(math.floor(least * np.float32(1.44269504) + np.float32(0.5)))
    r = least - n * np.float32(0.693359375) + n * np.float32(2.12194440e-4)
    p = np.float32(1 / 720)
    for c in (1 / 120, 1 / 24, 1 / 6, 1 / 2, 1.0, 1.0):
        p = p * r + np.float32(c)
    return p * np.int32((np.int32(n) + np.int32(127)) << np.int32(23)).view(np.float32)
