"""Answers that other clients were reported to read wrongly, each rebuilt as a small input with its report."""

from __future__ import annotations

import json
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.protocols.chat.anthropic_messages_parser import AnthropicMessagesParser
from fluent_ai.protocols.chat.gemini_parser import GeminiParser
from fluent_ai.protocols.chat.ollama_chat_parser import OllamaChatParser
from fluent_ai.protocols.chat.openai_chat_parser import OpenAIChatParser
from fluent_ai.protocols.chat.openai_responses_parser import OpenAIResponsesParser
from fluent_ai.protocols.shared.api_errors import api_error
from fluent_ai.protocols.table import chat_codec
from protocol_checks import fail, read, sse


def chunk(finish: str | None = None, *, usage: Any = None, **delta: Any) -> dict[str, Any]:
    row = {"id": "i", "model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
    return row if usage is None else {**row, "usage": usage}


def call(index: int | None, id: str | None, name: str | None, arguments: str) -> dict[str, Any]:
    found = {"index": index, "id": id, "function": {"name": name, "arguments": arguments}}
    return {key: value for key, value in found.items() if value is not None}


def chat(*rows: Any) -> ai.Reply:
    return read(OpenAIChatParser("acme"), sse(rows))[1]


def calls(reply: ai.Reply) -> list[tuple[str, Any]]:
    return [(made.name, made.arguments) for made in reply.tool_calls]


def test_every_call_has_index_0() -> None:
    """BerriAI/litellm#21331, ai-dynamo/dynamo#4723."""
    reply = chat(
        chunk(tool_calls=[call(0, "a", "f", '{"x":')]),
        chunk(tool_calls=[call(0, None, None, "1}")]),
        chunk(tool_calls=[call(0, "b", "f", '{"x":2}')]),
        chunk("tool_calls"),
    )
    assert calls(reply) == [("f", {"x": 1}), ("f", {"x": 2})]


def test_calls_side_by_side_in_chunks_without_an_index() -> None:
    """noho/dayu-agent#82."""
    reply = chat(*(chunk(tool_calls=[call(None, name, name, "{}")]) for name in "fgh"), chunk("stop"))
    assert calls(reply) == [("f", {}), ("g", {}), ("h", {})]
    assert reply.finish_reason == "tool_calls"


def test_later_pieces_have_an_empty_name_and_id() -> None:
    """lmstudio-ai/lmstudio-bug-tracker#649."""
    pieces = [call(0, "a", "f", ""), *(call(0, "", "", text) for text in ('{"', "count", '":', " 1}"))]
    assert calls(chat(*(chunk(tool_calls=[piece]) for piece in pieces), chunk("tool_calls"))) == [("f", {"count": 1})]


def test_a_seal_that_comes_after_the_name_of_its_call() -> None:
    """NousResearch/hermes-agent#2997."""
    late = {"index": 0, "extra_content": {"google": {"thought_signature": "SEAL"}}}
    reply = chat(chunk(tool_calls=[call(0, "a", "f", "{}")]), chunk(tool_calls=[late]), chunk("tool_calls"))
    (part,) = reply.parts
    assert isinstance(part, ai.ToolCallPart)
    assert part.raw == {"extra_content": late["extra_content"]}


def test_an_empty_finish_reason_in_every_chunk() -> None:
    """sgl-project/sglang#3912, ollama/ollama#4357."""
    reply = chat(chunk("", content="a"), chunk("", content="b"), chunk("", content=""), chunk("stop", content="c"))
    assert (reply.text, reply.finish_reason, reply.raw_reason) == ("abc", "stop", "stop")


def test_usage_that_grows_with_every_chunk_is_not_summed() -> None:
    """lemma-work/lemma-platform#564, with Fireworks."""
    rows = [
        chunk(content=text, usage={"prompt_tokens": 100, "completion_tokens": number})
        for number, text in enumerate("abc", 1)
    ]
    reply = chat(*rows, chunk("stop", usage={"prompt_tokens": 100, "completion_tokens": 3}))
    assert reply.usage is not None
    assert (reply.text, reply.usage.input_tokens, reply.usage.output_tokens) == ("abc", 100, 3)


@pytest.mark.parametrize("before", [[], [chunk(content="so far")]], ids=["at once", "in the middle"])
@pytest.mark.parametrize(
    ("error", "kind"),
    [
        pytest.param("STREAM_EXPLODED", ai.ApiError, id="fox1245/NeoGraph#124"),
        pytest.param({"message": "queue full", "code": 429}, ai.RateLimited, id="BerriAI/litellm#40578"),
        pytest.param({"message": "quota exceeded"}, ai.ApiError, id="apache/rocketmq-dashboard#2178"),
    ],
)
@pytest.mark.parametrize("choices", [{}, {"choices": []}], ids=["alone", "beside no choices"])
def test_an_error_that_is_followed_by_done(
    before: list[Any], error: Any, kind: type[ai.ApiError], choices: dict[str, Any]
) -> None:
    body = sse([*before, {"id": "i", "object": "chat.completion.chunk", **choices, "error": error}])
    _, raised = fail(OpenAIChatParser("acme"), body + b"data: [DONE]\n\n")
    assert isinstance(raised, kind)
    assert isinstance(raised.partial, ai.Reply)
    assert raised.partial.text == ("so far" if before else "")


def test_a_stream_with_nothing_in_it() -> None:
    """earendil-works/pi#2537."""
    for body in (b"", b": ping\n\n", b"data: [DONE]\n\n"):
        assert isinstance(fail(OpenAIChatParser("acme"), body)[1], ai.StreamTruncated)


def test_a_reply_that_ends_while_a_call_is_written() -> None:
    """earendil-works/pi#9897."""
    _, raised = fail(OpenAIChatParser("acme"), sse([chunk(tool_calls=[call(0, "a", "rm", '{"path": "/')])]))
    assert isinstance(raised, ai.StreamTruncated)
    assert isinstance(raised.partial, ai.Reply)
    assert [made.valid for made in raised.partial.tool_calls] == [False]


def event(kind: str, **fields: Any) -> dict[str, Any]:
    return {"type": f"response.{kind}", "output_index": 0, "item_id": "i", **fields}


ADDED = event(
    "output_item.added", item={"type": "function_call", "id": "i", "call_id": "c", "name": "f", "arguments": ""}
)


def responses(*rows: Any, output: Any = (), status: str = "completed", **fields: Any) -> ai.Reply:
    end = {"type": f"response.{status}", "response": {"id": "r", "status": status, "output": output, **fields}}
    return read(OpenAIResponsesParser("acme"), sse([*rows, end]))[1]


def test_arguments_that_come_only_with_their_end() -> None:
    """earendil-works/pi#2745, iii-hq/workers#1020; the item says `{}` at LM Studio, earendil-works/pi#917."""
    done = event("function_call_arguments.done", arguments='{"x":1}')
    for arguments in ('{"x":1}', "{}", ""):
        item = {**ADDED["item"], "arguments": arguments}
        reply = responses(ADDED, done, event("output_item.done", item=item), output=[item])
        assert calls(reply) == [("f", {"x": 1})]


def test_the_whole_response_repeats_nothing() -> None:
    """BerriAI/litellm#32724: its output is empty, although all of it came before."""
    item = {"type": "message", "id": "i", "content": [{"type": "output_text", "text": "Hello"}]}
    rows = [event("output_text.delta", delta="Hello"), event("output_item.done", item=item)]
    assert responses(*rows).text == responses(*rows, output=[item]).text == "Hello"


def test_text_that_comes_only_with_its_end() -> None:
    """Sophomoresty/gemini-web2api#57."""
    assert responses(event("output_text.done", text="Hello")).text == "Hello"


def test_a_response_that_the_limit_cut() -> None:
    """langchain-ai/langchain#33840."""
    reply = responses(
        event("output_text.delta", delta="Hel"), status="incomplete", incomplete_details={"reason": "max_output_tokens"}
    )
    assert (reply.text, reply.finish_reason) == ("Hel", "length")


def message(*rows: Any, stop: str = "end_turn") -> ai.Reply:
    start = {"type": "message_start", "message": {"id": "m", "model": "c", "usage": {"input_tokens": 100}}}
    usage = {"input_tokens": 100, "cache_read_input_tokens": 40, "output_tokens": 9}
    end = {"type": "message_delta", "delta": {"stop_reason": stop}, "usage": usage}
    return read(AnthropicMessagesParser("acme"), sse([start, *rows, end, {"type": "message_stop"}]))[1]


TOOL = {
    "type": "content_block_start",
    "index": 0,
    "content_block": {"type": "tool_use", "id": "t", "name": "f", "input": {}},
}


def partial(text: str) -> dict[str, Any]:
    return {"type": "content_block_delta", "index": 0, "delta": {"type": "input_json_delta", "partial_json": text}}


def test_input_that_is_told_at_the_start_and_at_the_end_is_counted_once() -> None:
    """pydantic/pydantic-ai#2770, envoyproxy/ai-gateway#2239, mozilla-ai/any-llm#622."""
    usage = message().usage
    assert usage is not None
    assert (usage.input_tokens, usage.cached_input_tokens, usage.output_tokens) == (100, 40, 9)


def test_a_tool_without_arguments() -> None:
    """BerriAI/litellm#5063, activeagents/activeagent#299."""
    assert calls(message(TOOL, partial(""), {"type": "content_block_stop", "index": 0}, stop="tool_use")) == [("f", {})]


def test_arguments_that_lost_their_beginning() -> None:
    """vllm-project/vllm#34887, anthropics/anthropic-sdk-python#1265: the call is there, and not valid."""
    reply = message(TOOL, partial('code":'), partial(' "uptime"}'), stop="tool_use")
    (made,) = reply.tool_calls
    assert (made.valid, made.arguments) == (False, 'code": "uptime"}')


def gemini(*candidates: dict[str, Any]) -> ai.Reply:
    return read(GeminiParser("gemini"), sse({"candidates": [each], "usageMetadata": {}} for each in candidates))[1]


def test_a_gemini_reply_that_only_says_why_it_ended() -> None:
    """pydantic/pydantic-ai#3300 and #631: no content, no model, no id; `content` may be an empty object."""
    for content in ({}, {"content": {}}, {"content": {"role": "model", "parts": []}}):
        reply = gemini({**content, "finishReason": "MALFORMED_FUNCTION_CALL", "index": 0})
        assert (reply.parts, reply.finish_reason) == ((), "error")


def test_empty_parts_before_a_call_of_gemini() -> None:
    """run-llama/LlamaIndexTS#1993."""
    reply = gemini(
        {"content": {"parts": [{"text": ""}, {}]}},
        {"content": {"parts": [{"functionCall": {"name": "f", "args": {}}}]}, "finishReason": "STOP"},
    )
    assert calls(reply) == [("f", {})]
    assert len(reply.parts) == 1


def test_calls_of_ollama_are_apart_and_end_the_turn() -> None:
    """BerriAI/litellm#33678 and #37792: each has index 0, and the reason is `stop`."""
    found = [{"function": {"index": 0, "name": "f", "arguments": {"x": number}}} for number in (1, 2)]
    rows = [{"message": {"role": "assistant", "content": "", "tool_calls": [each]}, "done": False} for each in found]
    body = b"".join(json.dumps(row).encode() + b"\n" for row in [*rows, {"done": True, "done_reason": "stop"}])
    reply = read(OllamaChatParser("ollama"), body)[1]
    assert calls(reply) == [("f", {"x": 1}), ("f", {"x": 2})]
    assert reply.finish_reason == "tool_calls"
    assert len({made.id for made in reply.tool_calls}) == 2


@pytest.mark.parametrize("status", [400, 500])
@pytest.mark.parametrize(
    ("provider", "body", "kind"),
    [
        pytest.param(
            "vllm", {"message": "The prompt (total length 9000) is too long to fit into the model (context 4096)."},
            ai.ContextTooLong, id="vllm-project/vllm#12165",
        ),
        pytest.param(
            "acme", {"error": "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 96. Given: 500"},
            ai.ContextTooLong, id="TGI",
        ),
        pytest.param("ernie", {"error": {"code": "tokens_too_long", "message": "Prompt tokens too long"}},
                     ai.ContextTooLong, id="Qianfan"),
        pytest.param("groq", {"error": {"message": "'messages.1' : property 'reasoning_content' is unsupported",
                     "type": "invalid_request_error"}}, ai.InvalidRequest, id="janhq/jan#8136"),
    ],
)  # fmt: skip
def test_what_a_refusal_means(provider: str, status: int, body: Any, kind: type[ai.ApiError]) -> None:
    error = api_error(provider, status, {}, json.dumps(body).encode())
    assert type(error) is (kind if status == 400 else ai.ServerError)


def test_no_protocol_takes_an_end_of_its_framing_for_a_reply() -> None:
    """A proxy that answers 200 and closes: nobody may take it for an empty success."""
    for protocol in ("openai_chat", "openai_responses", "anthropic_messages", "gemini", "cohere_v2"):
        parser: Any = chat_codec(protocol).parser("acme")
        assert isinstance(fail(parser, b": keep-alive\n\n")[1], ai.StreamTruncated)
