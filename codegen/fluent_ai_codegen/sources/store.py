"""cache/sources/<name>.json: what one source said of our providers' models, as facts, with where and when it said so.

`python -m fluent_ai_codegen.sources.store NAME FILE URL DAY` reads a document that came another way than by fetch,
as in a package (URL is then `pkg:pypi/...`); DAY is the day for which it stands.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec
from fluent_ai.errors import ConfigError

from fluent_ai_codegen.files.cache import decode_file, encode_rows, write_atomically
from fluent_ai_codegen.files.paths import Layout

from . import SOURCES, Listing, read
from .rows import SourceModel


class SourceCache(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`bytes` and `sha256` are those of the document."""

    source: str
    url: str
    observed: date
    sha256: str
    bytes: int
    models: tuple[SourceModel, ...]


_decode = msgspec.json.Decoder(SourceCache).decode


def hear(listing: Listing, body: bytes, on: date, url: str = "") -> SourceCache:
    """What the document says, as it is kept. ProtocolError when it is not what the source gives."""
    return SourceCache(
        source=listing.name,
        url=url or listing.url,
        observed=on,
        sha256=hashlib.sha256(body).hexdigest(),
        bytes=len(body),
        models=tuple(read(listing, body, on)),
    )


def read_sources(folder: Path) -> dict[str, SourceCache]:
    """All files of cache/sources by name. ConfigError names file, path and value of what is wrong."""
    known = [listing.name for listing in SOURCES]
    found = {}
    for path in sorted(folder.glob("*.json")):
        name = f"cache/sources/{path.name}"
        heard = decode_file(path.read_bytes(), _decode, name)
        if heard.source != path.stem or heard.source not in known:
            raise ConfigError(f"{name}: source = {heard.source!r}; allowed: the file's name, one of {', '.join(known)}")
        found[heard.source] = heard
    return found


def encode_source(heard: SourceCache) -> bytes:
    """One model a line, by provider and id."""
    return encode_rows(heard, "models")


def write_source(folder: Path, heard: SourceCache) -> None:
    """Replace the source's file in one step."""
    write_atomically(folder / f"{heard.source}.json", encode_source(heard))


def main(arguments: list[str]) -> None:
    by_name: Mapping[str, Listing] = {listing.name: listing for listing in SOURCES}
    if len(arguments) != 4 or arguments[0] not in by_name:
        raise ConfigError(f"expected NAME FILE URL DAY; NAME is one of {', '.join(by_name)}")
    name, path, url, day = arguments
    body = Path(path).read_bytes()
    body = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
    write_source(Layout.find().cache / "sources", hear(by_name[name], body, date.fromisoformat(day), url))


if __name__ == "__main__":
    main(sys.argv[1:])
