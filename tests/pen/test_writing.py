"""Claims about what a card's pen lines say."""

from datetime import date

from cardscan import pen
from cardscan.record import Doubt, Look, Page, TextLine

DAY = date(2026, 3, 14)


def page(*lines, confidence=0.97, pen_looks=0.95, doubts=()):
    """A page of (text, source) lines."""
    quads = [
        ((50.0, 50.0 * row), (400.0, 50.0 * row), (400.0, 50.0 * row + 30), (50.0, 50.0 * row + 30)) for row in range(9)
    ]
    made = tuple(TextLine(text, confidence, quad, source) for (text, source), quad in zip(lines, quads, strict=False))
    looks = tuple(Look(pen_looks if line.source == "handwriting" else 0.02) for line in made)
    return Page(900, 540, made, looks=looks, doubts=doubts)


def test_pen_lines_are_one_note_with_its_facts():
    """Lines are joined in their order, print and values are no part of it."""
    read = page(
        ("Orla Fennick", "print"),
        ("send pricing", "handwriting"),
        ("020 7946 0958", "handwriting"),
        ("by Fri", "handwriting"),
    )
    (note,) = pen.read_writing(read, ("name", "note", "phone", "note"), DAY, "GB")
    assert (note.text, note.lines) == ("send pricing\nby Fri", (1, 3))
    assert [(promise.what, promise.due) for promise in note.facts.promises] == [("send pricing", "2026-03-20")]
    assert pen.reasons_to_look(read, ("name", "note", "phone", "note"), (note,)) == ()


def test_an_unsure_note_gives_its_text_and_no_facts():
    """It is shown in review instead: a wrong promise is worse than a note to be read by a person."""
    for read in (
        page(("send pricing", "handwriting"), confidence=0.4),
        page(("send pricing", "handwriting"), pen_looks=0.45),
    ):
        (note,) = pen.read_writing(read, ("note",), DAY, None)
        assert (note.text, note.facts.promises) == ("send pricing", ())
        assert pen.reasons_to_look(read, ("note",), (note,)) == ("the pen note is unsure: send pricing",)


def test_a_date_that_no_calendar_has_is_asked_about():
    """The promise stands without it, and a person is told which date it was."""
    read = page(("send pricing by Feb 30", "handwriting"))
    (note,) = pen.read_writing(read, ("note",), DAY, "GB")
    assert [(promise.what, promise.due) for promise in note.facts.promises] == [("send pricing", None)]
    assert pen.reasons_to_look(read, ("note",), (note,)) == ("the note says Feb 30: no such day",)


def test_no_pen_lines_no_note():
    """Nor any reason to look."""
    read = page(("Orla Fennick", "print"))
    assert pen.read_writing(read, ("name",), DAY, None) == ()
    assert pen.reasons_to_look(read, ("name",), ()) == ()


def test_a_printed_line_that_may_be_a_pens_is_asked_about_unless_it_is_a_value():
    """A number is a number, whoever wrote it."""
    quad = ((50.0, 50.0), (400.0, 50.0), (400.0, 80.0), (50.0, 80.0))
    read = Page(900, 540, (TextLine("Call Mon", 0.9, quad),), looks=(Look(0.45),))
    assert pen.reasons_to_look(read, ("tagline",), ()) == ("this may be a pen note: Call Mon",)
    assert pen.reasons_to_look(read, ("phone",), ()) == ()


def test_a_word_is_mended_only_to_what_the_reader_saw():
    """`lunoh` with `c` as the reader's second thought is lunch."""
    read = page(("lunoh Tue", "handwriting"), doubts=(Doubt(0, 3, "o", 0.6, "c", 0.35),))
    (note,) = pen.read_writing(read, ("note",), DAY, None)
    assert note.text == "lunch Tue"


def test_a_note_written_upside_down_is_read_from_its_own_top():
    """Its first line stands below the second, on the card's own way up; beside each other counts from the left."""

    def turned(x, y, wide):  # right to left, its upper side below
        return ((x + wide, y + 30.0), (x, y + 30.0), (x, y), (x + wide, y))

    lines = (
        TextLine("by Friday", 0.97, turned(100.0, 200.0, 200.0), "handwriting"),
        TextLine("pricing", 0.97, turned(100.0, 250.0, 150.0), "handwriting"),
        TextLine("send", 0.97, turned(280.0, 252.0, 100.0), "handwriting"),
    )
    read = Page(900, 540, lines, looks=(Look(0.95),) * 3)
    (note,) = pen.read_writing(read, ("note",) * 3, DAY, "GB")
    assert note.text == "send\npricing\nby Friday"
