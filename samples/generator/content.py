"""Everything one card may say: persons, firm, numbers, mails, places; a layout prints some of it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final, Literal

from . import addresses, firms, numbers, people
from .addresses import PostalAddress
from .countries import Country, any_country
from .firms import Firm
from .numbers import Telephone
from .people import Person
from .seeds import Split

Kind = Literal["person", "pair", "shop", "department"]
SOCIAL: Final = (
    ("linkedin", "linkedin.com/in/{given}{family}"),
    ("x", "@{stem}"),
    ("instagram", "@{stem}"),
    ("facebook", "facebook.com/{stem}"),
    ("instagram", "instagram.com/{stem}"),
    ("youtube", "youtube.com/@{stem}"),
    ("facebook", "/{stem}"),
)


@dataclass(frozen=True, slots=True)
class Content:
    """What a card can print.

    Attributes:
        persons: None on a shop's or department's card, two on a pair's.
        phones: One tuple a person (or one for the firm): personal numbers.
        shared: The firm's own numbers.
        mails: One a person, or the firm's.
        addresses: The first is the main office.
        latin_address: Of a bilingual card.
        url: As printed; empty if the card has none.
    """

    kind: Kind
    split: Split
    country: Country
    persons: tuple[Person, ...]
    firm: Firm
    phones: tuple[tuple[Telephone, ...], ...]
    mails: tuple[str, ...]
    addresses: tuple[PostalAddress, ...]
    latin_address: PostalAddress | None
    url: str
    social: tuple[tuple[str, str], ...]

    @property
    def area(self) -> str:
        """Area code of the main office."""
        return self.addresses[0].city.area


def _phones(rand: random.Random, country: Country, area: str, personal: bool, fiction: bool) -> tuple[Telephone, ...]:
    kinds: tuple[numbers.Kind, ...]
    if personal:
        kinds = rand.choices(
            (
                ("work", "mobile"),
                ("mobile",),
                ("work",),
                ("work", "mobile", "fax"),
                ("work", "fax"),
                ("work", "work"),
                ("mobile", "home"),
            ),
            (6, 4, 3, 3, 1.5, 1, 0.4),
        )[0]
    else:
        kinds = rand.choices(
            (("work", "work"), ("work",), ("work", "mobile"), ("work", "fax"), ("mobile", "mobile")), (3, 3, 3, 2, 1)
        )[0]
    style = rand.choices(range(8), (5, 3, 6, 3, 2, 1.5, 1.5, 0.7))[0]
    return tuple(numbers.invent(rand, country, area, kind, style, fiction) for kind in kinds)


def _address_at(rand: random.Random, firm: Firm) -> str:
    domain = firm.domain
    if rand.random() < 0.12:
        return f"http://www.{domain}"
    if rand.random() < 0.1:
        return f"https://{domain}" + rand.choice(("", "/", "/en"))
    return rand.choice((f"www.{domain}", f"www.{domain}", domain, domain, f"www.{domain.capitalize()}"))


def invent(
    rand: random.Random, split: Split, kind: Kind, country: Country | None = None, fiction: bool = False
) -> Content:
    """Content for a card of a kind, in a country drawn by weight unless given.

    `fiction` takes telephone numbers from the ranges kept for fiction where a country has one.
    """
    country = country or any_country(rand)
    persons = tuple(people.invent(rand, country, split) for _ in range({"person": 1, "pair": 2}.get(kind, 0)))
    owner = persons[0] if persons else people.invent(rand, country, split)
    firm = firms.invent(rand, country, split, owner)
    main = addresses.invent(rand, country, split)
    places = [main]
    if rand.random() < 0.14:
        others = [c for c in country.cities if c != main.city] or [main.city]
        places += [
            addresses.invent(rand, country, split, c)
            for c in rand.sample(others, min(len(others), rand.choice((1, 1, 2))))
        ]
    freemail = rand.random() < (0.3 if kind == "shop" else 0.06)
    host = firm.free_host if freemail else firm.domain
    boxes = [people.mailbox(rand, p) for p in persons] or [
        rand.choice(("info", "office", "contact", "sales", "hello", "mail", firm.domain.split(".")[0]))
    ]
    if freemail:
        boxes = [firm.domain.split(".")[0] if not persons else f"{b}{rand.randint(1, 99)}" for b in boxes]
    mails = [f"{b}@{host}" for b in boxes]
    if persons and rand.random() < 0.08:
        mails.append(f"{rand.choice(('info', 'office'))}@{firm.domain}")
    if rand.random() < 0.06:
        mails = [m.replace(m.split("@")[0], m.split("@")[0].title()) for m in mails]
    social = []
    if rand.random() < 0.18:
        for network, form in rand.sample(SOCIAL, rand.choice((1, 1, 2))):
            given, family = (people.ascii_letters(owner.given.split()[0]), people.ascii_letters(owner.family))
            social.append(
                (network, form.format(given=given, family=family, stem=firm.domain.split(".")[0].replace("-", "")))
            )
    area = main.city.area
    groups = [_phones(rand, country, area, bool(persons), fiction) for _ in range(max(1, len(persons)))]
    if kind == "pair":
        groups = [g[:1] for g in groups]
    return Content(
        kind, split, country, persons, firm, tuple(groups), tuple(mails), tuple(places),
        addresses.latin(rand, country, split, main.city) if country.is_cjk else None,
        "" if (freemail and rand.random() < 0.7) or rand.random() < 0.1 else _address_at(rand, firm), tuple(social),
    )  # fmt: skip
