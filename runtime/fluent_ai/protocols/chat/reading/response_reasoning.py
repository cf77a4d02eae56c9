"""The reasoning of a response: an item of several pieces, each a paragraph of its own.

Source: https://platform.openai.com/docs/api-reference/responses-streaming/response/reasoning_summary_part.
"""

from __future__ import annotations

from fluent_ai_wire.openai_responses import ReasoningItem, ResponseEvent

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai.protocols.shared.decoding import convert

_BREAK = "\n\n"
"""Between two pieces: each begins without white space, often with a heading."""


class ResponseReasoning:
    """Writes items of reasoning into a reply, one part each; where an item has several pieces, `raw` keeps them."""

    def __init__(self, writer: ReplyWriter) -> None:
        self._writer = writer
        self._place: tuple[int | None, int | None] = (None, None)
        self._ended = False
        """A piece has ended, and what comes is the next one."""
        self._begun = False

    def delta(self, event: ResponseEvent, text: str) -> None:
        place = (event.output_index, event.summary_index)
        if self._begun and (self._ended or place != self._place):
            self._writer.reasoning(_BREAK)
        self._place, self._ended, self._begun = place, False, True
        self._writer.reasoning(text)

    def piece_ended(self) -> None:
        self._ended = True

    def item_ended(self, item: JsonObject, *, written: bool) -> None:
        """`written` says that deltas have told the text. Raises ProtocolError."""
        found = convert(item, ReasoningItem, "output item")
        if not written and (
            text := _BREAK.join(piece.text for piece in found.summary or found.content or () if piece.text)
        ):
            self._writer.reasoning(text)
        if found.encrypted_content:
            self._writer.open_reasoning()
        self._writer.end_reasoning(redacted=found.encrypted_content or None, raw=_pieces(item))
        self._begun = self._ended = False


def _pieces(item: JsonObject) -> JsonObject | None:
    """What goes back instead of the text, where that is not one piece of a summary."""
    summary, content = (found if isinstance(found := item.get(name), list) else [] for name in ("summary", "content"))
    if len(summary) < 2 and not content:
        return None
    return {"summary": summary, "content": content} if content else {"summary": summary}
