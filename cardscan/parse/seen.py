"""A card taken apart before anything is judged: exact values, the pieces of print they leave, what is around them."""

from __future__ import annotations

from dataclasses import dataclass

from cardscan.options import ParseOptions
from cardscan.parse.cues import Cues, cues_of
from cardscan.parse.exact import Exact, find_exact
from cardscan.parse.layout import Piece, pieces_of
from cardscan.parse.role_evidence import Surroundings
from cardscan.parse.splitting import split_pieces
from cardscan.record import Page, TextLine

_MOST_LINES = 150  # of one card; what lies beyond is read by no finder
_LONGEST_LINE = 400  # characters of one line that are looked at


@dataclass(frozen=True, slots=True)
class Seen:
    """A card taken apart.

    Attributes:
        page: What is read of it.
        exact: Mails, addresses of the web, profiles, registrations, phones.
        lines: Its lines as whole pieces.
        pieces: What the exact finders left, cut where a line plainly holds two things.
        around: What is known of the card besides its pieces.
    """

    page: Page
    exact: Exact
    lines: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    around: Surroundings

    @property
    def cues(self) -> Cues:
        """What mails, hosts and profiles tell."""
        return self.around.cues


def seen(page: Page, options: ParseOptions) -> Seen:
    """Take a card apart."""
    readable = _readable(page)
    exact = find_exact(readable.lines, options, page.strikes)
    cues = cues_of(
        [item.value.value for item in exact.emails], exact.hosts, [item.value.handle for item in exact.social]
    )
    mixed = frozenset(span.line for span in exact.taken)
    lines = pieces_of(readable, ())
    around = Surroundings(cues, tuple(piece for piece in lines if piece.span.line in mixed), mixed)
    return Seen(readable, exact, lines, split_pieces(pieces_of(readable, exact.taken)), around)


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
