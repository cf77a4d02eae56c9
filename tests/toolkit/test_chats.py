"""Chats: what is said, what is sent, and where the chat goes on; blocking and asynchronous alike."""

from __future__ import annotations

from pathlib import Path

import fluent_ai as ai
import pytest
from chats import WAIT, chat_of, pausing, say, texts
from fluent_ai.testing import fake_provider
from scripted_runs import add, call, turn
from shells import Shell

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000000000200010"
    "05e2a7bd50000000049454e44ae426082"
)


def test_what_was_said_is_sent_again_with_the_options_of_the_chat(shell: Shell, tmp_path: Path):
    with fake_provider("one", "two") as fake:
        chat = chat_of(shell, "fake:x", store=tmp_path / "c.db", system="Be brief.", temperature=0.5)
        assert (chat.id, chat.messages) == (None, ())
        assert say(shell, chat, "first").text == "one"
        assert say(shell, chat, "second", temperature=1.0).text == "two"
    assert [each.text for each in fake.requests[1].messages] == ["first", "one", "second"]
    assert [each.system for each in fake.requests] == ["Be brief."] * 2
    assert [each.temperature for each in fake.requests] == [0.5, 1.0]
    assert texts(chat) == ["first", "one", "second", "two"]
    assert [each.role for each in chat.messages] == ["user", "assistant"] * 2
    assert [each.parent for each in chat.messages] == [None, *(each.id for each in chat.messages[:3])]


def test_the_events_of_a_turn_are_those_of_a_run(shell: Shell):
    with fake_provider("Hello there"):
        events, error = shell.items(chat_of(shell, "fake:x").say("hi"))
    assert error is None
    ai.laws.validate(events)
    assert ai.fold(events).text == "Hello there"


def test_usage_and_cost_are_kept_with_each_reply(shell: Shell, tmp_path: Path):
    priced = [ai.StreamStart(None, "x", "fake"), ai.Finish("stop", None, ai.Usage(1, 2, cost=0.25))]
    with fake_provider(priced, "unpriced"):
        chat = chat_of(shell, "fake:x", store=tmp_path / "c.db")
        say(shell, chat, "a")
        say(shell, chat, "b")
    first, second = chat.messages[1], chat.messages[3]
    assert (first.usage, first.cost, first.cost_estimated) == (ai.Usage(1, 2, cost=0.25), 0.25, False)
    assert (second.usage, second.cost) == (ai.Usage(1, 1), None)
    assert "fake" in second.cost_unknown
    assert chat.cost == 0.25
    (summary,) = chat.store.list()
    assert (summary.cost, summary.unpriced, summary.messages, summary.title) == (0.25, 1, 4, "a")
    assert first.seconds is not None


def test_calls_of_tools_are_kept_and_sent_again(shell: Shell, tmp_path: Path):
    with fake_provider(turn(call(1, a=1, b=2)), "It is 3.", "Bye") as fake:
        chat = chat_of(shell, "fake:x", store=tmp_path / "c.db", tools=[add])
        say(shell, chat, "add 1 and 2")
        say(shell, chat, "thanks")
    assert [each.role for each in chat.messages] == ["user", "assistant", "tool", "assistant", "user", "assistant"]
    assert [each.role for each in fake.requests[2].messages] == ["user", "assistant", "tool", "assistant", "user"]
    again = chat_of(shell, "fake:x", store=tmp_path / "c.db", chat=chat.id)
    assert again.messages == chat.messages


def test_a_chat_goes_on_with_its_model_and_options(shell: Shell, tmp_path: Path):
    with fake_provider("one", "two") as fake:
        chat = chat_of(shell, "fake:x", store=tmp_path / "c.db", system="Be brief.", max_tokens=9, tags=["a"])
        say(shell, chat, "first")
        again = chat_of(shell, store=tmp_path / "c.db", chat=chat.id[:6], max_tokens=10)
        assert again.model == "fake:x"
        say(shell, again, "second")
    assert (fake.requests[1].system, fake.requests[1].max_tokens) == ("Be brief.", 10)
    assert chat.store.get(chat.id).tags == ("a",)


