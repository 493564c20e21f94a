"""Two cards compared field by field: what agrees, what speaks against, each with a reason in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from cardscan.kinship.features import Features
from cardscan.kinship.names import Level, compare_names
from cardscan.parse.hosts import near
from cardscan.parse.vocabulary import is_cjk, letters
from cardscan.record import Card, Contact, KinReason


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two cards have in common, field by field.

    Attributes:
        name: What the names say.
        given: Whether two names that differ have their given name in common.
        personal: Fields with an equal value that is one person's own: email, mobile, extension, social.
        named_mail: The equal mail address agrees with the name on at least one of the cards.
        office: Fields with an equal value of a place of work: phone, fax, address.
        firm: Whether the organisation or the web domain is the same; None where nothing can be compared.
        title: Whether a title is the same.
        other_mail: Each has a mailbox of its own, not the same, at one firm.
        other_mobile: Each has a mobile number, not the same.
        boxes: Both have the mailbox of a body in common.
        reasons: All of it in words.
    """

    name: Level
    given: bool
    personal: tuple[str, ...]
    named_mail: bool
    office: tuple[str, ...]
    firm: bool | None
    title: bool
    other_mail: bool
    other_mobile: bool
    boxes: bool
    reasons: tuple[KinReason, ...]


def compare(first: Features, second: Features, cards: tuple[Card, Card], shared: Collection[str] = ()) -> Evidence:
    """Compare two cards.

    Args:
        first, second: Their features.
        cards: The cards, for the words of the reasons.
        shared: Values that are known to be nobody's own (`features.shared_values`).
    """
    name = _name_level(first, second)
    mails = (first.own_mails & second.own_mails) - set(shared)
    mobiles = (first.mobiles & second.mobiles) - set(shared)
    desks = first.desks & second.desks
    profiles = first.profiles & second.profiles
    boxes = (first.own_mails | first.boxes) & (second.own_mails | second.boxes) - mails
    numbers = (first.numbers & second.numbers) - mobiles
    faxes = first.faxes & second.faxes
    address = any(addresses_alike(a, b) for a in first.addresses for b in second.addresses)
    firms, domains = firms_alike(first.firms, second.firms), domains_alike(first.domains, second.domains)
    firm = True if firms or domains else False if firms is False or domains is False else None
    title = any(_texts_alike(a, b) for a in first.titles for b in second.titles)
    other_mail = bool(first.own_mails and second.own_mails and not mails and domains) and not _mail_slip(first, second)
    other_mobile = bool(first.mobiles and second.mobiles and not first.mobiles & second.mobiles)
    one, two = (card.contact or Contact() for card in cards)
    said = [_name_reason(name, one, two)]
    said += [KinReason("email", f"the same e-mail address, {mail}") for mail in sorted(mails)]
    said += [KinReason("mobile", f"the same mobile number, {_printed(one, key)}") for key in sorted(mobiles)]
    said += [KinReason("extension", f"the same extension, {extension}") for _, extension in sorted(desks)]
    said += [KinReason("social", f"the same {network} profile, {handle}") for network, handle in sorted(profiles)]
    said += [KinReason("phone", f"the same number, {_printed(one, key)}") for key in sorted(numbers)]
    said += [KinReason("fax", f"the same fax number, {_printed(one, key)}") for key in sorted(faxes)]
    said += [KinReason("address", "the same address")] if address else []
    said += [_firm_reason(firm, bool(firms), one, two, first.domains & second.domains)]
    said += [KinReason("title", "the same title")] if title else []
    said += [KinReason("email", f"the same mailbox of a firm or family, {box}") for box in sorted(boxes)]
    said += [KinReason("email", "each has another mailbox at the same firm", agrees=False)] if other_mail else []
    said += [KinReason("mobile", "another mobile number", agrees=False)] if other_mobile else []
    fields = {"email": mails, "mobile": mobiles, "extension": desks, "social": profiles}
    offices = {"phone": numbers, "fax": faxes, "address": {""} if address else ()}
    return Evidence(
        name=name,
        given=any(a.words[0] == b.words[0] for a in first.names for b in second.names),
        personal=tuple(field for field, values in fields.items() if values),
        named_mail=any(_is_named(mail, each) for mail in mails for each in (first, second)),
        office=tuple(field for field, values in offices.items() if values),
        firm=firm,
        title=title,
        other_mail=other_mail,
        other_mobile=other_mobile,
        boxes=bool(boxes),
        reasons=tuple(reason for reason in said if reason is not None),
    )


def two_people(first: Features, second: Features) -> bool:
    """Whether two names rule each other out and too little else could say otherwise: what most colleagues are."""
    if not first.names or not second.names:
        return False
    own = (first.own_mails & second.own_mails, first.mobiles & second.mobiles, first.profiles & second.profiles)
    return sum(map(bool, own)) < 2 and not first.desks & second.desks and _name_level(first, second) == "conflict"


