"""What the tests share."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

import sponsorfit

ROOT = Path(__file__).resolve().parents[2]

# Without it scikit-learn passes over a check; it is read when SciPy is imported.
os.environ.setdefault("SCIPY_ARRAY_API", "1")

# The wheel is what is tested, and it must be a fast one.
assert not sponsorfit._lowlevel.DEBUG, "a debug build is no wheel"
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def schemas() -> dict[str, Any]:
    """The core's schemas by name."""
    paths = (ROOT / "core" / "schema").glob("*.json")
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


@pytest.fixture(scope="session")
def make_types() -> Any:
    """The script that writes `types.py`."""
    spec = importlib.util.spec_from_file_location("make_types", ROOT / "bindings-python" / "tools" / "make_types.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
