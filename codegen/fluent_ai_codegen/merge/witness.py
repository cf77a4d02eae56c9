"""A source's word about the models of one provider."""

from __future__ import annotations

from dataclasses import dataclass

from fluent_ai.registry.facts import ModelFacts
from fluent_ai.registry.provenance import Origin


@dataclass(frozen=True)
class Witness:
    """A source's rows about one provider.

    `host` is false where it knows the models but not this host of them; `own` is true of the provider's own pages.
    """

    origin: Origin
    models: tuple[ModelFacts, ...]
    adds_models: bool = False
    host: bool = True
    own: bool = False
