"""Phòng Đối ngoại is merged into Phòng Tổng hợp on 30/6: the sample plan, seen from outside."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from click.testing import Result
from typer.testing import CliRunner

from danvan_cli.cli import app
from danvan_cli.word.file.plain_text import plain_text
from places import ROOT

DAY = ("--as-of", "5/11/2026")
GONE = "    email: dn@example.com\n"
MERGED = GONE + "    until: 2026-06-30\n    into: [tong-hop]\n"


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


def ask(root: Path, *arguments: str) -> Any:
    return json.loads(danvan(root, *arguments, "--format", "json").stdout)


def set_in_plan(root: Path, old: str, new: str) -> None:
    path = root / "plan.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def annual(root: Path, unit: str) -> Path:
    return root / "reports/2026/annual" / f"{unit}.yaml"


def figures_of(path: Path) -> dict[str, int]:
    figures: dict[str, int] = yaml.safe_load(path.read_text(encoding="utf-8"))["indicators"]
    return figures


def set_figures(path: Path, figures: dict[str, int]) -> None:
    text = path.read_text(encoding="utf-8")
    lines = "".join(f"  {name}: {figure}\n" for name, figure in figures.items())
    changed = re.sub(r"(?m)^indicators:\n(?:  .*\n)+", f"indicators:\n{lines}", text)
    path.write_text(changed, encoding="utf-8")


@pytest.fixture(scope="module")
def whole_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with an annual report of every unit but the one that is gone by then."""
    root = tmp_path_factory.mktemp("sample")
    shutil.copy(ROOT / "plan.yaml", root)
    for folder in ("reports", "so"):
        shutil.copytree(ROOT / folder, root / folder)
    annual(root, "doi-ngoai").unlink(missing_ok=True)
    for h1 in (root / "reports/2026/h1").glob("[a-z]*.yaml"):
        if h1.stem != "doi-ngoai" and not annual(root, h1.stem).exists():
            text = re.sub(r"(?m)^(received|submitted): .*\n", "", h1.read_text(encoding="utf-8"))
            text = text.replace("period: h1", "period: annual\nsubmitted: 30/10/2026")
            annual(root, h1.stem).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def root(whole_year: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole_year, tmp_path / "s")
    return tmp_path / "s"


def totals(root: Path, period: str) -> dict[str, int]:
    found = ask(root, "figures", "--period", period, *DAY)["indicators"]
    return {row["id"]: row["figure"] for row in found}


def test_added_figures_never_fall_below_the_half_years(root: Path) -> None:
    set_in_plan(root, GONE, MERGED + "    carry: add\n")
    checked = danvan(root, "validate", *DAY)
    assert "R432" not in checked.stdout
    half, year = totals(root, "h1"), totals(root, "annual")
    assert half.keys() == year.keys()
    assert all(year[name] >= half[name] for name in half)
    own = sum(
        figures_of(path)["hoi-nghi"] for path in (root / "reports/2026/annual").glob("[a-z]*.yaml")
    )
    assert year["hoi-nghi"] == own + 2
    rows = danvan(root, "figures", "--period", "annual", "--by", "unit", "--format", "csv", *DAY)
    assert "doi-ngoai,Phòng Đối ngoại (kỳ trước),2,58,9,1,0," in rows.stdout
    covered = ask(root, "figures", "--period", "annual", *DAY)["indicators"][0]
    assert (covered["reported"], covered["owing"], covered["missing"]) == (11, 11, [])


def test_the_report_says_that_they_are_added_and_lists_its_models(root: Path) -> None:
    set_in_plan(root, GONE, MERGED + "    carry: add\n")
    text = danvan(root, "report", "--period", "annual", "--draft", *DAY).stdout
    note = "Số liệu gồm cả số 6 tháng đầu năm của Phòng Đối ngoại (nay thuộc Phòng Tổng hợp)."
    assert note in text
    assert "Viện trợ đúng việc dân cần | Phòng Đối ngoại (nay thuộc Phòng Tổng hợp)" in text
    assert danvan(root, "report", "--period", "annual", "--internal", *DAY).exit_code == 0
    paper = plain_text((root / "output/2026/annual/tong-hop-noi-bo.docx").read_bytes())
    assert note in paper
    assert "ĐN (6 tháng đầu năm) | 2 | 58 | 9 | 1 | 0 |" in paper


