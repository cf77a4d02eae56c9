"""Calls, images, sound and sources of chat completions, in the spellings of their many speakers."""

from __future__ import annotations

import base64
import json
import secrets
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai import laws
from fluent_ai.content.call_ids import is_our_call_id, new_call_id
from fluent_ai.protocols.chat.openai_chat import OpenAIChat
from fluent_ai.protocols.chat.openai_chat_parser import OpenAIChatParser
from own_ids import own_id
from protocol_checks import body_of


def read(*rows: Any, whole: bool = False) -> tuple[list[ai.Event], ai.Reply]:
    """The events and the reply, the same however the body is cut."""
    bodies = [json.dumps(row).encode() for row in rows]
    data = bodies[0] if whole else b"".join(b"data: %s\n\n" % body for body in bodies)
    found = []
    for pieces in ([data], [data[at : at + 1] for at in range(len(data))]):
        parser = OpenAIChatParser("acme")
        events = [event for piece in pieces for event in parser.feed(piece)] + parser.finish()
        laws.validate(events)
        found.append(events)
    assert found[0] == found[1]
    return found[0], ai.fold(found[0])


def delta(finish: str | None = None, **fields: Any) -> dict[str, Any]:
    return {"id": "i", "model": "m", "choices": [{"index": 0, "delta": fields, "finish_reason": finish}]}


def call(index: int | None = None, id: str | None = None, name: str | None = None, arguments: Any = None) -> Any:
    return {"index": index, "id": id, "function": {"name": name, "arguments": arguments}}


CASES: list[tuple[str, list[list[Any]], list[tuple[str, str, dict[str, int]]]]] = [
    (
        "one id for both",
        [[call(0, "w", "f", '{"c":1}')], [call(1, "w", "f", '{"c":2}')]],
        [("w", "f", {"c": 1}), ("w", "f", {"c": 2})],
    ),
    (
        "one id, in pieces",
        [
            [call(0, "w", "f", '{"c"'), call(1, "w", "g", '{"d"')],
            [call(0, "w", None, ":1}")],
            [call(1, "w", None, ":2}")],
        ],
        [("w", "f", {"c": 1}), ("w", "g", {"d": 2})],
    ),
    (
        "one id, no index",
        [[call(None, "w", "f", '{"c":1}'), call(None, "w", "g", '{"d":2}')]],
        [("w", "f", {"c": 1}), ("w", "g", {"d": 2})],
    ),
    (
        "ids that are none",
        [[call(0, "null", "f", "{}"), call(1, "null", "g", "{}")]],
        [(own_id(0), "f", {}), (own_id(1), "g", {})],
    ),
    (
        "id late",
        [[call(0, None, "f")], [call(0, "a", None, '{"x":')], [call(0, "a", None, "1}")]],
        [("a", "f", {"x": 1})],
    ),
    ("name late", [[call(0, "a", None, '{"x":')], [call(0, None, "f", "1}")]], [("a", "f", {"x": 1})]),
    ("id after the arguments", [[call(0, None, "f", "{")], [call(0, "b", None, "}")]], [(own_id(0), "f", {})]),
    ("never a name", [[call(0, "a", None, "{}")]], [("a", "", {})]),
    (
        "id alone, later",
        [
            [call(None, "a", "f", "{")],
            [call(None, "b", "g", "{")],
            [call(None, "a", None, "}")],
            [call(None, "b", None, "}")],
        ],
        [("a", "f", {}), ("b", "g", {})],
    ),
]