def test_edit_retry_undo_and_fork_are_branches_of_one_tree(shell: Shell, tmp_path: Path):
    with fake_provider("1", "2", "2 again", "2 edited", "forked") as fake:
        chat = chat_of(shell, "fake:x", store=tmp_path / "c.db")
        say(shell, chat, "a")
        say(shell, chat, "b")
        shell.do(chat.retry().collect())
        assert texts(chat) == ["a", "1", "b", "2 again"]
        shell.do(chat.edit("B").collect())
        assert texts(chat) == ["a", "1", "B", "2 edited"]
        left = shell.do(chat.undo())
        assert ([each.text for each in left], texts(chat)) == (["B", "2 edited"], ["a", "1"])
        fork = chat.fork(at=0)
        say(shell, fork, "c")
    assert [each.text for each in fake.requests[3].messages] == ["a", "1", "B"]
    assert (texts(fork), texts(chat)) == (["c", "forked"], ["a", "1"])
    branches = shell.do(chat.branches())
    assert [(each.text, each.messages) for each in branches] == [
        ("forked", 2),
        ("2 edited", 4),
        ("2 again", 4),
        ("2", 4),
    ]
    assert len(chat.store.tree(chat.id)) == 9
    shell.do(chat.switch(branches[3].head))
    assert texts(chat) == ["a", "1", "b", "2"]


def test_a_reply_that_is_left_is_kept_as_far_as_it_came(shell: Shell, tmp_path: Path):
    with pausing() as model:
        chat = chat_of(shell, "pausing:x", store=tmp_path / "c.db")
        shell.do(_leave(shell, chat))
        assert texts(chat) == ["count", "one two "]
        assert chat.messages[1].status == "stopped"
        model.go_on.set()
        say(shell, chat, "go on")
        assert [each.text for each in model.requests[1].messages] == ["count", "one two ", "go on"]
    assert chat.store.messages(chat.id) == chat.messages


def _leave(shell: Shell, chat):  # type: ignore[no-untyped-def]
    if isinstance(shell.client, ai.Client):
        with chat.say("count") as stream:
            assert "".join(text for _, text in zip(range(2), stream.text(), strict=False)) == "one two "
        return None
    return _aleave(chat)


async def _aleave(chat):  # type: ignore[no-untyped-def]
    async with chat.say("count") as stream:
        found = ""
        async for text in stream.text():
            found += text
            if found == "one two ":
                break


def test_a_reply_that_fails_is_kept_and_named(shell: Shell, tmp_path: Path):
    with pausing(ai.ServerError("broken")) as model:
        model.go_on.set()
        chat = chat_of(shell, "pausing:x", store=tmp_path / "c.db")
        _, error = shell.items(chat.say("count"))
    assert isinstance(error, ai.ServerError)
    assert (texts(chat), chat.messages[1].status, chat.messages[1].error) == (
        ["count", "one two "],
        "failed",
        "ServerError",
    )


def test_what_got_no_reply_stays_unanswered_and_can_be_asked_again(shell: Shell, tmp_path: Path):
    with fake_provider("1", ai.ServerError("broken"), "2", "3") as fake:
        chat = chat_of(shell, "fake:x", store=tmp_path / "c.db")
        say(shell, chat, "a")
        _, error = shell.items(chat.say("b"))
        assert isinstance(error, ai.ServerError)
        assert texts(chat) == ["a", "1"]
        shell.do(chat.retry().collect())
        assert texts(chat) == ["a", "1", "b", "2"]
        assert len(chat.store.tree(chat.id)) == 4
    assert [each.text for each in fake.requests[2].messages] == ["a", "1", "b"]


def test_files_are_read_when_they_are_said_and_kept_once(shell: Shell, tmp_path: Path):
    path = tmp_path / "pixel.png"
    path.write_bytes(PIXEL)
    with fake_provider("seen", "again"):
        chat = chat_of(shell, "fake:x", store=tmp_path / "c.db")
        say(shell, chat, ["look", ai.ImagePart(path=path)], validate=False)
        path.unlink()
        say(shell, chat, ["and again", ai.ImagePart(data=PIXEL)], validate=False)
    again = chat_of(shell, store=tmp_path / "c.db", chat=chat.id)
    assert [again.messages[number].parts[1].data for number in (0, 2)] == [PIXEL, PIXEL]
    assert (tmp_path / "c.db").read_bytes().count(PIXEL) + (tmp_path / "c.db-wal").read_bytes().count(PIXEL) == 1


