"""What is logged, and that no record of any library holds a key, a prompt or an answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.http.messages import AsyncTransport
from fluent_ai.http.transports import default_async_transport
from fluent_ai.http.transports.httpx2 import AsyncHttpx2Transport
from fluent_ai.manifest.schema import Route
from fluent_ai.testing import fake_provider
from scripted_server import Answer, Server, manifest_for, reply, sse, stream, text_chunks
from verb_answers import embeddings, images

CANARIES = ("canary-key-0123456789", "canary-prompt", "canary-answer", "canary-header", "canary-said")
LEVELS = (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR)


class Catcher(logging.Handler):
    """Keeps all that a handler of any kind could show of a record."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []
        self.shown = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)
        self.shown += f"{self.format(record)} {record.__dict__}\n"

    def of(self, name: str) -> list[logging.LogRecord]:
        return [record for record in self.records if record.name == name]


@pytest.fixture
def catcher() -> Iterator[Catcher]:
    made, root = Catcher(), logging.getLogger()
    before = root.level
    root.addHandler(made)
    root.setLevel(logging.DEBUG)
    yield made
    root.removeHandler(made)
    root.setLevel(before)


def test_a_call_is_one_record_at_info(settings: dict[str, Any], catcher: Catcher) -> None:
    logging.getLogger().setLevel(logging.INFO)
    with ai.Client(**settings) as client, ai.tags(feature="search"):
        client.complete("acme:m", "hi")
    (record,) = catcher.of("fluent_ai.calls")
    assert record.getMessage().startswith("acme:m: chat complete after 0.")
    facts = vars(record)
    assert (facts["provider"], facts["model"], facts["verb"], facts["route"]) == ("acme", "m", "chat", "openai_chat")
    assert (facts["ended"], facts["partial"], facts["attempts"], facts["retries"]) == ("complete", False, 1, 0)
    assert (facts["input_tokens"], facts["output_tokens"], facts["cost"]) == (7, 2, None)
    assert (facts["tags"], facts["key_name"]) == ({"feature": "search"}, "keys['acme']")
    assert 0 < facts["first_event"] <= facts["seconds"]
    assert catcher.of("fluent_ai.attempts") == []


def test_a_failure_is_told_without_its_message(settings: dict[str, Any], server: Server, catcher: Catcher) -> None:
    server.say(reply(400, {"error": {"message": "canary-said"}}, headers={"x-request-id": "r-1"}))
    with ai.Client(**settings) as client, pytest.raises(ai.InvalidRequest, match="canary-said"):
        client.complete("acme:m", "hi")
    begins, ends = catcher.of("fluent_ai.calls")
    assert begins.getMessage() == "acme:m: chat begins"
    assert ends.getMessage().endswith(" with InvalidRequest")
    facts = vars(ends)
    assert (facts["error"], facts["status"], facts["request_id"], facts["ended"]) == (
        "InvalidRequest",
        400,
        "r-1",
        "failed",
    )
    started, failed = catcher.of("fluent_ai.attempts")
    assert (vars(started)["stage"], vars(failed)["stage"], vars(failed)["status"]) == ("started", "failed", 400)
    assert (vars(failed)["attempt"], vars(failed)["retry_in"]) == (1, None)
    assert {vars(each)["call_id"] for each in (begins, ends, started, failed)} == {vars(begins)["call_id"]}
    assert "canary-said" not in catcher.shown


