"""What others than the providers' APIs say of their models.

One module for each source: a pure `parse(body, on)` gives rows, and `ORIGINS` says which of its fields each fact is
read from. `SOURCES` lists what to fetch, in the order in which the merge believes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import msgspec
from fluent_ai.errors import ProtocolError

from . import aichat, genai_prices, litellm, model_prices, models_dev, pages
from .rows import SourceModel

Parser = Callable[[bytes, date], list[SourceModel]]
"""The answer, and the day for which it stands: of several prices, the one of that day counts."""


@dataclass(frozen=True)
class Listing:
    """A document to fetch, and what reads it.

    `adds_models`: to providers whose own list is not recorded. `own`: it is the provider's own page. Listings with the
    same `who` are editions of one source, and the newest speaks.
    """

    name: str
    who: str
    url: str
    parse: Parser
    origins: Mapping[str, str]
    adds_models: bool = False
    own: bool = False

    @property
    def has_address(self) -> bool:
        """Whether `fetch` can ask for it; what a package ships is read by `store`."""
        return self.url.startswith("https:")


def _page(page: pages.Page) -> Listing:
    return Listing(page.name, page.who, page.url, page.parse, page.origins, own=True)


SOURCES: tuple[Listing, ...] = (
    *(_page(page) for page in pages.PAGES),
    Listing("model_prices", "model-prices", model_prices.URL, model_prices.parse, model_prices.ORIGINS),
    Listing(
        "models_dev_bundle", "models.dev", models_dev.BUNDLE, models_dev.parse, models_dev.ORIGINS, adds_models=True
    ),
    Listing("models_dev", "models.dev", models_dev.URL, models_dev.parse, models_dev.ORIGINS, adds_models=True),
    Listing("litellm", "LiteLLM", litellm.URL, litellm.parse, litellm.ORIGINS, adds_models=True),
    Listing("genai_prices", "genai-prices", genai_prices.URL, genai_prices.parse, genai_prices.ORIGINS),
    Listing("aichat", "aichat", aichat.URL, aichat.parse, aichat.ORIGINS, adds_models=True),
)


def read(listing: Listing, body: bytes, on: date) -> list[SourceModel]:
    """The rows of one document, by provider and id. ProtocolError says what was expected and what came."""
    expected = f"{listing.name}: expected {listing.who}'s models"
    try:
        rows = listing.parse(body, on)
    except msgspec.ValidationError as error:
        raise ProtocolError(f"{expected}, got another shape: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ProtocolError(f"{expected}, got a broken document: {error}") from None
    if not rows:
        raise ProtocolError(f"{expected}, got none")
    unique = {(row.provider, row.facts.id): row for row in reversed(rows)}
    return [unique[name] for name in sorted(unique)]
