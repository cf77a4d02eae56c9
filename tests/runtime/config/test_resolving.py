"""How a name becomes a model: which way is tried first, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.config.config import Known
from fluent_ai_providers.groq import Model as GroqModel
from scripted_server import Server, manifest_for, sse, stream, text_chunks

Write = Callable[[str], Path]

FILE = """
[aliases]
quick = "fast"
fast = "acme:swift-1"
lost = "nothing-at-all"
[routes.both]
legs = ["fast", "other:swift-1"]
[[rules]]
regex = "s-(?P<number>[0-9]+)"
model = "acme:swift-{number}"
[[rules]]
glob = "any-*"
model = "acme:plain-1"
needs = ["tools"]
[[rules]]
glob = "any-*"
model = "other:swift-1"
key = true
[[rules]]
glob = "any-*"
model = "both"
key = true
needs = ["tools"]
[[rules]]
glob = "any-special"
model = "acme:{name}"
priority = 1
[[rules]]
glob = "round-*"
model = "{name}"
"""


@pytest.mark.parametrize(
    ("name", "model", "why"),
    [
        ("acme:anything", "acme:anything", ["exact name"]),
        ("fast", "acme:swift-1", ["alias 'fast'", "exact name"]),
        ("quick", "acme:swift-1", ["alias 'quick'", "alias 'fast'", "exact name"]),
        ("both", "both", ["route 'both'"]),
        ("s-7", "acme:swift-7", ["regex 's-(?P<number>[0-9]+)'", "exact name"]),
        ("any-thing", "both", ["glob 'any-*'", "route 'both'"]),
        ("any-special", "acme:any-special", ["glob 'any-special'", "exact name"]),
        ("swift-1", "acme:swift-1", ["only provider with a key that has it, 'acme'"]),
    ],
)
def test_the_first_way_that_leads_to_a_model_is_taken(
    write: Write, known: Known, name: str, model: str, why: list[str]
) -> None:
    found = ai.Config(write(FILE)).resolve(name, known=known)
    assert (found.name, list(found.why)) == (model, why)
    assert isinstance(found.model, ai.Route) == (found.route is not None)


def test_an_exact_name_is_never_read_as_anything_else(write: Write, known: Known) -> None:
    config = ai.Config(write("[[rules]]\nglob = '*'\nmodel = 'other:caught'\n[aliases]\n'acme:a' = 'other:b'"))
    assert config.resolve("acme:a", known=known).name == "acme:a"
    assert config.resolve("b", known=known).name == "other:caught"


def test_the_default_provider_comes_after_the_rules(write: Write, known: Known) -> None:
    config = ai.Config(write("provider = 'other'\n[[rules]]\nglob = 'plain-1'\nmodel = 'acme:{name}'"))
    assert config.resolve("swift-1", known=known)[:2] == ("other:swift-1", ("default provider 'other'",))
    assert config.resolve("plain-1", known=known).name == "acme:plain-1"


def test_a_default_provider_that_does_not_exist(write: Write, known: Known) -> None:
    with pytest.raises(ai.ConfigError, match=r"the default provider 'acne' is not known\. Did you mean acme"):
        ai.Config(write("provider = 'acne'")).resolve("x", known=known)


@pytest.mark.parametrize("name", ["lost", "round-1", "swfit-1", "nobody"])
def test_a_name_that_leads_nowhere_is_refused(write: Write, known: Known, name: str) -> None:
    with pytest.raises(ai.ConfigError, match="allowed: 'provider:model'"):
        ai.Config(write(FILE)).resolve(name, known=known)


def test_similar_names_are_offered_and_never_taken(write: Write, known: Known) -> None:
    config = ai.Config(write(FILE))
    with pytest.raises(ai.ConfigError, match="Did you mean quick"):
        config.resolve("quik", known=known)
    with pytest.raises(ai.ConfigError, match=r"provider 'acm' is not known\. Did you mean acme"):
        config.resolve("acm:x", known=known)
    names = [each.name for each in config.find_all("swfit-1", known=known)]
    assert names[:2] == ["acme:swift-1", "other:swift-1"]  # the one that can be called first


def test_all_that_a_name_may_stand_for(write: Write, known: Known) -> None:
    config = ai.Config(write(FILE))
    found = config.find_all("any-special", known=known)
    assert [each.name for each in found][:2] == ["acme:any-special", "both"]
    assert config.find_all("swift-1", known=known)[0] == config.resolve("swift-1", known=known)
    assert len({each.name for each in found}) == len(found)


def test_a_provider_that_takes_the_rest(write: Write, known: Known) -> None:
    config = ai.Config(write(FILE))
    assert config.resolve("fast", known=known, otherwise="local").name == "acme:swift-1"
    assert config.resolve("swift-1", known=known, otherwise="local").name == "local:swift-1"


def test_options_of_later_globs_win(write: Write) -> None:
    text = "[options.chat.'*']\nseed = 1\ntop_p = 0.5\n[options.chat.'acme:*']\nseed = 2\n"
    text += "[options.embed.'*']\ndimensions = 3"
    config = ai.Config(write(text))
    assert config.options("acme:x") == {"seed": 2, "top_p": 0.5}
    assert config.options("b:x") == {"seed": 1, "top_p": 0.5}
    assert config.options("b:x", "embed") == {"dimensions": 3}
    assert config.options("b:x", "speak") == {}


@pytest.fixture
def configured(write: Write, server: Server) -> Iterator[ai.Client]:
    server.answers = [stream([*sse(*text_chunks("Hello."))])]
    path = write(
        "[aliases]\nfast = 'acme:m'\n[routes.smart]\nlegs = ['acme:r']\n[options.chat.'acme:*']\nseed = 1\ntop_p = 0.5"
    )
    manifests = [manifest_for(server.url)]
    with ai.Client(keys={"acme": "acme-secret-key"}, manifests=manifests, config=ai.Config(path)) as client:
        yield client


def test_a_client_reads_names_and_options(configured: ai.Client, server: Server) -> None:
    configured.complete("fast", "hi", seed=7)
    configured.model("fast").complete("hi", top_p=None)
    configured.complete("smart", "hi")
    sent = [request.json() for request in server.sent]
    assert [each["model"] for each in sent] == ["m", "m", "r"]
    assert [each.get("seed") for each in sent] == [7, 1, None]
    assert [each.get("top_p") for each in sent] == [0.5, None, None]


def test_a_client_refuses_names_before_anything_is_sent(configured: ai.Client, server: Server) -> None:
    for refused in (lambda: configured.complete("fsat", "hi"), lambda: configured.model("fsat")):
        with pytest.raises(ai.ConfigError, match="Did you mean fast"):
            refused()
    assert server.sent == []


def test_a_client_reads_no_file_unless_asked(write: Write) -> None:
    write("this is no TOML")
    with ai.Client() as client, pytest.raises(ai.ConfigError, match="allowed: 'provider:model'"):
        client.complete("fast", "hi")
    with pytest.raises(ai.ConfigError, match="config is of type str; allowed: an object with apply"):
        ai.Client(config="config.toml")  # type: ignore[arg-type]


async def _complete(client: ai.AsyncClient) -> str:
    async with client:
        return (await client.complete("fast", "hi")).text


def test_an_asynchronous_client_does_too(write: Write, server: Server) -> None:
    import asyncio

    server.answers = [stream([*sse(*text_chunks("Hello."))])]
    config = ai.Config(write("[aliases]\nfast = 'acme:m'"))
    client = ai.AsyncClient(keys={"acme": "acme-secret-key"}, manifests=[manifest_for(server.url)], config=config)
    assert asyncio.run(_complete(client)) == "Hello."


def test_members_of_enums_and_facts_are_names_already(write: Write, known: Known) -> None:
    class Ours:
        def apply(self, *given: object) -> tuple[str, dict[str, object]]:
            raise AssertionError(given)

    client = ai.Client(manifests=[manifest_for("http://127.0.0.1:9")], keys={"acme": "k", "groq": "k"}, config=Ours())
    client.stream(known.registry.get("acme:swift-1"), "hi", validate=False).close()
    client.stream(next(iter(GroqModel)), "hi", validate=False).close()
