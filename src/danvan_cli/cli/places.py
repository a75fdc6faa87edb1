"""Where a command writes, and how a path is shown to the person who typed it."""

import os
from pathlib import Path


def destination(output: Path | None, folder: Path, name: str) -> Path:
    """What `-o` means: a file, or a folder that is there already."""
    if output is None:
        return folder / name
    return output / name if output.is_dir() else output


def shown(path: Path) -> str:
    """The way to a file from the current folder, or the whole way where that is shorter."""
    whole = str(path)
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        relative = whole
    return min(relative, whole, key=len).replace(os.sep, "/")
