"""Calls of functions as Python or JSON, as Gemma writes them."""

from __future__ import annotations

import ast

import msgspec
from fluent_ai.type_info import prepare


class _Object(msgspec.Struct):
    name: str
    arguments: msgspec.Raw = msgspec.Raw()
    parameters: msgspec.Raw = msgspec.Raw()


def code_calls(text: str) -> list[tuple[str, str]]:
    """Names and arguments, as JSON; none if the text is anything but such calls. Nothing is executed.

    >>> code_calls('print(weather(city="Rome", days=[1, 2]))')
    [('weather', '{"city":"Rome","days":[1,2]}')]
    >>> code_calls('[{"name": "now", "parameters": {}}]')
    [('now', '{}')]
    """
    text = text.strip()
    try:
        return _from_json(text) if text[:1] == "{" or text[:2] == "[{" else _from_python(text)
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError, msgspec.MsgspecError):
        return []


def _from_json(text: str) -> list[tuple[str, str]]:
    found = msgspec.json.decode(text if text[0] == "[" else f"[{text}]", type=list[_Object])
    return [(each.name, bytes(each.parameters or each.arguments).decode()) for each in found]


def _from_python(text: str) -> list[tuple[str, str]]:
    """Raises ValueError for anything else than calls with named arguments whose values are written out."""
    calls: list[tuple[str, str]] = []
    for statement in ast.parse(text).body:
        if not isinstance(statement, ast.Expr):
            raise ValueError("not a call")
        listed = statement.value
        calls += map(_call, listed.elts if isinstance(listed, ast.List) else [listed])
    return calls


def _call(node: ast.expr) -> tuple[str, str]:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        raise ValueError("not a call")
    if node.func.id == "print" and len(node.args) == 1 and not node.keywords:
        return _call(node.args[0])
    if node.args or any(keyword.arg is None for keyword in node.keywords):
        raise ValueError("arguments without names")
    values = {keyword.arg: ast.literal_eval(keyword.value) for keyword in node.keywords}
    return node.func.id, msgspec.json.encode(values).decode()


prepare(list[_Object])
