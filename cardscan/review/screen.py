"""What one card looks like on the terminal: the picture, its entries with the doubtful ones first, and the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cardscan.parse.doubts import is_doubtful, named_in
from cardscan.pen import reasons_to_review, sign_words
from cardscan.record import Card, Contact
from cardscan.review import picture
from cardscan.review.entries import Entry, entries
from cardscan.review.learn import Proposal
from cardscan.terminal import fit, safe, width

if TYPE_CHECKING:
    from cardscan.record import Pixels

KEYS: Final = (
    "a accept 1-9 fix x swap l line + add - drop n note s skip u undo q quit ? help",
    "a accept 1-9 fix s skip u undo q quit ? help",
    "a accept 1-9 fix q quit ? help",
)
"""What the last row says: the first that fits."""
HELP = """\
a    accept the card as it stands          s  skip it, it comes again next time
1-9  fix that value (empty text drops it)  u  undo the last decision
=    take what was right the last time     q  quit, everything decided is kept
x    swap two values                       ?  this help
l    make a field or note of a line        +  add a value      -  drop a value
n    add a note                            e  say where you met
*    priority              h  hit it off   d  dismiss: stays, makes no tasks
2 persons on it:  p  part them             m  one contact with another card
b    this is the back of another card
A number above 9: press 0, then type it.
Letters are the same in plain mode, where each is followed by Enter."""

NOTHING = "   no value yet, {lines} lines read: l makes one of a line, + adds, d dismisses"


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """All that is needed to draw a card.

    Attributes:
        card: The card.
        place: 1-based place in the queue, and its length.
        doubtful_below: Confidence below which a value is doubtful, whether a reason names it or not.
        proposals: Better texts known from earlier corrections.
        pixels: The rectified card, or None when the photo is gone or pictures are off.
        crop: The piece of it from which the value in hand was read, else the first doubtful one.
        message: What the last key did, or why it could not.
    """

    card: Card
    place: tuple[int, int]
    doubtful_below: float
    proposals: Sequence[Proposal] = ()
    pixels: Pixels | None = None
    crop: Pixels | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Terminal:
    """What the terminal can do; `cell` is the size of a character in pixels, where it is known."""

    columns: int = 80
    rows: int = 24
    protocol: picture.Protocol = "blocks"
    colours: bool = True
    cell: tuple[int, int] | None = None


def shown_entries(card: Card, doubtful_below: float) -> list[Entry]:
    """The entries in the order of their numbers on the screen, which start at 1."""
    doubtful = doubtful_entries(card, doubtful_below)
    return [*doubtful, *(entry for entry in entries(card.contact or Contact()) if entry not in doubtful)]


def doubtful_entries(card: Card, doubtful_below: float) -> list[Entry]:
    """Those of them that a person should look at, which are the first."""
    named = named_in(card.review.reasons)
    return [each for each in entries(card.contact or Contact()) if is_doubtful(each.value, named, doubtful_below)]


def open_reasons(view: View) -> list[str]:
    """Why a person should look, without what the doubtful marks say already, or what was put right since."""
    return [
        reason
        for reason in reasons_to_review(view.card)
        if " is unsure: " not in reason or "note" in reason.partition(" is unsure: ")[0]
    ]


def draw(view: View, terminal: Terminal) -> list[str]:
    """The whole screen, one string a row, never more rows than the terminal has."""
    below = _entry_rows(view, terminal)
    below += [_cut(f"? {reason}", terminal.columns) for reason in open_reasons(view)[:3]]
    below += [_cut(f"note  {note.text}", terminal.columns) for note in view.card.notes[-2:]]
    below += [_cut(f"drawn {', '.join(sign_words(view.card))}", terminal.columns)] if view.card.marks else []
    tail = [_cut(view.message, terminal.columns)] if view.message else []
    keys = next((each for each in KEYS if len(each) < terminal.columns), KEYS[-1])
    tail.append(_dim(fit(keys, terminal.columns - 1).rstrip(), terminal))
    crop = _crop_rows(view, terminal) if len(below) + 8 < terminal.rows else []
    room = terminal.rows - 2 - len(below) - len(crop) - len(tail)
    shown = (
        picture.draw(view.pixels, terminal.columns, min(room, 14), terminal.protocol, terminal.colours, terminal.cell)
        if view.pixels is not None and room >= 4
        else []
    )
    rows = [_bold(_cut(_title(view, terminal.columns), terminal.columns), terminal), *shown, *crop, *below]
    return [*rows[: terminal.rows - 1 - len(tail)], *tail]


def plain(view: View) -> list[str]:
    """The card in sentences, for a screen reader or a pipe: no cursor movement, no colours, no pictures."""
    rows = [_title(view)]
    unsure = doubtful_entries(view.card, view.doubtful_below)
    for number, entry in enumerate(shown_entries(view.card, view.doubtful_below), start=1):
        doubt = "doubtful, " if entry in unsure else ""
        rows.append(f"{number}. {entry.label}: {entry.text} ({doubt}{entry.confidence:.0%} sure)")
        rows += [f"   last time you said: {each.text}" for each in view.proposals if each.entry == entry]
    rows += [f"Note: {note.text}" for note in view.card.notes]
    rows += [f"Drawn: {', '.join(sign_words(view.card))}"] if view.card.marks else []
    rows += [f"Look at: {reason}" for reason in open_reasons(view)]
    if not view.card.contact and not view.card.notes:
        rows.append(NOTHING.format(lines=len(view.card.lines)).strip())
    if view.message:
        rows.append(view.message)
    return [safe(row) for row in rows]


def abreast(rows: Sequence[str], terminal: Terminal) -> list[str]:
    """A list of short rows as it fits the terminal above a prompt: in columns when it is too long, each row cut."""
    room = max(1, terminal.rows - 3)
    columns = -(-len(rows) // room)
    across = max(8, (terminal.columns - 1) // columns)
    height = -(-len(rows) // columns)
    return ["".join(fit(row, across - 1) + " " for row in rows[start::height]).rstrip() for start in range(height)]


def _title(view: View, columns: int | None = None) -> str:
    """Place in the queue, the photo, where we met; of a long path the beginning is left out."""
    source = view.card.source
    head = f"{view.place[0]} of {view.place[1]}: "
    which = f", card {source.index + 1} of {source.cards_in_photo}" if source.cards_in_photo > 1 else ""
    met = view.card.event
    where = ", ".join(filter(None, (met.name, met.place, met.met_on)))
    tail = which + (f" · {where}" if where else "")
    path = safe(source.path)
    room = max(16, columns - width(head + safe(tail))) if columns else len(path)
    if width(path) > room:
        while width(path) > room - 1:
            path = path[1:]
        path = f"…{path}"
    return head + path + tail


def _entry_rows(view: View, terminal: Terminal) -> list[str]:
    rows = []
    room = terminal.columns - 26
    unsure = doubtful_entries(view.card, view.doubtful_below)
    for number, entry in enumerate(shown_entries(view.card, view.doubtful_below), start=1):
        doubtful = entry in unsure
        mark = "!" if doubtful else " "
        row = f"{number:>2} {mark} {fit(entry.label, 14)} {entry.confidence:>4.0%}  {fit(entry.text, room).rstrip()}"
        rows.append(f"\x1b[33m{row}\x1b[0m" if doubtful and terminal.colours else row)
        rows += [
            fit(f"{'':24}= {each.text} (as you said before)", terminal.columns).rstrip()
            for each in view.proposals
            if each.entry == entry
        ]
    if not rows:
        rows.append(NOTHING.format(lines=len(view.card.lines)))
    return rows


def _crop_rows(view: View, terminal: Terminal) -> list[str]:
    if view.crop is None or terminal.protocol == "none":
        return []
    if terminal.protocol == "blocks":
        return picture.braille(view.crop, terminal.columns - 1, 4)
    return picture.draw(view.crop, terminal.columns - 1, 2, terminal.protocol, cell=terminal.cell)


def _cut(text: str, columns: int) -> str:
    return fit(text, columns).rstrip()


def _bold(text: str, terminal: Terminal) -> str:
    return f"\x1b[1m{text}\x1b[0m" if terminal.colours else text


def _dim(text: str, terminal: Terminal) -> str:
    return f"\x1b[2m{text}\x1b[0m" if terminal.colours else text
