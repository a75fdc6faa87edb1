"""What is wrong: a problem in a file (`Diagnostic`), or in what was asked (`Failure`)."""

import errno
from collections.abc import Callable, Collection, Iterable, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TypeAlias, TypeVar

from msgspec import Struct

from danvan_cli import characters

MAX_PROBLEMS = 500
"""More than a person reads of one file; a file with more is another kind of file altogether."""
MAX_SHOWN = 40
"""As many letters of a file's own words as a message repeats."""

# 'target' is 0.6 alike to 'text' and not meant for it; 'doen' is 0.75 to 'done'.
_LEAST_ALIKE = 0.65
_SHORTEST_BEGINNING = 3
_MOST_MEANT = 3
_MOST_LISTED = 20
_MOST_COMPARED = 50_000
"""Names, in all comparisons for one list of problems: a fifth of a second."""

DataPath: TypeAlias = tuple[str | int, ...]
"""The way from a file's top to a value: field names, and places in lists from 0."""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"

    @property
    def label(self) -> str:
        return "lỗi" if self is Severity.ERROR else "cảnh báo"


ERROR, WARNING = Severity.ERROR, Severity.WARNING


class Code(Struct, frozen=True):
    """A kind of problem: `docs/rules.md` explains each at length."""

    title: str
    severity: Severity = ERROR


CODES: dict[str, Code] = {
    "F101": Code("Không đọc được tệp"),
    "F102": Code("Tệp không phải mã UTF-8"),
    "F103": Code("Tệp quá lớn"),
    "F104": Code("Lồng quá nhiều cấp"),
    "F105": Code("Sai cú pháp YAML"),
    "F106": Code("Trường bị lặp"),
    "F107": Code("Neo hoặc bí danh YAML"),
    "F108": Code("Thẻ kiểu YAML"),
    "F109": Code("Nhiều văn bản trong một tệp"),
    "F110": Code("Tệp rỗng"),
    "F111": Code("Tệp không gồm các trường"),
    "F112": Code("Ký tự không dùng được trong văn bản"),
    "F113": Code("Tên tệp không đúng"),
    "F114": Code("Chữ chưa theo Unicode dựng sẵn", WARNING),
    "F115": Code("Chữ gõ bằng bảng mã cũ", WARNING),
    "F116": Code("Nội dung sau dấu # bị bỏ qua", WARNING),
    "F117": Code("Tên trường không phải chữ"),
    "F118": Code("Quá nhiều vấn đề trong một tệp"),
    "F119": Code("Báo cáo của năm khác", WARNING),
    "F120": Code("Dấu phẩy cắt nội dung trong ngoặc"),
    "F121": Code("Các dòng bị nối thành một đoạn", WARNING),
    "F122": Code("Trường nằm trong nội dung của trường khác", WARNING),
    "F123": Code("Dấu phẩy trong ngoặc bị hiểu là hết mục", WARNING),
    "F124": Code("Dấu ngoặc kép chỉ có ở một đầu", WARNING),
    "F125": Code("Ký tự không nhìn thấy được", WARNING),
    "F126": Code("Dấu xung đột của git"),
    "S201": Code("Thiếu trường"),
    "S202": Code("Trường lạ"),
    "S203": Code("Sai kiểu giá trị"),
    "S204": Code("Giá trị không có trong danh mục"),
    "S205": Code("Ngày không đúng"),
    "S206": Code("Mã không đúng dạng"),
    "S207": Code("Số ngoài khoảng cho phép"),
    "S208": Code("Giá trị để trống"),
    "D588": Code("Mẫu không in nội dung"),
    "D589": Code("Mẫu không in phụ lục", WARNING),
    "D590": Code("Không mở được mẫu Word"),
    "D591": Code("Thẻ trong mẫu Word viết sai"),
    "D592": Code("Thẻ dùng tên không có"),
    "D593": Code("Thẻ in giá trị có thể không có", WARNING),
    "D594": Code("Văn bản lập từ mẫu không mở được"),
    "D595": Code("Tệp không phải mẫu nào của danvan", WARNING),
    "D596": Code("Một ô của biểu mẫu có hai nội dung"),
    "D597": Code("Nội dung trong ô mà kế hoạch không có"),
    "D598": Code("Nội dung của biểu mẫu không vào báo cáo", WARNING),
}
"""All codes of what is imported. Here are those that no rule gives: F1xx and S2xx of reading a
file, D588 to D598 of Word templates and forms.

`rule` adds those of a module of rules (P3xx the plan, R4xx a report, D5xx Word) when that module is
imported: what yields a problem has declared its code, and no command imports another's rules.
"""

_Rule = TypeVar("_Rule", bound=Callable[..., object])


def rule(code: str, severity: Severity, title: str) -> Callable[[_Rule], _Rule]:
    """Declares a code of the function below it, which yields problems with it.

    `scripts/rules_docs.py` takes the heading in `docs/rules.md` from here.
    """
    if code in CODES:
        raise ValueError(f"{code} is declared twice")
    CODES[code] = Code(title, severity)
    return lambda function: function


class Diagnostic(Struct, frozen=True, kw_only=True):
    """One problem.

    `path` leads to the value at fault; `at_key` says that its name, not its value, is meant.
    `file` and `line`, `column` (from 1, in characters) are None until known, and stay so where
    there is none.
    """

    code: str
    message: str
    hint: str | None = None
    path: DataPath = ()
    at_key: bool = False
    file: Path | None = None
    line: int | None = None
    column: int | None = None

    @property
    def severity(self) -> Severity:
        return CODES[self.code].severity

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def dotted_path(self) -> str:
        """`models.1.name`: list items from 1, a task id one token."""
        return ".".join(str(step + 1) if isinstance(step, int) else step for step in self.path)


