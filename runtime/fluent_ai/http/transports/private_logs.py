"""Keeps the headers of responses out of the log lines of the libraries below, which show all of them at DEBUG."""

from __future__ import annotations

import logging
from collections.abc import Callable

from fluent_ai.http.redact import redact


class _Private(logging.Filter):
    """Cuts headers off, and masks what looks like a key in a URL, while a request of this package is being sent."""

    def __init__(self, sending: Callable[[], bool]) -> None:
        super().__init__()
        self._sending = sending

    def filter(self, record: logging.LogRecord) -> bool:
        if self._sending():
            message = record.getMessage()
            if message.startswith("receive_response_headers.complete"):
                message = message.partition("[")[0] + "...)"
            record.msg, record.args = redact(message, limit=2_000), ()
        return True


def keep_private(sending: Callable[[], bool]) -> None:
    """From now on, for requests during which `sending` is true in the context that logs."""
    private = _Private(sending)
    for name in ("httpx2", "httpcore2.http11", "httpcore2.http2", "httpcore2.proxy"):
        logging.getLogger(name).addFilter(private)
