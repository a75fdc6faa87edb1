"""What a spreadsheet shows, before it is one: tables of texts, numbers and shares."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from danvan_cli.model.values import Figure


class Share(Struct, frozen=True):
    """'77,5%' or '+7,0%' as documents print it, which is a number in a spreadsheet."""

    text: str

    @classmethod
    def of(cls, text: str | None) -> "Share | None":
        return None if text is None else cls(text)

    @property
    def value(self) -> Decimal:
        return Decimal(self.text.rstrip("%").replace(".", "").replace(",", ".")) / 100

    @property
    def number_format(self) -> str:
        return "+0.0%;-0.0%;0%" if self.text.startswith(("+", "-")) else "0.0%"


class Estimate(Struct, frozen=True):
    """A number that a spreadsheet shows with '(ước)' behind it."""

    figure: Figure


Value: TypeAlias = str | int | Decimal | Share | Estimate | None


class Sheet(Struct, frozen=True):
    """A table and its name on the tab. `heading`: lines above it; `sums`: how many rows end it."""

    name: str
    heading: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]
    sums: int = 0
