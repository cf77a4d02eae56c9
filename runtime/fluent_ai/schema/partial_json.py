"""Incremental parsing of incomplete JSON, in time linear in its length, however it is cut.

The dialect is jiter's `trailing-strings`, in which the SDKs of OpenAI and Anthropic stream tool arguments: an open
string has the value received so far, open arrays and objects count, an open number counts if its text already is a
number, and an open key, literal or escape does not count yet. Text that no continuation can make valid is an error.
JavaScript's constants, numbers beyond a float's range and lone surrogates are not JSON. The last of equal keys wins.
"""

from __future__ import annotations

import codecs
import re
from math import isfinite
from typing import Final, NoReturn, TypeAlias, cast

import msgspec

from fluent_ai.errors import ConfigError, IncompleteJSON, InvalidJSON

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
Path: TypeAlias = tuple[str | int, ...]

MAX_DEPTH = 200
MAX_NUMBER = 4300
"""The maximum length of a number in characters, which is Python's own limit for integers."""
_NOT_SPACE = re.compile(r"[^ \t\n\r]")
_WHOLE_STRING = re.compile(r'"([^"\\\x00-\x1f]*)"')
_STRING_STOP = re.compile(r'["\\\x00-\x1f]')
_NUMBER_STOP = re.compile(r"[^-+.0-9eE]")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_NUMBER_BEGUN = re.compile(r"-?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*|(?:\.[0-9]+)?[eE][-+]?[0-9]*)?)?")
_ESCAPE = re.compile(
    r"""\\(?:(["\\/bfnrt])"""
    r"""|u([0-9a-cA-Ce-fE-F][0-9a-fA-F]{3}|[dD][0-7][0-9a-fA-F]{2})"""
    r"""|u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2}))"""
)
_WHOLE_ESCAPES = (r"\n", r"\u0000", r"\ud800\udc00")
"""One escape of each length; the tail of one of them completes any valid beginning of an escape."""
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS: dict[str, tuple[str, bool | None]] = {"t": ("true", True), "f": ("false", False), "n": ("null", None)}

_FIRST_ITEM, _VALUE, _FIRST_KEY, _KEY, _COLON, _COMMA, _END, _STRING = range(8)
_EXPECTED = {
    _FIRST_ITEM: "a value or ']'",
    _VALUE: "a value",
    _FIRST_KEY: "a key in double quotes or '}'",
    _KEY: "a key in double quotes",
    _COLON: "':'",
    _COMMA: "',' or the closing bracket",
    _END: "nothing more",
}
_ABSENT: Final = object()


class Change(msgspec.Struct, frozen=True):
    """One change of a growing value: the new value at `path`, or, with `append`, text to add to the string there.

    Objects and arrays start empty. `path` holds keys and indices, outermost first.
    """

    path: Path
    value: JsonValue
    append: bool = False


def parse_partial(json_so_far: str | bytes) -> JsonValue:
    """The value of JSON text that may be incomplete.

    Raises InvalidJSON if no continuation can be valid JSON, and its subclass IncompleteJSON if there is no value yet.
    """
    reader = PartialJSON()
    reader.feed(json_so_far)
    return reader.value


