"""The rows that codegen reads from a document of a source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from fluent_ai.registry.facts import ModelFacts
from fluent_ai_codegen.sources import SOURCES, Listing, read

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 1)
BY_NAME: Mapping[str, Listing] = {listing.name: listing for listing in SOURCES}


def rows(name: str, document: object) -> dict[tuple[str, str], ModelFacts]:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return {(row.provider, row.facts.id): row.facts for row in read(BY_NAME[name], body, TODAY)}
