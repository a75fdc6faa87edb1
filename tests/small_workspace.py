"""The plans and reports of the tests; a small workspace without a fault, to change one thing in."""

import re
from pathlib import Path

import yaml

REST_OF_TEMPLATE = (
    "{% for part in parts %}{{ part.heading }} {{ part.points | join(' ') }} "
    "{{ part.paragraphs | join(' ') if part.path != 'leadership' }}{% if part.figures %}"
    "{% for row in part.figures.rows %}{{ row.name }} {{ row.total }}{% endfor %}{% endif %}"
    "{% endfor %}",
    *(
        f"{{% if {name} %}}{{% for row in {name}.rows %}}{{{{ row.name }}}} {{{{ {rest} }}}}"
        "{% endfor %}{% endif %}"
        for name, rest in {
            "figures": "row.total",
            "models": "row.summary | join(' ')",
        }.items()
    ),
    "{% if awards %}{% for group in awards.groups %}{% for row in group.rows %}{{ row.name }} "
    "{{ row.achievement | join(' ') }}{% endfor %}{% endfor %}{% endif %}",
)
"""What a template of the report has to print besides the paragraphs of `leadership`."""

_ORGANIZATION = """\
organization:
  name: Văn phòng UBND tỉnh
  letterhead: [UBND TỈNH QUẢNG TRỊ, VĂN PHÒNG]
  symbol: VP
  place: Quảng Trị
"""
_PERIODS = """\
periods:
  h1:
    name: 6 tháng đầu năm
    next_name: 6 tháng cuối năm
    subject: Kết quả thực hiện công tác dân vận 6 tháng đầu năm 2026
    data: {from: 2026-01-01, to: 2026-05-25}
    unit_deadline: {before: 2026-06-02}
    office_deadline: {before: 2026-06-05}
    addressees: [Ủy ban nhân dân tỉnh (qua Sở Nội vụ)]
    recipients: [Như trên]
  annual:
    name: năm
    next_name: năm 2027
    subject: Kết quả thực hiện công tác dân vận năm 2026
    data: {from: 2026-01-01, to: 2026-10-25}
    unit_deadline: {before: 2026-11-02}
    office_deadline: {before: 2026-11-05}
    addressees: [Ủy ban nhân dân tỉnh (qua Sở Nội vụ)]
    recipients: [Như trên]
    continues: h1
"""
PLAN = "".join(
    (
        """\
version: 1
title: Kế hoạch công tác dân vận năm 2026 của Văn phòng UBND tỉnh
year: 2026
number: 12/KH-VP
issued: 2026-02-10
""",
        _ORGANIZATION,
        """\
signatories:
  default: {position: CHÁNH VĂN PHÒNG}
coordinator: hanh-chinh
sections:
  - id: '2'
    title: Tuyên truyền
    tasks:
      - {id: '2.1', text: Tổ chức hội nghị về dân vận.}
  - id: '6'
    title: Tiếp dân
    tasks:
      - {id: '6.1', text: Nâng cao hiệu quả công tác tiếp dân.}
      - {id: '6.2', text: Tổng hợp phản ánh của Nhân dân., assigned: [hanh-chinh]}
units:
  - {id: hanh-chinh, name: Phòng Hành chính - Tổ chức, symbol: HC-TC, email: hctc@example.vn}
  - {id: ban-tiep-cong-dan, name: Ban Tiếp công dân, symbol: BTCD, email: btcd@example.vn}
""",
        _PERIODS,
        """\
indicators:
  - {id: hoi-nghi, name: Hội nghị, measure: cuộc, task: '2.1'}
  - id: don-phai-xu-ly
    name: Đơn phải xử lý
    measure: đơn
    task: '6.1'
    units: [ban-tiep-cong-dan]
    previous: {h1: 52}
  - id: don-da-xu-ly
    name: Đơn đã xử lý
    measure: đơn
    task: '6.1'
    units: [ban-tiep-cong-dan]
    part_of: don-phai-xu-ly
    previous: {h1: 50}
""",
    )
)
"""The plan of the files below: two units, whose reports are filed."""

