"""Countries are read one by one, and are the same as the package's own."""

from __future__ import annotations

import subprocess
import sys

import holidays
import pytest

from cardscan.plan.calendar import holidays_of, weekend_of
from cardscan.plan.countries import country_of, subdivisions_of


def test_every_country_is_that_of_the_package() -> None:
    """Every code and alias gives the package's own country, with all its parts."""
    for code, subdivisions in holidays.list_supported_countries().items():
        country = country_of(code)
        assert type(country) is type(holidays.country_holidays(code)), code
        assert subdivisions_of(code) == frozenset(subdivisions), code


@pytest.mark.parametrize("code", ["ZZ", "", None, "us", "UnitedStates", "NYSE"])
def test_what_is_no_country_code_is_none(code: str | None) -> None:
    """Names, small letters, stock exchanges and codes of nowhere are no countries, and have no holidays."""
    assert country_of(code) is None
    assert holidays_of(code, None, 2026) == {}
    assert weekend_of(code) == {5, 6}


@pytest.mark.parametrize("code", ["US", "DE", "SA", "GU"])
def test_one_country_alone_is_the_same_as_among_all(code: str) -> None:
    """Asked for first in a process, a country has the days it has after all were read; Guam derives from another."""
    asked = f"from cardscan.plan.calendar import holidays_of as h\nprint(sorted(h({code!r}, None, 2026).items()))"
    alone = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    found = holidays.country_holidays(code, years=2026)
    assert alone.stdout.strip() == str(sorted((day.toordinal(), name) for day, name in found.items()))


def test_one_country_does_not_read_all() -> None:
    """A plan with American holidays imports no other country's."""
    asked = (
        "import sys\nfrom cardscan.plan.calendar import holidays_of\nassert holidays_of('US', 'TX', 2026)\n"
        "print(sorted(name for name in sys.modules if name.startswith('holidays.countries')))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['holidays.countries.united_states']"
