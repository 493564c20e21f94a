"""Signs that are an "@" or were one, and the local parts to their left.

Local parts are RFC 5321 dot-strings as cards print them: at most 64 characters, letters of any script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cardscan.parse.hosts import mail_providers, mend_host, owner
from cardscan.parse.labels import label_before

_SIGN = re.compile(
    r"@|\s?[(\[{<]\s?(?:at|ät|a|arroba|chiocciola|@)\s?[)\]}>]\s?|[©®]"
    r"|(?<=[\w]) at (?=[\w-]{2,40} (?:dot|punto|punkt|ponto) )",
    re.IGNORECASE,
)
_LOST_SIGN = re.compile(
    r"(?<![\w.+-])(?!www)[a-z][a-z0-9._-]{1,40}?(?P<sign>[QO0G8Ea®©])(?P<host>[a-z0-9][a-z0-9-]{1,40}(?:\.[a-z0-9-]{2,40}){1,3})(?![\w@])"
)
_HOST_WORD = re.compile(r"(?<![\w.+-])(?!www)[a-z][\w-]{0,60}(?:\.[\w-]{1,60}){1,5}(?![\w@])", re.IGNORECASE)
READ_AS = frozenset("aeqog089©®")  # what an "@" is read as, in small letters
_SHORTEST_LOCAL = 3  # of a mail told by a letter in the sign's place
_LONG_PROVIDER = 5  # letters of a mail provider's name that a host does not end with by chance
_SAID = re.compile(r"^\W{0,3}(?:e-?)?mail\b", re.IGNORECASE)
_MARKS = frozenset("._%+'-&*=~^!#$")  # of RFC 5322's atext what is printed on cards, and the dot
_SLIPS = {",": ".", "·": "."}
_LABEL_WORDS = re.compile(
    r"(?:(?:e-?ma[il1][l1i]|email|mailto|correo|courriel|e-post)[.:;-]?|(?:mail|mél)[.:;])(?=.{2})", re.IGNORECASE
)
_FOREIGN_PREFIX = re.compile(r"[^\x00-\u024f](?:-?[^\x00-\u024f]){0,19}(?=[\x21-\u024f]+$)")  # "-": a long vowel
_LONGEST = 64  # RFC 5321, 4.5.3.1.1
_CLOSING = {"}": "{", ")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class ReadLocal:
    """Local parts as read: one, or those of a "{a,b}@" group.

    Attributes:
        texts: As printed, dots in place of their look-alikes.
        start: First character in the text.
        loose: A blank or a look-alike was inside.
    """

    texts: tuple[str, ...]
    start: int
    loose: bool = False


def signs(text: str, domains: Sequence[str]) -> list[tuple[int, int]]:
    """Where "@" stands, spelled out or misread. A letter counts as one only before a host known otherwise."""
    found = [match.span() for match in _SIGN.finditer(text)]
    if not found:
        for match in _HOST_WORD.finditer(text):
            at = lost_sign(match[0], domains)
            found += [(match.start() + at, match.start() + at + 1)] if at else []
    if not found:
        for match in _LOST_SIGN.finditer(text):
            mended = mend_host(match["host"], domains)
            if mended is not None and (mended.host in domains or mended.host in mail_providers()):
                found.append(match.span("sign"))
    if not found and _SAID.search(text[:_LONGEST]):
        for host in domains:
            at = text.lower().rfind(host)
            if at > 3 and text[at - 1].isalnum() and text[at - 2].isalnum():
                found.append((at - 1, at))
                break
    return found


def lost_sign(word: str, domains: Iterable[str]) -> int | None:
    """Where in "infoeacme.com" the letter stands that was an "@": before a known host, or a mail provider's."""
    read = word.lower()
    providers = (host for host in mail_providers() if len(owner(host)) >= _LONG_PROVIDER)
    for host in sorted({*domains, *providers}, key=lambda name: (-len(name), name)):
        at = len(read) - len(host) - 1
        if at >= _SHORTEST_LOCAL and read.endswith(host) and read[at] in READ_AS and read[at - 1].isalnum():
            return at
    return None


def read_local(text: str, sign: int, floor: int) -> ReadLocal | None:
    """The local part that ends before `sign`, not reaching below `floor`; None when there is none."""
    end = sign
    while end > max(floor, sign - 2) and text[end - 1] == " ":
        end -= 1
    if end > floor and text[end - 1] in _CLOSING:
        return _group(text, end - 1, floor)
    start, loose = _walk(text, end, floor)
    for _ in range(3):  # "jane. doe@", "jane .doe@", "jane_ doe@"
        wider = _over_blank(text, start, end, floor)
        if wider is None:
            break
        start, loose = wider, True
    read = "".join(_SLIPS.get(c, c) for c in text[start:end] if c != " ")
    foreign = _FOREIGN_PREFIX.match(read)  # a label in another script, glued: "信箱jane@"
    stripped = (read[foreign.end() :] if foreign is not None else read).lstrip(".-'_~*=^!#$&%+")
    start += len(read) - len(stripped)
    glued = _LABEL_WORDS.match(stripped)
    if glued is not None and _is_glued(stripped, glued.end()):
        start += glued.end()
        stripped = stripped[glued.end() :]
    cleaned = re.sub(r"\.{2,}", ".", stripped.rstrip(".-'"))
    return ReadLocal((cleaned,), start, loose) if cleaned else None


def _walk(text: str, end: int, floor: int) -> tuple[int, bool]:
    start, loose = end, False
    while start > floor and end - start < _LONGEST:
        character = text[start - 1]
        if character in _SLIPS and start - 1 > floor and text[start - 2].isalnum() and start < end:
            loose = True
        elif not (character.isalnum() or character in _MARKS):
            break
        start -= 1
    return start, loose


def _over_blank(text: str, start: int, end: int, floor: int) -> int | None:
    """Where the local part begins if the blank before it is a reading slip beside a dot, hyphen or underscore."""
    if start <= floor + 1 or text[start - 1] != " " or start >= end:
        return None
    before, after = text[start - 2], text[start]
    if not (before in "._-" or after in "._-"):
        return None
    wider, _ = _walk(text, start - 1, floor)
    word = text[wider : start - 1]
    first = word.rstrip("._-")
    if not first or not first.islower() or len(first) > 20 or label_before(text, start, floor) is not None:
        return None
    return wider


def _is_glued(read: str, cut: int) -> bool:
    """ "E-mailjane", "Emailjane", "e-mail:info" carry their label; "mailroom" and "emailteam" do not."""
    label, rest = read[:cut], read[cut:]
    return label[-1] in ":;." or "-" in label or (label[0].isupper() and not rest[:1].isupper() and rest[:1].isalpha())


def _group(text: str, close: int, floor: int) -> ReadLocal | None:
    opening = text.rfind(_CLOSING[text[close]], max(floor, close - 200), close)
    if opening < 0:
        return None
    parts = [part for part in re.split(r"[\s,;|/]+", text[opening + 1 : close]) if part]
    if not parts or not all(re.fullmatch(r"[\w.+-]{1,64}", part) for part in parts):
        return None
    return ReadLocal(tuple(parts), opening)
