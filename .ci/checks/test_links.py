"""Links between pages lead somewhere, and sections that are cited exist."""

from __future__ import annotations

import re
import unittest

from repository import ROOT, tracked

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)
# `§2.10` in a comment or a page; `section 2.3.1` of somebody's standard is not meant.
CITED = re.compile(r"§(\d+(?:\.\d+)?)")
# Where Markdown and code cite the definition.
CITING = ("*.md", "*.rs", "*.py", "*.ts", "*.mjs", "*.sql", "*.toml", "*.sh")


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    found = set()
    for heading in HEADING.findall(text):
        words = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
        found.add(words.strip().replace(" ", "-"))
    return found


class Links(unittest.TestCase):
    def test_links_lead_somewhere(self) -> None:
        for page in tracked("*.md"):
            for link in LINK.findall(re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)):
                if "://" in link or link.startswith("mailto:"):
                    continue
                path, _, anchor = link.partition("#")
                target = (page.parent / path) if path else page
                with self.subTest(f"{page.relative_to(ROOT)}: {link}"):
                    self.assertTrue(target.exists())
                    if anchor and target.suffix == ".md":
                        self.assertIn(anchor, anchors(target.read_text()))

    def test_cited_sections_exist(self) -> None:
        definition = (ROOT / "core/DEFINITION.md").read_text()
        sections = set(re.findall(r"^#+ §([\d.]+) ", definition, re.MULTILINE))
        self.assertIn("2.10", sections)
        for path in tracked(*CITING):
            for section in CITED.findall(path.read_text(errors="replace")):
                with self.subTest(f"{path.relative_to(ROOT)}: §{section}"):
                    self.assertIn(section, sections)


if __name__ == "__main__":
    unittest.main()
