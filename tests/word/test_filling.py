"""A Word template and values become a document in which every word arrives as it was typed."""

import hashlib
import io
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from danvan_cli.characters import without_invisible
from danvan_cli.problems import Failure
from danvan_cli.word.file import package
from danvan_cli.word.template.fill import fill, problems
from ooxml import violations

NASTY = [
    "&<>\"'",
    "{{ report }} {% if x %} {# ghi chú #}",
    "{_{ report }_} {_% if %_}",
    "“ngoặc kép” ‘đơn’",
    "😀 🏳️‍🌈",
    "- gạch đầu dòng",
    "1. đánh số",
    "một\ndòng mới",
    "cột\tcột",
    "  hai  dấu cách  ",
    "ă" * 5000,
    "danvan_tag_0_ danvan_brace_open_",
    "&lt;w:p&gt;",
    "]]>",
]

# What XML can hold. A carriage return is a line break to Word, so it comes back as one.
xml_text = st.text(
    st.characters(
        exclude_categories=["Cs"],
        exclude_characters=[*map(chr, [*range(9), 11, 12, *range(13, 32), 0xFFFE, 0xFFFF])],
    )
)


JUMBLE = (
    (
        "{{ }} {% %} {# #} { } % p¦ tr¦ r¦ - ¦ x a a.b “ ' | &< raw endraw else endif endfor "
        "for¦x¦in¦xs if¦a set¦y¦=¦1 macro¦m() endmacro "
        "{{¦a¦}} {%p¦if¦a¦%} {%p¦endif¦%} {%¦for¦x¦in¦xs¦%} {%¦endfor¦%}"
    )
    .replace(" ", "\n")
    .replace("¦", " ")
    .split("\n")
)


class Unit(Struct, frozen=True):
    name: str
    head: str | None = None
    results: list[str] = []

    @property
    def shouted(self) -> str:
        return self.name.upper()


MakeTemplate = Callable[..., Path]


@pytest.fixture
def template(tmp_path: Path) -> MakeTemplate:
    """A template with these paragraphs, or whatever else `build` puts into it."""

    def make(*paragraphs: str, build: Callable[[Document], None] | None = None) -> Path:
        document = clean_document()
        for each in paragraphs:
            document.add_paragraph(each)
        if build is not None:
            build(document)
        path = tmp_path / "mau.docx"
        document.save(str(path))
        return path

    return make


def clean_document() -> Document:
    """python-docx's default, without the part that makes Word repair it."""
    document = docx.Document()
    for key, each in list(document.part.rels.items()):
        if each.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[key]
    return document


def rendered(template: Path, **context: object) -> Document:
    return docx.Document(io.BytesIO(saved(fill(template, context))))


def saved(document: Document) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def texts(document: Document) -> list[str]:
    return [each.text for each in document.paragraphs]


@pytest.mark.parametrize("text", NASTY)
def test_text_arrives_as_typed(template: MakeTemplate, text: str) -> None:
    assert texts(rendered(template("{{ text }}"), text=text)) == [text]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=xml_text)
def test_any_text_that_xml_can_hold_arrives_as_far_as_it_is_seen(
    template: MakeTemplate, text: str
) -> None:
    document = rendered(template("“{{ text }}” và {{ text }}"), text=text)

    assert texts(document) == [f"“{without_invisible(text)}” và {without_invisible(text)}"]


@pytest.mark.parametrize("text", NASTY)
def test_text_arrives_as_typed_in_tables_headers_and_footers(
    template: MakeTemplate, text: str
) -> None:
    def build(document: Document) -> None:
        document.add_table(1, 1).cell(0, 0).text = "{{ text }}"
        document.sections[0].header.paragraphs[0].text = "{{ text }}"
        document.sections[0].footer.paragraphs[0].text = "{{ text }}"

    document = rendered(template(build=build), text=text)

    section = document.sections[0]
    assert document.tables[0].cell(0, 0).text == text
    assert section.header.paragraphs[0].text == text
    assert section.footer.paragraphs[0].text == text


