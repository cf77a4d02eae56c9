"""Base URLs of providers: what a manifest says, with its variables filled in."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from typing import TypeAlias
from urllib.parse import urlsplit

from fluent_ai.arguments import did_you_mean, first_set
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.schema import BASE_URL, PLACEHOLDER, URL_RULE, URL_TEXT, Manifest

BaseUrl: TypeAlias = str | Mapping[str, str]
"""A URL, or what the variables of the provider's own base URL stand for: `{"account_id": "..."}`."""

_HOST = re.compile(r"(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(:\d+)?(/.*)?")


def resolve(manifest: Manifest, given: BaseUrl | None) -> str:
    """The base URL that is called: what the caller gave, else the environment, else the manifest.

    Raises ConfigError that names what is missing, or the value and what is allowed.
    """
    source = f"base_urls[{manifest.id!r}]"
    if not isinstance(given, str | Mapping | None):
        raise ConfigError(f"{source} is of type {type(given).__name__}; allowed: a URL, or a dict of its variables")
    url = given if isinstance(given, str) else None
    if given is None and (variable := first_set(manifest.base_url_env)):
        source, url = variable, os.environ[variable].strip()
    if url is None:
        return own_url(manifest, given if isinstance(given, Mapping) else {})
    full = _with_scheme(url, manifest.base_url)
    try:
        parts = urlsplit(full)
        if BASE_URL.fullmatch(full) and full.isascii() and parts.port != 0:
            return parts.geturl().rstrip("/")
    except ValueError:
        pass  # no URL at all, or no port
    shown = re.split("[?#]", url.rpartition("@")[2])[0]  # what is left out may be secret
    raise ConfigError(f"{manifest.id}: base URL {shown!r} of {source}; allowed: {URL_RULE}")


def resolve_at(manifest: Manifest, given: BaseUrl | None, template: str) -> str:
    """The same for what may be at a host of its own, `template`; a URL that the caller gave is that of both."""
    if template in ("", manifest.base_url) or isinstance(given, str):
        return resolve(manifest, given)
    return own_url(manifest, given or {}, template)


def list_template(manifest: Manifest) -> str:
    """The base URL of the model list, with its placeholders."""
    return (manifest.model_list.base_url if manifest.model_list else "") or manifest.base_url


def own_url(manifest: Manifest, given: Mapping[str, str], template: str = "") -> str:
    """The manifest's base URL; its variables from `given`, else the environment. Raises ConfigError as `resolve`."""
    for name, value in given.items():
        own = [name for name, variable in manifest.variables.items() if not variable.of]
        if name not in own:
            allowed = ", ".join(own) or "none; it takes a URL"
            raise ConfigError(f"{manifest.id}: base_urls has no variable {name!r}; allowed: {allowed}")
        if not isinstance(value, str):
            kind = type(value).__name__
            raise ConfigError(f"base_urls[{manifest.id!r}][{name!r}] is of type {kind}; allowed: str")
    return PLACEHOLDER.sub(lambda found: _text(manifest, found[1], given), template or manifest.base_url)


def fill_path(manifest: Manifest, given: BaseUrl | None, path: str) -> str:
    """The path of a route with its variables filled in, all but `{model}`. Raises ConfigError as `resolve`."""
    own = given if isinstance(given, Mapping) else {}
    return PLACEHOLDER.sub(lambda found: found[0] if found[1] == "model" else _text(manifest, found[1], own), path)


def public_list_url(manifest: Manifest) -> str:
    """That of the model list for a record that others read: what belongs to one account is left as `{name}`."""

    def text(found: re.Match[str]) -> str:
        variable = manifest.variables[found[1]]
        variable = manifest.variables[variable.of] if variable.of else variable
        return _text(manifest, found[1], {}) if variable.choices or variable.public else found[0]

    return PLACEHOLDER.sub(text, list_template(manifest))


def is_own_list(manifest: Manifest, url: str) -> bool:
    """Whether a base URL of the model list is one of the provider's own, and not that of a server in its place."""

    def pattern(name: str) -> str:
        variable = manifest.variables[name]
        if variable.of:
            others = (re.escape(choice) for choice in variable.choices.values())
            own = "|".join((*others, _pattern(variable.default, lambda _: pattern(variable.of))))
        else:
            own = "|".join(map(re.escape, variable.choices.values())) or URL_TEXT.pattern
        return f"(?:{own})"

    return re.fullmatch(_pattern(list_template(manifest), pattern), url, re.IGNORECASE) is not None


def same_list(recorded: str, url: str) -> bool:
    """Whether two URLs lead to one model list; `{name}` in the `recorded` one, as `public_list_url` leaves it, is any.

    What follows the path is not compared: it says which page was asked for.
    """
    return re.fullmatch(_pattern(recorded.partition("?")[0], lambda _: "[^/]+"), url.partition("?")[0]) is not None


def _pattern(template: str, variable: Callable[[str], str]) -> str:
    """A regular expression of the texts that a template may become; `variable` gives that of one placeholder."""
    parts = PLACEHOLDER.split(template)  # texts and names in turn
    return "".join(variable(part) if number % 2 else re.escape(part) for number, part in enumerate(parts))


def _text(manifest: Manifest, name: str, given: Mapping[str, str]) -> str:
    variable = manifest.variables[name]
    if variable.of:
        text = _text(manifest, variable.of, given)
        return variable.choices.get(text) or variable.default.replace("{}", text)
    source, value = f"base_urls[{manifest.id!r}][{name!r}]", given.get(name)
    if value is None and (source := first_set(variable.env)):
        value = os.environ[source].strip()
    value = variable.default if value is None else value
    if not value:
        raise ConfigError(
            f"{manifest.id}: no {name}. Set {' or '.join(variable.env)}, or pass "
            f"base_urls={{{manifest.id!r}: {{{name!r}: ...}}}}",
            provider=manifest.id,
        )
    if variable.choices:
        if value not in variable.choices:
            allowed, hint = ", ".join(variable.choices), did_you_mean(value, list(variable.choices))
            raise ConfigError(f"{manifest.id}: {source} is {value!r}; allowed: {allowed}.{hint}")
        return variable.choices[value]
    if not URL_TEXT.fullmatch(value):
        raise ConfigError(f"{manifest.id}: {source} is {value!r}; allowed: letters, digits and . _ - between them")
    return value


def _with_scheme(url: str, own: str) -> str:
    """`127.0.0.1:11434`, as some write it, with the scheme of the provider's own URL and its port unless it has one."""
    found = _HOST.fullmatch(url)
    if found is None:
        return url
    parts = urlsplit(own)
    port = found[2] or (f":{parts.port}" if parts.port else "")
    return f"{parts.scheme or 'https'}://{found[1]}{port}{found[3] or ''}"
