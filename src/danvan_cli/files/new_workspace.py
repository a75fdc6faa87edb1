"""Makes the files of a new workspace: a commented example plan, and the files for git."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from string import Template

from msgspec import Struct

from danvan_cli.files import conversion, json_schemas, yaml_reading
from danvan_cli.files.paths import PLAN_NAME
from danvan_cli.files.yaml_writing import entry, scalar, written
from danvan_cli.model import letterhead, symbols
from danvan_cli.model.plan import Plan
from danvan_cli.model.values import RESERVED_BY_WINDOWS

GITIGNORE = """\
# Văn bản danvan lập ra; lúc nào cũng lập lại được.
/output/
# Sổ theo dõi có thể có thông tin cá nhân: chỉ để ở máy của đơn vị giữ sổ.
/so/
# Tệp tạm của Word khi văn bản đang mở.
~$*
# Tệp đang ghi dở khi danvan bị dừng; lần ghi sau tự xóa.
.danvan-*.tmp
"""

PRE_COMMIT = """\
# Kiểm tra tệp vừa sửa trước mỗi lần commit. Bật một lần cho thư mục này: pre-commit install
repos:
  - repo: local
    hooks:
      - id: danvan-validate
        name: danvan validate
        entry: danvan validate
        language: system
        files: (^|/)(plan\\.yaml|(reports|history)/.+\\.ya?ml)$
        require_serial: true
"""

PERIODS = ("h1", "annual")
"""The periods of the plan below."""

_LONGEST_ID = 40
_DEPUTY = "PHÓ "


class Answers(Struct, frozen=True, kw_only=True):
    """What an office answers about itself; `units`: names of units, the coordinator's included."""

    name: str
    symbol: str
    place: str
    position: str
    coordinator: str
    year: int
    parent: str = ""
    units: list[str] = []


def files(answers: Answers) -> dict[str, str]:
    """The text of each file by its path within the workspace; the plan is last."""
    text = plan_text(answers)
    plan, problems = conversion.convert(yaml_reading.read(text.encode()).data, Plan)
    if plan is None:
        raise ValueError(f"the answers do not make a plan: {problems}")
    return {
        ".gitignore": GITIGNORE,
        ".pre-commit-config.yaml": PRE_COMMIT,
        **{
            f"{json_schemas.FOLDER}/{name}": schema
            for name, schema in json_schemas.schema_texts(plan).items()
        },
        PLAN_NAME: text,
    }


def plan_text(answers: Answers) -> str:
    """A valid plan with example tasks, periods and indicators."""
    ids = unit_ids([answers.coordinator, *answers.units])
    lines = letterhead.letterhead_of(answers.name, answers.parent)
    year = answers.year
    return _PLAN.substitute(
        schema=f"{json_schemas.FOLDER}/{json_schemas.PLAN_SCHEMA}",
        title=scalar(f"Kế hoạch thực hiện công tác dân vận năm {year} của {answers.name}"),
        year=year,
        next_year=year + 1,
        name=scalar(answers.name),
        letterhead="\n".join(f"    - {scalar(line)}" for line in lines),
        symbol=scalar(answers.symbol),
        place=scalar(answers.place),
        signatory="\n".join(f"    {line}" for line in _signatory(answers)),
        coordinator=scalar(ids[answers.coordinator]),
        units="\n".join(
            f"  - id: {scalar(id_)}\n    name: {scalar(name)}{_symbol(name)}"
            for name, id_ in ids.items()
        ),
        addressee=scalar(answers.parent or "Cơ quan cấp trên"),
    )


def _signatory(answers: Answers) -> list[str]:
    """The lines of who signs: of a UBND in its name, of a deputy for the head.

    NĐ 30/2020, PL I, I.II.7b.
    """
    position = answers.position.upper()
    authority = []
    if council := letterhead.council_of(answers.name):
        authority.append(f"TM. {council}")
    if position.startswith(_DEPUTY):
        authority.append(f"KT. {position.removeprefix(_DEPUTY)}")
    lines = entry("authority:", written("\n".join(authority))) if authority else []
    return [*lines, f"position: {scalar(position)}"]


def _symbol(name: str) -> str:
    """The line with a unit's symbol, if its name gives one."""
    symbol = symbols.symbol_from(name)
    return f"\n    symbol: {scalar(symbol)}" if symbols.is_symbol(symbol) else ""


def unit_ids(names: Sequence[str]) -> Mapping[str, str]:
    """A unique id for each name, by name: 'Phòng Đối ngoại' gets doi-ngoai."""
    ids: dict[str, str] = {}
    for name in names:
        if name not in ids:
            base, number = _id(name), 1
            id_ = base
            while id_ in ids.values():
                number += 1
                id_ = f"{base[: _LONGEST_ID - 3]}-{number}"
            ids[name] = id_
    return ids


def _id(name: str) -> str:
    """The name in unaccented letters, digits and hyphens, without 'Phòng' at its beginning."""
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = re.findall("[a-z0-9]+", plain)
    whole = "-".join(words[1:] if words[:1] == ["phong"] and len(words) > 1 else words)
    cut = whole[:_LONGEST_ID].rstrip("-")
    return f"don-vi-{cut}".rstrip("-") if not cut or RESERVED_BY_WINDOWS.fullmatch(cut) else cut


