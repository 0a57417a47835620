"""Texts that people wrote, where Streamlit reads Markdown."""

_SPECIAL = frozenset("\\`*_{}[]()#+-.!|~$:<>&")


def escaped(words: str) -> str:
    """``words`` as Markdown shows them, letter by letter."""
    return "".join(f"\\{letter}" if letter in _SPECIAL else letter for letter in words)
