"""Packages whose names load on first use (PEP 562): naming one imports its module and no other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import fluent_ai.imports_at_fork  # noqa: F401  # before anything can load on first use


def lazy_names(
    package: str,
    modules: Mapping[str, Iterable[str]],
    submodules: Iterable[str] = (),
    elsewhere: Mapping[str, str] = MappingProxyType({}),
) -> tuple[list[str], Callable[[str], object], Callable[[], list[str]]]:
    """`__all__`, `__getattr__` and `__dir__` of a package.

    `modules` says which names stand in which of its modules; `submodules` are modules that are names themselves, and
    `elsewhere` modules of other packages, or `module:name` of what stands in them, by their names here. What was loaded
    becomes an attribute of the package, so that `__getattr__` is asked for each name once. Assign them where
    `TYPE_CHECKING` is False: a module with a `__getattr__` has every attribute, say type checkers.
    """
    places = {name: f".{module}" for module, names in modules.items() for name in names}
    whole = {name: f"{package}.{name}" for name in submodules} | dict(elsewhere)
    exported = sorted(places | whole)

    def load(name: str) -> object:
        from importlib import import_module

        value: object
        if (module := places.get(name)) is not None:
            value = getattr(import_module(module, package), name)
        elif (module := whole.get(name)) is not None:
            module, _, inner = module.partition(":")
            value = getattr(import_module(module), inner) if inner else import_module(module)
        else:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        setattr(sys.modules[package], name, value)
        return value

    return exported, load, lambda: exported
