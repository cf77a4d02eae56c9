"""Recorded traffic and test suites of others, which are no part of the project: they lie beside some checkouts."""

from __future__ import annotations

import os
from pathlib import Path

DATA = Path(__file__).parents[3] / "shared" / "data"
REQUIRED = "FLUENT_AI_REQUIRE_RECORDINGS"
"""Set where the recordings are known to be there: what is missing then fails the run instead of being skipped."""
REASON = "the recordings are not beside this checkout"


def recorded(*path: str) -> Path:
    """The file or folder with that name among the recordings; it need not exist unless the run requires them."""
    found = DATA.joinpath(*path)
    if os.environ.get(REQUIRED) and not found.exists():
        raise FileNotFoundError(f"{REQUIRED} is set and {found} does not exist")
    return found
