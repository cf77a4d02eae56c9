"""Draws the screenshot of the terminal application that the guide shows, with scripted replies.

python docs/examples/tui_screenshot.py
"""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import fluent_ai as ai
from fluent_ai.testing import fake_provider

from fluent_ai_toolkit.tui.app import ChatApp
from fluent_ai_toolkit.tui.composer import Composer

PICTURE = Path(__file__).parent.parent / "guides" / "assets" / "tui.svg"
TURNS = (
    ("Which birds sing at night?", "The *nightingale* and the *sedge warbler* do, and robins near street lamps."),
    (
        "Name two cities on the Aare.",
        "1. **Bern**, in a loop of it\n2. **Solothurn**, below the Jura",
    ),
    ("And a lake?", "- Lake Brienz\n- Lake Thun"),
)


async def draw(folder: str) -> str:
    async with ai.AsyncClient() as client:
        app = ChatApp(client, ai.chats(f"{folder}/chats.db"), "fake:scripted")
        async with app.run_test(size=(100, 26)) as pilot:
            for number, (said, _) in enumerate(TURNS):
                if number == 1:
                    await pilot.press("ctrl+n")
                app.query_one(Composer).text = said
                await pilot.press("enter")
                await app.workers.wait_for_complete()
                await pilot.pause()
            return app.export_screenshot()


def main() -> None:
    with TemporaryDirectory() as folder, fake_provider(*(reply for _, reply in TURNS)):
        drawn = asyncio.run(draw(folder))
    PICTURE.write_text(re.sub(r"@font-face \{.*?\}\n?", "", drawn, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    main()
