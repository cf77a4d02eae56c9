"""Questions that an MCP server has for the user (MCP 2025-11-25, "Elicitation")."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal, TypeAlias

from fluent_ai.auth.extras import library
from fluent_ai.content.json_struct import JsonObject, JsonStruct
from fluent_ai.content.private import PrivateStruct
from fluent_ai.errors import ConfigError


class Elicitation(PrivateStruct, JsonStruct, frozen=True, kw_only=True):
    """A question of an MCP server for the user: fields of a form to fill in, or an address to visit.

    The answer is a mapping with the fields, True for a form as its defaults have it or an address that was visited,
    False or None for no, and "cancel" if the user would not decide.
    """

    server: str
    """The name of the server that asks; show it to the user."""
    message: str
    """What it says."""
    fields: JsonObject | None = None
    """The JSON schema of the form, flat; None if there is none."""
    url: str | None = None
    """Where the user is asked to go, over HTTP or HTTPS. Show all of it, and open it only if the user agrees."""


ElicitationAnswer: TypeAlias = "Mapping[str, object] | bool | Literal['cancel'] | None"
"""The fields, True, False or None, or "cancel"."""
Elicit: TypeAlias = Callable[[Elicitation], "ElicitationAnswer | Awaitable[ElicitationAnswer]"]
"""Asks the user, in a thread of its own unless it is asynchronous."""


def filled_in(answer: Mapping[str, object] | Literal[True], schema: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the answer, with the form's defaults for those that are missing. Raises ConfigError if it does not
    fit the form."""
    jsonschema = library("jsonschema", "mcp", "an elicitation")
    fields = schema.get("properties", {})
    defaults = {name: each["default"] for name, each in fields.items() if isinstance(each, dict) and "default" in each}
    content = defaults if answer is True else {**defaults, **answer}
    error = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(schema).iter_errors(content))
    if error is not None:
        where = ".".join(map(str, error.absolute_path)) or "it"
        # Without the value, which is the user's.
        why = f"{where} breaks the rule {error.validator!r}"
        raise ConfigError(f"the answer to an elicitation does not fit the form: {why}")
    return content
