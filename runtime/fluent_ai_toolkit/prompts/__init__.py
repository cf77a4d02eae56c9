"""Prompts that are improved in named stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.lazy_names import lazy_names

if TYPE_CHECKING:
    from fluent_ai_toolkit.prompts.improving import AsyncImprovement as AsyncImprovement
    from fluent_ai_toolkit.prompts.improving import Improvement as Improvement
    from fluent_ai_toolkit.prompts.improving import aimprove as aimprove
    from fluent_ai_toolkit.prompts.improving import improve as improve
    from fluent_ai_toolkit.prompts.stages import STAGES as STAGES
    from fluent_ai_toolkit.prompts.stages import Stage as Stage
    from fluent_ai_toolkit.prompts.versions import ImprovedPrompt as ImprovedPrompt
    from fluent_ai_toolkit.prompts.versions import PromptVersion as PromptVersion
    from fluent_ai_toolkit.prompts.versions import StageFinished as StageFinished
    from fluent_ai_toolkit.prompts.versions import StageStarted as StageStarted
    from fluent_ai_toolkit.prompts.versions import StageText as StageText

_WHERE = {
    "improving": ("AsyncImprovement", "Improvement", "aimprove", "improve"),
    "stages": ("STAGES", "Stage"),
    "versions": ("ImprovedPrompt", "PromptVersion", "StageFinished", "StageStarted", "StageText"),
}

if not TYPE_CHECKING:
    __all__, __getattr__, __dir__ = lazy_names(__name__, _WHERE)
