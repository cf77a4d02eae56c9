"""What may stand where the cursor is: commands, options, and values by the parameter that they are for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from fluent_ai.cli.commands import ENTRY_POINTS, OWN
from fluent_ai.cli.summaries import summary_of
from fluent_ai.errors import FluentError

if TYPE_CHECKING:
    import typer

FILES = ":files"
"""Tells the shell to complete names of files itself."""
_FILES = {"attach", "context", "files", "file", "output", "manifest", "schema", "database", "store", "ledger", "export"}
"""Parameters that take files, besides those of that type."""


def print_candidates(words: Sequence[str], build: Callable[[Sequence[str]], typer.Typer]) -> None:
    """A line for each candidate for the last word, with a description after a tab. Errors leave it empty."""
    try:
        found = [*candidates(words or [""], build)]
    except (FluentError, OSError):
        return
    sys.stdout.write("".join(f"{each}\n" for each in found))


def candidates(words: Sequence[str], build: Callable[[Sequence[str]], typer.Typer]) -> Iterator[str]:
    """The candidates for the last of the words, which follow the name of the program."""
    *before, last = words
    if not before:
        others = {entry.name: summary_of(entry) for entry in entry_points(group=ENTRY_POINTS)}
        commands = {name: command.summary for name, command in OWN.items()} | others
        yield from _starting(last, {**commands, "--help": "", "--version": ""})
        return
    import typer

    command: Any = typer.main.get_command(build(before))
    path = list(before)
    while path and (inner := getattr(command, "commands", {}).get(path[0])) is not None:
        command = inner
        path.pop(0)
    if groups := getattr(command, "commands", None):
        yield from _starting(last, {name: each.get_short_help_str() for name, each in groups.items()})
        return
    yield from _of_parameters(command.params, path, last)


def _of_parameters(parameters: Sequence[Any], before: Sequence[str], last: str) -> Iterator[str]:
    options = {name: each for each in parameters for name in (*each.opts, *each.secondary_opts) if name[:1] == "-"}
    arguments = [each for each in parameters if each.param_type_name == "argument"]
    previous = options.get(before[-1]) if before else None
    if previous is not None and not _is_flag(previous):
        yield from _starting(last, _values(previous, last), previous)
        return
    name, sign, value = last.partition("=")
    if last.startswith("--") and sign and name in options:
        yield from (f"{name}={each}" for each in _starting(value, _values(options[name], value)))
        return
    if last.startswith("-"):
        yield from _starting(last, {name: each.help or "" for name, each in options.items()})
        return
    given = _positional(before, options)
    if arguments:
        argument = arguments[min(given, len(arguments) - 1)]
        if given < len(arguments) or argument.nargs == -1:
            yield from _starting(last, _values(argument, last), argument)


def _positional(before: Sequence[str], options: Mapping[str, Any]) -> int:
    """How many of the words are neither options nor their values."""
    count, is_value = 0, False
    for word in before:
        if not is_value and not word.startswith("-"):
            count += 1
        is_value = not is_value and word in options and not _is_flag(options[word])
    return count


def _is_flag(option: Any) -> bool:
    return bool(getattr(option, "is_flag", False) or getattr(option, "count", False))


def _starting(last: str, found: Mapping[str, str], parameter: Any = None) -> Iterator[str]:
    if parameter is not None and (parameter.name in _FILES or "Path" in str(_annotation(parameter))):
        yield FILES
    for name, about in found.items():
        if name.startswith(last):
            yield f"{name}\t{about}" if about else name


def _values(parameter: Any, last: str) -> Mapping[str, str]:
    if get_origin(annotation := _annotation(parameter)) is Literal:
        return _plain(get_args(annotation))
    source = _SOURCES.get(parameter.name)
    return {} if source is None else source(last)


def _annotation(parameter: Any) -> Any:
    """The type of a parameter's value, as the command has declared it."""
    return getattr(getattr(parameter, "type_descriptor", None), "annotation", None)


def _models(last: str) -> Mapping[str, str]:
    """Own names and providers; once there is a provider, its models."""
    from fluent_ai.config.config import Config
    from fluent_ai.registry.shared import default

    provider, colon, _ = last.partition(":")
    if colon:
        known = provider in default.providers()
        return {f"{provider}:{each.id}": each.name or "" for each in default.list(provider)} if known else {}
    values = Config().values
    own = {**values.aliases, **dict.fromkeys(values.routes, "route")}
    return own | {f"{name}:": "" for name in default.providers()}


def _providers(last: str) -> Mapping[str, str]:
    from fluent_ai.providers.table import KNOWN_PROVIDERS

    return {name: manifest.name for name, manifest in sorted(KNOWN_PROVIDERS.all().items())}


def _templates(last: str) -> Mapping[str, str]:
    from fluent_ai.cli.asking.templates import names_in
    from fluent_ai.config.config import Config

    return _plain(names_in(Config().folder("templates")))


def _collections(last: str) -> Mapping[str, str]:
    from fluent_ai.cli.verbs.embed import collections_in

    return {each.name: each.model for each in collections_in(None).list()}


def _aliases(last: str) -> Mapping[str, str]:
    from fluent_ai.config.config import Config

    return Config().values.aliases


def _tools(last: str) -> Mapping[str, str]:
    from fluent_ai.cli.asking.tool_names import NAMES, OF_A_PLACE

    return {f"{name}:" if name in OF_A_PLACE else name: about for name, about in NAMES.items()}


def _keys(last: str) -> Mapping[str, str]:
    """The keys of the file; those that every file may have; and those of a route, or of options, that is begun."""
    from fluent_ai.cli.account.config import flat
    from fluent_ai.config.checks import option_names
    from fluent_ai.config.config import Config
    from fluent_ai.config.reading import ROUTE
    from fluent_ai.config.values import FOLDERS, KEYS, VERBS

    of_file = [name for key, value in Config().document().items() for name, _ in flat(key, value) if "[" not in name]
    tables = {
        "models": VERBS,
        "folders": FOLDERS,
        "aliases": ("",),
        "routes": ("",),
        "options": [f"{v}." for v in VERBS],
    }
    known = [f"{key}.{name}" for key in KEYS for name in tables.get(key, ())] + [
        key for key in KEYS if key not in tables
    ]
    begun, _, _ = last.rpartition(".")
    match begun.split(".", 2):
        case ["routes", name] if name:
            known += [f"{begun}.{each}" for each in ROUTE]
        case ["options", verb, pattern] if pattern and pattern.count('"') % 2 == 0 and verb in VERBS:
            known += [f"{begun}.{each}" for each in option_names(verb)]
        case _:
            pass
    return _plain([*of_file, *known])


def _verbs(last: str) -> Mapping[str, str]:
    from fluent_ai.config.values import VERBS

    return _plain(VERBS)


def _plain(names: Iterable[str]) -> Mapping[str, str]:
    return dict.fromkeys(names, "")


_SOURCES: Mapping[str, Callable[[str], Mapping[str, str]]] = {
    "alias": _aliases,
    "collection": _collections,
    "key": _keys,
    "model": _models,
    "models": _models,
    "provider": _providers,
    "template": _templates,
    "tool": _tools,
    "verb": _verbs,
}
"""The name of a parameter -> what it may be."""
