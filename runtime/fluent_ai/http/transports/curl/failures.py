"""What libcurl's errors mean here."""

from __future__ import annotations

from typing import Final

from fluent_ai.errors import ConfigError, ConnectionFailed, ConnectionStage, DeadlineExceeded, FluentError
from fluent_ai.http.redact import redact
from fluent_ai.http.transports.curl.libcurl import pycurl
from fluent_ai.http.transports.tls_failures import tls_failure_of

_CONNECTING: Final[dict[int, ConnectionStage]] = {
    pycurl.E_COULDNT_RESOLVE_HOST: "dns",
    pycurl.E_COULDNT_RESOLVE_PROXY: "dns",
    pycurl.E_COULDNT_CONNECT: "connect",
}
_TLS: Final = (pycurl.E_SSL_CONNECT_ERROR, pycurl.E_PEER_FAILED_VERIFICATION, pycurl.E_SSL_CACERT_BADFILE)
_NO_VERDICT: Final = 1
_LOST: Final = (pycurl.E_GOT_NOTHING, pycurl.E_SEND_ERROR, pycurl.E_RECV_ERROR, pycurl.E_HTTP2)
"""Errors of a connection as a whole, not of one of its streams."""
_WORDS: Final = {
    pycurl.E_WRITE_ERROR: "the response is malformed",
    pycurl.E_GOT_NOTHING: "the server closed the connection without a response",
    pycurl.E_PARTIAL_FILE: "the body broke off",
    pycurl.E_UNSUPPORTED_PROTOCOL: "the response is malformed: it does not begin like one of HTTP",
}


def failure(code: int, words: str, host: str, *, phase: str, verified: int, unanswered: bool) -> FluentError:
    """The error for one of libcurl's, whose `words` may repeat what the server said.

    `unanswered` is whether the request went by a kept connection and no byte of the answer has come. `verified` is
    OpenSSL's verdict about the server's certificate: 0 for a good one, 1 where there is none yet.
    """
    verified = 0 if verified == _NO_VERDICT else verified
    if code == pycurl.E_OPERATION_TIMEDOUT:
        return DeadlineExceeded(f"{host}: no progress in time ({phase})", stage=phase)
    if code == pycurl.E_URL_MALFORMAT:
        return ConfigError("the URL of the request is malformed")
    reason = redact(_WORDS.get(code) or words or f"libcurl gave up with its error {code}")
    if code in _TLS or verified or "SSL" in words:
        wrong_host = code == pycurl.E_PEER_FAILED_VERIFICATION and not verified
        if (untrusted := tls_failure_of(host, words, verified, wrong_host=wrong_host)) is not None:
            return untrusted
    stage: ConnectionStage = _CONNECTING.get(code, "tls" if code in _TLS else "read")
    return ConnectionFailed(f"{host}: {reason}", stage=stage, unanswered=unanswered and code in _LOST)


def lost(host: str) -> ConnectionFailed:
    """A kept connection was lost as the request came, or refused it; nobody has answered."""
    return ConnectionFailed(f"{host}: {_WORDS[pycurl.E_GOT_NOTHING]}", unanswered=True)