def test_text_arrives_as_typed_in_footnotes_of_a_document_with_two_sections(
    template: MakeTemplate,
) -> None:
    def build(document: Document) -> None:
        document.add_section()
        add_footnotes(document, "{{ text }}")

    document = rendered(template("a", build=build), text="{{ text }} & <b>")

    part = next(each for each in document.part.package.parts if "footnotes" in str(each.partname))
    assert "{{ text }} &amp; &lt;b&gt;" in part.blob.decode()


def add_footnotes(document: Document, text: str) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    xml = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r>'
        "</w:p></w:footnote></w:footnotes>"
    )
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        xml.encode(),
        document.part.package,
    )
    document.part.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    )


def test_a_line_break_becomes_words_own_and_keeps_the_run_together(template: MakeTemplate) -> None:
    def build(document: Document) -> None:
        document.add_paragraph().add_run("{{ text }}").bold = True

    run = rendered(template(build=build), text="a\r\nb\rc\td").paragraphs[0].runs[0]

    assert run.text == "a\nb\nc\td"
    assert len(run._r.findall(qn("w:br"))) == 2
    assert len(run._r.findall(qn("w:tab"))) == 1
    assert run.bold


def test_braces_in_the_templates_own_words_stay(template: MakeTemplate) -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph("tập {")
        paragraph.add_run("{{ name }}")
        paragraph.add_run("}, {_{ x }_}, 100%")

    assert texts(rendered(template(build=build), name="a")) == ["tập {a}, {_{ x }_}, 100%"]


def test_a_control_character_is_told(template: MakeTemplate) -> None:
    with pytest.raises(Failure, match=r"U\+0007.*\{\{ text \}\}"):
        rendered(template("{{ text }}"), text="chuông\a")


def test_values_are_reached_by_attribute_item_and_property(template: MakeTemplate) -> None:
    path = template("{{ unit.name }} {{ unit.shouted }} {{ unit.results[0] }} {{ row['a'] }}")

    document = rendered(path, unit=Unit("Phòng", results=["xong"]), row={"a": 7})

    assert texts(document) == ["Phòng PHÒNG xong 7"]


def test_days_and_numbers_are_written_as_the_decree_writes_them(template: MakeTemplate) -> None:
    path = template(
        "{{ day|long_day }}; {{ day|short_day }}; {{ count|number }}; {{ 4|roman }}; "
        "{{ subject|in_sentence }}; {{ places|enumeration }}"
    )

    document = rendered(
        path, day=date(2026, 2, 5), count=1234, subject="Kết quả", places=["A", "B", "C"]
    )

    assert texts(document) == [
        "ngày 05 tháng 02 năm 2026; 05/02/2026; 1.234; IV; kết quả; A, B và C"
    ]


def test_loops_and_conditions_take_paragraphs_and_rows(template: MakeTemplate) -> None:
    def build(document: Document) -> None:
        table = document.add_table(3, 2)
        table.cell(0, 0).text = "{%tr for each in units %}"
        table.cell(1, 0).text = "{{ loop.index }}"
        table.cell(1, 1).text = "{{ each.name }}"
        table.cell(2, 0).text = "{%tr endfor %}"

    path = template(
        "{%p for each in units %}",
        "- {{ each.name }}{% if not loop.last %};{% else %}.{% endif %}",
        "{%p endfor %}",
        "{%p if units|length > 2 and 'a' < 'b' %}",
        "đông",
        "{%p endif %}",
        build=build,
    )

    document = rendered(path, units=[Unit("A & B"), Unit("C")])

    assert texts(document) == ["- A & B;", "- C."]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["1", "A & B"],
        ["2", "C"],
    ]


