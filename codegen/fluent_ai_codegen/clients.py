"""A manifest to the module of its typed clients, and models to the literals that these take."""

from __future__ import annotations

from collections.abc import Iterable

from fluent_ai.manifest.schema import AuthScheme, Capability, Manifest, OptionType
from fluent_ai.registry.facts import Kind, ModelFacts

from .ir import ClientModule, Literal, Option, Shell

_PYTHON_TYPES: dict[OptionType, str] = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "object": "Mapping[str, Any]",
    "array": "Sequence[Any]",
}
_KINDS: dict[Capability, Kind] = {
    "chat": "chat",
    "embeddings": "embedding",
    "rerank": "rerank",
    "moderation": "moderation",
    "transcription": "transcription",
    "speech": "speech",
    "images": "image",
}
_VERBS: dict[Capability, str] = {
    "embeddings": "Embeds",
    "rerank": "Reranks",
    "moderation": "Moderates",
    "transcription": "Transcribes",
    "speech": "Speaks",
    "images": "Draws",
    "pull": "Pulls",
}
"""The class in `fluent_ai.client.verbs_sync` that has the verbs of each capability but chat."""

CLOUDS: dict[AuthScheme, str] = {
    "aws_sigv4": "AWS credentials",
    "google": "Google credentials",
    "azure": "Entra ID",
}
"""Where tokens and signatures come from."""


def quote(text: str) -> str:
    """A string literal with double quotes, in ASCII."""
    return '"' + ascii(text)[1:-1].replace("\\'", "'").replace('"', '\\"') + '"'


def literal_name(capability: Capability) -> str:
    """`ChatModelName`, `EmbeddingModelName`...; any model for what is done with every kind."""
    return f"{_KINDS[capability].capitalize()}ModelName" if capability in _KINDS else "ModelName"


def model_names(manifest: Manifest, models: Iterable[ModelFacts]) -> tuple[Literal, ...]:
    """One literal for each capability, of the models known to be of that kind, and one of all others."""
    ids: dict[str, list[str]] = {literal_name(capability): [] for capability in _KINDS}
    others: list[str] = []
    names = {kind: literal_name(capability) for capability, kind in _KINDS.items()}
    for model in models:
        name = names.get(model.kind) if model.kind else None
        (ids[name] if name else others).append(quote(model.id))
    wanted = {literal_name(capability) for capability in manifest.capabilities}
    found = [Literal(name, tuple(known)) for name, known in ids.items() if known or name in wanted]
    return (*found, *((Literal("OtherModelName", tuple(others)),) if others else ()))


def client_module(manifest: Manifest, first_line: str) -> ClientModule:
    name = manifest.client_name
    verbs: list[Capability] = [capability for capability in manifest.capabilities if capability != "chat"]
    literals = sorted({"Model", "ModelName", *(literal_name(capability) for capability in manifest.capabilities)})
    exports = {*literals, name, f"Async{name}"}
    if manifest.chat:
        exports.add("ChatOptions")
    return ClientModule(
        header=first_line,
        provider=manifest.name,
        quoted_id=quote(manifest.id),
        docs=manifest.docs,
        key_hint=_key_hint(manifest),
        address_hint=_address_hint(manifest),
        chats=bool(manifest.chat),
        shells=(
            Shell(name, "", "def", "", _bases(verbs, "")),
            Shell(f"Async{name}", "Async", "async def", "await ", _bases(verbs, "Async")),
        ),
        verbs=tuple(sorted(_VERBS[capability] for capability in verbs)),
        literals=tuple(literals),
        options=tuple(Option(option, _PYTHON_TYPES[kind]) for option, kind in sorted(manifest.options.items())),
        exports=tuple(sorted(exports)),
    )


def _bases(verbs: Iterable[Capability], twin: str) -> tuple[str, ...]:
    own = (f'{twin}{_VERBS[capability]}["Model | {literal_name(capability)} | str"]' for capability in verbs)
    return (f"{twin}ProviderClient", *own)


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
