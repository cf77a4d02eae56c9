"""What was read of a reply, on its way to the events: stop strings end its text, and log probabilities go with it."""

from __future__ import annotations

from collections.abc import Sequence

from fluent_ai.content.parts import TokenLogprob
from fluent_ai.content.reply_writer import ReplyWriter

from fluent_ai_local.replies.stop import StopStrings


class WrittenReply:
    """A ReplySink that writes until a stop string appears in the text. Reasoning and calls are not searched.

    >>> events = []
    >>> reply = WrittenReply(ReplyWriter("local", events.append), ["END"])
    >>> reply.text("So it is. E"), reply.text("ND of text"), reply.stopped, events[-1].text
    (None, None, True, 'So it is. ')
    """

    def __init__(self, writer: ReplyWriter, stop: Sequence[str]) -> None:
        self.writer = writer
        self.wrote = False
        """Whether anything was written since the last `add`."""
        self.calls = 0
        self._stop = StopStrings(stop)
        self._logprobs: list[TokenLogprob] = []
        """Of tokens whose text is still held back."""

    @property
    def stopped(self) -> bool:
        return self._stop.stopped

    def begin(self, logprob: TokenLogprob | None) -> None:
        """A token comes, whose text follows at once or later."""
        self.wrote = False
        if logprob is not None:
            self._logprobs.append(logprob)

    def text(self, text: str) -> None:
        self._write(self._stop.feed(text))

    def reasoning(self, text: str) -> None:
        if self._interrupts():
            self.writer.reasoning(text)

    def end_reasoning(self) -> None:
        if not self.stopped:
            self.writer.end_reasoning()

    def start_call(self, call_id: str, name: str) -> int:
        if not self._interrupts():
            return -1
        self.calls += 1
        return self.writer.start_call(call_id, name)

    def call_arguments(self, part: int, arguments: str) -> None:
        if self._interrupts():
            self.writer.call_arguments(part, arguments)

    def end_call(self, part: int) -> None:
        if self._interrupts():
            self.writer.end_call(part)

    def finish(self) -> None:
        self._write(self._stop.finish())

    def _interrupts(self) -> bool:
        """Whether something else than text can be written: then no stop string goes on behind it."""
        if self.stopped:
            return False
        self._write(self._stop.finish())
        self._logprobs.clear()
        self.wrote = True
        return True

    def _write(self, text: str) -> None:
        if text:
            self.writer.text(text, tuple(self._logprobs) or None)
            self._logprobs.clear()
            self.wrote = True
