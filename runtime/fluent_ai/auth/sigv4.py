"""AWS Signature Version 4: takes a request, returns the headers or the URL that sign it. The time is an argument.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import SplitResult, quote, unquote, urlsplit

import msgspec

from fluent_ai.content.private import PrivateStruct

ALGORITHM = "AWS4-HMAC-SHA256"
UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"
UNRESERVED = "-._~"

_UNSIGNED_HEADERS = frozenset(
    {"authorization", "connection", "expect", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id"}
)
"""Headers that proxies and HTTP libraries change in transit."""
_DEFAULT_PORTS = {"http": 80, "https": 443}


class AwsKeys(PrivateStruct, frozen=True):
    """Keys that sign requests to AWS; temporary ones have a session token. The repr shows none of it."""

    access_key_id: str
    """The id of the key."""
    secret_access_key: str
    """The secret that signs."""
    session_token: str | None = None
    """The session token of temporary keys."""


class Scope(msgspec.Struct, frozen=True):
    """The keys, region, service and time that a request is signed with. `time` is in UTC."""

    keys: AwsKeys
    region: str
    service: str
    time: datetime

    @property
    def timestamp(self) -> str:
        return self.time.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")

    @property
    def name(self) -> str:
        return f"{self.timestamp[:8]}/{self.region}/{self.service}/aws4_request"


class Signed(PrivateStruct, frozen=True):
    """A signature and the texts that it was computed from; the repr shows none of them."""

    canonical_request: str
    string_to_sign: str
    signature: str
    headers: dict[str, str]
    """Headers to send in addition to those that were signed."""
    url: str


def sign(
    scope: Scope,
    method: str,
    url: str,
    headers: Iterable[tuple[str, str]],
    body: bytes = b"",
    *,
    normalize: bool = True,
    sign_body: bool = True,
    sign_token: bool = True,
    payload_hash: str | None = None,
) -> Signed:
    """Sign in the `authorization` header. `normalize` resolves `.`, `..` and empty segments of the path, as all
    services but S3 do; `sign_body` sends the body's hash too, as `x-amz-content-sha256`; without `sign_token` the
    session token is sent but not signed; `payload_hash` may be `UNSIGNED_PAYLOAD`.
    """
    digest = payload_hash or hashlib.sha256(body).hexdigest()
    added = {"x-amz-date": scope.timestamp}
    if sign_body:
        added["x-amz-content-sha256"] = digest
    token = {"x-amz-security-token": scope.keys.session_token} if scope.keys.session_token else {}
    parts = urlsplit(url)
    lines, names = _canonical_headers(parts, headers, added | token if sign_token else added)
    request = _canonical_request(method, parts, _pairs(parts.query), lines, names, digest, normalize)
    to_sign, signature = _signature(scope, request)
    credential = f"{scope.keys.access_key_id}/{scope.name}"
    authorization = f"{ALGORITHM} Credential={credential}, SignedHeaders={names}, Signature={signature}"
    return Signed(request, to_sign, signature, {**added, **token, "authorization": authorization}, url)


def presign(
    scope: Scope,
    method: str,
    url: str,
    headers: Iterable[tuple[str, str]],
    body: bytes = b"",
    *,
    expires: int,
    normalize: bool = True,
    sign_token: bool = True,
    payload_hash: str | None = None,
) -> Signed:
    """Sign in the query: returns a URL that is valid for `expires` seconds. The other arguments are those of `sign`."""
    parts = urlsplit(url)
    lines, names = _canonical_headers(parts, headers, {})
    added = {
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": f"{scope.keys.access_key_id}/{scope.name}",
        "X-Amz-Date": scope.timestamp,
        "X-Amz-SignedHeaders": names,
        "X-Amz-Expires": str(expires),
    }
    token = {"X-Amz-Security-Token": scope.keys.session_token} if scope.keys.session_token else {}
    digest = payload_hash or hashlib.sha256(body).hexdigest()
    signed = [*_pairs(parts.query), *_quoted(added | token if sign_token else added)]
    request = _canonical_request(method, parts, signed, lines, names, digest, normalize)
    to_sign, signature = _signature(scope, request)
    sent = "&".join(f"{name}={value}" for name, value in _quoted({**added, **token, "X-Amz-Signature": signature}))
    query = f"{parts.query}&{sent}" if parts.query else sent
    return Signed(request, to_sign, signature, {}, parts._replace(query=query).geturl())


def encode_path(url: str) -> str:
    """The URL with its path encoded as AWS's own SDKs encode it; otherwise client and server would sign the `:` of a
    model id differently.
    """
    parts = urlsplit(url)
    path = "/".join(quote(unquote(segment), safe=UNRESERVED) for segment in parts.path.split("/"))
    return parts._replace(path=path).geturl()


def _canonical_request(
    method: str,
    parts: SplitResult,
    query: Iterable[tuple[str, str]],
    headers: str,
    names: str,
    digest: str,
    normalize: bool,
) -> str:
    path = quote(_normalized(parts.path) if normalize else parts.path, safe="/" + UNRESERVED) or "/"
    canonical_query = "&".join(f"{name}={value}" for name, value in sorted(query))
    return "\n".join((method, path, canonical_query, headers, names, digest))


def _signature(scope: Scope, canonical_request: str) -> tuple[str, str]:
    """The string to sign and its signature."""
    hashed = hashlib.sha256(canonical_request.encode()).hexdigest()
    to_sign = f"{ALGORITHM}\n{scope.timestamp}\n{scope.name}\n{hashed}"
    key = f"AWS4{scope.keys.secret_access_key}".encode()
    for part in (*scope.name.split("/"), to_sign):
        key = hmac.digest(key, part.encode(), "sha256")
    return to_sign, key.hex()


def _canonical_headers(
    parts: SplitResult, headers: Iterable[tuple[str, str]], added: dict[str, str]
) -> tuple[str, str]:
    """The canonical header lines, and the names of the signed headers."""
    values: dict[str, list[str]] = {}
    for name, value in headers:
        values.setdefault(name.lower(), []).append(" ".join(value.split()))
    values.setdefault("host", [host(parts)])
    values |= {name: [value] for name, value in added.items()}
    names = sorted(values.keys() - _UNSIGNED_HEADERS)
    return "".join(f"{name}:{','.join(values[name])}\n" for name in names), ";".join(names)


def host(parts: SplitResult) -> str:
    """The `host` header as HTTP libraries send it: without the scheme's default port."""
    name = (parts.hostname or "").encode("idna").decode() if not (parts.hostname or "").isascii() else parts.hostname
    name = f"[{name}]" if name and ":" in name else name or ""
    return name if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f"{name}:{parts.port}"


def _pairs(query: str) -> list[tuple[str, str]]:
    """The parameters of a query, each encoded exactly once, whether or not it already was."""
    pairs = (part.partition("=") for part in query.split("&") if part)
    return [(_encoded(unquote(name)), _encoded(unquote(value))) for name, _, value in pairs]


def _quoted(parameters: dict[str, str]) -> list[tuple[str, str]]:
    return [(_encoded(name), _encoded(value)) for name, value in parameters.items()]


def _encoded(text: str) -> str:
    return quote(text, safe=UNRESERVED)


def _normalized(path: str) -> str:
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            segments.append(segment)
    return "/".join(("", *segments, "")) if path.endswith("/") and segments else "/" + "/".join(segments)
