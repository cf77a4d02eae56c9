# Generated from specs/wire/image_answers.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class Prediction(Struct, gc=False):
    bytesBase64Encoded: str | None = None
    mimeType: str | None = None
    prompt: str | None = None
    raiFilteredReason: str | None = None


class Invocation(Struct, gc=False):
    """
    Bedrock's, of Amazon's models and Stability's.
    """

    images: list[str] | None = None
    error: str | None = None
    finish_reasons: list[str | None] | None = None


class RunResult(Struct, gc=False):
    image: str | None = None


class Predictions(Struct, gc=False):
    """
    Imagen's.
    """

    predictions: list[Prediction] | None = None
    error: Any | None = None


class Run(Struct, gc=False):
    """
    Cloudflare's.
    """

    result: RunResult | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    Prediction,
    Invocation,
    RunResult,
    Predictions,
    Run,
):
    Decoder(_struct)
