"""Moderation over a real socket: order, images, batches, answers that make no sense, workers."""

from __future__ import annotations

import asyncio
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.content.results import Note
from fluent_ai.interfaces import Emit
from fluent_ai.manifest.schema import Auth, Manifest, Route
from fluent_ai.verbs.moderate import ModerateRequest
from scripted_server import Answer, Sent, Server, reply

MODEL = "acme:guard-1"
KEY = "test-key-0123456789"
PIXEL = ai.ImagePart(data=b"\x89PNG\r\n\x1a\n.")


def arguments(server: Server, protocol: str = "openai_moderation", **route: Any) -> dict[str, Any]:
    route = {"path": "/moderations", "image_inputs": True, "batch": 2} | route
    row = Manifest(
        id="acme",
        name="Acme",
        docs="https://acme.test",
        base_url=server.url,
        auth=Auth(env=("ACME_KEY",)),
        moderation=(Route(protocol=protocol, **route),),
    )
    return {"manifests": [row], "keys": {"acme": KEY}}


def judge(sent: Sent) -> Answer:
    """Texts that begin with `x`, and images, are flagged."""
    rows = []
    for part in sent.json()["input"]:
        bad = isinstance(part, dict) or part.startswith("x")
        rows.append({"flagged": bad, "categories": {"x": bad}, "category_scores": {"x": float(bad), "y": None}})
    return reply(200, {"id": "m-1", "model": "guard-1-real", "results": rows})


def answered(results: object) -> Answer:
    return reply(200, {"results": results})


def test_verdicts_keep_the_order_of_texts_and_images(server: Server) -> None:
    server.say(judge)
    with ai.Client(**arguments(server)) as acme:
        found = acme.moderate(MODEL, ["a", "x", "b", PIXEL, "c", ai.ImagePart(url="https://a.test/i.png")])
    assert [verdict.flagged for verdict in found] == [False, True, False, True, False, True]
    assert [verdict.index for verdict in found] == list(range(6))
    assert found.flagged
    assert found[1] == ai.Moderation(1, True, {"x": True}, {"x": 1.0})
    assert len(found) == 6
    assert (found.model, found.provider) == ("guard-1-real", "acme")
    inputs = [sent.json()["input"] for sent in server.sent]
    assert [len(each) for each in inputs] == [2, 1, 1, 1, 1]
    assert inputs[2] == [{"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgou"}}]
    assert inputs[4] == [{"type": "image_url", "image_url": {"url": "https://a.test/i.png"}}]


def test_async_and_bound_are_the_same(server: Server) -> None:
    server.say(judge)

    async def moderate() -> ai.Moderations:
        async with ai.AsyncClient(**arguments(server)) as acme:
            async with acme.stream_moderate(MODEL, "x") as stream:
                items = [item async for item in stream if isinstance(item, ai.Moderation)]
            assert len(items) == 1
            async with acme.model(MODEL).stream_moderate("x") as stream:
                assert list(await stream.collect()) == list(await acme.moderate(MODEL, "x"))
            return await acme.model(MODEL).moderate("x")

    one = asyncio.run(moderate())
    with ai.Client(**arguments(server)) as acme:
        assert list(acme.model(MODEL).moderate("x")) == list(one)
        with acme.model(MODEL).stream_moderate("x") as stream:
            assert list(stream.collect()) == list(one)


def test_with_a_cache_the_same_inputs_are_judged_once(server: Server) -> None:
    server.say(judge)
    inputs = ["a", "x", "b", PIXEL, "c"]
    with ai.Client(**arguments(server), cache=ai.MemoryCache()) as acme:
        first = acme.moderate(MODEL, inputs)
        assert len(server.sent) == 4
        again = acme.moderate(MODEL, inputs)
        assert len(server.sent) == 4
        assert (again.from_cache, list(again)) == (True, list(first))
        assert [verdict.flagged for verdict in acme.moderate(MODEL, inputs[::-1])] == [False, True, False, True, False]
        assert len(server.sent) > 4
        acme.moderate(MODEL, inputs, cache=False)
    assert len(server.sent) == 4 + 4 + 4


def test_nothing_flagged(server: Server) -> None:
    server.say(judge)
    with ai.Client(**arguments(server)) as acme:
        assert not acme.moderate(MODEL, ["a", "b", "c"]).flagged


def test_flagged_is_any_category_where_it_is_not_said(server: Server) -> None:
    rows = [{"categories": {"a": False, "b": True}}, {"categories": {"a": False}}]
    server.say(answered(rows))
    with ai.Client(**arguments(server)) as acme:
        assert [verdict.flagged for verdict in acme.moderate(MODEL, ["a", "b"])] == [True, False]


