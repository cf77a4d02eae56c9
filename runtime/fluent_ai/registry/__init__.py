"""Model facts offline: `models.get("openai:gpt-5.1")`, `models.find(tools=True, min_context=200_000)`.

Nothing is read before a look-up needs it, and then only the catalog of the provider concerned.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from pathlib import Path

from fluent_ai.errors import ConfigError
from fluent_ai.facts import Kind, Modality
from fluent_ai.manifest import Manifest, data_folder, load_manifests
from fluent_ai.registry.info import ModelInfo, ProviderModel, Source, model_infos

__all__ = ["ModelInfo", "ProviderModel", "Registry", "Source", "model_infos", "models", "near_matches", "split_model"]


def split_model(model: str | ModelInfo) -> tuple[str, str]:
    """(provider, id) of `provider:id` (split at the first colon), a member of a generated enum, or a ModelInfo."""
    if isinstance(model, ModelInfo):
        return model.provider, model.id
    if isinstance(model, ProviderModel):
        return model.provider, model.value
    provider, colon, name = model.partition(":")
    if not (provider and colon and name):
        raise ConfigError(f"model {model!r} names no provider; write 'provider:model', such as 'openai:gpt-5.1'")
    return provider, name


def near_matches(name: str, known: Iterable[str]) -> builtins.list[str]:
    """Up to three of `known` that look like `name`, the best first, whatever the case."""
    from difflib import get_close_matches

    by_folded = {candidate.casefold(): candidate for candidate in known}
    return [by_folded[match] for match in get_close_matches(name.casefold(), by_folded, n=3, cutoff=0.6)]


def _suggest(names: Iterable[str]) -> str:
    quoted = " or ".join(repr(name) for name in names)
    return f"; did you mean {quoted}" if quoted else ""


class Registry:
    """The models of all catalogs. `folder` and `manifests` default to the data that ships with the package."""

    def __init__(self, folder: Path | None = None, manifests: dict[str, Manifest] | None = None) -> None:
        self._folder = folder
        self._manifests = manifests
        self._catalogs: dict[str, dict[str, ModelInfo]] = {}
        self._known: dict[str, ModelInfo] = {}

    def get(self, model: str | ModelInfo) -> ModelInfo:
        """The model with that name, or with that alias. ConfigError with near matches when there is none."""
        known = self._known.get(model) if type(model) is str else None
        if known is not None:
            return known
        name, model_id = split_model(model)
        provider = self.provider(name)
        info = self.lookup(provider, model_id)
        if info is None:
            near = [f"{provider}:{match}" for match in self.near(provider, model_id)]
            raise ConfigError(
                f"model {model_id!r} of {provider} is not in the registry{_suggest(near)}",
                provider=provider,
                model=model_id,
            )
        if type(model) is str:
            self._known[model] = info
        return info

    def lookup(self, provider: str, model_id: str) -> ModelInfo | None:
        """The model of that provider with that id or alias, or None. `provider` is an id, not an alias."""
        return self._by_name(provider).get(model_id)

    def near(self, provider: str, model_id: str) -> builtins.list[str]:
        """Ids of that provider that look like `model_id`."""
        return near_matches(model_id, self._by_name(provider))

    def list(self, provider: str) -> builtins.list[ModelInfo]:
        """All models of a provider, by id."""
        return [info for name, info in self._by_name(self.provider(provider)).items() if name == info.id]

    def providers(self) -> builtins.list[str]:
        """The ids of all providers."""
        return builtins.list(self._rows())

    def provider(self, name: str) -> str:
        """The id of the provider with that id or alias. ConfigError with near matches when there is none."""
        rows = self._rows()
        if name in rows:
            return name
        aliases = {alias: row.id for row in rows.values() for alias in row.aliases}
        if name in aliases:
            return aliases[name]
        near = near_matches(name, [*rows, *aliases])
        raise ConfigError(f"provider {name!r} is unknown{_suggest(near)}; known: {', '.join(rows)}", provider=name)

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

    def _rows(self) -> dict[str, Manifest]:
        return load_manifests() if self._manifests is None else self._manifests

    def _by_name(self, provider: str) -> dict[str, ModelInfo]:
        """Id -> model, then alias -> model for aliases that are no ids. Empty for a provider without a catalog."""
        if provider not in self._catalogs:
            from fluent_ai.registry.catalog import read_catalog

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


models = Registry()
"""The registry of the package, `fluent_ai.models`."""