def test_figures_of_their_own_are_held_to_those_of_both(root: Path) -> None:
    set_in_plan(root, GONE, MERGED)
    then = {
        unit: figures_of(root / f"reports/2026/h1/{unit}.yaml")
        for unit in ("tong-hop", "doi-ngoai")
    }
    both = {
        name: then["tong-hop"].get(name, 0) + then["doi-ngoai"].get(name, 0)
        for name in then["tong-hop"] | then["doi-ngoai"]
    }
    set_figures(annual(root, "tong-hop"), both | {"hoi-nghi": both["hoi-nghi"] - 1})
    told = danvan(root, "validate", *DAY).stdout
    assert told.count("R460") == 1
    assert (
        f"“Hội nghị, tập huấn, tọa đàm” ({both['hoi-nghi'] - 1}) nhỏ hơn tổng đã báo cáo ở kỳ "
        f"trước ({both['hoi-nghi']}: Phòng Tổng hợp {then['tong-hop']['hoi-nghi']}, Phòng Đối "
        "ngoại 2)"
    ) in told
    set_figures(annual(root, "tong-hop"), both)
    assert "R460" not in danvan(root, "validate", *DAY).stdout
    half, year = totals(root, "h1"), totals(root, "annual")
    assert all(year[name] >= half[name] for name in half)


def test_a_figure_that_the_heir_leaves_out_is_missed(root: Path) -> None:
    set_in_plan(root, GONE, MERGED)
    report = annual(root, "tong-hop")
    figures = figures_of(report)
    assert "ho-so-da-giai-quyet" not in figures
    missed = (
        "R460: chưa có số liệu mà kỳ trước đã báo cáo: “Hồ sơ thủ tục hành chính đã giải quyết” "
        "(Phòng Đối ngoại 187); “"
    )
    assert missed in danvan(root, "validate", *DAY).stdout
    trace = ("trace", "ho-so-da-giai-quyet", "--period", "annual", *DAY)
    not_seen = (
        "Phòng Đối ngoại, kỳ 6 tháng đầu năm, đã báo cáo 187; chưa thấy trong số của Phòng Tổng hợp"
    )
    for more in ({}, {"ho-so-da-giai-quyet": 100}):
        set_figures(report, figures | more)
        told = danvan(root, *trace).stdout
        assert not_seen in told
        assert "Trong số của" not in told
    set_figures(report, figures | {"ho-so-da-giai-quyet": 187, "ho-so-dung-han": 187})
    assert "R460: chưa có" not in danvan(root, "validate", *DAY).stdout
    assert "Trong số của Phòng Tổng hợp có 187 của" in danvan(root, *trace).stdout


def test_one_row_has_both_names(root: Path) -> None:
    set_in_plan(root, GONE, MERGED)
    before = danvan(root, "status", "--as-of", "30/6/2026").stdout
    assert "gồm Phòng Đối ngoại" not in before
    after = danvan(root, "status", "--as-of", "1/7/2026").stdout
    assert re.search(r"Phòng Tổng hợp \(gồm Phòng Đối ngoại\) +TH đúng hạn; ĐN muộn 2 ngày", after)
    assert after.count("Phòng Đối ngoại") == 1


def test_a_new_name_without_the_former_one_is_told_where_nothing_else_changed(root: Path) -> None:
    (root / "criteria.yaml").unlink(missing_ok=True)
    set_in_plan(root, "name: Phòng Đối ngoại", "name: Phòng Ngoại vụ")
    given = ("report", "--period", "h1", *DAY)
    assert "ghi tên cũ ở names của đơn vị" in danvan(root, *given).stderr
    set_figures(root / "reports/2026/h1/doi-ngoai.yaml", {"hoi-nghi": 3})
    told = danvan(root, *given)
    assert told.exit_code == 2
    assert "names" not in told.stderr


