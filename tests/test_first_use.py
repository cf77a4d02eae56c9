"""The first use of a msgspec type happens where no other thread can see it half built.

msgspec puts what it knows of a struct on the class before it is complete. Threads that decode to the same type for the
first time in a process therefore crash it. So every struct that our code decodes to is prepared by the import of the
module that defines it, and the types of callers are prepared under a lock (`fluent_ai.type_info`).
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = {
    "fluent_ai": ROOT / "runtime",
    "fluent_ai_codegen": ROOT / "codegen",
    "fluent_ai_local": ROOT / "local_engine",
    "fluent_ai_providers": ROOT / "generated",
    "fluent_ai_toolkit": ROOT / "runtime",
    "fluent_ai_wire": ROOT / "generated",
}
TYPED = {"convert": 1, "decode": None, "Decoder": 0, "schema": 0, "schema_components": 0, "type_info": 0}
"""What msgspec does with a type, and where the type stands if it has no keyword."""
WRAPPERS = {"fluent_ai.protocols.shared.decoding.convert": 1, "fluent_ai.type_info.prepare": 0}
"""Our functions that hand a type on to msgspec, and where it stands among their arguments."""
RUN_TIME = {
    ("fluent_ai.protocols.shared.decoding", "type"): None,  # what its callers give, which is looked at there
    ("fluent_ai.manifest.files", "kind"): "Manifest",  # or the subclass of codegen
    ("fluent_ai_codegen.files.manifest_type", "kind"): None,  # that subclass, which it prepares where it makes it
    (
        "fluent_ai_codegen.render.wire",
        "struct",
    ): None,  # what was just rendered, tried out by the one thread that renders
    ("fluent_ai.registry.overlays", "hint"): "ModelFacts",  # the types of its fields, and of those of its prices
}
"""Types that have no name where they are used, and what they are."""
OF_CALLERS = {
    "fluent_ai.content.json_struct": "any struct of ours, and unions of them, which it prepares under the lock",
    "fluent_ai.schema.json_types": "types of callers, which it prepares under the lock",
    "fluent_ai.type_info": "prepares what it is given",
}
"""Modules whose types are known only when they run."""


class Place(NamedTuple):
    """A call in `module` that makes msgspec look at the type that `kind` is the source of."""

    module: str
    line: int
    kind: str


def modules() -> Iterator[tuple[str, Path]]:
    for package, root in PACKAGES.items():
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def names_of_msgspec(tree: ast.AST) -> dict[str, str]:
    """Local name -> where it comes from, for what a module imports of msgspec and of our wrappers."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {each.asname or each.name: each.name for each in node.names if each.name.startswith("msgspec")}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found = {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
            names |= {local: full for local, full in found.items() if full.startswith("msgspec.") or full in WRAPPERS}
    return names


def full_name(node: ast.expr, names: dict[str, str]) -> str:
    """The name of a function with its module; empty for what is not imported from msgspec or a wrapper."""
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute) and (base := full_name(node.value, names)):
        return f"{base}.{node.attr}"
    return ""


def places(module: str, source: str) -> Iterator[Place]:
    """Every place of a module's source where msgspec is given a type."""
    tree = ast.parse(source)
    names = names_of_msgspec(tree)
    told = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    told |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Subscript)}  # `Decoder[T]`, a type
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and id(node) not in told and isinstance(node.ctx, ast.Load):
            name = full_name(node, names)
            if name in WRAPPERS or (name.startswith("msgspec.") and name.rpartition(".")[2] in TYPED):
                yield Place(module, node.lineno, "")  # passed on, to be called nobody knows with what
        if not isinstance(node, ast.Call):
            continue
        name = full_name(node.func, names)
        if name in WRAPPERS:
            position: int | None = WRAPPERS[name]
        elif name.startswith("msgspec.") and name.rpartition(".")[2] in TYPED:
            position = TYPED[name.rpartition(".")[2]]
        else:
            continue
        kinds = [keyword.value for keyword in node.keywords if keyword.arg == "type"]
        if not kinds and position is not None:
            kinds = node.args[position : None if name == "fluent_ai.type_info.prepare" else position + 1]
        for kind in kinds:
            yield Place(module, node.lineno, ast.unparse(kind))


