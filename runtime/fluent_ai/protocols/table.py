"""Which protocols there are: their modules and codecs, by capability."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from fluent_ai.errors import ConfigError
from fluent_ai.manifest.schema import Capability

if TYPE_CHECKING:
    from fluent_ai.protocols.shared.codec import JsonChatCodec, JsonCodec

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
    module = import_module(f"fluent_ai.protocols.{capability}.{protocol}")
    return cast("type[JsonCodec[Any, Any]]", getattr(module, codecs[protocol]))


def chat_codec(protocol: str) -> type[JsonChatCodec]:
    """`load_codec` for chat, typed."""
    return cast("type[JsonChatCodec]", load_codec(protocol))
