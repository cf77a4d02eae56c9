# Generated from specs/providers/together.toml and cache/together.json; do not edit. Run: fluent-ai generate
"""Model ids of Together. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Together: equal to its id."""

    __provider__ = "together"
    AGENTICA_ORG_DEEPCODER_14B_PREVIEW = "agentica-org/DeepCoder-14B-Preview"
    ALIBABA_HAPPYHORSE_1_0_I2V = "alibaba/happyhorse-1.0-i2v"
    ALIBABA_HAPPYHORSE_1_0_R2V = "alibaba/happyhorse-1.0-r2v"
    ALIBABA_HAPPYHORSE_1_0_T2V = "alibaba/happyhorse-1.0-t2v"
    ALIBABA_HAPPYHORSE_1_1_I2V = "alibaba/happyhorse-1.1-i2v"
    ALIBABA_HAPPYHORSE_1_1_R2V = "alibaba/happyhorse-1.1-r2v"
    ALIBABA_HAPPYHORSE_1_1_T2V = "alibaba/happyhorse-1.1-t2v"
    ALLENAI_MOLMO_7B_D_0924 = "allenai/Molmo-7B-D-0924"
    ARCEE_AI_TRINITY_MINI = "arcee-ai/trinity-mini"
    ARIZE_AI_QWEN_2_1_5B_INSTRUCT = "arize-ai/qwen-2-1.5b-instruct"
    BAAI_BGE_BASE_EN_V1_5 = "BAAI/bge-base-en-v1.5"
    BLACK_FOREST_LABS_FLUX_1_1_PRO = "black-forest-labs/FLUX.1.1-pro"
    BLACK_FOREST_LABS_FLUX_1_KONTEXT_MAX = "black-forest-labs/FLUX.1-kontext-max"
    BLACK_FOREST_LABS_FLUX_1_KONTEXT_PRO = "black-forest-labs/FLUX.1-kontext-pro"
    BLACK_FOREST_LABS_FLUX_1_SCHNELL = "black-forest-labs/FLUX.1-schnell"
    BLACK_FOREST_LABS_FLUX_2_DEV = "black-forest-labs/FLUX.2-dev"
    BLACK_FOREST_LABS_FLUX_2_FLEX = "black-forest-labs/FLUX.2-flex"
    BLACK_FOREST_LABS_FLUX_2_MAX = "black-forest-labs/FLUX.2-max"
    BLACK_FOREST_LABS_FLUX_2_PRO = "black-forest-labs/FLUX.2-pro"
    BLACK_FOREST_LABS_FLUX_3 = "black-forest-labs/FLUX-3"
    BYTEDANCE_SEEDANCE_1_0_LITE = "ByteDance/Seedance-1.0-lite"
    BYTEDANCE_SEEDANCE_1_0_PRO = "ByteDance/Seedance-1.0-pro"
    BYTEDANCE_SEEDANCE_2_0 = "ByteDance/Seedance-2.0"
    BYTEDANCE_SEEDANCE_2_5 = "ByteDance/Seedance-2.5"
    BYTEDANCE_SEEDREAM_5_0_LITE = "ByteDance/Seedream-5.0-lite"
    BYTEDANCE_SEED_SEEDREAM_3_0 = "ByteDance-Seed/Seedream-3.0"
    BYTEDANCE_SEED_SEEDREAM_4_0 = "ByteDance-Seed/Seedream-4.0"
    CANOPYLABS_ORPHEUS_3B_0_1_FT = "canopylabs/orpheus-3b-0.1-ft"
    CARTESIA_SONIC = "cartesia/sonic"
    CARTESIA_SONIC_2 = "cartesia/sonic-2"
    CARTESIA_SONIC_3 = "cartesia/sonic-3"
    CARTESIA_SONIC_3_5 = "cartesia/sonic-3.5"
    DEEPCOGITO_COGITO_V1_PREVIEW_LLAMA_70B = "deepcogito/cogito-v1-preview-llama-70B"
    DEEPCOGITO_COGITO_V1_PREVIEW_LLAMA_70B_TURBO = "deepcogito/cogito-v1-preview-llama-70B-Turbo"
    DEEPCOGITO_COGITO_V1_PREVIEW_LLAMA_8B = "deepcogito/cogito-v1-preview-llama-8B"
    DEEPCOGITO_COGITO_V1_PREVIEW_QWEN_14B = "deepcogito/cogito-v1-preview-qwen-14B"
    DEEPCOGITO_COGITO_V1_PREVIEW_QWEN_32B = "deepcogito/cogito-v1-preview-qwen-32B"
    DEEPCOGITO_COGITO_V2_1_671B = "deepcogito/cogito-v2-1-671b"
    DEEPGRAM_AURA_2 = "deepgram/aura-2"
    DEEPGRAM_FLUX = "deepgram/flux"
    DEEPGRAM_NOVA_3_EN = "deepgram/nova-3-en"
    DEEPGRAM_NOVA_3_MULTI = "deepgram/nova-3-multi"
    DEEPSEEK_AI_DEEPSEEK_CODER_33B_INSTRUCT = "deepseek-ai/deepseek-coder-33b-instruct"
    DEEPSEEK_AI_DEEPSEEK_OCR_2 = "deepseek-ai/DeepSeek-OCR-2"
    DEEPSEEK_AI_DEEPSEEK_R1_0528 = "deepseek-ai/DeepSeek-R1-0528"
    DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_LLAMA_70B = "deepseek-ai/DeepSeek-R1-Distill-Llama-70B"
    DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_QWEN_14B = "deepseek-ai/DeepSeek-R1-Distill-Qwen-14B"
    DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_QWEN_1_5B = "deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B"
    DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_QWEN_7B = "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B"
    DEEPSEEK_AI_DEEPSEEK_V3_1 = "deepseek-ai/DeepSeek-V3.1"  # retires on 2026-05-14
    DEEPSEEK_AI_DEEPSEEK_V4_FLASH_0731 = "deepseek-ai/DeepSeek-V4-Flash-0731"  # retires on 2026-10-22
    DEEPSEEK_AI_DEEPSEEK_V4_PRO = "deepseek-ai/DeepSeek-V4-Pro"
    DEEPSEEK_AI_DEEPSEEK_V4_PRO_0813 = "deepseek-ai/DeepSeek-V4-Pro-0813"
    FACEBOOK_CWM = "facebook/cwm"
    GOOGLE_FLASH_IMAGE_2_5 = "google/flash-image-2.5"
    GOOGLE_FLASH_IMAGE_3_1 = "google/flash-image-3.1"
    GOOGLE_FLASH_IMAGE_3_1_LITE = "google/flash-image-3.1-lite"
    GOOGLE_GEMINI_3_PRO_IMAGE = "google/gemini-3-pro-image"
    GOOGLE_GEMMA_2B_IT = "google/gemma-2b-it"
    GOOGLE_GEMMA_2_27B_IT = "google/gemma-2-27b-it"
    GOOGLE_GEMMA_2_9B_IT = "google/gemma-2-9b-it"
    GOOGLE_GEMMA_3N_E4B_IT = "google/gemma-3n-E4B-it"
    GOOGLE_GEMMA_3_1B_IT = "google/gemma-3-1b-it"
    GOOGLE_GEMMA_3_1B_PT = "google/gemma-3-1b-pt"
    GOOGLE_GEMMA_3_270M_IT = "google/gemma-3-270m-it"
    GOOGLE_GEMMA_3_270M_IT_LORA = "google/gemma-3-270m-it-lora"
    GOOGLE_GEMMA_3_27B_IT = "google/gemma-3-27b-it"
    GOOGLE_GEMMA_3_27B_IT_LORA = "google/gemma-3-27b-it-lora"
    GOOGLE_GEMMA_3_27B_PT = "google/gemma-3-27b-pt"
    GOOGLE_GEMMA_3_4B_IT = "google/gemma-3-4b-it"
    GOOGLE_GEMMA_4_12B_IT = "google/gemma-4-12B-it"
    GOOGLE_GEMMA_4_26B_A4B_IT = "google/gemma-4-26B-A4B-it"
    GOOGLE_GEMMA_4_31B_IT = "google/gemma-4-31B-it"  # retires on 2026-09-15
    GOOGLE_GEMMA_4_31B_IT_LORA = "google/gemma-4-31B-it-lora"
    GOOGLE_GEMMA_4_E2B_IT = "google/gemma-4-E2B-it"
    GOOGLE_GEMMA_4_E4B_IT = "google/gemma-4-E4B-it"
    GOOGLE_IMAGEN_4_0_FAST = "google/imagen-4.0-fast"
    GOOGLE_IMAGEN_4_0_PREVIEW = "google/imagen-4.0-preview"
    GOOGLE_IMAGEN_4_0_ULTRA = "google/imagen-4.0-ultra"
    GOOGLE_MEDGEMMA_27B_TEXT_IT = "google/medgemma-27b-text-it"
    GOOGLE_VEO_2_0 = "google/veo-2.0"
    GOOGLE_VEO_3_0 = "google/veo-3.0"
    GOOGLE_VEO_3_0_AUDIO = "google/veo-3.0-audio"
    GOOGLE_VEO_3_0_FAST = "google/veo-3.0-fast"
    GOOGLE_VEO_3_0_FAST_AUDIO = "google/veo-3.0-fast-audio"
    GOOGLE_VEO_3_1 = "google/veo-3.1"
    GOOGLE_VEO_3_1_LITE = "google/veo-3.1-lite"
    GOOGLE_VEO_3_1_TEST_DEBUG = "google/veo-3.1-test-debug"
    HAPPYHORSE_HAPPYHORSE_1_0_T2V = "HappyHorse/HappyHorse-1.0-T2V"
    HCOMPANY_HOLO3_35B_A3B = "Hcompany/Holo3-35B-A3B"
    HEXGRAD_KOKORO_82M = "hexgrad/Kokoro-82M"
    IDEOGRAM_IDEOGRAM_3_0 = "ideogram/ideogram-3.0"
    IDEOGRAM_IDEOGRAM_4_0 = "ideogram/ideogram-4.0"
    INTFLOAT_MULTILINGUAL_E5_LARGE_INSTRUCT = "intfloat/multilingual-e5-large-instruct"
    KWAIVGI_KLING_1_6_STANDARD = "kwaivgI/kling-1.6-standard"
    KWAIVGI_KLING_2_1_MASTER = "kwaivgI/kling-2.1-master"
    KWAIVGI_KLING_2_1_PRO = "kwaivgI/kling-2.1-pro"
    KWAIVGI_KLING_2_1_STANDARD = "kwaivgI/kling-2.1-standard"
    LIQUIDAI_LFM2_5_8B_A1B = "LiquidAI/LFM2.5-8B-A1B"
    META_LLAMA_LLAMA_2_7B_CHAT_HF = "meta-llama/Llama-2-7b-chat-hf"
    META_LLAMA_LLAMA_3_1_405B = "meta-llama/Llama-3.1-405B"
    META_LLAMA_LLAMA_3_1_405B_INSTRUCT = "meta-llama/Llama-3.1-405B-Instruct"
    META_LLAMA_LLAMA_3_2_1B = "meta-llama/Llama-3.2-1B"
    META_LLAMA_LLAMA_3_2_1B_INSTRUCT = "meta-llama/Llama-3.2-1B-Instruct"
    META_LLAMA_LLAMA_3_2_3B = "meta-llama/Llama-3.2-3B"
    META_LLAMA_LLAMA_3_2_3B_INSTRUCT = "meta-llama/Llama-3.2-3B-Instruct"
    META_LLAMA_LLAMA_3_3_70B_INSTRUCT = "meta-llama/Llama-3.3-70B-Instruct"
    META_LLAMA_LLAMA_3_3_70B_INSTRUCT_FP8_LORA = "meta-llama/Llama-3.3-70B-Instruct-FP8-Lora"
    META_LLAMA_LLAMA_3_3_70B_INSTRUCT_TURBO = "meta-llama/Llama-3.3-70B-Instruct-Turbo"  # retires on 2026-10-22
    META_LLAMA_LLAMA_3_8B_CHAT_HF = "meta-llama/Llama-3-8b-chat-hf"
    META_LLAMA_LLAMA_4_MAVERICK_17B_128E_INSTRUCT_FP4 = "meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP4"
    META_LLAMA_LLAMA_4_SCOUT_17B_16E = "meta-llama/Llama-4-Scout-17B-16E"
    META_LLAMA_LLAMA_4_SCOUT_17B_16E_INSTRUCT = "meta-llama/Llama-4-Scout-17B-16E-Instruct"  # retires on 2026-02-06
    META_LLAMA_LLAMA_4_SCOUT_17B_16E_INSTRUCT_FP8_LORA = "meta-llama/Llama-4-Scout-17B-16E-Instruct-FP8-Lora"
    META_LLAMA_LLAMA_GUARD_4_12B = "meta-llama/Llama-Guard-4-12B"
    META_LLAMA_META_LLAMA_3_1_70B = "meta-llama/Meta-Llama-3.1-70B"
    META_LLAMA_META_LLAMA_3_1_70B_INSTRUCT_TURBO = (
        "meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo"  # retires on 2026-02-25
    )
    META_LLAMA_META_LLAMA_3_1_8B = "meta-llama/Meta-Llama-3.1-8B"
    META_LLAMA_META_LLAMA_3_1_8B_INSTRUCT_TURBO = "meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo"  # retires on 2026-03-06
    META_LLAMA_META_LLAMA_3_70B_INSTRUCT_TURBO = "meta-llama/Meta-Llama-3-70B-Instruct-Turbo"
    META_LLAMA_META_LLAMA_3_8B_INSTRUCT = "meta-llama/Meta-Llama-3-8B-Instruct"
    META_MODELS_MUSE_GLIMMER_30B = "meta-models/Muse-Glimmer-30B"
    MINIMAXAI_MINIMAX_M1_40K = "MiniMaxAI/MiniMax-M1-40k"
    MINIMAXAI_MINIMAX_M1_80K = "MiniMaxAI/MiniMax-M1-80k"
    MINIMAXAI_MINIMAX_M2 = "MiniMaxAI/MiniMax-M2"
    MINIMAXAI_MINIMAX_M2_5_FP4 = "MiniMaxAI/MiniMax-M2.5-FP4"
    MINIMAXAI_MINIMAX_M2_7 = "MiniMaxAI/MiniMax-M2.7"
    MINIMAXAI_MINIMAX_M3 = "MiniMaxAI/MiniMax-M3"  # retires on 2026-11-06
    MINIMAX_HAILUO_02 = "minimax/hailuo-02"
    MINIMAX_SPEECH_2_6_TURBO = "minimax/speech-2.6-turbo"
    MINIMAX_SPEECH_2_8_TURBO = "minimax/speech-2.8-turbo"
    MINIMAX_VIDEO_01_DIRECTOR = "minimax/video-01-director"
    MISTRALAI_DEVSTRAL_SMALL_2505 = "mistralai/Devstral-Small-2505"
    MISTRALAI_MAGISTRAL_SMALL_2506 = "mistralai/Magistral-Small-2506"
    MISTRALAI_MINISTRAL_3_14B_INSTRUCT_2512 = "mistralai/Ministral-3-14B-Instruct-2512"
    MISTRALAI_MISTRAL_7B_INSTRUCT_V0_1 = "mistralai/Mistral-7B-Instruct-v0.1"
    MISTRALAI_MISTRAL_7B_INSTRUCT_V0_3 = "mistralai/Mistral-7B-Instruct-v0.3"
    MISTRALAI_MISTRAL_7B_V0_1 = "mistralai/Mistral-7B-v0.1"
    MISTRALAI_MISTRAL_SMALL_24B_INSTRUCT_2501 = "mistralai/Mistral-Small-24B-Instruct-2501"  # retires on 2026-04-02
    MISTRALAI_MIXTRAL_8X22B_INSTRUCT_V0_1 = "mistralai/Mixtral-8x22B-Instruct-v0.1"
    MISTRALAI_MIXTRAL_8X7B_INSTRUCT_V0_1 = "mistralai/Mixtral-8x7B-Instruct-v0.1"  # retires on 2026-04-16
    MISTRALAI_MIXTRAL_8X7B_INSTRUCT_V0_1_FP8_LORA = "mistralai/Mixtral-8x7B-Instruct-v0.1-FP8-Lora"
    MISTRALAI_MIXTRAL_8X7B_V0_1 = "mistralai/Mixtral-8x7B-v0.1"
    MIXEDBREAD_AI_MXBAI_RERANK_LARGE_V2 = "mixedbread-ai/mxbai-rerank-large-v2"
    MOONSHOTAI_KIMI_K2_5_FP4 = "moonshotai/Kimi-K2.5-fp4"
    MOONSHOTAI_KIMI_K2_6 = "moonshotai/Kimi-K2.6"  # retires on 2026-08-19
    MOONSHOTAI_KIMI_K2_7_CODE = "moonshotai/Kimi-K2.7-Code"  # retires on 2026-08-27
    MOONSHOTAI_KIMI_K3 = "moonshotai/Kimi-K3"
    NIM_META_LLAMA_3_1_70B_INSTRUCT = "nim/meta/llama-3.1-70b-instruct"
    NIM_META_LLAMA_3_1_8B_INSTRUCT = "nim/meta/llama-3.1-8b-instruct"
    NIM_META_LLAMA_3_2_11B_VISION_INSTRUCT = "nim/meta/llama-3.2-11b-vision-instruct"
    NIM_META_LLAMA_3_2_90B_VISION_INSTRUCT = "nim/meta/llama-3.2-90b-vision-instruct"
    NIM_META_LLAMA_3_3_70B_INSTRUCT = "nim/meta/llama-3.3-70b-instruct"
    NIM_MISTRALAI_MIXTRAL_8X22B_INSTRUCT_V01 = "nim/mistralai/mixtral-8x22b-instruct-v01"
    NIM_MISTRALAI_MIXTRAL_8X7B_INSTRUCT_V01 = "nim/mistralai/mixtral-8x7b-instruct-v01"
    NIM_NVIDIA_LLAMA_3_1_NEMOTRON_70B_INSTRUCT = "nim/nvidia/llama-3.1-nemotron-70b-instruct"
    NIM_NVIDIA_LLAMA_3_3_NEMOTRON_SUPER_49B_V1 = "nim/nvidia/llama-3.3-nemotron-super-49b-v1"
    NIM_NV_MISTRALAI_MISTRAL_NEMO_12B_INSTRUCT = "nim/nv-mistralai/mistral-nemo-12b-instruct"
    NOUSRESEARCH_NOUS_HERMES_2_MIXTRAL_8X7B_DPO = "NousResearch/Nous-Hermes-2-Mixtral-8x7B-DPO"
    NVIDIA_LLAMA_3_1_NEMOTRON_70B_INSTRUCT_HF = "nvidia/Llama-3.1-Nemotron-70B-Instruct-HF"
    NVIDIA_NEMOTRON_3_5_ASR_STREAMING_0_6B = "nvidia/nemotron-3.5-asr-streaming-0.6b"
    NVIDIA_NEMOTRON_3_ASR_STREAMING_0_6B = "nvidia/nemotron-3-asr-streaming-0.6b"
    NVIDIA_NEMOTRON_3_NANO_OMNI_30B_A3B_REASONING_FP8 = "nvidia/nemotron-3-nano-omni-30b-a3b-reasoning-fp8"
    NVIDIA_NEMOTRON_3_ULTRA_550B_A55B = "nvidia/nemotron-3-ultra-550b-a55b"  # retires on 2026-08-27
    NVIDIA_NVIDIA_NEMOTRON_3_NANO_30B_A3B_BF16 = "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16"
    NVIDIA_NVIDIA_NEMOTRON_3_SUPER_120B_A12B_BF16 = "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B-BF16"
    NVIDIA_NVIDIA_NEMOTRON_3_SUPER_120B_A12B_FP8 = "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B-FP8"
    NVIDIA_NVIDIA_NEMOTRON_NANO_9B_V2 = "nvidia/NVIDIA-Nemotron-Nano-9B-v2"  # retires on 2026-02-25
    NVIDIA_PARAKEET_TDT_0_6B_V3 = "nvidia/parakeet-tdt-0.6b-v3"
    OPENAI_GPT_IMAGE_1_5 = "openai/gpt-image-1.5"
    OPENAI_GPT_IMAGE_2 = "openai/gpt-image-2"
    OPENAI_GPT_OSS_120B = "openai/gpt-oss-120b"
    OPENAI_GPT_OSS_20B = "openai/gpt-oss-20b"  # retires on 2026-09-15
    OPENAI_SORA_2 = "openai/sora-2"
    OPENAI_SORA_2_PRO = "openai/sora-2-pro"
    OPENAI_WHISPER_LARGE_V3 = "openai/whisper-large-v3"
    PEARL_AI_GEMMA_4_31B_IT = "pearl-ai/gemma-4-31b-it"
    PIXVERSE_PIXVERSE_V5 = "pixverse/pixverse-v5"
    PIXVERSE_PIXVERSE_V5_6 = "pixverse/pixverse-v5.6"
    PIXVERSE_PIXVERSE_V6 = "pixverse/pixverse-v6"
    PRISM_ML_TERNARY_BONSAI_27B = "Prism-ML/Ternary-Bonsai-27B"
    PRUNAAI_P_IMAGE_IDEOGRAM = "prunaai/p-image-ideogram"
    QWEN_QWEN2_1_5B = "Qwen/Qwen2-1.5B"
    QWEN_QWEN2_1_5B_INSTRUCT = "Qwen/Qwen2-1.5B-Instruct"
    QWEN_QWEN2_5_14B = "Qwen/Qwen2.5-14B"
    QWEN_QWEN2_5_14B_INSTRUCT = "Qwen/Qwen2.5-14B-Instruct"
    QWEN_QWEN2_5_1_5B = "Qwen/Qwen2.5-1.5B"
    QWEN_QWEN2_5_1_5B_INSTRUCT = "Qwen/Qwen2.5-1.5B-Instruct"
    QWEN_QWEN2_5_32B = "Qwen/Qwen2.5-32B"
    QWEN_QWEN2_5_32B_INSTRUCT = "Qwen/Qwen2.5-32B-Instruct"
    QWEN_QWEN2_5_3B_INSTRUCT = "Qwen/Qwen2.5-3B-Instruct"
    QWEN_QWEN2_5_72B = "Qwen/Qwen2.5-72B"
    QWEN_QWEN2_5_72B_INSTRUCT = "Qwen/Qwen2.5-72B-Instruct"
    QWEN_QWEN2_5_72B_INSTRUCT_TURBO = "Qwen/Qwen2.5-72B-Instruct-Turbo"  # retires on 2026-02-06
    QWEN_QWEN2_5_7B = "Qwen/Qwen2.5-7B"
    QWEN_QWEN2_5_7B_INSTRUCT = "Qwen/Qwen2.5-7B-Instruct"
    QWEN_QWEN2_5_7B_INSTRUCT_TURBO = "Qwen/Qwen2.5-7B-Instruct-Turbo"
    QWEN_QWEN2_5_CODER_32B_INSTRUCT = "Qwen/Qwen2.5-Coder-32B-Instruct"
    QWEN_QWEN2_5_VL_72B_INSTRUCT = "Qwen/Qwen2.5-VL-72B-Instruct"  # retires on 2026-01-05
    QWEN_QWEN2_72B = "Qwen/Qwen2-72B"
    QWEN_QWEN2_72B_INSTRUCT = "Qwen/Qwen2-72B-Instruct"
    QWEN_QWEN2_7B = "Qwen/Qwen2-7B"
    QWEN_QWEN2_VL_72B_INSTRUCT = "Qwen/Qwen2-VL-72B-Instruct"
    QWEN_QWEN3_0_6B = "Qwen/Qwen3-0.6B"
    QWEN_QWEN3_0_6B_BASE = "Qwen/Qwen3-0.6B-Base"
    QWEN_QWEN3_14B = "Qwen/Qwen3-14B"
    QWEN_QWEN3_14B_BASE = "Qwen/Qwen3-14B-Base"
    QWEN_QWEN3_1_7B = "Qwen/Qwen3-1.7B"
    QWEN_QWEN3_1_7B_BASE = "Qwen/Qwen3-1.7B-Base"
    QWEN_QWEN3_235B_A22B_INSTRUCT_2507_FP8 = "Qwen/Qwen3-235B-A22B-Instruct-2507-FP8"
    QWEN_QWEN3_30B_A3B = "Qwen/Qwen3-30B-A3B"
    QWEN_QWEN3_30B_A3B_BASE = "Qwen/Qwen3-30B-A3B-Base"
    QWEN_QWEN3_30B_A3B_INSTRUCT_2507_LORA = "Qwen/Qwen3-30B-A3B-Instruct-2507-Lora"
    QWEN_QWEN3_32B = "Qwen/Qwen3-32B"
    QWEN_QWEN3_4B_BASE = "Qwen/Qwen3-4B-Base"
    QWEN_QWEN3_4B_INSTRUCT_2507 = "Qwen/Qwen3-4B-Instruct-2507"
    QWEN_QWEN3_5_122B_A10B_FP8 = "Qwen/Qwen3.5-122B-A10B-FP8"
    QWEN_QWEN3_5_2B_LORA = "Qwen/Qwen3.5-2B-Lora"
    QWEN_QWEN3_5_35B_A3B = "Qwen/Qwen3.5-35B-A3B"
    QWEN_QWEN3_5_35B_A3B_LORA = "Qwen/Qwen3.5-35B-A3B-Lora"
    QWEN_QWEN3_5_397B_A17B = "Qwen/Qwen3.5-397B-A17B"  # retires on 2026-06-29
    QWEN_QWEN3_5_9B = "Qwen/Qwen3.5-9B"
    QWEN_QWEN3_5_9B_FP8 = "Qwen/Qwen3.5-9B-FP8"
    QWEN_QWEN3_6_35B_A3B_FP8 = "Qwen/Qwen3.6-35B-A3B-FP8"
    QWEN_QWEN3_6_35B_A3B_LORA = "Qwen/Qwen3.6-35B-A3B-Lora"
    QWEN_QWEN3_6_PLUS = "Qwen/Qwen3.6-Plus"
    QWEN_QWEN3_7_MAX = "Qwen/Qwen3.7-Max"
    QWEN_QWEN3_7_PLUS = "Qwen/Qwen3.7-Plus"
    QWEN_QWEN3_8B = "Qwen/Qwen3-8B"
    QWEN_QWEN3_8B_BASE = "Qwen/Qwen3-8B-Base"
    QWEN_QWEN3_8B_LORA = "Qwen/Qwen3-8B-Lora"
    QWEN_QWEN3_8_2_4T_A95B = "Qwen/Qwen3.8-2.4T-A95B"  # retires on 2026-11-04
    QWEN_QWEN3_CODER_30B_A3B_INSTRUCT = "Qwen/Qwen3-Coder-30B-A3B-Instruct"
    QWEN_QWEN3_CODER_480B_A35B_INSTRUCT_FP8 = "Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8"  # retires on 2026-06-04
    QWEN_QWEN3_CODER_NEXT_FP8 = "Qwen/Qwen3-Coder-Next-FP8"  # retires on 2026-05-14
    QWEN_QWEN3_NEXT_80B_A3B_INSTRUCT = "Qwen/Qwen3-Next-80B-A3B-Instruct"  # retires on 2026-04-02
    QWEN_QWEN3_NEXT_80B_A3B_INSTRUCT_FP8 = "Qwen/Qwen3-Next-80B-A3B-Instruct-FP8"
    QWEN_QWEN3_NEXT_80B_A3B_THINKING = "Qwen/Qwen3-Next-80B-A3B-Thinking"  # retires on 2026-02-25
    QWEN_QWEN3_VL_235B_A22B_INSTRUCT_FP8 = "Qwen/Qwen3-VL-235B-A22B-Instruct-FP8"
    QWEN_QWEN3_VL_32B_INSTRUCT = "Qwen/Qwen3-VL-32B-Instruct"  # retires on 2026-02-25
    QWEN_QWEN3_VL_8B_INSTRUCT = "Qwen/Qwen3-VL-8B-Instruct"  # retires on 2026-04-16
    QWEN_QWEN_IMAGE = "Qwen/Qwen-Image"
    QWEN_QWEN_IMAGE_2_0 = "Qwen/Qwen-Image-2.0"
    QWEN_QWEN_IMAGE_2_0_PRO = "Qwen/Qwen-Image-2.0-Pro"
    QWEN_QWQ_32B = "Qwen/QwQ-32B"
    RIME_LABS_RIME_ARCANA_V2 = "rime-labs/rime-arcana-v2"
    RIME_LABS_RIME_ARCANA_V3 = "rime-labs/rime-arcana-v3"
    RIME_LABS_RIME_ARCANA_V3_TURBO = "rime-labs/rime-arcana-v3-turbo"
    RIME_LABS_RIME_MIST_V2 = "rime-labs/rime-mist-v2"
    RIME_LABS_RIME_MIST_V3 = "rime-labs/rime-mist-v3"
    RIME_LABS_RIME_MIST_V3_OMNI = "rime-labs/rime-mist-v3-omni"
    RUNDIFFUSION_JUGGERNAUT_LIGHTNING_FLUX = "Rundiffusion/Juggernaut-Lightning-Flux"
    RUNDIFFUSION_JUGGERNAUT_PRO_FLUX = "RunDiffusion/Juggernaut-pro-flux"
    SALESFORCE_LLAMA_RANK_V1 = "Salesforce/Llama-Rank-V1"  # retires on 2026-02-06
    SARVAMAI_SARVAM_M = "sarvamai/sarvam-m"
    STABILITYAI_STABLE_DIFFUSION_XL_BASE_1_0 = "stabilityai/stable-diffusion-xl-base-1.0"
    THINKINGMACHINES_INKLING = "thinkingmachines/Inkling"  # retires on 2026-11-06
    THINKINGMACHINES_INKLING_SMALL = "thinkingmachines/Inkling-Small"
    TOGETHERCOMPUTER_ESSENTIALAI_RNJ_1_INSTRUCT = "togethercomputer/EssentialAI-RNJ-1-Instruct"
    TOGETHERCOMPUTER_META_LLAMA_3_1_8B_INSTRUCT_AWQ_INT4 = "togethercomputer/meta-llama-3.1-8B-Instruct-AWQ-INT4"
    VIDU_VIDU_2_0 = "vidu/vidu-2.0"
    VIDU_VIDU_Q1 = "vidu/vidu-q1"
    VIDU_VIDU_Q3 = "vidu/vidu-q3"
    VIDU_VIDU_Q3_TURBO = "vidu/vidu-q3-turbo"
    WAN_AI_WAN2_6_IMAGE = "Wan-AI/Wan2.6-image"
    WAN_AI_WAN2_7_I2V = "Wan-AI/wan2.7-i2v"
    WAN_AI_WAN2_7_R2V = "Wan-AI/wan2.7-r2v"
    WAN_AI_WAN2_7_T2V = "Wan-AI/wan2.7-t2v"
    ZAI_ORG_GLM_4_5V = "zai-org/GLM-4.5V"
    ZAI_ORG_GLM_4_5_AIR_FP8 = "zai-org/GLM-4.5-Air-FP8"  # retires on 2026-04-02
    ZAI_ORG_GLM_4_6 = "zai-org/GLM-4.6"
    ZAI_ORG_GLM_4_7 = "zai-org/GLM-4.7"  # retires on 2026-04-02
    ZAI_ORG_GLM_4_7_FP4 = "zai-org/GLM-4.7-fp4"
    ZAI_ORG_GLM_4_7_FP8 = "zai-org/GLM-4.7-FP8"
    ZAI_ORG_GLM_5 = "zai-org/GLM-5"  # retires on 2026-06-22
    ZAI_ORG_GLM_5_1 = "zai-org/GLM-5.1"  # retires on 2026-07-10
    ZAI_ORG_GLM_5_2 = "zai-org/GLM-5.2"
    ZAI_ORG_GLM_5_2_FP8 = "zai-org/GLM-5.2-FP8"
    ZAI_ORG_GLM_5_2_FP8_LORA = "zai-org/GLM-5.2-FP8-Lora"
    ZAI_ORG_GLM_5_FP4 = "zai-org/GLM-5-FP4"
    ZAI_ORG_GLM_OCR = "zai-org/GLM-OCR"


