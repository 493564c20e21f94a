"""From how sure the rules are to how often they are right: a monotone map for each field.

Raw confidences only rank readings. `confidence.toml` holds, for each field, what share of the values given with a raw
confidence were right on generated cards of the training split (`models/confidence/fit.py`); between its knots the map
is linear. Zadrozny and Elkan, "Transforming classifier scores into accurate multiclass probability estimates", KDD
2002, describe the method.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Final, TypeVar

from cardscan.record import Address, Contact, Email, Organization, Phone, Title, Url

_TOO_UNSURE: Final = 0.36
"""Below this a value is clearly more likely wrong than right; one letter between two readings stays above it."""

V = TypeVar("V", Address, Email, Organization, Phone, Title, Url)


def calibrated(contact: Contact) -> Contact:
    """The contact with each confidence as the share of such values that are right."""
    name = contact.name and replace(contact.name, confidence=right_share("name", contact.name.confidence))
    return replace(
        contact,
        name=name,
        titles=_mapped("title", contact.titles),
        organizations=_mapped("organization", contact.organizations),
        phones=_mapped("phone", contact.phones),
        emails=_mapped("email", contact.emails),
        urls=_mapped("url", contact.urls),
        addresses=_mapped("address", contact.addresses),
    )


def believed(contact: Contact) -> tuple[Contact, tuple[str, ...]]:
    """The contact without phones, mails and web addresses clearly more likely wrong than right, and what was left out,
    in words: one wrong letter makes such a value useless, and one that is not on the card is worse than a missing one.

    Names, titles and addresses stay: a person sees at once what is wrong with them. Confidences must be calibrated.
    """
    phones, emails, urls = _kept(contact.phones), _kept(contact.emails), _kept(contact.urls)
    left_out = (
        *(f"phone is read too badly to be kept: {v.raw}" for v in contact.phones if v not in phones),
        *(f"mail address is read too badly to be kept: {v.value}" for v in contact.emails if v not in emails),
        *(f"web address is read too badly to be kept: {v.raw}" for v in contact.urls if v not in urls),
    )
    return replace(contact, phones=phones, emails=emails, urls=urls), left_out


def right_share(field: str, raw: float) -> float:
    """The share of a field's values with this raw confidence that were right, 0 to 1, never falling as `raw` rises."""
    knots = _knots()[field]
    place = bisect_right(knots, (raw, 2.0))
    if place == 0:
        return knots[0][1]
    if place == len(knots):
        return knots[-1][1]
    (low, under), (high, over) = knots[place - 1], knots[place]
    return round(under + (over - under) * (raw - low) / (high - low), 4)


def _mapped(field: str, values: tuple[V, ...]) -> tuple[V, ...]:
    return tuple(replace(value, confidence=right_share(field, value.confidence)) for value in values)


def _kept(values: tuple[V, ...]) -> tuple[V, ...]:
    return tuple(value for value in values if value.confidence >= _TOO_UNSURE)


@cache
def _knots() -> dict[str, tuple[tuple[float, float], ...]]:
    source = (files("cardscan.parse") / "confidence.toml").read_text(encoding="utf-8")
    return {
        field: tuple((float(raw), float(share)) for raw, share in pairs)
        for field, pairs in tomllib.loads(source)["knots"].items()
    }
