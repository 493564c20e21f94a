"""Page to contacts: what the text on a card means.

The order of the stage is `extract`, one screen. Exact finders (mails, web addresses, social profiles, registration
numbers, phones) go first, each leaving alone what the one before took, and what is left is cut into pieces (`seen`).
Learned models say which role each piece has (`role_model`), and cut what is two things (`spans`). Their odds and the
rules' own evidence together find the addresses, and the names, titles, organisations and departments, assigned jointly.
Every value keeps its line indexes, a confidence and the rule that found it; nothing is filled in that is not printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from cardscan.options import ParseOptions
from cardscan.parse.addresses import find_addresses
from cardscan.parse.assign import assign
from cardscan.parse.confidence import believed, calibrated
from cardscan.parse.doubts import doubts
from cardscan.parse.evidence import address_logo
from cardscan.parse.exact import phone_countries, refined
from cardscan.parse.layout import Piece
from cardscan.parse.line_roles import line_roles, other_values
from cardscan.parse.persons import contacts_of, with_codes
from cardscan.parse.print_only import is_plainly_printed, owns_mail
from cardscan.parse.receipt import is_receipt
from cardscan.parse.seen import seen
from cardscan.parse.spans import cut_apart
from cardscan.record import Page, Reading

__all__ = ["extract", "is_plainly_printed", "is_receipt", "owns_mail"]


def extract(page: Page, options: ParseOptions | None = None) -> Reading:
    """Read the contacts of one card.

    Args:
        page: The card's lines in reading order, quads in card pixels, and its codes.
        options: Default region and the confidence below which a value is called unsure.

    Returns:
        One contact a person (one without a name for a shop or department card, none if nothing was found), a role for
        each line of the page, and why a person should look, in words.

    Raises:
        ModelError: A model of the roles is missing or altered.
    """
    options = options or ParseOptions()
    card = seen(page, options)
    exact = card.exact
    pieces, odds = cut_apart(card.pieces, card.around)
    phones = [item.value for item in exact.phones]
    hints = (*phone_countries(phones), *exact.regions)
    phone_lines = frozenset(line for phone in phones for line in phone.lines)
    blocks = find_addresses(pieces, hints, phone_lines, odds)
    free = _without(pieces, [piece for block in blocks for piece in block.pieces])
    assignment = assign(free, card.cues, card.around.mixed, odds)
    if not assignment.organizations:
        logos = address_logo(card.lines, [span for item in exact.urls for span in item.spans])
        assignment = assign([*free, *logos], card.cues, card.around.mixed, odds) if logos else assignment
    names = [" ".join(candidate.reading.core) for candidate in assignment.names]
    firms = [candidate.text for candidate in assignment.organizations]
    exact = refined(exact, card.page.lines, names, firms, page.doubts)
    rest = [piece for piece in free if piece not in assignment.used]
    others = other_values(rest, exact)
    contacts = contacts_of(assignment, exact, blocks, others, card.page.lines)
    left_out: tuple[str, ...] = ()
    if not options.raw_confidence:
        checked = [believed(calibrated(contact)) for contact in contacts]
        contacts = tuple(contact for contact, _ in checked)
        left_out = tuple(dict.fromkeys(reason for _, reasons in checked for reason in reasons))
    contacts = with_codes(contacts, page.codes, hints)
    roles = line_roles(page, assignment, exact, blocks, others)
    return Reading(contacts, roles, (*left_out, *doubts(contacts, options)))


def _without(pieces: Sequence[Piece], taken: Sequence[Piece]) -> list[Piece]:
    """Pieces no address took any character of."""
    spans = [piece.span for piece in taken]
    return [piece for piece in pieces if not any(piece.span.overlaps(span) for span in spans)]
