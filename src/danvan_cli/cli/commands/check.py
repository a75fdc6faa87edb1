"""`danvan check`: any Word document checked against the decree; with `--fix`, a repaired copy."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import click
import typer
from msgspec import Struct

from danvan_cli import check as word_check
from danvan_cli.check.fixing import fixed
from danvan_cli.cli.findings_formats import RENDERINGS
from danvan_cli.cli.frame import progress
from danvan_cli.cli.frame.options import AsFindings, Force, Strict
from danvan_cli.cli.frame.places import destination, shown
from danvan_cli.cli.frame.shell import FINDINGS
from danvan_cli.files import safe_write
from danvan_cli.problems import Diagnostic, Failure, count_errors
from danvan_cli.vietnamese import number

Files = Annotated[
    list[Path],
    typer.Argument(metavar="TỆP...", show_default=False, help="Các văn bản Word (.docx)."),
]
Fix = Annotated[
    bool,
    typer.Option(
        "--fix",
        help="Sửa những chỗ không cần cân nhắc (lề, phông, cỡ chữ, canh lề, lùi đầu dòng, khoảng "
        "cách, số trang) trong một bản sao ghi ra bằng -o; tệp gốc giữ nguyên.",
    ),
]
Copy = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="ĐƯỜNG_DẪN",
        help="Nơi ghi bản sao đã sửa: một tệp, hoặc một thư mục khi kiểm tra nhiều tệp.",
    ),
]


class Checked(Struct):
    """What came of all files: what was found, said, written, and what could not be read."""

    diagnostics: list[Diagnostic] = []
    files: int = 0
    notes: list[str] = []
    failures: list[Failure] = []


def check(
    files: Files,
    fix: Fix = False,
    output: Copy = None,
    strict: Strict = False,
    force: Force = False,
    format: AsFindings = "text",
) -> None:
    """Đối chiếu văn bản Word với Nghị định 30/2020.

    Kiểm tra mọi tệp .docx, dù do danvan lập, gõ bằng tay hay do chương trình khác lập: khổ giấy,
    lề, số trang, phông, cỡ, kiểu chữ, vị trí và cách ghi từng thành phần thể thức. Mỗi chỗ khác
    quy định được nêu kèm đoạn, điều đang có, điều phải có và điểm của Nghị định; chỗ không thể tự
    quyết định được nêu là “cần xem lại”. Gõ 'danvan explain MÃ' để xem nghĩa của một mã.

    Mã kết thúc là 1 khi có lỗi (với --strict: cả khi chỉ có cảnh báo), 0 khi không có, 2 khi có tệp
    không đọc được.
    """
    checked = Checked()
    copies = _copies(files, fix, output)
    with progress.bar("Đang kiểm tra văn bản") as steps:
        for file in steps.each(files):
            with _collected(checked.failures):
                _check(_fix(file, copies[file], force, checked) if fix else file, checked)
    _print_findings(checked, format)
    if checked.failures:
        raise _all(checked.failures)
    errors = count_errors(checked.diagnostics)
    if errors or (strict and checked.diagnostics):
        raise typer.Exit(FINDINGS)


@contextmanager
def _collected(failures: list[Failure]) -> Iterator[None]:
    """A file that cannot be read hides nothing of the others."""
    try:
        yield
    except Failure as failure:
        failures.append(failure)


def _check(file: Path, checked: Checked) -> None:
    checked.diagnostics += word_check.check(file)
    checked.files += 1


def _fix(file: Path, copy: Path, force: bool, checked: Checked) -> Path:
    """Writes the repaired copy, and returns where."""
    content, changed = fixed(file)
    safe_write.write(copy, content, within=None, force=force)
    checked.notes.append(shown(copy))
    checked.notes += [f"  Đã sửa: {change}" for change in changed]
    if not changed:
        checked.notes.append("  Không có chỗ nào sửa được mà không cần cân nhắc.")
    return copy


def _copies(files: list[Path], fix: bool, output: Path | None) -> dict[Path, Path]:
    """Where the copy of each goes; never onto one of the files themselves."""
    if output is None:
        if fix:
            raise click.UsageError("--fix cần -o để biết ghi bản sao đã sửa vào đâu.")
        return {}
    if not fix:
        raise click.UsageError("-o chỉ dùng cùng --fix.")
    if len(files) > 1 and output.suffix.lower() == ".docx":
        raise click.UsageError("khi sửa nhiều tệp, -o phải là một thư mục.")
    to_folder = len(files) > 1 and not output.is_dir()
    copies = {
        file: output / file.name if to_folder else destination(output, output, file.name)
        for file in files
    }
    originals = {file.resolve() for file in files}
    for copy in copies.values():
        if copy.resolve() in originals:
            raise Failure(f"“{copy}” là tệp gốc; bản sao đã sửa phải ghi ra tệp khác")
    if len({copy.resolve() for copy in copies.values()}) < len(originals):
        raise Failure("có các tệp trùng tên nhau, nên không ghi chung vào một thư mục được")
    return copies


def _print_findings(checked: Checked, format: str) -> None:
    is_text = format == "text"
    for note in checked.notes:
        click.echo(note, err=not is_text)
    if rendered := RENDERINGS[format](checked.diagnostics, Path.cwd()):
        click.echo(rendered)
    for line in _closing_lines(checked):
        click.echo(line, err=not is_text)


def _closing_lines(checked: Checked) -> Iterator[str]:
    if not checked.files:
        return
    errors = count_errors(checked.diagnostics)
    files = f"Đã kiểm tra {number(checked.files)} tệp"
    if checked.diagnostics:
        warnings = len(checked.diagnostics) - errors
        yield f"{files}: {number(errors)} lỗi, {number(warnings)} cảnh báo."
    else:
        yield f"{files}: không có lỗi, không có cảnh báo."


def _all(failures: list[Failure]) -> Failure:
    if len(failures) == 1:
        return failures[0]
    return Failure(
        f"có {len(failures)} tệp không kiểm tra được",
        failures[0].hint,
        [failure.message for failure in failures],
    )
