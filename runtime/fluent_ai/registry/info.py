"""A model of the registry: its facts, and for each fact who said it and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

import msgspec

from fluent_ai.facts import ModelFacts


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a fact comes from: `field` is its name there; `reason` says why a reviewed correction was made."""

    who: str
    url: str
    date: date
    field: str | None = None
    reason: str | None = None


class ModelInfo(ModelFacts, frozen=True, kw_only=True, omit_defaults=True):
    """A model at a provider. Every fact that is not None has a source."""

    provider: str = ""
    origins: tuple[tuple[str, Source], ...] = ()

    @property
    def sources(self) -> Mapping[str, Source]:
        """Fact -> its source, for all facts that are known."""
        return {field: source for field, source in self.origins if getattr(self, field) is not None}

    @property
    def full_name(self) -> str:
        """`provider:id`, the name that clients take."""
        return f"{self.provider}:{self.id}"

    def __repr__(self) -> str:
        facts = (
            f"{field}={value!r}"
            for field in ModelFacts.__struct_fields__
            if field != "id" and (value := getattr(self, field)) is not None
        )
        return f"ModelInfo({', '.join((repr(self.full_name), *facts))})"


class ProviderModel(StrEnum):
    """Base of the generated enums: a model id that knows its provider."""

    __provider__ = ""

    @property
    def provider(self) -> str:
        return type(self).__provider__


def model_infos(
    provider: str, models: Iterable[ModelFacts], origins: Mapping[str, str], *, who: str, url: str, on: date
) -> list[ModelInfo]:
    """Infos of a live list: every fact said by `who` at `url` on that day. `origins` comes from `fluent_ai.lists`."""
    sources = tuple((fact, Source(who=who, url=url, date=on, field=field)) for fact, field in origins.items())
    return [
        ModelInfo(**msgspec.structs.asdict(model), provider=provider, origins=sources)  # every fact by its name
        for model in models
    ]
