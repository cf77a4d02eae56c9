# Generated from specs/providers/mistral.toml and cache/mistral.json; do not edit. Run: fluent-ai generate
"""Model ids of Mistral. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Mistral: equal to its id."""

    __provider__ = "mistral"
    CODESTRAL_2508 = "codestral-2508"
    CODESTRAL_EMBED = "codestral-embed"
    CODESTRAL_EMBED_2505 = "codestral-embed-2505"
    CODESTRAL_LATEST = "codestral-latest"
    DEVSTRAL_2512 = "devstral-2512"
    DEVSTRAL_LATEST = "devstral-latest"
    DEVSTRAL_MEDIUM_LATEST = "devstral-medium-latest"
    GLM_5_2 = "glm-5-2"
    LABS_LEANSTRAL_1_5 = "labs-leanstral-1-5"  # retires on 2026-09-30
    LABS_LEANSTRAL_1_5_1 = "labs-leanstral-1-5-1"
    MAGISTRAL_SMALL_LATEST = "magistral-small-latest"
    MINISTRAL_14B_2512 = "ministral-14b-2512"
    MINISTRAL_14B_LATEST = "ministral-14b-latest"
    MINISTRAL_3B_2512 = "ministral-3b-2512"
    MINISTRAL_3B_LATEST = "ministral-3b-latest"
    MINISTRAL_8B_2512 = "ministral-8b-2512"
    MINISTRAL_8B_LATEST = "ministral-8b-latest"
    MISTRAL_CODE_AGENT_LATEST = "mistral-code-agent-latest"
    MISTRAL_CODE_FIM_LATEST = "mistral-code-fim-latest"
    MISTRAL_CODE_LATEST = "mistral-code-latest"
    MISTRAL_EMBED = "mistral-embed"
    MISTRAL_EMBED_2312 = "mistral-embed-2312"
    MISTRAL_LARGE_2512 = "mistral-large-2512"  # retires on 2027-04-30
    MISTRAL_LARGE_LATEST = "mistral-large-latest"  # retires on 2027-04-30
    MISTRAL_MEDIUM = "mistral-medium"
    MISTRAL_MEDIUM_2505 = "mistral-medium-2505"
    MISTRAL_MEDIUM_2508 = "mistral-medium-2508"
    MISTRAL_MEDIUM_2604 = "mistral-medium-2604"
    MISTRAL_MEDIUM_3 = "mistral-medium-3"
    MISTRAL_MEDIUM_3_5 = "mistral-medium-3-5"
    MISTRAL_MEDIUM_3_DOT_5 = "mistral-medium-3.5"
    MISTRAL_MEDIUM_LATEST = "mistral-medium-latest"
    MISTRAL_MODERATION_2603 = "mistral-moderation-2603"
    MISTRAL_OCR_2512 = "mistral-ocr-2512"
    MISTRAL_OCR_3 = "mistral-ocr-3"
    MISTRAL_OCR_3_0 = "mistral-ocr-3-0"
    MISTRAL_OCR_4 = "mistral-ocr-4"
    MISTRAL_OCR_4_0 = "mistral-ocr-4-0"  # retires on 2026-09-30
    MISTRAL_OCR_4_1 = "mistral-ocr-4-1"
    MISTRAL_OCR_LATEST = "mistral-ocr-latest"
    MISTRAL_SMALL_2603 = "mistral-small-2603"
    MISTRAL_SMALL_LATEST = "mistral-small-latest"
    MISTRAL_VIBE_CLI_FAST = "mistral-vibe-cli-fast"
    MISTRAL_VIBE_CLI_LATEST = "mistral-vibe-cli-latest"
    MISTRAL_VIBE_CLI_WITH_TOOLS = "mistral-vibe-cli-with-tools"
    VOXTRAL_MINI_2602 = "voxtral-mini-2602"  # retires on 2027-04-30
    VOXTRAL_MINI_LATEST = "voxtral-mini-latest"  # retires on 2027-04-30
    VOXTRAL_MINI_REALTIME_2602 = "voxtral-mini-realtime-2602"
    VOXTRAL_MINI_REALTIME_LATEST = "voxtral-mini-realtime-latest"
    VOXTRAL_MINI_TRANSCRIBE_REALTIME_2602 = "voxtral-mini-transcribe-realtime-2602"  # retires on 2027-04-30
    VOXTRAL_MINI_TTS_2603 = "voxtral-mini-tts-2603"  # retires on 2027-04-30
    VOXTRAL_MINI_TTS_LATEST = "voxtral-mini-tts-latest"  # retires on 2027-04-30
    VOXTRAL_SMALL_2507 = "voxtral-small-2507"
    VOXTRAL_SMALL_LATEST = "voxtral-small-latest"
    ZAI_GLM_5_2 = "zai-glm-5-2"  # retires on 2026-10-31


ChatModelName: TypeAlias = Literal[
    "codestral-2508",
    "codestral-latest",
    "devstral-2512",
    "devstral-latest",
    "devstral-medium-latest",
    "glm-5-2",
    "labs-leanstral-1-5",
    "labs-leanstral-1-5-1",
    "magistral-small-latest",
    "ministral-14b-2512",
    "ministral-14b-latest",
    "ministral-3b-2512",
    "ministral-3b-latest",
    "ministral-8b-2512",
    "ministral-8b-latest",
    "mistral-code-agent-latest",
    "mistral-code-fim-latest",
    "mistral-code-latest",
    "mistral-large-2512",
    "mistral-large-latest",
    "mistral-medium",
    "mistral-medium-2505",
    "mistral-medium-2508",
    "mistral-medium-2604",
    "mistral-medium-3",
    "mistral-medium-3-5",
    "mistral-medium-3.5",
    "mistral-medium-latest",
    "mistral-small-2603",
    "mistral-small-latest",
    "mistral-vibe-cli-fast",
    "mistral-vibe-cli-latest",
    "mistral-vibe-cli-with-tools",
    "voxtral-small-2507",
    "voxtral-small-latest",
    "zai-glm-5-2",
]
EmbeddingModelName: TypeAlias = Literal[
    "codestral-embed", "codestral-embed-2505", "mistral-embed", "mistral-embed-2312"
]
ModerationModelName: TypeAlias = Literal["mistral-moderation-2603"]
TranscriptionModelName: TypeAlias = Literal[
    "voxtral-mini-2602",
    "voxtral-mini-latest",
    "voxtral-mini-realtime-2602",
    "voxtral-mini-realtime-latest",
    "voxtral-mini-transcribe-realtime-2602",
]
SpeechModelName: TypeAlias = Literal["voxtral-mini-tts-2603", "voxtral-mini-tts-latest"]
OtherModelName: TypeAlias = Literal[
    "mistral-ocr-2512",
    "mistral-ocr-3",
    "mistral-ocr-3-0",
    "mistral-ocr-4",
    "mistral-ocr-4-0",
    "mistral-ocr-4-1",
    "mistral-ocr-latest",
]
ModelName: TypeAlias = (
    ChatModelName | EmbeddingModelName | ModerationModelName | TranscriptionModelName | SpeechModelName | OtherModelName
)
