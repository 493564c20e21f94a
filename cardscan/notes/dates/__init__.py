"""Dates and times in notes, by a written grammar (docs/notes.md). Nothing here reads the clock.

A form such as "Fri" has two meanings: the next such day for what is to come, the last such day for what is told. Both
are reckoned at once, and the rule that uses the date chooses.
"""

from cardscan.notes.dates.find import DateSpan, find_dates
from cardscan.notes.dates.reckoning import Days, Moment

__all__ = ["DateSpan", "Days", "Moment", "find_dates"]
