"""Claims about telling pen from print, by the models that the manifest names."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cardscan import assets, ocr, parse, pen, pipeline
from cardscan.errors import ModelError
from cardscan.forest import forest
from cardscan.options import ImageOptions, ParseOptions, ScanOptions
from cardscan.pen import judge, telling
from cardscan.pen.evidence import NAMES, evidence, tells_what_to_do
from cardscan.pen.telling import MAYBE, SURE
from cardscan.record import Look, Page, TextLine
from models.forests import tables

PHOTOS = Path(__file__).parents[2] / "samples" / "photos"
BLACK, BLUE = (0.12, 0.12, 0.12), (0.25, 0.3, 0.65)
PRINTED = (
    ("Orla Fennick", 60, 60, 44, 0.02),
    ("Head of Purchasing", 60, 112, 28, 0.01),
    ("Brightwater Mills Ltd", 60, 180, 32, 0.02),
    ("+44 20 7946 0958", 60, 250, 28, 0.01),
    ("orla.fennick@brightwater-mills.co.uk", 60, 290, 28, 0.01),
    ("www.brightwater-mills.co.uk", 60, 330, 28, 0.01),
)


def line(text, left, top, height, turn=0.0):
    """A line of text at a place; its right end lies `turn` pixels lower."""
    wide = 0.52 * height * len(text)
    quad = ((left, top), (left + wide, top + turn), (left + wide, top + turn + height), (left, top + height))
    return TextLine(text, 0.97, quad)


def page(*more):
    """A printed card with further lines of (line, looks, tint, breadth)."""
    lines = [(line(text, *place), pen_looks, BLACK, 0.09) for text, *place, pen_looks in PRINTED] + list(more)
    looks = tuple(Look(pen_looks, tint, breadth) for _, pen_looks, tint, breadth in lines)
    return Page(1000, 560, tuple(one for one, *_ in lines), looks=looks)


NOTE = (line("send samples by Fri", 520.0, 420.0, 46.0, 14.0), 0.98, BLUE, 0.07)


def test_a_note_in_another_ink_is_a_pens_and_all_print_stays_print():
    """The plain case: blue, aslant, beside the print."""
    told = pen.tell_pen_from_print(page(NOTE))
    assert [one.source for one in told.lines] == ["print"] * len(PRINTED) + ["handwriting"]
    assert told.looks[-1].pen > 0.8


def test_a_logo_in_a_script_face_stays_print():
    """It looks like a pen's, but stands on the common margin, in the common ink, and its name is that of the site."""
    logo = (line("Brightwater", 60.0, 400.0, 60.0), 0.9, BLACK, 0.08)
    assert pen.tell_pen_from_print(page(logo)).lines[-1].source == "print"


@pytest.mark.parametrize("text", ["Orla Fennick", "FENNICK Orla", "Wren Alcott"])
def test_the_name_that_a_mail_is_made_of_is_print_however_it_looks(text):
    """In a face like a neat hand, and beside a note; another name there is one someone wrote."""
    pens = [(line(text, 520.0, 350.0, 46.0, 10.0), 0.98, BLUE, 0.07), NOTE]
    nameless = page(*pens)
    nameless = replace(nameless, lines=nameless.lines[1:], looks=nameless.looks[1:])
    told = pen.tell_pen_from_print(nameless).lines
    assert told[-2].source == ("handwriting" if "Wren" in text else "print")
    assert told[-1].source == "handwriting"


def test_initials_that_are_a_word_of_an_address_are_a_firms():
    """Three letters of it repeat what `office@qvm.dk` says; the same letters in another word repeat nothing."""
    mail = (line("office@qvm.dk", 60.0, 370.0, 28.0), 0.01, BLACK, 0.09)
    logo = (line("QVM Harbourworks", 60.0, 420.0, 46.0, 2.0), 0.7, BLACK, 0.09)
    for more, most in (((mail,), 0.95), ((), 0.4)):
        read = page(*more, logo, NOTE)
        look = pen.tell_pen_from_print(read)
        judged = 1 / (1 + math.exp(-float(judge.pen_logits(evidence(read))[-2])))
        assert (look.lines[-2].source == "handwriting") == (judged >= most)


def test_words_of_notes_may_be_labels_too():
    """`Email` on the card does not make `Email article` print."""
    labelled = (line("Email: orla@brightwater-mills.co.uk", 60.0, 370.0, 28.0), 0.01, BLACK, 0.09)
    note = (line("Email article", 520.0, 420.0, 46.0, 14.0), 0.98, BLUE, 0.07)
    assert pen.tell_pen_from_print(page(labelled, note)).lines[-1].source == "handwriting"


