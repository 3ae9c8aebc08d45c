"""What is installed, and what documents it."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import warnings
from pathlib import Path
from typing import Any

import pytest

import sponsorfit

# The command line has no documentation to run, and PySpark is tested by itself.
MODULES = [
    module.name
    for module in pkgutil.walk_packages(sponsorfit.__path__, "sponsorfit.")
    if module.name not in ("sponsorfit.__main__", "sponsorfit.spark")
]


def test_types_are_those_of_the_schema(make_types: Any) -> None:
    installed = Path(sponsorfit.__file__).with_name("types.py").read_text(encoding="utf-8")
    assert installed == make_types.made(), "run tools/make_types.py"


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


PUBLIC = [
    (module, name)
    for module in ("sponsorfit", "sponsorfit.learn", "sponsorfit.plots", "sponsorfit.sklearn", "sponsorfit.spark")
    for name in importlib.import_module(module).__all__
    if name != "FACTORS"
]


@pytest.mark.parametrize(("module", "name"), PUBLIC)
def test_help_is_enough(module: str, name: str) -> None:
    public = getattr(importlib.import_module(module), name)
    assert inspect.getdoc(public), name
    # What `dataclass` writes itself is no documentation.
    assert not str(inspect.getdoc(public)).startswith(f"{name}("), name
    if inspect.isclass(public) and not issubclass(public, Exception):
        for member, value in vars(public).items():
            if not member.startswith("_") and callable(value):
                assert inspect.getdoc(value), f"{name}.{member}"


def test_a_slow_build_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        importlib.reload(sponsorfit)
    monkeypatch.setattr(sponsorfit._lowlevel, "DEBUG", True)
    with pytest.warns(RuntimeWarning, match="built without optimisation"):
        importlib.reload(sponsorfit)


def test_the_package_is_typed() -> None:
    assert Path(sponsorfit.__file__).with_name("py.typed").exists()
    assert Path(sponsorfit.__file__).with_name("_lowlevel.pyi").exists()
