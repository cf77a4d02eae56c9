"""The processor time of searches in 100,000 messages, and of correcting a word, against a look at all messages.

python benchmarks/chat_search.py [MESSAGES]
"""

from __future__ import annotations

import difflib
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

import fluent_ai as ai

from fluent_ai_toolkit.chat import Chats, rows
from fluent_ai_toolkit.chat.chat_rows import make_chat
from fluent_ai_toolkit.chat.rows import NewMessage

RARE = ("kubernetes", "postgres", "photosynthesis", "zeppelin", "Überraschung")
QUERIES = {
    "a word": "photosynthesis",
    "a typo": "kubernets postgres",
    "two typos": "photosyntesys",
    "a prefix": "zepp",
    "frequent words": "{0} {1}",
    "no such word": "qqqqqqqqqq",
    "a substring": "osynthes",
    "without diacritics": "uberraschung",
}


def made_words(random_: random.Random, count: int) -> list[str]:
    syllables = [a + b for a in "bcdfghjklmnprstvwz" for b in ("a", "e", "i", "o", "u", "ar", "en", "il")]
    return sorted({"".join(random_.choices(syllables, k=random_.choice((2, 2, 3, 3, 4)))) for _ in range(count)})


def fill(store: Chats, messages: int) -> list[str]:
    """Texts of 50 words, as frequent as Zipf's law has it; the frequent words."""
    random_ = random.Random(7)  # noqa: S311
    words = made_words(random_, 80_000)
    random_.shuffle(words)
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    texts = random_.choices(words, weights, k=50 * messages)
    now = time.time()
    for start in range(0, messages, 1000):
        with store.writing() as connection:
            chat = make_chat(connection, title=f"chat {start}")
            for number in range(start, min(start + 1000, messages)):
                text = " ".join(texts[50 * number : 50 * number + 50])
                if number % 997 == 0:
                    text += " " + " ".join(RARE)
                new = NewMessage(
                    role="user", parts=(ai.TextPart(text),), text=text, created=now - (messages - number) * 60
                )
                rows.insert(connection, chat, None, new)
    return words


def main() -> None:
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chats.db"
        began = time.process_time()
        words = fill(ai.chats(path), messages)
        took = time.process_time() - began
        size = path.stat().st_size / 1e6
        print(f"{messages:,} messages written in {took:.1f} s ({1e6 * took / messages:.0f} us each), {size:.0f} MB")
        cold = ai.chats(path)
        began = time.process_time()
        cold.search("kubernets postgres").collect()
        print(f"the first search of a process: {1e3 * (time.process_time() - began):.0f} ms")
        for name, query in QUERIES.items():
            query = query.format(*words[:2])
            times = []
            for _ in range(5):
                began = time.process_time()
                found = cold.search(query).collect()
                times.append(1e3 * (time.process_time() - began))
            print(f"{name:20} {statistics.median(times):7.1f} ms, {len(found.hits):3} hits, {found.corrections}")
        compare(path)


def compare(path: Path) -> None:
    """The nearest known word to one that is written wrongly, against the nearest word of all messages."""
    store = ai.chats(path)
    store.search("x").collect()
    vocabulary = store._vocabulary  # noqa: SLF001  # what is measured
    began = time.process_time()
    for _ in range(20):
        vocabulary.nearest("kubernets")
    one = (time.process_time() - began) / 20
    began = time.process_time()
    texts = sqlite3.connect(path).execute("SELECT text FROM messages").fetchall()
    for (text,) in texts[: len(texts) // 100]:
        difflib.get_close_matches("kubernets", text.split(), n=1, cutoff=0.85)
    other = 100 * (time.process_time() - began)
    print(f"correcting a word: {1e3 * one:.2f} ms; looking at all messages instead: about {1e3 * other:.0f} ms")


if __name__ == "__main__":
    main()
