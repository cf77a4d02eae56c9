"""Templates: prompts with places to fill in, a file each.

A file is the prompt, below an optional head of TOML between two lines of `+++`. `{name}` is a place, `{name|text}` one
with a text for where nothing is given, `{input}` what is asked or piped in; `{{` and `}}` are braces. Errors name the
file, the line and the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from fluent_ai.arguments import did_you_mean, toml_table
from fluent_ai.errors import ConfigError

SUFFIX: Final = ".md"
_HEAD: Final = "+++"
_KEYS: Final[Mapping[str, tuple[type, ...]]] = {
    "model": (str,),
    "system": (str,),
    "options": (dict,),
    "schema": (str, dict),
    "tools": (list,),
    "extract": (bool,),
    "description": (str,),
}
"""The keys of a head, and what each may be."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_TEXT = re.compile(r"[^{}]+")


class Place(NamedTuple):
    """What is filled in."""

    name: str
    default: str | None
    at: int
    """Where it begins in the text."""


class Template(NamedTuple):
    """A template that has been read and checked."""

    path: Path
    source: str
    """All of the file."""
    parts: tuple[str | Place, ...]
    head: Mapping[str, Any]

    @property
    def places(self) -> tuple[Place, ...]:
        """What can be filled in."""
        return tuple(part for part in self.parts if isinstance(part, Place))

    def filled(self, given: Mapping[str, str], asked: str) -> str:
        """The prompt. What is asked comes at `{input}`, or at the end where that is no place.

        Raises ConfigError for a place without a text, and for a text without a place.
        """
        names = {place.name for place in self.places}
        for name in given:
            if name not in names:
                hint = did_you_mean(name, sorted(names)) or f" It has: {', '.join(sorted(names)) or 'none'}."
                raise ConfigError(f"{self.path} has no place {name!r:.80}.{hint}")
        texts = {"input": asked, **given} if asked else dict(given)
        prompt = "".join(part if isinstance(part, str) else self._text(part, texts) for part in self.parts)
        return prompt if "input" in names or not asked else f"{prompt.rstrip()}\n\n{asked}"

    def _text(self, place: Place, texts: Mapping[str, str]) -> str:
        if (text := texts.get(place.name, place.default)) is None:
            way = "ask something, or pipe it in" if place.name == "input" else f"pass -p {place.name}=..."
            raise ConfigError(f"{_where(self.path, self.source, place.at)}: {{{place.name}}} is not filled in; {way}")
        return text


def read_template(name: str, folder: Path) -> Template:
    """The template of that name in the folder, or in a file whose path is given. Raises ConfigError."""
    path = Path(name) if "/" in name or name.endswith(SUFFIX) else folder / f"{name}{SUFFIX}"
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        known = names_in(folder)
        hint = did_you_mean(name, known) or (f" There are: {', '.join(known)}." if known else "")
        raise ConfigError(f"template {name!r:.80}: {path} does not exist.{hint}") from None
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise ConfigError(f"template {name!r:.80}: {error}") from None
    return parse_template(text, path)


def names_in(folder: Path) -> list[str]:
    """The names of the templates in a folder."""
    return sorted(path.stem for path in folder.glob(f"*{SUFFIX}"))


def parse_template(text: str, path: Path) -> Template:
    """Raises ConfigError with line and column."""
    start = 0
    head: dict[str, Any] = {}
    lines = text.splitlines(keepends=True)
    if lines and lines[0].strip() == _HEAD:
        end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == _HEAD), None)
        if end is None:
            raise ConfigError(f"{path}:1:1: the head has no end; allowed: a second line of {_HEAD}")
        # With an empty line for its first one, so that the lines in errors are those of the file.
        head = toml_table("\n" + "".join(lines[1:end]), str(path))
        start = sum(map(len, lines[: end + 1]))
    for key, value in head.items():
        if key not in _KEYS:
            hint = did_you_mean(key, list(_KEYS))
            raise ConfigError(f"{path}: {key} is not known.{hint} Allowed: {', '.join(_KEYS)}")
        if not isinstance(value, _KEYS[key]):
            raise ConfigError(f"{path}: {key} is of type {type(value).__name__}, which it cannot be")
    return Template(path, text, tuple(_parts(path, text, start, max(start, len(text.rstrip("\n"))))), head)


def _parts(path: Path, text: str, at: int, end: int) -> Iterator[str | Place]:
    while at < end:
        if (plain := _TEXT.match(text, at, end)) is not None:
            yield plain[0]
            at = plain.end()
        elif text[at : at + 2] in ("{{", "}}"):
            yield text[at]
            at += 2
        elif text[at] == "}":
            raise ConfigError(f"{_where(path, text, at)}: a brace that closes nothing; write }}}} for a brace")
        else:
            close = text.find("}", at)
            inner = text[at + 1 : close] if close != -1 else ""
            name, bar, default = inner.partition("|")
            if close == -1 or "{" in inner or not _NAME.fullmatch(name.strip()):
                problem = "a place has a name, such as {who} or {who|everyone}; write {{ for a brace"
                raise ConfigError(f"{_where(path, text, at)}: {problem}")
            yield Place(name.strip(), default if bar else None, at)
            at = close + 1


def _where(path: Path, text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"{path}:{line}:{at - text.rfind(chr(10), 0, at)}"
