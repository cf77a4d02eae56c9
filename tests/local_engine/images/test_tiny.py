"""The model that comes with the package draws what it is asked for."""

from __future__ import annotations

import io
import runpy
from pathlib import Path

import fluent_ai as ai
import numpy as np
import pytest
from PIL import Image

datasets = pytest.importorskip("sklearn.datasets", reason="scikit-learn, whose digits are the judge, is in group dev")
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
PROMPTS = ("{}", "a {}", "the digit {}", "a handwritten {}", "the number {}", "a picture of a {}")


def shown(image: ai.GeneratedImage) -> int:
    """What the three nearest of scikit-learn's digits show."""
    digits = datasets.load_digits()
    picture = Image.open(io.BytesIO(image.data or b"")).convert("L").resize((8, 8), Image.Resampling.BOX)
    distances = ((digits.images.reshape(-1, 64) - np.asarray(picture).reshape(64) / 255 * 16) ** 2).sum(1)
    return int(np.bincount(digits.target[distances.argsort()[:3]], minlength=10).argmax())


def draw(client: ai.Client, number: int) -> ai.GeneratedImage:
    prompt = PROMPTS[number // 10 % len(PROMPTS)].format(WORDS[number % 10])
    return client.image("local:tiny-sd3", prompt, seed=5000 + number)[0]


def test_each_digit_is_drawn():
    with ai.Client() as client:
        found = [shown(draw(client, number)) == number % 10 for number in range(30)]
    assert sum(found) >= 27


def test_noise_shows_nothing():
    """The judge does not take anything for what was asked."""
    generator = np.random.default_rng(0)
    file = io.BytesIO()
    right = 0
    for number in range(100):
        file = io.BytesIO()
        Image.fromarray(generator.integers(0, 255, (32, 32, 3), np.uint8)).save(file, "PNG")
        right += shown(ai.GeneratedImage(data=file.getvalue())) == number % 10
    assert right < 30


@pytest.mark.slow
def test_two_hundred_prompts():
    with ai.Client() as client:
        right = sum(shown(draw(client, number)) == number % 10 for number in range(200))
    assert right >= 190


def test_its_size_and_facts():
    with ai.Client() as client:
        image = client.image("local:tiny-sd3", "a seven", seed=1)[0]
    picture = Image.open(io.BytesIO(image.data or b""))
    assert picture.size == (32, 32)
    assert picture.text["model"] == "tiny-sd3"
    assert picture.text["steps"] == "20"


@pytest.mark.parametrize(("row", "column"), [(0, 7), (3, 2)])
def test_the_contact_sheet_of_the_guide_shows_what_it_draws(row: int, column: int):
    script = Path(__file__).parents[3] / "docs" / "examples" / "contact_sheet.py"
    sheet = runpy.run_path(str(script))
    with ai.Client() as client:
        assert sheet["is_current"](client, row, column)
