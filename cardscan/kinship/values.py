"""The values of several contacts as one contact's: each value once, in its best reading, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Any, Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from cardscan.kinship.evidence import addresses_alike, firms_alike
from cardscan.kinship.features import firm_key, number_key
from cardscan.kinship.names import compare_names, forms_of
from cardscan.parse.agreement import name_fit
from cardscan.parse.hosts import mail_providers
from cardscan.parse.vocabulary import is_cjk, letters, words
from cardscan.record import Contact, Email, KinKind, Name, Note, Organization, Other, Phone

_ALIKE: Final = 85
"""Percent of letters in common from which two notes, or two readings of one address, are the same."""
_MOST: Final = 60
"""Values of one field in a merged contact."""


def merged_contact(contacts: Sequence[Contact], kinds: Sequence[KinKind | None]) -> Contact:
    """One contact of several of the same meeting, those to be believed first.

    Args:
        contacts: The best first.
        kinds: What each card is to the one that stands for the contact. Another photo of a card reads each value
            again, so that a near-equal value is the same one; another side may hold a near-equal one of its own.
    """
    merged = Contact()
    for contact, kind in zip(contacts, kinds, strict=True):
        merged = _added(merged, contact, is_reading=kind != "side")
    return merged


def former(current: Contact, earlier: Contact) -> Contact:
    """The contact of the last meeting with what an earlier card adds.

    When the firm changed since, what belongs to the old one (post, mailbox, desk, address) is former; a mobile number,
    a private mailbox and a profile go with the person.
    """
    if not _changed_firm(current, earlier):
        return _added(current, earlier, is_reading=False)
    left = {
        "former-organization": [organization.value for organization in earlier.organizations],
        "former-title": [title.value for title in earlier.titles],
        "former-email": [mail.value for mail in earlier.emails if not _is_private(mail)],
        "former-phone": [phone.value or phone.raw for phone in earlier.phones if not _goes_along(phone)],
        "former-url": [url.value for url in earlier.urls],
        "former-address": [address.full for address in earlier.addresses],
    }
    held = {each.value for each in current.other} | {each.value for each in current.emails}
    told = tuple(
        Other(value, role) for role, values in left.items() for value in dict.fromkeys(values) if value not in held
    )
    kept = replace(
        earlier,
        titles=(),
        organizations=(),
        phones=tuple(phone for phone in earlier.phones if _goes_along(phone)),
        emails=tuple(mail for mail in earlier.emails if _is_private(mail)),
        urls=(),
        addresses=(),
    )
    added = _added(current, kept, is_reading=False)
    return replace(added, other=(*added.other, *told)[:_MOST])


def merged_notes(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Each note once, in the order given; of two readings of one pen note the surer."""
    found: list[Note] = []
    for note in notes:
        text = letters(note.text[:2000])
        same = next((place for place, other in enumerate(found) if _one_note(text, letters(other.text[:2000]))), None)
        if same is None:
            found.append(note)
        elif note.confidence > found[same].confidence:
            found[same] = note
    return tuple(found[:_MOST])


def _one_note(a: str, b: str) -> bool:
    if not a or not b:
        return a == b
    return a == b or (min(len(a), len(b)) >= 8 and fuzz.ratio(a, b, score_cutoff=_ALIKE) > 0)


def _added(held: Contact, more: Contact, *, is_reading: bool) -> Contact:
    name = _one_name(held, more)
    return Contact(
        name=name,
        titles=_united(held.titles, more.titles, lambda title: letters(title.value), _nearly if is_reading else None),
        organizations=_organizations(held.organizations, more.organizations),
        phones=_phones(held.phones, more.phones),
        emails=_emails(held.emails, more.emails, name),
        urls=_united(held.urls, more.urls, lambda url: re.sub(r"^https?://(www\.)?|/+$", "", url.value.lower())),
        addresses=_united(held.addresses, more.addresses, lambda one: words(one.full[:300]), addresses_alike),
        social=_united(held.social, more.social, lambda one: (one.network, letters(one.handle))),
        other=_united(held.other, more.other, lambda one: letters(one.value), _nearly if is_reading else None),
    )


def _united(
    held: Sequence[Any], more: Sequence[Any], key: Callable[[Any], Any], alike: Callable[[Any, Any], bool] | None = None
) -> tuple[Any, ...]:
    """Values of both, each once; of two that are the same the surer, in the place of the first."""
    found = list(held)
    keys: list[Hashable] = [key(value) for value in held]
    for value in more:
        mine = key(value)
        same = next((i for i, other in enumerate(keys) if other == mine or (alike and alike(other, mine))), None)
        if same is None:
            found.append(value)
            keys.append(mine)
        elif getattr(value, "confidence", 1.0) > getattr(found[same], "confidence", 1.0):
            found[same] = value
    return tuple(found[:_MOST])


