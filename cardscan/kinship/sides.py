"""Front and back of one card: which of two cards photographed one after the other is the other's back.

A back says less than its front: a logo, a slogan, a map, the branches, a code, a note, or the same contact in another
language. What they share (domain, organisation, numbers, print, colours) and that nobody photographs another card in
between make a pair; two persons, two firms, or a card that could stand alone do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from cardscan.kinship.evidence import compare, firms_alike, overlap
from cardscan.kinship.features import Features
from cardscan.kinship.palette import colours_alike, shapes_alike
from cardscan.kinship.persons import SAME_PRINT
from cardscan.kinship.photos import Nearness, nearness
from cardscan.parse.agreement import name_fit
from cardscan.parse.hosts import owner
from cardscan.parse.vocabulary import is_cjk, letters
from cardscan.record import Card, KinReason, Kinship

_OTHER_LANGUAGE = 0.6
"""Two sides that name one person in one script share less print than this; more is the same side again."""

_A_WORD = 8
"""Letters of print that may be a pen's, or dirt: a side with fewer counts as unprinted."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A front and what may be its back; `in_order` when the back was not photographed before the front."""

    front: Card
    back: Card
    one: Features
    two: Features
    near: Nearness
    in_order: bool = True


def find_sides(cards: Sequence[Card], features: Mapping[str, Features]) -> list[Kinship]:
    """Backs with their fronts, among cards in the order of their photos; each card is of one pair at most.

    Where a card could be the back of two, the surer evidence decides, then that a front is photographed first. A side
    that only the moment ties to the one before it is a question (`sure` is False).

    Args:
        cards: In file order, as `scan` reads them.
        features: Theirs, by id.
    """
    able = [card for card in cards if card.contact is not None and card.review.status != "dismissed"]
    taken = {each for card in able if card.source.other_side for each in (card.id, card.source.other_side)}
    found: list[tuple[float, int, Kinship]] = []
    for place, (first, second) in enumerate(_neighbours(able)):
        if first.id in taken or second.id in taken:
            continue
        for turned, (front, back) in enumerate(((first, second), (second, first))):
            judged = judge_sides(front, back, features, in_order=not turned)
            if judged is not None:
                weight, kinship = judged
                found.append((-weight, 2 * place + turned, kinship))
    unclear = _unclear(found, {card.id: card.source.path for card in able})
    pairs = []
    for _, _, kinship in sorted(found, key=lambda item: item[:2]):
        if kinship.card not in taken and kinship.other not in taken and kinship.other not in unclear:
            taken |= {kinship.card, kinship.other}
            pairs.append(kinship)
    return pairs


def judge_sides(
    front: Card, back: Card, features: Mapping[str, Features], *, in_order: bool = True
) -> tuple[float, Kinship] | None:  # fmt: skip
    """How surely one card is the back of another, with the reasons; None when it is not, or not near it."""
    near = nearness(front.source, back.source)
    if near is None or _is_one_place(front, back):
        return None
    pair = _Pair(front, back, features[front.id], features[back.id], near, in_order)
    if pair.two.is_mute and not firms_alike(pair.one.firms, pair.two.firms) and not _firm_in_print(pair):
        return _only_looks(pair)
    if _richness(pair.one) <= _richness(pair.two) and not (pair.one.names and pair.two.names):
        return None
    found = compare(pair.one, pair.two, (front, back))
    if found.name == "conflict" or found.firm is False or found.other_mail or found.other_mobile:
        return None
    if pair.one.names and pair.two.names and not _is_logo(pair):
        return _other_language(pair)
    if (pair.two.names and not _is_logo(pair)) or _stands_alone(pair):
        return None
    return _plain_back(pair)


