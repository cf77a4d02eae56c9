"""In which of a provider's places a request is served, where its price depends on that."""

from __future__ import annotations

import re

from fluent_ai.manifest.schema import PLACEHOLDER, Manifest
from fluent_ai.same import kept_for_same


def place(manifest: Manifest, url: str) -> str | None:
    """The value of the manifest's `priced` variable in a URL of the provider's; None if it is the default, or unknown.

    A server that replaces the provider has no such place.
    """
    return _place(manifest, url) if manifest.variables else None


@kept_for_same(1, 256)
def _place(manifest: Manifest, url: str) -> str | None:
    name = next((name for name, variable in manifest.variables.items() if variable.priced), None)
    if name is None or (found := re.match(_pattern(manifest, name), url, re.IGNORECASE)) is None:
        return None
    variable, text = manifest.variables[name], found["place"].lower()
    value = next((value for value, each in variable.choices.items() if each == text), text)
    return None if value == variable.default else value


def _pattern(manifest: Manifest, name: str) -> str:
    """The provider's base URL, with the variable of that name as a group, and any text for the others."""
    text, end = "", 0
    for found in PLACEHOLDER.finditer(manifest.base_url):
        choices = "|".join(map(re.escape, manifest.variables[found[1]].choices.values()))
        any_text = choices if choices and found[1] == name else r"[^/]+"
        text += re.escape(manifest.base_url[end : found.start()])
        text += f"(?P<place>{any_text})" if found[1] == name else any_text
        end = found.end()
    return text + re.escape(manifest.base_url[end:])
