"""What they care about (interests), what we talked about (topics), and how they fit (strategy)."""

from __future__ import annotations

from cardscan.notes.clauses import Clause
from cardscan.notes.jotting import Jotting
from cardscan.notes.wording import words_of
from cardscan.record import Strategy

_LONGEST_ITEM = 9
# The first two win over the rest wherever they stand.
_STRATEGIES: tuple[Strategy, ...] = ("alliance", "prospect", "job", "client", "partner", "friend")


def interests(j: Jotting, clause: Clause) -> list[str]:
    """What a clause says they love, and hobbies it only lists."""
    if j.find("phrases.not_interested", clause.start, clause.end):
        return []
    at = clause.start
    while at < clause.end:
        if length := j.has("phrases.not_love", at, clause.end):
            at += length
            continue
        length = j.has("phrases.loves", at, clause.end)
        if length and at - clause.start <= 6 and not _denied(j, clause, at):
            return _items(j, clause, at + length + (j.norm(at + length) == ":"))
        at += max(length, 1)
    return _fans(j, clause) or _hobbies(j, clause)


def topics(j: Jotting, clause: Clause) -> list[str]:
    """What a clause says we talked about, or they ask for; what they decide about is no topic."""
    if j.find("phrases.decides", clause.start, clause.end):
        return []
    at = clause.start
    while at < clause.end:
        if length := j.has("phrases.not_talk", at, clause.end):
            at += length
            continue
        length = j.has("phrases.talked", at, clause.end)
        mine = any(j.has("phrases.my", k) or j.has("phrases.pronoun_me", k) for k in range(clause.start, at))
        if (
            length
            and at - clause.start <= 6
            and not _denied(j, clause, at)
            and not (mine and j.has("phrases.wanted", at))
        ):
            begin = at + length
            begin += 1 if j.norm(begin) in {":", "."} else 0
            return _items(j, clause, begin)
        at += max(length, 1)
    return []


def strategy(j: Jotting, clauses: list[Clause]) -> Strategy | None:
    """How the person fits. A word such as *prospect* beats the plain *client*, which stands in many phrases."""
    found: dict[Strategy, int] = {}
    for clause in clauses:
        at = clause.start
        while at < clause.end:
            if length := j.has("strategy.not", at, clause.end):
                at += length
                continue
            lengths = {name: j.has(f"strategy.{name}", at, clause.end) for name in _STRATEGIES}
            name = max(lengths, key=lambda n: lengths[n])
            asked = clause.question and at + lengths[name] == clause.end
            if name == "client" and lengths[name] and (asked or _possible(j, clause, at)):
                name, lengths["prospect"] = "prospect", lengths[name]
            if lengths[name] == 1 and j.norm(at) == "lead" and not _stands_alone(j, clause, at):
                at += 1
                continue
            if name in ("partner", "friend", "client") and _theirs(j, at, at + lengths[name]):
                at += max(lengths[name], 1)
                continue
            if lengths[name] and not _denied(j, clause, at):
                found.setdefault(name, at)
            at += max(lengths[name], 1)
    for choice in _STRATEGIES[:2]:
        if choice in found:
            return choice
    return min(found.items(), key=lambda item: item[1])[0] if found else None


def _theirs(j: Jotting, start: int, end: int) -> bool:
    """`her partner`, `o sócio dele`: whose they are, and not mine."""
    behind = j.lexicon.language == "pt" and j.has("phrases.possessive", end) > 0
    return behind or (start > 0 and j.has("phrases.possessive", start - 1) > 0)


def _possible(j: Jotting, clause: Clause, at: int) -> bool:
    """`poss. client`, `could become a customer`: one who is none yet."""
    return j.find("strategy.possible", max(clause.start, at - 4), at) is not None


def _stands_alone(j: Jotting, clause: Clause, at: int) -> bool:
    """A lead is one to sell to, the `QA lead` is somebody's title: no noun may stand before it."""
    before = at - 1
    return before < clause.start or j.tokens[before].kind != "word" or bool(j.has("common", before))


