"""URLs at a provider's own hosts that stop before the API, or stand for another door to it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from fluent_ai.manifest.schema import PLACEHOLDER, Manifest

_DOOR = re.compile(r"(?P<base>.*?)/(openai|anthropic|compatibility/v\d+|api/v\d+)")
"""Where vendors serve other vendors' protocols: `/v1beta/openai` at Gemini, `/anthropic` at DeepSeek,
`/api/v1` of Alibaba's own protocol."""


def at_own_host(manifest: Manifest, url: str) -> str:
    """The provider's own base URL, if `url` is its host alone, the start of that URL, or one of its other doors.

    SDKs print `https://api.mistral.ai`, whose API is below `/v1`. Any other URL is returned as it is.
    """
    host, _, path = manifest.base_url.partition("://")[2].partition("/")
    own = f"/{path}" if path else ""
    given = urlsplit(url)
    if not host or PLACEHOLDER.search(own) or not re.fullmatch(_pattern(manifest, host), given.netloc, re.IGNORECASE):
        return url
    door = _DOOR.fullmatch(given.path)
    base = given.path if door is None or given.path == own else door["base"]
    if base == own or f"{own}/".startswith(f"{base}/"):
        return f"{given.scheme}://{given.netloc}{own}"
    return url


def _pattern(manifest: Manifest, host: str) -> str:
    """What the provider's hosts look like: a variable stands for its choices, or for labels of a name.

    A host that is nothing but a free variable is the caller's own, and like no other.
    """
    text, end = "", 0
    for found in PLACEHOLDER.finditer(host):
        variable = manifest.variables[found[1]]
        choices = [re.escape(each) for each in variable.choices.values()]
        if not choices and found[0] == host:
            return r"(?!)"
        labels = f"(?:{'|'.join(choices)})" if choices else r"[a-z0-9-]+"
        text += re.escape(host[end : found.start()]) + labels
        end = found.end()
    return text + re.escape(host[end:])
