"""Optional libraries, installed as extras and imported on first use."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from fluent_ai.errors import ConfigError


def library(module: str, extra: str, purpose: str) -> ModuleType:
    """The module. Raises ConfigError, which names the extra, if it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        raise missing(extra, purpose) from None


def missing(extra: str, purpose: str) -> ConfigError:
    return ConfigError(f"{purpose} needs a library that is not installed: pip install 'fluent-ai[{extra}]'")


def installed(module: str) -> bool:
    """True if the module is installed; imports its parents but not the module itself."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
