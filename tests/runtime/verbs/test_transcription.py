"""Transcription over a real socket: forms, streams, timestamps, files, failures, workers."""

from __future__ import annotations

import base64
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.content.files import File, sniff
from fluent_ai.interfaces import Emit
from fluent_ai.manifest.schema import Auth, Manifest, Media, Route
from fluent_ai.protocols.table import codecs, load_codec
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.transcribe import TranscribeRequest, TranscriptItem
from hostile import bodies, survive
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Sent, Server, reply, sse, stream
from verb_answers.transcription import ANSWERS

MODEL = "acme:whisper-1"
KEY = "test-key-0123456789"
MP3 = b"ID3\x04 the bytes of a sound"


def row(url: str, **changes: Any) -> Manifest:
    fields: dict[str, Any] = {"protocol": "openai_transcription", "path": "/audio/transcriptions"}
    auth = Auth(env=("ACME_KEY",))
    route = Route(**fields | changes)
    return Manifest(id="acme", name="Acme", docs="https://acme.test", base_url=url, auth=auth, transcription=(route,))


def client(server: Server, **changes: Any) -> ai.Client:
    return ai.Client(manifests=[row(server.url, **changes)], keys={"acme": KEY}, retries=0)


def form(sent: Sent) -> dict[str, Any]:
    """The fields of a form, as Python's parser of MIME reads them."""
    head = b"content-type: " + sent.headers["content-type"].encode() + b"\r\n\r\n"
    message = message_from_bytes(head + sent.body, policy=policy.HTTP)
    found: dict[str, Any] = {}
    for part in message.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        file = part.get_filename()
        found[name] = content.decode() if file is None else (file, part.get_content_type(), content)
    return found


def test_what_is_sent(server: Server) -> None:
    server.say(reply(200, {"text": "hi"}))
    with client(server) as acme:
        acme.transcribe(
            MODEL, MP3, language="en", prompt="names: Ada", temperature=0.5, timestamps="word", extra_body={"x": [1, 2]}
        )
    fields = form(server.sent[0])
    assert fields.pop("x[]") == "2"
    assert fields == {
        "model": "whisper-1",
        "language": "en",
        "prompt": "names: Ada",
        "temperature": "0.5",
        "response_format": "verbose_json",
        "timestamp_granularities[]": "word",
        "file": ("audio.mp3", "audio/mpeg", MP3),
    }


def test_timestamps_and_usage(server: Server) -> None:
    said = {
        "task": "transcribe",
        "text": "Hi there.",
        "language": "english",
        "duration": "1.25",
        "segments": [{"id": 0, "start": 0.0, "end": 1.25, "text": "Hi there."}],
        "words": [{"word": "Hi", "start": 0, "end": 0.5}, {"word": "there", "start": 0.5, "end": 1.25}],
        "usage": {"type": "duration", "seconds": 2},
    }
    server.say(reply(200, said))
    with client(server) as acme:
        found = acme.transcribe(MODEL, MP3, timestamps="segment")
    assert (found.text, found.language, found.duration) == ("Hi there.", "english", 1.25)
    assert found.segments == (ai.Segment(0.0, 1.25, "Hi there."),)
    assert [word.text for word in found.words] == ["Hi", "there"]
    assert found.usage is not None
    assert found.usage.raw == {"type": "duration", "seconds": 2}


def test_the_text_comes_as_the_server_writes_it(server: Server) -> None:
    server.say(ANSWERS["openai_transcription"])
    with client(server, media=Media(streams=True)) as acme, acme.stream_transcribe(MODEL, MP3) as stream:
        items = list(stream)
        assert stream.partial.text == "Hello there"
    kinds = [type(item).__name__ for item in items]
    assert kinds == ["StreamStart", "TranscriptDelta", "TranscriptDelta", "TranscriptEnd", "UsageUpdate"]
    assert form(server.sent[0])["stream"] == "true"


