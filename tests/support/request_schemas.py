"""Requests held to the specifications of providers: OpenAPI, Google's discovery, botocore's models, plain JSON Schema.

A schema becomes one self-contained JSON Schema that is stricter than the specification: an object may hold only the
properties that some matching branch names. Providers leave them open and then ignore, or refuse, what they do not know.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from email import message_from_bytes
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

Schema = dict[str, Any]
_LISTS = ("allOf", "anyOf", "oneOf")
_PLAIN = (
    "const", "enum", "exclusiveMaximum", "exclusiveMinimum", "maxItems", "maxLength", "maximum", "minItems",
    "minLength", "minimum", "pattern", "required", "type",
)  # fmt: skip
_SCALARS = {
    "string": "string", "integer": "integer", "long": "integer", "float": "number", "double": "number",
    "boolean": "boolean", "blob": "string", "timestamp": "string",
}  # fmt: skip
"""Of botocore."""


@cache
def document(path: Path) -> Any:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    if path.name.removesuffix(".gz").endswith(".json"):
        return json.loads(data)
    return yaml.load(data, yaml.CSafeLoader)


class Closing:
    """Copies what a schema refers to, and closes its objects."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._names: dict[tuple[str, bool], str] = {}
        self._within: list[str] = []
        self.defs: dict[str, Schema] = {}

    def close(self, node: object, base: bool = False) -> Schema:
        """`base` where this stands for itself and not for all that extend it, because one of these extends it here."""
        if not isinstance(node, dict) or not node:
            return {"additionalProperties": True}
        if "shape" in node:
            return self._refer(f"#/shapes/{node['shape']}")
        if "$ref" in node:
            pointer = node["$ref"]
            if pointer.startswith("/"):  # a document that is not here
                return {"additionalProperties": True}
            return self._refer(pointer if pointer.startswith("#") else f"#/schemas/{pointer}", base)
        kinds = node.get("discriminator", {}).get("mapping")
        if kinds and not base and not any(name in node for name in _LISTS):
            return {"anyOf": [self._refer(pointer) for pointer in sorted(set(kinds.values()))]}
        if any(name in node for name in ("anyOf", "oneOf")):
            node = {name: value for name, value in node.items() if name != "type"}  # branches say their own
        if node.get("type") in ("structure", "list", "map", *_SCALARS) and "shapes" in self._root:
            return self._shape(node)
        made = {name: node[name] for name in _PLAIN if name in node}
        if made.get("type") == "any":
            return {"additionalProperties": True}
        for bound in ("exclusiveMinimum", "exclusiveMaximum"):
            if isinstance(made.get(bound), bool):  # as before OpenAPI 3.1
                del made[bound]
        for name in _LISTS:
            if name in node:
                # Branches overlap where the specification says that they do not.
                key = "anyOf" if name == "oneOf" else name
                made.setdefault("allOf", []).append(
                    {key: [self.close(part, name == "allOf" and self._extends(part)) for part in node[name]]}
                )
        if "properties" in node:
            # Some write the `[]` of a form's list into its name.
            named = {name.removesuffix("[]"): part for name, part in node["properties"].items()}
            made["properties"] = {name: self.sealed(part) for name, part in named.items()}
        if isinstance(node.get("additionalProperties"), dict):
            made["additionalProperties"] = self.sealed(node["additionalProperties"])
        elif node.get("additionalProperties") or not any(name in node for name in ("properties", "required", *_LISTS)):
            made["additionalProperties"] = True
        if "items" in node:
            made["items"] = self.sealed(node["items"])
        return {"anyOf": [made, {"type": "null"}]} if node.get("nullable") else made

    def sealed(self, node: object) -> Schema:
        return {"allOf": [self.close(node)], "unevaluatedProperties": False}

    def _extends(self, node: Schema) -> bool:
        found = self._find(node["$ref"]) if node.get("$ref", "").startswith("#") else {}
        return bool(self._within) and self._within[-1] in found.get("discriminator", {}).get("mapping", {}).values()

    def _find(self, pointer: str) -> Any:
        found = self._root
        for step in pointer.split("/")[1:]:
            # A page of a specification may refer to one that is not here.
            found = found.get(step.replace("~1", "/").replace("~0", "~"), {})
        return found

    def _refer(self, pointer: str, base: bool = False) -> Schema:
        if (pointer, base) not in self._names:
            name = self._names[pointer, base] = f"d{len(self._names)}"
            self._within.append(pointer)
            self.defs[name] = self.close(self._find(pointer), base)
            self._within.pop()
        return {"$ref": f"#/$defs/{self._names[pointer, base]}"}

    def _shape(self, node: Schema) -> Schema:
        match node["type"]:
            case "structure" if node.get("document"):
                return {"additionalProperties": True}
            case "structure":
                body = {
                    part.get("locationName", name): self.sealed(part)
                    for name, part in node["members"].items()
                    if part.get("location") not in ("uri", "header", "querystring")
                }
                named = [name for name in node.get("required", ()) if name in body]
                one = {"maxProperties": 1} if node.get("union") else {}
                return {"type": "object", "properties": body, "required": named, **one}
            case "list":
                return {"type": "array", "items": self.sealed(node["member"])}
            case "map":
                return {"type": "object", "additionalProperties": self.sealed(node["value"])}
            case kind:
                values = {"enum": node["enum"]} if "enum" in node else {}
                return {"type": _SCALARS[kind], **values}