def overlap(first: Features, second: Features) -> float:
    """The share of the shorter card's print that also stands on the other, letter for letter or nearly; 0 to 1."""
    short, long = sorted((first.lines, second.lines), key=lambda lines: sum(map(len, lines)))
    total = sum(map(len, short))
    if total < 12:
        return 0.0
    found = sum(
        len(line) for line in short if line in long or any(_texts_alike(line, other) for other in long)
    )  # fmt: skip
    return found / total


@lru_cache(maxsize=65536)
def firms_alike(first: tuple[str, ...], second: tuple[str, ...]) -> bool | None:
    """Whether two lists of organisations name one in common; None where no two can be compared (other scripts)."""
    pairs = [(a, b) for a in first for b in second if is_cjk(a) == is_cjk(b)]
    return any(_one_firm(a, b) for a, b in pairs) if pairs else None


def _one_firm(a: str, b: str) -> bool:
    if a == b or _texts_alike(a, b):
        return True
    short, long = sorted((a, b), key=len)
    return (len(short) >= 5 or is_cjk(short)) and long.startswith(short)


def domains_alike(first: Collection[str], second: Collection[str]) -> bool | None:
    """Whether two lists of domains have one in common, perhaps misread by a letter; None where one is empty."""
    if not first or not second:
        return None
    return any(near(a, b) for a in sorted(first) for b in sorted(second))


@lru_cache(maxsize=65536)
def addresses_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two addresses are one: the numbers of the shorter are the other's, and most of the words."""
    short, long = sorted((a, b), key=len)
    digits = {word for word in short if any(c.isdigit() for c in word)}
    if not digits or not digits <= set(long):
        return False
    return fuzz.token_set_ratio(" ".join(short), " ".join(long)) >= 80


@lru_cache(maxsize=65536)
def _texts_alike(a: str, b: str) -> bool:
    """Whether two texts are one print read twice: at most a letter in ten differs."""
    longest = max(len(a), len(b))
    allowed = longest // 10
    return a == b or (allowed > 0 and Levenshtein.distance(a, b, score_cutoff=allowed) <= allowed)


def _name_level(first: Features, second: Features) -> Level:
    level = compare_names(first.names, second.names)
    if level == "conflict" and _printed_on(first, second) and _printed_on(second, first):
        return "partial"  # the reader took another line for the name on one of them
    return level


def _printed_on(names: Features, other: Features) -> bool:
    """Whether a name of one card is a line of the other."""
    return any(len(text := "".join(form.words)) >= 6 and text in other.lines for form in names.names)


def _mail_slip(first: Features, second: Features) -> bool:
    """Whether two mailboxes may be one, misread by a letter; never where each fits the name on its own card."""
    return any(
        a.partition("@")[2] == b.partition("@")[2] and min(len(a), len(b)) >= 10 and Levenshtein.distance(a, b) == 1
        and not (a[:1] != b[:1] or any(c.isdigit() for c in {*a} ^ {*b}))
        for a in first.own_mails for b in second.own_mails
    )  # fmt: skip


def _is_named(mail: str, features: Features) -> bool:
    """Whether a mailbox has a given name written out, which parts a person from their family."""
    local = letters(mail.partition("@")[0])
    told = [form.words for form in features.names if form.script == "latin" and len(form.words) > 1]
    return any(len(word) >= 3 and word in local for name in told for word in name[:-1])


def _name_reason(level: Level, one: Contact, two: Contact) -> KinReason | None:
    first, second = (contact.name.full if contact.name else "" for contact in (one, two))
    if level == "unknown":
        return KinReason("name", f"{first} and {second} are written in two scripts") if first and second else None
    said = {
        "same": f"the same name, {first}" + (f", here {second}" if second != first else ""),
        "slip": f"{first} and {second} differ by no more than a misread letter",
        "partial": f"{first} and {second} do not rule each other out",
        "conflict": f"{first} and {second} are two names",
    }
    return KinReason("name", said[level], agrees=level != "conflict")


def _firm_reason(
    firm: bool | None, by_name: bool, one: Contact, two: Contact, domains: Collection[str]
) -> KinReason | None:
    if firm is None:
        return None
    first, second = (contact.organizations[0].value if contact.organizations else "" for contact in (one, two))
    if firm and by_name:
        return KinReason("organization", f"the same organisation, {first}")
    if firm:
        return KinReason("domain", f"the same web domain, {', '.join(sorted(domains)) or 'but for a letter'}")
    return KinReason("organization", f"another organisation: {first or 'none'}, {second or 'none'}", agrees=False)


def _printed(contact: Contact, key: str) -> str:
    """A number as the card has it, found again by its last digits."""
    for phone in contact.phones:
        text = phone.value or phone.raw
        if "".join(c for c in text if c.isdigit()).endswith(key):
            return text
    return key
