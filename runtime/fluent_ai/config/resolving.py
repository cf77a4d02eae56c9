"""How a name becomes a model. Each way is tried in turn, and the first that leads to a model is taken:

1. `provider:model` of a known provider, as it is;
2. an alias, whose target is then read the same way;
3. a route;
4. the rules, those with a higher priority first, whose pattern matches and whose conditions hold;
5. the default provider, if it has such a model, or if nothing is known of its models;
6. the only provider that can be called and has a model with this id.

Names that are merely similar are found and offered, but never taken by themselves: no prompt goes to a model that
nobody has named.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, NamedTuple

from fluent_ai.arguments import did_you_mean
from fluent_ai.config.checks import PLACE
from fluent_ai.content.model_names import split_model
from fluent_ai.errors import ConfigError

if TYPE_CHECKING:
    from re import Match

    from fluent_ai.client.naming import KnownModels
    from fluent_ai.client.route import Route
    from fluent_ai.config.values import Rule, Values, Verb
    from fluent_ai.registry.facts import ModelInfo

SIMILAR = 10
"""How many similar models are offered."""
_KINDS = {"embed": "embedding", "moderate": "moderation", "transcribe": "transcription", "speak": "speech"}
"""The kind of model by verb, where it is not called like the verb."""


class Resolved(NamedTuple):
    """A model that a name may stand for."""

    name: str
    """`provider:model`, or the name of the route."""
    why: tuple[str, ...]
    """What chose it, step by step, such as `alias 'fast'` and then `exact name`."""
    route: Route | None = None
    """The route, where the name is that of one."""

    @property
    def model(self) -> str | Route:
        """What the methods of a client take for a model."""
        return self.name if self.route is None else self.route


def resolve(values: Values, name: str, verb: Verb, known: KnownModels, otherwise: str | None = None) -> Resolved:
    """The model that the name stands for. Raises ConfigError, with similar names, if it stands for none.

    `otherwise` is a provider that takes every name that nothing in the file stands for.
    """
    if otherwise is not None:
        found = next(_configured(values, name, known, (), frozenset()), None)
        return found or Resolved(f"{otherwise}:{name}", (f"default provider {otherwise!r}",))
    for found in candidates(values, name, known):
        return found
    provider, colon, rest = name.partition(":")
    if colon and provider and rest:
        known.providers.get(provider)  # raises the error that names similar providers
    close = [each.name for each in similar(values, name, verb, known)]
    hint = f" Did you mean {' or '.join(close[:3])}?" if close else ""
    raise ConfigError(f"model is {name!r:.200}; allowed: 'provider:model', such as 'openai:gpt-5.1'.{hint}")


def candidates(
    values: Values, name: str, known: KnownModels, why: tuple[str, ...] = (), seen: frozenset[str] = frozenset()
) -> Iterator[Resolved]:
    """All models that the name may stand for, the one that is taken first."""
    if name in seen:
        return
    yield from _configured(values, name, known, why, seen | {name})
    if _is_exact(name, known):
        return
    if values.provider is not None and (found := _of_default(values.provider, name, known)) is not None:
        yield found._replace(why=(*why, *found.why))
    if (only := _only(name, known)) is not None:
        yield only._replace(why=(*why, *only.why))


def _configured(
    values: Values, name: str, known: KnownModels, why: tuple[str, ...], seen: frozenset[str]
) -> Iterator[Resolved]:
    """A full name as it is, and for others what the file says of them."""
    if _is_exact(name, known):
        split_model(name)
        yield Resolved(name, (*why, "exact name"))
        return
    if (target := values.aliases.get(name)) is not None:
        yield from candidates(values, target, known, (*why, f"alias {name!r}"), seen)
    if (route := values.routes.get(name)) is not None:
        yield Resolved(name, (*why, f"route {name!r}"), route)
    for rule in values.rules:
        if (match := rule.regex.fullmatch(name)) is not None:
            for found in candidates(values, _filled(rule, match), known, (*why, rule.label), seen):
                if _holds(rule, found, known):
                    yield found


def _is_exact(name: str, known: KnownModels) -> bool:
    provider, _, model_id = name.partition(":")
    return bool(provider and model_id) and known.providers.named(provider) is not None


def similar(values: Values, name: str, verb: Verb, known: KnownModels) -> Iterator[Resolved]:
    """Names that may have been meant: of the configuration, then models of the registry, those that can be called
    first.
    """
    from difflib import SequenceMatcher, get_close_matches

    own = [*values.aliases, *values.routes]
    for close in get_close_matches(name, own, n=3, cutoff=0.6):
        yield Resolved(close, ("similar name",), values.routes.get(close))
    kind = _KINDS.get(verb, verb)
    found = [info for info in known.registry.find(name) if info.kind in (None, kind)]
    ready = {provider: is_ready(provider, known) for provider in {info.provider for info in found}}
    alike = {id_: SequenceMatcher(None, name.casefold(), id_.casefold()).ratio() for id_ in {info.id for info in found}}
    found.sort(key=lambda info: (not ready[info.provider], -alike[info.id]))
    for info in found[:SIMILAR]:
        yield Resolved(info.full_name, ("similar name",))


def options_of(values: Values, verb: Verb, name: str) -> dict[str, Any]:
    """The options that are configured for a model or a route; of two globs that match, the later one wins."""
    found: dict[str, Any] = {}
    for pattern, options in values.options.get(verb, {}).items():
        if fnmatchcase(name, pattern):
            found |= options
    return found


def _filled(rule: Rule, match: Match[str]) -> str:
    def part(place: Match[str]) -> str:
        group = place[1]
        if group == "name":
            return match.string
        return match[int(group) if group.isdecimal() else group] or ""

    return PLACE.sub(part, rule.model)


def _holds(rule: Rule, found: Resolved, known: KnownModels) -> bool:
    """Whether the conditions hold: facts for all legs of a route, a key for at least one."""
    models = [leg.model for leg in found.route.legs] if found.route is not None else [found.name]
    names = [split_model(model) for model in models]
    if rule.key and not any(is_ready(provider, known) for provider, _ in names):
        return False
    return all(getattr(_facts(*each, known), need, None) for each in names for need in rule.needs)


def _of_default(provider: str, name: str, known: KnownModels) -> Resolved | None:
    manifest = known.providers.named(provider)
    if manifest is None:
        hint = did_you_mean(provider, [*known.providers.all()])
        raise ConfigError(f"the default provider {provider!r} is not known.{hint}")
    registry = known.registry
    if registry.lookup(manifest.id, name) is None and registry.has_catalog(manifest.id):
        return None
    return Resolved(f"{provider}:{name}", (f"default provider {provider!r}",))


def _only(name: str, known: KnownModels) -> Resolved | None:
    having = [each for each in known.registry.providers() if known.registry.lookup(each, name) is not None]
    ready = [each for each in having if is_ready(each, known)]
    if len(ready) != 1:
        return None
    return Resolved(f"{ready[0]}:{name}", (f"only provider with a key that has it, {ready[0]!r}",))


def is_ready(provider: str, known: KnownModels) -> bool:
    """Whether a provider can be called: a key is there, or none is needed."""
    manifest = known.providers.named(provider)
    return manifest is not None and known.credentials.status(manifest).ready


def _facts(provider: str, model_id: str, known: KnownModels) -> ModelInfo | None:
    manifest = known.providers.named(provider)
    return None if manifest is None else known.registry.lookup(manifest.id, model_id)
