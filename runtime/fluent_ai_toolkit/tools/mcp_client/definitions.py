"""Which tools of an MCP server a model is offered: those whose definition is sound, and still what it was.

A server can describe a harmless tool until its calls are approved, and another one after that. So the definition that
was seen first holds: as long as the `MCPServer` lives, or for good where its digests are kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

import mcp_types as types
from fluent_ai.auth.extras import library

TOOLS: Final = 1_000
"""How many tools a server may have."""
_LONGEST: Final = 200_000
"""Characters of a definition as JSON."""


def digest(tool: types.Tool) -> str:
    """The SHA-256 of all that the model, or whoever approves its calls, is told of a tool."""
    return hashlib.sha256(_text(tool).encode("utf-8", "surrogatepass")).hexdigest()


def fault(tool: types.Tool) -> str | None:
    """Why a model cannot be offered the tool; None if it can."""
    jsonschema = library("jsonschema", "mcp", "a tool of an MCP server")
    schema: dict[str, Any] = tool.input_schema
    if not tool.name.strip() or len(tool.name) > 256:
        return "its name is empty, or has more than 256 characters"
    if schema.get("type") != "object":
        return "its schema is not of type object"
    try:
        if len(_text(tool)) > _LONGEST:
            return f"its definition has more than {_LONGEST:,} characters"
        jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator).check_schema(schema)
    except jsonschema.SchemaError as error:
        return f"its schema is wrong: {error.message}"
    except (RecursionError, ValueError, TypeError, AttributeError):
        return "its schema is wrong"
    return None


def sorted_out(
    tools: list[types.Tool], known: dict[str, str], pinned: Mapping[str, str] | None
) -> tuple[list[types.Tool], dict[str, str]]:
    """The tools to offer, and why others are not. What is new is put into `known`."""
    offered: dict[str, types.Tool] = {}
    refused: dict[str, str] = {}
    for tool in tools:
        name = tool.name
        if name in offered:
            refused[name] = "there are two tools of this name"
            del offered[name]
        elif name in refused:
            continue
        elif (why := fault(tool)) is not None:
            refused[name] = why
        elif pinned is not None and pinned.get(name) != digest(tool):
            refused[name] = "its definition is not the one in definitions" if name in pinned else "not in definitions"
        elif known.setdefault(name, digest(tool)) != digest(tool):
            refused[name] = "its definition is not what it was"
        else:
            offered[name] = tool
    return list(offered.values()), refused


def _text(tool: types.Tool) -> str:
    found = tool.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"meta", "icons"})
    return json.dumps(found, sort_keys=True, separators=(",", ":"))
