"""The joint choice: which piece is the name, which the organisation, so that the whole card makes sense.

Candidates come scored from `evidence`. The best pair of disjoint candidates wins, each also weighed against there
being none (shop cards have no name, some persons no firm). Then further persons, further bodies, other printed forms
of the same name, and titles are added where the evidence carries them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from cardscan.parse.address_marks import address_marks
from cardscan.parse.cues import Cues
from cardscan.parse.evidence import (
    NameCandidate,
    OrganizationCandidate,
    is_sentence,
    name_candidates,
    organization_candidates,
)
from cardscan.parse.join_evidence import joined_text
from cardscan.parse.layout import Piece, beside, distance, next_below, stacked
from cardscan.parse.names import read_name
from cardscan.parse.organizations import domain_fit, legal_form, organization_score
from cardscan.parse.role_odds import UNSEEN, RoleOdds
from cardscan.parse.roles import role_of
from cardscan.parse.titles import department_score, is_continued, title_score
from cardscan.parse.vocabulary import is_cjk, joined_alike, letters, word_list, words

_NAME_FLOOR = 0.6  # log-odds under which a name is left out
_ORGANIZATION_FLOOR = 0.35
_OWN_NAME = 4.0  # a founder who stands on the card himself has a mail or title that lifts him over this
_MORE_PERSONS = 3.6  # a second person needs more
_MORE_BODIES = 4.2  # so does a second organisation
_NO_PART_OF_A_NAME = frozenset({"tagline", "services", "hours", "landmark", "registration"})
_MOST_FORMS = 4
_MOST_CONSIDERED = 12
_TITLE_FLOOR = 0.45
_TITLE_WEIGHT = 0.5  # of the model's log-odds
_PLAINLY_TITLE = 1.5  # the model's log-odds from which on words that no list holds may be a title
_PLAINLY_NAME = 3.0  # and from which on it is a name
_NO_HEAD = -1.0  # what the words say of it then
_RULED_OUT = -3.0  # unless they say this: digits, a mail address
_UNCLEAR = 0.0  # log-odds of what only its place speaks for
_LONGEST_UNCLEAR = 4  # words of such a title
_READ_WELL = 0.9  # the engine's confidence it needs
_SOMEONE = 1.2  # log-odds from which on a text is rather somebody's name than a made-up word
_LOGO_SIZE = 1.3  # times the usual letter height
_REPEATED = 70  # percent of its letters in which a text is the logo again


@dataclass(frozen=True, slots=True)
class TitleChoice:
    """A title of one or more pieces."""

    pieces: tuple[Piece, ...]
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the pieces were taken for; every piece is in at most one of these.

    Attributes:
        names: One a person, surest first.
        twins: Other printed forms of a person's name, as (index into `names`, candidate).
        organizations: Bodies, the card's own first.
        forms: Other printed forms of the first organisation.
        titles: Job titles in reading order.
        departments: Pieces that name a department.
    """

    names: tuple[NameCandidate, ...] = ()
    twins: tuple[tuple[int, NameCandidate], ...] = ()
    organizations: tuple[OrganizationCandidate, ...] = ()
    forms: tuple[OrganizationCandidate, ...] = ()
    titles: tuple[TitleChoice, ...] = ()
    departments: tuple[Piece, ...] = ()
    used: frozenset[Piece] = field(default_factory=frozenset)


