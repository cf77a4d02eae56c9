"""The kernel for attention can be chosen, by each request for itself."""

from __future__ import annotations

import threading
from pathlib import Path

import fluent_ai as ai
import pytest
import torch
from fluent_ai.verbs.image import ImageRequest
from fluent_ai_local.images import attention, pipeline
from small_sd3 import opened
from torch.nn.functional import scaled_dot_product_attention

CPU = torch.device("cpu")


def drawn(path: Path, **options: object) -> bytes:
    items: list[object] = []
    request = ImageRequest(model="m", prompt="a fox", seed=3, steps=3, **options)
    pipeline.draw(opened(path), request, items.append)
    return next(item.data for item in items if isinstance(item, ai.GeneratedImage))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the kernels, as often as they are called."""
    calls: list[str] = []
    real = attention._kernel

    def counting(name: str, device: str):
        kernel = real(name, device)

        def counted(query: torch.Tensor, *given: torch.Tensor) -> torch.Tensor:
            if not query.is_meta:  # of the plan, which counts memory without numbers
                calls.append(name)
            return kernel(query, *given)

        return None if kernel is None else counted

    monkeypatch.setattr(attention, "_kernel", counting)
    return calls


@pytest.mark.parametrize("name", ["flash", "math"])
def test_it_computes_every_layer_of_every_step(name: str, sd3: Path, counted: list[str]):
    drawn(sd3, attention=name)
    layers, dual, steps, probes = 3, 1, 3, 2
    assert counted == [name] * ((layers + dual) * steps + probes)


def test_without_it_torch_chooses(sd3: Path, counted: list[str]):
    assert drawn(sd3) == drawn(sd3, attention="flash")
    counted.clear()
    drawn(sd3)
    assert counted == []


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
@pytest.mark.parametrize("name", ["flash", "math"])
def test_kernels_agree(name: str, dtype: torch.dtype):
    generator = torch.Generator().manual_seed(0)
    query, key, value = (torch.randn(2, 3, 65, 64, generator=generator).to(dtype) for _ in range(3))
    with attention.Attention(attention.find_kernel(name, CPU, dtype)):
        found = scaled_dot_product_attention(query, key, value)
    wanted = scaled_dot_product_attention(query, key, value)
    torch.testing.assert_close(found, wanted, atol=1e-6 if dtype == torch.float32 else 0.02, rtol=0)


def test_it_holds_for_one_thread():
    seen: list[str] = []
    tensor = torch.zeros(1, 1, 8, 64)

    def kernel(*given: torch.Tensor) -> torch.Tensor:
        seen.append(threading.current_thread().name)
        return given[0]

    with attention.Attention(kernel):
        other = threading.Thread(target=lambda: scaled_dot_product_attention(tensor, tensor, tensor))
        other.start()
        other.join()
        assert seen == []
        assert scaled_dot_product_attention(tensor, tensor, tensor) is tensor
    assert seen == [threading.current_thread().name]


def test_one_that_the_device_does_not_have_is_refused_by_name(sd3: Path):
    message = "attention is 'efficient'; allowed on cpu in float32: flash, math, or None"
    with ai.Client() as client, pytest.raises(ai.ConfigError, match=message):
        client.image(f"local:{sd3}", "a fox", attention="efficient")


def test_one_that_is_not_made_for_the_type_is_refused_by_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(attention._OPERATORS, ("efficient", "cpu"), "_scaled_dot_product_efficient_attention")
    with pytest.raises(ai.ConfigError, match="attention is 'efficient'; allowed on cpu in bfloat16: flash, math"):
        attention.find_kernel("efficient", CPU, torch.bfloat16)
