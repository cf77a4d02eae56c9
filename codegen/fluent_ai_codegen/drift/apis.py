"""Published API specifications, cut to the schemas that specs/wire reads: fields, their types and their values.

OpenAPI, Google discovery documents and AWS service models are read alike. Names, types and values are taken, no text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec
import yaml
from fluent_ai.errors import ProtocolError
from fluent_ai.type_info import prepare

Schema: TypeAlias = Mapping[str, Any]
Fields: TypeAlias = dict[str, "Field"]

_COMPOSED = ("allOf", "anyOf", "oneOf")
_AWS_TYPES = {
    "structure": "object", "map": "object", "list": "array", "float": "number", "double": "number", "long": "integer",
    "blob": "string", "timestamp": "string",
}  # fmt: skip


class Field(msgspec.Struct, frozen=True, omit_defaults=True):
    """A field of an object that we read. `values` are all that it may have; of a field that is not `read` none."""

    types: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    read: bool = False


prepare(Field)


class ApiSpec:
    """One published specification. Raises ProtocolError for a document that is none."""

    def __init__(self, name: str, body: bytes) -> None:
        self._name = name
        document = self._decode(body)
        schemas = _dict(_dict(document.get("components", document)).get("schemas"))
        schemas = schemas or _dict(document.get("definitions")) or _from_aws(document.get("shapes"))
        if not schemas:
            raise ProtocolError(f"{name}: expected an OpenAPI, discovery or AWS document, got one without schemas")
        self._schemas = schemas

    def _decode(self, body: bytes) -> dict[str, Any]:
        try:
            if body.lstrip()[:1] == b"{":
                document = msgspec.json.decode(body)
            else:
                document = yaml.load(body, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe
        except (msgspec.DecodeError, yaml.YAMLError, UnicodeDecodeError, RecursionError):
            document = None
        if not isinstance(document, dict):
            raise ProtocolError(f"{self._name}: expected an API specification, got {len(body)} bytes that are none")
        return document

    def schema(self, name: str) -> Schema:
        """Raises ProtocolError where there is none of that name: it was renamed or removed."""
        if name not in self._schemas:
            raise ProtocolError(f"{self._name}: the specification has no schema {name!r} any more")
        return _dict(self._schemas[name])

    def leaves(self, schema: Schema, *, items: bool = True) -> Iterator[Schema]:
        """What the schema comes down to: references followed, alternatives apart, and with `items` lists entered."""
        seen: set[int] = set()
        waiting = [schema]
        while waiting:
            each = waiting.pop()
            if not isinstance(each, dict) or id(each) in seen:
                continue
            seen.add(id(each))
            if isinstance(reference := each.get("$ref"), str):
                waiting.append(self.schema(reference.rpartition("/")[2]))
            for key in _COMPOSED:
                waiting += _list(each.get(key))
            if items and "items" in each:
                waiting.append(each["items"])
            if "type" in each or "properties" in each or "enum" in each or "const" in each:
                yield each


def prune(
    spec: ApiSpec, wire: Mapping[str, Mapping[str, Schema]], roots: Mapping[str, Sequence[str]]
) -> dict[str, Fields]:
    """`document.Schema` of specs/wire -> the fields that the specification gives to the objects read as it.

    `wire` holds the schemas of each document; `roots` says what the outermost ones are called in the specification, and
    the fields that we read lead to the others.
    """
    found: dict[str, Fields] = {}
    seen: set[tuple[str, int]] = set()
    waiting = [(ours, spec.schema(theirs)) for ours, names in roots.items() for theirs in names]
    while waiting:
        ours, theirs = waiting.pop()
        document, _, name = ours.partition(".")
        reads = wire[document][name]["properties"]
        for leaf in spec.leaves(theirs):
            if (ours, id(leaf)) in seen:
                continue
            seen.add((ours, id(leaf)))
            for field, schema in _dict(leaf.get("properties")).items():
                fields = found.setdefault(ours, {})
                fields[field] = _joined(fields.get(field), _field(spec, schema, read=field in reads))
                waiting += [(f"{document}.{target}", schema) for target in _targets(reads.get(field))]
    return {ours: dict(sorted(fields.items())) for ours, fields in sorted(found.items())}


def _field(spec: ApiSpec, schema: Schema, *, read: bool) -> Field:
    types: set[str] = set()
    values: set[str] = set()
    for leaf in spec.leaves(schema, items=False):
        said = leaf.get("type")
        types |= {each for each in (said, *_list(said)) if isinstance(each, str)}
        values |= {each for each in (leaf.get("const"), *_list(leaf.get("enum"))) if isinstance(each, str)}
    return Field(tuple(sorted(types - {"null"})), tuple(sorted(values)) if read else (), read)


def _joined(one: Field | None, other: Field) -> Field:
    if one is None:
        return other
    types, values = {*one.types, *other.types}, {*one.values, *other.values}
    return Field(tuple(sorted(types)), tuple(sorted(values)), other.read)


def _targets(schema: Any) -> Iterable[str]:
    """Schemas of ours that a field of ours refers to."""
    if isinstance(schema, dict):
        if isinstance(reference := schema.get("$ref"), str):
            yield reference.rpartition("/")[2]
        for nested in (*schema.get("anyOf", ()), schema.get("items")):
            yield from _targets(nested)


def _from_aws(shapes: Any) -> dict[str, Schema]:
    """Shapes of an AWS service model as schemas."""

    def schema(shape: Mapping[str, Any]) -> Schema:
        kind = str(shape.get("type"))
        members = {name: {"$ref": _dict(member).get("shape")} for name, member in _dict(shape.get("members")).items()}
        item = {"items": {"$ref": shape["member"].get("shape")}} if _dict(shape.get("member")) else {}
        return {"type": _AWS_TYPES.get(kind, kind), "properties": members, "enum": shape.get("enum"), **item}

    return {name: schema(_dict(shape)) for name, shape in _dict(shapes).items()}


def _dict(value: Any) -> dict[str, Any]:
    """Specifications are hand-edited: what should be an object and is none has no members."""
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
