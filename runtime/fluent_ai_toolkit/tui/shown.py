"""Texts of models and files as a terminal may show them."""

from __future__ import annotations

from collections.abc import Iterable

from fluent_ai.content.printable import printable
from fluent_ai.models import ModelInfo
from rich.text import Text

from fluent_ai_toolkit.chat.messages import ChatMessage


def one_line(text: str) -> Text:
    """The text without line breaks, and without the meaning of markup."""
    return Text(" ".join(printable(text).split()), overflow="ellipsis", no_wrap=True)


def cost(messages: Iterable[ChatMessage]) -> str:
    """What the replies cost, and whether more is unknown."""
    costs = [message.cost for message in messages if message.role == "assistant"]
    known = [each for each in costs if each is not None]
    if costs and not known:
        return "cost unknown"
    return f"${sum(known):.4f}" if len(known) == len(costs) else f"${sum(known):.4f} and what is unknown"


def facts(model: ModelInfo) -> tuple[str, str, str]:
    """The context window in tokens, and the prices in US dollars for a million tokens of input and output."""
    prices = model.prices
    window = "" if model.context_window is None else f"{model.context_window:,}"
    return window, _price(None if prices is None else prices.input), _price(None if prices is None else prices.output)


def _price(price: float | None) -> str:
    return "" if price is None else f"${price:g}"
