"""What is chosen: by embeddings, by models that rerank, and without what is nearly the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

import fluent_ai as ai
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Answer, Sent, Server, reply
from shells import SHELLS, Shell

from fluent_ai_toolkit.context import Context, Document, Quotes
from fluent_ai_toolkit.context.alike import Alike, resemblance, sketch_of

BIRDS = ["The robin sings in winter.", "The wren builds nests.", "Bread is baked from flour."]
WORDS = ("robin", "wren", "bread", "nests")


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, server: Server) -> Iterator[Shell]:
    urls = {"openai": server.url, "cohere": server.url, "voyageai": server.url}
    made = Shell(request.param, keys=dict.fromkeys(urls, "k"), base_urls=urls, retries=0)
    yield made
    made.close()


def collect(shell: Shell, context: Context, question: str) -> Quotes:
    quotes: Quotes = shell.do(
        context.collect(question) if isinstance(shell.client, ai.Client) else context.acollect(question)
    )
    return quotes


def vector(text: str) -> list[float]:
    return [float(word in text.lower()) for word in WORDS]


def embeds(sent: Sent) -> Answer:
    texts = sent.json()["input"]
    data = [{"index": number, "embedding": vector(text)} for number, text in enumerate(texts)]
    return reply(200, {"data": data, "model": "m", "usage": {"prompt_tokens": 1, "total_tokens": 1}})


def test_by_embedding(server: Server, shell: Shell) -> None:
    server.say(embeds)
    rank = ai.context.by_embedding(shell.client, "openai:text-embedding-3-small", dimensions=4)
    context = ai.context(lambda: BIRDS, rank=rank)
    quotes = collect(shell, context, "Which wren has nests?")
    assert [each.text for each in quotes.documents] == [BIRDS[1], BIRDS[0], BIRDS[2]]
    asked = [sent.json()["input"] for sent in server.sent]
    assert asked == [["Which wren has nests?"], BIRDS]
    assert {sent.json()["dimensions"] for sent in server.sent} == {4}
    assert collect(shell, context, "Bread?").documents[0].text == BIRDS[2]
    assert [sent.json()["input"] for sent in server.sent[2:]] == [["Bread?"]], "the vectors of documents are kept"


def test_texts_are_embedded_in_batches(server: Server, shell: Shell) -> None:
    server.say(embeds)
    rank = ai.context.by_embedding(shell.client, "openai:text-embedding-3-small")
    texts = [f"text {number}" for number in range(150)]
    collect(shell, ai.context(lambda: texts, rank=rank), "x")
    assert [len(sent.json()["input"]) for sent in server.sent] == [1, 64, 64, 22]


def test_queries_are_told_from_documents_where_that_matters(server: Server, shell: Shell) -> None:
    def answer(sent: Sent) -> Answer:
        rows = [{"index": number, "embedding": vector(text)} for number, text in enumerate(sent.json()["input"])]
        return reply(200, {"data": rows, "model": "m", "usage": {"total_tokens": 1}})

    server.say(answer)
    rank = ai.context.by_embedding(shell.client, "voyageai:voyage-3.5")
    collect(shell, ai.context(lambda: BIRDS, rank=rank), "wren")
    assert [sent.json()["input_type"] for sent in server.sent] == ["query", "document"]


def test_by_rerank(server: Server, shell: Shell) -> None:
    def answer(sent: Sent) -> Answer:
        rows = [
            {"index": number, "relevance_score": float("wren" in text)}
            for number, text in enumerate(sent.json()["documents"])
        ]
        return reply(200, {"results": rows[::-1]})

    server.say(answer)
    context = ai.context(lambda: BIRDS, rank=ai.context.by_rerank(shell.client, "cohere:rerank-v3.5"))
    quotes = collect(shell, context, "Which bird?")
    assert [each.text for each in quotes.documents] == [BIRDS[1], BIRDS[0], BIRDS[2]]
    assert server.sent[0].json()["query"] == "Which bird?"


def test_a_ranking_serves_a_question_with_documents(server: Server, shell: Shell) -> None:
    def answer(sent: Sent) -> Answer:
        if sent.path.endswith("embeddings"):
            return embeds(sent)
        chunk = {"choices": [{"index": 0, "delta": {"content": "Wrens [1]."}, "finish_reason": "stop"}]}
        body = b"data: " + json.dumps(chunk).encode() + b"\n\ndata: [DONE]\n\n"
        return reply(200, body, headers={"content-type": "text/event-stream"})

    server.say(answer)
    rank = ai.context.by_embedding(shell.client, "openai:text-embedding-3-small")
    found = shell.complete("openai:gpt-5.1", "Who has nests?", documents=ai.context(lambda: BIRDS, rank=rank))
    assert [each.quote for each in found.citations] == [BIRDS[1]]


def test_errors_of_a_ranking_are_raised(server: Server, shell: Shell) -> None:
    server.say(reply(401, {"error": {"message": "no"}}))
    context = ai.context(lambda: BIRDS, rank=ai.context.by_embedding(shell.client, "openai:text-embedding-3-small"))
    with pytest.raises(ai.AuthError):
        collect(shell, context, "wren")
    with pytest.raises(ai.ConfigError, match="no embeddings"):
        collect(shell, ai.context(lambda: BIRDS, rank=ai.context.by_embedding(shell.client, "anthropic:x")), "wren")


def test_a_ranking_needs_a_client() -> None:
    with pytest.raises(ai.ConfigError, match="client is of type str; allowed: a Client or an AsyncClient"):
        ai.context.by_embedding("client", "openai:x")  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(ai.ConfigError, match="asynchronous"):
        rank = ai.context.by_embedding(ai.AsyncClient(keys={"openai": "k"}), "openai:text-embedding-3-small")
        ai.context(lambda: BIRDS, rank=rank).collect("wren")


LONG = " ".join(f"word{number}" for number in range(60))


def test_what_is_nearly_the_same_is_left_out() -> None:
    texts = [LONG, LONG.replace("word59", "other"), LONG.upper() + "!", " ".join(reversed(LONG.split())), "Short."]
    quotes = ai.context(lambda: texts).collect()
    assert [each.text for each in quotes.documents] == [texts[0], texts[3], texts[4]]
    assert [(each.name, each.reason, each.message) for each in quotes.left_out] == [
        ("<lambda> 2", "near_duplicate", "like <lambda> 1"), ("<lambda> 3", "near_duplicate", "like <lambda> 1"),
    ]  # fmt: skip
    assert quotes.notes == ()
    assert len(ai.context(lambda: texts, near=1).collect().documents) == 5
    with pytest.raises(ai.ConfigError, match="near is 0.2"):
        ai.context(lambda: texts, near=0.2)


def test_what_was_left_out_for_its_size_is_no_twin() -> None:
    def rank(question: str, documents: Sequence[Document]) -> list[float]:
        return [float("first" not in each.text) for each in documents]

    texts = [f"first {LONG} {LONG}", *(f"filler {n} " + f"x{n} " * 150 for n in range(70)), f"last {LONG} {LONG}"]
    quotes = ai.context(lambda: texts, rank=rank, budget=2_000, chunk=4_000).collect("x")
    assert "near_duplicate" not in {each.reason for each in quotes.left_out if each.name.endswith(" 72")}


@given(st.lists(st.sampled_from([f"w{n}" for n in range(40)]), min_size=25, max_size=120), st.integers(0, 24))
def test_resemblance_is_that_of_all_shingles(words: list[str], changed: int) -> None:
    other = [*words[:changed], "changed", *words[changed + 1 :]]

    def shingles(of: list[str]) -> set[tuple[str, ...]]:
        return {tuple(of[at : at + 5]) for at in range(len(of) - 4)}

    one, two = shingles(words), shingles(other)
    exact = len(one & two) / len(one | two)
    estimate = resemblance(sketch_of(" ".join(words)), sketch_of(" ".join(other)))
    assert abs(estimate - exact) < (0.25 if len(one | two) > 64 else 1e-9)


def test_what_is_dropped_is_forgotten() -> None:
    alike, documents = Alike(0.9), [Document(name=str(n), text=re.sub("word", f"w{n}", LONG)) for n in range(50)]
    assert [alike.twin_of(each) for each in documents] == [None] * 50
    for each in documents:
        alike.drop(each)
        alike.drop(each)
    assert vars(alike) == {"_least": 0.9, "_sketches": {}, "_holders": {}}
