"""The written pages of the project, and the pieces of code in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.source import ROOT

MADE = ROOT / "docs" / "reference"
_BLOCK = re.compile(r"^( *)```([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of code in a page; `info` is what stands after its opening fence."""

    page: Path
    info: str
    text: str

    @property
    def language(self) -> str:
        """Return the language, "" if none is named."""
        return self.info.partition(" ")[0]


def written_pages() -> tuple[Path, ...]:
    """Return the pages that people write, which are all but the generated ones."""
    tops = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "sdks" / "python" / "README.md"]
    found = [page for page in (ROOT / "docs").rglob("*.md") if MADE not in page.parents]
    return tuple(page for page in (*tops, *sorted(found)) if page.exists())


def blocks(page: Path) -> Iterator[Block]:
    """Return the pieces of code of a page in their order."""
    for found in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        indent, info, text = found.groups()
        yield Block(page, info.strip(), "".join(line.removeprefix(indent) for line in text.splitlines(keepends=True)))


def command_lines(block: Block) -> Iterator[str]:
    """Return the commands of a shell block, one a line, without prompts and comments."""
    for line in block.text.replace("\\\n", " ").splitlines():
        command = line.strip().removeprefix("$ ")
        if command and not command.startswith("#"):
            yield command


def inline_code(page: Path) -> Iterator[str]:
    """Return what stands between single backquotes in a page."""
    prose = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    yield from re.findall(r"(?<!`)`([^`\n]+)`(?!`)", prose)


def links(page: Path) -> Iterator[str]:
    """Return where a page's links to other pages lead, without their anchors."""
    prose = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if "://" not in target and not target.startswith(("#", "mailto:")):
            yield target.partition("#")[0]
