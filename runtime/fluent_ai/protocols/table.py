"""Which protocols there are, read from the folders of this package.

A protocol is a module in the folder of its capability, and its codec is the class of the same name there: `openai_chat`
has `OpenAIChat`. Only the protocols that are used are imported.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from inspect import isabstract
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from fluent_ai.errors import ConfigError

if TYPE_CHECKING:
    from fluent_ai.manifest.schema import Capability
    from fluent_ai.protocols.chat.chat_codec import JsonChatCodec
    from fluent_ai.protocols.shared.codec import JsonCodec


@cache
def load_codec(protocol: str, capability: Capability = "chat") -> type[JsonCodec[Any, Any]]:
    """The codec class of a protocol, whose module is imported on first use.

    Raises ConfigError, which names the protocols of the capability, for any other name.
    """
    codec = _codec(capability, protocol) if protocol.isidentifier() else None
    if codec is None:
        known = ", ".join(codecs(capability)) or "none"
        raise ConfigError(f"{capability} protocol {protocol!r} is not implemented; implemented: {known}")
    return codec


def chat_codec(protocol: str) -> type[JsonChatCodec]:
    """`load_codec` for chat, typed."""
    return cast("type[JsonChatCodec]", load_codec(protocol))


@cache
def codecs(capability: Capability) -> dict[str, type[JsonCodec[Any, Any]]]:
    """The codec classes of all protocols of a capability, by name. Imports every module of its folder."""
    folder = _module(capability)
    names = [each.name for each in iter_modules(folder.__path__)] if folder else []
    return {name: codec for name in sorted(names) if (codec := _codec(capability, name)) is not None}


def _codec(capability: Capability, protocol: str) -> type[JsonCodec[Any, Any]] | None:
    """The codec of a module; None if there is no such module, or it only helps the protocols beside it."""
    from fluent_ai.protocols.shared.codec import JsonCodec

    named = protocol.replace("_", "")
    module = _module(f"{capability}.{protocol}")
    for name, found in vars(module).items() if module else ():
        if name.lower() == named and isinstance(found, type) and issubclass(found, JsonCodec) and not isabstract(found):
            return found
    return None


def _module(name: str) -> ModuleType | None:
    """A module below this package, or None."""
    name = f"{__package__}.{name}"
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not name.startswith(error.name):  # it exists, and needs something that does not
            raise
        return None
