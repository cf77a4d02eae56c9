"""Base URLs of providers: the manifest's templates with their variables filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import urlsplit

from fluent_ai.arguments import did_you_mean, first_set
from fluent_ai.auth.plain_http import is_local
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.schema import BASE_URL, PLACEHOLDER, URL_RULE, URL_TEXT, Manifest, shown_url
from fluent_ai.providers.own_hosts import at_own_host
from fluent_ai.same import kept_for_same

BaseUrl: TypeAlias = str | Mapping[str, str]
"""A URL, or the values of the variables in the provider's own base URL: `{"account_id": "..."}`."""

_BARE_IPV6 = re.compile(r"[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*")
_LISTENING = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104
"""Where servers listen -> where they are."""
_HOST = re.compile(r"(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(:\d+)?(/.*)?")


def resolve(manifest: Manifest, given: BaseUrl | None) -> str:
    """The base URL to call: the caller's, else the environment's, else the manifest's.

    Raises ConfigError that names the missing variable, or the value and what is allowed.
    """
    source = f"base_urls[{manifest.id!r}]"
    if not isinstance(given, str | Mapping | None):
        raise ConfigError(f"{source} is of type {type(given).__name__}; allowed: a URL, or a dict of its variables")
    url, tail = (given if isinstance(given, str) else None), ""
    if given is None and (found := first_set(manifest.base_url_env)) is not None:
        source, url = found
    elif given is None and (found := first_set(manifest.host_env)) is not None:
        (source, url), tail = found, urlsplit(manifest.base_url).path
    if url is None and manifest.base_url_env and not manifest.base_url:
        raise ConfigError(
            f"{manifest.id}: no base URL. Set {' or '.join(manifest.base_url_env)}, or pass "
            f"base_urls={{{manifest.id!r}: ...}}",
            provider=manifest.id,
        )
    if url is None:
        return own_url(manifest, given if isinstance(given, Mapping) else {})
    if (called := _called(manifest, url)) is not None:
        return called + tail
    raise ConfigError(f"{manifest.id}: base URL {shown_url(url)!r} of {source}; allowed: {URL_RULE}")


@kept_for_same(1, 256)
def _called(manifest: Manifest, text: str) -> str | None:
    """The base URL that a text means for a provider; None if it is not one. Every request asks."""
    full = _with_scheme(text.strip(), manifest.base_url)
    try:
        parts = urlsplit(full)
        if BASE_URL.fullmatch(full) and full.isascii() and full.isprintable() and parts.port != 0:
            return at_own_host(manifest, _above_all(manifest, parts.geturl().rstrip("/")))
    except ValueError:
        pass  # not a URL, or a malformed port
    return None


def resolve_at(manifest: Manifest, given: BaseUrl | None, template: str) -> str:
    """Like `resolve`, for a capability whose base URL is `template`; a URL that the caller passed replaces both."""
    if template in ("", manifest.base_url) or isinstance(given, str):
        return resolve(manifest, given)
    return own_url(manifest, given or {}, template)


_PREFIX = re.compile(r"v\d+(\w*)|openai|api")
"""Segments of a path that stand in base URLs too, as vendors and other tools print them."""
_VERSION = re.compile(r"v\d+\w*")
_OTHER_ROOT = re.compile(r"v\d+\w*|api")


@lru_cache(1024)
def join(url: str, path: str) -> str:
    """The URL of a path below a base URL, in which the path, or prefixes such as `v1` that begin it, may stand already.

    A version at the end of the base URL gives way to another one at the start of the path, because each path exists in
    one version.
    """
    return _above(url, path.partition("?")[0]) + path


def _above(url: str, path: str) -> str:
    given, wanted = url.split("/"), path.split("/")[1:]
    for count in range(min(len(wanted), len(given) - 3), 0, -1):
        ending = given[-count:]
        if ending == wanted[:count] and (count == len(wanted) or all(map(_PREFIX.fullmatch, ending))):
            return "/".join(given[:-count])
    if len(given) > 3 and wanted and _VERSION.fullmatch(given[-1]) and _OTHER_ROOT.fullmatch(wanted[0]):
        return "/".join(given[:-1])
    return url


