"""Requests of every route that a provider's specification describes are what the specification asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

import fluent_ai as ai
import pytest
from asked_requests import CHATS, OUTPUTS, VERBS, WEATHER
from fluent_ai.http.messages import HttpRequest
from fluent_ai.interfaces import Worker
from fluent_ai.manifest.files import load_manifests
from fluent_ai.manifest.schema import CAPABILITIES, Capability, Manifest, Route
from fluent_ai.protocols.routing import serve
from fluent_ai.providers.table import Credentials
from fluent_ai.verbs.base import Target, Verb
from fluent_ai.verbs.chat import CHAT
from fluent_ai.verbs.count_tokens import COUNT_TOKENS
from hypothesis import given, settings
from made_histories import HISTORIES
from recordings import REASON, recorded

pytest.importorskip("jsonschema", reason="schemas are judged by jsonschema")
from request_schemas import BodySchema, find_post, sent_body

SPECS = recorded("api-specs")
FILES: dict[str, tuple[str, ...]] = {
    "ai21": ("ai21/openapi.json",),
    "anthropic": ("anthropic/openapi.yaml.gz",),
    "azure": ("azure/azure-openai-v1.json.gz", "azure/azure-openai-inference.json.gz"),
    "azure_deployments": ("azure/azure-openai-inference.json.gz",),
    "azure_foundry": ("azure/azure-ai-model-inference.json",),
    "cloudflare": ("cloudflare/openapi-ai-subset-2024-08-06.json",),
    "cohere": ("cohere/openapi.yaml.gz",),
    "deepinfra": ("deepinfra/openapi.json",),
    "deepseek": ("deepseek/chat.unverified.yml",),
    "gemini": ("gemini/openapi-converted-v1beta.json",),
    "github": ("azure/azure-ai-model-inference.json",),
    "groq": ("groq/openapi.yaml",),
    "huggingface": ("huggingface/tgi-openapi.json",),
    "jina": ("jina/openapi.json",),
    "minimax": ("minimax/post_v1_text_chatcompletion_v2.yaml", "minimax/openapi-media.third-party.yaml"),
    "mistral": ("mistral/openapi.yaml.gz",),
    "moonshot": ("moonshot/openapi.yaml",),
    "ollama": ("ollama/openapi.yaml",),
    "openai": ("openai/openapi.yaml.gz",),
    "openrouter": ("openrouter/openapi.yaml.gz",),
    "perplexity": ("perplexity/openapi.json",),
    "qianwen": ("qianwen/openapi.unverified.yml",),
    "together": ("together/openapi.yaml.gz",),
    "voyageai": ("voyageai/openapi-fixed.yaml",),
    "xai": ("xai/openapi-third-party.yaml",),
    "zhipuai": ("zhipuai/openapi-zai-global.json",),
}
COMPATIBLE = (
    "baseten", "cerebras", "cloudflare_gateway", "databricks", "fireworks", "friendli", "hyperbolic", "litellm",
    "llama_cpp", "lm_studio", "nebius", "novita", "nvidia", "openai_compatible", "sambanova", "sglang", "siliconflow",
    "snowflake", "stepfun", "vercel", "vllm", "volcengine", "watsonx",
)  # fmt: skip
"""Rows without a specification here: they promise OpenAI's."""
FILES |= {**dict.fromkeys(COMPATIBLE, FILES["openai"]), "tgi": FILES["huggingface"]}
GENERATE = ("vertexai/discovery-aiplatform.v1.json.gz", "#/schemas/GoogleCloudAiplatformV1GenerateContentRequest")
PREDICT = ("vertexai/discovery-aiplatform.v1.json.gz", "#/schemas/GoogleCloudAiplatformV1PredictRequest")
EMBED_CONTENT = ("vertexai/discovery-aiplatform.v1.json.gz", "#/schemas/GoogleCloudAiplatformV1EmbedContentRequest")
COUNT = ("vertexai/discovery-aiplatform.v1.json.gz", "#/schemas/GoogleCloudAiplatformV1CountTokensRequest")
NAMED: Mapping[tuple[str, str], tuple[str, str]] = {
    ("bedrock", "bedrock_converse"): ("bedrock/bedrock-runtime.service-2.json", "#/shapes/ConverseStreamRequest"),
    ("huggingface", "feature_extraction"): ("huggingface/tasks/feature-extraction.input.json", "#"),
    ("huggingface", "huggingface_images"): ("huggingface/tasks/text-to-image.input.json", "#"),
    ("huggingface", "huggingface_speech"): ("huggingface/tasks/text-to-speech.input.json", "#"),
    ("huggingface", "huggingface_transcription"): ("huggingface/tasks/automatic-speech-recognition.input.json", "#"),
    ("bedrock", "bedrock_count_tokens"): ("bedrock/bedrock-runtime.service-2.json", "#/shapes/CountTokensRequest"),
    ("vertexai", "gemini"): GENERATE,
    ("vertexai", "gemini_images"): GENERATE,
    ("vertexai", "gemini_speech"): GENERATE,
    ("vertexai", "imagen"): PREDICT,
    ("vertexai", "vertex_count_tokens"): COUNT,
    ("vertexai", "vertex_embed_content"): EMBED_CONTENT,
    ("vertexai", "vertex_embeddings"): PREDICT,
    ("vertexai", "vertex_multimodal"): PREDICT,
}
"""Where no path leads to the schema: its document and place there."""
ALIASES: Mapping[tuple[str, str], str] = {
    ("minimax", "/v1/chat/completions"): "/v1/text/chatcompletion_v2",
    ("perplexity", "/chat/completions"): "/v1/sonar",
}
"""Paths that the specification has under another name."""
MODELS: Mapping[tuple[str, Capability, str], str] = {
    ("cloudflare", "images", "*"): "@cf/stabilityai/stable-diffusion-xl-base-1.0",
    ("ai21", "chat", "*"): "jamba-large",
    ("anthropic", "chat", "*"): "claude-sonnet-4-5",
    ("deepseek", "chat", "*"): "deepseek-chat",
    ("gemini", "chat", "*"): "gemini-2.5-flash",
    ("minimax", "chat", "*"): "MiniMax-M2",
    ("moonshot", "chat", "*"): "kimi-k2.6",
    ("moonshot", "chat", "kimi-k3*"): "kimi-k3",
    ("perplexity", "chat", "*"): "sonar-pro",
    ("perplexity", "embeddings", "*"): "pplx-embed-v1-4b",
    ("together", "transcription", "*"): "openai/whisper-large-v3",
    ("zhipuai", "chat", "*"): "glm-4.6",
    ("zhipuai", "images", "*"): "glm-image",
    ("zhipuai", "transcription", "*"): "glm-asr-2512",
    ("jina", "embeddings", "jina-embeddings-v2*"): "jina-embeddings-v2-base-en",
    ("jina", "embeddings", "jina-embeddings-v3*"): "jina-embeddings-v3",
    ("jina", "embeddings", "jina-embeddings-v5*"): "jina-embeddings-v5-text-small",
    ("jina", "embeddings", "jina-clip-*"): "jina-clip-v2",
    ("jina", "embeddings", "jina-code-*"): "jina-code-embeddings-1.5b",
    ("jina", "embeddings", "*"): "jina-embeddings-v4",
    ("jina", "rerank", "*"): "jina-reranker-v2-base-multilingual",
    ("vertexai", "chat", "*"): "gemini-2.5-flash",
    ("moonshot", "token_counting", "*"): "kimi-k2.6",
}
"""Models whose ids matter to the request, or to the specification."""


