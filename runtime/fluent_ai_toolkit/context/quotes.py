"""Documents as numbered quotes in a message, and the citations of a reply that was made with them."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping

from fluent_ai.arguments import as_text
from fluent_ai.content.documents import citations_of, quoted
from fluent_ai.content.events import Citation, Event, TextEnd
from fluent_ai.content.parts import Message, TextPart
from fluent_ai.content.private import PrivateStruct
from fluent_ai.content.reply import Reply

from fluent_ai_toolkit.context.documents import Document, LeftOut


class Quotes(PrivateStruct, frozen=True):
    """The documents that fit, numbered from 1, and what was left out."""

    documents: tuple[Document, ...]
    """The documents, the best first: the number of the first one is 1."""
    tokens: int
    """How many tokens their text may have, by an estimate that is rarely too low."""
    left_out: tuple[LeftOut, ...]
    """What was left out and why: the first 1,000 items, those that did not fit among them."""
    left_out_counts: Mapping[str, int]
    """How many items were left out, by reason."""

    def __repr__(self) -> str:
        many, out = len(self.documents), sum(self.left_out_counts.values())
        return f"Quotes({many} documents, {self.tokens:,} tokens, {out} left out)"

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out, by reason and number, for people; none for copies, which are not missed."""
        counts = {reason: number for reason, number in self.left_out_counts.items() if "duplicate" not in reason}
        if not counts:
            return ()
        reasons = ", ".join(f"{number:,} {reason}" for reason, number in sorted(counts.items()))
        return (f"left out of the documents: {reasons}",)

    @property
    def part(self) -> TextPart:
        """The quotes as a part of a message. They are marked as data by a mark that no document can know."""
        return TextPart(quoted(self.documents))

    def message(self, question: str) -> Message:
        """A message of the user: the quotes, and the question after them."""
        return Message("user", [self.part, as_text(question, "question")])

    def citations(self, reply: Reply) -> tuple[Citation, ...]:
        """What a reply cites, such as [1] or [2, 3]: the document, and which characters of the reply it supports."""
        return tuple(
            citation
            for number, part in enumerate(reply.parts)
            if isinstance(part, TextPart)
            for citation in citations_of(part.text, self.documents, number)
        )

    def cited(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events of a reply, with those of its citations before the end of each text."""
        for event in events:
            yield from self._cited(event)

    async def acited(self, events: AsyncIterable[Event]) -> AsyncIterator[Event]:
        """`cited` for the events of an asynchronous stream."""
        async for event in events:
            for each in self._cited(event):
                yield each

    def _cited(self, event: Event) -> Iterator[Event]:
        if isinstance(event, TextEnd):
            yield from citations_of(event.text, self.documents, event.part)
        yield event
