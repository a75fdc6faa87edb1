"""Where a command writes, and how a path is shown to the person who typed it."""

from pathlib import Path


def destination(output: Path | None, folder: Path, name: str) -> Path:
    """What `-o` means: a file, or a folder (there already, or written with a slash at its end)."""
    if output is None:
        return folder / name
    return output / name if output.is_dir() else output


def shown(path: Path) -> str:
    """From the current folder where that is shorter to read."""
    current = Path.cwd()
    return str(path.relative_to(current) if path.is_relative_to(current) else path)
