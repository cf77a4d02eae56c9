"""Two documents, and what a reply cites of them."""

from __future__ import annotations

from typing import Any

import fluent_ai as ai
from fluent_ai import laws

CATS = ai.Document(name="cats.txt", text="Cats sleep all day. They like mice.")
DOGS = ai.Document(name="dogs", text="Dogs bark.", url="https://dogs.example/")
PAIR = [CATS, DOGS]


def citations(events: list[Any]) -> list[tuple[int | None, str | None, str | None, str | None]]:
    found = [event for event in events if isinstance(event, ai.Citation)]
    return [(each.document, each.title, each.url, each.quote) for each in found]


def checked(found: tuple[list[Any], ai.FluentError | None]) -> list[Any]:
    events, error = found
    assert error is None
    validator = laws.Validator()
    for event in events:
        validator.add(event)
    validator.end()
    return events
