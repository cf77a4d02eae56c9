"""All clients take the same settings, by name."""

from __future__ import annotations

import inspect

import fluent_ai as ai
import pytest
from fluent_ai.client.settings import DEFAULTS, Settings
from fluent_ai_providers.groq import AsyncGroq, Groq

OWN = {
    ai.Client: ["keys", "base_urls", "config", "transport", "http"],
    ai.AsyncClient: ["keys", "base_urls", "config", "transport", "http"],
    Groq: ["api_key", "base_url", "transport"],
    AsyncGroq: ["api_key", "base_url", "transport"],
}


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.__name__)
def test_the_signature_names_the_settings_and_their_defaults(kind: type) -> None:
    parameters = inspect.signature(kind).parameters
    assert list(parameters) == [*OWN[kind], *Settings.__annotations__]
    assert {name: parameters[name].default for name in DEFAULTS} == DEFAULTS
    assert parameters["retries"].annotation == "int"
    assert {each.kind for each in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.__name__)
def test_an_unknown_setting_is_refused_with_those_there_are(kind: type) -> None:
    allowed = ", ".join((*OWN[kind], *DEFAULTS))
    with pytest.raises(ai.ConfigError, match=rf"'retris' is not known for {kind.__name__}\..*Allowed: {allowed}"):
        kind(retris=1)


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.__name__)
def test_each_setting_arrives(kind: type) -> None:
    registry = ai.models.Registry(overlays=())
    for name, wrong in {"retries": -1, "timeout": 0, "validate": "no", "headers": 7, "manifests": 7}.items():
        with pytest.raises(ai.ConfigError, match=name):
            kind(**{name: wrong})
    assert kind(registry=registry)._core.registry is registry


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.__name__)
def test_the_defaults_are_what_holds_without_settings(kind: type) -> None:
    without, default = kind()._core, kind(**DEFAULTS)._core
    for name in ("registry", "_validate"):
        assert getattr(without, name) == getattr(default, name)
    assert (without.terms.timeouts, without.terms.policy) == (default.terms.timeouts, default.terms.policy)
    assert without.providers.all() == default.providers.all()
