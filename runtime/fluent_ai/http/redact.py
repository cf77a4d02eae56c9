"""Keeps keys and tokens out of messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MAX_MESSAGE = 500
MASK = "[redacted]"

_SECRET = re.compile(
    r"""
    -----BEGIN[ A-Z]*PRIVATE\ KEY-----.*?(?:-----END[ A-Z]*PRIVATE\ KEY-----|$)
    | (?<=:\/\/)[^\/\s:@]+:[^\/\s@]+(?=@)                                   # user:password in a URL
    | \beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?                               # JSON web token
    | \b(?:(?:sk|pk|rk|gsk|xai|pplx|hf|nvapi|r8|jina|pa|tgp|csk|fw|co|ghp|gho|ghu|ghs|github_pat|bce-v3\/ALTAK)[-_]
        |AIza|ya29\.)[-_\w.\/*]{11,}
    | \b(?:AKIA|ASIA)[A-Z0-9]{12,}
    | (?i:(?<=bearer\s)|(?<=basic\s))[^\s"',;]{4,}
    | (?i:(?<=[?&;\s"'])(?:(?:x-)?api[-_]?key|key|(?:(?:access|refresh|session|id|x-amz-security)[-_]?)?token|password
        |(?:client[-_]?|aws[-_])?secret(?:[-_]?access[-_]?key)?|(?:x-amz-)?signature|sig|assertion)
        (?:"|')?\s*[=:]\s*(?:"|')?)[^\s&"',;}]{4,}
    """,
    re.VERBOSE | re.DOTALL,
)


def mask(body: bytes, secrets: Iterable[str]) -> bytes:
    """The body, unchanged except that `secrets` are masked."""
    for secret in _long_enough(secrets):
        body = body.replace(secret.encode(), MASK.encode())
    return body


def redact(text: str, secrets: Iterable[str] = (), *, limit: int = MAX_MESSAGE) -> str:
    """The text on one line, with `secrets` and anything that looks like a key masked, cut to `limit` characters."""
    for secret in _long_enough(secrets):
        text = text.replace(secret, MASK)
    text = " ".join(_SECRET.sub(MASK, text).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _long_enough(secrets: Iterable[str]) -> Iterator[str]:
    return (secret for secret in secrets if len(secret) >= 4)
