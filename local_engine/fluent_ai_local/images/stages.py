"""The stages of making a picture: each has its own kind of failure, which names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from fluent_ai.errors import FluentError, OutOfMemory, Stage, StageFailed


@contextmanager
def stage(name: Stage, model: str, estimate: int) -> Iterator[None]:
    """Failures of torch in here become OutOfMemory, with the `estimate` in bytes, or StageFailed with the cause."""
    try:
        yield
    except FluentError:
        raise
    except (MemoryError, torch.OutOfMemoryError):
        raise OutOfMemory(
            f"{name}: out of memory; about {estimate / 1e9:.1f} GB are needed",
            estimate=estimate,
            provider="local",
            model=model,
        ) from None
    except (RuntimeError, ValueError, TypeError, IndexError) as error:
        cause = str(error).partition("\n")[0]
        raise StageFailed(
            f"{name}: {type(error).__name__}: {cause}", stage=name, provider="local", model=model
        ) from None