def test_a_loop_over_columns_widens_the_table(template: MakeTemplate) -> None:
    def build(document: Document) -> None:
        cells = document.add_table(1, 3).rows[0].cells
        for cell, text in zip(
            cells, ["{%tc for each in xs %}", "{{ each }}", "{%tc endfor %}"], strict=True
        ):
            cell.text = text

    table = rendered(template(build=build), xs=list("abcde")).tables[0]

    assert [cell.text for cell in table.rows[0].cells] == list("abcde")
    assert len(table.columns) == 5


def test_tags_survive_what_word_does_to_them(template: MakeTemplate) -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph("Tên: {")
        paragraph.add_run("{ unit").bold = True
        paragraph._p.append(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'))
        paragraph.add_run(".na")
        paragraph.add_run("me }")
        paragraph.add_run("}!")

    path = template(
        "{{\u00a0unit.name\u00a0}}",
        "{{ unit.name|replace(“A”, ‘B’) }}",
        "{{ unit.na\u200bme }}",
        "{%p if\u00a0unit.name == “A” %}",
        "đúng",
        "{%p\u00a0endif %}",
        build=build,
    )

    assert texts(rendered(path, unit=Unit("A"))) == ["A", "B", "A", "đúng", "Tên: A!"]


def test_quotes_meant_for_the_reader_stay_curly(template: MakeTemplate) -> None:
    path = template(
        "{{ 'mô hình “Dân vận khéo”' }}",
        "{{ \"a & b < c\" }} {{ '{{' }}",
        "{{ “Số:\u00a0   /‘x’” }}",
    )

    assert texts(rendered(path)) == [
        "mô hình “Dân vận khéo”",
        "a & b < c {{",
        "Số:\u00a0   /‘x’",
    ]


def test_a_text_box_is_filled_like_the_rest(template: MakeTemplate) -> None:
    def build(document: Document) -> None:
        document.add_paragraph("{{ a }}").add_run()._r.append(
            parse_xml(
                f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape>'
                "<v:textbox><w:txbxContent><w:p><w:r><w:t>{{ b }}</w:t></w:r></w:p>"
                "</w:txbxContent></v:textbox></v:shape></w:pict>"
            )
        )

    document = rendered(template(build=build), a="ngoài", b="trong & <hộp>")

    [paragraph] = document.paragraphs
    assert [each.text for each in paragraph._p.iter(qn("w:t"))] == ["ngoài", "trong & <hộp>"]


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("{{ unit.nam }}", "không có tên “nam” .*ý bạn là “name”"),
        ("{{ unti.name }}", "không có tên “unti” .*ý bạn là “unit”"),
        ("{{ unit.name.first }}", "không có tên “first”"),
        ("{{ unit.head }}", "“head” chưa có giá trị"),
        ("{{ unit.head|upper }}", "“head” chưa có giá trị"),
        ("{{ unit.head ~ '!' }}", "“head” chưa có giá trị"),
        ("{{ nothing }}", "“nothing” chưa có giá trị"),
        ("{{ none }}", "giá trị này chưa có"),
        ("{% for x in unit.head %}{% endfor %}", "“head” chưa có giá trị"),
        ("{{ day }}", "bộ lọc long_day hoặc short_day"),
        ("{{ 1.5 }}", "số thập phân"),
        ("{{ true }}", "đúng/sai"),
        ("{{ unit }}", "lấy một tên bên trong nó: .*name"),
        ("{{ unit.results }}", "danh sách"),
        ("{{ unit.name|uper }}", "không có bộ lọc “uper” .*ý bạn là “upper”"),
        ("{{ unit.name|safe }}", "không có bộ lọc “safe”"),
        ("{{ unit.name is emty }}", "không có phép thử “emty”"),
        ("{{ unit.name|number }}", "không dùng được với giá trị này"),
        ("{{ unit.name / 2 }}", "không dùng được với giá trị này"),
        ("{{ 1 / 0 }}", "không dùng được với giá trị này"),
        ("{{ unit.name + }}", "sai cú pháp"),
        ("{% fro x in unit.results %}", "không có lệnh “fro”"),
        ("{{ unit.__class__ }}", "không được phép"),
        ("{% include 'a.docx' %}", "không dùng được"),
        ("{{r unit.name }}", "viết {{ … }}"),
        ("{%- if true %}{% endif %}", "bỏ dấu -"),
    ],
)
def test_a_mistake_in_a_tag_is_told_with_the_words_around_it(
    template: MakeTemplate, tag: str, message: str
) -> None:
    path = template("Trước", f"Kính gửi: {tag} (qua Sở)")

    with pytest.raises(Failure, match=message) as failure:
        rendered(path, unit=Unit("A"), nothing=None, day=date(2026, 6, 4))

    told = failure.value.message
    assert told.startswith("mẫu “mau.docx”: ")
    assert tag.partition("}{")[0] in told


