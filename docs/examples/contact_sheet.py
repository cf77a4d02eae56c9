"""Draw the contact sheet of `local:tiny-sd3` that the guide shows: every digit, a row for each way of asking.

    python docs/examples/contact_sheet.py [--check]

With `--check` nothing is written, and the exit code says whether the sheet is what the model draws now.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

import fluent_ai as ai
import numpy as np
from PIL import Image

SHEET = Path(__file__).parents[1] / "guides" / "assets" / "tiny-sd3.png"
PROMPTS = ("{}", "a {}", "the digit {}", "a handwritten {}")
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SIDE, GAP, SCALE = 32, 2, 2
CLOSE = 4.0
"""Shades by which a cell may differ on average: processors do not round alike."""


def draw(client: ai.Client, row: int, column: int) -> np.ndarray:
    """One cell, in shades of grey (SIDE, SIDE)."""
    (image,) = client.image("local:tiny-sd3", PROMPTS[row].format(DIGITS[column]), seed=100 * row + column)
    return np.array(Image.open(io.BytesIO(image.data or b"")).convert("L"))


def place(row: int, column: int) -> tuple[slice, slice]:
    """Where a cell is, before all is enlarged."""
    step = SIDE + GAP
    return slice(GAP + row * step, GAP + row * step + SIDE), slice(GAP + column * step, GAP + column * step + SIDE)


def is_current(client: ai.Client, row: int, column: int) -> bool:
    """Whether the model draws this cell of the sheet now."""
    shown = np.array(Image.open(SHEET))[::SCALE, ::SCALE][place(row, column)].astype(float)
    return bool(abs(shown - draw(client, row, column)).mean() < CLOSE)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the sheet is out of date")
    cells = [(row, column) for row in range(len(PROMPTS)) for column in range(len(DIGITS))]
    with ai.Client() as client:
        if parser.parse_args().check:
            return 0 if all(is_current(client, *cell) for cell in cells) else 1
        sheet = np.zeros((GAP + len(PROMPTS) * (SIDE + GAP), GAP + len(DIGITS) * (SIDE + GAP)), np.uint8)
        for cell in cells:
            sheet[place(*cell)] = draw(client, *cell)
    enlarged = sheet.repeat(SCALE, axis=0).repeat(SCALE, axis=1)
    Image.fromarray(enlarged).save(SHEET, optimize=True)
    print(f"{SHEET}: {enlarged.shape[1]}x{enlarged.shape[0]}, {SHEET.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
