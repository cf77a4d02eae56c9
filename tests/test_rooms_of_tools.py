"""Codegen, the local engine and the toolkit are houses too: a folder is one idea, and imports only rooms below it."""

from __future__ import annotations

import pytest
from import_graph import arrows, circles, module_name, modules

ROOMS = {
    "fluent_ai_codegen": (
        "__main__", "regenerate", "commands", "drift_command", "provider_pages", "readme",
        "publish", "drift", "render", "merge", "fetch", "sources", "files",
    ),
    "fluent_ai_toolkit": ("tui", "macros", "chat", "context", "collections", "tools", "prompts", "errors"),
    "fluent_ai_local": (
        "memory", "provider", "disk", "images", "chat", "rerank", "embed", "count", "tokenize",
        "catalog", "clip", "modules", "scheduler", "generate", "samplers", "architectures", "layers", "kernels",
        "replies", "text", "files", "devices", "free_memory",
    ),
}  # fmt: skip
"""From the top floor down."""
LINES = 400


@pytest.mark.parametrize("package", ROOMS)
def test_every_room_has_its_floor(package: str) -> None:
    found = {module_name(path).split(".")[1] for path in modules(package) if module_name(path) != package}
    assert found == set(ROOMS[package])


@pytest.mark.parametrize("package", ROOMS)
def test_rooms_import_only_rooms_below_them(package: str) -> None:
    floor = {name: number for number, name in enumerate(ROOMS[package])}
    found = arrows(package)
    assert found
    assert {(here, there): places for (here, there), places in found.items() if floor[there] < floor[here]} == {}


@pytest.mark.parametrize("package", ROOMS)
def test_the_modules_of_a_room_stand_in_an_order_too(package: str) -> None:
    assert circles(package) == []


@pytest.mark.parametrize("package", ROOMS)
def test_modules_are_few_in_a_folder_and_short(package: str) -> None:
    sizes: dict[str, int] = {}
    for path in modules(package):
        sizes[str(path.parent)] = sizes.get(str(path.parent), 0) + (path.name != "__init__.py")
        assert len(path.read_text("utf-8").splitlines()) <= LINES, path
    assert {folder: size for folder, size in sizes.items() if size > 20} == {}
