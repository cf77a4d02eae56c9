"""OpenRouter's public list as a witness for the makers of models: model facts, and nothing of OpenRouter as a host."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from fluent_ai.facts import ModelFacts
from fluent_ai.lists.openrouter import ORIGINS

from .rows import SourceModel

__all__ = ["NAME", "ORIGINS", "rows"]

NAME = "openrouter"

# Their name of the maker -> our provider.
_MAKERS = {
    "ai21": "ai21", "anthropic": "anthropic", "cohere": "cohere", "deepseek": "deepseek", "google": "gemini",
    "minimax": "minimax", "mistralai": "mistral", "moonshotai": "moonshot", "openai": "openai",
    "perplexity": "perplexity", "qwen": "qianwen", "x-ai": "xai", "z-ai": "zhipuai",
}  # fmt: skip


def rows(models: Iterable[ModelFacts]) -> list[SourceModel]:
    """What its list says of models at their makers. Ids with a colon are variants of its own."""
    found = []
    for model in models:
        maker, _, name = model.id.partition("/")
        if maker in _MAKERS and name and ":" not in name:
            found.append(SourceModel(provider=_MAKERS[maker], facts=msgspec.structs.replace(model, id=name)))
    return found
