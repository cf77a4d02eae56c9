"""Wire documents (OpenAPI 3.1, `specs/wire`) to msgspec structs.

The structs only ever decode what servers send, so the documents must be lenient: no required field, no enum, no closed
union. Every field admits null and defaults to None. A schema with `x-closed` makes a struct that refuses unknown
fields, for parsers that then read again and keep them.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import yaml
from fluent_ai.errors import ConfigError

from fluent_ai_codegen.render.memory import Memory

_FORBIDDEN = ("required", "enum", "const", "oneOf", "allOf", "additionalProperties", "discriminator")


def wire_module(text: str, source: str, header: str, memory: Memory) -> str:
    """`render_wire`, which takes a tenth of a second for each document, or what is remembered of it."""
    maker = (version("datamodel-code-generator"), Path(__file__).read_text("utf-8"))
    return memory.recall(
        lambda: render_wire(text, source, header).encode(), *map(str.encode, (*maker, text, source, header))
    ).decode()


def render_wire(text: str, source: str, header: str) -> str:
    """The module of structs for one wire document, not yet formatted. ConfigError names what is not lenient."""
    # Slow to import, and not needed while every document is remembered.
    from datamodel_code_generator import Error, generate
    from datamodel_code_generator.enums import DataModelType, InputFileType
    from datamodel_code_generator.format import PythonVersion

    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ConfigError(f"{source}: not valid YAML: {error}") from None
    try:
        schemas = dict(document["components"]["schemas"])
    except (KeyError, TypeError, ValueError):
        raise ConfigError(f"{source}: expected an OpenAPI document with components.schemas") from None
    lenient = {name: _nullable(schema, f"{source}: {name}") for name, schema in schemas.items()}
    try:
        module = generate(
            {**document, "components": {"schemas": lenient}},
            input_file_type=InputFileType.OpenAPI,
            output_model_type=DataModelType.MsgspecStruct,
            target_python_version=PythonVersion.PY_311,
            use_schema_description=True,
            strict_refs=True,
            strict_nullable=True,
            disable_timestamp=True,
            formatters=[],
            custom_file_header=header,
            extra_template_data=defaultdict(dict, {name: _options(schema) for name, schema in schemas.items()}),
        )
    except Error as error:
        raise ConfigError(f"{source}: {error}") from None
    if not isinstance(module, str):
        raise ConfigError(f"{source}: expected one module; schema names must not contain dots")
    prepared = _prepared(module)
    _try_out(prepared, source)
    return prepared


def _options(schema: Any) -> dict[str, Any]:
    # JSON has no cycles, so the collector need not look at these structs.
    closed = {"forbid_unknown_fields": True} if isinstance(schema, dict) and schema.get("x-closed") is True else {}
    return {"base_class_kwargs": {"gc": False, **closed}}


_TRIAL = "_fluent_ai_wire_trial"


def _try_out(module: str, source: str) -> None:
    """Import the module, and decode `{}` with each struct. ConfigError for what would fail at first use."""
    found = ModuleType(_TRIAL)
    sys.modules[_TRIAL] = found  # where msgspec looks up the names of annotations
    try:
        exec(compile(module, source, "exec"), found.__dict__)  # noqa: S102  # what was just rendered
        for struct in vars(found).values():
            if isinstance(struct, type) and issubclass(struct, msgspec.Struct) and struct.__module__ == _TRIAL:
                msgspec.json.decode(b"{}", type=struct)
    except (TypeError, NameError, SyntaxError, msgspec.ValidationError) as error:
        raise ConfigError(f"{source}: its structs cannot be decoded: {error}") from None
    finally:
        del sys.modules[_TRIAL]


def _prepared(module: str) -> str:
    """The module with its structs prepared on import, as `fluent_ai.type_info` says and it cannot import."""
    tree = ast.parse(module)
    names = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
    if not names:
        return module
    where = next(node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "msgspec")
    lines = module.splitlines()
    lines.insert(where.end_lineno or where.lineno, "from msgspec.json import Decoder")
    why = "# Completes the structs before other threads see them: a first use by two threads at once would crash."
    return "\n".join([*lines, "", why, f"for _struct in ({', '.join(names)},):", "    Decoder(_struct)", ""])


def _nullable(schema: Any, where: str) -> dict[str, Any]:
    """The schema with `nullable: true` on each property, which is what makes the generator write `| None = None`."""
    _check_lenient(schema, where)
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(properties, dict) or schema.get("type") != "object":
        raise ConfigError(f"{where}: expected `type: object` with properties")
    lenient = {}
    for name, field in properties.items():
        if not isinstance(field, dict):
            raise ConfigError(f"{where}.{name}: expected a schema, got {field!r}")
        _check_lenient(field, f"{where}.{name}")
        # A description on a field without a type would become part of its annotation.
        lenient[name] = {**{key: value for key, value in field.items() if key != "description"}, "nullable": True}
    return {**schema, "properties": lenient}


def _check_lenient(schema: Any, where: str) -> None:
    if not isinstance(schema, dict):
        return
    for key in _FORBIDDEN:
        if key in schema:
            raise ConfigError(f"{where}: `{key}` is not allowed; a schema for reading rejects nothing")
    members = schema.get("anyOf")
    objects = [each for each in members if _is_object(each)] if isinstance(members, list) else []
    if len(objects) > 1:
        raise ConfigError(
            f"{where}: `anyOf` of {len(objects)} objects; allowed: one, because nothing says which of them came. "
            "Leave the field without a type, and read it by its tag"
        )
    for key in ("anyOf", "items"):
        nested = schema.get(key, [])
        for child in nested if isinstance(nested, list) else [nested]:
            _check_lenient(child, f"{where}.{key}")


def _is_object(schema: Any) -> bool:
    return isinstance(schema, dict) and ("$ref" in schema or "properties" in schema or schema.get("type") == "object")
