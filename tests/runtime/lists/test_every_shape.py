"""What holds for each shape of model list: where facts come from, and what is refused."""

from __future__ import annotations

import importlib
import json
from typing import get_args

import msgspec
import pytest
from fluent_ai.errors import ProtocolError
from fluent_ai.manifest.schema import ListShape
from fluent_ai.registry.facts import MOST_DOLLARS, ModelFacts
from fluent_ai.registry.lists import origins, parse
from hypothesis import given
from hypothesis import strategies as st

from .shapes import models

SHAPES: tuple[ListShape, ...] = get_args(ListShape)
ANSWERS: dict[ListShape, object] = {
    shape: importlib.import_module(f".test_{shape}", __package__).ANSWER for shape in SHAPES
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_has_a_module_an_answer_here_and_an_origin_for_every_fact(shape: ListShape) -> None:
    assert importlib.import_module(f"fluent_ai.registry.lists.{shape}").__doc__
    read = {
        fact
        for model in models(shape, ANSWERS[shape]).values()
        for fact in ModelFacts.__struct_fields__
        if getattr(model, fact) is not None
    }
    assert read == set(origins(shape))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("body", "got"),
    [
        (b"", "an empty body"),
        (b"  <!doctype html><html>", "an HTML page"),
        (b"upstream timed out", "18 bytes that are not JSON"),
        (b'{"data":[{"id":"a"', "broken JSON"),
        (b'{"error":{"message":"no"}}', "another shape"),
        (b"[7]", "another shape"),
        (b"\xff\xfe", "2 bytes that are not JSON"),
    ],
)
def test_what_is_no_list_is_refused_by_name(shape: ListShape, body: bytes, got: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        parse(shape, body, "acme")
    assert str(caught.value).startswith(f"acme: expected a model list of shape {shape!r}, got ")
    assert got in str(caught.value) or (shape in ("together", "github") and body[:1] == b"{")
    assert caught.value.provider == "acme"


@pytest.mark.parametrize("ids", [["a", "b", "a"], [""]])
def test_ids_are_there_and_distinct(ids: list[str]) -> None:
    body = json.dumps({"data": [{"id": name} for name in ids]}).encode()
    with pytest.raises(ProtocolError, match="acme: expected a list of distinct model ids"):
        parse("openai", body, "acme")


@given(st.sampled_from(SHAPES), st.data())
def test_a_list_cut_anywhere_is_an_error_and_never_half_a_list(shape: ListShape, data: st.DataObject) -> None:
    body = json.dumps(ANSWERS[shape]).encode()
    cut = data.draw(st.integers(0, len(body) - 1))
    with pytest.raises(ProtocolError):
        parse(shape, body[:cut], "acme")


def test_deep_nesting_is_an_error() -> None:
    body = b'{"data":[{"id":"a","owned_by":' + b"[" * 100_000 + b"]" * 100_000 + b"}]}"
    with pytest.raises(ProtocolError, match="nested too deeply"):
        parse("openai", body, "acme")


WILD = st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5) | st.just([]) | st.just({})

PRICE = (
    st.sampled_from(["1e308", "NaN", "sNaN", "Infinity", "-1", "9e999999", "1e400", "1e-400", "0", "", 7, None]) | WILD
)


@given(st.sampled_from(["groq", "openrouter"]), PRICE, st.floats() | st.integers() | st.none())
def test_odd_prices_and_times_are_unknown_or_a_protocol_error(shape: ListShape, price: object, created: object) -> None:
    model = {"id": "a", "created": created, "pricing": {"prompt": price}, "output_modalities": ["text"]}
    try:
        (found,) = parse(shape, msgspec.json.encode({"data": [model]}), "acme")
    except ProtocolError:
        return
    assert found.prices is None or found.prices.input is None or 0 <= found.prices.input <= MOST_DOLLARS


HOSTS = ("huggingface", "perplexity", "xai")


@given(st.sampled_from(HOSTS), PRICE)
def test_odd_prices_in_every_other_place_are_unknown_too(shape: ListShape, price: object) -> None:
    pricing = {"input": price, "unit": "usd_per_1m_tokens"}
    model = {"id": "a", "pricing": pricing, "providers": [{"status": "live", "pricing": pricing}]}
    model |= {"prompt_text_token_price": price, "completion_text_token_price": 1}
    try:
        (found,) = parse(shape, msgspec.json.encode({"data": [model]}), "acme")
    except ProtocolError:
        return
    assert found.prices is None or found.prices.input is None or 0 <= found.prices.input <= MOST_DOLLARS


FIELDS = (
    "id",
    "data",
    "models",
    "name",
    "created",
    "pricing",
    "capabilities",
    "type",
    "result",
    "properties",
    "providers",
    "features",
)

JSON = st.recursive(
    WILD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(SHAPES), JSON)
def test_any_json_is_a_list_or_a_protocol_error(shape: ListShape, value: object) -> None:
    try:
        found = parse(shape, msgspec.json.encode(value), "acme")
    except ProtocolError:
        return
    assert all(isinstance(model, ModelFacts) and model.id for model in found)
