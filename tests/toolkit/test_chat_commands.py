"""Lines that are entered into chats: commands from the table, and messages; blocking and asynchronous alike."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from chats import chat_of, say, texts
from fluent_ai.testing import fake_provider
from scripted_runs import add
from shells import Shell

from fluent_ai_toolkit.chat import CommandOutput

NAMES = [
    *("/model", "/system", "/save", "/load", "/search", "/branch", "/edit", "/undo", "/retry", "/attach", "/tools"),
    *("/macro", "/cost", "/tokens", "/config", "/export", "/clear", "/help", "/quit"),
]


def enter(shell: Shell, chat: Any, line: str) -> list[Any]:
    """The outputs of a command, or the text of a turn."""
    events, error = shell.items(chat.enter(line))
    if error is not None:
        raise error
    outputs = [each for each in events if isinstance(each, CommandOutput)]
    return outputs or ["".join(each.text for each in events if isinstance(each, ai.TextDelta))]


def test_the_table_has_the_commands_with_help(shell: Shell):
    chat = chat_of(shell, "fake:x")
    assert list(chat.commands) == NAMES
    shown = [each.text for each in enter(shell, chat, "/help")]
    assert [each.split()[0] for each in shown] == NAMES
    assert all(each.help.endswith(".") for each in chat.commands.values())
    assert [each.value["name"] for each in enter(shell, chat, "/help edit")] == ["/edit"]


@pytest.mark.parametrize("line", ["/modle x", "/exit", "/etc/passwd", "/", "/ help", "  /nope"])
def test_what_is_no_command_is_never_sent(shell: Shell, line: str):
    with fake_provider("sent") as fake:
        chat = chat_of(shell, "fake:x")
        with pytest.raises(ai.ConfigError, match="is no command"):
            chat.enter(line)
    assert fake.requests == []
    with pytest.raises(ai.ConfigError, match="Did you mean /model"):
        chat.enter("/modle x")


def test_messages_are_said_also_with_a_slash(shell: Shell):
    with fake_provider("one", "two") as fake:
        chat = chat_of(shell, "fake:x")
        assert enter(shell, chat, "hello") == ["one"]
        assert enter(shell, chat, "//etc/passwd is a file") == ["two"]
    assert texts(chat) == ["hello", "one", "/etc/passwd is a file", "two"]
    assert fake.requests[1].messages[-1].text == "/etc/passwd is a file"


def test_nothing_happens_before_a_command_is_read(shell: Shell):
    chat = chat_of(shell, "fake:x")
    stream = chat.enter("/model openai:gpt-5.1")
    assert chat.model == "fake:x"
    assert [each.value for each in shell.items(stream)[0]] == ["openai:gpt-5.1"]
    assert chat.model == "openai:gpt-5.1"
    with pytest.raises(ai.ConfigError, match="opnai"):
        enter(shell, chat, "/model opnai:gpt-5.1")
    assert chat.model == "openai:gpt-5.1"


def test_settings_are_shown_set_and_removed(shell: Shell):
    with fake_provider("1") as fake:
        chat = chat_of(shell, "fake:x", tools=[add])
        enter(shell, chat, "/system Be brief.")
        enter(shell, chat, "/config temperature 0.25")
        enter(shell, chat, '/config stop ["x", "y"]')
        enter(shell, chat, "/config seed 7")
        enter(shell, chat, "/config seed -")
        assert [each.text for each in enter(shell, chat, "/config")] == ["temperature = 0.25", "stop = ['x', 'y']"]
        enter(shell, chat, "hi")
        request = fake.requests[0]
        assert (request.system, request.temperature, request.stop, request.seed) == (
            "Be brief.",
            0.25,
            ("x", "y"),
            None,
        )
        assert [each.value for each in enter(shell, chat, "/system -")] == [None]
        assert [each.value for each in enter(shell, chat, "/tools")] == ["add"]
        with pytest.raises(ai.ConfigError, match="allowed: temperature"):
            enter(shell, chat, "/config colour red")


def test_branches_are_made_listed_and_chosen(shell: Shell, tmp_path: Path):
    with fake_provider("1", "2", "3", "4", "5"):
        chat = chat_of(shell, "fake:x", store=tmp_path / "c.db")
        enter(shell, chat, "a")
        enter(shell, chat, "b")
        assert enter(shell, chat, "/retry") == ["3"]
        assert enter(shell, chat, "/edit c") == ["4"]
        assert enter(shell, chat, "/edit 0 z") == ["5"]
        assert texts(chat) == ["z", "5"]
        (taken,) = enter(shell, chat, "/undo")
        assert (taken.value, taken.action, texts(chat)) == ("z", "load", [])
        heads = {each.text.split()[-1]: each.value["head"] for each in enter(shell, chat, "/branch")}
        enter(shell, chat, f"/branch {heads['3']}")
        assert texts(chat) == ["a", "1", "b", "3"]
        for wrong in ("/branch x", "/branch 99999", "/edit", "/edit 3"):
            with pytest.raises(ai.ConfigError):
                enter(shell, chat, wrong) if wrong != "/edit 3" else enter(shell, chat_of(shell, "fake:x"), wrong)


def test_chats_are_saved_loaded_searched_and_cleared(shell: Shell, tmp_path: Path):
    with fake_provider("the moon", "the sun", "again"):
        chat = chat_of(shell, "fake:x", store=tmp_path / "c.db")
        assert "will be kept" in enter(shell, chat, "/save")[0].text
        enter(shell, chat, "what shines at night?")
        first = chat.id
        assert enter(shell, chat, "/save Night")[0].value == {"id": first, "title": "Night"}
        (cleared,) = enter(shell, chat, "/clear")
        assert (cleared.action, cleared.value, texts(chat)) == ("clear", first, [])
        enter(shell, chat, "what shines by day?")
        assert chat.id != first
        assert [each.value["title"] for each in enter(shell, chat, "/load")] == ["what shines by day?", "Night"]
        assert "the [moon]" in enter(shell, chat, "/search moon")[0].text
        assert enter(shell, chat, "/search zzzzzz")[0].value is None
        enter(shell, chat, f"/load {first}")
        enter(shell, chat, "and again?")
    assert texts(chat) == ["what shines at night?", "the moon", "and again?", "again"]
    assert len(chat.store.list()) == 2


def test_files_go_with_the_next_message_alone(shell: Shell, tmp_path: Path):
    (tmp_path / "my notes.txt").write_text("milk")
    with fake_provider("1", "2") as fake:
        chat = chat_of(shell, "fake:x")
        assert enter(shell, chat, f"/attach '{tmp_path}/my notes.txt'")[0].value == [f"{tmp_path}/my notes.txt"]
        enter(shell, chat, "what is it?")
        enter(shell, chat, "sure?")
        with pytest.raises(ai.ConfigError, match="nothing.png"):
            enter(shell, chat, "/attach /nothing.png")
        with pytest.raises(ai.ConfigError, match="usage: /attach"):
            enter(shell, chat, "/attach 'open")
    assert [part.text for part in fake.requests[0].messages[0].parts] == ["my notes.txt:\n\nmilk", "what is it?"]
    assert len(fake.requests[1].messages[2].parts) == 1


def test_cost_and_tokens_are_added_up(shell: Shell):
    priced = [ai.StreamStart(None, "x", "fake"), ai.Finish("stop", None, ai.Usage(10, 2, cost=0.5))]
    with fake_provider(priced, "two"):
        chat = chat_of(shell, "fake:x")
        enter(shell, chat, "a")
        enter(shell, chat, "b")
    assert enter(shell, chat, "/cost")[0].value == {"cost": 0.5, "known": 1, "replies": 2}
    assert enter(shell, chat, "/tokens")[0].value == {"input_tokens": 11, "output_tokens": 3}


def test_chats_are_exported_and_html_is_escaped(shell: Shell, tmp_path: Path):
    with fake_provider("<script>alert('reply')</script>\n```\ncode\n```"):
        chat = chat_of(shell, "fake:x", store=tmp_path / "c.db", system="<b>brief</b>", title="<i>A</i>\nchat")
        picture = ai.ImagePart(data=b"\x89PNG\r\n\x1a\n", media_type="image/png")
        svg = ai.ImagePart(data=b"<svg onload='x'/>", media_type='image/svg+xml"><script>')
        say(shell, chat, ["<img src=x onerror=alert(1)>", picture, svg], validate=False)
    for suffix in ("md", "json", "html"):
        enter(shell, chat, f"/export {tmp_path}/chat.{suffix}")
    page = (tmp_path / "chat.html").read_text()
    allowed = {"html", "meta", "title", "style", "h1", "h2", "p", "article", "pre", "img"}
    assert set(re.findall(r"<(\w+)", page)) <= allowed
    assert re.findall(r"<img[^>]*>", page) == ['<img alt="" src="data:image/png;base64,iVBORw0KGgo=">']
    assert "&lt;script&gt;alert(&#x27;reply&#x27;)&lt;/script&gt;" in page
    document = json.loads((tmp_path / "chat.json").read_text())
    assert [each["role"] for each in document["messages"]] == ["user", "assistant"]
    assert document["chat"]["system"] == "<b>brief</b>"
    assert (tmp_path / "chat.md").read_text().startswith("# <i>A</i> chat\n\nfake:x, ")
    for wrong in ("/export", "/export chat.pdf", f"/export {tmp_path}/no/folder.md"):
        with pytest.raises(ai.ConfigError):
            enter(shell, chat, wrong)


def test_macros_are_listed_and_played(shell: Shell):
    with fake_provider("short") as fake:
        chat = chat_of(shell, "fake:x")
        assert enter(shell, chat, "/macro")[0].value == []
        chat.macros["brief"] = ai.Macro("brief", ["/system Be brief.", "Summarise for {who|everyone}"])
        assert enter(shell, chat, "/macro")[0].value == ["brief"]
        events, error = shell.items(chat.enter("/macro brief who=Ann"))
        assert error is None
        with pytest.raises(ai.ConfigError, match="Did you mean brief"):
            chat.enter("/macro brif")
    assert [each.text for each in events if isinstance(each, ai.TextDelta)] == ["short"]
    assert (fake.requests[0].system, fake.requests[0].messages[0].text) == ("Be brief.", "Summarise for Ann")


def test_quit_asks_whoever_shows_the_chat_to_end(shell: Shell):
    assert [each.action for each in enter(shell, chat_of(shell, "fake:x"), "/quit")] == ["quit"]


def test_commands_are_completed(shell: Shell, tmp_path: Path):
    (tmp_path / "notes.md").write_text("")
    (tmp_path / "news").mkdir()
    with fake_provider("1"):
        chat = chat_of(shell, "fake:x", store=tmp_path / "c.db")
        enter(shell, chat, "a")
    assert chat.complete("/s") == ["/system", "/save", "/search"]
    assert chat.complete("/model anthro") == ["/model anthropic:"]
    assert "/model openai:gpt-5.1" in chat.complete("/model openai:gpt-5")
    assert chat.complete(f"/attach {tmp_path}/n") == [f"/attach {tmp_path}/news/", f"/attach {tmp_path}/notes.md"]
    assert chat.complete("/load ") == [f"/load {chat.id}"]
    assert chat.complete("/config temp") == ["/config temperature"]
    assert chat.complete("/help sea") == ["/help search"]
    assert chat.complete(f"/branch {chat.messages[-1].id}") == [f"/branch {chat.messages[-1].id}"]
    for nothing in ("hello", "/nope x", "/quit x", "/model nope:", "/attach /no/such/folder/"):
        assert chat.complete(nothing) == []
