"""A run, step by step, beside a small model of it: what has started, what has ended, and what is never made twice."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

import fluent_ai as ai
from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai.interfaces import Emit
from fluent_ai.manifest.schema import Auth, Route
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from scripted_runs import WAIT


class Played:
    """A model that writes what it is told to, and dots meanwhile: that is how it notices that nobody listens."""

    def __init__(self) -> None:
        self.orders: queue.Queue[tuple[str, str]] = queue.Queue()
        self.requests: list[ai.ChatRequest] = []
        self.writing = 0

    def chat_model(self, model: str) -> Played:
        return self

    def run(self, request: ai.ChatRequest, emit: Emit[ai.Event]) -> None:
        self.requests.append(request)
        self.writing += 1
        try:
            self.write(ReplyWriter("played", emit))
        finally:
            self.writing -= 1

    def write(self, writer: ReplyWriter) -> None:
        writer.start("played", "x")
        while True:
            try:
                what, word = self.orders.get(timeout=0.01)
            except queue.Empty:
                writer.text(".")
                continue
            if what == "call":
                part = writer.start_call(word, "work")
                writer.call_arguments(part, json.dumps({"number": word}))
                writer.end_call(part)
            else:
                writer.finish(word, word)  # type: ignore[arg-type]
                return


def events_of(events: list[Any], number: str) -> list[str]:
    """What was told of a call, in its order."""
    found = []
    for event in events:
        if type(event) is ai.tools.ToolStarted and event.call.id == number:
            found.append("started")
        elif type(event) is ai.tools.ToolFinished and event.run.call.id == number:
            found.append("finished")
    return found


class RunMachine(RuleBasedStateMachine):
    """`calls` are those of the reply that is being written or carried out, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Played()
        auth, route = Auth(scheme="none", required=False), Route(protocol="worker")
        manifest = ai.Manifest(id="played", name="P", docs="", auth=auth, chat=(route,))
        ai.register_provider(manifest, lambda: self.model)
        self.client = ai.Client()
        self.gates: dict[str, threading.Event] = {}
        self.fails: set[str] = set()
        self.calls: list[str] = []
        self.ended: list[str] = []
        self.before: set[str] = set()
        self.number = 0
        self.writing = True
        self.over = False

    @initialize(at_once=st.integers(1, 3))
    def begin(self, at_once: int) -> None:
        self.at_once = at_once
        self.start("go")

    def start(self, messages: Any) -> None:
        asked = len(self.model.requests)
        self.earlier = set(self.before)
        self.run = self.client.run("played:x", messages, tools=[self.work], at_once=self.at_once, max_turns=100)
        self.events: list[Any] = []
        self.reader = threading.Thread(target=self.read, args=(self.run, self.events), daemon=True)
        self.reader.start()
        if not self.calls:
            self.wait_for(lambda: len(self.model.requests) == asked + 1, "the model is asked")

    @staticmethod
    def read(run: Any, events: list[Any]) -> None:
        try:
            events.extend(run)
        except ai.Cancelled:
            return

    def work(self, number: str) -> str:
        """Work until the gate opens."""
        assert self.gates[number].wait(WAIT)
        if number in self.fails:
            raise ValueError(number)
        return f"did {number}"

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        due = time.monotonic() + WAIT
        while not condition():
            assert time.monotonic() < due, what
            time.sleep(0.002)

    @property
    def running(self) -> list[str]:
        """Those that should run: the first that have not ended, as many as may at once."""
        return [each for each in self.calls if each not in self.ended][: self.at_once]

    def seen(self, kind: Any) -> list[str]:
        return [
            (each.call if kind is ai.tools.ToolStarted else each.run.call).id
            for each in self.events
            if type(each) is kind
        ]

    def settle(self) -> None:
        self.wait_for(lambda: set(self.running) <= set(self.seen(ai.tools.ToolStarted)), "calls start")
        self.wait_for(lambda: set(self.ended) <= {each.call.id for each in self.run.calls} | self.before, "calls end")

    @precondition(lambda self: self.writing and not self.over and len(self.calls) < 5)
    @rule(fails=st.booleans())
    def write_a_call(self, fails: bool) -> None:
        self.number += 1
        number = str(self.number)
        self.gates[number] = threading.Event()
        if fails:
            self.fails.add(number)
        self.calls.append(number)
        self.model.orders.put(("call", number))
        self.settle()

    @precondition(lambda self: self.running and not self.over)
    @rule(data=st.data())
    def end_a_call(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.running))
        self.gates[number].set()
        self.ended.append(number)
        self.settle()
        self.next_turn()

    @precondition(lambda self: self.writing and not self.over)
    @rule()
    def end_the_reply(self) -> None:
        self.writing = False
        self.model.orders.put(("finish", "tool_calls" if self.calls else "stop"))
        if self.calls:
            self.wait_for(lambda: bool(self.run.partial.replies), "the reply ends")
            self.next_turn()
        else:
            self.finish()

    def next_turn(self) -> None:
        """The model is asked again once the reply and all of its calls have ended."""
        if not self.writing and set(self.calls) <= set(self.ended):
            results = [part.call_id for part in self.answers(self.calls)]
            assert results == self.calls
            self.calls, self.ended, self.writing, self.before = [], [], True, self.before | set(self.ended)

    def answers(self, calls: list[str]) -> list[ai.ToolResultPart]:
        def found() -> list[ai.ToolResultPart]:
            return [
                p for m in self.run.history for p in m.parts if isinstance(p, ai.ToolResultPart) and p.call_id in calls
            ]

        self.wait_for(lambda: len(found()) == len(calls), "the results go back")
        return found()

    @precondition(lambda self: self.writing and self.calls and not self.over)
    @rule()
    def cut_the_reply_off(self) -> None:
        self.writing = False
        self.model.orders.put(("finish", "length"))
        self.finish()
        statuses = {each.call.id: each.status for each in self.run.calls}
        for each in self.calls:
            assert statuses[each] == ("failed" if each in self.fails else "done") if each in self.ended else "cancelled"
        assert [part.call_id for part in self.answers(self.calls)] == self.calls

    def finish(self) -> None:
        self.over = True
        self.reader.join(WAIT)
        assert not self.reader.is_alive()
        assert self.run.partial.reply is not None

    @precondition(lambda self: self.over)
    @rule()
    def ask_for_more(self) -> None:
        self.calls, self.ended, self.before = [], [], self.before | set(self.calls)
        self.writing, self.over = True, False
        self.start([*self.run.history, ai.Message("user", "more")])

    @precondition(lambda self: not self.over)
    @rule()
    def leave_and_go_on(self) -> None:
        """Of a reply that was left while it was written, only the calls that have ended remain; else all of them."""
        self.run.close()
        self.reader.join(WAIT)
        assert not self.reader.is_alive()
        self.wait_for(lambda: not self.model.writing, "the model notices")
        self.wait_for(lambda: not any("run of tools" in each.name for each in threading.enumerate()), "the run ends")
        answered = {part.call_id for m in self.run.history for part in m.parts if isinstance(part, ai.ToolResultPart)}
        assert set(self.ended) <= answered
        self.before |= set(self.ended)
        if self.writing:
            self.calls = []
        self.ended = [each for each in self.calls if each in answered]
        self.calls = [each for each in self.calls if each not in answered]
        self.ended, self.writing = [], not self.calls
        self.start(self.run.history)
        self.settle()

    @invariant()
    def nothing_that_has_ended_is_made_twice(self) -> None:
        """A blocking function that was left goes on, but the run that goes on makes only calls that had no result."""
        started = self.seen(ai.tools.ToolStarted)
        assert len(set(started)) == len(started)
        assert not set(started) & self.earlier
        assert len(set(started) - set(self.seen(ai.tools.ToolFinished))) <= self.at_once
        assert all(events_of(self.events, each) in (["started"], ["started", "finished"]) for each in started)

    def teardown(self) -> None:
        for gate in self.gates.values():
            gate.set()
        if hasattr(self, "run"):
            self.run.close()
            self.reader.join(WAIT)
        self.client.close()
        ai.unregister_provider("played")


def test_runs_keep_to_their_model() -> None:
    """Without shrinking, which takes long where a fault is a call that never starts."""
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    wanted = settings(max_examples=25, stateful_step_count=15, deadline=None, phases=phases)
    run_state_machine_as_test(RunMachine, settings=wanted)
