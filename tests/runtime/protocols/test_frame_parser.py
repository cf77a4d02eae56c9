"""The machine below all parsers, by a protocol of one word a line."""

from __future__ import annotations

import fluent_ai as ai
import pytest
from fluent_ai.framing import Framing
from fluent_ai.framing.ndjson import NDJSONDecoder
from fluent_ai.manifest.schema import CAPABILITIES
from fluent_ai.protocols.shared.frame_parser import FrameParser
from fluent_ai.protocols.table import chat_codec, codecs


class Words(FrameParser[bytes, str]):
    """`end` ends, `enough` lets the body end, `fail` fails, `?` makes no sense."""

    enough = False

    def framing(self, start: int) -> Framing[bytes]:
        return NDJSONDecoder()

    def read(self, frame: bytes) -> None:
        match frame:
            case b"end":
                self.done = True
            case b"enough":
                self.enough = True
            case b"fail":
                raise self.refused(b'{"error": "all is lost sk-secret-1234"}', 503)
            case b"?":
                raise ai.ProtocolError("no word")
        self.emit(frame.decode())

    def complete(self) -> bool:
        return self.enough


def words(*pieces: bytes) -> tuple[list[str], Words]:
    parser = Words("acme", ("sk-secret-1234",))
    return [word for piece in pieces for word in parser.feed(piece)], parser


def test_nothing_is_read_after_the_last_frame() -> None:
    found, parser = words(b"\n \none\nend\ntwo\n", b"three\n")
    assert found == ["one", "end"]
    assert parser.finish() == []


def test_the_last_frame_needs_no_end() -> None:
    found, parser = words(b"one\nend")
    assert (found, parser.finish(), parser.finish()) == (["one"], ["end"], [])


@pytest.mark.parametrize(("line", "kind"), [(b"fail", ai.Overloaded), (b"?", ai.ProtocolError)])
def test_what_came_before_a_failure_is_handed_out(line: bytes, kind: type[ai.FluentError]) -> None:
    found, parser = words(b"one\ntwo\n" + line + b"\nthree\n", b"four\n")
    assert found == ["one", "two"]
    for _ in range(2):
        with pytest.raises(kind) as caught:
            parser.finish()
        assert caught.value.provider == "acme"
        assert "secret" not in str(caught.value)
        assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("body", "message"), [(b"", "is empty"), (b" \n", "is empty"), (b"one\n", "before it was"), (b"{", "before it was")]
)
def test_a_body_that_was_cut(body: bytes, message: str) -> None:
    _, parser = words(body)
    with pytest.raises(ai.StreamTruncated, match=message):
        parser.finish()


def test_a_last_frame_that_was_cut_says_nothing() -> None:
    _, parser = words(b"enough\n?")
    assert parser.finish() == []
    assert parser.cut


def test_there_is_one_machine() -> None:
    in_process = "tokenization"  # no provider does it over HTTP
    assert all(codecs(capability) for capability in CAPABILITIES if capability != in_process)
    kinds: list[type] = [FrameParser]
    for kind in kinds:
        kinds += kind.__subclasses__()
    assert len(kinds) > 15
    assert [kind for kind in kinds if {"feed", "finish"} & vars(kind).keys()] == [FrameParser]
    parsers = [chat_codec(protocol).parser for protocol in codecs("chat")]
    assert all(issubclass(parser, FrameParser) for parser in parsers)
