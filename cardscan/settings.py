"""What the user set once: one TOML file in the configuration folder. Nothing must be set to begin.

`cardscan init` writes the file; every command that plans or drafts reads it. The time zone and country of the machine
are found only here (`system_defaults`), so no stage has to ask the system.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from cardscan.errors import ConfigError

FILE_NAME: Final = "settings.toml"
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-4]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Settings:
    """All that is the user's own.

    Attributes:
        name: As it stands under a letter.
        email: Where answers go.
        signature: The lines under a mail; may hold line breaks.
        address: The user's own postal address, lines parted by line breaks, for envelopes.
        country: ISO 3166 code; its holidays are days off. None knows no holidays.
        region: Part of the country with holidays of its own, such as CA or BY.
        time_zone: IANA name.
        working_days: Of `WEEKDAYS`; empty takes the country's working week.
        office_hours: `HH:MM-HH:MM`, when calls can be made.
        block: `HH:MM-HH:MM`, the part of each working day that is for following up.
        focus: Full plans per event; 0 gives everyone one.
        limit: Full plans per event beyond which `plan` warns.
        playbook: Name of a playbook, or path of one's own.
    """

    name: str | None = None
    email: str | None = None
    signature: str | None = None
    address: str | None = None
    country: str | None = None
    region: str | None = None
    time_zone: str = "UTC"
    working_days: tuple[str, ...] = ()
    office_hours: str = "09:00-17:00"
    block: str = "09:00-10:00"
    focus: int = 0
    limit: int = 3
    playbook: str = "combined"
    zone: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        try:
            zone = ZoneInfo(self.time_zone)
        except (ValueError, OSError, KeyError) as error:
            raise ConfigError(f"time_zone: {self.time_zone!r} is not a zone such as Europe/Berlin") from error
        object.__setattr__(self, "zone", zone)
        for key in ("office_hours", "block"):
            minutes_of(getattr(self, key), key)
        for day in self.working_days:
            if day not in WEEKDAYS:
                raise ConfigError(f"working_days: {day!r} is not one of {', '.join(WEEKDAYS)}")
        if self.country is not None and not re.fullmatch("[A-Z]{2}", self.country):
            raise ConfigError(f"country: {self.country!r} is not two capital letters such as US or DE")
        for key in ("focus", "limit"):
            if getattr(self, key) < 0:
                raise ConfigError(f"{key}: {getattr(self, key)} is less than 0")


KEYS: Final = tuple(item.name for item in fields(Settings) if item.init)


def minutes_of(span: str, key: str = "block") -> tuple[int, int]:
    """Read `08:30-09:30` as minutes after midnight.

    Raises:
        ConfigError: Not such a span, or it ends before it begins; the message names `key`.
    """
    match = _SPAN.fullmatch(span.strip())
    begin, end = (0, 0) if not match else (int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4]))
    if not match or not begin < end <= 24 * 60:
        raise ConfigError(f"{key}: {span!r} is not a time span such as 08:30-09:30")
    return begin, end


def load(path: Path, base: Settings | None = None) -> Settings:
    """Read a settings file; keys that are not in it keep the value in `base`. A missing file is `base`.

    Raises:
        ConfigError: Not TOML, an unknown key (the message names the nearest known one), or a wrong value.
    """
    base = base or Settings()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return base
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        return replace(base, **{key: _checked(key, value) for key, value in data.items()})
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error


def dump(settings: Settings) -> str:
    """The settings as a TOML file; what is None is left out."""
    lines = ["# Settings of cardscan. `cardscan init` writes this file; edit it as you like."]
    for key in KEYS:
        value = getattr(settings, key)
        if value is not None and value != ():
            lines.append(f"{key} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def system_defaults() -> Settings:
    """Settings of a user who set nothing: the machine's time zone, and the country that zone lies in.

    A locale says what language is spoken, not where (many machines outside the USA run en_US), so it is not asked.
    """
    import tzlocal

    try:
        zone = tzlocal.get_localzone_name() or "UTC"
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        zone = "UTC"
    return Settings(time_zone=zone, country=country_of_zone(zone))


def country_of_zone(zone: str) -> str | None:
    """The ISO 3166 country of an IANA zone after tzdata's zone.tab; None for zones of no country such as UTC."""
    table = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == zone), None)


def _checked(key: str, value: Any) -> Any:
    if key not in KEYS:
        near = get_close_matches(key, KEYS, 1, 0.5)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ConfigError(f"unknown key {key!r}{hint} (known: {', '.join(KEYS)})")
    if key == "working_days":
        if not isinstance(value, list) or not all(isinstance(day, str) for day in value):
            raise ConfigError(f'{key}: takes a list such as ["mon", "tue"], not {value!r}')
        return tuple(day[:3].lower() for day in value)
    expected = int if key in ("focus", "limit") else str
    if type(value) is not expected:
        raise ConfigError(f"{key}: takes a {'number' if expected is int else 'text'}, not {value!r}")
    return value.upper() if isinstance(value, str) and key in ("country", "region") else value


def _toml(value: str | int | tuple[str, ...]) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    escaped = re.sub("[\x00-\x08\x0b-\x1f\x7f]", lambda match: f"\\u{ord(match[0]):04x}", escaped)
    return f'"{escaped}"'
