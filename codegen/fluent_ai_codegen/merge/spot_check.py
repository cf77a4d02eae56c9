"""Forty well-known models at twenty providers, held against what each source says of them.

What a source says otherwise must be on record as a dispute. What is not was lost on the way to the catalogs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from fluent_ai.registry.facts import ModelFacts, ModelInfo, known_facts

from fluent_ai_codegen.merge.agreement import same
from fluent_ai_codegen.merge.identity import Index
from fluent_ai_codegen.merge.witness import Witness

WELL_KNOWN: Mapping[str, tuple[str, ...]] = {
    "ai21": ("jamba-large",),
    "anthropic": ("claude-opus-5", "claude-sonnet-4-5-20250929", "claude-haiku-4-5-20251001"),
    "azure": ("gpt-4.1", "gpt-5.1"),
    "bedrock": ("anthropic.claude-sonnet-4-5-20250929-v1:0", "amazon.nova-pro-v1:0"),
    "cloudflare": ("@cf/meta/llama-3.3-70b-instruct-fp8-fast",),
    "cohere": ("command-a-03-2025", "embed-v4.0"),
    "deepinfra": ("deepseek-ai/DeepSeek-V3.1",),
    "deepseek": ("deepseek-v4-pro", "deepseek-v4-flash"),
    "gemini": ("gemini-2.5-pro", "gemini-2.5-flash", "gemini-3.6-flash"),
    "github": ("openai/gpt-4.1",),
    "groq": ("openai/gpt-oss-20b", "openai/gpt-oss-120b"),
    "minimax": ("MiniMax-M2.7",),
    "mistral": ("mistral-large-2512", "codestral-latest"),
    "moonshot": ("kimi-k2.6",),
    "openai": ("gpt-4o", "gpt-4.1", "gpt-5.1", "text-embedding-3-small"),
    "openrouter": ("anthropic/claude-sonnet-4.5", "openai/gpt-5.1"),
    "perplexity": ("sonar", "sonar-pro"),
    "qianwen": ("qwen-max", "qwen-plus"),
    "together": ("openai/gpt-oss-120b",),
    "vertexai": ("gemini-2.5-pro",),
    "voyageai": ("voyage-3.5", "voyage-3-large"),
    "xai": ("grok-4.3",),
    "zhipuai": ("glm-4.6",),
}
FACTS = (
    "prices.input", "prices.output", "prices.cache_read", "context_window", "max_input_tokens", "max_output_tokens",
    "tools", "vision", "reasoning", "structured_output", "temperature_fixed", "retires_on", "embedding_dimensions",
)  # fmt: skip

_SIZES = ("context_window", "max_input_tokens", "max_output_tokens")
"""Who names a part that the whole cannot hold differs in the whole."""


class Lost(NamedTuple):
    """What a source says of a model, and is neither in its row nor among its disputes."""

    model: str
    fact: str
    who: str
    says: object
    known: object

    def __str__(self) -> str:
        return f"{self.model}: {self.who} says {self.fact} = {self.says}, the catalog {self.known}, without a dispute"


def lost(provider: str, models: Sequence[ModelInfo], witnesses: Sequence[Witness]) -> Iterator[Lost]:
    """For each well-known model, what its sources say by its very id and the catalog does not know of."""
    by_id = {model.id: model for model in models}
    index = Index(provider, by_id, {alias: model.id for model in models for alias in model.aliases or ()})
    for name in WELL_KNOWN.get(provider, ()):
        found = index.find(name)
        if found is None:
            yield Lost(f"{provider}:{name}", "id", "the list of well-known models", name, None)
            continue
        for witness in witnesses:
            for row in witness.models if witness.host else ():
                if row.id == found.id:
                    yield from _differing(by_id[found.id], row, witness.origin.who)


def _differing(model: ModelInfo, row: ModelFacts, who: str) -> Iterator[Lost]:
    mine, theirs = known_facts(model), known_facts(row)
    for fact in FACTS:
        said = theirs.get(fact)
        if said is None or same(fact, mine.get(fact), said):
            continue
        partners = _SIZES if fact in _SIZES else (fact,)
        sources = [source for each in partners if (source := model.source(each))]
        if who not in {claim.who for source in sources for claim in source.differ}:
            yield Lost(model.full_name, fact, who, said, mine.get(fact))
