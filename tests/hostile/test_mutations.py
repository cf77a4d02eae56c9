"""Valid input with a few bytes changed: whatever reads it answers, or raises an error of ours.

FLUENT_AI_FUZZ_ROUNDS sets how many mutations each reader gets, FLUENT_AI_FUZZ_SEED which.
"""

from __future__ import annotations

import json
import random
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import fluent_ai as ai
import pytest
from fluent_ai.manifest.files import data_folder, parse_manifest
from fluent_ai.manifest.schema import ListShape
from fluent_ai.protocols.shared.encoding import to_json
from fluent_ai.protocols.table import chat_codec, codecs
from fluent_ai.registry import Registry, lists
from fluent_ai.registry.overlays import read_overlays
from fluent_ai.registry.refreshed_lists import LiveList, LiveLists
from fluent_ai.schema.partial_json import PartialJSON
from import_graph import ROOT
from mutations import ROUNDS, SEED, mutated
from protocol_checks import body_of
from written_streams import CASES

Reader = Callable[[bytes, Path], object]

REPLY = ai.Reply(
    model="m",
    provider="acme",
    parts=(ai.TextPart("Hello"), ai.ToolCall("c", "f", {"a": [1, None]})),
    usage=ai.Usage(1, 2),
)
LIST = json.dumps(
    {
        name: [
            {"id": "m", "name": "models/m", "model": "m", "created": 1700000000, "object": "model",
             "context_length": 8192, "pricing": {"prompt": "0.1"}, "capabilities": {"vision": True},
             "supported_parameters": ["tools"]}
        ]
        for name in ("data", "models", "result", "modelSummaries", "value", "items")
    }
).encode()  # fmt: skip


def parse_chat(protocol: str) -> Reader:
    def read(data: bytes, folder: Path) -> None:
        parser = chat_codec(protocol).parser("acme")
        for start in range(0, len(data), 1000):
            parser.feed(data[start : start + 1000])
        parser.finish()

    return read


def send_tool_result(protocol: str) -> Reader:
    """The bytes as text that a tool was called with and returned: what is sent is JSON."""

    def send(data: bytes, folder: Path) -> None:
        text = data.decode("utf-8", "surrogateescape")
        call = ai.ToolCall("call_0", "f", {"x": text})
        messages = [
            ai.Message("user", (ai.TextPart("hi"),)),
            ai.Message("assistant", (ai.ToolCallPart(call),)),
            ai.Message("tool", (ai.ToolResultPart("call_0", text),)),
        ]
        json.loads(to_json(body_of(chat_codec(protocol), messages)).decode())

    return send


def read_file(reader: Callable[[Path], object], name: str) -> Reader:
    def read(data: bytes, folder: Path) -> None:
        path = folder / name
        path.write_bytes(data)
        reader(path)

    return read


def read_partial(data: bytes, folder: Path) -> None:
    reader = PartialJSON()
    reader.feed(data.decode("utf-8", "surrogateescape"))


def look_up(path: Path) -> None:
    for model in Registry(path, overlays=[]).find():
        model.sources  # noqa: B018  # decodes the evidence


def look_up_refreshed(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # says that the file is damaged
        assert Registry(live=path.parent, overlays=[]).find(provider="groq")


def read_list(shape: ListShape) -> Reader:
    return lambda data, folder: lists.parse(shape, data, "acme")


def read_reply(data: bytes, folder: Path) -> None:
    ai.Reply.from_json(data)


def read_event(data: bytes, folder: Path) -> None:
    ai.event_from_json(data)


def refreshed_list() -> bytes:
    """The file that a process keeps of a list that it asked for."""
    with TemporaryDirectory() as folder:
        listed = ai.models.find(provider="groq")[:3]
        LiveLists(Path(folder)).put(LiveList.of("groq", "https://groq.example", listed, datetime.now(UTC)))
        return (Path(folder) / "groq.json").read_bytes()


def readers() -> Iterator[tuple[str, Reader, list[bytes]]]:
    """Each reader with what is changed for it."""
    for protocol in codecs("chat"):
        yield (
            f"chat-{protocol}",
            parse_chat(protocol),
            [b"".join(case.pieces()) for case in CASES if case.protocol == protocol],
        )
        yield f"tool result-{protocol}", send_tool_result(protocol), ['{"temperature": 21, "é": "\U0001f600"}'.encode()]
    manifests = [path.read_bytes() for path in sorted((ROOT / "specs" / "providers").glob("*.toml"))]
    yield "manifest", lambda data, folder: parse_manifest(data, "acme.toml"), manifests
    overlays = [path.read_bytes() for path in sorted((ROOT / "specs" / "models").glob("*.toml"))]
    yield "overlay", read_file(read_overlays, "acme.toml"), [data for data in overlays if len(data) < 20_000]
    catalogs = [path.read_bytes() for path in sorted((data_folder() / "catalog").glob("*.json"))]
    yield "catalog", read_file(look_up, "acme.json"), [data for data in catalogs if len(data) < 50_000]
    yield "refreshed list", read_file(look_up_refreshed, "groq.json"), [refreshed_list()]
    for shape in get_args(ListShape):
        yield f"list-{shape}", read_list(shape), [LIST]
    yield "partial JSON", read_partial, [LIST]
    yield "reply", read_reply, [REPLY.to_json().encode()]
    yield "event", read_event, [ai.Finish("stop", ai.Usage(1, 2)).to_json().encode()]


@pytest.mark.parametrize(("name", "read", "sound"), [pytest.param(*row, id=row[0]) for row in readers()])
def test_changed_input_is_read_or_refused(name: str, read: Reader, sound: list[bytes], tmp_path: Path) -> None:
    rng = random.Random(f"{SEED} {name}")
    assert sound
    for number in range(ROUNDS):
        data = mutated(rng.choice(sound), rng)
        try:
            read(data, tmp_path)
        except ai.FluentError:
            continue
        except Exception as error:
            raise AssertionError(f"round {number} of seed {SEED}: {data[:2000]!r}") from error