def limited(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The first MAX_PROBLEMS; if there are more, a last one says so and the rest is not sought."""
    found = list(islice(problems, MAX_PROBLEMS + 1))
    if len(found) > MAX_PROBLEMS:
        found[MAX_PROBLEMS] = Diagnostic(
            code="F118",
            message=f"tệp còn nhiều vấn đề khác, danvan chỉ nêu {MAX_PROBLEMS} vấn đề đầu",
            hint="kiểm tra xem có lưu nhầm tệp khác vào tên này không",
        )
    return found


def quoted(text: str) -> str:
    """“text”, cut where it is too long to be looked at in a message."""
    return f"“{text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + '…'}”"


def count_errors(diagnostics: Iterable[Diagnostic]) -> int:
    return sum(diagnostic.is_error for diagnostic in diagnostics)


Guess: TypeAlias = Callable[[str, Collection[str]], str | None]
"""What may be meant by what is written, of the names that are known."""


def limit_guesses(guess: Guess) -> Guess:
    """The same guess for many problems, of which the later have none where names are very many."""
    compared = 0

    def guess_while_quick(written: str, known: Collection[str]) -> str | None:
        nonlocal compared
        compared += len(known)
        return guess(written, known) if compared - len(known) < _MOST_COMPARED else None

    return guess_while_quick


def did_you_mean(written: str, known: Collection[str]) -> str | None:
    """'ý bạn là “…”?' where known names begin with what is written, or else one is close to it.

    A character that only looks right is named, since the eye finds no difference.
    Numbers are close to one another without being meant for one another (see `in_its_section`).
    """
    # Costs a few milliseconds to import, and only a mistake needs it.
    from difflib import get_close_matches

    odd = characters.describe_unusual(written)
    if odd and (typed := characters.as_typed(written)) in known:
        return f"ý bạn là “{typed}”? {odd}"
    if not any(letter.isalpha() for letter in written):
        return odd
    meant = [name for name in known if name.startswith(written)]
    if len(written) < _SHORTEST_BEGINNING or not 1 <= len(meant) <= _MOST_MEANT:
        meant = get_close_matches(written, list(known), n=1, cutoff=_LEAST_ALIKE)
    if not meant:
        return odd
    guess = f"ý bạn là {' hay '.join(f'“{name}”' for name in meant)}?"
    return f"{guess} {odd}" if odd else guess


def did_you_mean_task(task: str, known: Collection[str]) -> str | None:
    """For the id of no task: the ids of its section, 2.1 and 2.3 for 2.2; None if there are none.

    A comma for the point is a slip of the finger.
    """
    if (pointed := characters.as_typed(task).replace(",", ".")) in known:
        odd = characters.describe_unusual(task)
        return f"ý bạn là “{pointed}”? {odd}" if odd else f"ý bạn là “{pointed}”?"
    section, point, _ = pointed.rpartition(".")
    siblings = [other for other in known if point and other.rpartition(".")[0] == section]
    if not siblings:
        return did_you_mean(task, known)
    return f"các nhiệm vụ của mục {section}: {', '.join(siblings[:_MOST_LISTED])}"


_REASONS = {
    errno.ENOENT: "không tồn tại",
    errno.EEXIST: "đã có sẵn",
    errno.ENOTDIR: "có phần không phải là thư mục trong đường dẫn",
    errno.EISDIR: "là thư mục, không phải tệp",
    errno.ENOTEMPTY: "thư mục không rỗng",
    errno.EACCES: "không có quyền truy cập",
    errno.EPERM: "không được phép",
    errno.EROFS: "ổ đĩa chỉ cho phép đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "đã dùng hết dung lượng được cấp",
    errno.EFBIG: "tệp quá lớn",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ELOOP: "liên kết lòng vòng",
    errno.EBUSY: "đang được chương trình khác sử dụng",
    errno.EMFILE: "đang mở quá nhiều tệp",
    errno.EIO: "lỗi khi đọc, ghi ổ đĩa",
}
_WINDOWS_FILE_IN_USE = (32, 33)
_WINDOWS_NAME_NOT_ALLOWED = 123


class Failure(Exception):  # noqa: N818 - what failed is the request, not the program
    """The program cannot run as asked: exit status 2.

    `message` is one Vietnamese sentence without a full stop at its end, that says what is wrong
    and where; `hint`, where there is one, what to do about it. `details` are lines to follow it.
    """

    def __init__(self, message: str, hint: str | None = None, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details


def os_failure(error: OSError) -> Failure:
    """The operating system's refusal as a failure, with the file it is about."""
    if error.filename is None:
        return Failure(f"không đọc hoặc ghi được: {reason(error)}")
    name = error.filename2 or error.filename
    return Failure(f"không dùng được “{name}”: {reason(error)}")


def reason(error: OSError) -> str:
    """Why the operating system refused, to follow a colon: 'không có quyền truy cập'."""
    if getattr(error, "winerror", None) in _WINDOWS_FILE_IN_USE:
        return "đang mở trong chương trình khác (có thể là Word); hãy đóng lại rồi làm lại"
    if getattr(error, "winerror", None) == _WINDOWS_NAME_NOT_ALLOWED:
        return "tên có ký tự mà Windows không cho phép"
    known = _REASONS.get(error.errno or 0)
    return known or f"hệ điều hành báo lỗi {error.errno}"
