"""Real pictures of all kinds, made smaller: turned, clear, moving, damaged, hostile."""

from __future__ import annotations

import struct
import sys
import zlib
from io import BytesIO
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.media.resizing import measure, rewrite
from pictures import gradient, opened, saved
from PIL import Image


def test_measuring_decodes_nothing() -> None:
    data = saved(gradient(640, 480), "PNG")
    found = measure(data[: len(data) // 2])
    assert (found.size, found.format, found.turned, found.frames) == ((640, 480), "png", False, 1)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_each_format_is_known_by_its_content(format: str) -> None:
    data = saved(gradient(64, 32), format)
    assert measure(data).format == format.lower()
    smaller, kind = rewrite(data, (32, 16))
    assert kind == ("image/jpeg" if format == "JPEG" else "image/png")
    assert opened(smaller).size == (32, 16)


def test_the_colours_stay() -> None:
    picture = gradient(640, 480)
    small = opened(rewrite(saved(picture, "PNG"), (64, 48))[0]).convert("RGB")
    for place in ((0, 0), (32, 24), (63, 47)):
        near = picture.getpixel((place[0] * 10 + 5, place[1] * 10 + 5))
        assert all(abs(a - b) <= 6 for a, b in zip(small.getpixel(place), near, strict=True))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_is_turned_as_exif_says(orientation: int) -> None:
    """The upper left corner is red in what is shown, whichever way it is stored."""
    shown = Image.new("RGB", (60, 40), "blue")
    shown.paste("red", (0, 0, 30, 20))
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    stored = shown.transpose(back[orientation]) if orientation > 1 else shown
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(stored, "JPEG", exif=exif, quality=95)
    found = measure(data)
    assert (found.size, found.turned) == ((60, 40), orientation > 1)
    small = opened(rewrite(data, (30, 20))[0])
    assert small.getexif().get(0x0112, 1) == 1
    assert small.getpixel((5, 5))[0] > 200
    assert small.getpixel((25, 15))[2] > 200


def test_transparency_stays_where_the_format_has_it_and_is_white_elsewhere() -> None:
    picture = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    for stored in (saved(picture, "PNG"), saved(picture, "WEBP", lossless=True), saved(picture, "GIF")):
        kept, kind = rewrite(stored, (20, 20))
        assert kind == "image/png"
        assert opened(kept).convert("RGBA").getpixel((10, 10))[3] == 0
        flat, kind = rewrite(stored, (20, 20), ("jpeg",))
        assert kind == "image/jpeg"
        assert min(opened(flat).getpixel((10, 10))) > 250


@pytest.mark.parametrize("mode", ["CMYK", "L", "LA", "P", "1", "I;16", "YCbCr"])
def test_each_kind_of_colour_becomes_rgb(mode: str) -> None:
    picture = gradient(40, 40).convert("L").convert(mode) if mode == "I;16" else gradient(40, 40).convert(mode)
    kind = "PNG" if mode in ("LA", "P", "1", "I;16") else "JPEG"
    small = opened(rewrite(saved(picture, kind), (20, 20))[0])
    assert small.mode in ("RGB", "RGBA")


def test_of_an_animation_the_first_frame_is_taken() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert measure(data).frames == 3
    small = opened(rewrite(data, (20, 20))[0])
    assert getattr(small, "n_frames", 1) == 1
    assert small.convert("RGB").getpixel((10, 10))[0] > 200


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that claims so many pixels on each side."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [12_000, 50_000, 2**31 - 1])
def test_a_small_file_of_a_huge_picture_is_refused(side: int) -> None:
    with pytest.raises(ai.ConfigError, match="too many pixels; allowed: 178,956,970"):
        measure(bomb(side))


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ai.ConfigError, match="the picture is"):
        measure(data)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_truncated_picture_is_refused(format: str) -> None:
    data = saved(gradient(200, 200), format)
    with pytest.raises(ai.ConfigError, match="the picture is"):
        rewrite(data[: len(data) * 2 // 3], (20, 20))


def test_fit_takes_bytes_paths_and_parts(tmp_path: Path) -> None:
    data = saved(gradient(400, 200), "JPEG")
    path = tmp_path / "photo.jpg"
    path.write_bytes(data)
    for given in (data, path, str(path), ai.ImagePart(data=data)):
        part = ai.media.fit(given, edge=100)
        assert part.data is not None
        assert (opened(part.data).size, part.media_type) == ((100, 50), "image/jpeg")
    assert ai.media.fit(data, edge=400).data == data
    webp = ai.media.fit(data, edge=400, format="webp")
    assert webp.media_type == "image/webp"
    assert opened(BytesIO(webp.data or b"").getvalue()).size == (400, 200)


@pytest.mark.parametrize(("options", "match"), [
    ({"edge": 0}, "edge is 0"), ({"edge": True}, "edge is True"), ({"edge": 10, "format": "bmp"}, "format is 'bmp'"),
])  # fmt: skip
def test_bad_options_are_refused(options: dict[str, object], match: str) -> None:
    with pytest.raises(ai.ConfigError, match=match):
        ai.media.fit(b"", **options)


def test_without_pillow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(gradient(40, 40), "PNG")
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(ai.ConfigError, match=r"fluent-ai\[media\]"):
        measure(data)
