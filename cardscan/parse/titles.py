"""Job titles and departments: how much a text looks like one, and where one ends in a line it shares.

Evidence only from the text; `assign` adds place and neighbours. Word lists: `lexicon/title_words.txt` (17 languages),
`title_cjk.txt`, `department_words.txt`, `department_cjk.txt`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cardscan.parse.vocabulary import (
    camel_words,
    is_cjk,
    read_lines,
    role_words,
    substrings,
    supporting,
    word_list,
    words,
)

_LONGEST = 90  # characters of a printed title
_MOST_WORDS = 11
_SENTENCE = re.compile(r"[.!?]\s+[^\W\d_]|[!?]$")
_CLAUSE = re.compile(r",\s+(?:die|der|das|que|qui|che|that|who|for|para|pour|für|with|som|która|die)\b", re.IGNORECASE)
# Words a title may begin with on one line and go on in the next: "Senior" / "Sales Manager".
_LEVELS = frozenset(
    words("senior junior executive managing general regional assistant vice deputy acting associate lead")
)
_SELLING = frozenset(words("commercial commerciale comercial"))  # a salesperson, or what a department is for
CONNECTORS = frozenset(
    words(
        "of for and & the de des du del della di da do e y et und fur und der die das en van voor"
        " med og och i w z ve a la"
        " le les los las el per para to in at"
    )
)
_NAME_LIKE_TITLES = frozenset(words("dean judge cook baker barber tailor taylor cantor major mason constable"))


@lru_cache(maxsize=2048)
def title_score(text: str) -> float:
    """Evidence that a text is a job title, in log-odds; above 0 it is rather one than not."""
    if not text or len(text) > _LONGEST or "@" in text or re.search(r"\d{3}", text):
        return -4.0
    if is_cjk(text):
        return _cjk_title_score(text)
    tokens = camel_words(text)
    if not tokens or len(tokens) > _MOST_WORDS:
        return -4.0
    heads = [t for t in tokens if t in word_list("title_words")]
    if any(t in word_list("department_words") for t in tokens):
        heads = [t for t in heads if t not in _SELLING]
    support = [t for t in tokens if t in supporting("title_words") and t not in heads]
    if not heads and _has_phrase(" ".join(tokens)):
        return 1.7 - 0.3 * max(0, len(tokens) - 4)
    if not heads:
        return -2.0 + 0.4 * min(2, len(support))
    score = 1.2 + 0.5 * min(3, len(support)) + 0.3 * (len(heads) > 1)
    if len(heads) == 1 and len(tokens) > 1 and heads[0] in _NAME_LIKE_TITLES:
        score -= 1.5
    known = {*heads, *support}
    strange = [t for t in tokens if t not in known and t not in CONNECTORS]
    score -= 0.35 * max(0, len(strange) - 1)
    score -= 0.5 * max(0, len(tokens) - 6)
    if tokens[-1] in heads or tokens[0] in heads or (len(tokens) > 1 and tokens[1] in heads):
        score += 0.4
    if _SENTENCE.search(text) or _CLAUSE.search(text):
        score -= 1.6
    if text.endswith("."):
        score -= 0.3
    bodies = [t for t in strange if t in word_list("organization_words")]
    score -= 0.5 * len(bodies)
    if len(tokens) == 1 and tokens[0] in role_words("services"):
        score -= 1.6
    score -= 0.6 * sum(t in role_words("services") for t in strange)
    if "&" in text and all(t in heads for t in tokens) and len(tokens) == 2 and text.isupper():
        score -= 0.2
    return score


@cache
def _phrases() -> frozenset[str]:
    return frozenset(" ".join(words(line)) for line in read_lines("title_phrases.txt"))


def _has_phrase(text: str) -> bool:
    return any(f" {phrase} " in f" {text} " for phrase in _phrases())


@lru_cache(maxsize=2048)
def department_score(text: str) -> float:
    """Evidence that a text names a department, in log-odds."""
    if not text or len(text) > _LONGEST or "@" in text or re.search(r"\d{3}", text):
        return -4.0
    if is_cjk(text):
        ends = any(text.rstrip().endswith(end) for end in substrings("department_cjk"))
        return 1.2 if ends and 2 < len(text) <= 20 else -3.0
    tokens = words(text)
    if not tokens or len(tokens) > 9:
        return -4.0
    marks = [t for t in tokens if t in word_list("department_words")]
    heads = [t for t in tokens if t in word_list("title_words")]
    support = [t for t in tokens if t in supporting("title_words")]
    if marks:
        edge = tokens[0] in marks or tokens[-1] in marks
        return 0.6 + 0.8 * edge + 0.3 * min(2, len(support)) - 1.5 * len(heads) - 0.3 * max(0, len(tokens) - 6)
    if support and len(support) >= len([t for t in tokens if t not in CONNECTORS]) and not heads:
        return -0.1 + 0.35 * min(3, len(support))
    return -3.0


def is_continued(upper: str, lower: str, open_end: bool = False) -> bool:
    """Whether a title on one line goes on in the next: an open end, an open beginning, or only supporting words."""
    if is_cjk(upper) != is_cjk(lower):
        return False
    if open_end:
        return True
    last, first = (words(upper) or ("",))[-1], (words(lower) or ("",))[0]
    if upper.rstrip().endswith((",", "&", "-", "–", "/")) or lower.lstrip().startswith(("&", "/", "-", ",")):
        return True
    if last in CONNECTORS or first in CONNECTORS:
        return True
    if is_cjk(upper) or department_score(upper) > 0.5 or title_score(upper) > 0:
        return False
    bare = [t for t in camel_words(upper) if t not in CONNECTORS]
    if title_score(lower) > 0.8 and last not in _LEVELS:
        return False
    return all(t in supporting("title_words") for t in bare) and title_score(f"{upper} {lower}") > 0.5


def title_start(text: str) -> int | None:
    """Where a title begins in a line that a name precedes ("Jane Doe Managing Director"); None if nowhere."""
    tokens = [(m.start(), m[0]) for m in re.finditer(r"\S+", text)]
    for place, (start, token) in enumerate(tokens):
        if place < 2:
            continue
        one = (words(token) or ("",))[0]
        if one in word_list("title_words") or one in supporting("title_words"):
            return start if title_score(text[start:]) > 0.8 else None
    return None


def title_end(text: str) -> int | None:
    """Where a title ends in a line that begins with it ("Malermeister Uwe Kesselring"); None if nowhere."""
    tokens = [(m.end(), m[0]) for m in re.finditer(r"\S+", text)]
    for place in range(min(len(tokens) - 1, 4), 0, -1):
        one = (words(tokens[place - 1][1]) or ("",))[0]
        if one in word_list("title_words") and title_score(text[: tokens[place - 1][0]]) > 0.8:
            return tokens[place - 1][0]
    return None


def _cjk_title_score(text: str) -> float:
    compact = re.sub(r"[\s・/／|｜,，、()（）]", "", text)
    covered, count = 0, 0
    rest = compact
    for title in substrings("title_cjk"):
        if title in rest and len(title) > 1:
            rest = rest.replace(title, "\0", 1)
            covered += len(title)
            count += 1
    if not count:
        return -2.5
    share = covered / max(1, len(compact))
    ends = any(compact.endswith(title) for title in substrings("title_cjk"))
    return 0.4 + 1.6 * share + 0.7 * ends - 0.15 * max(0, len(compact) - 12)