def test_the_words_around_a_wrong_tag_help_to_find_it(template: MakeTemplate) -> None:
    path = template("{{ a }} đầu trang", "Kính gửi: {{ b }} (qua Sở Nội vụ)", "{{ a }}")

    with pytest.raises(Failure, match=r"thẻ \{\{ b \}\} trong “.*Kính gửi: \{\{ b \}\} \(qua Sở"):
        rendered(path, a="x")


def test_a_missing_value_can_be_asked_for_and_replaced(template: MakeTemplate) -> None:
    path = template(
        "{% if unit.head %}có{% else %}khuyết{% endif %}, {% if unit.head is none %}khuyết"
        "{% endif %}, {% if unit.head == none %}khuyết{% endif %}, {{ unit.head|default('?') }}"
    )

    assert texts(rendered(path, unit=Unit("A"))) == ["khuyết, khuyết, khuyết, ?"]


@pytest.mark.parametrize(
    ("paragraphs", "message"),
    [
        (["{{ a", "b }}"], r"mở bằng \{\{ mà không đóng trong cùng đoạn"),
        (["{ a }}"], r"đóng bằng \}\} mà không mở"),
        (["{%p for x in xs %}", "{{ x }}"], r"thiếu thẻ endfor .*\{%p for x in xs %\}"),
        (["{%p endif %}"], "thẻ endif không có thẻ mở"),
        (["{%p for x in xs %}", "{%p endif %}"], "thẻ endif không có thẻ mở"),
        (["{%p for x in xs %}", "{% endfor %}"], "phải cùng kiểu"),
        (["{%tr for x in xs %}", "{%tr endfor %}"], "chỉ dùng trong bảng"),
        (["{%p for x in xs %} chữ sẽ mất", "{%p endfor %}"], "đứng một mình trong đoạn"),
        (["{%p if a %}{%p if a %}", "{%p endif %}{%p endif %}"], "đứng một mình trong đoạn"),
    ],
)
def test_a_tag_without_its_other_half_or_its_own_place_is_told(
    template: MakeTemplate, paragraphs: list[str], message: str
) -> None:
    with pytest.raises(Failure, match=message):
        rendered(template(*paragraphs), a="a", xs=["x"])


def test_a_tag_that_would_take_a_section_break_with_it_is_told(template: MakeTemplate) -> None:
    def build(document: Document) -> None:
        document.add_paragraph("{%p if a %}")
        paragraph = document.add_paragraph("{%p endif %}")
        paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:sectPr {nsdecls('w')}/>"))

    with pytest.raises(Failure, match="đứng một mình") as failure:
        rendered(template(build=build), a="a")

    assert "ngắt phần" in (failure.value.hint or "")


def test_a_loop_that_begins_in_one_cell_and_ends_in_another_is_told(
    template: MakeTemplate,
) -> None:
    def build(document: Document) -> None:
        for cell, text in zip(
            document.add_table(1, 2).rows[0].cells,
            ["{%p for x in xs %}", "{%p endfor %}"],
            strict=True,
        ):
            cell.text = text

    with pytest.raises(Failure, match="ở cùng một chỗ"):
        rendered(template(build=build), xs=["a"])


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_a_template_that_is_no_word_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mau.docx"
    path.write_bytes(content)

    with pytest.raises(Failure, match=r"không dùng được mẫu: .*mau\.docx”"):
        rendered(path)


