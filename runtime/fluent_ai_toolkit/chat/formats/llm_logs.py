"""The logs.db of llm (https://llm.datasette.io/en/stable/logging.html): its conversations, and its later threads."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from fluent_ai.content.files import sniff
from fluent_ai.content.parts import (
    AudioPart,
    DocumentPart,
    ImagePart,
    Part,
    ReasoningPart,
    TextPart,
    ToolCall,
    ToolCallPart,
    ToolResultPart,
)
from fluent_ai.content.reply import Usage
from fluent_ai.errors import ConfigError

from fluent_ai_toolkit.chat.formats.imported import ImportedChat, ImportedMessage, list_at, moment_of, text_at

_TOKENS: Final = ("input_tokens", "output_tokens")


def read_llm_logs(path: Path) -> Iterator[ImportedChat]:
    """The conversations of a log, which is only read. Raises ConfigError for a database of another kind."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables & {"responses", "turns"}:
                raise ConfigError(f"{path}: a database, but not a log of llm: it has no table responses or turns")
            if "responses" in tables:
                yield from _conversations(connection, tables)
            if "turns" in tables:
                yield from _threads(connection)
    except (sqlite3.Error, json.JSONDecodeError) as error:
        raise ConfigError(f"{path}: the log of llm cannot be read: {error}") from None


def _conversations(connection: sqlite3.Connection, tables: set[str]) -> Iterator[ImportedChat]:
    query = "SELECT id, name FROM conversations" if "conversations" in tables else "SELECT NULL, NULL WHERE 0"
    for conversation, name in connection.execute(query).fetchall():
        found = connection.execute(
            "SELECT * FROM responses WHERE conversation_id = ? ORDER BY datetime_utc, id", (conversation,)
        ).fetchall()
        messages: list[ImportedMessage] = []
        for row in found:
            created = moment_of(row["datetime_utc"])
            reply: list[Part] = []
            if reasoning := _field(row, "reasoning"):
                reply.append(ReasoningPart(str(reasoning)))
            reply.append(TextPart(row["response"] or ""))
            for role, parts in (("user", _prompt(connection, tables, row)), ("assistant", reply)):
                of_reply = role == "assistant"
                messages.append(
                    ImportedMessage(
                        key=f"{row['id']} {role}",
                        parent=messages[-1].key if messages else None,
                        role=role,
                        parts=parts,
                        created=created,
                        model=row["model"] if of_reply else None,
                        usage=_usage(row) if of_reply else None,
                        seconds=_seconds(row) if of_reply else None,
                    )
                )
        system = next((row["system"] for row in found if row["system"]), None)
        yield ImportedChat(source=f"llm:{conversation}", title=name or "", system=system, messages=messages)


def _prompt(connection: sqlite3.Connection, tables: set[str], row: sqlite3.Row) -> list[Part]:
    parts: list[Part] = []
    if "prompt_attachments" in tables:
        query = """
            SELECT attachments.* FROM prompt_attachments JOIN attachments ON attachments.id = attachment_id
            WHERE response_id = ? ORDER BY prompt_attachments."order"
        """
        parts += [_file(each) for each in connection.execute(query, (row["id"],))]
    texts = []
    if "prompt_fragments" in tables:
        query = """
            SELECT content FROM prompt_fragments JOIN fragments ON fragments.id = fragment_id
            WHERE response_id = ? ORDER BY prompt_fragments."order"
        """
        texts = [each[0] for each in connection.execute(query, (row["id"],))]
    return [*parts, TextPart("\n".join(filter(None, (*texts, row["prompt"]))))]


