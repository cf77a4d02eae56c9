"""The question whether a tool may be called."""

from __future__ import annotations

import json
from typing import ClassVar, Literal, TypeAlias

from fluent_ai.content.parts import ToolCall
from fluent_ai.content.printable import printable
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

Answer: TypeAlias = Literal["once", "always", "no"]


class ApprovalScreen(ModalScreen[Answer | None]):
    """Shows a call with all of its arguments; None, which is a refusal, if it is left."""

    BINDINGS: ClassVar = [
        ("y", "dismiss('once')", "Allow"),
        ("a", "dismiss('always')", "Always allow"),
        ("n", "dismiss('no')", "Refuse"),
        ("escape", "dismiss(None)", "Refuse"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    ApprovalScreen { align: center middle; }
    ApprovalScreen > Vertical { width: 90%; height: auto; max-height: 90%; border: solid $warning; }
    ApprovalScreen > Vertical { background: $surface; }
    ApprovalScreen VerticalScroll { height: auto; max-height: 60vh; padding: 0 1; }
    ApprovalScreen OptionList { height: auto; border: none; }
    """

    def __init__(self, call: ToolCall) -> None:
        super().__init__()
        self._call = call

    def compose(self) -> ComposeResult:
        name = printable(self._call.name)
        arguments = json.dumps(self._call.arguments, ensure_ascii=False, indent=2, default=str)
        with Vertical():
            with VerticalScroll(can_focus=False):
                yield Static(f"The model calls {name} with", markup=False)
                yield Static(printable(arguments), id="arguments", markup=False)
            yield OptionList(
                Option("No: refuse this call (n)", id="no"),
                Option("Yes: allow this call (y)", id="once"),
                Option("Always: allow calls of this tool until you leave (a)", id="always"),
            )

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        chosen: dict[str | None, Answer] = {"once": "once", "always": "always"}
        self.dismiss(chosen.get(event.option_id, "no"))