PLAN_OF_THREE_UNITS = "".join(
    (
        """\
version: 1
title: Kế hoạch thực hiện công tác dân vận năm 2026 của Văn phòng UBND tỉnh
year: 2026
""",
        _ORGANIZATION,
        """\
signatories:
  default: {authority: KT. CHÁNH VĂN PHÒNG, position: PHÓ CHÁNH VĂN PHÒNG, name: Nguyễn Cửu}
coordinator: tong-hop
sections:
  - id: 1
    title: Tuyên truyền
    tasks:
      - {id: '1.1', text: Tổ chức hội nghị.}
      - {id: '1.2', text: Phát hành tài liệu., due: {by: 2026-09-30}}
  - id: 2
    title: Tiếp công dân
    tasks:
      - {id: '2.1', text: Giải quyết đơn., assigned: [tiep-dan]}
units:
  - {id: tong-hop, name: Phòng Tổng hợp, short: TH}
  - {id: tiep-dan, name: Ban Tiếp công dân, short: BTCD}
  - {id: tin-hoc, name: Trung tâm Tin học, short: TTTH}
""",
        _PERIODS,
        """\
indicators:
  - {id: hoi-nghi, name: Hội nghị, measure: cuộc, task: '1.1', previous: {h1: 4}}
  - {id: don, name: Đơn phải xử lý, measure: đơn, task: '2.1', units: [tiep-dan]}
  - {id: don-xong, name: Đơn đã xử lý, measure: đơn, task: '2.1', units: [tiep-dan], part_of: don}
""",
    )
)
"""With a task that has a deadline; tests file the reports that they need."""

H1 = "reports/2026/h1/ban-tiep-cong-dan.yaml"
ANNUAL = "reports/2026/annual/ban-tiep-cong-dan.yaml"
OTHER_UNIT = "reports/2026/h1/hanh-chinh.yaml"
OFFICE = "reports/2026/h1/_office.yaml"
FILES = {
    "plan.yaml": PLAN,
    H1: """\
unit: ban-tiep-cong-dan
year: 2026
period: h1
submitted: 29/5/2026
results:
  '2.1': {status: ongoing, summary: Tổ chức hội nghị ở các tổ.}
  '6.1': {status: done, summary: Đã xử lý 38 trên 41 đơn.}
indicators: {hoi-nghi: 3, don-phai-xu-ly: 41, don-da-xu-ly: 38}
""",
    ANNUAL: """\
unit: ban-tiep-cong-dan
year: 2026
period: annual
submitted: 28/10/2026
results:
  '2.1': {status: ongoing, summary: Tổ chức hội nghị ở các tổ.}
  '6.1': {status: done, summary: Đã xử lý 80 trên 90 đơn.}
indicators: {hoi-nghi: 5, don-phai-xu-ly: 90, don-da-xu-ly: 80}
""",
    OTHER_UNIT: """\
unit: hanh-chinh
year: 2026
period: h1
submitted: 28/5/2026
results:
  '2.1': {status: not_started}
  '6.1': {status: none_arisen}
  '6.2': {status: ongoing, summary: Tổng hợp phản ánh hằng tháng.}
indicators: {hoi-nghi: 0}
""",
    OFFICE: """\
number: 57/BC-VP
issued: 04/6/2026
sections:
  '6': Công tác tiếp công dân được thực hiện nghiêm túc.
""",
}