@cache
def _closed(path: Path, pointer: str) -> Schema:
    closing = Closing(document(path))
    schema = closing.sealed({"$ref": pointer})
    return {**schema, "$defs": closing.defs}


class BodySchema:
    """What a specification says of the body of one call."""

    def __init__(self, path: Path, pointer: str = "#") -> None:
        self._path = path
        self.schema = _closed(path, pointer)
        self._validator = Draft202012Validator(self.schema)

    def problem(self, body: object) -> str:
        """What is wrong with the body, and where; `""` for a good one."""
        leaves = list(_leaves(self._validator.iter_errors(body)))
        if not leaves:
            return ""
        # What breaks a rule makes all that stands beside it unexpected too.
        told = max(leaves, key=lambda leaf: (leaf.validator != "unevaluatedProperties", len(leaf.absolute_path)))
        return f"{told.json_path}: {told.message[:300]}"

    def types(self, *names: str) -> set[str] | None:
        """JSON types that this property may have; empty where it may be any; None where there is no such property."""
        nodes: list[Schema] = [self.schema]
        for name in names:
            nodes = [part["properties"][name] for part in self._flat(nodes) if name in part.get("properties", {})]
            if not nodes:
                return None
        flat = list(self._flat(nodes))
        said = [part["type"] for part in flat if "type" in part]
        found = {kind for each in said for kind in ([each] if isinstance(each, str) else each)}
        values = [
            value for part in flat for value in [*part.get("enum", ()), *([part["const"]] if "const" in part else [])]
        ]
        return (found or ({"string"} if any(isinstance(value, str) for value in values) else set())) - {"null"}

    def _flat(self, nodes: list[Schema]) -> Iterator[Schema]:
        for node in nodes:
            yield node
            if "$ref" in node:
                yield from self._flat([self.schema["$defs"][node["$ref"].rpartition("/")[2]]])
            for name in ("allOf", "anyOf"):
                yield from self._flat(node.get(name, []))


def _leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    for error in errors:
        yield from _leaves(error.context) if error.context else (error,)


@cache
def posts(path: Path, media_type: str) -> Mapping[str, str]:
    """Each path of an OpenAPI document that takes this, with the pointer to the schema of the body."""
    found = {}
    for template, item in document(path).get("paths", {}).items():
        content = item.get("post", {}).get("requestBody", {}).get("content", {})
        if "schema" in content.get(media_type, {}):
            steps = ("paths", template, "post", "requestBody", "content", media_type, "schema")
            found[template] = "#/" + "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps)
    return found


def find_post(paths: tuple[Path, ...], url_path: str, media_type: str) -> BodySchema | None:
    """The call at the end of this path, whatever it begins with; the longest template wins, and the plainest."""
    best: tuple[tuple[int, int, bool], Path, str] | None = None
    for path in paths:
        for template, pointer in posts(path, media_type).items():
            plain = template.removesuffix("#stream")
            pattern = "".join(
                "[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{[^}]*\})", plain)
            )
            rank = (len(plain.split("/")), -plain.count("{"), template.endswith("#stream"))
            if re.search(f"{pattern}$", url_path) and (best is None or rank > best[0]):
                best = (rank, path, pointer)
    return BodySchema(best[1], best[2]) if best else None


def sent_body(body: bytes, media_type: str) -> object:
    """A body as JSON; of a form, fields that repeat are lists, files are texts."""
    if not media_type.startswith("multipart/"):
        return json.loads(body)
    form: dict[str, Any] = {}
    for part in message_from_bytes(f"content-type: {media_type}\r\n\r\n".encode() + body).get_payload():
        name = part.get_param("name", header="content-disposition")
        value: Any = "file" if part.get_filename() else _scalar(part.get_payload(decode=True).decode())
        if name.endswith("[]"):
            form.setdefault(name.removesuffix("[]"), []).append(value)
        else:
            form[name] = value
    return form


def _scalar(text: str) -> object:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, bool | int | float) else text
