"""Photo to upright card images: decode, find, rectify, orient, measure. The only room besides ocr that imports cv2.

`load` is the gate for files; `find_cards` takes a decoded photo and gives its cards; `even_light` prepares a card
for engines that profit from it.
"""

from cardscan.image.cut import cut, use_one_thread
from cardscan.image.design import design_of
from cardscan.image.enhance import even_light
from cardscan.image.find import find_cards, turned
from cardscan.image.load import load, sniff

__all__ = ["cut", "design_of", "even_light", "find_cards", "load", "sniff", "turned", "use_one_thread"]
