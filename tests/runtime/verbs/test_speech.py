"""Speech over a real socket: sound as it arrives, failures with status 200, workers."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.content.results import Note
from fluent_ai.interfaces import Emit
from fluent_ai.manifest.schema import Auth, Manifest, Media, Route
from fluent_ai.protocols.speech.speech_parser import SpeechParser
from fluent_ai.protocols.table import codecs, load_codec
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.speak import AudioChunk, SpeakRequest
from hostile import bodies, survive
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Answer, Server, reply, sse, stream
from verb_answers.speech import ANSWERS, SOUND

MODEL = "acme:tts-1"
KEY = "test-key-0123456789"


def row(url: str, **changes: Any) -> Manifest:
    route = Route(protocol="openai_speech", path="/audio/speech", **changes)
    auth = Auth(env=("ACME_KEY",))
    return Manifest(id="acme", name="Acme", docs="https://acme.test", base_url=url, auth=auth, speech=(route,))


def client(server: Server, **changes: Any) -> ai.Client:
    return ai.Client(manifests=[row(server.url, **changes)], keys={"acme": KEY}, retries=0)


def test_what_is_sent(server: Server) -> None:
    server.say(ANSWERS["openai_speech"])
    with client(server) as acme:
        acme.speak(MODEL, "hi", voice="nova", format="wav", speed=1.5, instructions="whisper")
        acme.speak(MODEL, "hi")
    assert server.sent[0].json() == {
        "model": "tts-1",
        "input": "hi",
        "voice": "nova",
        "response_format": "wav",
        "speed": 1.5,
        "instructions": "whisper",
    }
    assert server.sent[1].json() == {"model": "tts-1", "input": "hi"}


def test_the_first_chunk_is_there_before_the_last_is_written(server: Server) -> None:
    heard = threading.Event()

    class Gated(list[Any]):
        def __iter__(self) -> Iterator[Any]:
            head = b"HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ntransfer-encoding: chunked\r\n\r\n"
            yield head + b"%x\r\n%s\r\n" % (len(SOUND), SOUND)
            assert heard.wait(10)
            yield b"4\r\nlast\r\n0\r\n\r\n"

    server.say(Answer(Gated()))
    with client(server) as acme, acme.stream_speak(MODEL, "hi") as sound:
        assert isinstance(next(sound), ai.StreamStart)
        first = next(sound)
        assert not heard.is_set()
        heard.set()
        assert first == AudioChunk(SOUND, "audio/mpeg")
        assert sound.collect().data == SOUND + b"last"


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ({"error": {"message": "the voice is gone", "code": "voice_not_found"}}, ai.ApiError, "the voice is gone"),
        ({"error": {"message": "too many", "type": "rate_limit_error"}}, ai.RateLimited, "too many"),
        ({"detail": "no"}, ai.ApiError, "no"),
        (b'\r\n {"message": "not now"}', ai.ApiError, "not now"),
        (b"", ai.StreamTruncated, "the answer is empty"),
    ],
)
def test_a_failure_with_status_200(server: Server, body: Any, kind: type[ai.FluentError], message: str) -> None:
    server.say(reply(200, body))
    with client(server) as acme, pytest.raises(kind, match=message) as caught:
        acme.speak(MODEL, "hi")
    assert (caught.value.provider, caught.value.model) == ("acme", "tts-1")


@pytest.mark.parametrize(
    ("code", "reason", "kind"),
    [
        (1002, "rate limit exceeded", ai.RateLimited),
        (1004, "authentication failed", ai.AuthError),
        (1008, "insufficient balance", ai.QuotaExceeded),
        (2013, "invalid params", ai.InvalidRequest),
        (1000, "unknown error", ai.ApiError),
    ],
)
@pytest.mark.parametrize("streamed", [False, True])
def test_minimax_fails_in_its_own_way(
    server: Server, code: int, reason: str, kind: type[ai.ApiError], streamed: bool
) -> None:
    said = {"base_resp": {"status_code": code, "status_msg": reason}, "data": None}
    server.say(stream([*sse(said, done=False)]) if streamed else reply(200, said))
    with (
        ai.Client(keys={"minimax": KEY}, base_urls={"minimax": server.url}, retries=0) as minimax,
        pytest.raises(kind, match=reason) as caught,
    ):
        minimax.speak("minimax:speech-02-hd", "hi", voice="nova")
    assert caught.value.code == str(code)


@pytest.mark.parametrize(
    ("provider", "body", "kind", "message"),
    [
        ("mistral", {"audio_data": "!"}, ai.ProtocolError, "sound: not base64"),
        ("mistral", {"type": "speech.audio.done"}, ai.ProtocolError, "the answer holds no sound"),
        ("mistral", {"type": "speech.audio.delta", "audio_data": "YWJj"}, ai.StreamTruncated, "ended before"),
        ("mistral", {"error": {"message": "overloaded"}}, ai.Overloaded, "overloaded"),
        ("mistral", b"{", ai.ProtocolError, "answer: not valid JSON"),
        ("minimax", {"data": {"audio": "xy", "status": 2}}, ai.ProtocolError, "sound: not hexadecimal"),
        ("minimax", {"data": {"audio": "", "status": 2}}, ai.ProtocolError, "the answer holds no sound"),
        ("minimax", {}, ai.StreamTruncated, "ended before"),
        ("gemini", {"candidates": [{"finishReason": "STOP"}]}, ai.ProtocolError, "holds no file of the kind"),
        ("gemini", {"candidates": [{"finishReason": "SAFETY"}]}, ai.ContentFiltered, "nothing was made: SAFETY"),
        ("gemini", {"candidates": [{"finishReason": 3}]}, ai.ContentFiltered, "nothing was made: 3"),
        ("gemini", {"error": {"message": "busy", "status": "RESOURCE_EXHAUSTED"}}, ai.RateLimited, "busy"),
        ("gemini", b"[1]", ai.ProtocolError, "answer: Expected"),
    ],
)
def test_answers_that_make_no_sense(
    server: Server, provider: str, body: Any, kind: type[ai.FluentError], message: str
) -> None:
    server.say(reply(200, body))
    settings: dict[str, Any] = {"keys": {provider: KEY}, "base_urls": {provider: server.url}, "retries": 0}
    with ai.Client(**settings) as client, pytest.raises(kind, match=message) as caught:
        client.speak(f"{provider}:m", "a secret text", voice="nova")
    assert caught.value.provider == provider
    assert "secret" not in str(caught.value)


def test_gemini_makes_sound_in_pieces(server: Server) -> None:
    def piece(data: bytes, **more: str) -> dict[str, Any]:
        inline = {"mimeType": "audio/L16;rate=24000", "data": base64.b64encode(data).decode()}
        return {"candidates": [{"content": {"parts": [{"inlineData": inline}]}, **more}]}

    server.say(stream([*sse(piece(b"ab"), piece(b"cd", finishReason="STOP"), done=False)]))
    with ai.Client(keys={"gemini": KEY}, base_urls={"gemini": server.url}) as gemini:
        found = gemini.speak("gemini:tts", "hi", voice="Kore")
    assert (found.data, found.media_type) == (b"abcd", "audio/L16;rate=24000")
    assert server.sent[0].json() == {
        "contents": [{"role": "user", "parts": [{"text": "hi"}]}],
        "generationConfig": {
            "responseModalities": ["AUDIO"],
            "speechConfig": {"voiceConfig": {"prebuiltVoiceConfig": {"voiceName": "Kore"}}},
        },
    }


def test_minimax_sends_wav_whole(server: Server) -> None:
    server.say(reply(200, {"data": {"audio": SOUND.hex(), "status": 2}, "base_resp": {"status_code": 0}}))
    with ai.Client(keys={"minimax": KEY}, base_urls={"minimax": server.url}) as minimax:
        assert minimax.speak("minimax:s", "hi", voice="nova", speed=2.0, format="wav").data == SOUND
    assert server.sent[0].json() == {
        "model": "s",
        "text": "hi",
        "voice_setting": {"voice_id": "nova", "speed": 2.0},
        "audio_setting": {"format": "wav"},
    }


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("", {}, r"text is empty"),
        (["a"], {}, "text is of type list; allowed: a str"),
        ("a", {"voice": 3}, "voice is of type int; allowed: a str"),
        ("a", {"speed": 9.0}, "speed is 9.0; allowed: a number from 0.25 to 5"),
        ("a", {"speed": "fast"}, "speed is of type str"),
        ("a", {"format": "midi"}, "format is 'midi'; allowed: mp3, wav"),
        ("a", {"format": "pcm"}, "format is 'pcm'; allowed: mp3, wav"),
        ("a", {"instructions": "sing"}, "instructions is not supported by acme for tts-1"),
        ("a", {"pitch": 2}, "option 'pitch' is not known"),
        ("a", {}, "voice is missing; acme needs it for tts-1"),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_sent(
    server: Server, text: Any, options: dict[str, Any], message: str
) -> None:
    given = options if "voice" in options or "missing" in message else options | {"voice": "nova"}
    changes = {"requires": ("voice",), "without": ("instructions",), "media": Media(formats=("mp3", "wav"))}
    with client(server, **changes) as acme, pytest.raises(ai.ConfigError, match=message):
        acme.speak(MODEL, text, **given)
    assert server.sent == []


def test_a_speech_is_saved(tmp_path: Path) -> None:
    speech = ai.Speech(data=SOUND, media_type="audio/mpeg")
    speech.save(tmp_path / "hello.mp3")
    assert (tmp_path / "hello.mp3").read_bytes() == SOUND
    assert "the bytes" not in repr(speech)
    with pytest.raises(ai.ConfigError, match="No such file or directory"):
        speech.save(tmp_path / "missing" / "hello.mp3")


def endpoint(protocol: str) -> Endpoint:
    manifest = row("https://acme.test")
    return Endpoint(manifest, "https://acme.test", {}, route=Route(protocol=protocol))


@given(st.binary(min_size=1, max_size=300), st.integers(1, 20), st.sampled_from([None, "audio/pcm", "audio/mpeg"]))
def test_sound_is_whole_however_it_is_cut(data: bytes, size: int, media_type: str | None) -> None:
    """Sound that is no JSON object, which may begin like one, comes through as it is."""
    try:
        is_error = isinstance(json.loads(data), dict)
    except ValueError:
        is_error = False
    parser = SpeechParser(endpoint("openai_speech"), media_type)
    items: list[AudioChunk | Note] = []
    for start in range(0, len(data), size):
        items += parser.feed(data[start : start + size])
    if is_error:
        with pytest.raises(ai.ApiError):
            parser.finish()
        return
    items += parser.finish()
    assert b"".join(item.data for item in items if isinstance(item, AudioChunk)) == data


def test_sound_has_a_cap() -> None:
    parser = SpeechParser(endpoint("openai_speech"), "audio/mpeg", max_bytes=100)
    assert parser.feed(b"x" * 60)
    assert parser.feed(b"x" * 60) == []
    with pytest.raises(ai.ProtocolError, match="more than 100 bytes"):
        parser.finish()


NAMES = [
    "type", "audio_data", "data", "audio", "status", "base_resp", "status_code", "status_msg", "error", "candidates",
    "content", "parts", "inlineData", "mimeType", "finishReason", "usage", "trace_id",
]  # fmt: skip


@given(st.sampled_from(sorted(codecs("speech"))), bodies(NAMES), st.integers(1, 50))
def test_hostile_answers(protocol: str, body: bytes, size: int) -> None:
    """A typed error, or items of the right kind."""
    request = SpeakRequest(model="m", text="hi", voice="v")
    parser = load_codec(protocol, "speech")(endpoint(protocol)).prepare(request).new_parser()
    items = survive(parser, body, size)
    assert all(isinstance(item, AudioChunk | ai.StreamStart | ai.UsageUpdate) for item in items)


class Beeping:
    """An in-process model."""

    def speech_model(self, model: str) -> Beeping:
        return self

    def run(self, request: SpeakRequest, emit: Emit[AudioChunk | Note]) -> None:
        for word in request.text.split():
            emit(AudioChunk(word.encode(), "audio/wav"))


def test_a_worker_of_this_process() -> None:
    auth = Auth(scheme="none", required=False)
    beeping = Manifest(id="beeping", name="B", docs="https://acme.test", auth=auth, speech=(Route(protocol="worker"),))
    ai.register_provider(beeping, Beeping)
    try:
        with ai.Client() as here:
            assert here.speak("beeping:any", "a bb ccc").data == b"abbccc"
    finally:
        ai.unregister_provider("beeping")
