"""Who said what about a model, when, and who else says the same or something else.

A catalog keeps this as JSON text beside its models (`Evidence`); it is read when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

import msgspec

Status = Literal["agreed", "single", "disputed"]
"""Others say the same; nobody else says anything; somebody says something else."""


class Claim(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What another source says of the same fact. `value` is None where it says the same."""

    who: str
    """The source that makes the claim."""
    url: str
    """Where it says so."""
    date: date
    """When it was heard."""
    field: str | None = None
    """The fact's name there."""
    value: object = None
    """What it says instead; None where it agrees."""


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a fact comes from, and what others say of it.

    `field` is its name there; `reason` says why a reviewed correction was made; `inferred_from` names the fact that it
    follows from where the source did not say it in so many words.
    """

    who: str
    """The name of the source."""
    url: str
    """Where it says so."""
    date: date
    """When it was heard."""
    field: str | None = None
    """The fact's name there."""
    reason: str | None = None
    """Why a reviewed correction was made."""
    inferred_from: str | None = None
    """The fact that this one follows from."""
    agree: tuple[Claim, ...] = ()
    """Who says the same."""
    differ: tuple[Claim, ...] = ()
    """Who says something else."""

    @property
    def status(self) -> Status:
        """`agreed`, `single` or `disputed`."""
        return "disputed" if self.differ else "agreed" if self.agree else "single"


class Origin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A source of a catalog, and the name that each fact has there. `facts` is not part of its identity."""

    who: str
    url: str
    date: date
    reason: str | None = None
    facts: dict[str, str] = msgspec.field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.who, self.url, self.date, self.reason))

    def field(self, fact: str) -> str | None:
        """Its name there; the parts of a fact, as `prices.input`, go by the name of the whole."""
        return self.facts.get(fact) or self.facts.get(fact.partition(".")[0])


Said = int | list[int] | str
"""Who said a fact: an index of a source; that and those that agree; or the fact that it is inferred from."""

_profile = msgspec.json.Decoder(dict[str, Said]).decode
_disputes = msgspec.json.Decoder(dict[str, list[tuple[int, object]]]).decode


class Evidence(msgspec.Struct, frozen=True):
    """The sources of one model's facts. `profile` is JSON, fact -> Said; `disputes` is JSON, fact -> (source, value).

    Prices are facts one by one, as `prices.input`; `prices` alone stands for all that are not named.
    """

    table: tuple[Origin, ...] = ()
    profile: bytes = b"{}"
    disputes: bytes = b"{}"

    @classmethod
    def of(cls, origin: Origin, facts: Iterable[str]) -> Evidence:
        """One source that said all of these facts."""
        return cls((origin,), msgspec.json.encode(dict.fromkeys(facts, 0)))

    def facts(self) -> list[str]:
        """The facts that have a source, as they are named here."""
        return list(_profile(self.profile))

    def speakers(self) -> set[int]:
        """The sources that state a fact of this model, as indices of `table`."""
        found = {index for claims in _disputes(self.disputes).values() for index, _ in claims}
        for said in _profile(self.profile).values():
            if not isinstance(said, str):
                found.update([said] if isinstance(said, int) else said)
        return found

    def sources(self) -> dict[str, Source]:
        """Fact -> its source, for all facts that have one."""
        profile, disputes = _profile(self.profile), _disputes(self.disputes)
        return {fact: source for fact in profile if (source := self._source(fact, profile, disputes))}

    def source(self, fact: str) -> Source | None:
        """The source of one fact; of `prices`, that of the input price, or else of another."""
        return self._source(fact, _profile(self.profile), _disputes(self.disputes))

    def _source(
        self, fact: str, profile: Mapping[str, Said], disputes: Mapping[str, list[tuple[int, object]]]
    ) -> Source | None:
        parent = fact.partition(".")[0]
        name = next((name for name in (fact, parent) if name in profile), None)
        if name is None:
            parts = (each for each in (f"{fact}.input", f"{fact}.output", *profile) if each in profile)
            name = fact = next((each for each in parts if each.startswith(f"{fact}.")), "")
        if not name:
            return None
        said = profile[name]
        if isinstance(said, str):
            base = self._source(said, profile, disputes)
            return base and msgspec.structs.replace(base, inferred_from=said, agree=(), differ=())
        by, *agree = [said] if isinstance(said, int) else said
        origin = self.table[by]
        return Source(
            who=origin.who,
            url=origin.url,
            date=origin.date,
            field=origin.field(fact),
            reason=origin.reason,
            agree=tuple(self._claim(index, fact) for index in agree),
            differ=tuple(self._claim(index, fact, value) for index, value in disputes.get(name, ())),
        )

    def _claim(self, index: int, fact: str, value: object = None) -> Claim:
        origin = self.table[index]
        return Claim(who=origin.who, url=origin.url, date=origin.date, field=origin.field(fact), value=value)
