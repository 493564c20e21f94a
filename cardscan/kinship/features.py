"""What of a card can be compared with another's: values brought to one form, and which of them are one person's own.

A mailbox such as info@ or the number of the switchboard stands on the cards of all colleagues: it tells of the firm,
never of a person. So does any value that stands on the cards of two people whose names cannot be one person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from cardscan.kinship.names import NameForm, compare_names, forms_of
from cardscan.parse.agreement import FUNCTION_BOXES, name_fit
from cardscan.parse.hosts import mail_providers, owner, registrable
from cardscan.parse.organizations import legal_form
from cardscan.parse.vocabulary import letters, words
from cardscan.record import Address, Card, Contact, Phone

_MOST = 12
"""Values of one field that are looked at: a hostile card may hold thousands."""
_LONGEST = 300
_MOST_LINES = 60
_FITS = 0.6
"""How well a mailbox must agree with a name to be that person's own (`parse.agreement`)."""


@dataclass(frozen=True, slots=True)
class Features:
    """The comparable values of one card; texts are folded letters and digits, numbers their last eight digits.

    Attributes:
        own_mails: Mail addresses that are one person's, as far as the card itself tells.
        boxes: Those of a body: info@, the firm's name, a surname that a family shares.
        domains: Registrable domains of mails and web addresses, public mail providers left out.
        mobiles: Numbers carried by a person; `desks` those with an extension, as number and extension.
        numbers: All numbers but fax; `faxes` those.
        firms: Organisations without their legal form.
        lines: The printed lines, the longest of a card's texts for telling photographs of one card.
    """

    id: str
    names: tuple[NameForm, ...]
    own_mails: frozenset[str]
    boxes: frozenset[str]
    domains: frozenset[str]
    mobiles: frozenset[str]
    desks: frozenset[tuple[str, str]]
    numbers: frozenset[str]
    faxes: frozenset[str]
    profiles: frozenset[tuple[str, str]]
    firms: tuple[str, ...]
    titles: tuple[str, ...]
    addresses: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...]

    @property
    def is_mute(self) -> bool:
        """Whether it tells of nobody and no way to reach anybody; an organisation alone may be a slogan."""
        told = (self.names, self.own_mails, self.boxes, self.domains, self.numbers, self.faxes, self.addresses)
        return not any(told) and not self.profiles


def features_of(card: Card) -> Features:
    """The features of one card; a photo without a card has none."""
    contact = card.contact or Contact()
    names = forms_of(contact.name)
    firms = tuple(
        dict.fromkeys(
            firm for each in contact.organizations[:_MOST] for text in (each.value, *each.also[:5])
            if (firm := firm_key(text))
        )
    )  # fmt: skip
    mails = frozenset(each.value.lower()[:_LONGEST] for each in contact.emails[:_MOST] if "@" in each.value)
    own = frozenset(mail for mail in mails if _is_own(mail, names, firms))
    phones = [(phone, key) for phone in contact.phones[:_MOST] if (key := number_key(phone))]
    profiles = ((each.network.lower(), letters(each.handle[:_LONGEST])) for each in contact.social[:_MOST])
    return Features(
        id=card.id,
        names=names,
        own_mails=own,
        boxes=mails - own,
        domains=frozenset(_domains(contact)),
        mobiles=frozenset(key for phone, key in phones if phone.type != "fax" and _is_mobile(phone)),
        desks=frozenset((key, phone.extension) for phone, key in phones if phone.extension and phone.type != "fax"),
        numbers=frozenset(key for phone, key in phones if phone.type != "fax"),
        faxes=frozenset(key for phone, key in phones if phone.type == "fax"),
        profiles=frozenset(pair for pair in profiles if pair[1] and not _names_firm(pair[1], firms)),
        firms=firms,
        titles=tuple(filter(None, (letters(each.value[:_LONGEST]) for each in contact.titles[:_MOST]))),
        addresses=tuple(filter(None, (_address(each) for each in contact.addresses[:_MOST]))),
        lines=_lines(card),
    )


