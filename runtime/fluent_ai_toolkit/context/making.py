"""`ai.context`: makes contexts, and what they are made of."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from fluent_ai_toolkit.context.choosing import Rank
from fluent_ai_toolkit.context.collecting import Context, Count
from fluent_ai_toolkit.context.git_trees import GitSource, git_source
from fluent_ai_toolkit.context.items import Form, Split
from fluent_ai_toolkit.context.ranking import by_embedding, by_rerank
from fluent_ai_toolkit.context.sources import Fetch, Source
from fluent_ai_toolkit.tools.web.html_text import read_html

if TYPE_CHECKING:
    from typing import Unpack

    from fluent_ai.client.client import AsyncClient, Client
    from fluent_ai.client.route import Route
    from fluent_ai.content.model_names import ModelName
    from fluent_ai.verbs.embed import EmbedOptions
    from fluent_ai.verbs.rerank import RerankOptions


class ContextMaker:
    """Makes contexts, and the sources and rankings that they take: `ai.context` is one."""

    def __call__(
        self,
        *sources: Source,
        budget: int | None = 20_000,
        rank: Rank | None = None,
        chunk: int = 1_000,
        split: Split = "lines",
        near: float = 0.9,
        count: Count | None = None,
        html: Callable[[str], str | None] | None = None,
        fetch: Fetch | None = None,
    ) -> Context:
        """Documents for a model, from files, folders, globs, pages of the web and callables. Nothing is read yet.

        In folders and for globs, what .gitignore files name and what begins with a dot is left out, and links are not
        followed. Callables have no arguments and give a text, a Document, or several, as a generator for instance; they
        may be asynchronous where the context is read in an event loop.

        Args:
            sources: Paths, globs such as "src/**/*.py", URLs, callables, and what `ai.context.git` gives.
            budget: Tokens that the quotes may have, at least 256; None for all that the model's window leaves beside
                messages and answer, if that is known. They never get more than that.
            rank: Scores documents for a question, up to 64 at once; the higher, the better. Without it they keep their
                order.
            chunk: Tokens of the longest document: longer texts are cut into several.
            split: Where they are cut: between `lines`, or before `sections`, the headings of Markdown and HTML and the
                definitions of code, of which several that are short stay together.
            near: Of documents whose words are alike by this much or more, from 0.5 to 1, the later ones are left out; 1
                leaves out copies alone.
            count: Counts the tokens of a text; by default an estimate that is rarely too low.
            html: What a file of HTML says, such as `trafilatura.extract`; by default all that a reader sees.
            fetch: Fetches URLs; `ai.tools.web_fetch()` with a larger limit by default, so that private addresses are
                refused.

        Raises ConfigError for sources that cannot be used or do not exist, and for files on Windows, which cannot open
        them by the descriptors of folders.

        >>> import fluent_ai as ai
        >>> def notes() -> str:
        ...     return "The milk is in the cellar."
        >>> quotes = ai.context(notes).collect("Where is the milk?")
        >>> quotes.documents
        (Document('notes', line 1, 26 characters),)
        """
        form = Form(chunk, split, html or _all_text)
        return Context(sources, budget, rank, form, near, count, fetch)

    def git(
        self,
        repository: str | os.PathLike[str] = ".",
        *,
        ref: str = "HEAD",
        paths: str | Sequence[str] = (),
        clone: bool = False,
    ) -> GitSource:
        """A source: the files that a commit of a git repository has, read without checking anything out.

        Links and submodules are left out by name, and nothing that the repository configures is run.

        Args:
            repository: A folder, or the URL of a repository if `clone` is True.
            ref: A branch, a tag or a commit.
            paths: Only what is at or below these paths of the repository, or fits these globs.
            clone: Fetch that one commit, without those before it, into a temporary folder each time that the context is
                read; at most 1 GiB, in at most two minutes.

        Raises ConfigError if there is no such repository or commit, or no git.
        """
        return git_source(repository, ref, paths, clone)

    def by_embedding(
        self, client: Client | AsyncClient, model: ModelName | Route, **options: Unpack[EmbedOptions]
    ) -> Rank:
        """A ranking by how near the vector of a document is to that of the question.

        The vectors of the last 4,096 texts are remembered. A ranking by an AsyncClient is for `acollect` and for
        `documents=` of that client.

        Args:
            client: Whose `embed` is called, with up to 64 texts at once.
            model: A model of any provider that embeds, or of the local engine.
            options: Those of `embed`. Providers that ask for it are told which text is a query and which a document.
        """
        return by_embedding(client, model, options)

    def by_rerank(
        self, client: Client | AsyncClient, model: ModelName | Route, **options: Unpack[RerankOptions]
    ) -> Rank:
        """A ranking by the scores of a model that reranks, for up to 64 documents at once.

        It reads all documents; a ranking by an AsyncClient is for `acollect` and for `documents=` of that client.
        """
        return by_rerank(client, model, options)


def _all_text(page: str) -> str:
    return read_html(page, "").text


context: Final = ContextMaker()
