"""The next patch release, whose only news is data: `python -m fluent_ai_codegen.publish.release SUMMARY DAY` in a
checkout.

Merging it publishes it. Raises version and changelog together, because a test wants them to agree.
"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

from fluent_ai.errors import ConfigError

from fluent_ai_codegen.files.cache import write_atomically
from fluent_ai_codegen.files.paths import Layout

_VERSION = re.compile(r'^(version = |__version__ = )"(\d+)\.(\d+)\.(\d+)"$', re.MULTILINE)
_NEWEST = re.compile(r"^## \[", re.MULTILINE)
_HOLDERS = ("pyproject.toml", "runtime/fluent_ai/__init__.py")


def raise_patch(text: str) -> tuple[str, str]:
    """The text with the next patch version, and that version. ConfigError where the text has not exactly one."""
    found = _VERSION.findall(text)
    if len(found) != 1:
        raise ConfigError(f"expected one line with a version of three numbers, got {len(found)}")
    major, minor, patch = found[0][1:]
    version = f"{major}.{minor}.{int(patch) + 1}"
    return _VERSION.sub(rf'\g<1>"{version}"', text), version


def with_entry(changelog: str, version: str, summary: str, on: date) -> str:
    """The changelog with an entry of this version before the newest. ConfigError where there is none."""
    newest = _NEWEST.search(changelog)
    if newest is None:
        raise ConfigError("CHANGELOG.md has no line that begins with '## ['")
    body = re.sub(r"^## ", "### ", summary.strip(), flags=re.MULTILINE)
    entry = f"## [{version}] - {on.isoformat()}\n\nModel data renewed.\n\n{body}\n\n"
    return changelog[: newest.start()] + entry + changelog[newest.start() :]


def release(root: Path, summary: str, on: date) -> str:
    """Raise the version everywhere and return it; nothing is written unless everything can be."""
    raised = {name: raise_patch((root / name).read_text("utf-8")) for name in _HOLDERS}
    versions = {version for _, version in raised.values()}
    if len(versions) != 1:
        raise ConfigError(f"{' and '.join(_HOLDERS)} name different versions")
    (version,) = versions
    changelog = with_entry((root / "CHANGELOG.md").read_text("utf-8"), version, summary, on)
    for name, (text, _) in raised.items():
        write_atomically(root / name, text.encode())
    write_atomically(root / "CHANGELOG.md", changelog.encode())
    return version


if __name__ == "__main__":
    print(release(Layout.find().root, Path(sys.argv[1]).read_text("utf-8"), date.fromisoformat(sys.argv[2])))  # noqa: T201  # its answer