def assign(
    pieces: Sequence[Piece], cues: Cues, mixed: frozenset[int] = frozenset(), odds: RoleOdds = UNSEEN
) -> Assignment:
    """Choose names, organisations, titles and departments among the pieces no address took.

    `mixed` are lines that also hold a phone, mail or web address, `odds` what the model holds the pieces for.
    """
    names = [c for c in name_candidates(pieces, cues, mixed, odds) if c.score > -1.0][:_MOST_CONSIDERED]
    bodies = [c for c in organization_candidates(pieces, cues, odds) if c.score > -1.0][: 2 * _MOST_CONSIDERED]
    name, body = _best_pair(names, bodies)
    body = body or _unclear_body(bodies, pieces, set(name.pieces) if name else set(), odds)
    used = {*(name.pieces if name else ()), *(body.pieces if body else ())}
    persons = [name] if name else []
    twins: list[tuple[int, NameCandidate]] = []
    for candidate in names:
        if used & set(candidate.pieces):
            continue
        if any(set(candidate.reading.core) < set(person.reading.core) for person in persons):
            continue  # the family's name by itself: a logo
        same = next((i for i, person in enumerate(persons) if _same_person(person, candidate)), None)
        if same is not None:
            twins.append((same, candidate))
            used |= set(candidate.pieces)
        elif body is not None and _part_of_the_logo(candidate, body):
            continue
        elif persons and candidate.score > _MORE_PERSONS and _is_person(candidate, persons, odds):
            persons.append(candidate)
            used |= set(candidate.pieces)
    organizations, forms = _bodies(body, bodies, used, cues)
    for chosen in (*organizations, *forms):
        used |= set(chosen.pieces)
    free = [p for p in pieces if p not in used]
    titles = _titles(free, persons, odds) or _unclear_title(free, persons)
    used |= {p for t in titles for p in t.pieces}
    departments = tuple(p for p in pieces if p not in used and department_score(p.text) > 0.5)
    used |= set(departments)
    return Assignment(
        tuple(persons), tuple(twins), tuple(organizations), tuple(forms), tuple(titles), departments, frozenset(used)
    )


def confidence_of(score: float, read: float, scale: float = 1.3) -> float:
    """A log-odds score and the engine's confidence as one figure, 0 to 1."""
    return round(max(0.02, min(0.995, read * (1 / (1 + math.exp(-(score + 0.4) / scale))))), 4)


def _best_pair(
    names: Sequence[NameCandidate], bodies: Sequence[OrganizationCandidate]
) -> tuple[NameCandidate | None, OrganizationCandidate | None]:
    best: tuple[float, NameCandidate | None, OrganizationCandidate | None] = (0.0, None, None)
    for name in (None, *names):
        if name is not None and name.score < _NAME_FLOOR:
            continue
        for body in (None, *bodies):
            if body is not None and (
                body.score < _ORGANIZATION_FLOOR or (name and set(name.pieces) & set(body.pieces))
            ):
                continue
            value = (name.score - _NAME_FLOOR if name else 0.0) + (body.score - _ORGANIZATION_FLOOR if body else 0.0)
            if name and body:
                value -= _part_of_the_logo(name, body)
            if name and body and name.score < _OWN_NAME and set(words(name.reading.name.full)) <= set(words(body.text)):
                value -= _OWN_NAME  # the firm's name again, as its logo
            if value > best[0] + 1e-9:
                best = (value, name, body)
    return best[1], best[2]


def _part_of_the_logo(name: NameCandidate, body: OrganizationCandidate) -> float:
    """What speaks against a name without mail or title: the firm's letters again, or set as large right under them."""
    if name.fit > 0.5 or name.titled:
        return 0.0
    own = {letters(name.reading.name.full), *(letters(piece.text) for piece in name.pieces)}
    logo = {letters(body.text), *(letters(piece.text) for piece in body.pieces)}
    if any(min(len(a), len(b)) >= 6 and fuzz.ratio(a, b) > _REPEATED for a in own for b in logo):
        return _OWN_NAME
    upper, piece = body.pieces[-1], name.pieces[0]
    large = piece.size > _LOGO_SIZE and 0.55 < piece.size / max(upper.size, 1e-6) < 1.8
    return 1.5 if large and stacked(upper, piece, 0.6) else 0.0


def _unclear_body(
    bodies: Sequence[OrganizationCandidate], pieces: Sequence[Piece], used: set[Piece], odds: RoleOdds
) -> OrganizationCandidate | None:
    """The print that stands out, on a card that names no body otherwise: a logo of a made-up word, most likely.

    Or what the model takes for nothing but a body.
    """
    free = [piece for piece in pieces if piece not in used]
    largest = max((piece.size for piece in free), default=0.0)
    for candidate in bodies:
        size = max(piece.size for piece in candidate.pieces)
        stands_out = size >= 0.9 * largest and (size > _LOGO_SIZE or len(free) < 3)
        learned = all(odds.is_most_likely(piece, "organization") for piece in candidate.pieces)
        plain = all(role_of(piece) in ("text", "services") and not piece.listed for piece in candidate.pieces)
        person = read_name(candidate.text)
        if (person is not None and person.known and person.score > _SOMEONE) or is_sentence(candidate.text):
            continue
        if (stands_out or learned) and plain and not used & set(candidate.pieces) and title_score(candidate.text) < 0.5:
            return candidate
    return None


