"""How providers speak. Each protocol is one sans-IO codec; none imports a transport."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, cast

from fluent_ai.interfaces import ChatCodec

if TYPE_CHECKING:
    from fluent_ai.errors import ApiError
    from fluent_ai.interfaces import HttpRequest, StreamParser
    from fluent_ai.messages import Messages
    from fluent_ai.protocols.endpoint import Endpoint

CODECS: dict[str, tuple[str, str, str]] = {
    "openai_chat": ("openai_chat", "OpenAIChat", "openai_chat_parser:OpenAIChatParser"),
}
"""Protocol -> module, codec class, parser class; imported when first used."""


def load_codec(protocol: str) -> Callable[[Endpoint], ChatCodec] | None:
    """The codec class of a protocol; None when there is no such protocol."""
    if protocol not in CODECS:
        return None
    module, name, _ = CODECS[protocol]
    return cast("Callable[[Endpoint], ChatCodec]", getattr(import_module(f".{module}", __name__), name))


def stream_parser(provider: str, *, protocol: str | None = None) -> StreamParser:
    """A parser for the stream of a provider's answer; `protocol` where the provider speaks several."""
    from fluent_ai.providers import ProviderTable

    manifest = ProviderTable().get(provider)
    chosen = protocol or manifest.chat[0].protocol
    if chosen not in CODECS:
        from fluent_ai.errors import ConfigError

        raise ConfigError(f"protocol {chosen!r} is not implemented; implemented: {', '.join(sorted(CODECS))}")
    module, _, name = CODECS[chosen][2].partition(":")
    return cast("StreamParser", getattr(import_module(f".{module}", __name__), name)(manifest.id))


def decode_error(provider: str, status: int, headers: Mapping[str, str], body: bytes) -> ApiError:
    """The error that a provider's answer means."""
    from fluent_ai.protocols.api_errors import api_error

    return api_error(provider, status, {name.lower(): value for name, value in headers.items()}, body)


def build_request(provider: str, model: str, messages: Messages, **options: object) -> HttpRequest:
    """The request that `Client.stream` would send, with the key from the environment; nothing is sent."""
    from fluent_ai.errors import ConfigError
    from fluent_ai.options import build_chat_request
    from fluent_ai.providers import Credentials, ProviderTable, chat_model

    manifest = ProviderTable().get(provider)
    codec = chat_model(manifest, model, Credentials())
    if not hasattr(codec, "prepare"):
        raise ConfigError(f"{provider} runs in this process and sends no requests")
    return cast(ChatCodec, codec).prepare(build_chat_request(manifest, model, messages, options)).request
