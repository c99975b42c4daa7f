#!/usr/bin/env python3
"""Write the README's table of what works: the rows that tests name.

    scripts/what_works.py            rewrites the table in README.md
    scripts/what_works.py --check    fails when the table is not what the tests say

A row of the specification counts as working when the docstring of a test names it.
"""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"\b([SNTGI])(\d+)\b")
BEGIN, END = "<!-- what works -->", "<!-- /what works -->"

#: First and last row of each part of the specification, and what it is about.
PARTS = (
    ("S", 1, 23, "Set-up, connection, access"),
    ("S", 24, 55, "Contacts"),
    ("S", 56, 67, "Account references"),
    ("S", 68, 97, "Accounts, taxes, currencies, tracking"),
    ("S", 98, 109, "Items"),
    ("S", 110, 135, "What a document carries"),
    ("S", 136, 167, "When and which documents go"),
    ("S", 168, 181, "Sync all, preview, jobs"),
    ("S", 182, 187, "Purchase orders"),
    ("S", 188, 214, "Payments"),
    ("S", 215, 228, "Errors, notes, history, limits"),
    ("G", 1, 11, "Option lists of other vendors"),
    ("N", 1, 34, "What none of the others has"),
    ("T", 1, 76, "Traps that cost money"),
    ("I", 1, 16, "Invariants"),
)


def rows_of_tests():
    """Every row that a docstring in a tests folder names, with its letter."""
    found = set()
    for path in ROOT.glob("*/tests/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
                found |= set(ROW.findall(ast.get_docstring(node) or ""))
    return {(letter, int(number)) for letter, number in found}


def table(rows):
    """The table as Markdown."""
    lines = ["| part | proven by tests |", "|---|---|"]
    for letter, first, last, title in PARTS:
        numbers = sorted(
            number
            for other, number in rows
            if other == letter and first <= number <= last
        )
        named = " ".join(f"{letter}{number}" for number in numbers) or "–"
        lines.append(f"| {title} ({letter}{first}–{letter}{last}) | {named} |")
    return "\n".join(lines)


def main():
    """Rewrite or check the table."""
    readme = ROOT / "README.md"
    text = readme.read_text()
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    new = f"{before}{BEGIN}\n{table(rows_of_tests())}\n{END}{after}"
    if "--check" not in sys.argv:
        readme.write_text(new)
    elif new != text:
        sys.exit("README.md: its table is out of date; run scripts/what_works.py")


if __name__ == "__main__":
    main()
