"""What is asked: the prompt, what is piped in, a template, attachments, documents, tools and options together."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fluent_ai.cli import terminal
from fluent_ai.errors import ConfigError

if TYPE_CHECKING:
    from fluent_ai.config.config import Config
    from fluent_ai.content.parts import Part, ToolCall


class Asked(NamedTuple):
    """All that a model is given, and what the template says besides."""

    parts: tuple[Part, ...]
    """The message of the user."""
    options: dict[str, Any]
    tools: list[Any]
    model: str | None
    """The model of the template."""
    extract: bool
    """Whether the template wants the code alone."""


class Given(NamedTuple):
    """What the command line says."""

    prompt: str | None
    attach: Sequence[str]
    context: Sequence[str]
    schema: str | None
    schema_multi: str | None
    tools: Sequence[str]
    template: str | None
    params: Sequence[str]
    options: Sequence[str]


def read_asked(given: Given, options: Mapping[str, Any], config: Config) -> Asked:
    """Everything is checked and read here. Raises ConfigError."""
    from fluent_ai.cli.asking.option_values import read_options, read_pairs

    prompt = read_prompt(given.prompt, piped="-" not in given.attach)
    head: Mapping[str, Any] = {}
    if given.template is not None:
        from fluent_ai.cli.asking.templates import read_template

        template = read_template(given.template, config.folder("templates"))
        params = read_pairs(given.params, "-p", "name=text")
        head, prompt = template.head, template.filled(params, prompt)
    elif given.params:
        raise ConfigError("-p fills in a template; pass one with -t")
    found = {**head.get("options", {}), **options, **read_options(given.options)}
    found.setdefault("system", head.get("system"))
    if given.context:
        from fluent_ai_toolkit.context import context

        found["documents"] = context(*given.context)
    if (schema := _schema(given, head.get("schema"))) is not None:
        found["output"] = schema
    return Asked(
        _parts(prompt, given.attach),
        {name: value for name, value in found.items() if value is not None},
        _tools([*head.get("tools", []), *given.tools]),
        head.get("model"),
        head.get("extract", False),
    )


def read_prompt(prompt: str | None, *, piped: bool = True) -> str:
    """The prompt, below what is piped in; `-` is that alone. Raises ConfigError for input that is no text."""
    if prompt == "-":
        return _standard_input()
    before = _standard_input() if piped and _is_piped() else ""
    return "\n\n".join(text for text in (before.rstrip("\n") if prompt else before, prompt) if text)


def _is_piped() -> bool:
    """Whether input comes from a pipe or a file; a terminal or /dev/null is never waited for."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"the prompt on standard input is not UTF-8 (byte {error.start})") from None


def _schema(given: Given, of_template: object) -> dict[str, Any] | None:
    from fluent_ai.cli.asking.schemas import read_schema

    if given.schema is not None and given.schema_multi is not None:
        raise ConfigError("--schema and --schema-multi exclude each other")
    if given.schema_multi is not None:
        return read_schema(given.schema_multi, many=True)
    if given.schema is not None:
        return read_schema(given.schema)
    if isinstance(of_template, dict):
        return of_template
    return None if of_template is None else read_schema(str(of_template))


def read_parts(prompt: str | None, attach: Sequence[str]) -> tuple[Part, ...]:
    """The message of a prompt, what is piped in, and attachments. Raises ConfigError if there is none of them."""
    return _parts(read_prompt(prompt, piped="-" not in attach), attach)


def _parts(prompt: str, attach: Sequence[str]) -> tuple[Part, ...]:
    from fluent_ai.content.parts import TextPart

    parts: list[Part] = []
    if attach:
        from fluent_ai.content.attachments import attachment

        parts += [attachment(place) for place in attach]
    if prompt:
        parts.append(TextPart(prompt))
    if not parts:
        raise ConfigError("nothing is asked; pass a prompt, or pipe one in")
    return tuple(parts)


def _tools(names: Sequence[str]) -> list[Any]:
    if not names:
        return []
    from fluent_ai.cli.asking.tool_names import all_tools_of

    return all_tools_of(names)


def approved(call: ToolCall) -> bool | str:
    """Whether the user allows a call of a tool; without a terminal nobody does."""
    if not terminal.asks():
        return "nobody is there who could allow it"
    from fluent_ai.content.printable import printable

    sys.stderr.write(f"{printable(call.name)} {printable(str(call.arguments))}\nAllow? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes") or "the user does not allow it"
