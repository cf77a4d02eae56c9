"""Packages whose names load on first use (PEP 562): naming one imports its module and no other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping

import fluent_ai.imports_at_fork  # noqa: F401  # before anything can load on first use


def lazy_names(
    package: str, modules: Mapping[str, Iterable[str]], submodules: Iterable[str] = ()
) -> tuple[list[str], Callable[[str], object], Callable[[], list[str]]]:
    """`__all__`, `__getattr__` and `__dir__` of a package.

    `modules` says which names stand in which of its modules; `submodules` are modules that are names themselves. What
    was loaded becomes an attribute of the package, so that `__getattr__` is asked for each name once. Assign them where
    `TYPE_CHECKING` is False: a module with a `__getattr__` has every attribute, say type checkers.
    """
    places = {name: module for module, names in modules.items() for name in names} | dict.fromkeys(submodules, "")
    exported = sorted(places)

    def load(name: str) -> object:
        from importlib import import_module

        if (module := places.get(name)) is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f".{module}", package), name) if module else import_module(f".{name}", package)
        setattr(sys.modules[package], name, value)
        return value

    return exported, load, lambda: exported
