"""Pictures and sounds made to fit what a model takes and what its caller wants to pay for.

    import fluent_ai as ai

    print(ai.media.preview("openai:gpt-4o", "photo.jpg"))  # what the model sees of it, and what that costs

`Client(media="auto")` does the same to the pictures of every chat request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.lazy_names import lazy_names

if TYPE_CHECKING:
    from fluent_ai.content.media_policy import MediaMode as MediaMode
    from fluent_ai.content.media_policy import MediaPolicy as MediaPolicy
    from fluent_ai.media.preview import PicturePreview as PicturePreview
    from fluent_ai.media.preview import preview as preview
    from fluent_ai.media.resizing import fit as fit
    from fluent_ai.media.sound import acut as acut
    from fluent_ai.media.sound import cut as cut

_WHERE = {
    "preview": ("PicturePreview", "preview"),
    "resizing": ("fit",),
    "sound": ("acut", "cut"),
}
_ELSEWHERE = {name: f"fluent_ai.content.media_policy:{name}" for name in ("MediaMode", "MediaPolicy")}

if not TYPE_CHECKING:
    __all__, __getattr__, __dir__ = lazy_names(__name__, _WHERE, (), _ELSEWHERE)
