"""Runs over every chat protocol, at real servers: what goes back after a call, and what ends or goes on with a run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.manifest.schema import Auth, Route
from fluent_ai.protocols.table import codecs
from scripted_runs import add
from scripted_server import Server, manifest_for, sse, stream, text_chunks
from shells import SHELLS, Shell
from wire_answers import HELLO, SAYING
from wire_calls import CALLING
from wire_conversations import broken_rules, items

PROTOCOLS = sorted(codecs("chat"))
PATHS = {"gemini": "/v1/models/{model}:streamGenerateContent", "bedrock_converse": "/model/{model}/converse-stream"}


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture(params=SHELLS)
def open_shell(request: pytest.FixtureRequest, server: Server) -> Iterator[Any]:
    opened: list[Shell] = []

    def make(protocol: str) -> Shell:
        route = Route(protocol=protocol, path=PATHS.get(protocol, "/chat"))
        manifest = manifest_for(server.url, chat=(route,), auth=Auth(scheme="none", required=False))
        opened.append(Shell(request.param, manifests=[manifest], retries=0))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_run_over_a_protocol(open_shell: Any, server: Server, protocol: str) -> None:
    server.say(CALLING[protocol], HELLO[protocol])
    shell = open_shell(protocol)
    run = shell.client.run("acme:m", "What is 1 + 2?", tools=[add], max_tokens=50)
    events, error = shell.items(run)
    assert error is None
    assert [each.status for each in run.calls] == ["done"]
    assert run.partial.text == "Hello"
    assert [type(each).__name__ for each in events if isinstance(each, ai.tools.ToolStarted | ai.tools.ToolFinished)]
    body = server.sent[1].json()
    assert [each.kind for each in items(protocol, body)] == ["call", "result"]
    assert broken_rules("acme", protocol, "m", body) == []
    assert '"3"' in json.dumps(body)


@dataclass
class City:
    name: str
    degrees: int


def test_the_final_answer_has_the_type_that_was_asked_for(open_shell: Any, server: Server) -> None:
    server.say(CALLING["openai_chat"], SAYING["openai_chat"]('{"name": "Bern", "degrees": 21}'))
    shell = open_shell("openai_chat")
    result = shell.do(shell.client.run("acme:m", "How warm is it?", tools=[add], output=City).collect())
    assert result.output == City("Bern", 21)
    assert all("response_format" in sent.json() for sent in server.sent)


def test_a_reply_that_stopped_to_compact_is_sent_back(open_shell: Any, server: Server) -> None:
    """https://docs.claude.com/en/docs/build-with-claude/compaction: the reply goes back, and the model goes on."""
    block = {"type": "compaction", "content": "What came before."}
    events = [
        {"type": "message_start", "message": {"id": "m1", "model": "m", "usage": {"input_tokens": 1}}},
        {"type": "content_block_start", "index": 0, "content_block": block},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "compaction"}, "usage": {"output_tokens": 1}},
        {"type": "message_stop"},
    ]
    pieces: list[Any] = [f"event: {each['type']}\ndata: {json.dumps(each)}\n\n".encode() for each in events]
    server.say(stream(pieces), HELLO["anthropic_messages"])
    shell = open_shell("anthropic_messages")
    result = shell.do(shell.client.run("acme:m", "Go on.", tools=[add], max_tokens=50).collect())
    assert (result.text, len(result.replies)) == ("Hello", 2)
    assert server.sent[1].json()["messages"][-1] == {"role": "assistant", "content": [block]}


def test_halves_of_characters_in_results_reach_no_provider(open_shell: Any, server: Server) -> None:
    """Names of files that are not UTF-8 have them (PEP 383), and so do their errors."""

    def names() -> str:
        """The names of the files."""
        return "caf\udce9 and \ud83d\ude00"

    def fail() -> str:
        """Fail."""
        raise OSError("caf\udce9")

    calls = [
        {"index": n, "id": f"c{n}", "function": {"name": name, "arguments": "{}"}}
        for n, name in enumerate(("names", "fail"))
    ]
    chunk = {"id": "c", "model": "m", "choices": [{"index": 0, "delta": {"tool_calls": calls}}]}
    server.say(stream([*sse(chunk, *text_chunks("", finish="tool_calls"))]), HELLO["openai_chat"])
    shell = open_shell("openai_chat")
    result = shell.do(shell.client.run("acme:m", "go", tools=[names, fail]).collect())
    assert result.text == "Hello"
    sent = [each["content"] for each in server.sent[1].json()["messages"] if each["role"] == "tool"]
    assert sent == ["caf\ufffd and \U0001f600", "OSError: caf\ufffd"]
