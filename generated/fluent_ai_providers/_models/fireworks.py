# Generated from specs/providers/fireworks.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Fireworks AI. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Fireworks AI: equal to its id."""

    __provider__ = "fireworks"
    ACCOUNTS_FIREWORKS_MODELS_CHRONOS_HERMES_13B_V2 = "accounts/fireworks/models/chronos-hermes-13b-v2"
    ACCOUNTS_FIREWORKS_MODELS_CODEGEMMA_2B = "accounts/fireworks/models/codegemma-2b"
    ACCOUNTS_FIREWORKS_MODELS_CODEGEMMA_7B = "accounts/fireworks/models/codegemma-7b"
    ACCOUNTS_FIREWORKS_MODELS_CODE_LLAMA_13B = "accounts/fireworks/models/code-llama-13b"
    ACCOUNTS_FIREWORKS_MODELS_CODE_LLAMA_13B_INSTRUCT = "accounts/fireworks/models/code-llama-13b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_CODE_LLAMA_13B_PYTHON = "accounts/fireworks/models/code-llama-13b-python"
    ACCOUNTS_FIREWORKS_MODELS_CODE_LLAMA_34B = "accounts/fireworks/models/code-llama-34b"
    ACCOUNTS_FIREWORKS_MODELS_CODE_LLAMA_34B_INSTRUCT = "accounts/fireworks/models/code-llama-34b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_CODE_LLAMA_34B_PYTHON = "accounts/fireworks/models/code-llama-34b-python"
    ACCOUNTS_FIREWORKS_MODELS_CODE_LLAMA_70B = "accounts/fireworks/models/code-llama-70b"
    ACCOUNTS_FIREWORKS_MODELS_CODE_LLAMA_70B_INSTRUCT = "accounts/fireworks/models/code-llama-70b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_CODE_LLAMA_70B_PYTHON = "accounts/fireworks/models/code-llama-70b-python"
    ACCOUNTS_FIREWORKS_MODELS_CODE_LLAMA_7B = "accounts/fireworks/models/code-llama-7b"
    ACCOUNTS_FIREWORKS_MODELS_CODE_LLAMA_7B_INSTRUCT = "accounts/fireworks/models/code-llama-7b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_CODE_LLAMA_7B_PYTHON = "accounts/fireworks/models/code-llama-7b-python"
    ACCOUNTS_FIREWORKS_MODELS_CODE_QWEN_1P5_7B = "accounts/fireworks/models/code-qwen-1p5-7b"
    ACCOUNTS_FIREWORKS_MODELS_COGITO_671B_V2_P1 = "accounts/fireworks/models/cogito-671b-v2-p1"
    ACCOUNTS_FIREWORKS_MODELS_COGITO_V1_PREVIEW_LLAMA_3B = "accounts/fireworks/models/cogito-v1-preview-llama-3b"
    ACCOUNTS_FIREWORKS_MODELS_COGITO_V1_PREVIEW_LLAMA_70B = "accounts/fireworks/models/cogito-v1-preview-llama-70b"
    ACCOUNTS_FIREWORKS_MODELS_COGITO_V1_PREVIEW_LLAMA_8B = "accounts/fireworks/models/cogito-v1-preview-llama-8b"
    ACCOUNTS_FIREWORKS_MODELS_COGITO_V1_PREVIEW_QWEN_14B = "accounts/fireworks/models/cogito-v1-preview-qwen-14b"
    ACCOUNTS_FIREWORKS_MODELS_COGITO_V1_PREVIEW_QWEN_32B = "accounts/fireworks/models/cogito-v1-preview-qwen-32b"
    ACCOUNTS_FIREWORKS_MODELS_DBRX_INSTRUCT = "accounts/fireworks/models/dbrx-instruct"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_CODER_1B_BASE = "accounts/fireworks/models/deepseek-coder-1b-base"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_CODER_33B_INSTRUCT = "accounts/fireworks/models/deepseek-coder-33b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_CODER_7B_BASE = "accounts/fireworks/models/deepseek-coder-7b-base"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_CODER_7B_BASE_V1P5 = "accounts/fireworks/models/deepseek-coder-7b-base-v1p5"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_CODER_7B_INSTRUCT_V1P5 = (
        "accounts/fireworks/models/deepseek-coder-7b-instruct-v1p5"
    )
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_CODER_V2_INSTRUCT = "accounts/fireworks/models/deepseek-coder-v2-instruct"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_CODER_V2_LITE_BASE = "accounts/fireworks/models/deepseek-coder-v2-lite-base"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_CODER_V2_LITE_INSTRUCT = (
        "accounts/fireworks/models/deepseek-coder-v2-lite-instruct"
    )
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_PROVER_V2 = "accounts/fireworks/models/deepseek-prover-v2"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_R1 = "accounts/fireworks/models/deepseek-r1"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_R1_0528 = "accounts/fireworks/models/deepseek-r1-0528"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_R1_0528_DISTILL_QWEN3_8B = (
        "accounts/fireworks/models/deepseek-r1-0528-distill-qwen3-8b"
    )
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_R1_BASIC = "accounts/fireworks/models/deepseek-r1-basic"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_R1_DISTILL_LLAMA_70B = "accounts/fireworks/models/deepseek-r1-distill-llama-70b"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_R1_DISTILL_LLAMA_8B = "accounts/fireworks/models/deepseek-r1-distill-llama-8b"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_R1_DISTILL_QWEN_14B = "accounts/fireworks/models/deepseek-r1-distill-qwen-14b"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_R1_DISTILL_QWEN_1P5B = "accounts/fireworks/models/deepseek-r1-distill-qwen-1p5b"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_R1_DISTILL_QWEN_32B = "accounts/fireworks/models/deepseek-r1-distill-qwen-32b"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_R1_DISTILL_QWEN_7B = "accounts/fireworks/models/deepseek-r1-distill-qwen-7b"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_V2P5 = "accounts/fireworks/models/deepseek-v2p5"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_V2_LITE_CHAT = "accounts/fireworks/models/deepseek-v2-lite-chat"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_V3 = "accounts/fireworks/models/deepseek-v3"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_V3P1 = "accounts/fireworks/models/deepseek-v3p1"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_V3P1_TERMINUS = "accounts/fireworks/models/deepseek-v3p1-terminus"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_V3P2 = "accounts/fireworks/models/deepseek-v3p2"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_V3_0324 = "accounts/fireworks/models/deepseek-v3-0324"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_V4P1_FLASH = "accounts/fireworks/models/deepseek-v4p1-flash"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_V4P1_FLASH_1017 = "accounts/fireworks/models/deepseek-v4p1-flash-1017"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_V4P1_FLASH_1017_US = "accounts/fireworks/models/deepseek-v4p1-flash-1017-us"
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_V4_FLASH = "accounts/fireworks/models/deepseek-v4-flash"  # retires on 2026-08-14
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_V4_FLASH_0731 = (
        "accounts/fireworks/models/deepseek-v4-flash-0731"  # retires on 2026-09-25
    )
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_V4_FLASH_VISION_EXP = (
        "accounts/fireworks/models/deepseek-v4-flash-vision-exp"  # retires on 2026-09-25
    )
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_V4_PRO = "accounts/fireworks/models/deepseek-v4-pro"  # retires on 2026-08-27
    ACCOUNTS_FIREWORKS_MODELS_DEEPSEEK_V4_PRO_0813 = (
        "accounts/fireworks/models/deepseek-v4-pro-0813"  # retires on 2026-09-25
    )
    ACCOUNTS_FIREWORKS_MODELS_DEVSTRAL_SMALL_2505 = "accounts/fireworks/models/devstral-small-2505"
    ACCOUNTS_FIREWORKS_MODELS_DOBBY_MINI_UNHINGED_PLUS_LLAMA_3_1_8B = (
        "accounts/fireworks/models/dobby-mini-unhinged-plus-llama-3-1-8b"
    )
    ACCOUNTS_FIREWORKS_MODELS_DOBBY_UNHINGED_LLAMA_3_3_70B_NEW = (
        "accounts/fireworks/models/dobby-unhinged-llama-3-3-70b-new"
    )
    ACCOUNTS_FIREWORKS_MODELS_DOLPHIN_2P6_MIXTRAL_8X7B = "accounts/fireworks/models/dolphin-2p6-mixtral-8x7b"
    ACCOUNTS_FIREWORKS_MODELS_DOLPHIN_2_9_2_QWEN2_72B = "accounts/fireworks/models/dolphin-2-9-2-qwen2-72b"
    ACCOUNTS_FIREWORKS_MODELS_EMBER_1 = "accounts/fireworks/models/ember-1"
    ACCOUNTS_FIREWORKS_MODELS_ERNIE_4P5_21B_A3B_PT = "accounts/fireworks/models/ernie-4p5-21b-a3b-pt"
    ACCOUNTS_FIREWORKS_MODELS_ERNIE_4P5_300B_A47B_PT = "accounts/fireworks/models/ernie-4p5-300b-a47b-pt"
    ACCOUNTS_FIREWORKS_MODELS_FARE_20B = "accounts/fireworks/models/fare-20b"
    ACCOUNTS_FIREWORKS_MODELS_FIREFUNCTION_V1 = "accounts/fireworks/models/firefunction-v1"
    ACCOUNTS_FIREWORKS_MODELS_FIREFUNCTION_V2 = "accounts/fireworks/models/firefunction-v2"
    ACCOUNTS_FIREWORKS_MODELS_FIRELLAVA_13B = "accounts/fireworks/models/firellava-13b"
    ACCOUNTS_FIREWORKS_MODELS_FIRESEARCH_OCR_V6 = "accounts/fireworks/models/firesearch-ocr-v6"
    ACCOUNTS_FIREWORKS_MODELS_FIREWORKS_ASR_LARGE = "accounts/fireworks/models/fireworks-asr-large"
    ACCOUNTS_FIREWORKS_MODELS_FIREWORKS_ASR_V2 = "accounts/fireworks/models/fireworks-asr-v2"
    ACCOUNTS_FIREWORKS_MODELS_FLUX_1_DEV = "accounts/fireworks/models/flux-1-dev"
    ACCOUNTS_FIREWORKS_MODELS_FLUX_1_DEV_CONTROLNET_UNION = "accounts/fireworks/models/flux-1-dev-controlnet-union"
    ACCOUNTS_FIREWORKS_MODELS_FLUX_1_DEV_FP8 = "accounts/fireworks/models/flux-1-dev-fp8"
    ACCOUNTS_FIREWORKS_MODELS_FLUX_1_SCHNELL = "accounts/fireworks/models/flux-1-schnell"
    ACCOUNTS_FIREWORKS_MODELS_FLUX_1_SCHNELL_FP8 = "accounts/fireworks/models/flux-1-schnell-fp8"
    ACCOUNTS_FIREWORKS_MODELS_FLUX_KONTEXT_MAX = "accounts/fireworks/models/flux-kontext-max"
    ACCOUNTS_FIREWORKS_MODELS_FLUX_KONTEXT_PRO = "accounts/fireworks/models/flux-kontext-pro"
    ACCOUNTS_FIREWORKS_MODELS_GEMMA2_9B_IT = "accounts/fireworks/models/gemma2-9b-it"
    ACCOUNTS_FIREWORKS_MODELS_GEMMA_2B_IT = "accounts/fireworks/models/gemma-2b-it"
    ACCOUNTS_FIREWORKS_MODELS_GEMMA_3_27B_IT = "accounts/fireworks/models/gemma-3-27b-it"
    ACCOUNTS_FIREWORKS_MODELS_GEMMA_7B = "accounts/fireworks/models/gemma-7b"
    ACCOUNTS_FIREWORKS_MODELS_GEMMA_7B_IT = "accounts/fireworks/models/gemma-7b-it"
    ACCOUNTS_FIREWORKS_MODELS_GLM_4P5 = "accounts/fireworks/models/glm-4p5"
    ACCOUNTS_FIREWORKS_MODELS_GLM_4P5V = "accounts/fireworks/models/glm-4p5v"
    ACCOUNTS_FIREWORKS_MODELS_GLM_4P5_AIR = "accounts/fireworks/models/glm-4p5-air"
    ACCOUNTS_FIREWORKS_MODELS_GLM_4P6 = "accounts/fireworks/models/glm-4p6"
    ACCOUNTS_FIREWORKS_MODELS_GLM_4P7 = "accounts/fireworks/models/glm-4p7"
    ACCOUNTS_FIREWORKS_MODELS_GLM_5 = "accounts/fireworks/models/glm-5"  # not listed any more on 2026-08-18
    ACCOUNTS_FIREWORKS_MODELS_GLM_5P1 = "accounts/fireworks/models/glm-5p1"
    ACCOUNTS_FIREWORKS_MODELS_GLM_5P2 = "accounts/fireworks/models/glm-5p2"  # retires on 2026-09-25
    ACCOUNTS_FIREWORKS_MODELS_GLM_5P3 = "accounts/fireworks/models/glm-5p3"
    ACCOUNTS_FIREWORKS_MODELS_GLM_5P3_FLASH = "accounts/fireworks/models/glm-5p3-flash"
    ACCOUNTS_FIREWORKS_MODELS_GPT_OSS_120B = "accounts/fireworks/models/gpt-oss-120b"  # retires on 2026-11-07
    ACCOUNTS_FIREWORKS_MODELS_GPT_OSS_20B = "accounts/fireworks/models/gpt-oss-20b"
    ACCOUNTS_FIREWORKS_MODELS_GPT_OSS_SAFEGUARD_120B = "accounts/fireworks/models/gpt-oss-safeguard-120b"
    ACCOUNTS_FIREWORKS_MODELS_GPT_OSS_SAFEGUARD_20B = "accounts/fireworks/models/gpt-oss-safeguard-20b"
    ACCOUNTS_FIREWORKS_MODELS_HERMES_2_PRO_MISTRAL_7B = "accounts/fireworks/models/hermes-2-pro-mistral-7b"
    ACCOUNTS_FIREWORKS_MODELS_INKLING = "accounts/fireworks/models/inkling"  # retires on 2026-11-07
    ACCOUNTS_FIREWORKS_MODELS_INTERNVL3_38B = "accounts/fireworks/models/internvl3-38b"
    ACCOUNTS_FIREWORKS_MODELS_INTERNVL3_78B = "accounts/fireworks/models/internvl3-78b"
    ACCOUNTS_FIREWORKS_MODELS_INTERNVL3_8B = "accounts/fireworks/models/internvl3-8b"
    ACCOUNTS_FIREWORKS_MODELS_JAPANESE_STABLE_DIFFUSION_XL = "accounts/fireworks/models/japanese-stable-diffusion-xl"
    ACCOUNTS_FIREWORKS_MODELS_KAT_CODER = "accounts/fireworks/models/kat-coder"
    ACCOUNTS_FIREWORKS_MODELS_KAT_DEV_32B = "accounts/fireworks/models/kat-dev-32b"
    ACCOUNTS_FIREWORKS_MODELS_KAT_DEV_72B_EXP = "accounts/fireworks/models/kat-dev-72b-exp"
    ACCOUNTS_FIREWORKS_MODELS_KIMI_K2P5 = "accounts/fireworks/models/kimi-k2p5"
    ACCOUNTS_FIREWORKS_MODELS_KIMI_K2P6 = "accounts/fireworks/models/kimi-k2p6"  # retires on 2026-09-25
    ACCOUNTS_FIREWORKS_MODELS_KIMI_K2P7_CODE = "accounts/fireworks/models/kimi-k2p7-code"  # retires on 2026-09-25
    ACCOUNTS_FIREWORKS_MODELS_KIMI_K2_INSTRUCT = "accounts/fireworks/models/kimi-k2-instruct"
    ACCOUNTS_FIREWORKS_MODELS_KIMI_K2_INSTRUCT_0905 = "accounts/fireworks/models/kimi-k2-instruct-0905"
    ACCOUNTS_FIREWORKS_MODELS_KIMI_K2_THINKING = "accounts/fireworks/models/kimi-k2-thinking"
    ACCOUNTS_FIREWORKS_MODELS_KIMI_K3 = "accounts/fireworks/models/kimi-k3"
    ACCOUNTS_FIREWORKS_MODELS_KIMI_K3P1_PRO = "accounts/fireworks/models/kimi-k3p1-pro"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA4_MAVERICK_INSTRUCT_BASIC = (
        "accounts/fireworks/models/llama4-maverick-instruct-basic"
    )
    ACCOUNTS_FIREWORKS_MODELS_LLAMA4_SCOUT_INSTRUCT_BASIC = "accounts/fireworks/models/llama4-scout-instruct-basic"
    ACCOUNTS_FIREWORKS_MODELS_LLAMAGUARD_7B = "accounts/fireworks/models/llamaguard-7b"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_GUARD_2_8B = "accounts/fireworks/models/llama-guard-2-8b"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_GUARD_3_1B = "accounts/fireworks/models/llama-guard-3-1b"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_GUARD_3_8B = "accounts/fireworks/models/llama-guard-3-8b"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V2_13B = "accounts/fireworks/models/llama-v2-13b"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V2_13B_CHAT = "accounts/fireworks/models/llama-v2-13b-chat"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V2_70B = "accounts/fireworks/models/llama-v2-70b"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V2_70B_CHAT = "accounts/fireworks/models/llama-v2-70b-chat"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V2_7B = "accounts/fireworks/models/llama-v2-7b"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V2_7B_CHAT = "accounts/fireworks/models/llama-v2-7b-chat"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3P1_405B_INSTRUCT = "accounts/fireworks/models/llama-v3p1-405b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3P1_405B_INSTRUCT_LONG = "accounts/fireworks/models/llama-v3p1-405b-instruct-long"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3P1_70B_INSTRUCT = "accounts/fireworks/models/llama-v3p1-70b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3P1_70B_INSTRUCT_1B = "accounts/fireworks/models/llama-v3p1-70b-instruct-1b"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3P1_8B_INSTRUCT = "accounts/fireworks/models/llama-v3p1-8b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3P1_NEMOTRON_70B_INSTRUCT = (
        "accounts/fireworks/models/llama-v3p1-nemotron-70b-instruct"
    )
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3P2_11B_VISION_INSTRUCT = (
        "accounts/fireworks/models/llama-v3p2-11b-vision-instruct"
    )
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3P2_1B = "accounts/fireworks/models/llama-v3p2-1b"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3P2_1B_INSTRUCT = "accounts/fireworks/models/llama-v3p2-1b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3P2_3B = "accounts/fireworks/models/llama-v3p2-3b"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3P2_3B_INSTRUCT = "accounts/fireworks/models/llama-v3p2-3b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3P2_90B_VISION_INSTRUCT = (
        "accounts/fireworks/models/llama-v3p2-90b-vision-instruct"
    )
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3P3_70B_INSTRUCT = "accounts/fireworks/models/llama-v3p3-70b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3_70B_INSTRUCT = "accounts/fireworks/models/llama-v3-70b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3_70B_INSTRUCT_HF = "accounts/fireworks/models/llama-v3-70b-instruct-hf"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3_8B = "accounts/fireworks/models/llama-v3-8b"
    ACCOUNTS_FIREWORKS_MODELS_LLAMA_V3_8B_INSTRUCT_HF = "accounts/fireworks/models/llama-v3-8b-instruct-hf"
    ACCOUNTS_FIREWORKS_MODELS_LLAVA_YI_34B = "accounts/fireworks/models/llava-yi-34b"
    ACCOUNTS_FIREWORKS_MODELS_MINIMAX_M1_80K = "accounts/fireworks/models/minimax-m1-80k"
    ACCOUNTS_FIREWORKS_MODELS_MINIMAX_M2 = "accounts/fireworks/models/minimax-m2"
    ACCOUNTS_FIREWORKS_MODELS_MINIMAX_M2P1 = "accounts/fireworks/models/minimax-m2p1"
    ACCOUNTS_FIREWORKS_MODELS_MINIMAX_M2P5 = (
        "accounts/fireworks/models/minimax-m2p5"  # not listed any more on 2026-08-18
    )
    ACCOUNTS_FIREWORKS_MODELS_MINIMAX_M2P7 = "accounts/fireworks/models/minimax-m2p7"  # retires on 2026-08-27
    ACCOUNTS_FIREWORKS_MODELS_MINIMAX_M3 = "accounts/fireworks/models/minimax-m3"
    ACCOUNTS_FIREWORKS_MODELS_MINIMAX_M3P1_FLASH = "accounts/fireworks/models/minimax-m3p1-flash"
    ACCOUNTS_FIREWORKS_MODELS_MINISTRAL_3_14B_INSTRUCT_2512 = "accounts/fireworks/models/ministral-3-14b-instruct-2512"
    ACCOUNTS_FIREWORKS_MODELS_MINISTRAL_3_3B_INSTRUCT_2512 = "accounts/fireworks/models/ministral-3-3b-instruct-2512"
    ACCOUNTS_FIREWORKS_MODELS_MINISTRAL_3_8B_INSTRUCT_2512 = "accounts/fireworks/models/ministral-3-8b-instruct-2512"
    ACCOUNTS_FIREWORKS_MODELS_MISTRAL_7B = "accounts/fireworks/models/mistral-7b"
    ACCOUNTS_FIREWORKS_MODELS_MISTRAL_7B_INSTRUCT_4K = "accounts/fireworks/models/mistral-7b-instruct-4k"
    ACCOUNTS_FIREWORKS_MODELS_MISTRAL_7B_INSTRUCT_V0P2 = "accounts/fireworks/models/mistral-7b-instruct-v0p2"
    ACCOUNTS_FIREWORKS_MODELS_MISTRAL_7B_INSTRUCT_V3 = "accounts/fireworks/models/mistral-7b-instruct-v3"
    ACCOUNTS_FIREWORKS_MODELS_MISTRAL_7B_V0P2 = "accounts/fireworks/models/mistral-7b-v0p2"
    ACCOUNTS_FIREWORKS_MODELS_MISTRAL_LARGE_3_FP8 = "accounts/fireworks/models/mistral-large-3-fp8"
    ACCOUNTS_FIREWORKS_MODELS_MISTRAL_NEMO_BASE_2407 = "accounts/fireworks/models/mistral-nemo-base-2407"
    ACCOUNTS_FIREWORKS_MODELS_MISTRAL_NEMO_INSTRUCT_2407 = "accounts/fireworks/models/mistral-nemo-instruct-2407"
    ACCOUNTS_FIREWORKS_MODELS_MISTRAL_SMALL_24B_INSTRUCT_2501 = (
        "accounts/fireworks/models/mistral-small-24b-instruct-2501"
    )
    ACCOUNTS_FIREWORKS_MODELS_MIXTRAL_8X22B = "accounts/fireworks/models/mixtral-8x22b"
    ACCOUNTS_FIREWORKS_MODELS_MIXTRAL_8X22B_INSTRUCT = "accounts/fireworks/models/mixtral-8x22b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_MIXTRAL_8X22B_INSTRUCT_HF = "accounts/fireworks/models/mixtral-8x22b-instruct-hf"
    ACCOUNTS_FIREWORKS_MODELS_MIXTRAL_8X7B = "accounts/fireworks/models/mixtral-8x7b"
    ACCOUNTS_FIREWORKS_MODELS_MIXTRAL_8X7B_INSTRUCT = "accounts/fireworks/models/mixtral-8x7b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_MIXTRAL_8X7B_INSTRUCT_HF = "accounts/fireworks/models/mixtral-8x7b-instruct-hf"
    ACCOUNTS_FIREWORKS_MODELS_MUSE_GLIMMER_30B = "accounts/fireworks/models/muse-glimmer-30b"  # retires on 2026-09-25
    ACCOUNTS_FIREWORKS_MODELS_MUSE_SPARK_OPEN = "accounts/fireworks/models/muse-spark-open"
    ACCOUNTS_FIREWORKS_MODELS_MYTHOMAX_L2_13B = "accounts/fireworks/models/mythomax-l2-13b"
    ACCOUNTS_FIREWORKS_MODELS_NEMOTRON_3_ULTRA_NVFP4 = (
        "accounts/fireworks/models/nemotron-3-ultra-nvfp4"  # retires on 2026-11-07
    )
    ACCOUNTS_FIREWORKS_MODELS_NEMOTRON_LIGHTNING_3P5_30B_A3B = (
        "accounts/fireworks/models/nemotron-lightning-3p5-30b-a3b"  # retires on 2026-11-07
    )
    ACCOUNTS_FIREWORKS_MODELS_NEMOTRON_NANO_V2_12B_VL = "accounts/fireworks/models/nemotron-nano-v2-12b-vl"
    ACCOUNTS_FIREWORKS_MODELS_NOUS_CAPYBARA_7B_V1P9 = "accounts/fireworks/models/nous-capybara-7b-v1p9"
    ACCOUNTS_FIREWORKS_MODELS_NOUS_HERMES_2_MIXTRAL_8X7B_DPO = (
        "accounts/fireworks/models/nous-hermes-2-mixtral-8x7b-dpo"
    )
    ACCOUNTS_FIREWORKS_MODELS_NOUS_HERMES_2_YI_34B = "accounts/fireworks/models/nous-hermes-2-yi-34b"
    ACCOUNTS_FIREWORKS_MODELS_NOUS_HERMES_LLAMA2_13B = "accounts/fireworks/models/nous-hermes-llama2-13b"
    ACCOUNTS_FIREWORKS_MODELS_NOUS_HERMES_LLAMA2_70B = "accounts/fireworks/models/nous-hermes-llama2-70b"
    ACCOUNTS_FIREWORKS_MODELS_NOUS_HERMES_LLAMA2_7B = "accounts/fireworks/models/nous-hermes-llama2-7b"
    ACCOUNTS_FIREWORKS_MODELS_NVIDIA_NEMOTRON_NANO_12B_V2 = "accounts/fireworks/models/nvidia-nemotron-nano-12b-v2"
    ACCOUNTS_FIREWORKS_MODELS_NVIDIA_NEMOTRON_NANO_9B_V2 = "accounts/fireworks/models/nvidia-nemotron-nano-9b-v2"
    ACCOUNTS_FIREWORKS_MODELS_OPENCHAT_3P5_0106_7B = "accounts/fireworks/models/openchat-3p5-0106-7b"
    ACCOUNTS_FIREWORKS_MODELS_OPENHERMES_2P5_MISTRAL_7B = "accounts/fireworks/models/openhermes-2p5-mistral-7b"
    ACCOUNTS_FIREWORKS_MODELS_OPENHERMES_2_MISTRAL_7B = "accounts/fireworks/models/openhermes-2-mistral-7b"
    ACCOUNTS_FIREWORKS_MODELS_OPENORCA_7B = "accounts/fireworks/models/openorca-7b"
    ACCOUNTS_FIREWORKS_MODELS_PHIND_CODE_LLAMA_34B_PYTHON_V1 = (
        "accounts/fireworks/models/phind-code-llama-34b-python-v1"
    )
    ACCOUNTS_FIREWORKS_MODELS_PHIND_CODE_LLAMA_34B_V1 = "accounts/fireworks/models/phind-code-llama-34b-v1"
    ACCOUNTS_FIREWORKS_MODELS_PHIND_CODE_LLAMA_34B_V2 = "accounts/fireworks/models/phind-code-llama-34b-v2"
    ACCOUNTS_FIREWORKS_MODELS_PHI_2_3B = "accounts/fireworks/models/phi-2-3b"
    ACCOUNTS_FIREWORKS_MODELS_PHI_3_MINI_128K_INSTRUCT = "accounts/fireworks/models/phi-3-mini-128k-instruct"
    ACCOUNTS_FIREWORKS_MODELS_PHI_3_VISION_128K_INSTRUCT = "accounts/fireworks/models/phi-3-vision-128k-instruct"
    ACCOUNTS_FIREWORKS_MODELS_PLAYGROUND_V2_1024PX_AESTHETIC = (
        "accounts/fireworks/models/playground-v2-1024px-aesthetic"
    )
    ACCOUNTS_FIREWORKS_MODELS_PLAYGROUND_V2_5_1024PX_AESTHETIC = (
        "accounts/fireworks/models/playground-v2-5-1024px-aesthetic"
    )
    ACCOUNTS_FIREWORKS_MODELS_PYTHIA_12B = "accounts/fireworks/models/pythia-12b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN1P5_72B_CHAT = "accounts/fireworks/models/qwen1p5-72b-chat"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_0P5B_INSTRUCT = "accounts/fireworks/models/qwen2p5-0p5b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_14B = "accounts/fireworks/models/qwen2p5-14b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_1P5B_INSTRUCT = "accounts/fireworks/models/qwen2p5-1p5b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_32B = "accounts/fireworks/models/qwen2p5-32b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_32B_INSTRUCT = "accounts/fireworks/models/qwen2p5-32b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_72B = "accounts/fireworks/models/qwen2p5-72b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_72B_INSTRUCT = "accounts/fireworks/models/qwen2p5-72b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_7B_INSTRUCT = "accounts/fireworks/models/qwen2p5-7b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_CODER_0P5B = "accounts/fireworks/models/qwen2p5-coder-0p5b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_CODER_0P5B_INSTRUCT = "accounts/fireworks/models/qwen2p5-coder-0p5b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_CODER_14B = "accounts/fireworks/models/qwen2p5-coder-14b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_CODER_14B_INSTRUCT = "accounts/fireworks/models/qwen2p5-coder-14b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_CODER_1P5B = "accounts/fireworks/models/qwen2p5-coder-1p5b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_CODER_1P5B_INSTRUCT = "accounts/fireworks/models/qwen2p5-coder-1p5b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_CODER_32B = "accounts/fireworks/models/qwen2p5-coder-32b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_CODER_32B_INSTRUCT = "accounts/fireworks/models/qwen2p5-coder-32b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_CODER_32B_INSTRUCT_128K = (
        "accounts/fireworks/models/qwen2p5-coder-32b-instruct-128k"
    )
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_CODER_32B_INSTRUCT_32K_ROPE = (
        "accounts/fireworks/models/qwen2p5-coder-32b-instruct-32k-rope"
    )
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_CODER_32B_INSTRUCT_64K = (
        "accounts/fireworks/models/qwen2p5-coder-32b-instruct-64k"
    )
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_CODER_3B = "accounts/fireworks/models/qwen2p5-coder-3b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_CODER_3B_INSTRUCT = "accounts/fireworks/models/qwen2p5-coder-3b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_CODER_7B = "accounts/fireworks/models/qwen2p5-coder-7b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_CODER_7B_INSTRUCT = "accounts/fireworks/models/qwen2p5-coder-7b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_MATH_72B_INSTRUCT = "accounts/fireworks/models/qwen2p5-math-72b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_VL_32B_INSTRUCT = "accounts/fireworks/models/qwen2p5-vl-32b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_VL_3B_INSTRUCT = "accounts/fireworks/models/qwen2p5-vl-3b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_VL_72B_INSTRUCT = "accounts/fireworks/models/qwen2p5-vl-72b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2P5_VL_7B_INSTRUCT = "accounts/fireworks/models/qwen2p5-vl-7b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2_72B_INSTRUCT = "accounts/fireworks/models/qwen2-72b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2_7B_INSTRUCT = "accounts/fireworks/models/qwen2-7b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2_VL_2B_INSTRUCT = "accounts/fireworks/models/qwen2-vl-2b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2_VL_72B_INSTRUCT = "accounts/fireworks/models/qwen2-vl-72b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN2_VL_7B_INSTRUCT = "accounts/fireworks/models/qwen2-vl-7b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3P6_PLUS = (
        "accounts/fireworks/models/qwen3p6-plus"  # not listed any more on 2026-08-18
    )
    ACCOUNTS_FIREWORKS_MODELS_QWEN3P7_PLUS = "accounts/fireworks/models/qwen3p7-plus"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3P8_MAX = "accounts/fireworks/models/qwen3p8-max"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_0P6B = "accounts/fireworks/models/qwen3-0p6b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_14B = "accounts/fireworks/models/qwen3-14b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_1P7B = "accounts/fireworks/models/qwen3-1p7b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_1P7B_FP8_DRAFT = "accounts/fireworks/models/qwen3-1p7b-fp8-draft"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_1P7B_FP8_DRAFT_131072 = "accounts/fireworks/models/qwen3-1p7b-fp8-draft-131072"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_1P7B_FP8_DRAFT_40960 = "accounts/fireworks/models/qwen3-1p7b-fp8-draft-40960"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_235B_A22B = "accounts/fireworks/models/qwen3-235b-a22b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_235B_A22B_INSTRUCT_2507 = "accounts/fireworks/models/qwen3-235b-a22b-instruct-2507"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_235B_A22B_THINKING_2507 = "accounts/fireworks/models/qwen3-235b-a22b-thinking-2507"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_30B_A3B = "accounts/fireworks/models/qwen3-30b-a3b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_30B_A3B_INSTRUCT_2507 = "accounts/fireworks/models/qwen3-30b-a3b-instruct-2507"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_30B_A3B_THINKING_2507 = "accounts/fireworks/models/qwen3-30b-a3b-thinking-2507"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_32B = "accounts/fireworks/models/qwen3-32b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_4B = "accounts/fireworks/models/qwen3-4b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_4B_INSTRUCT_2507 = "accounts/fireworks/models/qwen3-4b-instruct-2507"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_8B = "accounts/fireworks/models/qwen3-8b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_CODER_30B_A3B_INSTRUCT = "accounts/fireworks/models/qwen3-coder-30b-a3b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_CODER_480B_A35B_INSTRUCT = (
        "accounts/fireworks/models/qwen3-coder-480b-a35b-instruct"
    )
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_CODER_480B_INSTRUCT_BF16 = (
        "accounts/fireworks/models/qwen3-coder-480b-instruct-bf16"
    )
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_EMBEDDING_0P6B = "accounts/fireworks/models/qwen3-embedding-0p6b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_EMBEDDING_4B = "accounts/fireworks/models/qwen3-embedding-4b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_EMBEDDING_8B = "accounts/fireworks/models/qwen3-embedding-8b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_NEXT_80B_A3B_INSTRUCT = "accounts/fireworks/models/qwen3-next-80b-a3b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_NEXT_80B_A3B_THINKING = "accounts/fireworks/models/qwen3-next-80b-a3b-thinking"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_RERANKER_0P6B = "accounts/fireworks/models/qwen3-reranker-0p6b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_RERANKER_4B = "accounts/fireworks/models/qwen3-reranker-4b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_RERANKER_8B = "accounts/fireworks/models/qwen3-reranker-8b"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_VL_235B_A22B_INSTRUCT = "accounts/fireworks/models/qwen3-vl-235b-a22b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_VL_235B_A22B_THINKING = "accounts/fireworks/models/qwen3-vl-235b-a22b-thinking"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_VL_30B_A3B_INSTRUCT = "accounts/fireworks/models/qwen3-vl-30b-a3b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_VL_30B_A3B_THINKING = "accounts/fireworks/models/qwen3-vl-30b-a3b-thinking"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_VL_32B_INSTRUCT = "accounts/fireworks/models/qwen3-vl-32b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN3_VL_8B_INSTRUCT = "accounts/fireworks/models/qwen3-vl-8b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN_QWQ_32B_PREVIEW = "accounts/fireworks/models/qwen-qwq-32b-preview"
    ACCOUNTS_FIREWORKS_MODELS_QWEN_V2P5_14B_INSTRUCT = "accounts/fireworks/models/qwen-v2p5-14b-instruct"
    ACCOUNTS_FIREWORKS_MODELS_QWEN_V2P5_7B = "accounts/fireworks/models/qwen-v2p5-7b"
    ACCOUNTS_FIREWORKS_MODELS_QWQ_32B = "accounts/fireworks/models/qwq-32b"
    ACCOUNTS_FIREWORKS_MODELS_ROLM_OCR = "accounts/fireworks/models/rolm-ocr"
    ACCOUNTS_FIREWORKS_MODELS_SNORKEL_MISTRAL_7B_PAIRRM_DPO = "accounts/fireworks/models/snorkel-mistral-7b-pairrm-dpo"
    ACCOUNTS_FIREWORKS_MODELS_SSD_1B = "accounts/fireworks/models/SSD-1B"
    ACCOUNTS_FIREWORKS_MODELS_STABLECODE_3B = "accounts/fireworks/models/stablecode-3b"
    ACCOUNTS_FIREWORKS_MODELS_STABLE_DIFFUSION_XL_1024_V1_0 = "accounts/fireworks/models/stable-diffusion-xl-1024-v1-0"
    ACCOUNTS_FIREWORKS_MODELS_STARCODER2_15B = "accounts/fireworks/models/starcoder2-15b"
    ACCOUNTS_FIREWORKS_MODELS_STARCODER2_3B = "accounts/fireworks/models/starcoder2-3b"
    ACCOUNTS_FIREWORKS_MODELS_STARCODER2_7B = "accounts/fireworks/models/starcoder2-7b"
    ACCOUNTS_FIREWORKS_MODELS_STARCODER_16B = "accounts/fireworks/models/starcoder-16b"
    ACCOUNTS_FIREWORKS_MODELS_STARCODER_7B = "accounts/fireworks/models/starcoder-7b"
    ACCOUNTS_FIREWORKS_MODELS_TOPPY_M_7B = "accounts/fireworks/models/toppy-m-7b"
    ACCOUNTS_FIREWORKS_MODELS_ULTRAMARINE_1_FLASH_US = "accounts/fireworks/models/ultramarine-1-flash-us"
    ACCOUNTS_FIREWORKS_MODELS_YI_34B = "accounts/fireworks/models/yi-34b"
    ACCOUNTS_FIREWORKS_MODELS_YI_34B_200K_CAPYBARA = "accounts/fireworks/models/yi-34b-200k-capybara"
    ACCOUNTS_FIREWORKS_MODELS_YI_34B_CHAT = "accounts/fireworks/models/yi-34b-chat"
    ACCOUNTS_FIREWORKS_MODELS_YI_6B = "accounts/fireworks/models/yi-6b"
    ACCOUNTS_FIREWORKS_MODELS_YI_LARGE = "accounts/fireworks/models/yi-large"
    ACCOUNTS_FIREWORKS_MODELS_ZEPHYR_7B_BETA = "accounts/fireworks/models/zephyr-7b-beta"
    ACCOUNTS_FIREWORKS_ROUTERS_AUTO = "accounts/fireworks/routers/auto"
    ACCOUNTS_FIREWORKS_ROUTERS_AUTO_INSTANT = "accounts/fireworks/routers/auto-instant"
    ACCOUNTS_FIREWORKS_ROUTERS_DEEPSEEK_V4P1_FLASH_1017_SPOT = (
        "accounts/fireworks/routers/deepseek-v4p1-flash-1017-spot"
    )
    ACCOUNTS_FIREWORKS_ROUTERS_DEEPSEEK_V4P1_FLASH_1017_ULTRAFAST = (
        "accounts/fireworks/routers/deepseek-v4p1-flash-1017-ultrafast"
    )
    ACCOUNTS_FIREWORKS_ROUTERS_DEEPSEEK_V4P1_FLASH_SPOT = "accounts/fireworks/routers/deepseek-v4p1-flash-spot"
    ACCOUNTS_FIREWORKS_ROUTERS_DEEPSEEK_V4P1_FLASH_US = "accounts/fireworks/routers/deepseek-v4p1-flash-us"
    ACCOUNTS_FIREWORKS_ROUTERS_FIREROUTER = "accounts/fireworks/routers/firerouter"
    ACCOUNTS_FIREWORKS_ROUTERS_GLM_5P1_FAST = "accounts/fireworks/routers/glm-5p1-fast"
    ACCOUNTS_FIREWORKS_ROUTERS_GLM_5P2_FAST = "accounts/fireworks/routers/glm-5p2-fast"  # retires on 2026-09-25
    ACCOUNTS_FIREWORKS_ROUTERS_GLM_5P2_FAST_US = "accounts/fireworks/routers/glm-5p2-fast-us"  # retires on 2026-09-25
    ACCOUNTS_FIREWORKS_ROUTERS_GLM_5P3_FAST = "accounts/fireworks/routers/glm-5p3-fast"
    ACCOUNTS_FIREWORKS_ROUTERS_GLM_5P3_FLASH_US = "accounts/fireworks/routers/glm-5p3-flash-us"  # retires on 2026-11-07
    ACCOUNTS_FIREWORKS_ROUTERS_GLM_5P3_SPOT = "accounts/fireworks/routers/glm-5p3-spot"
    ACCOUNTS_FIREWORKS_ROUTERS_GLM_5P3_US = "accounts/fireworks/routers/glm-5p3-us"
    ACCOUNTS_FIREWORKS_ROUTERS_KIMI_K2P5_TURBO = (
        "accounts/fireworks/routers/kimi-k2p5-turbo"  # not listed any more on 2026-08-18
    )
    ACCOUNTS_FIREWORKS_ROUTERS_KIMI_K2P6_FAST = "accounts/fireworks/routers/kimi-k2p6-fast"  # retires on 2026-08-27
    ACCOUNTS_FIREWORKS_ROUTERS_KIMI_K2P6_TURBO = "accounts/fireworks/routers/kimi-k2p6-turbo"
    ACCOUNTS_FIREWORKS_ROUTERS_KIMI_K2P7_CODE_FAST = (
        "accounts/fireworks/routers/kimi-k2p7-code-fast"  # retires on 2026-08-27
    )
    ACCOUNTS_FIREWORKS_ROUTERS_KIMI_K3_FAST = "accounts/fireworks/routers/kimi-k3-fast"
    ACCOUNTS_FIREWORKS_ROUTERS_KIMI_K3_SPOT = "accounts/fireworks/routers/kimi-k3-spot"
    ACCOUNTS_FIREWORKS_ROUTERS_KIMI_K3_US = "accounts/fireworks/routers/kimi-k3-us"
    ACCOUNTS_FIREWORKS_ROUTERS_SPOT_DEEPSEEK_V4_FLASH = (
        "accounts/fireworks/routers/spot-deepseek-v4-flash"  # retires on 2026-08-14
    )
    DEEPSEEK_V4P1_FLASH = "deepseek-v4p1-flash"
    DEEPSEEK_V4P1_FLASH_US = "deepseek-v4p1-flash-us"
    DEEPSEEK_V4_FLASH = "deepseek-v4-flash"  # retires on 2026-08-14
    DEEPSEEK_V4_FLASH_0731 = "deepseek-v4-flash-0731"  # retires on 2026-09-25
    DEEPSEEK_V4_FLASH_VISION_EXP = "deepseek-v4-flash-vision-exp"  # retires on 2026-09-25
    DEEPSEEK_V4_PRO_0813 = "deepseek-v4-pro-0813"  # retires on 2026-09-25
    GLM_4P7 = "glm-4p7"
    GLM_5P1 = "glm-5p1"
    GLM_5P1_FAST = "glm-5p1-fast"
    GLM_5P2 = "glm-5p2"  # retires on 2026-09-25
    GLM_5P2_FAST = "glm-5p2-fast"  # retires on 2026-09-25
    GLM_5P2_FAST_US = "glm-5p2-fast-us"  # retires on 2026-09-25
    GLM_5P3 = "glm-5p3"
    GLM_5P3_FAST = "glm-5p3-fast"
    GLM_5P3_FLASH = "glm-5p3-flash"
    GLM_5P3_FLASH_US = "glm-5p3-flash-us"  # retires on 2026-11-07
    GLM_5P3_US = "glm-5p3-us"
    GPT_OSS_120B = "gpt-oss-120b"  # retires on 2026-11-07
    GPT_OSS_20B = "gpt-oss-20b"
    KIMI_K2P5 = "kimi-k2p5"
    KIMI_K2P6 = "kimi-k2p6"  # retires on 2026-09-25
    KIMI_K2P6_FAST = "kimi-k2p6-fast"  # retires on 2026-08-27
    KIMI_K2P7_CODE = "kimi-k2p7-code"  # retires on 2026-09-25
    KIMI_K2P7_CODE_FAST = "kimi-k2p7-code-fast"  # retires on 2026-08-27
    KIMI_K3 = "kimi-k3"
    KIMI_K3_FAST = "kimi-k3-fast"
    KIMI_K3_US = "kimi-k3-us"
    MINIMAX_M2P1 = "minimax-m2p1"
    MINIMAX_M3 = "minimax-m3"
    MUSE_GLIMMER_30B = "muse-glimmer-30b"  # retires on 2026-09-25
    NEMOTRON_3_ULTRA_NVFP4 = "nemotron-3-ultra-nvfp4"  # retires on 2026-11-07
    NEMOTRON_LIGHTNING_3P5_30B_A3B = "nemotron-lightning-3p5-30b-a3b"  # retires on 2026-11-07
    NOMIC_AI_NOMIC_EMBED_TEXT_V1 = "nomic-ai/nomic-embed-text-v1"
    NOMIC_AI_NOMIC_EMBED_TEXT_V1_5 = "nomic-ai/nomic-embed-text-v1.5"
    QWEN3P7_PLUS = "qwen3p7-plus"
    QWEN3P8_MAX = "qwen3p8-max"
    THENLPER_GTE_BASE = "thenlper/gte-base"
    THENLPER_GTE_LARGE = "thenlper/gte-large"
    WHEREISAI_UAE_LARGE_V1 = "WhereIsAI/UAE-Large-V1"


