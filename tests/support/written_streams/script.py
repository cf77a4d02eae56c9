"""A reply as a script: what is said, in which pieces. Each protocol's writer puts it on its wire.

What a stream must give is stated here, from the script alone; the parser under test computes none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from own_ids import own_id

Row: TypeAlias = Any
"""One payload, as the protocol's framing takes it: an object for JSON, bytes for what stands between."""
Frames: TypeAlias = Callable[[Iterable[Row]], list[bytes]]


@dataclass(frozen=True)
class Text:
    pieces: tuple[str, ...]


@dataclass(frozen=True)
class Think:
    pieces: tuple[str, ...]
    seal: str | None = None
    """A signature, or the text in an encrypted form, as far as the wire has one."""


@dataclass(frozen=True)
class Call:
    name: str
    pieces: tuple[str, ...]
    arguments: object
    """What the pieces mean; the text itself where it is not JSON."""
    id: str


@dataclass(frozen=True)
class Script:
    name: str
    steps: tuple[Text | Think | Call, ...]
    reason: str = "stop"
    usage: tuple[int, int] | None = (11, 7)

    @property
    def valid(self) -> bool:
        """All arguments are objects, as wires need that send them so."""
        return all(isinstance(step.arguments, dict) for step in self.steps if isinstance(step, Call))

    @property
    def sealed(self) -> bool:
        return any(isinstance(step, Think) and step.seal for step in self.steps)

    @property
    def ordered(self) -> bool:
        """Reasoning, then text, then calls: the one order of a message whose fields these are."""
        order = [(Think, Text, Call).index(type(step)) for step in self.steps]
        return order == sorted(order) and order.count(0) <= 1 and order.count(1) <= 1


@dataclass(frozen=True)
class Expected:
    parts: tuple[tuple[object, ...], ...]
    """("text", text), ("reasoning", text, seal), ("call", id, name, arguments)."""
    reason: str | None
    raw_reason: str | None
    usage: tuple[int, int] | None
    id: str | None = None
    model: str | None = None


@dataclass(frozen=True)
class Case:
    protocol: str
    name: str
    rows: tuple[Row, ...]
    frames: Frames
    expected: Expected
    ends: int
    """After so many frames the reply is complete, whether or not the rest comes."""
    unknown: Row = None
    """A row of a kind that nobody knows."""

    def __str__(self) -> str:
        return f"{self.protocol}-{self.name}"

    def pieces(self) -> list[bytes]:
        return self.frames(self.rows)


def expected_parts(
    script: Script, *, seals: bool = True, ids: bool = True, seal: str | None = None
) -> tuple[tuple[object, ...], ...]:
    """The parts in order; a step whose pieces are all empty is none. `seal` is one that all reasoning has."""
    found: list[tuple[object, ...]] = []
    for step in script.steps:
        text = "".join(step.pieces)
        match step:
            case Call():
                found.append(("call", step.id if ids else own_id(len(found)), step.name, step.arguments))
            case Text() if text:
                found.append(("text", text))
            case Think() if text or (step.seal and seals):
                found.append(("reasoning", text, (step.seal if seals else None) or seal))
            case _:
                pass
    return tuple(found)


def cut(text: str, size: int) -> tuple[str, ...]:
    return tuple(text[start : start + size] for start in range(0, len(text), size))


_CITY = {"city": "Zürich", "days": [1, 2], "note": 'say "hi" \\ \n 🙂'}
_CITY_TEXT = '{"city":"Zürich","days":[1,2],"note":"say \\"hi\\" \\\\ \\n 🙂"}'
_ASK = Call("weather", cut(_CITY_TEXT, 5), _CITY, "c-1")
_TIME = Call("time", ('{"zone":', '"UTC"}'), {"zone": "UTC"}, "c-2")
_HELLO = Text(("Hel", "lo"))
_WHY = Think(("Let me ", "see."))

SCRIPTS = (
    Script("hello", (_HELLO,)),
    Script("one_piece", (Text(("Hello there, how are you?",)),)),
    Script("unicode", (Text(("Grüße ", "👩‍👩‍👧 ", "\u2028\u0085\x7f", "日本", "語", '\\"\n\t\r\n\r\n')),)),
    Script("looks_like_framing", (Text(("data: [DONE]", "\n\n", "event: error\ndata: {}", "\n\n[DONE]", "]", "}")),)),
    Script("empty_deltas", (Text(("", "a", "", "b", "")),)),
    Script("white_space", (Text((" ", "\n", "  ", "x", " ")),)),
    Script("many_pieces", (Text(cut("The quick brown fox jumps over the lazy dog. " * 4, 3)),)),
    Script("nothing", ()),
    Script("no_usage", (_HELLO,), usage=None),
    Script("no_tokens", (_HELLO,), usage=(0, 0)),
    Script("cut_short", (Text(("Once upon", " a")),), reason="length"),
    Script("filtered", (Text(("I ",)),), reason="content_filter"),
    Script("thinks", (_WHY, _HELLO)),
    Script("only_thinks", (_WHY,), reason="length"),
    Script("thinks_signed", (Think(("Let me ", "see."), "c2lnbmF0dXJl"), _HELLO)),
    Script("signed_without_text", (Think((), "c2lnbmF0dXJl"), _HELLO)),
    Script("call", (_ASK,), reason="tool_calls"),
    Script("call_without_arguments", (Call("now", (), {}, "c-1"),), reason="tool_calls"),
    Script("call_with_empty_arguments", (Call("now", ("{}",), {}, "c-1"),), reason="tool_calls"),
    Script("call_in_bytes", (Call("weather", cut(_CITY_TEXT, 1), _CITY, "c-1"),), reason="tool_calls"),
    Script("call_cut_short", (Call("f", ('{"a": [1, ', "2"), '{"a": [1, 2', "c-1"),), reason="length"),
    Script("parallel_calls", (_ASK, _TIME), reason="tool_calls"),
    Script(
        "same_call_twice",
        (_TIME, Call("time", ('{"zone":"UTC"}',), {"zone": "UTC"}, "c-3")),
        reason="tool_calls",
    ),
    Script("text_and_call", (_HELLO, _ASK), reason="tool_calls"),
    Script("thinks_and_calls", (_WHY, _HELLO, _ASK, _TIME), reason="tool_calls"),
    Script("text_after_call", (_ASK, _HELLO)),
    Script("thinks_between", (_WHY, _HELLO, Think(("Hm, ", "again.")), Text(("Bye", "!")))),
)
