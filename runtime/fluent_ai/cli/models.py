"""`fluent-ai models` and `fluent-ai show`: the registry, offline."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from . import terminal

if TYPE_CHECKING:
    from fluent_ai.facts import ModelInfo


class Order(StrEnum):
    """What a listing is sorted by; unknown values come last."""

    NAME = "name"
    CONTEXT = "context"
    INPUT_PRICE = "input-price"
    OUTPUT_PRICE = "output-price"
    RELEASED = "released"


def models(
    text: Annotated[str | None, typer.Argument(help="Part of the model's id or name.")] = None,
    provider: Annotated[str | None, typer.Option(help="Only this provider's models.")] = None,
    tools: Annotated[bool | None, typer.Option("--tools", help="Only models that call tools.")] = None,
    reasoning: Annotated[bool | None, typer.Option("--reasoning", help="Only models that reason.")] = None,
    vision: Annotated[bool | None, typer.Option("--vision", help="Only models that read images.")] = None,
    min_context: Annotated[int | None, typer.Option(help="Smallest context window, in tokens.")] = None,
    max_input_price: Annotated[
        float | None, typer.Option(help="Highest price in USD per million input tokens.")
    ] = None,
    max_output_price: Annotated[float | None, typer.Option(help="The same for output tokens.")] = None,
    sort: Annotated[Order, typer.Option(help="Order of the list.")] = Order.NAME,
    json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
) -> None:
    """List models. A condition holds only where the fact is known."""
    from fluent_ai import registry

    found = registry.find(
        text,
        provider=provider,
        tools=tools,
        reasoning=reasoning,
        vision=vision,
        min_context=min_context,
        max_input_price=max_input_price,
        max_output_price=max_output_price,
    )
    found.sort(key=_ORDER[sort])
    if json:
        terminal.json_document([as_json(info) for info in found])
        return
    terminal.table(
        ("model", "context", "input $/M", "output $/M", "can"),
        [
            (
                info.full_name,
                _text(_context(info)),
                _text(_price(info, "input")),
                _text(_price(info, "output")),
                " ".join(name for name in ("tools", "reasoning", "vision", "audio", "pdf") if getattr(info, name)),
            )
            for info in found
        ],
    )


def show(
    model: Annotated[str, typer.Argument(help="provider:model")],
    json: Annotated[bool, typer.Option("--json", help="Print a JSON document.")] = False,
) -> None:
    """All that is known of a model, and who said it when."""
    from fluent_ai import registry

    info = registry.get(model)
    if json:
        terminal.json_document(as_json(info))
        return
    facts = msgspec.to_builtins(info)
    rows = [
        (f"{fact}.{part}" if part else fact, value, source.who, source.date.isoformat(), source.url)
        for fact, source in sorted(info.sources.items())
        for part, value in _parts(facts.get(fact))
    ]
    terminal.line(info.full_name)
    terminal.table(("fact", "value", "said by", "on", "at"), rows)


def as_json(info: ModelInfo) -> dict[str, object]:
    """The model as plain data: its facts, and fact -> source."""
    facts: dict[str, object] = msgspec.to_builtins(info)
    facts.pop("evidence", None)
    return {"model": info.full_name, **facts, "sources": msgspec.to_builtins(dict(info.sources))}


def _parts(value: object) -> list[tuple[str, str]]:
    """A fact as lines: one for a plain value, one for each entry of a table such as the prices."""
    if not isinstance(value, dict):
        return [("", _text(value))]
    return [(name, _text(part)) for name, part in value.items()]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    if isinstance(value, dict):
        return " ".join(f"{name}={_text(part)}" for name, part in value.items())
    return str(value)


def _context(info: ModelInfo) -> int | None:
    return info.context_window or info.max_input_tokens


def _price(info: ModelInfo, kind: str) -> float | None:
    return getattr(info.prices, kind, None)


def _by(fact: Callable[[ModelInfo], float | None], sign: int) -> Callable[[ModelInfo], tuple[bool, float, str]]:
    def key(info: ModelInfo) -> tuple[bool, float, str]:
        value = fact(info)
        return value is None, sign * (value or 0), info.full_name

    return key


_ORDER = {
    Order.NAME: _by(lambda info: 0, 1),
    Order.CONTEXT: _by(_context, -1),
    Order.INPUT_PRICE: _by(lambda info: _price(info, "input"), 1),
    Order.OUTPUT_PRICE: _by(lambda info: _price(info, "output"), 1),
    Order.RELEASED: _by(lambda info: info.released.toordinal() if info.released else None, -1),
}
