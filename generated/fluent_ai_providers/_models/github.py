# Generated from specs/providers/github.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of GitHub Models. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of GitHub Models: equal to its id."""

    __provider__ = "github"
    AI21_LABS_AI21_JAMBA_1_5_LARGE = "ai21-labs/ai21-jamba-1.5-large"
    AI21_LABS_AI21_JAMBA_1_5_MINI = "ai21-labs/ai21-jamba-1.5-mini"
    COHERE_COHERE_COMMAND_A = "cohere/cohere-command-a"
    COHERE_COHERE_COMMAND_R = "cohere/cohere-command-r"
    COHERE_COHERE_COMMAND_R_08_2024 = "cohere/cohere-command-r-08-2024"
    COHERE_COHERE_COMMAND_R_PLUS = "cohere/cohere-command-r-plus"
    COHERE_COHERE_COMMAND_R_PLUS_08_2024 = "cohere/cohere-command-r-plus-08-2024"
    CORE42_JAIS_30B_CHAT = "core42/jais-30b-chat"
    DEEPSEEK_DEEPSEEK_R1 = "deepseek/deepseek-r1"
    DEEPSEEK_DEEPSEEK_R1_0528 = "deepseek/deepseek-r1-0528"
    DEEPSEEK_DEEPSEEK_V3_0324 = "deepseek/deepseek-v3-0324"
    META_LLAMA_3_2_11B_VISION_INSTRUCT = "meta/llama-3.2-11b-vision-instruct"
    META_LLAMA_3_2_90B_VISION_INSTRUCT = "meta/llama-3.2-90b-vision-instruct"
    META_LLAMA_3_3_70B_INSTRUCT = "meta/llama-3.3-70b-instruct"
    META_LLAMA_4_MAVERICK_17B_128E_INSTRUCT_FP8 = "meta/llama-4-maverick-17b-128e-instruct-fp8"
    META_LLAMA_4_SCOUT_17B_16E_INSTRUCT = "meta/llama-4-scout-17b-16e-instruct"
    META_META_LLAMA_3_1_405B_INSTRUCT = "meta/meta-llama-3.1-405b-instruct"
    META_META_LLAMA_3_1_70B_INSTRUCT = "meta/meta-llama-3.1-70b-instruct"
    META_META_LLAMA_3_1_8B_INSTRUCT = "meta/meta-llama-3.1-8b-instruct"
    META_META_LLAMA_3_70B_INSTRUCT = "meta/meta-llama-3-70b-instruct"
    META_META_LLAMA_3_8B_INSTRUCT = "meta/meta-llama-3-8b-instruct"
    MICROSOFT_MAI_DS_R1 = "microsoft/mai-ds-r1"
    MICROSOFT_PHI_3_5_MINI_INSTRUCT = "microsoft/phi-3.5-mini-instruct"
    MICROSOFT_PHI_3_5_MOE_INSTRUCT = "microsoft/phi-3.5-moe-instruct"
    MICROSOFT_PHI_3_5_VISION_INSTRUCT = "microsoft/phi-3.5-vision-instruct"
    MICROSOFT_PHI_3_MEDIUM_128K_INSTRUCT = "microsoft/phi-3-medium-128k-instruct"
    MICROSOFT_PHI_3_MEDIUM_4K_INSTRUCT = "microsoft/phi-3-medium-4k-instruct"
    MICROSOFT_PHI_3_MINI_128K_INSTRUCT = "microsoft/phi-3-mini-128k-instruct"
    MICROSOFT_PHI_3_MINI_4K_INSTRUCT = "microsoft/phi-3-mini-4k-instruct"
    MICROSOFT_PHI_3_SMALL_128K_INSTRUCT = "microsoft/phi-3-small-128k-instruct"
    MICROSOFT_PHI_3_SMALL_8K_INSTRUCT = "microsoft/phi-3-small-8k-instruct"
    MICROSOFT_PHI_4 = "microsoft/phi-4"
    MICROSOFT_PHI_4_MINI_INSTRUCT = "microsoft/phi-4-mini-instruct"
    MICROSOFT_PHI_4_MINI_REASONING = "microsoft/phi-4-mini-reasoning"
    MICROSOFT_PHI_4_MULTIMODAL_INSTRUCT = "microsoft/phi-4-multimodal-instruct"
    MICROSOFT_PHI_4_REASONING = "microsoft/phi-4-reasoning"
    MISTRAL_AI_CODESTRAL_2501 = "mistral-ai/codestral-2501"
    MISTRAL_AI_MINISTRAL_3B = "mistral-ai/ministral-3b"
    MISTRAL_AI_MISTRAL_LARGE_2411 = "mistral-ai/mistral-large-2411"
    MISTRAL_AI_MISTRAL_MEDIUM_2505 = "mistral-ai/mistral-medium-2505"
    MISTRAL_AI_MISTRAL_NEMO = "mistral-ai/mistral-nemo"
    MISTRAL_AI_MISTRAL_SMALL_2503 = "mistral-ai/mistral-small-2503"
    OPENAI_GPT_4O = "openai/gpt-4o"
    OPENAI_GPT_4O_MINI = "openai/gpt-4o-mini"
    OPENAI_GPT_4_1 = "openai/gpt-4.1"
    OPENAI_GPT_4_1_MINI = "openai/gpt-4.1-mini"
    OPENAI_GPT_4_1_NANO = "openai/gpt-4.1-nano"
    OPENAI_O1 = "openai/o1"
    OPENAI_O1_MINI = "openai/o1-mini"
    OPENAI_O1_PREVIEW = "openai/o1-preview"
    OPENAI_O3 = "openai/o3"
    OPENAI_O3_MINI = "openai/o3-mini"
    OPENAI_O4_MINI = "openai/o4-mini"
    XAI_GROK_3 = "xai/grok-3"
    XAI_GROK_3_MINI = "xai/grok-3-mini"


