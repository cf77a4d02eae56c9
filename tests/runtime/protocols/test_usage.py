"""What answers say of usage, and of what bears on the price."""

from __future__ import annotations

import fluent_ai as ai
import msgspec
import pytest
from fluent_ai.content.reply import Usage
from fluent_ai.protocols import stream_parser
from fluent_ai.protocols.shared.usage import stated_cost


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"cost": 0.25}, 0.25),
        ({"cost": 0}, 0.0),
        ({"cost": {"total_cost": 0.5, "input_cost": 0.25}}, 0.5),
        ({"cost_in_usd_ticks": 37_756_000}, 0.0037756),
        ({"cost": 0.25, "cost_in_usd_ticks": 1}, 0.25),
        ({"cost_in_usd_ticks": 0}, None),
        ({"cost": None}, None),
        ({"cost": True}, None),
        ({"cost": 0.25, "is_byok": True, "cost_details": {"upstream_inference_cost": 0.5}}, 0.75),
        ({"cost": 0.25, "is_byok": False, "cost_details": {"upstream_inference_cost": 0.25}}, 0.25),
        ({"cost": 0.25, "is_byok": True, "cost_details": {"upstream_inference_cost": None}}, None),
        ({"cost": 0, "is_byok": True}, None),
        ({"cost": "0.25"}, None),
        ({"cost": -1}, None),
        ({"cost": float("nan")}, None),
        ({"cost": 10**400}, None),
        ({"cost": {}}, None),
        ({"cost_in_usd_ticks": []}, None),
        ({}, None),
    ],
)
def test_what_providers_say_a_request_cost(found: dict[str, object], expected: float | None) -> None:
    assert stated_cost(found) == expected


def read(provider: str, *events: object, protocol: str | None = None) -> Usage:
    parser = stream_parser(provider, protocol=protocol)
    body = b"".join(b"data: " + msgspec.json.encode(event) + b"\n\n" for event in events)
    found = ai.fold([*parser.feed(body), *parser.finish()]).usage
    assert found is not None
    return found


def test_moonshot_puts_usage_into_the_choice() -> None:
    counts = {"prompt_tokens": 19, "completion_tokens": 13, "cached_tokens": 7}
    chunk = {"choices": [{"index": 0, "delta": {"content": "hi"}, "finish_reason": "stop", "usage": counts}]}
    found = read("moonshot", chunk)
    assert (found.input_tokens, found.output_tokens, found.cached_input_tokens) == (19, 13, 7)


def test_the_service_of_a_chat_completion_stands_with_its_usage() -> None:
    chunk = {"choices": [{"index": 0, "delta": {"content": "hi"}, "finish_reason": "stop"}], "service_tier": "flex"}
    found = read("openai", chunk, {**chunk, "choices": [], "usage": {"prompt_tokens": 1}}, protocol="openai_chat")
    assert found.raw == {"prompt_tokens": 1, "service_tier": "flex"}


def test_a_response_counts_the_calls_of_hosted_tools() -> None:
    items: list[dict[str, object]] = [
        {"type": "web_search_call"},
        {"type": "web_search_call"},
        {"type": "file_search_call"},
        {"type": "else"},
    ]
    items += [{"type": "mcp_call"}, {"type": "x_search_call"}, {"type": "shell_call"}]
    items += [{"type": "shell_call", "environment": {"type": "local"}}]
    done = [{"type": "response.output_item.done", "output_index": n, "item": item} for n, item in enumerate(items)]
    whole = {"status": "completed", "usage": {"input_tokens": 1}, "service_tier": "priority"}
    found = read("openai", *done, {"type": "response.completed", "response": whole}, protocol="openai_responses")
    calls = {"web_search_call": 2, "file_search_call": 1, "x_search_call": 1, "shell_call": 1}
    assert found.raw == {"input_tokens": 1, "service_tier": "priority", "hosted_calls": calls}


def test_gemini_counts_its_searches_once() -> None:
    grounded = {"content": {"parts": [{"text": "hi"}]}, "groundingMetadata": {"webSearchQueries": ["a", "b"]}}
    chunk = {"candidates": [grounded], "usageMetadata": {"promptTokenCount": 1}}
    found = read("gemini", chunk, {**chunk, "candidates": [{**grounded, "finishReason": "STOP"}]})
    assert found.raw == {"promptTokenCount": 1, "hosted_calls": {"web_search": 2}}


def test_usage_of_several_requests_keeps_what_bears_on_the_price() -> None:
    one = Usage(input_tokens=1, raw={"details": {"image_tokens": 1}, "tier": "flex", "rows": [1], "one": True})
    both = one.plus(Usage(input_tokens=2, raw={"details": {"image_tokens": 2}, "tier": "flex", "rows": [2], "n": 3}))
    raw = {"details": {"image_tokens": 3}, "tier": "flex", "rows": [1, 2], "one": True, "n": 3}
    assert (both.input_tokens, both.raw) == (3, raw)
    assert one.plus(Usage()).raw == one.raw