def test_an_answer_that_is_not_streamed_comes_as_the_same_items(server: Server) -> None:
    server.say(reply(200, {"text": "Hello"}))
    with client(server) as acme, acme.stream_transcribe(MODEL, MP3) as stream:
        assert list(stream) == [
            ai.StreamStart(provider="acme", requested_model="whisper-1"),
            ai.TranscriptDelta("Hello"),
            ai.TranscriptEnd("Hello"),
        ]
    assert "stream" not in form(server.sent[0])


def test_mistral_streams_segments_and_words(server: Server) -> None:
    server.say(ANSWERS["mistral_transcription"])
    with ai.Client(keys={"mistral": KEY}, base_urls={"mistral": server.url}) as mistral:
        segments = mistral.transcribe("mistral:voxtral", MP3, timestamps="segment")
        words = mistral.transcribe("mistral:voxtral", ai.AudioPart(url="https://acme.test/a.mp3"), timestamps="word")
    assert (segments.language, segments.duration) == ("en", 1.0)
    assert segments.segments == (ai.Segment(0.0, 0.9, "Hello there"),)
    assert words.words == (ai.Word(0.0, 0.9, "Hello there"),)
    assert words.segments == ()
    sent = form(server.sent[1])
    assert sent == {
        "model": "voxtral",
        "timestamp_granularities[]": "word",
        "stream": "true",
        "file_url": "https://acme.test/a.mp3",
    }


def test_translation_has_its_own_path(server: Server) -> None:
    server.say(reply(200, {"text": "hi"}))
    media = Media(other_path="/audio/translations", streams=True)
    with client(server, media=media) as acme:
        acme.transcribe(MODEL, MP3, translate=True, timestamps="segment")
        acme.transcribe(MODEL, MP3, translate=False)
    assert [sent.path for sent in server.sent] == ["/audio/translations", "/audio/transcriptions"]
    assert set(form(server.sent[0])) == {"model", "response_format", "file"}


def test_a_path_and_a_part(server: Server, tmp_path: Path) -> None:
    server.say(reply(200, {"text": "hi"}))
    path = tmp_path / 'a "private" name.bin'
    path.write_bytes(b"unknown bytes")
    (tmp_path / "a.m4a").write_bytes(b"\0\0\0\x20ftypM4A ")
    with client(server) as acme:
        acme.transcribe(MODEL, ai.AudioPart(path=str(path), media_type="audio/ogg; codecs=opus"))
        acme.transcribe(MODEL, tmp_path / "a.m4a")
    assert form(server.sent[0])["file"] == ("audio.ogg", "audio/ogg", b"unknown bytes")
    assert b"private" not in server.sent[0].body
    assert repr(File(MP3, "audio/mpeg", "mp3")) == "File(25 bytes, 'audio/mpeg')"
    assert form(server.sent[1])["file"][:2] == ("audio.m4a", "audio/mp4")


