"""Files made to do harm are refused in words, by the right exit status, and nothing is written."""

import functools
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from click.testing import Result
from typer.testing import CliRunner

import small_workspace
from danvan_cli.cli import app
from danvan_cli.files.resources import packaged
from small_workspace import H1, OFFICE

posix_only = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no fifos and devices here")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a small workspace, with nothing else beside it."""
    monkeypatch.chdir(small_workspace.write(tmp_path / "kế hoạch"))
    return Path.cwd()


def danvan(*arguments: str | Path) -> Result:
    """The result of a command that writes nothing."""
    before = everything(Path.cwd())
    result = CliRunner().invoke(app, [str(each) for each in arguments])
    assert everything(Path.cwd()) == before
    return result


def everything(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(each): (each.lstat().st_size, each.lstat().st_mtime_ns) for each in folder.rglob("*")
    }


HOSTILE_YAML = {
    "alias bomb": (
        "a: &a [x, x]\n" + "".join(f"b{n}: &a [*a, *a, *a, *a]\n" for n in range(9)),
        "F107",
    ),
    "nested lists": ("results: " + "[" * 10_000 + "]" * 10_000, "F104"),
    "nested groups": ("results: " + "{a: " * 10_000 + "}" * 10_000, "F104"),
    "nested block": ("".join(" " * n + "a:\n" for n in range(1000)), "F104"),
    "dashes": ("- " * 10_000, "F104"),
    "1 MB of dashes": ("leadership: a\n" + "-" * 1_000_000, "F105"),
    "a comment before many values": ("strengths: [ #x\n" + "a," * 500_000 + "]\n", "F103"),
    "50 MB": ("leadership: " + "a" * 50_000_000, "F103"),
    "a NUL": ("unit: a\x00b\n", "F112"),
    "UTF-16": ("unit: hanh-chinh\n".encode("utf-16"), "F102"),
    "UTF-16 without a mark": ("unit: hanh-chinh\n".encode("utf-16-le"), "F102"),
    "no text": (bytes(range(256)), "F102"),
    "a Python object": ("unit: !!python/object/apply:os.system [x]\n", "F108"),
    "two documents": ("unit: a\n---\nunit: b\n", "F109"),
}


@pytest.mark.parametrize("name", HOSTILE_YAML)
@pytest.mark.parametrize("file", [H1, OFFICE, "plan.yaml"])
def test_yaml_made_to_do_harm_is_an_error_of_its_file(folder: Path, file: str, name: str) -> None:
    content, code = HOSTILE_YAML[name]
    (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())

    result = danvan("validate", file)

    assert result.exit_code == 1
    assert f": lỗi {code}: " in result.stdout


@pytest.mark.parametrize("unit", ["../../etc", "/etc/passwd", "..", "a/b", "a\\b", "con\x00"])
@pytest.mark.parametrize(
    "command", [("new", "--period", "h1"), ("report", "--period", "h1", "--unit"), ("form",)]
)
@pytest.mark.usefixtures("folder")
def test_a_unit_is_no_way_to_another_folder(unit: str, command: tuple[str, ...]) -> None:
    result = danvan(*command, unit, *(["--period", "h1"] if command == ("form",) else []))

    assert result.exit_code == 2
    assert "kế hoạch không có đơn vị" in result.stderr


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("period", ["../..", "/tmp", "h1/../annual"])
def test_a_period_is_no_way_to_another_folder(period: str) -> None:
    for command in (["report"], ["new", "hanh-chinh"]):
        result = danvan(*command, "--period", period)
        assert result.exit_code == 2
        assert "kế hoạch không có kỳ báo cáo" in result.stderr


def test_a_plan_cannot_name_a_unit_that_is_a_way_out(folder: Path) -> None:
    plan = (folder / "plan.yaml").read_text(encoding="utf-8")
    (folder / "plan.yaml").write_text(plan.replace("id: hanh-chinh,", "id: ../../etc,"), "utf-8")

    assert ": lỗi S2" in danvan("validate").stdout
    assert danvan("status").exit_code == 2


def test_a_folder_and_a_broken_link_in_a_reports_place_are_told(folder: Path) -> None:
    (folder / H1).unlink()
    (folder / H1).mkdir()
    (folder / OFFICE).unlink()
    (folder / OFFICE).symlink_to("khong-co")

    result = danvan("validate")

    assert result.exit_code == 1
    assert "là thư mục, không phải tệp báo cáo" in result.stdout
    assert "liên kết hỏng hoặc tệp vừa bị xóa" in result.stdout


