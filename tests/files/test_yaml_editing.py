"""A changed value changes its own lines of a YAML file, and nothing else in it."""

import random
import re
import sys

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from test_yaml_writing import DAYS, KEYS, LISTS, REPORTS, TEXTS, optional

from danvan_cli.files import conversion, yaml_reading
from danvan_cli.files.yaml_editing import updated
from danvan_cli.files.yaml_writing import entry, plain, scalar, written
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.unit_report import TaskResult, UnitReport
from danvan_cli.model.values import Day

OFFICES = st.builds(
    OfficeReport,
    number=optional(TEXTS),
    issued=optional(DAYS),
    leadership=optional(TEXTS),
    sections=st.dictionaries(KEYS, TEXTS, max_size=3),
    strengths=LISTS,
    shortcomings=LISTS,
    causes=LISTS,
)
TEXT = """\
# Phần Văn phòng viết

number: 57/BC-VP   # số tạm
issued:  # chưa ban hành
sections:
  '1': |  # theo ý kiến Phó Chánh Văn phòng
    Đoạn một.
    Đoạn hai.

  # mục này Phòng Tổng hợp viết
  '4': |
    Đoạn ba.

# Ý kiến tại giao ban
strengths:
- một
-   hai   # của Ban Tiếp công dân
# còn chờ số liệu
- ba

shortcomings: [a, b]  # hai ý
"""


def office_from(text: str) -> OfficeReport:
    value, problems = conversion.convert(yaml_reading.read(text.encode()).data, OfficeReport)
    assert value is not None, problems
    return value


def edited(**changes: object) -> str:
    return updated(TEXT, replace(office_from(TEXT), **changes))


@pytest.mark.parametrize(
    ("changes", "before", "after"),
    [
        ({"number": "5/BC"}, "number: 57/BC-VP   # số tạm", "number: 5/BC  # số tạm"),
        (
            {"issued": Day(2026, 6, 4)},
            "issued:  # chưa ban hành",
            "issued: 04/6/2026  # chưa ban hành",
        ),
        ({"number": None}, "number: 57/BC-VP   # số tạm\n", ""),
        (
            {"sections": {"1": "Mới.\n- Thêm.", "4": "Đoạn ba."}},
            "    Đoạn một.\n    Đoạn hai.\n",
            "    Mới.\n    - Thêm.\n",
        ),
        (
            {"sections": {"1": "Đoạn một.\nĐoạn hai.", "2": "Đoạn mới.", "4": "Đoạn ba."}},
            "    Đoạn hai.\n",
            "    Đoạn hai.\n  '2': Đoạn mới.\n",
        ),
        (
            {"sections": {"4": "Đoạn ba."}},
            "  '1': |  # theo ý kiến Phó Chánh Văn phòng\n    Đoạn một.\n    Đoạn hai.\n",
            "",
        ),
        ({"strengths": ["một", "hai hơn", "ba"]}, "-   hai   #", "- hai hơn  #"),
        ({"strengths": ["ba"]}, "- một\n-   hai   # của Ban Tiếp công dân\n", ""),
        ({"strengths": ["không", "một", "hai", "ba", "bốn"]}, "", ""),
        (
            {"shortcomings": ["a", "c: d"]},
            "shortcomings: [a, b]  # hai ý",
            "shortcomings:  # hai ý\n  - a\n  - 'c: d'",
        ),
        ({"causes": ["x"]}, "# hai ý\n", "# hai ý\ncauses:\n  - x\n"),
        ({"leadership": "Một."}, "# chưa ban hành\n", "# chưa ban hành\nleadership: Một.\n"),
    ],
)
def test_only_the_lines_of_what_changed_are_new(
    changes: dict[str, object], before: str, after: str
) -> None:
    text = edited(**changes)
    assert office_from(text) == replace(office_from(TEXT), **changes)
    if before:
        assert text == TEXT.replace(before, after)


def test_new_items_stand_between_those_that_stay() -> None:
    assert edited(strengths=["không", "một", "hai", "hai rưỡi", "ba", "bốn"]) == (
        TEXT.replace("- một\n", "- không\n- một\n")
        .replace("dân\n#", "dân\n- hai rưỡi\n#")
        .replace("- ba\n", "- ba\n- bốn\n")
    )


def test_a_comment_among_what_goes_stays_above_it() -> None:
    text = "causes: [một,  # chờ số liệu\n  hai]  # hết\nlessons: [x]\n"
    changed = updated(text, replace(office_from(text), causes=["ba"]))
    assert changed == "# hết\ncauses:  # chờ số liệu\n  - ba\nlessons: [x]\n"


def test_an_unchanged_value_leaves_the_text_as_it_is() -> None:
    text = "number:   '5/BC'\nstrengths: [ ]\n"
    assert updated(text, office_from(text)) == text
    changed = updated(text, replace(office_from(text), number="6/BC"))
    assert changed == "number: 6/BC\nstrengths: [ ]\n"


