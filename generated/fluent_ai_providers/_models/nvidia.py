# Generated from specs/providers/nvidia.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of NVIDIA NIM. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of NVIDIA NIM: equal to its id."""

    __provider__ = "nvidia"
    ABACUSAI_DRACARYS_LLAMA_3_1_70B_INSTRUCT = "abacusai/dracarys-llama-3.1-70b-instruct"
    BAAI_BGE_M3 = "baai/bge-m3"
    BLACK_FOREST_LABS_FLUX_1_DEV = "black-forest-labs/flux.1-dev"
    BLACK_FOREST_LABS_FLUX_1_KONTEXT_DEV = "black-forest-labs/flux_1-kontext-dev"
    BLACK_FOREST_LABS_FLUX_1_SCHNELL = "black-forest-labs/flux_1-schnell"
    BLACK_FOREST_LABS_FLUX_2_KLEIN_4B = "black-forest-labs/flux_2-klein-4b"
    BYTEDANCE_SEED_OSS_36B_INSTRUCT = "bytedance/seed-oss-36b-instruct"
    DEEPSEEK_AI_DEEPSEEK_V3_1_TERMINUS = "deepseek-ai/deepseek-v3.1-terminus"  # not listed any more on 2026-08-18
    DEEPSEEK_AI_DEEPSEEK_V3_2 = "deepseek-ai/deepseek-v3.2"  # not listed any more on 2026-08-18
    DEEPSEEK_AI_DEEPSEEK_V4_FLASH = "deepseek-ai/deepseek-v4-flash"
    DEEPSEEK_AI_DEEPSEEK_V4_PRO = "deepseek-ai/deepseek-v4-pro"
    GOOGLE_GEMMA_2_2B_IT = "google/gemma-2-2b-it"
    GOOGLE_GEMMA_3N_E2B_IT = "google/gemma-3n-e2b-it"
    GOOGLE_GEMMA_3N_E4B_IT = "google/gemma-3n-e4b-it"
    GOOGLE_GEMMA_3_12B_IT = "google/gemma-3-12b-it"
    GOOGLE_GEMMA_3_27B_IT = "google/gemma-3-27b-it"  # not listed any more on 2026-08-18
    GOOGLE_GEMMA_3_4B_IT = "google/gemma-3-4b-it"
    GOOGLE_GEMMA_4_31B_IT = "google/gemma-4-31b-it"
    GOOGLE_GOOGLE_PALIGEMMA = "google/google-paligemma"
    META_ESM2_650M = "meta/esm2-650m"
    META_ESMFOLD = "meta/esmfold"
    META_LLAMA_3_1_70B_INSTRUCT = "meta/llama-3.1-70b-instruct"
    META_LLAMA_3_1_8B_INSTRUCT = "meta/llama-3.1-8b-instruct"
    META_LLAMA_3_2_11B_VISION_INSTRUCT = "meta/llama-3.2-11b-vision-instruct"
    META_LLAMA_3_2_1B_INSTRUCT = "meta/llama-3.2-1b-instruct"
    META_LLAMA_3_2_3B_INSTRUCT = "meta/llama-3.2-3b-instruct"
    META_LLAMA_3_2_90B_VISION_INSTRUCT = "meta/llama-3.2-90b-vision-instruct"
    META_LLAMA_3_3_70B_INSTRUCT = "meta/llama-3.3-70b-instruct"
    META_LLAMA_4_MAVERICK_17B_128E_INSTRUCT = "meta/llama-4-maverick-17b-128e-instruct"
    META_LLAMA_GUARD_4_12B = "meta/llama-guard-4-12b"
    META_MUSE_GLIMMER_30B = "meta/muse-glimmer-30b"
    MICROSOFT_PHI_4_MINI_INSTRUCT = "microsoft/phi-4-mini-instruct"
    MICROSOFT_PHI_4_MULTIMODAL_INSTRUCT = "microsoft/phi-4-multimodal-instruct"
    MINIMAXAI_MINIMAX_M2_5 = "minimaxai/minimax-m2.5"  # not listed any more on 2026-08-18
    MINIMAXAI_MINIMAX_M2_7 = "minimaxai/minimax-m2.7"
    MINIMAXAI_MINIMAX_M3 = "minimaxai/minimax-m3"
    MISTRALAI_DEVSTRAL_2_123B_INSTRUCT_2512 = (
        "mistralai/devstral-2-123b-instruct-2512"  # not listed any more on 2026-08-18
    )
    MISTRALAI_MAGISTRAL_SMALL_2506 = "mistralai/magistral-small-2506"
    MISTRALAI_MINISTRAL_14B_INSTRUCT_2512 = "mistralai/ministral-14b-instruct-2512"
    MISTRALAI_MISTRAL_7B_INSTRUCT_V03 = "mistralai/mistral-7b-instruct-v03"  # not listed any more on 2026-08-18
    MISTRALAI_MISTRAL_7B_INSTRUCT_V0_3 = "mistralai/mistral-7b-instruct-v0.3"
    MISTRALAI_MISTRAL_LARGE_3_675B_INSTRUCT_2512 = "mistralai/mistral-large-3-675b-instruct-2512"
    MISTRALAI_MISTRAL_MEDIUM_3_5_128B = "mistralai/mistral-medium-3.5-128b"
    MISTRALAI_MISTRAL_MEDIUM_3_INSTRUCT = "mistralai/mistral-medium-3-instruct"
    MISTRALAI_MISTRAL_NEMOTRON = "mistralai/mistral-nemotron"
    MISTRALAI_MISTRAL_SMALL_4_119B_2603 = "mistralai/mistral-small-4-119b-2603"
    MISTRALAI_MIXTRAL_8X22B_INSTRUCT = "mistralai/mixtral-8x22b-instruct"
    MISTRALAI_MIXTRAL_8X7B_INSTRUCT = "mistralai/mixtral-8x7b-instruct"
    MOONSHOTAI_KIMI_K2_6 = "moonshotai/kimi-k2.6"
    MOONSHOTAI_KIMI_K2_INSTRUCT = "moonshotai/kimi-k2-instruct"  # not listed any more on 2026-08-18
    MOONSHOTAI_KIMI_K2_INSTRUCT_0905 = "moonshotai/kimi-k2-instruct-0905"
    MOONSHOTAI_KIMI_K2_THINKING = "moonshotai/kimi-k2-thinking"  # not listed any more on 2026-08-18
    NVIDIA_ACTIVE_SPEAKER_DETECTION = "nvidia/active-speaker-detection"
    NVIDIA_BEVFORMER = "nvidia/bevformer"
    NVIDIA_COSMOS_PREDICT1_5B = "nvidia/cosmos-predict1-5b"
    NVIDIA_COSMOS_REASON2_8B = "nvidia/cosmos-reason2-8b"
    NVIDIA_COSMOS_TRANSFER1_7B = "nvidia/cosmos-transfer1-7b"
    NVIDIA_COSMOS_TRANSFER2_5_2B = "nvidia/cosmos-transfer2_5-2b"
    NVIDIA_GLINER_PII = "nvidia/gliner-pii"
    NVIDIA_LLAMA_3_1_NEMOTRON_70B_INSTRUCT = "nvidia/llama-3.1-nemotron-70b-instruct"
    NVIDIA_LLAMA_3_1_NEMOTRON_NANO_8B_V1 = "nvidia/llama-3.1-nemotron-nano-8b-v1"
    NVIDIA_LLAMA_3_1_NEMOTRON_NANO_VL_8B_V1 = "nvidia/llama-3.1-nemotron-nano-vl-8b-v1"
    NVIDIA_LLAMA_3_1_NEMOTRON_SAFETY_GUARD_8B_V3 = "nvidia/llama-3.1-nemotron-safety-guard-8b-v3"
    NVIDIA_LLAMA_3_1_NEMOTRON_ULTRA_253B_V1 = "nvidia/llama-3.1-nemotron-ultra-253b-v1"
    NVIDIA_LLAMA_3_2_NEMORETRIEVER_300M_EMBED_V1 = "nvidia/llama-3_2-nemoretriever-300m-embed-v1"
    NVIDIA_LLAMA_3_2_NV_RERANKQA_1B_V2 = "nvidia/llama-3_2-nv-rerankqa-1b-v2"
    NVIDIA_LLAMA_3_3_NEMOTRON_SUPER_49B_V1 = "nvidia/llama-3.3-nemotron-super-49b-v1"
    NVIDIA_LLAMA_3_3_NEMOTRON_SUPER_49B_V1_5 = "nvidia/llama-3.3-nemotron-super-49b-v1.5"
    NVIDIA_LLAMA_NEMOTRON_EMBED_VL_1B_V2 = "nvidia/llama-nemotron-embed-vl-1b-v2"
    NVIDIA_LLAMA_NEMOTRON_RERANK_VL_1B_V2 = "nvidia/llama-nemotron-rerank-vl-1b-v2"
    NVIDIA_MAGPIE_TTS_ZEROSHOT = "nvidia/magpie-tts-zeroshot"
    NVIDIA_NEMOTRON_3_5_LIGHTNING_30B_A3B = "nvidia/nemotron-3.5-lightning-30b-a3b"
    NVIDIA_NEMOTRON_3_CONTENT_SAFETY = "nvidia/nemotron-3-content-safety"
    NVIDIA_NEMOTRON_3_NANO_30B_A3B = "nvidia/nemotron-3-nano-30b-a3b"
    NVIDIA_NEMOTRON_3_NANO_OMNI_30B_A3B_REASONING = "nvidia/nemotron-3-nano-omni-30b-a3b-reasoning"
    NVIDIA_NEMOTRON_3_SUPER_120B_A12B = "nvidia/nemotron-3-super-120b-a12b"
    NVIDIA_NEMOTRON_3_ULTRA_550B_A55B = "nvidia/nemotron-3-ultra-550b-a55b"
    NVIDIA_NEMOTRON_CONTENT_SAFETY_REASONING_4B = "nvidia/nemotron-content-safety-reasoning-4b"
    NVIDIA_NEMOTRON_MINI_4B_INSTRUCT = "nvidia/nemotron-mini-4b-instruct"
    NVIDIA_NEMOTRON_NANO_12B_V2_VL = "nvidia/nemotron-nano-12b-v2-vl"
    NVIDIA_NEMOTRON_VOICECHAT = "nvidia/nemotron-voicechat"
    NVIDIA_NVIDIA_NEMOTRON_NANO_9B_V2 = "nvidia/nvidia-nemotron-nano-9b-v2"
    NVIDIA_NV_EMBEDCODE_7B_V1 = "nvidia/nv-embedcode-7b-v1"
    NVIDIA_NV_EMBED_V1 = "nvidia/nv-embed-v1"
    NVIDIA_NV_RERANKQA_MISTRAL_4B_V3 = "nvidia/nv-rerankqa-mistral-4b-v3"
    NVIDIA_RERANK_QA_MISTRAL_4B = "nvidia/rerank-qa-mistral-4b"
    NVIDIA_RIVA_TRANSLATE_4B_INSTRUCT_V1_1 = "nvidia/riva-translate-4b-instruct-v1.1"
    NVIDIA_SPARSEDRIVE = "nvidia/sparsedrive"
    NVIDIA_STREAMPETR = "nvidia/streampetr"
    NVIDIA_STUDIOVOICE = "nvidia/studiovoice"
    NVIDIA_SYNTHETIC_VIDEO_DETECTOR = "nvidia/synthetic-video-detector"
    NVIDIA_USDCODE = "nvidia/usdcode"
    NVIDIA_USDVALIDATE = "nvidia/usdvalidate"
    OPENAI_GPT_OSS_120B = "openai/gpt-oss-120b"
    OPENAI_GPT_OSS_20B = "openai/gpt-oss-20b"
    OPENAI_WHISPER_LARGE_V3 = "openai/whisper-large-v3"
    POOLSIDE_LAGUNA_XS_2_1 = "poolside/laguna-xs-2.1"
    QWEN_QWEN2_5_CODER_32B_INSTRUCT = "qwen/qwen2.5-coder-32b-instruct"
    QWEN_QWEN3_5_122B_A10B = "qwen/qwen3.5-122b-a10b"
    QWEN_QWEN3_5_397B_A17B = "qwen/qwen3.5-397b-a17b"
    QWEN_QWEN3_CODER_480B_A35B_INSTRUCT = "qwen/qwen3-coder-480b-a35b-instruct"
    QWEN_QWEN3_NEXT_80B_A3B_INSTRUCT = "qwen/qwen3-next-80b-a3b-instruct"
    QWEN_QWEN3_NEXT_80B_A3B_THINKING = "qwen/qwen3-next-80b-a3b-thinking"  # not listed any more on 2026-08-18
    QWEN_QWEN_IMAGE = "qwen/qwen-image"
    QWEN_QWEN_IMAGE_EDIT = "qwen/qwen-image-edit"
    RANKING_NVIDIA_LLAMA_3_2_NV_RERANKQA_1B_V2 = "ranking/nvidia/llama-3.2-nv-rerankqa-1b-v2"
    SARVAMAI_SARVAM_M = "sarvamai/sarvam-m"
    STEPFUN_AI_STEP_3_5_FLASH = "stepfun-ai/step-3.5-flash"
    STEPFUN_AI_STEP_3_7_FLASH = "stepfun-ai/step-3.7-flash"
    THINKINGMACHINES_INKLING = "thinkingmachines/inkling"
    UPSTAGE_SOLAR_10_7B_INSTRUCT = "upstage/solar-10.7b-instruct"
    Z_AI_GLM4_7 = "z-ai/glm4.7"  # not listed any more on 2026-08-18
    Z_AI_GLM_5_1 = "z-ai/glm-5.1"  # not listed any more on 2026-08-18
    Z_AI_GLM_5_2 = "z-ai/glm-5.2"


