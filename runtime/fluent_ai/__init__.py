"""fluent-ai: one streaming interface to every large-model provider.

Names load on first use: importing this package imports nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import laws as laws
    from . import registry as models
    from . import testing as testing
    from .channel import Channel as Channel
    from .channel import channel as channel
    from .client import AsyncBoundModel as AsyncBoundModel
    from .client import AsyncClient as AsyncClient
    from .client import BoundModel as BoundModel
    from .client import Client as Client
    from .errors import ApiError as ApiError
    from .errors import AuthError as AuthError
    from .errors import Cancelled as Cancelled
    from .errors import CircuitOpen as CircuitOpen
    from .errors import ConcurrencyLimited as ConcurrencyLimited
    from .errors import ConfigError as ConfigError
    from .errors import ConnectionFailed as ConnectionFailed
    from .errors import ContentFiltered as ContentFiltered
    from .errors import ContextTooLong as ContextTooLong
    from .errors import DeadlineExceeded as DeadlineExceeded
    from .errors import EngineError as EngineError
    from .errors import FluentError as FluentError
    from .errors import InvalidRequest as InvalidRequest
    from .errors import ModelLoadFailed as ModelLoadFailed
    from .errors import NotFound as NotFound
    from .errors import OutOfMemory as OutOfMemory
    from .errors import Overloaded as Overloaded
    from .errors import PermissionDenied as PermissionDenied
    from .errors import ProtocolError as ProtocolError
    from .errors import QuotaExceeded as QuotaExceeded
    from .errors import RateLimited as RateLimited
    from .errors import RegionUnsupported as RegionUnsupported
    from .errors import ServerError as ServerError
    from .errors import StreamInterrupted as StreamInterrupted
    from .errors import StreamTruncated as StreamTruncated
    from .errors import ToolError as ToolError
    from .errors import UnsupportedModel as UnsupportedModel
    from .errors import WeightsCorrupt as WeightsCorrupt
    from .events import Citation as Citation
    from .events import Event as Event
    from .events import Finish as Finish
    from .events import MediaDelta as MediaDelta
    from .events import MediaEnd as MediaEnd
    from .events import MediaStart as MediaStart
    from .events import Ping as Ping
    from .events import Progress as Progress
    from .events import ReasoningDelta as ReasoningDelta
    from .events import ReasoningEnd as ReasoningEnd
    from .events import ReasoningStart as ReasoningStart
    from .events import StreamStart as StreamStart
    from .events import TextDelta as TextDelta
    from .events import TextEnd as TextEnd
    from .events import TextStart as TextStart
    from .events import TokenLogprob as TokenLogprob
    from .events import ToolCallDelta as ToolCallDelta
    from .events import ToolCallEnd as ToolCallEnd
    from .events import ToolCallStart as ToolCallStart
    from .events import UsageUpdate as UsageUpdate
    from .events import Warned as Warned
    from .fold import fold as fold
    from .interfaces import Timeouts as Timeouts
    from .manifest import Manifest as Manifest
    from .providers import ProviderStatus as ProviderStatus
    from .providers import register_provider as register_provider
    from .streams import EMPTY as EMPTY
    from .streams import AsyncReplyStream as AsyncReplyStream
    from .streams import AsyncStream as AsyncStream
    from .streams import ReplyStream as ReplyStream
    from .streams import Stream as Stream
    from .vocabulary import AudioPart as AudioPart
    from .vocabulary import ChatRequest as ChatRequest
    from .vocabulary import DocumentPart as DocumentPart
    from .vocabulary import ImagePart as ImagePart
    from .vocabulary import Media as Media
    from .vocabulary import Message as Message
    from .vocabulary import ReasoningPart as ReasoningPart
    from .vocabulary import Reply as Reply
    from .vocabulary import TextPart as TextPart
    from .vocabulary import Timing as Timing
    from .vocabulary import Tool as Tool
    from .vocabulary import ToolCall as ToolCall
    from .vocabulary import ToolCallPart as ToolCallPart
    from .vocabulary import ToolResultPart as ToolResultPart
    from .vocabulary import Usage as Usage

_WHERE = {
    "channel": ("Channel", "channel"),
    "client": ("AsyncBoundModel", "AsyncClient", "BoundModel", "Client"),
    "errors": (
        "ApiError", "AuthError", "Cancelled", "CircuitOpen", "ConcurrencyLimited", "ConfigError", "ConnectionFailed",
        "ContentFiltered", "ContextTooLong", "DeadlineExceeded", "EngineError", "FluentError", "InvalidRequest",
        "ModelLoadFailed", "NotFound", "OutOfMemory", "Overloaded", "PermissionDenied", "ProtocolError", "QuotaExceeded",
        "RateLimited", "RegionUnsupported", "ServerError", "StreamInterrupted", "StreamTruncated", "ToolError",
        "UnsupportedModel", "WeightsCorrupt",
    ),
    "events": (
        "Citation", "Event", "Finish", "MediaDelta", "MediaEnd", "MediaStart", "Ping", "Progress", "ReasoningDelta",
        "ReasoningEnd", "ReasoningStart", "StreamStart", "TextDelta", "TextEnd", "TextStart", "TokenLogprob",
        "ToolCallDelta", "ToolCallEnd", "ToolCallStart", "UsageUpdate", "Warned",
    ),
    "fold": ("fold",),
    "interfaces": ("Timeouts",),
    "manifest": ("Manifest",),
    "providers": ("ProviderStatus", "register_provider"),
    "streams": ("EMPTY", "AsyncReplyStream", "AsyncStream", "ReplyStream", "Stream"),
    "vocabulary": (
        "AudioPart", "ChatRequest", "DocumentPart", "ImagePart", "Media", "Message", "ReasoningPart", "Reply", "TextPart",
        "Timing", "Tool", "ToolCall", "ToolCallPart", "ToolResultPart", "Usage",
    ),
}  # fmt: skip
_MODULES = {"laws": "laws", "models": "registry", "testing": "testing"}
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
