"""Checks that a manifest's types alone cannot make: addresses, variables, authentication methods."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from fluent_ai.errors import ConfigError
from fluent_ai.manifest.schema import (
    BASE_URL,
    PLACEHOLDER,
    URL_RULE,
    URL_TEXT,
    Auth,
    AuthScheme,
    Manifest,
    shown_url,
)


def _env_names(manifest: Manifest) -> Iterator[str]:
    yield from manifest.base_url_env
    yield from manifest.host_env
    for auth in manifest.auth.methods:
        yield from auth.env
    for names in (*manifest.header_env.values(), *(variable.env for variable in manifest.variables.values())):
        yield from names


def check_manifest(manifest: Manifest, source: str) -> None:
    """Raises ConfigError for values that the types allow but that make no sense; its message names `source`."""

    def refuse(field: str, value: object, allowed: str) -> ConfigError:
        return ConfigError(f"{source}: {field} = {value!r}; allowed: {allowed}")

    if not manifest.id.replace("_", "").isalnum() or not manifest.id.islower():
        raise refuse("id", manifest.id, "lower-case letters, digits and _")
    if manifest.docs and not re.fullmatch(r"https?://[^\s\"\\]+", manifest.docs):
        raise refuse("docs", manifest.docs, "an http(s) URL")
    for variable in _env_names(manifest):
        if not re.fullmatch(r"[A-Z_][A-Z0-9_]*", variable):
            raise refuse("env", variable, "names of environment variables: capitals, digits and _")
    if manifest.base_url and not BASE_URL.fullmatch(manifest.base_url):
        raise refuse("base_url", shown_url(manifest.base_url), URL_RULE)
    if manifest.base_url.endswith("/"):
        raise refuse("base_url", manifest.base_url, "no trailing slash")
    others = {"model_list": manifest.model_list.base_url} if manifest.model_list else {}
    for capability in manifest.capabilities:
        for number, route in enumerate(manifest.routes(capability)):
            where = f"{capability}[{number}]"
            others[where] = route.base_url
            if route.path and not route.path.startswith("/"):
                raise refuse(f"{where}.path", route.path, "a path that starts with /")
            if route.media.other_path and not route.media.other_path.startswith("/"):
                raise refuse(f"{where}.media.other_path", route.media.other_path, "a path that starts with /")
            if route.batch is not None and route.batch < 1:
                raise refuse(f"{where}.batch", route.batch, "a whole number from 1")
            for tokens in route.batch_tokens.values():
                if tokens < 1:
                    raise refuse(f"{where}.batch_tokens", tokens, "whole numbers from 1")
    for number, rule in enumerate(manifest.pictures):
        for field in ("max_edge", "max_bytes", "edge", "short_edge", "side", "most", "factor"):
            if (value := getattr(rule, field)) is not None and value <= 0:
                raise refuse(f"pictures[{number}].{field}", value, "a number above 0")
        if not rule.source.startswith("https://"):
            raise refuse(f"pictures[{number}].source", rule.source, "an https URL")
    for where, url in others.items():
        if url and (not BASE_URL.fullmatch(url) or not url.startswith("https://") or url.endswith("/")):
            raise refuse(f"{where}.base_url", shown_url(url), "an https URL without a trailing slash")
    routes = [route for capability in manifest.capabilities for route in manifest.routes(capability)]
    paths = (path for route in routes for path in (route.path, route.media.other_path))
    named = set(PLACEHOLDER.findall(" ".join((manifest.base_url, *others.values(), *paths)))) - {"model"}
    if named != set(manifest.variables):
        raise refuse("variables", sorted(manifest.variables), f"those of base_url and paths: {sorted(named)}")
    for name, each in manifest.variables.items():
        if each.of:
            if each.of not in manifest.variables or manifest.variables[each.of].of or each.env:
                raise refuse(f"variables.{name}.of", each.of, "another variable that is not itself derived, and no env")
            texts: Iterable[str] = (*each.choices.values(), each.default.replace("{}", "x"))
        else:
            texts = each.choices.values() if each.choices else filter(None, (each.default,))
        for text in texts:
            if not URL_TEXT.fullmatch(text):
                raise refuse(f"variables.{name}", text, "a host or a segment of a path")
        if each.choices and not each.of and each.default not in each.choices:
            raise refuse(f"variables.{name}.default", each.default, f"one of its choices: {', '.join(each.choices)}")
        if each.priced and name not in PLACEHOLDER.findall(manifest.base_url):
            raise refuse(f"variables.{name}.priced", True, "only for a variable of base_url")
        if not each.env and not each.of:
            raise refuse(f"variables.{name}.env", [], "at least one environment variable")
    _check_auth(manifest.auth, refuse)


_AUTH_FIELDS: dict[AuthScheme, tuple[str, ...]] = {
    "none": (), "bearer": ("env",), "header": ("env",),
    "aws_sigv4": ("service",), "google": ("scope",), "azure": ("scope",),
}  # fmt: skip
"""The fields that each scheme needs; it ignores the others."""


def _check_auth(auth: Auth, refuse: Callable[[str, object, str], ConfigError]) -> None:
    """Each method has exactly the fields of its scheme, and no method shadows a later one."""
    for number, method in enumerate(auth.methods):
        where = f"auth.otherwise[{number - 1}]" if number else "auth"
        needed = _AUTH_FIELDS[method.scheme]
        for field in ("env", "service", "scope"):
            value = getattr(method, field)
            if field in needed and not value:
                several = "at least one environment variable" if field == "env" else "a text"
                raise refuse(f"{where}.{field}", value, f"{several}, as auth.scheme is {method.scheme!r}")
            if field not in needed and value:
                raise refuse(f"{where}.{field}", value, f"nothing, as auth.scheme is {method.scheme!r}")
        if method.header != "authorization" and method.scheme not in ("header", "bearer"):
            raise refuse(f"{where}.header", method.header, f"none, as auth.scheme is {method.scheme!r}")
        if number and (method.fallbacks or not method.required or method.scheme == "none"):
            raise refuse(where, method.scheme, "a method with a key, and without `required` and `otherwise` of its own")
    if auth.fallbacks and auth.scheme == "none":
        raise refuse("auth.otherwise", len(auth.fallbacks), "none, as auth.scheme is 'none'")
    if len(set(schemes := [method.scheme for method in auth.methods])) < len(schemes):
        raise refuse("auth.otherwise", schemes, "each scheme once")
