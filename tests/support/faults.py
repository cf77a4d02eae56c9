"""What a server may do wrong, and what a caller must be told of it."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass

import fluent_ai as ai
from scripted_server import Answer, reply, sse, stream, text_chunks

HELLO = sse(*text_chunks("Hel", "lo"))
HALF = sse(*text_chunks("Hel", finish=None), done=False)


@dataclass(frozen=True)
class Outcome:
    """What the caller gets."""

    error: type[ai.FluentError] | None
    """The error's class; None for a whole reply."""
    text: str = ""
    """What came before it."""
    requests: int | None = 1
    """How many requests one retry makes; None where transports may differ."""
    words: str = ""
    """What the message says, among other things."""


WHOLE = Outcome(None, "Hello")
LOST = Outcome(ai.ConnectionFailed, requests=2)
"""No answer that could be read: asked again."""
CUT = Outcome(ai.StreamInterrupted, "Hel")
"""What had begun is not asked again."""
TRUNCATED = Outcome(ai.StreamTruncated, "Hel")
MALFORMED = Outcome(ai.ProtocolError, "Hel")


def raw(*pieces: bytes | float) -> Answer:
    """These bytes and pauses, then the end of the connection."""
    return Answer([*pieces, None])


def dripping(*before: bytes, each: bytes = b"x") -> Answer:
    """What comes at once, and then a little at a time, for ten seconds."""
    return raw(*before, *[each, 0.1] * 100)


def head(*lines: str, status: str = "HTTP/1.1 200 OK") -> bytes:
    return "".join(f"{line}\r\n" for line in (status, "content-type: text/event-stream", *lines, "")).encode("latin-1")


def sized(body: bytes, *lines: str, length: int | None = None) -> Answer:
    """The body with its length, or another."""
    return raw(head(f"content-length: {len(body) if length is None else length}", *lines) + body)


def chunked(*chunks: bytes, last: bytes = b"0\r\n\r\n") -> Answer:
    """The head of a chunked body, and bytes that are said to be its chunks."""
    return raw(head("transfer-encoding: chunked") + b"".join(chunks) + last)


def chunk(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(body), body)


def event(data: str | bytes) -> bytes:
    return b"data: " + (data if isinstance(data, bytes) else data.encode()) + b"\n\n"


def delta(text: str) -> bytes:
    return event(json.dumps({"id": "c", "model": "m", "choices": [{"index": 0, "delta": {"content": text}}]}))


def said(*events: bytes) -> Answer:
    """A stream that starts well and goes on with these events."""
    return stream([*HALF, *events])


def bad_chunks() -> dict[str, tuple[Answer, Outcome]]:
    """A good chunk, and then something that is none: with it, after it, or with the head in two pieces before it."""
    begun = head("transfer-encoding: chunked") + chunk(HALF_BODY)
    end = begun.index(b"\r\n\r\n") + 3  # within the blank line
    bad = {
        "half a chunk": b"ff\r\nabc",
        "a chunk size of letters": b"zz\r\n",
        "a chunk size below zero": b"-5\r\nabcde\r\n",
        "a chunk size of 20 digits": b"f" * 20 + b"\r\nabc\r\n",
        "a chunk without its line end": b"3\r\nabcde",
    }
    placed = {
        "{}": lambda then: raw(begun + then),
        "{}, later": lambda then: raw(begun, 0.05, then),
        "{}, after a head in two": lambda then: raw(begun[:end], 0.05, begun[end:] + then),
        "{}, after Early Hints": lambda then: raw(b"HTTP/1.1 103 Early Hints\r\n\r\n" + begun + then),
    }
    return {where.format(name): (say(then), CUT) for name, then in bad.items() for where, say in placed.items()}


BODY = b"".join(HELLO)
HALF_BODY = b"".join(HALF)
DEEP = "[" * 100_000 + "]" * 100_000

