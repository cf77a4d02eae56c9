"""Macros for chats: recorded or written lines that are played with variables, conditions and loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.lazy_names import lazy_names

if TYPE_CHECKING:
    from fluent_ai_toolkit.chat.commands.macro_events import MacroFinished as MacroFinished
    from fluent_ai_toolkit.chat.commands.macro_events import MacroWaiting as MacroWaiting
    from fluent_ai_toolkit.chat.commands.macro_events import StepStarted as StepStarted
    from fluent_ai_toolkit.chat.commands.macro_events import VariableChanged as VariableChanged
    from fluent_ai_toolkit.errors import MacroError as MacroError
    from fluent_ai_toolkit.errors import MacroLimitReached as MacroLimitReached
    from fluent_ai_toolkit.macros.macro import AsyncPlayback as AsyncPlayback
    from fluent_ai_toolkit.macros.macro import Macro as Macro
    from fluent_ai_toolkit.macros.macro import Playback as Playback
    from fluent_ai_toolkit.macros.playing import MacroLimits as MacroLimits
    from fluent_ai_toolkit.macros.recording import Recording as Recording

_WHERE = {
    ".errors": ("MacroError", "MacroLimitReached"),
    ".chat.commands.macro_events": ("MacroFinished", "MacroWaiting", "StepStarted", "VariableChanged"),
    "macro": ("AsyncPlayback", "Macro", "Playback"),
    "playing": ("MacroLimits",),
    "recording": ("Recording",),
}

if not TYPE_CHECKING:
    __all__, __getattr__, __dir__ = lazy_names(__name__, _WHERE)
