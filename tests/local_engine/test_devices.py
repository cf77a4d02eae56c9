"""Where models compute: which device is chosen, and settings of the engine through clients."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
import torch
from fluent_ai.interfaces import LocalSettings
from fluent_ai_local import memory
from fluent_ai_local.devices import Accelerator, accelerators, choose, find_device
from fluent_ai_local.provider import LocalProvider
from hypothesis import given
from hypothesis import strategies as st

GB = 2**30
RAW: dict[str, Any] = {"template": ""}
HERE = [str(each.device) for each in accelerators()]


def found(name: str, free: float) -> Accelerator:
    return Accelerator(torch.device(name), free, name)


@given(metal=st.none() | st.integers(0, 4 * GB), cuda=st.lists(st.integers(0, 4 * GB), max_size=4), last=st.booleans())
def test_metal_comes_before_the_roomiest_cuda_device_and_that_before_the_cpu(metal, cuda, last):
    there = [found(f"cuda:{number}", free) for number, free in enumerate(cuda)]
    if metal is not None:
        there.insert(len(there) if last else 0, found("mps", metal))
    device = choose(there)
    roomy = [free for free in cuda if free >= GB]
    if metal is not None and metal >= GB:
        assert device == torch.device("mps")
    elif roomy:
        assert cuda[device.index] == max(roomy)
    else:
        assert device == torch.device("cpu")


def test_auto_is_the_best_that_this_machine_has():
    assert find_device("auto") == choose(list(accelerators()))
    assert find_device("cpu") == torch.device("cpu")


@pytest.mark.parametrize("name", ["gpu", "meta", "cuda:99", "cpu:x", ""])
def test_a_device_that_is_not_there_is_refused_with_those_that_are(name):
    with pytest.raises(ai.StageFailed, match=rf"device is '{name}'; this machine has cpu.*, auto") as caught:
        find_device(name)
    assert caught.value.stage == "device"
    assert all(each in str(caught.value) for each in HERE)


@pytest.fixture
def freed() -> Iterator[None]:
    yield
    memory.unload()


@pytest.mark.usefixtures("freed")
def test_clients_with_equal_settings_share_their_models(tiny_path: Path):
    memory.unload(str(tiny_path))  # other tests may have loaded it
    texts = []
    for settings in (None, ai.LocalSettings(), ai.LocalSettings(device="cpu"), ai.LocalSettings(device="auto")):
        with ai.Client(local=settings) as client:
            texts.append(client.complete(f"local:{tiny_path}", "abc", max_tokens=5, **RAW).text)
    assert len(texts[0]) > 0
    assert texts[:3] == [texts[0]] * 3
    if not HERE:
        assert texts[3] == texts[0]
    place = str(tiny_path.absolute())
    assert [each.path for each in memory.in_memory()].count(place) == 2  # by the default settings, and by `auto`
    assert memory.unload(str(tiny_path)) == 2
    assert place not in [each.path for each in memory.in_memory()]


def test_a_missing_device_is_an_error_before_anything_is_loaded(tiny_path: Path):
    model, settings = f"local:{tiny_path}", ai.LocalSettings(device="cuda:99")
    memory.unload(str(tiny_path))  # other tests may have loaded it
    with ai.Client(local=settings) as client, pytest.raises(ai.StageFailed, match="device is 'cuda:99'"):
        client.complete(model, "abc", **RAW)

    async def embed() -> None:
        async with ai.AsyncClient(local=settings) as other:
            await other.embed(model, "abc")

    with pytest.raises(ai.StageFailed, match="device is 'cuda:99'"):
        asyncio.run(embed())
    assert memory.unload(str(tiny_path)) == 0


def test_a_provider_is_its_own_for_its_own_settings():
    provider = LocalProvider()
    assert provider.with_settings(LocalSettings()) is provider
    auto = provider.with_settings(LocalSettings(device="auto"))
    assert auto is not provider
    assert provider.with_settings(LocalSettings(device="auto")) is auto
    assert provider.with_settings(LocalSettings(device="auto", cache_dir="elsewhere")) is not auto


@pytest.mark.parametrize(
    ("local", "message"),
    [
        ("cuda", "local is of type str; allowed: an ai.LocalSettings, None"),
        (ai.LocalSettings(device=""), "local.device is ''; allowed"),
        (ai.LocalSettings(device=3), "local.device is 3; allowed"),  # type: ignore[arg-type]
        (ai.LocalSettings(cache_dir=Path("x")), "local.cache_dir is "),  # type: ignore[arg-type]
    ],
)
def test_settings_that_are_none_are_refused(local, message):
    with pytest.raises(ai.ConfigError, match=message):
        ai.Client(local=local)
