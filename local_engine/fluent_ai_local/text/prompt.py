"""A conversation as token ids, and how the reply to it is to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError, InvalidRequest

from fluent_ai_local.text.chat_template import ChatTemplate
from fluent_ai_local.text.reasoning import Reasoning, reasoning_in, thinking_settings
from fluent_ai_local.text.template_messages import TemplateMessage
from fluent_ai_local.text.tokenizer import Tokenizer, free_mark
from fluent_ai_local.text.tool_formats import FORMATS, ToolFormat, format_of
from fluent_ai_local.text.tool_history import adapt


class Prompt(msgspec.Struct, frozen=True, kw_only=True):
    """What the model continues. It must not be shown: it holds the conversation."""

    ids: list[int]
    reasoning: Reasoning | None = None
    row: ToolFormat | None = None
    """How the reply's calls are written; None if it cannot have any."""
    described: bool = False
    """The tools stand in a message, as the chat template has no place for them."""

    def __repr__(self) -> str:
        return f"Prompt({len(self.ids)} tokens)"


def make_prompt(
    request: ChatRequest,
    messages: Sequence[TemplateMessage],
    tools: Sequence[TemplateMessage],
    template: ChatTemplate | None,
    tokenizer: Tokenizer,
    *,
    architecture: str = "",
) -> Prompt:
    """The prompt of a request, whose messages and tools are those of `template_messages`.

    Control tokens inside a message count as plain text. What the model wants at the beginning of every prompt is put
    there, once. Raises InvalidRequest for messages that the template refuses, or that are several without one, and
    ConfigError for tools and reasoning that it does not know.
    """
    settings = thinking_settings(template, request.reasoning)
    mark = free_mark(*_strings([*messages, *tools]))

    def guard(text: str) -> str:
        return tokenizer.guard(text, mark)

    guarded = [{name: value if name == "role" else _each(value, guard) for name, value in message.items()}
               for message in messages]  # fmt: skip
    guarded_tools = [_each(tool, guard) for tool in tools]
    row, reasoning, described = None, None, False
    if template is None:
        text = _one_text(guarded, tools)
    else:
        row = _format(request, template, architecture, bool(tools))
        described = bool(tools) and not template.takes_tools
        text = template.render(
            adapt(guarded, guarded_tools, template, row),
            bos_token=tokenizer.bos_token,
            eos_token=tokenizer.eos_token,
            tools=() if described else guarded_tools,
            settings=settings,
        )
        reasoning = reasoning_in(template.source, text)
    ids = tokenizer.encode(text, mark)
    if not ids:
        raise InvalidRequest("the model's chat template makes an empty prompt of these messages", provider="local")
    before = tokenizer.before
    return Prompt(
        ids=ids if ids[: len(before)] == before else [*before, *ids],
        reasoning=reasoning,
        row=row if tools else None,
        described=described,
    )


def template_for(request: ChatRequest, own: ChatTemplate | None) -> ChatTemplate | None:
    """The model's own template, or the one that the caller gave; None to continue a text as it is."""
    source = request.options.get("template")
    if source is None:
        return own
    return ChatTemplate(source, name="template", trusted=False) if source else None


def _one_text(messages: Sequence[TemplateMessage], tools: Sequence[TemplateMessage]) -> str:
    """The text that a model without a chat template continues."""
    if tools:
        raise ConfigError(
            "tools is given, and the model has no chat template; allowed: template= with one", provider="local"
        )
    if len(messages) != 1 or messages[0]["role"] != "user":
        raise InvalidRequest(
            "the model has no chat template: it continues one text; allowed: one user message, without system, "
            "or template= with one",
            provider="local",
        )
    text: str = messages[0]["content"]
    return text


def _format(request: ChatRequest, template: ChatTemplate, architecture: str, tools: bool) -> ToolFormat | None:
    if name := request.options.get("tool_format"):
        return FORMATS[name]
    row = format_of(template.source, architecture, shows_tools=template.takes_tools)
    if row is None and tools:
        raise ConfigError(
            "tools is given, and how the model writes calls is not known from its chat template; allowed: "
            f"tool_format= with one of {', '.join(FORMATS)}",
            provider="local",
        )
    return row


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """A value with its strings changed, also the keys in arguments and schemas."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each(item, change) for item in value]
    if isinstance(value, dict):
        return {change(key): _each(item, change) for key, item in value.items()}
    return value


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value if isinstance(value, list) else (*value, *value.values()):
            yield from _strings(item)
