"""The verbs as the modules of the runtime declare them: read and not imported, so that broken doors do no harm."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast, get_args

from fluent_ai.errors import ConfigError
from fluent_ai.manifest.schema import CAPABILITIES, Capability, Manifest
from fluent_ai.registry.facts import Kind

_PACKAGE = "fluent_ai.verbs"
_NAME = re.compile(r"[a-z]+(_[a-z]+)*")
_FIELDS = {*Manifest.__struct_fields__, *vars(Manifest)} - {*CAPABILITIES}
_Defined = TypeVar("_Defined", ast.FunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Parameter:
    """An argument of a method: its name and its annotation."""

    name: str
    type: str


@dataclass(frozen=True, kw_only=True)
class VerbModule:
    """One verb. Types are expressions; `imports` says where each name in them comes from.

    `method` is also the name of the module below `fluent_ai.verbs`, and `constant` that of the Verb in it.
    """

    method: str
    constant: str
    capability: Capability
    kind: Kind | None
    parameters: tuple[Parameter, ...]
    subject: str
    """The expression that makes the subject of the parameters."""
    subject_class: str | None
    item: str
    result: str
    options: str
    answer: str
    stream: str
    public: tuple[str, ...]
    writes_reply: bool
    imports: Mapping[str, str]

    @property
    def methods_class(self) -> str:
        return f"{self.method.title().replace('_', '')}Methods"

    @property
    def literal(self) -> str:
        """`ChatModelName`, `EmbeddingModelName`...; any model for what is done with every kind."""
        return f"{(self.kind or '').capitalize()}ModelName"

    @property
    def module(self) -> str:
        return f"{_PACKAGE}.{self.method}"

    @property
    def collecting(self) -> str:
        """The name of the method that returns the result."""
        return "complete" if self.writes_reply else self.method

    @property
    def streaming(self) -> str:
        """The name of the method that returns the stream."""
        return "stream" if self.writes_reply else f"stream_{self.method}"

    @property
    def signature(self) -> str:
        """The parameters after the model, with a comma before each."""
        return "".join(f", {each.name}: {each.type}" for each in self.parameters)

    @property
    def arguments(self) -> str:
        """What a method passes on to one with the same parameters, likewise."""
        return "".join(f", {each.name}" for each in self.parameters)


def read_verbs(folder: Path) -> tuple[VerbModule, ...]:
    """The verbs in a folder, in the order of their capabilities: those of manifests as they are, then the new ones.

    ConfigError says what a module declares wrongly.
    """
    found = [verb for path in sorted(folder.glob("*.py")) for verb in _Reader(path).verbs()]
    places = {capability: number for number, capability in enumerate(CAPABILITIES)}
    return tuple(sorted(found, key=lambda verb: (places.get(verb.capability, len(places)), verb.capability)))


class _Reader:
    def __init__(self, path: Path) -> None:
        self._name = f"{path.parent.name}/{path.name}"
        self._module = path.stem
        try:
            tree = ast.parse(path.read_text("utf-8"))
        except SyntaxError as error:
            raise ConfigError(f"{self._name}: line {error.lineno}: {error.msg}") from None
        self._body = tree.body
        self._imports = dict(self._names(tree))

    def verbs(self) -> Iterator[VerbModule]:
        for node in self._body:
            if (
                isinstance(node, ast.AnnAssign)
                and isinstance(node.target, ast.Name)
                and isinstance(node.annotation, ast.Subscript)
                and ast.unparse(node.annotation.value) == "Verb"
            ):
                yield self._verb(node.target.id, node.annotation.slice, node.value)

    def _verb(self, constant: str, types: ast.expr, value: ast.expr | None) -> VerbModule:
        call = self._call(value, "Verb", ("capability", "build", "fold", "door", "writes_reply"))
        door = self._call(call.get("door"), "Door", ("options", "answer", "stream", "kind", "public"))
        if not isinstance(types, ast.Tuple) or len(types.elts) != 4:
            raise self._wrong(f"{constant} is annotated with {ast.unparse(types)}; allowed: four types")
        _, _, item, result = map(ast.unparse, types.elts)
        capability, kind = self._literal(call, "capability"), self._literal(door, "kind")
        if not isinstance(capability, str) or not _NAME.fullmatch(capability) or capability in _FIELDS:
            raise self._wrong(f"capability is {capability!r}; allowed: a word that is no other field of a manifest")
        if kind is not None and kind not in get_args(Kind):
            raise self._wrong(f"kind is {kind!r}; allowed: None, {', '.join(get_args(Kind))}")
        parameters, subject, subject_class = self._subject(ast.unparse(call["build"]))
        options = ast.unparse(door["options"])
        public = door.get("public", ast.Tuple([]))
        if not isinstance(public, ast.Tuple):
            raise self._wrong(f"public is {ast.unparse(public)}; allowed: a tuple of classes")
        answer, stream = str(self._literal(door, "answer")), str(self._literal(door, "stream"))
        return VerbModule(
            method=self._module,
            constant=constant,
            capability=cast("Capability", capability),
            kind=cast("Kind | None", kind),
            parameters=parameters,
            subject=subject,
            subject_class=subject_class,
            item=item,
            result=result,
            options=options,
            answer=answer,
            stream=stream,
            public=tuple(map(ast.unparse, public.elts)),
            writes_reply=self._literal(call, "writes_reply") is True,
            imports=self._used(item, result, options, *(each.type for each in parameters)),
        )

    def _subject(self, build: str) -> tuple[tuple[Parameter, ...], str, str | None]:
        """The parameters of a method, the expression that joins them, and the class that it needs."""
        function = self._defined(build, ast.FunctionDef)
        if function is None or len(function.args.args) != 3 or (given := function.args.args[1]).annotation is None:
            raise self._wrong(f"build is {build}; allowed: a function of this module with target, subject and options")
        kind = ast.unparse(given.annotation)
        if kind == "None":
            return (), "None", None
        joined = self._defined(kind, ast.ClassDef)
        if joined is None or "NamedTuple" not in map(ast.unparse, joined.bases):
            return (Parameter(given.arg, kind),), given.arg, None
        fields = [node for node in joined.body if isinstance(node, ast.AnnAssign)]
        parameters = tuple(Parameter(ast.unparse(each.target), ast.unparse(each.annotation)) for each in fields)
        return parameters, f"{kind}({', '.join(each.name for each in parameters)})", kind

    def _call(self, value: ast.expr | None, name: str, fields: tuple[str, ...]) -> dict[str, ast.expr]:
        """The arguments of a call, by their names."""
        if not isinstance(value, ast.Call) or ast.unparse(value.func) != name:
            raise self._wrong(f"expected a call of {name}, got {ast.unparse(value) if value else 'nothing'}")
        named = {each.arg: each.value for each in value.keywords if each.arg}
        return dict(zip(fields, value.args, strict=False)) | named

    def _literal(self, call: Mapping[str, ast.expr], name: str) -> object:
        try:
            return ast.literal_eval(call[name]) if name in call else None
        except ValueError:
            raise self._wrong(f"{name} is {ast.unparse(call[name])}; allowed: a literal") from None

    def _defined(self, name: str, kind: type[_Defined]) -> _Defined | None:
        return next((node for node in self._body if isinstance(node, kind) and node.name == name), None)

    def _names(self, tree: ast.Module) -> Iterator[tuple[str, str]]:
        """Every name that can stand in an annotation, and its module."""
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield from ((each.asname or each.name, node.module) for each in node.names)
        for each in self._body:
            if isinstance(each, ast.ClassDef):
                yield each.name, f"{_PACKAGE}.{self._module}"
            elif isinstance(each, ast.Assign | ast.AnnAssign):
                for target in each.targets if isinstance(each, ast.Assign) else (each.target,):
                    yield ast.unparse(target), f"{_PACKAGE}.{self._module}"

    def _used(self, *types: str) -> dict[str, str]:
        names = {node.id for each in types for node in ast.walk(ast.parse(each)) if isinstance(node, ast.Name)}
        return {name: self._imports[name] for name in sorted(names) if name in self._imports}

    def _wrong(self, reason: str) -> ConfigError:
        return ConfigError(f"{self._name}: {reason}")
