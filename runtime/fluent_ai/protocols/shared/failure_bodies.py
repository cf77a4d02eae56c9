"""What a body of unknown shape says went wrong: JSON of any vendor, server-sent events, a page, or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from fluent_ai.framing.sse_payloads import SSEPayloads
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS

_INNER = ("error", "errors", "base_resp", "Response", "Error")
_MESSAGES = ("message", "error", "detail", "details", "msg", "Message", "status_msg", "error_msg", "error_description")
_CODES = ("code", "status", "type", "Code", "error_code", "error_type", "status_code")
_NUMBERS = ("code", "status_code", "error_code")

_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_FIELD = re.compile(rb"^(?:data|event|error|id|retry)?:", re.MULTILINE)


class Failure(NamedTuple):
    reason: str
    """The message, not yet redacted; empty if there is none."""
    code: str | None
    """The most telling code: a word, else a number, because some give both and the number is only the status again."""
    codes: tuple[str, ...]
    """All codes that stand in the body."""
    status: int | None
    """The HTTP status that the body gives, for answers whose own status says nothing."""


def read_failure(body: bytes) -> Failure:
    """What the body of an error says."""
    found = _document(body)
    if found is None:
        return Failure(_plain(body), None, (), None)
    reason, codes, numbers = "", list[str](), list[int]()
    for level in _levels(found):
        if isinstance(level, str):
            reason = level
            continue
        reason = _message(level) or reason
        codes[:0] = [value for key in _CODES if isinstance(value := level.get(key), str) and value]
        numbers[:0] = [number for key in _NUMBERS if (number := _number(level.get(key))) is not None]
    words = [code for code in codes if not code.isdigit()]
    digits = [code for code in codes if code.isdigit()] + [str(number) for number in numbers]
    code = next(iter(words + digits), None)
    status = next((number for number in map(int, digits) if 400 <= number < 600), None)
    return Failure(reason, code, (*words, *digits), status)


def tells_failure(body: bytes) -> bool:
    """Whether a body that is no answer, in spite of its status, tells of a failure."""
    found = _document(body)
    if found is None:
        return bool(text := body.strip()) and _is_text(text) and not _FIELD.match(text) and text[:1] not in b"{["
    if isinstance(found, list):
        found = found[0] if found else None
    if not isinstance(found, dict):
        return isinstance(found, str) and bool(found)
    return any(_fails(key, found.get(key)) for key in (*_INNER, *_MESSAGES, "success"))


def is_page(body: bytes) -> bool:
    return _PAGE.match(body) is not None


def _fails(key: str, value: object) -> bool:
    if key == "success":
        return value is False
    if key == "base_resp":
        return isinstance(value, dict) and bool(value.get("status_code"))
    if key == "Response":
        return isinstance(value, dict) and bool(value.get("Error"))
    return bool(value) and isinstance(value, str | dict | list)


def _document(body: bytes) -> Any:
    """The JSON that the body is or holds; None if it holds none."""
    try:
        return msgspec.json.decode(body)
    except DECODE_ERRORS:
        pass
    lines = body.strip()
    if not _FIELD.search(lines) and lines[:1] != b"{":
        return None
    framing = SSEPayloads()
    payloads = [*framing.feed(lines + b"\n\n"), *framing.finish()] if _FIELD.search(lines) else lines.splitlines()
    for payload in payloads:
        try:
            found = msgspec.json.decode(payload)
        except DECODE_ERRORS:
            continue
        if isinstance(found, dict) and any(_fails(key, found.get(key)) for key in (*_INNER, *_MESSAGES)):
            return found
    return None


def _levels(found: Any) -> Iterator[str | dict[str, Any]]:
    """From the outside to the innermost object or text that tells of the failure."""
    for _ in range(5):
        if isinstance(found, list):
            found = found[0] if found else None
        if isinstance(found, str):
            yield found
        if not isinstance(found, dict):
            return
        yield found
        found = next((inner for key in _INNER if isinstance(inner := found.get(key), dict | list) and inner), None)


def _message(found: dict[str, Any]) -> str:
    for key in _MESSAGES:
        value = found.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = _message(value)
        if isinstance(value, str) and value:
            return _with_cause(value, found.get("metadata"))
    return ""


def _with_cause(message: str, metadata: object) -> str:
    """OpenRouter keeps apart what the host of the model said (https://openrouter.ai/docs/api-reference/errors)."""
    raw = metadata.get("raw") if isinstance(metadata, dict) else None
    if not isinstance(raw, str) or not raw:
        return message
    return f"{message}: {read_failure(raw.encode('utf-8', 'replace')).reason or raw}"


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value else None


def _is_text(body: bytes) -> bool:
    try:
        text = body[:1000].decode("utf-8", "strict" if len(body) <= 1000 else "ignore")
    except UnicodeDecodeError:
        return False
    return all(character.isprintable() or character.isspace() for character in text)


def _plain(body: bytes) -> str:
    if not (text := body.strip()):
        return ""
    if not _is_text(text):
        return "an answer that is not text"
    words = text.decode("utf-8", "replace")
    if is_page(text):
        title = _TITLE.search(words)
        return f"an HTML page: {title[1]}" if title else "an HTML page"
    return "an answer that is not JSON" if text[:1] in b"{[" else words
