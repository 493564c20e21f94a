"""Ideographs are given in the form their country prints; what it prints itself stays."""

from __future__ import annotations

import pytest

from cardscan.ocr.ideographs import as_written_there
from cardscan.record import TextLine

CARDS = [
    (["株式会社千歲屋建設", "营業部長", "佐藤惠子"], ["株式会社千歳屋建設", "営業部長", "佐藤惠子"]),
    (["東云不動產", "〒150-0066 东京都渋谷区", "業务部"], ["東云不動産", "〒150-0066 東京都渋谷区", "業務部"]),
    (["114台北市内湖區信義路", "黄金橋贸易"], ["114台北市內湖區信義路", "黃金橋貿易"]),
    (["九龍尖沙咀民生路11號8楼"], ["九龍尖沙咀民生路11號8樓"]),
    (["博瑞機械制造有限公司", "上海市浦东新区"], ["博瑞机械制造有限公司", "上海市浦东新区"]),
    (["立德贸易有限公司", "香港中環復興北路21號"], ["立德貿易有限公司", "香港中環復興北路21號"]),
    (["千歲屋", "營业部"], ["千歲屋", "營业部"]),  # no country
    (["香港 上海", "千歲屋营业"], ["香港 上海", "千歲屋营业"]),  # two
    (["Ute Brandt", "+81 3 5555 0101"], ["Ute Brandt", "+81 3 5555 0101"]),
]


@pytest.mark.parametrize(("read", "want"), CARDS, ids=[card[0][0] for card in CARDS])
def test_forms(read: list[str], want: list[str]) -> None:
    quad = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
    lines = as_written_there([TextLine(text, 0.9, quad) for text in read])
    assert [line.text for line in lines] == want
    assert all(line.confidence == 0.9 and line.quad == quad for line in lines)
