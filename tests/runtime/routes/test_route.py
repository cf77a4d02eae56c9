"""Routes that cannot be: refused where they are made, or where they are called, before anything is sent."""

from __future__ import annotations

from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai_providers.openai import Model, OpenAI


@pytest.mark.parametrize(
    ("legs", "options", "said"),
    [
        ((), {}, "a Route has no legs"),
        ((ai.Route("openai:gpt-5.1"),), {}, "a leg is a Route"),
        (("openai:gpt-5.1", "openai:gpt-5.1"), {}, "the leg 'openai:gpt-5.1' is there twice"),
        (("openai:gpt-5.1", Model.GPT_5_1), {}, "the leg 'openai:gpt-5.1' is there twice"),
        (("gpt-5.1",), {}, "model is 'gpt-5.1'"),
        ((7,), {}, "model is of type int"),
        (("openai:gpt-5.1",), {"resume": "sometimes"}, "resume is 'sometimes'; allowed: never, continue, restart"),
        (
            ("openai:gpt-5.1",),
            {"pick": "random"},
            "pick is 'random'; allowed: order, fastest, cheapest, or the weights",
        ),
        (("openai:gpt-5.1",), {"pick": None}, "pick is None"),
        (("openai:gpt-5.1",), {"hedge": 0.95}, "the route has one leg; allowed: with two or more"),
        (("openai:gpt-5.1", "openai:gpt-4.1"), {"hedge": 1}, "hedge is 1; allowed: a share of calls between 0 and 1"),
        (("openai:gpt-5.1", "openai:gpt-4.1"), {"hedge": 0.0}, "hedge is 0.0"),
        (("openai:gpt-5.1", "openai:gpt-4.1"), {"hedge": -0.5}, "hedge is -0.5"),
        (("openai:gpt-5.1", "openai:gpt-4.1"), {"hedge": float("nan")}, "hedge is nan"),
        (("openai:gpt-5.1", "openai:gpt-4.1"), {"hedge": True}, "hedge is True"),
        (("openai:gpt-5.1", "openai:gpt-4.1"), {"hedge": "0.95"}, "hedge is '0.95'"),
        (("openai:gpt-5.1",), {"pick": ["order"]}, "pick is \\['order'\\]"),
        (("openai:gpt-5.1",), {"pick": {}}, "pick has no weight above 0"),
        (("openai:gpt-5.1",), {"pick": {"openai:gpt-5.1": 0}}, "pick has no weight above 0"),
        (("openai:gpt-5.1",), {"pick": {"openai:gpt-5.1": -1}}, "pick\\['openai:gpt-5.1'\\] is -1; allowed: a number"),
        (("openai:gpt-5.1",), {"pick": {"openai:gpt-5.1": float("nan")}}, "is nan"),
        (("openai:gpt-5.1",), {"pick": {"openai:gpt-5.1": float("inf")}}, "is inf"),
        (("openai:gpt-5.1",), {"pick": {"openai:gpt-5.1": True}}, "is True"),
        (("openai:gpt-5.1",), {"pick": {"openai:gpt-5.1": "1"}}, "is '1'"),
        (
            ("openai:gpt-5.1",),
            {"pick": {"openai:gpt-4.1": 1}},
            "pick has a weight for 'openai:gpt-4.1'; allowed: the legs",
        ),
    ],
)
def test_a_route_is_checked_when_it_is_made(legs: tuple[Any, ...], options: dict[str, Any], said: str) -> None:
    with pytest.raises(ai.ConfigError, match=said):
        ai.Route(*legs, **options)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"name": ""}, "name is empty"),
        ({"timeout": -1.0}, "timeout is -1.0"),
        ({"timeout": "soon"}, "timeout is 'soon'"),
        ({"retries": 1.5}, "retries is 1.5"),
        ({"retries": True}, "retries is True"),
        ({"retries": -1}, "retries is -1"),
    ],
)
def test_a_leg_is_checked_when_it_is_made(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ai.ConfigError, match=said):
        ai.Leg("openai:gpt-5.1", **options)


def test_legs_show_no_keys() -> None:
    leg = ai.Leg("openai:gpt-5.1", key="sk-a-secret")
    assert "secret" not in repr(leg) + repr(ai.Route(leg)) + str(leg)


def test_every_leg_must_be_able_to_do_the_verb() -> None:
    client = ai.Client(keys={"openai": "k", "anthropic": "k"})
    with pytest.raises(ai.ConfigError, match="anthropic has no embeddings"):
        client.embed(ai.Route("openai:text-embedding-3-small", "anthropic:claude-sonnet-4-5"), "a text")
    with pytest.raises(ai.ConfigError, match="provider 'opnai' is not known"):
        client.stream(ai.Route("openai:gpt-5.1", "opnai:gpt-5.1"), "hi")
    with pytest.raises(ai.ConfigError, match="provider 'opnai' is not known"):
        client.model(ai.Route("openai:gpt-5.1", "opnai:gpt-5.1"))  # type: ignore[arg-type]


def test_a_wrong_option_is_refused_before_anything_is_sent() -> None:
    client = ai.Client(keys={"openai": "k", "anthropic": "k"})
    with pytest.raises(ai.ConfigError, match="temprature"):
        client.stream(ai.Route("openai:gpt-5.1", "anthropic:claude-sonnet-4-5"), "hi", temprature=1)  # type: ignore[call-arg]


def test_a_wrong_key_of_a_leg_is_refused_at_the_call() -> None:
    with pytest.raises(ai.ConfigError, match="no usable key"):
        ai.Client().stream(ai.Route(ai.Leg("openai:gpt-5.1", key="two words")), "hi")


def test_a_typed_client_takes_a_route_of_its_own_models() -> None:
    client = OpenAI(api_key="k")
    client.stream(ai.Route(Model.GPT_5_1, "openai:gpt-4.1"), "hi")
    with pytest.raises(ai.ConfigError, match="allowed: a model of openai"):
        client.stream(ai.Route(Model.GPT_5_1, "anthropic:claude-sonnet-4-5"), "hi")


def test_a_bound_route_has_the_same_verbs() -> None:
    bound = ai.Client(keys={"openai": "k"}).model(ai.Route("openai:gpt-5.1"))
    assert isinstance(bound.stream("hi"), ai.ReplyStream)