ChatModelName: TypeAlias = Literal[
    "Hcompany/Holo3-35B-A3B",
    "LiquidAI/LFM2.5-8B-A1B",
    "MiniMaxAI/MiniMax-M1-40k",
    "MiniMaxAI/MiniMax-M1-80k",
    "MiniMaxAI/MiniMax-M2",
    "MiniMaxAI/MiniMax-M2.5-FP4",
    "MiniMaxAI/MiniMax-M2.7",
    "MiniMaxAI/MiniMax-M3",
    "NousResearch/Nous-Hermes-2-Mixtral-8x7B-DPO",
    "Prism-ML/Ternary-Bonsai-27B",
    "Qwen/QwQ-32B",
    "Qwen/Qwen2-1.5B-Instruct",
    "Qwen/Qwen2-72B-Instruct",
    "Qwen/Qwen2-VL-72B-Instruct",
    "Qwen/Qwen2.5-1.5B",
    "Qwen/Qwen2.5-1.5B-Instruct",
    "Qwen/Qwen2.5-14B",
    "Qwen/Qwen2.5-14B-Instruct",
    "Qwen/Qwen2.5-32B",
    "Qwen/Qwen2.5-32B-Instruct",
    "Qwen/Qwen2.5-3B-Instruct",
    "Qwen/Qwen2.5-72B",
    "Qwen/Qwen2.5-72B-Instruct",
    "Qwen/Qwen2.5-72B-Instruct-Turbo",
    "Qwen/Qwen2.5-7B",
    "Qwen/Qwen2.5-7B-Instruct",
    "Qwen/Qwen2.5-7B-Instruct-Turbo",
    "Qwen/Qwen2.5-Coder-32B-Instruct",
    "Qwen/Qwen2.5-VL-72B-Instruct",
    "Qwen/Qwen3-0.6B",
    "Qwen/Qwen3-1.7B",
    "Qwen/Qwen3-14B",
    "Qwen/Qwen3-235B-A22B-Instruct-2507-FP8",
    "Qwen/Qwen3-30B-A3B",
    "Qwen/Qwen3-30B-A3B-Instruct-2507-Lora",
    "Qwen/Qwen3-32B",
    "Qwen/Qwen3-4B-Instruct-2507",
    "Qwen/Qwen3-8B",
    "Qwen/Qwen3-8B-Lora",
    "Qwen/Qwen3-Coder-30B-A3B-Instruct",
    "Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8",
    "Qwen/Qwen3-Coder-Next-FP8",
    "Qwen/Qwen3-Next-80B-A3B-Instruct",
    "Qwen/Qwen3-Next-80B-A3B-Instruct-FP8",
    "Qwen/Qwen3-Next-80B-A3B-Thinking",
    "Qwen/Qwen3-VL-235B-A22B-Instruct-FP8",
    "Qwen/Qwen3-VL-32B-Instruct",
    "Qwen/Qwen3-VL-8B-Instruct",
    "Qwen/Qwen3.5-122B-A10B-FP8",
    "Qwen/Qwen3.5-2B-Lora",
    "Qwen/Qwen3.5-35B-A3B",
    "Qwen/Qwen3.5-35B-A3B-Lora",
    "Qwen/Qwen3.5-397B-A17B",
    "Qwen/Qwen3.5-9B",
    "Qwen/Qwen3.5-9B-FP8",
    "Qwen/Qwen3.6-35B-A3B-FP8",
    "Qwen/Qwen3.6-35B-A3B-Lora",
    "Qwen/Qwen3.6-Plus",
    "Qwen/Qwen3.7-Max",
    "Qwen/Qwen3.7-Plus",
    "Qwen/Qwen3.8-2.4T-A95B",
    "agentica-org/DeepCoder-14B-Preview",
    "allenai/Molmo-7B-D-0924",
    "arcee-ai/trinity-mini",
    "arize-ai/qwen-2-1.5b-instruct",
    "deepcogito/cogito-v1-preview-llama-70B",
    "deepcogito/cogito-v1-preview-llama-70B-Turbo",
    "deepcogito/cogito-v1-preview-llama-8B",
    "deepcogito/cogito-v1-preview-qwen-14B",
    "deepcogito/cogito-v1-preview-qwen-32B",
    "deepcogito/cogito-v2-1-671b",
    "deepseek-ai/DeepSeek-OCR-2",
    "deepseek-ai/DeepSeek-R1-0528",
    "deepseek-ai/DeepSeek-R1-Distill-Llama-70B",
    "deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B",
    "deepseek-ai/DeepSeek-R1-Distill-Qwen-14B",
    "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B",
    "deepseek-ai/DeepSeek-V3.1",
    "deepseek-ai/DeepSeek-V4-Flash-0731",
    "deepseek-ai/DeepSeek-V4-Pro",
    "deepseek-ai/DeepSeek-V4-Pro-0813",
    "deepseek-ai/deepseek-coder-33b-instruct",
    "google/gemma-2-27b-it",
    "google/gemma-2-9b-it",
    "google/gemma-2b-it",
    "google/gemma-3-1b-it",
    "google/gemma-3-270m-it",
    "google/gemma-3-270m-it-lora",
    "google/gemma-3-27b-it",
    "google/gemma-3-27b-it-lora",
    "google/gemma-3-4b-it",
    "google/gemma-3n-E4B-it",
    "google/gemma-4-12B-it",
    "google/gemma-4-26B-A4B-it",
    "google/gemma-4-31B-it",
    "google/gemma-4-31B-it-lora",
    "google/gemma-4-E2B-it",
    "google/gemma-4-E4B-it",
    "google/medgemma-27b-text-it",
    "meta-llama/Llama-2-7b-chat-hf",
    "meta-llama/Llama-3-8b-chat-hf",
    "meta-llama/Llama-3.1-405B",
    "meta-llama/Llama-3.1-405B-Instruct",
    "meta-llama/Llama-3.2-1B",
    "meta-llama/Llama-3.2-1B-Instruct",
    "meta-llama/Llama-3.2-3B-Instruct",
    "meta-llama/Llama-3.3-70B-Instruct",
    "meta-llama/Llama-3.3-70B-Instruct-FP8-Lora",
    "meta-llama/Llama-3.3-70B-Instruct-Turbo",
    "meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP4",
    "meta-llama/Llama-4-Scout-17B-16E",
    "meta-llama/Llama-4-Scout-17B-16E-Instruct",
    "meta-llama/Llama-4-Scout-17B-16E-Instruct-FP8-Lora",
    "meta-llama/Meta-Llama-3-70B-Instruct-Turbo",
    "meta-llama/Meta-Llama-3-8B-Instruct",
    "meta-llama/Meta-Llama-3.1-70B",
    "meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo",
    "meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo",
    "meta-models/Muse-Glimmer-30B",
    "mistralai/Devstral-Small-2505",
    "mistralai/Magistral-Small-2506",
    "mistralai/Ministral-3-14B-Instruct-2512",
    "mistralai/Mistral-7B-Instruct-v0.1",
    "mistralai/Mistral-7B-Instruct-v0.3",
    "mistralai/Mistral-7B-v0.1",
    "mistralai/Mistral-Small-24B-Instruct-2501",
    "mistralai/Mixtral-8x22B-Instruct-v0.1",
    "mistralai/Mixtral-8x7B-Instruct-v0.1",
    "mistralai/Mixtral-8x7B-Instruct-v0.1-FP8-Lora",
    "moonshotai/Kimi-K2.5-fp4",
    "moonshotai/Kimi-K2.6",
    "moonshotai/Kimi-K2.7-Code",
    "moonshotai/Kimi-K3",
    "nim/meta/llama-3.1-70b-instruct",
    "nim/meta/llama-3.1-8b-instruct",
    "nim/meta/llama-3.2-11b-vision-instruct",
    "nim/meta/llama-3.2-90b-vision-instruct",
    "nim/meta/llama-3.3-70b-instruct",
    "nim/mistralai/mixtral-8x22b-instruct-v01",
    "nim/mistralai/mixtral-8x7b-instruct-v01",
    "nim/nv-mistralai/mistral-nemo-12b-instruct",
    "nim/nvidia/llama-3.1-nemotron-70b-instruct",
    "nim/nvidia/llama-3.3-nemotron-super-49b-v1",
    "nvidia/Llama-3.1-Nemotron-70B-Instruct-HF",
    "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16",
    "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B-BF16",
    "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B-FP8",
    "nvidia/NVIDIA-Nemotron-Nano-9B-v2",
    "nvidia/nemotron-3-nano-omni-30b-a3b-reasoning-fp8",
    "nvidia/nemotron-3-ultra-550b-a55b",
    "openai/gpt-oss-120b",
    "openai/gpt-oss-20b",
    "pearl-ai/gemma-4-31b-it",
    "sarvamai/sarvam-m",
    "thinkingmachines/Inkling",
    "thinkingmachines/Inkling-Small",
    "togethercomputer/EssentialAI-RNJ-1-Instruct",
    "togethercomputer/meta-llama-3.1-8B-Instruct-AWQ-INT4",
    "zai-org/GLM-4.5-Air-FP8",
    "zai-org/GLM-4.5V",
    "zai-org/GLM-4.6",
    "zai-org/GLM-4.7",
    "zai-org/GLM-4.7-FP8",
    "zai-org/GLM-4.7-fp4",
    "zai-org/GLM-5",
    "zai-org/GLM-5-FP4",
    "zai-org/GLM-5.1",
    "zai-org/GLM-5.2",
    "zai-org/GLM-5.2-FP8",
    "zai-org/GLM-5.2-FP8-Lora",
    "zai-org/GLM-OCR",
]
EmbeddingModelName: TypeAlias = Literal["BAAI/bge-base-en-v1.5", "intfloat/multilingual-e5-large-instruct"]
RerankModelName: TypeAlias = Literal["Salesforce/Llama-Rank-V1", "mixedbread-ai/mxbai-rerank-large-v2"]
ModerationModelName: TypeAlias = Literal["meta-llama/Llama-Guard-4-12B"]
TranscriptionModelName: TypeAlias = Literal[
    "deepgram/flux",
    "deepgram/nova-3-en",
    "deepgram/nova-3-multi",
    "nvidia/nemotron-3-asr-streaming-0.6b",
    "nvidia/nemotron-3.5-asr-streaming-0.6b",
    "nvidia/parakeet-tdt-0.6b-v3",
    "openai/whisper-large-v3",
]
SpeechModelName: TypeAlias = Literal[
    "canopylabs/orpheus-3b-0.1-ft",
    "cartesia/sonic",
    "cartesia/sonic-2",
    "cartesia/sonic-3",
    "cartesia/sonic-3.5",
    "deepgram/aura-2",
    "hexgrad/Kokoro-82M",
    "minimax/speech-2.6-turbo",
    "minimax/speech-2.8-turbo",
    "rime-labs/rime-arcana-v2",
    "rime-labs/rime-arcana-v3",
    "rime-labs/rime-arcana-v3-turbo",
    "rime-labs/rime-mist-v2",
    "rime-labs/rime-mist-v3",
    "rime-labs/rime-mist-v3-omni",
]
ImageModelName: TypeAlias = Literal[
    "ByteDance-Seed/Seedream-3.0",
    "ByteDance-Seed/Seedream-4.0",
    "ByteDance/Seedream-5.0-lite",
    "Qwen/Qwen-Image",
    "Qwen/Qwen-Image-2.0",
    "Qwen/Qwen-Image-2.0-Pro",
    "RunDiffusion/Juggernaut-pro-flux",
    "Rundiffusion/Juggernaut-Lightning-Flux",
    "Wan-AI/Wan2.6-image",
    "black-forest-labs/FLUX.1-kontext-max",
    "black-forest-labs/FLUX.1-kontext-pro",
    "black-forest-labs/FLUX.1-schnell",
    "black-forest-labs/FLUX.1.1-pro",
    "black-forest-labs/FLUX.2-dev",
    "black-forest-labs/FLUX.2-flex",
    "black-forest-labs/FLUX.2-max",
    "black-forest-labs/FLUX.2-pro",
    "google/flash-image-2.5",
    "google/flash-image-3.1",
    "google/flash-image-3.1-lite",
    "google/gemini-3-pro-image",
    "google/imagen-4.0-fast",
    "google/imagen-4.0-preview",
    "google/imagen-4.0-ultra",
    "ideogram/ideogram-3.0",
    "ideogram/ideogram-4.0",
    "openai/gpt-image-1.5",
    "openai/gpt-image-2",
    "prunaai/p-image-ideogram",
    "stabilityai/stable-diffusion-xl-base-1.0",
]
OtherModelName: TypeAlias = Literal[
    "ByteDance/Seedance-1.0-lite",
    "ByteDance/Seedance-1.0-pro",
    "ByteDance/Seedance-2.0",
    "ByteDance/Seedance-2.5",
    "HappyHorse/HappyHorse-1.0-T2V",
    "Qwen/Qwen2-1.5B",
    "Qwen/Qwen2-72B",
    "Qwen/Qwen2-7B",
    "Qwen/Qwen3-0.6B-Base",
    "Qwen/Qwen3-1.7B-Base",
    "Qwen/Qwen3-14B-Base",
    "Qwen/Qwen3-30B-A3B-Base",
    "Qwen/Qwen3-4B-Base",
    "Qwen/Qwen3-8B-Base",
    "Wan-AI/wan2.7-i2v",
    "Wan-AI/wan2.7-r2v",
    "Wan-AI/wan2.7-t2v",
    "alibaba/happyhorse-1.0-i2v",
    "alibaba/happyhorse-1.0-r2v",
    "alibaba/happyhorse-1.0-t2v",
    "alibaba/happyhorse-1.1-i2v",
    "alibaba/happyhorse-1.1-r2v",
    "alibaba/happyhorse-1.1-t2v",
    "black-forest-labs/FLUX-3",
    "facebook/cwm",
    "google/gemma-3-1b-pt",
    "google/gemma-3-27b-pt",
    "google/veo-2.0",
    "google/veo-3.0",
    "google/veo-3.0-audio",
    "google/veo-3.0-fast",
    "google/veo-3.0-fast-audio",
    "google/veo-3.1",
    "google/veo-3.1-lite",
    "google/veo-3.1-test-debug",
    "kwaivgI/kling-1.6-standard",
    "kwaivgI/kling-2.1-master",
    "kwaivgI/kling-2.1-pro",
    "kwaivgI/kling-2.1-standard",
    "meta-llama/Llama-3.2-3B",
    "meta-llama/Meta-Llama-3.1-8B",
    "minimax/hailuo-02",
    "minimax/video-01-director",
    "mistralai/Mixtral-8x7B-v0.1",
    "openai/sora-2",
    "openai/sora-2-pro",
    "pixverse/pixverse-v5",
    "pixverse/pixverse-v5.6",
    "pixverse/pixverse-v6",
    "vidu/vidu-2.0",
    "vidu/vidu-q1",
    "vidu/vidu-q3",
    "vidu/vidu-q3-turbo",
]
ModelName: TypeAlias = (
    ChatModelName
    | EmbeddingModelName
    | RerankModelName
    | ModerationModelName
    | TranscriptionModelName
    | SpeechModelName
    | ImageModelName
    | OtherModelName
)