def _threads(connection: sqlite3.Connection) -> Iterator[ImportedChat]:
    turns = {row["tip_message_hash"]: row for row in connection.execute("SELECT * FROM turns ORDER BY datetime_utc")}
    for thread in connection.execute("SELECT * FROM threads").fetchall():
        messages: list[ImportedMessage] = []
        system = None
        created = moment_of(thread["datetime_utc"])
        for message, role in _chain(connection, thread["tip_message_hash"]):
            parts = _parts(connection, message)
            if role == "system":
                system = system or "".join(each.text for each in parts if isinstance(each, TextPart))
            elif parts and role in ("user", "assistant", "tool"):
                turn = turns.get(message)
                created = moment_of(turn["datetime_utc"]) if turn else created
                messages.append(
                    ImportedMessage(
                        key=message,
                        parent=messages[-1].key if messages else None,
                        role=role,
                        parts=parts,
                        created=created,
                        model=turn["model"] if turn else None,
                        usage=_usage(turn) if turn else None,
                        seconds=_seconds(turn) if turn else None,
                    )
                )
        name = thread["name"] or ""
        yield ImportedChat(source=f"llm:{thread['id']}", title=name, system=system, messages=messages)


def _chain(connection: sqlite3.Connection, tip: str | None) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    while tip is not None and tip not in found:
        row = connection.execute("SELECT parent_hash, role FROM messages WHERE hash = ?", (tip,)).fetchone()
        if row is None:
            break
        found[tip], tip = row["role"], row["parent_hash"]
    return list(found.items())[::-1]


def _parts(connection: sqlite3.Connection, message: str) -> list[Part]:
    query = "SELECT * FROM parts WHERE message_hash = ? ORDER BY position"
    found = (_part(connection, row) for row in connection.execute(query, (message,)).fetchall())
    return [part for part in found if part is not None]


def _part(connection: sqlite3.Connection, row: sqlite3.Row) -> Part | None:
    payload = json.loads(row["payload"]) if row["payload"] else {}
    text = row["text"] if row["text"] is not None else _with_fragments(connection, payload)
    match row["type"]:
        case "text":
            return TextPart(text)
        case "reasoning":
            return ReasoningPart(text)
        case "tool_call":
            arguments = payload.get("arguments")
            known = arguments if isinstance(arguments, dict) else {}
            return ToolCallPart(ToolCall(text_at(payload, "tool_call_id"), text_at(payload, "name"), known))
        case "tool_result":
            output = payload.get("output")
            shown = output if isinstance(output, str) else json.dumps(output)
            return ToolResultPart(text_at(payload, "tool_call_id"), shown, bool(payload.get("exception")))
        case "attachment":
            query = "SELECT * FROM attachments WHERE id = ?"
            found = connection.execute(query, (text_at(payload, "attachment", "id"),)).fetchone()
            return None if found is None else _file(found)
    return None


def _with_fragments(connection: sqlite3.Connection, payload: Mapping[str, Any]) -> str:
    pieces = list_at(payload, "text_ref")
    return "".join(_piece(connection, each) for each in pieces) if pieces else text_at(payload, "text")


def _piece(connection: sqlite3.Connection, piece: Mapping[str, Any]) -> str:
    if "literal" in piece:
        return text_at(piece, "literal")
    row = connection.execute("SELECT content FROM fragments WHERE id = ?", (piece.get("fragment"),)).fetchone()
    return row[0] if row else ""


def _file(row: sqlite3.Row) -> Part:
    kind = row["type"] or ""
    if row["content"] is not None:
        data = bytes(row["content"])
        kind = kind or sniff(data) or "application/octet-stream"
        place: dict[str, Any] = {"data": data, "media_type": kind}
    elif row["url"]:
        place = {"url": row["url"], "media_type": kind or None}
    else:  # a path of the machine that wrote the log, which may hold anything by now
        return TextPart(f"[{row['path'] or 'attachment'}]")
    if kind.startswith("image/"):
        return ImagePart(**place)
    return AudioPart(**place) if kind.startswith("audio/") else DocumentPart(**place)


def _usage(row: sqlite3.Row) -> Usage | None:
    read, written = (each if isinstance(each := _field(row, name), int) else None for name in _TOKENS)
    return None if read is None and written is None else Usage(read, written)


def _seconds(row: sqlite3.Row) -> float | None:
    found = _field(row, "duration_ms")
    return found / 1000 if isinstance(found, int) else None


def _field(row: sqlite3.Row, name: str) -> object:
    """A column that only later versions have."""
    keys: Sequence[str] = row.keys()
    return row[name] if name in keys else None