def test_a_letter_about_its_report_goes_to_the_heir(root: Path) -> None:
    set_in_plan(root, GONE, MERGED)
    (root / "reports/2026/h1/doi-ngoai.yaml").unlink()
    day = ("--as-of", "6/7/2026")
    overdue = danvan(root, "overdue", *day).stdout
    assert "Phòng Đối ngoại (nay thuộc Phòng Tổng hợp)  báo cáo 6 tháng đầu năm" in overdue
    result = danvan(root, "remind", "--period", "h1", *day)
    assert result.exit_code == 0, result.stderr
    assert "Chưa gửi (1): Phòng Tổng hợp (tiếp nhận nhiệm vụ của Phòng Đối ngoại)." in result.stderr
    mail = (root / "output/2026/h1/remind/2026-07-06/doi-ngoai.eml").read_text(encoding="utf-8")
    assert "<th@example.com>" in mail


def test_the_heirs_form_and_file_show_the_figures_of_the_other(root: Path) -> None:
    set_in_plan(root, GONE, MERGED)
    report = annual(root, "tong-hop")
    report.rename(root / "tong-hop.yaml")
    assert danvan(root, "new", "tong-hop", "--period", "annual").exit_code == 0
    text = report.read_text(encoding="utf-8")
    assert "gồm cả phần của Phòng Đối ngoại (ĐN)" in " ".join(text.replace("#", "").split())
    assert "ĐN kỳ trước: 58." in text
    assert (
        "# Phòng Đối ngoại kỳ trước báo cáo" in text or "Phòng Đối ngoại kỳ trước báo cáo" in text
    )
    assert [model["name"] for model in yaml.safe_load(text)["models"]] == [
        "Viện trợ đúng việc dân cần"
    ]
    report.unlink()
    assert danvan(root, "form", "tong-hop", "--period", "annual").exit_code == 0
    form = root / "output/2026/annual/forms/tong-hop.docx"
    words = "".join(docx.Document(str(form)).element.body.itertext())
    assert "ĐN kỳ trước: 58" in words
    assert "Viện trợ đúng việc dân cần" in words
    blank = danvan(root, "import", str(form))
    assert "chưa điền nội dung nào" in blank.stderr
    set_in_plan(root, MERGED, MERGED + "    carry: add\n")
    assert danvan(root, "form", "tong-hop", "--period", "annual", "--force").exit_code == 0
    words = "".join(docx.Document(str(form)).element.body.itertext())
    assert "không tính phần Phòng Đối ngoại (ĐN) đã báo cáo, vì được cộng riêng" in words
    assert "Viện trợ đúng việc dân cần" not in words


def test_a_split_units_form_and_file_show_the_figures_of_the_one_it_came_from(root: Path) -> None:
    parent = "    email: kgvx@example.com\n    own_number: false\n"
    split = (
        "  - {id: van-xa, name: Phòng Văn xã, short: VX, from: 2026-07-01, "
        "from_unit: khoa-giao-van-xa}\n"
    )
    set_in_plan(root, parent, parent + split)
    assert danvan(root, "new", "van-xa", "--period", "annual").exit_code == 0
    text = " ".join(annual(root, "van-xa").read_text(encoding="utf-8").replace("#", "").split())
    assert (
        "đến ngày 25/10/2026; chỉ tính từ ngày 01/7/2026, số trước ngày đó do Phòng Khoa giáo - "
        "Văn xã (KG-VX) báo cáo"
    ) in text
    assert "số đã báo cáo 6 tháng" not in text
    assert "Phòng Khoa giáo - Văn xã kỳ trước báo cáo: " in text
    annual(root, "van-xa").unlink()
    then = figures_of(root / "reports/2026/h1/khoa-giao-van-xa.yaml")["hoi-nghi"]
    assert danvan(root, "form", "van-xa", "--period", "annual").exit_code == 0
    form = root / "output/2026/annual/forms/van-xa.docx"
    words = "".join(docx.Document(str(form)).element.body.itertext())
    assert f"KG-VX kỳ trước: {then}" in words
    assert "chỉ tính từ ngày 01/7/2026" in words
    assert "chưa điền nội dung nào" in danvan(root, "import", str(form)).stderr
    annual(root, "khoa-giao-van-xa").unlink()
    assert danvan(root, "new", "khoa-giao-van-xa", "--period", "annual").exit_code == 0
    told = annual(root, "khoa-giao-van-xa").read_text(encoding="utf-8").replace("#", "")
    assert (
        "gồm cả số đã báo cáo 6 tháng đầu năm; gồm cả phần của Phòng Văn xã trước ngày 01/7/2026, "
        "từ ngày đó đơn vị này báo cáo riêng"
    ) in " ".join(told.split())


