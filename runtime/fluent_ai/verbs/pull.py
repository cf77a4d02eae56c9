"""Pulls: fetching a model to the machine that runs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.requests import Request
from fluent_ai.content.results import Head, Note, Result, ResultFold
from fluent_ai.verbs.base import Door, Extras, Target, Verb, common_options


class Weights(JsonStruct, frozen=True):
    """The file of a model, on this machine."""

    path: str
    """The path of the file."""


class Pulled(Result, frozen=True, kw_only=True):
    """The model is available; `path` is its file, if that is on this machine."""

    path: str | None = None
    """The path of the file; None if the model is on another machine."""


PullItem: TypeAlias = Weights | Note


class PullRequest(Request, frozen=True, kw_only=True):
    """A checked request."""


def _build(target: Target, nothing: None, options: Mapping[str, Any]) -> list[PullRequest]:
    return [PullRequest(**common_options(target, "pull", options, ()))]


def _result(items: list[Weights], head: Head) -> Pulled:
    return Pulled(path=items[-1].path if items else None, **head)


def pull_fold() -> ResultFold[Weights, Pulled]:
    return ResultFold(_result)


PULL: Verb[None, PullRequest, PullItem, Pulled] = Verb(
    "pull",
    _build,
    pull_fold,
    Door(
        options=Extras,
        answer="Fetch the model to the machine that runs it. Does nothing if it is there already.",
        stream="The progress, in bytes if they are known.",
        kind=None,
        public=(Pulled, Weights),
    ),
)
