"""What keeps the program from doing what was asked, in words for the person who asked."""

import errno
from collections.abc import Sequence

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
    """Why the operating system refused, to stand after a colon: 'không có quyền truy cập'."""
    if getattr(error, "winerror", None) in _WINDOWS_FILE_IN_USE:
        return "đang mở trong chương trình khác (có thể là Word); hãy đóng lại rồi làm lại"
    if getattr(error, "winerror", None) == _WINDOWS_NAME_NOT_ALLOWED:
        return "tên có ký tự mà Windows không cho phép"
    known = _REASONS.get(error.errno or 0)
    return known or f"hệ điều hành báo lỗi {error.errno}"
