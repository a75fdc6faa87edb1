"""What is written as YAML is read back as the same, by danvan and by other YAML readers."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from danvan_cli import vietnamese
from danvan_cli.files import conversion, decoding, yaml_reading
from danvan_cli.files.yaml_writing import LONGEST_INLINE, entry, report_text, written
from danvan_cli.model.plan import Signatory
from danvan_cli.model.unit_report import (
    Award,
    AwardKind,
    Model,
    ModelField,
    ModelStatus,
    Return,
    TaskResult,
    TaskStatus,
    UnitReport,
)
from danvan_cli.model.values import Day, Label
from danvan_cli.problems import count_errors

NASTY = [
    *("- mục", "-", "- ", "1.", "# ghi chú", "số #5", "Kết quả: tốt", "kết thúc:", ":", "? a"),
    *("'", '"', "“Dân vận khéo”", "'a'", '"a" b', "{{ tên }}", "{% if %}", "[a, b]", "{a: b}"),
    *("---", "...", "null", "~", "true", "No", "off", "y", "03", "1:30", "4.10", "1e3", "0x1F"),
    *(
        "1_000",
        "1,5",
        "0o17",
        "+1",
        ".inf",
        "2026-06-02",
        "29/5/2026",
        "2026-06-02 10:00",
        "=",
        "<<",
    ),
    *("", " ", "\t", "\n", "a\tb", " đầu", "cuối ", "một\nhai", "một\n\n  hai\n", "\n một", "a\n "),
    *("một  \nhai", "a\n\tb\n   \nc", "# một\n# hai", "---\n...", "a\r\nb", "\n\u0301", "\t\u0338"),
    *(
        "|",
        "> a",
        "!x",
        "&a",
        "*a",
        "%a",
        "@a",
        "`a`",
        "\\n",
        "\\",
        "🙂",
        "\xa0",
        "\u200b",
    ),
    "từ" * 2500,
]
USABLE = st.characters(exclude_categories=["Cs"]).filter(
    lambda each: not re.match(decoding.FORBIDDEN, each)
)
TEXTS = st.sampled_from(NASTY) | st.text(USABLE).map(vietnamese.nfc)
# No reader takes a key of more than 1,024 characters.
KEYS = TEXTS.filter(lambda each: len(each) < 100)
WORDS = TEXTS.filter(lambda each: each.strip() != "")
LISTS = st.lists(WORDS, max_size=3)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(
    lambda each: Day(each.year, each.month, each.day)
)
NUMBERS = st.integers(-(10**14), 10**14)


def choice(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


def optional(some: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | some


REPORTS = st.builds(
    UnitReport,
    unit=WORDS.map(Label),
    year=NUMBERS,
    period=WORDS.map(Label),
    submitted=optional(DAYS),
    received=optional(DAYS),
    returned=optional(st.builds(Return, date=DAYS, reason=WORDS)),
    signatory=optional(
        st.builds(Signatory, position=WORDS, authority=optional(TEXTS), name=optional(TEXTS))
    ),
    leadership=optional(TEXTS),
    results=st.dictionaries(
        KEYS,
        st.builds(TaskResult, status=choice(TaskStatus), summary=optional(TEXTS), evidence=LISTS),
        max_size=3,
    ),
    indicators=st.dictionaries(KEYS, NUMBERS, max_size=3),
    models=st.lists(
        st.builds(
            Model,
            name=WORDS,
            field=choice(ModelField),
            summary=optional(TEXTS),
            status=choice(ModelStatus),
            replicate=st.booleans(),
        ),
        max_size=2,
    ),
    awards=st.lists(
        st.builds(
            Award, kind=choice(AwardKind), name=WORDS, form=WORDS, achievement=optional(TEXTS)
        ),
        max_size=2,
    ),
    **dict.fromkeys(("strengths", "shortcomings", "difficulties", "causes"), LISTS),
    **dict.fromkeys(("lessons", "next_steps", "proposals"), LISTS),
)

Reader = Callable[[str], Any]
OTHER_READERS: dict[str, Reader] = {
    "PyYAML": yaml.safe_load,
    "libyaml": lambda text: yaml.load(text, Loader=yaml.CSafeLoader),
    "ruamel, YAML 1.2": YAML(typ="safe", pure=True).load,
}


@settings(deadline=None)
@given(REPORTS)
def test_a_report_comes_back_as_it_was(report: UnitReport) -> None:
    read = yaml_reading.read(report_text(report, ["Ghi chú"]).encode())
    assert count_errors(read.problems) == 0
    assert conversion.convert(read.data, UnitReport) == (report, [])


@pytest.mark.parametrize("reader", OTHER_READERS.values(), ids=list(OTHER_READERS))
@settings(deadline=None)
@given(value=st.dictionaries(KEYS, TEXTS | NUMBERS | st.booleans() | LISTS, max_size=4))
def test_other_readers_read_the_same(reader: Reader, value: dict[str, Any]) -> None:
    text = "\n".join(entry("value:", written(value)))
    assert without_the_end_of_blocks(reader(text)["value"], value) == value


def without_the_end_of_blocks(read: Any, meant: Any) -> Any:
    """`|` ends in a line break, which danvan's reader drops and others keep."""
    match read, meant:
        case dict(), dict():
            return {key: without_the_end_of_blocks(read[key], meant.get(key)) for key in read}
        case list(), list():
            return [without_the_end_of_blocks(*pair) for pair in zip(read, meant, strict=True)]
        case str(), str() if "\n" in meant or len(meant) > LONGEST_INLINE:
            return read if read == meant else read.removesuffix("\n")
        case _:
            return read


def test_a_report_is_written_as_a_careful_person_would() -> None:
    long = (
        "Tổ chức 03 hội nghị, tập huấn về kỹ năng tiếp công dân, xử lý đơn cho 118 lượt công chức."
    )
    report = UnitReport(
        unit=Label("ban-tiep-cong-dan"),
        year=2026,
        period=Label("h1"),
        submitted=Day(2026, 5, 29),
        received=Day(2026, 6, 1),
        signatory=Signatory(position="PHÓ TRƯỞNG BAN", authority="KT. TRƯỞNG BAN"),
        leadership="Một đoạn.\nHai đoạn.",
        results={
            "1.1": TaskResult(status="done", summary="Đã phổ biến.", evidence=["Công văn: 12/VP"]),
            "4.10": TaskResult(status="ongoing", summary=long),
        },
        indicators={"hoi-nghi": 3, "don": 0},
        models=[Model(name="Nghe trọn", field="kinh tế", status="registered", replicate=True)],
        strengths=[long, "Gồm: a\nvà b"],
        proposals=["Không"],
    )
    assert (
        report_text(report, ["Báo cáo minh họa", "", "Dòng ba"])
        == f"""\
# Báo cáo minh họa
#
# Dòng ba

unit: ban-tiep-cong-dan
year: 2026
period: h1
submitted: 29/5/2026
received: 01/6/2026
signatory:
  authority: KT. TRƯỞNG BAN
  position: PHÓ TRƯỞNG BAN

leadership: |
  Một đoạn.
  Hai đoạn.

results:
  '1.1':
    status: done
    summary: Đã phổ biến.
    evidence:
      - 'Công văn: 12/VP'
  '4.10':
    status: ongoing
    summary: |
      {long}

indicators:
  hoi-nghi: 3
  don: 0

models:
  - name: Nghe trọn
    field: kinh tế
    status: registered
    replicate: true

strengths:
  - {long}
  - |
    Gồm: a
    và b
proposals:
  - Không
"""
    )
