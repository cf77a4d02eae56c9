"""The variables of the environment that stand above the file."""

from __future__ import annotations

import os
from collections.abc import Mapping

from fluent_ai.config.values import THEMES, VERBS, Values
from fluent_ai.errors import ConfigError

CONFIG_FILE = "FLUENT_AI_CONFIG"
"""Names the file."""
VARIABLES: Mapping[str, str] = {
    "FLUENT_AI_MODEL": "models.chat",
    **{f"FLUENT_AI_{verb.upper()}_MODEL": f"models.{verb}" for verb in VERBS if verb != "chat"},
    "FLUENT_AI_PROVIDER": "provider",
    "FLUENT_AI_THEME": "theme",
}
"""Variable -> the key that it stands above."""


def set_variables() -> dict[str, str]:
    """Key -> the variable that is set for it, and not empty."""
    return {key: name for name, key in VARIABLES.items() if os.environ.get(name, "").strip()}


def with_environment(values: Values) -> Values:
    """The values with those of the environment. Raises ConfigError, which names the variable."""
    given = {key: os.environ.get(name, "").strip() for key, name in set_variables().items()}
    if not given:
        return values
    models = {key.partition(".")[2]: value for key, value in given.items() if key.startswith("models.")}
    wanted = given.get("theme", values.theme)
    if (theme := next((each for each in THEMES if each == wanted), None)) is None:
        raise ConfigError(f"FLUENT_AI_THEME is {wanted!r:.80}; allowed: {', '.join(THEMES)}")
    return values._replace(
        models={**values.models, **models},
        provider=given.get("provider", values.provider),
        theme=theme,
    )
