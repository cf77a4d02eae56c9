"""The content encodings of response bodies (RFC 9110, 8.4), the same over every transport."""

from __future__ import annotations

import sys
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, Protocol

from fluent_ai.errors import ConnectionFailed, ProtocolError

PIECE: Final = 256 * 1024
"""The most bytes that are unpacked at once: a small body may unpack to a huge one."""
_PACKAGES: Final = {"br": ("brotli", "brotlicffi"), "zstd": ("compression.zstd", "backports.zstd")}


class _Unpacker(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]: ...

    @property
    def complete(self) -> bool: ...


@cache
def accepted() -> str:
    """The encodings that can be unpacked here, as `accept-encoding` lists them."""
    return ", ".join(("gzip", "deflate", *(name for name in _PACKAGES if _package(name))))


class Decoder:
    """Unpacks one body. Raises ProtocolError for an encoding that is not known, ConnectionFailed for a broken body."""

    def __init__(self, encodings: str, host: str) -> None:
        self._host = host
        names = [name.strip().lower() for name in encodings.split(",")]
        self._unpackers = [self._unpacker(name) for name in reversed(names) if name not in ("", "identity")]
        self._fed = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What the next bytes unpack to, piece by piece."""
        self._fed = True
        try:
            yield from self._through(data, 0)
        except Exception as error:
            if isinstance(error, ConnectionFailed):
                raise
            raise ConnectionFailed(f"{self._host}: the body cannot be unpacked: {error}") from None

    def end(self) -> None:
        """Raise ConnectionFailed if the body ended too early."""
        if self._fed and not all(unpacker.complete for unpacker in self._unpackers):
            raise ConnectionFailed(f"{self._host}: the packed body broke off")

    def _through(self, data: bytes, number: int) -> Iterator[bytes]:
        if number == len(self._unpackers):
            yield data
            return
        for piece in self._unpackers[number].feed(data):
            yield from self._through(piece, number + 1)

    def _unpacker(self, name: str) -> _Unpacker:
        if name in ("gzip", "x-gzip"):
            return _Inflate(16 + zlib.MAX_WBITS)
        if name == "deflate":
            return _Inflate(None)
        if name in _PACKAGES and (package := _package(name)):
            return _Brotli(package) if name == "br" else _Zstd(package)
        needed = f"; it needs one of the packages {' and '.join(_PACKAGES[name])}" if name in _PACKAGES else ""
        raise ProtocolError(f"{self._host}: the body is packed as {name[:20]!r}; understood: {accepted()}{needed}")


def decoder_for(headers: Mapping[str, str], host: str) -> Decoder | None:
    """None for a body that is not packed."""
    encodings = headers.get("content-encoding")
    return None if encodings is None else Decoder(encodings, host)


async def unpacked(chunks: AsyncIterator[bytes], headers: Mapping[str, str], host: str) -> AsyncIterator[bytes]:
    """The chunks of a body, unpacked by its content encoding, which the headers must have. Raises as `Decoder`."""
    decoder = Decoder(headers["content-encoding"], host)
    async for chunk in chunks:
        for piece in decoder.feed(chunk):
            yield piece
    decoder.end()


class _Inflate:
    """gzip, of any number of members, and deflate, which some servers send without zlib's head."""

    def __init__(self, window: int | None) -> None:
        self._window = window
        self._inflate: Any = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._inflate is None:
                self._inflate = zlib.decompressobj(_window(data) if self._window is None else self._window)
            elif self._inflate.eof:
                if self._window is None or not (data := data.lstrip(b"\0")):
                    return
                self._inflate = zlib.decompressobj(self._window)
            piece = self._inflate.decompress(data, PIECE)
            while piece:
                yield piece
                piece = self._inflate.decompress(self._inflate.unconsumed_tail, PIECE)
            data = self._inflate.unused_data

    @property
    def complete(self) -> bool:
        return self._inflate is not None and self._inflate.eof


class _Brotli:
    def __init__(self, package: str) -> None:
        module = import_module(package)
        self._decompressor: Any = module.Decompressor()
        process = getattr(self._decompressor, "process", None) or self._decompressor.decompress
        self._process: Callable[[bytes], bytes] = process

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), 1024):
            if piece := self._process(data[start : start + 1024]):
                yield piece

    @property
    def complete(self) -> bool:
        return bool(self._decompressor.is_finished())


class _Zstd:
    def __init__(self, package: str) -> None:
        self._new: Callable[[], Any] = import_module(package).ZstdDecompressor
        self._frame = self._new()

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._frame.eof:
                self._frame = self._new()
            if piece := self._frame.decompress(data, PIECE):
                yield piece
            while not self._frame.eof and not self._frame.needs_input:
                yield self._frame.decompress(b"", PIECE)
            data = self._frame.unused_data if self._frame.eof else b""

    @property
    def complete(self) -> bool:
        return bool(self._frame.eof)


def _window(start: bytes) -> int:
    """zlib's window, or a negative one if the data has not its head (RFC 1950, 2.2)."""
    has_head = start[0] & 0x0F == 8 and (len(start) < 2 or (start[0] * 256 + start[1]) % 31 == 0)
    return zlib.MAX_WBITS if has_head else -zlib.MAX_WBITS


@cache
def _package(encoding: str) -> str | None:
    """The package that unpacks this encoding here."""
    for name in _PACKAGES[encoding]:
        if name == "compression.zstd" and sys.version_info < (3, 14):
            continue
        with suppress(ImportError, ValueError):  # of the package above it
            if find_spec(name) is not None:
                return name
    return None
