"""Programs that fork although they have threads, of which Python 3.12 and later warn; we hold what comes of it."""

from __future__ import annotations

from typing import Final

QUIET: Final = ("-W", "ignore:This process:DeprecationWarning")
"""Arguments of the interpreter."""