def _other_language(pair: _Pair) -> tuple[float, Kinship] | None:
    """The same contact again: in another script, or in the same script with other words."""
    found = compare(pair.one, pair.two, (pair.front, pair.back))
    fields = [*found.personal, *found.office, *(["domain"] if found.firm else []), *(["box"] if found.boxes else [])]
    if len(fields) < 2:
        return None
    if found.name == "unknown":
        return _sure(pair, found.reasons, 3.0 + len(fields)) if _one_mailbox(pair) else None
    again = overlap(pair.one, pair.two) >= _OTHER_LANGUAGE and not _loses_a_script(pair)
    if found.name not in ("same", "slip") or again:
        return None  # a photo taken again
    if _richness(pair.one) < _richness(pair.two):
        return None
    return _sure(pair, found.reasons, 2.0 + len(fields))


def _plain_back(pair: _Pair) -> tuple[float, Kinship] | None:
    """A side that names nobody: what it says must be of the front's firm."""
    found = compare(pair.one, pair.two, (pair.front, pair.back))
    reasons = [reason for reason in found.reasons if reason.agrees]
    common = overlap(pair.one, pair.two)
    weight = len(found.personal) + len(found.office) + 1.0 * bool(found.firm) + 0.5 * found.boxes
    if common >= SAME_PRINT and found.firm and _richness(pair.one) - _richness(pair.two) <= 1:
        return None  # a photo of the front in which less was read
    if weight == 0 and _is_logo(pair):
        reasons.append(KinReason("print", "all its print stands on the front, too"))
        weight = 1.0
    if weight == 0 and (firm := _firm_in_print(pair)):
        reasons.append(firm)
        weight = 1.0
    colours = colours_alike(pair.front.design, pair.back.design)
    if colours:
        reasons.append(KinReason("design", colours.text))
        weight += 0.5 * colours.telling
    shapes = shapes_alike(pair.front.design, pair.back.design)
    if weight < 1.0 or (weight < 1.5 and not pair.near.closely and not shapes):
        return None
    return _sure(pair, reasons, weight)


def _only_looks(pair: _Pair) -> tuple[float, Kinship] | None:
    """A side on which nobody can be reached (a slogan, a note, a drawing): no card of its own, but whose?

    Print that stands on the front as well tells; else only that it was photographed the moment after, on the same
    paper or with the same ink. Where no time is known, an unmistakable ink is needed. The moment without the looks is
    a question.
    """
    both = [line for line in pair.two.lines if len(line) >= _A_WORD and line in pair.one.lines]
    if both:
        return _sure(pair, [KinReason("print", f"{both[0]} stands on both")], 1.0)
    if not pair.in_order or (not pair.one.names and _richness(pair.one) < 2):
        return None
    colours = colours_alike(pair.front.design, pair.back.design)
    alike = colours is not None and shapes_alike(pair.front.design, pair.back.design)
    if not pair.near.closely and not (alike and colours and colours.exact):
        return None
    printed = sum(map(len, pair.two.lines)) >= _A_WORD
    text = "nothing of a contact in its print" if printed else "no print on it"
    said = [KinReason("print", text)]
    if colours is None or not alike:
        weight, kinship = _sure(pair, said, 0.0)
        return weight, replace(kinship, sure=False)
    return _sure(pair, [*said, KinReason("design", colours.text)], 0.3 + 0.5 * colours.telling)


def _sure(pair: _Pair, reasons: Sequence[KinReason], weight: float) -> tuple[float, Kinship]:
    said = (*(reason for reason in reasons if reason.agrees), KinReason("photo", pair.near.text))
    weight += 0.25 if pair.near.closely else 0.0
    return weight, Kinship("side", pair.front.id, pair.back.id, said, sure=True)


def _unclear(found: Sequence[tuple[float, int, Kinship]], paths: Mapping[str, str]) -> set[str]:
    """Backs in a photo of many cards that could be of two fronts in it: the order of the photos cannot tell there."""
    best: dict[str, list[float]] = {}
    for weight, _, kinship in found:
        if paths[kinship.card] == paths[kinship.other]:
            best.setdefault(kinship.other, []).append(weight)
    return {
        back for back, weights in best.items() if len(weights) > 1 and sorted(weights)[1] - sorted(weights)[0] < 1.0
    }


def _is_one_place(first: Card, second: Card) -> bool:
    """Whether both are persons of one card."""
    a, b = first.source, second.source
    return a.path == b.path and a.sha256 == b.sha256 and a.index == b.index


