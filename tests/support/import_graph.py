"""Which module imports which, read from the source: at its top, inside functions, and for type checkers."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "fluent_ai_wire": ROOT / "generated",
    "fluent_ai": ROOT / "runtime",
    "fluent_ai_toolkit": ROOT / "runtime",
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
    for module, names in _statements(path):
        yield module
        yield from (f"{module}.{name}" for name in names)


def _statements(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The absolute name of each module that a file imports, and the names that it takes from it."""
    package = path.relative_to(next(root for root in FOLDERS.values() if path.is_relative_to(root))).parent.parts
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *((node.module,) if node.module else ())))
            yield module, [alias.name for alias in node.names]


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


def circles(package: str) -> list[list[str]]:
    """The modules of each room that import each other, directly or by way of others of the room."""
    files = {module_name(path): path for path in modules(package)}
    ahead = {name: {each for each in _taken(path, files) if room(each) == room(name)} for name, path in files.items()}
    reached = {name: _reached(name, ahead) for name in ahead}
    joined = {name: frozenset(each for each in reached[name] if name in reached[each]) for name in reached}
    return sorted(sorted(circle) for circle in set(joined.values()) if circle)


def _taken(path: Path, names: Collection[str]) -> Iterator[str]:
    """The modules that a file imports; a package only where it takes something of the package's own."""
    for module, taken in _statements(path):
        inner = [f"{module}.{name}" for name in taken]
        yield from (each for each in inner if each in names)
        if module in names and (not inner or not all(each in names for each in inner)):
            yield module


def _reached(start: str, ahead: Mapping[str, Collection[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(ahead[start])
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting.extend(ahead[name])
    return found
