"""What every transport refuses before a byte is sent; the libraries differ here, and some show refused values."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from fluent_ai.errors import ConfigError, ConnectionStage
from fluent_ai.http.messages import HttpRequest
from fluent_ai.http.redact import redact

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t\x20-\x7e]*")
_URL = re.compile(r"[\x21-\x7e]+")


_FRAMING = ("content-length", "transfer-encoding")
"""Headers that only the transport may set; otherwise a second body could be smuggled into this one."""


def checked_host(request: HttpRequest) -> str:
    """The host and port, for messages. Raises ConfigError for a malformed URL or header, without showing values."""
    _check_headers(request.headers)
    return _host(request.url)


@lru_cache(256)
def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  # raises ValueError for a malformed port
    except ValueError:
        raise ConfigError("the URL of the request is malformed") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not _URL.fullmatch(url):
        raise ConfigError("the URL of the request is malformed; allowed: http or https, with a host, in ASCII, escaped")
    return parts.netloc.rpartition("@")[2]


def _check_headers(headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        if name.lower() in _FRAMING:
            raise ConfigError(f"the header {name!r} is given; allowed: any but {' and '.join(_FRAMING)}")
        if not _NAME.fullmatch(name):
            raise ConfigError("the name of a header is malformed; allowed: letters, digits and some signs")
        if not _VALUE.fullmatch(value):
            raise ConfigError(f"the value of the header {name!r} is malformed; allowed: one line of ASCII")


def failure_reason(error: BaseException) -> str:
    """What broke, in the words of the first of the library's error and its causes that has any."""
    found: BaseException | None = error
    while found is not None:
        if words := (found.strerror if isinstance(found, OSError) else None) or str(found):
            return redact(words)
        found = found.__cause__ or found.__context__
    return type(error).__name__


def failed_stage(error: BaseException) -> ConnectionStage:
    """The stage at which a connection failed, judged by the causes of the library's error."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, socket.gaierror):
            return "dns"
        if isinstance(found, ssl.SSLError | ssl.CertificateError):
            return "tls"
        found = found.__cause__ or found.__context__
    return "connect"
