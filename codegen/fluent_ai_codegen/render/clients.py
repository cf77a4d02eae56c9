"""A manifest to the module of its typed clients, and models to the literals that these take."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Sequence

from fluent_ai.errors import ConfigError
from fluent_ai.manifest.schema import AuthScheme, Manifest, OptionType
from fluent_ai.registry.facts import ModelFacts

from fluent_ai_codegen.render.ir import TWINS, ClientModule, Literal, Option, Shell, Twin
from fluent_ai_codegen.render.verbs import VerbModule

_PYTHON_TYPES: dict[OptionType, str] = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "object": "Mapping[str, Any]",
    "array": "Sequence[Any]",
}
CLOUDS: dict[AuthScheme, str] = {
    "aws_sigv4": "AWS credentials",
    "google": "Google credentials",
    "azure": "Entra ID",
}
"""Where tokens and signatures come from."""


def quote(text: str) -> str:
    """A string literal with double quotes, in ASCII."""
    return '"' + ascii(text)[1:-1].replace("\\'", "'").replace('"', '\\"') + '"'


def model_names(manifest: Manifest, models: Iterable[ModelFacts], verbs: Sequence[VerbModule]) -> tuple[Literal, ...]:
    """One literal for each kind of models that a verb is for, and one of all others."""
    names = {verb.kind: verb.literal for verb in verbs if verb.kind}
    ids: dict[str, list[str]] = {name: [] for name in names.values()}
    others: list[str] = []
    for model in models:
        name = names.get(model.kind) if model.kind else None
        (ids[name] if name else others).append(quote(model.id))
    wanted = {verb.literal for verb in verbs if manifest.routes(verb.capability)}
    found = [Literal(name, tuple(known)) for name, known in ids.items() if known or name in wanted]
    return (*found, *((Literal("OtherModelName", tuple(others)),) if others else ()))


def client_module(manifest: Manifest, first_line: str, verbs: Sequence[VerbModule]) -> ClientModule:
    name = manifest.client_name
    able = [verb for verb in verbs if manifest.routes(verb.capability)]
    literals = sorted({"Model", "ModelName", *(verb.literal for verb in able)})
    chat = next((verb for verb in able if verb.writes_reply), None)
    others = [verb for verb in able if verb is not chat]
    return ClientModule(
        header=first_line,
        provider=manifest.name,
        quoted_id=quote(manifest.id),
        docs=manifest.docs,
        key_hint=_key_hint(manifest),
        address_hint=_address_hint(manifest),
        chat=chat,
        shells=tuple(Shell(f"{twin.prefix}{name}", twin, _bases(others, twin)) for twin in TWINS),
        verbs=tuple(sorted(verb.methods_class for verb in others)),
        literals=tuple(literals),
        options=tuple(Option(option, _PYTHON_TYPES[kind]) for option, kind in sorted(manifest.options.items())),
        exports=tuple(sorted({*literals, name, f"Async{name}", *(["ChatOptions"] if chat else [])})),
    )


def check_names(module: str, source: str) -> None:
    """ConfigError, which names `source`, where a class of the rendered module hides another of its names."""
    try:
        tree = ast.parse(module)
    except SyntaxError as error:
        raise ConfigError(f"{source}: its client is not valid Python: line {error.lineno}: {error.msg}") from None
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    classes = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
    for number, name in enumerate(classes):
        if name in imported or name in classes[:number] or hasattr(builtins, name):
            raise ConfigError(f"{source}: client: a class {name} would hide another name of the module; choose another")


def _bases(verbs: Iterable[VerbModule], twin: Twin) -> tuple[str, ...]:
    own = (f'{twin.prefix}{verb.methods_class}["Model | {verb.literal} | str"]' for verb in verbs)
    return (f"{twin.prefix}ProviderClient", *own)


def _key_hint(manifest: Manifest) -> str:
    if manifest.auth.scheme == "none":
        return "No key is needed."
    optional = "" if manifest.auth.required else " A key is optional."
    names = " or ".join(name for method in manifest.auth.methods for name in method.env)
    clouds = [CLOUDS[method.scheme] for method in manifest.auth.methods if method.scheme in CLOUDS]
    origins = ", or else from ".join(filter(None, (names, *clouds)))
    return f"The key comes from `api_key`, or else from {origins}.{optional}"


def _address_hint(manifest: Manifest) -> str:
    """What the base URL needs, where it has variables."""
    own = {name: variable for name, variable in manifest.variables.items() if not variable.of}
    needs = [
        f"{name} ({' or '.join(variable.choices)})" if variable.choices else name for name, variable in own.items()
    ]
    names = [name for variable in own.values() for name in variable.env]
    return f"`base_url` is a URL or a dict with {', '.join(needs)}; else {' or '.join(names)} says it." if needs else ""
