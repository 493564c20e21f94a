"""What mail addresses, web hosts and profiles tell of the persons and bodies on a card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cardscan.parse.hosts import mail_providers
from cardscan.parse.organizations import core_labels
from cardscan.parse.vocabulary import letters


@dataclass(frozen=True, slots=True)
class Cues:
    """What exact finders tell about persons and bodies.

    Attributes:
        locals: Local parts of the mail addresses.
        labels: Naming labels of web and company mail hosts.
        boxes: Local parts that may name a shop ("luigipizzeria@gmail.com"): those at public providers.
        accounts: Handles of social profiles.
    """

    locals: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


def cues_of(emails: Sequence[str], hosts: Sequence[str], accounts: Sequence[str]) -> Cues:
    """Gather cues from mail addresses, web hosts and social handles."""
    locals_, boxes, own_hosts = [], [], list(hosts)
    for email in emails:
        local, _, host = email.lower().rpartition("@")
        locals_.append(local)
        if host in mail_providers():
            boxes.append(letters(local))
        else:
            own_hosts.append(host)
    handles = tuple(h for h in (letters(a) for a in accounts) if len(h) >= 4)
    return Cues(tuple(locals_), core_labels(own_hosts), tuple(b for b in boxes if len(b) >= 4), handles)
