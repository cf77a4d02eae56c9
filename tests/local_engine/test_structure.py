"""Replies that must fit a schema, a regular expression or a grammar, written by a random model that knows none."""

from __future__ import annotations

import gc
import json
import re
import subprocess
import sys
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import fluent_ai as ai
import jsonschema
import msgspec
import numpy as np
import pytest
from fluent_ai.errors import ConfigError, UnsupportedModel
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.memory import unload
from fluent_ai_local.text.closed_schema import closed as closed_schema
from fluent_ai_local.text.constraint import Constraint
from fluent_ai_local.text.grammar import Grammar
from fluent_ai_local.text.tokenizer import Tokenizer
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from llguidance import LLMatcher
from random_schemas import random_schema
from small_gguf import SENTENCEPIECE_KEYS

SHORT = {"type": "string", "maxLength": 6}
SMALL = {"type": "integer", "minimum": -20, "maximum": 300}


def closed(**properties: object) -> dict[str, object]:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


SCHEMAS = (
    closed(name=SHORT, age=SMALL),
    closed(kind={"enum": ["sun", "rain", 3, None, {"deep": [1]}]}),
    closed(always={"const": "the same"}, flag={"type": "boolean"}),
    closed(list={"type": "array", "items": SMALL, "minItems": 2, "maxItems": 5}),
    closed(pair={"type": "array", "prefixItems": [SHORT, {"type": "null"}], "items": False, "minItems": 2}),
    closed(either={"anyOf": [SHORT, {"type": "boolean"}]}),
    closed(one={"oneOf": [closed(a=SMALL), closed(b=SHORT)]}),
    closed(day={"type": "string", "format": "date"}, when={"type": "string", "format": "time"}),
    closed(code={"type": "string", "pattern": "^[A-Z]{2}-[0-9]{3}$"}),
    closed(ratio={"type": "number", "minimum": 0, "maximum": 1, "multipleOf": 0.25}),
    closed(of={"type": "array", "items": {"$ref": "#/$defs/point"}, "maxItems": 3})
    | {"$defs": {"point": closed(x=SMALL, y=SMALL)}},
    closed(both={"allOf": [closed(a=SMALL), closed(a={"minimum": 0})]}),
    closed(may=SHORT, must=SMALL) | {"required": ["must"]},
    {"type": "object", "patternProperties": {"^[a-c]{1,2}$": {"type": "boolean"}}, "additionalProperties": False,
     "maxProperties": 1},
    closed(**{'a "key" with \\ and é': {"enum": ["ü\n"]}}),
)  # fmt: skip


class City(msgspec.Struct):
    name: Literal["Rome", "Paris"]
    people: list[Literal[1, 2]]


@pytest.fixture(scope="module")
def model(write_gguf) -> Iterator[str]:
    path = write_gguf(metadata={"llama.context_length": 2000})
    yield f"local:{path}"
    unload(str(path))


@pytest.fixture(scope="module")
def client() -> Iterator[ai.Client]:
    with ai.Client() as client:
        yield client


@pytest.fixture(scope="module")
def tokenizer(tiny_path) -> Tokenizer:
    with GGUFFile(tiny_path) as file:
        return Tokenizer(file)


@pytest.fixture(scope="module")
def sentencepiece(write_gguf) -> Tokenizer:
    with GGUFFile(write_gguf(metadata=SENTENCEPIECE_KEYS)) as file:
        return Tokenizer(file)


@pytest.mark.parametrize("number", range(len(SCHEMAS)))
def test_a_random_model_writes_json_of_any_schema(client, model, number):
    reply = client.complete(model, "Go.", output=SCHEMAS[number], temperature=1.0, seed=number)
    assert reply.finish_reason == "stop"
    jsonschema.validate(json.loads(reply.text), SCHEMAS[number])
    assert reply.output == json.loads(reply.text)
    assert reply.warnings == ()


def test_a_type_comes_back_as_its_values(client, model):
    with client.stream(model, "Go.", output=City, temperature=1.0, seed=5) as stream:
        grown = list(stream.outputs())
        reply = stream.collect()
    assert isinstance(reply.output, City)
    assert reply.output == reply.output_as(City)
    assert grown[-1] == msgspec.to_builtins(reply.output)
    assert client.complete(model, "Go.", output=Literal["a", "b"]).output in ("a", "b")


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"temperature": 2.0, "top_k": 1},
        {"temperature": 0.7, "top_p": 0.5, "min_p": 0.1, "typical_p": 0.9, "xtc_probability": 1.0},
        {"top_n_sigma": 0.5, "dynatemp_range": 0.5},
        {"mirostat": 1},
        {"mirostat": 2},
        {"logit_bias": {2: 1e9}, "repetition_penalty": 1.5, "frequency_penalty": 2.0, "dry_multiplier": 3.0},
        {"logprobs": 3},
        {"precision": "exact", "temperature": 1.0},
        {"stop": "never"},
    ],
)
def test_every_sampler_chooses_among_what_fits(client, model, options):
    reply = client.complete(model, "Go.", regex="[a-f]{4}(-[0-9]{3}){2}", seed=1, **options)
    assert re.fullmatch("[a-f]{4}(-[0-9]{3}){2}", reply.text)
    assert (reply.finish_reason, reply.raw_reason) == ("stop", "end_of_turn")


