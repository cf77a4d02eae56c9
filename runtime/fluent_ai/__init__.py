"""fluent-ai: one streaming interface to every large-model provider.

Names load on first use: importing this package imports nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fluent_ai.auth.aws import AwsProfile as AwsProfile
    from fluent_ai.auth.google import GoogleServiceAccount as GoogleServiceAccount
    from fluent_ai.auth.sigv4 import AwsKeys as AwsKeys
    from fluent_ai.bound import AsyncBoundModel as AsyncBoundModel
    from fluent_ai.bound import BoundModel as BoundModel
    from fluent_ai.channels import Channel as Channel
    from fluent_ai.channels import channel as channel
    from fluent_ai.client import AsyncClient as AsyncClient
    from fluent_ai.client import Client as Client
    from fluent_ai.embeddings import Embedding as Embedding
    from fluent_ai.embeddings import Embeddings as Embeddings
    from fluent_ai.errors import ApiError as ApiError
    from fluent_ai.errors import AuthError as AuthError
    from fluent_ai.errors import Cancelled as Cancelled
    from fluent_ai.errors import CircuitOpen as CircuitOpen
    from fluent_ai.errors import ConcurrencyLimited as ConcurrencyLimited
    from fluent_ai.errors import ConfigError as ConfigError
    from fluent_ai.errors import ConnectionFailed as ConnectionFailed
    from fluent_ai.errors import ContentFiltered as ContentFiltered
    from fluent_ai.errors import ContextTooLong as ContextTooLong
    from fluent_ai.errors import DeadlineExceeded as DeadlineExceeded
    from fluent_ai.errors import EngineError as EngineError
    from fluent_ai.errors import FluentError as FluentError
    from fluent_ai.errors import IncompleteJSON as IncompleteJSON
    from fluent_ai.errors import InvalidJSON as InvalidJSON
    from fluent_ai.errors import InvalidRequest as InvalidRequest
    from fluent_ai.errors import ModelLoadFailed as ModelLoadFailed
    from fluent_ai.errors import NotFound as NotFound
    from fluent_ai.errors import OutOfMemory as OutOfMemory
    from fluent_ai.errors import OutputInvalid as OutputInvalid
    from fluent_ai.errors import Overloaded as Overloaded
    from fluent_ai.errors import PermissionDenied as PermissionDenied
    from fluent_ai.errors import ProtocolError as ProtocolError
    from fluent_ai.errors import QuotaExceeded as QuotaExceeded
    from fluent_ai.errors import RateLimited as RateLimited
    from fluent_ai.errors import RegionUnsupported as RegionUnsupported
    from fluent_ai.errors import ServerError as ServerError
    from fluent_ai.errors import StreamInterrupted as StreamInterrupted
    from fluent_ai.errors import StreamTruncated as StreamTruncated
    from fluent_ai.errors import ToolError as ToolError
    from fluent_ai.errors import UnsupportedModel as UnsupportedModel
    from fluent_ai.errors import WeightsCorrupt as WeightsCorrupt
    from fluent_ai.events import Citation as Citation
    from fluent_ai.events import Event as Event
    from fluent_ai.events import Finish as Finish
    from fluent_ai.events import MediaDelta as MediaDelta
    from fluent_ai.events import MediaEnd as MediaEnd
    from fluent_ai.events import MediaStart as MediaStart
    from fluent_ai.events import Ping as Ping
    from fluent_ai.events import Progress as Progress
    from fluent_ai.events import ReasoningDelta as ReasoningDelta
    from fluent_ai.events import ReasoningEnd as ReasoningEnd
    from fluent_ai.events import ReasoningStart as ReasoningStart
    from fluent_ai.events import StreamStart as StreamStart
    from fluent_ai.events import TextDelta as TextDelta
    from fluent_ai.events import TextEnd as TextEnd
    from fluent_ai.events import TextStart as TextStart
    from fluent_ai.events import TokenLogprob as TokenLogprob
    from fluent_ai.events import ToolCallDelta as ToolCallDelta
    from fluent_ai.events import ToolCallEnd as ToolCallEnd
    from fluent_ai.events import ToolCallStart as ToolCallStart
    from fluent_ai.events import UsageUpdate as UsageUpdate
    from fluent_ai.events import Warned as Warned
    from fluent_ai.events import event_from_dict as event_from_dict
    from fluent_ai.events import event_from_json as event_from_json
    from fluent_ai.folding import fold as fold
    from fluent_ai.http_messages import Timeouts as Timeouts
    from fluent_ai.images import GeneratedImage as GeneratedImage
    from fluent_ai.images import Images as Images
    from fluent_ai.images import PartialImage as PartialImage
    from fluent_ai.json_struct import to_jsonable as to_jsonable
    from fluent_ai.live import CheckResult as CheckResult
    from fluent_ai.manifest import Manifest as Manifest
    from fluent_ai.moderation import Moderation as Moderation
    from fluent_ai.moderation import Moderations as Moderations
    from fluent_ai.partial_json import PartialJSON as PartialJSON
    from fluent_ai.partial_json import parse_partial as parse_partial
    from fluent_ai.parts import AudioPart as AudioPart
    from fluent_ai.parts import DocumentPart as DocumentPart
    from fluent_ai.parts import ImagePart as ImagePart
    from fluent_ai.parts import Media as Media
    from fluent_ai.parts import Message as Message
    from fluent_ai.parts import ReasoningPart as ReasoningPart
    from fluent_ai.parts import TextPart as TextPart
    from fluent_ai.parts import Tool as Tool
    from fluent_ai.parts import ToolCall as ToolCall
    from fluent_ai.parts import ToolCallPart as ToolCallPart
    from fluent_ai.parts import ToolResultPart as ToolResultPart
    from fluent_ai.parts import part_from_dict as part_from_dict
    from fluent_ai.parts import part_from_json as part_from_json
    from fluent_ai.providers import ProviderStatus as ProviderStatus
    from fluent_ai.providers import register_provider as register_provider
    from fluent_ai.providers import unregister_provider as unregister_provider
    from fluent_ai.pulling import Pulled as Pulled
    from fluent_ai.pulling import Weights as Weights
    from fluent_ai.reply import Reply as Reply
    from fluent_ai.reply import Timing as Timing
    from fluent_ai.reply import Usage as Usage
    from fluent_ai.requests import ChatRequest as ChatRequest
    from fluent_ai.rerank import Ranked as Ranked
    from fluent_ai.rerank import Ranking as Ranking
    from fluent_ai.speech import AudioChunk as AudioChunk
    from fluent_ai.speech import Speech as Speech
    from fluent_ai.streams import EMPTY as EMPTY
    from fluent_ai.streams import AsyncReplyStream as AsyncReplyStream
    from fluent_ai.streams import AsyncResultStream as AsyncResultStream
    from fluent_ai.streams import AsyncStream as AsyncStream
    from fluent_ai.streams import ReplyStream as ReplyStream
    from fluent_ai.streams import ResultStream as ResultStream
    from fluent_ai.streams import Stream as Stream
    from fluent_ai.tools import acall_tool as acall_tool
    from fluent_ai.tools import call_tool as call_tool
    from fluent_ai.transcription import Segment as Segment
    from fluent_ai.transcription import Transcript as Transcript
    from fluent_ai.transcription import TranscriptDelta as TranscriptDelta
    from fluent_ai.transcription import TranscriptEnd as TranscriptEnd
    from fluent_ai.transcription import Word as Word

    from . import laws as laws
    from . import models as models
    from . import testing as testing

_WHERE = {
    "auth.aws": ("AwsProfile",),
    "auth.google": ("GoogleServiceAccount",),
    "auth.sigv4": ("AwsKeys",),
    "channels": ("Channel", "channel"),
    "bound": ("AsyncBoundModel", "BoundModel"),
    "client": ("AsyncClient", "Client"),
    "embeddings": ("Embedding", "Embeddings"),
    "errors": (
        "ApiError", "AuthError", "Cancelled", "CircuitOpen", "ConcurrencyLimited", "ConfigError", "ConnectionFailed",
        "ContentFiltered", "ContextTooLong", "DeadlineExceeded", "EngineError", "FluentError", "IncompleteJSON",
        "InvalidJSON", "InvalidRequest", "ModelLoadFailed", "NotFound", "OutOfMemory", "OutputInvalid", "Overloaded",
        "PermissionDenied", "ProtocolError", "QuotaExceeded", "RateLimited", "RegionUnsupported", "ServerError",
        "StreamInterrupted", "StreamTruncated", "ToolError", "UnsupportedModel", "WeightsCorrupt",
    ),
    "events": (
        "Citation", "Event", "Finish", "MediaDelta", "MediaEnd", "MediaStart", "Ping", "Progress", "ReasoningDelta",
        "ReasoningEnd", "ReasoningStart", "StreamStart", "TextDelta", "TextEnd", "TextStart", "TokenLogprob",
        "ToolCallDelta", "ToolCallEnd", "ToolCallStart", "UsageUpdate", "Warned", "event_from_dict",
        "event_from_json",
    ),
    "folding": ("fold",),
    "json_struct": ("to_jsonable",),
    "http_messages": ("Timeouts",),
    "manifest": ("Manifest",),
    "live": ("CheckResult",),
    "moderation": ("Moderation", "Moderations"),
    "partial_json": ("PartialJSON", "parse_partial"),
    "providers": ("ProviderStatus", "register_provider", "unregister_provider"),
    "images": ("GeneratedImage", "Images", "PartialImage"),
    "speech": ("AudioChunk", "Speech"),
    "pulling": ("Pulled", "Weights"),
    "rerank": ("Ranked", "Ranking"),
    "streams": (
        "EMPTY", "AsyncReplyStream", "AsyncResultStream", "AsyncStream", "ReplyStream", "ResultStream", "Stream",
    ),
    "tools": ("acall_tool", "call_tool"),
    "transcription": ("Segment", "Transcript", "TranscriptDelta", "TranscriptEnd", "Word"),
    "parts": (
        "AudioPart", "DocumentPart", "ImagePart", "Media", "Message", "ReasoningPart", "TextPart", "Tool",
        "ToolCall", "ToolCallPart", "ToolResultPart", "part_from_dict", "part_from_json",
    ),
    "reply": ("Reply", "Timing", "Usage"),
    "requests": ("ChatRequest",),
}  # fmt: skip
_MODULES = {"laws": "laws", "models": "models", "testing": "testing"}
_NAMES = {name: module for module, names in _WHERE.items() for name in names}

__version__ = "0.1.0"
__all__ = sorted([*_NAMES, *_MODULES])  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name in _NAMES:
        value = getattr(import_module(f".{_NAMES[name]}", __name__), name)
    elif name in _MODULES:
        value = import_module(f".{_MODULES[name]}", __name__)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
