"""Screens in which one of many is chosen: a model, or a branch of the chat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from fluent_ai import models
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import DataTable, Input, OptionList
from textual.widgets.option_list import Option

from fluent_ai_toolkit.chat.messages import ChatBranch
from fluent_ai_toolkit.tui.shown import facts, one_line

LISTED = 200
"""How many models are listed."""


class ModelPicker(ModalScreen[str | None]):
    """A model that chats, with its context window and prices; None if it is left."""

    BINDINGS: ClassVar = [("escape", "dismiss(None)", "Back")]
    DEFAULT_CSS: ClassVar[str] = """
    ModelPicker { align: center middle; }
    ModelPicker > Vertical { width: 90%; height: 80%; border: solid $primary; background: $surface; }
    """

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Input(placeholder="provider:model, or words", id="model")
            table: DataTable[str] = DataTable(cursor_type="row", id="models")
            yield table

    def on_mount(self) -> None:
        self._table.add_columns("model", "context", "input", "output")
        self._list("")

    @property
    def _table(self) -> DataTable[str]:
        return self.query_one("#models", DataTable)

    @on(Input.Changed, "#model")
    def _typed(self, event: Input.Changed) -> None:
        self._list(event.value)

    @on(Input.Submitted, "#model")
    def _submitted(self, event: Input.Submitted) -> None:
        if ":" in event.value:
            self.dismiss(event.value.strip())
        else:
            self._table.focus()

    @on(DataTable.RowSelected, "#models")
    def _selected(self, event: DataTable.RowSelected) -> None:
        self.dismiss(event.row_key.value)

    def _list(self, words: str) -> None:
        found = models.find(words.strip() or None, kind="chat", limit=LISTED)
        self._table.clear()
        for model in found:
            self._table.add_row(model.full_name, *facts(model), key=model.full_name)


class BranchPicker(ModalScreen[int | None]):
    """A branch of the chat, by the id of its last message; None if it is left."""

    BINDINGS: ClassVar = [("escape", "dismiss(None)", "Back")]
    DEFAULT_CSS: ClassVar[str] = """
    BranchPicker { align: center middle; }
    BranchPicker OptionList { width: 80%; height: 60%; border: solid $primary; }
    """

    def __init__(self, branches: Sequence[ChatBranch]) -> None:
        super().__init__()
        self._branches = branches

    def compose(self) -> ComposeResult:
        yield OptionList(
            *(
                Option(one_line(f"{'*' if branch.current else ' '} {branch.messages}: {branch.text}"), str(branch.head))
                for branch in self._branches
            )
        )

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(int(event.option_id or 0))