@posix_only
@pytest.mark.parametrize("file", [H1, OFFICE])
@pytest.mark.parametrize("target", ["/dev/zero", "/dev/stdin"])
def test_a_link_to_a_device_is_not_read(folder: Path, file: str, target: str) -> None:
    (folder / file).unlink()
    (folder / file).symlink_to(target)

    result = danvan("validate")

    assert result.exit_code == 1
    assert f"{file}:1:1: lỗi F101: " in result.stdout.replace(f"{file}: lỗi", f"{file}:1:1: lỗi")


def test_a_report_that_is_a_link_out_of_the_workspace_is_not_read(folder: Path) -> None:
    secret = folder.parent / "secret.yaml"
    secret.write_text("mat-khau: 12345\n", encoding="utf-8")
    (folder / H1).unlink()
    (folder / H1).symlink_to(secret)

    result = danvan("validate")

    assert result.exit_code == 1
    assert "liên kết này dẫn ra ngoài thư mục kế hoạch" in result.stdout
    assert "mat-khau" not in result.output


@pytest.mark.parametrize("way", ["reports/2026/h1", "reports/2026"])
def test_a_folder_that_is_a_link_out_of_the_workspace_is_told_and_not_gone_through(
    folder: Path, way: str
) -> None:
    elsewhere = folder.parent / "elsewhere"
    (folder / way).rename(elsewhere)
    (folder / way).symlink_to(elsewhere)

    result = danvan("validate")

    assert f"{way}: lỗi F101: " in result.stdout
    assert result.stdout.count("liên kết này dẫn ra ngoài thư mục kế hoạch") == 1
    assert "hanh-chinh.yaml" not in result.stdout


def test_a_link_within_the_workspace_is_read(folder: Path) -> None:
    (folder / H1).rename(folder / "that.yaml")
    (folder / H1).symlink_to(folder / "that.yaml")

    assert danvan("validate").exit_code == 0


