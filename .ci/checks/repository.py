"""What several checks read: tracked files, cargo's metadata, licence expressions."""

from __future__ import annotations

import functools
import json
import re
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent

# Licences that ask for no more than their text and a name.
ALLOWED = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0",
    "ISC", "MIT", "Unicode-3.0", "Unlicense", "Zlib",
}  # fmt: skip


def tracked(*patterns: str) -> list[Path]:
    """Return the files in git, those that are new too."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for name in found.stdout.splitlines() if (path := ROOT / name).exists()]


@functools.cache
def metadata() -> dict[str, Any]:
    """Return what cargo knows of the workspace and all it depends on."""
    command = ["cargo", "metadata", "--format-version=1", "--locked", "--all-features"]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)


def choices(expression: str) -> list[frozenset[str]]:
    """Return the sets of licences under which an SPDX expression lets a package be used."""
    words = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def any_of() -> list[frozenset[str]]:
        found = all_of()
        while words[:1] == ["OR"]:
            words.pop(0)
            found = found + all_of()
        return found

    def all_of() -> list[frozenset[str]]:
        found = one()
        while words[:1] == ["AND"]:
            words.pop(0)
            found = [a | b for b in one() for a in found]
        return found

    def one() -> list[frozenset[str]]:
        word = words.pop(0)
        if word == "(":
            found = any_of()
            words.pop(0)
            return found
        if words[:1] == ["WITH"]:
            word = f"{word} {words.pop(0)} {words.pop(0)}"
        return [frozenset([word])]

    return any_of()
