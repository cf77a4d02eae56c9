"""A page of the guides for each provider: `python -m fluent_ai_codegen.provider_pages [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase

from fluent_ai.manifest.schema import Manifest, Variable
from fluent_ai.registry import Registry
from fluent_ai.registry.facts import Kind, ModelInfo, Prices

from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.files.specs import load_specs
from fluent_ai_codegen.files.tree import compare, replace
from fluent_ai_codegen.render.clients import CLOUDS
from fluent_ai_codegen.render.verbs import VerbModule, read_verbs

from .readme import key_sources, protocol_name

SOURCE = "<!-- Rendered from specs/providers and the catalogs by `nox -s generate`; do not edit. -->"
_KINDS: dict[Kind | None, str] = {
    "chat": "Chat",
    "completion": "Completion",
    "embedding": "Embeddings",
    "rerank": "Reranking",
    "moderation": "Moderation",
    "transcription": "Transcription",
    "speech": "Speech",
    "image": "Images",
    "video": "Video",
    "realtime": "Realtime",
    "ocr": "Reading documents",
    "other": "Other",
    None: "Of unknown kind",
}
_ABILITIES = {
    "tools": "tools",
    "structured_output": "output",
    "reasoning": "reasoning",
    "web_search": "search",
    "prompt_cache": "cache",
}


def pages(manifests: Sequence[Manifest], registry: Registry, verbs: Sequence[VerbModule]) -> dict[str, bytes]:
    """File name -> page, one for each provider, and an index."""
    texts = {f"{manifest.id}.md": page(manifest, registry.all(manifest.id), verbs) for manifest in manifests}
    return {name: text.encode() for name, text in {"index.md": _index(manifests, registry, verbs), **texts}.items()}


def page(manifest: Manifest, models: Sequence[ModelInfo], verbs: Sequence[VerbModule]) -> str:
    """Everything that the manifest and the catalog say of one provider."""
    sections = (
        (SOURCE,),
        (f"# {manifest.name}",),
        _introduction(manifest),
        _example(manifest, models),
        _address(manifest),
        _routes(manifest, verbs),
        _options(manifest),
        _models(manifest, models),
    )
    return "\n\n".join(block for section in sections for block in section) + "\n"


def _index(manifests: Sequence[Manifest], registry: Registry, verbs: Sequence[VerbModule]) -> str:
    rows = (
        (
            f"[{manifest.name}]({manifest.id}.md)",
            _code(f"{manifest.id}:"),
            ", ".join(key_sources(manifest)) or "no key",
            " ".join(_code(verb.collecting) for verb in verbs if manifest.routes(verb.capability)),
            str(len(registry.all(manifest.id))),
        )
        for manifest in manifests
    )
    table = _table(("Provider", "Named", "Key from", "Verbs", "Models"), rows)
    text = (
        f"{len(manifests)} providers answer to the same calls. `client.providers()` says which of them are ready on "
        "your machine. The models are counted as far as the registry knows them; any other id can be used all the same."
    )
    return f"{SOURCE}\n\n# Providers\n\n{text}\n\n{table}\n"


def _introduction(manifest: Manifest) -> Iterator[str]:
    names = [_code(f"{name}:") for name in (manifest.id, *manifest.aliases)]
    yield "\n".join(
        (
            f"- Models are named {' or '.join(names)} and their id.",
            f"- Key: {', '.join(key_sources(manifest)) or 'none is needed'}",
            f"- Typed client: `fluent_ai_providers.{manifest.id}.{manifest.client_name}`",
            f"- The provider's own documentation: <{manifest.docs}>",
        )
    )


def _example(manifest: Manifest, models: Iterable[ModelInfo]) -> Iterator[str]:
    """A call that works with a key, or with none where none is needed."""
    known = {model.id: model for model in models}
    chat = [
        model
        for model in known.values()
        if model.kind == "chat"
        and model.retires_on is model.deprecated_on is model.last_listed is None
        and any(fnmatchcase(model.id, route.models) for route in manifest.chat)
    ]
    if not chat:
        return
    newest = max(chat, key=lambda model: (model.released or date.min, model.id))
    clouds = [method for method in manifest.auth.methods if method.scheme in CLOUDS]
    if clouds and not any(method.env for method in manifest.auth.methods):
        yield f'<!-- skip: next "needs {CLOUDS[clouds[0].scheme]}" -->'
    yield "\n".join(
        (
            "```python",
            "import fluent_ai as ai",
            "",
            "with ai.Client() as client:",
            f'    reply = client.complete("{newest.full_name}", "Say hello.")',
            "    print(reply.text)",
            "```",
        )
    )


def _address(manifest: Manifest) -> Iterator[str]:
    if not manifest.base_url and not manifest.base_url_env:
        return
    yield "## Address"
    named = " or ".join(map(_code, (*manifest.base_url_env, *manifest.host_env)))
    if manifest.base_url:
        yield f"Requests go to `{manifest.base_url}`." + (f" {named} names another address." if named else "")
    else:
        yield f'Requests go to the address that {named} names, or `Client(base_urls={{"{manifest.id}": ...}})`.'
    if manifest.variables:
        rows = (
            (_code(name), " ".join(map(_code, variable.env)), _code(variable.default), _choices(variable))
            for name, variable in manifest.variables.items()
            if not variable.of
        )
        yield _table(("Placeholder", "From", "Default", "Choices"), rows)
        name = next(name for name, variable in manifest.variables.items() if not variable.of)
        given = f'Client(base_urls={{"{manifest.id}": {{"{name}": "..."}}}})'
        yield f"In code: `{given}`, or a whole URL instead of the dict."
    if manifest.header_env:
        headers = ((_code(header), " ".join(map(_code, names))) for header, names in manifest.header_env.items())
        yield _table(("Header", "Sent where this is set"), headers)


def _choices(variable: Variable) -> str:
    return " ".join(map(_code, variable.choices))


def _routes(manifest: Manifest, verbs: Sequence[VerbModule]) -> Iterator[str]:
    rows = [
        (
            ", ".join(map(_code, ("stream", "complete") if verb.writes_reply else (verb.method,))),
            "all" if route.models == "*" else _code(route.models),
            protocol_name(route.protocol),
            _code(route.path),
            _limits(route.batch, route.requires, route.without),
        )
        for verb in verbs
        for route in manifest.routes(verb.capability)
    ]
    yield "## Routes"
    yield "The first row that fits verb and model is taken."
    yield _table(("Verb", "Models", "Protocol", "Path", "Limits"), rows)


def _limits(batch: int | None, requires: Iterable[str], without: Iterable[str]) -> str:
    found = [f"{batch} inputs a request"] if batch else []
    found += [f"needs {_code(name)}" for name in requires]
    found += [f"no {_code(name)}" for name in without]
    return ", ".join(found)


def _options(manifest: Manifest) -> Iterator[str]:
    differences = [f"- {text}" for text in _differences(manifest)]
    if not manifest.options and not differences:
        return
    yield "## Options of a chat request"
    if differences:
        common = "[common options](../reference/clients.md#fluent_ai.verbs.chat_options.ChatOptions)"
        yield f"How the {common} differ here, where `openai_chat` is spoken:"
        yield "\n".join(differences)
    if manifest.options:
        yield f"{manifest.name}'s own, checked for their type and sent under the same name:"
        kinds = dict.fromkeys(sorted(manifest.options.values()))
        rows = (
            (kind, ", ".join(_code(name) for name, each in manifest.options.items() if each == kind)) for kind in kinds
        )
        yield _table(("JSON type", "Options"), rows)


def _differences(manifest: Manifest) -> Iterator[str]:
    """How the common options deviate; only this protocol has quirks."""
    if not any(route.protocol == "openai_chat" for route in manifest.chat):
        return
    quirks = manifest.quirks
    refused = [
        name
        for name, absent in (
            ("top_k", not quirks.top_k),
            ("seed", quirks.seed_field == "none"),
            ("logprobs", quirks.logprobs == "none"),
            ("reasoning", quirks.reasoning_field == "none"),
            ("tools", quirks.tools == "none"),
        )
        if absent
    ]
    if refused:
        yield f"Refused, because the endpoint has no word for it: {', '.join(map(_code, refused))}."
    if quirks.tools == "auto":
        yield "`tool_choice` may be `auto` or `none`: the endpoint cannot force a call."
    if quirks.output == "json_object":
        yield "`output` is told to the model as a schema, and JSON of any shape is enforced."
    if quirks.reasoning_field in ("thinking", "enable_thinking"):
        yield "`reasoning` turns thinking on, or off with `none`; the endpoint knows no degrees of it."
    elif quirks.efforts:
        yield f"`reasoning` is one of {', '.join(map(_code, quirks.efforts))}."
    if quirks.logprobs == "flag":
        yield "`logprobs` reports the chosen tokens; alternatives cannot be asked for."


def _models(manifest: Manifest, models: Sequence[ModelInfo]) -> Iterator[str]:
    if not models:
        return
    yield "## Models"
    yield (
        "Sizes are tokens, prices US dollars per million tokens. What nobody states is empty; "
        f"`fluent-ai show {manifest.id}:MODEL` says who states the rest."
    )
    for kind, title in _KINDS.items():
        if found := [model for model in models if model.kind == kind]:
            yield f"### {title}"
            rows = [_facts(model) for model in found]
            yield _table(tuple(rows[0]), [tuple(row.values()) for row in rows])


def _facts(model: ModelInfo) -> dict[str, str]:
    """Column -> cell."""
    prices = model.prices or Prices()
    return {
        "Model": _code(model.id),
        "Context": _tokens(model.context_window or model.max_input_tokens),
        "Output": _tokens(model.max_output_tokens),
        "Input $": _price(prices.input),
        "Output $": _price(prices.output),
        "Reads": ", ".join(each for each in model.input_modalities or () if each != "text"),
        "Writes": ", ".join(each for each in model.output_modalities or () if each != "text"),
        "Can": ", ".join(word for fact, word in _ABILITIES.items() if getattr(model, fact)),
        "Dimensions": str(model.embedding_dimensions or ""),
        "Retires": str(model.retires_on or ""),
    }


def _tokens(number: int | None) -> str:
    return f"{number:,}" if number else ""


def _price(price: float | None) -> str:
    return "" if price is None else f"{price:.6f}".rstrip("0").rstrip(".")


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table without the columns that are empty throughout; numbers stand to the right."""
    body = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    filled = [place for place in range(len(columns)) if any(row[place] for row in body)]
    numbers = [all(row[place][:1].isdigit() or not row[place] for row in body) for place in filled]
    rule = ["---:" if number else "---" for number in numbers]
    lines = ([columns[place] for place in filled], rule, *([row[place] for place in filled] for row in body))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def rendered(layout: Layout) -> Mapping[str, bytes]:
    """The pages of a checkout, from its own specs and catalogs alone."""
    registry = Registry(layout.generated / "fluent_ai_providers" / "data" / "catalog", overlays=())
    return pages(load_specs(layout.specs).manifests, registry, read_verbs(layout.verbs))


def main(arguments: list[str]) -> str | None:
    """Write the pages, or with `--check` say what is wrong; returns the problem."""
    layout = Layout.find()
    wanted = rendered(layout)
    differences = compare(wanted, layout.provider_pages)
    if not differences:
        return None
    if "--check" in arguments:
        names = ", ".join(f"{each.path} ({each.kind})" for each in differences[:5])
        return f"error: docs/guides/providers is not up to date: {names}; run `nox -s generate`"
    replace(wanted, layout.provider_pages)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
