"""Typed pieces of reasoning, each of which goes back with all that it says beside its text.

Source: https://openrouter.ai/docs/use-cases/reasoning-tokens for `reasoning_details`, and
https://docs.litellm.ai/docs/reasoning_content for `thinking_blocks`, which are Anthropic's.
"""

from __future__ import annotations

from typing import Any

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply_writer import ReplyWriter


class ReasoningDetails:
    """Writes details or blocks into a reply: one part for each piece that has a type and an index of its own."""

    __slots__ = ("_writer", "open")

    def __init__(self, writer: ReplyWriter) -> None:
        self._writer = writer
        self.open: JsonObject | None = None
        """What the open piece says beside its text."""

    def add(self, details: object, spoken: str) -> None:
        """The details of one delta; `spoken` is what its `reasoning` says, which they may say once more."""
        found = [detail for detail in details if isinstance(detail, dict)] if isinstance(details, list) else []
        if spoken and not any(map(_said, found)):
            self._writer.reasoning(spoken)
        for detail in found:
            self._add(detail)

    def end(self) -> None:
        if self.open is not None:
            self._writer.end_reasoning(raw=self.open)
            self.open = None

    def _add(self, detail: JsonObject) -> None:
        text = _said(detail)
        signature, encrypted = _text(detail, "signature"), _text(detail, "data")
        if not (text or signature or encrypted):
            return
        if self.open is not None and _place(detail) != _place(self.open):
            self.end()
        elif self.open is None and encrypted:
            # What was spoken before is no part of what is sealed.
            self._writer.end_reasoning()
        self.open = {**(self.open or {}), **_beside(detail)}
        if text:
            self._writer.reasoning(text)
        if signature or encrypted:
            self._writer.open_reasoning()
            self._writer.end_reasoning(signature, encrypted, self.open)
            self.open = None


_NAMES = ("text", "summary", "thinking")


def _said(detail: JsonObject) -> str | None:
    return next((text for name in _NAMES if (text := _text(detail, name)) is not None), None)


def _text(detail: JsonObject, name: str) -> str | None:
    return value if isinstance(value := detail.get(name), str) and value else None


def _place(detail: JsonObject) -> tuple[Any, Any]:
    return detail.get("type"), detail.get("index")


def _beside(detail: JsonObject) -> JsonObject:
    return {name: value for name, value in detail.items() if name not in (*_NAMES, "signature", "data")}


def as_detail(raw: JsonObject, text: str, signature: str | None, encrypted: str | None) -> JsonObject:
    """The detail or block as it came, of which `raw` is what it says beside the reasoning itself."""
    name = {"reasoning.summary": "summary", "thinking": "thinking"}.get(str(raw.get("type")), "text")
    found = ((name, text or None), ("signature", signature), ("data", encrypted))
    return {**raw, **{name: value for name, value in found if value is not None}}
