"""From chosen pieces to contacts: one a person, what is shared given to all.

With one person everything is his. With two, a title, phone or mail goes to the person it agrees with or plainly
stands by; what stands by none belongs to both, as organisation and addresses do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cardscan.parse.addresses import Block
from cardscan.parse.agreement import name_fit
from cardscan.parse.assign import Assignment, TitleChoice, confidence_of
from cardscan.parse.evidence import NameCandidate
from cardscan.parse.exact import Exact
from cardscan.parse.layout import Piece
from cardscan.parse.names import close_letters
from cardscan.parse.payload import parse_payload
from cardscan.parse.payload_merge import merge_payload
from cardscan.parse.vocabulary import folded, joined_alike, words
from cardscan.record import Code, Contact, Email, Name, Organization, Other, Phone, TextLine, Title

_PLAINLY = 0.7  # nearer to one person than this share of the way to any other


def contacts_of(
    assignment: Assignment,
    exact: Exact,
    blocks: Sequence[Block],
    others: Sequence[Other],
    lines: Sequence[TextLine],
) -> tuple[Contact, ...]:
    """One contact a person; one without a name when there is none; none when nothing was found."""
    organizations = _organizations(assignment)
    shared = Contact(
        organizations=organizations,
        urls=tuple(item.value for item in exact.urls),
        addresses=tuple(block.address for block in blocks),
        social=tuple(item.value for item in exact.social),
        other=tuple(others),
    )
    emails = tuple(item.value for item in exact.emails)
    phones = tuple(item.value for item in exact.phones)
    if len(assignment.names) < 2:
        name = _name(assignment, 0) if assignment.names else None
        whole = replace(shared, name=name, titles=_titled(assignment.titles), phones=phones, emails=emails)
        return (whole,) if whole != Contact(other=whole.other) else ()
    owners = [_owner(title.pieces[0], assignment.names) for title in assignment.titles]
    contacts = []
    for index, person in enumerate(assignment.names):
        titles = [t for t, owner in zip(assignment.titles, owners, strict=True) if owner in (None, index)]
        contacts.append(
            replace(
                shared,
                name=_name(assignment, index),
                titles=_titled(titles),
                phones=_phones_of(index, phones, assignment.names, lines),
                emails=_emails_of(person, index, emails, assignment.names, lines),
            )
        )
    return tuple(contacts)


def with_codes(contacts: tuple[Contact, ...], codes: Sequence[Code], regions: Sequence[str]) -> tuple[Contact, ...]:
    """The contacts filled and cross-checked with what the card's QR codes hold; `regions` are ISO countries by rank."""
    for code in codes:
        held = parse_payload(code.text, regions)
        if held is None:
            continue
        if not contacts:
            contacts = (held,)
            continue
        chosen = _meant(contacts, held)
        contacts = tuple(merge_payload(c, held) if i == chosen else c for i, c in enumerate(contacts))
    return contacts


def _meant(contacts: Sequence[Contact], held: Contact) -> int:
    """Which of the card's persons a code is of: the one that shares most words of the name, else the first."""
    told = set(words(held.name.full)) if held.name is not None else set()
    shared = [len(told & set(words(c.name.full))) if c.name is not None else 0 for c in contacts]
    return max(range(len(contacts)), key=lambda index: (shared[index], -index))


def _name(assignment: Assignment, index: int) -> Name:
    candidate = assignment.names[index]
    full = _printed(candidate.pieces, candidate.reading.name.full)
    also = []
    for owner, twin in assignment.twins:
        if owner == index and not joined_alike(twin.reading.name.full, full):
            also.append(twin.reading.name.full)
    return replace(
        candidate.reading.name,
        full=full,
        also=tuple(dict.fromkeys(also)),
        confidence=confidence_of(candidate.score, _read(candidate.pieces)),
        lines=_lines(candidate.pieces),
        rule="name:mail" if candidate.fit > 0.5 else "name:layout",
    )


def _printed(pieces: Sequence[Piece], text: str) -> str:
    """As the card prints it, letter-spacing closed and blanks made single."""
    return close_letters(" ".join(text.split())) if pieces else text


