"""What the TLS library says of a handshake that failed, as an error that tells the caller what to do."""

from __future__ import annotations

import ssl
from typing import Final

from fluent_ai.errors import TlsFailed, TlsReason

_BY_VERIFY_CODE: Final[dict[int, TlsReason]] = {
    9: "not_yet_valid", 10: "expired", 18: "self_signed", 19: "unknown_authority", 20: "unknown_authority",
    21: "unknown_authority", 62: "wrong_host", 64: "wrong_host",
}  # fmt: skip
"""OpenSSL's codes, from x509_vfy.h."""
_BY_WORDS: Final[tuple[tuple[str, TlsReason], ...]] = (
    ("CERTIFICATE_REQUIRED", "client_certificate"),
    ("BAD_CERTIFICATE", "client_certificate"),
    ("UNKNOWN_CA", "client_certificate"),
    ("UNRECOGNIZED_NAME", "unknown_name"),
    ("WRONG_VERSION_NUMBER", "not_tls"),
    ("RECORD_LAYER_FAILURE", "not_tls"),
    ("HTTP_REQUEST", "not_tls"),
    ("PROTOCOL_VERSION", "incompatible"),
    ("UNSUPPORTED_PROTOCOL", "incompatible"),
    ("NO_SHARED_CIPHER", "incompatible"),
    ("HANDSHAKE_FAILURE", "incompatible"),
)
"""Parts of OpenSSL's names of alerts that the server sent, and of errors."""
_EXPLAINED: Final[dict[TlsReason, str]] = {
    "expired": "the server's certificate has expired, or the clock of this machine is wrong",
    "not_yet_valid": "the server's certificate is not valid yet, or the clock of this machine is wrong",
    "wrong_host": "the server's certificate is for another host",
    "self_signed": "the server's certificate is self-signed; if you trust it, name its file in SSL_CERT_FILE",
    "unknown_authority": "the server's certificate is from an unknown authority, such as a company's proxy; if you"
    " trust it, name its file in SSL_CERT_FILE",
    "client_certificate": "the server asks for a client certificate that it accepts; give a transport that has one",
    "unknown_name": "the server does not know the host's name",
    "not_tls": "the server does not speak TLS at this port; is the URL one of http?",
    "incompatible": "client and server share no version of TLS or no cipher, or the server asks for a client"
    " certificate",
    "other": "the server's certificate cannot be verified",
}


def tls_failure(error: BaseException, host: str) -> TlsFailed | None:
    """The error for a library's, judged by its causes; None unless the handshake failed for a reason that stays."""
    found: BaseException | None = error
    while found is not None:
        if (reason := _reason(found)) is not None:
            return TlsFailed(f"{host}: {_EXPLAINED[reason]}", reason=reason)
        found = found.__cause__ or found.__context__
    return None


def tls_failure_of(host: str, words: str, verified: int, *, wrong_host: bool) -> TlsFailed | None:
    """The same for what libcurl says in `words`, with OpenSSL's verdict about the certificate, 0 for a good one."""
    said = words.upper().replace(" ", "_")
    reason: TlsReason | None = next((reason for alert, reason in _BY_WORDS if alert in said), None)
    if verified or wrong_host:
        reason = _BY_VERIFY_CODE.get(verified, "other") if verified else "wrong_host"
    return None if reason is None else TlsFailed(f"{host}: {_EXPLAINED[reason]}", reason=reason)


def _reason(error: BaseException) -> TlsReason | None:
    # Classes of aiohttp's are SSL errors too, without their attributes.
    code, said = getattr(error, "verify_code", None), getattr(error, "reason", None)
    if isinstance(error, ssl.SSLCertVerificationError) and code is not None:
        return _BY_VERIFY_CODE.get(code, "other")
    if isinstance(error, ssl.SSLError) and said is not None:
        return next((reason for words, reason in _BY_WORDS if words in said), None)
    return None
