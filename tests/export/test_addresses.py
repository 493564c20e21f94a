"""mutt and abook: what they source and parse is harmless."""

from __future__ import annotations

import configparser

import pytest

from cardscan.export import dump
from cardscan.export.person import people
from cardscan.kinship import fold
from cardscan.record import Card, Contact, Email, Name, Note, Phone, Source
from tests.people import ATTACKS, JANE, hostile


def test_aliases_are_unique_and_readable() -> None:
    """One alias per address, numbered where a person has several."""
    assert dump("mutt", (JANE,), ()).splitlines() == [
        "alias dr-jane-q-doe-phd Dr. Jane Q. Doe PhD <jane.doe@acme.example>",
        "alias dr-jane-q-doe-phd-2 Dr. Jane Q. Doe PhD <jane@doe.example>",
    ]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_alias_file_runs_nothing(attack: str) -> None:
    """mutt sources its aliases: no backtick, dollar, quote, semicolon, hash or second line can get in."""
    card = Card("c", Source("a"), Contact(name=Name(attack), emails=(Email("a@b.example"), Email(attack))))
    text = dump("mutt", (card,), ())
    assert text.count("\n") == 1
    assert not set(text) & set("`$\"'\\;#(){}|&\x00\x1b")


@pytest.mark.parametrize("attack", ATTACKS)
def test_abook_sections_are_ours(attack: str) -> None:
    """The file parses as one format section and one contact."""
    parser = configparser.RawConfigParser(strict=True, comment_prefixes=("#",), delimiters=("=",))
    parser.read_string(dump("abook", (hostile(attack)[0],), ()))
    assert parser.sections() == ["format", "0"]


def test_backs_belong_to_their_fronts() -> None:
    """Values of a back are added to the front's person, the same number is not doubled, and the back makes nobody."""
    front = Card("c-1", Source("a"), Contact(name=Name("Jane Doe"), phones=(Phone("+14155550132", "415 555 0132"),)))
    back = Card(
        "c-2",
        Source("b", side="back", other_side="c-1"),
        Contact(
            name=Name("ジェーン"), phones=(Phone("+14155550132", "+1 415 555-0132"),), emails=(Email("j@d.example"),)
        ),
        notes=(Note("sails"),),
    )
    (jane,) = people(fold([front, back]).cards)
    assert jane.emails == ("j@d.example",)
    assert len(jane.phones) == 1
    assert jane.also == ("ジェーン",)
    assert "sails" in jane.note


def test_many_of_one_name_get_numbers() -> None:
    """Aliases stay unique among people of one name, also beside one who is called like a numbered alias."""
    names = ["Jane Doe", "Jane Doe 2", "Jane Doe", "Jane Doe"]
    cards = [
        Card(f"c-{i}", Source("a"), Contact(name=Name(name), emails=(Email(f"j{i}@d.example"),)))
        for i, name in enumerate(names)
    ]
    aliases = [line.split()[1] for line in dump("mutt", cards, ()).splitlines()]
    assert len(set(aliases)) == 4
    assert aliases[:2] == ["jane-doe", "jane-doe-2"]
