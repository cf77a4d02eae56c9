"""How providers speak. Each protocol is one sans-IO codec; none imports a transport."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from fluent_ai.errors import ConfigError
from fluent_ai.interfaces import Worker

if TYPE_CHECKING:
    from fluent_ai.content.message_input import Messages
    from fluent_ai.errors import ApiError
    from fluent_ai.http.messages import HttpRequest
    from fluent_ai.interfaces import StreamParser


def stream_parser(provider: str, *, protocol: str | None = None) -> StreamParser:
    """A parser for the stream of a provider's answer; `protocol` where not its general one is meant."""
    from fluent_ai.protocols.table import chat_codec
    from fluent_ai.providers.table import KNOWN_PROVIDERS

    manifest = KNOWN_PROVIDERS.get(provider)
    return chat_codec(protocol or manifest.chat[-1].protocol).parser(manifest.id)


def decode_error(provider: str, status: int, headers: Mapping[str, str], body: bytes) -> ApiError:
    """The error that a provider's answer means."""
    from fluent_ai.protocols.shared.api_errors import api_error

    return api_error(provider, status, {name.lower(): value for name, value in headers.items()}, body)


def build_request(provider: str, model: str, messages: Messages, **options: object) -> HttpRequest:
    """The request that `Client.stream` would send, with the key from the environment; nothing is sent."""
    import msgspec

    from fluent_ai.http.blocking import run_blocking
    from fluent_ai.protocols.routing import find_route, serve
    from fluent_ai.providers.table import KNOWN_PROVIDERS, Credentials
    from fluent_ai.registry.request_checks import limits
    from fluent_ai.registry.shared import default
    from fluent_ai.verbs.base import Target
    from fluent_ai.verbs.chat import CHAT
    from fluent_ai.verbs.chat_options import build_chat_request

    manifest = KNOWN_PROVIDERS.get(provider)
    target = Target(manifest, find_route(manifest, "chat", model), model)
    codec = serve(target, CHAT, Credentials())
    if isinstance(codec, Worker):
        raise ConfigError(f"{provider} runs in this process and sends no requests")
    request = msgspec.structs.replace(
        build_chat_request(target, messages, options), limits=limits(default.lookup(manifest.id, model))
    )
    exchange = codec.prepare(request)
    return run_blocking(exchange.authenticator.authorize(exchange.request, _Offline()))


class _Offline:
    """Calls nobody."""

    async def call(self, function: Callable[[], Any]) -> Any:
        raise ConfigError("the request needs a token that has to be fetched first, and nothing is sent here")
