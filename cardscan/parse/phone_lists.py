"""A run of digit groups cut into the numbers it holds, by the cut whose numbers are likeliest.

"(11) 3456-7890 / 3456-7123" is two numbers, "0221 / 12 34 56 - 0" is one, "2345 6789 / 90" is two of which the second
prints its last digits only. Dynamic programming over the cuts; a run has few groups, so the work is bounded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cardscan.parse.phone_numbers import NOT_DIALLED, Dialled, continued, dial
from cardscan.parse.phone_runs import Group, Run

_MOST_GROUPS = 9  # of one number: "+33 (0)1 23 45 67 89" has seven
_CUT_AT_BLANK = 0.3  # what a cut costs where no list mark stands
_CUT_AT_HYPHEN = 2.5
_CONTINUED_AT_HYPHEN = 0.8
_CROSSED_STROKE = 0.4  # what it costs that a number runs over a "/" elsewhere than behind its area code
_CROSSED_COMMA = 0.6
_CROSSED_SPACED_HYPHEN = 0.2
_CROSSED_RANGE = 3.0  # "53735 - 39" are lines 35 to 39; as one number it would need a telling coincidence
_WIDEST_RANGE = 9


@dataclass(frozen=True, slots=True)
class Segment:
    """Groups `first` to `last` (exclusive) of a run, read as one number (or as none: rule "none").

    `digits` are those printed, with what a later number of a list leaves out put before them.
    """

    first: int
    last: int
    dialled: Dialled
    digits: str


@dataclass(frozen=True, slots=True)
class _Plan:
    score: float
    segments: tuple[Segment, ...]


def segments(run: Run, text: str, regions: tuple[str, ...], allow_local: bool) -> tuple[Segment, ...]:
    """The numbers of a run, left to right, those that are none left out.

    Args:
        run: From `phone_runs.runs`.
        text: The line the run was found in.
        regions: Candidate countries, likeliest first.
        allow_local: Whether numbers without area code count (a label or a lone line says it is a phone).
    """
    groups = run.groups
    best: list[_Plan | None] = [None] * (len(groups) + 1)
    best[0] = _Plan(0.0, ())
    for first in range(len(groups)):
        so_far = best[first]
        if so_far is None:
            continue
        for last in range(first + 1, min(first + _MOST_GROUPS, len(groups)) + 1):
            digits = "".join(group.digits for group in groups[first:last])
            if len(digits) > 17:
                break
            segment, score = _scored(run, text, first, last, digits, regions, so_far.segments, allow_local)
            total = so_far.score + score
            there = best[last]
            if there is None or total > there.score + 1e-9:
                best[last] = _Plan(total, (*so_far.segments, segment))
    final = best[-1]
    return () if final is None else tuple(s for s in final.segments if s.dialled.score > 0)


def _scored(
    run: Run,
    text: str,
    first: int,
    last: int,
    digits: str,
    regions: tuple[str, ...],
    before: tuple[Segment, ...],
    allow_local: bool,
) -> tuple[Segment, float]:
    groups = run.groups
    previous = next((s for s in reversed(before) if s.dialled.score > 0), None)
    adjoining = previous is not None and before[-1] is previous
    plus = run.plus and first == 0
    start = run.start if first == 0 else groups[first].start
    reading = dial(digits, plus, text[start : groups[last - 1].end], regions)
    if previous is not None and adjoining and not plus:
        inherited = _inheriting(digits, previous, groups[first], last - first == 1)
        if inherited.score > reading.score:
            reading = inherited
    between = groups[first].between
    if reading.rule == "local" and not (allow_local and (first == 0 or groups[first].listing)):
        reading = replace(reading, score=0.05)
    cost = 0.0
    if first > 0 and not groups[first].listing:
        hyphen = _CONTINUED_AT_HYPHEN if reading.rule == "continued" else _CUT_AT_HYPHEN
        cost += hyphen if "-" in between or "." in between else _CUT_AT_BLANK
        if previous is not None and reading.rule != "continued" and not _stands_alone(digits, previous, between):
            reading = NOT_DIALLED
    elif reading.rule == "continued" and "-" in between:
        cost += _CONTINUED_AT_HYPHEN
    if reading.score <= 0:
        return Segment(first, last, NOT_DIALLED, digits), -0.2 * (last - first) - cost
    if previous is not None and reading.rule in ("continued", "listed"):
        digits = previous.digits[: -len(digits)] + digits
    return Segment(first, last, reading, digits), reading.score - cost - _crossings(run, first, last, plus)


def _inheriting(digits: str, previous: Segment, group: Group, alone: bool) -> Dialled:
    """A later number of a list, which leaves out the area code, or all but its last digits."""
    e164 = previous.dialled.e164
    if e164 is None or not previous.dialled.valid or len(digits) >= len(previous.digits):
        return NOT_DIALLED
    marked = group.listing or group.between.strip() in ("-", "~")
    if len(digits) <= 4:
        return continued(e164, digits) if alone and marked else NOT_DIALLED
    reading = continued(e164, digits)
    return replace(reading, score=2.3, rule="listed") if group.listing and reading.valid else NOT_DIALLED


def _stands_alone(digits: str, previous: Segment, between: str) -> bool:
    """Two numbers side by side with a mere blank between look alike, or the second opens with its area code."""
    if "(" in between:
        return True
    before = previous.digits
    alike = len(digits) == len(before) and len(digits) >= 7
    coded = before.startswith("0") or (previous.dialled.rule == "international" and previous.dialled.valid)
    return alike or (digits.startswith("0") and coded and min(len(digits), len(before)) >= 8)


def _crossings(run: Run, first: int, last: int, plus: bool) -> float:
    cost, before = 0.0, run.groups[first].digits
    hyphened: list[bool] = []  # of each spaced hyphen, whether a range ends behind it
    for group in run.groups[first + 1 : last]:
        if group.listing:
            behind_area = len(before) <= (7 if plus else 5)
            if "/" in group.between:
                cost += 0.0 if behind_area else _CROSSED_STROKE
            elif "-" in group.between:
                hyphened += [] if behind_area else [_ends_range(before, group.digits)]
            else:
                cost += _CROSSED_COMMA
        before += group.digits
    return cost + (_CROSSED_RANGE if hyphened == [True] else _CROSSED_SPACED_HYPHEN * len(hyphened))


def _ends_range(before: str, tail: str) -> bool:
    """Whether two digits are a little above the last two before them, as in "8837 40 - 49"."""
    return len(tail) == 2 and 0 < int(tail) - int(before[-2:]) <= _WIDEST_RANGE