def _denied(j: Jotting, clause: Clause, at: int) -> bool:
    return any(j.has("phrases.not", back, at) for back in range(max(clause.start, at - 3), at))


def _items(j: Jotting, clause: Clause, begin: int) -> list[str]:
    """A list, cut at commas, `and`, `+` and `/`, without dates."""
    hidden = clause.covered
    items: list[str] = []
    start = at = begin
    while at <= clause.end:
        ends = at >= clause.end or at in hidden or j.has("phrases.item_ends", at, clause.end)
        ends = ends or (j.norm(at) == "-" and j.tokens[at].spaced)
        length = 1 if at < clause.end and j.norm(at) in {",", "+", "&", ";", "/"} and not _glued(j, at) else 0
        length = length or (j.has("phrases.and", at, clause.end) if at < clause.end and at > start else 0)
        if ends or length:
            text = words_of(j, _start_of_item(j, start, at), _end_of_item(j, start, at))
            if text and len(text.split()) <= _LONGEST_ITEM:
                items.append(text)
            if ends:
                break
            at += length
            start = at
            continue
        at += 1
    return list(dict.fromkeys(items))


def _glued(j: Jotting, at: int) -> bool:
    """`R&D`, `24/7`: signs inside a word."""
    return (
        j.tight(at)
        and j.tight(at + 1)
        and j.norm(at) in {"&", "/", "+"}
        and (len(j.tokens[at - 1].text) < 3 or j.norm(at) != "/")
    )


def _start_of_item(j: Jotting, start: int, end: int) -> int:
    while start < end and j.has("phrases.item_lead", start, end):
        start += j.has("phrases.item_lead", start, end)
    return start


def _end_of_item(j: Jotting, start: int, end: int) -> int:
    """Without the haste behind it: `white paper asap` is a white paper."""
    for first in range(start + 1, end):
        if j.has("phrases.soon", first, end) == end - first:
            return first
    return end


def _fans(j: Jotting, clause: Clause) -> list[str]:
    """`Arsenal fan`, `dog person`, `craft beer nerd`."""
    for at in range(clause.start + 1, clause.end):
        if j.has("phrases.fan_suffix", at, clause.end) and (
            at + 1 >= clause.end or j.norm(at + 1) in {",", "+", "&"} or j.has("phrases.and", at + 1)
        ):
            begin = at - 1
            if j.has("common", begin):
                return []
            while (
                begin > clause.start
                and j.tokens[begin - 1].kind == "word"
                and not j.has("common", begin - 1)
                and at - begin < 3
                and not j.has("phrases.degree", begin - 1)
            ):
                begin -= 1
            if j.tokens[begin].kind != "word" or j.has("common", begin) or j.has("phrases.degree", begin):
                return []
            whole = j.norm(at) in {"person", "mom", "dad", "runner", "climber", "rider", "player"}
            return [words_of(j, begin, at + 1 if whole else at)]
    return []


def _hobbies(j: Jotting, clause: Clause) -> list[str]:
    """A clause that is nothing but a list, and begins with a hobby everybody knows: `Skiing, Bach, sourdough`."""
    if clause.dates or clause.question or clause.end - clause.start > 12:
        return []
    parts: list[tuple[int, int]] = []
    start = clause.start
    for at in range(clause.start, clause.end + 1):
        if at == clause.end or j.norm(at) in {",", "+", "&", "/"} or j.has("phrases.and", at, clause.end):
            parts.append((start, at))
            start = at + 1
    known = [
        (a, b)
        for a, b in parts
        if (b > a and j.has("things.hobby", a, b) == b - a) or j.has("phrases.hobby", a, b) == b - a > 0
    ]
    if not known or any(b - a > 3 for a, b in parts) or len(known) * 2 < len(parts):
        return [words_of(j, a, b) for a, b in known]
    return [text for a, b in parts if (text := words_of(j, a, b))]
