"""What callers name as sources, as items."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterable, Awaitable, Callable, Generator, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

import msgspec
from fluent_ai.errors import ConfigError

from fluent_ai_toolkit.context.awaiting import Awaiting, awaited
from fluent_ai_toolkit.context.documents import Document, LeftOut
from fluent_ai_toolkit.context.folders import file_item, folder_items, place_of
from fluent_ai_toolkit.context.git_trees import GitSource
from fluent_ai_toolkit.context.items import Item
from fluent_ai_toolkit.errors import FileRefused
from fluent_ai_toolkit.tools.files.listing import Pattern
from fluent_ai_toolkit.tools.files.opening import SUPPORTED
from fluent_ai_toolkit.tools.web.fetching import WebPage

Given: TypeAlias = str | Document | Iterable[str | Document] | None
Source: TypeAlias = (
    str | os.PathLike[str] | GitSource | Callable[[], "Given | Awaitable[Given] | AsyncIterable[str | Document]"]
)
"""A path, a glob, a URL, a git repository, or a function without arguments that gives texts or documents."""
Fetch: TypeAlias = Callable[..., WebPage]
Opened: TypeAlias = Callable[[Awaiting], Iterator[Item | LeftOut]]

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


class ReadSource(NamedTuple):
    """A source that was found to be one."""

    name: str
    items: Opened
    """Streams its items, each time that it is called."""
    is_callable: bool = False
    """Whether it is a function of the caller's, which may take long, fail in any way, and never end."""


def read_source(source: object, where: str, fetch: Fetch) -> ReadSource:
    """The source. Raises ConfigError for what is no source, or is not there."""
    if isinstance(source, os.PathLike):
        source = os.fspath(source)
    if isinstance(source, str):
        return ReadSource(source, _read_text(source, where, fetch))
    if isinstance(source, GitSource):
        return ReadSource(source.shown, source.items)
    if not callable(source):
        raise ConfigError(f"{where} is of type {type(source).__name__}; allowed: a path, a glob, a URL or a callable")
    name = str(getattr(source, "__name__", type(source).__name__))
    return ReadSource(name, lambda awaiting: _called(source, name, awaiting), is_callable=True)


def _read_text(source: str, where: str, fetch: Fetch) -> Opened:
    if not source or "\0" in source:
        raise ConfigError(f"{where} is no path and no URL; allowed: a path, a glob, a URL or a callable")
    if source.lower().startswith(("http://", "https://")):
        return lambda _: iter((_page(source, fetch),))
    if _SCHEME.match(source):
        raise ConfigError(f"{where} is a URL of another scheme; allowed: https:// and http://")
    if not SUPPORTED:
        raise ConfigError(f"{where} needs a system that opens files by the descriptors of folders: not Windows")
    if Path(source).is_file():
        return lambda _: file_item(source)
    place = place_of(source)
    if not place.folder.is_dir():
        raise ConfigError(f"{where} is {source!r}, and there is no {place.folder.as_posix()!r}; allowed: what exists")
    if place.pattern is not None:
        try:
            Pattern(f"./{place.pattern}")
        except FileRefused:
            raise ConfigError(
                f"{where} is {source[:80]!r}; allowed: a glob without '..' after its first sign"
            ) from None
    return lambda _: _some(folder_items(place, source), source)


def _some(items: Generator[Item | LeftOut, None, None], source: str) -> Generator[Item | LeftOut, None, None]:
    """The items, or that there are none."""
    none = True
    for item in items:
        none = False
        yield item
    if none:
        yield LeftOut(source, "missing", "nothing was found there")


def _page(source: str, fetch: Fetch) -> Item:
    """A page, fetched when it is read. What is shown of it has no query, which may hold keys."""
    shown = re.split(r"[?#]", source, maxsplit=1)[0]

    head = Document(name=shown, text="", source=shown, url=source)

    def read() -> tuple[Document, Iterator[str]]:
        page = fetch(source)
        return msgspec.structs.replace(head, media_type=page.media_type, url=page.url), lines(page)

    def lines(page: WebPage) -> Iterator[str]:
        yield page.text
        while page.next_start is not None:
            page = fetch(source, page.next_start)
            yield page.text

    return Item(head, read)


def _called(source: Callable[[], object], name: str, awaiting: Awaiting) -> Iterator[Item]:
    """What a callable gives; of several texts, each has its number in its name."""
    given = awaited(source(), awaiting)
    several = () if given is None else (given,) if isinstance(given, str | Document) else given
    if not isinstance(several, Iterable):
        raise _wrong(name, given)
    for number, each in enumerate(several, 1):
        if isinstance(each, str):
            shown = name if each is given else f"{name} {number}"
            head, text = Document(name=shown, text="", source=name, size=None), each
        elif isinstance(each, Document):
            head, text = each, each.text
        else:
            raise _wrong(name, each)
        yield Item(head, partial(_given, head, text))


def _given(head: Document, text: str) -> tuple[Document, Iterable[str]]:
    return head, (text,)


def _wrong(name: str, given: object) -> ConfigError:
    return ConfigError(
        f"{name} gave a value of type {type(given).__name__}; allowed: str, Document, or several of them"
    )
