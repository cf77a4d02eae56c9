"""Which module imports which, read from the source: at its top, inside functions, and for type checkers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "fluent_ai_wire": ROOT / "generated",
    "fluent_ai": ROOT / "runtime",
    "fluent_ai_providers": ROOT / "generated",
    "fluent_ai_local": ROOT / "local_engine",
    "fluent_ai_codegen": ROOT / "codegen",
}


def modules(package: str) -> list[Path]:
    """The files of a package."""
    return sorted((FOLDERS[package] / package).rglob("*.py"))


def module_name(path: Path) -> str:
    """The dotted name of the module in a file."""
    folder = next(folder for folder in FOLDERS.values() if path.is_relative_to(folder))
    parts = path.relative_to(folder).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """The absolute names of all modules that a file imports, and of what it takes from them."""
    package = path.relative_to(next(root for root in FOLDERS.values() if path.is_relative_to(root))).parent.parts
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            prefix = ".".join((*base, *((node.module,) if node.module else ())))
            yield prefix
            yield from (f"{prefix}.{alias.name}" for alias in node.names)


def room(name: str) -> str:
    """The room of a module: what comes after its package's name. A package's own front is `""`."""
    return name.partition(".")[2].partition(".")[0]


def arrows(package: str) -> dict[tuple[str, str], list[str]]:
    """From room to room, with the imports that make the arrow."""
    names = {module_name(path) for path in modules(package)}
    found: dict[tuple[str, str], list[str]] = {}
    for path in modules(package):
        here = module_name(path)
        for there in imports(path):
            if there in names and there != package and room(there) != room(here):
                found.setdefault((room(here), room(there)), []).append(f"{here} imports {there}")
    return found