CRITERIA = "criteria.yaml"
RATING = "reports/2026/annual/_rating.yaml"
RATED_FILES = {
    CRITERIA: """\
decision: {number: 45/QĐ-VP, issued: 01/10/2026}
period: annual
scale: '20'
groups:
  - id: '1'
    title: Chế độ báo cáo
    criteria:
      - id: '1.1'
        text: Gửi báo cáo đúng hạn
        points: '6'
        by: auto
        from: {timeliness: {per_day: '0,5'}}
      - {id: '1.2', text: Tự kiểm điểm, points: '4', by: self}
  - id: '2'
    title: Kết quả
    criteria:
      - id: '2.1'
        text: Giải quyết đơn
        points: '5'
        by: auto
        from:
          figure:
            id: don-da-xu-ly
            of: don-phai-xu-ly
            bands: [{from: 95, points: '5'}, {from: 80, points: '3,5'}]
      - {id: '2.2', text: Chất lượng công việc, points: '5', by: council}
deductions:
  - {id: tru-ky-luat, text: Có người bị xử lý kỷ luật, points: '5'}
classes:
  - {id: tot, name: Tốt, from: '16'}
  - {id: kha, name: Khá, from: '10'}
  - {id: yeu, name: Yếu, from: '0'}
ceilings:
  - {when: tru-ky-luat, class: kha}
""",
    RATING: """\
self:
  ban-tiep-cong-dan:
    '1.2': {points: '4'}
council:
  ban-tiep-cong-dan:
    '1.2': {points: '3,5'}
    '2.2': {points: '4,5', reason: Còn đơn để quá hạn trả lời.}
""",
}
"""By what the office rates its units, and its scores: written where one of the two is changed."""


def write(root: Path, changes: dict[str, str] | None = None) -> Path:
    """Writes the workspace into a folder, with other texts for some of its files, or more files."""
    changes = changes or {}
    rated = RATED_FILES if RATED_FILES.keys() & changes.keys() else {}
    for name, text in (FILES | rated | changes).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def changed(name: str, excerpt: str) -> str:
    """A file's text with the values of an excerpt in place of its own.

    Groups are merged field by field, lists of things with ids item by item; other lists are
    replaced. A field without a value goes.
    """
    if not excerpt:
        return _text_of(name)
    whole = yaml.compose(_text_of(name), Loader=yaml.SafeLoader)
    part = yaml.compose(excerpt, Loader=yaml.SafeLoader)
    return yaml.serialize(_merged(whole, part) if whole else part, allow_unicode=True, width=1000)


def replaced(name: str, excerpt: str) -> str:
    """A file's text with an excerpt below it that need not be YAML, in place of its top fields."""
    fields = re.findall(r"^([\w-]+):", excerpt, re.MULTILINE)
    blocks = re.split(r"^(?=\S)", _text_of(name), flags=re.MULTILINE)
    kept = [block for block in blocks if block.split(":")[0] not in fields]
    return "".join(kept) + excerpt


def _text_of(name: str) -> str:
    return (FILES | RATED_FILES).get(re.sub(r"\.yml$", ".yaml", name), "")


def _merged(whole: yaml.Node, part: yaml.Node) -> yaml.Node:
    if isinstance(whole, yaml.MappingNode) and isinstance(part, yaml.MappingNode):
        own = {key.value: (key, value) for key, value in whole.value}
        for key, value in part.value:
            before = own.pop(key.value, None)
            if value.tag != "tag:yaml.org,2002:null":
                own[key.value] = (key, _merged(before[1], value) if before else value)
        whole.value = list(own.values())
        return whole
    if isinstance(whole, yaml.SequenceNode) and isinstance(part, yaml.SequenceNode):
        return _merged_lists(whole, part)
    return part


def _merged_lists(whole: yaml.SequenceNode, part: yaml.SequenceNode) -> yaml.SequenceNode:
    if not any(_id(item) for item in part.value):
        return part
    left = list(part.value)
    items = []
    for item in whole.value:
        change = next((each for each in left if _id(each) == _id(item)), None)
        if change:
            left.remove(change)
        items.append(_merged(item, change) if change else item)
    whole.value = items + left
    return whole


def _id(item: yaml.Node) -> str | None:
    fields = item.value if isinstance(item, yaml.MappingNode) else []
    return next((value.value for key, value in fields if key.value == "id"), None)
