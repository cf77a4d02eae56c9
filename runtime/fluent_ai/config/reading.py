"""From the text of a configuration file to its values. Errors name the file, the line and the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fluent_ai.arguments import did_you_mean, toml_table
from fluent_ai.client.route import Leg, Route
from fluent_ai.config.checks import check_option, read_rule
from fluent_ai.config.key_lines import Key, line_of
from fluent_ai.config.values import FOLDERS, KEYS, THEMES, VERBS, Rule, Theme, Values
from fluent_ai.errors import ConfigError

ROUTE = ("legs", "pick", "hedge", "resume")
"""The keys of a route."""
_LEG = ("model", "name", "base_url", "timeout", "retries")
_RULE = ("glob", "regex", "model", "priority", "needs", "key")


def read_values(text: bytes, source: str) -> Values:
    """Raises ConfigError, which begins with `source` and the line, for a key or a value that is not allowed."""
    return _Reader(text.decode("utf-8", "replace"), source).values(toml_table(text, source))


class _Reader:
    def __init__(self, text: str, source: str) -> None:
        self._document = text
        self._source = source

    def values(self, document: dict[str, Any]) -> Values:
        self._table((), document, KEYS)
        aliases = self._texts("aliases", document)
        routes = self._table(("routes",), document.get("routes", {}))
        self._check_aliases(aliases, routes)
        folders = self._texts("folders", document, FOLDERS)
        return Values(
            models=self._texts("models", document, VERBS),
            provider=self._text(("provider",), document["provider"]) if "provider" in document else None,
            aliases=aliases,
            rules=self._rules(document.get("rules", [])),
            routes={name: self._route(("routes", name), given, aliases) for name, given in routes.items()},
            options=self._options(document.get("options", {})),
            folders={name: Path(path).expanduser() for name, path in folders.items()},
            theme=self._theme(document.get("theme", "dark")),
            save=self._flag("save", document.get("save", False)),
            ledger=self._flag("ledger", document.get("ledger", True)),
        )

    def _flag(self, key: str, given: object) -> bool:
        if not isinstance(given, bool):
            raise self._refuse((key,), f"is {given!r:.80}; allowed: true, false")
        return given

    def _theme(self, given: object) -> Theme:
        for theme in THEMES:
            if given == theme:
                return theme
        raise self._refuse(("theme",), f"is {given!r:.80}; allowed: {', '.join(THEMES)}")

    def _check_aliases(self, aliases: Mapping[str, str], routes: Mapping[str, object]) -> None:
        for name in aliases:
            if name in routes:
                raise self._refuse(("aliases", name), "is the name of a route as well; allowed: one of the two")
            chain = [name]
            while (following := aliases.get(chain[-1])) is not None:
                if following in chain:
                    shown = " -> ".join((*chain, following))
                    raise self._refuse(("aliases", name), f"leads back to itself: {shown}")
                chain.append(following)

    def _rules(self, given: object) -> tuple[Rule, ...]:
        if not isinstance(given, list):
            raise self._refuse(("rules",), f"is of type {type(given).__name__}; allowed: tables called [[rules]]")
        rules = [self._rule(("rules", number), rule) for number, rule in enumerate(given)]
        return tuple(sorted(rules, key=lambda rule: -rule.priority))

    def _rule(self, key: Key, given: object) -> Rule:
        rule = self._table(key, given, _RULE)
        try:
            return read_rule(rule)
        except ConfigError as error:
            raise self._within(key, error) from None

    def _route(self, key: Key, given: object, aliases: Mapping[str, str]) -> Route:
        route = self._table(key, given, ROUTE)
        legs = route.pop("legs", None)
        if not isinstance(legs, list):
            raise self._refuse((*key, "legs"), "is missing, or no list; allowed: models in the order of their turns")
        made = [self._leg((*key, "legs", number), leg, aliases) for number, leg in enumerate(legs)]
        try:
            return Route(*made, **route)
        except ConfigError as error:
            raise self._within(key, error) from None

    def _leg(self, key: Key, given: object, aliases: Mapping[str, str]) -> Leg:
        fields: dict[str, Any] = {"model": given} if isinstance(given, str) else self._table(key, given, _LEG)
        model = self._text((*key, "model"), fields.pop("model", None))
        while model in aliases:
            model = aliases[model]
        try:
            return Leg(model, **fields)
        except ConfigError as error:
            raise self._within(key, error) from None

    def _options(self, given: object) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
        options = self._table(("options",), given, VERBS)
        for verb in VERBS:
            for pattern, each in self._table(("options", verb), options.get(verb, {})).items():
                for name, value in self._table(("options", verb, pattern), each).items():
                    try:
                        check_option(verb, name, value)
                    except ConfigError as error:
                        raise self._within(("options", verb, pattern, name), error) from None
        return options

    def _texts(self, name: str, document: Mapping[str, Any], allowed: Sequence[str] | None = None) -> dict[str, str]:
        table = self._table((name,), document.get(name, {}), allowed)
        return {key: self._text((name, key), value) for key, value in table.items()}

    def _text(self, key: Key, value: object) -> str:
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise self._refuse(key, f"is {value!r:.80}; allowed: a text on one line")
        return value

    def _table(self, key: Key, value: object, allowed: Sequence[str] | None = None) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self._refuse(key, f"is of type {type(value).__name__}; allowed: a table")
        for name in value:
            if allowed is not None and name not in allowed:
                hint = did_you_mean(name, allowed)
                raise self._refuse((*key, name), f"is not known.{hint} Allowed: {', '.join(allowed)}")
        return dict(value)

    def _refuse(self, key: Key, problem: str) -> ConfigError:
        return ConfigError(f"{self._where(key)}: {dotted(key)} {problem}")

    def _within(self, key: Key, error: ConfigError) -> ConfigError:
        return ConfigError(f"{self._where(key)}: {dotted(key)}: {error.message}")

    def _where(self, key: Key) -> str:
        line = line_of(self._document, key)
        return self._source if line is None else f"{self._source}:{line}"


def dotted(key: Key) -> str:
    """The key as a file would write it, with positions in brackets: `rules[0].priority`."""
    shown = ""
    for part in key:
        if isinstance(part, int):
            shown += f"[{part}]"
        else:
            plain = part.isascii() and part.replace("_", "a").replace("-", "a").isalnum()
            shown += f"{'.' if shown else ''}{part if plain else quoted(part)}"
    return shown


def quoted(part: str) -> str:
    return '"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"'