def test_the_scan_sees_every_way_to_give_msgspec_a_type() -> None:
    source = """
        import msgspec
        from functools import partial
        from msgspec.json import Decoder as D
        from fluent_ai.protocols.shared.decoding import convert as to

        D(list[A]); msgspec.json.Decoder(type=B); msgspec.json.decode(b"", type=C); msgspec.json.decode(b"")
        def f(x): return msgspec.convert(x, E), to(x, F, "what"), msgspec.toml.decode(x, type=G)
        g = partial(msgspec.json.decode, type=H)
    """
    found = [place.kind for place in places("m", textwrap.dedent(source))]
    assert sorted(found) == ["", "B", "C", "E", "F", "G", "list[A]"]


PREPARED = '''
import gc, importlib, json, sys, typing
from importlib.machinery import SourceFileLoader
import msgspec

prepared = set()
run = SourceFileLoader.exec_module

def built(kind):
    return any(type(each).__name__ == "StructInfo" for each in gc.get_referents(kind))

def exec_module(self, module):
    run(self, module)
    for kind in vars(module).values():
        if isinstance(kind, msgspec.StructMeta) and kind.__module__ == module.__name__ and built(kind):
            prepared.add(kind)

SourceFileLoader.exec_module = exec_module

def structs(kind, seen):
    """All classes of which msgspec keeps something, in a type and in the types of its fields."""
    for part in typing.get_args(kind):
        structs(part, seen)
    if typing.get_origin(kind) is not None or not isinstance(kind, type) or kind in seen:
        return
    kept = ("__struct_fields__", "__dataclass_fields__", "__total__", "_fields")
    if any(hasattr(kind, name) for name in kept):
        seen.add(kind)
        for hint in typing.get_type_hints(kind, include_extras=True).values():
            structs(hint, seen)

faults = []
for module, line, source in json.load(sys.stdin):
    names = vars(importlib.import_module(module))
    try:
        kind = eval(source, dict(names))
    except (NameError, SyntaxError):
        faults.append(f"{module}:{line}: {source or 'a function'}: which type this is shows only when it runs")
        continue
    found = set()
    structs(kind, found)
    faults += [
        f"{module}:{line}: {each.__qualname__} is not prepared by the import of {each.__module__}"
        for each in found - prepared
    ]
print(json.dumps(sorted(set(faults))))
'''


