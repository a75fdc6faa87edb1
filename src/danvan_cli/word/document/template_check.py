"""Tries every Word template of a workspace with made-up documents, and says what is wrong."""

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct, inspect

from danvan_cli.files import links, safe_write
from danvan_cli.files.resources import packaged
from danvan_cli.problems import Diagnostic, Failure, did_you_mean, limited
from danvan_cli.word.document.fields import DOCUMENTS, Appendix, Document
from danvan_cli.word.document.printing import context_of, render
from danvan_cli.word.document.sample import samples, with_marks
from danvan_cli.word.document.styles import DEFAULT_SETTINGS
from danvan_cli.word.file.opening import open_content, opened, reading
from danvan_cli.word.file.plain_text import paragraphs
from danvan_cli.word.template.fill import LOOK_AT_ALL, problems
from danvan_cli.word.template.tags import Problem

_CODES: Mapping[str, str] = {"tag": "D591", "work": "D591", "name": "D592", "value": "D593"}
_HINTS: Mapping[str, str] = {
    "name": "các tên dùng được trong từng mẫu: docs/templates.md của danvan",
    "value": "đặt trong {% if … %} để chỉ in khi có giá trị",
}
_FIVE_PARTS = (
    "leadership",
    "appendix_citation",
    "sections",
    "assessment",
    "next_heading",
    "next_steps",
    "proposals",
)
"""Names by which templates printed the body before a report could have an outline of its own."""

_ANY_OUTLINE = (
    "thân báo cáo nay in theo đề cương: chép từ mẫu đi kèm danvan các đoạn từ "
    "{%p for part in parts %} đến {%p endfor %} cuối cùng trước {{ closing }}, thay cho các phần I "
    "đến V (docs/templates.md, “Đổi mẫu cũ”)"
)
_FOR_WORD = (".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".odt", ".rtf")
_TAKE_OVER = (
    "chép các thẻ in phần đó từ mẫu đi kèm danvan; nội dung không được in ra là bị mất mà không ai "
    "biết"
)
_OPEN_IN_WORD = "~$"
"""How the name of the lock file begins that Word puts next to an open file."""


class Template(Struct, frozen=True):
    """A template as it is in force: its name, where it lies, whether the office's own."""

    name: str
    path: Path
    is_own: bool


def sound_template(root: Path, name: str, document: Document) -> Path:
    """The template in force, for this document to be filled in.

    Raises Failure for what `check` calls an error, whether this document would bring it to light
    or not, and where the document has an appendix that the template does not print.
    """
    path = template_path(root, name)
    if path == packaged(f"templates/{name}"):
        return path
    for problem in wrong_with(Template(name, path, is_own=True)):
        is_left_out = problem.code == "D589" and getattr(document, str(problem.path[0]), None)
        if problem.code == "D590":
            raise Failure(problem.message, problem.hint)
        if problem.is_error or is_left_out:
            raise Failure(f"mẫu “{name}”: {problem.message}", problem.hint or LOOK_AT_ALL)
    return path


def template_path(root: Path, name: str) -> Path:
    """The template in the workspace that the office has made its own, else danvan's.

    A copy that nobody has edited gives way, lest it keep out every later correction of danvan's.
    A folder or a broken link of that name is meant as the office's own, and refused later.
    Raises Failure where a link leads out of the workspace.
    """
    own = root / "templates" / name
    links.refuse_outside(own, root)
    return own if os.path.lexists(own) and _is_edited(own) else packaged(f"templates/{name}")


def _is_edited(template: Path) -> bool:
    """Also of a template that cannot be read; filling it in reports why."""
    if not template.is_file():
        return True
    try:
        is_small = template.stat().st_size <= links.LARGEST
        return not is_small or not safe_write.is_as_written(template.read_bytes())
    except OSError:
        return True


def in_force(root: Path) -> list[Template]:
    """The template of each document: the workspace's, else the one that comes with danvan."""
    paths = {name: template_path(root, name) for name in DOCUMENTS}
    return [
        Template(name, path, is_own=path != packaged(f"templates/{name}"))
        for name, path in paths.items()
    ]


def check(root: Path) -> list[Diagnostic]:
    """All that is wrong with the templates in force, and with files that are none of them."""
    found = [problem for template in in_force(root) for problem in limited(wrong_with(template))]
    return found + list(_strays(root / "templates"))


def wrong_with(template: Template) -> Iterator[Diagnostic]:
    """All that is wrong with one template, whichever of its document's values it is given."""
    documents = list(samples(DOCUMENTS[template.name]))
    try:
        with reading(template.path):
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
            hint=_hint(template.name, problem),
            file=template.path,
        )
    if not found:
        yield from _wrong_with_result(template, documents[0])


