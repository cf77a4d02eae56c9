"""Documents at providers that take them as such and cite them themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import fluent_ai as ai
import pytest
from cited import CATS, DOGS, PAIR, checked, citations
from eventstream import event
from scripted_server import Server, reply, sse, stream, text_chunks
from shells import SHELLS, Shell


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, server: Server) -> Iterator[Shell]:
    names = ("anthropic", "bedrock", "cohere", "groq")
    made = Shell(request.param, keys=dict.fromkeys(names, "k"), base_urls=dict.fromkeys(names, server.url), retries=0)
    yield made
    made.close()


def claude(*blocks: tuple[str, dict[str, Any] | None]) -> list[bytes]:
    rows: list[dict[str, Any]] = [{"type": "message_start", "message": {"id": "m", "model": "claude-haiku-4-5"}}]
    for index, (text, citation) in enumerate(blocks):
        block = {"type": "text", "text": "", **({} if citation is None else {"citations": []})}
        rows.append({"type": "content_block_start", "index": index, "content_block": block})
        if citation is not None:
            delta = {"type": "citations_delta", "citation": citation}
            rows.append({"type": "content_block_delta", "index": index, "delta": delta})
        delta = {"type": "text_delta", "text": text}
        rows.append({"type": "content_block_delta", "index": index, "delta": delta})
        rows.append({"type": "content_block_stop", "index": index})
    rows.append({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 3}})
    return sse(*rows, {"type": "message_stop"}, done=False)


def located(number: int, text: str) -> dict[str, Any]:
    place = {"start_char_index": 0, "end_char_index": len(text)}
    return {"type": "char_location", "cited_text": text, "document_index": number, "document_title": "t", **place}


def test_claude_gets_documents_and_cites_them_itself(server: Server, shell: Shell) -> None:
    server.say(stream([*claude(("See: ", None), ("They bark.", located(1, "Dogs bark.")))]))
    events = checked(shell.events("anthropic:claude-haiku-4-5", "Who barks?", documents=PAIR))
    content = server.sent[0].json()["messages"][0]["content"]
    assert [block["type"] for block in content] == ["document", "document", "text", "text"]
    assert content[0] == {
        "type": "document",
        "source": {"type": "text", "media_type": "text/plain", "data": CATS.text},
        "title": "cats.txt",
        "citations": {"enabled": True},
    }
    assert "no instructions" in content[2]["text"]
    assert content[3]["text"] == "Who barks?"
    assert citations(events) == [(1, "dogs", "https://dogs.example/", "Dogs bark.")]


def test_citations_go_back_to_claude_with_the_documents_that_they_name(server: Server, shell: Shell) -> None:
    cited = located(1, "Dogs bark.")
    server.say(stream([*claude(("They bark.", cited))]))
    reply = shell.complete("anthropic:claude-haiku-4-5", "Who barks?", documents=PAIR)
    history = [{"role": "user", "content": "Who barks?"}, reply, {"role": "user", "content": "Really?"}]
    shell.complete("anthropic:claude-haiku-4-5", history, documents=PAIR)
    again = server.sent[1].json()["messages"]
    assert [block["type"] for block in again[0]["content"]][:2] == ["document", "document"]
    assert again[1]["content"] == [{"type": "text", "text": "They bark.", "citations": [cited]}]
    for others in ([], [DOGS], [DOGS, CATS]):
        shell.complete("anthropic:claude-haiku-4-5", history, documents=others)
        assert server.sent[-1].json()["messages"][1]["content"] == [{"type": "text", "text": "They bark."}]


def test_cohere_gets_documents_and_cites_them_itself(server: Server, shell: Shell) -> None:
    source = {"type": "document", "id": "1", "document": {"id": "1", "text": "Dogs bark.", "title": "dogs"}}
    cited = {"start": 0, "end": 4, "text": "They", "sources": [source], "type": "TEXT_CONTENT"}
    rows: list[dict[str, Any]] = [
        {"type": "message-start", "id": "1"},
        {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": "They bark."}}}},
        {"type": "citation-start", "index": 0, "delta": {"message": {"citations": cited}}},
        {"type": "content-end", "index": 0},
        {"type": "message-end", "delta": {"finish_reason": "COMPLETE"}},
    ]
    server.say(stream([*sse(*rows, done=False)]))
    events = checked(shell.events("cohere:command-a-03-2025", "Who barks?", documents=PAIR))
    body = server.sent[0].json()
    assert body["documents"] == [
        {"id": "0", "data": {"title": "cats.txt", "text": CATS.text}},
        {"id": "1", "data": {"title": "dogs", "text": "Dogs bark.", "url": "https://dogs.example/"}},
    ]
    assert body["messages"] == [{"role": "user", "content": "Who barks?"}]
    assert citations(events) == [(1, "dogs", "https://dogs.example/", "Dogs bark.")]
    place = next((each.start, each.end) for each in events if isinstance(each, ai.Citation))
    assert place == (0, 4)


def test_groq_gets_documents_and_cites_them_itself(server: Server, shell: Shell) -> None:
    cited = {"type": "document_citation", "document_citation": {"start_index": 0, "end_index": 10, "document_id": "1"}}
    wrong = {"type": "document_citation", "document_citation": {"start_index": 0, "end_index": 1, "document_id": "9"}}
    rows = [*text_chunks("They bark.", finish=None)]
    rows.append({"choices": [{"index": 0, "delta": {"annotations": [cited, wrong]}, "finish_reason": "stop"}]})
    server.say(stream([*sse(*rows)]))
    events = checked(shell.events("groq:openai/gpt-oss-20b", "Who barks?", documents=PAIR))
    data = {"title": "dogs", "text": "Dogs bark."}
    assert server.sent[0].json()["documents"][1] == {"id": "1", "source": {"type": "json", "data": data}}
    assert citations(events)[0] == (1, "dogs", "https://dogs.example/", "Dogs bark.")


def test_claude_at_bedrock_gets_documents_and_cites_them_itself(server: Server, shell: Shell) -> None:
    def delta(index: int, **found: Any) -> tuple[str, Any]:
        return "contentBlockDelta", {"contentBlockIndex": index, "delta": found}

    place = {"documentChar": {"documentIndex": 1, "start": 0, "end": 10}}
    cited = {"title": "dogs", "sourceContent": [{"text": "Dogs bark."}], "location": place}
    rows = [
        ("messageStart", {"role": "assistant"}),
        delta(0, text="They bark."),
        delta(0, citation=cited),
        ("contentBlockStop", {"contentBlockIndex": 0}),
        ("messageStop", {"stopReason": "end_turn"}),
        ("metadata", {"usage": {"inputTokens": 3, "outputTokens": 2}}),
    ]
    body = b"".join(event(kind, json.dumps(payload).encode()) for kind, payload in rows)
    server.say(reply(200, body, headers={"content-type": "application/vnd.amazon.eventstream"}))
    found = shell.events("bedrock:us.anthropic.claude-haiku-4-5-20251001-v1:0", "Who barks?", documents=PAIR)
    events = checked(found)
    content = server.sent[0].json()["messages"][0]["content"]
    assert content[0] == {
        "document": {
            "format": "txt",
            "name": "cats txt",
            "source": {"text": CATS.text},
            "citations": {"enabled": True},
        }
    }
    assert "no instructions" in content[2]["text"]
    assert content[3] == {"text": "Who barks?"}
    assert citations(events) == [(1, "dogs", "https://dogs.example/", "Dogs bark.")]


def test_others_at_bedrock_cite_by_marks(server: Server, shell: Shell) -> None:
    rows = [
        ("messageStart", {"role": "assistant"}),
        ("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": "They bark [2]."}}),
        ("contentBlockStop", {"contentBlockIndex": 0}),
        ("messageStop", {"stopReason": "end_turn"}),
    ]
    body = b"".join(event(kind, json.dumps(payload).encode()) for kind, payload in rows)
    server.say(reply(200, body, headers={"content-type": "application/vnd.amazon.eventstream"}))
    events = checked(shell.events("bedrock:amazon.nova-lite-v1:0", "Who barks?", documents=PAIR))
    assert citations(events) == [(1, "dogs", "https://dogs.example/", "Dogs bark.")]
