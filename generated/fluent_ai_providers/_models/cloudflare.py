# Generated from specs/providers/cloudflare.toml and cache/cloudflare.json; do not edit. Run: fluent-ai generate
"""Model ids of Cloudflare. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Cloudflare: equal to its id."""

    __provider__ = "cloudflare"
    CF_AI4BHARAT_INDICTRANS2_EN_INDIC_1B = "@cf/ai4bharat/indictrans2-en-indic-1B"
    CF_AISINGAPORE_GEMMA_SEA_LION_V4_27B_IT = "@cf/aisingapore/gemma-sea-lion-v4-27b-it"
    CF_BAAI_BGE_BASE_EN_V1_5 = "@cf/baai/bge-base-en-v1.5"
    CF_BAAI_BGE_LARGE_EN_V1_5 = "@cf/baai/bge-large-en-v1.5"
    CF_BAAI_BGE_M3 = "@cf/baai/bge-m3"
    CF_BAAI_BGE_RERANKER_BASE = "@cf/baai/bge-reranker-base"
    CF_BAAI_BGE_SMALL_EN_V1_5 = "@cf/baai/bge-small-en-v1.5"
    CF_BLACK_FOREST_LABS_FLUX_1_SCHNELL = "@cf/black-forest-labs/flux-1-schnell"
    CF_BLACK_FOREST_LABS_FLUX_2_DEV = "@cf/black-forest-labs/flux-2-dev"
    CF_BLACK_FOREST_LABS_FLUX_2_KLEIN_4B = "@cf/black-forest-labs/flux-2-klein-4b"
    CF_BLACK_FOREST_LABS_FLUX_2_KLEIN_9B = "@cf/black-forest-labs/flux-2-klein-9b"
    CF_BYTEDANCE_STABLE_DIFFUSION_XL_LIGHTNING = "@cf/bytedance/stable-diffusion-xl-lightning"
    CF_DEEPGRAM_AURA_1 = "@cf/deepgram/aura-1"
    CF_DEEPGRAM_AURA_2_EN = "@cf/deepgram/aura-2-en"
    CF_DEEPGRAM_AURA_2_ES = "@cf/deepgram/aura-2-es"
    CF_DEEPGRAM_FLUX = "@cf/deepgram/flux"
    CF_DEEPGRAM_NOVA_3 = "@cf/deepgram/nova-3"
    CF_DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_QWEN_32B = "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b"
    CF_DEEPSEEK_AI_DEEPSEEK_V4_FLASH_0731 = "@cf/deepseek-ai/deepseek-v4-flash-0731"
    CF_DEEPSEEK_AI_DEEPSEEK_V4_PRO_0813 = "@cf/deepseek-ai/deepseek-v4-pro-0813"
    CF_GOOGLE_EMBEDDINGGEMMA_300M = "@cf/google/embeddinggemma-300m"
    CF_GOOGLE_GEMMA_2B_IT_LORA = "@cf/google/gemma-2b-it-lora"
    CF_GOOGLE_GEMMA_4_26B_A4B_IT = "@cf/google/gemma-4-26b-a4b-it"
    CF_GOOGLE_GEMMA_7B_IT_LORA = "@cf/google/gemma-7b-it-lora"
    CF_HUGGINGFACE_DISTILBERT_SST_2_INT8 = "@cf/huggingface/distilbert-sst-2-int8"
    CF_IBM_GRANITE_GRANITE_4_0_H_MICRO = "@cf/ibm-granite/granite-4.0-h-micro"
    CF_LEONARDO_LUCID_ORIGIN = "@cf/leonardo/lucid-origin"
    CF_LEONARDO_PHOENIX_1_0 = "@cf/leonardo/phoenix-1.0"
    CF_LLAVA_HF_LLAVA_1_5_7B_HF = "@cf/llava-hf/llava-1.5-7b-hf"
    CF_LYKON_DREAMSHAPER_8_LCM = "@cf/lykon/dreamshaper-8-lcm"
    CF_META_LLAMA_3_1_8B_INSTRUCT_FP8 = "@cf/meta/llama-3.1-8b-instruct-fp8"
    CF_META_LLAMA_3_2_11B_VISION_INSTRUCT = "@cf/meta/llama-3.2-11b-vision-instruct"
    CF_META_LLAMA_3_2_1B_INSTRUCT = "@cf/meta/llama-3.2-1b-instruct"
    CF_META_LLAMA_3_2_3B_INSTRUCT = "@cf/meta/llama-3.2-3b-instruct"
    CF_META_LLAMA_3_3_70B_INSTRUCT_FP8_FAST = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
    CF_META_LLAMA_4_SCOUT_17B_16E_INSTRUCT = "@cf/meta/llama-4-scout-17b-16e-instruct"
    CF_META_LLAMA_GUARD_3_8B = "@cf/meta/llama-guard-3-8b"
    CF_META_LLAMA_LLAMA_2_7B_CHAT_HF_LORA = "@cf/meta-llama/llama-2-7b-chat-hf-lora"
    CF_META_M2M100_1_2B = "@cf/meta/m2m100-1.2b"
    CF_MICROSOFT_RESNET_50 = "@cf/microsoft/resnet-50"
    CF_MISTRALAI_MISTRAL_SMALL_3_1_24B_INSTRUCT = "@cf/mistralai/mistral-small-3.1-24b-instruct"
    CF_MISTRAL_MISTRAL_7B_INSTRUCT_V0_2_LORA = "@cf/mistral/mistral-7b-instruct-v0.2-lora"
    CF_MOONDREAM_MOONDREAM3_1_9B_A2B = "@cf/moondream/moondream3.1-9B-A2B"
    CF_MOONSHOTAI_KIMI_K2_6 = "@cf/moonshotai/kimi-k2.6"
    CF_MOONSHOTAI_KIMI_K2_7_CODE = "@cf/moonshotai/kimi-k2.7-code"
    CF_MYSHELL_AI_MELOTTS = "@cf/myshell-ai/melotts"
    CF_NVIDIA_NEMOTRON_3_120B_A12B = "@cf/nvidia/nemotron-3-120b-a12b"
    CF_OPENAI_GPT_OSS_120B = "@cf/openai/gpt-oss-120b"
    CF_OPENAI_GPT_OSS_20B = "@cf/openai/gpt-oss-20b"
    CF_OPENAI_WHISPER = "@cf/openai/whisper"
    CF_OPENAI_WHISPER_LARGE_V3_TURBO = "@cf/openai/whisper-large-v3-turbo"
    CF_OPENAI_WHISPER_TINY_EN = "@cf/openai/whisper-tiny-en"
    CF_PFNET_PLAMO_EMBEDDING_1B = "@cf/pfnet/plamo-embedding-1b"
    CF_PIPECAT_AI_SMART_TURN_V2 = "@cf/pipecat-ai/smart-turn-v2"
    CF_QWEN_QWEN2_5_CODER_32B_INSTRUCT = "@cf/qwen/qwen2.5-coder-32b-instruct"
    CF_QWEN_QWEN3_30B_A3B_FP8 = "@cf/qwen/qwen3-30b-a3b-fp8"
    CF_QWEN_QWEN3_EMBEDDING_0_6B = "@cf/qwen/qwen3-embedding-0.6b"
    CF_QWEN_QWQ_32B = "@cf/qwen/qwq-32b"
    CF_RUNWAYML_STABLE_DIFFUSION_V1_5_IMG2IMG = "@cf/runwayml/stable-diffusion-v1-5-img2img"
    CF_RUNWAYML_STABLE_DIFFUSION_V1_5_INPAINTING = "@cf/runwayml/stable-diffusion-v1-5-inpainting"
    CF_STABILITYAI_STABLE_DIFFUSION_XL_BASE_1_0 = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
    CF_ZAI_ORG_GLM_4_7_FLASH = "@cf/zai-org/glm-4.7-flash"
    CF_ZAI_ORG_GLM_5_2 = "@cf/zai-org/glm-5.2"


