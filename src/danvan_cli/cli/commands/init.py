"""`danvan init`: a new workspace, from a few answers."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import click
import typer
from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.cli.frame.options import start_directory
from danvan_cli.cli.frame.places import shown
from danvan_cli.files import links, new_workspace, paths, safe_write, workspace
from danvan_cli.files.new_workspace import Answers
from danvan_cli.files.resources import packaged
from danvan_cli.problems import Failure


class Question(Struct, frozen=True):
    """`words` ask, with an example; `default` None: there must be an answer."""

    option: str
    words: str
    example: str
    default: str | None = None


QUESTIONS = {
    "name": Question("--name", "Tên cơ quan, dùng trong câu văn", "Sở Nội vụ"),
    "parent": Question("--parent", "Cơ quan chủ quản, nếu có", "UBND tỉnh Quảng Trị", default=""),
    "symbol": Question("--symbol", "Chữ viết tắt tên cơ quan trong số, ký hiệu văn bản", "SNV"),
    "place": Question("--place", "Địa danh ghi trước ngày, tháng, năm", "Huế"),
    "position": Question("--position", "Chức vụ người ký văn bản", "Giám đốc"),
    "coordinator": Question("--coordinator", "Đơn vị đôn đốc, tổng hợp báo cáo", "Văn phòng"),
    "units": Question(
        "--unit",
        "Các đơn vị khác phải báo cáo, cách nhau bằng dấu chấm phẩy",
        "Phòng Tổ chức; Thanh tra",
        default="",
    ),
}
"""By the field of Answers, in the order of asking."""

YEARS = click.IntRange(2000, 2100)


def _option(field: str, metavar: str) -> Any:
    question = QUESTIONS[field]
    help = f"{question.words}, ví dụ {question.example}."
    return typer.Option(question.option, metavar=metavar, help=help, show_default=False)


Home = Annotated[
    Path,
    typer.Argument(
        metavar="[THƯ_MỤC]",
        help="Thư mục mới; không ghi là thư mục hiện tại.",
        show_default=False,
    ),
]

Year = Annotated[
    int | None,
    typer.Option(
        "--year",
        metavar="NĂM",
        min=YEARS.min,
        max=YEARS.max,
        help="Năm kế hoạch; không ghi là năm nay.",
        show_default=False,
    ),
]


def init(
    ctx: typer.Context,
    directory: Home = Path(),
    name: Annotated[str | None, _option("name", "TÊN")] = None,
    parent: Annotated[str | None, _option("parent", "TÊN")] = None,
    symbol: Annotated[str | None, _option("symbol", "CHỮ")] = None,
    place: Annotated[str | None, _option("place", "TÊN")] = None,
    position: Annotated[str | None, _option("position", "CHỨC_VỤ")] = None,
    coordinator: Annotated[str | None, _option("coordinator", "TÊN")] = None,
    unit: Annotated[list[str] | None, _option("units", "TÊN")] = None,
    year: Year = None,
) -> None:
    """Tạo một thư mục kế hoạch mới, hỏi vài câu về cơ quan.

    Có plan.yaml kèm lời giải thích, thư mục báo cáo, mẫu Word, tệp gợi ý cho phần mềm soạn thảo,
    cấu hình cho git và pre-commit. Ghi đủ các tùy chọn cần thiết thì không hỏi. Không ghi đè tệp
    đã có.
    """
    root = start_directory(ctx) / directory
    _refuse_workspace(root)
    given = {
        "name": name,
        "parent": parent,
        "symbol": symbol,
        "place": place,
        "position": position,
        "coordinator": coordinator,
        "units": "; ".join(unit) if unit else None,
    }
    answers = _answers(given, year)
    _write(root, answers)
    _show_next_steps(root, answers)


def _refuse_workspace(root: Path) -> None:
    plan = root / paths.PLAN_NAME
    if os.path.lexists(plan):
        raise Failure(
            f"đã có “{shown(plan)}”, nên không ghi đè",
            "đây đã là một thư mục kế hoạch; xem tình hình: danvan status",
        )


def _answers(given: Mapping[str, str | None], year: int | None) -> Answers:
    """What is given, and, where something needed is missing, the answers to all other questions.

    Raises Failure where nobody is there to answer.
    """
    missing = [
        question.option
        for field, question in QUESTIONS.items()
        if question.default is None and given[field] is None
    ]
    if missing and not (sys.stdin and sys.stdin.isatty()):
        raise Failure(
            f"thiếu {', '.join(missing)}",
            "không có bàn phím để hỏi nên phải ghi đủ các tùy chọn đó; xem: danvan init --help",
        )
    texts = {}
    for field, question in QUESTIONS.items():
        text = given[field]
        if text is not None:
            texts[field] = _given(question, text)
        else:
            texts[field] = _asked(question) if missing else question.default or ""
    texts["symbol"] = texts["symbol"].upper()
    units = [name for name in map(_cleaned, texts.pop("units").split(";")) if name]
    this_year = vietnamese.today().year
    if missing and year is None:
        year = click.prompt("Năm kế hoạch", default=this_year, type=YEARS, err=True)
    return Answers(**texts, units=units, year=year or this_year)


def _given(question: Question, text: str) -> str:
    try:
        return _checked(question, text)
    except click.UsageError as error:
        raise Failure(f"{question.option} {error.message}") from None


def _asked(question: Question) -> str:
    answer: str = click.prompt(
        f"{question.words} (ví dụ: {question.example})",
        default=question.default,
        show_default=False,
        value_proc=lambda text: _checked(question, text),
        err=True,
    )
    return answer


def _checked(question: Question, text: str) -> str:
    """Raises UsageError, after which Click asks again."""
    cleaned = _cleaned(text)
    if not cleaned and question.default is None:
        raise click.UsageError("không được để trống")
    if not cleaned.isprintable():
        raise click.UsageError("có ký tự không dùng được trong văn bản")
    return cleaned


def _cleaned(text: str) -> str:
    return vietnamese.nfc(" ".join(text.split()))


def _write(root: Path, answers: Answers) -> None:
    """The plan last: where there is one, the rest is there, however the program was stopped.

    Nothing is printed before: a reader who has seen enough would end the program.
    """
    templates = sorted(packaged("templates").glob("*.docx"))
    files = {f"templates/{template.name}": template.read_bytes() for template in templates}
    files |= {way: text.encode() for way, text in new_workspace.files(answers).items()}
    kept = [way for way in files if os.path.lexists(root / way)]
    new = {way: content for way, content in files.items() if way not in kept}
    for period in new_workspace.PERIODS:
        folder = workspace.reports_folder(root, answers.year, period)
        links.refuse_outside(folder, root)
        folder.mkdir(parents=True, exist_ok=True)
    written = safe_write.write_together(root, new, within=root)
    for way in kept:
        click.echo(f"Giữ nguyên tệp đã có: {shown(root / way)}", err=True)
    for path in written:
        click.echo(shown(path))


def _show_next_steps(root: Path, answers: Answers) -> None:
    here = root.resolve() == Path.cwd()
    folder = "này" if here else shown(root.resolve())
    lines = [
        "",
        f"Đã tạo thư mục kế hoạch năm {answers.year}. Việc tiếp theo, trong thư mục {folder}:",
        "  1. Mở plan.yaml, thay các ví dụ bằng nội dung của kế hoạch.",
        "  2. Kiểm tra: danvan validate; rồi cập nhật tệp gợi ý khi soạn thảo: danvan schema",
        "  3. Lập biểu mẫu Word cho đơn vị điền: danvan form --all --period h1",
        "     hoặc tệp YAML: danvan new ĐƠN_VỊ --period h1",
        "Muốn đổi cách trình bày văn bản: sửa mẫu trong templates/ bằng Word.",
        "Mẫu chưa sửa thì danvan dùng mẫu đi kèm chương trình.",
    ]
    click.echo("\n".join(lines), err=True)