def test_a_page_of_pen_lines_is_no_note():
    """Twenty lines of a receipt that lay beside the card are not taken for what someone wrote on it."""
    more = [(line(f"send samples {row}th", 520.0, 20.0 + 26 * row, 24.0, 9.0), 0.99, BLUE, 0.07) for row in range(20)]
    told = pen.tell_pen_from_print(page(*more))
    assert {one.source for one in told.lines} == {"print"}
    assert pen.reasons_to_look(told, (None,) * len(told.lines), ()) == ()


def test_a_lone_unknown_word_is_asked_about():
    """It may be a logo in a script face; as a line of a longer note it is one."""
    name = (line("Qorvenza", 520.0, 350.0, 46.0, 10.0), 0.98, BLUE, 0.07)
    told = pen.tell_pen_from_print(page(name))
    assert told.lines[-1].source == "print"
    assert pen.reasons_to_look(told, (None,) * len(told.lines), ()) == ("this may be a pen note: Qorvenza",)
    assert [one.source for one in pen.tell_pen_from_print(page(name, NOTE)).lines[-2:]] == ["handwriting"] * 2


def test_a_word_with_a_figure_is_no_logo():
    """`callbackJan15`: a narrow hand without spaces, alone on the card."""
    glued = (line("callbackJan15", 520.0, 350.0, 46.0, 10.0), 0.98, BLUE, 0.07)
    assert pen.tell_pen_from_print(page(glued)).lines[-1].source == "handwriting"


@pytest.mark.parametrize(("above", "source"), [("offers intro to", "handwriting"), ("demo Monday", "print")])
def test_a_sentence_goes_on_in_the_line_below_however_neat_it_looks(above, source):
    """Whom the intro is to stands there; a neat name below a sentence that has ended is print."""
    first = (line(above, 520.0, 300.0, 46.0, 12.0), 0.99, BLUE, 0.07)
    name = (line("Sandra", 526.0, 356.0, 46.0, 12.0), 0.02, BLUE, 0.07)
    told = pen.tell_pen_from_print(page(first, name))
    assert [one.source for one in told.lines[-2:]] == ["handwriting", source]
    assert (told.looks[-1].pen >= SURE) == (source == "handwriting")


def test_a_thing_to_be_done_is_no_name_though_its_letters_look_like_print():
    """What the judge half believes to be a pen's is one where it promises something in known words."""
    between = {True: 0, False: 0}
    for look in range(2, 98, 2):
        for text, is_told in (("SEND THANK-YOU CARD", True), ("QORV MELL-ZAB FINN", False)):
            read = page((line(text, 420.0, 440.0, 34.0, 3.0), look / 100, BLACK, 0.08))
            told = pen.tell_pen_from_print(read)
            judged = 1 / (1 + math.exp(-float(judge.pen_logits(evidence(read))[-1])))
            if MAYBE <= judged < SURE:
                between[is_told] += 1
                assert (told.lines[-1].source == "handwriting") == is_told
    assert all(between.values())


def test_a_number_that_a_pen_wrote_joins_the_contact():
    """It is handwriting, and a phone like the printed one; a sentence with a number in it is a note."""
    written = (line("020 7946 0123", 520.0, 430.0, 46.0, 12.0), 0.995, BLUE, 0.07)
    told = pen.tell_pen_from_print(page(written))
    assert (told.lines[-1].source, told.lines[-1].role) == ("handwriting", "value")
    reading = parse.extract(told, ParseOptions(region="GB"))
    assert {phone.value for phone in reading.contacts[0].phones} == {"+442079460958", "+442079460123"}
    assert reading.roles[-1] == "phone"
    sentence = (line("ring her sister on 020 7946 0123", 420.0, 430.0, 46.0, 12.0), 0.995, BLUE, 0.07)
    reading = parse.extract(pen.tell_pen_from_print(page(sentence)), ParseOptions(region="GB"))
    assert [phone.value for phone in reading.contacts[0].phones] == ["+442079460958"]
    assert reading.roles[-1] == "note"


def test_a_page_nobody_looked_at_is_given_back():
    """Tesseract's lines have looks as well; a page made by hand has none."""
    bare = Page(1000, 560, (line("call Mon", 60.0, 60.0, 40.0),))
    assert pen.tell_pen_from_print(bare) is bare
    assert evidence(Page(1000, 560)).shape == (0, len(NAMES))


def test_a_single_line_and_hostile_lines_have_evidence():
    """One line on a back, endless text, boxes without area: every feature is a finite number."""
    odd = TextLine("9" * 100_000, 0.0, ((0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)))
    for lines in ((line("call Mon", 60.0, 60.0, 40.0),), (odd, odd, line("", 60.0, 60.0, 40.0))):
        rows = evidence(Page(1000, 560, lines, looks=tuple(Look(1.0, (0.0, 9.0, 1.0)) for _ in lines)))
        assert rows.shape == (len(lines), len(NAMES))
        assert (abs(rows) < 1e6).all()


