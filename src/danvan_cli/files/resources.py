"""Files that belong to the program itself: the explanations of its codes, the Word templates."""

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
# Where pyproject.toml takes from what the wheel has under another name.
IN_REPOSITORY = {"rules.md": "docs/rules.md"}


def packaged(name: str, package: Path = _PACKAGE) -> Path:
    """The file or folder `name` (rules.md, templates/bao-cao.docx) of the program in `package`.

    An installed wheel has it inside the package; an editable install, in the repository above it.
    """
    installed = package / name
    if installed.exists():
        return installed
    return package.parent.parent / IN_REPOSITORY.get(name, name)
