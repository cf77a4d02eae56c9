# Generated from specs/providers/azure_foundry.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Azure AI Foundry. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Azure AI Foundry: equal to its id."""

    __provider__ = "azure_foundry"
    CODESTRAL_2501 = "Codestral-2501"  # retires on 2027-02-15
    CODEX_MINI = "codex-mini"  # retires on 2026-11-15
    COHERE_COMMAND_A = "cohere-command-a"  # retires on 2027-02-15
    COHERE_COMMAND_A_PLUS_05_2026 = "Cohere-command-a-plus-05-2026"  # retires on 2026-10-16
    COHERE_EMBED_V3_ENGLISH = "Cohere-embed-v3-english"  # retires on 2027-02-15
    COHERE_EMBED_V3_MULTILINGUAL = "Cohere-embed-v3-multilingual"  # retires on 2027-02-15
    COHERE_EMBED_V5_FAST = "Cohere-Embed-V5-Fast"  # retires on 2027-01-23
    COHERE_EMBED_V5_PRO = "Cohere-Embed-V5-Pro"  # retires on 2027-01-23
    COHERE_PARSE_V5 = "Cohere-parse-v5"  # retires on 2026-12-15
    COHERE_RERANK_V4_0_FAST = "cohere-rerank-v4.0-fast"  # retires on 2027-09-13
    COHERE_RERANK_V4_0_PRO = "cohere-rerank-v4.0-pro"  # retires on 2027-09-13
    COHERE_RERANK_V5_FAST = "cohere-rerank-v5-fast"  # retires on 2027-02-12
    COHERE_RERANK_V5_PRO = "cohere-rerank-v5-pro"  # retires on 2027-02-12
    DEEPSEEK_R1 = "deepseek-r1"  # retires on 2026-08-13
    DEEPSEEK_V3_0324 = "deepseek-v3-0324"  # retires on 2026-07-13
    DEEPSEEK_V3_1 = "deepseek-v3.1"  # retires on 2026-07-13
    DEEPSEEK_V3_2 = "deepseek-v3.2"  # retires on 2027-11-01
    DEEPSEEK_V3_2_SPECIALE = "deepseek-v3.2-speciale"  # retires on 2027-11-01
    DEEPSEEK_V4_1_FLASH = "deepseek-v4.1-flash"  # retires on 2026-12-15
    DEEPSEEK_V4_FLASH = "deepseek-v4-flash"  # retires on 2028-02-20
    DEEPSEEK_V4_FLASH_0731 = "DeepSeek-V4-Flash-0731"  # retires on 2026-12-03
    DEEPSEEK_V4_PRO = "deepseek-v4-pro"  # retires on 2028-02-20
    EMBED_V_4_0 = "embed-v-4-0"  # retires on 2027-06-01
    FLUX_1_1_PRO = "FLUX-1.1-pro"  # retires on 2027-01-05
    FLUX_1_KONTEXT_PRO = "FLUX.1-Kontext-pro"  # retires on 2027-01-05
    FLUX_2_FLEX = "FLUX.2-flex"  # retires on 2027-01-20
    FLUX_2_PRO = "flux.2-pro"  # retires on 2027-01-20
    FW_DEEPSEEK_V3_2 = "FW-DeepSeek-V3.2"  # retires on 2027-07-01
    FW_DEEPSEEK_V4_1_FLASH = "FW-DeepSeek-V4.1-Flash"
    FW_DEEPSEEK_V4_FLASH = "FW-DeepSeek-V4-Flash"
    FW_DEEPSEEK_V4_PRO = "FW-DeepSeek-V4-Pro"
    FW_GLM_5 = "FW-GLM-5"  # retires on 2027-07-01
    FW_GLM_5_1 = "FW-GLM-5.1"  # retires on 2027-07-01
    FW_GLM_5_2 = "FW-GLM-5.2"
    FW_GLM_5_2_FAST = "FW-GLM-5.2-Fast"
    FW_GLM_5_3 = "FW-GLM-5.3"
    FW_GLM_5_3_FLASH = "FW-GLM-5.3-Flash"
    FW_GPT_OSS_120B = "FW-GPT-OSS-120B"  # retires on 2027-07-01
    FW_INKLING = "FW-Inkling"
    FW_KIMI_K2_5 = "FW-Kimi-K2.5"  # retires on 2027-07-01
    FW_KIMI_K2_6 = "FW-Kimi-K2.6"
    FW_KIMI_K2_7_CODE = "FW-Kimi-K2.7-Code"
    FW_KIMI_K3 = "FW-Kimi-K3"
    FW_MINIMAX_M2_5 = "FW-MiniMax-M2.5"  # retires on 2027-07-01
    FW_MINIMAX_M3 = "FW-MiniMax-M3"
    FW_NEMOTRON_3_ULTRA_NVFP4 = "FW-Nemotron-3-Ultra-NVFP4"
    FW_NEMOTRON_LIGHTNING_3_5_30B_A3B = "FW-Nemotron-Lightning-3.5-30B-A3B"
    GPT_5_4 = "gpt-5.4"  # retires on 2027-09-02
    GPT_5_4_2026_03_05 = "gpt-5.4-2026-03-05"  # retires on 2027-09-02
    GPT_5_4_MINI = "gpt-5.4-mini"  # retires on 2027-09-21
    GPT_5_4_MINI_2026_03_17 = "gpt-5.4-mini-2026-03-17"  # retires on 2027-09-21
    GPT_5_4_NANO = "gpt-5.4-nano"  # retires on 2027-09-21
    GPT_5_4_NANO_2026_03_17 = "gpt-5.4-nano-2026-03-17"  # retires on 2027-09-21
    GPT_5_4_PRO = "gpt-5.4-pro"  # retires on 2027-09-07
    GPT_5_4_PRO_2026_03_05 = "gpt-5.4-pro-2026-03-05"  # retires on 2027-09-07
    GPT_5_5 = "gpt-5.5"  # retires on 2027-10-26
    GPT_5_5_2026_04_23 = "gpt-5.5-2026-04-23"
    GPT_5_5_2026_04_24 = "gpt-5.5-2026-04-24"  # retires on 2027-10-26
    GPT_6_1_SOL = "gpt-6.1-sol"
    GPT_6_1_TERRA = "gpt-6.1-terra"
    GPT_6_ASTRA = "gpt-6-astra"
    GPT_6_LUNA = "gpt-6-luna"
    GPT_6_SOL = "gpt-6-sol"
    GPT_CHAT_LATEST = "gpt-chat-latest"  # retires on 2027-05-18
    GPT_IMAGE_2 = "gpt-image-2"  # retires on 2027-10-21
    GPT_OSS_120B = "gpt-oss-120b"  # retires on 2027-09-15
    GROK_3 = "grok-3"  # retires on 2026-05-01
    GROK_3_MINI = "grok-3-mini"  # retires on 2026-05-01
    GROK_4 = "grok-4"  # retires on 2027-01-31
    GROK_4_1_FAST_NON_REASONING = "grok-4-1-fast-non-reasoning"  # retires on 2027-05-19
    GROK_4_1_FAST_REASONING = "grok-4-1-fast-reasoning"  # retires on 2027-05-19
    GROK_4_20_NON_REASONING = "grok-4-20-non-reasoning"  # retires on 2027-04-06
    GROK_4_20_REASONING = "grok-4-20-reasoning"  # retires on 2027-04-06
    GROK_4_3 = "grok-4.3"
    GROK_4_6 = "grok-4.6"
    GROK_4_7 = "grok-4.7"  # retires on 2027-10-05
    GROK_4_FAST_NON_REASONING = "grok-4-fast-non-reasoning"  # retires on 2026-05-01
    GROK_4_FAST_REASONING = "grok-4-fast-reasoning"  # retires on 2026-05-01
    GROK_CODE_FAST_1 = "grok-code-fast-1"  # retires on 2027-01-31
    JAIS_30B_CHAT = "jais-30b-chat"  # retires on 2026-01-30
    KIMI_K2_5 = "kimi-k2.5"  # retires on 2027-01-26
    KIMI_K2_6 = "kimi-k2.6"  # retires on 2027-04-16
    KIMI_K2_7_CODE = "kimi-k2.7-code"  # retires on 2027-04-16
    KIMI_K2_THINKING = "kimi-k2-thinking"  # retires on 2026-03-29
    LLAMA_3_3_70B_INSTRUCT = "Llama-3.3-70B-Instruct"  # retires on 2027-01-31
    LLAMA_4_MAVERICK_17B_128E_INSTRUCT_FP8 = "Llama-4-Maverick-17B-128E-Instruct-FP8"  # retires on 2026-11-19
    LLAMA_4_SCOUT_17B_16E_INSTRUCT = "Llama-4-Scout-17B-16E-Instruct"  # retires on 2027-01-31
    MAI_CODE_1_1_FLASH = "MAI-Code-1.1-Flash"  # retires on 2026-12-09
    MAI_CYBER_1_FLASH = "MAI-Cyber-1-Flash"
    MAI_DS_R1 = "MAI-DS-R1"  # retires on 2026-02-27
    MAI_IMAGE_2_5 = "MAI-Image-2.5"  # retires on 2026-10-01
    MAI_IMAGE_2_5_FLASH = "MAI-Image-2.5-Flash"  # retires on 2026-10-01
    MAI_IMAGE_2_5_PRO = "MAI-Image-2.5-Pro"  # retires on 2026-10-01
    MAI_IMAGE_2_6 = "MAI-Image-2.6"
    MAI_IMAGE_2_6_FLASH = "MAI-Image-2.6-Flash"
    MAI_THINKING_1 = "MAI-Thinking-1"
    MINISTRAL_3B = "ministral-3b"  # retires on 2026-12-09
    MISTRAL_DOCUMENT_AI_2512 = "mistral-document-ai-2512"  # retires on 2027-02-15
    MISTRAL_LARGE_3 = "mistral-large-3"
    MISTRAL_LARGE_LATEST = "mistral-large-latest"
    MISTRAL_MEDIUM_2505 = "mistral-medium-2505"  # retires on 2026-12-09
    MISTRAL_MEDIUM_3_5 = "mistral-medium-3-5"
    MISTRAL_NEMO = "mistral-nemo"  # retires on 2026-01-30
    MISTRAL_OCR_2505 = "mistral-ocr-2505"
    MISTRAL_OCR_2512 = "mistral-ocr-2512"
    MISTRAL_OCR_4_0 = "mistral-ocr-4-0"
    MISTRAL_SMALL_2503 = "mistral-small-2503"  # retires on 2027-02-15
    MODEL_ROUTER = "model-router"  # retires on 2027-05-20
    PHI_4 = "Phi-4"  # retires on 2027-01-17
    PHI_4_MINI_INSTRUCT = "Phi-4-mini-instruct"  # retires on 2027-01-17
    PHI_4_MINI_REASONING = "Phi-4-mini-reasoning"  # retires on 2027-01-17
    PHI_4_MULTIMODAL_INSTRUCT = "Phi-4-multimodal-instruct"  # retires on 2027-01-17
    PHI_4_REASONING = "Phi-4-reasoning"  # retires on 2027-01-17
    WHISPER = "whisper"  # retires on 2026-12-15