def faults(found: list[Place], path: Path | None = None) -> list[str]:
    """What is wrong with these places, said by a process that imports their modules and looks at the types."""
    environment = dict(os.environ)
    if path is not None:
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(path), environment.get("PYTHONPATH", ""))))
    done = subprocess.run(
        [sys.executable, "-c", PREPARED], input=json.dumps(found), capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    said: list[str] = json.loads(done.stdout)
    return said


def test_every_struct_that_is_decoded_to_is_prepared_where_it_is_defined() -> None:
    found = [
        place
        for module, path in modules()
        if module not in OF_CALLERS
        for place in places(module, path.read_text("utf-8"))
    ]
    found = [place._replace(kind=RUN_TIME.get(place[::2], place.kind)) for place in found]
    found = [place for place in found if place.kind is not None]
    assert len(found) > 80
    assert "\n".join(faults(found)) == ""


def test_a_place_that_is_not_prepared_is_named(tmp_path: Path) -> None:
    owner = "import msgspec\nclass Inner(msgspec.Struct):\n    a: int = 0\n"
    owner += "class Late(msgspec.Struct):\n    inner: Inner\n"
    user = "import msgspec\nfrom owner import Late\n_decode = msgspec.json.Decoder(list[Late]).decode\n"
    user += "def one(body, kind):\n    return msgspec.json.decode(body, type=kind)\n"
    (tmp_path / "owner.py").write_text(owner)
    (tmp_path / "user.py").write_text(user)
    found = list(places("user", user))
    assert faults(found, tmp_path) == [
        "user:3: Inner is not prepared by the import of owner",
        "user:3: Late is not prepared by the import of owner",
        "user:5: kind: which type this is shows only when it runs",
    ]
    (tmp_path / "owner.py").write_text(owner + "msgspec.json.Decoder(Late)\n")
    assert faults(found[:1], tmp_path) == []


TOGETHER = """
import sys, threading
{setup}
sys.setswitchinterval(1e-6)
there, failed = [], []

def work(number):
    there.append(number)
    while len(there) < 8:  # a barrier would let them go one by one
        pass
    try:
        call(number)
    except BaseException as error:
        failed.append(repr(error))

threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
raise SystemExit("; ".join(failed) or None)
"""

SETUPS = {
    "client": """
        import fluent_ai as ai
        from fluent_ai.testing import FakeResponse, FakeTransport
        said = b'data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]}\\n\\ndata: [DONE]\\n\\n'
        client = ai.Client(transport=FakeTransport(lambda request: FakeResponse([said])))
        def call(number):
            assert client.complete("groq:openai/gpt-oss-20b", "hi").text == "hi"
    """,
    "registry": """
        import fluent_ai as ai
        def call(number):
            assert ai.models.get("groq:openai/gpt-oss-20b").context_window
    """,
    "registry of one's own": """
        import fluent_ai as ai
        def call(number):
            ai.models.define(f"acme:m{number}", context_window=5, prices={"input": 1.0})
            assert ai.models.get(f"acme:m{number}").prices.input == 1.0
    """,
    "manifests": """
        from fluent_ai.manifest import parse_manifest
        text = 'id = "acme"\\nname = "Acme"\\ndocs = "https://acme.example"\\nbase_url = "https://acme.example"\\n'
        text += '[auth]\\nenv = ["ACME_API_KEY"]\\n[[chat]]\\nprotocol = "openai_chat"\\npath = "/chat"\\n'
        def call(number):
            assert parse_manifest(text, "here").chat[0].path == "/chat"
    """,
    "protocols": """
        from importlib import import_module
        from pkgutil import iter_modules
        from fluent_ai import protocols
        from fluent_ai.manifest.schema import CAPABILITIES
        folders = [f"{folder}/{capability}" for folder in protocols.__path__ for capability in CAPABILITIES]
        names = [f"{folder.rpartition('/')[2]}.{each.name}" for folder in folders for each in iter_modules([folder])]
        assert len(names) > 40
        def call(number):
            for name in names[number * 4 :] + names[: number * 4]:
                import_module(f"fluent_ai.protocols.{name}")
    """,
    "types of callers": """
        import msgspec
        from dataclasses import make_dataclass
        from fluent_ai.schema.json_types import convert, json_type
        Town = make_dataclass("Town", [(f"fact{number}", "int | None", None) for number in range(50)])
        Trip = msgspec.defstruct("Trip", [(f"town{number}", Town | None, None) for number in range(50)])
        def call(number):
            if number % 2:
                assert json_type(Trip).decode('{"town49": {"fact49": 1}}').town49.fact49 == 1
            else:
                assert convert({"town49": {"fact49": 1}}, Trip).town49.fact49 == 1
    """,
}


@pytest.mark.parametrize("name", SETUPS)
def test_threads_that_begin_together_do_not_crash_a_process(name: str, tmp_path: Path) -> None:
    program = TOGETHER.format(setup=textwrap.dedent(SETUPS[name]))
    environment = {**os.environ, "FLUENT_AI_HOME": str(tmp_path), "GROQ_API_KEY": "a-key"}
    for _ in range(4):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment)
        assert (done.returncode, done.stderr) == (0, "")
