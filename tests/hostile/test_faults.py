"""A server that does wrong in one way, through both clients and every transport: what the caller is told, and how often
it asked. No wrong answer becomes a whole reply, and none is told as anything but an error of ours.
"""

from __future__ import annotations

from collections.abc import Iterator

import fluent_ai as ai
import pytest
from faults import FAULTS, Outcome
from scripted_server import Answer, Server, manifest_for
from transports import KINDS, Caller


@pytest.fixture
def server() -> Iterator[Server]:
    loopback = Server()
    yield loopback
    loopback.close()


@pytest.fixture(params=KINDS)
def caller(request: pytest.FixtureRequest) -> Iterator[Caller]:
    made = Caller(request.param)
    yield made
    made.close()


@pytest.mark.parametrize(("answer", "outcome"), FAULTS.values(), ids=FAULTS)
def test_a_fault_has_its_outcome(server: Server, caller: Caller, answer: Answer, outcome: Outcome) -> None:
    server.say(answer)
    retries = 1 if caller.blocking else 0  # all transports share the code that asks again
    pauses = sum(piece for piece in answer.pieces if isinstance(piece, float))
    patience = 0.5 if pauses > 5 else 30.0
    timeout = ai.Timeouts(connect=30, first_byte=patience, read=patience)
    talk = caller.client(manifest_for(server.url), retries=retries, timeout=timeout)
    stream = talk.stream()
    if outcome.error is None:
        reply = talk.collect(stream)
    else:
        with pytest.raises(outcome.error) as caught:
            talk.collect(stream)
        reply, message = caught.value.partial, str(caught.value)
        assert outcome.words in message
        assert len(message) < 700
    assert reply.text == outcome.text
    assert stream.ended
    if outcome.requests is not None:
        assert len(server.sent) == min(outcome.requests, 1 + retries)
    talk.leave(stream)
    talk.close()
    caller.settle()
    assert caller.tasks == 0