@pytest.mark.parametrize(("deltas", "calls"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_calls_are_told_apart(deltas: list[list[Any]], calls: list[tuple[str, str, dict[str, int]]]) -> None:
    _, reply = read(*(delta(tool_calls=wires) for wires in deltas), delta("tool_calls"))
    assert [(made.id, made.name, made.arguments) for made in reply.tool_calls] == calls
    assert all(made.valid for made in reply.tool_calls)


def test_each_call_of_a_whole_message_is_its_own() -> None:
    calls = [call(None, "w", "f", '{"c":1}'), call(None, "w", "f", '{"c":2}'), call(None, None, "g")]
    message = {"role": "assistant", "content": "", "tool_calls": calls}
    _, reply = read({"id": "i", "choices": [{"message": message, "finish_reason": "tool_calls"}]}, whole=True)
    assert [(made.name, made.arguments) for made in reply.tool_calls] == [("f", {"c": 1}), ("f", {"c": 2}), ("g", {})]


def test_a_call_waits_for_its_name_only() -> None:
    parser = OpenAIChatParser("acme")

    def feed(wire: Any) -> list[str]:
        return [event.type for event in parser.feed(b"data: %s\n\n" % json.dumps(delta(tool_calls=[wire])).encode())]

    assert feed(call(0, "a")) == ["stream_start"]
    assert feed(call(0, None, None, "{")) == []
    assert feed(call(0, None, "f")) == ["tool_call_start", "tool_call_delta"]
    assert feed(call(0, None, None, "}")) == ["tool_call_delta"]


def test_ids_of_ours_never_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fluent_ai.content.call_ids.token_hex", secrets.token_hex)
    ids = [read_once(delta("tool_calls", tool_calls=[call(0, None, "f", "{}")])).tool_calls[0].id for _ in range(20)]
    assert len(set(ids)) == 20
    assert all(is_our_call_id(made) and len(made) <= 40 for made in [*ids, new_call_id(12), "call_3"])
    assert not any(is_our_call_id(made) for made in ("call_9aZ9aZ9aZ9aZ9aZ9aZ9aZ9aZ", "toolu_1", "call_1234", ""))


def read_once(row: Any) -> ai.Reply:
    parser = OpenAIChatParser("acme")
    return ai.fold([*parser.feed(b"data: %s\n\n" % json.dumps(row).encode()), *parser.finish()])


def test_a_call_of_a_custom_tool_and_the_old_form_of_a_call() -> None:
    custom = {"index": 0, "id": "c", "type": "custom", "custom": {"name": "sql", "input": "SELECT"}}
    more = {"index": 0, "custom": {"input": " 1"}}
    _, reply = read(delta(tool_calls=[custom]), delta(tool_calls=[more]), delta("tool_calls"))
    assert reply.tool_calls == (ai.ToolCall("c", "sql", "SELECT 1", valid=False),)
    pieces = [{"name": "f", "arguments": ""}, {"arguments": '{"x":'}, {"arguments": "1}"}]
    _, reply = read(*(delta(content=None, function_call=piece) for piece in pieces), delta("function_call"))
    assert [(made.name, made.arguments) for made in reply.tool_calls] == [("f", {"x": 1})]
    assert reply.finish_reason == "tool_calls"


def test_tools_that_the_provider_ran() -> None:
    tool = {"index": 0, "type": "search", "arguments": '{"query": "sky"}'}
    done = {**tool, "output": "blue", "search_results": {"results": []}}
    _, reply = read(
        delta(reasoning="I look. "), delta(executed_tools=[tool]), delta(reasoning="Found."),
        delta(executed_tools=[done]), delta(content="Blue."), delta("stop"),
    )  # fmt: skip
    (call_made,) = reply.hosted_calls
    assert (call_made.name, call_made.arguments, call_made.hosted) == ("search", {"query": "sky"}, True)
    assert [(made.call_id, made.content, made.raw) for made in reply.hosted_results] == [(call_made.id, "blue", done)]
    assert (reply.reasoning, reply.text, reply.finish_reason) == ("I look. Found.", "Blue.", "stop")
    assert reply.tool_calls == ()


THOUGHT = {"google": {"thought": True}}


@pytest.mark.parametrize(
    ("pieces", "thought", "text"),
    [
        ([("Plan: ", THOUGHT), ("check.", THOUGHT), ("Done.", None)], "Plan: check.", "Done."),
        ([("<thought>Plan", THOUGHT), (" b", THOUGHT), ("</thought>Done.", None)], "Plan b", "Done."),
        ([("<thought>Plan</thought>Done.", THOUGHT)], "Plan", "Done."),
        ([("<thought>Plan</thought>Do", THOUGHT), ("ne.", None)], "Plan", "Done."),
        ([("<thought>is a tag", None)], "", "<thought>is a tag"),
    ],
)
def test_thoughts_of_googles_endpoints_are_no_text(pieces: list[Any], thought: str, text: str) -> None:
    """The content says in `extra_content` that it is a thought (google/adk, BerriAI/litellm#11000)."""
    rows = [delta(content=said, **({"extra_content": extra} if extra else {})) for said, extra in pieces]
    _, reply = read(*rows, delta("stop"))
    assert (reply.reasoning, reply.text, reply.warnings) == (thought, text, ())


def test_reasoning_in_a_list_of_content_with_its_seal() -> None:
    """Databricks hands Claude's reasoning on as a part of the content."""
    reasoning = {"type": "reasoning", "summary": [{"type": "summary_text", "text": "hm", "signature": "S"}]}
    message = {"content": [reasoning, {"type": "text", "text": "yes"}]}
    _, reply = read({"id": "i", "choices": [{"message": message, "finish_reason": "stop"}]}, whole=True)
    first = reply.parts[0]
    assert isinstance(first, ai.ReasoningPart)
    assert (first.text, first.signature, reply.text, reply.warnings) == ("hm", "S", "yes", ())


def test_blocks_of_thinking_behind_a_proxy() -> None:
    """LiteLLM says Anthropic's thinking twice, once as blocks with their signature."""
    block = {"type": "thinking", "thinking": "hm", "signature": None}
    _, reply = read(
        delta(content="", reasoning_content="h", thinking_blocks=[{**block, "thinking": "h"}],
              provider_specific_fields={"thinking_blocks": []}),
        delta(content="", reasoning_content="m", thinking_blocks=[{**block, "thinking": "m"}]),
        delta(content="", thinking_blocks=[{**block, "thinking": "", "signature": "S"}]),
        delta(content="", thinking_blocks=[{"type": "redacted_thinking", "data": "D"}]),
        delta(content="yes"),
        delta("stop"),
    )  # fmt: skip
    assert (reply.reasoning, reply.text, reply.warnings) == ("hm", "yes", ())
    history = [ai.Message("user", "q"), reply.message, ai.Message("user", "and?")]
    assert body_of(OpenAIChat, history)["messages"][1]["thinking_blocks"] == [
        {"type": "thinking", "thinking": "hm", "signature": "S"}, {"type": "redacted_thinking", "data": "D"},
    ]  # fmt: skip


def details(*pieces: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return delta(content="", reasoning_details=list(pieces), **fields)


def test_details_of_reasoning_are_parts_with_breaks_between_them() -> None:
    kind, seal = {"type": "reasoning.summary", "format": "openai-responses-v1"}, {"type": "reasoning.encrypted"}
    _, reply = read(
        details({**kind, "index": 0, "summary": "One, "}, reasoning="One, "),
        details({**kind, "index": 0, "summary": "still."}, reasoning="still."),
        details({**kind, "index": 1, "summary": "Two."}, reasoning="Two."),
        details({**seal, "index": 2, "id": "rs", "data": "ENC"}),
        delta(content="yes"),
        delta("stop"),
    )
    assert reply.reasoning == "One, still.\n\nTwo."
    assert [(part.text, part.redacted, part.raw) for part in reply.parts if isinstance(part, ai.ReasoningPart)] == [
        ("One, still.", None, {**kind, "index": 0}),
        ("Two.", None, {**kind, "index": 1}),
        ("", "ENC", {**seal, "index": 2, "id": "rs"}),
    ]
    history = [ai.Message("user", "q"), reply.message, ai.Message("user", "and?")]
    assert body_of(OpenAIChat, history)["messages"][1]["reasoning_details"] == [
        {**kind, "index": 0, "summary": "One, still."},
        {**kind, "index": 1, "summary": "Two."},
        {**seal, "index": 2, "id": "rs", "data": "ENC"},
    ]


def test_a_detail_without_text_beside_reasoning_that_is_spoken() -> None:
    _, reply = read(details({"type": "reasoning.encrypted", "data": "ENC"}, reasoning="hm"), delta("stop", content="y"))
    assert [(part.text, part.redacted) for part in reply.parts if isinstance(part, ai.ReasoningPart)] == [
        ("hm", None), ("", "ENC"),
    ]  # fmt: skip


PNG = b"\x89PNG\r\n\x1a\n"


def image(data: bytes = PNG, media_type: str = "image/png") -> dict[str, Any]:
    url = f"data:{media_type};base64,{base64.b64encode(data).decode()}"
    return {"type": "image_url", "image_url": {"url": url}, "index": 0}


def test_images() -> None:
    images = [image(), image(b"x", "image/webp")]
    events, reply = read(delta(content="Here: "), delta(content="", images=images), delta("stop"))
    assert reply.media == (ai.Media("image/png", PNG), ai.Media("image/webp", b"x"))
    assert reply.text == "Here: "
    assert [event.type for event in events].count("media_start") == 2
    assert reply.message.parts == reply.parts
    message = {"content": [{"type": "text", "text": "a"}, image()]}
    _, whole = read({"id": "i", "choices": [{"message": message, "finish_reason": "stop"}]}, whole=True)
    assert whole.parts == (ai.TextPart("a"), ai.Media("image/png", PNG))


def test_what_is_not_known_is_kept_and_said_once() -> None:
    far = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}
    odd = {"type": "riddle", "answer": 42}
    _, reply = read(delta(images=[far]), delta(content=[odd, odd]), delta("stop"))
    kept = [(part.kind, part.raw) for part in reply.parts if isinstance(part, ai.UnknownPart)]
    assert kept == [("image_url", far), ("riddle", odd), ("riddle", odd)]
    assert [warning.split("'")[1] for warning in reply.warnings] == ["image_url", "riddle"]


def test_an_image_that_is_not_base64() -> None:
    parser = OpenAIChatParser("acme")
    broken = {"type": "image_url", "image_url": {"url": "data:image/png;base64,?"}}
    parser.feed(b"data: %s\n\n" % json.dumps(delta(images=[broken])).encode())
    with pytest.raises(ai.ProtocolError, match="image of a chat completion: not base64"):
        parser.finish()


def test_sound_with_what_it_says() -> None:
    sound = bytes(range(8))
    code = base64.b64encode(sound).decode()
    events, reply = read(
        delta(audio={"id": "audio_1", "transcript": "Hel"}),
        delta(audio={"data": code[:5]}),
        delta(audio={"transcript": "lo", "data": code[5:]}),
        delta(audio={"expires_at": 1739437599}),
        delta("stop"),
    )
    assert reply.text == "Hello"
    (heard,) = reply.media
    assert (heard.media_type, heard.data) == ("audio/pcm", sound)
    assert heard.raw == {"audio": {"id": "audio_1", "expires_at": 1739437599}}
    assert [event.type for event in events].count("media_end") == 1


def test_a_whole_sound_is_known_by_its_bytes() -> None:
    wav = b"RIFF\x24\x00\x00\x00WAVEfmt "
    message = {"content": None, "audio": {"id": "a", "data": base64.b64encode(wav).decode(), "transcript": "Hi"}}
    _, reply = read({"id": "i", "choices": [{"message": message, "finish_reason": "stop"}]}, whole=True)
    assert (reply.text, reply.media[0].media_type, reply.media[0].data) == ("Hi", "audio/wav", wav)


def test_annotations_are_citations_and_stay_with_their_text() -> None:
    place = {"start_index": 0, "end_index": 3, "title": "T", "url": "https://a.test"}
    web = {"type": "url_citation", "url_citation": place}
    flat = {"type": "url_citation", "url": "https://b.test", "title": "U", "start_index": 1, "end_index": 2}
    file = {"type": "file", "file": {"hash": "h", "name": "a.pdf", "content": []}}
    _, reply = read(delta(content="Sky"), delta(annotations=[web]), delta(annotations=[flat, file]), delta("stop"))
    assert reply.citations == (
        ai.Citation(0, "https://a.test", "T", None, 0, 3),
        ai.Citation(0, "https://b.test", "U", None, 1, 2),
        ai.Citation(0, None, "a.pdf"),
    )
    assert reply.parts == (ai.TextPart("Sky", raw={"annotations": [web, flat, file]}, provider="acme", model="m"),)


def test_sources_beside_the_choices() -> None:
    told = [{"title": "A", "url": "https://a.test", "date": "2026-01-01"}, {"title": "B", "url": "https://b.test"}]
    addresses = ["https://a.test", "https://b.test"]
    _, reply = read(
        {**delta(content="Sky"), "citations": addresses, "search_results": told},
        {**delta("stop"), "citations": addresses, "search_results": told},
    )
    assert reply.citations == (ai.Citation(0, "https://a.test", "A"), ai.Citation(0, "https://b.test", "B"))
    _, bare = read(delta(content="Sky"), delta("stop"), {"choices": [], "usage": {}, "citations": addresses})
    assert bare.citations == (ai.Citation(0, "https://a.test"), ai.Citation(0, "https://b.test"))


def test_the_error_of_a_choice() -> None:
    parser = OpenAIChatParser("acme")
    row = delta("error", content="")
    row["choices"][0]["error"] = {"code": 502, "message": "the host is gone"}
    parser.feed(b"data: %s\n\n" % json.dumps(delta(content="Hel")).encode())
    parser.feed(b"data: %s\n\n" % json.dumps(row).encode())
    with pytest.raises(ai.ServerError, match="the host is gone") as caught:
        parser.finish()
    assert isinstance(caught.value.partial, ai.Reply)
    assert caught.value.partial.text == "Hel"


def test_the_seal_of_googles_calls_comes_before_them() -> None:
    sealed = {**call(0, "a", "f", "{}"), "extra_content": {"google": {"thought_signature": "SEAL"}}}
    _, reply = read(delta(tool_calls=[sealed]), delta("tool_calls"))
    assert reply.parts[0] == ai.ReasoningPart("", "SEAL", None, "acme", "m")
    assert reply.tool_calls == (ai.ToolCall("a", "f", {}),)


@pytest.mark.parametrize(
    ("usage", "cached", "written"),
    [
        ({"prompt_tokens": 9, "cached_tokens": 4}, 4, None),
        ({"prompt_tokens": 9, "prompt_cache_hit_tokens": 4, "prompt_cache_miss_tokens": 5}, 4, None),
        ({"prompt_tokens": 9, "prompt_tokens_details": {"cached_tokens": 0}, "cache_read_input_tokens": 4}, 4, None),
        ({"prompt_tokens": 9, "prompt_tokens_details": {"cached_tokens": 4}, "cache_read_input_tokens": 0}, 4, None),
        ({"input_tokens": 9, "prompt_tokens_details": None, "cache_creation_input_tokens": 3}, None, 3),
        ({"prompt_tokens": 9, "cached_tokens": "many"}, None, None),
    ],
)
def test_usage_by_all_its_names(usage: dict[str, Any], cached: int | None, written: int | None) -> None:
    for row in ({**delta("stop"), "usage": usage}, delta("stop")):
        if "usage" not in row:
            row["choices"][0]["usage"] = usage
        _, reply = read(delta(content="a"), row)
        assert reply.usage is not None
        assert reply.usage.input_tokens == 9
        assert (reply.usage.cached_input_tokens, reply.usage.cache_write_tokens) == (cached, written)
