"""What one source says of a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Opinion:
    """What one source says of a model. `source` is its index in the catalog and its rank: the lowest is believed.

    Of prices, which change, the word that was `heard` last is believed; that of the provider itself does not age.
    """

    source: int
    facts: Mapping[str, object]
    heard: date = date.max
