"""Why danvan cannot do what was asked, in words for the person who asked."""


class Failure(Exception):  # noqa: N818 - what failed is the request, not the program
    """Cannot run (exit status 2): a message in Vietnamese and what to do about it."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
