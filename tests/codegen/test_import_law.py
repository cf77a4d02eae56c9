"""Who may import whom, read from the source of every module."""

from __future__ import annotations

from pathlib import Path

import pytest
from import_graph import imports, modules

ROOT = Path(__file__).parents[2]
BELOW = {
    "fluent_ai_wire": set(),
    "fluent_ai": {"fluent_ai_wire"},
    "fluent_ai_providers": {"fluent_ai", "fluent_ai_wire"},
    "fluent_ai_local": {"fluent_ai", "fluent_ai_wire"},
    "fluent_ai_codegen": {"fluent_ai"},
}
HTTP = {"aiohttp", "h11", "h2", "http", "httpcore", "httpx", "httpx2", "pyreqwest", "requests", "urllib3"}
CLI = {"rich", "typer"}
HEAVY = {"datamodel_code_generator", "diffusers", "jinja2", "numpy", "pydantic", "torch", "transformers", "yaml"}


def tops(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(path)}


@pytest.mark.parametrize("package", BELOW)
def test_packages_import_only_what_lies_below_them(package: str) -> None:
    allowed = BELOW[package] | {package}
    assert modules(package)
    for path in modules(package):
        assert (tops(path) & BELOW.keys()) <= allowed, path


def test_only_transports_import_an_http_library() -> None:
    for package in BELOW:
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
