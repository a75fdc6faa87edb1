"""`danvan template check`: mistakes in Word templates are told before they cost a report."""

import json
import os
import re
import runpy
import shutil
import textwrap
import zipfile
from collections.abc import Callable
from pathlib import Path

import click.testing
import docx
import pytest
from docx.document import Document as WordDocument
from typer.testing import CliRunner

from danvan_cli import cli
from danvan_cli.cli.commands.explain import entry
from danvan_cli.problems import Severity
from danvan_cli.word.document.default_templates import TEMPLATES
from danvan_cli.word.document.fields import DOCUMENTS, ReportDocument
from danvan_cli.word.document.sample import samples
from danvan_cli.word.document.template_check import Template, wrong_with
from danvan_cli.word.template.values import WordEnvironment
from places import ROOT

PACKAGED = ROOT / "templates"
PAGE = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
TEMPLATE_DOCS = runpy.run_path(str(ROOT / "scripts" / "template_docs.py"))
RULES = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")

Edit = Callable[[WordDocument], None]


@pytest.fixture(autouse=True)
def inside(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)


def own_template(edit: Edit, name: str = "bao-cao.docx") -> Path:
    """A copy of the packaged template in the workspace, edited as in Word."""
    folder = Path("templates")
    folder.mkdir(exist_ok=True)
    document = docx.Document(str(PACKAGED / name))
    edit(document)
    document.save(str(folder / name))
    return folder / name


def with_lines(*lines: str) -> Edit:
    """Puts lines of text below the letterhead."""

    def edit(document: WordDocument) -> None:
        first = document.paragraphs[0]
        for line in lines:
            first.insert_paragraph_before(line)

    return edit


def check(*options: str) -> click.testing.Result:
    return CliRunner().invoke(cli.app, ["template", "check", *options])


def found(*lines: str) -> list[tuple[str, str]]:
    """Code and message of each finding in a report template with these lines put into it.

    Trying this template alone takes a fifth of the time of the command.
    """
    return findings_of(own_template(with_lines(*lines)))


def findings_of(path: Path) -> list[tuple[str, str]]:
    template = Template(path.name, path, is_own=True)
    return [(finding.code, finding.message) for finding in wrong_with(template)]


def test_every_template_that_comes_with_danvan_is_tried_and_clean() -> None:
    result = check()

    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        0,
        f"Đã kiểm tra {len(TEMPLATES)} mẫu: không có lỗi.",
    )
    for name in TEMPLATES:
        packaged = os.path.relpath(PACKAGED / name)
        assert re.search(rf"^  {name}: mẫu đi kèm danvan, (.+)$", result.stdout, re.MULTILINE)
        assert f"{PACKAGED / name}" in result.stdout or packaged in result.stdout


def test_the_programs_own_templates_are_no_offices_in_its_repository() -> None:
    result = CliRunner().invoke(cli.app, ["-C", str(ROOT), "template", "check"])
    assert result.stdout.count("mẫu đi kèm danvan") == len(TEMPLATES)


def test_each_template_has_its_document_and_each_document_its_template() -> None:
    assert DOCUMENTS.keys() == TEMPLATES.keys()


def test_an_unknown_name_is_an_error_told_with_the_words_around_it() -> None:
    own_template(with_lines("Trích yếu: {{ sbject }} của cơ quan"))

    result = check()

    assert result.exit_code == 1
    assert result.stdout.splitlines()[:2] == [
        "templates/bao-cao.docx: lỗi D592: không có tên “sbject” (ý bạn là “subject”?), ở thẻ "
        "{{ sbject }} trong “…mber }} {{ place_and_date }} Trích yếu: {{ sbject }} của cơ quan "
        "{{ document_type }} {{ subj…”",
        "    gợi ý: các tên dùng được trong từng mẫu: docs/templates.md của danvan",
    ]
    assert "Đã kiểm tra 8 mẫu: 1 lỗi, 0 cảnh báo." in result.stdout
    assert "  bao-cao.docx: mẫu của cơ quan, templates/bao-cao.docx" in result.stdout