@pytest.mark.parametrize(
    ("start", "media_type"),
    [
        (b"RIFF\0\0\0\0WAVE", "audio/wav"),
        (b"RIFF\0\0\0\0WEBP", "image/webp"),
        (b"RIFF\0\0\0\0AVI ", None),
        (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        (b"\0\0\0\x20ftypavif", "image/avif"),
        (b"\x1aE\xdf\xa3", "audio/webm"),
        (b"\xff\xf3", "audio/mpeg"),
        (b"\xff\xf1", "audio/aac"),
        (b"", None),
    ],
)
def test_files_tell_what_they_are(start: bytes, media_type: str | None) -> None:
    assert sniff(start) == media_type


@pytest.mark.parametrize(
    ("audio", "given", "message"),
    [
        (3, {}, "audio is of type int; allowed: bytes, a path, or an AudioPart"),
        (b"", {}, "media_type of AudioPart is not given and cannot be told"),
        ("/nowhere/a.mp3", {}, "path '/nowhere/a.mp3' of AudioPart: No such file or directory"),
        ("https://acme.test/a.mp3", {}, r"audio is a URL; allowed: bytes, a path, or AudioPart\(url=...\)"),
        (ai.AudioPart(url="https://acme.test/a.mp3"), {}, "audio is a URL; acme accepts only bytes or a path"),
        (ai.AudioPart(data=b"", media_type="audio/mpeg"), {}, "AudioPart is empty"),
        (b"%PDF-1.7", {}, "media_type of AudioPart is 'application/pdf'; allowed: mp3, wav"),
        (b"OggS", {}, "media_type of AudioPart is 'audio/ogg'; allowed: mp3, wav"),
        (MP3 * 10, {}, "AudioPart has 250 bytes; allowed: at most 100"),
        (MP3, {"language": ""}, r"language is empty"),
        (MP3, {"language": 3}, "language is of type int; allowed: a str"),
        (MP3, {"temperature": 3.0}, "temperature is 3.0; allowed: a number from 0 to 2"),
        (MP3, {"timestamps": "letter"}, "timestamps is 'letter'; allowed: segment, word"),
        (MP3, {"translate": "yes"}, "translate is of type str; allowed: True or False"),
        (MP3, {"translate": True}, "translate is not supported by acme"),
        (MP3, {"prompt": "x"}, "prompt is not supported by acme for whisper-1"),
        (MP3, {"langage": "en"}, "option 'langage' is not known.*Did you mean language"),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_sent(
    server: Server, audio: Any, given: dict[str, Any], message: str
) -> None:
    changes = {"without": ("prompt",), "media": Media(formats=("mp3", "wav"), max_bytes=100)}
    with client(server, **changes) as acme, pytest.raises(ai.ConfigError, match=message) as caught:
        acme.transcribe(MODEL, audio, **given)
    assert "the bytes" not in str(caught.value)
    assert server.sent == []


@pytest.mark.parametrize("given", [{"language": "en"}, {"timestamps": "word"}])
def test_what_a_translation_cannot_have(server: Server, given: dict[str, Any]) -> None:
    with (
        client(server, media=Media(other_path="/t")) as acme,
        pytest.raises(ai.ConfigError, match="is not supported by acme .*together with translate"),
    ):
        acme.transcribe(MODEL, MP3, translate=True, **given)


def test_a_file_that_is_too_large_is_not_read(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "large.mp3"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a hole: it could not be read into memory
    media = Media(max_bytes=26214400)
    with (
        client(server, media=media) as acme,
        pytest.raises(ai.ConfigError, match="has 1099511627776 bytes; allowed: at most 26214400"),
    ):
        acme.transcribe(MODEL, path)


@pytest.mark.parametrize(
    ("provider", "model", "given", "message"),
    [
        ("cohere", "cohere-transcribe", {}, "language is missing; cohere needs it"),
        (
            "huggingface",
            "openai/whisper",
            {"timestamps": "word"},
            "timestamps is not .* huggingface for words",
        ),
        (
            "cloudflare",
            "@cf/openai/whisper",
            {"timestamps": "segment"},
            "timestamps is not .* cloudflare for segments",
        ),
        ("cloudflare", "@cf/openai/whisper", {"extra_body": {"a": 1}}, "extra_body holds a; here the file is"),
        ("cloudflare", "@cf/openai/whisper-large-v3-turbo", {}, "cloudflare has no transcription route for model"),
        ("anthropic", "claude", {}, r"anthropic has no transcription; .*groq.*openai"),
    ],
)
def test_what_some_providers_cannot_do(
    server: Server, provider: str, model: str, given: dict[str, Any], message: str
) -> None:
    urls = {provider: server.url}
    with ai.Client(keys={provider: KEY}, base_urls=urls) as one, pytest.raises(ai.ConfigError, match=message):
        one.transcribe(f"{provider}:{model}", MP3, **given)
    assert server.sent == []


def test_hugging_face_gives_segments(server: Server) -> None:
    server.say(ANSWERS["huggingface_transcription"])
    with ai.Client(keys={"huggingface": KEY}, base_urls={"huggingface": server.url}) as hub:
        found = hub.transcribe("huggingface:openai/whisper-large-v3", MP3, timestamps="segment")
    assert found.segments == (ai.Segment(0.0, 0.0, "Hello there"),)
    assert server.sent[0].path == "/hf-inference/models/openai/whisper-large-v3"
    assert server.sent[0].json() == {
        "inputs": base64.b64encode(MP3).decode(),
        "parameters": {"return_timestamps": True},
    }


@pytest.mark.parametrize(
    ("answer", "kind", "message"),
    [
        (reply(200, b""), ai.StreamTruncated, "the answer is empty"),
        (reply(200, b"{}"), ai.ProtocolError, "the answer holds no text"),
        (reply(200, b"{"), ai.ProtocolError, "answer: not valid JSON"),
        (reply(200, {"text": 3}), ai.ProtocolError, "answer: Expected `str"),
        (reply(200, {"text": "a", "segments": [{}]}), ai.ProtocolError, "seconds: expected a number, got NoneType"),
        (reply(200, {"error": {"message": "no such voice"}}), ai.ApiError, "no such voice"),
        (reply(200, {"success": False, "errors": [{"code": 5007, "message": "gone"}]}), ai.ApiError, "gone"),
        (
            stream([*sse({"type": "transcript.text.delta", "delta": "Hel"}, done=False)]),
            ai.StreamTruncated,
            "the answer ended before it was complete",
        ),
        (
            stream([*sse({"type": "error", "message": "rate_limit reached"}, done=False)]),
            ai.RateLimited,
            "rate_limit reached",
        ),
    ],
)
def test_answers_that_make_no_sense(server: Server, answer: Any, kind: type[ai.FluentError], message: str) -> None:
    server.say(answer)
    with client(server) as acme, pytest.raises(kind, match=message) as caught:
        acme.transcribe(MODEL, MP3)
    assert (caught.value.provider, caught.value.model) == ("acme", "whisper-1")
    assert isinstance(caught.value.partial, ai.Transcript)


def test_what_had_come_survives_a_cut(server: Server) -> None:
    server.say(stream([*sse({"type": "transcript.text.delta", "delta": "Hel"}, done=False)], end=False))
    with client(server) as acme, pytest.raises(ai.StreamInterrupted) as caught:
        acme.transcribe(MODEL, MP3)
    assert isinstance(caught.value.partial, ai.Transcript)
    assert caught.value.partial.text == "Hel"


NAMES = [
    "type", "delta", "text", "start", "end", "language", "audio_language", "duration", "segments", "words", "word",
    "usage", "error", "success", "result", "chunks", "timestamp", "seconds",
]  # fmt: skip


@given(st.sampled_from(sorted(codecs("transcription"))), bodies(NAMES), st.integers(1, 50))
def test_hostile_answers(protocol: str, body: bytes, size: int) -> None:
    """A typed error, or items of the right kind."""
    endpoint = Endpoint(row("https://acme.test"), "https://acme.test", {}, route=Route(protocol=protocol))
    request = TranscribeRequest(model="m", file=None, url="https://acme.test/a.mp3")
    items = survive(load_codec(protocol, "transcription")(endpoint).new_parser(request), body, size)
    allowed = (ai.TranscriptDelta, ai.Segment, ai.Word, ai.TranscriptEnd, ai.StreamStart, ai.UsageUpdate)
    assert all(isinstance(item, allowed) for item in items)
    assert all(isinstance(item.start, float) for item in items if isinstance(item, ai.Segment | ai.Word))


class Parrot:
    """An in-process model."""

    def transcription_model(self, model: str) -> Parrot:
        return self

    def run(self, request: TranscribeRequest, emit: Emit[TranscriptItem]) -> None:
        assert request.file is not None
        emit(ai.Progress("listening", 1, 1))
        emit(ai.TranscriptDelta(f"{len(request.file.data)} "))
        emit(ai.TranscriptDelta("bytes"))


def test_a_worker_of_this_process() -> None:
    auth = Auth(scheme="none", required=False)
    here = Manifest(
        id="parrot", name="P", docs="https://acme.test", auth=auth, transcription=(Route(protocol="worker"),)
    )
    ai.register_provider(here, Parrot)
    try:
        with ai.Client() as client:
            assert client.transcribe("parrot:any", MP3).text == f"{len(MP3)} bytes"
    finally:
        ai.unregister_provider("parrot")
