"""What watches calls derives from this."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from fluent_ai.observe.call import Call
    from fluent_ai.observe.hooks import AttemptEvent
    from fluent_ai.observe.mailbox import Mailbox


class Observer:
    """Watches the calls of the clients that it is given to: `Client(observe=[...])`. Override what you need.

    A call begins when it is opened, and `finished` then comes exactly once, however it ends: with its whole answer, by
    an error, by a cancellation, or because its stream was closed or forgotten. What is refused before it begins, such
    as a wrong argument, is no call.

    The methods run in a thread of the observer's own, one after another, and see the context variables of the call. So
    they may take their time, but must not expect to come before the caller has its answer: `flush` waits for them. One
    that raises ends nothing; the first failure is logged as a warning.

        >>> import fluent_ai as ai
        >>> class Slow(ai.Observer):
        ...     def finished(self, call: ai.Call) -> None:
        ...         if call.timing and call.timing.total and call.timing.total > 10:
        ...             print(call.provider, call.model, call.timing.total)
        >>> client = ai.Client(observe=[Slow()])
    """

    _at_once: ClassVar[bool] = False
    """True for observers of our own that never wait: they are called where the call runs."""
    _mailbox: Mailbox | None = None

    def started(self, call: Call) -> None:
        """The call begins; nothing was sent yet."""

    def attempted(self, call: Call, attempt: AttemptEvent) -> None:
        """An attempt started, was answered, or failed; the last one says in `retry_in` whether another follows."""

    def first_item(self, call: Call) -> None:
        """The first event of the answer has come."""

    def finished(self, call: Call) -> None:
        """The call is over. Comes exactly once, and nothing comes after it."""

    def flush(self, seconds: float = 10.0) -> bool:
        """Wait until all that has happened so far was told to this observer; False if that took too long."""
        return self._mailbox is None or self._mailbox.flush(seconds)

    def _around(self, call: Call) -> AbstractContextManager[object] | None:
        """Holds while the call is opened, in its own thread or task; for context that its workers inherit."""
        return None
