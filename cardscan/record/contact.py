"""A contact as read from one card.

Each value keeps the indexes of the lines it was read in, how sure we are (0 to 1), and the rule that found it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

PhoneType = Literal["work", "mobile", "fax", "home", "other"]


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name; `full` is as a card would print it, `also` other printed forms (another script)."""

    full: str
    prefix: str | None = None
    given: str | None = None
    additional: str | None = None
    family: str | None = None
    suffix: str | None = None
    also: tuple[str, ...] = ()
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """A job title."""

    value: str
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    raw: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """A company or body, its department on this card, and its other printed forms (logo, another script)."""

    value: str
    also: tuple[str, ...] = ()
    department: str | None = None
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    raw: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number; `value` is E.164 where the country is known, else None and `raw` holds the digits.

    `preferred` is the number that a pen has circled or underlined.
    """

    value: str | None
    raw: str
    extension: str | None = None
    type: PhoneType = "other"
    valid: bool = False
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    rule: str | None = None
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Email:
    """A mail address, as one would type it."""

    value: str
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    raw: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Url:
    """A web address with its scheme."""

    value: str
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    raw: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `full` on one line, parts where they could be told."""

    full: str
    street: str | None = None
    locality: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country_code: str | None = None
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Social:
    """A profile on a network (linkedin, x, instagram, facebook, …)."""

    network: str
    handle: str
    url: str | None = None
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """Print that is no contact field: its role says what it is (tagline, services, hours, registration …)."""

    value: str
    role: str
    lines: tuple[int, ...] = ()


Value: TypeAlias = Name | Title | Organization | Phone | Email | Url | Address | Social
"""What a contact is made of."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person, or a shop or department without one, as read from one card."""

    name: Name | None = None
    titles: tuple[Title, ...] = ()
    organizations: tuple[Organization, ...] = ()
    phones: tuple[Phone, ...] = ()
    emails: tuple[Email, ...] = ()
    urls: tuple[Url, ...] = ()
    addresses: tuple[Address, ...] = ()
    social: tuple[Social, ...] = ()
    other: tuple[Other, ...] = ()
