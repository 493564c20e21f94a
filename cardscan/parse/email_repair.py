"""Mail addresses compared with the rest of the card: engines misread one letter at high confidence.

A host is set against the card's web hosts and organisation (`email_hosts`), a local part against the person's names
(`email_locals`). A change is made only where both readings look alike in print; where they merely differ, confidence
falls and the address stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cardscan.parse.email_hosts import host_refined
from cardscan.parse.email_locals import local_refined, over_lost_dot
from cardscan.parse.finding import Found
from cardscan.parse.hosts import registrable
from cardscan.parse.naming import names_of
from cardscan.record import Email, TextLine


def refine_emails(
    found: Sequence[Found[Email]],
    names: Iterable[str] = (),
    domains: Iterable[str] = (),
    organizations: Iterable[str] = (),
    lines: Sequence[TextLine] = (),
) -> list[Found[Email]]:
    """The addresses with misread letters put right where the card shows the true ones elsewhere.

    Args:
        found: What `find_emails` gave.
        names: Persons' names as printed.
        domains: Hosts of the card's URLs.
        organizations: Organisations' names as printed.
        lines: The page's lines: what stands before an address may belong to it.
    """
    names, bodies = list(names), names_of(organizations)
    hosts = [registrable(domain.lower()) for domain in domains]
    votes = Counter(registrable(item.value.value.rsplit("@", 1)[1].lower()) for item in found) + Counter(hosts)
    firms = frozenset(form for forms in bodies for form in forms)
    refined = []
    for item in found:
        whole = over_lost_dot(item, lines, names)
        email = local_refined(host_refined(whole.value, hosts, votes, bodies), names, firms)
        refined.append(replace(whole, value=email))
    return refined
