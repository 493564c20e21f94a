"""Web addresses in printed text, with or without "http://" and "www", before they are told from social profiles.

A bare "acme.com" counts only where something beside its look says so: a label, a path, a known domain, or a common
suffix behind a word that is no abbreviation; "Co.Ltd", "GmbH & Co.KG", "Dipl.Ing" and "B.Com" end in real suffixes too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cardscan.parse.finding import Span
from cardscan.parse.host_scan import read_host
from cardscan.parse.hosts import is_host, mend_host, owner, registrable, suffix_of
from cardscan.parse.labels import Label, LabelLines, label_before
from cardscan.parse.networks import network_of_host
from cardscan.parse.spaced import Tracked

_MOST_STARTS = 150  # of one page
_SCHEME = re.compile(r"(?<![^\W\d_])h(?:tt?|\+t|t\+)p(?P<s>s)?\s?[:;.]?\s?[/\\]{1,2}\s?/?\s?", re.IGNORECASE)
_WWW = re.compile(
    r"(?<![\w@.-])(?:(?:w|vv|ω){3,4}|(?:(?:w|vv){2}|wvw|vww|wwv)(?=\s?[.,]))\s?[.,·:;-]{0,2}\s?(?=[^\W_])",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![\w@.-])[^\W_](?:[\w-]{0,62})(?:\.[^\W_][\w-]{0,62}){1,5}(?![\w-]*@)")
_GLUED_LABEL = re.compile(
    r"(?:w|(?-i:Web|WEB|Site|SITE|Url|URL))\.(?=[\w-]+\.[a-z]{2,})|(?:url|web)(?=www)|[\u2e80-\u9fff\u3040-\u30ff]{2,6}[.:：]?(?=[a-z0-9])",
    re.IGNORECASE,
)
_WS = re.compile(r"w{2,4}\.")
_DOT = re.compile(r"[ ]?[.,·][ ]?")
_PATH = re.compile(r" ?/(?:[\w\-./~%#?=&+@!:,]{0,200})")
_TRAILING = ".,;:!?-"


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address as read.

    Attributes:
        scheme: "http" or "https" as printed, or "".
        host: Lower case, with "www." where printed.
        path: As printed, with its leading "/", or "".
        spans: Where it stands.
        start: Its first character in the tracked line.
        label: A label of kind url before it, if any.
        label_span: Where that label stands.
        confidence: Of lines and reading.
        rule: scheme, www, label, path, known or bare, with what was repaired.
    """

    scheme: str
    host: str
    path: str
    spans: tuple[Span, ...]
    start: int
    label: Label | None
    label_span: Span | None
    confidence: float
    rule: str


@cache
def _words(name: str) -> frozenset[str]:
    """The words of a lexicon file; a line that begins with "#" says what it is."""
    source = (files("cardscan.parse") / "lexicon" / name).read_text(encoding="utf-8")
    return frozenset(word for line in source.splitlines() if not line.startswith("#") for word in line.split())


def web_addresses(texts: Sequence[Tracked], label_lines: LabelLines, domains: Sequence[str]) -> list[WebAddress]:
    """All web addresses of a page, social profiles among them, in reading order.

    Args:
        texts: The page's lines, mail addresses taken out.
        label_lines: For labels that stand in lines of their own.
        domains: Hosts known from the card's mail addresses.
    """
    found: list[WebAddress] = []
    used: list[Span] = []  # what a joined address took of the line below
    budget = _MOST_STARTS
    for text in texts:
        floor = 0
        for start, body, kind, scheme in _starts(text.text, domains):
            here = text.span(start, start + 1)
            if start < floor or budget <= 0 or any(span.overlaps(here) for span in used):
                continue
            budget -= 1
            address = _read(texts, text, start, body, kind, scheme, label_lines, domains)
            if address is not None:
                found.append(address)
                used = [span for span in address.spans if span.line > text.line] or used
                ends = [span.end for span in address.spans if span.line == text.line]
                floor = text.at.index(max(ends) - 1) + 1
    return found


def _starts(text: str, domains: Sequence[str]) -> list[tuple[int, int, str, str]]:
    """(first character, where the host begins, kind, scheme), sorted; schemes and "www" before bare hosts."""
    found: list[tuple[int, int, str, str]] = []
    for match in _SCHEME.finditer(text):
        found.append((match.start(), match.end(), "scheme", "https" if match["s"] else "http"))
    found += [(match.start(), match.end(), "www", "") for match in _WWW.finditer(text)]
    found += [_bare_start(text, match.start()) for match in _BARE.finditer(text)]
    for domain in domains:  # its dots were not seen
        joined = re.compile(rf"(?<![\w@.-]){re.escape(domain.replace('.', ''))}(?![\w@.-])", re.IGNORECASE)
        found += [(match.start(), match.start(), "bare", "") for match in joined.finditer(text)]
    order = {"scheme": 0, "www": 1, "bare": 2}
    return sorted(found, key=lambda start: (start[0], order[start[2]]))


def _bare_start(text: str, start: int) -> tuple[int, int, str, str]:
    """Where a host begins behind a label that is glued to it: "w.acme.com", "urlwww.acme.com", "网址acme.cn"."""
    label = _GLUED_LABEL.match(text, start)
    begin = label.end() if label else start
    www = _WWW.match(text[begin:]) if label else None
    return (begin, begin + www.end(), "www", "") if www else (begin, begin, "bare", "")


