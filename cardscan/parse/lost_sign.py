"""Mail addresses whose "@" was read as a letter, so that they look like web addresses: told by the person's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cardscan.parse.email_locals import local_forms
from cardscan.parse.email_scan import READ_AS, lost_sign
from cardscan.parse.finding import Found
from cardscan.parse.hosts import is_host, owner, registrable
from cardscan.parse.urls import host_of
from cardscan.record import Email, Url

_SIGN = re.compile(rf"(\d{{0,4}})[{''.join(sorted(READ_AS))}](.+)")
_LEAST = 3
"""Letters of the last part of a local part, and of a host's name."""

_SHARE = 0.7
"""Of the confidence, as neither the sign nor where the host begins was read."""


def lost_signs(
    urls: Sequence[Found[Url]], names: Iterable[str], hosts: Iterable[str] = ()
) -> tuple[list[Found[Email]], list[Found[Url]]]:
    """The mails among the web addresses, and the others.

    What begins like a mail of the person on the card ("j.doe", or "jdoe" and a number), goes on with a letter that an
    "@" looks like, and then is a host again, is no web address; nor is what so ends with a host the card has elsewhere.

    Args:
        urls: Web addresses as found.
        names: Persons' names as printed.
        hosts: Hosts of the card's mails.
    """
    forms = {form for name in names for form in local_forms(name) if len(re.split("[._-]", form)[-1]) >= _LEAST}
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    read = [host_of(item.value.value).lower() for item in urls]
    known = {*hosts, *map(registrable, read)}
    mails: list[Found[Email]] = []
    others: list[Found[Url]] = []
    for item, host in zip(urls, read, strict=True):
        raw = (item.value.raw or "").lower()
        at = lost_sign(host, known)
        mail = f"{host[:at]}@{host[at + 1 :]}" if at else _by_name(host, longest_first)
        mail = None if "/" in raw or raw.startswith("www") else mail
        if mail is None:
            others.append(item)
        else:
            value = item.value
            confidence = round(value.confidence * _SHARE, 4)
            mails.append(Found(Email(mail, confidence, value.lines, value.raw, "email+repaired:sign"), item.spans))
    return mails, others


def _by_name(host: str, forms: Sequence[str]) -> str | None:
    for form in forms:
        match = _SIGN.fullmatch(host[len(form) :]) if host.startswith(form) else None
        told = match is not None and (match[1] or any(mark in form for mark in "._-"))
        if match is not None and told and is_host(match[2]) and len(owner(match[2])) >= _LEAST:
            return f"{form}{match[1]}@{match[2]}"
    return None
