"""Where things are kept for this user between processes: pulled weights, refreshed model lists."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def home() -> Path:
    """`FLUENT_AI_HOME`, or a folder of ours in the platform's own place for caches."""
    if chosen := os.environ.get("FLUENT_AI_HOME"):
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "fluent-ai"
