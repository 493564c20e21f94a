"""A host name read from a place in printed text: dots seen as commas, blanks around them, words glued behind.

Bounded: at most `_MOST_LABELS` labels of 63 characters (RFC 1035, 2.3.4) are looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cardscan.parse.hosts import is_host, suffix_of

_MOST_LABELS = 8
_MOST_LOOSE = 3
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_JOINT = re.compile(
    r" {0,2}(?:[.,·]|[(\[]dot[)\]]| dot | punto | punkt | ponto ) {0,2}(?=[^\W_])"
    r"|(?<=\w) (?=[a-zA-Z]{2,6}(?:[ .|/;,)]|$))"
)
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=.)(?=www|http|e-?mail)|(?<=[a-z])(?=\d)")


@dataclass(frozen=True, slots=True)
class ReadHost:
    """A host as read.

    Attributes:
        text: Labels joined by dots, lower case; a real host when `valid`.
        end: One past its last character in the text.
        loose: A blank, comma or middle dot stood for a dot, or a glued word was cut off.
        valid: It ends in a public suffix.
    """

    text: str
    end: int
    loose: bool
    valid: bool


def read_host(text: str, position: int) -> ReadHost | None:
    """The host that begins at `position`, or None where no label begins.

    Dots are always followed; a look-alike or a blank only where that gives a host, or lengthens its suffix
    ("acme.co" to "acme.co.uk").
    """
    labels, ends, strict = _labels(text, position)
    if not labels:
        return None
    tight = next((i for i, dotted in enumerate(strict) if i and not dotted), len(labels))
    for index in range(1, tight):  # "acme.comwww.acme.com"
        if labels[index].lower().endswith(("www", "http", "https")):
            kept = labels[index][: labels[index].lower().rindex("www" if "www" in labels[index].lower() else "http")]
            host = ".".join([*labels[:index], kept]).lower()
            if kept and is_host(host):
                return ReadHost(host, ends[index] - len(labels[index]) + len(kept), True, True)
    for count in range(tight, 1, -1):
        host = ".".join(labels[:count]).lower()
        if is_host(host):
            return (
                _lengthened(labels, ends, count, host)
                if count == tight
                else ReadHost(host, ends[count - 1], False, True)
            )
    if tight > 1:
        for cut in list(_GLUED.finditer(labels[tight - 1]))[:4]:
            host = ".".join([*labels[: tight - 1], labels[tight - 1][: cut.start()]]).lower()
            if is_host(host):
                start = ends[tight - 1] - len(labels[tight - 1])
                return ReadHost(host, start + cut.start(), True, True)
    for count in range(tight + 1, min(tight + _MOST_LOOSE, len(labels)) + 1):
        host = ".".join(labels[:count]).lower()
        if is_host(host):
            return _lengthened(labels, ends, count, host, loose=True)
    return ReadHost(".".join(labels[:tight]).lower(), ends[tight - 1], False, False)


def _lengthened(labels: list[str], ends: list[int], count: int, host: str, *, loose: bool = False) -> ReadHost:
    if count < len(labels):
        longer = f"{host}.{labels[count].lower()}"
        if is_host(longer) and suffix_of(longer) == f"{suffix_of(host)}.{labels[count].lower()}":
            return ReadHost(longer, ends[count], True, True)
    return ReadHost(host, ends[count - 1], loose, True)


def _labels(text: str, position: int) -> tuple[list[str], list[int], list[bool]]:
    labels: list[str] = []
    ends: list[int] = []
    strict: list[bool] = []
    dotted = True
    while len(labels) < _MOST_LABELS:
        match = _LABEL.match(text, position)
        if match is None:
            break
        labels.append(match[0])
        ends.append(match.end())
        strict.append(dotted)
        joint = _JOINT.match(text, match.end())
        if joint is None:
            break
        dotted, position = joint[0] == ".", joint.end()
    return labels, ends, strict