def model_of(row: Manifest, capability: Capability, route: Route) -> str:
    """A model that takes this route, if need be because of the tools that the provider runs there."""
    model = MODELS.get((row.id, capability, route.models)) or route.models.replace("*", "x")
    first = next(each for each in row.routes(capability) if fnmatchcase(model, each.models))
    assert first is route or set(route.hosted_tools) - set(first.hosted_tools)
    return model


def credentials(row: Manifest) -> Credentials:
    if not row.base_url:
        return Credentials({row.id: "test-key-0123456789"}, {row.id: "https://models.example.com/v1"})
    variables = {
        name: next(iter(part.known), "acme") for name, part in row.variables.items() if not part.of and not part.choices
    }
    return Credentials({row.id: "test-key-0123456789"}, {row.id: variables} if variables else None)


def requests_of(row: Manifest, capability: Capability, route: Route) -> Iterator[tuple[str, HttpRequest]]:
    """A request for each option, with its name; without those that this route refuses."""
    model = model_of(row, capability, route)
    conversing: Mapping[str, Verb[Any, Any, Any, Any]] = {"chat": CHAT, "token_counting": COUNT_TOKENS}
    asks = conversing.get(capability)
    codec = serve(Target(row, route, model), asks or VERBS[capability][0], credentials(row))
    assert not isinstance(codec, Worker)
    if asks is not None:
        for name, (messages, options) in CHATS.items():
            try:
                (request,) = asks.build(Target(row, route, model), messages, options)
                made = codec.prepare(request)
            except ai.ConfigError:
                continue
            yield name, made.request
        return
    verb, subject, options = VERBS[capability]
    needed = {name: options[name] for name in route.requires}
    for name in ("plain", *options):
        try:
            given = needed | ({} if name == "plain" else {name: options[name]})
            found = [codec.prepare(each) for each in verb.build(Target(row, route, model), subject, given)]
        except ai.ConfigError:
            assert name != "plain"
            continue
        yield name, found[0].request