def test_a_folder_with_the_name_of_a_template_is_not_passed_over() -> None:
    Path("templates/bao-cao.docx").mkdir(parents=True)

    result = check("--format", "json")

    (finding,) = json.loads(result.stdout)
    assert (result.exit_code, finding["code"]) == (1, "D590")
    assert "là thư mục, không phải tệp" in finding["message"]
    report = CliRunner().invoke(cli.app, ["report", "--period", "h1"])
    assert report.exit_code == 2
    assert "là thư mục, không phải tệp" in report.stderr
    assert not Path("output").exists()


def test_damage_that_filling_in_passes_over_is_told_as_damage() -> None:
    whole, own = PACKAGED / "bao-cao.docx", Path("templates/bao-cao.docx")
    own.parent.mkdir()
    with zipfile.ZipFile(whole) as read, zipfile.ZipFile(own, "w") as written:
        for name in read.namelist():
            written.writestr(name, b"" if name == "docProps/custom.xml" else read.read(name))

    (finding,) = json.loads(check("--format", "json").stdout)
    report = CliRunner().invoke(cli.app, ["report", "--period", "h1"])

    assert finding["code"] == "D594"
    assert report.exit_code == 2
    assert "cấu trúc của" in report.stderr
    assert not Path("output").exists()


@pytest.mark.skipif(os.name != "posix", reason="making a link needs a privilege on Windows")
def test_a_broken_link_with_the_name_of_a_template_is_not_passed_over() -> None:
    Path("templates").mkdir()
    Path("templates/bao-cao.docx").symlink_to("nowhere.docx")

    (finding,) = json.loads(check("--format", "json").stdout)

    assert finding["code"] == "D590"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{{ ('a' if false).x }}", "biểu thức không cho giá trị nào"),
        ("{{ cycler() }}", "bộ lọc hoặc phép tính trong thẻ không dùng được với giá trị này"),
        ("{{ recipients | map('upper') }}", "đây là danh sách; đi qua từng mục bằng"),
        ("{{ namespace }}", "đây không phải là chữ hay số, ở thẻ"),
        ("{% if %}{% endif %}", "thẻ viết sai cú pháp"),
        ("{% include 'a' %}", "bộ lọc hoặc phép tính trong thẻ không dùng được"),
    ],
)
def test_a_faulty_tag_is_told_without_a_word_of_jinja_or_python(line: str, message: str) -> None:
    ((code, told),) = found(line)

    assert code in ("D591", "D592")
    assert told.startswith(message)


def test_json_stands_alone_on_stdout() -> None:
    own_template(with_lines("{{ sbject }}"))

    result = check("--format", "json")

    (finding,) = json.loads(result.stdout)
    message = finding.pop("message")
    assert "{{ sbject }}" in message
    assert finding == {
        "code": "D592",
        "severity": "error",
        "file": "templates/bao-cao.docx",
        "line": None,
        "column": None,
        "path": None,
        "hint": "các tên dùng được trong từng mẫu: docs/templates.md của danvan",
    }
    assert "Đã kiểm tra 8 mẫu" in result.stderr


@pytest.mark.parametrize("format", ["github", "gitlab"])
def test_other_formats_name_the_template(format: str) -> None:
    own_template(with_lines("{{ sbject }}"))

    result = check("--format", format)

    assert result.exit_code == 1
    assert "templates/bao-cao.docx" in result.stdout


def test_all_mistakes_of_all_templates_are_told_at_once() -> None:
    own_template(with_lines("{{ mot }} {{ hai }}"))
    own_template(with_lines("{{ ba }}"), "ke-hoach.docx")

    named = re.findall(r"không có tên “(\w+)”", check().stdout)

    assert named == ["mot", "hai", "ba"]


def test_a_name_is_sought_in_every_branch() -> None:
    lines = (
        "{%p if addressee %}",
        "{{ addressee.mot }}",
        "{%p else %}",
        "{{ subject.hai }}",
        "{%p endif %}",
        "{%p for part in parts %}",
        "{{ part.ba }}",
        "{%p else %}",
        "{{ subject.bon }}",
        "{%p endfor %}",
    )

    messages = [message for code, message in found(*lines) if code == "D592"]

    assert [re.findall(r"không có tên “(\w+)”", each) for each in messages] == [
        ["mot"],
        ["hai"],
        ["ba"],
        ["bon"],
    ]


def test_a_name_of_another_template_is_unknown() -> None:
    ((code, message),) = found("{{ legal_bases }}")

    assert (code, message.partition(",")[0]) == ("D592", "không có tên “legal_bases”")