def _organizations(assignment: Assignment) -> tuple[Organization, ...]:
    found = []
    department = ", ".join(dict.fromkeys(p.text for p in assignment.departments)) or None
    for rank, candidate in enumerate(assignment.organizations):
        text = close_letters(" ".join(candidate.text.split()))
        also = [] if rank else [f.text for f in assignment.forms]
        forms = tuple(dict.fromkeys(a for a in also if folded(a) != folded(text)))
        rule = "organization:domain" if candidate.fit > 0.6 else "organization:layout"
        confidence = confidence_of(candidate.score - (0.8 if rank else 0.0), _read(candidate.pieces))
        found.append(
            Organization(
                text, forms, None if rank else department, confidence, _lines(candidate.pieces), candidate.text, rule
            )
        )
    return tuple(found)


def _titled(titles: Sequence[TitleChoice]) -> tuple[Title, ...]:
    found: dict[str, Title] = {}
    for title in titles:
        value = close_letters(" ".join(title.text.split()))
        confidence = confidence_of(title.score, _read(title.pieces))
        if folded(value) not in found:
            found[folded(value)] = Title(value, confidence, _lines(title.pieces), title.text, "title:words")
    return tuple(found.values())


def _owner(piece: Piece, names: Sequence[NameCandidate]) -> int | None:
    """The person a piece plainly stands by; None when it is between them."""
    away = [min(_apart(piece, p) for p in name.pieces) for name in names]
    order = sorted(range(len(names)), key=lambda i: away[i])
    return order[0] if away[order[0]] < _PLAINLY * away[order[1]] else None


def _apart(piece: Piece, head: Piece) -> float:
    """How far a piece stands from a name; what stands over the name counts as further than what stands under it."""
    if piece.span.line == head.span.line:
        return 0.1
    down = (piece.middle - head.middle) / max(1.0, head.height)
    across = max(0.0, piece.left - head.right, head.left - piece.right) / max(1.0, head.height)
    return 0.2 + across + (down if down >= 0 else -1.8 * down)


def _line_box(line: TextLine) -> tuple[float, float, float, float]:
    xs, ys = [p[0] for p in line.quad], [p[1] for p in line.quad]
    return min(xs), min(ys), max(xs), max(ys)


def _line_owner(numbers: Sequence[int], names: Sequence[NameCandidate], lines: Sequence[TextLine]) -> int | None:
    if not numbers:
        return None
    for index, name in enumerate(names):
        if any(p.span.line in numbers for p in name.pieces):
            return index
    left, top, right, bottom = _line_box(lines[numbers[0]])
    away = []
    for name in names:
        head_left, head_top, head_right, head_bottom = _line_box(lines[name.pieces[0].span.line])
        height = max(1.0, head_bottom - head_top)
        down = ((top + bottom) - (head_top + head_bottom)) / 2 / height
        across = max(0.0, left - head_right, head_left - right) / height
        away.append(0.2 + across + (down if down >= 0 else -1.8 * down))
    order = sorted(range(len(names)), key=lambda i: away[i])
    return order[0] if away[order[0]] < _PLAINLY * away[order[1]] else None


def _phones_of(
    index: int, phones: Sequence[Phone], names: Sequence[NameCandidate], lines: Sequence[TextLine]
) -> tuple[Phone, ...]:
    owners = [_line_owner(phone.lines, names, lines) for phone in phones]
    if not all(any(owner == i for owner in owners) for i in range(len(names))):
        return tuple(phones)  # not each person has one: they are the office's
    return tuple(phone for phone, owner in zip(phones, owners, strict=True) if owner in (None, index))


def _emails_of(
    person: NameCandidate,
    index: int,
    emails: Sequence[Email],
    names: Sequence[NameCandidate],
    lines: Sequence[TextLine],
) -> tuple[Email, ...]:
    own = []
    for email in emails:
        local = email.value.rsplit("@", 1)[0].lower()
        fits = [name_fit(name.reading.core, (local,)) for name in names]
        best = max(range(len(names)), key=lambda i: fits[i])
        owner = best if fits[best] > 0.5 else _line_owner(email.lines, names, lines)
        if owner in (None, index):
            own.append(email)
    return tuple(own) or (tuple(emails) if len(emails) == 1 and person.fit > 0.3 else ())


def _lines(pieces: Sequence[Piece]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(piece.span.line for piece in pieces))


def _read(pieces: Sequence[Piece]) -> float:
    return min((piece.confidence for piece in pieces), default=1.0)
