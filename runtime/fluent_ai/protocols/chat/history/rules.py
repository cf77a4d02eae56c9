"""The rules of each dialect: what its servers accept as a conversation, and who says so.

A dialect is a protocol, or what a row (`quirks.history`) or the vendor of a model demands beyond it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Literal

import msgspec

from fluent_ai.content.requests import FileKind
from fluent_ai.protocols.chat.history.claude import thinks_adaptively
from fluent_ai.providers.endpoints import Endpoint


class CallIds(msgspec.Struct, frozen=True):
    """The ids of tool calls that are accepted: characters, as in a class of a regular expression, and length."""

    characters: str = r"\s\S"
    least: int = 1
    most: int = 64


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What a dialect accepts. The defaults are what OpenAI's chat completions accept."""

    tools: bool = True
    """There are calls and results."""
    hosted: bool = False
    """Calls and results of tools that the provider ran itself go back to it, as they came."""
    call_ids: CallIds = CallIds()
    """Ids of calls; they are unique in a conversation everywhere."""
    blank_text: bool = True
    """Text parts may be blank."""
    blank_error: bool = True
    """The result of a tool that failed may be blank."""
    blank_result: bool = True
    """So may any other result."""
    text_beside_calls: bool = True
    """A turn of the assistant that calls may say something as well."""
    trailing_reasoning: bool = True
    """A turn of the assistant may end with reasoning."""
    trailing_space: bool = True
    """A turn of the assistant that is to be continued may end with white space."""
    user_first: bool = False
    """The conversation begins with the user."""
    alternates: bool = False
    """Messages of one role that follow each other have to be one message, and those of the system come first."""
    bridge: str | None = None
    """What the assistant is made to say between a tool's result and the user, who may not follow it."""
    files: tuple[FileKind, ...] = ("image", "audio", "document")
    """The files that a turn of the user may hold."""
    urls: tuple[FileKind, ...] = ("image",)
    """Those of them that may be named by a URL."""
    result_files: Literal["inside", "after"] = "after"
    """Files of tools stand in the result, or in a message of the user after it."""
    reply_images: Literal["inside", "sealed", "after"] = "after"
    """Images that the model made stand in its own turn, or there if they are sealed, or in the user's turn after it."""
    reply_files: bool = False
    """Sound and other files that the model made may go back in its own turn."""
    reasoning_placeholder: str | None = None
    """What stands for the reasoning of a turn that has none of its own; None where none is demanded."""
    image_detail: bool = False
    """Images may say how closely to look."""
    cache_marks: int | None = None
    """The most messages that may be marked for the cache; None where there are no marks."""
    thinks_through_tools: bool = False
    """With reasoning on, the turn whose calls are being answered begins with reasoning of the model's own."""
    seals: Literal["family", "row"] = "family"
    """What is sealed goes back to its provider and model family, or to any model of its provider."""


_ANTHROPIC_IDS = CallIds(r"A-Za-z0-9_-", most=64)

