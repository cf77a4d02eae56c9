"""The folder for the user's data that outlives a process: pulled weights, refreshed model lists."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def user_folder() -> Path | None:
    """`FLUENT_AI_HOME`, else a folder in the platform's cache directory; None if the user has no home directory."""
    if chosen := os.environ.get("FLUENT_AI_HOME"):
        return _expanded(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    folder = _expanded(base)
    return folder and folder / "fluent-ai"


def data_folder() -> Path | None:
    """`FLUENT_AI_HOME`, else a folder for what no cleaning of caches may take: keys and ledgers. None as above."""
    if chosen := os.environ.get("FLUENT_AI_HOME"):
        return _expanded(chosen)
    if sys.platform == "win32":
        base = os.environ.get("APPDATA") or "~/AppData/Roaming"
    elif sys.platform == "darwin":
        base = "~/Library/Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    folder = _expanded(base)
    return folder and folder / "fluent-ai"


def home_folder() -> Path | None:
    """The user's home directory, or None: in a container, a random user id may have none."""
    return _expanded("~")


def _expanded(path: str) -> Path | None:
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return None
