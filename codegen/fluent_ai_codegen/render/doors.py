"""The methods of the clients, rendered from the verbs that the runtime declares."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from textwrap import fill

from fluent_ai.errors import ConfigError
from jinja2 import Environment

from fluent_ai_codegen.render.clients import quote
from fluent_ai_codegen.render.ir import ASYNCHRONOUS, BLOCKING, TWINS
from fluent_ai_codegen.render.normalise import COMMAND, header
from fluent_ai_codegen.render.verbs import VerbModule

_CLIENT = "runtime/fluent_ai/client"
_SOURCE = "runtime/fluent_ai/verbs"
_NAMES = "runtime/fluent_ai/__init__.py"
_SCHEMA = "runtime/fluent_ai/manifest/schema.py"
EDITED = (_NAMES, _SCHEMA)
"""The modules in which some lines are rendered."""
_CAPABILITIES = re.compile(r"(?<=^Capability = Literal\[\n)(?: .*\n)+", re.MULTILINE)
_ROUTES = re.compile(r'(?:^    \w+: tuple\[Route, \.\.\.\] = \(\)\n    """Routes of .*\n)+', re.MULTILINE)
REFERENCE = "docs/guides/reference/verbs.md"


def door_modules(verbs: Sequence[VerbModule], environment: Environment) -> dict[str, str]:
    """Path below the root of a checkout -> module, not yet formatted."""
    methods, bound = environment.get_template("verbs.py.jinja"), environment.get_template("bound.py.jinja")
    known = {"header": header(_SOURCE), "verbs": verbs, "imports": _imports(verbs)}
    return {
        f"{_CLIENT}/verbs_sync.py": methods.render(twin=BLOCKING, **known),
        f"{_CLIENT}/verbs_async.py": methods.render(twin=ASYNCHRONOUS, **known),
        f"{_CLIENT}/bound.py": bound.render(twins=TWINS, **known),
    }


def _imports(verbs: Sequence[VerbModule]) -> Mapping[str, str]:
    """All names of all signatures, with their modules. ConfigError for one that two verbs mean differently."""
    found: dict[str, str] = {}
    for verb in verbs:
        for name, module in verb.imports.items():
            if found.setdefault(name, module) != module:
                raise ConfigError(f"{verb.module}: {name} is of {module}, and another verb's is of {found[name]}")
    return found


def public_names(verbs: Sequence[VerbModule], modules: Mapping[str, str]) -> dict[str, str]:
    """The package's own module, as it is apart from the lines that name modules of verbs. Not yet formatted."""
    lines = modules[_NAMES].splitlines()
    lines = [line for line in lines if not line.startswith(("    from fluent_ai.verbs.", '    "verbs.'))]
    imports = [f"    from {verb.module} import {name} as {name}" for verb in verbs for name in verb.public]
    rows = [f'    "verbs.{verb.method}": {_tuple(sorted(verb.public))},' for verb in verbs if verb.public]
    try:
        front, table = lines.index("    from . import laws as laws"), lines.index("}  # fmt: skip")
    except ValueError as error:
        raise ConfigError(
            f"{_NAMES}: the line that the names of the verbs stand before is not there: {error}"
        ) from None
    lines = [*lines[: front - 1], *imports, *lines[front - 1 : table], *rows, *lines[table:]]
    return {_NAMES: "\n".join([*lines, ""])}


def schema_of_manifests(verbs: Sequence[VerbModule], modules: Mapping[str, str]) -> dict[str, bytes]:
    """The module of manifests, as it is apart from the names of the capabilities, and a field of routes for each."""
    methods: dict[str, list[str]] = {}
    for verb in verbs:
        names = (verb.streaming, verb.collecting) if verb.writes_reply else (verb.collecting,)
        methods.setdefault(verb.capability, []).extend(f"`{name}`" for name in names)
    literals = fill(f"{', '.join(map(quote, methods))},", 120, initial_indent="    ", subsequent_indent="    ")
    fields = (
        f'    {capability}: tuple[Route, ...] = ()\n    """Routes of {" and ".join(names)}."""\n'
        for capability, names in methods.items()
    )
    text = modules[_SCHEMA]
    for pattern, lines in ((_CAPABILITIES, f"{literals}\n"), (_ROUTES, "".join(fields))):
        parts = pattern.split(text)
        if len(parts) != 2:
            raise ConfigError(f"{_SCHEMA}: {pattern.pattern!r} is there {len(parts) - 1} times; allowed: once")
        text = lines.join(parts)
    return {_SCHEMA: text.encode()}


def _tuple(names: Sequence[str]) -> str:
    return f"({', '.join(map(quote, names))}{',' if len(names) == 1 else ''})"


def reference_page(verbs: Sequence[VerbModule]) -> dict[str, bytes]:
    """The page of the guides with what each verb but chat takes and gives."""
    lines = [
        f"<!-- Rendered from {_SOURCE} by `{COMMAND}`; do not edit. -->",
        "# Other verbs",
        "The methods stand with the [clients](clients.md). Here is what they take and give.",
    ]
    for verb in verbs:
        if not verb.writes_reply:
            lines += [
                f"## {verb.capability.capitalize()}",
                f"`{verb.collecting}`: {verb.answer}",
                f"`{verb.streaming}`: {verb.stream}",
                *(f"::: fluent_ai.{name}" for name in verb.public),
                f"::: {verb.imports[verb.options]}.{verb.options}",
            ]
    return {REFERENCE: ("\n\n".join(lines) + "\n").encode()}