DIALECTS: Mapping[str, Mapping[str, Any]] = {
    "anthropic_messages": {
        "hosted": True,
        "call_ids": _ANTHROPIC_IDS,
        "blank_text": False,
        "blank_error": False,
        "trailing_reasoning": False,
        "trailing_space": False,
        "user_first": True,
        "files": ("image", "document"),
        "urls": ("image", "document"),
        "result_files": "inside",
        "cache_marks": 4,
    },
    "bedrock_converse": {
        "hosted": True,
        "call_ids": CallIds(r"A-Za-z0-9_.:-", most=64),
        "blank_text": False,
        "blank_error": False,
        "trailing_reasoning": False,
        "trailing_space": False,
        "user_first": True,
        "urls": (),
        "result_files": "inside",
        "cache_marks": 4,
    },
    "converse of others": {"blank_result": False},
    "converse of llama and mistral": {"bridge": "Understood.", "text_beside_calls": False},
    "gemini": {"hosted": True, "urls": ("image", "audio", "document"), "reply_images": "inside", "reply_files": True},
    "cohere_v2": {"files": ("image",), "seals": "row"},
    "ollama_chat": {"files": ("image",), "urls": ()},
    "openai_chat": {"image_detail": True},
    "openai_responses": {
        "hosted": True,
        "trailing_reasoning": False,
        "files": ("image", "document"),
        "urls": ("image", "document"),
        "result_files": "inside",
        "image_detail": True,
    },
    "mistral_conversations": {
        "hosted": True,
        "call_ids": CallIds("A-Za-z0-9", 9, 9),
        "files": ("image", "document"),
        "urls": ("image", "document"),
    },
    "perplexity_agent": {
        "trailing_reasoning": False,
        "files": ("image", "document"),
        "urls": ("image", "document"),
    },
    "gemini 3": {"reply_images": "sealed"},
    # Of rows.
    "azure": {"call_ids": CallIds(most=40), "result_files": "after", "seals": "row"},
    "deepseek": {"reasoning_placeholder": " "},
    "litellm": {"call_ids": CallIds(most=65536)},
    "moonshot": {"call_ids": CallIds(most=128), "reasoning_placeholder": " "},
    "openai": {"call_ids": CallIds(most=40)},
    "siliconflow": {"reasoning_placeholder": " "},
    "openrouter": {"reply_images": "inside", "seals": "row"},
    "perplexity": {"tools": False, "image_detail": False, "alternates": True, "user_first": True},
    # Of the vendors of models, whoever hosts them over chat completions.
    "claude": {"call_ids": _ANTHROPIC_IDS},
    "claude with budgets": {"thinks_through_tools": True},
    "mistral": {"call_ids": CallIds("A-Za-z0-9", 9, 9), "bridge": "Understood.", "result_files": "inside"},
}
"""Dialect -> where it differs from the defaults of `Rules`."""

