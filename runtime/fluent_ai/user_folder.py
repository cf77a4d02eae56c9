"""Where things are kept for this user between processes: pulled weights, refreshed model lists."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def user_folder() -> Path | None:
    """`FLUENT_AI_HOME`, or a folder of ours in the platform's own place for caches; None where there is no home."""
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


def home_folder() -> Path | None:
    """The user's home; None for a user who has none, as in a container with a random user id."""
    return _expanded("~")


def _expanded(path: str) -> Path | None:
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return None
