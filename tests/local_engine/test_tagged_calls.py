"""Calls whose arguments stand between tags, as Qwen3-Coder writes them: what a forced one may be."""

from __future__ import annotations

from typing import Any

import pytest
from fluent_ai.content.parts import Tool
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.text.reply_grammar import reply_grammar, to_tool_grammars
from fluent_ai_local.text.tokenizer import Tokenizer
from fluent_ai_local.text.tool_formats import FORMATS

LLMatcher = pytest.importorskip("llguidance", reason="the extra local brings llguidance").LLMatcher
TIMES = {"type": "array", "items": {"$ref": "#/$defs/Hour"}, "maxItems": 2}
PARAMETERS = {
    "type": "object",
    "properties": {
        "city": {"enum": ["Rome", "Oslo"]},
        "note": {"type": "string", "description": "Anything."},
        "code": {"type": "string", "minLength": 1, "maxLength": 3},
        "times": TIMES,
    },
    "required": ["city", "note"],
    "$defs": {"Hour": {"type": "integer", "minimum": 0, "maximum": 23}},
}


def grammar(tiny_path, parameters: dict[str, Any]) -> tuple[Tokenizer, str]:
    with GGUFFile(tiny_path) as file:
        tokenizer = Tokenizer(file)
    request = ChatRequest(model="m", messages=(), tools=(Tool("weather", "", parameters),), tool_choice="weather")
    made = reply_grammar(
        None, to_tool_grammars(request, None), schemas={"weather": parameters}, choice="weather",
        row=FORMATS["qwen3-coder"], reasoning=None, tokenizer=tokenizer,
    )  # fmt: skip
    assert made is not None
    return tokenizer, made.source


def call(**arguments: str) -> str:
    written = "".join(f"<parameter={name}>\n{value}\n</parameter>\n" for name, value in arguments.items())
    return f"<tool_call>\n<function=weather>\n{written}</function>\n</tool_call>"


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        (call(city="Rome", note="a < b\n</p> \u00e9"), True),
        (call(city="Rome", note=""), True),
        (call(city="Rome", note="x", code="abc"), True),
        (call(city="Rome", note="x", code="abcd"), False),
        (call(city="Rome", note="x", code=""), False),
        (call(city="Rome", note="x", times="[1, 23]"), True),
        (call(city="Rome", note="x", times="[1, 24]"), False),
        (call(city="Paris", note="x"), False),
        (call(city="Rome"), False),
        (call(note="x", city="Rome"), False),
        (call(city="Rome", note="x", more="y"), False),
        ("Rome", False),
    ],
)
def test_a_forced_call_fits_the_schema(tiny_path, text, fits):
    tokenizer, source = grammar(tiny_path, PARAMETERS)
    matcher = LLMatcher(tokenizer.trie, source)
    ids = tokenizer.encode(text)
    assert (matcher.try_consume_tokens(ids) == len(ids) and matcher.is_accepting()) == fits


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"properties": {"a": {"type": "string", "pattern": "[0-9]"}}}, "the argument 'a' .*'pattern'"),
        ({"properties": {"a": {}}, "anyOf": [{"required": ["a"]}]}, "the schema of the tool 'weather' holds 'anyOf'"),
        ({"additionalProperties": True, "required": ["a"]}, "requires 'a', which it does not describe"),
    ],
)
def test_what_cannot_be_enforced_between_tags_is_refused_by_name(tiny_path, parameters, named):
    with pytest.raises(ConfigError, match=named):
        grammar(tiny_path, {"type": "object", **parameters})