SOURCES: Mapping[tuple[str, str], str] = {
    ("anthropic_messages", "hosted"): "RequestServerToolUseBlock and its results in Anthropic's specification",
    ("anthropic_messages", "call_ids"): "tool_use.id: pattern ^[a-zA-Z0-9_-]+$ of Anthropic's specification",
    ("anthropic_messages", "blank_text"): "400 text content blocks must contain non-whitespace text",
    ("anthropic_messages", "blank_error"): "400 tool_result: content cannot be empty if `is_error` is true",
    ("anthropic_messages", "trailing_reasoning"):
        "400 The final block in an assistant message cannot be `thinking`",
    ("anthropic_messages", "trailing_space"): "400 final assistant content cannot end with trailing whitespace",
    ("anthropic_messages", "user_first"): "https://docs.claude.com/en/api/messages: the first message is the user's",
    ("anthropic_messages", "files"): "RequestImageBlock and RequestDocumentBlock of Anthropic's specification",
    ("anthropic_messages", "urls"): "URLImageSource and URLPDFSource of Anthropic's specification",
    ("anthropic_messages", "result_files"): "https://docs.claude.com/en/docs/agents-and-tools/tool-use/implement-tool-use",
    ("anthropic_messages", "cache_marks"):
        "400 A maximum of 4 blocks with cache_control may be provided; "
        "https://docs.claude.com/en/docs/build-with-claude/prompt-caching",
    ("bedrock_converse", "hosted"): "ToolUseBlock.type of the service model: server_tool_use",
    ("bedrock_converse", "call_ids"): "ToolUseId of the service model: [a-zA-Z0-9_.:-]+, at most 64",
    ("bedrock_converse", "blank_text"): "400 The text field in the ContentBlock object is blank",
    ("bedrock_converse", "blank_error"): "400 toolResult cannot be empty when status value is error",
    ("bedrock_converse", "trailing_reasoning"): "as Anthropic's, whose models it hosts",
    ("bedrock_converse", "trailing_space"): "as Anthropic's, whose models it hosts",
    ("bedrock_converse", "user_first"): "400 A conversation must start with a user message",
    ("bedrock_converse", "urls"): "ImageSource of the service model: bytes, or a location in S3",
    ("bedrock_converse", "result_files"): "ToolResultContentBlock of the service model: text, image, document",
    ("bedrock_converse", "cache_marks"): "https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html: 4",
    ("converse of others", "blank_result"):
        "Nemotron refuses a toolResult whose content is empty (strands-agents/sdk-python#2123)",
    ("converse of llama and mistral", "bridge"):
        "400 Conversation blocks and tool result blocks cannot be provided in the same turn "
        "(browser-use/browser-use#710)",
    ("converse of llama and mistral", "text_beside_calls"):
        "400 Conversation blocks and tool use blocks cannot be provided in the same turn "
        "(quarkiverse/quarkus-langchain4j#1983)",
    ("gemini", "hosted"): "https://ai.google.dev/api/caching#Part: executableCode and codeExecutionResult",
    ("gemini", "urls"): "https://ai.google.dev/api/caching#FileData",
    ("gemini", "reply_images"): "https://ai.google.dev/gemini-api/docs/image-generation: multi-turn editing",
    ("gemini", "reply_files"): "https://ai.google.dev/api/caching#Content: parts of one turn may be of any kind",
    ("gemini 3", "reply_images"): "400 Image part is missing a thought_signature",
    ("cohere_v2", "files"): "https://docs.cohere.com/v2/reference/chat: content is text or image_url",
    ("cohere_v2", "seals"): "https://docs.cohere.com/v2/docs/reasoning: thinking is text, and nothing of it is sealed",
    ("ollama_chat", "files"): "https://docs.ollama.com/api/chat: images of a message",
    ("ollama_chat", "urls"): "https://docs.ollama.com/api/chat: images are base64",
    ("openai_chat", "image_detail"): "https://platform.openai.com/docs/api-reference/chat/create: image_url.detail",
    ("openai_responses", "hosted"): "InputItem of OpenAI's specification: the items of an output",
    ("openai_responses", "trailing_reasoning"):
        "400 Item of type 'reasoning' was provided without its required following item",
    ("openai_responses", "files"): "InputContent of OpenAI's specification: text, image, file",
    ("openai_responses", "urls"): "input_image.image_url and input_file.file_url of OpenAI's specification",
    ("openai_responses", "result_files"): "FunctionAndCustomToolCallOutput of OpenAI's specification",
    ("openai_responses", "image_detail"): "input_image.detail of OpenAI's specification",
    ("mistral_conversations", "hosted"): "InputEntries of Mistral's specification: ToolExecutionEntry",
    ("mistral_conversations", "call_ids"): "as mistral, whose models it serves",
    ("mistral_conversations", "files"): "MessageInputContentChunks of Mistral's specification: text, image, document",
    ("mistral_conversations", "urls"): "ImageURLChunk and DocumentURLChunk of Mistral's specification",
    ("perplexity_agent", "trailing_reasoning"): "as openai_responses, which it follows",
    ("perplexity_agent", "files"): "as openai_responses, which it follows",
    ("perplexity_agent", "urls"): "as openai_responses, which it follows",
    ("azure", "call_ids"): "as openai, whose models it hosts",
    ("azure", "result_files"): "function_call_output.output of Azure's specification is a text",
    ("azure", "seals"): "models go by the names of deployments there, which are the caller's own",
    ("moonshot", "call_ids"):
        "https://platform.moonshot.ai/docs: ids are functions.NAME:NUMBER, which its models read, and have no bound",
    ("deepseek", "reasoning_placeholder"):
        "400 The `reasoning_content` in the thinking mode must be passed back to the API; a space is the shortest that "
        "is accepted (NousResearch/hermes-agent#17341)",
    ("litellm", "call_ids"):
        "https://docs.litellm.ai/blog/gemini_3: an id holds the signature of its call, which is lost with it",
    ("moonshot", "reasoning_placeholder"):
        "400 thinking is enabled but reasoning_content is missing in assistant message; an empty one is refused "
        "(charmbracelet/crush#2696)",
    ("openai", "call_ids"): "400 Invalid 'messages[2].tool_calls[0].id': string too long, maximum length 40",
    ("siliconflow", "reasoning_placeholder"):
        "400 thinking is enabled but reasoning_content is missing in assistant tool call message (code 20015; "
        "agentscope-ai/QwenPaw#433)",
    ("openrouter", "reply_images"): "images of ChatAssistantMessage in OpenRouter's specification",
    ("openrouter", "seals"):
        "https://openrouter.ai/docs/use-cases/reasoning-tokens: details name their format, and go back as they came",
    ("perplexity", "tools"): "ChatMessage of Perplexity's specification: a role and content",
    ("perplexity", "image_detail"): "ChatMessageContentImageChunk of Perplexity's specification: a URL",
    ("perplexity", "alternates"): "400 After the (optional) system message(s), user and assistant roles should be "
        "alternating",
    ("perplexity", "user_first"): "the same; livekit/agents#1529",
    ("claude", "call_ids"): "as anthropic_messages: gateways pass the ids on",
    ("claude with budgets", "thinks_through_tools"):
        "400 When `thinking` is enabled, a final `assistant` message must start with a thinking block",
    ("mistral", "call_ids"): "400 Tool call id has to be a-z, A-Z, 0-9, with a length of 9",
    ("mistral", "bridge"): "400 Unexpected role 'user' after role 'tool' (code 3230)",
    ("mistral", "result_files"): "ToolMessage.content of Mistral's specification: ContentChunk",
}  # fmt: skip
"""Who says so: a page of the vendor's, its specification, or the error that its server gives."""

