"""The types of registers (sổ): tables behind the figures, of which only named columns are read."""

import re
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from danvan_cli import vietnamese
from danvan_cli.model.record import Record
from danvan_cli.model.values import Id, Text

DAY, DONE = "day", "done"
"""The columns that hold days: on which a row came, and on which it was done with."""

SUFFIXES = (".csv", ".xlsx", ".yaml", ".yml")

Days: TypeAlias = Annotated[int, Meta(ge=1, le=1000)]
# msgspec 0.22 may crash at the interpreter's end on a text with a pattern beside a list of texts.
Conditions: TypeAlias = dict[Id, str | list[Text]]
"""What a row must say in each of these columns: this, or one of these."""


class Register(Record, frozen=True, kw_only=True):
    """A register of a unit. `columns`: the heading in the file of each column that may be read.

    `due_days`, `due_working_days`: within how many days or working days a row has to be done;
    `due_where`: which rows, None all. `sheet`: that of a workbook with several. `in_git`: it
    holds no personal data, so it may be kept in git.
    """

    file: Text
    unit: Id
    columns: dict[Id, Text]
    sheet: Text | None = None
    due_days: Days | None = None
    due_working_days: Days | None = None
    due_where: Conditions = {}
    in_git: bool = False

    @property
    def other_columns(self) -> set[str]:
        """The columns that do not hold days."""
        return self.columns.keys() - {DAY, DONE}


RowsByDay = Literal["in_window", "carried", "to_handle", "done", "open", "overdue"]
ROWS_BY_DAY: dict[RowsByDay, str] = {
    "in_window": "mới trong kỳ",
    "carried": "kỳ trước chuyển sang",
    "to_handle": "phải xử lý: chuyển sang và mới",
    "done": "đã xong trong kỳ",
    "open": "còn lại, chuyển kỳ sau",
    "overdue": "còn lại đã quá hạn",
}


class Computed(Record, frozen=True, kw_only=True):
    """From which rows of a register an indicator of the register's unit is computed.

    It is their number, or the sum of a column. `day`: which rows by their days and the period's
    data window, `where`: of these only the rows that say so.
    """

    register: Id
    count: Literal["rows"] | None = None
    sum: Id | None = None
    where: Conditions = {}
    day: RowsByDay = "in_window"


def alike(text: str) -> str:
    """The same for texts that differ in letter case, spaces or Unicode form only."""
    return " ".join(vietnamese.nfc(text).split()).casefold()


_PERSONAL = (
    r"họ (?:và |, ?)?tên|họ,? tên|^tên (?:công dân|người|đương sự|khách|ông|bà)"
    r"|^người (?:nộp|gửi|đến)"
    r"|địa chỉ|nơi (?:ở|cư trú|thường trú|tạm trú)|thường trú|quê quán|quê"
    r"|cccd|cmnd|cmtnd|\bcmt\b|căn cước|chứng minh|định danh|hộ chiếu|giấy tờ tùy thân"
    r"|điện thoại|\bđt\b|sđt|di động|email|thư điện tử|zalo"
    r"|ngày sinh|năm sinh|tài khoản|mã số thuế|bảo hiểm xã hội|bhxh|dân tộc|tôn giáo"
)


def is_personal(heading: str) -> bool:
    """Whether a column of this heading holds data of persons, which danvan does not read."""
    return re.search(_PERSONAL, alike(heading)) is not None
