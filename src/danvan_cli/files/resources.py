"""Finds files that belong to the program: the explanations of its codes, the Word templates."""

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
# Source paths of files that pyproject.toml puts into the wheel under another name.
IN_REPOSITORY = {"rules.md": "docs/rules.md"}


def packaged(name: str, package: Path = _PACKAGE) -> Path:
    """The file or folder `name` (rules.md, templates/bao-cao.docx) of the program in `package`.

    An installed wheel has it in the package, an editable install in the repository above it.
    """
    installed = package / name
    if installed.exists():
        return installed
    return package.parent.parent / IN_REPOSITORY.get(name, name)
