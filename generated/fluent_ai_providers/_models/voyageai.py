# Generated from specs/providers/voyageai.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Voyage AI. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Voyage AI: equal to its id."""

    __provider__ = "voyageai"
    RERANK_1 = "rerank-1"
    RERANK_2 = "rerank-2"
    RERANK_2_5 = "rerank-2.5"
    RERANK_2_5_LITE = "rerank-2.5-lite"
    RERANK_2_LITE = "rerank-2-lite"
    RERANK_3 = "rerank-3"
    RERANK_3_LITE = "rerank-3-lite"
    RERANK_LITE_1 = "rerank-lite-1"
    VOYAGE_2 = "voyage-2"
    VOYAGE_3 = "voyage-3"
    VOYAGE_3_5 = "voyage-3.5"
    VOYAGE_3_5_LITE = "voyage-3.5-lite"
    VOYAGE_3_LARGE = "voyage-3-large"
    VOYAGE_3_LITE = "voyage-3-lite"
    VOYAGE_4 = "voyage-4"
    VOYAGE_4_LARGE = "voyage-4-large"
    VOYAGE_4_LITE = "voyage-4-lite"
    VOYAGE_CODE_2 = "voyage-code-2"
    VOYAGE_CODE_3 = "voyage-code-3"
    VOYAGE_CODE_4 = "voyage-code-4"
    VOYAGE_CONTEXT_3 = "voyage-context-3"
    VOYAGE_CONTEXT_4 = "voyage-context-4"
    VOYAGE_FINANCE_2 = "voyage-finance-2"
    VOYAGE_LARGE_2 = "voyage-large-2"
    VOYAGE_LARGE_2_INSTRUCT = "voyage-large-2-instruct"
    VOYAGE_LAW_2 = "voyage-law-2"
    VOYAGE_LITE_01 = "voyage-lite-01"
    VOYAGE_LITE_02_INSTRUCT = "voyage-lite-02-instruct"
    VOYAGE_MULTILINGUAL_2 = "voyage-multilingual-2"
    VOYAGE_MULTIMODAL_3 = "voyage-multimodal-3"
    VOYAGE_MULTIMODAL_3_5 = "voyage-multimodal-3.5"


EmbeddingModelName: TypeAlias = Literal[
    "voyage-2",
    "voyage-3",
    "voyage-3-large",
    "voyage-3-lite",
    "voyage-3.5",
    "voyage-3.5-lite",
    "voyage-4",
    "voyage-4-large",
    "voyage-4-lite",
    "voyage-code-2",
    "voyage-code-3",
    "voyage-code-4",
    "voyage-context-3",
    "voyage-context-4",
    "voyage-finance-2",
    "voyage-large-2",
    "voyage-large-2-instruct",
    "voyage-law-2",
    "voyage-lite-01",
    "voyage-lite-02-instruct",
    "voyage-multilingual-2",
    "voyage-multimodal-3",
    "voyage-multimodal-3.5",
]
RerankModelName: TypeAlias = Literal[
    "rerank-1",
    "rerank-2",
    "rerank-2-lite",
    "rerank-2.5",
    "rerank-2.5-lite",
    "rerank-3",
    "rerank-3-lite",
    "rerank-lite-1",
]
ModelName: TypeAlias = EmbeddingModelName | RerankModelName