def test_log_probabilities_are_those_of_the_model_without_the_schema(client, model):
    def first(**options):
        return client.complete(model, "Go.", logprobs=20, max_tokens=1, **options).logprobs[0]

    free, bound = first(), first(grammar='start: "the" "!"')
    assert bound.top == free.top
    assert bound.token.startswith("t")
    assert bound.logprob < free.logprob


def test_replies_without_a_schema_are_what_they_are_alone(client, model):
    def ask(number: int) -> str:
        options = {"regex": "[a-z]{60}"} if number % 2 else {}
        return client.complete(model, "x" * number, max_tokens=60, temperature=1.0, seed=number, **options).text

    alone = [ask(number) for number in range(12)]
    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(ask, range(12))) == alone
    assert all(re.fullmatch("[a-z]{60}", text) for text in alone[1::2])


OPEN = {"type": "object", "properties": {"a": SMALL}}


@pytest.mark.parametrize(
    ("schema", "same"),
    [
        (OPEN, False),
        ({"$defs": {"x": OPEN}, "anyOf": [{"type": "array", "items": OPEN}, {"$ref": "#/$defs/x"}]}, False),
        ({"properties": {"properties": OPEN}, "additionalProperties": True}, False),
        ({"properties": {"a": {}}, "additionalProperties": {"type": "null"}}, True),
        ({"type": "object"}, True),
        ({"type": "object", "properties": {"a": {}}, "patternProperties": {"b": {}}}, True),
        ({"oneOf": [OPEN, {"type": "object", "properties": {"b": SMALL}}]}, True),
        ({"allOf": [OPEN, {"properties": {"b": SMALL}}]}, True),
        ({"properties": {"a": {}}, "anyOf": [{"required": ["b"]}, {"required": ["a"]}]}, True),
        ({"const": OPEN}, True),
    ],
)
def test_objects_are_closed_where_that_only_narrows_them(schema, same):
    made = closed_schema(schema)
    assert (made == schema) == same
    for value in ({}, {"a": 1}, {"properties": {"a": 1}}, [{"a": 2}]):
        assert Draft202012Validator(schema).is_valid(value) or not Draft202012Validator(made).is_valid(value)


def test_a_reply_that_is_cut_says_so(client, model):
    reply = client.complete(model, "Go.", output=closed(text={"type": "string", "minLength": 50}), max_tokens=12)
    assert (reply.finish_reason, reply.output) == ("length", None)
    assert reply.text.startswith('{"text": "')
    # The last token that there was room for completed it.
    whole = client.complete(model, "Go.", regex="[0-9]{5}", max_tokens=5)
    assert (whole.finish_reason, whole.usage.output_tokens) == ("stop", 5)


