"""Names of temporary files, which are still being written and which readers must ignore."""

import re

_BEGINNING = ".danvan-"
_NAME = r"\.danvan-[0-9a-f]{16}\.tmp"


def temporary_name(token: str) -> str:
    """The name for a token of 16 hexadecimal digits."""
    return f"{_BEGINNING}{token}.tmp"


def is_temporary(name: str) -> bool:
    """Whether a file of this name was not yet completely written."""
    return name.startswith(_BEGINNING) and re.fullmatch(_NAME, name) is not None
