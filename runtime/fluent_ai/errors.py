"""All errors that fluent-ai raises; they share one root.

An error answers four questions: whose fault it is (`fault`), whether to retry (`retryable`, None if unknown), when
(`retry_after`, in seconds), and what came back (`status`, `code`, `request_id`, `body`). An error that ends a stream
also carries the partial reply, or the partial result of another verb (`partial`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fluent_ai.content.reply import Reply
    from fluent_ai.content.results import Result

Fault = Literal["client", "provider", "network"]
ConnectionStage = Literal["dns", "connect", "tls", "read"]
Stage = Literal["text encoding", "sampling", "VAE encoding", "VAE decoding", "device"]
KeyStoreReason = Literal["locked", "damaged", "missing", "unwritable"]
CircuitState = Literal["closed", "open", "half_open", "forced_open", "disabled", "metrics_only"]
TlsReason = Literal[
    "expired", "not_yet_valid", "wrong_host", "self_signed", "unknown_authority", "client_certificate", "unknown_name",
    "not_tls", "incompatible", "other",
]  # fmt: skip


class FluentError(Exception):
    """Root of all errors. `body` is the raw response without keys; `str` and `repr` do not show it."""

    fault: ClassVar[Fault] = "client"
    """Whose fault it is: `client`, `provider` or `network`."""
    default_retryable: ClassVar[bool | None] = False
    """The value of `retryable` if the provider does not state one."""

    def __init__(
        self,
        message: str,
        *,
        provider: str | None = None,
        model: str | None = None,
        status: int | None = None,
        code: str | None = None,
        request_id: str | None = None,
        body: bytes | None = None,
        retryable: bool | None = None,
        retry_after: float | None = None,
        partial: Reply | Result | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        """What went wrong, without keys and prompts."""
        self.provider = provider
        """The id of the provider."""
        self.model = model
        """The model that was asked."""
        self.status = status
        """The HTTP status code."""
        self.code = code
        """The provider's own error code."""
        self.request_id = request_id
        """The provider's id of the request, to give to its support."""
        self.body = body
        """The raw response body, without keys."""
        self.retryable = self.default_retryable if retryable is None else retryable
        """Whether another attempt may succeed; None if unknown."""
        self.retry_after = retry_after
        """How many seconds to wait before the next attempt."""
        self.partial = partial
        """The reply, or the result of another verb, up to the failure."""

    def to_dict(self) -> dict[str, Any]:
        """The error as plain JSON values, for logs; without `body` and `partial`, which hold content."""
        fields = {name: value for name, value in self.__dict__.items() if name not in _PRIVATE}
        return {"error": type(self).__name__, "fault": self.fault, **fields}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> FluentError:
        """The error from what `to_dict` returned; an unknown kind becomes a FluentError."""
        found = globals().get(str(data.get("error")))
        kind = found if isinstance(found, type) and issubclass(found, FluentError) else FluentError
        message = str(data.get("message", ""))
        fields = {name: value for name, value in data.items() if name not in ("error", "fault", *_PRIVATE)}
        if kind is RouteFailed:
            fields["errors"] = tuple(FluentError.from_dict(each) for each in data.get("errors", ()))
        return _rebuild(kind, message, FluentError(message).__dict__ | fields)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.message, self.__dict__)


_PRIVATE = ("body", "partial", "partial_result")


ErrorT = TypeVar("ErrorT", bound=FluentError)


def untraced(error: ErrorT) -> ErrorT:
    """The error without its traceback and causes, whose frames hold requests and responses, including keys."""
    error.__context__ = None
    return error.with_traceback(None)


def _rebuild(cls: type[FluentError], message: str, state: dict[str, Any]) -> FluentError:
    error = cls.__new__(cls)
    Exception.__init__(error, message)
    error.__dict__.update(state)
    return error


class ConfigError(FluentError, ValueError):
    """An argument, a manifest or an environment variable is wrong; nothing was sent."""


