"""Renders a chat template as Hugging Face does. Run as a program, it does so for each request, a line of its standard
input, under a limit of memory that no template can talk its way around; it ends when nobody has asked for a while.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NoReturn

from jinja2 import Template, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.nodes import CallBlock, Node
from jinja2.parser import Parser
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedEnvironment
from jinja2.utils import Namespace

_MEMORY: Final = 512 * 2**20
_IDLE: Final = 300
"""Seconds."""
MAX_OUTPUT: Final = 16 * 2**20
"""Characters."""


class RefusedError(TemplateError):
    """The template called raise_exception."""


class _Generation(Extension):
    """`{% generation %}` marks the assistant's text for training; here it is transparent."""

    tags = {"generation"}  # noqa: RUF012  # jinja2 declares it so

    def parse(self, parser: Parser) -> Node:
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return CallBlock(self.call_method("_pass"), [], [], body).set_lineno(line)

    def _pass(self, caller: Macro) -> str:
        return str(caller())


class _Namespace(Namespace):
    """Attributes that begin with an underscore would be a way out of the sandbox."""

    def __init__(*args: Any, **kwargs: Any) -> None:
        self, values = args[0], dict(*args[1:], **kwargs)
        for name in values:
            _check_name(name)
        Namespace.__init__(self, {name: _own(value) for name, value in values.items()})

    def __setitem__(self, name: str, value: Any) -> None:
        _check_name(name)
        super().__setitem__(name, _own(value))


class _OwnList(list[Any]):
    """A list in a template's namespace, to which it may append: Kimi K2 keeps the ids of calls there."""


def _own(value: Any) -> Any:
    return _OwnList(value) if type(value) is list else value


class _List(list[Any]):
    """A list of the caller's, which stays as it is also in a template's namespace."""


class _Arguments(dict[str, Any]):
    """The arguments of a call, which some templates write as they are and others as JSON."""

    def __str__(self) -> str:
        return _to_json(self)

    def __add__(self, text: str) -> str:
        return str(self) + text

    def __radd__(self, text: str) -> str:
        return text + str(self)


class _NoText(str):
    """The content of a message that holds calls alone: None to templates that ask for that, and to others empty."""

    __slots__ = ()


class _Environment(ImmutableSandboxedEnvironment):
    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if type(obj) is _OwnList and attr in ("append", "pop"):
            return SandboxedEnvironment.is_safe_attribute(self, obj, attr, value)
        return super().is_safe_attribute(obj, attr, value)


def _is_none(value: object) -> bool:
    return value is None or type(value) is _NoText


def _given(value: Any) -> Any:
    """Variables as templates may have them."""
    if isinstance(value, list):
        return _List(map(_given, value))
    if isinstance(value, dict):
        return {key: _given(each) for key, each in value.items()}
    return value


def _message(message: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = _given(message)
    if "tool_calls" in made:
        made["content"] = _NoText() if made["content"] is None else made["content"]
        for call in made["tool_calls"]:
            arguments = call["function"]["arguments"]
            if isinstance(arguments, dict):
                call["function"]["arguments"] = _Arguments(arguments)
    return made


def _check_name(name: object) -> None:
    if isinstance(name, str) and name.startswith("_"):
        raise SecurityError("an attribute of a namespace begins with an underscore")


def _raise_exception(message: str) -> NoReturn:
    raise RefusedError(message)


def _strftime_now(form: str) -> str:
    return datetime.now().strftime(form)  # the template's author means the reader's local time


def _to_json(
    value: Any, ensure_ascii: bool = False, indent: int | None = None, separators: Any = None, sort_keys: bool = False
) -> str:
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def environment() -> ImmutableSandboxedEnvironment:
    env = _Environment(trim_blocks=True, lstrip_blocks=True, extensions=[_Generation, "jinja2.ext.loopcontrols"])
    env.filters["tojson"] = _to_json
    env.globals.update(raise_exception=_raise_exception, strftime_now=_strftime_now, namespace=_Namespace)
    del env.globals["lipsum"]
    env.tests["none"] = _is_none
    return env


@lru_cache(8)
def _compiled(template: str) -> Template:
    """Compiling takes ten to a hundred times as long as rendering."""
    return environment().from_string(template)


def render(template: str, variables: dict[str, Any]) -> str:
    """Raises RefusedError, or whatever a broken template raises."""
    given = {name: _given(value) for name, value in variables.items() if name != "messages"}
    messages = _List(map(_message, variables.get("messages", ())))
    text = _compiled(template).render(given | {"messages": messages})
    if len(text) > MAX_OUTPUT:
        raise OverflowError(f"more than {MAX_OUTPUT:,} characters")
    text.encode()  # raises UnicodeEncodeError for half of a character, which no tokenizer takes
    return text


def answer(template: str, variables: dict[str, Any]) -> dict[str, str]:
    """`render` with its outcome as data: text, refused (the template's words) or failed (never the user's words)."""
    try:
        return {"text": render(template, variables)}
    except RefusedError as error:
        return {"refused": str(error).encode(errors="replace").decode()}
    except TemplateSyntaxError as error:
        return {"failed": f"line {error.lineno}: {error.message}"}
    except Exception as error:  # a template is a program: it can raise anything
        return {"failed": type(error).__name__}


def _limit_memory() -> None:
    if sys.platform == "linux":  # elsewhere the limit does not exist or is not kept; the caller's deadline ends it
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def main() -> None:
    _limit_memory()
    while True:
        _end_after(_IDLE)
        line = sys.stdin.readline()
        _end_after(0)
        if not line:
            return
        request = json.loads(line)
        sys.stdout.write(json.dumps(answer(request["template"], request["variables"])) + "\n")
        sys.stdout.flush()


def _end_after(seconds: int) -> None:
    if sys.platform != "win32":
        import signal

        signal.alarm(seconds)  # unless handled, the signal ends the process; 0 takes it back


if __name__ == "__main__":
    main()
