"""Documents for models: sources that stream them, a budget that they fit, numbered quotes, and citations read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.lazy_names import lazy_names

if TYPE_CHECKING:
    from fluent_ai_toolkit.context.collecting import Context as Context
    from fluent_ai_toolkit.context.documents import ContextEvent as ContextEvent
    from fluent_ai_toolkit.context.documents import Document as Document
    from fluent_ai_toolkit.context.documents import LeftOut as LeftOut
    from fluent_ai_toolkit.context.making import context as context
    from fluent_ai_toolkit.context.quotes import Quotes as Quotes

_WHERE = {
    "collecting": ("Context",),
    "making": ("context",),
    "documents": ("ContextEvent", "Document", "LeftOut"),
    "quotes": ("Quotes",),
}

if not TYPE_CHECKING:
    __all__, __getattr__, __dir__ = lazy_names(__name__, _WHERE)
