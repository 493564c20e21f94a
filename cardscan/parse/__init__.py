"""Page to contacts: what the text on a card means.

The order of the stage is `extract`, one screen. Exact finders (mails, web addresses, social profiles, registration
numbers, phones) go first, each leaving alone what the one before took; then addresses; what is left is cut into
pieces, scored as name, title, organisation or department with what the whole card says, and assigned jointly.
Every value keeps its line indexes, a confidence and the rule that found it; nothing is filled in that is not printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from cardscan.options import ParseOptions
from cardscan.parse.addresses import find_addresses
from cardscan.parse.assign import assign
from cardscan.parse.confidence import believed, calibrated
from cardscan.parse.doubts import doubts
from cardscan.parse.evidence import address_logo, cues_of
from cardscan.parse.exact import find_exact, phone_countries, refined
from cardscan.parse.layout import Piece, pieces_of
from cardscan.parse.line_roles import line_roles, other_values
from cardscan.parse.persons import contacts_of, with_codes
from cardscan.parse.splitting import split_pieces
from cardscan.record import Page, Reading, TextLine

__all__ = ["extract"]

_MOST_LINES = 150  # of one card; what lies beyond is read by no finder
_LONGEST_LINE = 400  # characters of one line that are looked at


def extract(page: Page, options: ParseOptions | None = None) -> Reading:
    """Read the contacts of one card.

    Args:
        page: The card's lines in reading order, quads in card pixels, and its codes.
        options: Default region and the confidence below which a value is called unsure.

    Returns:
        One contact a person (one without a name for a shop or department card, none if nothing was found), a role for
        each line of the page, and why a person should look, in words.
    """
    options = options or ParseOptions()
    readable = _readable(page)
    exact = find_exact(readable.lines, options, page.strikes)
    pieces = split_pieces(pieces_of(readable, exact.taken))
    phones = [item.value for item in exact.phones]
    hints = (*phone_countries(phones), *exact.regions)
    phone_lines = frozenset(line for phone in phones for line in phone.lines)
    blocks = find_addresses(pieces, hints, phone_lines)
    free = _without(pieces, [piece for block in blocks for piece in block.pieces])
    cues = cues_of(
        [item.value.value for item in exact.emails], exact.hosts, [item.value.handle for item in exact.social]
    )
    mixed = frozenset(span.line for span in exact.taken)
    assignment = assign(free, cues, mixed)
    if not assignment.organizations:
        logos = address_logo(readable, [span for item in exact.urls for span in item.spans])
        assignment = assign([*free, *logos], cues, mixed) if logos else assignment
    names = [" ".join(candidate.reading.core) for candidate in assignment.names]
    exact = refined(exact, names, [candidate.text for candidate in assignment.organizations], page.doubts)
    rest = [piece for piece in free if piece not in assignment.used]
    others = other_values(rest, exact)
    contacts = contacts_of(assignment, exact, blocks, others, readable.lines)
    left_out: tuple[str, ...] = ()
    if not options.raw_confidence:
        checked = [believed(calibrated(contact)) for contact in contacts]
        contacts = tuple(contact for contact, _ in checked)
        left_out = tuple(dict.fromkeys(reason for _, reasons in checked for reason in reasons))
    contacts = with_codes(contacts, page.codes, hints)
    roles = line_roles(page, assignment, exact, blocks, others)
    return Reading(contacts, roles, (*left_out, *doubts(contacts, options)))


def _readable(page: Page) -> Page:
    """The page with what no finder should read made empty: pen notes, overlong lines, lines beyond the limit.

    A line that a pen wrote is read where its role says that it holds a value.
    """
    lines = []
    for index, line in enumerate(page.lines):
        is_read = (line.source == "print" or line.role == "value") and index < _MOST_LINES
        text = line.text[:_LONGEST_LINE] if is_read else ""
        lines.append(TextLine(text, line.confidence, line.quad, line.source))
    return Page(page.width, page.height, tuple(lines), page.codes)


def _without(pieces: Sequence[Piece], taken: Sequence[Piece]) -> list[Piece]:
    """Pieces no address took any character of."""
    spans = [piece.span for piece in taken]
    return [piece for piece in pieces if not any(piece.span.overlaps(span) for span in spans)]
