"""One person, one contact: which cards belong together, why, and the one card they make.

Pure functions over cards. `find_sides` pairs fronts with backs among photos in a row, `find_persons` finds photographs
of one card and cards of one person, both as `Kinship` records with reasons in words; `fold` makes one card of those
that were merged. The store keeps what was decided; `standing` tells which decision of several holds.

    names, features, evidence   two names; what of a card can be compared; two cards field by field
    photos, palette             taken one after the other; alike in colour and shape
    persons, sides              the verdicts
    decisions                   what holds, and what may be done without a word
    values, fold                each value once; one card from several
"""

from cardscan.kinship.decisions import agreed, standing, undecided
from cardscan.kinship.features import features_by_id
from cardscan.kinship.fold import Folded, fold
from cardscan.kinship.persons import find_persons, judge
from cardscan.kinship.sides import find_sides

__all__ = [
    "Folded",
    "agreed",
    "features_by_id",
    "find_persons",
    "find_sides",
    "fold",
    "judge",
    "standing",
    "undecided",
]