ChatModelName: TypeAlias = Literal[
    "ai21-labs/ai21-jamba-1.5-large",
    "ai21-labs/ai21-jamba-1.5-mini",
    "cohere/cohere-command-a",
    "cohere/cohere-command-r",
    "cohere/cohere-command-r-08-2024",
    "cohere/cohere-command-r-plus",
    "cohere/cohere-command-r-plus-08-2024",
    "core42/jais-30b-chat",
    "deepseek/deepseek-r1",
    "deepseek/deepseek-r1-0528",
    "deepseek/deepseek-v3-0324",
    "meta/llama-3.2-11b-vision-instruct",
    "meta/llama-3.2-90b-vision-instruct",
    "meta/llama-3.3-70b-instruct",
    "meta/llama-4-maverick-17b-128e-instruct-fp8",
    "meta/llama-4-scout-17b-16e-instruct",
    "meta/meta-llama-3-70b-instruct",
    "meta/meta-llama-3-8b-instruct",
    "meta/meta-llama-3.1-405b-instruct",
    "meta/meta-llama-3.1-70b-instruct",
    "meta/meta-llama-3.1-8b-instruct",
    "microsoft/mai-ds-r1",
    "microsoft/phi-3-medium-128k-instruct",
    "microsoft/phi-3-medium-4k-instruct",
    "microsoft/phi-3-mini-128k-instruct",
    "microsoft/phi-3-mini-4k-instruct",
    "microsoft/phi-3-small-128k-instruct",
    "microsoft/phi-3-small-8k-instruct",
    "microsoft/phi-3.5-mini-instruct",
    "microsoft/phi-3.5-moe-instruct",
    "microsoft/phi-3.5-vision-instruct",
    "microsoft/phi-4",
    "microsoft/phi-4-mini-instruct",
    "microsoft/phi-4-mini-reasoning",
    "microsoft/phi-4-multimodal-instruct",
    "microsoft/phi-4-reasoning",
    "mistral-ai/codestral-2501",
    "mistral-ai/ministral-3b",
    "mistral-ai/mistral-large-2411",
    "mistral-ai/mistral-medium-2505",
    "mistral-ai/mistral-nemo",
    "mistral-ai/mistral-small-2503",
    "openai/gpt-4.1",
    "openai/gpt-4.1-mini",
    "openai/gpt-4.1-nano",
    "openai/gpt-4o",
    "openai/gpt-4o-mini",
    "xai/grok-3",
    "xai/grok-3-mini",
]
EmbeddingModelName: TypeAlias = str
OtherModelName: TypeAlias = Literal[
    "openai/o1", "openai/o1-mini", "openai/o1-preview", "openai/o3", "openai/o3-mini", "openai/o4-mini"
]
ModelName: TypeAlias = ChatModelName | OtherModelName
