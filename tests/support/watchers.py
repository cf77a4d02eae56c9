"""Observers that keep what they were told."""

from __future__ import annotations

from collections import Counter

import fluent_ai as ai


class Keeper(ai.Observer):
    """Keeps the finished calls, and the steps of each call by its id."""

    def __init__(self) -> None:
        self.calls: list[ai.Call] = []
        self.steps: dict[str, list[str]] = {}

    def started(self, call: ai.Call) -> None:
        self.steps.setdefault(call.id, []).append("started")

    def attempted(self, call: ai.Call, attempt: ai.AttemptEvent) -> None:
        self.steps[call.id].append(attempt.stage)

    def first_item(self, call: ai.Call) -> None:
        self.steps[call.id].append("first item")

    def finished(self, call: ai.Call) -> None:
        self.calls.append(call)
        self.steps[call.id].append("finished")

    def all(self) -> list[ai.Call]:
        """The calls that are finished, once all that has happened was told."""
        from fluent_ai.observe import watching

        assert watching._dropped.flush(60)
        assert self.flush(60)
        return self.calls

    @property
    def last(self) -> ai.Call:
        return self.all()[-1]

    def check_once(self) -> None:
        """Every call was started, in order, and finished exactly once, last."""
        finished = Counter(call.id for call in self.all())
        assert finished.keys() == self.steps.keys()
        assert set(finished.values()) <= {1}
        for steps in self.steps.values():
            assert (steps[0], steps[-1]) == ("started", "finished")
            assert steps.count("first item") <= 1
