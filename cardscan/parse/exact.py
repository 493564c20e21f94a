"""The exact finders in their order, each leaving alone what one before it took.

Mails, then web addresses, social profiles, registration numbers; then phones, which need to know the country: from
addresses, country domains, and the option.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import phonenumbers

from cardscan.options import ParseOptions
from cardscan.parse.addresses import address_numbers, country_hints
from cardscan.parse.email_repair import refine_emails
from cardscan.parse.emails import find_emails
from cardscan.parse.finding import Context, Found, PhoneContext, Span, consumed_by, remainder
from cardscan.parse.hosts import mail_providers
from cardscan.parse.organizations import legal_form
from cardscan.parse.phones import find_phones
from cardscan.parse.registration import find_registrations, numbered_places
from cardscan.parse.social import find_social
from cardscan.parse.struck import without_struck
from cardscan.parse.urls import find_urls, host_of, refine_urls
from cardscan.record import Email, Other, Phone, Social, Strike, TextLine, Url

# Country domains that are sold to the whole world.
_GENERIC_COUNTRY_DOMAINS = frozenset(
    {"co", "io", "me", "tv", "ai", "cc", "fm", "ly", "ws", "to", "gg", "sh", "biz", "eu"}
)


@dataclass(frozen=True, slots=True)
class Exact:
    """What the exact finders found; `hosts` are those of mails and web addresses, `regions` ISO countries by rank.

    `struck` are mails and numbers that a pen crossed out.
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
    """Run the exact finders over the printed lines of a page; `strikes` cross numbers and mails out."""
    emails, struck_emails = without_struck(find_emails(lines), lines, strikes)
    taken = (*consumed_by(emails), *consumed_by(struck_emails))
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
    phones, struck_phones = without_struck(find_phones(lines, PhoneContext((*taken, *rooms), regions)), lines, strikes)
    struck = (*struck_emails, *struck_phones)
    return Exact(emails, urls, social, registrations, phones, struck, (*mail_hosts, *url_hosts), regions)


def refined(exact: Exact, names: Sequence[str], organizations: Sequence[str]) -> Exact:
    """Mail and web addresses set against each other and against what the card names: misread letters put right."""
    web_hosts = [host_of(item.value.value) for item in exact.urls]
    emails = tuple(refine_emails(exact.emails, names, web_hosts, organizations))
    mail_hosts = [item.value.value.rsplit("@", 1)[-1] for item in emails]
    return replace(exact, emails=emails, urls=tuple(refine_urls(exact.urls, mail_hosts, organizations)))


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
