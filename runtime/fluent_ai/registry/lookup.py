"""Looking models up. Nothing is read before a look-up needs it, and then only the catalog of the provider concerned."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from pathlib import Path

from fluent_ai.errors import ConfigError
from fluent_ai.facts import Kind, Modality, ModelInfo
from fluent_ai.manifest import data_folder
from fluent_ai.model_names import ModelName, split_model
from fluent_ai.options import near
from fluent_ai.providers import ProviderTable
from fluent_ai.registry.catalog import read_catalog


class Registry:
    """The models of the catalogs in `folder`, by default those that ship with the package."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._catalogs: dict[str, dict[str, ModelInfo]] = {}
        self._known: dict[ModelName, ModelInfo] = {}

    def get(self, model: ModelName) -> ModelInfo:
        """The model with that name, or with that alias. ConfigError with near matches when there is none."""
        # An enum member equals its bare id, which may look like another provider's full name.
        plain = type(model) is str
        if plain and model in self._known:
            return self._known[model]
        name, model_id = split_model(model)
        provider = self.provider(name)
        info = self.lookup(provider, model_id)
        if info is None:
            hint = self.near(provider, model_id)
            message = f"model {model_id!r} of {provider} is not in the registry.{hint}"
            raise ConfigError(message, provider=provider, model=model_id)
        if plain:
            self._known[model] = info
        return info

    def lookup(self, provider: str, model_id: str) -> ModelInfo | None:
        """The model of that provider with that id or alias, or None. `provider` is an id, not an alias."""
        return self._by_name(provider).get(model_id)

    def has_catalog(self, provider: str) -> bool:
        """Whether anything is known of that provider's models."""
        return bool(self._by_name(provider))

    def near(self, provider: str, model_id: str) -> str:
        """` Did you mean ...?` with ids of that provider that look like `model_id`, or nothing."""
        return near(model_id, builtins.list(self._by_name(provider)))

    def list(self, provider: str) -> builtins.list[ModelInfo]:
        """All models of a provider, by id. ConfigError with near matches for an unknown provider."""
        return [info for name, info in self._by_name(self.provider(provider)).items() if name == info.id]

    def provider(self, name: str) -> str:
        """The id of the provider with that id or alias. ConfigError with near matches when there is none."""
        return ProviderTable().get(name).id

    def providers(self) -> builtins.list[str]:
        """The ids of all providers."""
        return sorted(ProviderTable().all())

    def find(
        self,
        text: str | None = None,
        *,
        provider: str | Iterable[str] | None = None,
        kind: Kind | None = None,
        input_modality: Modality | None = None,
        output_modality: Modality | None = None,
        min_context: int | None = None,
        min_output: int | None = None,
        max_input_price: float | None = None,
        max_output_price: float | None = None,
        tools: bool | None = None,
        parallel_tools: bool | None = None,
        structured_output: bool | None = None,
        reasoning: bool | None = None,
        vision: bool | None = None,
        audio: bool | None = None,
        pdf: bool | None = None,
        web_search: bool | None = None,
        prompt_cache: bool | None = None,
        embeddings: bool | None = None,
    ) -> builtins.list[ModelInfo]:
        """The models for which every condition given is known to hold; an unknown fact never matches.

        `text` stands in the id or the name. Sizes are in tokens: `min_context` is held against the context window, or
        against the input limit where only that is known. Prices are in US dollars per million tokens.
        """
        flags = {
            "tools": tools, "parallel_tools": parallel_tools, "structured_output": structured_output,
            "reasoning": reasoning, "vision": vision, "audio": audio, "pdf": pdf, "web_search": web_search,
            "prompt_cache": prompt_cache, "embeddings": embeddings, "kind": kind,
        }  # fmt: skip
        wanted = {field: value for field, value in flags.items() if value is not None}
        names = self.providers() if provider is None else [provider] if isinstance(provider, str) else provider
        tests: builtins.list[Callable[[ModelInfo], bool]] = [
            _at_least(min_context, lambda info: info.context_window or info.max_input_tokens),
            _at_least(min_output, lambda info: info.max_output_tokens),
            _at_most(max_input_price, lambda info: info.prices.input if info.prices else None),
            _at_most(max_output_price, lambda info: info.prices.output if info.prices else None),
            lambda info: input_modality is None or input_modality in (info.input_modalities or ()),
            lambda info: output_modality is None or output_modality in (info.output_modalities or ()),
            lambda info: text is None or text.casefold() in f"{info.id}\n{info.name or ''}".casefold(),
        ]
        return [
            info
            for name in names
            for info in self.list(name)
            if all(getattr(info, field) == value for field, value in wanted.items())
            and all(test(info) for test in tests)
        ]

    def _by_name(self, provider: str) -> dict[str, ModelInfo]:
        """Id -> model, then alias -> model for aliases that are no ids. Empty for a provider without a catalog."""
        if provider not in self._catalogs:
            folder = data_folder() / "catalog" if self._folder is None else self._folder
            path = folder / f"{provider}.json"
            infos = read_catalog(path) if path.exists() else []
            by_name = {info.id: info for info in infos}
            for info in infos:
                for alias in info.aliases or ():
                    by_name.setdefault(alias, info)
            self._catalogs[provider] = by_name
        return self._catalogs[provider]


def _at_least(bound: float | None, fact: Callable[[ModelInfo], float | None]) -> Callable[[ModelInfo], bool]:
    return lambda info: bound is None or ((value := fact(info)) is not None and value >= bound)


def _at_most(bound: float | None, fact: Callable[[ModelInfo], float | None]) -> Callable[[ModelInfo], bool]:
    return lambda info: bound is None or ((value := fact(info)) is not None and value <= bound)