def schema_of(row: Manifest, route: Route, request: HttpRequest) -> BodySchema | None:
    if (row.id, route.protocol) in NAMED:
        file, pointer = NAMED[row.id, route.protocol]
        return BodySchema(SPECS / file, pointer)
    media_type = request.headers["content-type"].partition(";")[0]
    path = urlsplit(request.url).path
    for (provider, own), other in ALIASES.items():
        if provider == row.id and path.endswith(own):
            path = path.removesuffix(own) + other
    return find_post(tuple(SPECS / file for file in FILES.get(row.id, ())), path, media_type)


UNDESCRIBED: Mapping[tuple[str, str], str] = {
    ("azure", "openai_speech"): "the specification says a form, the service takes JSON as OpenAI's does",
    ("azure_deployments", "openai_speech"): "as azure",
    ("bedrock", "bedrock_images"): "botocore says of invoke that its body is bytes",
    ("bedrock", "bedrock_stability"): "as bedrock_images",
    ("bedrock", "cohere_embed"): "as bedrock_images",
    ("bedrock", "cohere_rerank"): "as bedrock_images",
    ("bedrock", "titan_embeddings"): "as bedrock_images",
    ("cloudflare", "cloudflare_transcription"): "the body is the file itself",
    ("cloudflare", "openai_chat"): "the specification is older than the path",
    ("cloudflare", "openai_embeddings"): "the specification is older than the path",
    ("ernie", "openai_chat"): "none is published",
    ("ernie", "openai_embeddings"): "none is published",
    ("gemini", "imagen"): "predict is not in the specification",
    ("huggingface", "tei_rerank"): "the specification of the servers that people run themselves is not here",
    ("hunyuan", "openai_chat"): "only the native actions are published",
    ("hunyuan", "openai_embeddings"): "only the native actions are published",
    ("jina", "openai_chat"): "the specification has the path without a schema",
    ("qianwen", "cohere_rerank"): "none is published",
    ("qianwen", "openai_chat"): "a sketch that somebody else wrote, without tools and files",
    ("qianwen", "openai_embeddings"): "a sketch that somebody else wrote, without dimensions",
    ("vertexai", "anthropic_count_tokens"): "rawPredict takes what the publisher takes",
    ("vertexai", "anthropic_messages"): "rawPredict takes what the publisher takes",
    ("vertexai", "openai_chat"): "rawPredict takes what the publisher takes",
    ("xai", "xai_tokenize_text"): "a sketch that somebody else wrote, without this call",
    ("xai", "openai_responses"): "a sketch that somebody else wrote, without tools and files",
    ("zhipuai", "openai_embeddings"): "not in the specification",
    **dict.fromkeys(((row, "cohere_rerank") for row in COMPATIBLE), "OpenAI has no such call"),
    **dict.fromkeys(((row, "anthropic_count_tokens") for row in COMPATIBLE), "OpenAI has no such call"),
    ("zhipuai", "openai_speech"): "not in the specification",
    ("zhipuai", "zhipu_moderation"): "not in the specification",
}
FILES_REFUSED = "the models of this provider take no such file, which the API says in better words than we could"
OLDER = "the specification is older than this field"
TGI = "the specification is of one server behind the router, which has other words than the router"
OTHERS = "somebody else wrote the specification, and the service was seen to take it"
EXCEPTIONS: dict[tuple[str, str], Mapping[str, str]] = {
    ("ai21", "openai_chat"): dict.fromkeys(("image", "image by URL", "audio", "document"), FILES_REFUSED),
    ("azure", "openai_chat"): {"reasoning none": OLDER},
    ("azure", "openai_images"): dict.fromkeys(
        ("quality", "background", "format", "images", "partial_images"), "a later version of the API is called"
    ),
    ("azure", "openai_responses"): {"reasoning none": OLDER},
    ("azure_deployments", "openai_chat"): {"reasoning none": OLDER, "document": OLDER},
    ("azure_foundry", "openai_chat"): {
        "audio": "it puts the format of sound beside the sound, and calls this OpenAI's form",
        "document": FILES_REFUSED,
    },
    ("deepinfra", "openai_chat"): {
        "document": FILES_REFUSED,
        **dict.fromkeys(OUTPUTS, "a schema that is meant strictly says so; the specification leaves the word out"),
    },
    ("deepinfra", "openai_images"): {"images": "edits answer as generations do; the specification leaves the word out"},
    ("deepseek", "openai_chat"): dict.fromkeys(
        (
            "calls", "call only", "tool_choice auto", "tool_choice none", "tool_choice required", "image",
            "image by URL", "audio", "document", "reasoning none", "reasoning low", "reasoning high", "stop", "seed",
        ),
        OTHERS,
    ),
    ("github", "openai_chat"): {"audio": "as azure_foundry", "document": FILES_REFUSED},
    ("groq", "openai_chat"): {"audio": FILES_REFUSED, "document": FILES_REFUSED},
    ("huggingface", "openai_chat"): {
        **dict.fromkeys(("calls", "call only"), TGI),
        **dict.fromkeys(("tool_choice auto", "tool_choice none", "tool_choice required", "tool_choice by name"), TGI),
        "audio": FILES_REFUSED,
        "document": FILES_REFUSED,
        **dict.fromkeys(OUTPUTS, TGI),
        **dict.fromkeys(("reasoning none", "reasoning low", "reasoning high"), TGI),
    },
    ("minimax", "openai_chat"): dict.fromkeys(CHATS, "the specification is of an older path, without stream_options"),
    ("mistral", "openai_chat"): {"document": FILES_REFUSED},
    ("moonshot", "openai_chat"): {
        **dict.fromkeys(("calls", "call only"), "the specification forgets the calls in messages"),
        **dict.fromkeys(("temperature", "top_p"), "Kimi fixes them, and says so"),
        "audio": FILES_REFUSED,
        "document": FILES_REFUSED,
    },
    ("moonshot", "moonshot_token_count"): {
        **dict.fromkeys(("calls", "call only"), "as its chat"),
        "audio": FILES_REFUSED,
        "document": FILES_REFUSED,
    },
    ("ollama", "ollama_chat"): dict.fromkeys(("calls", "call only"), "the specification forgets the id of calls"),
    ("perplexity", "openai_chat"): {"audio": FILES_REFUSED, "document": FILES_REFUSED},
    ("perplexity", "perplexity_agent"): {"document": FILES_REFUSED, "reasoning none": "the model says so"},
    ("together", "openai_chat"): {
        **dict.fromkeys(("calls", "call only"), "the specification asks for an index of calls"),
        "tool_choice by name": "the specification asks for arguments in a choice",
        "document": FILES_REFUSED,
    },
    ("voyageai", "voyage_multimodal"): {"dimensions": OLDER},
    ("xai", "openai_chat"): dict.fromkeys(CHATS, f"{OTHERS}; it lacks stream_options"),
    ("xai", "openai_speech"): dict.fromkeys(("plain", "voice", "format", "speed"), "voices have other names"),
    ("zhipuai", "openai_chat"): dict.fromkeys(("image", "image by URL", "audio", "document"), FILES_REFUSED),
    ("zhipuai", "openai_images"): {"quality": "standard and hd, which the API says"},
}  # fmt: skip
"""Requests that break a specification which is wrong, old or of another model, and why we send them."""
BEYOND = "the server's own, beyond OpenAI's words"
EXCEPTIONS |= {
    ("azure_deployments", "openai_images"): EXCEPTIONS["azure", "openai_images"],
    ("tgi", "openai_chat"): EXCEPTIONS["huggingface", "openai_chat"],
    **{
        (row, "openai_chat"): {"top_k": BEYOND}
        for row in ("fireworks", "llama_cpp", "lm_studio", "openai_compatible", "sambanova", "sglang", "vllm")
    },
    ("siliconflow", "openai_chat"): dict.fromkeys(
        ("top_k", "reasoning none", "reasoning low", "reasoning high", "calls", "call only"), BEYOND
    ),
    ("volcengine", "openai_chat"): dict.fromkeys(("reasoning none", "reasoning low", "reasoning high"), BEYOND),
}

