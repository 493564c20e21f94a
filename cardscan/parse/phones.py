"""Telephone numbers: found, told from other numbers, split, dialled, and typed by their labels.

Dates, hours, prices, postal codes, years and whatever registrations took are no phones. A number whose country is not
known keeps `value` None; one printed without its area code does too. Nothing is filled in that the card does not say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import phonenumbers

from cardscan.parse.finding import Context, Found, PhoneContext, Span, remainder
from cardscan.parse.folding import fold
from cardscan.parse.labels import PHONE_KINDS, Label, LabelLines, label_after, label_before
from cardscan.parse.phone_joins import with_area_codes
from cardscan.parse.phone_lists import Segment, segments
from cardscan.parse.phone_lookalikes import Sighting, is_phone
from cardscan.parse.phone_numbers import Dialled, dial
from cardscan.parse.phone_runs import Group, Run, mended_digits, runs
from cardscan.parse.registration import numbered_places
from cardscan.parse.spaced import LONGEST_LINE
from cardscan.record import Phone, PhoneType, TextLine

_MOST_RUNS = 240  # of one page; a card has a dozen
_PRINTED_PREFIX = re.compile(r"\+\s{0,2}\(?\s?([1-9]\d{0,2})(?!\d{13})")
_VANITY = re.compile(
    r"(?<!\w)(?:\+?1[-. ]?)?(?:\(?8(?:00|33|44|55|66|77|88)\)?|1300|1800|0800)[-. ]{1,2}[A-Z0-9][A-Z0-9-]{3,14}(?!\w)"
)

_RULE_STRENGTH = {
    "international": 0.99, "prefix": 0.97, "national": 0.97, "untrunked": 0.94, "listed": 0.95, "continued": 0.85,
    "shape": 0.9, "possible": 0.75, "local": 0.75, "vanity": 0.9,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """A line ready for reading: untaken text folded with digits mended, and the same unmended."""

    index: int
    text: str
    unmended: str
    confidence: float
    first_word: int  # where its first letter or digit stands
    alone: bool  # it has no letters


def _letters(text: str) -> tuple[int, bool]:
    first = next((i for i, c in enumerate(text) if c.isalnum()), len(text))
    return first, not any(c.isalpha() for c in text)


def find_phones(lines: Sequence[TextLine], context: PhoneContext | None = None) -> list[Found[Phone]]:
    """All telephone numbers of a page, in reading order.

    Args:
        lines: The page's lines.
        context: Characters that are taken, and the countries the card speaks of.
    """
    context = context or PhoneContext()
    label_lines = LabelLines(lines)
    taken = (*context.taken, *numbered_places(lines, Context(taken=context.taken)))
    ready = [
        _Line(index, mended_digits(fold(text)), fold(text), lines[index].confidence, *_letters(text))
        for index, text in enumerate(text[:LONGEST_LINE] for text in remainder(lines, taken))
    ]
    regions = _ranked_regions(ready, context.regions)
    found: list[Found[Phone]] = []
    budget = _MOST_RUNS
    for line in ready:
        line_runs = runs(line.text)[:budget]
        budget -= len(line_runs)
        found += _LineReader(line, lines, label_lines, regions, found[-1] if found else None).read(line_runs)
        if budget <= 0:
            break
    return _unique(with_area_codes(found, lines, regions, taken))


def _ranked_regions(lines: Sequence[_Line], hinted: tuple[str, ...]) -> tuple[str, ...]:
    """Countries hinted at and printed as a prefix, then hinted, then printed."""
    printed: list[str] = []
    for line in lines:
        for match in _PRINTED_PREFIX.finditer(line.text):
            for length in (3, 2, 1):
                codes = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(match[1][:length]), ())
                if codes:
                    printed += [code for code in codes[:1] if code != "001"]
                    break
    hints = [region.upper() for region in hinted if region.upper() in phonenumbers.SUPPORTED_REGIONS]
    both = [region for region in hints if region in printed]
    return tuple(dict.fromkeys([*both, *hints, *printed]))[:6]


@dataclass(slots=True)
class _LineReader:
    """Reads one line from left to right; `floor` is where the label of the next number may begin."""

    line: _Line
    lines: Sequence[TextLine]
    label_lines: LabelLines
    regions: tuple[str, ...]
    before: Found[Phone] | None
    floor: int = 0
    next_start: int | None = None  # where the next number begins, if labels follow their numbers in this line

    def read(self, line_runs: Sequence[Run]) -> list[Found[Phone]]:
        found = self._vanity()
        postfixed = self._labels_follow(line_runs)
        vain = [span for item in found for span in item.spans]
        for position, run in enumerate(line_runs):
            if postfixed:
                self.next_start = (
                    line_runs[position + 1].start if position + 1 < len(line_runs) else len(self.line.text)
                )
            place = Span(self.line.index, run.start, run.groups[-1].end)
            if any(span.overlaps(place) for span in vain):
                continue
            if found and self._is_extension(run):
                found[-1] = self._extended(found[-1], run.start, run.groups[0])
                continue
            found += self._numbers(run, bool(found))
        if not found and self.before is not None and len(line_runs) == 1 and self._is_own_extension(line_runs[0]):
            return []
        return found

    def _labels_follow(self, line_runs: Sequence[Run]) -> bool:
        """Whether this line reads "415-555-0132 Cell 415-555-0133 Fax": a number first, a label last."""
        if len(line_runs) < 2 or line_runs[0].start > self.line.first_word:
            return False
        last = line_runs[-1].groups[-1].end
        return label_after(self.line.unmended, last) is not None

    def _vanity(self) -> list[Found[Phone]]:
        found = []
        for match in _VANITY.finditer(self.line.unmended):
            if sum(c.isalpha() for c in match[0]) < 3:
                continue
            digits = "".join(c for c in phonenumbers.convert_alpha_characters_in_number(match[0]) if c.isdigit())
            for keep in (len(digits), 11, 10):
                candidates = self.regions or ("US",)
                reading = dial(digits[:keep], "+" in match[0], "", candidates)
                if reading.valid:
                    span = Span(self.line.index, match.start(), match.end())
                    label = label_before(self.line.unmended, match.start())
                    found.append(self._phone(replace(reading, rule="vanity"), (span,), label, None, repaired=False))
                    break
        return found

    def _label(self, start: int) -> tuple[Label | None, Span | None]:
        """The label of what begins at `start`, in this line or on a line of its own."""
        label = label_before(self.line.unmended, start, self.floor) if self.next_start is None else None
        if label is not None:
            return label, Span(self.line.index, label.start, label.end)
        if self.line.first_word >= start:
            beside = self.label_lines.of(self.line.index)
            if beside is not None:
                return beside
        return None, None

    def _is_extension(self, run: Run) -> bool:
        label = label_before(self.line.unmended, run.start, self.floor)
        between = self.line.unmended[self.floor : label.start] if label else ""
        digits = run.groups[0].digits
        return (
            label is not None
            and "extension" in label.kinds
            and len(digits) <= 6
            and not run.plus
            and not any(c.isalnum() for c in between)
            and sum(len(group.digits) for group in run.groups) <= 8
        )

    def _is_own_extension(self, run: Run) -> bool:
        label = label_before(self.line.unmended, run.start)
        return label is not None and label.kinds == ("extension",) and sum(len(g.digits) for g in run.groups) <= 6

    def _extended(self, found: Found[Phone], start: int, group: Group) -> Found[Phone]:
        """The number with `group` as its extension, which begins at `start`."""
        span, end = found.spans[-1], group.end
        if self.line.unmended[end : end + 1] == ")" and "(" in self.line.unmended[span.end : start + 1]:
            end += 1
        whole = Span(span.line, span.start, end)
        self.floor = end
        value = replace(
            found.value,
            raw=self.lines[self.line.index].text[whole.start : whole.end].strip(),
            extension=group.digits,
        )
        return Found(value, (*found.spans[:-1], whole), found.labels)

    def _numbers(self, run: Run, follows: bool) -> list[Found[Phone]]:
        label, label_span = self._label(run.start)
        phone_label = label if label is not None and PHONE_KINDS.intersection(label.kinds) else None
        if label is not None and phone_label is None and label.kinds != ("extension",):
            return []
        alone = self.line.alone
        continues = self.before is not None and alone and self._continues_list(self.before, run)
        cut = segments(run, self.line.text, self.regions, allow_local=phone_label is not None or alone or follows)
        found: list[Found[Phone]] = []
        for position, segment in enumerate(cut):
            start, end = self._extent(run, segment)
            group = run.groups[segment.first]
            if found and segment.dialled.rule == "continued" and _is_hyphen_extension(segment.dialled, group):
                found[-1] = self._extended(found[-1], start, group)
                continue
            if not self._is_phone(run, segment, start, end, phone_label, alone or continues, bool(found) or follows):
                continue
            after = label_after(self.line.unmended, end, self.next_start)
            enclosed = after is not None and self.line.unmended[after.start] in "([{<"
            labels = [label_span] if label_span is not None and phone_label is not None and not found else []
            kinds = phone_label
            if after is not None and PHONE_KINDS.intersection(after.kinds) and (phone_label is None or enclosed):
                kinds = after
                labels.append(Span(self.line.index, after.start, after.end))
            repaired = self.line.text[start:end] != self.line.unmended[start:end]
            span = Span(self.line.index, start, end)
            found.append(self._phone(segment.dialled, (span,), kinds, labels, repaired=repaired))
            self.floor = max(end, after.end if kinds is after and after is not None else 0)
            if position == 0 and continues and kinds is None and self.before is not None:
                found[-1] = replace(found[-1], value=replace(found[-1].value, type=self.before.value.type))
        return found

    def _continues_list(self, before: Found[Phone], run: Run) -> bool:
        last = before.spans[-1]
        if last.line != self.line.index - 1:
            return False
        rest = self.lines[last.line].text[last.end :].strip()
        return rest in ("/", ",", ";") or self.line.text[: run.start].strip() in ("/", ",")

    def _extent(self, run: Run, segment: Segment) -> tuple[int, int]:
        """Where the print of a number begins and ends: with its "+" and brackets."""
        text = self.line.text
        start, end = run.groups[segment.first].start, run.groups[segment.last - 1].end
        if segment.first == 0:
            start = run.start
        elif text[start - 1] in "([" and start > 0:
            start -= 1
        if text[end : end + 1] in (")", "]") and any(c in text[start:end] for c in "(["):
            opened = max(text.rfind("(", start, end), text.rfind("[", start, end))
            if text.find(")", opened, end) < 0 and text.find("]", opened, end) < 0:
                end += 1
        return start, end

    def _is_phone(
        self, run: Run, segment: Segment, start: int, end: int, label: Label | None, alone: bool, follows: bool
    ) -> bool:
        text = self.line.text
        return is_phone(
            Sighting(
                printed=text[start:end].strip(),
                before=text[max(0, start - 4) : start],
                after=text[end : end + 8],
                digits=len(segment.digits),
                reading=segment.dialled,
                kinds=label.kinds if label is not None else (),
                plus=run.plus,
                alone=alone,
                listed=follows and segment.dialled.rule in ("listed", "continued"),
                region=next(iter(self.regions), None),
            )
        )

    def _phone(
        self,
        reading: Dialled,
        spans: tuple[Span, ...],
        label: Label | None,
        labels: Sequence[Span] | None,
        *,
        repaired: bool,
    ) -> Found[Phone]:
        if labels is None:
            labels = [Span(self.line.index, label.start, label.end)] if label is not None else []
        span = spans[0]
        strength = _RULE_STRENGTH.get(reading.rule, 0.8) * (0.9 if repaired else 1.0)
        if label is None:
            strength *= 0.97
        return Found(
            Phone(
                value=reading.e164,
                raw=self.lines[span.line].text[span.start : span.end].strip(" ,;/-."),
                type=_phone_type(label, reading),
                valid=reading.valid,
                confidence=round(self.line.confidence * strength, 4),
                lines=tuple(dict.fromkeys(s.line for s in spans)),
                rule=f"phone:{reading.rule}" + ("+repaired:digits" if repaired else ""),
            ),
            spans,
            tuple(labels),
        )


def _is_hyphen_extension(reading: Dialled, group: Group) -> bool:
    """In China and Taiwan "021-6123 4567-8001" ends in an extension; elsewhere such a tail goes on with a list."""
    return reading.region in ("CN", "TW") and group.between.strip() == "-" and 3 <= len(group.digits) <= 5


def _phone_type(label: Label | None, reading: Dialled) -> PhoneType:
    """By label; "Tel/Fax" is a phone, "Direct Fax" a fax, "Mobile/Fax" a mobile; without one by the numbering plan."""
    kinds = [kind for kind in label.kinds if kind in PHONE_KINDS] if label is not None else []
    if not kinds:
        if reading.mobile:
            return "mobile"
        return "work" if reading.valid or reading.rule == "local" else "other"
    if "fax" in kinds and (len(set(kinds)) == 1 or (label is not None and not label.joined)):
        return "fax"
    for kind in ("mobile", "home", "work", "other"):
        if kind in kinds:
            return kind
    return "fax"


def _unique(found: Sequence[Found[Phone]]) -> list[Found[Phone]]:
    """The same number printed twice under one type counts once; the surer reading stays."""
    kept: dict[tuple[str, str, str | None], Found[Phone]] = {}
    for item in found:
        phone = item.value
        digits = phone.value or "".join(c for c in phone.raw if c.isdigit())
        key = (digits, "fax" if phone.type == "fax" else "phone", phone.extension)
        other = kept.get(key)
        if other is None:
            kept[key] = item
        else:
            better, worse = (other, item) if other.value.confidence >= phone.confidence else (item, other)
            lines = tuple(dict.fromkeys((*better.value.lines, *worse.value.lines)))
            value = replace(better.value, lines=lines)
            kept[key] = Found(value, (*better.spans, *worse.spans), (*better.labels, *worse.labels))
    return list(kept.values())
