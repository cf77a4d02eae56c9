"""Provenance: which source stated a fact about a model, when, and which others agree or disagree.

A catalog stores it as JSON text beside its models (`Evidence`), which is decoded on demand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

import msgspec

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.errors import ConfigError
from fluent_ai.type_info import prepare

Status = Literal["agreed", "single", "disputed"]
"""Other sources agree; there is no other source; another source disagrees."""

OriginKind = Literal["provider", "stand_in", "source", "review", "user"]
"""The kind of source: the provider's own API; another server that was called in its place; a third party's list; a
reviewed correction; the user.
"""


class Claim(JsonStruct, frozen=True, kw_only=True, omit_defaults=True):
    """Another source's statement of the same fact. `value` is None if it agrees."""

    who: str
    """The name of the source."""
    url: str
    """The URL of the source."""
    date: date
    """The day on which the source was read."""
    field: str | None = None
    """The name of the fact in the source."""
    value: object = None
    """The value that it states instead; None if it agrees."""


class Attribution(JsonStruct, frozen=True, kw_only=True, omit_defaults=True):
    """The source of a fact, and which other sources agree or disagree."""

    who: str
    """The name of the source."""
    url: str
    """The URL of the source."""
    date: date
    """The day on which the source was read."""
    kind: OriginKind = "source"
    """The kind of the source."""
    field: str | None = None
    """The name of the fact in the source."""
    reason: str | None = None
    """The reason for a reviewed correction."""
    inferred_from: str | None = None
    """The fact that this one follows from, if the source did not state it explicitly."""
    agree: tuple[Claim, ...] = ()
    """The sources that agree."""
    differ: tuple[Claim, ...] = ()
    """The sources that disagree."""

    @property
    def status(self) -> Status:
        """`agreed`, `single` or `disputed`."""
        return "disputed" if self.differ else "agreed" if self.agree else "single"


class Origin(JsonStruct, frozen=True, kw_only=True, omit_defaults=True):
    """A source of a catalog, and the names that facts have in it. `facts` is not part of its identity."""

    who: str
    url: str
    date: date
    kind: OriginKind = "source"
    reason: str | None = None
    facts: dict[str, str] = msgspec.field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.who, self.url, self.date, self.reason))

    def field(self, fact: str) -> str | None:
        """The name of a fact in the source; a part, such as `prices.input`, has the name of the whole."""
        return self.facts.get(fact) or self.facts.get(fact.partition(".")[0])


Stated = int | list[int] | str
"""Who stated a fact: the index of a source, a list of that and those that agree, or the fact it is inferred from."""

_profile = msgspec.json.Decoder(dict[str, Stated])
_disputes = msgspec.json.Decoder(dict[str, list[tuple[int, object]]])


class Evidence(JsonStruct, frozen=True):
    """The sources of one model's facts. `profile` is JSON, fact -> Stated; `disputes` is JSON, fact -> (source, value).

    Each price is a fact of its own, such as `prices.input`; `prices` alone stands for all that are not named. Both
    texts are decoded on demand, so every method raises ConfigError if they are damaged.
    """

    table: tuple[Origin, ...] = ()
    profile: bytes = b"{}"
    disputes: bytes = b"{}"

    @classmethod
    def of(cls, origin: Origin, facts: Iterable[str]) -> Evidence:
        """Evidence of one source that states all of these facts."""
        return cls((origin,), msgspec.json.encode(dict.fromkeys(facts, 0)))

    def stated(self) -> dict[str, Stated]:
        """Fact -> the sources that state it."""
        try:
            return _profile.decode(self.profile)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _damaged(error) from None

    def disputed(self) -> dict[str, list[tuple[int, object]]]:
        """Fact -> the sources that disagree, with their values."""
        try:
            return _disputes.decode(self.disputes)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _damaged(error) from None

    def origin(self, index: int) -> Origin:
        """The source with that index."""
        if not 0 <= index < len(self.table):
            raise _damaged(f"there is no source {index}")
        return self.table[index]

    def facts(self) -> list[str]:
        """The facts that have a source, by their names in `profile`."""
        return list(self.stated())

    def stating(self) -> set[int]:
        """The indices in `table` of the sources that state a fact of this model."""
        found = {index for claims in self.disputed().values() for index, _ in claims}
        for stated in self.stated().values():
            if not isinstance(stated, str):
                found.update([stated] if isinstance(stated, int) else stated)
        return found

    def sources(self) -> dict[str, Attribution]:
        """Fact -> its source, for all facts that have one."""
        stated, disputed = self.stated(), self.disputed()
        return {fact: source for fact in stated if (source := self._source(fact, stated, disputed))}

    def source(self, fact: str) -> Attribution | None:
        """The source of one fact; for `prices`, that of the input price, or else of another price."""
        return self._source(fact, self.stated(), self.disputed())

    def _source(
        self,
        fact: str,
        profile: Mapping[str, Stated],
        disputes: Mapping[str, list[tuple[int, object]]],
        follows: str | None = None,
    ) -> Attribution | None:
        parent = fact.partition(".")[0]
        name = next((name for name in (fact, parent) if name in profile), None)
        if name is None:
            parts = (each for each in (f"{fact}.input", f"{fact}.output", *profile) if each in profile)
            name = fact = next((each for each in parts if each.startswith(f"{fact}.")), "")
        if not name:
            return None
        stated = profile[name]
        if isinstance(stated, str):
            if follows is not None:
                raise _damaged(f"{follows!r} follows from {fact!r}, which follows from {stated!r}")
            base = self._source(stated, profile, disputes, follows=fact)
            return base and msgspec.structs.replace(base, inferred_from=stated, agree=(), differ=())
        if isinstance(stated, list) and not stated:
            raise _damaged(f"no source states {fact!r}")
        by, *agree = [stated] if isinstance(stated, int) else stated
        origin = self.origin(by)
        return Attribution(
            who=origin.who,
            url=origin.url,
            date=origin.date,
            kind=origin.kind,
            field=origin.field(fact),
            reason=origin.reason,
            agree=tuple(self._claim(index, fact) for index in agree),
            differ=tuple(self._claim(index, fact, value) for index, value in disputes.get(name, ())),
        )

    def _claim(self, index: int, fact: str, value: object = None) -> Claim:
        origin = self.origin(index)
        return Claim(who=origin.who, url=origin.url, date=origin.date, field=origin.field(fact), value=value)


def _damaged(why: object) -> ConfigError:
    return ConfigError(f"the sources of a model's facts are damaged: {why}; reinstall fluent-ai")


prepare(Evidence)
