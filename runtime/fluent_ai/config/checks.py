"""Rules and options of a configuration, checked before anybody uses them. All raise ConfigError."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import translate
from importlib import import_module
from typing import Any

from fluent_ai.arguments import as_flag, as_text, check_number, did_you_mean
from fluent_ai.config.values import CAPABILITIES, Rule, Verb
from fluent_ai.errors import ConfigError
from fluent_ai.registry.facts import FLAGS

PLACE = re.compile(r"\{(\w+)\}")
"""What stands in the model of a rule for what was matched."""
_OPTIONS: Mapping[Verb, tuple[str, str]] = {
    "chat": ("chat_options", "ChatOptions"),
    "embed": ("embed", "EmbedOptions"),
    "rerank": ("rerank", "RerankOptions"),
    "moderate": ("moderate", "ModerateOptions"),
    "transcribe": ("transcribe", "TranscribeOptions"),
    "speak": ("speak", "SpeakOptions"),
    "image": ("image", "ImageOptions"),
}
"""The module and the name of each verb's options."""
_OF_CALLS = ("tools", "tool_choice", "output", "images", "mask", "documents")
"""Options that belong to one call, and to no configuration."""


def read_rule(rule: Mapping[str, Any]) -> Rule:
    """The rule of a table whose keys are known."""
    given = [name for name in ("glob", "regex") if name in rule]
    if len(given) != 1:
        raise ConfigError(f"{' and '.join(given) or 'neither glob nor regex'} is there; allowed: one of glob and regex")
    pattern = as_text(rule[given[0]], given[0])
    try:
        regex = re.compile(translate(pattern) if given[0] == "glob" else pattern)
    except re.error as error:
        where = "" if error.pos is None else f" at character {error.pos}"
        raise ConfigError(f"regex is {pattern!r:.80}: {error.msg}{where}") from None
    model = as_text(rule.get("model", ""), "model")
    known = ("name", *map(str, range(regex.groups + 1)), *regex.groupindex)
    for place in PLACE.findall(model):
        if place not in known:
            raise ConfigError(f"model holds {{{place}}}; allowed: {', '.join(f'{{{name}}}' for name in known)}")
    priority = rule.get("priority", 0)
    check_number("priority", priority, int, -1_000_000, 1_000_000)
    return Rule(
        pattern=pattern,
        regex=regex,
        model=model,
        kind="glob" if given[0] == "glob" else "regex",
        priority=priority,
        needs=_needs(rule.get("needs", [])),
        key=as_flag(rule.get("key", False), "key"),
    )


def _needs(given: object) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise ConfigError(f"needs is of type {type(given).__name__}; allowed: a list of {', '.join(FLAGS)}")
    for each in given:
        if each not in FLAGS:
            hint = did_you_mean(each, FLAGS) if isinstance(each, str) else ""
            raise ConfigError(f"needs holds {each!r:.80}.{hint} Allowed: {', '.join(FLAGS)}")
    return tuple(given)


def option_names(verb: Verb) -> list[str]:
    """The options of a verb that can be configured, without those of single providers."""
    module, kind = _OPTIONS[verb]
    known = getattr(import_module(f"fluent_ai.verbs.{module}"), kind).__annotations__
    return [each for each in known if each not in _OF_CALLS]


def check_option(verb: Verb, name: str, value: object) -> None:
    """Refuse an option that the verb does not have, or whose value is out of range."""
    if name in _OF_CALLS:
        raise ConfigError("belongs to a call; allowed: options that can hold for many")
    module, kind = _OPTIONS[verb]
    found = import_module(f"fluent_ai.verbs.{module}")
    known = getattr(found, kind).__annotations__
    if name not in known and not (verb == "chat" and _some_provider_has(name)):
        from fluent_ai.verbs.foreign_options import refuse_option

        refuse_option(name, CAPABILITIES[verb], verb, [each for each in known if each not in _OF_CALLS])
    if verb == "chat" and name in found.RANGES:
        check_number(name, value, *found.RANGES[name])


def _some_provider_has(name: str) -> bool:
    from fluent_ai.providers.table import KNOWN_PROVIDERS

    return any(name in manifest.options for manifest in KNOWN_PROVIDERS.all().values())