def test_issue_does_not_write_through_a_link_out_of_the_workspace(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere.yaml"
    elsewhere.write_text("{}\n", encoding="utf-8")
    (folder / OFFICE).unlink()
    (folder / OFFICE).symlink_to(elsewhere)

    result = danvan(
        "issue", "--period", "h1", "--number", "57/BC-VP", "--date", "4/6/2026", "--force"
    )

    assert result.exit_code == 2
    assert elsewhere.read_text(encoding="utf-8") == "{}\n"


def document(**parts: bytes | None) -> bytes:
    """The packaged report's template with other content for parts; None takes a part away."""
    changes = {
        name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()
    }
    with zipfile.ZipFile(packaged("templates/bao-cao.docx")) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    return zipped(whole | changes)


def zipped(parts: dict[str, bytes | None]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            if part is not None:
                archive.writestr(name, part)
    return buffer.getvalue()


def part_of_template(name: str) -> bytes:
    with zipfile.ZipFile(packaged("templates/bao-cao.docx")) as archive:
        return archive.read(name)


def renamed(**parts: bytes) -> bytes:
    """The same with these parts under names that end with '.bin', as their relationships say."""
    names = {name: name.replace(".xml", ".bin") for name in parts}
    relationships = part_of_template("_rels/.rels").decode()
    types = part_of_template("[Content_Types].xml").decode()
    for old, new in names.items():
        relationships, types = relationships.replace(old, new), types.replace(old, new)
    return document(
        **dict.fromkeys(names),
        **{names[old]: content for old, content in parts.items()},
        **{"_rels/.rels": relationships.encode(), "[Content_Types].xml": types.encode()},
    )


def with_start(start: str, body: str = "") -> bytes:
    xml = part_of_template("word/document.xml").decode()
    _, _, rest = xml.partition("?>")
    return f"<?xml version='1.0'?>{start}{rest}".replace("<w:body>", f"<w:body>{body}").encode()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITY = "<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>"
DEEP = "<w:smartTag>" * 10_000 + "</w:smartTag>" * 10_000
BLANKS = b" \n" * 100
BARE = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:body><w:p/></w:body></w:document>"
)
AS_MACRO = ("wordprocessingml.document.main+xml", "ms-word.document.macroEnabled.main+xml")

HOSTILE_WORD: dict[str, tuple[Callable[[], bytes], str]] = {
    "billion laughs": (
        lambda: document(
            word__document_xml=with_start(f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>', ENTITY)
        ),
        "khai báo thực thể XML",
    ),
    "external entity": (
        lambda: document(
            word__document_xml=with_start(
                '<!DOCTYPE x [<!ENTITY l9 SYSTEM "/etc/passwd">]>', ENTITY
            )
        ),
        "khai báo thực thể XML",
    ),
    "entities in a main part of another name, after blanks": (
        lambda: renamed(
            **{"word/document.xml": BLANKS + b'<!DOCTYPE x [<!ENTITY l9 "ha">]>' + BARE}
        ),
        "khai báo thực thể XML",
    ),
    "entities in properties of another name": (
        lambda: renamed(**{"docProps/custom.xml": BLANKS + b"<!DOCTYPE x><x/>"}),
        "khai báo thực thể XML",
    ),
    "entities in a list of relationships": (
        lambda: document(**{"word/_rels/document.xml.rels": b"<!DOCTYPE x><Relationships/>"}),
        "khai báo thực thể XML",
    ),
    "a million paragraphs in a main part of another name, after blanks": (
        lambda: renamed(
            **{"word/document.xml": BLANKS + BARE.replace(b"<w:p/>", b"<w:p/>" * 1_000_000)}
        ),
        "quá lớn: có quá 300.000 thành phần",
    ),
    "two million attributes": (
        lambda: document(
            word__document_xml=BARE.replace(
                b"<w:p/>", b"<w:p %s/>" % b" ".join(b'a%d=""' % n for n in range(2_000_000))
            )
        ),
        "quá lớn: có quá 300.000 thành phần",
    ),
    "10,000 levels": (
        lambda: document(word__document_xml=with_start("", DEEP)),
        "bị hỏng",
    ),
    "a million paragraphs": (
        lambda: document(word__document_xml=with_start("", "<w:p/>" * 1_000_000)),
        "quá lớn: có quá 300.000 thành phần",
    ),
    "40 MB of XML": (
        lambda: document(word__document_xml=with_start("", " " * 40_000_000)),
        "quá lớn",
    ),
    "a picture of 200 MB": (
        lambda: document(**{"word/media/a.png": bytes(200_000_000)}),
        "quá lớn",
    ),
    "20,000 parts": (
        lambda: zipped({"[Content_Types].xml": b"", **{f"a{n}": b"" for n in range(20_000)}}),
        "quá lớn",
    ),
    "a zip in a zip": (lambda: zipped({"a.zip": zipped({"b": bytes(1000)})}), "không phải văn bản"),
    "macros": (
        lambda: document(word__vbaProject_bin=None, **{"word/vbaProject.bin": b"x"}),
        "macro",
    ),
    "a .docm": (
        lambda: document(
            **{
                "[Content_Types].xml": part_of_template("[Content_Types].xml")
                .decode()
                .replace(*AS_MACRO)
                .encode()
            }
        ),
        "macro",
    ),
    "a name that leads out": (
        lambda: zipped({"../../etc/passwd": b"x"}),
        "không phải văn bản Word",
    ),
    "no text": (lambda: document(word__document_xml=None), "hỏng"),
    "two parts of styles": (
        lambda: document(
            **{
                "word/_rels/document.xml.rels": part_of_template(
                    "word/_rels/document.xml.rels"
                ).replace(b"/settings", b"/styles")
            }
        ),
        "hỏng",
    ),
    "nothing": (lambda: b"", "rỗng"),
}


@functools.cache
def hostile(name: str) -> bytes:
    return HOSTILE_WORD[name][0]()


@pytest.mark.parametrize("name", HOSTILE_WORD)
@pytest.mark.parametrize("use", ["check", "import", "template"])
def test_a_word_file_made_to_do_harm_is_refused(folder: Path, use: str, name: str) -> None:
    words = HOSTILE_WORD[name][1]
    path = folder / ("templates/bao-cao.docx" if use == "template" else "a.docx")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(hostile(name))
    command = ["report", "--period", "h1"] if use == "template" else [use, path]

    result = danvan(*command)

    assert result.exit_code == 2
    assert words in result.stderr


@posix_only
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", ["check", "import", "validate"])
def test_what_is_no_plain_file_is_not_waited_for(command: str) -> None:
    os.mkfifo("ong.docx")
    Path("vo-tan.docx").symlink_to("/dev/zero")

    for name in ("ong.docx", "vo-tan.docx"):
        result = danvan(command, name)
        assert result.exit_code == 2
        assert "không phải là một tệp thông thường" in result.stderr


LOOP = "{% for i in range(9999) %}"
GROWING = "{% set ns = namespace(x=subject) %}{% for i in range(99) %}{% set ns.x = "
HOSTILE_TAGS = {
    "{{ ''.__class__ }}": "không được phép",
    "{{ self.__init__.__globals__ }}": "không được phép",
    "{{ cycler.__init__.__globals__.os }}": "không được phép",
    "{{ subject|attr('__class__') }}": "không có bộ lọc “attr”",
    "{% import 'os' as os %}{{ os.system('x') }}": "không dùng được",
    "{% include '/etc/passwd' %}": "không dùng được",
    "{{ 'a'*10**8 }}": "quá nhiều",
    "{{ subject * 999999999 }}": "quá nhiều",
    "{{ [subject] * 999999999 }}": "quá nhiều",
    "{{ (2**1000) ** 1000 }}": "quá nhiều",
    "{{ 'a'.ljust(10**9) }}": "không được phép",
    "{{ '{:1000000000}'.format(1) }}": "không được phép",
    "{{ '%1000000000d' % 1 }}": "không dùng được",
    "{{ 'a'|center(10**9) }}": "không có bộ lọc “center”",
    "{{ lipsum(n=10**6) }}": "không có tên “lipsum”",
    "{{ range(99999)|join(subject) }}": "quá nhiều",
    "{{ subject|replace('', 'a'*999999) }}": "quá nhiều",
    "{{ [[subject]*999]*999 ~ 'a' }}": "không dùng được",
    "{{ ([subject]*99999)|upper }}": "không dùng được",
    "{% for i in range(10**9) %}x{% endfor %}": "quá nhiều",
    LOOP * 2 + "{{ subject }}" + "{% endfor %}" * 2: "quá nhiều",
    LOOP * 2 + "chữ" + "{% endfor %}" * 2: "quá nhiều",
    "{{ recipients ~ 'a' }}": "không dùng được",
    "{{ [subject, recipients]|join }}": "không dùng được",
    GROWING + "ns.x ~ ns.x %}{% endfor %}": "quá nhiều",
    GROWING + "ns.x + ns.x %}{% endfor %}": "quá nhiều",
    GROWING + "ns.x|replace('', ns.x) %}{% endfor %}": "quá nhiều",
    "{% macro m(n) %}{{ 'chữ' * 999 }}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}"
    "{{ m(40) }}": "quá nhiều",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "lồng nhau",
    "{% block a %}{{ self.a() }}{{ self.a() }}{% endblock %}": "lồng nhau",
    "{% for a in range(2) %}" * 60 + "{% endfor %}" * 60: "lồng nhau",
    "{{ " + "(" * 10_000 + "1" + ")" * 10_000 + " }}": "lồng nhau",
    "{{ 1" + "+1" * 20_000 + " }}": "lồng nhau",
}


@pytest.mark.parametrize("tag", HOSTILE_TAGS, ids=lambda tag: tag[:60])
def test_a_tag_made_to_do_harm_is_refused(folder: Path, tag: str) -> None:
    (folder / "templates").mkdir()
    template = docx.Document(str(packaged("templates/ke-hoach.docx")))
    template.add_paragraph(tag)
    template.save(str(folder / "templates/ke-hoach.docx"))

    result = danvan("plan", "export")

    assert result.exit_code == 2
    assert HOSTILE_TAGS[tag] in result.stderr


def test_template_check_tells_such_a_tag_as_an_error(folder: Path) -> None:
    (folder / "templates").mkdir()
    template = docx.Document(str(packaged("templates/ke-hoach.docx")))
    template.add_paragraph("{{ subject * 999999999 }}")
    template.save(str(folder / "templates/ke-hoach.docx"))

    result = danvan("template", "check")

    assert result.exit_code == 1
    assert "lỗi D591: mẫu lặp hoặc nối chữ quá nhiều" in result.stdout


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak")
def test_what_a_template_may_still_do_fits_into_the_memory(folder: Path) -> None:
    (folder / "templates").mkdir()
    template = docx.Document(str(packaged("templates/ke-hoach.docx")))
    template.add_paragraph("{%p for i in range(3000) %}")
    template.add_paragraph("{{ 'chữ ' * 100 }}")
    template.add_paragraph("{%p endfor %}")
    template.save(str(folder / "templates/ke-hoach.docx"))
    code = """if True:
        from pathlib import Path
        from typer.testing import CliRunner
        from danvan_cli.cli import app
        status = CliRunner().invoke(app, ["plan", "export"]).exit_code
        peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
        print(status, int(peak) // 1024)
    """

    ran = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
        text=True,
    )

    status, megabytes = map(int, ran.stdout.split())
    assert status == 0
    assert megabytes < 300