def shared_values(cards: Iterable[Features]) -> frozenset[str]:
    """Mail addresses and numbers that stand on cards of two people, whose names cannot be one person's."""
    holders: dict[str, list[Features]] = {}
    for each in cards:
        for value in each.own_mails | each.mobiles:
            holders.setdefault(value, []).append(each)
    return frozenset(value for value, held in holders.items() if len(held) > 1 and _held_by_two(value, held))


def _held_by_two(value: str, held: Sequence[Features]) -> bool:
    named = list({each.names: each for each in held if each.names}.values())[:50]
    if len(named) < 2:
        return False
    if "@" in value and any(name_fit(form.words, [value.partition("@")[0]]) >= 0.9 for form in named[0].names[:3]):
        return False  # the mailbox itself says whose it is; another name on it was misread
    return any(compare_names(named[0].names, other.names) == "conflict" for other in named[1:])


def _is_own(mail: str, names: Sequence[NameForm], firms: Sequence[str]) -> bool:
    """Whether a mailbox is one person's: it agrees with the name, or is at least not the box of a body or a family."""
    local, _, host = mail.rpartition("@")
    parts = words(re.sub(r"[\d._+-]+", " ", local))
    if not parts or set(parts) & FUNCTION_BOXES or letters(local) == letters(owner(host)) or _names_firm(local, firms):
        return False
    told = [form for form in names if form.script == "latin" and len(form.words) > 1]
    if not told:
        return True
    if any(len(parts) == 1 and parts[0] == form.words[-1] for form in told):
        return False  # doe@ may be the family's
    return any(name_fit(form.words, [local]) >= _FITS for form in told) or host in mail_providers()


def _names_firm(text: str, firms: Sequence[str]) -> bool:
    plain = letters(text)
    return any(plain == firm or (len(plain) >= 5 and (plain in firm or firm in plain)) for firm in firms)


def _domains(contact: Contact) -> Iterable[str]:
    hosts = [each.value.rpartition("@")[2] for each in contact.emails[:_MOST]]
    hosts += [re.sub(r"^[a-z]{1,9}://", "", each.value.lower()[:_LONGEST]) for each in contact.urls[:_MOST]]
    for host in hosts:
        bare = re.split(r"[/:?#]", host.lower(), maxsplit=1)[0].removeprefix("www.")
        if "." in bare and bare not in mail_providers():
            yield registrable(bare)


@lru_cache(maxsize=16384)
def firm_key(text: str) -> str:
    """The letters of an organisation's name without its legal form."""
    text = text[:_LONGEST]
    form = legal_form(text)
    return letters(text[: form[0]] + text[form[1] :]) or letters(text) if form else letters(text)


def number_key(phone: Phone) -> str:
    """The last eight digits of a number, which national and international forms share; empty for too short a one."""
    digits = re.sub(r"\D", "", (phone.value or phone.raw)[:40])
    return digits[-8:] if len(digits) >= 7 else ""


def _is_mobile(phone: Phone) -> bool:
    return phone.type == "mobile" or (phone.type in ("other", "home") and _carried(phone.value or ""))


@lru_cache(maxsize=16384)
def _carried(number: str) -> bool:
    try:
        return phonenumbers.number_type(phonenumbers.parse(number)) == phonenumbers.PhoneNumberType.MOBILE
    except phonenumbers.NumberParseException:
        return False


def _address(address: Address) -> tuple[str, ...]:
    """The words of an address in order, for comparing with another form of it."""
    return words(address.full[:_LONGEST])[:30]


def _lines(card: Card) -> tuple[str, ...]:
    found = (letters(line.text[:_LONGEST]) for line in card.lines[:_MOST_LINES] if line.source != "handwriting")
    return tuple(dict.fromkeys(line for line in found if len(line) >= 3))


def features_by_id(cards: Iterable[Card]) -> Mapping[str, Features]:
    """The features of many cards."""
    return {card.id: features_of(card) for card in cards}