def _same_person(first: NameCandidate, second: NameCandidate) -> bool:
    """The same words again, or the name in another script."""
    if set(first.reading.core) == set(second.reading.core):
        return True
    scripts = is_cjk(first.reading.name.full), is_cjk(second.reading.name.full)
    return scripts[0] != scripts[1] and second.score > 0.8


def _is_person(candidate: NameCandidate, persons: Sequence[NameCandidate], odds: RoleOdds) -> bool:
    """Whether a further name is another person: built like the first, with a mail, title or line of its own."""
    reading = candidate.reading
    if (not reading.known and candidate.fit < 0.8) or (
        len(reading.core) == 1 and candidate.fit < 0.7 and len(persons[0].reading.core) > 1
    ):
        return False
    if any(set(reading.core) & set(p.reading.core) and candidate.fit < 0.5 for p in persons):
        return len(reading.core) > 1 and candidate.score > _MORE_PERSONS + 1.0
    first = persons[0].pieces[0]
    size, least = candidate.pieces[0].size / max(first.size, 1e-6), _MORE_PERSONS + 0.5
    if odds.mean(candidate.pieces, "name") > _PLAINLY_NAME:
        return 0.5 < size < 2 and (candidate.fit > 0.5 or candidate.score > _MORE_PERSONS)
    return 0.7 < size < 1.4 and (candidate.fit > 0.5 or candidate.score > least)


def _bodies(
    body: OrganizationCandidate | None, bodies: Sequence[OrganizationCandidate], used: set[Piece], cues: Cues
) -> tuple[list[OrganizationCandidate], list[OrganizationCandidate]]:
    """The card's organisation and further ones, and other printed forms of the first."""
    if body is None:
        return [], []
    chosen, forms = [body], []
    taken = set(used) | set(body.pieces)
    for candidate in bodies:
        overlap = set(candidate.pieces) & set(body.pieces)
        if overlap:
            # A part of the chosen logo that fits the domain by itself, or the logo with the line under it.
            if not (set(candidate.pieces) - set(body.pieces)) & used and _is_form(candidate, body, cues):
                forms.append(candidate)
            continue
        if set(candidate.pieces) & taken:
            continue
        if _is_form(candidate, body, cues) and candidate.score > _ORGANIZATION_FLOOR:
            forms.append(candidate)
            taken |= set(candidate.pieces)
        elif any(set(candidate.pieces) <= set(form.pieces) for form in forms):
            continue  # the line under the logo
        elif len(chosen) < 3 and candidate.score > _MORE_BODIES and _stands_alone(candidate):
            chosen.append(candidate)
            taken |= set(candidate.pieces)
    return chosen, forms[:_MOST_FORMS]


def _is_form(candidate: OrganizationCandidate, body: OrganizationCandidate, cues: Cues) -> bool:
    """Whether two printed texts name one body: the same letters, one within the other, one domain, two scripts."""
    one, other = letters(candidate.text), letters(body.text)
    if not one or not other:
        return False
    if joined_alike(candidate.text, body.text):
        return True
    if set(candidate.pieces) & set(body.pieces):
        if set(candidate.pieces) > set(body.pieces):  # the logo with the line under it
            added = candidate.pieces[len(body.pieces) :]
            plain = all(role_of(piece) not in _NO_PART_OF_A_NAME or _is_trade(piece) for piece in added)
            near = candidate.score > max(-1.0, body.score - 4.5)
            return near and plain and candidate.pieces[: len(body.pieces)] == body.pieces
        return candidate.score > body.score - 2.5 and (candidate.fit > 0.6 or body.fit < 0.6)
    first, second = set(_named(candidate.text)), set(_named(body.text))
    if first and second and (first <= second or second <= first):
        return True
    if is_cjk(candidate.text) != is_cjk(body.text):
        return legal_form(candidate.text) is not None or organization_score(candidate.text) > 0.5
    if candidate.fit > 0.8 and body.fit > 0.8:
        return True
    return domain_fit(candidate.text, (other,)) > 0.85 and legal_form(candidate.text) is None and bool(cues.labels)


