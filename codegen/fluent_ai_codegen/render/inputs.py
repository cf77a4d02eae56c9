"""All that is rendered from, as one value: nobody can render with a part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fluent_ai_codegen.files.cache import Cache, read_caches
from fluent_ai_codegen.files.manifest_type import manifest_type
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.files.specs import Specs, load_specs
from fluent_ai_codegen.files.telemetry import Telemetry, read_telemetry
from fluent_ai_codegen.render.doors import EDITED
from fluent_ai_codegen.render.verbs import VerbModule, read_verbs
from fluent_ai_codegen.sources.store import SourceCache, read_sources


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """`caches`: provider -> its own list as it was fetched. `sources`: source -> what it said of all providers.

    `verbs`: those that the runtime declares. `modules`: path below the root -> what the runtime's modules are in which
    lines are rendered, where the checkout has the runtime. `telemetry`: the names for OpenTelemetry.
    """

    specs: Specs
    caches: Mapping[str, Cache]
    sources: Mapping[str, SourceCache]
    verbs: tuple[VerbModule, ...]
    modules: Mapping[str, str] = field(default_factory=dict)
    telemetry: Telemetry | None = None

    @classmethod
    def load(cls, layout: Layout) -> Inputs:
        """Read and check specs/ and cache/ of a checkout. ConfigError names the file, and what is wrong in it."""
        verbs = read_verbs(layout.verbs)
        edited = EDITED if layout.runtime.is_dir() else ()
        return cls(
            specs=load_specs(layout.specs, manifest_type(verb.capability for verb in verbs)),
            caches=read_caches(layout.cache),
            sources=read_sources(layout.sources),
            verbs=verbs,
            modules={path: (layout.root / path).read_text("utf-8") for path in edited},
            telemetry=read_telemetry(layout.specs / "telemetry" / "gen_ai.toml"),
        )