def test_a_value_that_may_be_missing_is_a_warning_unless_the_template_asks() -> None:
    path = own_template(with_lines("{{ authority }}", "{{ superior[0] }}"))

    findings = wrong_with(Template(path.name, path, is_own=True))

    assert [
        (each.code, each.severity, each.message.partition(", ở thẻ")[0]) for each in findings
    ] == [
        ("D593", Severity.WARNING, "“authority” chưa có giá trị"),
        ("D593", Severity.WARNING, "danh sách không có mục [0]"),
    ]
    assert found("{% if authority %}{{ authority }}{% endif %}") == []


def test_the_offices_report_has_a_number_and_a_units_report_may_have_none() -> None:
    assert found("{{ number }}") == []
    own = own_template(with_lines("{{ number }}"), "bao-cao-don-vi.docx")

    ((code, message),) = findings_of(own)
    assert code == "D593"
    assert message.startswith("“number” chưa có giá trị")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["{%p for line in superior %}", "{{ line }}"], "thiếu thẻ endfor để đóng thẻ này"),
        (["{{ subject"], "thẻ mở bằng {{ mà không đóng trong cùng đoạn"),
        (["{{ subject|uper }}"], "không có bộ lọc “uper” (ý bạn là “upper”?)"),
        (
            ["{% for part in parts %}{{ part }}{% endfor %}"],
            "lấy một tên bên trong nó: figures, heading, level, paragraphs, path, points",
        ),
        (["{{ superior }}"], "đi qua từng mục bằng {% for … %}"),
    ],
)
def test_a_tag_that_is_wrong_in_itself_is_an_error(lines: list[str], told: str) -> None:
    ((code, message),) = found(*lines)

    assert code == "D591"
    assert told in message


def test_quotes_and_spaces_that_word_changes_in_a_tag_are_no_mistake() -> None:
    assert found("{{\u00a0superior | join(“; ”)\u00a0}}") == []


@pytest.mark.parametrize("content", [b"", b"khong phai tep Word", b"PK\x03\x04"])
def test_a_file_that_is_no_word_document_is_an_error(content: bytes) -> None:
    own_template(with_lines()).write_bytes(content)

    result = check()

    assert result.exit_code == 1
    assert result.stdout.startswith("templates/bao-cao.docx: lỗi D590: không dùng được mẫu: ")


def drawn_up(*lines: str, name: str = "bao-cao.docx") -> Path:
    """A template of these paragraphs alone."""
    Path("templates").mkdir(exist_ok=True)
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(f"templates/{name}")
    return Path("templates") / name


def report() -> click.testing.Result:
    return CliRunner().invoke(cli.app, ["report", "--period", "h1"])


