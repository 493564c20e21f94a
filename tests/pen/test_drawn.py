"""Claims about what follows from signs on a card."""

from dataclasses import replace
from datetime import date

import pytest

from cardscan import pen
from cardscan.record import Code, Contact, Look, Mark, Note, NoteFacts, Page, Phone, Shape, TextLine

DAY = date(2026, 3, 14)
BLACK, BLUE = (0.1, 0.1, 0.1), (0.2, 0.25, 0.6)


def box(left, top, right, bottom):
    """An upright quad."""
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def page(*lines, shapes=()):
    """A page of (text, source, tint) lines, one below the other."""
    made = [
        TextLine(text, 0.98, box(50.0, 50.0 + 60 * row, 400.0, 80.0 + 60 * row), source)
        for row, (text, source, _) in enumerate(lines)
    ]
    looks = tuple(Look(0.99 if source == "handwriting" else 0.01, tint) for _, source, tint in lines)
    return Page(900, 540, tuple(made), looks=looks, shapes=tuple(shapes))


def star(tint, kind="star", at=600.0):
    """A star in the free half of the card."""
    return Shape(kind, box(at, 300.0, at + 60, 360.0), tint)


PRINT = ("Orla Fennick", "print", BLACK)


def test_a_star_in_an_ink_that_no_print_has_is_priority():
    """Blue pen on black print, with a note or without one."""
    marks = pen.drawn_marks(page(PRINT, shapes=[star(BLUE)]))
    assert [(mark.kind, mark.confidence >= 0.8) for mark in marks] == [("star", True)]
    (note,) = pen.with_priority((), marks, DAY)
    assert (note.text, note.facts.priority, note.facts.reference_date) == ("★", True, "2026-03-14")
    said = (Note("met at fair", facts=NoteFacts(text="met at fair")),)
    (note,) = pen.with_priority(said, marks, DAY)
    assert (note.text, note.facts.priority) == ("met at fair", True)


def test_a_star_in_the_ink_of_the_print_is_no_priority():
    """It is as likely a logo: left out where no pen wrote, asked about where a pen of that ink did."""
    printed = pen.drawn_marks(page(PRINT, shapes=[star(BLACK)]))
    assert printed == ()
    either = pen.drawn_marks(page(PRINT, ("call Mon", "handwriting", BLACK), shapes=[star(BLACK)]))
    assert [mark.kind for mark in either] == ["star"]
    assert pen.with_priority((), either, DAY) == ()
    assert pen.reasons_to_ask(either) == ("this may be a drawn star",)
    assert pen.reasons_to_ask(printed) == ()


def test_a_check_mark_or_an_arrow_gives_no_priority():
    """They are recorded, and nothing is made of them."""
    marks = pen.drawn_marks(page(PRINT, shapes=[star(BLUE, "check"), star(BLUE, "arrow", 700.0)]))
    assert [mark.kind for mark in marks] == ["check", "arrow"]
    assert pen.with_priority((), marks, DAY) == ()


def test_signs_that_are_printed_as_often_need_a_pen_on_the_card():
    """An arrow in a colour of its own is a logo's, perhaps; beside writing in that colour it is drawn."""
    for kind in ("check", "arrow"):
        (alone,) = pen.drawn_marks(page(PRINT, shapes=[star(BLUE, kind)]))
        (beside,) = pen.drawn_marks(page(PRINT, ("call Mon", "handwriting", BLUE), shapes=[star(BLUE, kind)]))
        assert alone.confidence < 0.8 < beside.confidence


def test_pen_and_print_of_like_inks_are_told_by_which_is_nearer():
    """Dark blue beside black: the ink of the note, and not that of the print."""
    navy, print_like = (0.12, 0.13, 0.2), (0.1, 0.1, 0.11)
    written = ("call Mon", "handwriting", navy)
    assert [mark.confidence >= 0.8 for mark in pen.drawn_marks(page(PRINT, written, shapes=[star(navy)]))] == [True]
    assert [mark.confidence >= 0.8 for mark in pen.drawn_marks(page(PRINT, written, shapes=[star(print_like)]))] == [
        False
    ]


def test_an_oval_around_a_number_is_shown_in_any_ink_and_followed_in_a_pens():
    """Print seldom has one; in the ink of the print nothing is made of it."""
    ring = Shape("circle", box(40.0, 40.0, 410.0, 90.0), BLACK, (0,))
    (mark,) = pen.drawn_marks(page(PRINT, ("Buyer", "print", BLACK), shapes=[ring]))
    assert (mark.kind, mark.lines, mark.confidence < 0.8) == ("circle", (0,), True)


def test_a_corner_of_a_code_is_no_sign():
    """QR codes are full of shapes."""
    read = page(PRINT, shapes=[star(BLUE)])
    code = Code("QRCode", "x", box(580.0, 280.0, 800.0, 500.0))
    assert [mark.kind for mark in pen.drawn_marks(read)] == ["star"]
    assert pen.drawn_marks(replace(read, codes=(code,))) == ()


def phones(*lines):
    """A contact with one number a line."""
    return Contact(phones=tuple(Phone(f"+4420794609{line:02}", "x", lines=(line,)) for line in lines))


@pytest.mark.parametrize("kind", ["circle", "underline"])
def test_the_one_number_in_a_circle_is_preferred(kind):
    """Not if two are circled, nor if the mark is unsure, nor if the mark lies on a line without a number."""
    mark = Mark(kind, box(40.0, 100.0, 410.0, 150.0), (1,), 0.95)
    contact = pen.with_preferred(phones(1, 2), [mark])
    assert [phone.preferred for phone in contact.phones] == [True, False]
    for marks in ([replace(mark, confidence=0.6)], [replace(mark, lines=(1, 2))], [replace(mark, lines=(0,))], []):
        assert not any(phone.preferred for phone in pen.with_preferred(phones(1, 2), marks).phones)


def test_a_sign_that_was_read_as_text_is_no_note():
    """`女` where a star is drawn becomes a mark; a line of text beside it stays."""
    read = page(PRINT, ("call Mon", "handwriting", BLUE), shapes=[star(BLUE)])
    sign = TextLine("女", 0.7, box(595.0, 295.0, 662.0, 366.0))
    read = replace(read, lines=(*read.lines, sign), looks=(*read.looks, Look(0.5, BLUE)))
    marked = pen.without_signs(read, pen.drawn_marks(read))
    assert [line.role for line in marked.lines] == [None, None, "mark"]


@pytest.mark.parametrize("name", ["陈文静", "吴娜", "Ana"])
def test_a_short_name_is_no_sign_though_one_stands_on_it(name):
    """A sign covers what was read in its place; a name is wider than a star that touches it."""
    read = page(PRINT, shapes=[star(BLUE)])
    short = TextLine(name, 0.97, box(590.0, 296.0, 790.0, 366.0))
    read = replace(read, lines=(*read.lines, short), looks=(*read.looks, Look(0.2, BLACK)))
    marked = pen.without_signs(read, pen.drawn_marks(read))
    assert [(line.role, line.source) for line in marked.lines] == [(None, "print"), (None, "print")]