class PartialJSON:
    """Parses one JSON text piece by piece. Each piece is read once, and reading `value` costs nothing.

    Use either `feed` or `changes` throughout. Errors are final: feeding again raises the same error.
    """

    def __init__(self) -> None:
        self._root: list[JsonValue] = []
        self._stack: list[list[JsonValue] | dict[str, JsonValue]] = [self._root]
        self._keys: list[str] = []
        """The current key of each open container except the root; not used for arrays."""
        self._state = _VALUE
        self._rest = ""
        """The unfinished escape, literal or number, to be read with the next piece."""
        self._offset = 0
        self._holder: list[JsonValue] | dict[str, JsonValue] = self._root
        self._slot: str | int = 0
        self._key: list[JsonValue] = []
        self._begun = False
        self._hidden: object | None = None
        self._log: list[Change] | None = None
        self._decoder: codecs.IncrementalDecoder | None = None
        self._error: InvalidJSON | None = None

    @property
    def value(self) -> JsonValue:
        """The value so far. Its containers grow in place with the next piece, so copy what must not change.

        Raises IncompleteJSON if there is no value yet.
        """
        if not self.started:
            raise IncompleteJSON("the JSON has no value yet")
        return self._root[0]

    @property
    def started(self) -> bool:
        """True if there is a value."""
        if self._rest and self._hidden is None and self._state <= _VALUE:
            self._show_number()
        return bool(self._root)

    def feed(self, piece: str | bytes) -> None:
        """Parse the next piece. Raises InvalidJSON, which names the position, if no continuation can be valid."""
        if self._error is not None:
            raise self._error
        if self._hidden is not None:
            self._hide_number()
        text = self._text(piece)
        if self._rest:
            text, self._rest = self._rest + text, ""
        self._read(text)
        self._offset += len(text) - len(self._rest)

    def changes(self, piece: str | bytes) -> list[Change]:
        """Parse the next piece and return what it changed; applying all changes in order yields the value so far.

        A number is reported once the character after it has arrived, because only then is it complete.
        Raises InvalidJSON like `feed`.
        """
        log: list[Change] = []
        self._log = log
        try:
            self.feed(piece)
        finally:
            self._log = None
        return log

    def finish(self) -> JsonValue:
        """The complete value. Raises IncompleteJSON if the text ended too early, InvalidJSON after an error."""
        if self._error is not None:
            raise self._error
        number = len(self._stack) == 1 and self._rest and self._to_number(self._rest) is not None
        if (self._state != _END and not number) or self._half_character():
            raise IncompleteJSON(f"the JSON ends too early, at character {self._offset + len(self._rest)}")
        return self.value

    def _text(self, piece: str | bytes) -> str:
        if not isinstance(piece, str | bytes):
            raise ConfigError(f"JSON is of type {type(piece).__name__}; allowed: str or bytes")
        try:
            if isinstance(piece, str):
                if not piece.isascii():
                    piece.encode()
                if self._half_character():
                    self._fail(0, "text after a part of a character in bytes")
                return piece
            if self._decoder is None:
                self._decoder = codecs.getincrementaldecoder("utf-8")()
            return self._decoder.decode(piece)
        except UnicodeError:
            self._fail(0, "text that is not valid Unicode")

    def _half_character(self) -> bool:
        return self._decoder is not None and self._decoder.getstate()[0] != b""

    def _read(self, text: str) -> None:
        at, end = 0, len(text)
        while at < end:
            state = self._state
            if state == _STRING:
                at = self._read_string(text, at)
                continue
            char = text[at]
            if char in " \t\n\r":
                found = _NOT_SPACE.search(text, at)
                if found is None:
                    return
                at = found.start()
                char = text[at]
            if state <= _VALUE:
                if char == '"':
                    if whole := _WHOLE_STRING.match(text, at):
                        self._put(whole[1])
                        at = whole.end()
                    else:
                        self._begin_string()
                        at = self._read_string(text, at + 1)
                elif char in "{[":
                    self._open(char, at)
                    at += 1
                elif char == "]" and state == _FIRST_ITEM:
                    self._close()
                    at += 1
                else:
                    at = self._read_scalar(text, at, char)
            elif state == _COMMA:
                at = self._after_value(char, at)
            elif char == '"' and state in (_KEY, _FIRST_KEY):
                if whole := _WHOLE_STRING.match(text, at):
                    self._keys[-1] = whole[1]
                    self._state = _COLON
                    at = whole.end()
                else:
                    self._state = _STRING
                    self._key = [""]
                    self._holder, self._slot = self._key, 0
                    at = self._read_string(text, at + 1)
            elif char == ":" and state == _COLON:
                self._state = _VALUE
                at += 1
            elif char == "}" and state == _FIRST_KEY:
                self._close()
                at += 1
            else:
                self._fail(at, f"expected {_EXPECTED[state]}")

    def _after_value(self, char: str, at: int) -> int:
        in_object = isinstance(self._stack[-1], dict)
        if char == ",":
            self._state = _KEY if in_object else _VALUE
        elif char == ("}" if in_object else "]"):
            self._close()
        else:
            self._fail(at, f"expected {_EXPECTED[_COMMA]}")
        return at + 1

    def _read_string(self, text: str, at: int) -> int:
        """Continue reading a string, up to its closing quote or the end of the text."""
        pieces: list[str] = []
        end = len(text)
        closed = False
        while True:
            found = _STRING_STOP.search(text, at)
            stop = end if found is None else found.start()
            if stop > at:
                pieces.append(text[at:stop])
            if stop == end:
                at = end
                break
            if text[stop] == '"':
                closed, at = True, stop + 1
                break
            if text[stop] != "\\":
                self._fail(stop, "a control character in a string")
            char, at = self._escape(text, stop)
            pieces.append(char)
        self._grow("".join(pieces))
        if closed and self._holder is self._key:
            self._keys[-1] = str(self._key[0])
            self._state = _COLON
        elif closed:
            self._state = _COMMA if self._keys else _END
        return at

    def _escape(self, text: str, at: int) -> tuple[str, int]:
        """The character of the escape at `at`, `""` if it is incomplete, and the position after it."""
        found = _ESCAPE.match(text, at)
        if found is None:
            begun = text[at:]
            if not any(_ESCAPE.fullmatch(begun + whole[len(begun) :]) for whole in _WHOLE_ESCAPES):
                self._fail(at, "an unknown escape, or a lone surrogate")
            self._rest = begun
            return "", len(text)
        simple, unit, high, low = found.groups()
        if simple is not None:
            return _ESCAPES[simple], found.end()
        if unit is not None:
            return chr(int(unit, 16)), found.end()
        return chr(0x10000 + ((int(high, 16) & 0x3FF) << 10) + (int(low, 16) & 0x3FF)), found.end()

    def _read_scalar(self, text: str, at: int, char: str) -> int:
        if char in _WORDS:
            word, value = _WORDS[char]
            piece = text[at : at + len(word)]
            if piece == word:
                self._put(value)
                return at + len(word)
            if at + len(piece) < len(text) or not word.startswith(piece):
                self._fail(at, f"expected {_EXPECTED[self._state]}")
            self._rest = piece
            return len(text)
        if char not in "-0123456789":
            self._fail(at, f"expected {_EXPECTED[self._state]}")
        found = _NUMBER_STOP.search(text, at)
        stop = len(text) if found is None else found.start()
        token = text[at:stop]
        if len(token) > MAX_NUMBER:
            self._fail(at, f"a number of more than {MAX_NUMBER} characters")
        if found is None:
            if not _NUMBER_BEGUN.fullmatch(token):
                self._fail(at, "a malformed number")
            self._rest = token
            return stop
        number = self._to_number(token)
        if number is None:
            self._fail(at, "a malformed number, or one out of range")
        self._put(number)
        return stop

    @staticmethod
    def _to_number(token: str) -> int | float | None:
        """The number, or None if the token is not a number or exceeds Python's limits."""
        found = _NUMBER.fullmatch(token)
        if found is None:
            return None
        if found[1] is not None or found[2] is not None:
            real = float(token)
            return real if isfinite(real) else None
        try:
            return int(token)
        except ValueError:  # the process has set a lower limit for digits
            return None

    def _show_number(self) -> None:
        """Put an open number in its place; the next piece removes it first."""
        number = self._to_number(self._rest)
        if number is None:
            return
        holder = self._stack[-1]
        if isinstance(holder, dict):
            self._hidden = holder.get(self._keys[-1], _ABSENT)
            holder[self._keys[-1]] = number
        else:
            self._hidden = _ABSENT
            holder.append(number)

    def _hide_number(self) -> None:
        holder, hidden, self._hidden = self._stack[-1], self._hidden, None
        if isinstance(holder, list):
            holder.pop()
        elif hidden is _ABSENT:
            del holder[self._keys[-1]]
        else:
            holder[self._keys[-1]] = cast("JsonValue", hidden)

    def _put(self, value: JsonValue) -> None:
        holder = self._stack[-1]
        if isinstance(holder, dict):
            holder[self._keys[-1]] = value
        else:
            holder.append(value)
        if self._log is not None:
            # A change must not refer to a container that grows later.
            self._log.append(Change(self._path(), type(value)() if isinstance(value, list | dict) else value))
        self._state = _COMMA if self._keys else _END

    def _open(self, bracket: str, at: int) -> None:
        if len(self._keys) == MAX_DEPTH:
            self._fail(at, f"nesting deeper than {MAX_DEPTH}")
        container: list[JsonValue] | dict[str, JsonValue] = {} if bracket == "{" else []
        self._put(container)
        self._stack.append(container)
        self._keys.append("")
        self._state = _FIRST_KEY if bracket == "{" else _FIRST_ITEM

    def _close(self) -> None:
        self._stack.pop()
        self._keys.pop()
        self._state = _COMMA if self._keys else _END

    def _begin_string(self) -> None:
        holder = self._stack[-1]
        if isinstance(holder, dict):
            self._slot = self._keys[-1]
            holder[self._slot] = ""
        else:
            self._slot = len(holder)
            holder.append("")
        self._holder = holder
        self._begun = True
        self._state = _STRING

    def _grow(self, piece: str) -> None:
        """Append to the open string, which is a key or a value."""
        # CPython appends in place only to a string with a single reference, so the container's is removed first.
        holder = cast("dict[str | int, JsonValue]", self._holder)
        slot = self._slot
        text = cast("str", holder[slot])
        holder[slot] = None
        text += piece
        holder[slot] = text
        if self._log is not None and self._holder is not self._key and (piece or self._begun):
            self._log.append(Change(self._path(), piece, append=not self._begun))
        self._begun = False

    def _path(self) -> Path:
        """The path of the newest value."""
        return tuple(
            key if isinstance(container, dict) else len(container) - 1
            for container, key in zip(self._stack[1:], self._keys, strict=True)
        )

    def _fail(self, at: int, what: str) -> NoReturn:
        self._error = InvalidJSON(f"not JSON at character {self._offset + at}: {what}")
        raise self._error
