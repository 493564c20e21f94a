"""The pen on a card: which lines it wrote, and what they say.

`telling` judges every line by how it looks and by how it differs from the rest of its card (`evidence` gathers what
speaks for a pen, `judge` weighs it). A number, a mail or a web address that a pen wrote is a value of the contact like
a printed one; all else is a note, which `writing` corrects, reads, and doubts where it is not clear.
`drawn` judges signs the same way: a star is priority, a circled number the preferred one; `words` tells them,
and dates in notes that no calendar has.
"""

from cardscan.pen.drawn import drawn_marks, reasons_to_ask, with_preferred, with_priority, without_signs
from cardscan.pen.telling import tell_pen_from_print
from cardscan.pen.words import reasons_to_review, sign_words
from cardscan.pen.writing import read_writing, reasons_to_look

__all__ = [
    "drawn_marks", "read_writing", "reasons_to_ask", "reasons_to_look", "reasons_to_review", "sign_words",
    "tell_pen_from_print", "with_preferred", "with_priority", "without_signs",
]  # fmt: skip