def test_documents_are_sent_with_the_turn_that_has_them(shell: Shell):
    def cellar() -> str:
        return "The milk is in the cellar."

    with fake_provider("In the cellar [1].", "Yes.") as fake:
        chat = chat_of(shell, "fake:x")
        say(shell, chat, "Where is the milk?", documents=ai.context(cellar))
        say(shell, chat, "Sure?")
    assert [len(each.documents) for each in fake.requests] == [1, 0]
    assert chat.messages[0].text == "Where is the milk?"


def test_what_another_program_adds_is_taken_in_and_what_both_add_becomes_branches(shell: Shell, tmp_path: Path):
    with fake_provider("1", "2", "3", "4", "5") as fake:
        chat = chat_of(shell, "fake:x", store=tmp_path / "c.db")
        say(shell, chat, "a")
        other = chat_of(shell, store=ai.chats(tmp_path / "c.db"), chat=chat.id)
        say(shell, other, "b")
        say(shell, chat, "c")
        assert texts(chat) == ["a", "1", "b", "2", "c", "3"]
        assert [each.text for each in fake.requests[2].messages] == ["a", "1", "b", "2", "c"]
        side = chat.fork(at=2)
        say(shell, side, "d")
        assert texts(side) == ["a", "1", "d", "4"]
        say(shell, chat, "e")
    assert texts(chat) == ["a", "1", "b", "2", "c", "3", "e", "5"]
    assert sorted(each.messages for each in shell.do(chat.branches())) == [4, 8]


def test_two_that_speak_at_once_make_two_branches(shell: Shell, tmp_path: Path):
    with pausing() as model, fake_provider("1", "3"):
        chat = chat_of(shell, "fake:x", store=tmp_path / "c.db")
        say(shell, chat, "a")
        with ai.Client() as client:
            other = ai.Chat(client, "pausing:x", store=tmp_path / "c.db", chat=chat.id)
            with other.say("b") as stream:
                next(stream.text())
                assert model.waits.wait(WAIT)
                say(shell, chat, "c")
                model.go_on.set()
                stream.collect()
    assert texts(other) == ["a", "1", "b", "one two three"]
    assert texts(chat) == ["a", "1", "c", "3"]
    assert len(shell.do(chat.branches())) == 2


@pytest.mark.parametrize(
    ("said", "told"),
    [("", "said is empty"), ("  ", "said is empty"), ([], "said is of type list"), (7, "said is of type int"),
     ("a\ud800", "lone surrogate"), (ai.ImagePart(path="/no/such/file"), "/no/such/file")],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_before_anything_is_kept(shell: Shell, tmp_path: Path, said, told):  # type: ignore[no-untyped-def]
    chat = chat_of(shell, "fake:x", store=tmp_path / "c.db")
    with pytest.raises(ai.ConfigError, match=told):
        chat.say(said)
    assert not (tmp_path / "c.db").exists()


def test_bad_arguments_are_named(shell: Shell, tmp_path: Path):
    for arguments, options, told in [
        ((), {}, "model is missing"),
        (("fake:x",), {"store": 7}, "store is of type int"),
        (("fake:x",), {"chat": "nope"}, "chat is 'nope'"),
        (("fake:x",), {"tags": [""]}, "tags"),
    ]:
        with pytest.raises(ai.ConfigError, match=told):
            chat_of(shell, *arguments, **options)
    with fake_provider("1"):
        chat = chat_of(shell, "fake:x")
        with pytest.raises(ai.ConfigError, match="no message of the user"):
            chat.retry()
        with pytest.raises(ai.ConfigError, match="documents"):
            chat.say("a", documents="b")
        with pytest.raises(ai.ConfigError, match="temperature"):
            chat.say("a", temperature=7)
        with pytest.raises(ai.ConfigError, match="at is 3"):
            chat.fork(at=3)
        assert chat.messages == ()
    wrong = ai.AsyncClient() if isinstance(shell.client, ai.Client) else ai.Client()
    with pytest.raises(ai.ConfigError, match="client of"):
        type(chat)(wrong, "fake:x")


def test_reprs_show_no_content(shell: Shell):
    with fake_provider("secret"):
        chat = chat_of(shell, "fake:x", system="secret")
        say(shell, chat, "secret")
    shown = (chat, chat.messages, chat.store, chat.store.list(), shell.do(chat.branches()))
    assert "secret" not in repr(shown)
