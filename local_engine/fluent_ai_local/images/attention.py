"""Which kernel computes the attention of the transformer, where that is not left to torch.

torch has a switch for this (`torch.nn.attention.sdpa_kernel`), which holds for the whole process: one request would
decide for all others. Here the choice holds for the thread that draws, and calls the operators that torch chooses from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import torch
from fluent_ai.errors import ConfigError
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention
from torch.overrides import TorchFunctionMode

from fluent_ai_local.images.config import ATTENTIONS

_Kernel: TypeAlias = Callable[[Tensor, Tensor, Tensor], Tensor]
_EVERYWHERE: Final = "any device"
_OPERATORS: Final = {
    ("math", _EVERYWHERE): "_scaled_dot_product_attention_math",
    ("flash", "cpu"): "_scaled_dot_product_flash_attention_for_cpu",
    ("flash", "cuda"): "_scaled_dot_product_flash_attention",
    ("efficient", "cuda"): "_scaled_dot_product_efficient_attention",
}
_NO_BIAS_NO_SUMS: Final = None, False
_PROBE: Final = 1, 1, 8, 64
"""A picture, a head, tokens, and numbers of a head."""


class Attention(TorchFunctionMode):
    """Inside of it, this thread's attention is computed by `kernel`."""

    def __init__(self, kernel: _Kernel) -> None:
        super().__init__()
        self._kernel = kernel

    def __torch_function__(
        self,
        function: Callable[..., object],
        types: Sequence[type],
        given: Sequence[Any] = (),
        named: Mapping[str, Any] | None = None,
    ) -> object:
        if function is scaled_dot_product_attention:
            return self._kernel(*given[:3])
        return function(*given, **(named or {}))


def find_kernel(name: str, device: torch.device, dtype: torch.dtype) -> _Kernel:
    """The kernel of that name. Raises ConfigError, with those that there are, if the device has none for this type."""
    found = _kernel(name, device.type)
    if found is not None and _works(found, device, dtype):
        return found
    others = {each: _kernel(each, device.type) for each in ATTENTIONS}
    there = [each for each, kernel in others.items() if kernel is not None and _works(kernel, device, dtype)]
    precision = str(dtype).removeprefix("torch.")
    raise ConfigError(
        f"attention is {name!r}; allowed on {device} in {precision}: {', '.join(there)}, or None, which leaves it to "
        "torch",
        provider="local",
    )


def _kernel(name: str, device: str) -> _Kernel | None:
    operator = _OPERATORS.get((name, device)) or _OPERATORS.get((name, _EVERYWHERE))
    if operator is None:
        return None
    function = getattr(torch.ops.aten, operator)
    more = _NO_BIAS_NO_SUMS if name == "efficient" else ()

    def kernel(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        found: Tensor = function(query, key, value, *more)[0]
        return found

    return kernel


def _works(kernel: _Kernel, device: torch.device, dtype: torch.dtype) -> bool:
    probe = torch.zeros(_PROBE, device=device, dtype=dtype)
    try:
        kernel(probe, probe, probe)
    except RuntimeError:  # an older GPU, or a type that the kernel is not made for
        return False
    return True
