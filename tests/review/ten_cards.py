"""Ten cards of invented people that need a person; three have one field misread."""

from __future__ import annotations

from pathlib import Path

from cardscan.record import Card, Contact, Email, Name, Organization, Phone, Review, Source, TextLine, Title
from cardscan.record.reading import Quad
from cardscan.store import Store
from tests.flat_card import LINES

PEOPLE = (
    "Orla Fennick", "Bram Oosting", "Ines Valverde", "Tor Hallgren", "Mei Lindqvist", "Paul Okafor", "Rosa Brandt",
    "Ivo Marek", "Lena Aalto", "Hugo Serra",
)  # fmt: skip
QUAD = ((0.0, 0.0), (1050.0, 0.0), (1050.0, 600.0), (0.0, 600.0))
WRONG = {
    2: ("title", "Head of Purchasing"),
    5: ("e-mail", "paul@brightwater-mills.co.uk"),
    8: ("organisation", "Brightwater Mills Ltd"),
}
"""Cards with one wrong field, by number: its label and what is true."""


def sample(number: int, name: str, photo: Path) -> Card:
    """A card to review; those in WRONG have one field misread, which is doubtful."""
    wrong, _ = WRONG.get(number, ("", ""))
    host = "brightwater-mi11s.co.uk" if wrong == "e-mail" else "brightwater-mills.co.uk"
    title, organization = ("Head of Purchas1ng", 0.4), ("Brightwater Mil1s Ltd", 0.4)
    contact = Contact(
        name=Name(name, given=name.split()[0], family=name.split()[1], confidence=0.97, lines=(0,)),
        titles=(Title(*(title if wrong == "title" else ("Head of Purchasing", 0.95)), (1,)),),
        organizations=(
            Organization(organization[0], confidence=0.4, lines=(2,))
            if wrong == "organisation"
            else Organization("Brightwater Mills Ltd", confidence=0.9, lines=(2,)),
        ),
        phones=(Phone("+442079460958", "+44 20 7946 0958", type="work", valid=True, lines=(3,)),),
        emails=(Email(f"{name.split()[0].lower()}@{host}", 0.4 if wrong == "e-mail" else 0.98, (4,)),),
    )
    lines = tuple(TextLine(text, 0.9, _place(text, size, top)) for text, size, top in LINES)
    source = Source(str(photo), f"s{number}", quad=QUAD)
    return Card(f"c-{number}", source, contact, lines=lines, review=Review("needs-review", ("the print is faint",)))


def _place(text: str, size: int, top: int) -> Quad:
    right = 75 + 0.55 * size * len(text)
    return ((65.0, top), (right, top), (right, top + 1.2 * size), (65.0, top + 1.2 * size))


def card_of(store: Path, number: int) -> Card:
    """A card as the store has it now."""
    with Store.open(str(store)) as held:
        return held.card(f"c-{number}")
