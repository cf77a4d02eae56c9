"""The pages of the providers are rendered, so the navigation takes them from their folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def on_config(config: Any) -> None:
    """Fill the section `Providers`. Called by mkdocs with its configuration."""
    folder = Path(config.docs_dir)
    paths = sorted((folder / "providers").glob("*.md"), key=lambda path: (path.name != "index.md", path.name))
    section = next(entry for entry in config.nav if "Providers" in entry)
    section["Providers"] = [{_title(path): path.relative_to(folder).as_posix()} for path in paths]


def _title(page: Path) -> str:
    """The first heading; mkdocs does not see it below a comment."""
    lines = page.read_text("utf-8").splitlines()
    return next(line.removeprefix("# ") for line in lines if line.startswith("# "))
