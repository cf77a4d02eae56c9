"""How providers speak. Each protocol is one sans-IO codec; none imports a transport."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from fluent_ai.errors import ConfigError
from fluent_ai.interfaces import Worker
from fluent_ai.manifest import Capability

if TYPE_CHECKING:
    from fluent_ai.errors import ApiError
    from fluent_ai.http_messages import HttpRequest
    from fluent_ai.interfaces import StreamParser
    from fluent_ai.messages import Messages
    from fluent_ai.protocols.codec import JsonChatCodec, JsonCodec

CODECS: dict[Capability, dict[str, str]] = {
    "chat": {
        "anthropic_messages": "AnthropicMessages",
        "bedrock_converse": "BedrockConverse",
        "cohere_v2": "CohereV2",
        "gemini": "Gemini",
        "ollama_chat": "OllamaChat",
        "openai_chat": "OpenAIChat",
        "openai_responses": "OpenAIResponses",
        "perplexity_agent": "PerplexityAgent",
    },
    "embeddings": {
        "cohere_embed": "CohereEmbed",
        "feature_extraction": "FeatureExtraction",
        "gemini_embeddings": "GeminiEmbeddings",
        "ollama_embed": "OllamaEmbed",
        "openai_embeddings": "OpenAIEmbeddings",
        "titan_embeddings": "TitanEmbeddings",
        "vertex_embed_content": "VertexEmbedContent",
        "vertex_embeddings": "VertexEmbeddings",
    },
    "pull": {"ollama_pull": "OllamaPull"},
    "rerank": {"cohere_rerank": "CohereRerank", "groq_rerank": "GroqRerank", "tei_rerank": "TeiRerank"},
    "moderation": {"openai_moderation": "OpenAIModeration", "zhipu_moderation": "ZhipuModeration"},
    "transcription": {
        "cloudflare_transcription": "CloudflareTranscription",
        "huggingface_transcription": "HuggingFaceTranscription",
        "mistral_transcription": "MistralTranscription",
        "openai_transcription": "OpenAITranscription",
        "openrouter_transcription": "OpenRouterTranscription",
    },
    "speech": {
        "gemini_speech": "GeminiSpeech",
        "huggingface_speech": "HuggingFaceSpeech",
        "minimax_speech": "MiniMaxSpeech",
        "mistral_speech": "MistralSpeech",
        "openai_speech": "OpenAISpeech",
    },
    "images": {
        "bedrock_images": "BedrockImages",
        "bedrock_stability": "BedrockStability",
        "cloudflare_images": "CloudflareImages",
        "gemini_images": "GeminiImages",
        "huggingface_images": "HuggingFaceImages",
        "imagen": "Imagen",
        "openai_images": "OpenAIImages",
    },
}
"""Capability -> protocol, which is its module's name -> codec class; imported when first used."""


def load_codec(protocol: str, capability: Capability = "chat") -> type[JsonCodec[Any, Any]]:
    """The codec class of a protocol. Raises ConfigError when there is no such protocol."""
    codecs = CODECS.get(capability, {})
    if protocol not in codecs:
        known = ", ".join(sorted(codecs))
        raise ConfigError(f"{capability} protocol {protocol!r} is not implemented; implemented: {known}")
    return cast("type[JsonCodec[Any, Any]]", getattr(import_module(f"{__name__}.{protocol}"), codecs[protocol]))


def stream_parser(provider: str, *, protocol: str | None = None) -> StreamParser:
    """A parser for the stream of a provider's answer; `protocol` where not its general one is meant."""
    from fluent_ai.providers import ProviderTable

    manifest = ProviderTable().get(provider)
    return chat_codec(protocol or manifest.chat[-1].protocol).parser(manifest.id)


def chat_codec(protocol: str) -> type[JsonChatCodec]:
    """`load_codec` for chat, typed."""
    return cast("type[JsonChatCodec]", load_codec(protocol))


def decode_error(provider: str, status: int, headers: Mapping[str, str], body: bytes) -> ApiError:
    """The error that a provider's answer means."""
    from fluent_ai.protocols.api_errors import api_error

    return api_error(provider, status, {name.lower(): value for name, value in headers.items()}, body)


def build_request(provider: str, model: str, messages: Messages, **options: object) -> HttpRequest:
    """The request that `Client.stream` would send, with the key from the environment; nothing is sent."""
    from fluent_ai.blocking import run_blocking
    from fluent_ai.options import build_chat_request
    from fluent_ai.providers import Credentials, ProviderTable
    from fluent_ai.routing import find_route, serve
    from fluent_ai.verbs import Target

    manifest = ProviderTable().get(provider)
    target = Target(manifest, find_route(manifest, "chat", model), model)
    codec = serve(target, "chat", Credentials())
    if isinstance(codec, Worker):
        raise ConfigError(f"{provider} runs in this process and sends no requests")
    exchange = codec.prepare(build_chat_request(target, messages, options))
    return run_blocking(exchange.authenticator.authorize(exchange.request, _Offline()))


class _Offline:
    """Calls nobody."""

    async def call(self, function: Callable[[], Any]) -> Any:
        raise ConfigError("the request needs a token that has to be fetched first, and nothing is sent here")