ROUTES = [
    (row, capability, route)
    for row in load_manifests().values()
    for capability in CAPABILITIES
    for route in row.routes(capability)
    if route.protocol not in ("worker", "estimate") and capability != "pull"
]


def route_name(value: object) -> str:
    return value.id if isinstance(value, Manifest) else getattr(value, "protocol", str(value))


@pytest.mark.skipif(not SPECS.exists(), reason=REASON)
@pytest.mark.parametrize(("row", "capability", "route"), ROUTES, ids=route_name)
def test_requests_are_as_specified(row: Manifest, capability: Capability, route: Route) -> None:
    problems = {}
    described = False
    for name, request in requests_of(row, capability, route):
        schema = None if (row.id, route.protocol) in UNDESCRIBED else schema_of(row, route, request)
        if schema is None:
            continue
        described = True
        if problem := schema.problem(sent_body(request.body, request.headers["content-type"])):
            problems[name] = problem
    assert described is not ((row.id, route.protocol) in UNDESCRIBED)
    allowed = EXCEPTIONS.get((row.id, route.protocol), {})
    assert {name: problem for name, problem in problems.items() if name not in allowed} == {}
    assert problems or not allowed, "exceptions that are not needed"


CHAT_ROUTES = [
    (row, route)
    for row, capability, route in ROUTES
    if capability == "chat" and (row.id, route.protocol) not in UNDESCRIBED
]


