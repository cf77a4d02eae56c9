"""Chats of llm, ChatGPT and Claude in a store, and our own back again."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.testing import fake_provider
from hypothesis import given
from hypothesis import strategies as st

PIXEL = b"\x89PNG\r\n\x1a\n0"


def imported(path: Path, store: Any = None) -> list[Any]:
    return list((store or ai.chats(path.with_name("chats.db"))).import_from(path))


def said(path: Path, chat: str) -> list[tuple[str, str]]:
    return [(each.role, each.text) for each in ai.chats(path.with_name("chats.db")).messages(chat)]


def chatgpt() -> list[Any]:
    def node(key: str, parent: str | None, role: str, *parts: Any, **more: Any) -> dict[str, Any]:
        content = {"content_type": "text", "parts": list(parts)} | more
        message = {"id": key, "author": {"role": role}, "content": content, "create_time": 1.7e9 + len(key)}
        message["metadata"] = {"model_slug": "gpt-4o"}
        return {"id": key, "parent": parent, "message": message}

    nodes = [
        {"id": "root", "parent": None, "message": None},
        node("sys", "root", "system", ""),
        node("u1", "sys", "user", "Hello", {"content_type": "image_asset_pointer"}),
        node("a1", "u1", "assistant", "Hi!"),
        node("think", "u1", "assistant", content_type="thoughts", thoughts=[{"content": "hm"}]),
        node("tool", "think", "tool", "searched"),
        node("a2", "tool", "assistant", "Hi again!"),
        node("ring1", "ring2", "user", "lost"),
        node("ring2", "ring1", "user", "lost"),
    ]
    mapping = {each["id"]: each for each in nodes}
    return [{"title": "A greeting", "create_time": 1.7e9, "id": "c1", "mapping": mapping, "current_node": "a2"}]


def test_an_export_of_chatgpt_keeps_its_branches(tmp_path: Path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("export/conversations.json", json.dumps(chatgpt()))
        archive.writestr("export/user.json", "{}")
    (chat,) = imported(path)
    assert (chat.title, chat.messages, chat.created) == ("A greeting", 4, 1.7e9)
    assert said(path, chat.id) == [("user", "Hello[image]"), ("assistant", ""), ("assistant", "Hi again!")]
    store = ai.chats(tmp_path / "chats.db")
    assert [each.text for each in store.branches(chat.id)] == ["Hi again!", "Hi!"]
    assert store.messages(chat.id)[1].parts == (ai.ReasoningPart("hm"),)
    assert [each.title for each in store.search("greeting hello")] == ["A greeting"]
    assert imported(path) == []


def test_an_export_of_claude_is_read(tmp_path: Path):
    path = tmp_path / "conversations.json"
    messages = [
        {"uuid": "1", "sender": "human", "text": "Sum up", "created_at": "2025-03-01T10:00:00.5Z",
         "attachments": [{"file_name": "a.txt", "extracted_content": "long"}], "content": []},
        {"uuid": "2", "sender": "assistant", "text": "short", "created_at": "2025-03-01T10:00:09Z",
         "content": [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "Short."}]},
        {"uuid": "3", "sender": "assistant", "text": "Shorter.", "parent_message_uuid": "1", "content": []},
    ]  # fmt: skip
    path.write_text(json.dumps([{"uuid": "c", "name": "", "created_at": "?", "chat_messages": messages}]))
    (chat,) = imported(path)
    assert chat.title.startswith("a.txt: long")
    store = ai.chats(tmp_path / "chats.db")
    assert sorted(each.text for each in store.tree(chat.id)) == ["Short.", "Shorter.", "a.txt:\n\nlongSum up"]
    assert len(store.branches(chat.id)) == 2


LLM = """
CREATE TABLE conversations (id TEXT PRIMARY KEY, name TEXT, model TEXT);
CREATE TABLE responses (
    id TEXT PRIMARY KEY, model TEXT, prompt TEXT, system TEXT, prompt_json TEXT, options_json TEXT, response TEXT,
    response_json TEXT, conversation_id TEXT, duration_ms INTEGER, datetime_utc TEXT, input_tokens INTEGER,
    output_tokens INTEGER, token_details TEXT, schema_id TEXT
);
CREATE TABLE attachments (id TEXT PRIMARY KEY, type TEXT, path TEXT, url TEXT, content BLOB);
CREATE TABLE prompt_attachments (response_id TEXT, attachment_id TEXT, "order" INTEGER);
CREATE TABLE fragments (id INTEGER PRIMARY KEY, hash TEXT, content TEXT, datetime_utc TEXT, source TEXT);
CREATE TABLE prompt_fragments (response_id TEXT, fragment_id INTEGER, "order" INTEGER);
CREATE TABLE messages (hash TEXT PRIMARY KEY, parent_hash TEXT, role TEXT, provider_metadata TEXT);
CREATE TABLE parts (
    id INTEGER PRIMARY KEY, message_hash TEXT, position INTEGER, type TEXT, tool_name TEXT, text TEXT, payload TEXT
);
CREATE TABLE threads (id TEXT PRIMARY KEY, name TEXT, tip_message_hash TEXT, forked_from TEXT, datetime_utc TEXT);
CREATE TABLE turns (
    id TEXT PRIMARY KEY, thread_id TEXT, parent_message_hash TEXT, tip_message_hash TEXT, model TEXT,
    resolved_model TEXT, options_json TEXT, schema_id TEXT, input_tokens INTEGER, output_tokens INTEGER,
    token_details TEXT, duration_ms INTEGER, datetime_utc TEXT
);
"""


def test_a_log_of_llm_is_read_in_both_of_its_forms(tmp_path: Path):
    path = tmp_path / "logs.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(LLM)
        connection.execute("INSERT INTO conversations VALUES ('c', 'Old form', 'gpt-4o')")
        for number, at in ((2, "2025-01-01T00:00:02"), (1, "2025-01-01T00:00:01")):
            connection.execute(
                "INSERT INTO responses VALUES (?, 'gpt-4o', ?, 'Be brief.', '', '', ?, '', 'c', 1500, ?, 7, 8, '', '')",
                (f"r{number}", f"ask {number}", f"reply {number}", at),
            )
        connection.execute("INSERT INTO attachments VALUES ('p', 'image/png', NULL, NULL, ?)", (PIXEL,))
        connection.execute("INSERT INTO attachments VALUES ('f', NULL, '/secret/file', NULL, NULL)")
        connection.executemany("INSERT INTO prompt_attachments VALUES ('r1', ?, ?)", [("p", 0), ("f", 1)])
        connection.execute("INSERT INTO fragments VALUES (1, 'h', 'a fragment', '', '')")
        connection.execute("INSERT INTO prompt_fragments VALUES ('r2', 1, 0)")
        connection.execute("INSERT INTO threads VALUES ('t', 'New form', 'm4', NULL, '2026-01-01T00:00:00')")
        chain = [("m0", None, "system"), ("m1", "m0", "user"), ("m2", "m1", "assistant"), ("m3", "m2", "tool"),
                 ("m4", "m3", "assistant")]  # fmt: skip
        connection.executemany("INSERT INTO messages VALUES (?, ?, ?, NULL)", chain)
        ref = json.dumps({"text_ref": [{"literal": "see "}, {"fragment": 1}]})
        call = json.dumps({"name": "add", "arguments": {"a": 1}, "tool_call_id": "x"})
        result = json.dumps({"name": "add", "output": "3", "tool_call_id": "x"})
        rows = [("m0", 0, "text", "Be kind.", None), ("m1", 0, "text", None, ref),
                ("m1", 1, "attachment", None, '{"attachment": {"id": "p"}}'), ("m2", 0, "tool_call", None, call),
                ("m3", 0, "tool_result", None, result), ("m4", 0, "text", "It is 3.", None)]  # fmt: skip
        insert = "INSERT INTO parts (message_hash, position, type, text, payload) VALUES (?, ?, ?, ?, ?)"
        connection.executemany(insert, rows)
        connection.execute(
            "INSERT INTO turns VALUES ('u', 't', 'm3', 'm4', 'gpt-5', '', '', '', 5, 6, '', 250, '2026-01-01T00:00:05')"
        )
    old, new = imported(path)
    assert (old.title, old.system, new.title, new.system) == ("Old form", "Be brief.", "New form", "Be kind.")
    assert said(path, old.id) == [
        ("user", "[/secret/file]ask 1"), ("assistant", "reply 1"), ("user", "a fragment\nask 2"),
        ("assistant", "reply 2"),
    ]  # fmt: skip
    store = ai.chats(tmp_path / "chats.db")
    first = store.messages(old.id)
    assert first[0].parts[0] == ai.ImagePart(data=PIXEL, media_type="image/png")
    assert (first[1].usage, first[1].seconds, first[1].model, first[1].cost) == (ai.Usage(7, 8), 1.5, "gpt-4o", None)
    assert first[1].created == 1735689601.0
    second = store.messages(new.id)
    assert [each.role for each in second] == ["user", "assistant", "tool", "assistant"]
    assert second[0].text == "see a fragment"
    assert second[1].parts == (ai.ToolCallPart(ai.ToolCall("x", "add", {"a": 1})),)
    assert second[2].parts == (ai.ToolResultPart("x", "3"),)
    assert (second[3].model, second[3].usage) == ("gpt-5", ai.Usage(5, 6))
    assert imported(path) == []


def test_a_chat_goes_out_as_json_and_comes_back_as_it_was(tmp_path: Path):
    with fake_provider("one", "two"):
        chat = ai.Chat(ai.Client(), "fake:x", system="Be brief.", tags=["a"])
        chat.say(["look", ai.ImagePart(data=PIXEL, media_type="image/png")], validate=False).collect()
        chat.say("more").collect()
    path = tmp_path / "chat.json"
    path.write_text(chat.store.export(str(chat.id), "json"))
    (back,) = imported(path)
    assert (back.system, back.model, back.tags, back.title) == ("Be brief.", "fake:x", ("a",), "look")
    found = ai.chats(tmp_path / "chats.db").messages(back.id)
    assert [each.message for each in found] == list(chat.history)
    assert [each.usage for each in found] == [each.usage for each in chat.messages]
    with fake_provider("three") as fake:
        ai.Chat(ai.Client(), store=tmp_path / "chats.db", chat=back.id).say("go on", validate=False).collect()
    assert fake.requests[0].messages[0].parts[1].data == PIXEL


def test_a_chat_of_ours_keeps_its_branch_its_options_and_how_replies_ended(tmp_path: Path):
    with fake_provider("one", "two", ai.RateLimited("slow down")):
        chat = ai.Chat(ai.Client(), "fake:x", temperature=0.5)
        chat.say("first").collect()
        first = chat.branches()[0].head
        chat.retry().collect()
        chat.switch(first)
        with chat.say("left") as run, pytest.raises(ai.RateLimited):
            run.collect()
        chat.switch(first)
    document = json.loads(chat.store.export(str(chat.id), "json"))
    document["messages"][1] |= {"status": "failed", "error": "RateLimited", "cost": None, "cost_unknown": "no price"}
    path = tmp_path / "chat.json"
    path.write_text(json.dumps(document))
    (back,) = imported(path)
    found = ai.chats(tmp_path / "chats.db").messages(back.id)
    assert [each.text for each in found] == ["first", "one"]
    assert (found[1].status, found[1].error, found[1].cost_unknown) == ("failed", "RateLimited", "no price")
    assert back.options == {"temperature": 0.5}


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "not valid JSON"), (b"{", "not valid JSON"), (b"[]", "allowed: an export"), (b"[1, null]", "allowed"),
     (b"PK\x03\x04", "not a readable archive"), (b"SQLite format 3\x00" + b"x" * 100, "cannot be read"),
     (b"[" * 100_000, "not valid JSON"), (b'{"format": "fluent-ai chat", "chat": 7}', "ChatSummary")],
)  # fmt: skip
def test_what_is_no_export_is_refused(tmp_path: Path, content: bytes, told: str):
    path = tmp_path / "export"
    path.write_bytes(content)
    with pytest.raises(ai.ConfigError, match=told):
        imported(path)
    assert ai.chats(tmp_path / "chats.db").list() == ()


def test_a_database_of_another_kind_and_a_missing_file_are_refused(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE x (y)")
        connection.commit()
    with pytest.raises(ai.ConfigError, match="not a log of llm"):
        imported(tmp_path / "other.db")
    with pytest.raises(ai.ConfigError, match="No such file"):
        imported(tmp_path / "missing.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["message", "author", "role", "content", "parts", "parent", "text", "sender", "attachments"]),
        inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(JSON, JSON, st.sampled_from(["user", "assistant", "human"]))
def test_no_export_is_too_strange_to_be_read(node: Any, other: Any, role: str):
    from fluent_ai_toolkit.chat.formats.exports import read_exports
    from fluent_ai_toolkit.chat.formats.imported import write

    message = {"author": {"role": role}, "sender": role, "content": node, "text": other}
    exports = [
        {"mapping": {"a": node, "b": {"message": message, "parent": other}, "c": {"message": other, "parent": "b"}}},
        {"chat_messages": [message, node, other], "uuid": node, "name": other},
    ]
    store = ai.Chat(ai.Client(), "fake:x").store
    for chat in read_exports(Path("export"), json.dumps(exports).encode()):
        with store.writing() as connection:
            write(connection, chat)
