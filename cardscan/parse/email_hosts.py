"""The host of a mail address set against the card's other hosts and the names of its organisations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from cardscan.parse.email_changes import changed, confirmed
from cardscan.parse.hosts import is_host, mail_providers, near, registrable, second_level_parted
from cardscan.parse.naming import agreement, respelled
from cardscan.record import Email

_DOUBTED = 0.7
_RIM = frozenset("oae0c")
_ROUND_CAPITALS = frozenset("DOQGC")


def host_refined(email: Email, hosts: Sequence[str], votes: Counter[str], bodies: Sequence[Sequence[str]]) -> Email:
    """The address with the host that the card's web addresses, other mails or organisations have.

    Args:
        email: As read.
        hosts: Hosts of the card's web addresses.
        votes: How often each host stands on the card, in web addresses and mails.
        bodies: Forms of the organisations' names, as `naming.names_of` gives them.
    """
    local, host = email.value.rsplit("@", 1)
    own = registrable(host.lower())
    if own in mail_providers():
        return email

    def at(other: str, why: str) -> Email:
        return changed(email, f"{local}@{host[: len(host) - len(own)]}{other}", why)

    if (spelled := respelled(own, bodies)) != own:
        return at(spelled, "domain-from-organization")
    if own in hosts:
        return confirmed(email)
    agrees, bare = agreement(own, bodies), own[1:]  # the rim of the "@" read as a letter
    is_rim = _is_lone_capital(email.raw) or (own[0] in _RIM and not agrees)
    if is_rim and is_host(bare) and (bare in votes or agreement(bare, bodies) > agrees):
        return at(bare, "sign-twice")
    parted = second_level_parted(own)
    if parted and (parted in hosts or agreement(parted, bodies) > agrees):
        return at(parted, "dot")
    rivals = [rival for rival in votes if rival != own and rival not in mail_providers() and near(own, rival)]
    if not rivals:
        return email
    rival = max(rivals, key=lambda name: (agreement(name, bodies), votes[name]))
    mine, theirs = (agrees, votes[own]), (agreement(rival, bodies), votes[rival])
    if theirs > mine or (theirs == mine and _digits(rival) < _digits(own)):
        return at(rival, "domain-from-url")
    return email if mine > theirs else replace(email, confidence=round(email.confidence * _DOUBTED, 4))


def _is_lone_capital(raw: str | None) -> bool:
    """Whether a capital stands behind the "@" of an address in small letters: "jane@Dacme.com"."""
    local, _, host = (raw or "").rpartition("@")
    return local.islower() and host[:1] in _ROUND_CAPITALS and host[1:].islower()


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)
