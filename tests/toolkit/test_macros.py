"""Macros: what they enter, what their steps do, and how they end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence

import fluent_ai as ai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fluent_ai_toolkit.chat.commands.macro_events import MacroFinished, MacroWaiting, StepStarted, VariableChanged
from fluent_ai_toolkit.errors import MacroError, MacroLimitReached
from fluent_ai_toolkit.macros.macro import Macro
from fluent_ai_toolkit.macros.playing import MacroLimits
from fluent_ai_toolkit.macros.recording import Recording

LIMIT = 30.0


class Echo:
    """Takes lines, and answers each with `answer(line)` in two deltas."""

    def __init__(self, answer: Callable[[str], str] = str.upper) -> None:
        self.entered: list[str] = []
        self._answer = answer

    def enter(self, line: str, /) -> ai.Stream[ai.Event]:
        self.entered.append(line)
        answer = self._answer(line)

        def produce(emit: ai.Emit[ai.Event]) -> None:
            for piece in (answer[:2], answer[2:]):
                emit(ai.TextDelta(0, piece))

        return ai.stream_from(produce)


class AsyncEcho:
    def __init__(self) -> None:
        self.entered: list[str] = []

    def enter(self, line: str, /) -> ai.AsyncStream[ai.Event]:
        self.entered.append(line)

        async def produce(emit: ai.AsyncEmit[ai.Event]) -> None:
            await emit(ai.TextDelta(0, line.upper()))

        return ai.stream_from(produce)


def entered(lines: Sequence[str], chat: Echo | None = None, **variables: str) -> list[str]:
    chat = chat or Echo()
    Macro("m", lines).play(chat, variables).collect()
    return chat.entered


def test_lines_are_entered_with_their_variables() -> None:
    lines = ["/attach {file}", "Summarise for {who|everyone}.", '{{file}} stays, and so does {"a": {"b": 1}}']
    assert entered(lines, file="notes.md") == [
        "/attach notes.md", "Summarise for everyone.", '{file} stays, and so does {"a": {"b": 1}}',
    ]  # fmt: skip
    assert entered(lines, file="x", who="me")[1] == "Summarise for me."


def test_what_is_no_message() -> None:
    assert entered(["# a comment", "", "  ", "\\@home", "\\# heading", "\\\\x"]) == ["@home", "# heading", "\\x"]


def test_the_events_of_a_macro_and_of_its_lines_come_in_order() -> None:
    macro = Macro("m", ["@set n = 2", "say {n}", "@let n = n * 21", "@wait 0"])
    events = macro.play(Echo()).collect()
    assert events == [
        VariableChanged("n", "2"),
        StepStarted("m", 2, "say 2"),
        ai.TextDelta(0, "SA"),
        ai.TextDelta(0, "Y 2"),
        VariableChanged("n", "42"),
        MacroWaiting("m", 4, 0.0),
        MacroFinished("m", {"n": "42", "reply": "SAY 2"}),
    ]


@pytest.mark.parametrize(("n", "said"), [("1", ["one"]), ("2", ["2 or 3"]), ("3", ["2 or 3"]), ("x", ["x"])])
def test_the_first_branch_whose_condition_holds_is_taken(n: str, said: list[str]) -> None:
    lines = ["@if n == 1", "one", "@elif n == 2 or n == 3", "2 or 3", "@elif n == 4", "@else", "{n}", "@end"]
    assert entered(lines, n=n) == said


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("'OU' in reply", True),
        ("'no' in reply or not reply == 'YOU'", False),
        ("n > 2 and n < 2 ** 3", True),
        ("1 < n <= 4.5 != 4", True),
        ("n == '4.5'", True),
        ("'a' < 'b'", True),
        ("empty", False),
        ("not empty and max(n, 9) == 9", True),
    ],
)
def test_conditions(condition: str, holds: bool) -> None:
    macro = Macro("m", ["you", f"@if {condition}", "@set answer = yes", "@end"])
    with macro.play(Echo(), {"n": "4.5", "empty": ""}) as events:
        for _ in events:
            pass
        assert ("answer" in events.variables) is holds


def test_loops() -> None:
    assert entered(["@repeat {times}", "x", "@end"], times="3") == ["x"] * 3
    assert entered(["@for city in Bern, {others}", "{city}?", "@end"], others="Basel,Chur") == [
        "Bern?",
        "Basel?",
        "Chur?",
    ]
    assert entered(["@set n = 0", "@while n < 3", "{n}", "@let n = n + 1", "@end", "@stop", "never"]) == ["0", "1", "2"]


def test_a_macro_plays_others_which_see_and_change_its_variables() -> None:
    inner = Macro("inner", ["{greeting}, {name}!", "@set greeting = Bye", "@set name = nobody"])
    outer = Macro("outer", ["@macro inner name=Ada", "{greeting}, {name|who}", '@macro inner name="Grace H."'])
    chat = Echo()
    with outer.play(chat, {"greeting": "Hi"}, macros={"inner": inner}) as events:
        events.collect()
        assert chat.entered == ["Hi, Ada!", "Bye, nobody", "Bye, Grace H.!"]
        assert events.variables == {"greeting": "Bye", "name": "nobody", "reply": "BYE, GRACE H.!"}


def test_the_variables_that_a_macro_takes() -> None:
    macro = Macro("m", ["@set a = {b|1}", "{a} {c} {d|x}", "@for e in {f}", "{e}{g}", "@end", "{reply}", "{d}"])
    assert macro.variables == {"b": "1", "c": None, "d": None, "f": None, "g": None}
    with pytest.raises(MacroError, match="macro 'm': variables that have no value: d, f, g"):
        macro.play(Echo(), {"c": "1"})


@pytest.mark.parametrize(
    ("lines", "line", "column", "why"),
    [
        (["hi", "@if"], 2, 4, "a condition must stand here"),
        (["@if n >"], 1, 8, "the expression ends where a number"),
        (["@end"], 1, 1, "@end ends no block"),
        (["  @nope x"], 1, 3, "'@nope' is unknown; allowed: @if"),
        (["@repeat 2", "@if 1", "@end"], 1, 1, "the block has no @end"),
        (["@macro a b"], 1, 10, "allowed after the name: key=value"),
        (["@set 1 = 2"], 1, 6, "allowed here: name = text"),
        (["@if 1", "@else", "@elif 2", "@end"], 3, 1, "@elif ends no block"),
        (["@stop now"], 1, 7, "nothing may follow @stop"),
        (["@if 1"] * 60, 51, 1, "more than 50 blocks"),
    ],
)
def test_a_broken_macro_says_where(lines: list[str], line: int, column: int, why: str) -> None:
    with pytest.raises(MacroError) as caught:
        Macro("m", lines)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert why in caught.value.message


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["@wait {n}"], "line 1, column 7: 'a' stands here; allowed: a number from 0 to 3,600"),
        (["@repeat 1.5", "@end"], "line 1, column 9: 1.5 stands here; allowed: a whole number"),
        (["@let n = n + 1"], "line 1, column 12: '+' takes numbers, not texts"),
        (["@if nothing", "@end"], "line 1, column 5: the variable 'nothing' has no value; known: n"),
        (["@macro other"], "line 1, column 1: there is no macro 'other'; known: none"),
        (["@if n == 1", "@set x = 1", "@end", "{x}"], "line 4, column 1: the variable 'x' has no value"),
    ],
)
def test_what_goes_wrong_while_it_is_played_says_where(lines: list[str], why: str) -> None:
    with pytest.raises(MacroError) as caught:
        Macro("m", lines).play(Echo(), {"n": "a"}).collect()
    assert why in caught.value.message


def test_limits() -> None:
    endless = Macro("m", ["@while 1", "@end"])
    with pytest.raises(MacroLimitReached, match="macro 'm': more than 10,000 steps") as caught:
        endless.play(Echo()).collect()
    assert caught.value.limit == "steps"
    itself = Macro("m", ["@macro m"])
    with pytest.raises(MacroLimitReached, match="more than 10 macros play one another"):
        itself.play(Echo(), macros={"m": itself}).collect()
    with pytest.raises(MacroLimitReached, match=r"it has run for more than 0.01 s"):
        Macro("m", ["@repeat 9", "@wait 0.005", "@end"]).play(Echo(), limits=MacroLimits(seconds=0.01)).collect()


def test_what_the_chat_raises_ends_the_macro() -> None:
    def fail(line: str) -> str:
        raise ai.RateLimited("slow down")

    chat = Echo(fail)
    with pytest.raises(ai.RateLimited):
        Macro("m", ["a", "b"]).play(chat).collect()
    assert chat.entered == ["a"]


def test_a_pause_holds_the_macro_before_its_next_step() -> None:
    chat, first, rest = Echo(), threading.Event(), threading.Event()
    playback = Macro("m", ["a", "b"]).play(chat)

    def read() -> None:
        for event in playback:
            if event == ai.TextDelta(0, "A"):
                playback.pause()
                first.set()
        rest.set()

    threading.Thread(target=read, daemon=True).start()
    assert first.wait(LIMIT)
    assert not rest.wait(0.02)
    assert chat.entered == ["a"]
    playback.resume()
    assert rest.wait(LIMIT)
    assert chat.entered == ["a", "b"]


@pytest.mark.parametrize("paused", [False, True])
def test_a_macro_that_waits_can_be_stopped_from_another_thread(paused: bool) -> None:
    playback = Macro("m", ["@wait 1000", "never"]).play(Echo())
    ended: list[BaseException | None] = []
    assert next(playback) == MacroWaiting("m", 1, 1000.0)
    if paused:
        playback.pause()

    def read() -> None:
        try:
            playback.collect()
        except ai.Cancelled as error:
            ended.append(error)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(0.02)
    playback.close()
    thread.join(LIMIT)
    assert not thread.is_alive()
    assert len(ended) == 1


async def _played() -> None:
    chat = AsyncEcho()
    macro = Macro("m", ["a", "@wait 0", "@if reply == 'A'", "b", "@end"])
    events = await macro.aplay(chat).collect()
    assert chat.entered == ["a", "b"]
    assert events[-1] == MacroFinished("m", {"reply": "B"})
    playback = Macro("m", ["@wait 1000"]).aplay(AsyncEcho())
    assert await playback.__anext__() == MacroWaiting("m", 1, 1000.0)
    reading = asyncio.create_task(playback.__anext__())
    await asyncio.sleep(0)
    await playback.close()
    with pytest.raises(ai.Cancelled):
        await reading


def test_macros_are_played_in_event_loops_too() -> None:
    asyncio.run(_played())


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])).map(str.strip).filter(bool)))
def test_a_recording_enters_what_was_typed(typed: list[str]) -> None:
    recording = Recording()
    for line in typed:
        recording.add(line)
    assert entered(recording.macro("r").lines) == typed


def test_a_recording_pauses_and_keeps_waits() -> None:
    recording = Recording(waits=True)
    recording.add("a")
    recording.add("b")
    recording.paused = True
    recording.add("c")
    recording.paused = False
    recording.add("d")
    assert recording.macro("r").lines == ("a", "@wait 0.0", "b", "d")


def test_a_text_becomes_a_macro_whose_lines_have_its_numbers() -> None:
    macro = Macro.from_text("m", "# two lines\nfirst \\\nsecond\n@if 1\n{x}\n@end\n")
    chat = Echo()
    events = macro.play(chat, {"x": "y"}).collect()
    assert chat.entered == ["first \nsecond", "y"]
    assert [event.line for event in events if isinstance(event, StepStarted)] == [2, 5]
    with pytest.raises(MacroError, match="line 4, column 1"):
        Macro.from_text("m", "a\\\nb\\\nc\n@nope")


def test_arguments_of_macros() -> None:
    with pytest.raises(ai.ConfigError, match="lines is str; allowed: a list of texts"):
        Macro("m", "text")
    with pytest.raises(ai.ConfigError, match="variables has 'n', of type int; allowed: names and texts"):
        Macro("m", []).play(Echo(), {"n": 1})  # type: ignore[dict-item]
