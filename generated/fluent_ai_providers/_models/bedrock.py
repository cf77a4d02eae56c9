# Generated from specs/providers/bedrock.toml and cache/bedrock.json; do not edit. Run: fluent-ai generate
"""Model ids of Amazon Bedrock. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Amazon Bedrock: equal to its id."""

    __provider__ = "bedrock"
    AI21_JAMBA_1_5_LARGE_V1_0 = "ai21.jamba-1-5-large-v1:0"  # retires on 2026-11-26
    AI21_JAMBA_1_5_MINI_V1_0 = "ai21.jamba-1-5-mini-v1:0"  # retires on 2026-11-26
    AMAZON_NOVA_2_LITE_V1_0 = "amazon.nova-2-lite-v1:0"
    AMAZON_NOVA_2_LITE_V1_0_256K = "amazon.nova-2-lite-v1:0:256k"
    AMAZON_NOVA_2_MULTIMODAL_EMBEDDINGS_V1_0 = "amazon.nova-2-multimodal-embeddings-v1:0"
    AMAZON_NOVA_2_SONIC_V1_0 = "amazon.nova-2-sonic-v1:0"
    AMAZON_NOVA_CANVAS_V1_0 = "amazon.nova-canvas-v1:0"  # retires on 2026-09-30
    AMAZON_NOVA_LITE_V1_0 = "amazon.nova-lite-v1:0"
    AMAZON_NOVA_LITE_V1_0_24K = "amazon.nova-lite-v1:0:24k"
    AMAZON_NOVA_LITE_V1_0_300K = "amazon.nova-lite-v1:0:300k"
    AMAZON_NOVA_MICRO_V1_0 = "amazon.nova-micro-v1:0"
    AMAZON_NOVA_MICRO_V1_0_128K = "amazon.nova-micro-v1:0:128k"
    AMAZON_NOVA_MICRO_V1_0_24K = "amazon.nova-micro-v1:0:24k"
    AMAZON_NOVA_PREMIER_V1_0 = "amazon.nova-premier-v1:0"
    AMAZON_NOVA_PREMIER_V1_0_1000K = "amazon.nova-premier-v1:0:1000k"
    AMAZON_NOVA_PREMIER_V1_0_20K = "amazon.nova-premier-v1:0:20k"
    AMAZON_NOVA_PREMIER_V1_0_8K = "amazon.nova-premier-v1:0:8k"
    AMAZON_NOVA_PREMIER_V1_0_MM = "amazon.nova-premier-v1:0:mm"
    AMAZON_NOVA_PRO_V1_0 = "amazon.nova-pro-v1:0"
    AMAZON_NOVA_PRO_V1_0_24K = "amazon.nova-pro-v1:0:24k"
    AMAZON_NOVA_PRO_V1_0_300K = "amazon.nova-pro-v1:0:300k"
    AMAZON_NOVA_REEL_V1_0 = "amazon.nova-reel-v1:0"
    AMAZON_NOVA_REEL_V1_1 = "amazon.nova-reel-v1:1"
    AMAZON_NOVA_SONIC_V1_0 = "amazon.nova-sonic-v1:0"
    AMAZON_TITAN_EMBED_G1_TEXT_02 = "amazon.titan-embed-g1-text-02"
    AMAZON_TITAN_EMBED_IMAGE_V1 = "amazon.titan-embed-image-v1"
    AMAZON_TITAN_EMBED_IMAGE_V1_0 = "amazon.titan-embed-image-v1:0"
    AMAZON_TITAN_EMBED_TEXT_V1 = "amazon.titan-embed-text-v1"
    AMAZON_TITAN_EMBED_TEXT_V1_2_8K = "amazon.titan-embed-text-v1:2:8k"
    AMAZON_TITAN_EMBED_TEXT_V2_0 = "amazon.titan-embed-text-v2:0"
    AMAZON_TITAN_EMBED_TEXT_V2_0_8K = "amazon.titan-embed-text-v2:0:8k"
    AMAZON_TITAN_IMAGE_GENERATOR_V2_0 = "amazon.titan-image-generator-v2:0"  # retires on 2026-06-30
    AMAZON_TITAN_TEXT_EXPRESS_V1 = "amazon.titan-text-express-v1"
    AMAZON_TITAN_TEXT_EXPRESS_V1_0_8K = "amazon.titan-text-express-v1:0:8k"
    AMAZON_TITAN_TG1_LARGE = "amazon.titan-tg1-large"
    ANTHROPIC_CLAUDE_3_5_HAIKU_20241022_V1_0 = "anthropic.claude-3-5-haiku-20241022-v1:0"
    ANTHROPIC_CLAUDE_3_5_SONNET_20240620_V1_0 = "anthropic.claude-3-5-sonnet-20240620-v1:0"
    ANTHROPIC_CLAUDE_3_5_SONNET_20241022_V2_0 = "anthropic.claude-3-5-sonnet-20241022-v2:0"
    ANTHROPIC_CLAUDE_3_7_SONNET_20250219_V1_0 = "anthropic.claude-3-7-sonnet-20250219-v1:0"
    ANTHROPIC_CLAUDE_3_HAIKU_20240307_V1_0 = "anthropic.claude-3-haiku-20240307-v1:0"
    ANTHROPIC_CLAUDE_3_HAIKU_20240307_V1_0_200K = "anthropic.claude-3-haiku-20240307-v1:0:200k"
    ANTHROPIC_CLAUDE_3_HAIKU_20240307_V1_0_48K = "anthropic.claude-3-haiku-20240307-v1:0:48k"
    ANTHROPIC_CLAUDE_3_OPUS_20240229_V1_0 = "anthropic.claude-3-opus-20240229-v1:0"
    ANTHROPIC_CLAUDE_3_OPUS_20240229_V1_0_12K = "anthropic.claude-3-opus-20240229-v1:0:12k"
    ANTHROPIC_CLAUDE_3_OPUS_20240229_V1_0_200K = "anthropic.claude-3-opus-20240229-v1:0:200k"
    ANTHROPIC_CLAUDE_3_OPUS_20240229_V1_0_28K = "anthropic.claude-3-opus-20240229-v1:0:28k"
    ANTHROPIC_CLAUDE_3_SONNET_20240229_V1_0 = "anthropic.claude-3-sonnet-20240229-v1:0"
    ANTHROPIC_CLAUDE_3_SONNET_20240229_V1_0_200K = "anthropic.claude-3-sonnet-20240229-v1:0:200k"
    ANTHROPIC_CLAUDE_3_SONNET_20240229_V1_0_28K = "anthropic.claude-3-sonnet-20240229-v1:0:28k"
    ANTHROPIC_CLAUDE_HAIKU_4_5_20251001_V1_0 = "anthropic.claude-haiku-4-5-20251001-v1:0"
    ANTHROPIC_CLAUDE_INSTANT_V1_2_100K = "anthropic.claude-instant-v1:2:100k"
    ANTHROPIC_CLAUDE_OPUS_4_1_20250805_V1_0 = "anthropic.claude-opus-4-1-20250805-v1:0"  # retires on 2027-01-08
    ANTHROPIC_CLAUDE_OPUS_4_20250514_V1_0 = "anthropic.claude-opus-4-20250514-v1:0"
    ANTHROPIC_CLAUDE_OPUS_4_5_20251101_V1_0 = "anthropic.claude-opus-4-5-20251101-v1:0"
    ANTHROPIC_CLAUDE_SONNET_4_20250514_V1_0 = "anthropic.claude-sonnet-4-20250514-v1:0"  # retires on 2026-10-14
    ANTHROPIC_CLAUDE_SONNET_4_5_20250929_V1_0 = "anthropic.claude-sonnet-4-5-20250929-v1:0"  # retires on 2027-04-08
    ANTHROPIC_CLAUDE_V2_0_100K = "anthropic.claude-v2:0:100k"
    ANTHROPIC_CLAUDE_V2_0_18K = "anthropic.claude-v2:0:18k"
    ANTHROPIC_CLAUDE_V2_1_18K = "anthropic.claude-v2:1:18k"
    ANTHROPIC_CLAUDE_V2_1_200K = "anthropic.claude-v2:1:200k"
    COHERE_COMMAND_R_PLUS_V1_0 = "cohere.command-r-plus-v1:0"
    COHERE_COMMAND_R_V1_0 = "cohere.command-r-v1:0"
    COHERE_EMBED_ENGLISH_V3 = "cohere.embed-english-v3"
    COHERE_EMBED_ENGLISH_V3_0_512 = "cohere.embed-english-v3:0:512"
    COHERE_EMBED_MULTILINGUAL_V3 = "cohere.embed-multilingual-v3"
    COHERE_EMBED_MULTILINGUAL_V3_0_512 = "cohere.embed-multilingual-v3:0:512"
    COHERE_EMBED_V4_0 = "cohere.embed-v4:0"
    COHERE_RERANK_V3_5_0 = "cohere.rerank-v3-5:0"
    DEEPSEEK_R1_V1_0 = "deepseek.r1-v1:0"  # retires on 2027-03-30
    GOOGLE_GEMMA_3_12B_IT = "google.gemma-3-12b-it"  # retires on 2027-03-30
    GOOGLE_GEMMA_3_27B_IT = "google.gemma-3-27b-it"  # retires on 2027-03-30
    GOOGLE_GEMMA_3_4B_IT = "google.gemma-3-4b-it"  # retires on 2027-03-30
    META_LLAMA3_1_70B_INSTRUCT_V1_0 = "meta.llama3-1-70b-instruct-v1:0"  # retires on 2027-03-30
    META_LLAMA3_1_8B_INSTRUCT_V1_0 = "meta.llama3-1-8b-instruct-v1:0"  # retires on 2027-03-30
    META_LLAMA3_2_11B_INSTRUCT_V1_0 = "meta.llama3-2-11b-instruct-v1:0"  # retires on 2026-07-07
    META_LLAMA3_2_1B_INSTRUCT_V1_0 = "meta.llama3-2-1b-instruct-v1:0"  # retires on 2026-07-07
    META_LLAMA3_2_3B_INSTRUCT_V1_0 = "meta.llama3-2-3b-instruct-v1:0"  # retires on 2026-07-07
    META_LLAMA3_2_90B_INSTRUCT_V1_0 = "meta.llama3-2-90b-instruct-v1:0"  # retires on 2026-07-07
    META_LLAMA3_3_70B_INSTRUCT_V1_0 = "meta.llama3-3-70b-instruct-v1:0"  # retires on 2027-03-30
    META_LLAMA3_70B_INSTRUCT_V1_0 = "meta.llama3-70b-instruct-v1:0"  # retires on 2027-03-30
    META_LLAMA3_8B_INSTRUCT_V1_0 = "meta.llama3-8b-instruct-v1:0"  # retires on 2027-03-30
    META_LLAMA4_MAVERICK_17B_INSTRUCT_V1_0 = "meta.llama4-maverick-17b-instruct-v1:0"  # retires on 2027-03-30
    META_LLAMA4_SCOUT_17B_INSTRUCT_V1_0 = "meta.llama4-scout-17b-instruct-v1:0"  # retires on 2027-03-30
    MINIMAX_MINIMAX_M2 = "minimax.minimax-m2"  # retires on 2027-03-30
    MISTRAL_MAGISTRAL_SMALL_2509 = "mistral.magistral-small-2509"
    MISTRAL_MINISTRAL_3_14B_INSTRUCT = "mistral.ministral-3-14b-instruct"
    MISTRAL_MINISTRAL_3_3B_INSTRUCT = "mistral.ministral-3-3b-instruct"
    MISTRAL_MINISTRAL_3_8B_INSTRUCT = "mistral.ministral-3-8b-instruct"
    MISTRAL_MISTRAL_7B_INSTRUCT_V0_2 = "mistral.mistral-7b-instruct-v0:2"  # retires on 2027-03-30
    MISTRAL_MISTRAL_LARGE_2402_V1_0 = "mistral.mistral-large-2402-v1:0"
    MISTRAL_MISTRAL_LARGE_3_675B_INSTRUCT = "mistral.mistral-large-3-675b-instruct"
    MISTRAL_MISTRAL_SMALL_2402_V1_0 = "mistral.mistral-small-2402-v1:0"
    MISTRAL_MIXTRAL_8X7B_INSTRUCT_V0_1 = "mistral.mixtral-8x7b-instruct-v0:1"  # retires on 2027-03-30
    MISTRAL_PIXTRAL_LARGE_2502_V1_0 = "mistral.pixtral-large-2502-v1:0"
    MISTRAL_VOXTRAL_MINI_3B_2507 = "mistral.voxtral-mini-3b-2507"  # retires on 2027-03-30
    MISTRAL_VOXTRAL_SMALL_24B_2507 = "mistral.voxtral-small-24b-2507"  # retires on 2027-03-30
    MOONSHOT_KIMI_K2_THINKING = "moonshot.kimi-k2-thinking"  # retires on 2027-03-30
    NVIDIA_NEMOTRON_NANO_12B_V2 = "nvidia.nemotron-nano-12b-v2"  # retires on 2027-03-30
    NVIDIA_NEMOTRON_NANO_3_30B = "nvidia.nemotron-nano-3-30b"
    NVIDIA_NEMOTRON_NANO_9B_V2 = "nvidia.nemotron-nano-9b-v2"  # retires on 2027-03-30
    OPENAI_GPT_OSS_120B_1_0 = "openai.gpt-oss-120b-1:0"
    OPENAI_GPT_OSS_20B_1_0 = "openai.gpt-oss-20b-1:0"
    OPENAI_GPT_OSS_SAFEGUARD_120B = "openai.gpt-oss-safeguard-120b"
    OPENAI_GPT_OSS_SAFEGUARD_20B = "openai.gpt-oss-safeguard-20b"
    QWEN_QWEN3_32B_V1_0 = "qwen.qwen3-32b-v1:0"
    QWEN_QWEN3_CODER_30B_A3B_V1_0 = "qwen.qwen3-coder-30b-a3b-v1:0"  # retires on 2027-03-30
    QWEN_QWEN3_NEXT_80B_A3B = "qwen.qwen3-next-80b-a3b"
    QWEN_QWEN3_VL_235B_A22B = "qwen.qwen3-vl-235b-a22b"
    STABILITY_STABLE_CONSERVATIVE_UPSCALE_V1_0 = "stability.stable-conservative-upscale-v1:0"
    STABILITY_STABLE_CREATIVE_UPSCALE_V1_0 = "stability.stable-creative-upscale-v1:0"
    STABILITY_STABLE_FAST_UPSCALE_V1_0 = "stability.stable-fast-upscale-v1:0"
    STABILITY_STABLE_IMAGE_CONTROL_SKETCH_V1_0 = "stability.stable-image-control-sketch-v1:0"
    STABILITY_STABLE_IMAGE_CONTROL_STRUCTURE_V1_0 = "stability.stable-image-control-structure-v1:0"
    STABILITY_STABLE_IMAGE_ERASE_OBJECT_V1_0 = "stability.stable-image-erase-object-v1:0"
    STABILITY_STABLE_IMAGE_INPAINT_V1_0 = "stability.stable-image-inpaint-v1:0"
    STABILITY_STABLE_IMAGE_REMOVE_BACKGROUND_V1_0 = "stability.stable-image-remove-background-v1:0"
    STABILITY_STABLE_IMAGE_SEARCH_RECOLOR_V1_0 = "stability.stable-image-search-recolor-v1:0"
    STABILITY_STABLE_IMAGE_SEARCH_REPLACE_V1_0 = "stability.stable-image-search-replace-v1:0"
    STABILITY_STABLE_IMAGE_STYLE_GUIDE_V1_0 = "stability.stable-image-style-guide-v1:0"
    STABILITY_STABLE_OUTPAINT_V1_0 = "stability.stable-outpaint-v1:0"
    STABILITY_STABLE_STYLE_TRANSFER_V1_0 = "stability.stable-style-transfer-v1:0"
    TWELVELABS_MARENGO_EMBED_2_7_V1_0 = "twelvelabs.marengo-embed-2-7-v1:0"  # retires on 2026-11-30
    TWELVELABS_MARENGO_EMBED_3_0_V1_0 = "twelvelabs.marengo-embed-3-0-v1:0"
    TWELVELABS_PEGASUS_1_2_V1_0 = "twelvelabs.pegasus-1-2-v1:0"  # retires on 2027-03-22
    WRITER_PALMYRA_X4_V1_0 = "writer.palmyra-x4-v1:0"  # retires on 2027-03-09
    WRITER_PALMYRA_X5_V1_0 = "writer.palmyra-x5-v1:0"  # retires on 2027-03-21