ChatModelName: TypeAlias = Literal[
    "abacusai/dracarys-llama-3.1-70b-instruct",
    "bytedance/seed-oss-36b-instruct",
    "deepseek-ai/deepseek-v4-flash",
    "deepseek-ai/deepseek-v4-pro",
    "google/gemma-2-2b-it",
    "google/gemma-3-12b-it",
    "google/gemma-3-4b-it",
    "google/gemma-3n-e2b-it",
    "google/gemma-3n-e4b-it",
    "google/gemma-4-31b-it",
    "meta/llama-3.1-70b-instruct",
    "meta/llama-3.1-8b-instruct",
    "meta/llama-3.2-11b-vision-instruct",
    "meta/llama-3.2-1b-instruct",
    "meta/llama-3.2-90b-vision-instruct",
    "meta/llama-3.3-70b-instruct",
    "meta/llama-4-maverick-17b-128e-instruct",
    "meta/muse-glimmer-30b",
    "microsoft/phi-4-mini-instruct",
    "minimaxai/minimax-m2.7",
    "minimaxai/minimax-m3",
    "mistralai/ministral-14b-instruct-2512",
    "mistralai/mistral-7b-instruct-v0.3",
    "mistralai/mistral-large-3-675b-instruct-2512",
    "mistralai/mistral-medium-3.5-128b",
    "mistralai/mistral-nemotron",
    "mistralai/mistral-small-4-119b-2603",
    "mistralai/mixtral-8x22b-instruct",
    "mistralai/mixtral-8x7b-instruct",
    "moonshotai/kimi-k2-instruct-0905",
    "moonshotai/kimi-k2.6",
    "nvidia/cosmos-reason2-8b",
    "nvidia/llama-3.1-nemotron-70b-instruct",
    "nvidia/llama-3.1-nemotron-nano-8b-v1",
    "nvidia/llama-3.1-nemotron-nano-vl-8b-v1",
    "nvidia/llama-3.1-nemotron-ultra-253b-v1",
    "nvidia/llama-3.3-nemotron-super-49b-v1",
    "nvidia/llama-3.3-nemotron-super-49b-v1.5",
    "nvidia/nemotron-3-nano-30b-a3b",
    "nvidia/nemotron-3-nano-omni-30b-a3b-reasoning",
    "nvidia/nemotron-3-super-120b-a12b",
    "nvidia/nemotron-3-ultra-550b-a55b",
    "nvidia/nemotron-3.5-lightning-30b-a3b",
    "nvidia/nemotron-mini-4b-instruct",
    "nvidia/nemotron-nano-12b-v2-vl",
    "nvidia/nemotron-voicechat",
    "nvidia/nvidia-nemotron-nano-9b-v2",
    "openai/gpt-oss-120b",
    "openai/gpt-oss-20b",
    "poolside/laguna-xs-2.1",
    "qwen/qwen2.5-coder-32b-instruct",
    "qwen/qwen3-coder-480b-a35b-instruct",
    "qwen/qwen3-next-80b-a3b-instruct",
    "qwen/qwen3.5-122b-a10b",
    "qwen/qwen3.5-397b-a17b",
    "sarvamai/sarvam-m",
    "stepfun-ai/step-3.5-flash",
    "stepfun-ai/step-3.7-flash",
    "thinkingmachines/inkling",
    "upstage/solar-10.7b-instruct",
    "z-ai/glm-5.2",
]
EmbeddingModelName: TypeAlias = str
RerankModelName: TypeAlias = Literal[
    "nvidia/llama-3_2-nv-rerankqa-1b-v2",
    "nvidia/nv-rerankqa-mistral-4b-v3",
    "ranking/nvidia/llama-3.2-nv-rerankqa-1b-v2",
]
ImageModelName: TypeAlias = Literal[
    "black-forest-labs/flux.1-dev",
    "black-forest-labs/flux_1-kontext-dev",
    "black-forest-labs/flux_1-schnell",
    "black-forest-labs/flux_2-klein-4b",
    "qwen/qwen-image",
    "qwen/qwen-image-edit",
]
OtherModelName: TypeAlias = Literal[
    "baai/bge-m3",
    "google/google-paligemma",
    "meta/esm2-650m",
    "meta/esmfold",
    "meta/llama-3.2-3b-instruct",
    "meta/llama-guard-4-12b",
    "microsoft/phi-4-multimodal-instruct",
    "mistralai/magistral-small-2506",
    "mistralai/mistral-medium-3-instruct",
    "nvidia/active-speaker-detection",
    "nvidia/bevformer",
    "nvidia/cosmos-predict1-5b",
    "nvidia/cosmos-transfer1-7b",
    "nvidia/cosmos-transfer2_5-2b",
    "nvidia/gliner-pii",
    "nvidia/llama-3.1-nemotron-safety-guard-8b-v3",
    "nvidia/llama-3_2-nemoretriever-300m-embed-v1",
    "nvidia/llama-nemotron-embed-vl-1b-v2",
    "nvidia/llama-nemotron-rerank-vl-1b-v2",
    "nvidia/magpie-tts-zeroshot",
    "nvidia/nemotron-3-content-safety",
    "nvidia/nemotron-content-safety-reasoning-4b",
    "nvidia/nv-embed-v1",
    "nvidia/nv-embedcode-7b-v1",
    "nvidia/rerank-qa-mistral-4b",
    "nvidia/riva-translate-4b-instruct-v1.1",
    "nvidia/sparsedrive",
    "nvidia/streampetr",
    "nvidia/studiovoice",
    "nvidia/synthetic-video-detector",
    "nvidia/usdcode",
    "nvidia/usdvalidate",
    "openai/whisper-large-v3",
]
ModelName: TypeAlias = ChatModelName | RerankModelName | ImageModelName | OtherModelName
