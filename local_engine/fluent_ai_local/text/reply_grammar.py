"""A grammar of whole replies: reasoning, if the model thinks, then calls of tools, or what else was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError

from fluent_ai_local.text import tagged_arguments
from fluent_ai_local.text.grammar import Grammar, checked
from fluent_ai_local.text.tool_formats import ToolFormat

if TYPE_CHECKING:
    from fluent_ai_local.text.reasoning import Reasoning
    from fluent_ai_local.text.tokenizer import Tokenizer

_FREE: Final = ("auto", "none")


def to_tool_grammars(request: ChatRequest, body: Grammar | None) -> dict[str, Grammar]:
    """The grammars of the arguments of those tools that the model may call, where calls have to fit: it must call one,
    or write what else has to fit.

    Raises ConfigError as `checked`, and for a call and something else that the reply must both be.
    """
    choice = request.tool_choice or "auto"
    if choice not in _FREE and body is not None:
        raise ConfigError(
            f"tool_choice = {choice!r} and {body.argument} are given, and a reply cannot be both", provider="local"
        )
    if choice == "none" or (choice == "auto" and body is None):
        return {}
    return {
        tool.name: checked(
            f"tools[{number}] ({tool.name})", "output", {"type": "object", "properties": {}} | tool.parameters
        )
        for number, tool in enumerate(request.tools)
        if choice in ("auto", "required", tool.name)
    }


def reply_grammar(
    body: Grammar | None,
    tools: Mapping[str, Grammar],
    *,
    schemas: Mapping[str, Mapping[str, Any]],
    choice: str,
    row: ToolFormat | None,
    reasoning: Reasoning | None,
    tokenizer: Tokenizer,
) -> Grammar | None:
    """The grammar that the whole reply must fit; None if there is no `body` and there are no `tools` to fit.

    `schemas` are those of all tools' arguments. Raises ConfigError for what cannot be enforced in the row's form.
    """
    if reasoning is not None and reasoning.closed:
        reasoning = None
    if (not tools or row is None) and (body is None or reasoning is None):
        return body
    parts: list[dict[str, Any]] = []
    rules: list[str] = []
    ways: list[str] = []
    if body is not None:
        parts.append({"name": "body", **_part(body)})
        ways.append("@body")
    if tools and row is not None:
        if row.style == "tagged":
            for number, name in enumerate(tools):
                more, needed = _tagged(number, name, schemas[name], tokenizer)
                rules += more
                parts += needed
        else:
            parts += [{"name": f"tool_{number}", **_part(grammar)} for number, grammar in enumerate(tools.values())]
        rules += _calls(list(tools), row, tokenizer, several=choice not in tools)
        ways.append("calls")
    begin = "start: reply"
    if reasoning is not None:
        rules += _thought(reasoning, tokenizer)
        begin = "start: thought reply" if reasoning.opened else "start: (begin thought)? reply"
    lark = "\n".join((begin, f"reply: {' | '.join(ways)}", *rules))
    source = msgspec.json.encode({"grammars": [{"name": "whole", "lark_grammar": lark}, *parts]}).decode()
    return Grammar("tools" if body is None else body.argument, source)


def _calls(names: list[str], row: ToolFormat, tokenizer: Tokenizer, *, several: bool) -> list[str]:
    before, between, after = row.call
    calls = []
    for number, name in enumerate(names):
        named = " /[0-9]+/ ".join(_lark(text, tokenizer) for text in f"{name}{between}".split("{n}"))
        arguments = f"tool_{number}" if row.style == "tagged" else f"@tool_{number}"
        calls.append(f"{_lark(before, tokenizer)} {named} {arguments} {_lark(after, tokenizer)}")
    more = f"({_lark(row.separator, tokenizer)} call)*" if several else ""
    return [
        f"call: {' | '.join(calls)}",
        f"calls: {_lark(row.opening, tokenizer)} call {more} {_lark(row.closing, tokenizer)}",
    ]


def _tagged(
    number: int, tool: str, parameters: Mapping[str, Any], tokenizer: Tokenizer
) -> tuple[list[str], list[dict[str, Any]]]:
    """Rules for the arguments of a tool between tags, and the grammars of those that are JSON."""
    rules: list[str] = []
    parts: list[dict[str, Any]] = []
    listed = []
    for place, (name, required, schema) in enumerate(tagged_arguments.schemas(tool, parameters)):
        value = f"argument_{number}_{place}"
        opening = _lark(f"{tagged_arguments.OPENING}{name}{tagged_arguments.BETWEEN}", tokenizer)
        closing = _lark(tagged_arguments.CLOSING, tokenizer)
        if not tagged_arguments.is_text(parameters, name):
            grammar = checked(f"the argument {name!r} of the tool {tool!r}", "output", schema)
            parts.append({"name": value, **_part(grammar)})
            written = f"{opening} @{value} {closing}"
        elif "const" in schema or "enum" in schema:
            values = [schema["const"]] if "const" in schema else schema["enum"]
            rules.append(f"{value}: {' | '.join(_lark(each, tokenizer) for each in values)}")
            written = f"{opening} {value} {closing}"
        elif "minLength" in schema or "maxLength" in schema:
            # A text of so many characters could hold the closing tag; one without angles cannot.
            rules.append(f"{value}: /[^<]{{{schema.get('minLength', 0)},{schema.get('maxLength', '')}}}/")
            written = f"{opening} {value} {closing}"
        else:
            rules.append(f"{value}[suffix={closing}]: /(?s:.*)/")
            written = f"{opening} {value}"
        listed.append(written if required else f"({written})?")
    rules.append(f"tool_{number}: {' '.join(listed) or _lark('', tokenizer)}")
    return rules, parts


def _thought(reasoning: Reasoning, tokenizer: Tokenizer) -> list[str]:
    rules = [f"begin: {_lark(reasoning.begin, tokenizer)}"]
    if tokenizer.control_in([reasoning.end]):
        rules.append(f"thought: /(?s:.*)/ {_lark(reasoning.end, tokenizer)} /\\n?\\n?/")
    else:
        rules.append("thought: thinking /\\n?\\n?/")
        rules.append(f"thinking[suffix={_lark(reasoning.end, tokenizer)}]: /(?s:.*)/")
    return rules


def _lark(text: str, tokenizer: Tokenizer) -> str:
    """A text in llguidance's notation, in which control tokens have a form of their own."""
    pieces = tokenizer.pieces(text)
    return " ".join(
        f"<[{piece}]>" if isinstance(piece, int) else msgspec.json.encode(piece).decode() for piece in pieces
    )


def _part(grammar: Grammar) -> dict[str, Any]:
    """A grammar as a part of another one."""
    if not grammar.source.startswith('{"grammars":'):
        return {"lark_grammar": grammar.source}
    (only,) = msgspec.json.decode(grammar.source)["grammars"]
    return {name: value for name, value in only.items() if name != "name" and value is not None}