def _hint(template: str, problem: Problem) -> str | None:
    is_of_old_body = "parts" in DOCUMENTS[template].__struct_fields__ and any(
        f"“{name}”" in problem.message for name in _FIVE_PARTS
    )
    if problem.kind == "name" and is_of_old_body:
        return _ANY_OUTLINE
    return problem.hint or _HINTS.get(problem.kind)


def _problems(template: Path, documents: list[Document]) -> list[Problem]:
    """Those that any of the documents brings to light, in the order of the tags."""
    found = {
        (problem.tag.number if problem.tag else -1, problem.message): problem
        for document in documents
        for problem in problems(template, context_of(document))
    }
    return [found[key] for key in sorted(found)]


def _wrong_with_result(template: Template, document: Document) -> Iterator[Diagnostic]:
    """What is wrong with the document that the template makes, though each tag is right."""
    marked, marks = with_marks(document)
    try:
        made = render(template.path, marked, DEFAULT_SETTINGS)
        with reading(template.path):
            lines = paragraphs(open_content(template.path, made))
        with opened(template.path) as unfilled:
            fixed = paragraphs(unfilled)
    except Failure as error:
        yield Diagnostic(
            code="D594",
            message=f"văn bản lập từ mẫu này không mở được: {error.message}",
            hint="lập lại mẫu từ bản đi kèm danvan",
            file=template.path,
        )
        return
    if lines == fixed:
        yield Diagnostic(
            code="D588",
            message="mẫu không có thẻ nào in nội dung, nên văn bản nào cũng chỉ là chữ có sẵn của "
            "mẫu",
            hint=_TAKE_OVER,
            file=template.path,
        )
        return
    text = "\n".join(lines)
    missing = [name for mark, name in marks.items() if mark not in text]
    for field, names in groupby(missing, key=lambda name: name.partition(".")[0]):
        yield _not_printed(template, document, field, list(dict.fromkeys(names)))


def _not_printed(
    template: Template, document: Document, field: str, names: Sequence[str]
) -> Diagnostic:
    listed = ", ".join(f"“{name}”" for name in names)
    is_appendix = isinstance(getattr(document, field), Appendix)
    return Diagnostic(
        code="D589" if is_appendix else "D588",
        message=f"mẫu không in {listed} ({_descriptions(type(document))[field]})",
        hint=_TAKE_OVER,
        path=(field,),
        file=template.path,
    )


def _descriptions(document: type[Document]) -> dict[str, str]:
    """What each name of a document is, in Vietnamese."""
    described = inspect.type_info(document)
    assert isinstance(described, inspect.StructType)
    return {
        field.name: (field.type.extra_json_schema or {})["description"]
        for field in described.fields
        if isinstance(field.type, inspect.Metadata)
    }


def _strays(folder: Path) -> Iterator[Diagnostic]:
    """Word files in the templates folder that no command fills in."""
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    used = [own for name in DOCUMENTS if (own := folder / name).is_file()]
    for file in files:
        if file.suffix.lower() not in _FOR_WORD or file.name.startswith(_OPEN_IN_WORD):
            continue
        if file.name in DOCUMENTS:
            continue
        # Not by name: to Windows, Bao-cao.docx is bao-cao.docx.
        if file.exists() and any(file.samefile(path) for path in used):
            continue
        names = did_you_mean(f"{file.stem}.docx".lower(), DOCUMENTS)
        yield Diagnostic(
            code="D595",
            message=f"không lệnh nào dùng mẫu có tên “{file.name}”",
            hint=names or f"danvan dùng các mẫu: {', '.join(DOCUMENTS)}",
            file=file,
        )
