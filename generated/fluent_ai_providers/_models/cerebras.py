# Generated from specs/providers/cerebras.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Cerebras. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Cerebras: equal to its id."""

    __provider__ = "cerebras"
    GEMMA_4_31B = "gemma-4-31b"
    GPT_OSS_120B = "gpt-oss-120b"
    LLAMA3_1_70B = "llama3.1-70b"  # nobody lists it any more
    LLAMA3_1_8B = "llama3.1-8b"  # retires on 2026-05-27
    LLAMA_3_1_70B = "llama-3.1-70b"
    LLAMA_3_1_8B = "llama-3.1-8b"
    LLAMA_3_3_70B = "llama-3.3-70b"  # retires on 2026-02-16
    QWEN_3_235B_A22B_INSTRUCT_2507 = "qwen-3-235b-a22b-instruct-2507"  # not listed any more on 2026-08-18
    QWEN_3_32B = "qwen-3-32b"  # retires on 2026-02-16
    QWEN_3_8_27B = "qwen-3.8-27b"
    ZAI_GLM_4_7 = "zai-glm-4.7"  # not listed any more on 2026-08-18


ChatModelName: TypeAlias = Literal[
    "gemma-4-31b",
    "gpt-oss-120b",
    "llama-3.1-70b",
    "llama-3.1-8b",
    "llama-3.3-70b",
    "llama3.1-8b",
    "qwen-3-32b",
    "qwen-3.8-27b",
]
ModelName: TypeAlias = ChatModelName
