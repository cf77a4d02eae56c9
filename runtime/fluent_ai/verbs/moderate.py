"""Moderation: whether texts and images are harmful, and in what way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.parts import ImagePart
from fluent_ai.content.requests import Request
from fluent_ai.content.results import Head, Note, Result, ResultFold
from fluent_ai.verbs.base import Door, Extras, Target, Verb, common_options, texts_and_images

ModerationInput: TypeAlias = str | ImagePart


class Moderation(JsonStruct, frozen=True):
    """The verdict on one input. Categories have the provider's names; scores are from 0 to 1."""

    index: int
    """The position of the input, from 0."""
    flagged: bool
    """True if the provider considers the input harmful."""
    categories: dict[str, bool]
    """Category -> True if the input belongs to it."""
    scores: dict[str, float]
    """Category -> score, from 0 to 1."""


class Moderations(Result, frozen=True, kw_only=True):
    """The verdicts, in the order of the inputs. It is a sequence of them."""

    verdicts: tuple[Moderation, ...] = ()
    """One verdict for each input."""

    @property
    def flagged(self) -> bool:
        """True if any input is considered harmful."""
        return any(verdict.flagged for verdict in self.verdicts)

    def __len__(self) -> int:
        return len(self.verdicts)

    def __getitem__(self, index: int) -> Moderation:
        return self.verdicts[index]

    def __iter__(self) -> Iterator[Moderation]:
        return iter(self.verdicts)


class ModerateOptions(Extras, total=False):
    """Moderation has no options of its own."""


class ModerateRequest(Request, frozen=True, kw_only=True):
    """A checked request: texts, or one image; `offset` is the position of its first input among all inputs."""

    inputs: tuple[ModerationInput, ...]
    offset: int = 0


def _build(
    target: Target, inputs: ModerationInput | Sequence[ModerationInput], options: Mapping[str, Any]
) -> list[ModerateRequest]:
    found = texts_and_images(target, inputs)
    given = common_options(target, "moderation", options, ())
    return [ModerateRequest(inputs=batch, offset=offset, **given) for offset, batch in _batches(target, found)]


def _batches(target: Target, inputs: Sequence[ModerationInput]) -> Iterator[tuple[int, tuple[ModerationInput, ...]]]:
    """Consecutive texts together, up to the limit of one request. Each image is a request of its own, because
    several parts in one request are judged as one."""
    start = 0
    for end in range(1, len(inputs) + 1):
        full = end - start == target.route.batch
        if end == len(inputs) or full or isinstance(inputs[end], ImagePart) or isinstance(inputs[end - 1], ImagePart):
            yield start, tuple(inputs[start:end])
            start = end


def _result(items: list[Moderation], head: Head) -> Moderations:
    return Moderations(verdicts=tuple(sorted(items, key=lambda item: item.index)), **head)


def moderation_fold() -> ResultFold[Moderation, Moderations]:
    return ResultFold(_result)


MODERATE: Verb[ModerationInput | Sequence[ModerationInput], ModerateRequest, Moderation | Note, Moderations] = Verb(
    "moderation",
    _build,
    moderation_fold,
    Door(
        options=ModerateOptions,
        answer="The verdicts, in the order of the inputs.",
        stream="The verdicts as they arrive.",
        kind="moderation",
        public=(Moderations, Moderation),
    ),
)
