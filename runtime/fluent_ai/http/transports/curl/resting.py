"""Kept connections of HTTP/1.1 on which a server says what nobody asked for.

libcurl looks for that only once in a second. Before, it would take it for the answer to the next request.
"""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Sequence
from contextlib import suppress

from fluent_ai.http.transports.curl.libcurl import Easy, pycurl


class Resting:
    """The sockets of those connections. A descriptor that has become another's is known by its inode."""

    def __init__(self) -> None:
        self._sockets: dict[int, int] = {}

    def note(self, easy: Easy) -> None:
        """The transfer has ended well, so its connection rests, unless it was closed."""
        if easy.getinfo(pycurl.INFO_HTTP_VERSION) > pycurl.CURL_HTTP_VERSION_1_1:
            return
        descriptor = int(easy.getinfo(pycurl.ACTIVESOCKET))
        if (inode := _inode(descriptor)) is not None:
            self._sockets[descriptor] = inode

    def used(self, descriptor: int) -> None:
        """A transfer has the connection now."""
        self._sockets.pop(descriptor, None)

    def shut_down_unclean(self) -> None:
        """Shut down those that can be read, so that a request that libcurl sends there fails without an answer."""
        if not self._sockets:
            return
        self._sockets = {each: inode for each, inode in self._sockets.items() if _inode(each) == inode}
        for descriptor in _readable(list(self._sockets)):
            del self._sockets[descriptor]
            sock = socket.socket(fileno=descriptor)
            with suppress(OSError):  # the server has closed it meanwhile
                sock.shutdown(socket.SHUT_RDWR)
            sock.detach()


def _inode(descriptor: int) -> int | None:
    try:
        return os.fstat(descriptor).st_ino
    except OSError:
        return None


def _readable(descriptors: Sequence[int]) -> Sequence[int]:
    if not hasattr(select, "poll"):  # Windows
        return select.select(descriptors, [], [], 0)[0]
    poll = select.poll()
    for each in descriptors:
        poll.register(each, select.POLLIN)
    return [each for each, _ in poll.poll(0)]