HEADS: dict[str, tuple[Answer, Outcome]] = {
    "nothing": (raw(), LOST),
    "bytes of no protocol": (raw(b"\x00\xff\xfe\r\n\r\n"), LOST),
    "a TLS alert": (raw(b"\x15\x03\x01\x00\x02\x02\x0a"), LOST),
    "the banner of SSH": (raw(b"SSH-2.0-OpenSSH_9.6\r\n"), LOST),
    "a body without a head": (raw(BODY), LOST),
    "half a status line": (raw(b"HTTP/1.1 20"), LOST),
    "half a head": (raw(b"HTTP/1.1 200 OK\r\ncontent-type: text/ev"), LOST),
    "a status of letters": (raw(head(status="HTTP/1.1 abc OK") + BODY), LOST),
    "a status of four digits": (raw(head(status="HTTP/1.1 2000 OK") + BODY), LOST),
    "a header without a colon": (raw(head("nonsense") + BODY), LOST),
    "a header name with a space": (raw(head("x y: z", "connection: close") + BODY), LOST),
    "a header with a NUL": (raw(head("x: a\0b", "connection: close") + BODY), LOST),
    "a megabyte of one header": (raw(head("x: " + "y" * 1_000_000) + BODY), LOST),
    "ten thousand headers": (raw(head(*(f"x-{n}: {'y' * 100}" for n in range(10_000))) + BODY), LOST),
    "101 Switching Protocols": (
        raw(head("upgrade: websocket", "connection: upgrade", status="HTTP/1.1 101 Switching Protocols")),
        Outcome(ai.FluentError, requests=None),
    ),
    "100 Continue three times": (raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + head() + BODY), WHOLE),
    "103 Early Hints": (raw(b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n" + head() + BODY), WHOLE),
    "lengths that differ": (raw(head("content-length: 5", "content-length: 6") + BODY), LOST),
    "a length below zero": (raw(head("content-length: -1") + BODY), LOST),
    "a length of letters": (raw(head("content-length: many") + BODY), LOST),
}

BODIES: dict[str, tuple[Answer, Outcome]] = {
    "without a length, closed at the end": (raw(head() + BODY), WHOLE),
    "without a length, closed too early": (raw(head() + HALF_BODY), TRUNCATED),
    "a length that is too short": (raw(head(f"content-length: {len(HALF_BODY)}") + HALF_BODY, 0.05, BODY), TRUNCATED),
    "a length that is too long": (sized(HALF_BODY, length=10_000), CUT),
    "a length of 30 digits": (sized(HALF_BODY, length=10**30), LOST),
    "nothing in it": (sized(b""), Outcome(ai.StreamTruncated, requests=2)),
    "blank lines only": (sized(b"\n" * 1000), Outcome(ai.StreamTruncated, requests=2)),
    "comments only": (sized(b": ping\n\n" * 100), Outcome(ai.StreamTruncated)),
    "no last chunk": (chunked(chunk(HALF_BODY), last=b""), CUT),
    **bad_chunks(),
    "chunk extensions": (chunked(*(chunk(piece).replace(b"\r\n", b";a=b\r\n", 1) for piece in HELLO)), WHOLE),
    "trailers": (chunked(chunk(BODY), last=b"0\r\nx: y\r\n\r\n"), WHOLE),
    "one byte a chunk": (chunked(*(chunk(bytes([byte])) for byte in BODY)), WHOLE),
    "compressed": (sized(gzip.compress(BODY), "content-encoding: gzip"), WHOLE),
    "deflated": (sized(zlib.compress(BODY), "content-encoding: deflate"), WHOLE),
    "said to be compressed": (sized(BODY, "content-encoding: gzip"), LOST),
    "compressed and cut": (
        sized(gzip.compress(BODY)[: -len(BODY) // 4], "content-encoding: gzip"),
        Outcome(ai.FluentError, requests=None),
    ),
}

STATUSES: dict[str, tuple[Answer, Outcome]] = {
    "204": (raw(b"HTTP/1.1 204 No Content\r\n\r\n"), Outcome(ai.StreamTruncated, requests=2)),
    "304": (raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"), Outcome(ai.ProtocolError, words="304")),
    "redirect": (
        reply(307, b"", headers={"location": "http://127.0.0.1:1/stolen"}),
        Outcome(ai.ProtocolError, words="redirects"),
    ),
    "redirect without a place": (reply(302, b""), Outcome(ai.ProtocolError, words="redirects")),
    "401 with a page": (reply(401, b"<html>no</html>", headers={"content-type": "text/html"}), Outcome(ai.AuthError)),
    "401 with nothing": (reply(401, b""), Outcome(ai.AuthError)),
    "401 that breaks": (raw(b"HTTP/1.1 401 No\r\ncontent-length: 100\r\n\r\n{"), Outcome(ai.AuthError)),
    "400 of bytes": (reply(400, b"\xff\xfe\x00"), Outcome(ai.InvalidRequest)),
    "400 nested deeply": (reply(400, DEEP.encode()), Outcome(ai.InvalidRequest)),
    "400 of ten megabytes": (reply(400, b'{"error": "' + b"x" * 10_000_000 + b'"}'), Outcome(ai.InvalidRequest)),
    "418": (reply(418, {"error": {"message": "I am a teapot"}}), Outcome(ai.ApiError, words="teapot")),
    "429": (
        reply(429, {"error": {"message": "slow down"}}, headers={"retry-after": "0"}),
        Outcome(ai.RateLimited, requests=2),
    ),
    "429 with a nonsensical pause": (
        reply(429, b"{}", headers={"retry-after": "-1e999"}),
        Outcome(ai.RateLimited, requests=2),
    ),
    "429 with a year's pause": (reply(429, b"{}", headers={"retry-after": "31536000"}), Outcome(ai.RateLimited)),
    "500 with a page": (reply(500, b"<html>oops</html>"), Outcome(ai.ServerError, requests=2)),
    "599": (reply(599, b""), Outcome(ai.ServerError, requests=2)),
    "529": (reply(529, {"error": {"message": "busy"}}), Outcome(ai.Overloaded, requests=2)),
    "200 with a page": (
        reply(200, b"<html>sign in</html>", headers={"content-type": "text/html"}),
        Outcome(ai.ProtocolError, words="HTML"),
    ),
    "200 with an error": (
        reply(200, {"error": {"message": "no credit", "code": 402}}),
        Outcome(ai.QuotaExceeded, words="credit"),
    ),
    "200 with a number": (reply(200, b"17"), Outcome(ai.FluentError, requests=None)),
    "200 with null": (reply(200, b"null"), Outcome(ai.FluentError, requests=None)),
}

FRAMES: dict[str, tuple[Answer, Outcome]] = {
    "a byte order mark": (stream([b"\xef\xbb\xbf", *HELLO]), WHOLE),
    "lines that end in CR": (stream([piece.replace(b"\n", b"\r") for piece in HELLO]), WHOLE),
    "lines that end in CR LF": (stream([piece.replace(b"\n", b"\r\n") for piece in HELLO]), WHOLE),
    "comments, ids and times": (stream([b": hi\nid: 1\nretry: 5\nevent: message\n" + piece for piece in HELLO]), WHOLE),
    "no space after the colon": (stream([piece.replace(b"data: ", b"data:") for piece in HELLO]), WHOLE),
    "an event of no known name": (stream([b"event: zebra\ndata: {}\n\n", *HELLO]), WHOLE),
    "data that is empty": (said(b"data:\n\n", b"data\n\n"), Outcome(ai.FluentError, "Hel")),
    "more after the end": (stream([*HELLO, *HELLO]), WHOLE),
    "the end twice": (stream([*HELLO, b"data: [DONE]\n\n"]), WHOLE),
    "the end first": (stream([b"data: [DONE]\n\n", *HELLO]), WHOLE),
    "only the end": (stream([b"data: [DONE]\n\n"]), Outcome(ai.StreamTruncated, requests=2)),
    "no mark of the end": (stream(HELLO[:-1]), WHOLE),
    "the mark without a reason": (said(b"data: [DONE]\n\n"), Outcome(None, "Hel")),
    "a line without an end": (said(b"data: {"), TRUNCATED),
    "an event of 5 MB": (stream([delta("x" * 5_000_000)], end=True), Outcome(ai.StreamTruncated, "x" * 5_000_000)),
    "an event of 100 MB": (stream([b"data: {", *[b"x" * 1_000_000] * 100]), Outcome(ai.FluentError, requests=None)),
}

PAYLOADS: dict[str, tuple[Answer, Outcome]] = {
    "half a JSON": (said(event('{"choices": [')), MALFORMED),
    "no JSON": (said(event("oops")), MALFORMED),
    "an array": (said(event("[]")), MALFORMED),
    "a number": (said(event("17")), MALFORMED),
    "null": (said(event("null")), MALFORMED),
    "a string": (said(event('"text"')), MALFORMED),
    "NaN": (said(event('{"choices": NaN}')), MALFORMED),
    "nested deeply": (said(event(f'{{"choices": {DEEP}}}')), MALFORMED),
    "nested deeply in an unknown field": (said(event(f'{{"x": {DEEP}}}')), MALFORMED),
    "bytes that are no UTF-8": (said(event(b'{"choices":[{"index":0,"delta":{"content":"\xff\xfe"}}]}')), MALFORMED),
    "choices that are no list": (said(event('{"choices": {"0": {}}}')), MALFORMED),
    "a text that is a list of numbers": (
        said(event('{"choices":[{"index":0,"delta":{"content":[1]}}]}'), *HELLO[-2:]),
        MALFORMED,
    ),
    "a text that is a number": (said(event('{"choices":[{"index":0,"delta":{"content":7}}]}'), *HELLO[-2:]), MALFORMED),
    "a delta that is null": (stream([event('{"choices":[{"index":0,"delta":null}]}'), *HELLO]), WHOLE),
    "no choices": (stream([event('{"choices":[]}'), *HELLO]), WHOLE),
    "an error": (said(event('{"error":{"message":"busy","code":503}}')), Outcome(ai.Overloaded, "Hel", words="busy")),
    "an error that is a text": (said(event('{"error":"busy"}')), Outcome(ai.ApiError, "Hel", words="busy")),
    "an error that is a list": (said(event('{"error":["busy"]}')), Outcome(ai.FluentError, "Hel")),
    "an error without a word": (said(event('{"error":{}}')), Outcome(ai.FluentError, "Hel")),
    "usage below zero": (said(event('{"choices":[],"usage":{"prompt_tokens":-5}}')), Outcome(ai.FluentError, "Hel")),
    "usage of letters": (
        said(event('{"choices":[],"usage":{"prompt_tokens":"many"}}')),
        Outcome(ai.FluentError, "Hel"),
    ),
    "a call without a name": (
        said(event('{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]}}]}')),
        Outcome(ai.FluentError, "Hel"),
    ),
    "a call at a place below zero": (
        said(event('{"choices":[{"index":0,"delta":{"tool_calls":[{"index":-9,"id":"a","function":{"name":"f"}}]}}]}')),
        Outcome(ai.FluentError, "Hel"),
    ),
}

SILENCES: dict[str, tuple[Answer, Outcome]] = {
    "no byte": (raw(30.0), Outcome(ai.DeadlineExceeded)),
    "half a head": (raw(b"HTTP/1.1 200 OK\r\ncontent-", 30.0), Outcome(ai.DeadlineExceeded)),
    "no event": (raw(head(), 30.0), Outcome(ai.DeadlineExceeded)),
    "half a reply": (raw(head() + HALF_BODY, 30.0), Outcome(ai.DeadlineExceeded, "Hel")),
    "half an event": (raw(head() + HALF_BODY + b"data: {", 30.0), Outcome(ai.DeadlineExceeded, "Hel")),
    "a head, byte by byte": (dripping(b"HTTP/1.1 200 OK\r\nx: "), Outcome(ai.DeadlineExceeded)),
    "only 100 Continue": (
        dripping(each=b"HTTP/1.1 100 Continue\r\n\r\n"),
        Outcome(ai.DeadlineExceeded),
    ),
    "comments and no event": (dripping(head(), each=b": ping\n\n"), Outcome(ai.DeadlineExceeded)),
    "comments after half a reply": (
        dripping(head() + HALF_BODY, each=b": ping\n\n"),
        Outcome(ai.DeadlineExceeded, "Hel"),
    ),
    "half an event, byte by byte": (dripping(head() + HALF_BODY + b"data: "), Outcome(ai.DeadlineExceeded, "Hel")),
    "an error's body, byte by byte": (
        dripping(b"HTTP/1.1 400 No\r\ncontent-length: 1000\r\n\r\n"),
        Outcome(ai.InvalidRequest),
    ),
}

GROUPS = {
    "head": HEADS, "body": BODIES, "status": STATUSES, "frames": FRAMES, "payload": PAYLOADS, "silence": SILENCES
}  # fmt: skip
FAULTS = {f"{group}: {name}": fault for group, faults in GROUPS.items() for name, fault in faults.items()}