@pytest.mark.skipif(not SPECS.exists(), reason=REASON)
@pytest.mark.parametrize(("row", "route"), CHAT_ROUTES, ids=route_name)
@given(messages=HISTORIES)
@settings(max_examples=10, deadline=None)
def test_histories_are_as_specified(row: Manifest, route: Route, messages: list[ai.Message]) -> None:
    """Whatever a conversation held before, the provider's own schema takes it."""
    allowed = EXCEPTIONS.get((row.id, route.protocol), {})
    if {"plain", "calls", "image"} & allowed.keys():
        pytest.skip("the specification knows no such conversation")
    model = model_of(row, "chat", route)
    tools: Mapping[str, Any] = {} if row.quirks.tools == "none" else {"tools": [WEATHER]}
    codec = serve(Target(row, route, model), CHAT, credentials(row))
    assert not isinstance(codec, Worker)
    request = codec.prepare(CHAT.build(Target(row, route, model), messages, tools)[0]).request
    schema = schema_of(row, route, request)
    assert schema is not None
    body = sent_body(request.body, request.headers["content-type"])
    for item in body.get("input", ()) if isinstance(body, dict) else ():
        if item.get("type") == "reasoning":  # without `store`, Responses take one that has no id, which we may not know
            item.setdefault("id", "rs_1")
    assert schema.problem(body) == ""


@pytest.mark.skipif(not SPECS.exists(), reason=REASON)
def test_options_are_as_specified() -> None:
    """Names and JSON types of the providers' own chat options, wherever a specification has one of that name."""
    wrong = []
    seen = 0
    for row, capability, route in ROUTES:
        if capability != "chat" or (row.id, route.protocol) in UNDESCRIBED:
            continue
        _, request = next(requests_of(row, capability, route))
        schema = schema_of(row, route, request)
        assert schema is not None
        for option, kind in row.options.items():
            found = schema.types(option) or schema.types("generationConfig", option) or schema.types("options", option)
            seen += bool(found)
            if (row.id, option) == ("openrouter", "image_config"):
                continue  # its guide has an object, and the specification what the fields of one may be
            if found and kind not in found and not (kind == "number" and "integer" in found):
                wrong.append(f"{row.id}: {option} is {kind}, specified as {sorted(found)}")
    assert wrong == []
    assert seen > 150