class KeyStoreError(ConfigError):
    """A key store cannot be unlocked or written, is damaged, or does not have the key. Its file stays as it is."""

    def __init__(self, message: str, *, reason: KeyStoreReason, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.reason: KeyStoreReason = reason
        """`locked`, `damaged`, `missing` or `unwritable`."""


class ConnectionFailed(FluentError):
    """There was no response: the host name is unknown (`stage` dns), the connection was refused (connect), the TLS
    handshake failed (tls), or the connection broke (read).
    """

    fault: ClassVar[Fault] = "network"
    default_retryable: ClassVar[bool | None] = True

    def __init__(
        self, message: str, *, stage: ConnectionStage = "read", unanswered: bool = False, **facts: Any
    ) -> None:
        super().__init__(message, **facts)
        self.stage = stage
        """`dns`, `connect`, `tls` or `read`."""
        self.unanswered = unanswered
        """True if a connection that was kept from an earlier request ended without a byte in answer to this one: the
        server closed it as the request came.
        """


class TlsFailed(ConnectionFailed):
    """The TLS handshake failed, which the same call again would not change; `reason` says why."""

    default_retryable: ClassVar[bool | None] = False

    def __init__(self, message: str, *, reason: TlsReason, **facts: Any) -> None:
        super().__init__(message, stage="tls", **facts)
        self.reason: TlsReason = reason
        """`expired`, `not_yet_valid`, `wrong_host`, `self_signed`, `unknown_authority`, `client_certificate`,
        `unknown_name`, `not_tls`, `incompatible` or `other`.
        """


class DeadlineExceeded(FluentError, TimeoutError):
    """Time ran out; `stage` is one of connect, first_byte, first_event, read, write, pool, total."""

    fault: ClassVar[Fault] = "network"
    default_retryable: ClassVar[bool | None] = True

    def __init__(self, message: str, *, stage: str, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.stage = stage
        """`connect`, `first_byte`, `first_event`, `read`, `write`, `pool` or `total`."""


class ApiError(FluentError):
    """The provider responded with an error."""

    fault: ClassVar[Fault] = "provider"
    default_retryable: ClassVar[bool | None] = None


class AuthError(ApiError):
    """The key is missing, wrong or expired (401)."""

    fault: ClassVar[Fault] = "client"
    default_retryable: ClassVar[bool | None] = False


class PermissionDenied(ApiError):
    """The key is valid but not allowed to do this (403)."""

    fault: ClassVar[Fault] = "client"
    default_retryable: ClassVar[bool | None] = False


class NotFound(ApiError):
    """There is no such model, deployment or path (404)."""

    fault: ClassVar[Fault] = "client"
    default_retryable: ClassVar[bool | None] = False


class RateLimited(ApiError):
    """Too many requests or tokens per unit of time (429)."""

    fault: ClassVar[Fault] = "client"
    default_retryable: ClassVar[bool | None] = True


class QuotaExceeded(ApiError):
    """The credit or quota is used up; waiting does not help."""

    fault: ClassVar[Fault] = "client"
    default_retryable: ClassVar[bool | None] = False


class InvalidRequest(ApiError):
    """The provider considers the request invalid (400, 422)."""

    fault: ClassVar[Fault] = "client"
    default_retryable: ClassVar[bool | None] = False


class ContextTooLong(InvalidRequest):
    """The prompt, or prompt and answer together, exceed the model's context window."""


class ContentFiltered(InvalidRequest):
    """The provider's content filter refused the prompt or stopped the answer."""


class Overloaded(ApiError):
    """The provider has no capacity at the moment (503, 529)."""

    default_retryable: ClassVar[bool | None] = True


class ServerError(ApiError):
    """The provider failed (5xx)."""

    default_retryable: ClassVar[bool | None] = True


class ProtocolError(FluentError):
    """The received bytes violate the protocol."""

    fault: ClassVar[Fault] = "provider"
    default_retryable: ClassVar[bool | None] = None


class StreamInterrupted(FluentError):
    """The stream broke after it had begun; `partial` holds the reply so far."""

    fault: ClassVar[Fault] = "network"
    default_retryable: ClassVar[bool | None] = True


class StreamTruncated(StreamInterrupted):
    """The body ended before the protocol's end marker."""


class ToolError(FluentError):
    """A tool's definition or arguments are unusable."""


class InvalidJSON(FluentError, ValueError):
    """The model's text is not JSON."""

    fault: ClassVar[Fault] = "provider"
    default_retryable: ClassVar[bool | None] = None


class IncompleteJSON(InvalidJSON):
    """The JSON is valid so far but not complete."""


class OutputInvalid(FluentError, ValueError):
    """The reply does not fit the requested `output`; `partial` holds it with its original text."""

    fault: ClassVar[Fault] = "provider"
    default_retryable: ClassVar[bool | None] = None


class CircuitOpen(FluentError):
    """The provider failed repeatedly, so no request is sent until `retry_after` seconds have passed."""

    fault: ClassVar[Fault] = "provider"
    default_retryable: ClassVar[bool | None] = True

    def __init__(
        self, message: str, *, name: str | None = None, state: CircuitState = "open", failures: int = 0, **facts: Any
    ) -> None:
        super().__init__(message, **facts)
        self.name = name
        """Whose circuit it is."""
        self.state: CircuitState = state
        """`open`, or `half_open` while the calls that decide are under way."""
        self.failures = failures
        """How many calls had failed."""


class ConcurrencyLimited(FluentError):
    """The client's own limits left no place for the call within `Timeouts.pool` seconds."""

    default_retryable: ClassVar[bool | None] = True

    def __init__(
        self,
        message: str,
        *,
        current: int = 0,
        limit: int | None = None,
        queued: int = 0,
        expected_wait: float | None = None,
        **facts: Any,
    ) -> None:
        super().__init__(message, **facts)
        self.current = current
        """How many calls were under way."""
        self.limit = limit
        """How many may be; None for any number."""
        self.queued = queued
        """How many others waited."""
        self.expected_wait = expected_wait
        """For how many seconds they will, by how long calls took lately."""


class BudgetExceeded(FluentError):
    """A reservation would exceed its budget; nothing was reserved."""

    def __init__(self, message: str, *, budget: str, limit: float, spent: float, reserved: float, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.budget = budget
        """The name of the budget."""
        self.limit = limit
        """The most that may be spent, in US dollars."""
        self.spent = spent
        """What was settled, in US dollars."""
        self.reserved = reserved
        """What is reserved and neither settled nor released, in US dollars."""


class RouteFailed(FluentError):
    """No leg of a Route has answered. `errors` holds the error of each, in the order in which they were asked.

    It may be retried if one of them may, as soon as the first of these says so.
    """

    fault: ClassVar[Fault] = "provider"

    def __init__(self, message: str, *, errors: tuple[FluentError, ...], **facts: Any) -> None:
        again = [error for error in errors if error.retryable]
        waits = [0.0 if error.retry_after is None else error.retry_after for error in again]
        super().__init__(message, retryable=bool(again), retry_after=min(waits, default=0.0) or None, **facts)
        self.errors = errors
        """The error of each leg."""

    def to_dict(self) -> dict[str, Any]:
        return {**super().to_dict(), "errors": [error.to_dict() for error in self.errors]}


class RegionUnsupported(ApiError):
    """The provider does not serve this region."""

    fault: ClassVar[Fault] = "client"
    default_retryable: ClassVar[bool | None] = False


class Cancelled(FluentError):
    """The consumer closed the stream; raised inside a worker by `emit`."""


class EngineError(FluentError):
    """Root of the local engine's errors."""


class ModelLoadFailed(EngineError):
    """The model's files could not be found, fetched or read."""


class UnsupportedModel(EngineError):
    """The file is valid, but its architecture, tokenizer or tensor type is not implemented."""


class OutOfMemory(EngineError):
    """The model does not fit into memory; `estimate` is what it needs, in bytes."""

    def __init__(self, message: str, *, estimate: int, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.estimate = estimate
        """The memory that the model needs, in bytes."""


class WeightsCorrupt(EngineError):
    """A weights file is truncated, malformed, or does not match its checksum."""


class StageFailed(EngineError):
    """A stage of the work itself failed, such as sampling, or the device to do it on is not there."""

    def __init__(self, message: str, *, stage: Stage, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.stage = stage
        """`text encoding`, `sampling`, `VAE encoding`, `VAE decoding` or `device`."""
