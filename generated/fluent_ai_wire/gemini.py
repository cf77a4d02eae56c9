# Generated from specs/wire/gemini.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class PromptFeedback(Struct, gc=False):
    blockReason: Any | None = None
    blockReasonMessage: str | None = None


class SafetyRating(Struct, gc=False):
    """
    Nothing of it is read.
    """


class Blob(Struct, gc=False):
    mimeType: str | None = None
    data: str | None = None


class PartialArg(Struct, gc=False):
    """
    A value, or a piece of a string, at a place in the arguments.
    """

    jsonPath: str | None = None
    stringValue: str | None = None
    numberValue: Any | None = None
    boolValue: bool | None = None
    willContinue: bool | None = None


class CitationSource(Struct, gc=False):
    """
    The indices count bytes.
    """

    startIndex: int | None = None
    endIndex: int | None = None
    uri: str | None = None
    title: str | None = None


class GroundingSource(Struct, gc=False):
    uri: str | None = None
    title: str | None = None
    text: str | None = None


class Segment(Struct, gc=False):
    """
    The indices count bytes.
    """

    startIndex: int | None = None
    endIndex: int | None = None


class TokenCandidate(Struct, gc=False):
    token: str | None = None
    logProbability: float | None = None


class FunctionCall(Struct, gc=False):
    """
    A whole call, or a piece of the one before where its arguments are streamed.
    """

    id: str | None = None
    name: str | None = None
    args: Any | None = None
    partialArgs: list[PartialArg] | None = None
    willContinue: bool | None = None


class CitationMetadata(Struct, gc=False):
    citations: list[CitationSource] | None = None
    citationSources: list[CitationSource] | None = None


class GroundingChunk(Struct, gc=False):
    web: GroundingSource | None = None
    retrievedContext: GroundingSource | None = None


class GroundingSupport(Struct, gc=False):
    segment: Segment | None = None
    groundingChunkIndices: list[int] | None = None


class TopCandidates(Struct, gc=False):
    candidates: list[TokenCandidate] | None = None


class Part(Struct, gc=False, forbid_unknown_fields=True):
    text: str | None = None
    thought: bool | None = None
    thoughtSignature: str | None = None
    functionCall: FunctionCall | None = None
    inlineData: Blob | None = None


class GroundingMetadata(Struct, gc=False):
    webSearchQueries: Any | None = None
    groundingChunks: list[GroundingChunk] | None = None
    groundingSupports: list[GroundingSupport] | None = None


class LogprobsResult(Struct, gc=False):
    chosenCandidates: list[TokenCandidate] | None = None
    topCandidates: list[TopCandidates] | None = None


class Content(Struct, gc=False):
    parts: list[Part] | None = None


class Candidate(Struct, gc=False, forbid_unknown_fields=True):
    """
    The fields without a word about them are not read.
    """

    index: int | None = None
    content: Content | None = None
    finishReason: Any | None = None
    citationMetadata: CitationMetadata | None = None
    groundingMetadata: GroundingMetadata | None = None
    finishMessage: Any | None = None
    safetyRatings: list[SafetyRating] | None = None
    avgLogprobs: Any | None = None
    tokenCount: Any | None = None
    urlContextMetadata: Any | None = None
    groundingAttributions: Any | None = None
    continuationToken: Any | None = None
    logprobsResult: LogprobsResult | None = None


class GenerateContentResponse(Struct, gc=False):
    """
    One answer, or one piece of it.
    """

    candidates: list[Candidate] | None = None
    promptFeedback: PromptFeedback | None = None
    usageMetadata: Any | None = None
    modelVersion: str | None = None
    responseId: str | None = None
    error: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    PromptFeedback,
    SafetyRating,
    Blob,
    PartialArg,
    CitationSource,
    GroundingSource,
    Segment,
    TokenCandidate,
    FunctionCall,
    CitationMetadata,
    GroundingChunk,
    GroundingSupport,
    TopCandidates,
    Part,
    GroundingMetadata,
    LogprobsResult,
    Content,
    Candidate,
    GenerateContentResponse,
):
    Decoder(_struct)
