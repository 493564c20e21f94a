"""`cardscan show`: one card, value by value, with where it was read and how sure we are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

import click

from cardscan import wire
from cardscan.cli.common import chosen_format, common_options, opened_store
from cardscan.cli.contacts import folded
from cardscan.cli.pipe import piped
from cardscan.record import Card, Contact
from cardscan.terminal import color_wanted, columns_of, safe

EXAMPLES = """\b
Examples:
  cardscan show c-5f0c         the start of an id will do
  cardscan show c-5f0c --format jsonl | jq .lines
  cardscan scan photos/ | cardscan show - --format table
"""

_KIN: Final = {"side": "its back", "copy": "another photo of it", "person": "another card of the same person"}
Row = tuple[str, str, float | None, tuple[int, ...]]


@click.command("show", epilog=EXAMPLES)
@click.argument("card_id", metavar="ID|-")
@common_options("table", "jsonl", now=False)
def command(
    card_id: str, output_format: str | None, store_path: str | None, quiet: bool, no_color: bool, no_input: bool
) -> int:
    """Show one card: every value, the line it was read from, and how sure that is.

    With `-` the cards on stdin are shown, one after the other. A card that stands for a contact is shown with what its
    back and the other cards of that contact add.
    """
    if card_id == "-":
        given = piped()
        for place, card in enumerate(given.cards):
            _print(card, output_format, no_color, gap=place > 0)
        return 4 if given.failed else 0
    with opened_store(store_path) as store:
        card = store.card(card_id)
        contacts = folded(store, store.cards())
    part_of = contacts.contact_of.get(card.id)
    card = next((each for each in contacts.cards if each.id == card.id), card)
    if part_of is not None and chosen_format(output_format) != "jsonl":
        click.echo(f"part of {part_of} (cardscan merge --all says why)")
    _print(card, output_format, no_color)
    return 0


def _print(card: Card, output_format: str | None, no_color: bool, *, gap: bool = False) -> None:
    if chosen_format(output_format) == "jsonl":
        click.echo(wire.dumps(card))
        return
    if gap:
        click.echo()
    color = color_wanted(sys.stdout, no_color)
    for line in _lines(card, columns_of(sys.stdout), color):
        click.echo(line)


def _lines(card: Card, columns: int, color: bool) -> Iterator[str]:
    source = card.source
    place = f"card {source.index + 1} of {source.cards_in_photo}" if source.cards_in_photo else "no card"
    yield safe(f"{card.id}  {source.path} ({place})")
    if card.event.met_on:
        where = " at ".join(filter(None, (card.event.met_on, card.event.name)))
        yield safe(f"met {where}{', ' + card.event.place if card.event.place else ''} (from {card.event.met_on_from})")
    for before in card.met_before:
        yield safe(f"met {' at '.join(filter(None, (before.met_on, before.name)))}, too")
    for kin in card.kin:
        yield safe(f"with {kin.id}, {_KIN[kin.kind]}  {kin.source.path}")
    for label, value, confidence, indexes in _rows(card.contact) if card.contact else ():
        sure = "    " if confidence is None else f"{confidence:4.0%}"
        found = [card.lines[index] for index in indexes if index < len(card.lines)]
        read = " / ".join(line.text for line in found)
        elsewhere = next((line.card for line in found if line.card), None)
        origin = (f"  « {read}" if read and read != value else "") + (f"  ({elsewhere})" if elsewhere else "")
        text = safe(f"{label:13} {sure:>4}  {value}{origin}")
        doubtful = color and confidence is not None and confidence < 0.6
        yield click.style(text, fg="yellow") if doubtful else text
    for note in card.notes:
        yield safe(f"{'note':13} {note.confidence:4.0%}  {note.text}")
    from cardscan.pen import reasons_to_review, sign_words

    if card.marks:
        yield safe(f"{'drawn':18}  {', '.join(sign_words(card))}")
    for reason in reasons_to_review(card):
        yield safe(f"{'review':18}  {reason}")


def _rows(contact: Contact) -> Iterator[Row]:
    if contact.name:
        yield "name", " / ".join((contact.name.full, *contact.name.also)), contact.name.confidence, contact.name.lines
    for title in contact.titles:
        yield "title", title.value, title.confidence, title.lines
    for organization in contact.organizations:
        value = ", ".join(filter(None, (organization.value, organization.department)))
        yield "organisation", value, organization.confidence, organization.lines
    for phone in contact.phones:
        extension = f" ext. {phone.extension}" if phone.extension else ""
        yield f"{phone.type} phone", f"{phone.value or phone.raw}{extension}", phone.confidence, phone.lines
    for mail in contact.emails:
        yield "e-mail", mail.value, mail.confidence, mail.lines
    for url in contact.urls:
        yield "web", url.value, url.confidence, url.lines
    for address in contact.addresses:
        yield "address", address.full, address.confidence, address.lines
    for profile in contact.social:
        yield profile.network, profile.handle, profile.confidence, profile.lines
    for other in contact.other:
        yield other.role, other.value, None, other.lines