def _one_mailbox(pair: _Pair) -> bool:
    """Whether the mailboxes say that two names in two scripts are one: equal, of the Latin name, or none of a person.

    Colleagues may share the switchboard, the domain and the address, but not a mailbox of their own.
    """
    mails = pair.one.own_mails | pair.two.own_mails
    told = [form.words for form in (*pair.one.names, *pair.two.names) if form.script == "latin"]
    if pair.one.own_mails & pair.two.own_mails or pair.one.mobiles & pair.two.mobiles:
        return True
    if not mails:
        return pair.near.closely
    return any(name_fit(name, [mail.partition("@")[0]]) >= 0.6 for name in told for mail in mails)


def _is_logo(pair: _Pair) -> bool:
    """Whether the back's only text was taken for a name, and also stands on the front: the firm's mark."""
    return _richness(pair.two) <= 4 and bool(pair.two.lines) and set(pair.two.lines) <= set(pair.one.lines)


def _loses_a_script(pair: _Pair) -> bool:
    """Whether most lines of the front in another script are Latin on the back: the other side of a bilingual card."""
    one, two = (sum(map(is_cjk, side.lines)) for side in (pair.one, pair.two))
    return one >= 2 and one > 3 * two


def _richness(one: Features) -> int:
    """How many fields a side fills; a name counts three times."""
    filled = (one.own_mails | one.boxes, one.numbers, one.firms, one.titles, one.addresses, one.domains, one.profiles)
    return 3 * bool(one.names) + sum(map(bool, filled))


def _stands_alone(pair: _Pair) -> bool:
    """Whether the second is a card of its own: a shop's or department's, with other ways to reach it than the first's.

    A back may list branches; then there are several of each. It may also hold the address and numbers that the front
    leaves out.
    """
    one, two = pair.one, pair.two
    if not two.firms or len(two.addresses) > 1 or len(two.numbers) > 2:
        return False
    desks = one.numbers - one.mobiles
    other_number = bool(two.numbers) and bool(desks) and not two.numbers & one.numbers
    other_mail = bool(two.own_mails | two.boxes) and bool(one.boxes) and not two.boxes & one.boxes
    other_address = bool(two.addresses) and bool(one.addresses)
    return (other_number and (other_mail or other_address)) or (other_mail and other_address)


def _firm_in_print(pair: _Pair) -> KinReason | None:
    """The front's organisation or domain in the back's print, where no field was made of it: a logo, a slogan."""
    owners = [letters(owner(domain)) for domain in sorted(pair.one.domains)]
    whole = "".join(pair.two.lines)
    for name in (*pair.one.firms, *owners):
        if len(name) >= 5 and name in whole:
            return KinReason("print", f"{name} stands in its print")
        for line in pair.two.lines:
            if len(name) >= 8 and Levenshtein.distance(name, line) <= len(name) // 5:
                return KinReason("print", f"{line} stands on it, which is {name} in the letters of a logo")
            if name.startswith(line) and (len(line) >= 5 or pair.near.closely):
                return KinReason("print", f"{line} stands on it, as {name} begins")
    return None


def _neighbours(cards: Sequence[Card]) -> list[tuple[Card, Card]]:
    """Cards of one photo, and cards of photos that follow each other where each shows one card."""
    groups: list[list[Card]] = []
    for card in cards:
        if groups and groups[-1][0].source.path == card.source.path and groups[-1][0].source.page == card.source.page:
            groups[-1].append(card)
        else:
            groups.append([card])
    pairs = []
    for place, group in enumerate(groups):
        if len(group) > 1:
            pairs += [(a, b) for i, a in enumerate(group[:60]) for b in group[i + 1 : 60]]
        if place + 1 < len(groups) and _shows_one(group) and _shows_one(groups[place + 1]):
            # A front may name two persons, and so make two cards.
            pairs += [(a, b) for a in group[:4] for b in groups[place + 1][:4]]
    return pairs


def _shows_one(group: Sequence[Card]) -> bool:
    return len({card.source.index for card in group}) == 1
