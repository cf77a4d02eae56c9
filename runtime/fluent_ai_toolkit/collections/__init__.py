"""Collections of embedded texts in a SQLite file, and what is similar in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.lazy_names import lazy_names

if TYPE_CHECKING:
    from fluent_ai_toolkit.collections.collection import Collection as Collection
    from fluent_ai_toolkit.collections.collection import Similar as Similar
    from fluent_ai_toolkit.collections.collections import CollectionInfo as CollectionInfo
    from fluent_ai_toolkit.collections.collections import Collections as Collections
    from fluent_ai_toolkit.errors import CollectionsFailed as CollectionsFailed

_WHERE = {
    ".errors": ("CollectionsFailed",),
    "collection": ("Collection", "Similar"),
    "collections": ("CollectionInfo", "Collections"),
}

if not TYPE_CHECKING:
    __all__, __getattr__, __dir__ = lazy_names(__name__, _WHERE)
