"""A contact read from print and the one its code holds, made one: each checks the other.

Where both say the same, confidence rises; where they differ by a letter or a digit, the code's spelling wins, for a
code is read exactly or not at all; what only the code has is added. Print that differs outright stays: codes outlive
a change of job less often than the card they are printed on, but they also point to firms rather than persons.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from cardscan.parse.folding import plain
from cardscan.parse.hosts import glyphs, registrable
from cardscan.record import Address, Contact, Email, Name, Organization, Phone, Social, Title, Url

V = TypeVar("V", Title, Organization, Phone, Email, Url, Address, Social)

_AGREED = 0.995
_CORRECTED = 0.98
_DOUBTFUL = 0.5
_MEDIATORS = frozenset(  # hosts of codes that lead elsewhere: no address of the person's
    ("qr.page", "qrco.de", "bit.ly", "tinyurl.com", "t.co", "goo.gl", "qr-code-generator.com", "me-qr.com", "qrfy.com",
     "u.wechat.com", "weixin.qq.com", "hihello.me", "hihello.com", "popl.co", "linqapp.com", "blinq.me", "page.link",
     "scan.page", "q-r.to", "flowcode.com", "flow.page", "kaywa.me", "delivr.com", "scan.me", "qrs.ly", "zxing.org")
)  # fmt: skip


def merge_payload(printed: Contact, code: Contact) -> Contact:
    """The contact of a card whose code was read too; values of print come first, in their order."""
    return Contact(
        name=_merged_name(printed.name, code.name),
        titles=_merged(printed.titles, code.titles, _same_words, _like_words, fill_only=True),
        organizations=_merged(printed.organizations, code.organizations, _same_words, _like_words, fill_only=True),
        phones=_merged_phones(printed.phones, code.phones),
        emails=_merged(printed.emails, code.emails, _same_email, _like_email),
        urls=_merged(printed.urls, _own_urls(printed, code), _same_url, _never, fill_only=_only_links(code)),
        addresses=_merged(printed.addresses, code.addresses, _same_address, _never, fill_only=True),
        social=_merged(printed.social, code.social, _same_social, _never),
        other=(*printed.other, *(item for item in code.other if item not in printed.other)),
    )


def _merged(
    printed: Sequence[V],
    code: Sequence[V],
    same: Callable[[V, V], bool],
    like: Callable[[V, V], bool],
    *,
    fill_only: bool = False,
) -> tuple[V, ...]:
    result = list(printed)
    for value in code:
        agreeing = next((i for i, other in enumerate(result) if same(other, value)), None)
        alike = next((i for i, other in enumerate(result) if like(other, value)), None)
        if agreeing is not None:
            result[agreeing] = _agreed(result[agreeing])
        elif alike is not None:
            result[alike] = _respelled(result[alike], value)
        elif not fill_only or not printed:
            result.append(value)
    return tuple(result)


def _agreed(value: V) -> V:
    return replace(value, confidence=max(value.confidence, _AGREED), rule=f"{value.rule or 'print'}+code:agrees")


def _respelled(printed: V, code: V) -> V:
    rule = f"{printed.rule or 'print'}+code:spelling"
    confidence = max(printed.confidence, _CORRECTED)
    return replace(code, confidence=confidence, lines=printed.lines, rule=rule)


def _never(_: object, __: object) -> bool:
    return False


def _squash(text: str) -> str:
    return "".join(c for c in plain(text) if c.isalnum())


def _text(value: Title | Organization) -> str:
    return value.value


def _same_words(a: Title | Organization, b: Title | Organization) -> bool:
    return _squash(_text(a)) == _squash(_text(b))


def _like_words(a: Title | Organization, b: Title | Organization) -> bool:
    one, other = _squash(_text(a)), _squash(_text(b))
    return min(len(one), len(other)) >= 4 and fuzz.ratio(one, other) >= 88


def _same_email(a: Email, b: Email) -> bool:
    return a.value.lower() == b.value.lower()


def _like_email(a: Email, b: Email) -> bool:
    one, other = a.value.lower(), b.value.lower()
    return glyphs(one) == glyphs(other) or Levenshtein.distance(one, other, score_cutoff=1) <= 1


def _same_url(a: Url, b: Url) -> bool:
    def key(url: str) -> str:
        return url.split("://", 1)[-1].removeprefix("www.").rstrip("/").lower()

    return key(a.value) == key(b.value)


def _own_urls(printed: Contact, code: Contact) -> tuple[Url, ...]:
    def host(url: Url) -> str:
        return url.value.split("://", 1)[-1].split("/", 1)[0].lower().removeprefix("www.")

    return tuple(url for url in code.urls if host(url) not in _MEDIATORS and registrable(host(url)) not in _MEDIATORS)


def _only_links(code: Contact) -> bool:
    """A code that is but a link says less about the person than a printed address does."""
    return code.name is None and not code.emails and not code.phones


def _same_address(a: Address, b: Address) -> bool:
    return fuzz.token_set_ratio(plain(a.full), plain(b.full)) >= 90


def _same_social(a: Social, b: Social) -> bool:
    return a.handle.lower() == b.handle.lower() and (a.network == b.network or "other" in (a.network, b.network))


def _merged_name(printed: Name | None, code: Name | None) -> Name | None:
    if printed is None or code is None:
        return printed or code
    one, other = sorted(plain(printed.full).split()), sorted(plain(code.full).split())
    rule = printed.rule or "print"
    parts = {
        key: getattr(code, key) or getattr(printed, key)
        for key in ("prefix", "given", "additional", "family", "suffix")
    }
    if one == other or _squash(printed.full) == _squash(code.full):
        return replace(printed, **parts, confidence=max(printed.confidence, _AGREED), rule=f"{rule}+code:agrees")
    if fuzz.token_sort_ratio(plain(printed.full), plain(code.full)) >= 85 or set(other) < set(one):
        full = printed.full if set(other) < set(one) else code.full
        confidence = max(printed.confidence, _CORRECTED)
        return replace(printed, **parts, full=full, confidence=confidence, rule=f"{rule}+code:spelling")
    if printed.confidence < _DOUBTFUL:
        return replace(code, also=(printed.full, *printed.also))
    other_script = code.full.isascii() != printed.full.isascii() and code.full not in printed.also
    return replace(printed, also=(*printed.also, code.full)) if other_script else printed


def _digits(phone: Phone) -> str:
    return "".join(c for c in (phone.value or phone.raw) if c.isdigit())


def _merged_phones(printed: Sequence[Phone], code: Sequence[Phone]) -> tuple[Phone, ...]:
    result = list(printed)
    for value in code:
        target = _digits(value)
        index = next((i for i, other in enumerate(result) if _same_number(_digits(other), target)), None)
        if index is not None:
            other = result[index]
            result[index] = replace(
                _agreed(other), value=other.value or value.value, valid=other.valid or value.valid,
                type=value.type if other.type == "other" else other.type, extension=other.extension or value.extension,
            )  # fmt: skip
            continue
        index = next((i for i, other in enumerate(result) if _one_digit_off(_digits(other), target)), None)
        if index is not None and not result[index].valid:
            result[index] = replace(_respelled(result[index], value), type=result[index].type, raw=result[index].raw)
        elif index is None or value.valid:
            result.append(value)
    return tuple(result)


def _same_number(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 7:
        return one == other
    return one.lstrip("0")[-9:] == other.lstrip("0")[-9:] or (len(one) < 9 and other.endswith(one))


def _one_digit_off(one: str, other: str) -> bool:
    length = min(len(one), len(other), 10)
    return length >= 7 and Levenshtein.distance(one[-length:], other[-length:], score_cutoff=1) <= 1
