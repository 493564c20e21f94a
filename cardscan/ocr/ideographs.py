"""Ideographs in the form that the card's country writes: 株式会社千歳屋, where the model read 千歲屋.

The model knows the Japanese, the traditional and the simplified form of a character, which often differ by one stroke.
What a country prints is a published list: JIS X 0208 for Japan, Big5 for Taiwan and Hong Kong, GB 2312 for China. A
character that is not on it is exchanged for the form that is (OpenCC knows which belong together); one that is on it
stays, so that 恵 and 惠, both Japanese names, are left as they were read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opencc import OpenCC

    from cardscan.record import TextLine

_IDEOGRAPH: Final = re.compile(r"[\u3400-\u9fff]")
_SIGNS: Final = {
    "shift_jis": re.compile(r"[\u3041-\u30fa]{2}|〒|株式会社|有限会社|合同会社|\+81|\.jp\b"),
    "big5": re.compile(r"台灣|臺灣|[台臺][北中南]|新北|高雄|桃園|香港|九龍|\+8(?:86|52)|\.(?:tw|hk)\b"),
    "gb2312": re.compile(r"中国|[北南]京市?|上海市?|广[州东]|深圳|杭州|成都|\+86|\.cn\b"),
}
_WAYS: Final = {
    "shift_jis": (("t2jp",), ("s2t", "t2jp")),
    "big5": (("s2t",), ("jp2t",)),
    "gb2312": (("t2s",), ("jp2t", "t2s")),
}


def as_written_there(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """The lines with ideographs of another country's form exchanged, character for character.

    A card that does not tell its country, or tells of several as often, comes back as it is.
    """
    charset = _charset([line.text for line in lines if _IDEOGRAPH.search(line.text) or "+" in line.text])
    if charset is None or not any(_IDEOGRAPH.search(line.text) for line in lines):
        return tuple(lines)
    return tuple(
        replace(line, text=text) if (text := _written(line.text, charset)) != line.text else line for line in lines
    )


def _charset(texts: Sequence[str]) -> str | None:
    votes = Counter({charset: sum(len(sign.findall(text)) for text in texts) for charset, sign in _SIGNS.items()})
    (first, most), (_, second), *_ = votes.most_common()
    return first if most > second else None


def _written(text: str, charset: str) -> str:
    return _IDEOGRAPH.sub(lambda match: _form(match[0], charset), text)


@cache
def _form(char: str, charset: str) -> str:
    if _is_in(char, charset):
        return char
    for way in _WAYS[charset]:
        form = char
        for step in way:
            form = _converter(step).convert(form)
        if len(form) == 1 and _is_in(form, charset):
            return form
    return char


def _is_in(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _converter(step: str) -> OpenCC:
    from opencc import OpenCC  # loads its dictionaries only for a card that needs them

    return OpenCC(step)
