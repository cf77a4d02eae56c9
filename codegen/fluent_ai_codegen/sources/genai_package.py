"""The Python module that the package genai-prices ships, as the JSON document that it was made from.

The module is read and not run: it holds nothing but calls of classes with literals.
"""

from __future__ import annotations

import ast

from fluent_ai.errors import ProtocolError

_CLAUSES = {"ClauseOr": "or", "ClauseAnd": "and", "ClauseNot": "not"}


def read_module(body: bytes) -> object:
    """The value of `providers`. ProtocolError for a module that holds something else than data."""
    try:
        module = ast.parse(body)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ProtocolError(f"genai_prices: expected JSON, or the module of the package: {error}") from None
    for statement in module.body:
        target = getattr(statement, "target", None)
        named = isinstance(target, ast.Name) and target.id == "providers"
        if isinstance(statement, ast.AnnAssign) and named and statement.value is not None:
            return _value(statement.value)
    raise ProtocolError("genai_prices: expected `providers` in the module, got none")


def _value(node: ast.expr) -> object:
    match node:
        case ast.Constant():
            return node.value
        case ast.List(elts=elements):
            return [_value(each) for each in elements]
        case ast.Dict(keys=keys, values=values):
            return {str(_value(key)): _value(value) for key, value in zip(keys, values, strict=True) if key is not None}
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            number = _value(operand)
            return -number if isinstance(number, int | float) else number
        case ast.Call(func=ast.Name(id="Decimal"), args=[ast.Constant(value=str(text))]):
            return float(text)
        case ast.Call(func=ast.Attribute(attr="date" | "time" as kind), args=arguments):
            return _moment(kind, arguments)
        case ast.Call(func=ast.Name(id=name), args=[], keywords=keywords):
            fields = {str(each.arg).rstrip("_"): _value(each.value) for each in keywords}
            return {_CLAUSES[name]: next(iter(fields.values()))} if name in _CLAUSES and fields else fields
    raise ProtocolError(f"genai_prices: expected data, got {ast.unparse(node)[:80]!r} in line {node.lineno}")


def _moment(kind: str, arguments: list[ast.expr]) -> str:
    """A day as 2026-08-21, a time of the day as 16:30."""
    numbers = [found for each in arguments if isinstance(found := _value(each), int)]
    if kind == "date" and len(numbers) == 3:
        return f"{numbers[0]:04}-{numbers[1]:02}-{numbers[2]:02}"
    hour, minute, *_ = [*numbers, 0, 0]
    return f"{hour:02}:{minute:02}"
