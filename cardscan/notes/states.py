"""Stretches that tell how things stand, with their date: `wedding is 3 Oct`, `out till Monday`, `im Urlaub bis 2.11.`

Such a stretch is nobody's task, and its date is not the date of the task beside it. A comma is enough between the two:
`lease ends Dec 31, email terms by Oct 15`, `pay the deposit by 12 Sept, wedding is 3 Oct`.
"""

from __future__ import annotations

from collections.abc import Mapping

from cardscan.notes.jotting import Jotting
from cardscan.notes.openings import hyphened

_LONGEST = 14
_AND = "e"


def tells_state(j: Jotting, start: int, end: int, dated: Mapping[int, int]) -> bool:
    """Whether a word of being or ending stands right beside a date, and no task is told.

    Args:
        j: The note.
        start: Index of the stretch's first token.
        end: Index behind its last token.
        dated: Index of a date's first token -> index behind the date.
    """
    if _commands(j, start):
        return False
    behind = {after for first, after in dated.items() if start <= first}
    at = start
    while at < end:
        if at in dated:
            at = dated[at]
            continue
        length = j.has("phrases.state", at, end)
        if length and not _only_and(j, at) and (at + length in dated or at in behind):
            return True
        at += max(length, 1)
    return False


def stretch_end(j: Jotting, start: int, dated: Mapping[int, int]) -> int:
    """Where the stretch that begins at a token ends: at the next sign outside a date."""
    at = start
    while at < len(j.tokens) and at - start < _LONGEST:
        if at in dated:
            at = dated[at]
        elif j.tokens[at].kind in ("mark", "break") and j.norm(at) not in {"'", "&", "/"}:
            break
        else:
            at += 1
    return min(at, len(j.tokens))


def parted(j: Jotting, start: int, sign: int, dated: Mapping[int, int]) -> bool:
    """Whether a comma or an `and` parts a state from a task beside it."""
    begin = sign + 1
    end = stretch_end(j, begin, dated)
    if tells_state(j, begin, end, dated):
        return True
    if not any(start <= first < sign for first in dated):
        return False
    if begin in dated and _verb_last(j, begin, end, dated):
        return True  # `Montag Messe, am 3.11. Muster hinschicken`
    if not (tells_state(j, start, sign, dated) or _lasts(j, start, sign, dated)):
        return False
    return _commands(j, dated.get(begin, begin)) or _verb_last(j, begin, end, dated)


def _lasts(j: Jotting, start: int, sign: int, dated: Mapping[int, int]) -> bool:
    """Whether something that is no task lasts until a day: `in Spain until 1 Dec, …`."""
    until = any(j.has("phrases.lasting", first) for first in dated if start <= first < sign)
    thing = j.find("things.deliverable", start, sign) is not None
    return until and j.norm(sign) == "," and not thing and not _commands(j, start)


def new_sentence(j: Jotting, start: int, at: int, dated: Mapping[int, int]) -> bool:
    """Whether the dot that closes a date closes a sentence too: `Vertrag endet 31.12. Angebot bis 1.12. mailen`."""
    if j.norm(at - 1) != "." or at >= len(j.tokens) or not j.tokens[at].capital:
        return False
    behind = stretch_end(j, at, dated)
    does = _commands(j, at) or _verb_last(j, at, behind, dated)
    return does and any(at <= first < behind for first in dated) and tells_state(j, start, at, dated)


def _verb_last(j: Jotting, start: int, end: int, dated: Mapping[int, int]) -> bool:
    """Whether a German or Dutch stretch ends in a verb of doing, but for its date."""
    ends = {after: first for first, after in dated.items()}
    while end in ends:
        end = ends[end]
    named = end - start > 1 and (j.has("verbs.act", end - 1, end) or j.has("verbs.weak", end - 1, end))
    return j.lexicon.language in ("de", "nl") and bool(named)


def _commands(j: Jotting, at: int) -> bool:
    """Whether a verb of doing stands here, with something behind it that it can be done to."""
    while (skip := j.has("phrases.filler", at) or j.has("phrases.them_clitic", at)) and not j.has("verbs.act", at):
        at += skip
    length = max(j.has("verbs.act", at), j.has("verbs.weak", at))
    if not length or hyphened(j, at + length) or j.has("verbs.no_object", at + length):
        return False
    return not (length == 1 and j.has(f"verbs.noun_after.{j.norm(at)}", at + 1))


def _only_and(j: Jotting, at: int) -> bool:
    """Whether `è` or `é`, which is, lacks its accent and so is the `e` that joins."""
    return j.norm(at) == _AND and j.tokens[at].text.casefold() == _AND
