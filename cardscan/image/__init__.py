"""Photo to upright card images: decode, find, rectify, orient, measure. The only room besides ocr that imports cv2.

`load` is the gate for files; `find_cards` takes a decoded photo and gives its cards.
"""

from cardscan.image.load import load, sniff

__all__ = ["load", "sniff"]
