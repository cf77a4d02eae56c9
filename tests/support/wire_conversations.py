"""Conversations as they stand in the bodies of requests, and the rules of vendors that they break.

Written from the vendors' pages and errors alone: nothing here is computed from the tables of the runtime.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

Body = Mapping[str, Any]


class Item(NamedTuple):
    """A call or a result, in the turn in which it stands."""

    turn: int
    kind: str
    id: str | None


def items(protocol: str, body: Body) -> Iterator[Item]:
    """The calls and results of a body, in their order."""
    match protocol:
        case "openai_chat" | "cohere_v2" | "ollama_chat":
            for turn, message in enumerate(body["messages"]):
                for call in message.get("tool_calls", ()):
                    yield Item(turn, "call", call["id"])
                if message["role"] == "tool":
                    yield Item(turn, "result", message["tool_call_id"])
        case "openai_responses" | "perplexity_agent":
            kinds = {"function_call": "call", "function_call_output": "result"}
            for turn, item in enumerate(body["input"]):
                if item["type"] in kinds:
                    yield Item(turn, kinds[item["type"]], item["call_id"])
        case "mistral_conversations":
            kinds = {"function.call": "call", "function.result": "result"}
            for turn, entry in enumerate(body["inputs"]):
                if entry["type"] in kinds:
                    yield Item(turn, kinds[entry["type"]], entry["tool_call_id"])
        case "anthropic_messages":
            for turn, message in enumerate(body["messages"]):
                for block in message["content"]:
                    if block["type"] == "tool_use":
                        yield Item(turn, "call", block["id"])
                    if block["type"] == "tool_result":
                        yield Item(turn, "result", block["tool_use_id"])
        case "bedrock_converse":
            for turn, message in enumerate(body["messages"]):
                for block in message["content"]:
                    if "toolUse" in block:
                        yield Item(turn, "call", block["toolUse"]["toolUseId"])
                    if "toolResult" in block:
                        yield Item(turn, "result", block["toolResult"]["toolUseId"])
        case "gemini":
            for turn, content in enumerate(body["contents"]):
                for part in content["parts"]:
                    if "functionCall" in part:
                        yield Item(turn, "call", part["functionCall"].get("id"))
                    if "functionResponse" in part:
                        yield Item(turn, "result", part["functionResponse"].get("id"))


def broken_rules(provider: str, protocol: str, model: str, body: Body) -> list[str]:
    """The rules that the conversation in a body breaks, in words."""
    found = list(_pairs(list(items(protocol, body))))
    match protocol:
        case "openai_chat":
            found += _chat(provider, model, body["messages"])
        case "anthropic_messages":
            found += _anthropic(body)
        case "bedrock_converse":
            found += _bedrock(body)
        case "gemini":
            found += _gemini(model, body["contents"])
        case "openai_responses" | "perplexity_agent":
            found += _responses(body["input"])
        case "cohere_v2":
            found += _said_something(body["messages"])
    return found


def _pairs(found: list[Item]) -> Iterator[str]:
    """All calls of a turn are followed by their results, and by nothing else that is called or answered."""
    calls = [item for item in found if item.kind == "call"]
    results = [item for item in found if item.kind == "result"]
    if [item.id for item in calls] != [item.id for item in results]:
        yield f"calls {[item.id for item in calls]} have the results {[item.id for item in results]}"
    named = [item.id for item in calls if item.id is not None]
    if len(set(named)) < len(named):
        yield f"ids repeat: {named}"
    waiting = 0
    for item in found:
        if item.kind == "call" and waiting < 0:
            waiting = 0
        waiting += 1 if item.kind == "call" else -1
        if waiting < 0:
            yield "a result comes before its call"


def _chat(provider: str, model: str, messages: list[Any]) -> Iterator[str]:
    roles = [message["role"] for message in messages]
    ids = [call["id"] for message in messages for call in message.get("tool_calls", ())]
    yield from _said_something(messages)
    for one, other in pairwise(messages):
        if one["role"] == "assistant" and one.get("tool_calls") and other["role"] != "tool":
            yield "a turn that calls is not followed by results"
    if provider in ("openai", "azure", "azure_deployments", "github"):
        yield from (f"id {name!r} is longer than 40" for name in ids if len(name) > 40)
    if provider == "mistral" or "mistral" in model:
        yield from (f"id {name!r}" for name in ids if not re.fullmatch("[A-Za-z0-9]{9}", name))
        if ("tool", "user") in pairwise(roles):
            yield "the user speaks right after a tool"
    if provider == "perplexity":
        spoken = [role for role in roles if role != "system"]
        twice = (("user", "user"), ("assistant", "assistant"))
        if spoken[0] != "user" or any(pair in twice for pair in pairwise(spoken)):
            yield f"roles do not alternate: {spoken}"
    if provider in ("deepseek", "moonshot") and not all(
        message.get("reasoning_content") for message in messages if message["role"] == "assistant"
    ):
        yield "a turn without reasoning_content"


def _said_something(messages: list[Any]) -> Iterator[str]:
    for message in messages:
        said = any(message.get(name) for name in ("content", "tool_calls", "images"))
        if message["role"] == "assistant" and not said:
            yield "a turn of the assistant says nothing"


def _anthropic(body: Body) -> Iterator[str]:
    messages = body["messages"]
    yield from _alternates([message["role"] for message in messages])
    marks = 0
    for message in messages:
        for block in message["content"]:
            marks += "cache_control" in block
            if block["type"] == "text" and not block["text"].strip():
                yield "a text block is blank"
            if block["type"] == "tool_use" and not re.fullmatch("[A-Za-z0-9_-]+", block["id"]):
                yield f"id {block['id']!r}"
            if block["type"] == "tool_result" and block.get("is_error") and not str(block["content"]).strip():
                yield "an error without words"
        if message["role"] == "assistant" and "thinking" in message["content"][-1]["type"]:
            yield "a turn ends with thinking"
    system = body.get("system")
    if isinstance(system, list):
        marks += sum("cache_control" in block for block in system)
    if system is not None and not str(system).strip():
        yield "a blank system prompt"
    if marks > 4:
        yield f"{marks} marks for the cache"
    if messages[-1]["role"] == "assistant" and (text := messages[-1]["content"][-1].get("text", "")) != text.rstrip():
        yield "the last turn ends with white space"


def _bedrock(body: Body) -> Iterator[str]:
    messages = body["messages"]
    yield from _alternates([message["role"] for message in messages])
    marks = sum("cachePoint" in block for block in body.get("system", ()))
    for message in messages:
        for block in message["content"]:
            marks += "cachePoint" in block
            if "text" in block and not block["text"].strip():
                yield "a text block is blank"
            if "toolUse" in block and not re.fullmatch("[A-Za-z0-9_.:-]{1,64}", block["toolUse"]["toolUseId"]):
                yield f"id {block['toolUse']['toolUseId']!r}"
            if "toolResult" in block:
                result = block["toolResult"]
                if result.get("status") == "error" and not result["content"]:
                    yield "an error without words"
            if ("toolUse" in block or "toolResult" in block) and "toolConfig" not in body:
                yield "tools without a configuration of tools"
        if message["role"] == "assistant" and "reasoningContent" in message["content"][-1]:
            yield "a turn ends with reasoning"
    if marks > 4:
        yield f"{marks} marks for the cache"


def _gemini(model: str, contents: list[Any]) -> Iterator[str]:
    for content in contents:
        calls = [part for part in content["parts"] if "functionCall" in part]
        if calls and model.startswith("gemini-3") and not calls[0].get("thoughtSignature"):
            yield "the first call of a step is not sealed"
        for part in content["parts"]:
            if not set(part) - {"thoughtSignature", "thought"}:
                yield "a seal without what it seals"
    roles = [content["role"] for content in contents]
    if any(one == other for one, other in pairwise(roles)):
        yield f"roles do not alternate: {roles}"


def _responses(found: list[Any]) -> Iterator[str]:
    for item in found:
        if item["type"] in ("function_call", "function_call_output") and not 1 <= len(item["call_id"]) <= 64:
            yield f"an id of {len(item['call_id'])} characters"
    for one, other in zip(found, [*found[1:], {"type": "message", "role": "user"}], strict=True):
        if one["type"] == "reasoning" and (other["type"] == "message" and other["role"] != "assistant"):
            yield "reasoning without the item that followed it"


def _alternates(roles: list[str]) -> Iterator[str]:
    if roles[0] != "user" or any(one == other for one, other in pairwise(roles)):
        yield f"roles do not alternate: {roles}"
