"""The registry's filters as options of commands, defined once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, cast, get_type_hints

import typer

from fluent_ai.registry.facts import FLAGS

if TYPE_CHECKING:
    from fluent_ai.registry.finding import Filters

_MANY = {
    "provider": "Only models of this provider.",
    "kind": "Only models of this kind, such as chat or embedding.",
    "input_modalities": "Only models that take it: text, image, audio, video, file.",
    "output_modalities": "Only models that give it.",
}
_SIZES = {"min_context": "Smallest context window, in tokens.", "min_output": "Smallest output limit, in tokens."}
_PRICES = {
    "max_input_price": "Highest price in USD per million input tokens.",
    "max_output_price": "The same for output tokens.",
}
_DAYS = {
    "released_after": "Only models released after this day.",
    "knowledge_after": "Only models whose knowledge ends after this day.",
    "available_on": "Not those known to be unreleased, gone or retired on this day.",
}
_DAY = ["%Y-%m-%d"]


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for each filter; those that are set reach it as `filters`.

    Flags that only say yes stand for the usual question; `--no-...` asks for models known not to be able.
    """
    hints = get_type_hints(command, localns={"Filters": object}, include_extras=True)
    own = [
        each.replace(annotation=hints[name])
        for name, each in inspect.signature(command).parameters.items()
        if name != "filters"
    ]

    @wraps(command)
    def run(**given: Any) -> None:
        filters = {name: given.pop(name) for name in _PARAMETERS}
        command(**given, filters=_plain(filters))

    options = [*own, *_PARAMETERS.values()]
    # Typer reads both.
    run.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in options}
    return run


def _plain(given: Mapping[str, object]) -> Filters:
    days = {name: value.date() if isinstance(value, datetime) else value for name, value in given.items()}
    return cast("Filters", {name: value or None if name in _MANY else value for name, value in days.items()})


def _parameter(name: str, annotation: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def _options() -> dict[str, object]:
    options: dict[str, object] = {}
    for name, text in _MANY.items():
        options[name] = Annotated[list[str] | None, typer.Option(help=f"{text} Can be repeated.")]
    for name in FLAGS:
        flag = name.replace("_", "-")
        options[name] = Annotated[bool | None, typer.Option(f"--{flag}/--no-{flag}", help=f"By the fact {name!r}.")]
    for name, text in _SIZES.items():
        options[name] = Annotated[int | None, typer.Option(help=text)]
    for name, text in _PRICES.items():
        options[name] = Annotated[float | None, typer.Option(help=text)]
    for name, text in _DAYS.items():
        options[name] = Annotated[datetime | None, typer.Option(formats=_DAY, help=text)]
    return options


_PARAMETERS = {name: _parameter(name, annotation) for name, annotation in _options().items()}
