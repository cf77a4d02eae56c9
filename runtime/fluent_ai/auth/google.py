"""Access tokens of Google Cloud from a service account or the application-default credentials, by google-auth."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from fluent_ai.auth.extras import installed, library, missing
from fluent_ai.auth.tokens import Token, TokenAuthenticator, TokenCache
from fluent_ai.content.parts import PathLike
from fluent_ai.content.private import PrivateStruct
from fluent_ai.errors import AuthError, ConfigError, ConnectionFailed, FluentError
from fluent_ai.http.messages import HttpRequest, Timeouts, Transport
from fluent_ai.http.redact import redact
from fluent_ai.manifest.schema import Auth
from fluent_ai.user_folder import home_folder

if TYPE_CHECKING:
    from fluent_ai.auth.base import AuthMethod

PURPOSE = "Fetching Google's access tokens"
TIMEOUT = 30.0
"""The timeout of each step of a token request, in seconds."""
MAX_ANSWER = 1024 * 1024

_MISREAD = (ValueError, TypeError, KeyError, AttributeError)
"""What google-auth raises for JSON of an unexpected shape."""


class GoogleServiceAccount(PrivateStruct, frozen=True):
    """A service account's key, to be passed as a key: the path of its JSON file, or the file's content.

    The repr shows none of it.
    """

    key: PathLike | Mapping[str, str]
    """The path of the JSON file, or its content as a dict."""


class GoogleTokens:
    """Fetches tokens for one scope, with the given account or else with the application-default credentials."""

    def __init__(self, scope: str, account: GoogleServiceAccount | None = None) -> None:
        self._scope = scope
        self._account = account
        self._credentials: Any = None

    def __call__(self) -> Token:
        """A new token. Raises ConfigError, AuthError or ConnectionFailed; quotes only the OAuth error."""
        exceptions = library("google.auth.exceptions", "google", PURPOSE)
        from fluent_ai.http.transports import default_transport

        transport = default_transport()
        try:
            request = _Request(transport, exceptions)
            if self._credentials is None:
                self._credentials = self._load(request, exceptions)
            return _fetch(self._credentials, request, exceptions)
        finally:
            transport.close()

    def _load(self, request: _Request, exceptions: ModuleType) -> Any:
        scopes = [self._scope]
        try:
            if self._account is None:
                return library("google.auth", "google", PURPOSE).default(scopes=scopes, request=request)[0]
            account = library("google.oauth2.service_account", "google", PURPOSE).Credentials
            if isinstance(self._account.key, Mapping):
                return account.from_service_account_info(self._account.key, scopes=scopes)
            return account.from_service_account_file(os.fspath(self._account.key), scopes=scopes)
        except (exceptions.DefaultCredentialsError, exceptions.MalformedError, OSError, *_MISREAD) as error:
            # The library's messages quote parts of the key file, which must not appear in ours.
            kind = type(error).__name__
            raise ConfigError(f"Google's credentials cannot be used ({kind}); {_ALLOWED}") from None


class _Answer:
    """An HTTP response in the form that google-auth expects."""

    def __init__(self, status: int, headers: Mapping[str, str], data: bytes) -> None:
        self.status = status
        self.headers = headers
        self.data = data


class _Request:
    """google-auth's transport over ours, so that it needs no HTTP library of its own."""

    def __init__(self, transport: Transport, exceptions: ModuleType) -> None:
        self._transport = transport
        self._failure: type[Exception] = exceptions.TransportError

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        **_: object,
    ) -> _Answer:
        data = body.encode() if isinstance(body, str) else body or b""
        seconds = timeout or TIMEOUT
        try:
            response = self._transport.send(
                HttpRequest(method, url, dict(headers or {}), data),
                Timeouts(seconds, seconds, seconds, seconds, seconds),
            )
            try:
                answer = bytearray()
                for chunk in response.chunks():
                    answer += chunk
                    if len(answer) > MAX_ANSWER:
                        raise self._failure("the response is too large")
            finally:
                response.close()
        except FluentError as error:
            raise self._failure(error.message) from None
        return _Answer(response.status, response.headers, bytes(answer))


def method(auth: Auth, key: object = None) -> AuthMethod | None:
    """Tokens from a GoogleServiceAccount, or from the application-default credentials."""
    if key is not None and not isinstance(key, GoogleServiceAccount):
        return None
    tokens = TokenCache(GoogleTokens(auth.scope, key))
    return lambda region: TokenAuthenticator(tokens)


def usable() -> bool:
    return installed("google.auth")


def problem() -> str:
    """Why no token could be fetched, judged offline; `""` if one might be."""
    if not installed("google.auth"):
        return missing("google", PURPOSE).message
    given = os.environ.get("GOOGLE_APPLICATION_CREDENTIALS", "").strip()
    if given:
        return "" if Path(given).is_file() else "GOOGLE_APPLICATION_CREDENTIALS does not name a file"
    folder = _settings()
    if folder is not None and (folder / "application_default_credentials.json").is_file():
        return ""
    return "set GOOGLE_APPLICATION_CREDENTIALS, or log in with gcloud; otherwise only machines of Google Cloud work"


def _settings() -> Path | None:
    """The folder in which gcloud stores the user's login."""
    if given := os.environ.get("CLOUDSDK_CONFIG"):
        return Path(given)
    if (data := os.environ.get("APPDATA")) is not None:
        return Path(data) / "gcloud"
    home = home_folder()
    return home and home / ".config" / "gcloud"


def _fetch(credentials: Any, request: _Request, exceptions: ModuleType) -> Token:
    try:
        credentials.refresh(request)
    except exceptions.TransportError as error:
        raise ConnectionFailed(f"Google's token server: {redact(str(error))}") from None
    except (exceptions.GoogleAuthError, *_MISREAD) as error:
        reason = _reason(error) or "it refused the request with a response that could not be read"
        retryable = bool(getattr(error, "retryable", False))
        raise AuthError(f"Google's token server: {reason}", retryable=retryable) from None
    expiry = credentials.expiry
    if expiry is not None and expiry.tzinfo is None:
        expiry = expiry.replace(tzinfo=UTC)
    project = getattr(credentials, "quota_project_id", None)
    return Token(
        credentials.token,
        expiry.timestamp() if expiry is not None else None,
        {"x-goog-user-project": project} if project else {},
    )


_ALLOWED = (
    "allowed: a service account's key file by GoogleServiceAccount(...) or GOOGLE_APPLICATION_CREDENTIALS, "
    "or `gcloud auth application-default login`"
)


def _reason(error: Exception) -> str:
    """The OAuth error (RFC 6749, 5.2); the rest of the server's response is left out."""
    body = error.args[1] if len(error.args) > 1 else None
    if not isinstance(body, dict):
        return ""
    return redact(": ".join(text for name in ("error", "error_description") if isinstance(text := body.get(name), str)))
