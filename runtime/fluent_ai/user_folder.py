"""The folder for the user's data that outlives a process: pulled weights, refreshed model lists."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fluent_ai.errors import ConfigError


def user_folder() -> Path | None:
    """`FLUENT_AI_HOME`, else a folder in the platform's cache directory; None if the user has no home directory."""
    windows = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    return _folder(windows, "~/Library/Caches", os.environ.get("XDG_CACHE_HOME") or "~/.cache")


def data_folder() -> Path | None:
    """`FLUENT_AI_HOME`, else a folder for what no cleaning of caches may take: keys and ledgers. None as above."""
    windows = os.environ.get("APPDATA") or "~/AppData/Roaming"
    return _folder(windows, "~/Library/Application Support", os.environ.get("XDG_DATA_HOME") or "~/.local/share")


def config_folder() -> Path | None:
    """`FLUENT_AI_HOME`, else a folder in the platform's directory for configuration. None as above."""
    windows = os.environ.get("APPDATA") or "~/AppData/Roaming"
    return _folder(windows, "~/Library/Application Support", os.environ.get("XDG_CONFIG_HOME") or "~/.config")


def data_file(path: str | os.PathLike[str] | None, name: str) -> Path:
    """The path that a caller gives, else the file of that name in the folder for data.

    Raises ConfigError if neither is there, and for what is no path.
    """
    if path is None:
        if (folder := data_folder()) is None:
            raise ConfigError("path is missing, and the user has no home directory; set FLUENT_AI_HOME or pass one")
        return folder / name
    if not isinstance(path, str | os.PathLike) or not os.fspath(path) or "\0" in str(path):
        raise ConfigError(f"path is {path!r:.80}; allowed: the path of a file")
    return Path(path)


def home_folder() -> Path | None:
    """The user's home directory, or None: in a container, a random user id may have none."""
    return _expanded("~")


def _folder(windows: str, macos: str, elsewhere: str) -> Path | None:
    if chosen := os.environ.get("FLUENT_AI_HOME"):
        return _expanded(chosen)
    folder = _expanded({"win32": windows, "darwin": macos}.get(sys.platform, elsewhere))
    return folder and folder / "fluent-ai"


def _expanded(path: str) -> Path | None:
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return None
