"""Keeps keys and tokens out of messages."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import quote

from fluent_ai.content.printable import printable

MAX_MESSAGE = 500
MASK = "[redacted]"
_MASK = MASK.encode()
_SIGN = (
    rb"(?:\\{0,8}%b|%%(?:25){0,4}(?i:%02x)|\\{1,8}u00(?i:%02x)"
    rb"|&(?:amp;){0,4}(?:\#0{0,6}%d|\#[xX]0{0,6}(?i:%02x)|%b);)"
)
"""The ways to write one character. Repetitions are bounded, because a body may consist of nothing else."""
_ENTITIES = {"&": b"amp", '"': b"quot", "'": b"apos", "<": b"lt", ">": b"gt"}
SHORTEST_PIECE = 8
"""How many bytes of a key, counted from its start or its end, are masked where it was cut."""

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


def mask(body: bytes, secrets: Collection[str]) -> bytes:
    """The body, unchanged except that `secrets` are masked, also where they were cut or are encoded."""
    forms = sorted({form for secret in secrets for form in _forms(secret)}, key=len, reverse=True)
    for form in forms:
        body = body.replace(form, _MASK)
    for secret in secrets:
        if len(secret) >= SHORTEST_PIECE:
            body = re.sub(_spellings(secret), _MASK, body)
    long = [form for form in forms if len(form) >= 2 * SHORTEST_PIECE]
    body = _mask_heads(body, long)
    return _mask_heads(body[::-1], [form[::-1] for form in long])[::-1].replace(_MASK[::-1], _MASK)


def redact(text: str, secrets: Collection[str] = (), *, limit: int = MAX_MESSAGE) -> str:
    """The text on one line, with `secrets` and anything that looks like a key masked, cut to `limit` characters.

    Characters that would steer a terminal are left out.
    """
    masked = mask(printable(text).encode("utf-8", "surrogatepass"), secrets).decode("utf-8", "replace")
    text = " ".join(_SECRET.sub(MASK, masked).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _forms(secret: str) -> Iterator[bytes]:
    """The secret as it is, in JSON, in a URL, in hexadecimal, and in base64 of a text that holds it."""
    plain = secret.encode("utf-8", "surrogatepass")
    if len(plain) < 4:
        return
    yield from (plain, plain.replace(b"/", rb"\/"), quote(plain, safe="/").encode(), quote(plain, safe="").encode())
    if len(plain) < SHORTEST_PIECE:
        return
    yield from (plain.hex().encode(), plain.hex().upper().encode())
    for before in range(3):  # how many bytes of its first group of three belong to the text before it
        code = b64encode(bytes(before) + plain)
        # The characters at its ends hold bits of that text, and of the text after it.
        code = code[(0, 2, 3)[before] : len(code) - (0, 3, 2)[(before + len(plain)) % 3]]
        yield from (code, code.translate(bytes.maketrans(b"+/", b"-_")))


def _spellings(secret: str) -> bytes:
    """A pattern of the secret in which each sign may be escaped as in URLs, JSON and HTML, also more than once."""
    return b"".join(
        re.escape(char.encode("utf-8", "surrogatepass"))
        if char.isalnum() or not char.isascii()
        else _SIGN % (re.escape(char.encode()), *[ord(char)] * 4, _ENTITIES.get(char, b"#"))
        for char in secret
    )


def _mask_heads(body: bytes, forms: Sequence[bytes]) -> bytes:
    """The body without what begins like one of the forms, for as long as it goes on like it."""
    kept, here = [], 0
    heads = b"|".join(re.escape(head) for head in {form[:SHORTEST_PIECE] for form in forms})
    for found in re.finditer(heads, body) if heads else ():
        if (start := found.start()) >= here:
            kept += [body[here:start], _MASK]
            here = start + max(_common(body[start : start + len(form)], form) for form in forms)
    return b"".join([*kept, body[here:]])


def _common(text: bytes, form: bytes) -> int:
    """How many bytes are the same from the start."""
    return next((at for at, (one, other) in enumerate(zip(text, form, strict=False)) if one != other), len(text))