ChatModelName: TypeAlias = Literal[
    "accounts/fireworks/models/chronos-hermes-13b-v2",
    "accounts/fireworks/models/code-llama-13b",
    "accounts/fireworks/models/code-llama-13b-instruct",
    "accounts/fireworks/models/code-llama-13b-python",
    "accounts/fireworks/models/code-llama-34b",
    "accounts/fireworks/models/code-llama-34b-instruct",
    "accounts/fireworks/models/code-llama-34b-python",
    "accounts/fireworks/models/code-llama-70b",
    "accounts/fireworks/models/code-llama-70b-instruct",
    "accounts/fireworks/models/code-llama-70b-python",
    "accounts/fireworks/models/code-llama-7b",
    "accounts/fireworks/models/code-llama-7b-instruct",
    "accounts/fireworks/models/code-llama-7b-python",
    "accounts/fireworks/models/code-qwen-1p5-7b",
    "accounts/fireworks/models/codegemma-2b",
    "accounts/fireworks/models/codegemma-7b",
    "accounts/fireworks/models/cogito-671b-v2-p1",
    "accounts/fireworks/models/cogito-v1-preview-llama-3b",
    "accounts/fireworks/models/cogito-v1-preview-llama-70b",
    "accounts/fireworks/models/cogito-v1-preview-llama-8b",
    "accounts/fireworks/models/cogito-v1-preview-qwen-14b",
    "accounts/fireworks/models/cogito-v1-preview-qwen-32b",
    "accounts/fireworks/models/dbrx-instruct",
    "accounts/fireworks/models/deepseek-coder-1b-base",
    "accounts/fireworks/models/deepseek-coder-33b-instruct",
    "accounts/fireworks/models/deepseek-coder-7b-base",
    "accounts/fireworks/models/deepseek-coder-7b-base-v1p5",
    "accounts/fireworks/models/deepseek-coder-7b-instruct-v1p5",
    "accounts/fireworks/models/deepseek-coder-v2-instruct",
    "accounts/fireworks/models/deepseek-coder-v2-lite-base",
    "accounts/fireworks/models/deepseek-coder-v2-lite-instruct",
    "accounts/fireworks/models/deepseek-prover-v2",
    "accounts/fireworks/models/deepseek-r1",
    "accounts/fireworks/models/deepseek-r1-0528",
    "accounts/fireworks/models/deepseek-r1-0528-distill-qwen3-8b",
    "accounts/fireworks/models/deepseek-r1-basic",
    "accounts/fireworks/models/deepseek-r1-distill-llama-70b",
    "accounts/fireworks/models/deepseek-r1-distill-llama-8b",
    "accounts/fireworks/models/deepseek-r1-distill-qwen-14b",
    "accounts/fireworks/models/deepseek-r1-distill-qwen-1p5b",
    "accounts/fireworks/models/deepseek-r1-distill-qwen-32b",
    "accounts/fireworks/models/deepseek-r1-distill-qwen-7b",
    "accounts/fireworks/models/deepseek-v2-lite-chat",
    "accounts/fireworks/models/deepseek-v2p5",
    "accounts/fireworks/models/deepseek-v3",
    "accounts/fireworks/models/deepseek-v3-0324",
    "accounts/fireworks/models/deepseek-v3p1",
    "accounts/fireworks/models/deepseek-v3p1-terminus",
    "accounts/fireworks/models/deepseek-v3p2",
    "accounts/fireworks/models/deepseek-v4-flash",
    "accounts/fireworks/models/deepseek-v4-flash-0731",
    "accounts/fireworks/models/deepseek-v4-flash-vision-exp",
    "accounts/fireworks/models/deepseek-v4-pro",
    "accounts/fireworks/models/deepseek-v4-pro-0813",
    "accounts/fireworks/models/deepseek-v4p1-flash",
    "accounts/fireworks/models/deepseek-v4p1-flash-1017",
    "accounts/fireworks/models/deepseek-v4p1-flash-1017-us",
    "accounts/fireworks/models/devstral-small-2505",
    "accounts/fireworks/models/dobby-mini-unhinged-plus-llama-3-1-8b",
    "accounts/fireworks/models/dobby-unhinged-llama-3-3-70b-new",
    "accounts/fireworks/models/dolphin-2-9-2-qwen2-72b",
    "accounts/fireworks/models/dolphin-2p6-mixtral-8x7b",
    "accounts/fireworks/models/ember-1",
    "accounts/fireworks/models/ernie-4p5-21b-a3b-pt",
    "accounts/fireworks/models/ernie-4p5-300b-a47b-pt",
    "accounts/fireworks/models/fare-20b",
    "accounts/fireworks/models/firefunction-v1",
    "accounts/fireworks/models/firefunction-v2",
    "accounts/fireworks/models/firellava-13b",
    "accounts/fireworks/models/firesearch-ocr-v6",
    "accounts/fireworks/models/flux-1-dev",
    "accounts/fireworks/models/flux-1-dev-controlnet-union",
    "accounts/fireworks/models/flux-1-schnell",
    "accounts/fireworks/models/gemma-2b-it",
    "accounts/fireworks/models/gemma-3-27b-it",
    "accounts/fireworks/models/gemma-7b",
    "accounts/fireworks/models/gemma-7b-it",
    "accounts/fireworks/models/gemma2-9b-it",
    "accounts/fireworks/models/glm-4p5",
    "accounts/fireworks/models/glm-4p5-air",
    "accounts/fireworks/models/glm-4p5v",
    "accounts/fireworks/models/glm-4p6",
    "accounts/fireworks/models/glm-4p7",
    "accounts/fireworks/models/glm-5p1",
    "accounts/fireworks/models/glm-5p2",
    "accounts/fireworks/models/glm-5p3",
    "accounts/fireworks/models/glm-5p3-flash",
    "accounts/fireworks/models/gpt-oss-120b",
    "accounts/fireworks/models/gpt-oss-20b",
    "accounts/fireworks/models/gpt-oss-safeguard-120b",
    "accounts/fireworks/models/gpt-oss-safeguard-20b",
    "accounts/fireworks/models/hermes-2-pro-mistral-7b",
    "accounts/fireworks/models/inkling",
    "accounts/fireworks/models/internvl3-38b",
    "accounts/fireworks/models/internvl3-78b",
    "accounts/fireworks/models/internvl3-8b",
    "accounts/fireworks/models/kat-coder",
    "accounts/fireworks/models/kat-dev-32b",
    "accounts/fireworks/models/kat-dev-72b-exp",
    "accounts/fireworks/models/kimi-k2-instruct",
    "accounts/fireworks/models/kimi-k2-instruct-0905",
    "accounts/fireworks/models/kimi-k2-thinking",
    "accounts/fireworks/models/kimi-k2p5",
    "accounts/fireworks/models/kimi-k2p6",
    "accounts/fireworks/models/kimi-k2p7-code",
    "accounts/fireworks/models/kimi-k3",
    "accounts/fireworks/models/kimi-k3p1-pro",
    "accounts/fireworks/models/llama-guard-2-8b",
    "accounts/fireworks/models/llama-guard-3-1b",
    "accounts/fireworks/models/llama-guard-3-8b",
    "accounts/fireworks/models/llama-v2-13b",
    "accounts/fireworks/models/llama-v2-13b-chat",
    "accounts/fireworks/models/llama-v2-70b",
    "accounts/fireworks/models/llama-v2-70b-chat",
    "accounts/fireworks/models/llama-v2-7b",
    "accounts/fireworks/models/llama-v2-7b-chat",
    "accounts/fireworks/models/llama-v3-70b-instruct",
    "accounts/fireworks/models/llama-v3-70b-instruct-hf",
    "accounts/fireworks/models/llama-v3-8b",
    "accounts/fireworks/models/llama-v3-8b-instruct-hf",
    "accounts/fireworks/models/llama-v3p1-405b-instruct",
    "accounts/fireworks/models/llama-v3p1-405b-instruct-long",
    "accounts/fireworks/models/llama-v3p1-70b-instruct",
    "accounts/fireworks/models/llama-v3p1-70b-instruct-1b",
    "accounts/fireworks/models/llama-v3p1-8b-instruct",
    "accounts/fireworks/models/llama-v3p1-nemotron-70b-instruct",
    "accounts/fireworks/models/llama-v3p2-11b-vision-instruct",
    "accounts/fireworks/models/llama-v3p2-1b",
    "accounts/fireworks/models/llama-v3p2-1b-instruct",
    "accounts/fireworks/models/llama-v3p2-3b",
    "accounts/fireworks/models/llama-v3p2-3b-instruct",
    "accounts/fireworks/models/llama-v3p2-90b-vision-instruct",
    "accounts/fireworks/models/llama-v3p3-70b-instruct",
    "accounts/fireworks/models/llama4-maverick-instruct-basic",
    "accounts/fireworks/models/llama4-scout-instruct-basic",
    "accounts/fireworks/models/llamaguard-7b",
    "accounts/fireworks/models/llava-yi-34b",
    "accounts/fireworks/models/minimax-m1-80k",
    "accounts/fireworks/models/minimax-m2",
    "accounts/fireworks/models/minimax-m2p1",
    "accounts/fireworks/models/minimax-m2p7",
    "accounts/fireworks/models/minimax-m3",
    "accounts/fireworks/models/minimax-m3p1-flash",
    "accounts/fireworks/models/ministral-3-14b-instruct-2512",
    "accounts/fireworks/models/ministral-3-3b-instruct-2512",
    "accounts/fireworks/models/ministral-3-8b-instruct-2512",
    "accounts/fireworks/models/mistral-7b",
    "accounts/fireworks/models/mistral-7b-instruct-4k",
    "accounts/fireworks/models/mistral-7b-instruct-v0p2",
    "accounts/fireworks/models/mistral-7b-instruct-v3",
    "accounts/fireworks/models/mistral-7b-v0p2",
    "accounts/fireworks/models/mistral-large-3-fp8",
    "accounts/fireworks/models/mistral-nemo-base-2407",
    "accounts/fireworks/models/mistral-nemo-instruct-2407",
    "accounts/fireworks/models/mistral-small-24b-instruct-2501",
    "accounts/fireworks/models/mixtral-8x22b",
    "accounts/fireworks/models/mixtral-8x22b-instruct",
    "accounts/fireworks/models/mixtral-8x22b-instruct-hf",
    "accounts/fireworks/models/mixtral-8x7b",
    "accounts/fireworks/models/mixtral-8x7b-instruct",
    "accounts/fireworks/models/mixtral-8x7b-instruct-hf",
    "accounts/fireworks/models/muse-glimmer-30b",
    "accounts/fireworks/models/muse-spark-open",
    "accounts/fireworks/models/mythomax-l2-13b",
    "accounts/fireworks/models/nemotron-3-ultra-nvfp4",
    "accounts/fireworks/models/nemotron-lightning-3p5-30b-a3b",
    "accounts/fireworks/models/nemotron-nano-v2-12b-vl",
    "accounts/fireworks/models/nous-capybara-7b-v1p9",
    "accounts/fireworks/models/nous-hermes-2-mixtral-8x7b-dpo",
    "accounts/fireworks/models/nous-hermes-2-yi-34b",
    "accounts/fireworks/models/nous-hermes-llama2-13b",
    "accounts/fireworks/models/nous-hermes-llama2-70b",
    "accounts/fireworks/models/nous-hermes-llama2-7b",
    "accounts/fireworks/models/nvidia-nemotron-nano-12b-v2",
    "accounts/fireworks/models/nvidia-nemotron-nano-9b-v2",
    "accounts/fireworks/models/openchat-3p5-0106-7b",
    "accounts/fireworks/models/openhermes-2-mistral-7b",
    "accounts/fireworks/models/openhermes-2p5-mistral-7b",
    "accounts/fireworks/models/openorca-7b",
    "accounts/fireworks/models/phi-2-3b",
    "accounts/fireworks/models/phi-3-mini-128k-instruct",
    "accounts/fireworks/models/phi-3-vision-128k-instruct",
    "accounts/fireworks/models/phind-code-llama-34b-python-v1",
    "accounts/fireworks/models/phind-code-llama-34b-v1",
    "accounts/fireworks/models/phind-code-llama-34b-v2",
    "accounts/fireworks/models/pythia-12b",
    "accounts/fireworks/models/qwen-qwq-32b-preview",
    "accounts/fireworks/models/qwen-v2p5-14b-instruct",
    "accounts/fireworks/models/qwen-v2p5-7b",
    "accounts/fireworks/models/qwen1p5-72b-chat",
    "accounts/fireworks/models/qwen2-72b-instruct",
    "accounts/fireworks/models/qwen2-7b-instruct",
    "accounts/fireworks/models/qwen2-vl-2b-instruct",
    "accounts/fireworks/models/qwen2-vl-72b-instruct",
    "accounts/fireworks/models/qwen2-vl-7b-instruct",
    "accounts/fireworks/models/qwen2p5-0p5b-instruct",
    "accounts/fireworks/models/qwen2p5-14b",
    "accounts/fireworks/models/qwen2p5-1p5b-instruct",
    "accounts/fireworks/models/qwen2p5-32b",
    "accounts/fireworks/models/qwen2p5-32b-instruct",
    "accounts/fireworks/models/qwen2p5-72b",
    "accounts/fireworks/models/qwen2p5-72b-instruct",
    "accounts/fireworks/models/qwen2p5-7b-instruct",
    "accounts/fireworks/models/qwen2p5-coder-0p5b",
    "accounts/fireworks/models/qwen2p5-coder-0p5b-instruct",
    "accounts/fireworks/models/qwen2p5-coder-14b",
    "accounts/fireworks/models/qwen2p5-coder-14b-instruct",
    "accounts/fireworks/models/qwen2p5-coder-1p5b",
    "accounts/fireworks/models/qwen2p5-coder-1p5b-instruct",
    "accounts/fireworks/models/qwen2p5-coder-32b",
    "accounts/fireworks/models/qwen2p5-coder-32b-instruct",
    "accounts/fireworks/models/qwen2p5-coder-32b-instruct-128k",
    "accounts/fireworks/models/qwen2p5-coder-32b-instruct-32k-rope",
    "accounts/fireworks/models/qwen2p5-coder-32b-instruct-64k",
    "accounts/fireworks/models/qwen2p5-coder-3b",
    "accounts/fireworks/models/qwen2p5-coder-3b-instruct",
    "accounts/fireworks/models/qwen2p5-coder-7b",
    "accounts/fireworks/models/qwen2p5-coder-7b-instruct",
    "accounts/fireworks/models/qwen2p5-math-72b-instruct",
    "accounts/fireworks/models/qwen2p5-vl-32b-instruct",
    "accounts/fireworks/models/qwen2p5-vl-3b-instruct",
    "accounts/fireworks/models/qwen2p5-vl-72b-instruct",
    "accounts/fireworks/models/qwen2p5-vl-7b-instruct",
    "accounts/fireworks/models/qwen3-0p6b",
    "accounts/fireworks/models/qwen3-14b",
    "accounts/fireworks/models/qwen3-1p7b",
    "accounts/fireworks/models/qwen3-1p7b-fp8-draft",
    "accounts/fireworks/models/qwen3-1p7b-fp8-draft-131072",
    "accounts/fireworks/models/qwen3-1p7b-fp8-draft-40960",
    "accounts/fireworks/models/qwen3-235b-a22b",
    "accounts/fireworks/models/qwen3-235b-a22b-instruct-2507",
    "accounts/fireworks/models/qwen3-235b-a22b-thinking-2507",
    "accounts/fireworks/models/qwen3-30b-a3b",
    "accounts/fireworks/models/qwen3-30b-a3b-instruct-2507",
    "accounts/fireworks/models/qwen3-30b-a3b-thinking-2507",
    "accounts/fireworks/models/qwen3-32b",
    "accounts/fireworks/models/qwen3-4b",
    "accounts/fireworks/models/qwen3-4b-instruct-2507",
    "accounts/fireworks/models/qwen3-8b",
    "accounts/fireworks/models/qwen3-coder-30b-a3b-instruct",
    "accounts/fireworks/models/qwen3-coder-480b-a35b-instruct",
    "accounts/fireworks/models/qwen3-coder-480b-instruct-bf16",
    "accounts/fireworks/models/qwen3-next-80b-a3b-instruct",
    "accounts/fireworks/models/qwen3-next-80b-a3b-thinking",
    "accounts/fireworks/models/qwen3-vl-235b-a22b-instruct",
    "accounts/fireworks/models/qwen3-vl-235b-a22b-thinking",
    "accounts/fireworks/models/qwen3-vl-30b-a3b-instruct",
    "accounts/fireworks/models/qwen3-vl-30b-a3b-thinking",
    "accounts/fireworks/models/qwen3-vl-32b-instruct",
    "accounts/fireworks/models/qwen3-vl-8b-instruct",
    "accounts/fireworks/models/qwen3p7-plus",
    "accounts/fireworks/models/qwen3p8-max",
    "accounts/fireworks/models/qwq-32b",
    "accounts/fireworks/models/rolm-ocr",
    "accounts/fireworks/models/snorkel-mistral-7b-pairrm-dpo",
    "accounts/fireworks/models/stablecode-3b",
    "accounts/fireworks/models/starcoder-16b",
    "accounts/fireworks/models/starcoder-7b",
    "accounts/fireworks/models/starcoder2-15b",
    "accounts/fireworks/models/starcoder2-3b",
    "accounts/fireworks/models/starcoder2-7b",
    "accounts/fireworks/models/toppy-m-7b",
    "accounts/fireworks/models/ultramarine-1-flash-us",
    "accounts/fireworks/models/yi-34b",
    "accounts/fireworks/models/yi-34b-200k-capybara",
    "accounts/fireworks/models/yi-34b-chat",
    "accounts/fireworks/models/yi-6b",
    "accounts/fireworks/models/yi-large",
    "accounts/fireworks/models/zephyr-7b-beta",
    "accounts/fireworks/routers/auto",
    "accounts/fireworks/routers/auto-instant",
    "accounts/fireworks/routers/deepseek-v4p1-flash-1017-spot",
    "accounts/fireworks/routers/deepseek-v4p1-flash-1017-ultrafast",
    "accounts/fireworks/routers/deepseek-v4p1-flash-spot",
    "accounts/fireworks/routers/deepseek-v4p1-flash-us",
    "accounts/fireworks/routers/firerouter",
    "accounts/fireworks/routers/glm-5p1-fast",
    "accounts/fireworks/routers/glm-5p2-fast",
    "accounts/fireworks/routers/glm-5p2-fast-us",
    "accounts/fireworks/routers/glm-5p3-fast",
    "accounts/fireworks/routers/glm-5p3-flash-us",
    "accounts/fireworks/routers/glm-5p3-spot",
    "accounts/fireworks/routers/glm-5p3-us",
    "accounts/fireworks/routers/kimi-k2p6-fast",
    "accounts/fireworks/routers/kimi-k2p6-turbo",
    "accounts/fireworks/routers/kimi-k2p7-code-fast",
    "accounts/fireworks/routers/kimi-k3-fast",
    "accounts/fireworks/routers/kimi-k3-spot",
    "accounts/fireworks/routers/kimi-k3-us",
    "accounts/fireworks/routers/spot-deepseek-v4-flash",
    "deepseek-v4-flash",
    "deepseek-v4-flash-0731",
    "deepseek-v4-flash-vision-exp",
    "deepseek-v4-pro-0813",
    "deepseek-v4p1-flash",
    "deepseek-v4p1-flash-us",
    "glm-4p7",
    "glm-5p1",
    "glm-5p1-fast",
    "glm-5p2",
    "glm-5p2-fast",
    "glm-5p2-fast-us",
    "glm-5p3",
    "glm-5p3-fast",
    "glm-5p3-flash",
    "glm-5p3-flash-us",
    "glm-5p3-us",
    "gpt-oss-120b",
    "gpt-oss-20b",
    "kimi-k2p5",
    "kimi-k2p6",
    "kimi-k2p6-fast",
    "kimi-k2p7-code",
    "kimi-k2p7-code-fast",
    "kimi-k3",
    "kimi-k3-fast",
    "kimi-k3-us",
    "minimax-m2p1",
    "minimax-m3",
    "muse-glimmer-30b",
    "nemotron-3-ultra-nvfp4",
    "nemotron-lightning-3p5-30b-a3b",
    "qwen3p7-plus",
    "qwen3p8-max",
]
EmbeddingModelName: TypeAlias = Literal[
    "WhereIsAI/UAE-Large-V1",
    "accounts/fireworks/models/qwen3-embedding-0p6b",
    "accounts/fireworks/models/qwen3-embedding-4b",
    "accounts/fireworks/models/qwen3-embedding-8b",
    "nomic-ai/nomic-embed-text-v1",
    "nomic-ai/nomic-embed-text-v1.5",
    "thenlper/gte-base",
    "thenlper/gte-large",
]
RerankModelName: TypeAlias = Literal[
    "accounts/fireworks/models/qwen3-reranker-0p6b",
    "accounts/fireworks/models/qwen3-reranker-4b",
    "accounts/fireworks/models/qwen3-reranker-8b",
]
TranscriptionModelName: TypeAlias = Literal[
    "accounts/fireworks/models/fireworks-asr-large", "accounts/fireworks/models/fireworks-asr-v2"
]
ImageModelName: TypeAlias = Literal[
    "accounts/fireworks/models/SSD-1B",
    "accounts/fireworks/models/flux-1-dev-fp8",
    "accounts/fireworks/models/flux-1-schnell-fp8",
    "accounts/fireworks/models/flux-kontext-max",
    "accounts/fireworks/models/flux-kontext-pro",
    "accounts/fireworks/models/japanese-stable-diffusion-xl",
    "accounts/fireworks/models/playground-v2-1024px-aesthetic",
    "accounts/fireworks/models/playground-v2-5-1024px-aesthetic",
    "accounts/fireworks/models/stable-diffusion-xl-1024-v1-0",
]
ModelName: TypeAlias = ChatModelName | EmbeddingModelName | RerankModelName | TranscriptionModelName | ImageModelName
