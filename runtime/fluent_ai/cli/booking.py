"""Who watches the calls of the command line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from fluent_ai.user_folder import data_folder

if TYPE_CHECKING:
    from fluent_ai.config.config import Config
    from fluent_ai.observe.observer import Observer


def observers(config: Config) -> tuple[Observer, ...]:
    """The ledger that `fluent-ai usage` reads; none where the user wants none, or has no folder that can be written."""
    folder = data_folder()
    if folder is None or not config.values.ledger:
        return ()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return ()
    if not os.access(folder, os.W_OK):
        return ()
    from fluent_ai.observe.ledger import Ledger

    return (Ledger(),)
