"""The page that an index has for one package: HTML (PEP 503) or JSON (PEP 691). Pure: bytes in, links out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

import msgspec

ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"
"""Which kinds of page are understood, for the request's header of that name (PEP 691)."""


class Link(msgspec.Struct, frozen=True):
    """A file that the page offers; `size` in bytes and `sha256`, where the page says them."""

    name: str
    url: str
    size: int | None = None
    sha256: str | None = None


class _File(msgspec.Struct):
    filename: str
    url: str
    size: int | None = None
    hashes: dict[str, str] = msgspec.field(default_factory=dict)


class _Page(msgspec.Struct):
    files: list[_File]


_WHEEL: Final = re.compile(r"(?P<name>[^-]+)-(?P<version>[^-]+)(?:-\d[^-]*)?-[^-]+-[^-]+-(?P<platform>[^-]+)\.whl")
_FINAL: Final = re.compile(r"\d+(?:\.\d+)*", re.ASCII)
_SHA256: Final = re.compile("[0-9a-f]{64}")
_PAGE: Final = msgspec.json.Decoder(_Page)


def normalised(name: str) -> str:
    """The name of a package as indexes write it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_page(body: bytes, content_type: str, url: str) -> list[Link]:
    """The files on a page that was found at `url`. Raises ValueError for what is no such page."""
    if content_type.partition(";")[0].strip().lower().endswith("json"):
        try:
            page = _PAGE.decode(body)
        except msgspec.MsgspecError as error:
            raise ValueError(str(error)) from None
        return [
            Link(file.filename, urljoin(url, file.url), file.size, _sha256(file.hashes.get("sha256", "")))
            for file in page.files
        ]
    reader = _Anchors(url)
    reader.feed(body.decode("utf-8", "replace"))
    reader.close()
    return reader.links


def find_wheel(links: list[Link], name: str, version: str) -> Link | None:
    """The wheel of that version, or without one of the newest; one for all platforms, if there are several."""
    wheels = [(link, parts) for link in links if (parts := _WHEEL.fullmatch(link.name))]
    wheels = [(link, parts) for link, parts in wheels if normalised(parts["name"]) == normalised(name)]
    wanted = version or newest([parts["version"] for _, parts in wheels])
    wheels = [(link, parts) for link, parts in wheels if parts["version"] == wanted]
    wheels.sort(key=lambda wheel: wheel[1]["platform"] != "any")
    return wheels[0][0] if wheels else None


def newest(versions: Iterable[str]) -> str | None:
    """The highest of those versions that are final releases (PEP 440)."""
    final = [version for version in versions if _FINAL.fullmatch(version)]
    return max(final, key=_numbers, default=None)


def _numbers(version: str) -> list[int]:
    numbers = [int(number) for number in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return numbers


def _sha256(text: str) -> str | None:
    return text.lower() if _SHA256.fullmatch(text.lower()) else None


class _Anchors(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.links: list[Link] = []
        self._base = url

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href")
        if target is None:
            return
        if tag == "base":
            self._base = urljoin(self._base, target)
        elif tag == "a":
            url, _, fragment = urljoin(self._base, target).partition("#")
            sha256 = _sha256(fragment.removeprefix("sha256="))
            self.links.append(Link(unquote(urlsplit(url).path.rpartition("/")[2]), url, sha256=sha256))
