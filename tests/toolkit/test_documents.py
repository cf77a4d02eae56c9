"""`documents=`: native where the provider cites documents itself, else quotes; the same citations either way."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import fluent_ai as ai
import pytest
from cited import CATS, PAIR, checked, citations
from fluent_ai.testing import fake_provider
from scripted_server import Server, sse, stream, text_chunks
from shells import SHELLS, Shell

from fluent_ai_toolkit.context import Quotes


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, server: Server) -> Iterator[Shell]:
    names = ("anthropic", "cohere", "groq", "openai")
    made = Shell(request.param, keys=dict.fromkeys(names, "k"), base_urls=dict.fromkeys(names, server.url), retries=0)
    yield made
    made.close()


def test_others_get_quotes_whose_marks_are_citations(server: Server, shell: Shell) -> None:
    server.say(stream([*sse(*text_chunks("They ", "bark [2", "]. Mice [1] too [7]."))]))
    events = checked(shell.events("openai:gpt-4o-mini", "Who barks?", documents=PAIR))
    quotes, question = server.sent[0].json()["messages"][0]["content"].split("</quote ")[0], "Who barks?"
    assert 'cats.txt" lines 1-1>' in quotes
    assert "no instructions" in quotes
    assert server.sent[0].json()["messages"][0]["content"].endswith(question)
    assert citations(events) == [
        (1, "dogs", "https://dogs.example/", "Dogs bark."),
        (0, "cats.txt", None, CATS.text),
    ]
    kinds = [type(event) for event in events]
    assert kinds.index(ai.Citation) < kinds.index(ai.TextEnd)


def test_quotes_stand_in_the_first_question_however_long_the_history(server: Server, shell: Shell) -> None:
    server.say(stream([*sse(*text_chunks("Yes [2]."))]))
    reply = shell.complete("openai:gpt-4o-mini", "Who barks?", documents=PAIR)
    assert [each.document for each in reply.citations] == [1]
    history = [{"role": "user", "content": "Who barks?"}, reply, {"role": "user", "content": "Really?"}]
    shell.complete("openai:gpt-4o-mini", history, documents=PAIR)
    first, second = (sent.json()["messages"] for sent in server.sent)
    assert second[0] == first[0]
    assert second[1:] == [{"role": "assistant", "content": "Yes [2]."}, {"role": "user", "content": "Really?"}]


@pytest.mark.parametrize("model", ["anthropic:claude-haiku-4-5", "cohere:command-a-03-2025", "openai:gpt-4o-mini"])
def test_json_cites_nothing(server: Server, shell: Shell, model: str) -> None:
    server.say(stream([b"data: {}\n\n"]))
    shell.events(model, "Count.", documents=PAIR, output=list[int], validate=False)
    body = server.sent[0].json()
    assert "documents" not in body
    assert "no instructions" in str(body["messages"])
    assert "cite it" not in str(body["messages"])
    if model.startswith("openai"):
        server.say(stream([*sse(*text_chunks('{"result":[1]}'))]))
        assert shell.complete(model, "Count.", documents=PAIR, output=list[int]).citations == ()


def test_cohere_cites_the_results_of_tools_where_it_has_tools(server: Server, shell: Shell) -> None:
    server.say(stream([b"data: {}\n\n"]))
    shell.events("cohere:command-a-03-2025", "Who?", documents=PAIR, tools=[ai.Tool("look")])
    assert "documents" not in server.sent[0].json()
    assert "<quote " in str(server.sent[0].json()["messages"])


def test_models_of_this_process_get_quotes(shell: Shell) -> None:
    with fake_provider("Dogs do [2]. `[1]`") as fake:
        events = checked(shell.events("fake:x", "Who barks?", documents=PAIR))
    (message,) = fake.requests[0].messages
    assert [part.text.startswith("Quotes from documents") for part in message.parts] == [True, False]  # type: ignore[union-attr]
    assert citations(events) == [(1, "dogs", "https://dogs.example/", "Dogs bark.")]
    reply = ai.fold(events)
    assert reply.text[reply.citations[0].start : reply.citations[0].end] == "Dogs do"


def test_each_leg_of_a_route_gets_them_in_its_own_way(server: Server, shell: Shell) -> None:
    server.say(stream([b'data: {"type":"error","error":{"type":"overloaded_error","message":"no"}}\n\n']))
    with fake_provider("Dogs [2]."):
        route = ai.Route("anthropic:claude-haiku-4-5", "fake:x")
        events = checked(shell.events(route, "Who barks?", documents=PAIR))
    assert server.sent[0].json()["messages"][0]["content"][0]["type"] == "document"
    assert citations(events) == [(1, "dogs", "https://dogs.example/", "Dogs bark.")]


def test_a_run_has_them_in_every_turn(shell: Shell) -> None:
    asked: list[None] = []

    def look() -> str:
        """Look."""
        return "seen"

    def animals() -> list[str]:
        asked.append(None)
        return ["Cats.", "Dogs."]

    with fake_provider(ai.ToolCall("1", "look", {}), "Dogs [2].") as fake:
        context = ai.context(animals)
        run = shell.client.run("fake:x", "Who barks?", tools=[look], documents=context)
        events, error = shell.items(run)
    assert error is None
    assert [str(request.messages[0].parts[0].text).count("<quote ") for request in fake.requests] == [2, 2]  # type: ignore[union-attr]
    assert [each[3] for each in citations(events)] == ["Dogs."]
    assert all("Quotes from" not in message.text for message in run.history)
    assert len(asked) == 1, "it is read once"


class Spy:
    """Says what it was asked for."""

    notes = ("one was left out",)

    def __init__(self) -> None:
        self.asked: list[tuple[str, int | None]] = []
        self.documents = PAIR

    def collect(self, question: str = "", *, room: int | None = None, left: Any = None) -> Spy:
        self.asked.append((question, room))
        return self

    async def acollect(self, question: str = "", *, room: int | None = None) -> Spy:
        return self.collect(question, room=room)


def test_a_context_is_asked_when_the_call_is_sent(shell: Shell) -> None:
    spy = Spy()
    with fake_provider("Dogs [2].") as fake:
        reply_stream = shell.client.stream("fake:x", "Who barks?", documents=spy)
        assert spy.asked == []
        events = checked(shell.items(reply_stream))
    assert spy.asked == [("Who barks?", None)]
    assert isinstance(events[0], ai.Warned)
    assert events[0].message == "one was left out"
    assert reply_stream.partial.warnings == ("one was left out",)
    assert "<quote " in fake.requests[0].messages[0].text


def test_room_is_what_the_window_leaves(server: Server, shell: Shell) -> None:
    server.say(stream([*sse(*text_chunks("Yes."))]))
    spy, window = Spy(), 128_000
    shell.complete("openai:gpt-4o-mini", "word " * 10_000, documents=spy, max_tokens=1_000)
    ((_, room),) = spy.asked
    assert room is not None
    assert window * 0.7 < room < window * 0.95 - 1_000 - 10_000
    shell.complete(ai.Route("openai:gpt-4o-mini", "openai:gpt-4"), "Hi", documents=spy)
    assert 0 < (spy.asked[1][1] or 0) < 8_192


def test_the_rest_is_checked_before_anything_is_read(shell: Shell) -> None:
    spy = Spy()
    with fake_provider("never"), pytest.raises(ai.ConfigError, match="temperature"):
        shell.client.stream("fake:x", "hi", documents=spy, temperature=9.0)
    assert spy.asked == []


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        ("text", "documents is of type str"),
        (["text"], r"documents\[0\] is of type str; allowed: Document"),
        ([{"text": "x"}], r"documents\[0\] is of type dict"),
        ([CATS, ai.Document(name="n", text=" \n")], r"documents\[1\] has a blank text"),
        ([ai.Document(name=b"n", text="x")], r"documents\[0\] has a name or a text"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_document_is_refused(documents: Any, message: str) -> None:
    with fake_provider("never"), pytest.raises(ai.ConfigError, match=message):
        ai.Client().stream("fake:x", "hi", documents=documents)


def test_documents_count() -> None:
    client = ai.Client()
    question = "Which of the birds sings in winter?"
    alone = client.count_tokens("mistral:mistral-large-latest", question, validate=False)
    beside = client.count_tokens("mistral:mistral-large-latest", question, validate=False, documents=PAIR)
    assert beside.tokens > alone.tokens + 20
    with pytest.raises(ai.ConfigError, match="documents is a context that is yet to be collected"):
        client.count_tokens("mistral:mistral-large-latest", question, documents=ai.context(lambda: "x"))


@pytest.mark.parametrize("model", ["openai:gpt-4o-mini", "fake:x"])
def test_documents_need_a_question(model: str) -> None:
    client = ai.Client(keys={"openai": "k"})
    with fake_provider("never"), pytest.raises(ai.ConfigError, match="messages holds none of the user's"):
        client.stream(model, [{"role": "assistant", "content": "hi"}], documents=PAIR, validate=False)


def test_reading_says_how_far_it_is_before_the_reply_begins(shell: Shell) -> None:
    read: list[int] = []

    def texts() -> Iterator[str]:
        for number in range(40):
            read.append(number)
            yield f"text {number}"

    with fake_provider("Yes."):
        stream = shell.client.stream("fake:x", "Who?", documents=ai.context(texts))
        events = checked(shell.items(stream))
    kinds = [type(event) for event in events]
    assert isinstance(events[0], ai.Progress)
    assert events[0].phase == "read"
    begins = kinds.index(ai.StreamStart)
    assert ai.Progress not in kinds[begins:]
    done = [event.done for event in events[:begins] if isinstance(event, ai.Progress)]
    assert done == sorted(set(done))
    assert len(read) == 40
    timing = stream.partial.timing
    assert timing is not None
    assert timing.first_event is not None
    assert timing.first_event >= 0, "it is counted from when the request was sent"


def test_a_run_says_how_far_reading_is_in_its_first_turn(shell: Shell) -> None:
    def look() -> str:
        """Look."""
        return "seen"

    with fake_provider(ai.ToolCall("1", "look", {}), "Yes."):
        run = shell.client.run("fake:x", "Who?", tools=[look], documents=ai.context(lambda: ["Cats."]))
        events, error = shell.items(run)
    assert error is None
    kinds = [type(event) for event in events]
    assert kinds.count(ai.Progress) == 1
    assert kinds.index(ai.Progress) < kinds.index(ai.StreamStart)


def test_leaving_a_stream_ends_the_reading(shell: Shell) -> None:
    ended = threading.Event()

    def endless() -> Iterator[str]:
        try:
            for number in range(1_000_000_000):
                yield f"text {number}"
        finally:
            ended.set()

    context = ai.context(endless, rank=lambda question, documents: [0.0] * len(documents))

    async def leave(client: ai.AsyncClient) -> None:
        async with client.stream("fake:x", "Who?", documents=context) as stream:
            assert isinstance(await anext(stream), ai.Progress)

    with fake_provider("never") as fake:
        if isinstance(shell.client, ai.AsyncClient):
            shell.do(leave(shell.client))
        else:
            with shell.client.stream("fake:x", "Who?", documents=context) as stream:
                assert isinstance(next(stream), ai.Progress)
        assert ended.wait(30)
    assert fake.requests == []


def test_quotes_that_were_collected_before_may_be_given(shell: Shell) -> None:
    with fake_provider("Dogs [2]."):
        reply = shell.complete("fake:x", "Who?", documents=Quotes(tuple(PAIR), 9, (), {}))
    assert [each.document for each in reply.citations] == [1]
    with fake_provider("Nobody [1]."):
        assert shell.complete("fake:x", "Who?", documents=[]).citations == ()


def test_closing_a_stream_ends_the_reading_of_its_documents() -> None:
    begun, released = threading.Event(), threading.Event()

    def endless() -> Iterator[str]:
        for number in range(1_000_000):
            yield f"text {number}"
            begun.set()
            released.wait(30)

    context = ai.context(endless, rank=lambda question, documents: [0.0] * len(documents))
    with fake_provider("never") as fake:
        stream = ai.Client().stream("fake:x", "Who?", documents=context)

        def close() -> None:
            begun.wait(30)
            stream.close()
            released.set()

        closer = threading.Thread(target=close)
        closer.start()
        with pytest.raises(ai.Cancelled):
            stream.collect()
        closer.join(30)
        assert fake.requests == []

    async def main() -> None:
        async with ai.AsyncClient() as client:
            stream = client.stream("fake:x", "Who?", documents=ai.context(waiting))

            async def read() -> None:
                with pytest.raises(ai.Cancelled):
                    await stream.collect()

            task = asyncio.create_task(read())
            await asyncio.to_thread(asked.wait, 30)
            await stream.close()
            await asyncio.wait_for(task, 30)

    asked = threading.Event()

    async def waiting() -> str:
        asked.set()
        await asyncio.Event().wait()
        return ""

    with fake_provider("never"):
        asyncio.run(main())


def test_leaving_a_call_leaves_its_context() -> None:
    entered, left = threading.Event(), threading.Event()

    async def slow() -> str:
        entered.set()
        try:
            await asyncio.Event().wait()
        finally:
            left.set()
        return ""

    async def main() -> None:
        async with ai.AsyncClient() as client:
            task = asyncio.create_task(client.complete("fake:x", "Who?", documents=ai.context(slow)))
            await asyncio.to_thread(entered.wait, 30)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await asyncio.to_thread(left.wait, 30)

    with fake_provider("never"):
        asyncio.run(main())
