"""Contexts: sources whose documents stream, and are collected into quotes that fit a budget."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Final

from fluent_ai.arguments import as_text, check_number
from fluent_ai.content.events import Progress
from fluent_ai.errors import ConfigError

from fluent_ai_toolkit.context.choosing import BATCH, Chosen, Rank, scores_of
from fluent_ai_toolkit.context.documents import ContextEvent, Document, LeftOut
from fluent_ai_toolkit.context.folders import left_out
from fluent_ai_toolkit.context.items import Item, documents_of
from fluent_ai_toolkit.context.quotes import Quotes, tokens_of, tokens_of_frame
from fluent_ai_toolkit.context.sources import Fetch, ReadSource, Source, read_source
from fluent_ai_toolkit.errors import FetchFailed, FileRefused
from fluent_ai_toolkit.tools.web.fetching import web_fetch

REPORT_LIMIT: Final = 1_000
"""Items that are reported one by one."""
_LEAST_BUDGET: Final = 256


def context(
    *sources: Source,
    budget: int = 20_000,
    rank: Rank | None = None,
    chunk: int = 1_000,
    fetch: Fetch | None = None,
) -> Context:
    """Documents for a model, from files, folders, globs, pages of the web and callables. Nothing is read yet.

    In folders and for globs, what .gitignore files name and what begins with a dot is left out, and links are not
    followed. Callables have no arguments and give a text, a Document, or several, as a generator for instance.

    Args:
        sources: Paths, globs such as "src/**/*.py", URLs, and callables.
        budget: Tokens that the quotes may have, by an estimate that is rarely too low; at least 256.
        rank: Scores documents for a question, up to 64 at once; the higher, the better. Without it they keep their
            order.
        chunk: Tokens of the longest document: longer texts are cut into several, between lines.
        fetch: Fetches URLs; `ai.tools.web_fetch()` with a larger limit by default, so that private addresses are
            refused.

    Raises ConfigError for sources that cannot be used or do not exist, and on Windows, which cannot open files by the
    descriptors of folders.

    >>> import fluent_ai as ai
    >>> def notes() -> str:
    ...     return "The milk is in the cellar."
    >>> quotes = ai.context(notes).collect("Where is the milk?")
    >>> quotes.documents
    (Document('notes', line 1, 26 characters),)
    """
    return Context(sources, budget, rank, chunk, fetch)


class Context:
    """What `ai.context` returns: sources that are read each time that it is streamed or collected."""

    def __init__(
        self, sources: tuple[Source, ...], budget: int, rank: Rank | None, chunk: int, fetch: Fetch | None
    ) -> None:
        if not sources:
            raise ConfigError("sources is empty; allowed: at least one path, glob, URL or callable")
        check_number("budget", budget, int, _LEAST_BUDGET, 2**40)
        check_number("chunk", chunk, int, 16, 2**30)
        for name, value in (("rank", rank), ("fetch", fetch)):
            if value is not None and not callable(value):
                raise ConfigError(f"{name} is of type {type(value).__name__}; allowed: a callable")
        self._budget, self._rank, self._chunk = budget, rank, chunk
        fetching = fetch or web_fetch(text_limit=2**30)
        self._sources = [read_source(each, f"sources[{number}]", fetching) for number, each in enumerate(sources)]

    def __repr__(self) -> str:
        return f"Context({len(self._sources)} sources, budget={self._budget})"

    def stream(self) -> Generator[ContextEvent, None, None]:
        """The documents as they are read, what is left out, and how many items were read.

        An item that cannot be read is left out, by name, and ends nothing. Nothing is read ahead of what is asked for.
        """
        return self._stream(lambda: False)

    def collect(self, question: str = "") -> Quotes:
        """The documents that fit the budget, the best first.

        What is taken is the longest beginning of the ranking that fits; no more than that is kept in memory. Without
        `rank` reading ends there: items that come after it are left out by name, and not opened. Raises ConfigError if
        `rank` gives no scores, and if it is given and the question is empty.
        """
        if self._rank is not None:
            as_text(question, "question")
        report = _Report()
        chosen = Chosen(self._budget - tokens_of_frame())
        with closing(self._stream(lambda: self._rank is None and chosen.is_full)) as events:
            for documents in self._batches(events, report):
                scores = scores_of(self._rank, question, documents) if self._rank else [0.0] * len(documents)
                for document, score in zip(documents, scores, strict=True):
                    for out in chosen.add(document, score, tokens_of(document)):
                        report.add(LeftOut(out.name, "budget", line=out.line))
        best = chosen.best_first()
        tokens = tokens_of_frame() + sum(tokens_of(each) for each in best)
        return Quotes(best, tokens, tuple(report.first), dict(report.counts))

    def _batches(self, events: Iterator[ContextEvent], report: _Report) -> Iterator[list[Document]]:
        """As many documents as one call of `rank` takes; one by one without it, so that reading ends in time."""
        size = BATCH if self._rank else 1
        held: list[Document] = []
        for event in events:
            if isinstance(event, LeftOut):
                report.add(event)
            elif isinstance(event, Document):
                held.append(event)
                if len(held) == size:
                    yield held
                    held = []
        if held:
            yield held

    def _stream(self, full: Callable[[], bool]) -> Generator[ContextEvent, None, None]:
        seen: set[bytes] = set()
        done = 0
        for source in self._sources:
            with closing(_items(source, full)) as items:
                for item in items:
                    if isinstance(item, Item):
                        yield from self._read(item, seen, full)
                    else:
                        yield item
                    done += 1
                    yield Progress("read", done)

    def _read(self, item: Item, seen: set[bytes], full: Callable[[], bool]) -> Iterator[ContextEvent]:
        name, empty = item.head.name, True
        try:
            for document in documents_of(item, self._chunk):
                empty = False
                text = document.text.strip().encode("utf-8", "surrogatepass")
                digest = hashlib.blake2b(text, digest_size=16).digest()
                if digest in seen:
                    yield LeftOut(name, "duplicate", line=document.line)
                    continue
                seen.add(digest)
                yield document
                if full():  # the rest of a long text is not read
                    return
        except FileRefused as error:
            yield left_out(error, name)
        except FetchFailed as error:
            yield LeftOut(name, "fetch", error.message)
        else:
            if empty:
                yield LeftOut(name, "empty")


def _items(source: ReadSource, full: Callable[[], bool]) -> Generator[Item | LeftOut, None, None]:
    """The items of a source, or what comes of them once the budget is `full`: a callable is not asked any more."""
    if source.is_callable and full():
        yield LeftOut(source.name, "budget")
        return
    try:
        for item in source.items():
            if isinstance(item, Item) and full():
                yield LeftOut(item.head.name, "budget")
                if source.is_callable:
                    return
            else:
                yield item
    except ConfigError:  # what it gave is neither a text nor a document
        raise
    except Exception as error:
        if not source.is_callable:
            raise
        yield LeftOut(source.name, "failed", f"it raised {type(error).__name__}")  # its text may hold what is private


class _Report:
    def __init__(self) -> None:
        self.first: list[LeftOut] = []
        self.counts: Counter[str] = Counter()

    def add(self, item: LeftOut) -> None:
        self.counts[item.reason] += 1
        if len(self.first) < REPORT_LIMIT:
            self.first.append(item)
