"""Conversations to send: any that a program could hold, and those that each protocol's replies make."""

from __future__ import annotations

from typing import Any

import fluent_ai as ai
from fluent_ai.protocols.table import chat_codec
from hypothesis import strategies as st
from written_streams import CASES
from written_streams.script import Case

PNG = b"\x89PNG\r\n\x1a\n the bytes of a picture"
MAKERS = {
    "openai_chat": ("openai", "gpt-4.1"),
    "openai_responses": ("openai", "gpt-5-pro"),
    "anthropic_messages": ("anthropic", "claude-opus-5"),
    "gemini": ("gemini", "gemini-3-pro-preview"),
    "cohere_v2": ("cohere", "command-a-03-2025"),
    "bedrock_converse": ("bedrock", "us.anthropic.claude-opus-4-1-20250805-v1:0"),
    "ollama_chat": ("ollama", "qwen3:8b"),
}
"""Protocol -> the provider and the model that are taken for the maker of a reply over it."""

_IDS = st.sampled_from(["call_0", "call_0", "toolu_01/x", "functions.f:0", "fc_" + "x" * 70, "é", "abcDEF123", "null"])
_TEXTS = st.sampled_from(["", " ", "\n\n", "hello", "and now? ", "\u2003", "{}"])
_FILES = st.sampled_from([ai.ImagePart(data=PNG), ai.ImagePart(data=PNG, detail="low")])
_CALLS = st.builds(
    ai.ToolCall, _IDS, st.sampled_from(["f", "g"]), st.sampled_from([{}, {"x": 1}, "{"]), st.just(value=True)
)
_OWNERS = st.sampled_from([*MAKERS.values(), ("mistral", "mistral-large-latest"), (None, None)])


@st.composite
def _reasoning(draw: st.DrawFn) -> ai.ReasoningPart:
    provider, model = draw(_OWNERS)
    signature, redacted = draw(st.sampled_from([(None, None), ("c2Vh", None), (None, "c2Vh")]))
    text = "" if redacted else draw(st.sampled_from(["", "hm", " "]))
    raw = draw(st.sampled_from([None, {"type": "reasoning.text", "id": "call_0"}]))
    return ai.ReasoningPart(text, signature, redacted, provider, model, raw)


_RESULTS = st.builds(ai.ToolResultPart, _IDS, _TEXTS, st.booleans(), st.sampled_from([(), (ai.ImagePart(data=PNG),)]))
_TEXT = st.builds(ai.TextPart, _TEXTS)
_HOSTED = st.sampled_from(
    [
        ai.ToolCallPart(ai.ToolCall("srv_1", "web_search", {"query": "x"}, hosted=True)),
        ai.HostedToolResultPart("srv_1", "found"),
        ai.UnknownPart("new_block", raw={"type": "new_block"}),
    ]
)
_MEDIA = st.sampled_from([ai.Media("image/png", PNG), ai.Media("audio/wav", b"RIFF....WAVE")])
_ASSISTANT = st.one_of(_TEXT, _reasoning(), st.builds(ai.ToolCallPart, _CALLS), _HOSTED, _MEDIA)

MESSAGES = st.one_of(
    st.builds(ai.Message, st.just("user"), st.lists(st.one_of(_TEXT, _FILES, _RESULTS), max_size=3), st.booleans()),
    st.builds(ai.Message, st.just("assistant"), st.lists(_ASSISTANT, max_size=5), st.booleans()),
    st.builds(ai.Message, st.just("tool"), st.lists(_RESULTS, max_size=3), st.booleans()),
    st.builds(ai.Message, st.just("system"), st.lists(_TEXT, max_size=2), st.booleans()),
)
HISTORIES = st.lists(MESSAGES, max_size=8).map(lambda messages: [*messages, ai.Message("user", "go on")])
"""Any messages in any order, and a user who wants an answer."""


def made_at(protocol: str) -> ai.Reply:
    """The richest of the written replies over a protocol, by the one that is taken for its maker."""
    return max(
        (_read(case) for case in CASES if case.protocol == protocol and not case.name.startswith("odd")), key=_rich
    )


def _rich(reply: ai.Reply) -> tuple[int, int, int]:
    sealed = sum(isinstance(part, ai.ReasoningPart) and bool(part.signature or part.redacted) for part in reply.parts)
    valid = sum(call.valid for call in reply.tool_calls)
    return min(valid, 2), sealed, len({type(part) for part in reply.parts})


def _read(case: Case) -> ai.Reply:
    provider, model = MAKERS[case.protocol]
    parser: Any = chat_codec(case.protocol).parser(provider)
    for piece in case.frames(case.rows):
        parser.feed(piece)
    try:
        parser.finish()
    except ai.FluentError:
        return ai.Reply()
    reply: ai.Reply = parser.partial
    parts = tuple(
        ai.ReasoningPart(part.text, part.signature, part.redacted, provider, model, part.raw)
        if isinstance(part, ai.ReasoningPart)
        else part
        for part in reply.parts
    )
    return ai.Reply(parts=parts, provider=provider, model=model)


def conversation(reply: ai.Reply) -> list[ai.Message]:
    """The user's picture, a reply that calls, results with a picture and with an error, an answer, and a question."""
    calls = reply.tool_calls
    results = [
        ai.ToolResultPart(call.id, "", is_error=True) if number else ai.ToolResultPart(call.id, "sunny", files=(
            ai.ImagePart(data=PNG),
        ))
        for number, call in enumerate(calls)
    ]  # fmt: skip
    maker: dict[str, Any] = {"provider": reply.provider, "model": reply.model}
    raw = {"type": "own", "id": "srv_1"}
    hosted = (
        ai.ToolCallPart(
            ai.ToolCall("srv_1", "web_search", {}, hosted=True), raw={"type": "srv", "id": "srv_1"}, **maker
        ),
        ai.HostedToolResultPart("srv_1", "found", raw=raw, **maker),
    )
    answer = ai.Reply(parts=(ai.TextPart("It is sunny."), ai.Media("image/png", PNG)), provider=reply.provider)
    return [
        ai.Message("user", [ai.TextPart("What is the weather?"), ai.ImagePart(data=PNG)]),
        ai.Message("assistant", (*hosted, *reply.message.parts)),
        *([ai.Message("tool", results)] if results else []),
        answer.message,
        ai.Message("user", "And tomorrow?"),
    ]
