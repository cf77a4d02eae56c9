"""Where the inputs and outputs of codegen lie: folders of the repository."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import fluent_ai
from fluent_ai.errors import ConfigError


@dataclass(frozen=True)
class Layout:
    """The repository's root and the folders below it that codegen reads and writes."""

    root: Path

    @property
    def specs(self) -> Path:
        return self.root / "specs"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    @property
    def sources(self) -> Path:
        return self.cache / "sources"

    @property
    def apis(self) -> Path:
        return self.cache / "apis"

    @property
    def generated(self) -> Path:
        return self.root / "generated"

    @property
    def runtime(self) -> Path:
        """The runtime's package; not there in a checkout of nothing but facts."""
        return self.root / "runtime" / "fluent_ai"

    @property
    def verbs(self) -> Path:
        """The runtime's verbs, or those of the installed one where the checkout has none."""
        return (self.runtime if self.runtime.is_dir() else Path(fluent_ai.__file__).parent) / "verbs"

    @property
    def provider_pages(self) -> Path:
        return self.root / "docs" / "guides" / "providers"

    @property
    def answers(self) -> Path:
        """The HTTP cache of fetch: raw answers, not under version control."""
        return self.root / ".fetch" / "answers"

    @property
    def rendered(self) -> Path:
        """What was last rendered of each input; not under version control either."""
        return self.root / ".fetch" / "rendered"

    @property
    def circuits(self) -> Path:
        """Which providers failed again and again; not under version control either."""
        return self.root / ".fetch" / "circuits.json"

    @classmethod
    def find(cls, start: Path | None = None) -> Layout:
        """The first folder with specs/providers, from `start` up (default: the working directory, then this file)."""
        starts = [start] if start else [Path.cwd(), Path(__file__).resolve()]
        for place in starts:
            for folder in (place, *place.parents):
                if (folder / "specs" / "providers").is_dir():
                    return cls(folder)
        raise ConfigError(f"no specs/providers in {starts[0]} or above; run this in a checkout of the repository")