def _read(
    texts: Sequence[Tracked],
    text: Tracked,
    start: int,
    body: int,
    kind: str,
    scheme: str,
    label_lines: LabelLines,
    domains: Sequence[str],
) -> WebAddress | None:
    www = kind == "www"
    if kind == "scheme":
        prefix = _WWW.match(text.text, body)
        if prefix is not None:
            www, body = True, prefix.end()
    read = read_host(text.text, body)
    if read is None or text.text[read.end : read.end + 1] == "@":
        return None
    label, label_span = _url_label(text, start, label_lines)
    mended = mend_host(read.text, domains) if kind != "bare" or label is not None or read.valid else None
    spans: tuple[Span, ...] = (text.span(start, read.end),)
    end, host, steps = read.end, read.text, []
    if not read.valid:
        joined = _over_line_end(texts, text, body, read.end) if kind != "bare" or label is not None else None
        if joined is not None:
            host, spans, mended = joined[0], (text.span(start, len(text.text.rstrip())), joined[1]), None
            steps.append("joined")
            end = len(text.text)
        elif mended is None:
            return None
    if mended is not None and mended.repair not in (None, "provider"):
        host = mended.host
        steps.append(f"repaired:{mended.repair}")
    if owner(host) == "www" or not is_host(host):
        return None
    if (twice := _WS.match(host)) and is_host(host[twice.end() :]):
        www, host = True, host[twice.end() :]
    path, path_spans, end = _path(texts, text, end)
    if kind == "bare":
        reason = _bare_reason(text.text, start, end, host, path, label, domains)
        if reason is None:
            return None
        kind = reason
    confidence = text.confidence * {"scheme": 0.98, "www": 0.98, "label": 0.97, "known": 0.97, "path": 0.95}.get(
        kind, 0.93
    )
    confidence *= (0.94 if read.loose or "joined" in steps else 1.0) * (
        0.85 if len(steps) and steps[-1] != "joined" else 1.0
    )
    if path_spans:
        spans = (Span(spans[0].line, spans[0].start, path_spans[0].end), *spans[1:], *path_spans[1:])
    return WebAddress(
        scheme,
        ("www." if www else "") + host,
        path,
        spans,
        start,
        label,
        label_span,
        round(confidence, 4),
        "+".join([kind, *steps]),
    )


def _url_label(text: Tracked, start: int, label_lines: LabelLines) -> tuple[Label | None, Span | None]:
    label = label_before(text.text, start)
    if label is not None and "url" in label.kinds:
        return label, text.span(label.start, label.end)
    if not text.text[:start].strip():
        beside = label_lines.of(text.line)
        if beside is not None and "url" in beside[0].kinds:
            return beside
    return None, None


def _over_line_end(texts: Sequence[Tracked], text: Tracked, body: int, end: int) -> tuple[str, Span] | None:
    """A host broken over the line end: "www.long-" / "name.com", "www.acme." / "com"."""
    if text.text[end:].strip(" .-") or text.line + 1 >= len(texts):
        return None
    below = texts[text.line + 1]
    head = text.text[body:].rstrip()
    lead = len(below.text) - len(below.text.lstrip())
    tail = below.text[lead : lead + 100]
    word = tail.split(" ", 1)[0]
    if not word or "@" in word or (word != word.lower() and head[-1:] not in ".-"):
        return None
    whole = read_host(head + word, 0)
    if whole is None or not whole.valid or whole.end <= len(head):
        return None
    return whole.text, below.span(lead, lead + whole.end - len(head))


def _path(texts: Sequence[Tracked], text: Tracked, end: int) -> tuple[str, list[Span], int]:
    match = _PATH.match(text.text, end)
    if match is None or (match[0].startswith(" ") and len(match[0].strip()) < 2):
        return "", [], end
    path = match[0].strip().rstrip(_TRAILING)
    stop = match.start() + len(match[0].rstrip(_TRAILING))
    spans = [text.span(match.start(), max(stop, match.start() + 1))]
    if not text.text[match.end() :].strip() and match[0].endswith(("/", "-", "_")) and text.line + 1 < len(texts):
        below = texts[text.line + 1]
        word = below.text.strip()
        if re.fullmatch(r"[\w-]{2,60}(?:/[\w-]{0,60})?", word) and word == word.lower() and not word.isdigit():
            lead = below.text.index(word)
            spans.append(below.span(lead, lead + len(word)))
            return match[0].strip() + word, spans, match.end()
    return ("" if path == "/" and not match[0].strip("/ ") else path), spans, stop


def _bare_reason(
    text: str, start: int, end: int, host: str, path: str, label: Label | None, domains: Sequence[str]
) -> str | None:
    """Why a host without "www" counts as a web address, or None."""
    suffix, name = suffix_of(host), owner(host)
    if label is not None and name not in _words("abbreviations.txt"):
        return "label"
    if registrable(host) in domains or host in domains:
        return "known"
    if len(path) > 2 and network_of_host(host) is not None:
        return "path"
    read = text[start : start + len(host)]
    if name in _words("abbreviations.txt") or len(name) < 2 or any(len(part) < 2 for part in host.split(".")[1:]):
        return None
    if name.isdigit() or (text[end : end + 1].isalnum()):
        return None
    anywhere = _words("suffixes_anywhere.txt")
    alone_too = anywhere | _words("suffixes_alone.txt")
    last = read.rsplit(".", 1)[-1]
    if not (last.islower() or read == read.upper()):
        return None
    if len(path) > 2 and suffix in alone_too:
        return "path"
    around = re.split(r"[|•·;]|  +", text[:start])[-1] + re.split(r"[|•·;]|  +", text[end:])[0]
    alone = not any(c.isalnum() for c in around)
    if suffix in anywhere and (len(name) >= 3 or alone):
        return "bare"
    motto = len(suffix) > 4 and host.count(".") > 1  # "plan.design.build"
    if alone and suffix in alone_too and len(name) >= 3 and last.islower() and not motto:
        return "bare"
    return None