ChatModelName: TypeAlias = Literal[
    "Codestral-2501",
    "Cohere-command-a-plus-05-2026",
    "DeepSeek-V4-Flash-0731",
    "FW-DeepSeek-V3.2",
    "FW-DeepSeek-V4-Flash",
    "FW-DeepSeek-V4-Pro",
    "FW-DeepSeek-V4.1-Flash",
    "FW-GLM-5",
    "FW-GLM-5.1",
    "FW-GLM-5.2",
    "FW-GLM-5.2-Fast",
    "FW-GLM-5.3",
    "FW-GLM-5.3-Flash",
    "FW-GPT-OSS-120B",
    "FW-Inkling",
    "FW-Kimi-K2.5",
    "FW-Kimi-K2.6",
    "FW-Kimi-K2.7-Code",
    "FW-Kimi-K3",
    "FW-MiniMax-M2.5",
    "FW-MiniMax-M3",
    "FW-Nemotron-3-Ultra-NVFP4",
    "FW-Nemotron-Lightning-3.5-30B-A3B",
    "Llama-3.3-70B-Instruct",
    "Llama-4-Maverick-17B-128E-Instruct-FP8",
    "Llama-4-Scout-17B-16E-Instruct",
    "MAI-Code-1.1-Flash",
    "MAI-Cyber-1-Flash",
    "MAI-DS-R1",
    "MAI-Thinking-1",
    "Phi-4",
    "Phi-4-mini-instruct",
    "Phi-4-mini-reasoning",
    "Phi-4-multimodal-instruct",
    "Phi-4-reasoning",
    "codex-mini",
    "cohere-command-a",
    "deepseek-r1",
    "deepseek-v3-0324",
    "deepseek-v3.1",
    "deepseek-v3.2",
    "deepseek-v3.2-speciale",
    "deepseek-v4-flash",
    "deepseek-v4-pro",
    "deepseek-v4.1-flash",
    "gpt-5.4",
    "gpt-5.4-2026-03-05",
    "gpt-5.4-mini",
    "gpt-5.4-mini-2026-03-17",
    "gpt-5.4-nano",
    "gpt-5.4-nano-2026-03-17",
    "gpt-5.4-pro",
    "gpt-5.4-pro-2026-03-05",
    "gpt-5.5",
    "gpt-5.5-2026-04-23",
    "gpt-5.5-2026-04-24",
    "gpt-6-astra",
    "gpt-6-luna",
    "gpt-6-sol",
    "gpt-6.1-sol",
    "gpt-6.1-terra",
    "gpt-chat-latest",
    "gpt-oss-120b",
    "grok-3",
    "grok-3-mini",
    "grok-4",
    "grok-4-1-fast-non-reasoning",
    "grok-4-1-fast-reasoning",
    "grok-4-20-non-reasoning",
    "grok-4-20-reasoning",
    "grok-4-fast-non-reasoning",
    "grok-4-fast-reasoning",
    "grok-4.3",
    "grok-4.6",
    "grok-4.7",
    "grok-code-fast-1",
    "jais-30b-chat",
    "kimi-k2-thinking",
    "kimi-k2.5",
    "kimi-k2.6",
    "kimi-k2.7-code",
    "ministral-3b",
    "mistral-large-3",
    "mistral-large-latest",
    "mistral-medium-2505",
    "mistral-medium-3-5",
    "mistral-nemo",
    "mistral-small-2503",
    "model-router",
]
EmbeddingModelName: TypeAlias = Literal[
    "Cohere-Embed-V5-Fast",
    "Cohere-Embed-V5-Pro",
    "Cohere-embed-v3-english",
    "Cohere-embed-v3-multilingual",
    "embed-v-4-0",
]
RerankModelName: TypeAlias = Literal[
    "cohere-rerank-v4.0-fast", "cohere-rerank-v4.0-pro", "cohere-rerank-v5-fast", "cohere-rerank-v5-pro"
]
TranscriptionModelName: TypeAlias = Literal["whisper"]
ImageModelName: TypeAlias = Literal[
    "FLUX-1.1-pro",
    "FLUX.1-Kontext-pro",
    "FLUX.2-flex",
    "MAI-Image-2.5",
    "MAI-Image-2.5-Flash",
    "MAI-Image-2.5-Pro",
    "MAI-Image-2.6",
    "MAI-Image-2.6-Flash",
    "flux.2-pro",
    "gpt-image-2",
]
OtherModelName: TypeAlias = Literal[
    "Cohere-parse-v5", "mistral-document-ai-2512", "mistral-ocr-2505", "mistral-ocr-2512", "mistral-ocr-4-0"
]
ModelName: TypeAlias = (
    ChatModelName | EmbeddingModelName | RerankModelName | TranscriptionModelName | ImageModelName | OtherModelName
)
