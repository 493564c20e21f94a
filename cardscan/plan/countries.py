"""The holidays of one country, without reading those of all others.

The package `holidays` means to load countries one by one, yet the first import of any runs the `__init__` of
`holidays.countries`, which imports all 250: a tenth of a second for each command that plans. So the one module is
imported from its file, and left where the package looks for it.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path

import holidays
from holidays.registry import COUNTRIES


@cache
def country_of(code: str | None) -> holidays.HolidayBase | None:
    """The country of an ISO 3166 code of two or three letters, with no days in it yet; None for one not known."""
    module = _modules().get(code) if code else None
    if code is None or module is None:
        return None
    _import_alone(module)
    return holidays.country_holidays(code)


@cache
def subdivisions_of(country: str) -> frozenset[str]:
    """Codes of the parts of a country whose holidays are known, e.g. CA or BY."""
    found = country_of(country)
    return frozenset(found.subdivisions) if found is not None else frozenset()


@cache
def _modules() -> dict[str, str]:
    """Every code and alias, and the module that knows the country."""
    return {code: module for module, names in COUNTRIES.items() for code in names[1:] if len(code) in (2, 3)}


def _import_alone(module: str) -> None:
    """Import the module of one country; one that derives from another's brings all, as the package does it."""
    name = f"holidays.countries.{module}"
    if name in sys.modules:
        return
    spec = PathFinder.find_spec(name, [str(Path(folder, "countries")) for folder in holidays.__path__])
    if spec is None or spec.loader is None:
        return  # not a file: the package imports it its own way
    found = module_from_spec(spec)
    spec.loader.exec_module(found)
    # Only now, and not over what it may have brought itself: half made, it would break the import of all.
    sys.modules.setdefault(name, found)