ChatModelName: TypeAlias = Literal[
    "@cf/aisingapore/gemma-sea-lion-v4-27b-it",
    "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b",
    "@cf/deepseek-ai/deepseek-v4-flash-0731",
    "@cf/deepseek-ai/deepseek-v4-pro-0813",
    "@cf/google/gemma-2b-it-lora",
    "@cf/google/gemma-4-26b-a4b-it",
    "@cf/google/gemma-7b-it-lora",
    "@cf/ibm-granite/granite-4.0-h-micro",
    "@cf/meta-llama/llama-2-7b-chat-hf-lora",
    "@cf/meta/llama-3.1-8b-instruct-fp8",
    "@cf/meta/llama-3.2-11b-vision-instruct",
    "@cf/meta/llama-3.2-1b-instruct",
    "@cf/meta/llama-3.2-3b-instruct",
    "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
    "@cf/meta/llama-4-scout-17b-16e-instruct",
    "@cf/meta/llama-guard-3-8b",
    "@cf/mistral/mistral-7b-instruct-v0.2-lora",
    "@cf/mistralai/mistral-small-3.1-24b-instruct",
    "@cf/moonshotai/kimi-k2.6",
    "@cf/moonshotai/kimi-k2.7-code",
    "@cf/nvidia/nemotron-3-120b-a12b",
    "@cf/openai/gpt-oss-120b",
    "@cf/openai/gpt-oss-20b",
    "@cf/qwen/qwen2.5-coder-32b-instruct",
    "@cf/qwen/qwen3-30b-a3b-fp8",
    "@cf/qwen/qwq-32b",
    "@cf/zai-org/glm-4.7-flash",
    "@cf/zai-org/glm-5.2",
]
EmbeddingModelName: TypeAlias = Literal[
    "@cf/baai/bge-base-en-v1.5",
    "@cf/baai/bge-large-en-v1.5",
    "@cf/baai/bge-m3",
    "@cf/baai/bge-small-en-v1.5",
    "@cf/google/embeddinggemma-300m",
    "@cf/pfnet/plamo-embedding-1b",
    "@cf/qwen/qwen3-embedding-0.6b",
]
TranscriptionModelName: TypeAlias = Literal[
    "@cf/deepgram/flux",
    "@cf/deepgram/nova-3",
    "@cf/openai/whisper",
    "@cf/openai/whisper-large-v3-turbo",
    "@cf/openai/whisper-tiny-en",
]
SpeechModelName: TypeAlias = Literal[
    "@cf/deepgram/aura-1", "@cf/deepgram/aura-2-en", "@cf/deepgram/aura-2-es", "@cf/myshell-ai/melotts"
]
ImageModelName: TypeAlias = Literal[
    "@cf/black-forest-labs/flux-1-schnell",
    "@cf/black-forest-labs/flux-2-dev",
    "@cf/black-forest-labs/flux-2-klein-4b",
    "@cf/black-forest-labs/flux-2-klein-9b",
    "@cf/bytedance/stable-diffusion-xl-lightning",
    "@cf/leonardo/lucid-origin",
    "@cf/leonardo/phoenix-1.0",
    "@cf/lykon/dreamshaper-8-lcm",
    "@cf/runwayml/stable-diffusion-v1-5-img2img",
    "@cf/runwayml/stable-diffusion-v1-5-inpainting",
    "@cf/stabilityai/stable-diffusion-xl-base-1.0",
]
OtherModelName: TypeAlias = Literal[
    "@cf/ai4bharat/indictrans2-en-indic-1B",
    "@cf/baai/bge-reranker-base",
    "@cf/huggingface/distilbert-sst-2-int8",
    "@cf/llava-hf/llava-1.5-7b-hf",
    "@cf/meta/m2m100-1.2b",
    "@cf/microsoft/resnet-50",
    "@cf/moondream/moondream3.1-9B-A2B",
    "@cf/pipecat-ai/smart-turn-v2",
]
ModelName: TypeAlias = (
    ChatModelName | EmbeddingModelName | TranscriptionModelName | SpeechModelName | ImageModelName | OtherModelName
)
