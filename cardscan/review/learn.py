"""What a person put right once is proposed right the next time: the same slip in a domain, an organisation, a title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cardscan.record import Contact, Email, Url, Value
from cardscan.review.entries import KINDS, Entry, Kind, entries, text_of


@dataclass(frozen=True, slots=True)
class Correction:
    """What was read, and what is true."""

    kind: Kind
    read: str
    truth: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A better text for an entry, with the correction that suggests it."""

    entry: Entry
    text: str
    because: Correction


def correction(entry: Entry, truth: Value) -> Correction | None:
    """What can be learned when an entry is changed: None when nothing changed."""
    read, right = text_of(entry.value), text_of(truth)
    return Correction(entry.kind, read, right) if read != right else None


def remembered(rows: Iterable[tuple[str, str, str]]) -> list[Correction]:
    """Corrections as the store keeps them (kind, read, truth); a kind that a later version wrote is passed over."""
    kinds = {kind: kind for kind in KINDS}
    return [Correction(kinds[kind], read, truth) for kind, read, truth in rows if kind in kinds]


def proposals(contact: Contact, known: Iterable[Correction]) -> list[Proposal]:
    """Entries that repeat a known slip, with the text that was right then; the latest correction wins.

    Whole values are learned for organisations and titles; for mail and web addresses the host is, whatever stands
    before or after it. Names and phone numbers are a person's own: nothing is learned from them.
    """
    whole: dict[tuple[str, str], Correction] = {}
    hosts: dict[str, tuple[str, Correction]] = {}
    for each in known:
        if each.kind in ("organization", "title"):
            whole[each.kind, each.read.casefold()] = each
        elif each.kind in ("email", "url"):
            read, truth = _host(each.kind, each.read), _host(each.kind, each.truth)
            if read and truth and read != truth:
                hosts[read] = (truth, each)
    found = []
    for entry in entries(contact):
        if correction := whole.get((entry.kind, entry.text.casefold())):
            found.append(Proposal(entry, correction.truth, correction))
        elif isinstance(entry.value, Email | Url) and (known_host := hosts.get(_host(entry.kind, entry.text))):
            host, because = known_host
            old = _host(entry.kind, entry.text)
            place = entry.text.casefold().rindex(old) if entry.kind == "email" else entry.text.casefold().index(old)
            found.append(Proposal(entry, entry.text[:place] + host + entry.text[place + len(old) :], because))
    return found


def _host(kind: Kind, text: str) -> str:
    text = text.casefold()
    if kind == "email":
        return text.rpartition("@")[2]
    return text.partition("://")[2].partition("/")[0].removeprefix("www.") or text.partition("/")[0]
