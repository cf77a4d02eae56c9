"""OpenRouter's public list as a witness for the makers of models: model facts, and nothing of OpenRouter as a host.

It serves all models as chat; its limit of the answer, and the parameters that are missing, are those of the hosts
behind it.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from fluent_ai.registry.facts import ModelFacts
from fluent_ai.registry.lists.openrouter import ORIGINS

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
            found.append(SourceModel(provider=_MAKERS[maker], facts=_of_the_model(model, name)))
    return found


def _of_the_model(model: ModelFacts, name: str) -> ModelFacts:
    return msgspec.structs.replace(
        model,
        id=name,
        kind=None,
        max_output_tokens=None,
        tools=model.tools or None,
        structured_output=model.structured_output or None,
        reasoning=model.reasoning or None,
    )
