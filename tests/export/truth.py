"""The people of samples/truth.jsonl, and what each says: what every format that can hold it must give back equal."""

from __future__ import annotations

import json
from pathlib import Path

import vobject

from cardscan.export.person import Person, people
from cardscan.record import Address, Card, Contact, Email, Name, Note, Organization, Phone, Social, Source, Title, Url

TRUTH = Path(__file__).parents[2] / "samples" / "truth.jsonl"


def sample_cards() -> list[Card]:
    """Every card of the samples as it is in truth."""
    found = []
    for line in TRUTH.read_text("utf-8").splitlines():
        photo = json.loads(line)
        for index, held in enumerate(photo["cards"]):
            fields = held["fields"]
            names = [
                Name(
                    text,
                    given=text.rpartition(" ")[0],
                    family=text.rpartition(" ")[2],
                    also=tuple(fields["names_also"]),
                )
                for text in fields["names"]
            ]
            contact = Contact(
                name=names[0] if names else None,
                titles=tuple(map(Title, fields["titles"])),
                organizations=tuple(
                    Organization(text, tuple(fields["organizations_also"])) for text in fields["organizations"]
                ),
                phones=tuple(Phone(p["e164"], p["raw"], None, p["type"], True) for p in fields["phones"]),
                emails=tuple(map(Email, fields["emails"])),
                urls=tuple(Url(url if "://" in url else f"https://{url}") for url in fields["urls"]),
                addresses=tuple(map(Address, fields["addresses"])),
                social=tuple(
                    Social("other", text, f"https://{text}" if "/" in text else None) for text in fields["social"]
                ),
            )
            notes = tuple(Note(note["text"]) for note in held["notes"] if note["text"])
            found.append(
                Card(f"c-{photo['file'].split('/')[-1][:2]}-{index}", Source(photo["file"]), contact, notes=notes)
            )
    return found


def _profile(text: str) -> Social:
    return Social("other", text, f"https://{text}" if "/" in text else None)


def facts(person: Person) -> dict[str, list[str]]:
    """What a contact says, as lists of texts by field."""
    return {
        "name": [person.display, person.given, person.family],
        "titles": list(person.titles),
        "organizations": [name for name, _ in person.organizations],
        "phones": [number.spoken for number in person.phones],
        "emails": list(person.emails),
        "urls": list(person.urls),
        "addresses": [place.full for place in person.places],
        "note": person.note.splitlines(),
        "also": list(person.also),
        "profiles": [profile.url or profile.handle for profile in person.profiles],
    }


def of_vcard(held: vobject.base.Component) -> dict[str, list[str]]:
    """The same of a vCard that vobject has read."""

    def values(name: str) -> list:
        return [item.value for item in held.contents.get(name, [])]

    return {
        "name": [held.fn.value, held.n.value.given, held.n.value.family],
        "titles": values("title"),
        "organizations": [value[0] for value in values("org")],
        "phones": [value.removeprefix("tel:") for value in values("tel")],
        "emails": values("email"),
        "urls": values("url"),
        "addresses": [value.street for value in values("adr")],
        "note": [line for value in values("note") for line in value.splitlines()],
        "also": [name for value in values("nickname") for name in ([value] if isinstance(value, str) else value)],
        "profiles": values("x-socialprofile") + values("socialprofile"),
    }


CARDS = sample_cards()
PEOPLE = people(CARDS)