def test_line_ends_of_windows_stay() -> None:
    text = "number: 5/BC\r\ncauses:\r\n  - a\r\n"
    changed = updated(text, replace(office_from(text), causes=["a", "b"]))
    assert changed == "number: 5/BC\r\ncauses:\r\n  - a\r\n  - b\r\n"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_and_any_line_ends_stay(mark: str, line_end: str) -> None:
    text = mark + TEXT.replace("\n", line_end)
    changed = updated(text, replace(office_from(text), causes=["x"], strengths=["một", "ba"]))
    assert changed == mark + edited(causes=["x"], strengths=["một", "ba"]).replace("\n", line_end)


def test_each_line_that_stays_keeps_its_own_end() -> None:
    text = "number: 5/BC\r# a\nleadership: |\n  b\r\n  c\n\ncauses: [d]  # e\r"
    changed = updated(text, replace(office_from(text), causes=["f"], number="6/BC"))
    assert changed == ("number: 6/BC\n# a\nleadership: |\n  b\r\n  c\n\ncauses:  # e\n  - f\n")


def test_the_only_line_may_go() -> None:
    assert updated("number: 5/BC", OfficeReport()) in ("", "{}\n")


def test_one_result_of_a_report_changes_and_the_others_stay() -> None:
    text = (
        "unit: tong-hop\nyear: 2026\nperiod: h1\n"
        "results:\n"
        "  4.10: {status: done, summary: Xong}   # đã kiểm tra\n"
        "  '4.11':\n    # hỏi lại Ban\n    status: ongoing\n    summary: |\n      Ngắn.\n"
    )
    report, _ = conversion.convert(yaml_reading.read(text.encode()).data, UnitReport)
    assert report is not None
    results = report.results | {"4.11": TaskResult(status="done", summary="Gọn.")}
    assert updated(text, replace(report, results=results)) == text.replace(
        "ongoing", "done"
    ).replace("Ngắn.", "Gọn.")


def test_an_uncommon_notation_is_written_anew_with_its_comments() -> None:
    text = "? number\n: 5/BC  # số tạm\n"
    assert updated(text, replace(office_from(text), number="6/BC")) == "# số tạm\nnumber: 6/BC\n"


def test_a_text_that_holds_no_such_value_is_refused() -> None:
    with pytest.raises(ValueError):
        updated("number: [5]\n", OfficeReport())


def office_text(office: OfficeReport) -> str:
    fields = plain(office).items()
    return "".join(
        f"{line}\n" for name, value in fields for line in entry(f"{scalar(name)}:", written(value))
    )


def commented(text: str, seed: int) -> tuple[str, list[str]]:
    """With comments put between the top fields, as far as there are some."""
    rng, comments, lines = random.Random(seed), [], []
    for line in text.splitlines():
        if re.match(r"[a-z_]+:", line) and rng.random() < 0.5:
            comments.append(f"# ghi chú {len(comments)}")
            lines += ["", comments[-1]]
        lines.append(line)
    return "".join(f"{line}\n" for line in lines), comments


@settings(deadline=None)
@given(OFFICES, OFFICES, st.integers())
def test_any_change_arrives_and_no_comment_goes(
    old: OfficeReport, new: OfficeReport, seed: int
) -> None:
    text, comments = commented(office_text(old) or "number:\n", seed)
    changed = updated(text, new)
    assert office_from(changed) == new
    assert [line for line in changed.split("\n") if line in comments] == comments


@settings(deadline=None)
@given(REPORTS, REPORTS, st.sampled_from([None, True, False]), st.integers(2, 6))
def test_any_change_arrives_in_a_text_that_another_program_wrote(
    old: UnitReport, new: UnitReport, flow: bool | None, indent: int
) -> None:
    text = yaml.safe_dump(
        msgspec.to_builtins(old, enc_hook=str),
        allow_unicode=True,
        default_flow_style=flow,
        indent=indent,
        sort_keys=False,
    )
    changed = updated(text, new)
    assert conversion.convert(yaml_reading.read(changed.encode()).data, UnitReport) == (new, [])


def steps(text: str, value: OfficeReport) -> int:
    """How many lines of Python run to write the value into the text."""
    counted = 0

    def count(_frame, event, _argument):
        nonlocal counted
        counted += event == "line"
        return count

    tracing = sys.gettrace()
    sys.settrace(count)
    try:
        updated(text, value)
    finally:
        sys.settrace(tracing)
    return counted


@pytest.mark.parametrize(
    ("item", "changed"),
    [
        ("a", lambda number: number == 500),
        ("b # ghi chú", lambda number: number % 2),
        ("c{}", lambda number: number % 2),
    ],
    ids=["one of many alike", "every other with a comment", "every other of distinct ones"],
)
def test_a_list_of_very_many_items_is_changed_in_steps_by_their_number(item, changed):
    def steps_for(number: int) -> int:
        items = [item.format(place) for place in range(number)]
        text = "strengths:\n" + "".join(f"  - {each}\n" for each in items)
        before = conversion.convert(yaml_reading.read(text.encode()).data, OfficeReport)[0]
        after = [
            f"{each}!" if changed(place) else each for place, each in enumerate(before.strengths)
        ]
        return steps(text, replace(before, strengths=after))

    assert steps_for(2_000) < 2.2 * steps_for(1_000)