def test_a_template_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="không có tệp"):
        rendered(tmp_path / "mau.docx")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.sampled_from(JUMBLE),
            max_size=6,
        ),
        max_size=4,
    )
)
def test_any_jumble_of_tags_is_filled_or_told(
    template: MakeTemplate, paragraphs: list[list[str]]
) -> None:
    def build(document: Document) -> None:
        for runs in paragraphs:
            paragraph = document.add_paragraph()
            for each in runs:
                paragraph.add_run(each)

    path, context = template("x", build=build), {"a": "a", "xs": ["b"]}

    found = problems(path, context)

    try:
        fill(path, context)
    except Failure as failure:
        assert any(each.message in failure.message for each in found)


def test_all_problems_of_a_template_are_found_in_one_go(template: MakeTemplate) -> None:
    def build(document: Document) -> None:
        document.sections[0].footer.paragraphs[0].text = "{{ trang }}"

    path = template(
        "{{ unit.nam }}",
        "{% if unit.head %}{{ khong_co }}{% endif %}",
        "{{ unit.name|uper }}",
        "{{ 1 + }}",
        "{% if sai %}{{ unit.head }}{% endif %}",
        "{% for x in unit.list %}{{ x }}{% endfor %}",
        "{% set y = unit.ten %}{{ y }}",
        "{{ unit.name }}",
        build=build,
    )

    found = [
        (each.tag.typed, each.message) for each in problems(path, {"unit": Unit("A")}) if each.tag
    ]

    assert found == [
        ("{{ unit.nam }}", "không có tên “nam” (ý bạn là “name”?)"),
        ("{{ khong_co }}", "không có tên “khong_co”"),
        ("{{ unit.name|uper }}", "không có bộ lọc “uper” (ý bạn là “upper”?)"),
        ("{{ 1 + }}", "thẻ viết sai cú pháp"),
        ("{% if sai %}", "không có tên “sai”"),
        ("{{ unit.head }}", "“head” chưa có giá trị"),
        ("{% for x in unit.list %}", "không có tên “list”"),
        ("{{ y }}", "không có tên “ten”"),
        ("{{ trang }}", "không có tên “trang”"),
    ]


def test_a_template_without_problems_has_none(template: MakeTemplate) -> None:
    path = template("{%p for x in xs %}", "{{ x }} {{ loop.index }}", "{%p endfor %}")

    assert problems(path, {"xs": ["a"]}) == []


def test_a_name_that_the_template_gives_itself_is_no_problem(template: MakeTemplate) -> None:
    path = template("{% macro ten(x) %}{{ x }}{% endmacro %}", "{% set y = 1 %}{{ ten(y) }}")

    assert problems(path, {}) == []


def test_a_problem_tells_the_words_around_it(template: MakeTemplate) -> None:
    [problem] = problems(template("Kính gửi:", "{{ b }}", "Nơi nhận"), {})

    assert problem.tag is not None
    assert problem.tag.around == "Kính gửi: {{ b }} Nơi nhận"


def test_a_loop_that_is_not_closed_is_one_problem(template: MakeTemplate) -> None:
    [problem] = problems(template("{%p for x in xs %}", "{{ x }}"), {"xs": ["a"]})

    assert problem.message == "thiếu thẻ endfor để đóng thẻ này"


def full_template(document: Document) -> None:
    """A loop with a picture, a bookmark and a content control in it, a table and a header."""
    document.add_paragraph("{%p for each in units %}")
    paragraph = document.add_paragraph("{{ each.name }}")
    paragraph.add_run().add_picture(io.BytesIO(tiny_png()))
    for xml in (
        '<w:bookmarkStart {} w:id="0" w:name="dau"/>',
        '<w:bookmarkEnd {} w:id="0"/>',
        '<w:sdt {}><w:sdtPr><w:id w:val="77"/></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r>'
        "</w:sdtContent></w:sdt>",
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
    document.add_paragraph("{%p endfor %}")
    cell = document.add_table(1, 2).cell(0, 0)
    cell.text = "{%p if empty %}"
    cell.add_paragraph("x")
    cell.add_paragraph("{%p endif %}")
    document.sections[0].header.paragraphs[0].text = "{{ units[0].name }}"


def tiny_png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    )