def _is_trade(piece: Piece) -> bool:
    """Whether a piece is what a shop adds to its name ("AUTO REPAIRS"), no list of what it does."""
    short = 1 <= len(words(piece.text)) <= 3 and "," not in piece.text
    return short and role_of(piece) == "services" and not piece.listed


def _named(text: str) -> list[str]:
    """The words that name a body, without legal form and kind."""
    form = legal_form(text)
    bare = text[: form[0]] + " " + text[form[1] :] if form else text
    return [w for w in words(bare) if w not in word_list("organization_words") and w not in word_list("stop_words")]


def _stands_alone(candidate: OrganizationCandidate) -> bool:
    return legal_form(candidate.text) is not None and len(candidate.pieces) == 1


def _titles(free: Sequence[Piece], persons: Sequence[NameCandidate], odds: RoleOdds) -> list[TitleChoice]:
    """Titles among the free pieces, lines of one title joined."""
    heads = [piece for person in persons for piece in person.pieces]

    def model(group: Sequence[Piece]) -> float:
        """What the model says; on a card without a name its word is not enough."""
        best = max(odds.of(piece, "title") for piece in group)
        return best if heads else min(0.0, best)

    found: list[TitleChoice] = []
    taken: set[Piece] = set()
    for piece in free:
        if piece in taken:
            continue
        score = _title_evidence(piece.text, model((piece,))) + _near_name(piece, heads)
        group = [piece]
        text = piece.text
        for other in free:
            if other is piece or other in taken or other in group or len(group) > 2:
                continue
            last = group[-1]
            close = stacked(last, other, 0.9) and 0.8 < last.size / max(other.size, 1e-6) < 1.25
            goes_on = close and not beside(last, other) and is_continued(text, other.text, last.open_end)
            if (goes_on or odds.joined(last, other) > 0) and department_score(other.text) < 0.9:
                group.append(other)
                text = joined_text(text, other.text)
        joined = _title_evidence(text, model(group)) + _near_name(piece, heads)
        if len(group) > 1 and joined > _TITLE_FLOOR and joined > score - 0.6:
            found.append(TitleChoice(tuple(group), text, joined))
            taken |= set(group)
        elif score > _TITLE_FLOOR:
            found.append(TitleChoice((piece,), piece.text, score))
            taken.add(piece)
    return found


def _title_evidence(text: str, odds: float) -> float:
    """Words and model together; a text whose words no list holds is not ruled out by that."""
    words_say = title_score(text)
    if odds > _PLAINLY_TITLE and words_say > _RULED_OUT:
        words_say = max(words_say, _NO_HEAD)
    return words_say + _TITLE_WEIGHT * odds


def _unclear_title(free: Sequence[Piece], persons: Sequence[NameCandidate]) -> list[TitleChoice]:
    """The plain words right under a name that has no title otherwise: one in a language or trade no list holds."""
    for person in persons[:1]:
        head = person.pieces[-1]
        piece = next_below(head, free, 1.6)
        if (
            piece is not None
            and 0.5 < piece.size / max(head.size, 1e-6) < 1.05
            and len(words(piece.text)) <= _LONGEST_UNCLEAR
            and not any(c.isdigit() for c in piece.text)
            and (role_of(piece) == "text" or (role_of(piece) == "tagline" and piece.text[-1].isalpha()))
            and piece.confidence > _READ_WELL
            and sum(c.isalpha() for c in piece.text) > 3
            and max(organization_score(piece.text), address_marks(piece.text).score) < 0
        ):
            return [TitleChoice((piece,), piece.text, _UNCLEAR)]
    return []


def _near_name(piece: Piece, heads: Sequence[Piece]) -> float:
    """A title stands under, over or beside the name; a card without a name seldom has one."""
    if not heads:
        return -0.9
    nearest = min(distance(piece, head) for head in heads)
    if nearest < 1.5:
        return 0.6
    return 0.1 if nearest < 4 else -0.5
