"""One producer's values for many subscribers, and channels that do not block when they are full."""

import asyncio
import gc
import threading

import fluent_ai as ai
import pytest
from fluent_ai.streams.channel import WhenFull
from hypothesis import given
from hypothesis import strategies as st

LIMIT = 30.0


@given(
    limits=st.lists(st.integers(1, 5), min_size=1, max_size=30),
    reads=st.lists(st.booleans(), min_size=30, max_size=30),
    when_full=st.sampled_from(["drop_oldest", "drop_newest"]),
)
def test_what_is_read_and_what_was_dropped_are_all_that_was_emitted(
    limits: list[int], reads: list[bool], when_full: WhenFull
) -> None:
    channel: ai.Channel[int | ai.Dropped] = ai.Channel(3, when_full=when_full)
    seen: list[int | ai.Dropped] = []
    for number, limit in enumerate(limits):
        channel.capacity = limit
        channel.emit(number)
        assert channel.waiting <= max(limits) + 1
        if reads[number]:
            seen.extend(channel.poll() or [])
    channel.end()
    seen.extend(channel.stream().collect())
    position = 0
    for each in seen:
        if isinstance(each, ai.Dropped):
            position += each.count
        else:
            assert each == position
            position += 1
    assert position == len(limits)
    assert channel.dropped == sum(each.count for each in seen if isinstance(each, ai.Dropped))


def test_the_newest_are_dropped_where_they_would_have_come() -> None:
    channel: ai.Channel[int | ai.Dropped] = ai.Channel(2, when_full="drop_newest")
    for number in range(4):
        channel.emit(number)
    channel.capacity = 3
    channel.emit(4)
    channel.end()
    assert channel.stream().collect() == [0, 1, ai.Dropped(2), 4]


def test_a_channel_may_refuse() -> None:
    channel: ai.Channel[int] = ai.Channel(2, when_full="error")
    channel.emit(0)
    channel.emit(1)
    with pytest.raises(ai.BackpressureExceeded, match="2 values wait to be read; allowed: 2") as caught:
        channel.emit(2)
    assert (caught.value.current, caught.value.limit) == (2, 2)
    channel.end()
    assert channel.stream().collect() == [0, 1]


def test_more_room_wakes_the_producer() -> None:
    channel: ai.Channel[int] = ai.Channel(1)
    channel.emit(0)
    done = threading.Event()

    def produce() -> None:
        channel.emit(1)
        done.set()

    threading.Thread(target=produce, daemon=True).start()
    assert not done.wait(0.01)
    channel.capacity = 2
    assert done.wait(LIMIT)


def test_arguments_of_channels_are_checked() -> None:
    with pytest.raises(ai.ConfigError, match="when_full is 'wait'; allowed: block, drop_oldest, drop_newest, error"):
        ai.Channel(when_full="wait")  # type: ignore[arg-type]
    with pytest.raises(ai.ConfigError, match="capacity is 0; allowed: at least 1"):
        ai.Channel[int]().capacity = 0


def test_an_unopened_stream_of_a_channel_sees_what_waits() -> None:
    channel: ai.Channel[int] = ai.channel()
    stream = channel.stream()
    assert stream.try_next() is ai.EMPTY
    channel.emit(1)
    assert stream.try_next() == 1
    astream = channel.astream()
    channel.emit(2)
    assert astream.try_next() == 2


def test_a_subscriber_that_sleeps_does_not_hold_up_the_others() -> None:
    broadcast: ai.Broadcast[int] = ai.Broadcast()
    asleep = broadcast.subscribe(limit=10)
    awake = [broadcast.subscribe(limit=10, when_full="block") for _ in range(49)]
    seen: list[list[int | ai.Dropped]] = [[] for _ in awake]
    threads = [
        threading.Thread(target=lambda stream=stream, into=into: into.extend(stream), daemon=True)
        for stream, into in zip(awake, seen, strict=True)
    ]
    for thread in threads:
        thread.start()
    for number in range(300):
        broadcast.publish(number)
    counts = {subscriber.id: subscriber for subscriber in broadcast.subscribers}
    assert (counts[asleep.id].waiting, counts[asleep.id].dropped, counts[asleep.id].limit) == (10, 290, 10)
    broadcast.end()
    for thread in threads:
        thread.join(LIMIT)
    assert seen == [list(range(300))] * 49
    assert asleep.collect() == [ai.Dropped(290), *range(290, 300)]


def test_a_subscriber_that_is_too_slow_may_end() -> None:
    broadcast: ai.Broadcast[int] = ai.Broadcast()
    strict = broadcast.subscribe(limit=1, when_full="error")
    other = broadcast.subscribe()
    for number in range(3):
        broadcast.publish(number)
    assert next(strict) == 0
    with pytest.raises(ai.BackpressureExceeded):
        next(strict)
    assert [subscriber.id for subscriber in broadcast.subscribers] == [other.id]


def test_who_leaves_is_forgotten() -> None:
    broadcast: ai.Broadcast[int] = ai.Broadcast()
    left, dropped, kept = broadcast.subscribe(), broadcast.subscribe(), broadcast.subscribe()
    left.close()
    del dropped
    gc.collect()
    assert [subscriber.id for subscriber in broadcast.subscribers] == [kept.id]
    broadcast.publish(1)
    broadcast.unsubscribe(kept.id)
    assert kept.collect() == [1]
    with pytest.raises(ai.SubscriberNotFound, match=r"subscriber 3 is not there; present: none") as caught:
        broadcast.set_limit(kept.id, 5)
    assert caught.value.subscriber == kept.id


def test_a_limit_changes_while_values_come() -> None:
    broadcast: ai.Broadcast[int] = ai.Broadcast()
    stream = broadcast.subscribe(limit=1)
    broadcast.publish(0)
    broadcast.set_limit(stream.id, 3)
    for number in range(1, 4):
        broadcast.publish(number)
    broadcast.set_limit(stream.id, 2)
    broadcast.publish(4)
    broadcast.end(ai.ServerError("broken"))
    assert [next(stream) for _ in range(3)] == [ai.Dropped(3), 3, 4]
    with pytest.raises(ai.ServerError, match="broken"):
        next(stream)


def test_after_the_end_nothing_is_published_and_streams_end_at_once() -> None:
    broadcast: ai.Broadcast[int] = ai.Broadcast()
    broadcast.end()
    assert broadcast.subscribe().collect() == []
    with pytest.raises(ai.EmitAfterEnd):
        broadcast.publish(1)


async def _subscribed() -> None:
    broadcast: ai.Broadcast[int] = ai.Broadcast()
    async with broadcast.asubscribe(limit=1, when_full="block") as stream:
        assert stream.try_next() is ai.EMPTY

        async def publish() -> None:
            for number in range(5):
                await broadcast.apublish(number)
            broadcast.end()

        task = asyncio.create_task(publish())
        assert await stream.collect() == list(range(5))
        await task


def test_tasks_subscribe_too() -> None:
    asyncio.run(_subscribed())


def test_unsubscribing_while_values_are_published() -> None:
    broadcast: ai.Broadcast[int] = ai.Broadcast()
    stop = threading.Event()

    def publish() -> None:
        while not stop.is_set():
            broadcast.publish(1)

    publisher = threading.Thread(target=publish, daemon=True)
    publisher.start()
    for _ in range(200):
        stream = broadcast.subscribe(limit=4)
        next(stream)
        broadcast.unsubscribe(stream.id)
        assert all(value == 1 or isinstance(value, ai.Dropped) for value in stream)
    stop.set()
    publisher.join(LIMIT)
    assert not publisher.is_alive()
