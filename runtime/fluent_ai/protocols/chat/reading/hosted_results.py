"""What tools that a provider runs itself gave back, as text; the provider's own object goes back as it came."""

from __future__ import annotations

import msgspec

_OUTPUTS = ("stdout", "stdOut", "text", "output", "error_code")


def result_text(found: object) -> str:
    """A text, joined texts, the output of code, or else JSON."""
    if found is None:
        return ""
    if isinstance(found, str):
        return found
    if isinstance(found, list):
        texts = [result_text(entry) if _is_text(entry) else None for entry in found]
        if texts and all(text is not None for text in texts):
            return "".join(text or "" for text in texts)
    if isinstance(found, dict):
        if "json" in found and len(found) == 1:
            return result_text(found["json"])
        for key in _OUTPUTS:
            if isinstance(value := found.get(key), str):
                return value + (error if isinstance(error := found.get("stderr"), str) else "")
    return msgspec.json.encode(found).decode()


def result_failed(found: object) -> bool:
    """Whether a result says that its tool failed."""
    if isinstance(found, list):
        return any(result_failed(entry) for entry in found)
    if not isinstance(found, dict):
        return False
    if isinstance(inner := found.get("json"), dict):
        return result_failed(inner)
    kind, code = found.get("type"), found.get("return_code", found.get("exitCode"))
    return found.get("isError") is True or bool(code) or (isinstance(kind, str) and kind.endswith("_error"))


def _is_text(entry: object) -> bool:
    return isinstance(entry, dict) and (isinstance(entry.get("text"), str) or set(entry) == {"json"})
