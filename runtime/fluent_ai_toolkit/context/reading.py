"""Sources as a stream of documents."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing

from fluent_ai.content.events import Progress
from fluent_ai.errors import Cancelled, ConfigError

from fluent_ai_toolkit.context.awaiting import Awaiting
from fluent_ai_toolkit.context.documents import ContextEvent, LeftOut
from fluent_ai_toolkit.context.folders import left_out
from fluent_ai_toolkit.context.items import Form, Item, documents_of
from fluent_ai_toolkit.context.sources import ReadSource
from fluent_ai_toolkit.errors import FetchFailed, FileRefused


class Reader:
    """Reads each source once, from the first to the last, and only what is asked for.

    It ends early where `full` says so: what comes after is named, but not opened.
    """

    def __init__(
        self,
        sources: Sequence[ReadSource],
        form: Form,
        awaiting: Awaiting,
        full: Callable[[], bool] = lambda: False,
    ) -> None:
        self._sources = sources
        self._form = form
        self._awaiting = awaiting
        self._full = full
        self._seen: set[bytes] = set()

    def events(self) -> Generator[ContextEvent, None, None]:
        """The documents, what is left out, and after each item a `Progress`."""
        done = 0
        for source in self._sources:
            with closing(self._items(source)) as items:
                for item in items:
                    self._awaiting.check()
                    if isinstance(item, Item):
                        yield from self._read(item)
                    else:
                        yield item
                    done += 1
                    yield Progress("read", done)

    def _read(self, item: Item) -> Iterator[ContextEvent]:
        name, empty = item.head.name, True
        try:
            for document in documents_of(item, self._form):
                empty = False
                text = document.text.strip().encode("utf-8", "surrogatepass")
                digest = hashlib.blake2b(text, digest_size=16).digest()
                if digest in self._seen:
                    yield LeftOut(name, "duplicate", line=document.line)
                    continue
                self._seen.add(digest)
                yield document
                self._awaiting.check()
                if self._full():  # the rest of a long text is not read
                    return
        except FileRefused as error:
            yield left_out(error, name)
        except FetchFailed as error:
            yield LeftOut(name, "fetch", error.message)
        else:
            if empty:
                yield LeftOut(name, "empty")

    def _items(self, source: ReadSource) -> Generator[Item | LeftOut, None, None]:
        """The items of a source, or what comes of them once all is full: a callable is not asked any more."""
        if source.is_callable and self._full():
            yield LeftOut(source.name, "budget")
            return
        try:
            for item in source.items(self._awaiting):
                if isinstance(item, Item) and self._full():
                    yield LeftOut(item.head.name, "budget")
                    if source.is_callable:
                        return
                else:
                    yield item
        except (ConfigError, Cancelled):  # what it gave is neither a text nor a document, or nobody waits any more
            raise
        except Exception as error:
            if not source.is_callable:
                raise
            yield LeftOut(source.name, "failed", f"it raised {type(error).__name__}")  # its text may be private
