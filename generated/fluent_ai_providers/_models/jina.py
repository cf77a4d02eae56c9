# Generated from specs/providers/jina.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Jina AI. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Jina AI: equal to its id."""

    __provider__ = "jina"
    JINA_CLIP_V2 = "jina-clip-v2"
    JINA_COLBERT_V2 = "jina-colbert-v2"
    JINA_EMBEDDINGS_V3 = "jina-embeddings-v3"
    JINA_RERANKER_V2_BASE_MULTILINGUAL = "jina-reranker-v2-base-multilingual"


ModelName: TypeAlias = Literal[
    "jina-clip-v2", "jina-colbert-v2", "jina-embeddings-v3", "jina-reranker-v2-base-multilingual"
]
ChatModelName: TypeAlias = str
EmbeddingModelName: TypeAlias = Literal["jina-clip-v2", "jina-colbert-v2", "jina-embeddings-v3"]
RerankModelName: TypeAlias = Literal["jina-reranker-v2-base-multilingual"]
ModerationModelName: TypeAlias = str
TranscriptionModelName: TypeAlias = str
SpeechModelName: TypeAlias = str
ImageModelName: TypeAlias = str