def _above_all(manifest: Manifest, url: str) -> str:
    """The base URL without prefixes that all routes have, such as `/openai/v1`, and without a whole endpoint."""
    paths = [
        route.path.partition("?")[0]
        for capability in manifest.capabilities
        for route in manifest.routes(capability)
        if route.path
    ]
    prefixed = all(_PREFIX.fullmatch(path.split("/")[1]) for path in paths)
    whole = (found for path in (*paths, "/models") if (found := _without_endpoint(url, path)) is not None)
    return min((*(_above(url, path) for path in paths if prefixed), *whole), key=len, default=url)


def _without_endpoint(url: str, path: str) -> str | None:
    """The base URL of an endpoint that was given whole, with any model in it; None where the path does not end the URL.

    A path of one segment may be a folder of that name, unless a version stands before it.
    """
    found = re.fullmatch(f"(.*[^/]){_pattern(path, lambda _: '[^/]+')}", url)
    if found is None or (path.count("/") < 2 and not _VERSION.fullmatch(found[1].rpartition("/")[2])):
        return None
    return found[1]


def list_template(manifest: Manifest) -> str:
    """The base URL of the model list, with placeholders."""
    return (manifest.model_list.base_url if manifest.model_list else "") or manifest.base_url


def own_url(manifest: Manifest, given: Mapping[str, str], template: str = "") -> str:
    """The manifest's base URL, its variables taken from `given`, else the environment. Raises like `resolve`."""
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
    """The path of a route with all variables but `{model}` filled in. Raises like `resolve`."""
    own = given if isinstance(given, Mapping) else {}
    return PLACEHOLDER.sub(lambda found: found[0] if found[1] == "model" else _text(manifest, found[1], own), path)


def public_list_url(manifest: Manifest) -> str:
    """The URL of the model list for records that others read: variables that identify an account stay as `{name}`."""

    def text(found: re.Match[str]) -> str:
        variable = manifest.variables[found[1]]
        variable = manifest.variables[variable.of] if variable.of else variable
        return _text(manifest, found[1], {}) if variable.choices or variable.public else found[0]

    return PLACEHOLDER.sub(text, list_template(manifest))


def is_own_list(manifest: Manifest, url: str) -> bool:
    """True if a base URL of the model list is the provider's own, not that of a server that replaces it."""

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
    """True if two URLs lead to the same model list. A `{name}` that `public_list_url` left in `recorded` matches all.

    The query is not compared, because it selects a page.
    """
    return re.fullmatch(_pattern(recorded.partition("?")[0], lambda _: "[^/]+"), url.partition("?")[0]) is not None


def _pattern(template: str, variable: Callable[[str], str]) -> str:
    """A regular expression for what a template can expand to; `variable` returns that of one placeholder."""
    parts = PLACEHOLDER.split(template)  # texts and names alternate
    return "".join(variable(part) if number % 2 else re.escape(part) for number, part in enumerate(parts))


def _text(manifest: Manifest, name: str, given: Mapping[str, str]) -> str:
    variable = manifest.variables[name]
    if variable.of:
        text = _text(manifest, variable.of, given)
        return variable.choices.get(text) or variable.default.replace("{}", text)
    source, value = f"base_urls[{manifest.id!r}][{name!r}]", given.get(name)
    if value is None and (found := first_set(variable.env)) is not None:
        source, value = found
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
    if variable.known and value not in variable.known:
        hint = did_you_mean(value, list(variable.known)) or f" Known: {', '.join(variable.known)}."
        raise ConfigError(f"{manifest.id}: {source} is {value!r}, which is not known.{hint} A base URL may name others")
    if not URL_TEXT.fullmatch(value):
        raise ConfigError(f"{manifest.id}: {source} is {value!r}; allowed: letters, digits and . _ - between them")
    return value


def _with_scheme(url: str, own: str) -> str:
    """A URL without a scheme, such as `127.0.0.1:11434`, with the scheme and, if missing, the port of the `own` URL.

    Where there is no own URL, the scheme is http for hosts of the private network, and https for others.
    """
    parts = urlsplit(own)
    if re.fullmatch(r":\d+", url):
        url = f"{parts.hostname or 'localhost'}{url}"
    elif _BARE_IPV6.fullmatch(url):
        url = f"[{url}]"
    found = _HOST.fullmatch(url)
    if found is None:
        return url
    port = found[2] or (f":{parts.port}" if parts.port else "")
    host = _LISTENING.get(found[1], found[1])
    scheme = parts.scheme or ("http" if is_local(host.strip("[]")) else "https")
    return f"{scheme}://{host}{port}{found[3] or ''}"
