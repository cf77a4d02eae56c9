"""What each verb is asked, in every way that a specification of a provider may describe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import fluent_ai as ai
from fluent_ai.manifest.schema import Capability
from fluent_ai.verbs.base import Verb
from fluent_ai.verbs.embed import EMBED
from fluent_ai.verbs.image import IMAGE
from fluent_ai.verbs.moderate import MODERATE
from fluent_ai.verbs.rerank import RERANK, RerankSubject
from fluent_ai.verbs.speak import SPEAK
from fluent_ai.verbs.transcribe import TRANSCRIBE

IMAGE_PART = ai.ImagePart(data=b"\x89PNG\r\n\x1a\n the bytes of a picture")
CALL = ai.ToolCall("call_abcdef123", "weather", {"city": "Paris"})
WEATHER = ai.Tool(
    "weather",
    "What the weather is.",
    {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
)
OUTPUT = {
    "type": "object",
    "properties": {"answer": {"type": "string"}, "sure": {"type": "boolean"}},
    "required": ["answer", "sure"],
    "additionalProperties": False,
}
TALK = [
    ai.Message("system", (ai.TextPart("Be short."),)),
    ai.Message("user", (ai.TextPart("What is the weather in Paris?"),)),
    ai.Message("assistant", (ai.TextPart("I shall look."), ai.ToolCallPart(CALL))),
    ai.Message("tool", (ai.ToolResultPart(CALL.id, '{"sky": "blue"}'),)),
    ai.Message("assistant", (ai.TextPart("Blue."),)),
    ai.Message("user", (ai.TextPart("Thanks"),)),
]
DOCUMENTS = [
    ai.Document(name="cats.txt", text="Cats sleep."),
    ai.Document(name="dogs", text="Dogs bark.", url="https://dogs.example/"),
]
CHATS: Mapping[str, tuple[Any, Mapping[str, Any]]] = {
    "plain": ("hi", {"system": "Be short.", "max_tokens": 100}),
    "calls": (TALK, {"tools": [WEATHER]}),
    "call only": ([TALK[1], ai.Message("assistant", (ai.ToolCallPart(CALL),)), TALK[3]], {"tools": [WEATHER]}),
    "tool_choice auto": ("hi", {"tools": [WEATHER], "tool_choice": "auto"}),
    "tool_choice none": ("hi", {"tools": [WEATHER], "tool_choice": "none"}),
    "tool_choice required": ("hi", {"tools": [WEATHER], "tool_choice": "required"}),
    "tool_choice by name": ("hi", {"tools": [WEATHER], "tool_choice": "weather"}),
    "image": ([ai.Message("user", (ai.TextPart("What is this?"), IMAGE_PART))], {}),
    "image by URL": ([ai.Message("user", (ai.ImagePart(url="https://example.org/a.png"),))], {}),
    "audio": ([ai.Message("user", (ai.AudioPart(data=b"RIFF....WAVE", media_type="audio/wav"),))], {}),
    "document": ([ai.Message("user", (ai.DocumentPart(data=b"%PDF-1.7", name="a.pdf"),))], {}),
    "documents": ("hi", {"documents": DOCUMENTS}),
    "output": ("hi", {"output": OUTPUT}),
    "output list": ("hi", {"output": list[str]}),
    "output dict": ("hi", {"output": dict[str, tuple[int, bool]]}),
    "output union": ("hi", {"output": Literal["yes", "no"] | int | None}),
    "reasoning none": ("hi", {"reasoning": "none"}),
    "reasoning low": ("hi", {"reasoning": "low"}),
    "reasoning high": ("hi", {"reasoning": "high"}),
    "temperature": ("hi", {"temperature": 0.5}),
    "top_p": ("hi", {"top_p": 0.9}),
    "top_k": ("hi", {"top_k": 20}),
    "stop": ("hi", {"stop": ["END"]}),
    "seed": ("hi", {"seed": 7}),
    "logprobs": ("hi", {"logprobs": 2}),
}
OUTPUTS = tuple(name for name in CHATS if name.startswith("output"))
VERBS: Mapping[Capability, tuple[Verb[Any, Any, Any, Any], Any, Mapping[str, Any]]] = {
    "embeddings": (EMBED, ["one", "two"], {"dimensions": 256, "input_type": "query", "truncate": True}),
    "rerank": (RERANK, RerankSubject("which?", ["one", "two"]), {"top_n": 1, "truncate": True}),
    "moderation": (MODERATE, ["one", "two"], {}),
    "transcription": (
        TRANSCRIBE,
        ai.AudioPart(data=b"RIFF....WAVE", media_type="audio/wav"),
        {"language": "en", "prompt": "Ada", "temperature": 0.5, "timestamps": "segment", "translate": True},
    ),
    "speech": (SPEAK, "Hello", {"voice": "alloy", "format": "mp3", "speed": 1.5, "instructions": "softly"}),
    "images": (
        IMAGE,
        "A lighthouse",
        {
            "n": 1, "size": "1024x1024", "quality": "high", "background": "opaque", "format": "png", "seed": 7,
            "negative_prompt": "fog", "images": [IMAGE_PART], "partial_images": 1,
        },
    ),
}  # fmt: skip
