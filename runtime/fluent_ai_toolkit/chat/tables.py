"""The tables of a store of chats, and the steps that lead from one version of them to the next."""

from __future__ import annotations

from typing import Final

_FIRST: Final = """
CREATE TABLE chats (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, created REAL NOT NULL, updated REAL NOT NULL, model TEXT, system TEXT,
    options TEXT NOT NULL, head INTEGER, source TEXT UNIQUE
);
CREATE INDEX chats_by_time ON chats (updated);
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    parent INTEGER REFERENCES messages (id) ON DELETE CASCADE, role TEXT NOT NULL, parts TEXT NOT NULL,
    text TEXT NOT NULL, status TEXT NOT NULL, created REAL NOT NULL, provider TEXT, model TEXT, usage TEXT, cost REAL,
    cost_estimated INTEGER, cost_unknown TEXT, seconds REAL, error TEXT
);
CREATE INDEX messages_by_chat ON messages (chat);
CREATE INDEX messages_by_parent ON messages (parent);
CREATE INDEX messages_unfinished ON messages (id) WHERE status = 'partial';
CREATE TABLE tags (
    chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE, tag TEXT NOT NULL, PRIMARY KEY (chat, tag)
) WITHOUT ROWID;
CREATE INDEX chats_by_tag ON tags (tag);
CREATE TABLE media (hash TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE message_media (
    message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    hash TEXT NOT NULL REFERENCES media (hash), PRIMARY KEY (message, position)
) WITHOUT ROWID;
CREATE INDEX messages_by_media ON message_media (hash);
"""
_SECOND: Final = """
CREATE VIRTUAL TABLE words USING fts5(
    text, content = 'messages', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE pieces USING fts5(
    text, content = 'messages', content_rowid = 'id', tokenize = 'trigram', detail = 'none'
);
CREATE TABLE terms (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE);
INSERT INTO words (words) VALUES ('rebuild');
INSERT INTO pieces (pieces) VALUES ('rebuild');
CREATE VIRTUAL TABLE temp.counted USING fts5vocab ('main', 'words', 'row');
INSERT INTO terms (term) SELECT term FROM temp.counted WHERE length(term) BETWEEN 3 AND 40;
DROP TABLE temp.counted;
CREATE TRIGGER message_added AFTER INSERT ON messages BEGIN
    INSERT INTO words (rowid, text) VALUES (new.id, new.text);
    INSERT INTO pieces (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER message_deleted AFTER DELETE ON messages BEGIN
    INSERT INTO words (words, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO pieces (pieces, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER message_changed AFTER UPDATE OF text ON messages WHEN old.text IS NOT new.text BEGIN
    INSERT INTO words (words, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO words (rowid, text) VALUES (new.id, new.text);
    INSERT INTO pieces (pieces, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO pieces (rowid, text) VALUES (new.id, new.text);
END;
"""
"""What finds messages: their words, and any three characters in a row (https://sqlite.org/fts5.html). Neither index
holds text of its own. `terms` are the words that occur or have occurred, by which words are corrected."""
STEPS: tuple[str, ...] = (_FIRST, _SECOND)
"""The script that leads from version n to n + 1, for each n from 0. A script that has been released never changes."""


def steps_from(version: int) -> str:
    """The script that brings a file of that version up to date."""
    return "".join(STEPS[version:])