BODY = (
    "{%p for part in parts %}",
    "{% if part.heading %}{{ part.heading }}: {% endif %}{{ part.paragraphs | join(' ') | upper }}",
    "{{ part.points | join(' ') | replace('- ', '+ ') }}",
    "{% if part.figures %}{% for row in part.figures.rows %}{{ row.name }}: {{ row.total }} "
    "{% endfor %}{% endif %}",
    "{%p endfor %}",
)
APPENDICES = (
    *(
        f"{{% if {name} %}}{{% for row in {name}.rows %}}{printed} {{% endfor %}}{{% endif %}}"
        for name, printed in {
            "figures": "{{ row.name }}: {{ row.total }}",
            "models": "{{ row.name }}: {{ row.summary | join }}",
        }.items()
    ),
    "{% if awards %}{% for group in awards.groups %}{% for row in group.rows %}{{ row.name }}: "
    "{{ row.achievement | join }}{% endfor %}{% endfor %}{% endif %}",
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_finished_document_in_a_templates_place_is_an_error(name: str) -> None:
    path = drawn_up("BÁO CÁO", "Kết quả công tác dân vận năm 2024", "Số: 12/BC-VP", name=name)

    (finding,) = wrong_with(Template(path.name, path, is_own=True))

    assert (finding.code, finding.severity) == ("D588", Severity.ERROR)
    assert finding.message.startswith("mẫu không có thẻ nào in nội dung")


def test_a_report_is_not_made_of_a_finished_document() -> None:
    drawn_up("BÁO CÁO", "Kết quả công tác dân vận năm 2024")

    result = report()

    assert result.exit_code == 2
    assert "mẫu “bao-cao.docx”: mẫu không có thẻ nào in nội dung" in result.stderr
    assert not Path("output").exists()


def test_a_template_that_leaves_out_a_part_of_the_report_is_an_error() -> None:
    path = drawn_up(*BODY[:2], *BODY[3:], "{{ subject }}", *APPENDICES)

    told = [(each.code, each.path) for each in wrong_with(Template(path.name, path, is_own=True))]

    assert told == [("D588", ("parts",))]
    assert "mẫu không in “parts.points” (thân báo cáo" in report().stderr


def test_a_template_made_for_five_parts_is_told_how_to_print_any_outline() -> None:
    drawn_up("{{ leadership.points | join(' ') }}", "{{ next_heading }}", *APPENDICES)

    told = check().stdout

    assert "D592: không có tên “leadership”" in told
    assert (
        "chép từ mẫu đi kèm danvan các đoạn từ {%p for part in parts %} đến {%p endfor %}" in told
    )


def test_a_tag_in_a_branch_that_is_never_taken_prints_nothing() -> None:
    path = drawn_up("{{ subject }}", "{%p if false %}", *BODY, "{%p endif %}", *APPENDICES)
    assert {each.code for each in wrong_with(Template(path.name, path, is_own=True))} == {"D588"}


def test_a_template_may_print_the_content_in_its_own_way() -> None:
    drawn_up(*BODY, *APPENDICES)

    assert check().exit_code == 0
    assert report().exit_code == 0


def test_an_appendix_left_out_is_a_warning_until_there_is_one(
    file_report: Callable[..., Path],
) -> None:
    drawn_up(*BODY, *APPENDICES[:2])
    assert "cảnh báo D589: mẫu không in “awards.groups.rows.name”, " in check().stdout
    assert report().exit_code == 0

    file_report(
        "tong-hop",
        text="submitted: 29/5/2026\nawards:\n  - {kind: collective, name: Phòng A, "
        "form: Giấy khen, achievement: Tốt.}\n",
    )
    stopped = CliRunner().invoke(cli.app, ["report", "--period", "h1", "--force"])

    assert stopped.exit_code == 2
    assert "mẫu không in “awards.groups.rows.name”" in stopped.stderr


@pytest.mark.parametrize(
    "line",
    [
        "{% if settings is mapping %}{{ settings }}{% endif %}",
        "{{ sbject | default('Báo cáo') }}",
        "{% if false %}{{ sbject }}{% endif %}",
        "{{ subject",
    ],
)
def test_what_the_check_calls_an_error_no_report_is_made_of(line: str) -> None:
    own_template(with_lines(line))

    result = report()

    assert check().exit_code == 1
    assert result.exit_code == 2
    assert "mẫu “bao-cao.docx”: " in result.stderr


def test_a_word_file_of_a_name_that_nothing_uses_is_a_warning() -> None:
    hints = {
        "baocao.docx": "ý bạn là “bao-cao.docx”?",
        "Bao-cao.DOCX": "ý bạn là “bao-cao.docx”?",
        "ke-hoach.doc": "ý bạn là “ke-hoach.docx”?",
        "giay-moi.docx": "danvan dùng các mẫu: bao-cao.docx, bao-cao-bo-sung.docx, "
        "bao-cao-don-vi.docx, ke-hoach.docx",
    }
    Path("templates").mkdir()
    for name in hints:
        shutil.copy(PACKAGED / "bao-cao.docx", Path("templates") / name)

    result = check()

    assert result.exit_code == 0
    for name, hint in hints.items():
        assert (
            f"templates/{name}: cảnh báo D595: không lệnh nào dùng mẫu có tên “{name}”\n"
            f"    gợi ý: {hint}"
        ) in result.stdout


def test_what_lies_beside_templates_and_is_no_word_file_is_left_alone() -> None:
    Path("templates").mkdir()
    for name in ("~$bao-cao.docx", "README.md", "logo.png"):
        (Path("templates") / name).write_bytes(b"x")

    assert "không có lỗi" in check().stdout


def test_a_template_drawn_up_afresh_in_word_is_fine() -> None:
    Path("templates").mkdir()
    document = docx.Document()
    document.add_heading("{{ subject }}")
    table = document.add_table(rows=3, cols=1)
    for row, text in zip(
        table.rows,
        ["{%tr for group in groups %}", "{{ group.heading }}", "{%tr endfor %}"],
        strict=True,
    ):
        row.cells[0].text = text
    document.save("templates/tong-hop-noi-bo.docx")

    assert json.loads(check("--format", "json").stdout) == []


def test_a_template_under_a_name_that_is_the_same_to_the_machine_is_no_stray() -> None:
    """As on Windows, where capitals make no other name."""
    path = own_template(with_lines())
    path.with_name("Bao-cao.docx").symlink_to(path.name)

    assert json.loads(check("--format", "json").stdout) == []


def test_outside_a_workspace_there_is_nothing_to_check(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))

    result = check()

    assert (result.exit_code, result.stdout) == (2, "")
    assert "không tìm thấy plan.yaml" in result.stderr


