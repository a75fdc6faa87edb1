"""Tries every Word template of a workspace with made-up documents, and says what is wrong."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import docx
from msgspec import Struct

from danvan_cli.diagnostics import Diagnostic, did_you_mean, limited
from danvan_cli.failures import Failure
from danvan_cli.resources import packaged
from danvan_cli.word.documents import DOCUMENTS, Document
from danvan_cli.word.filling import UNREADABLE, problems
from danvan_cli.word.render import context_of, render, template_path
from danvan_cli.word.sample import samples
from danvan_cli.word.styles import DEFAULT_LOOK
from danvan_cli.word.template_tags import Problem

_CODES: Mapping[str, str] = {"tag": "D591", "work": "D591", "name": "D592", "value": "D593"}
_HINTS: Mapping[str, str] = {
    "name": "các tên dùng được trong từng mẫu: docs/templates.md của danvan",
    "value": "đặt trong {% if … %} để chỉ in khi có giá trị",
}
_FOR_WORD = (".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".odt", ".rtf")
_OPEN_IN_WORD = "~$"
"""What the name of Word's own file beside one that is open begins with."""


class Template(Struct, frozen=True):
    """A template as it is in force: its name, where it lies, whether the office's own."""

    name: str
    path: Path
    is_own: bool


def in_force(root: Path) -> list[Template]:
    """The template of each document: the workspace's, else the one that comes with danvan."""
    paths = {name: template_path(root, name) for name in DOCUMENTS}
    return [
        Template(name, path, is_own=path != packaged(f"templates/{name}"))
        for name, path in paths.items()
    ]


def check(root: Path) -> list[Diagnostic]:
    """All that is wrong with the templates in force, and with files that are none of them."""
    found = [problem for each in in_force(root) for problem in limited(wrong_with(each))]
    return found + list(_strays(root / "templates"))


def wrong_with(template: Template) -> Iterator[Diagnostic]:
    """All that is wrong with one template, whichever of its document's values it is given."""
    documents = list(samples(DOCUMENTS[template.name]))
    try:
        found = _problems(template.path, documents)
    except Failure as failure:
        yield Diagnostic(
            code="D590", message=failure.message, hint=failure.hint, file=template.path
        )
        return
    for problem in found:
        yield Diagnostic(
            code=_CODES[problem.kind],
            message=problem.with_place,
            hint=problem.hint or _HINTS.get(problem.kind),
            file=template.path,
        )
    if not found and not _opens(template.path, documents[0]):
        yield Diagnostic(
            code="D594",
            message="văn bản lập từ mẫu này không mở được",
            hint="lập lại mẫu từ bản đi kèm danvan",
            file=template.path,
        )


def _problems(template: Path, documents: list[Document]) -> list[Problem]:
    """Those that any of the documents brings to light, in the order of the tags."""
    found = {
        (problem.tag.number if problem.tag else -1, problem.message): problem
        for document in documents
        for problem in problems(template, context_of(document))
    }
    return [found[key] for key in sorted(found)]


def _opens(template: Path, document: Document) -> bool:
    try:
        docx.Document(io.BytesIO(render(template, document, DEFAULT_LOOK)))
    except (Failure, *UNREADABLE):
        return False
    return True


def _strays(folder: Path) -> Iterator[Diagnostic]:
    """Word files beside the templates that no command fills in."""
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    used = [own for name in DOCUMENTS if (own := folder / name).is_file()]
    for file in files:
        if file.suffix.lower() not in _FOR_WORD or file.name.startswith(_OPEN_IN_WORD):
            continue
        if file.name in DOCUMENTS:
            continue
        # Not by name: to Windows, Bao-cao.docx is bao-cao.docx.
        if file.exists() and any(file.samefile(each) for each in used):
            continue
        names = did_you_mean(f"{file.stem}.docx".lower(), DOCUMENTS)
        yield Diagnostic(
            code="D595",
            message=f"không lệnh nào dùng mẫu có tên “{file.name}”",
            hint=names or f"danvan dùng các mẫu: {', '.join(DOCUMENTS)}",
            file=file,
        )
