"""All that is rendered for one provider, which depends on nothing that is rendered for another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from fluent_ai.manifest.schema import Manifest
from jinja2 import Environment

from fluent_ai_codegen.files.cache import Cache
from fluent_ai_codegen.files.specs import Correction
from fluent_ai_codegen.merge.witness import Witness
from fluent_ai_codegen.render.clients import check_names
from fluent_ai_codegen.render.memory import Memory, code
from fluent_ai_codegen.render.normalise import normalise
from fluent_ai_codegen.render.rows import encode_rows
from fluent_ai_codegen.render.verbs import VerbModule

CLIENTS = "fluent_ai_providers"


class ProviderFiles(msgspec.Struct, frozen=True, kw_only=True):
    """`client` and `models` are modules that are not yet formatted, `names` the file of its enum members."""

    client: str
    models: str
    catalog: bytes
    names: bytes
    notes: tuple[str, ...]


_decode = msgspec.msgpack.Decoder(ProviderFiles).decode
_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def provider_files(
    manifest: Manifest,
    cache: Cache | None,
    corrections: tuple[Correction, ...],
    witnesses: tuple[Witness, ...],
    names: Mapping[str, str],
    verbs: Sequence[VerbModule],
    templates: Environment,
    memory: Memory,
) -> ProviderFiles:
    """The files of one provider, as they are remembered or else rendered. Raises ConfigError as `normalise` does."""

    def make() -> bytes:
        provider = normalise(manifest, cache, corrections, witnesses, names, verbs)
        models_module = f"{CLIENTS}._models.{manifest.id}"
        client = templates.get_template("client.py.jinja").render(module=provider.client, models_module=models_module)
        check_names(client, f"specs/providers/{manifest.id}.toml")
        rendered = ProviderFiles(
            client=client,
            models=templates.get_template("models.py.jinja").render(module=provider.models),
            catalog=encode_rows(provider.catalog, "models"),
            names=provider.names,
            notes=provider.notes,
        )
        return _encode(rendered)

    depends_on = _encode((manifest, cache, corrections, witnesses, names, verbs))
    return _decode(memory.recall(make, b"provider", code(), depends_on))
