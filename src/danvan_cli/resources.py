"""Files that belong to the program itself: the explanations of its codes, the Word templates."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
# Where pyproject.toml takes from what the wheel has under another name.
_IN_REPOSITORY = {"rules.md": "docs/rules.md"}


def packaged(name: str) -> Path:
    """The file or folder `name` (rules.md, templates/bao-cao.docx).

    An installed wheel has it inside the package; an editable install, in the repository above it.
    """
    installed = _PACKAGE / name
    if installed.exists():
        return installed
    return _PACKAGE.parent.parent / _IN_REPOSITORY.get(name, name)
