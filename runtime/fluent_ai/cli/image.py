"""`fluent-ai image`: pictures of a prompt, into files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias, cast

import typer

from fluent_ai.content.events import Progress, Warned
from fluent_ai.verbs.image import GeneratedImage, PartialImage

from . import replies, terminal
from .pictures.canvas import Canvas

if TYPE_CHECKING:
    from fluent_ai.verbs.image import ImageOptions

Preview: TypeAlias = Literal["auto", "kitty", "iterm", "sixel", "blocks"]

_PREVIEWS = 3
_SUFFIXES = {"image/jpeg": ".jpg", "image/webp": ".webp"}


def image(
    model: Annotated[str, typer.Argument(help="Such as openai:gpt-image-2 or tiny-sd3.", metavar="MODEL")],
    prompt: Annotated[str, typer.Argument(help="What the picture should show.")],
    output: Annotated[
        Path | None,
        typer.Option(help="The file to write, image.png or so; of several each gets a number before the suffix."),
    ] = None,
    n: Annotated[int | None, typer.Option(help="How many pictures.")] = None,
    size: Annotated[str | None, typer.Option(help="Such as 1024x1024, or 16:9 where the model has ratios.")] = None,
    seed: replies.Seed = None,
    negative_prompt: Annotated[str | None, typer.Option(help="What the picture should not show.")] = None,
    steps: Annotated[int | None, typer.Option(help="Steps from noise to a picture, of diffusion models.")] = None,
    guidance: Annotated[float | None, typer.Option(help="How closely a diffusion model follows the prompt.")] = None,
    preview: Annotated[
        Preview | None,
        typer.Option(
            help="Draw it in the terminal while it is made; without a value, in the best way that the terminal knows."
        ),
    ] = None,
    base_url: replies.BaseUrl = None,
    manifest: replies.Manifests = None,
    timeout: replies.Timeout = None,
    retries: replies.Retries = 2,
) -> None:
    """Make pictures and write them to files, whose names it prints. Without a provider the model is local."""
    from fluent_ai.config.config import Config

    config = Config()
    name = replies.local_unless_named(model, "image", manifest, config)
    canvas = None if preview is None else Canvas(None if preview == "auto" else preview)
    options = replies.given(
        {
            "n": n,
            "size": size,
            "seed": seed,
            "negative_prompt": negative_prompt,
            "steps": steps,
            "guidance": guidance,
            "partial_images": _PREVIEWS if preview else None,
        }
    )
    made = 0
    with (
        replies.make_client(
            name, "image", base_url=base_url, manifests=manifest, timeout=timeout, retries=retries, config=config
        ) as client,
        client.stream_image(name, prompt, **cast("ImageOptions", options)) as items,
        terminal.ProgressBar() as bar,
    ):
        for item in items:
            match item:
                case Progress():
                    bar.show(item)
                case Warned(message=message):
                    bar.close()
                    terminal.note(f"warning: {message}")
                case PartialImage(data=data) if canvas is not None:
                    bar.close()
                    canvas.draw(data)
                case GeneratedImage():
                    bar.close()
                    if canvas is not None and item.data is not None:
                        canvas.draw(item.data)
                        canvas.keep()
                    terminal.line(_kept(item, _place(output, item, made, n)))
                    made += 1
                case _:
                    pass


def _place(output: Path | None, picture: GeneratedImage, number: int, n: int | None) -> Path:
    path = output or Path("image").with_suffix(_SUFFIXES.get(picture.media_type or "", ".png"))
    return path if n in (None, 1) else path.with_stem(f"{path.stem}-{number}")


def _kept(picture: GeneratedImage, path: Path) -> str:
    """Where the picture is: the file that is written here, or the address that the provider gave instead of it."""
    if picture.data is None:
        return picture.url or ""
    picture.save(path)
    return str(path)
