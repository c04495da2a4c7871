"""The order of calculation names every module that has lines, so that none is left out."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from reportgen import model
from reportgen.expr.nodes import Line
from reportgen.model.asking import ALL_LINES
from reportgen.model.inputs.constants import policies


def test_every_line_of_the_model_is_calculated_in_its_order() -> None:
    modules = [found.name for found in walk_packages(model.__path__, f"{model.__name__}.")]
    declared = {
        line: name
        for name in modules
        for line in vars(import_module(name)).values()
        if isinstance(line, Line)
    }
    known = {*ALL_LINES, *policies()}
    assert "reportgen.model.hype.price_targets" in modules
    assert [(name, line.key) for line, name in declared.items() if line not in known] == []
