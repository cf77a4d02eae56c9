"""Messages, tools, files, names, headers and messages of errors: what goes in and what must not come out."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, Literal

import fluent_ai as ai
import pytest
from fluent_ai.content.message_input import to_messages
from fluent_ai.content.model_names import split_model
from fluent_ai.http.redact import redact
from fluent_ai.http.retry_headers import retry_after
from fluent_ai.resilience.retry import RetryPolicy
from fluent_ai.schema.tools import to_tools
from hypothesis import given
from hypothesis import strategies as st


def test_dicts_become_messages() -> None:
    call = {"id": "1", "type": "function", "function": {"name": "f", "arguments": '{"a": 1}'}}
    png = "data:image/png;base64,iVBORw0KGgo="
    made = to_messages(
        [
            {"role": "developer", "content": "be brief"},
            {"role": "user", "content": [
                {"type": "text", "text": "see"},
                "and",
                {"type": "image_url", "image_url": {"url": png}},
                {"type": "image_url", "image_url": "https://x/y.png"},
                {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}},
                {"type": "file", "file": {"filename": "a.pdf", "file_data": "data:application/pdf;base64,AAAA"}},
                ai.TextPart("end"),
            ]},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "1", "content": "42"},
        ]
    )  # fmt: skip
    assert [message.role for message in made] == ["system", "user", "assistant", "tool"]
    assert made[1].text == "seeandend"
    assert made[1].parts[2] == ai.ImagePart(data=b"\x89PNG\r\n\x1a\n", media_type="image/png")
    assert made[1].parts[3] == ai.ImagePart(url="https://x/y.png")
    assert made[1].parts[4] == ai.AudioPart(data=b"\0\0\0", media_type="audio/wav")
    assert made[1].parts[5] == ai.DocumentPart(data=b"\0\0\0", media_type="application/pdf", name="a.pdf")
    assert made[2].parts == (ai.ToolCallPart(ai.ToolCall("1", "f", {"a": 1})),)
    assert made[3].parts == (ai.ToolResultPart("1", "42"),)


def test_a_text_or_a_part_alone_is_all_the_parts_of_a_message() -> None:
    part = ai.TextPart("hi")
    for message in (ai.Message("user", "hi"), ai.Message("user", part), ai.Message("user", ["hi"])):
        assert message.parts == (part,)
        assert message.text == "hi"
        assert to_messages(message) == to_messages([message]) == (message,)
    assert ai.Message("user", ["see ", ai.ImagePart(url="https://x/y.png"), "this"]).text == "see this"
    assert hash(ai.Message("user", [part])) == hash(ai.Message("user", (part,)))
    assert to_messages([{"role": "user", "content": part}]) == (ai.Message("user", "hi"),)


def test_what_a_message_cannot_hold_is_refused_where_it_is_made() -> None:
    with pytest.raises(ai.ConfigError, match="parts of Message is of type int; allowed: a str, a part"):
        ai.Message("user", 3)  # type: ignore[arg-type]


def test_a_reply_goes_back_into_a_history_as_it_is() -> None:
    reply = ai.Reply(parts=(ai.TextPart("Hello"), ai.ReasoningPart("hm"), ai.Media("image/png", b"x")))
    history = to_messages([{"role": "user", "content": "hi"}, reply, ai.Message("user", "more")])
    assert history == (ai.Message("user", "hi"), reply.message, ai.Message("user", "more"))
    assert to_messages(reply) == (reply.message,)
    call = ai.ToolCall("1", "f", {"a": 1})
    assert to_messages([{"role": "assistant", "tool_calls": [call]}])[0].parts == (ai.ToolCallPart(call),)


def test_what_openai_answers_goes_back_as_it_is() -> None:
    """`response.choices[0].message.model_dump()`: most of its keys say nothing."""
    answered: dict[str, Any] = {
        "role": "assistant", "content": "Hello", "refusal": None, "annotations": [], "audio": None,
        "function_call": None, "tool_calls": None,
    }  # fmt: skip
    assert to_messages([answered]) == (ai.Message("assistant", "Hello"),)
    refused = {**answered, "content": None, "refusal": "I won't"}
    assert to_messages([refused]) == (ai.Message("assistant", "I won't"),)


@pytest.mark.parametrize(
    ("messages", "message"),
    [
        ([3], r"messages\[0\] is of type int"),
        (b"hi", "messages is of type bytes"),
        (
            [{"role": "user", "content": "x", "caching": 1}],
            r"messages\[0\] holds caching; allowed for .user.: role, cache, content",
        ),
        ([{"role": "user", "content": 3}], "content is of type int"),
        (
            [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:x"}}]}],
            "not a base64 data URL",
        ),
        ([{"role": "user", "content": [{"type": "image_url", "image_url": "data:image/png;base64,?"}]}], "not valid"),
        ([{"role": "tool", "content": "x"}], "needs tool_call_id"),
        ([{"role": "assistant", "tool_calls": [{"id": 1}]}], r"tool_calls\[0\]"),
        ([{"role": "assistant", "tool_calls": 3}], r"tool_calls is of type int"),
        (["hi"], r"messages\[0\] is of type str; allowed: .*have a role"),
        ([[{"role": "user", "content": "x"}]], r"messages\[0\] is of type list; .*with \*"),
        ([{"role": "user", "content": "x", "name": "Ann"}], r"messages\[0\] holds name; allowed for 'user'"),
        ([{"role": "user", "content": "x", "tool_calls": [1]}], "holds tool_calls"),
        ([{"role": "user", "content": "x", "cache": "yes"}], r"messages\[0\].cache is of type str"),
        (
            [{"role": "user", "content": [{"type": "text", "text": "x", "cache_control": {"type": "ephemeral"}}]}],
            "holds cache_control, .* cache=True",
        ),
        (
            [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://x", "detail": "most"}}]}],
            "detail of ImagePart is 'most'; allowed: auto, low, high, original",
        ),
        ([ai.Message("bot", "x")], r"messages\[0\].role is 'bot'"),  # type: ignore[arg-type]
        (ai.Message("user", [3]), r"messages\[0\].parts\[0\] is of type int"),  # type: ignore[list-item]
        (ai.Message("user", ai.TextPart(3)), r"parts\[0\].text is of type int; allowed: str"),  # type: ignore[arg-type]
        (ai.Message("user", "x", cache=1), r"cache is of type int"),  # type: ignore[arg-type]
        (ai.Message("tool", ai.ToolResultPart("1", {"a": 1})), "content is of type dict"),  # type: ignore[arg-type]
        (ai.Message("assistant", ai.ToolCallPart("f")), "call is of type str"),  # type: ignore[arg-type]
    ],
)
def test_bad_messages_are_named_by_place(messages: Any, message: str) -> None:
    with pytest.raises(ai.ConfigError, match=message):
        to_messages(messages)


def test_a_file_part_has_one_source() -> None:
    with pytest.raises(ai.ConfigError, match="exactly one"):
        ai.ImagePart(data=b"x", url="https://x")
    with pytest.raises(ai.ConfigError, match="exactly one"):
        ai.DocumentPart()
    with pytest.raises(ai.ConfigError, match="url of ImagePart is of type int; allowed: str"):
        ai.ImagePart(url=3)  # type: ignore[arg-type]
    assert ai.ImagePart(path=Path("a.png")).path == "a.png"
    assert ai.AudioPart(data=bytearray(b"x")).data == b"x"


@dataclasses.dataclass
class Place:
    city: str
    country: str | None = None


def test_a_typed_function_is_a_tool() -> None:
    def weather(place: Place, unit: Literal["C", "F"] = "C") -> str:
        """The weather somewhere."""
        return f"{place} {unit}"

    (tool,) = to_tools([weather])
    assert (tool.name, tool.description, tool.function) == ("weather", "The weather somewhere.", weather)
    assert tool.parameters["required"] == ["place"]
    assert tool.parameters["properties"]["unit"] == {"enum": ["C", "F"], "default": "C"}
    assert tool.parameters["$defs"]["Place"]["required"] == ["city"]
    parameters = {"type": "object"}
    function = {"type": "function", "function": {"name": "f", "parameters": parameters}}
    assert to_tools([function]) == (ai.Tool("f", "", parameters),)


def test_unusable_tools_are_named() -> None:
    def untyped(x): ...  # type: ignore[no-untyped-def]  # wrong on purpose

    def variadic(*x: int) -> None: ...

    def odd(x: complex | pytest.Item) -> None: ...

    def unknown(x: NoSuchName) -> None: ...  # type: ignore[name-defined]  # noqa: F821  # wrong on purpose

    cases: list[tuple[list[Any], str]] = [
        ([untyped], "'untyped': parameter 'x' has no type annotation"),
        ([variadic], "'variadic': parameter 'x' is variadic"),
        ([odd], "tool 'odd'"),
        ([unknown], "'unknown': annotations cannot be evaluated"),
        ([3], r"tools\[0\] is of type int"),
        ([{"type": "web_search"}], "needs type 'function'"),
        ([{"type": "function", "function": {"name": "f", "parameters": 3}}], "parameters is of type int"),
        ([ai.Tool("no spaces")], "'no spaces'"),
        ([ai.Tool("f"), ai.Tool("f")], "'f' is used twice"),
        ([ai.Tool("f", "", {"type": "string"})], "'f': parameters is not a JSON schema of type object"),
    ]
    for tools, message in cases:
        with pytest.raises(ai.ToolError, match=message):
            to_tools(tools)


def test_model_names() -> None:
    assert split_model("bedrock:a.b:0") == ("bedrock", "a.b:0")
    assert split_model("openrouter:x/y:free") == ("openrouter", "x/y:free")
    for name in ("gpt-4o", ":x", "openai:", 3):
        with pytest.raises(ai.ConfigError, match="allowed: 'provider:model'"):
            split_model(name)  # type: ignore[arg-type]  # wrong on purpose


SECRETS = [
    "sk-proj-abcdefghijklmnop", "sk-ant-api03-abcdefgh_ijkl", "gsk_abcdefghijklmnop",
    "AIzaSyA-abcdefghijklmnopqrstuvwxyz",
    "AKIAIOSFODNN7EXAMPLE", "ghp_abcdefghijklmnop", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    "xai-abcdefghijklmnop", "hf_abcdefghijklmnop",
]  # fmt: skip


@pytest.mark.parametrize("secret", SECRETS)
def test_keys_are_recognised(secret: str) -> None:
    assert secret not in redact(f"Incorrect API key provided: {secret}. See docs.")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("authorization: Bearer abc.def", "abc.def"),
        ("GET https://x/y?key=hunter22&a=1", "hunter22"),
        ('{"api_key": "hunter22"}', "hunter22"),
        ("https://user:hunter22@host/", "hunter22"),
        ("-----BEGIN PRIVATE KEY-----\nhunter22\n-----END PRIVATE KEY-----", "hunter22"),
    ],
)
def test_places_of_keys_are_recognised(text: str, gone: str) -> None:
    assert gone not in redact(text)


def test_plain_words_stay_and_length_is_capped() -> None:
    text = "The model gpt-4o-mini does not exist: max_tokens is too large, task-specific token limit 4096"
    assert redact(text) == text
    assert len(redact("x " * 5000)) == 500
    assert redact("a\n b\tc") == "a b c"


@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=8, max_size=40))
def test_the_key_that_was_sent_never_survives(key: str) -> None:
    assert key not in redact(f"bad key {key}!", [key])


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "2"}, 2.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after-ms": "x", "retry-after": "9"}, 9.0),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Thu, 01 Jan 1970 00:01:40 GMT"}, 90.0),
        ({"retry-after": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0.0),
        ({"retry-after": "Thu, 01 Jan 1970 00:01:40 GMT, 45"}, 45.0),
        ({"retry-after": "1970-01-01T00:00:40Z"}, 30.0),
        ({"retry-after": "1970-01-01T00:00:40+00:00"}, 30.0),
        ({"retry-after": "1970-13-01T00:00:40Z"}, None),
        ({"x-ms-retry-after-ms": "1200"}, 1.2),
        ({"x-amz-retry-after": "5000"}, 5.0),
        ({"x-amz-retry-after": "abc"}, None),
        ({"retry-after": "10", "x-amz-retry-after": "9999"}, 10.0),
        ({"retry-after": "soon", "x-amz-retry-after": "9999"}, 9.999),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, now=10.0) == seconds


def test_backoff_is_drawn_below_a_limit_that_doubles_to_its_cap() -> None:
    policy = RetryPolicy(retries=10)
    error = ai.ServerError("x")
    for attempt, longest in enumerate([0.5, 1, 2, 4, 8, 8, 8]):
        delays = [policy.delay(error, attempt) or 0.0 for _ in range(2000)]
        assert 0.0 <= min(delays) < 0.05 * longest
        assert 0.95 * longest < max(delays) <= longest
        assert sum(delays) / len(delays) == pytest.approx(longest / 2, rel=0.1)
    assert policy.delay(error, 10) is None
    assert policy.delay(ai.AuthError("x"), 0) is None
    assert policy.delay(ai.ApiError("x"), 0) is None
