"""What the parsers of all protocols over server-sent events share."""

from __future__ import annotations

from fluent_ai.framing import Framing
from fluent_ai.framing.sse_payloads import SSEPayloads
from fluent_ai.framing.whole import WholeBody
from fluent_ai.protocols.framed_parser import FramedParser


class SSEParser(FramedParser[bytes]):
    """A StreamParser over server-sent events, or over one JSON document where the server did not stream.

    A frame is what one event holds, or the whole document.
    """

    def _open(self, start: int) -> Framing[bytes]:
        return WholeBody() if start in b"{[" else SSEPayloads(self._life.ping)
