"""Protocols are found in the folders of `fluent_ai.protocols`."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import fluent_ai as ai
import pytest
from fluent_ai import protocols
from fluent_ai.manifest.files import load_manifests
from fluent_ai.manifest.schema import CAPABILITIES, Capability
from fluent_ai.protocols.shared.codec import JsonCodec
from fluent_ai.protocols.table import codecs, load_codec


def written() -> Iterator[type]:
    """The codec classes that can be used, with or without a fitting name."""
    for each in walk_packages(protocols.__path__, f"{protocols.__name__}."):
        for found in vars(import_module(each.name)).values():
            own = inspect.isclass(found) and found.__module__ == each.name
            if own and issubclass(found, JsonCodec) and not inspect.isabstract(found):
                yield found


def test_every_codec_is_found_by_the_name_of_its_module() -> None:
    found = {codec for capability in CAPABILITIES for codec in codecs(capability).values()}
    inner = {base for codec in found for base in codec.__mro__}
    assert len(found) > 35
    assert [codec for codec in written() if codec not in inner] == []


def test_every_route_has_a_codec() -> None:
    for manifest in load_manifests().values():
        for capability in manifest.capabilities:
            for route in manifest.routes(capability):
                if route.protocol not in ("worker", "estimate"):
                    assert load_codec(route.protocol, capability) is codecs(capability)[route.protocol]


@pytest.mark.parametrize(
    "protocol", ["nope", "rerank_codec", "cohere_embed", "__init__", "shared.codec", ".", "", "\0"]
)
def test_what_is_no_protocol_is_refused_with_those_that_are(protocol: str) -> None:
    with pytest.raises(ai.ConfigError) as caught:
        load_codec(protocol, "rerank")
    assert str(caught.value) == (
        f"rerank protocol {protocol!r} is not implemented; implemented: cohere_rerank, groq_rerank, tei_rerank"
    )


def test_a_protocol_that_lacks_a_module_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "fluent_ai.protocols.rerank.tei_rerank"
    monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "fluent_ai.protocols.rerank.rerank_codec", None)
    load_codec.cache_clear()
    with pytest.raises(ModuleNotFoundError, match="rerank_codec"):
        load_codec("tei_rerank", "rerank")


@pytest.mark.parametrize(("capability", "protocol"), [("chat", "openai_chat"), ("embeddings", "openai_embeddings")])
def test_only_the_protocol_that_is_used_is_imported(capability: Capability, protocol: str) -> None:
    program = (
        "import sys\n"
        "from fluent_ai.protocols.table import load_codec\n"
        f"load_codec({protocol!r}, {capability!r})\n"
        "print(*sorted(name for name in sys.modules if name.startswith('fluent_ai.protocols.')))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    names = [name.rpartition(".")[2] for name in done.stdout.split()]
    others = {each for kind in CAPABILITIES for each in codecs(kind)} - {protocol}
    assert protocol in names
    assert others.isdisjoint(names)
