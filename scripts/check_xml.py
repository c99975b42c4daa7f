"""Check how the XML files of the given addons are written.

Well-formed, UTF-8, four spaces of indentation for each level, no tabs, no
spaces at the end of a line, one newline at the end of the file.
"""

import sys
from pathlib import Path

from lxml import etree

INDENT = 4


def misindented(root):
    """Yield elements (and comments) that do not stand at their level's column.

    Judged by the white space before an element on its line; an element that
    follows text or another element on the same line is left alone.
    """
    for element in root.iter():
        parent, previous = element.getparent(), element.getprevious()
        if parent is None:
            continue
        before = (parent.text if previous is None else previous.tail) or ""
        level = len(list(element.iterancestors()))
        if is_misplaced(before, level):
            yield element


def misclosed(root):
    """Yield elements whose end tag does not stand below their start tag."""
    for element in root.iter(etree.Element):
        if len(element) and is_misplaced(
            element[-1].tail or "", len(list(element.iterancestors()))
        ):
            yield element


def is_misplaced(space, level):
    return (
        "\n" in space
        and not space.strip()
        and space.rsplit("\n", 1)[1] != " " * INDENT * level
    )


def problems(path):
    """Yield (line, what is wrong) for one file."""
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if "\t" in line:
            yield number, "tab"
        if line != line.rstrip():
            yield number, "spaces at the end of the line"
    if not text.endswith("\n") or text.endswith("\n\n"):
        yield len(text.splitlines()), "the file must end with one newline"
    try:
        root = etree.fromstring(text.encode())
    except etree.XMLSyntaxError as error:
        yield error.lineno, f"not well-formed: {error.msg}"
        return
    for element in misindented(root):
        yield element.sourceline, f"indent by {INDENT} spaces for each level"
    for element in misclosed(root):
        yield element.sourceline, f"the end tag of <{element.tag}> is out of line"


def main(addons):
    failed = False
    for addon in addons:
        for path in sorted(Path(addon).rglob("*.xml")):
            for line, problem in problems(path):
                print(f"{path}:{line}: {problem}")
                failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
