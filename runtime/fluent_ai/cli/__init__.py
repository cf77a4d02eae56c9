"""The command `fluent-ai`. Exit codes: 0 done, 1 a provider or the engine failed, 2 wrong usage or configuration,
130 stopped by Ctrl-C, 141 the reader of the output has left.
"""

from __future__ import annotations

import sys

_EXTRA = {"rich", "typer"}


def main() -> None:
    """Run the command line of this process and exit."""
    try:
        from .app import run
    except ModuleNotFoundError as error:
        if error.name not in _EXTRA:
            raise
        sys.stderr.write("error: the command line needs its extra: pip install 'fluent-ai[cli]'\n")
        sys.exit(2)
    sys.exit(run(sys.argv[1:]))
