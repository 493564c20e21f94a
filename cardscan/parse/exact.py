"""The exact finders in their order, each leaving alone what one before it took.

Mails, then web addresses, social profiles, registration numbers; then phones, which need to know the country: from
addresses, country domains, and the option.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import phonenumbers

from cardscan.options import ParseOptions
from cardscan.parse.addresses import address_numbers, country_hints
from cardscan.parse.email_locals import local_forms
from cardscan.parse.email_repair import refine_emails
from cardscan.parse.emails import find_emails
from cardscan.parse.finding import Context, Found, PhoneContext, Span, consumed_by, remainder
from cardscan.parse.folding import fold
from cardscan.parse.hosts import is_host, mail_providers, registrable
from cardscan.parse.lost_sign import lost_signs
from cardscan.parse.misread import doubted, with_alternatives
from cardscan.parse.organizations import legal_form
from cardscan.parse.phones import find_phones
from cardscan.parse.registration import find_registrations, numbered_places
from cardscan.parse.social import find_social
from cardscan.parse.spaced import LONGEST_LINE
from cardscan.parse.struck import without_struck
from cardscan.parse.urls import find_urls, host_of, refine_urls
from cardscan.record import Doubt, Email, Other, Phone, Social, Strike, TextLine, Url

_ANNOUNCED = re.compile(r"(?:www\.|https?:?//)((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24})")
# Country domains that are sold to the whole world.
_GENERIC_COUNTRY_DOMAINS = frozenset(
    {"co", "io", "me", "tv", "ai", "cc", "fm", "ly", "ws", "to", "gg", "sh", "biz", "eu"}
)


@dataclass(frozen=True, slots=True)
class Exact:
    """What the exact finders found; `hosts` are those of mails and web addresses, `regions` ISO countries by rank.

    `struck` are numbers that a pen crossed out.
    """

    emails: tuple[Found[Email], ...]
    urls: tuple[Found[Url], ...]
    social: tuple[Found[Social], ...]
    registrations: tuple[Found[Other], ...]
    phones: tuple[Found[Phone], ...]
    struck: tuple[Found[Other], ...]
    hosts: tuple[str, ...]
    regions: tuple[str, ...]

    @property
    def taken(self) -> tuple[Span, ...]:
        """Every character that is spoken for."""
        return tuple(
            sorted(
                {
                    *consumed_by(self.emails),
                    *consumed_by(self.urls),
                    *consumed_by(self.social),
                    *consumed_by(self.registrations),
                    *consumed_by(self.phones),
                    *consumed_by(self.struck),
                }
            )
        )


def find_exact(lines: Sequence[TextLine], options: ParseOptions, strikes: Sequence[Strike] = ()) -> Exact:
    """Run the exact finders over the printed lines of a page; `strikes` cross numbers out."""
    emails = tuple(find_emails(lines, Context(domains=_announced(lines))))
    taken = consumed_by(emails)
    mail_hosts = tuple(dict.fromkeys(item.value.value.rsplit("@", 1)[-1].lower() for item in emails))
    own_hosts = tuple(host for host in mail_hosts if host not in mail_providers())
    urls = tuple(find_urls(lines, Context(taken, own_hosts)))
    taken = (*taken, *consumed_by(urls))
    url_hosts = tuple(dict.fromkeys(host_of(item.value.value).lower() for item in urls))
    domains = tuple(dict.fromkeys((*own_hosts, *url_hosts)))
    places = address_numbers(remainder(lines, taken))
    social = tuple(find_social(lines, Context((*taken, *places), domains)))
    taken = (*taken, *consumed_by(social))
    registrations = tuple(find_registrations(lines, Context(taken, domains)))
    taken = (*taken, *consumed_by(registrations))
    regions = _regions(remainder(lines, taken), (*url_hosts, *mail_hosts), options)
    rooms = (*numbered_places(lines, Context(taken, domains)), *places)
    phones, struck = without_struck(find_phones(lines, PhoneContext((*taken, *rooms), regions)), lines, strikes)
    return Exact(emails, urls, social, registrations, phones, struck, (*mail_hosts, *url_hosts), regions)


def _announced(lines: Sequence[TextLine]) -> tuple[str, ...]:
    """Hosts that "www." or a scheme announces, as they are read: they tell a misread mail address."""
    found = (match[1] for line in lines for match in _ANNOUNCED.finditer(fold(line.text[:LONGEST_LINE]).lower()))
    return tuple(dict.fromkeys(host for host in found if is_host(host)))[:8]


def refined(
    exact: Exact,
    lines: Sequence[TextLine],
    names: Sequence[str],
    organizations: Sequence[str],
    doubts: Sequence[Doubt] = (),
) -> Exact:
    """Mail and web addresses set against each other and against what the card names: misread letters put right.

    What the engine hesitated at (`doubts`) and nothing on the card confirms makes a value less sure.
    """
    read = [registrable(item.value.value.rsplit("@", 1)[-1].lower()) for item in exact.emails]
    mails, pages = lost_signs(exact.urls, names, read)
    web_hosts = [host_of(item.value.value) for item in pages]
    whole = refine_emails([*exact.emails, *mails], names, web_hosts, organizations, lines)
    emails = with_alternatives(whole, doubts, names)
    mail_hosts = [registrable(item.value.value.rsplit("@", 1)[-1].lower()) for item in emails]
    urls = refine_urls(pages, mail_hosts, organizations)
    web_hosts = [registrable(host_of(item.value.value).lower()) for item in urls]
    known = {form for name in names for form in local_forms(name)}
    sure = {
        item.value.value
        for item, host in zip(emails, mail_hosts, strict=True)
        if host in {*web_hosts, *mail_providers()} and item.value.value.rpartition("@")[0].lower() in known
    } | {item.value.value for item, host in zip(urls, web_hosts, strict=True) if host in mail_hosts}
    return replace(
        exact,
        emails=doubted(emails, doubts, sure),
        urls=doubted(urls, doubts, sure),
        phones=doubted(exact.phones, doubts, digits=True),
    )


def phone_countries(phones: Sequence[Phone]) -> tuple[str, ...]:
    """ISO countries of the numbers printed with their prefix, in order."""
    found: dict[str, None] = {}
    for phone in phones:
        if phone.value and "+" in phone.raw:
            number = phonenumbers.parse(phone.value)
            country = phonenumbers.region_code_for_number(number)
            if country:
                found[country] = None
    return tuple(found)


def _regions(texts: Sequence[str], hosts: Sequence[str], options: ParseOptions) -> tuple[str, ...]:
    """Countries by rank: printed in addresses, of the hosts' domains, as the option says, of the legal form."""
    ranked = list(country_hints(texts))
    domains = []
    for host in hosts:
        ending = host.rsplit(".", 1)[-1]
        if len(ending) == 2 and ending not in _GENERIC_COUNTRY_DOMAINS and ending.isascii():
            domains.append("GB" if ending == "uk" else ending.upper())
    if domains and ranked and domains[0] in ranked:
        ranked.remove(domains[0])
        ranked.insert(0, domains[0])
    ranked += domains
    if options.region:
        ranked.append(options.region.upper())
    for text in texts:
        form = legal_form(text.strip())
        if form is not None and len(form[2]) == 1:
            ranked.append(form[2][0])
    return tuple(dict.fromkeys(ranked))
