"""Write src/danvan_cli/model/days_off.py: Việt Nam's days off, from the `holidays` package.

Run once a year, after the Government has decided the next year's exchanged days:
    python scripts/days_off.py [FIRST_YEAR]
Importing `holidays` costs 170 ms, so the running program reads the table instead.
"""

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import holidays

YEARS = 16
TABLE = Path(__file__).parents[1] / "src" / "danvan_cli" / "model" / "days_off.py"


def table(first_year: int) -> str:
    """The module's text: days off and worked Saturdays of `YEARS` years."""
    years = range(first_year, first_year + YEARS)
    vietnam = holidays.country_holidays("VN", years=years)
    worked = [day for day in vietnam.weekend_workdays if day.year in years]
    off = [day for day in vietnam if day.year in years]
    return (
        '"""Việt Nam\'s days off and worked Saturdays; written by scripts/days_off.py."""\n\n'
        "from datetime import date\n\n"
        f"FIRST_YEAR = {years[0]}\nLAST_YEAR = {years[-1]}\n\n"
        f"{_constant('DAYS_OFF', off)}\n{_constant('WORKED_SATURDAYS', worked)}"
    )


def _constant(name: str, days: Iterable[date]) -> str:
    lines = "".join(f"        date({day.year}, {day.month}, {day.day}),\n" for day in sorted(days))
    return f"{name} = frozenset(\n    {{\n{lines}    }}\n)\n"


if __name__ == "__main__":
    first = int(sys.argv[1]) if len(sys.argv) > 1 else date.today().year - 5
    TABLE.write_text(table(first), encoding="utf-8")
