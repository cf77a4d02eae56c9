"""The one formatter: the pinned ruff, run once over all rendered modules."""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from fluent_ai.errors import ConfigError

_OPTIONS = ("--isolated", "--no-cache", "--quiet", "--config", "line-length=120", "--target-version", "py311")


def format_modules(modules: Mapping[str, str]) -> dict[str, bytes]:
    """Parse each module (path -> source) and format it. ConfigError names a module that is not valid Python."""
    for path, source in modules.items():
        try:
            ast.parse(source, path)
        except SyntaxError as error:
            raise ConfigError(f"rendered {path} is not valid Python: line {error.lineno}: {error.msg}") from None
    with tempfile.TemporaryDirectory() as folder:
        for path, source in modules.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(source.encode())
        _ruff("check", "--select", "F401,I", "--fix", folder)
        _ruff("format", folder)
        return {path: Path(folder, path).read_bytes() for path in modules}


def _ruff(command: str, *arguments: str) -> None:
    line = [sys.executable, "-m", "ruff", command, *_OPTIONS, *arguments]
    done = subprocess.run(line, capture_output=True, check=False)  # noqa: S603  # the pinned formatter on files of ours
    if done.returncode:
        reason = (done.stderr or done.stdout).decode(errors="replace")[:2000]
        raise ConfigError(f"ruff {command} failed on the rendered modules: {reason}")
