"""The class of manifests, ahead of the fields that a run has yet to render into it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import msgspec
from fluent_ai.manifest.schema import CAPABILITIES, Manifest, Route
from fluent_ai.type_info import prepare


def manifest_type(capabilities: Iterable[str]) -> type[Manifest]:
    """Manifest, or a subclass with the routes of those capabilities that it lacks, at the place of all routes.

    A new verb brings its capability along. The manifests that use it are read by the run that renders its field, which
    has imported the class as it was before.
    """
    new = tuple(dict.fromkeys(each for each in capabilities if each not in CAPABILITIES))
    if not new:
        return Manifest
    last = max(map(Manifest.__struct_fields__.index, CAPABILITIES))
    later = [(each.name, each.type, _default(each)) for each in msgspec.structs.fields(Manifest)[last + 1 :]]
    kind = msgspec.defstruct(
        Manifest.__name__,
        [*((name, tuple[Route, ...], ()) for name in new), *later],
        bases=(Manifest,),
        namespace={"known": (*CAPABILITIES, *new)},
        frozen=True,
        kw_only=True,
    )
    prepare(kind)
    return cast("type[Manifest]", kind)


def _default(field: msgspec.structs.FieldInfo) -> object:
    """What `defstruct` takes for the default of a field: mutable ones are made anew for each struct."""
    if field.default_factory is not msgspec.NODEFAULT:
        return msgspec.field(default_factory=field.default_factory)
    return field.default
