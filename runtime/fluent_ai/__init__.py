"""fluent-ai: one streaming interface to every large-model provider.

Names load on first use: importing this package imports nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.lazy_names import lazy_names

if TYPE_CHECKING:
    from fluent_ai.auth.aws import AwsProfile as AwsProfile
    from fluent_ai.auth.google import GoogleServiceAccount as GoogleServiceAccount
    from fluent_ai.auth.key_store import KeyStore as KeyStore
    from fluent_ai.auth.keys import KeyHealth as KeyHealth
    from fluent_ai.auth.limited_key import LimitedKey as LimitedKey
    from fluent_ai.auth.sigv4 import AwsKeys as AwsKeys
    from fluent_ai.cache.memory import MemoryCache as MemoryCache
    from fluent_ai.cache.redis_store import RedisCache as RedisCache
    from fluent_ai.cache.sqlite import SQLiteCache as SQLiteCache
    from fluent_ai.client.bound import AsyncBoundModel as AsyncBoundModel
    from fluent_ai.client.bound import BoundModel as BoundModel
    from fluent_ai.client.client import AsyncClient as AsyncClient
    from fluent_ai.client.client import Client as Client
    from fluent_ai.client.live import CheckResult as CheckResult
    from fluent_ai.client.route import Leg as Leg
    from fluent_ai.client.route import Route as Route
    from fluent_ai.config.config import Config as Config
    from fluent_ai.config.resolving import Resolved as Resolved
    from fluent_ai.content.documents import Document as Document
    from fluent_ai.content.events import Citation as Citation
    from fluent_ai.content.events import Event as Event
    from fluent_ai.content.events import Finish as Finish
    from fluent_ai.content.events import HostedToolResult as HostedToolResult
    from fluent_ai.content.events import MediaDelta as MediaDelta
    from fluent_ai.content.events import MediaEnd as MediaEnd
    from fluent_ai.content.events import MediaStart as MediaStart
    from fluent_ai.content.events import Ping as Ping
    from fluent_ai.content.events import Progress as Progress
    from fluent_ai.content.events import ReasoningDelta as ReasoningDelta
    from fluent_ai.content.events import ReasoningEnd as ReasoningEnd
    from fluent_ai.content.events import ReasoningStart as ReasoningStart
    from fluent_ai.content.events import Seam as Seam
    from fluent_ai.content.events import StreamStart as StreamStart
    from fluent_ai.content.events import TextDelta as TextDelta
    from fluent_ai.content.events import TextEnd as TextEnd
    from fluent_ai.content.events import TextStart as TextStart
    from fluent_ai.content.events import TokenLogprob as TokenLogprob
    from fluent_ai.content.events import ToolCallDelta as ToolCallDelta
    from fluent_ai.content.events import ToolCallEnd as ToolCallEnd
    from fluent_ai.content.events import ToolCallStart as ToolCallStart
    from fluent_ai.content.events import UnknownBlock as UnknownBlock
    from fluent_ai.content.events import UsageUpdate as UsageUpdate
    from fluent_ai.content.events import Warned as Warned
    from fluent_ai.content.events import event_from_dict as event_from_dict
    from fluent_ai.content.events import event_from_json as event_from_json
    from fluent_ai.content.fold import fold as fold
    from fluent_ai.content.json_struct import to_jsonable as to_jsonable
    from fluent_ai.content.parts import AudioPart as AudioPart
    from fluent_ai.content.parts import DocumentPart as DocumentPart
    from fluent_ai.content.parts import HostedToolResultPart as HostedToolResultPart
    from fluent_ai.content.parts import ImagePart as ImagePart
    from fluent_ai.content.parts import Media as Media
    from fluent_ai.content.parts import Message as Message
    from fluent_ai.content.parts import ReasoningPart as ReasoningPart
    from fluent_ai.content.parts import TextPart as TextPart
    from fluent_ai.content.parts import Tool as Tool
    from fluent_ai.content.parts import ToolCall as ToolCall
    from fluent_ai.content.parts import ToolCallPart as ToolCallPart
    from fluent_ai.content.parts import ToolResultPart as ToolResultPart
    from fluent_ai.content.parts import ToolTiming as ToolTiming
    from fluent_ai.content.parts import UnknownPart as UnknownPart
    from fluent_ai.content.parts import part_from_dict as part_from_dict
    from fluent_ai.content.parts import part_from_json as part_from_json
    from fluent_ai.content.reply import LegAttempt as LegAttempt
    from fluent_ai.content.reply import ProviderTimes as ProviderTimes
    from fluent_ai.content.reply import Reply as Reply
    from fluent_ai.content.reply import Timing as Timing
    from fluent_ai.content.reply import Usage as Usage
    from fluent_ai.content.requests import ChatRequest as ChatRequest
    from fluent_ai.errors import ApiError as ApiError
    from fluent_ai.errors import AuthError as AuthError
    from fluent_ai.errors import BudgetExceeded as BudgetExceeded
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
    from fluent_ai.errors import KeyStoreError as KeyStoreError
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
    from fluent_ai.errors import RouteFailed as RouteFailed
    from fluent_ai.errors import ServerError as ServerError
    from fluent_ai.errors import StageFailed as StageFailed
    from fluent_ai.errors import StreamInterrupted as StreamInterrupted
    from fluent_ai.errors import StreamTruncated as StreamTruncated
    from fluent_ai.errors import TlsFailed as TlsFailed
    from fluent_ai.errors import ToolError as ToolError
    from fluent_ai.errors import UnsupportedModel as UnsupportedModel
    from fluent_ai.errors import WeightsCorrupt as WeightsCorrupt
    from fluent_ai.http.messages import Timeouts as Timeouts
    from fluent_ai.interfaces import AsyncEmit as AsyncEmit
    from fluent_ai.interfaces import Emit as Emit
    from fluent_ai.interfaces import LocalSettings as LocalSettings
    from fluent_ai.manifest.schema import Manifest as Manifest
    from fluent_ai.observe.call import Call as Call
    from fluent_ai.observe.hooks import AttemptEvent as AttemptEvent
    from fluent_ai.observe.ledger import Ledger as Ledger
    from fluent_ai.observe.metrics import Metrics as Metrics
    from fluent_ai.observe.observer import Observer as Observer
    from fluent_ai.observe.otel import otel as otel
    from fluent_ai.observe.tags import tags as tags
    from fluent_ai.providers.table import ProviderStatus as ProviderStatus
    from fluent_ai.providers.table import register_provider as register_provider
    from fluent_ai.providers.table import unregister_provider as unregister_provider
    from fluent_ai.resilience.breaker import Breaker as Breaker
    from fluent_ai.resilience.limits import Limits as Limits
    from fluent_ai.resilience.recovery import RecoveryCount as RecoveryCount
    from fluent_ai.schema.partial_json import PartialJSON as PartialJSON
    from fluent_ai.schema.partial_json import parse_partial as parse_partial
    from fluent_ai.schema.tools import acall_tool as acall_tool
    from fluent_ai.schema.tools import call_tool as call_tool
    from fluent_ai.streams.broadcast import AsyncSubscription as AsyncSubscription
    from fluent_ai.streams.broadcast import Broadcast as Broadcast
    from fluent_ai.streams.broadcast import Subscriber as Subscriber
    from fluent_ai.streams.broadcast import SubscriberNotFound as SubscriberNotFound
    from fluent_ai.streams.broadcast import Subscription as Subscription
    from fluent_ai.streams.channel import BackpressureExceeded as BackpressureExceeded
    from fluent_ai.streams.channel import Channel as Channel
    from fluent_ai.streams.channel import Dropped as Dropped
    from fluent_ai.streams.channel import EmitAfterEnd as EmitAfterEnd
    from fluent_ai.streams.channel import channel as channel
    from fluent_ai.streams.producers import stream_from as stream_from
    from fluent_ai.streams.stream import EMPTY as EMPTY
    from fluent_ai.streams.stream import AsyncReplyStream as AsyncReplyStream
    from fluent_ai.streams.stream import AsyncResultStream as AsyncResultStream
    from fluent_ai.streams.stream import AsyncStream as AsyncStream
    from fluent_ai.streams.stream import ReplyStream as ReplyStream
    from fluent_ai.streams.stream import ResultStream as ResultStream
    from fluent_ai.streams.stream import Stream as Stream
    from fluent_ai.verbs.count_tokens import Counted as Counted
    from fluent_ai.verbs.count_tokens import TokenCount as TokenCount
    from fluent_ai.verbs.embed import Embedding as Embedding
    from fluent_ai.verbs.embed import Embeddings as Embeddings
    from fluent_ai.verbs.image import GeneratedImage as GeneratedImage
    from fluent_ai.verbs.image import Images as Images
    from fluent_ai.verbs.image import PartialImage as PartialImage
    from fluent_ai.verbs.image import SkipLayerGuidance as SkipLayerGuidance
    from fluent_ai.verbs.moderate import Moderation as Moderation
    from fluent_ai.verbs.moderate import Moderations as Moderations
    from fluent_ai.verbs.pull import Pulled as Pulled
    from fluent_ai.verbs.pull import Weights as Weights
    from fluent_ai.verbs.rerank import Ranked as Ranked
    from fluent_ai.verbs.rerank import Ranking as Ranking
    from fluent_ai.verbs.speak import AudioChunk as AudioChunk
    from fluent_ai.verbs.speak import Speech as Speech
    from fluent_ai.verbs.tokenize import Token as Token
    from fluent_ai.verbs.tokenize import Tokens as Tokens
    from fluent_ai.verbs.transcribe import Segment as Segment
    from fluent_ai.verbs.transcribe import Transcript as Transcript
    from fluent_ai.verbs.transcribe import TranscriptDelta as TranscriptDelta
    from fluent_ai.verbs.transcribe import TranscriptEnd as TranscriptEnd
    from fluent_ai.verbs.transcribe import Word as Word

    from . import laws as laws
    from . import media as media
    from . import models as models
    from . import testing as testing

# Every line here that names a module of verbs is rendered from it: `fluent-ai generate`.
_WHERE = {
    "auth.aws": ("AwsProfile",),
    "auth.google": ("GoogleServiceAccount",),
    "auth.key_store": ("KeyStore",),
    "auth.keys": ("KeyHealth",),
    "auth.limited_key": ("LimitedKey",),
    "auth.sigv4": ("AwsKeys",),
    "interfaces": ("AsyncEmit", "Emit", "LocalSettings"),
    "streams.broadcast": ("AsyncSubscription", "Broadcast", "Subscriber", "SubscriberNotFound", "Subscription"),
    "streams.channel": ("BackpressureExceeded", "Channel", "Dropped", "EmitAfterEnd", "channel"),
    "streams.producers": ("stream_from",),
    "client.bound": ("AsyncBoundModel", "BoundModel"),
    "client.client": ("AsyncClient", "Client"),
    "errors": (
        "ApiError", "AuthError", "BudgetExceeded", "Cancelled", "CircuitOpen", "ConcurrencyLimited", "ConfigError",
        "ConnectionFailed", "ContentFiltered", "ContextTooLong", "DeadlineExceeded", "EngineError", "FluentError",
        "IncompleteJSON", "InvalidJSON", "InvalidRequest", "KeyStoreError", "ModelLoadFailed", "NotFound",
        "OutOfMemory", "OutputInvalid", "Overloaded", "PermissionDenied", "ProtocolError", "QuotaExceeded",
        "RateLimited", "RegionUnsupported", "RouteFailed", "ServerError", "StageFailed", "StreamInterrupted",
        "StreamTruncated",
        "TlsFailed", "ToolError", "UnsupportedModel", "WeightsCorrupt",
    ),
    "content.documents": ("Document",),
    "content.events": (
        "Citation", "Event", "Finish", "HostedToolResult", "MediaDelta", "MediaEnd", "MediaStart", "Ping", "Progress",
        "ReasoningDelta", "ReasoningEnd", "ReasoningStart", "Seam", "StreamStart", "TextDelta", "TextEnd", "TextStart",
        "TokenLogprob", "ToolCallDelta", "ToolCallEnd", "ToolCallStart", "UnknownBlock", "UsageUpdate", "Warned",
        "event_from_dict", "event_from_json",
    ),
    "content.fold": ("fold",),
    "content.json_struct": ("to_jsonable",),
    "http.messages": ("Timeouts",),
    "manifest.schema": ("Manifest",),
    "client.live": ("CheckResult",),
    "observe.call": ("Call",),
    "observe.hooks": ("AttemptEvent",),
    "observe.ledger": ("Ledger",),
    "observe.metrics": ("Metrics",),
    "observe.observer": ("Observer",),
    "observe.otel": ("otel",),
    "observe.tags": ("tags",),
    "cache.memory": ("MemoryCache",),
    "cache.redis_store": ("RedisCache",),
    "cache.sqlite": ("SQLiteCache",),
    "client.route": ("Leg", "Route"),
    "config.config": ("Config",),
    "config.resolving": ("Resolved",),
    "resilience.breaker": ("Breaker",),
    "resilience.limits": ("Limits",),
    "resilience.recovery": ("RecoveryCount",),
    "schema.partial_json": ("PartialJSON", "parse_partial"),
    "providers.table": ("ProviderStatus", "register_provider", "unregister_provider"),
    "streams.stream": (
        "EMPTY", "AsyncReplyStream", "AsyncResultStream", "AsyncStream", "ReplyStream", "ResultStream", "Stream",
    ),
    "schema.tools": ("acall_tool", "call_tool"),
    "content.parts": (
        "AudioPart", "DocumentPart", "HostedToolResultPart", "ImagePart", "Media", "Message", "ReasoningPart",
        "TextPart", "Tool", "ToolCall", "ToolCallPart", "ToolResultPart", "ToolTiming", "UnknownPart",
        "part_from_dict", "part_from_json",
    ),
    "content.reply": ("LegAttempt", "ProviderTimes", "Reply", "Timing", "Usage"),
    "content.requests": ("ChatRequest",),
    "verbs.embed": ("Embedding", "Embeddings"),
    "verbs.rerank": ("Ranked", "Ranking"),
    "verbs.moderate": ("Moderation", "Moderations"),
    "verbs.transcribe": ("Segment", "Transcript", "TranscriptDelta", "TranscriptEnd", "Word"),
    "verbs.speak": ("AudioChunk", "Speech"),
    "verbs.image": ("GeneratedImage", "Images", "PartialImage", "SkipLayerGuidance"),
    "verbs.pull": ("Pulled", "Weights"),
    "verbs.count_tokens": ("Counted", "TokenCount"),
    "verbs.tokenize": ("Token", "Tokens"),
}  # fmt: skip

__version__ = "0.1.0"
if TYPE_CHECKING:
    from fluent_ai_toolkit import macros as macros
    from fluent_ai_toolkit import prompts as prompts
    from fluent_ai_toolkit import tools as tools
    from fluent_ai_toolkit.chat import AsyncChat as AsyncChat
    from fluent_ai_toolkit.chat import Chat as Chat
    from fluent_ai_toolkit.chat import chats as chats
    from fluent_ai_toolkit.context import context as context
    from fluent_ai_toolkit.macros import Macro as Macro
else:
    __all__, __getattr__, __dir__ = lazy_names(
        __name__,
        _WHERE,
        ("laws", "media", "models", "testing"),
        {
            "AsyncChat": "fluent_ai_toolkit.chat:AsyncChat",
            "Chat": "fluent_ai_toolkit.chat:Chat",
            "Macro": "fluent_ai_toolkit.macros:Macro",
            "chats": "fluent_ai_toolkit.chat:chats",
            "context": "fluent_ai_toolkit.context:context",
            "macros": "fluent_ai_toolkit.macros",
            "prompts": "fluent_ai_toolkit.prompts",
            "tools": "fluent_ai_toolkit.tools",
        },
    )