_PLAN = Template("""\
# yaml-language-server: $$schema=$schema
#
# Kế hoạch công tác dân vận của cơ quan: nhiệm vụ, đơn vị, kỳ báo cáo, thời hạn, chỉ tiêu.
#
# Những chỗ ghi “ví dụ” ở dưới là để làm mẫu: thay bằng nội dung của kế hoạch. Sửa xong thì chạy
#   danvan validate    kiểm tra
#   danvan schema      để phần mềm soạn thảo biết các mã mới
#
# Dòng bắt đầu bằng dấu # là ghi chú. Nội dung có dấu hai chấm hoặc dấu # thì đặt trong dấu nháy.

version: 1
title: $title
year: $year
# Số, ký hiệu và ngày ban hành kế hoạch; chưa có thì để trống.
number:
issued:

organization:
  # Tên dùng trong câu văn.
  name: $name
  # Tên ở đầu văn bản, chữ in hoa: cơ quan chủ quản (nếu có), rồi cơ quan ban hành.
  letterhead:
$letterhead
  # Chữ viết tắt trong số, ký hiệu của văn bản.
  symbol: $symbol
  # Địa danh ghi trước ngày, tháng, năm.
  place: $place

# Người ký. Ký thay, ký thừa lệnh thì thêm dòng authority, ví dụ authority: KT. GIÁM ĐỐC.
signatories:
  default:
$signatory
    # name: Nguyễn Văn A

# Nơi nhận của kế hoạch, không ghi dấu “;” và dòng “Lưu”.
recipients: []
# Nội dung dòng “Lưu:”, và ký hiệu người soạn thảo.
archive: VT
drafter:

# Đơn vị đôn đốc, tổng hợp báo cáo: một mã trong units.
coordinator: $coordinator

# Căn cứ, mỗi căn cứ một mục, không ghi chữ “Căn cứ” và dấu “;” cuối dòng.
legal_bases: []
# Mục đích, yêu cầu.
objectives: []
requirements: []

# Các mục nhiệm vụ và nhiệm vụ của từng mục (ví dụ). Mã đặt trong dấu nháy.
sections:
  - id: '1'
    title: Tuyên truyền, nâng cao nhận thức
    tasks:
      - id: '1.1'
        text: Tổ chức hội nghị, tập huấn về công tác dân vận, dân chủ ở cơ sở, đạo đức công vụ.
        # Nhiệm vụ của riêng một số đơn vị thì ghi mã các đơn vị đó; không ghi là của mọi đơn vị:
        # assigned: [$coordinator]
        # Nhiệm vụ có thời hạn thì ghi: before là trước ngày, by là chậm nhất ngày:
        # due: {by: 30/9/$year}
  - id: '2'
    title: Tiếp công dân, giải quyết kiến nghị
    tasks:
      - id: '2.1'
        text: Tiếp công dân, giải quyết kịp thời đơn, kiến nghị, phản ánh của Nhân dân.

# Tổ chức thực hiện.
implementation: []

# Các đơn vị phải báo cáo. Mã (id) là tên tệp báo cáo: chữ thường không dấu, chữ số, dấu gạch nối.
# symbol (ví dụ) là ký hiệu của đơn vị trong số văn bản: sửa theo quy định của cơ quan.
# Có thể thêm: short (tên viết tắt), email; from, until, into, names khi đơn vị mới lập, giải thể,
# sáp nhập, đổi tên trong năm.
units:
$units

# Các kỳ báo cáo (ví dụ), với thời gian chốt số liệu và thời hạn. Mã kỳ (h1, annual) là tên thư mục
# trong reports/$year/.
periods:
  h1:
    name: 6 tháng đầu năm
    next_name: 6 tháng cuối năm
    subject: Kết quả thực hiện công tác dân vận 6 tháng đầu năm $year
    data: {from: 01/01/$year, to: 25/5/$year}
    # Trước ngày 02/6: ngày cuối là 01/6.
    unit_deadline: {before: 02/6/$year}
    # Chậm nhất ngày 05/6: ngày cuối là 05/6.
    office_deadline: {by: 05/6/$year}
    addressees:
      - $addressee
    recipients:
      - Như trên
  annual:
    name: năm
    next_name: năm $next_year
    subject: Kết quả thực hiện công tác dân vận năm $year
    data: {from: 01/01/$year, to: 25/10/$year}
    unit_deadline: {before: 02/11/$year}
    office_deadline: {by: 05/11/$year}
    addressees:
      - $addressee
    recipients:
      - Như trên
    # Số liệu của kỳ này gồm cả số liệu của kỳ h1.
    continues: h1

# Hạn rơi vào ngày nghỉ: keep là giữ nguyên, next_working_day là chuyển sang ngày làm việc kế tiếp.
when_day_off: keep
# Ngày nghỉ thêm và ngày làm bù, ngoài lịch nghỉ chung.
days_off: []
working_days: []

# Chỉ tiêu số liệu (ví dụ); part_of là mã chỉ tiêu tổng, số liệu không được lớn hơn tổng.
# Có thể thêm: units (chỉ các đơn vị này), previous (số liệu cùng kỳ năm trước, theo mã kỳ),
# target (mức kế hoạch, theo mã kỳ), kind (money: số tiền; stock: số hiện có; rate: tỷ lệ tự tính;
# yes_no: có hoặc không).
indicators:
  - id: hoi-nghi
    name: Hội nghị, tập huấn
    measure: cuộc
    task: '1.1'
  - id: don-phai-xu-ly
    name: Đơn phải xử lý
    measure: đơn
    task: '2.1'
  - id: don-da-xu-ly
    name: Đơn đã xử lý
    measure: đơn
    task: '2.1'
    part_of: don-phai-xu-ly
""")
