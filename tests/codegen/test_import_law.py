"""Who may import whom, read from the source of every module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = {
    "fluent_ai_wire": (ROOT / "generated", set()),
    "fluent_ai": (ROOT / "runtime", {"fluent_ai_wire"}),
    "fluent_ai_providers": (ROOT / "generated", {"fluent_ai", "fluent_ai_wire"}),
    "fluent_ai_local": (ROOT / "local_engine", {"fluent_ai", "fluent_ai_wire"}),
    "fluent_ai_codegen": (ROOT / "codegen", {"fluent_ai"}),
}
HTTP = {"aiohttp", "h11", "h2", "http", "httpcore", "httpx", "httpx2", "pyreqwest", "requests", "urllib3"}
CLI = {"rich", "typer"}
HEAVY = {"datamodel_code_generator", "diffusers", "jinja2", "numpy", "pydantic", "torch", "transformers", "yaml"}


def modules(package: str) -> list[Path]:
    root, _ = OURS[package]
    return sorted((root / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """The absolute names of all modules that a file imports, at its top, inside functions and for type checkers."""
    package = path.relative_to(next(root for root, _ in OURS.values() if path.is_relative_to(root))).parent.parts
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            prefix = ".".join((*base, *((node.module,) if node.module else ())))
            yield prefix
            yield from (f"{prefix}.{alias.name}" for alias in node.names)


def tops(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(path)}


@pytest.mark.parametrize("package", OURS)
def test_packages_import_only_what_lies_below_them(package: str) -> None:
    allowed = OURS[package][1] | {package}
    assert modules(package)
    for path in modules(package):
        assert (tops(path) & OURS.keys()) <= allowed, path


def test_only_transports_import_an_http_library() -> None:
    for package in OURS:
        for path in modules(package):
            if (ROOT / "runtime" / "fluent_ai" / "http" / "transports") not in path.parents:
                assert not tops(path) & HTTP, path


@pytest.mark.parametrize("folder", ["protocols", "framing", "lists"])
def test_what_parses_touches_no_socket(folder: str) -> None:
    for path in sorted((ROOT / "runtime" / "fluent_ai" / folder).rglob("*.py")):
        found = set(imports(path))
        assert not {name for name in found if name.startswith("fluent_ai.http.transports")}, path
        assert not {"asyncio", "socket", "ssl", "threading", "time"} & tops(path), path


def test_the_runtime_imports_nothing_heavy_and_only_its_command_line_what_draws() -> None:
    for path in modules("fluent_ai"):
        # Only for the caller's own pydantic models, inside functions: tests/runtime/test_package.py sees to that.
        assert tops(path) & HEAVY <= ({"pydantic"} if path.name in ("json_types.py", "json_struct.py") else set()), path
        if (ROOT / "runtime" / "fluent_ai" / "cli") not in path.parents:
            assert not tops(path) & CLI, path


def test_the_rendered_structs_import_msgspec_alone() -> None:
    for path in modules("fluent_ai_wire"):
        assert tops(path) <= {"__future__", "typing", "msgspec"}, path
