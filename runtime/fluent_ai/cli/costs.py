"""`fluent-ai cost` and `fluent-ai cheapest`: prices, offline."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from fluent_ai.content.reply import Reply, Usage
from fluent_ai.errors import ConfigError

from . import terminal
from .facts import can, dollars
from .filters import with_filters
from .models import Json, Limit, Text
from .replies import full_name

if TYPE_CHECKING:
    from fluent_ai.registry.costing import Cost
    from fluent_ai.registry.finding import Filters

Input = Annotated[
    int,
    typer.Option("--input-tokens", "-i", min=0, max=10**15, help="Tokens of the prompt that do not come from a cache."),
]
Output = Annotated[int, typer.Option("--output-tokens", "-o", min=0, max=10**15, help="Tokens of the reply.")]


def cost(
    model: Annotated[str, typer.Argument(help="provider:model; - reads a reply from `ask --json` instead.")],
    input_tokens: Input = 0,
    output_tokens: Output = 0,
    cache_read: Annotated[
        int, typer.Option(min=0, max=10**15, help="Tokens of the prompt that come from a cache.")
    ] = 0,
    cache_write: Annotated[int, typer.Option(min=0, max=10**15, help="Tokens of the prompt that go into a cache.")] = 0,
    batch: Annotated[bool, typer.Option("--batch", help="Use batch prices.")] = False,
    json: Json = False,
) -> None:
    """The cost of these tokens, or of a reply."""
    from fluent_ai.registry import shared as registry
    from fluent_ai.registry.costing import Bill, price_bill

    if model == "-":
        found = registry.cost(_reply(sys.stdin.buffer.read()), batch=batch)
    else:
        units: dict[str, float] = {
            "input": input_tokens,
            "output": output_tokens,
            "cache_read": cache_read,
            "cache_write": cache_write,
        }
        found = price_bill(registry.get(full_name(model)), Bill(units), batch=batch)
    if json:
        terminal.json_document({**msgspec.to_builtins(found), "currency": found.currency})
        return
    terminal.table(("price", "USD"), [*((name, dollars(part)) for name, part in found.parts.items()), _total(found)])
    if found.reason:
        terminal.note(found.reason)


@with_filters
def cheapest(
    filters: Filters,
    input_tokens: Input,
    text: Text = None,
    output_tokens: Output = 0,
    limit: Limit = 10,
    json: Json = False,
) -> None:
    """The models that can serve such a request, cheapest first. Models without a known price are left out."""
    from fluent_ai.registry import shared as registry

    found = registry.cheapest(text, input_tokens=input_tokens, output_tokens=output_tokens, limit=limit, **filters)
    if json:
        terminal.json_document(
            [{"model": info.full_name, "total": cost.total, "parts": cost.parts} for info, cost in found]
        )
        return
    terminal.table(("model", "USD", "can"), [(info.full_name, dollars(cost.total), can(info)) for info, cost in found])


def _total(found: Cost) -> tuple[str, str]:
    return ("total" if found.estimated else "total, says the provider", dollars(found.total))


class _PrintedReply(msgspec.Struct):
    provider: str | None = None
    model: str | None = None
    usage: Usage | None = None


_decode = msgspec.json.Decoder(_PrintedReply).decode


def _reply(text: bytes) -> Reply:
    try:
        printed = _decode(text)
    except msgspec.DecodeError as error:
        raise ConfigError(f"standard input is not a reply from `ask --json`: {error}") from None
    return Reply(provider=printed.provider, model=printed.model, usage=printed.usage)
