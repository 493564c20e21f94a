"""What a person typed becomes a value: checked as far as it can be, and sure from then on."""

from __future__ import annotations

from dataclasses import replace

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from cardscan.errors import InputError
from cardscan.parse import names
from cardscan.record import Address, Email, Name, Organization, Phone, PhoneType, Social, Title, Url, Value
from cardscan.review.entries import Kind

RULE = "review"
PHONE_TYPES: tuple[PhoneType, ...] = ("work", "mobile", "fax", "home", "other")


def read_typed(kind: Kind, text: str, old: Value | None = None, region: str | None = None) -> Value:
    """Make a value of a kind from one typed line; what the old value knew besides its text stays.

    Args:
        kind: The field.
        text: What was typed. A phone may begin with its type (`mobile +49 …`), a profile with its network.
        old: The value that is replaced, of the same kind.
        region: ISO country that reads a phone number without a prefix.

    Raises:
        InputError: The text cannot be a value of that kind; the message says why.
    """
    text = " ".join(text.split())
    if not text:
        raise InputError("nothing was typed", kind="invalid-record")
    lines = old.lines if old else ()
    match kind:
        case "name":
            also = old.also if isinstance(old, Name) else ()
            reading = names.read_name(text)
            held_name = reading.name if reading else Name(text)
            return replace(held_name, full=text, also=also, confidence=1.0, lines=lines, rule=RULE)
        case "title":
            return Title(text, 1.0, lines, rule=RULE)
        case "organization":
            held = old if isinstance(old, Organization) else Organization(text)
            return replace(held, value=text, confidence=1.0, lines=lines, rule=RULE)
        case "phone":
            return _phone(text, old if isinstance(old, Phone) else None, region)
        case "email":
            try:
                value = validate_email(text, check_deliverability=False).normalized
            except EmailNotValidError as error:
                raise InputError(f"not a mail address: {error}", kind="invalid-record") from error
            return Email(value, 1.0, lines, rule=RULE)
        case "url":
            return Url(text if "://" in text else f"https://{text}", 1.0, lines, rule=RULE)
        case "address":
            country = old.country_code if isinstance(old, Address) else None
            return Address(text, country_code=country, confidence=1.0, lines=lines, rule=RULE)
        case "social":
            return _social(text, old if isinstance(old, Social) else None)


def _phone(text: str, old: Phone | None, region: str | None) -> Phone:
    kind: PhoneType = old.type if old else "other"
    word, _, rest = text.partition(" ")
    typed = next((each for each in PHONE_TYPES if each == word.lower().rstrip(":")), None)
    if typed and rest:
        kind, text = typed, rest
    if region is None and old and old.value:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(old.value))
    lines, preferred = (old.lines, old.preferred) if old else ((), False)
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as error:
        if sum(char.isdigit() for char in text) < 3:
            raise InputError("not a phone number: too few digits", kind="invalid-record") from error
        # A local number of an unknown country is still what stands on the card.
        return Phone(None, text, type=kind, confidence=1.0, lines=lines, rule=RULE, preferred=preferred)
    extension, number.extension = number.extension, None
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    valid = phonenumbers.is_valid_number(number)
    return Phone(value, text, extension, kind, valid, 1.0, lines, RULE, preferred)


def _social(text: str, old: Social | None) -> Social:
    network, _, handle = text.partition(" ")
    if not handle:
        if old is None:
            raise InputError("type the network and the handle, e.g. linkedin jane-doe", kind="invalid-record")
        network, handle = old.network, text
    url = old.url.replace(old.handle, handle) if old and old.url and old.network == network else None
    return Social(network.lower(), handle, url, 1.0, old.lines if old else (), RULE)
