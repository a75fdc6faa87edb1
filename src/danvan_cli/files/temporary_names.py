"""The names of files that are still being written, which who reads a folder passes by."""

import re

_BEGINNING = ".danvan-"
_NAME = r"\.danvan-[0-9a-f]{16}\.tmp"


def temporary_name(token: str) -> str:
    """The name for a token of 16 hexadecimal digits."""
    return f"{_BEGINNING}{token}.tmp"


def is_temporary(name: str) -> bool:
    """Whether a file of this name is one that a run has not come to the end of writing."""
    return name.startswith(_BEGINNING) and re.fullmatch(_NAME, name) is not None
