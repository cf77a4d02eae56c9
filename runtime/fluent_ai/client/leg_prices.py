"""What a request may cost at each leg of a route, before it is sent: enough to tell which is the cheapest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from fluent_ai.content.message_input import to_messages
from fluent_ai.content.parts import TextPart
from fluent_ai.registry.billing import Bill
from fluent_ai.registry.costing import price_bill
from fluent_ai.registry.request_checks import find_model
from fluent_ai.verbs.chat_options import to_documents

if TYPE_CHECKING:
    from fluent_ai.content.message_input import Messages
    from fluent_ai.manifest.schema import Capability
    from fluent_ai.providers.table import Credentials
    from fluent_ai.registry import Registry
    from fluent_ai.verbs.base import Target

ANSWER = 500
"""How many tokens an answer is taken to have where `max_tokens` does not say."""
_CHARACTERS = 4
"""How many characters of a text make a token, about."""
_FILE = 1000
"""How many tokens a file in a message is taken to have."""


def price_of(
    registry: Registry, target: Target, capability: Capability, subject: object, options: Mapping[str, Any],
    credentials: Credentials,
) -> float | None:  # fmt: skip
    """US dollars; 0 for a model in this process, None if the registry has no price for what is asked."""
    if target.route.protocol == "worker":
        return 0.0
    model = find_model(registry, target, partial(credentials.list_url, target.manifest))
    if model is None:
        return None
    for units in _units(capability, subject, options):
        if (cost := price_bill(model, Bill(units)).total) is not None:
            return cost
    return None


def _units(capability: Capability, subject: object, options: Mapping[str, Any]) -> Iterator[dict[str, float]]:
    """What may be billed, in each of the units in which the models of a capability are priced."""
    if capability == "chat":
        answer = options.get("max_tokens") or ANSWER
        yield {"input": _prompt(cast("Messages", subject), options), "output": float(answer)}
        return
    characters = _length(subject)
    if capability == "images":
        number = float(options.get("n") or 1)
        yield {"per_image": number}
        yield {"per_megapixel": number}
    elif capability == "speech":
        yield {"per_million_characters": characters / 1e6}
    elif capability == "transcription":
        yield {"per_audio_minute": 1.0}
    yield {"input": characters / _CHARACTERS}
    yield {"per_request": 1.0}


def _prompt(messages: Messages, options: Mapping[str, Any]) -> float:
    parts = [part for message in to_messages(messages) for part in message.parts]
    texts = _length([part.text for part in parts if isinstance(part, TextPart)])
    texts += _length([document.text for document in to_documents(options.get("documents"))])
    files = sum(not isinstance(part, TextPart) for part in parts)
    return 1.0 + (texts + _length(options.get("system"))) / _CHARACTERS + files * _FILE


def _length(texts: object) -> int:
    """The characters of a text, or of all texts in a list or a tuple."""
    if isinstance(texts, str):
        return len(texts)
    return sum(map(_length, texts)) if isinstance(texts, list | tuple) else 0
