"""What MCP servers offer beside tools: resources, and prompts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.content.json_struct import JsonStruct

if TYPE_CHECKING:
    import mcp_types as types


class MCPResource(JsonStruct, frozen=True, kw_only=True):
    """Something that can be read, such as a file, or a row of a table."""

    uri: str
    """Its address; of a template, with variables in braces (RFC 6570)."""
    name: str
    """Its name."""
    title: str | None = None
    """Its name for people."""
    description: str | None = None
    """What it is."""
    media_type: str | None = None
    """Such as `text/markdown`."""
    size: int | None = None
    """Bytes, if the server says so."""


class MCPPrompt(JsonStruct, frozen=True, kw_only=True):
    """A prompt that the server writes, given some arguments."""

    name: str
    """Its name."""
    title: str | None = None
    """Its name for people."""
    description: str | None = None
    """What it is for."""
    arguments: dict[str, str]
    """The names of its arguments, each with its description."""
    required: tuple[str, ...] = ()
    """The arguments that must be given."""


def to_resource(given: types.Resource | types.ResourceTemplate) -> MCPResource:
    """The resource, or the template of resources, in our words."""
    return MCPResource(
        uri=str(getattr(given, "uri_template", "") or getattr(given, "uri", "")),
        name=given.name,
        title=given.title,
        description=given.description,
        media_type=given.mime_type,
        size=getattr(given, "size", None),
    )


def to_prompt(given: types.Prompt) -> MCPPrompt:
    """The prompt in our words."""
    arguments = given.arguments or []
    return MCPPrompt(
        name=given.name,
        title=given.title,
        description=given.description,
        arguments={each.name: each.description or "" for each in arguments},
        required=tuple(each.name for each in arguments if each.required),
    )
