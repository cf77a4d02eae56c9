"""How observers are told: at once, or through a mailbox, so that one that raises or hangs holds up no call."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from contextvars import Context
from functools import partial
from traceback import extract_tb
from typing import Final, Literal

from fluent_ai.observe.call import Call
from fluent_ai.observe.hooks import AttemptEvent
from fluent_ai.observe.mailbox import Mailbox
from fluent_ai.observe.observer import Observer
from fluent_ai.threads import new_lock

Method = Literal["started", "attempted", "first_item", "finished"]

METHODS: Final[tuple[Method, ...]] = ("started", "attempted", "first_item", "finished")
MOST_WAITING: Final = 10_000
"""How many steps may wait for an observer; those that come later are not recorded."""

_log = logging.getLogger("fluent_ai.observe")
_making = new_lock()


class Recipient:
    """One observer, and how it is told."""

    def __init__(self, observer: Observer) -> None:
        self.observer = observer
        kind = type(observer)
        self._wanted = {name for name in METHODS if getattr(kind, name) is not getattr(Observer, name)}
        self._failed = False
        self._full = False

    def open(self) -> None:
        """Called before the first step of each call."""

    def tell(self, context: Context, method: Method, call: Call, *more: AttemptEvent) -> None:
        if method in self._wanted:
            self._call(method, call, *more)

    def enter(self, stack: ExitStack, call: Call) -> None:
        """Let what the observer wants to hold while the call is opened begin."""
        try:
            if (context := self.observer._around(call)) is not None:  # noqa: SLF001  # it belongs to whoever tells it
                stack.enter_context(context)
        except Exception as error:
            self._complain("started", error)

    def _call(self, method: Method, call: Call, *more: AttemptEvent) -> None:
        try:
            getattr(self.observer, method)(call, *more)
        except Exception as error:
            self._complain(method, error)

    def _complain(self, method: Method, error: BaseException) -> None:
        if self._failed:
            return
        self._failed = True
        place = extract_tb(error.__traceback__)[-1]
        _log.warning(
            "%s.%s raised %s at %s:%s. The call goes on; further failures of this observer are not reported",
            type(self.observer).__name__, method, type(error).__name__, place.filename, place.lineno,
        )  # fmt: skip


class Subscriber(Recipient):
    """An observer that is told through its mailbox."""

    def __init__(self, observer: Observer) -> None:
        super().__init__(observer)
        with _making:
            if observer._mailbox is None:  # noqa: SLF001  # it belongs to whoever tells it
                object.__setattr__(observer, "_mailbox", Mailbox(f"observer {type(observer).__name__}"))
        assert observer._mailbox is not None  # noqa: S101, SLF001
        self._mailbox = observer._mailbox  # noqa: SLF001

    def open(self) -> None:
        self._mailbox.open()

    def tell(self, context: Context, method: Method, call: Call, *more: AttemptEvent) -> None:
        if method not in self._wanted:
            return None
        if self._mailbox.waiting >= MOST_WAITING:
            return self._overflow()
        return self._mailbox.post(partial(context.copy().run, self._call, method, call, *more))

    def _call(self, method: Method, call: Call, *more: AttemptEvent) -> None:
        self._full = False
        try:
            super()._call(method, call, *more)
        except BaseException as error:  # such as SystemExit, which would end the thread
            self._complain(method, error)

    def _overflow(self) -> None:
        if not self._full:
            self._full = True
            _log.warning(
                "%s does not keep up: %s steps wait, and further calls are not recorded until it goes on",
                type(self.observer).__name__, MOST_WAITING,
            )  # fmt: skip


def recipient(observer: Observer) -> Recipient:
    """How this observer is told."""
    return Recipient(observer) if observer._at_once else Subscriber(observer)  # noqa: SLF001
