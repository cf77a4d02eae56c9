"""Pictures of chat requests over a real socket: what is sent, and what is said of it."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.manifest.pictures import Pictures
from pictures import gradient, noise, opened, saved
from PIL import Image
from scripted_server import Server, manifest_for, sse, stream, text_chunks

RULE = Pictures(
    source="https://acme.example/pictures", formats=("jpeg", "png"), edge=1000, max_bytes=400_000,
    count="tiles", side=500, base=10, each=100,
)  # fmt: skip
PHOTO = saved(gradient(2000, 1500), "JPEG")
SMALL = saved(gradient(800, 600), "JPEG")


def asked(server: Server, *parts: Any, **settings: Any) -> ai.Reply:
    server.say(stream(sse(*text_chunks("ok"))))
    media = settings.pop("own", None)
    rule = settings.pop("rule", RULE)
    row = manifest_for(server.url, pictures=() if rule is None else (rule,))
    options = {} if media is None else {"media": media}
    with ai.Client(keys={"acme": "acme-secret-key"}, manifests=[row], **settings) as client:
        return client.complete("acme:any", [ai.Message("user", ["What is it?", *parts])], **options)


def sent(server: Server) -> list[bytes | str]:
    """The pictures that arrived: their bytes, or URLs."""
    content = server.sent[-1].json()["messages"][-1]["content"]
    urls = [part["image_url"]["url"] for part in content if part["type"] == "image_url"]
    return [base64.b64decode(url.partition(",")[2]) if url.startswith("data:") else url for url in urls]


def test_without_a_policy_pictures_go_as_they_are(server: Server) -> None:
    reply = asked(server, ai.ImagePart(data=PHOTO))
    assert sent(server) == [PHOTO]
    assert reply.warnings == ()


def test_auto_sends_what_the_model_sees_and_says_so(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(PHOTO)
    reply = asked(server, ai.ImagePart(path=path, detail="high"), media="auto")
    (data,) = sent(server)
    assert isinstance(data, bytes)
    assert (opened(data).size, opened(data).format) == ((1000, 750), "JPEG")
    (note,) = reply.warnings
    assert note.startswith("picture 1 was sent as 1000x750 image/jpeg, ")
    assert "instead of 2000x1500 image/jpeg" in note
    assert note.endswith("because it is larger than the model sees")
    detail = server.sent[-1].json()["messages"][-1]["content"][1]["image_url"]["detail"]
    assert detail == "high"


def test_the_note_is_an_event_of_the_stream(server: Server) -> None:
    server.say(stream(sse(*text_chunks("ok"))))
    row = manifest_for(server.url, pictures=(RULE,))
    with (
        ai.Client(keys={"acme": "acme-secret-key"}, manifests=[row], media="auto") as client,
        client.stream("acme:any", [ai.Message("user", ai.ImagePart(data=PHOTO))]) as events,
    ):
        assert [type(event) for event in events if isinstance(event, ai.Warned)] == [ai.Warned]


def test_warn_sends_them_as_they_are_and_says_what_auto_would_do(server: Server) -> None:
    reply = asked(server, ai.ImagePart(data=PHOTO), media="warn")
    assert sent(server) == [PHOTO]
    (note,) = reply.warnings
    assert note.startswith("picture 1 (2000x1500, ")
    assert note.endswith("is larger than the model sees; media='auto' would send it as 1000x750")


def test_what_fits_stays_as_it_is_to_the_byte(server: Server) -> None:
    given = (ai.ImagePart(data=SMALL), ai.ImagePart(url="https://a.example/i.png"), ai.TextPart("and?"))
    reply = asked(server, *given, media="auto")
    assert sent(server) == [SMALL, "https://a.example/i.png"]
    assert reply.warnings == ()


def test_a_call_has_its_own_policy(server: Server) -> None:
    asked(server, ai.ImagePart(data=PHOTO), media="auto", own="off")
    assert sent(server) == [PHOTO]
    asked(server, ai.ImagePart(data=PHOTO), own=ai.media.MediaPolicy(edge=100))
    (data,) = sent(server)
    assert isinstance(data, bytes)
    assert opened(data).size == (100, 75)


def test_a_budget_of_tokens_is_kept(server: Server) -> None:
    reply = asked(server, ai.ImagePart(data=PHOTO), media=ai.media.MediaPolicy(tokens=110))
    (data,) = sent(server)
    assert isinstance(data, bytes)
    assert opened(data).size == (500, 375)
    assert "larger than is wanted" in reply.warnings[0]


def test_formats_that_the_model_does_not_take_are_converted(server: Server) -> None:
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    given = (saved(gradient(50, 50), "BMP"), saved(clear, "WEBP"), saved(gradient(50, 50), "GIF"))
    parts = [ai.ImagePart(data=data, media_type="image/x") for data in given]
    reply = asked(server, *parts, media="auto")
    assert [opened(data).format for data in sent(server) if isinstance(data, bytes)] == ["PNG", "PNG", "PNG"]
    assert [note.rpartition("because it ")[2] for note in reply.warnings] == [
        f"is {name}, which the model does not take" for name in ("BMP", "WEBP", "GIF")
    ]


def test_a_file_that_is_too_large_becomes_smaller_until_it_is_taken(server: Server) -> None:
    large = saved(noise(900, 900), "PNG")
    assert len(large) > 2_000_000
    reply = asked(server, ai.ImagePart(data=large), media="auto")
    (data,) = sent(server)
    assert len(data) <= 400_000
    assert "has more than 400,000 bytes" in reply.warnings[0]


def test_pictures_of_tool_results_are_among_them(server: Server) -> None:
    server.say(stream(sse(*text_chunks("ok"))))
    call = ai.ToolCallPart(ai.ToolCall("c1", "look", {}))
    result = ai.ToolResultPart("c1", "a screenshot", files=(ai.ImagePart(data=PHOTO),))
    history = [ai.Message("user", "Look."), ai.Message("assistant", call), ai.Message("tool", result)]
    row = manifest_for(server.url, pictures=(RULE,))
    with ai.Client(keys={"acme": "acme-secret-key"}, manifests=[row], media="auto") as client:
        reply = client.complete("acme:any", history)
    (data,) = sent(server)
    assert isinstance(data, bytes)
    assert opened(data).size == (1000, 750)
    assert reply.warnings[0].startswith("picture 1 was sent as")
    assert result.files[0].data == PHOTO


def test_of_an_unknown_model_only_the_callers_own_limits_hold(server: Server) -> None:
    asked(server, ai.ImagePart(data=PHOTO), rule=None, media="auto")
    assert sent(server) == [PHOTO]
    asked(server, ai.ImagePart(data=PHOTO), rule=None, media=ai.media.MediaPolicy(edge=500, tokens=1))
    (data,) = sent(server)
    assert isinstance(data, bytes)
    assert opened(data).size == (500, 375)


def test_a_damaged_picture_is_refused_by_its_number_before_anything_is_sent(server: Server) -> None:
    parts = ai.ImagePart(data=SMALL), ai.ImagePart(data=PHOTO[:5000])
    with pytest.raises(ai.ConfigError, match="picture 2 of the request: the picture is damaged"):
        asked(server, *parts, media="auto")
    assert server.sent == []


@pytest.mark.parametrize("brand", ["heic", "mif1"])
def test_what_pillow_has_no_plugin_for_is_left_to_the_model(server: Server, brand: str) -> None:
    data = b"\0\0\0\x18ftyp" + brand.encode() + b"\0" * 40
    reply = asked(server, ai.ImagePart(data=data), media="auto")
    assert sent(server) == [data]
    assert reply.warnings[0].startswith("picture 1 was sent as it is: Pillow cannot read image/hei")


@pytest.mark.parametrize("mode", ["AUTO", 1, True, {"mode": "auto"}])
def test_other_policies_are_refused(server: Server, mode: object) -> None:
    with pytest.raises(ai.ConfigError, match="media is .*; allowed: 'off', 'warn', 'auto'"):
        ai.Client(media=mode)
    with pytest.raises(ai.ConfigError, match="media is .*; allowed: 'off', 'warn', 'auto'"):
        asked(server, own=mode)


@pytest.mark.parametrize(("fields", "match"), [
    ({"mode": "on"}, "mode of MediaPolicy is 'on'"), ({"edge": 0}, "edge of MediaPolicy is 0"),
    ({"tokens": -1}, "tokens of MediaPolicy is -1"), ({"quality": 101}, "quality of MediaPolicy is 101"),
])  # fmt: skip
def test_policies_that_make_no_sense_are_refused(fields: dict[str, Any], match: str) -> None:
    with pytest.raises(ai.ConfigError, match=match):
        ai.media.MediaPolicy(**fields)


def test_the_legs_of_a_route_have_their_own_rules(server: Server) -> None:
    server.say(stream(sse(*text_chunks("ok"))))
    row = manifest_for(server.url, pictures=(RULE,))
    route = ai.Route("acme:one", "acme:two")
    with ai.Client(keys={"acme": "acme-secret-key"}, manifests=[row], media="auto") as client:
        client.complete(route, [ai.Message("user", ai.ImagePart(data=PHOTO))])
    (data,) = sent(server)
    assert isinstance(data, bytes)
    assert opened(data).size == (1000, 750)


def test_asynchronous_clients_do_the_same(server: Server) -> None:
    async def run() -> ai.Reply:
        server.say(stream(sse(*text_chunks("ok"))))
        row = manifest_for(server.url, pictures=(RULE,))
        async with ai.AsyncClient(keys={"acme": "acme-secret-key"}, manifests=[row]) as client:
            return await client.complete("acme:any", [ai.Message("user", ai.ImagePart(data=PHOTO))], media="auto")

    assert len(asyncio.run(run()).warnings) == 1
    (data,) = sent(server)
    assert isinstance(data, bytes)
    assert opened(data).size == (1000, 750)


def test_a_preview_says_what_is_seen_and_paid_for() -> None:
    found = ai.media.preview("openai:gpt-4o", PHOTO)
    assert (found.size, found.sent, found.seen) == ((2000, 1500), (1024, 768), (1024, 768))
    assert found.tokens == found.tokens_unchanged == 85 + 4 * 170
    assert found.cost == pytest.approx(765 * 2.5 / 1e6)
    assert found.source == "https://platform.openai.com/docs/guides/images-vision"
    cheap = ai.media.preview("openai:gpt-4o", PHOTO, media=ai.media.MediaPolicy(tokens=300))
    assert cheap.tokens == 255
    assert cheap.tokens_unchanged == 765
    assert cheap.cost == pytest.approx(255 * 2.5 / 1e6)
    low = ai.media.preview("openai:gpt-4o", ai.ImagePart(data=PHOTO, detail="low"), media="off")
    assert (low.sent, low.tokens) == ((2000, 1500), 85)
    unknown = ai.media.preview("mistral:pixtral-9", PHOTO)
    assert (unknown.tokens, unknown.cost, unknown.source) == (None, None, None)