def test_an_empty_reply_may_be_the_only_one(client, model):
    reply = client.complete(model, "Go.", regex="")
    assert (reply.text, reply.finish_reason) == ("", "stop")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"output": {"type": "object", "not": {}}}, '"not"'),
        ({"output": closed(a={"type": "array", "uniqueItems": True})}, '"uniqueItems"'),
        ({"output": closed(a={"oneOf": [{"type": "integer"}, {"type": "number"}]})}, "oneOf"),
        ({"output": closed(a={"type": "string", "format": "nonsense"})}, "nonsense"),
        ({"output": closed(a={"type": "string", "pattern": "a(?=b)"})}, "look-ahead"),
        ({"output": closed(a={"type": "integer", "minimum": 5, "maximum": 3})}, "'a' is unsatisfiable"),
        ({"output": closed(a={"$ref": "https://example.com/schema"})}, "https://example.com/schema"),
        ({"output": {"type": "object", "x-guidance": {"lenient": True}, "not": {}}}, '"not"'),
        ({"output": closed(a={"const": "\ud800"})}, "lone surrogate"),
        ({"regex": "("}, "unclosed group"),
        ({"regex": r"(a)\1"}, "backreferences"),
        ({"regex": "[^\x00-\U0010ffff]"}, "no text satisfies it"),
        ({"regex": "\ud800"}, "lone surrogate"),
        ({"grammar": "start: unknown"}, 'unknown name: "unknown"'),
        ({"grammar": 'start: <|im_start|> "a"'}, "unknown special token"),
        ({"grammar": ""}, "Empty grammar"),
        ({"regex": "a", "grammar": 'start: "a"'}, "regex and grammar are given"),
        ({"output": {"type": "object"}, "regex": "a"}, "output and regex are given"),
    ],
)
def test_what_cannot_be_enforced_is_refused_by_name_before_anything_is_loaded(client, tmp_path, asked, said):
    path = tmp_path / "no model.gguf"
    path.write_bytes(b"nothing that could be loaded")
    with pytest.raises(ConfigError) as refused:
        client.complete(f"local:{path}", "Go.", **asked)
    assert said in str(refused.value)
    assert next(iter(asked)) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_without_llguidance_the_extra_is_named(tiny_path):
    program = f"""
import sys
sys.modules["llguidance"] = None
import fluent_ai as ai
with ai.Client() as client:
    try:
        client.complete("local:{tiny_path}", "hi", output=int)
    except Exception as error:
        print(f"{{type(error).__name__}}: {{error}}")
    print(client.complete("local:{tiny_path}", "hi", max_tokens=3).finish_reason)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    needs = "ConfigError: output is given, which needs llguidance: pip install 'fluent-ai[local]'"
    assert done.stdout.splitlines() == [needs, "length"]


WORDS = ("", "a", "ab", "aba", "abc", "bb a", " a", "the end", "thé\u2028", "</s>")


@given(choices=st.lists(st.integers(0, 10**6), max_size=30), written=st.sets(st.sampled_from(WORDS), min_size=1))
@pytest.mark.parametrize("vocabulary", ["tokenizer", "sentencepiece"])
def test_a_token_is_allowed_only_where_a_text_goes_on_and_an_end_only_where_one_ends(
    request, vocabulary, choices, written
):
    """Any walk through a finite language, against the language itself."""
    tokenizer: Tokenizer = request.getfixturevalue(vocabulary)
    source = LLMatcher.grammar_from_regex("|".join(re.escape(word) for word in sorted(written)))
    constraint = Constraint(tokenizer.trie, Grammar("regex", source))
    words = {word.encode() for word in written}
    text = b""
    for choice in choices:
        # Logits may be more than there are tokens, as some files have it.
        logits = constraint.mask(np.zeros(len(tokenizer.tokens) + 5, np.float32))
        allowed = np.flatnonzero(np.isfinite(logits)).tolist()
        assert (tokenizer.stop_tokens <= set(allowed)) == (text in words)
        pieces = [token for token in allowed if token not in tokenizer.stop_tokens]
        assert pieces or text in words
        for token in pieces:
            assert tokenizer.token_bytes(token)
            assert any(word.startswith(text + tokenizer.token_bytes(token)) for word in words)
        if not pieces:
            return
        chosen = pieces[choice % len(pieces)]
        text += tokenizer.token_bytes(chosen)
        longer = any(word.startswith(text) and word != text for word in words)
        assert constraint.accept(chosen) == (not longer)
        if not longer:
            return


def test_sentencepiece_loses_no_space_of_what_was_asked_for(client, write_gguf):
    path = write_gguf(metadata=SENTENCEPIECE_KEYS, tensors={"token_embd.weight": np.eye(266, 32, dtype=np.float32)})
    assert client.complete(f"local:{path}", "ab", regex=" ab a", template="").text == " ab a"
    assert unload(str(path)) == 1


def test_a_vocabulary_without_an_end_is_refused(tokenizer):
    endless = Tokenizer(
        msgspec.structs.replace(tokenizer.vocabulary, types=[1] * len(tokenizer.tokens), ends=frozenset())
    )
    with pytest.raises(UnsupportedModel, match="no token that ends a reply"):
        _ = endless.trie


def test_what_llguidance_keeps_does_not_keep_the_tokenizer(tiny_path):
    with GGUFFile(tiny_path) as file:
        tokenizer = Tokenizer(file)
    assert tokenizer.trie is tokenizer.trie
    gone = weakref.ref(tokenizer)
    del tokenizer
    gc.collect()
    assert gone() is None


@pytest.mark.slow
def test_two_hundred_schemas_by_smollm2(client, smollm2_path):
    schemas = [random_schema(seed) for seed in range(200)]

    def ask(number: int) -> ai.Reply:
        chance = {"temperature": 1.0, "seed": number} if number % 2 else {}
        return client.complete(
            "local:smollm2-135m", "Fill in this form, as JSON.", output=schemas[number], max_tokens=1500, **chance
        )

    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(ask, range(len(schemas))))
    for schema, reply in zip(schemas, replies, strict=True):
        assert reply.finish_reason == "stop"
        jsonschema.validate(json.loads(reply.text), schema)
