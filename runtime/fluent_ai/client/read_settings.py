"""What clients are told, checked. The functions raise ConfigError for a value that makes no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.arguments import with_methods
from fluent_ai.errors import ConfigError
from fluent_ai.interfaces import LocalSettings
from fluent_ai.resilience.breaker import DEFAULT, Breaker
from fluent_ai.resilience.limits import Limits

if TYPE_CHECKING:
    from fluent_ai.cache.replies import AnswerCache
    from fluent_ai.cache.store import Store
    from fluent_ai.content.media_policy import MediaPolicy
    from fluent_ai.observe.delivery import Recipient


def read_breaker(given: object) -> Breaker | None:
    """The breaker; None for none."""
    if isinstance(given, bool):
        return DEFAULT if given else None
    if not isinstance(given, Breaker):
        raise ConfigError(f"breaker is of type {type(given).__name__}; allowed: an ai.Breaker, True, False")
    return given


def read_limits(given: object) -> Limits | None:
    """The limits; None for none."""
    if given is not None and not isinstance(given, Limits):
        raise ConfigError(f"limits is of type {type(given).__name__}; allowed: an ai.Limits, None")
    return given


def read_observers(observers: object) -> tuple[Recipient, ...]:
    """How each of the observers is told."""
    from fluent_ai.observe.delivery import recipient
    from fluent_ai.observe.observer import Observer

    for each in observers if isinstance(observers, list | tuple) else (observers,):
        if not isinstance(each, Observer):
            kind = type(each).__name__
            raise ConfigError(f"observe holds a {kind}; allowed: a list of observers, which derive from ai.Observer")
    if not isinstance(observers, list | tuple):
        raise ConfigError(f"observe is of type {type(observers).__name__}; allowed: a list of observers")
    return tuple(recipient(each) for each in {id(each): each for each in observers}.values())


def read_cache(store: Store | None) -> AnswerCache | None:
    """What keeps answers in the store."""
    if store is None:
        return None
    from fluent_ai.cache.replies import AnswerCache

    return AnswerCache(with_methods(store, "cache", "get", "set"))


def read_media(given: object) -> MediaPolicy | None:
    """What is done with pictures; None for nothing."""
    if given == "off":  # what holds where it is not given
        return None
    from fluent_ai.content.media_policy import read_media as read

    return read(given)


def read_local(given: object) -> LocalSettings | None:
    """The settings of models in this process; None for those that they have by themselves."""
    if given is None:
        return None
    if not isinstance(given, LocalSettings):
        raise ConfigError(f"local is of type {type(given).__name__}; allowed: an ai.LocalSettings, None")
    for name, value in (("device", given.device), ("cache_dir", given.cache_dir or "none")):
        if not isinstance(value, str) or not value:
            raise ConfigError(f"local.{name} is {value!r}; allowed: a text that is not empty")
    return given


def read_share(given: float | None) -> float | None:
    """How many retries each success earns."""
    numeric = isinstance(given, int | float) and not isinstance(given, bool)
    if given is None or (numeric and 0 <= given <= 100):
        return given
    raise ConfigError(f"retry_budget is {given!r}; allowed: a number of retries for each success, or None for no limit")