FULL_CONTEXT: dict[str, Any] = {"units": [Unit(each) for each in NASTY], "empty": False}


def test_the_document_is_one_that_word_opens_without_repair(
    template: MakeTemplate,
) -> None:
    content = saved(fill(template("a", build=full_template), FULL_CONTEXT))

    assert violations(content) == []


def test_what_a_loop_repeats_has_ids_of_its_own(template: MakeTemplate) -> None:
    body = rendered(template("a", build=full_template), **FULL_CONTEXT).element.body

    drawings = [each.get("id") for each in body.iter(qn("wp:docPr"))]
    controls = [each.get(qn("w:val")) for each in body.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}")]
    expected = [str(number) for number in range(1, len(NASTY) + 1)]
    assert drawings == controls == expected
    assert len(list(body.iter(qn("w:bookmarkStart")))) == 1
    assert len(list(body.iter(qn("w:bookmarkEnd")))) == 1


def test_a_cell_that_a_condition_emptied_keeps_a_paragraph(template: MakeTemplate) -> None:
    document = rendered(template("a", build=full_template), **FULL_CONTEXT)

    assert len(document.tables[0].cell(0, 0)._tc.findall(qn("w:p"))) == 1


def test_a_table_whose_rows_are_all_gone_is_gone(template: MakeTemplate) -> None:
    def build(document: Document) -> None:
        table = document.add_table(3, 1)
        table.cell(0, 0).text = "{%tr for x in xs %}"
        table.cell(1, 0).text = "{{ x }}"
        table.cell(2, 0).text = "{%tr endfor %}"

    assert rendered(template("a", build=build), xs=[]).tables == []


def test_the_same_input_gives_the_same_bytes(template: MakeTemplate) -> None:
    path = template("a", build=full_template)
    script = "import sys, test_filling; print(test_filling.digest(sys.argv[1]))"

    digests = {
        subprocess.run(
            [sys.executable, "-c", script, str(path)],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(digests) == 1


def digest(template: str) -> str:
    """The fingerprint of a whole file, made in a process of its own."""
    filled = fill(Path(template), FULL_CONTEXT)
    return hashlib.sha256(package.stamped(filled, "Sở Nội vụ")).hexdigest()


def test_every_character_arrives_escaped_or_is_left_out(template: MakeTemplate) -> None:
    # Not in line: for most texts a short way is taken, which must lead to the same place.
    path = template("{%p for text in all_ %}", "{{ text }}", "{%p endfor %}")
    every = [chr(code) for code in range(0x20, 0x3000) if code != 0x7F]
    arrived = texts(rendered(path, all_=[f"x{character}x" for character in every]))
    assert arrived == [
        without_invisible(f"x{character}x").replace("\u2028", "\n").replace("\u2029", "\n")
        for character in every
    ]


def test_a_table_of_thousands_of_rows_is_whole(template: MakeTemplate) -> None:
    def build(document: Document) -> None:
        table = document.add_table(3, 3)
        table.cell(0, 0).text = "{%tr for x in xs %}"
        for column, text in enumerate(["{{ loop.index }}", "{{ x }}", "{{ x }}"]):
            table.cell(1, column).text = text
        table.cell(2, 0).text = "{%tr endfor %}"

    document = rendered(template(build=build), xs=[f"dòng {n}\n&" for n in range(3321)])

    rows = document.element.body.findall(f".//{qn('w:tr')}")
    assert len(rows) == 3321
    last = [each.text for each in rows[-1].iter(qn("w:t"))]
    assert last == ["3321", "dòng 3320", "&", "dòng 3320", "&"]
