"""Mail addresses: read outwards from each "@", mended where they show the slip themselves, checked.

`find_emails` needs the lines alone; `email_repair.refine_emails` compares with names, organisations and web hosts
when those are known. Syntax is checked by email-validator (RFC 5321, 5322, 6531), never by asking the net.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from email_validator import EmailNotValidError, validate_email

from cardscan.parse.email_repair import refine_emails
from cardscan.parse.email_scan import ReadLocal, read_local, signs
from cardscan.parse.finding import Context, Found, Span
from cardscan.parse.host_scan import ReadHost, read_host
from cardscan.parse.hosts import Mended, country_dot_mended, mend_host, suffix_of
from cardscan.parse.labels import LabelLines, label_before
from cardscan.parse.spaced import Tracked, tracked
from cardscan.record import Email, TextLine

__all__ = ["find_emails", "is_mail_address", "refine_emails"]

_MOST_SIGNS = 100  # of one page; a card has a few
_MENDED = {None: 1.0, "provider": 0.9, "known": 0.9, "suffix": 0.88, "dot": 0.75}


@dataclass(frozen=True, slots=True)
class _Part:
    """A host or local part with the characters it stands on."""

    text: str
    spans: tuple[Span, ...]
    loose: bool


def is_mail_address(text: str) -> bool:
    """Whether a mail server would accept this as an address, by its form."""
    try:
        validate_email(text, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        return False
    return True


def find_emails(lines: Sequence[TextLine], context: Context | None = None) -> list[Found[Email]]:
    """All mail addresses of a page, in reading order.

    Args:
        lines: The page's lines.
        context: Its `domains` let a misread host or a lost "@" be told; its names and organisations are not used here.
    """
    context = context or Context()
    texts = tracked(lines, context.taken)
    label_lines = LabelLines(lines)
    found: list[Found[Email]] = []
    budget = _MOST_SIGNS
    for text in texts:
        floor = 0
        for start, end in signs(text.text, context.domains)[:budget]:
            budget -= 1
            if start < floor:
                continue
            here, reached = _addresses(texts, text, (start, end), floor, context)
            floor = max(floor, reached)
            found += [_labelled(item, text, label_lines) for item in here]
    return _unique(found)


def _addresses(
    texts: Sequence[Tracked], text: Tracked, sign: tuple[int, int], floor: int, context: Context
) -> tuple[list[Found[Email]], int]:
    """The addresses around one sign (several for a group), and how far the line is used up."""
    local = read_local(text.text, sign[0], floor)
    prefix: _Part | None = None
    if local is None or not text.text[: local.start].strip():
        prefix = _from_line_above(texts, text.line, local)
        if local is None and prefix is None:
            return [], sign[1]
    plain_sign = text.text[sign[0] : sign[1]] == "@"
    whole = plain_sign and local is not None and text.text[sign[0] - 1] != " "
    host, reached, mended = _host(texts, text, sign[1], context.domains, whole=whole)
    if host is None or mended is None:
        return [], sign[1]
    if local is None and (len(host.spans) > 1 or host.spans[0].line != text.line):
        return [], sign[1]  # a line that is but "@acme" between others: a handle
    start = local.start if local is not None else sign[0]
    own = text.span(start, max(reached, sign[1]))
    spans = (*(prefix.spans if prefix else ()), own, *(span for span in host.spans if span.line != text.line))
    found = []
    for read in local.texts if local is not None else ("",):
        written = _cased((prefix.text if prefix else "") + read)
        value = f"{written}@{mended.host}"
        if not is_mail_address(value):
            continue
        loose = host.loose or prefix is not None or (local is not None and local.loose) or not plain_sign
        found.append(_email(texts, value, spans, loose, mended))
    return found, max(reached, sign[1])


def _email(texts: Sequence[Tracked], value: str, spans: tuple[Span, ...], loose: bool, mended: Mended) -> Found[Email]:
    raw = "".join(_print(texts, span) for span in spans)
    confidence = min(texts[span.line].confidence for span in spans) * 0.98
    confidence *= _MENDED[mended.repair] * (0.93 if loose else 1.0)
    steps = ["email"] + (["joined"] if len(spans) > 1 else []) + (["spacing"] if loose and len(spans) == 1 else [])
    rule = "+".join(steps) + (f"+repaired:{mended.repair}" if mended.repair else "")
    lines = tuple(dict.fromkeys(span.line for span in spans))
    return Found(Email(value, round(confidence, 4), lines, raw, rule), spans)


def _print(texts: Sequence[Tracked], span: Span) -> str:
    text = texts[span.line]
    return "".join(c for c, at in zip(text.text, text.at, strict=True) if span.start <= at < span.end).strip()


def _cased(local: str) -> str:
    return local.lower() if local.upper() == local else local


def _host(
    texts: Sequence[Tracked], text: Tracked, position: int, domains: Sequence[str], *, whole: bool
) -> tuple[_Part | None, int, Mended | None]:
    """The host behind a sign, which may go on in the next line; where it ends in this line; and what it must be.

    A `whole` address has its local part right before an "@", so that what follows must be a host.
    """
    while position < len(text.text) and text.text[position] in " .:":
        position += 1
    read = read_host(text.text, position)
    below = texts[text.line + 1] if text.line + 1 < len(texts) else None
    at_end = read is None or not text.text[read.end :].strip(" .-")
    if below is not None and at_end and (read is None or not read.valid or below.text.startswith(".")):
        joined = _over_line_end(text, position, below, read)
        if joined is not None:
            return joined, len(text.text.rstrip()), Mended(joined.text)
    if read is None:
        return None, position, None
    mended = mend_host(read.text, domains) or (country_dot_mended(read.text) if whole else None)
    if mended is None:
        return None, position, None
    return _Part(mended.host, (text.span(position, read.end),), read.loose), read.end, mended


def _over_line_end(text: Tracked, position: int, below: Tracked, read: ReadHost | None) -> _Part | None:
    head = text.text[position:].rstrip()
    lead = len(below.text) - len(below.text.lstrip())
    tail = below.text[lead : lead + 100]
    whole = read_host(head + tail, 0)
    if whole is None or not whole.valid or whole.end <= len(head):
        return None
    word = tail.split(" ", 1)[0]
    if "@" in word or "/" in word or word.lower().startswith(("www", "http")):
        return None
    whole_word = read is not None and head[-1] not in ".-" and tail[0] != "."
    if whole_word and (not word.islower() or suffix_of(word)):  # "@acme" above "acme.com" is a handle above a host
        return None
    rest = below.span(lead, lead + whole.end - len(head))
    return _Part(whole.text, (rest,), True)


def _from_line_above(texts: Sequence[Tracked], line: int, local: ReadLocal | None) -> _Part | None:
    """The beginning of a local part that was broken after a dot, hyphen or underscore, or before the "@"."""
    if line == 0:
        return None
    above = texts[line - 1]
    stripped = above.text.rstrip()
    words = stripped.split()
    if not words or "@" in words[-1]:
        return None
    word = words[-1].rsplit(":", 1)[-1]
    broken = word.endswith((".", "-", "_")) if local is not None else word[-1:].isalnum()
    start = len(stripped) - len(word)
    alone = len(words) == 1 or label_before(above.text, start) is not None
    if not (broken and alone and word.rstrip("._-") and word == word.lower() and len(word) <= 40):
        return None
    if not all(c.isalnum() or c in "._-+" for c in word) or suffix_of(word):
        return None
    return _Part(word, (above.span(start, len(stripped)),), True)


def _labelled(found: Found[Email], text: Tracked, label_lines: LabelLines) -> Found[Email]:
    first = found.spans[0]
    if first.line != text.line:
        return found
    start = text.at.index(first.start)
    label = label_before(text.text, start)
    if label is not None and "email" in label.kinds:
        return replace(found, labels=(text.span(label.start, label.end),))
    if not text.text[:start].strip():
        beside = label_lines.of(text.line)
        if beside is not None and "email" in beside[0].kinds:
            return replace(found, labels=(beside[1],))
    return found


def _unique(found: Sequence[Found[Email]]) -> list[Found[Email]]:
    kept: dict[str, Found[Email]] = {}
    for item in found:
        key = item.value.value.lower()
        other = kept.get(key)
        if other is None:
            kept[key] = item
            continue
        lines = tuple(dict.fromkeys((*other.value.lines, *item.value.lines)))
        value = replace(max(other, item, key=lambda f: f.value.confidence).value, lines=lines)
        kept[key] = Found(value, (*other.spans, *item.spans), (*other.labels, *item.labels))
    return list(kept.values())