def test_each_logger_has_its_own_level(
    settings: dict[str, Any], catcher: Catcher, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger().setLevel(logging.WARNING)
    with ai.Client(**settings) as client:
        client.complete("acme:m", "hi")
        assert catcher.records == []
        with caplog.at_level(logging.DEBUG, logger="fluent_ai.attempts"):
            client.complete("acme:m", "hi")
    assert {record.name for record in catcher.records} == {"fluent_ai.attempts"}


@pytest.mark.parametrize("ended", ["closed", "dropped"])
def test_streams_that_are_left_are_logged(
    settings: dict[str, Any], server: Server, catcher: Catcher, ended: str
) -> None:
    from fluent_ai.observe import watching

    server.say(stream([*sse(*text_chunks("Hel", finish=None), done=False), 30.0]))
    with ai.Client(**settings) as client:
        left = client.stream("acme:m", "hi")
        next(iter(left.text()))
        if ended == "closed":
            left.close()
        del left
    assert watching._dropped.flush(60)
    assert vars(catcher.of("fluent_ai.calls")[-1])["ended"] == ended


def says_all(answer: Answer) -> Answer:
    """The answer with a header that repeats what must not be logged."""
    head, rest = answer.pieces[0], answer.pieces[1:]
    assert isinstance(head, bytes)
    first, _, others = head.partition(b"\r\n")
    return Answer([first + b"\r\nset-cookie: canary-said\r\nx-echo: canary-key-0123456789\r\n" + others, *rest])


ANSWERS = {
    "complete": stream(sse(*text_chunks("canary-answer"))),
    "broken": stream(sse(*text_chunks("canary-answer", finish=None), done=False), end=False),
    "refused": reply(400, {"error": {"message": "canary-said"}}),
    "denied": reply(401, {"error": {"message": "canary-key-0123456789"}}),
    "malformed": stream([b"data: canary-said\n\n"]),
    "page": reply(200, b"<html>canary-said", headers={"content-type": "text/html"}),
    "closed": Answer([None]),
}


@pytest.mark.parametrize("how", ANSWERS)
@pytest.mark.parametrize("level", LEVELS, ids=logging.getLevelName)
def test_no_record_of_any_library_holds_a_secret(server: Server, catcher: Catcher, how: str, level: int) -> None:
    logging.getLogger().setLevel(level)
    server.say(says_all(ANSWERS[how]) if how != "closed" else ANSWERS[how])
    row = manifest_for(server.url, chat=(Route(protocol="openai_chat", path="/chat?key=canary-key-0123456789"),))
    settings: Any = {
        "keys": {"acme": "canary-key-0123456789"}, "manifests": [row], "retries": 0,
        "headers": {"x-customer": "canary-header"},
    }  # fmt: skip

    async def ask(transport: AsyncTransport) -> None:
        async with ai.AsyncClient(**settings, transport=transport) as client:
            try:
                await client.complete("acme:m", "canary-prompt", system="canary-prompt")
            except ai.FluentError:
                assert how != "complete"
        await transport.close()

    with ai.Client(**settings) as client:
        try:
            client.complete("acme:m", "canary-prompt", system="canary-prompt")
        except ai.FluentError:
            assert how != "complete"
    asyncio.run(ask(AsyncHttpx2Transport()))
    asyncio.run(ask(default_async_transport()))
    assert [canary for canary in CANARIES if canary in catcher.shown] == []
    if level == logging.DEBUG:
        names = {record.name.partition(".")[0] for record in catcher.records}
        assert {"fluent_ai", "httpcore2"} <= names


def test_nor_do_those_of_other_verbs_and_of_models_in_this_process(server: Server, catcher: Catcher) -> None:
    row = manifest_for(
        server.url,
        embeddings=(Route(protocol="openai_embeddings", path="/e"),),
        images=(Route(protocol="openai_images", path="/i"),),
    )
    with ai.Client(keys={"acme": "canary-key-0123456789"}, manifests=[row], retries=0) as client:
        server.say(embeddings.openai)
        client.embed("acme:m", "canary-prompt")
        server.say(images.ANSWERS["openai_images"])
        client.image("acme:m", "canary-prompt")
        server.say(reply(401, {"error": {"message": "canary-key-0123456789"}}))
        assert not client.check("acme").ok
    with fake_provider("canary-answer"), ai.Client() as client:
        client.complete("fake:m", "canary-prompt")
    assert len(catcher.of("fluent_ai.calls")) == 8
    assert [canary for canary in CANARIES if canary in catcher.shown] == []
