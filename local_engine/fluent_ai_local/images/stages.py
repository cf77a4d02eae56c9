"""The stages of making a picture: each has its own kind of failure, which names it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import torch
from fluent_ai.content.events import Ping, Progress
from fluent_ai.errors import FluentError, OutOfMemory, Stage, StageFailed
from fluent_ai.interfaces import Emit

from fluent_ai_local.catalog.attend import attended

T = TypeVar("T")


def infer(work: Callable[[], T], emit: Emit[Ping | Progress], *, name: str) -> T:
    """The result of a computation without steps, attended. Raises what it raises, and what `emit` raises."""

    def run(told: object) -> T:
        with torch.inference_mode():  # it holds for a thread
            return work()

    return attended(run, emit, name=name)


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