def test_the_one_that_is_gone_is_not_asked(root: Path) -> None:
    set_in_plan(root, GONE, MERGED)
    refused = danvan(root, "new", "doi-ngoai", "--period", "annual")
    assert refused.exit_code == 2
    assert "Phòng Tổng hợp (tong-hop) báo cáo thay" in refused.stderr


def test_a_figure_leads_to_the_file_of_the_one_that_is_gone(root: Path) -> None:
    set_in_plan(root, GONE, MERGED)
    given = ("trace", "nguoi-tham-du", "--period", "annual", *DAY)
    included = danvan(root, *given).stdout
    place = re.search(r"doi-ngoai.yaml:(\d+)", included)
    assert place
    lines = (root / "reports/2026/h1/doi-ngoai.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[int(place[1]) - 1] == "  nguoi-tham-du: 58"
    assert "Trong số của Phòng Tổng hợp có 58 của Phòng Đối ngoại, kỳ 6 tháng đầu năm:" in included
    set_in_plan(root, MERGED, MERGED + "    carry: add\n")
    added = danvan(root, *given).stdout
    assert re.search(r"58  Phòng Đối ngoại, kỳ 6 tháng đầu năm, cộng vào\n.*h1/doi-ngoai", added)
    (before,) = ask(root, *given)["before"]
    assert (before["unit"], before["period"], before["value"]) == ("doi-ngoai", "h1", 58)


def test_an_heir_is_held_to_both_targets_before_the_year_is_over(root: Path) -> None:
    set_in_plan(root, GONE, MERGED)
    units = re.findall(r"(?m)^  - id: ([a-z-]{6,})$", (root / "plan.yaml").read_text("utf-8"))[:12]
    targets = ", ".join(f"{unit}: 5" for unit in units)
    set_in_plan(root, "target: {h1: 30, annual: 60}", f"target: {{annual: {{{targets}}}}}")
    told = ask(root, "status", "--as-of", "10/7/2026")["targets"][0]
    assert (told["figures_of"], told["figure"], told["target"]) == (["h1"], 31, 60)
    told = ask(root, "status", "--unit", "tong-hop", "--as-of", "10/7/2026")["targets"][0]
    assert (told["figure"], told["target"], told["of_target"]) == (3, 10, "30%")


def test_a_dissolved_units_figures_wait_for_a_decision(root: Path) -> None:
    set_in_plan(root, GONE, GONE + "    until: 2026-06-30\n")
    asked = danvan(root, "validate", *DAY)
    assert "cảnh báo R464: Phòng Đối ngoại không còn báo cáo kỳ năm" in asked.stdout
    assert "carry: add nếu danvan cộng số đó" in asked.stdout
    set_in_plan(root, "    until: 2026-06-30\n", "    until: 2026-06-30\n    carry: add\n")
    assert "R464" not in danvan(root, "validate", *DAY).stdout
    half, year = totals(root, "h1"), totals(root, "annual")
    assert all(year[name] >= half[name] for name in half)
    note = "Số liệu gồm cả số 6 tháng đầu năm của Phòng Đối ngoại."
    assert note in danvan(root, "report", "--period", "annual", "--draft", *DAY).stdout


def test_a_units_own_status_has_both_names_and_both_reports(root: Path) -> None:
    set_in_plan(root, GONE, MERGED)
    shown = danvan(root, "status", "--unit", "tong-hop", *DAY).stdout
    assert "BÁO CÁO CỦA PHÒNG TỔNG HỢP (GỒM PHÒNG ĐỐI NGOẠI)" in shown
    assert re.search(r"6 tháng đầu năm, ĐN +muộn 2 ngày", shown)
    (annual_status,) = ask(root, "status", "--period", "annual", *DAY)["periods"]
    took_over = {unit["id"]: unit.get("took_over") for unit in annual_status["units"]}
    assert took_over["tong-hop"] == ["doi-ngoai"]
    assert took_over["kinh-te"] is None


SPLIT = """\
  - id: ho-tro
    name: Phòng Hỗ trợ doanh nghiệp
    short: HTDN
    from: 2026-07-01
    from_unit: ban-tiep-cong-dan
"""


def test_a_unit_split_off_has_the_tasks_and_figures_of_the_other(root: Path) -> None:
    set_in_plan(root, "  - id: doi-ngoai\n", f"{SPLIT}  - id: doi-ngoai\n")
    assert danvan(root, "new", "ho-tro", "--period", "h1").exit_code == 2
    assert danvan(root, "new", "ho-tro", "--period", "annual").exit_code == 0
    asked = yaml.safe_load(annual(root, "ho-tro").read_text(encoding="utf-8"))["indicators"]
    assert {"luot-tiep-cong-dan", "don-phai-xu-ly"} & asked.keys()
    owing = {
        row["id"]: row["owing"]
        for row in ask(root, "figures", "--period", "annual", *DAY)["indicators"]
    }
    assert owing["don-phai-xu-ly"] == 2


def test_several_heirs_need_a_decision_and_together_hold_the_figures(root: Path) -> None:
    several = MERGED.replace("[tong-hop]", "[tong-hop, noi-chinh]")
    set_in_plan(root, GONE, several)
    assert "lỗi P351" in danvan(root, "validate", *DAY).stdout
    set_in_plan(root, several, several + "    carry: included\n")
    for unit in ("tong-hop", "noi-chinh"):
        set_figures(annual(root, unit), figures_of(root / f"reports/2026/h1/{unit}.yaml"))
    told = danvan(root, "validate", *DAY).stdout
    both_of = "kỳ năm của Phòng Tổng hợp và Phòng Nội chính"
    assert f"cảnh báo R461: “Người tham dự” {both_of}" in told
    assert f"đã giải quyết” {both_of} (chưa ghi) nhỏ hơn số Phòng Đối ngoại đã báo cáo" in told
    half = figures_of(root / "reports/2026/h1/tong-hop.yaml")
    other = figures_of(root / "reports/2026/h1/doi-ngoai.yaml")
    both = {name: half.get(name, 0) + other.get(name, 0) for name in half | other}
    set_figures(annual(root, "tong-hop"), both)
    assert "R461" not in danvan(root, "validate", *DAY).stdout


def test_a_report_of_the_one_that_is_gone_has_one_error(root: Path) -> None:
    set_in_plan(root, GONE, MERGED)
    h1 = root / "reports/2026/h1/doi-ngoai.yaml"
    text = h1.read_text(encoding="utf-8").replace("period: h1", "period: annual")
    annual(root, "doi-ngoai").write_text(text, encoding="utf-8")
    errors = re.findall(r"doi-ngoai.yaml.*lỗi (R\d+)", danvan(root, "validate", *DAY).stdout)
    assert errors == ["R419"]
    assert "Phòng Tổng hợp (tong-hop) báo cáo thay" in danvan(root, "validate", *DAY).stdout
