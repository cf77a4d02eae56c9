"""The commands: where each of them is, and what it does, so that only the one that is asked for is imported."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    import typer


class Command(NamedTuple):
    """A command that is not imported yet."""

    place: str
    """The module within the package, and the name of the function or the app in it."""
    summary: str
    """What `fluent-ai --help` says of it."""
    package: str = "fluent_ai.cli"
    """The package of the module."""

    def load(self) -> Callable[..., None] | typer.Typer:
        """The function or the app."""
        module, _, name = self.place.partition(":")
        found: Callable[..., None] | typer.Typer = getattr(import_module(f".{module}", self.package), name)
        return found


ENTRY_POINTS: Final = "fluent_ai.commands"
"""Other packages offer a typer app or a function under this group; it becomes the command of the entry's name."""
OWN: Final[dict[str, Command]] = {
    "ask": Command("asking.ask:ask", "Ask a model."),
    "chat": Command("chat:chat", "Talk to a model."),
    "image": Command("image:image", "Make pictures, and write them to files."),
    "embed": Command("verbs.embed:embed", "Print the vectors of texts, or keep them in a collection."),
    "similar": Command("verbs.embed:similar", "What is most similar in a collection."),
    "collections": Command("verbs.embed:app", "List and delete collections of vectors."),
    "rerank": Command("verbs.rerank:rerank", "Order texts by how well they answer a question."),
    "moderate": Command("verbs.moderate:moderate", "Say of texts whether they are considered harmful."),
    "transcribe": Command("verbs.transcribe:transcribe", "Print what is said in a recording."),
    "speak": Command("verbs.speak:speak", "Write a text as sound to a file."),
    "count": Command("verbs.count:count", "Count the tokens that ask would send."),
    "models": Command("models:models", "List models."),
    "show": Command("models:show", "All that is known about a model, and who says it."),
    "compare": Command("models:compare", "Models side by side: the facts that differ."),
    "cost": Command("costs:cost", "The cost of these tokens, or of a reply."),
    "cheapest": Command("costs:cheapest", "The cheapest models that can serve such a request."),
    "resolve": Command("account.resolve:resolve", "The model that a name stands for, and why."),
    "registry": Command("registry:app", "Explain the registry's data."),
    "providers": Command("providers:providers", "List providers, and whether they can be called."),
    "pull": Command("pull:pull", "Fetch a model to this machine or its server."),
    "list": Command("kept:list_models", "List the models that this machine can run itself."),
    "remove": Command("kept:remove", "Remove the weights of a pulled model from this machine."),
    "config": Command("account.config:app", "Default models, aliases, rules, routes, options."),
    "aliases": Command("account.aliases:app", "Names of your own for models."),
    "templates": Command("asking.templates_command:app", "Prompts with places to fill in."),
    "logs": Command("account.logs:logs", "The latest prompts and replies that were kept."),
    "chats": Command("account.chats:app", "List, find, export and import kept chats."),
    "keys": Command("account.keys:app", "Keep keys in an encrypted file."),
    "usage": Command("account.usage:usage", "What calls used and cost, by a ledger."),
    "completion": Command("completion.scripts:completion", "Completion for bash, zsh and fish."),
}
"""In the order of the help."""