_VENDORS = (
    (re.compile(r"(?:^|[/:.])(?:open-)?(?:mistral|mixtral|ministral|codestral|magistral|devstral|pixtral|voxtral)"),
     "mistral"),
    (re.compile(r"(?:^|[/:.])claude"), "claude"),
    (re.compile(r"(?:^|/)(?:gpt|o\d|chatgpt)(?![a-z])"), "openai"),
)  # fmt: skip
"""Model ids, and the dialect that servers of these models have over chat completions."""


_LLAMA_OR_MISTRAL = re.compile(r"(?:^|[./])(?:meta\.llama|mistral\.)")
_GEMINI_3 = re.compile(r"(?:^|/)gemini-(?:[3-9]|\d\d)")


def dialects(endpoint: Endpoint, model: str) -> tuple[str, ...]:
    """The dialects that apply to a model at an endpoint; a later one is more particular."""
    return _dialects(endpoint.route.protocol, endpoint.manifest.quirks.history, model)


@lru_cache(1024)
def _dialects(protocol: str, row: str, model: str) -> tuple[str, ...]:
    found = [protocol] if protocol in DIALECTS else []
    if protocol == "openai_chat":
        found += [name for pattern, name in _VENDORS if pattern.search(model.lower())]
    elif protocol in ("anthropic_messages", "bedrock_converse") and "claude" in model and not thinks_adaptively(model):
        found.append("claude with budgets")
    elif protocol == "bedrock_converse" and "claude" not in model:
        found.append("converse of others")
        if _LLAMA_OR_MISTRAL.search(model):
            found.append("converse of llama and mistral")
    elif protocol == "gemini" and _GEMINI_3.search(model):
        found.append("gemini 3")
    if row and protocol in ("openai_chat", "openai_responses"):
        found.append(row)
    return tuple(found)


def rules_for(endpoint: Endpoint, model: str) -> Rules:
    """The rules of a model at an endpoint."""
    return _rules(dialects(endpoint, model))


@cache
def _rules(names: tuple[str, ...]) -> Rules:
    fields: dict[str, Any] = {}
    for name in names:
        fields |= DIALECTS[name]
    return Rules(**fields)
