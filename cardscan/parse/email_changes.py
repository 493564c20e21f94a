"""A mail address with something put right, or confirmed: its confidence and the rule that says so."""

from __future__ import annotations

from dataclasses import replace

from cardscan.record import Email

_REPAIRED = 0.92
_CONFIRMED = 1.02
_SUREST = 0.995


def changed(email: Email, value: str, why: str) -> Email:
    """The address put right; `why` goes into its rule."""
    rule = f"{email.rule or 'email'}+repaired:{why}"
    return replace(email, value=value, confidence=round(email.confidence * _REPAIRED, 4), rule=rule)


def confirmed(email: Email) -> Email:
    """The address, a little surer: another part of the card agrees with it."""
    return replace(email, confidence=round(min(_SUREST, email.confidence * _CONFIRMED), 4))
