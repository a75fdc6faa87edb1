"""Reports that hold as much of one thing as fits, to see that reading takes no longer for it."""

HEAD = "unit: ban-tiep-cong-dan\nyear: 2026\nperiod: h1\nsubmitted: 28/5/2026\n"

SHAPES = {
    "prose": ("leadership: |\n", "  Phối hợp tuyên truyền, vận động Nhân dân thực hiện.\n", ""),
    "a comment, then values on one line": ("strengths: [ #x\n", "a,", "]\n"),
    "numbers on one line": ("strengths: [", "0,", "]\n"),
    "items of one letter": ("strengths:\n", "- a\n", ""),
    "empty groups": ("models: [", "{},", "]\n"),
    "groups without what they need": ("models:\n", "- name: a\n", ""),
    "one field again and again": ("", "note: 1\n", ""),
    "comments behind values": ("strengths: [", "a #b\n,", "]\n"),
    "dashes": ("leadership: a\n", "-", "\n"),
    "open brackets": ("strengths: ", "[", ""),
    "blank lines": ("# ghi chú\n", "\n", ""),
    "telephone numbers": ("strengths:\n", "- '0912345678'\n", ""),
    "garbled lines": ("leadership: |\n", "  µ\n", ""),
    "accents on one letter": ("leadership: ", "a" + "\u0301\u0323" * 49, "\n"),
}
"""By what it holds: how the report goes on, what is repeated, how it ends."""


def written(shape: str, size: int) -> bytes:
    """At most `size` bytes."""
    beginning, part, end = SHAPES[shape]
    room = size - len((HEAD + beginning + end).encode())
    return (HEAD + beginning + part * (room // len(part.encode())) + end).encode()
