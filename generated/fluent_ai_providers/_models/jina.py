# Generated from specs/providers/jina.toml and cache/sources and specs/models/jina.toml; do not edit. Run: fluent-ai generate
"""Model ids of Jina AI. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Jina AI: equal to its id."""

    __provider__ = "jina"
    JINA_CLIP_V2 = "jina-clip-v2"
    JINA_CODE_EMBEDDINGS_0_5B = "jina-code-embeddings-0.5b"
    JINA_CODE_EMBEDDINGS_1_5B = "jina-code-embeddings-1.5b"
    JINA_COLBERT_V2 = "jina-colbert-v2"
    JINA_EMBEDDINGS_V3 = "jina-embeddings-v3"
    JINA_EMBEDDINGS_V4 = "jina-embeddings-v4"
    JINA_EMBEDDINGS_V5_TEXT_NANO = "jina-embeddings-v5-text-nano"
    JINA_EMBEDDINGS_V5_TEXT_SMALL = "jina-embeddings-v5-text-small"
    JINA_RERANKER_M0 = "jina-reranker-m0"
    JINA_RERANKER_V2_BASE_MULTILINGUAL = "jina-reranker-v2-base-multilingual"
    JINA_RERANKER_V3 = "jina-reranker-v3"
    JINA_RERANKER_V3_5 = "jina-reranker-v3.5"


ChatModelName: TypeAlias = str
EmbeddingModelName: TypeAlias = Literal[
    "jina-clip-v2",
    "jina-code-embeddings-0.5b",
    "jina-code-embeddings-1.5b",
    "jina-colbert-v2",
    "jina-embeddings-v3",
    "jina-embeddings-v4",
    "jina-embeddings-v5-text-nano",
    "jina-embeddings-v5-text-small",
]
RerankModelName: TypeAlias = Literal[
    "jina-reranker-m0", "jina-reranker-v2-base-multilingual", "jina-reranker-v3", "jina-reranker-v3.5"
]
ModelName: TypeAlias = EmbeddingModelName | RerankModelName