def test_all_risks_of_a_text_make_one_verdict(server: Server) -> None:
    rows = [{"risk_level": "PASS", "risk_type": None}, {"risk_level": "REVIEW", "risk_type": ["a", "b"]}]
    server.say(reply(200, {"id": "m-1", "result_list": rows}))
    with ai.Client(**arguments(server, "zhipu_moderation", batch=1)) as acme:
        found = acme.moderate(MODEL, "x")
        assert found[0] == ai.Moderation(0, True, {"a": True, "b": True}, {})
        with pytest.raises(ai.ConfigError, match="an image among the inputs is not supported by acme"):
            acme.moderate(MODEL, PIXEL)


def test_a_route_that_sends_too_much_at_once_is_refused(server: Server) -> None:
    with (
        ai.Client(**arguments(server, "zhipu_moderation", batch=2)) as acme,
        pytest.raises(ai.ConfigError, match="zhipu_moderation takes one input a request; its route needs batch = 1"),
        acme.stream_moderate(MODEL, ["a", "b"]),
    ):
        pass
    assert server.sent == []


@pytest.mark.parametrize(
    ("inputs", "options", "message"),
    [
        ([], {}, "inputs is empty; allowed: at least one text"),
        ("", {}, r"inputs\[0\] is empty"),
        (["a", 1], {}, r"inputs\[1\] is of type int; allowed: a str"),
        (None, {}, "inputs is of type NoneType; allowed: a str or a list of str"),
        ("a", {"dimensions": 1}, "option 'dimensions' is not known for openai_moderation"),
        (["a", PIXEL], {}, r"inputs\[1\] is an image; allowed by acme for guard-1: str"),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_sent(
    server: Server, inputs: Any, options: dict[str, Any], message: str
) -> None:
    with ai.Client(**arguments(server, image_inputs=False)) as acme, pytest.raises(ai.ConfigError, match=message):
        acme.moderate(MODEL, inputs, **options)
    assert server.sent == []


@pytest.mark.parametrize(
    ("results", "message"),
    [
        ([], "1 inputs were sent and 0 verdicts came back"),
        ([{"flagged": True}] * 2, "1 inputs were sent and 2 verdicts came back"),
        ([{}], "a verdict says neither flagged nor any category"),
        ([{"categories": {"a": None}}], "a verdict says neither flagged nor any category"),
        ([{"flagged": "yes"}], "answer: Expected"),
        ([{"flagged": True, "categories": []}], "categories is no object"),
        ([{"flagged": True, "categories": {"a": 1}}], "categories holds something that is neither true nor false"),
        ([{"flagged": True, "category_scores": {"a": "1"}}], "category_scores holds something that is not a finite"),
        ([{"flagged": True, "category_scores": {"a": True}}], "category_scores holds something that is not a finite"),
    ],
)
def test_answers_that_make_no_sense(server: Server, results: object, message: str) -> None:
    server.say(answered(results))
    with ai.Client(**arguments(server), retries=0) as acme, pytest.raises(ai.ProtocolError, match=message):
        acme.moderate(MODEL, "a")


@pytest.mark.parametrize("rows", [None, [], [{}], [{"risk_level": "PASS"}, {}]])
def test_risks_that_are_not_told(server: Server, rows: object) -> None:
    server.say(reply(200, {"result_list": rows}))
    with (
        ai.Client(**arguments(server, "zhipu_moderation", batch=1), retries=0) as acme,
        pytest.raises(ai.ProtocolError, match="it holds no verdict"),
    ):
        acme.moderate(MODEL, "a")


class Counting:
    """An in-process model that flags what is long."""

    def moderation_model(self, model: str) -> Counting:
        return self

    def run(self, request: ModerateRequest, emit: Emit[ai.Moderation | Note]) -> None:
        for index, text in enumerate(request.inputs, request.offset):
            assert isinstance(text, str)
            emit(ai.Moderation(index, len(text) > 2, {}, {}))


def test_a_worker_of_this_process() -> None:
    auth = Auth(scheme="none", required=False)
    routes = (Route(protocol="worker", batch=2),)
    row = Manifest(id="counting", name="Counting", docs="https://acme.test", auth=auth, moderation=routes)
    ai.register_provider(row, Counting)
    try:
        with ai.Client() as here:
            found = here.moderate("counting:any", ["a", "bb", "ccc"])
    finally:
        ai.unregister_provider("counting")
    assert [verdict.flagged for verdict in found] == [False, False, True]