def test_a_sample_has_all_there_can_be_in_the_words_of_the_descriptions() -> None:
    full, sparse, empty = samples(ReportDocument)

    assert isinstance(full, ReportDocument)
    assert full.subject == "trích yếu nội dung"
    assert full.authority == "quyền hạn của người ký, khi ký thay"
    assert full.parts[0].paragraphs == ["các đoạn văn (1)", "các đoạn văn (2)"]
    assert full.figures is not None
    assert len(full.figures.rows) == 2
    assert isinstance(sparse, ReportDocument)
    assert (sparse.authority, sparse.figures, len(sparse.parts)) == (None, None, 2)
    assert isinstance(empty, ReportDocument)
    assert (empty.authority, empty.parts) == (full.authority, [])


SHOWN = ["D591", "D592", "D593"]


def example(code: str, word: str) -> list[str]:
    """The paragraphs of an example, 'Sai' or 'Đúng', in docs/rules.md."""
    wrong, right = entry(RULES, code).split("\nSai:\n")[1].split("\nĐúng:\n")
    (text,) = re.findall(
        r"^```text bao-cao\.docx\n(.*?)^```$", {"Sai": wrong, "Đúng": right}[word], re.M | re.S
    )
    return text.splitlines()


def test_explain_names_the_template_that_an_example_stands_in() -> None:
    explained = CliRunner().invoke(cli.app, ["explain", "D592"]).stdout

    assert "Sai:\n\n  bao-cao.docx:\n    {{ sbject }}\n" in explained


@pytest.mark.parametrize("code", SHOWN)
def test_the_wrong_example_in_the_rules_has_that_fault_and_no_other(code: str) -> None:
    assert {each for each, _ in found(*example(code, "Sai"))} == {code}


def test_the_wrong_example_of_a_template_without_content_is_one() -> None:
    path = drawn_up(*example("D588", "Sai"))
    assert {each.code for each in wrong_with(Template(path.name, path, is_own=True))} == {"D588"}


@pytest.mark.parametrize("code", ["D588", *SHOWN])
def test_the_right_example_in_the_rules_has_no_fault(code: str) -> None:
    assert found(*example(code, "Đúng")) == []


def test_the_page_on_templates_lists_the_names_that_the_types_have() -> None:
    _, _, listed = PAGE.partition(TEMPLATE_DOCS["MARK"])

    assert listed == "\n" + TEMPLATE_DOCS["reference"](), "run: python scripts/template_docs.py"


def test_the_page_on_templates_names_each_template_and_the_command_that_uses_it() -> None:
    rows = re.findall(r"^\| `([a-z-]+\.docx)` \| .+ \| `danvan .+` \|$", PAGE, re.MULTILINE)

    assert sorted(rows) == sorted(DOCUMENTS)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(textwrap.dedent(text), id=text.split("\n")[0].strip())
        for text in re.findall(
            r"^ *```text bao-cao\.docx\n(.*?)^ *```$", PAGE, re.MULTILINE | re.DOTALL
        )
    ],
)
def test_an_example_on_the_page_on_templates_has_no_fault(text: str) -> None:
    assert found(*text.splitlines()) == []


def test_the_filters_on_the_page_on_templates_exist() -> None:
    _, _, table = PAGE.partition("| Bộ lọc | Nghĩa |\n")
    cells = [row.split("|")[1] for row in table.partition("\n\n")[0].splitlines()[1:]]
    named = re.findall(r"`([a-z_]+)", "".join(cells))

    assert len(named) >= 9
    assert set(named) <= WordEnvironment({}).filters.keys()
