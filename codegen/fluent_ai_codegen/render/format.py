"""The one formatter: the pinned ruff, run once over all rendered modules."""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from fluent_ai.errors import ConfigError

from fluent_ai_codegen.render.memory import Memory, code

_OPTIONS = ("--isolated", "--no-cache", "--quiet", "--config", "line-length=120", "--target-version", "py311")
_OURS = "lint.isort.known-first-party = ['fluent_ai_providers', 'fluent_ai_wire']"
"""Named, because the formatter would look for the modules themselves, and not all of them are formatted at once."""


def format_modules(modules: Mapping[str, str], memory: Memory) -> dict[str, bytes]:
    """Format each module (path -> source) that is not remembered. ConfigError names one that is not valid Python."""
    depends_on = {path: (b"format", code(), path.encode(), source.encode()) for path, source in modules.items()}
    formatted = {path: memory.get(*parts) for path, parts in depends_on.items()}
    for path, data in _formatted({path: modules[path] for path, data in formatted.items() if data is None}).items():
        formatted[path] = data
        memory.put(data, *depends_on[path])
    return {path: data for path, data in formatted.items() if data is not None}


def _formatted(modules: Mapping[str, str]) -> dict[str, bytes]:
    if not modules:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        for path, source in modules.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(source.encode())
        try:
            _ruff("check", "--select", "F401,I", "--fix", "--config", _OURS, folder)
            _ruff("format", folder)
        except ConfigError:
            _require_python(modules)
            raise
        return {path: Path(folder, path).read_bytes() for path in modules}


def _require_python(modules: Mapping[str, str]) -> None:
    for path, source in modules.items():
        try:
            ast.parse(source, path)
        except SyntaxError as error:
            raise ConfigError(f"rendered {path} is not valid Python: line {error.lineno}: {error.msg}") from None


def _ruff(command: str, *arguments: str) -> None:
    line = [sys.executable, "-m", "ruff", command, *_OPTIONS, *arguments]
    done = subprocess.run(line, capture_output=True, check=False)  # noqa: S603  # the pinned formatter on files of ours
    if done.returncode:
        reason = (done.stderr or done.stdout).decode(errors="replace")[:2000]
        raise ConfigError(f"ruff {command} failed on the rendered modules: {reason}")
