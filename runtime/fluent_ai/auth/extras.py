"""Libraries that come as extras, imported when they are used."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from fluent_ai.errors import ConfigError


def library(module: str, extra: str, purpose: str) -> ModuleType:
    """The module. Raises ConfigError that names the extra where it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        raise missing(extra, purpose) from None


def missing(extra: str, purpose: str) -> ConfigError:
    return ConfigError(f"{purpose} is the work of a library that is not installed: pip install 'fluent-ai[{extra}]'")


def installed(module: str) -> bool:
    """Whether a module is there, without importing it or more than its parents."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
