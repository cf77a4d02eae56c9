"""When an answer may be used again: the rules of a private HTTP cache (RFC 9111, RFC 5861), as pure functions.

Times are seconds since 1970. Header names are lower case. What the server does not call fresh is asked for again: there
is no heuristic freshness, because a model list that is old by a guess would be taken for the provider's word.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from fluent_ai.http.dates import parse_http_date
from fluent_ai.type_info import prepare

Headers: TypeAlias = Mapping[str, str]

FOREVER = 2**31
"""Seconds; what a larger number counts as (RFC 9111, 1.2.2)."""

_DIRECTIVE = re.compile(r'\s*([!#$%&\'*+\-.^_`|~\w]+)(=(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]*)))?\s*(?:,|$)', re.ASCII)
# Of one connection (RFC 9111, 3.1), and cookies, which are secrets.
_UNSTORED = frozenset((
    "connection", "keep-alive", "proxy-authenticate", "proxy-authentication-info", "proxy-authorization", "set-cookie",
    "te", "trailer", "transfer-encoding", "upgrade",
))  # fmt: skip
# They tell of the stored body, which a 304 does not replace (RFC 9111, 3.2).
_OF_THE_BODY = frozenset(("content-encoding", "content-length", "content-range", "content-type"))


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """An answer with status 200, without its body; `vary` holds digests of the request's headers that it depends on."""

    url: str
    headers: dict[str, str]
    vary: dict[str, str]
    requested: float
    received: float


prepare(Stored)


def stored(
    url: str, request: Headers, response: Headers, requested: float, received: float, caller: str = ""
) -> Stored | None:
    """What to keep of an answer with status 200; None when it must not be kept, or could never be used again.

    `caller` stands for the headers of `request` that are not there, as those with keys.
    """
    control = directives(response)
    varying = [name.strip().lower() for name in response.get("vary", "").split(",") if name.strip()]
    if "no-store" in control or "*" in varying:
        return None
    headers = {name: value for name, value in response.items() if name not in _dropped(response)}
    vary = {name: _digest(request.get(name, caller)) for name in varying}
    entry = Stored(url=url, headers=headers, vary=vary, requested=requested, received=received)
    return entry if conditions(entry) or lifetime(headers, received) > 0 else None


def selects(entry: Stored, request: Headers, caller: str = "") -> bool:
    """Whether the entry is the answer to a request with these headers (RFC 9111, 4.1)."""
    return all(_digest(request.get(name, caller)) == digest for name, digest in entry.vary.items())


def fresh(entry: Stored, now: float) -> bool:
    """Whether it may be used without asking (RFC 9111, 4.2)."""
    if "no-cache" in directives(entry.headers):
        return False
    return lifetime(entry.headers, entry.received) > age(entry, now)


def stale_on_error(entry: Stored, now: float) -> bool:
    """Whether it may stand in when the server fails (RFC 5861, 4)."""
    control = directives(entry.headers)
    if "no-cache" in control or "must-revalidate" in control:
        return False
    allowed = _seconds(control.get("stale-if-error")) or 0
    return age(entry, now) < lifetime(entry.headers, entry.received) + allowed


def conditions(entry: Stored) -> dict[str, str]:
    """Headers of a request that asks whether the entry still holds; empty where the server gave nothing to ask with."""
    named = {"if-none-match": "etag", "if-modified-since": "last-modified"}
    return {condition: entry.headers[name] for condition, name in named.items() if entry.headers.get(name)}


def updated(entry: Stored, response: Headers, requested: float, received: float) -> Stored | None:
    """The entry after a 304; None when the 304 speaks of another answer (RFC 9111, 4.3.4)."""
    tag = response.get("etag")
    if tag is not None and _weak(tag) != _weak(entry.headers.get("etag", "")):
        return None
    dropped = _dropped(response) | _OF_THE_BODY
    news = {name: value for name, value in response.items() if name not in dropped}
    # The age of what was stored says nothing of what was validated just now.
    kept = {name: value for name, value in entry.headers.items() if name != "age"}
    return msgspec.structs.replace(entry, headers={**kept, **news}, requested=requested, received=received)


def lifetime(headers: Headers, received: float) -> float:
    """Seconds for which the server calls the answer fresh; 0 where it says nothing, or nothing legible."""
    control = directives(headers)
    if "max-age" in control:
        return _seconds(control["max-age"]) or 0
    if "expires" not in headers:
        return 0
    expires = parse_http_date(headers["expires"], received)
    return 0 if expires is None else max(0.0, expires - _date(headers, received))


def age(entry: Stored, now: float) -> float:
    """Seconds since the answer left its origin, as far as one can tell (RFC 9111, 4.2.3)."""
    apparent = max(0.0, entry.received - _date(entry.headers, entry.received))
    first = entry.headers.get("age", "").partition(",")[0]
    corrected = (_seconds(first) or 0) + (entry.received - entry.requested)
    return max(apparent, corrected) + max(0.0, now - entry.received)


def directives(headers: Headers) -> dict[str, str | None]:
    """Cache-Control by lower-case name. Of a directive that comes twice the first counts; what is none is skipped."""
    found: dict[str, str | None] = {}
    text, start = headers.get("cache-control", ""), 0
    while start < len(text):
        match = _DIRECTIVE.match(text, start)
        if match is None:
            comma = text.find(",", start)
            start = len(text) if comma < 0 else comma + 1
            continue
        quoted, plain = match[3], match[4]
        value = plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        found.setdefault(match[1].lower(), value)
        start = match.end()
    return found


def _seconds(text: str | None) -> int | None:
    """A whole number of seconds; None for what is none."""
    text = (text or "").strip()
    return min(int(text), FOREVER) if text.isascii() and text.isdecimal() and len(text) < 100 else None


def _date(headers: Headers, received: float) -> float:
    date = parse_http_date(headers.get("date", ""), received)
    return received if date is None else date


def _dropped(response: Headers) -> frozenset[str]:
    """Headers that belong to one connection or one caller."""
    named = (name.strip().lower() for name in response.get("connection", "").split(","))
    return _UNSTORED.union(named)


def _weak(tag: str) -> str:
    return tag.strip().removeprefix("W/")


def _digest(value: str) -> str:
    """Headers that an answer varies by may hold keys, so only their digest is kept."""
    return hashlib.sha256(" ".join(value.split()).encode()).hexdigest() if value else ""
