"""What a reply must look like: a JSON schema, a regular expression or a grammar, checked before anything is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError

from fluent_ai_local.text.closed_schema import closed

if TYPE_CHECKING:
    from llguidance import LLMatcher

NAMES: Final = ("output", "regex", "grammar")
"""The arguments that say what a reply must look like; a request has one of them at most."""


class Grammar(msgspec.Struct, frozen=True):
    """A grammar in llguidance's own notation, and the argument that it was made from."""

    argument: str
    source: str


def to_grammar(request: ChatRequest) -> Grammar | None:
    """The grammar that the reply must fit; None if the request does not ask for one.

    Raises ConfigError, which names the argument, for several of them, for what llguidance cannot enforce, for what no
    text satisfies, and when llguidance is not installed.
    """
    given = {"output": request.output, **{name: request.options.get(name) for name in NAMES[1:]}}
    names = [name for name in NAMES if given[name] is not None]
    if not names:
        return None
    if len(names) > 1:
        raise ConfigError(f"{' and '.join(names)} are given; allowed: one of {', '.join(NAMES)}", provider="local")
    (name,) = names
    return checked(name, name, given[name])


def checked(argument: str, kind: str, value: object) -> Grammar:
    """The grammar of a schema (`output`), a `regex` or a `grammar`, which `argument` holds. Raises as `to_grammar`."""
    try:
        from llguidance import LLMatcher, LLParserLimits, LLTokenizer
    except ModuleNotFoundError:
        raise ConfigError(
            f"{argument} is given, which needs llguidance: pip install 'fluent-ai[local]'", provider="local"
        ) from None
    try:
        source = _write(kind, value, LLMatcher)
    except UnicodeEncodeError:
        source = None
    if source is None:  # raised out here because the error above holds the text
        raise ConfigError(f"{argument} holds a lone surrogate, half of a character", provider="local")
    # A vocabulary of bytes is enough to compile it, and to see whether a reply can begin.
    matcher = LLMatcher(LLTokenizer("byte"), source, log_level=0, limits=LLParserLimits(verbose_errors=False))
    if matcher.is_error():
        raise ConfigError(f"{argument} cannot be enforced: {_reason(matcher.get_error())}", provider="local")
    matcher.compute_bitmask()
    if matcher.is_error():
        raise ConfigError(f"{argument} cannot be enforced: no text satisfies it", provider="local")
    return Grammar(argument, source)


def _write(kind: str, value: object, matcher: type[LLMatcher]) -> str:
    """Raises UnicodeEncodeError."""
    if kind == "output":
        # White space is that of json.dumps: where it is free, a small model may write nothing else.
        return matcher.grammar_from_json_schema(
            msgspec.json.encode(closed(value)).decode(),
            overrides={
                "lenient": False,
                "whitespace_flexible": False,
                "item_separator": ", ",
                "key_separator": ": ",
            },
        )
    text = str(value)
    text.encode()
    return matcher.grammar_from_regex(text) if kind == "regex" else matcher.grammar_from_lark(text)


def _reason(message: str) -> str:
    """The one line of an error that says why; the others quote the expression."""
    lines = message.strip().splitlines()
    return next((line.removeprefix("error: ") for line in lines if line.startswith("error: ")), lines[0])
