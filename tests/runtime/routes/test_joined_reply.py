"""A reply out of several models, wherever the first one breaks off: the law holds, and nothing is lost or doubled."""

from __future__ import annotations

import fluent_ai as ai
import msgspec
from fluent_ai import laws
from fluent_ai.content.fold import Fold
from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai.streams.continuation import JoinedReply, beginning, can_be_continued
from hypothesis import given
from hypothesis import strategies as st

PIECES = st.lists(st.text(" \nab", min_size=1, max_size=4), min_size=1, max_size=4)


def written(pieces: list[str], thought: str = "", provider: str = "p") -> list[ai.Event]:
    events: list[ai.Event] = []
    writer = ReplyWriter(provider, events.append)
    writer.start("i", "m")
    if thought:
        writer.reasoning(thought)
    for piece in pieces:
        writer.text(piece)
    writer.usage(ai.Usage(input_tokens=2, output_tokens=1))
    writer.finish("stop", "stop")
    return events


@given(PIECES, st.sampled_from(["", "hm"]), PIECES, st.data())
def test_wherever_it_breaks_off_the_law_holds_and_the_texts_join(
    pieces: list[str], thought: str, more: list[str], data: st.DataObject
) -> None:
    first = written(pieces, thought)
    cut = data.draw(st.integers(1, len(first) - 1))
    joined = JoinedReply()
    events = [each for event in first[:cut] for each in joined.take(event)]
    assert events == first[:cut]
    so_far = joined.fold.result()
    if not can_be_continued(so_far):
        assert not so_far.text.strip()
        return
    seam = ai.Seam("continue", "p:m", "q:m", len(so_far.text))
    joined.seam(seam)
    second = written(more, data.draw(st.sampled_from(["", "hm"])), "q")
    events += [seam, *(each for event in second for each in joined.take(event))]
    laws.validate(events)
    whole = ai.fold(events)
    assert whole == joined.fold.result()
    repeated = so_far.text[len(beginning(so_far)) :]
    rest = "".join(more)
    same = next((n for n in range(len(repeated), 0, -1) if rest.startswith(repeated[:n])), 0)
    assert whole.text == so_far.text + rest[same:]
    assert (whole.provider, whole.finish_reason) == ("q", "stop")
    assert whole.reasoning.count("hm") == sum(isinstance(event, ai.ReasoningStart) for event in events)
    assert whole.usage is not None
    assert whole.usage.input_tokens == (4 if so_far.usage else 2)


@given(PIECES, PIECES, st.data())
def test_a_restart_leaves_nothing_but_warnings(pieces: list[str], more: list[str], data: st.DataObject) -> None:
    first = [ai.Warned("careful"), *written(pieces)]
    events: list[ai.Event] = first[: data.draw(st.integers(1, len(first) - 1))]
    second = written(more, provider="q")
    both = [*events, ai.Seam("restart", "p:m", "q:m", 1), *second]
    if any(isinstance(event, ai.StreamStart) for event in events):
        laws.validate(both)
    assert ai.fold(both) == msgspec.structs.replace(ai.fold(second), warnings=("careful",))


def test_signed_reasoning_stays_that_of_its_maker() -> None:
    fold = Fold()
    for event in (
        ai.StreamStart("i", "m", "p"),
        ai.ReasoningStart(0),
        ai.ReasoningEnd(0, "", "signature"),
        ai.TextStart(1),
        ai.TextDelta(1, "a"),
        ai.Seam("continue", "p:m", "q:n", 1),
        ai.StreamStart("j", "n", "q"),
        ai.TextEnd(1, "a", {"x": 1}),
    ):
        fold.add(event)
    reply = fold.result()
    assert reply.parts[0] == ai.ReasoningPart("", "signature", None, "p", "m")
    assert (reply.provider, reply.model) == ("q", "n")


def test_offsets_of_citations_count_from_the_beginning_of_the_joined_text() -> None:
    joined = JoinedReply()
    for event in written(["abc"])[:3]:
        joined.take(event)
    joined.seam(ai.Seam("continue", "p:m", "q:m", 3))
    second = [ai.StreamStart(), ai.TextStart(0), ai.TextDelta(0, "def"), ai.Citation(0, url="u", start=1, end=2)]
    assert [each for event in second for each in joined.take(event)][-1] == ai.Citation(0, url="u", start=4, end=5)
