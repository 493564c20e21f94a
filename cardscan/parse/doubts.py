"""Why a person should look at a reading: what is missing, unsure, or does not agree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from cardscan.options import ParseOptions
from cardscan.parse.agreement import FUNCTION_BOXES, name_fit
from cardscan.parse.hosts import mail_providers, suffix_of
from cardscan.parse.names import read_name
from cardscan.parse.urls import host_of
from cardscan.record import Contact, Value

_SHORTEST_PHONE = 7  # digits, where the country is not known


def doubts(contacts: Sequence[Contact], options: ParseOptions) -> tuple[str, ...]:
    """Reasons in words, each once, the gravest first."""
    found: list[str] = []
    if not contacts:
        return ("nothing on the card could be read as a contact",)
    for contact in contacts:
        found += _missing(contact) + _disagreeing(contact) + _unsure(contact, options)
    return tuple(dict.fromkeys(found))


def named_in(reasons: Iterable[str]) -> frozenset[str]:
    """The values, as printed or as read, that reasons are about; in lower case."""
    return frozenset(reason.partition(": ")[2].casefold() for reason in reasons if ": " in reason)


def is_doubtful(value: Value, named: Collection[str], below: float) -> bool:
    """Whether a person should look at a value: it is not sure, or a reason to review its card names it.

    Args:
        value: One that a person typed is sure, and named by no reason any more.
        named: What the reasons are about, as `named_in` tells.
        below: Confidence below which any value is doubtful.
    """
    texts = (getattr(value, field, None) for field in ("full", "value", "handle", "raw"))
    is_named = value.confidence < 1.0 and any(text.casefold() in named for text in texts if text)
    return value.confidence < below or is_named


def _missing(contact: Contact) -> list[str]:
    if contact.name is None and not contact.organizations:
        return ["no name and no organisation found"]
    if contact.name is None and contact.titles:
        return ["a title but no name found"]
    if not contact.phones and not contact.emails:
        return ["neither a phone number nor a mail address found"]
    return []


def _disagreeing(contact: Contact) -> list[str]:
    found = []
    mails = [email.value.lower() for email in contact.emails]
    personal = [m for m in mails if m.split("@")[0] not in FUNCTION_BOXES]
    if contact.name is not None and personal:
        reading = read_name(contact.name.full)
        fits = [name_fit(reading.core, (m.split("@")[0],)) for m in personal] if reading else [1.0]
        dotted = [m for m, fit in zip(personal, fits, strict=False) if fit < 0.3 and "." in m.split("@")[0]]
        if max(fits) < 0.3 and dotted and reading and reading.core[0].isascii():
            found.append(f"the mail's name does not fit the name: {dotted[0]}")
    own = [m.rsplit("@", 1)[1] for m in mails if m.rsplit("@", 1)[1] not in mail_providers()]
    hosts = [host_of(url.value).lower() for url in contact.urls]
    if own and hosts and not {_core(h) for h in own} & {_core(h) for h in hosts}:
        close = any(_slip(_core(a), _core(b)) for a in own for b in hosts)
        if close:
            found.append(f"mail and web domain differ by a letter: {own[0]}, {hosts[0]}")
    return found


def _core(host: str) -> str:
    suffix = suffix_of(host)
    bare = host[: -len(suffix) - 1] if suffix else host
    return bare.rsplit(".", 1)[-1]


def _slip(first: str, second: str) -> bool:
    """Whether two domains differ in one letter, as misread ones do."""
    if abs(len(first) - len(second)) > 1 or min(len(first), len(second)) < 4:
        return False
    if len(first) == len(second):
        return sum(a != b for a, b in zip(first, second, strict=True)) == 1
    longer, shorter = sorted((first, second), key=len, reverse=True)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _unsure(contact: Contact, options: ParseOptions) -> list[str]:
    found = []
    if contact.name is not None and contact.name.confidence < options.min_confidence:
        found.append(f"name is unsure: {contact.name.full}")
    for organization in contact.organizations[:1]:
        if organization.confidence < options.min_confidence:
            found.append(f"organisation is unsure: {organization.value}")
    for title in contact.titles:
        if title.confidence < options.min_confidence:
            found.append(f"title is unsure: {title.value}")
    for phone in contact.phones:
        digits = sum(c.isdigit() for c in phone.raw)
        if digits < _SHORTEST_PHONE and not phone.valid:
            found.append(f"phone may be short of digits: {phone.raw}")
        elif phone.confidence < options.min_confidence:
            found.append(f"phone is unsure: {phone.raw}")
    for email in contact.emails:
        if email.confidence < options.min_confidence:
            found.append(f"mail address is unsure: {email.value}")
    for url in contact.urls:
        if url.confidence < options.min_confidence:
            found.append(f"web address is unsure: {url.value}")
    for address in contact.addresses:
        if address.confidence < options.min_confidence:
            found.append(f"address is unsure: {address.full}")
    return found