ChatModelName: TypeAlias = Literal[
    "ai21.jamba-1-5-large-v1:0",
    "ai21.jamba-1-5-mini-v1:0",
    "amazon.nova-2-lite-v1:0",
    "amazon.nova-2-lite-v1:0:256k",
    "amazon.nova-lite-v1:0",
    "amazon.nova-micro-v1:0",
    "amazon.nova-premier-v1:0",
    "amazon.nova-pro-v1:0",
    "amazon.titan-text-express-v1",
    "anthropic.claude-3-5-haiku-20241022-v1:0",
    "anthropic.claude-3-5-sonnet-20240620-v1:0",
    "anthropic.claude-3-5-sonnet-20241022-v2:0",
    "anthropic.claude-3-7-sonnet-20250219-v1:0",
    "anthropic.claude-3-opus-20240229-v1:0",
    "anthropic.claude-haiku-4-5-20251001-v1:0",
    "anthropic.claude-opus-4-1-20250805-v1:0",
    "anthropic.claude-opus-4-20250514-v1:0",
    "anthropic.claude-opus-4-5-20251101-v1:0",
    "anthropic.claude-sonnet-4-20250514-v1:0",
    "anthropic.claude-sonnet-4-5-20250929-v1:0",
    "deepseek.r1-v1:0",
    "google.gemma-3-12b-it",
    "google.gemma-3-27b-it",
    "google.gemma-3-4b-it",
    "meta.llama3-1-70b-instruct-v1:0",
    "meta.llama3-1-8b-instruct-v1:0",
    "meta.llama3-2-11b-instruct-v1:0",
    "meta.llama3-2-1b-instruct-v1:0",
    "meta.llama3-2-3b-instruct-v1:0",
    "meta.llama3-2-90b-instruct-v1:0",
    "meta.llama3-3-70b-instruct-v1:0",
    "meta.llama3-70b-instruct-v1:0",
    "meta.llama3-8b-instruct-v1:0",
    "meta.llama4-maverick-17b-instruct-v1:0",
    "meta.llama4-scout-17b-instruct-v1:0",
    "minimax.minimax-m2",
    "mistral.magistral-small-2509",
    "mistral.ministral-3-14b-instruct",
    "mistral.ministral-3-3b-instruct",
    "mistral.ministral-3-8b-instruct",
    "mistral.mistral-7b-instruct-v0:2",
    "mistral.mistral-large-2402-v1:0",
    "mistral.mistral-large-3-675b-instruct",
    "mistral.mistral-small-2402-v1:0",
    "mistral.mixtral-8x7b-instruct-v0:1",
    "mistral.pixtral-large-2502-v1:0",
    "mistral.voxtral-mini-3b-2507",
    "mistral.voxtral-small-24b-2507",
    "moonshot.kimi-k2-thinking",
    "nvidia.nemotron-nano-12b-v2",
    "nvidia.nemotron-nano-3-30b",
    "nvidia.nemotron-nano-9b-v2",
    "openai.gpt-oss-120b-1:0",
    "openai.gpt-oss-20b-1:0",
    "openai.gpt-oss-safeguard-120b",
    "openai.gpt-oss-safeguard-20b",
    "qwen.qwen3-32b-v1:0",
    "qwen.qwen3-coder-30b-a3b-v1:0",
    "qwen.qwen3-next-80b-a3b",
    "qwen.qwen3-vl-235b-a22b",
    "twelvelabs.pegasus-1-2-v1:0",
    "writer.palmyra-x4-v1:0",
    "writer.palmyra-x5-v1:0",
]
EmbeddingModelName: TypeAlias = Literal[
    "amazon.nova-2-multimodal-embeddings-v1:0",
    "amazon.titan-embed-g1-text-02",
    "amazon.titan-embed-image-v1",
    "amazon.titan-embed-image-v1:0",
    "amazon.titan-embed-text-v1",
    "amazon.titan-embed-text-v1:2:8k",
    "amazon.titan-embed-text-v2:0",
    "amazon.titan-embed-text-v2:0:8k",
    "cohere.embed-english-v3",
    "cohere.embed-english-v3:0:512",
    "cohere.embed-multilingual-v3",
    "cohere.embed-multilingual-v3:0:512",
    "cohere.embed-v4:0",
    "twelvelabs.marengo-embed-2-7-v1:0",
    "twelvelabs.marengo-embed-3-0-v1:0",
]
RerankModelName: TypeAlias = Literal["cohere.rerank-v3-5:0"]
ImageModelName: TypeAlias = Literal[
    "amazon.nova-canvas-v1:0",
    "amazon.titan-image-generator-v2:0",
    "stability.stable-conservative-upscale-v1:0",
    "stability.stable-creative-upscale-v1:0",
    "stability.stable-fast-upscale-v1:0",
    "stability.stable-image-control-sketch-v1:0",
    "stability.stable-image-control-structure-v1:0",
    "stability.stable-image-erase-object-v1:0",
    "stability.stable-image-inpaint-v1:0",
    "stability.stable-image-remove-background-v1:0",
    "stability.stable-image-search-recolor-v1:0",
    "stability.stable-image-search-replace-v1:0",
    "stability.stable-image-style-guide-v1:0",
    "stability.stable-outpaint-v1:0",
    "stability.stable-style-transfer-v1:0",
]
OtherModelName: TypeAlias = Literal[
    "amazon.nova-2-sonic-v1:0",
    "amazon.nova-lite-v1:0:24k",
    "amazon.nova-lite-v1:0:300k",
    "amazon.nova-micro-v1:0:128k",
    "amazon.nova-micro-v1:0:24k",
    "amazon.nova-premier-v1:0:1000k",
    "amazon.nova-premier-v1:0:20k",
    "amazon.nova-premier-v1:0:8k",
    "amazon.nova-premier-v1:0:mm",
    "amazon.nova-pro-v1:0:24k",
    "amazon.nova-pro-v1:0:300k",
    "amazon.nova-reel-v1:0",
    "amazon.nova-reel-v1:1",
    "amazon.nova-sonic-v1:0",
    "amazon.titan-text-express-v1:0:8k",
    "amazon.titan-tg1-large",
    "anthropic.claude-3-haiku-20240307-v1:0",
    "anthropic.claude-3-haiku-20240307-v1:0:200k",
    "anthropic.claude-3-haiku-20240307-v1:0:48k",
    "anthropic.claude-3-opus-20240229-v1:0:12k",
    "anthropic.claude-3-opus-20240229-v1:0:200k",
    "anthropic.claude-3-opus-20240229-v1:0:28k",
    "anthropic.claude-3-sonnet-20240229-v1:0",
    "anthropic.claude-3-sonnet-20240229-v1:0:200k",
    "anthropic.claude-3-sonnet-20240229-v1:0:28k",
    "anthropic.claude-instant-v1:2:100k",
    "anthropic.claude-v2:0:100k",
    "anthropic.claude-v2:0:18k",
    "anthropic.claude-v2:1:18k",
    "anthropic.claude-v2:1:200k",
    "cohere.command-r-plus-v1:0",
    "cohere.command-r-v1:0",
]
ModelName: TypeAlias = ChatModelName | EmbeddingModelName | RerankModelName | ImageModelName | OtherModelName
