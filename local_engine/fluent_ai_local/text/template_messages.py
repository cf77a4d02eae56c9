"""A request's conversation and tools as chat templates want them. What the engine cannot do is refused here, before
anything is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import msgspec
from fluent_ai.content.parts import Message, ReasoningPart, TextPart, ToolCallPart, ToolResultPart
from fluent_ai.content.portable import portable
from fluent_ai.content.requests import ChatRequest, Request
from fluent_ai.errors import ConfigError

from fluent_ai_local.text.options import check_options

TemplateMessage: TypeAlias = dict[str, Any]
_DEEPEST: Final = 100
"""Levels of lists and objects in arguments and schemas."""


def to_template_messages(request: ChatRequest) -> list[TemplateMessage]:
    """Messages as Hugging Face's templates want them: `role` and `content`, and where there are any `tool_calls`,
    `tool_call_id` and `reasoning_content`. The content is None beside calls without text.

    Raises ConfigError naming the argument that this engine does not take.
    """
    check_options(request)
    refuse_fields(request)
    if not request.messages:
        raise ConfigError("messages is empty; allowed: at least one message", provider="local")
    found: list[TemplateMessage] = []
    if request.system is not None:
        found.append({"role": "system", "content": _text(request.system, "system")})
    names: dict[str, str] = {}
    for number, message in enumerate(request.messages):
        found += _to_dicts(message, f"messages[{number}]", names)
    return found


def to_template_tools(request: ChatRequest) -> list[TemplateMessage]:
    """The tools that the model may see. Raises ConfigError for schemas that are no JSON, and where it can see none."""
    if request.tool_choice == "none":
        return []
    if request.tools and request.options.get("template") == "":
        raise ConfigError(
            "tools and template = '' are given; without a template, a model only continues a text", provider="local"
        )
    return [
        {
            "type": "function",
            "function": {
                "name": tool.name,
                "description": _text(tool.description, f"tools[{number}]"),
                "parameters": _plain({"type": "object", "properties": {}} | tool.parameters, f"tools[{number}]"),
            },
        }
        for number, tool in enumerate(request.tools)
    ]


def refuse_fields(request: Request) -> None:
    """Raises ConfigError for parts of an HTTP request: none is sent."""
    for name in ("extra_body", "extra_headers"):
        if getattr(request, name):
            raise ConfigError(f"{name} is given; the local engine sends no request", provider="local")


def _to_dicts(message: Message, where: str, names: dict[str, str]) -> Iterator[TemplateMessage]:
    """The results of tools as messages of their own, then what else the message holds. `names` are those of calls."""
    calls: list[TemplateMessage] = []
    thoughts: list[str] = []
    texts: list[str] = []
    others = False
    for part in portable(message):
        match part:
            case ToolResultPart(files=()):
                result = {"role": "tool", "tool_call_id": part.call_id, "content": _text(part.content, where)}
                if part.call_id in names:
                    result["name"] = names[part.call_id]
                yield result
                continue
            case ToolCallPart(call) if message.role == "assistant":
                names[call.id] = call.name
                function = {"name": _text(call.name, where), "arguments": _plain(call.arguments, where)}
                calls.append({"id": _text(call.id, where), "type": "function", "function": function})
            case TextPart():
                texts.append(_text(part.text, where))
            case ReasoningPart():
                if part.provider in (None, "local"):  # another model's is no part of the conversation
                    thoughts.append(_text(part.text, where))
            case _:
                raise ConfigError(f"{where} holds {_named(part)}; the local engine reads text only", provider="local")
        others = True
    if message.role == "tool":
        if others:
            raise ConfigError(
                f"{where} has the role 'tool' and holds something else; allowed: results of tools", provider="local"
            )
        return
    if others or not message.parts:
        whole: TemplateMessage = {"role": message.role, "content": "".join(texts)}
        if calls:
            whole |= {"content": whole["content"] or None, "tool_calls": calls}
        if thoughts:
            whole["reasoning_content"] = "".join(thoughts)
        yield whole


def _named(part: object) -> str:
    if isinstance(part, ToolResultPart):
        return f"a ToolResultPart with {type(part.files[0]).__name__}"
    if isinstance(part, ToolCallPart):
        return "a ToolCallPart, which only the assistant makes"
    name = type(part).__name__
    return f"an {name}" if name[0] in "AI" else f"a {name}"


def _text(text: str, where: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        pass
    else:
        return text
    # Raised out here because the error above holds the text.
    raise ConfigError(f"{where} holds a lone surrogate, half of a character", provider="local")


def _plain(value: Any, where: str) -> Any:
    """A value as it comes out of JSON."""
    try:
        plain = msgspec.json.decode(msgspec.json.encode(value))
        if _depth(plain) <= _DEEPEST:
            return plain
        why = f"is nested deeper than {_DEEPEST} levels"
    except RecursionError:
        why = f"is nested deeper than {_DEEPEST} levels"
    except UnicodeEncodeError:
        why = "holds a lone surrogate, half of a character"
    except (TypeError, ValueError):
        why = "holds what JSON cannot express"
    # Raised out here because the errors above may hold the value.
    raise ConfigError(f"{where} {why}", provider="local")


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)
