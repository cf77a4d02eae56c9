"""What becomes of a prompt: the events of its improvement, its versions, and the result."""

from __future__ import annotations

from typing import TypeAlias

import msgspec
from fluent_ai.content.reply import Usage


class StageStarted(msgspec.Struct, frozen=True):
    """A stage begins."""

    stage: str
    """Its name."""


class StageText(msgspec.Struct, frozen=True):
    """More of what the model writes in a stage."""

    stage: str
    """The name of the stage."""
    text: str
    """The text since the last event."""


class PromptVersion(msgspec.Struct, frozen=True):
    """What a stage made of the prompt."""

    stage: str
    """The name of the stage."""
    text: str
    """What it wrote."""
    rejected: str | None = None
    """Why the next stage goes on with the version before: `empty`, or the placeholders that are missing."""
    usage: Usage | None = None
    """The tokens of the model; None for a stage that asked none."""
    cost: float | None = None
    """US dollars; None if the price is unknown, 0 for a stage that asked no model."""

    def __repr__(self) -> str:
        return f"PromptVersion({self.stage!r}, {len(self.text)} characters, rejected={self.rejected!r})"


class StageFinished(msgspec.Struct, frozen=True):
    """A stage has ended."""

    stage: str
    """Its name."""
    version: PromptVersion
    """What it made of the prompt."""


PromptEvent: TypeAlias = StageStarted | StageText | StageFinished


class ImprovedPrompt(msgspec.Struct, frozen=True):
    """A prompt and how it came about."""

    prompt: str
    """The last version that was not rejected."""
    original: str
    """The prompt as it was."""
    versions: tuple[PromptVersion, ...] = ()
    """One for each stage that has ended, in their order."""

    def __repr__(self) -> str:
        return f"ImprovedPrompt({len(self.prompt)} characters, {len(self.versions)} versions)"

    @property
    def cost(self) -> float | None:
        """US dollars of all stages; None if that of any is unknown."""
        costs = [version.cost for version in self.versions]
        return None if None in costs else sum(cost for cost in costs if cost is not None)
