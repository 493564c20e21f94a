"""Profiles on social networks and messengers: by their hosts, or a handle behind a network's name or icon."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardscan.parse.finding import Context, Found, Span
from cardscan.parse.folding import plain
from cardscan.parse.hosts import is_host, suffix_of
from cardscan.parse.labels import LabelLines
from cardscan.parse.networks import name_of_word, network_of_host, networks
from cardscan.parse.spaced import Tracked, tracked
from cardscan.parse.url_scan import WebAddress, web_addresses
from cardscan.record import Social, TextLine

_MOST_HANDLES = 60  # of one page
_HANDLE = r"[^\W_](?:[\w.\-]{0,58}[\w])?|_[\w.\-]{1,59}"
_MARKED = re.compile(rf"(?<![\w.@/:])(?P<icon>[a-zA-Z]{{1,2}} ?)?(?P<mark>[@/]) ?(?P<handle>{_HANDLE})(?![\w@])")
_WORDED = re.compile(rf"(?P<colon> ?[:：=|] ?| )(?P<mark>[@/] ?)?(?P<handle>{_HANDLE})(?=$|[\s,;|)])(?!\s?@)")
_SLASHED = re.compile(rf"(?:^|[|·,:;)] ?|  ) ?(?P<word>in|fb|f|ig|tw|yt|insta|FB|IG)/@?(?P<handle>{_HANDLE})(?![\w@/])")
_NETWORK_OF_ICON = {
    "in": "linkedin", "fb": "facebook", "f": "facebook", "ig": "instagram", "insta": "instagram", "tw": "x",
    "yt": "youtube",
}  # fmt: skip
_MESSENGERS = frozenset({"skype", "wechat", "qq", "line", "telegram", "kakaotalk"})
_LONGEST_WORD = 16


def find_social(lines: Sequence[TextLine], context: Context | None = None) -> list[Found[Social]]:
    """All social profiles of a page, each once; network "other" where only an "@handle" stands."""
    context = context or Context()
    texts = tracked(lines, context.taken)
    found: list[Found[Social]] = []
    for address in web_addresses(texts, LabelLines(lines), context.domains):
        item = _from_address(address)
        if item is not None:
            found.append(item)
    held = (*context.taken, *(span for item in found for span in item.consumed))
    budget = _MOST_HANDLES
    for text in tracked(lines, held):
        here = _in_line(text, texts)[:budget]
        budget -= len(here)
        found += here
    return _unique(found)


def _from_address(address: WebAddress) -> Found[Social] | None:
    name = network_of_host(address.host)
    if name is None:
        return None
    parts = [part for part in re.split(r"[/?#]", address.path) if part]
    network = networks()[name]
    kept = next((i for i, part in enumerate(parts) if part.lower() not in network.paths), None)
    if kept is None or not parts[kept].lstrip("@"):
        return None
    handle = parts[kept].lstrip("@")
    scheme = address.scheme or "https"
    labels = (address.label_span,) if address.label_span is not None else ()
    lines = tuple(dict.fromkeys(span.line for span in address.spans))
    url = f"{scheme}://{address.host}{address.path}"
    return Found(Social(name, handle, url, address.confidence, lines, "social:url"), address.spans, labels)


def _in_line(text: Tracked, texts: Sequence[Tracked]) -> list[Found[Social]]:
    found: list[Found[Social]] = []
    spans: list[Span] = []
    for item in (*_worded(text), *_slashed(text), *_marked(text, texts)):
        if not any(span.overlaps(other) for span in item.consumed for other in spans):
            found.append(item)
            spans += item.consumed
    return found


def _social(
    text: Tracked, name: str, handle: str, at: tuple[int, int], word: tuple[int, int] | None, rule: str
) -> Found[Social]:
    handle = handle.rstrip(".-")
    network = networks().get(name)
    url = network.profile.format(handle) if network is not None and network.profile and handle.isascii() else None
    strength = {"word": 0.95, "icon": 0.9, "mark": 0.7}[rule]
    value = Social(name, handle, url, round(text.confidence * strength, 4), (text.line,), f"social:{rule}")
    labels = (text.span(*word),) if word is not None and word[1] > word[0] else ()
    return Found(value, (text.span(*at),), labels)


def _worded(text: Tracked) -> list[Found[Social]]:
    """ "Skype: jane.doe", "Instagram @acme", "微信：jane123"."""
    clear, found = plain(text.text), []
    for match in _WORDED.finditer(text.text):
        end = match.start()
        for start in range(max(0, end - _LONGEST_WORD), end):
            name = name_of_word(clear[start:end])
            if name is None or (start > 0 and clear[start - 1].isalnum() and clear[start] < "\u2e80"):
                continue
            handle = match["handle"]
            marked = bool(match["mark"])
            colon = bool(match["colon"].strip())
            single = end - start <= 2 and clear[start].isascii() and name not in _MESSENGERS
            apart = single and match["mark"] == "/ "  # "check in / check out"
            telling = (
                (marked and not apart)
                or (colon and not single)
                or (name in _MESSENGERS and not single and _like_handle(handle))
            )
            if not telling or name_of_word(handle) is not None or (handle.isdigit() and name != "qq"):
                break
            if not marked and not _ends_segment(text.text, match.end()):
                break
            found.append(
                _social(
                    text,
                    name,
                    handle,
                    (match.start("mark") if marked else match.start("handle"), match.end()),
                    (start, end),
                    "word",
                )
            )
            break
    return found


def _like_handle(text: str) -> bool:
    return any(c.isdigit() or c in "._-" for c in text) or text.islower()


def _ends_segment(text: str, position: int) -> bool:
    rest = text[position:].lstrip()
    return not rest or rest[0] in ",;|/·)" or text[position : position + 2] == "  "


def _slashed(text: Tracked) -> list[Found[Social]]:
    """ "in/jane-doe", "fb/acme", "f/acme"."""
    found = []
    for match in _SLASHED.finditer(text.text):
        name, handle = _NETWORK_OF_ICON[match["word"].lower()], match["handle"]
        if len(handle) >= 3 and not handle.isdigit():
            found.append(_social(text, name, handle, (match.start("word"), match.end()), None, "icon"))
    return found


def _marked(text: Tracked, texts: Sequence[Tracked]) -> list[Found[Social]]:
    """ "@acme" or "/acme", with an icon read as a letter before it, or alone in its line."""
    found = []
    for match in _MARKED.finditer(text.text):
        handle, icon = match["handle"], (match["icon"] or "").strip()
        if len(handle) < 3 or handle.isdigit() or (is_host(handle) and suffix_of(handle) in ("com", "net", "org")):
            continue
        name = name_of_word(icon) if icon else None
        before = text.text[: match.start("mark")].strip()
        if name is None:
            previous = texts[text.line - 1].text.strip().lower() if text.line else ""
            name = name_of_word(previous) if not before else None
        if match["mark"] == "/" and (
            before != (icon if name is not None else "")
            or not _ends_segment(text.text, match.end())
            or not any(c.isalpha() for c in handle)
        ):
            continue
        spaced = text.text[match.end("mark")] == " "
        if spaced and name is None and before:  # "Engineer @ Acme" names an employer
            continue
        rule = "icon" if name is not None else "mark"
        word = match.span("icon") if icon and name is not None else None
        found.append(_social(text, name or "other", handle, (match.start("mark"), match.end()), word, rule))
    return found


def _unique(found: Sequence[Found[Social]]) -> list[Found[Social]]:
    kept: dict[tuple[str, str], Found[Social]] = {}
    for item in found:
        key = (item.value.network, item.value.handle.lower())
        other = kept.get(key)
        if other is None:
            kept[key] = item
        else:
            kept[key] = Found(other.value, (*other.spans, *item.spans), (*other.labels, *item.labels))
    return list(kept.values())
