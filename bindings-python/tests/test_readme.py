"""The README's tour is run as it stands, from top to bottom."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from conftest import ROOT

BLOCKS = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.fixture
def at_the_root() -> Iterator[None]:
    before = os.getcwd()
    os.chdir(ROOT)
    yield
    os.chdir(before)


@pytest.mark.usefixtures("at_the_root")
def test_the_tour_runs(capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "bindings-python" / "README.md").read_text(encoding="utf-8")
    blocks = BLOCKS.findall(text)
    assert len(blocks) >= 5
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), names)
    printed = capsys.readouterr().out
    assert "weights_sum at weights - weights: sum to 1.25" in printed
    assert "Score 0.65, resting on 90 % of the facts" in printed
