"""Catalogs of a few models as the rendered ones are, and lists of some as a refresh keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import msgspec
from fluent_ai.registry.catalog import Catalog, Row
from fluent_ai.registry.facts import ModelFacts, ModelInfo
from fluent_ai.registry.provenance import Origin, OriginKind
from fluent_ai.registry.refreshed_lists import LiveList

DAY = date(2026, 1, 1)
ADDRESS = "https://acme.example"


def write_catalog(
    folder: Path,
    provider: str,
    infos: Sequence[ModelInfo],
    *,
    who: str | None = None,
    disputes: Mapping[str, object] | None = None,
    day: date = DAY,
    kind: OriginKind = "provider",
    url: str | None = None,
) -> None:
    """All facts said by one source, by default the provider's API at `url`; `disputes` are what a second one says."""
    facts = {fact: fact for fact in ModelFacts.__struct_fields__}
    sources = (
        Origin(
            who=who or f"{provider.title()} API",
            url=url or f"https://{provider}.example/models",
            date=day,
            kind=kind,
            facts=facts,
        ),
        Origin(who="somebody", url="https://somebody.example", date=day),
    )
    differ = {fact: [[1, value]] for fact, value in (disputes or {}).items()}
    row_disputes = msgspec.Raw(msgspec.json.encode(differ))
    catalog = Catalog(
        generated="by hand",
        provider=provider,
        sources=sources,
        profiles=(msgspec.Raw(msgspec.json.encode(dict.fromkeys(facts, 0))),),
        models=[Row(info, 0, row_disputes) for info in sorted(infos, key=lambda info: info.id)],
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{provider}.json").write_bytes(msgspec.json.encode(catalog))


def kept(
    provider: str, fetched: datetime, *ids: str, address: str = ADDRESS, kind: OriginKind = "provider"
) -> LiveList:
    """A list of these models, as a refresh keeps it."""
    origin = Origin(who="Acme API", url=f"{address}/models", date=fetched.date(), kind=kind)
    parts = [(origin, [ModelFacts(id=name) for name in ids])]
    return LiveList(provider=provider, address=address, fetched=fetched, parts=parts)