def _nearly(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= 8 and fuzz.ratio(a, b) >= _ALIKE


def _one_name(held: Contact, more: Contact) -> Name | None:
    """The first name, with other printed forms of it; of two that differ by a misread letter, the one the mail has."""
    mine, other = held.name, more.name
    if mine is None or other is None:
        return mine or other
    level = compare_names(forms_of(mine), forms_of(other))
    if level == "slip" and _told_by_mail(other, (held, more)) > _told_by_mail(mine, (held, more)):
        mine, other = other, mine
    also = list(mine.also)
    for text in (other.full, *other.also):
        known = [letters(each) for each in (mine.full, *also)]
        misread = level == "slip" and is_cjk(text) == is_cjk(mine.full)
        if letters(text) not in known and not misread:
            also.append(text)
    return replace(mine, also=tuple(also[:8]))


def _told_by_mail(name: Name, contacts: Sequence[Contact]) -> tuple[float, float]:
    boxes = [mail.value.partition("@")[0] for contact in contacts for mail in contact.emails]
    fit = max((name_fit(form.words, boxes) for form in forms_of(name)), default=0.0)
    return (fit, name.confidence)


def _organizations(held: Sequence[Organization], more: Sequence[Organization]) -> tuple[Organization, ...]:
    """Organisations of both; another form of one (a logo, another script) stands in its `also`."""
    found = list(held)
    for each in more:
        key = firm_key(each.value)
        same = next((i for i, other in enumerate(found) if firms_alike((firm_key(other.value),), (key,))), None)
        if same is None and len(found) == len(more) == 1 and is_cjk(found[0].value) != is_cjk(each.value):
            same = 0
        if same is None:
            found.append(each)
            continue
        known = {letters(text) for text in (found[same].value, *found[same].also)}
        more_forms = tuple(text for text in (each.value, *each.also) if letters(text) not in known)
        department = found[same].department or each.department
        found[same] = replace(found[same], also=(*found[same].also, *more_forms)[:8], department=department)
    return tuple(found[:_MOST])


def _phones(held: Sequence[Phone], more: Sequence[Phone]) -> tuple[Phone, ...]:
    """Numbers of both; of two forms of one number the whole one, with what either says of it."""
    found = list(held)
    for each in more:
        key = number_key(each)
        same = next(
            (
                i for i, other in enumerate(found)
                if key and number_key(other) == key
                and (not each.extension or not other.extension or each.extension == other.extension)
                and (each.type == "fax") == (other.type == "fax")
            ),
            None,
        )  # fmt: skip
        if same is None:
            found.append(each)
            continue
        other = found[same]
        better, worse = (
            (each, other) if (each.valid, each.confidence) > (other.valid, other.confidence) else (other, each)
        )
        kind = better.type if better.type != "other" else worse.type
        found[same] = replace(
            better,
            type=kind,
            extension=better.extension or worse.extension,
            preferred=better.preferred or worse.preferred,
        )
    return tuple(found[:_MOST])


def _emails(held: Sequence[Email], more: Sequence[Email], name: Name | None) -> tuple[Email, ...]:
    """Mail addresses of both; of two that differ by a misread letter, the one that fits the name or was read better."""
    told = [form.words for form in forms_of(name)]

    def trust(mail: Email) -> tuple[float, int, float]:
        local = mail.value.partition("@")[0]
        fit = max((name_fit(form, [local]) for form in told), default=0.0)
        return (fit, sum(word in words(local) for form in told for word in form), mail.confidence)

    slips = [(other, mine) for mine in held for other in more if _is_mail_slip(mine.value.lower(), other.value.lower())]
    misread = {min(pair, key=trust).value for pair in slips}
    united = _united(held, more, lambda mail: mail.value.casefold())
    return tuple(mail for mail in united if mail.value not in misread)


def _is_mail_slip(a: str, b: str) -> bool:
    """Whether two addresses differ by one letter and no digit, and not in their top-level domain."""
    digits = {c for c in a if c.isdigit()} ^ {c for c in b if c.isdigit()}
    if digits or min(len(a), len(b)) < 10 or a.rpartition(".")[2] != b.rpartition(".")[2]:
        return False
    return Levenshtein.distance(a, b, score_cutoff=1) == 1


def _changed_firm(current: Contact, earlier: Contact) -> bool:
    firms = [tuple(firm_key(each.value) for each in contact.organizations) for contact in (current, earlier)]
    hosts = [
        {mail.value.lower().rpartition("@")[2] for mail in contact.emails} - mail_providers()
        for contact in (current, earlier)
    ]
    if hosts[0] & hosts[1]:
        return False
    return firms_alike(*firms) is False or (not all(firms) and all(hosts))


def _is_private(mail: Email) -> bool:
    return mail.value.lower().rpartition("@")[2] in mail_providers()


def _goes_along(phone: Phone) -> bool:
    return phone.type in ("mobile", "home")