@pytest.mark.parametrize(
    ("text", "chance", "source"),
    [
        ("Green Path Flowers", 0.93, "print"),
        ("Green Park Flowers", 0.93, "handwriting"),
        ("send samples tomorrow", 0.08, "handwriting"),
        ("Let's talk tomorrow", 0.08, "print"),
    ],
)
def test_a_firm_whose_host_begins_alike_and_a_slogan_are_print(text, chance, source, monkeypatch):
    """A script face needs more to be a pen's where an address has its first words, words of notes need less."""
    host = (line("hello@greenpath.example", 60.0, 450.0, 28.0), 0.01, BLACK, 0.09)
    read = page(host, (line(text, 520.0, 420.0, 40.0), 0.3, BLUE, 0.07))
    chances = np.array([0.001] * (len(PRINTED) + 1) + [chance])
    monkeypatch.setattr(telling, "pen_logits", lambda rows: np.log(chances / (1 - chances)))
    assert pen.tell_pen_from_print(read).lines[-1].source == source


@pytest.mark.parametrize(
    ("upper", "lower", "gap", "chance", "source"),
    [
        ("she offers intro to", "Nadia", 50.0, 0.08, "handwriting"),
        ("she offers intro to", "Nadia", 50.0, 0.02, "print"),
        ("she offers intro to", "Nadia", -50.0, 0.08, "print"),  # above it
        ("she offers intro to", "Nadia", 130.0, 0.08, "print"),  # far below
        ("she offers intro", "Nadia", 50.0, 0.08, "print"),
        ("she offers intro", "Nadia", 50.0, 0.35, "handwriting"),
        ("send samples tmrw", "Nadia", 50.0, 0.08, "print"),
    ],
)
def test_a_note_goes_on_below_a_word_that_asks_for_more(upper, lower, gap, chance, source, monkeypatch):
    """A line that hardly looks like a pen's is one right below `intro to`; elsewhere more must speak for it."""
    read = page(
        (line(upper, 520.0, 420.0, 40.0), 0.98, BLUE, 0.07), (line(lower, 520.0, 420.0 + gap, 40.0), 0.3, BLUE, 0.07)
    )
    chances = np.array([0.001] * len(PRINTED) + [0.95, chance])
    monkeypatch.setattr(telling, "pen_logits", lambda rows: np.log(chances / (1 - chances)))
    assert pen.tell_pen_from_print(read).lines[-1].source == source


def test_a_judge_made_for_other_evidence_is_refused(tmp_path, monkeypatch):
    """A model and code that don't belong together never judge in silence."""
    other = tmp_path / "judge.npz"
    np.savez_compressed(other, **tables([[(0, 0, 0, 0.0, 0.0)]], ["looks"]))
    monkeypatch.setattr(assets, "path", lambda name: other)
    forest.cache_clear()
    try:
        with pytest.raises(ModelError, match="other evidence"):
            pen.tell_pen_from_print(page())
    finally:
        forest.cache_clear()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("photo", "words"),
    [("19-note-us.jpg", "white paper photography alumni dinner"), ("22-note-on-back-us.jpg", "Met SXSW")],
)
def test_the_notes_of_the_samples_are_read(photo, words):
    """From the photo to the note, with the real engine: two thirds of the words at least."""
    options = ScanOptions(image=ImageOptions(max_cards=1))
    cards = pipeline.scan_photo(str(PHOTOS / photo), ocr.open_engine(options.ocr), options)
    said = " ".join(note.text for card in cards for note in card.notes).casefold()
    assert sum(word.casefold() in said for word in words.split()) >= 2 / 3 * len(words.split())


def test_a_name_in_a_script_face_is_known_again_without_its_accents():
    """What print repeats, as a mail address does a name, must look far more like a pen's to be one."""
    name = (line("Zdeněk Procházka", 520.0, 420.0, 46.0, 14.0), 0.98, BLUE, 0.07)
    mail = (line("zdenek@prochazka-dilny.cz", 60.0, 370.0, 28.0), 0.01, BLACK, 0.09)
    other = (line("prodej@svoboda-dilny.cz", 60.0, 370.0, 28.0), 0.01, BLACK, 0.09)
    called = [pen.tell_pen_from_print(page(name, line)).lines[6].source for line in (mail, other)]
    assert called == ["print", "handwriting"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SEND PRICING", True), ("send thank-you card", True), ("coffee Tue", True), ("Orla Fennick", False),
        ("Account Manager", False), ("Meet our team", False), ("send to Qorvenza", False),
    ],
)  # fmt: skip
def test_only_known_words_of_notes_tell_what_to_do(text, said):
    """A promise, a meeting or a referral; a name among the words leaves it to the judge."""
    assert tells_what_to_do(text) == said
