"""The methods of the clients, rendered from the verbs that the runtime declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fluent_ai.errors import ConfigError
from jinja2 import Environment

from .ir import ASYNCHRONOUS, BLOCKING, TWINS
from .normalise import header
from .verbs import VerbModule

_CLIENT = "runtime/fluent_ai/client"
_SOURCE = "runtime/fluent_ai/verbs"


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
