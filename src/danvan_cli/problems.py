"""Describes what is wrong: a problem in a file (`Diagnostic`) or a failed request (`Failure`)."""

import errno
from collections.abc import Callable, Collection, Iterable, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TypeAlias, TypeVar

from msgspec import Struct

from danvan_cli import characters

MAX_PROBLEMS = 500
"""Problems reported for one file; a file with more is probably not a file for danvan."""
MAX_SHOWN = 40
"""Characters of a file's text that a message quotes at most."""

# 'target' and 'text', no typing mistake, have a similarity of 0.6; 'doen' and 'done' of 0.75.
_LEAST_ALIKE = 0.65
_SHORTEST_BEGINNING = 3
_MOST_MEANT = 3
_MOST_LISTED = 20
_MOST_COMPARED = 50_000
"""Names compared for one list of problems; they take a fifth of a second."""

DataPath: TypeAlias = tuple[str | int, ...]
"""The path from the top of a file to a value: field names, and list positions from 0."""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"

    @property
    def label(self) -> str:
        return "lỗi" if self is Severity.ERROR else "cảnh báo"


ERROR, WARNING = Severity.ERROR, Severity.WARNING


class Code(Struct, frozen=True):
    """A kind of problem; `docs/rules.md` explains each one in detail."""

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
    "F127": Code("Không đọc được sổ"),
    "F128": Code("Cột của sổ không đúng"),
    "F129": Code("Ô của sổ ghi không đúng"),
    "F130": Code("Sổ có chỗ cần xem lại", WARNING),
    "S201": Code("Thiếu trường"),
    "S202": Code("Trường không có trong mẫu"),
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
"""The codes of all imported modules.

Listed here are the codes that belong to no rule: F1xx and S2xx from reading a file, D588 to D598
from Word templates and forms. `rule` adds the codes of a module of rules (P3xx plan, R4xx report,
D5xx Word) when that module is imported, so a command imports only the rules that it needs.
"""

_Rule = TypeVar("_Rule", bound=Callable[..., object])


def rule(code: str, severity: Severity, title: str) -> Callable[[_Rule], _Rule]:
    """Declares the code of the decorated function, which yields problems with this code.

    `scripts/rules_docs.py` makes the heading in `docs/rules.md` from it.
    """
    if code in CODES:
        raise ValueError(f"{code} is declared twice")
    CODES[code] = Code(title, severity)
    return lambda function: function


class Diagnostic(Struct, frozen=True, kw_only=True):
    """One problem.

    `path` leads to the wrong value; `at_key`: its key is wrong, not the value; `after`: what of
    the value's text is before the fault. `file`, `line` and `column` (from 1, in characters) are
    None until they are known, or if there are none.
    """

    code: str
    message: str
    hint: str | None = None
    path: DataPath = ()
    at_key: bool = False
    after: str = ""
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
        """`models.1.name`: list items are counted from 1; a task id is one token."""
        return ".".join(str(step + 1) if isinstance(step, int) else step for step in self.path)


def limited(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The first MAX_PROBLEMS; if there are more, one problem says so and the search ends."""
    found = list(islice(problems, MAX_PROBLEMS + 1))
    if len(found) > MAX_PROBLEMS:
        found[MAX_PROBLEMS] = Diagnostic(
            code="F118",
            message=f"tệp còn nhiều vấn đề khác, danvan chỉ nêu {MAX_PROBLEMS} vấn đề đầu",
            hint="kiểm tra xem có lưu nhầm tệp khác vào tên này không",
        )
    return found


def quoted(text: str) -> str:
    """“text”, shortened if it is too long for a message."""
    return f"“{text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + '…'}”"


def count_errors(diagnostics: Iterable[Diagnostic]) -> int:
    return sum(diagnostic.is_error for diagnostic in diagnostics)


Guess: TypeAlias = Callable[[str, Collection[str]], str | None]
"""Returns a hint which known name may be meant by a written one; None if none is similar."""


def limit_guesses(guess: Guess) -> Guess:
    """The same guess for many problems; it stops guessing after too many comparisons."""
    compared = 0

    def guess_while_quick(written: str, known: Collection[str]) -> str | None:
        nonlocal compared
        compared += len(known)
        return guess(written, known) if compared - len(known) < _MOST_COMPARED else None

    return guess_while_quick


def did_you_mean(written: str, known: Collection[str]) -> str | None:
    """'ý bạn là “…”?' if known names begin with the written one, or else if one is similar.

    It also describes unusual characters, since nobody sees them. A number gets no guess, since
    numbers are similar without being mistakes for each other (see `did_you_mean_task`).
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
    """For an unknown task id: the ids of its section, such as 2.1 and 2.3 for 2.2, or a similar id.

    A comma in place of the point is taken for a typing mistake.
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
    """The program cannot do what was asked: exit status 2.

    `message`: one Vietnamese sentence without a full stop; it says what is wrong and where.
    `hint`: what to do about it, if that is known. `details`: lines that follow the hint.
    """

    def __init__(self, message: str, hint: str | None = None, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details


def os_failure(error: OSError) -> Failure:
    """An error of the operating system as a Failure that names the file."""
    if error.filename is None:
        return Failure(f"không đọc hoặc ghi được: {reason(error)}")
    name = error.filename2 or error.filename
    return Failure(f"không dùng được “{name}”: {reason(error)}")


def reason(error: OSError) -> str:
    """The reason of an error of the operating system: 'không có quyền truy cập'."""
    if getattr(error, "winerror", None) in _WINDOWS_FILE_IN_USE:
        return "đang mở trong chương trình khác (có thể là Word); hãy đóng lại rồi làm lại"
    if getattr(error, "winerror", None) == _WINDOWS_NAME_NOT_ALLOWED:
        return "tên có ký tự mà Windows không cho phép"
    known = _REASONS.get(error.errno or 0)
    return known or f"hệ điều hành báo lỗi {error.errno}"
