"""The thank-you card: fits its paper, varies like a hand, is safe as a file."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
from PIL import Image

from cardscan.draft.ink import as_pdf, as_png, as_svg
from cardscan.draft.layout import card_page, envelope_page
from cardscan.draft.lettering import FACES, Hand, face_named
from cardscan.draft.paper import PENCIL, STOCK, PrintPage, sheets
from cardscan.errors import UsageError

CAVEAT = FACES["caveat"]
ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:!?'\"()[]-–—’‘“”„«»…&@/+%€£"
    "ÄÖÜäöüßàâæçéèêëîïôœùûüÿÀÂÇÉÈÊËÎÏÔŒÙÛáéíóúñÁÉÍÓÚÑ¿¡ìòãõÃÕąćęłńśźżĄĆĘŁŃŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽýÝğİıĞşŞőű"
)
TEXT = "Dear Jane Doe,\n\nThank you for our conversation at SXSW on March 14.\n\nWith best wishes,\nRobin"


def box(page: PrintPage) -> tuple[float, float, float, float]:
    """What the ink covers: left, bottom, right, top (control points, which enclose the curves)."""
    numbers = [value for shape in page.shapes for segment in shape.outline for value in segment[1:]]
    xs = [x for shape in page.shapes for segment in shape.outline for x in segment[1::2]]
    ys = [y for shape in page.shapes for segment in shape.outline for y in segment[2::2]]
    assert numbers
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize("face", FACES.values(), ids=lambda face: face.name)
def test_a_face_writes_the_languages_of_its_letters(face) -> None:
    """German, French, Spanish, Italian, Portuguese, Polish, Czech and Turkish letters all have a glyph."""
    assert Hand(face).unwritable(ALPHABETS) == ""


@pytest.mark.parametrize("size", ["5x7", "a6"])
@pytest.mark.parametrize("face", FACES.values(), ids=lambda face: face.name)
@pytest.mark.parametrize("words", [3, 30, 70])
def test_the_text_is_on_the_card_whole(size, face, words) -> None:
    """Short or long, every letter is drawn, and all ink is inside the paper."""
    text = "Dear Wolfeschlegelsteinhausenberger,\n\n" + "grateful " * words + "\n\nYours,\nRobin"
    page = card_page(text, size, face, seed="t-1")
    left, bottom, right, top = box(page)
    width, height = STOCK[size].card
    assert left >= 0 and bottom >= 0 and right <= width and top <= height
    assert len(page.shapes) == len(re.sub(r"\s", "", text))


def test_too_much_text_is_refused_not_cut() -> None:
    """A text that fits only unreadably small is an error that says what to do."""
    with pytest.raises(UsageError, match="too long"):
        card_page("word " * 900, "a6", CAVEAT, seed="t-1")
    with pytest.raises(UsageError, match="too long"):
        card_page("w" * 400, "a6", CAVEAT, seed="t-1")


def test_no_two_letters_are_alike() -> None:
    """Equal letters differ in outline, and the same seed writes the same card."""
    page = card_page("eeee eeee eeee\n\nx", "a6", CAVEAT, seed="t-1")
    forms = set()
    for shape in page.shapes[:12]:
        _, x0, y0 = shape.outline[0]
        forms.add(tuple(round(v - (y0 if i % 2 else x0), 2) for s in shape.outline for i, v in enumerate(s[1:])))
    assert len(forms) == 12
    assert page == card_page("eeee eeee eeee\n\nx", "a6", CAVEAT, seed="t-1")
    assert page != card_page("eeee eeee eeee\n\nx", "a6", CAVEAT, seed="t-2")


def test_blanks_are_in_pencil_over_a_rule() -> None:
    """A missing fact is seen at once on paper: other colour, and a line to write on."""
    page = card_page("Hello [name],\n\nyours", "a6", CAVEAT, seed="t-1")
    assert sum(shape.color == PENCIL for shape in page.shapes) == len("[name]")
    assert len(page.rules) == 1


def test_a_blank_that_goes_over_two_lines_is_in_pencil_on_both() -> None:
    """The second half of a broken blank has the colour and the rule of the first; what follows is ink again."""
    hint = "[everything the two of you talked about that evening by the river]"
    page = card_page(f"Hello,\n\nI remember {hint} well.\n\nyours", "a6", CAVEAT, seed="t-1")
    assert sum(shape.color == PENCIL for shape in page.shapes) == len(hint.replace(" ", ""))
    assert len(page.rules) >= 2
    stray = card_page("Hello,\n\na stray [ sign " + "and words " * 20 + "\n\nyours", "a6", CAVEAT, seed="t-1")
    assert sum(shape.color == PENCIL for shape in stray.shapes) < 60


def test_french_signs_stay_with_their_words() -> None:
    """No line begins with the colon, question mark or closing quote that French sets apart, nor with an hour's h."""
    from cardscan.draft.layout import _broken

    line = "Je vous ai promis : un mot « bien à vous » à 15 h 30 ; cela vous convient-il ? Oui !"
    for room in range(40, 400, 5):
        for row in _broken(line, Hand(CAVEAT), 20.0, float(room)):
            assert not row.startswith((":", ";", "?", "!", "»", "h", "30")), row
            assert not row.endswith("«"), row


def test_what_the_hand_cannot_write_is_told() -> None:
    """Chinese letters leave a rule to write on and a warning; nothing is dropped in silence."""
    page = card_page("Dear 王小明,\n\nyours", "a6", CAVEAT, seed="t-1")
    assert "王小明" in page.warnings[0]
    assert len(page.rules) == 1


def test_a_date_is_not_parted() -> None:
    """Lines never break between a month and its day."""
    from cardscan.draft.layout import _broken

    hand = Hand(CAVEAT)
    for room in range(60, 400, 7):
        rows = _broken("we met on March 14 and am 1. September again", hand, 20.0, float(room))
        assert not any(row.endswith(("March", "1.")) for row in rows)


def test_svg_holds_only_paths() -> None:
    """Hostile titles and text cannot become markup: the document has a title, a background and paths."""
    page = card_page(
        "<script>alert(1)</script> ]]>\n\nyours", "a6", CAVEAT, seed="t-1", title="</title><script>x</script>"
    )
    root = ElementTree.fromstring(as_svg(page))
    assert {element.tag.rpartition("}")[2] for element in root.iter()} == {"svg", "title", "rect", "path"}
    assert root.find("{http://www.w3.org/2000/svg}title").text == "</title><script>x</script>"


@pytest.mark.parametrize(("size", "pixels"), [("5x7", (500, 700)), ("a6", (413, 583))])
def test_png_has_the_size_of_the_card(size, pixels) -> None:
    """At 100 dots per inch the picture is as large as the paper, and has ink on it."""
    picture = Image.open(io.BytesIO(as_png(card_page(TEXT, size, CAVEAT, seed="t-1"), 100)))
    assert all(abs(have - want) <= 1 for have, want in zip(picture.size, pixels, strict=True))
    dark = sum(picture.convert("L").histogram()[:128])
    assert 0.005 < dark / (picture.width * picture.height) < 0.2


def test_pdf_is_repeatable_and_needs_no_font() -> None:
    """Equal pages give equal bytes; letters are paths, so no font is embedded or missing."""
    page = card_page(TEXT, "5x7", CAVEAT, seed="t-1")
    first, second = as_pdf([page]), as_pdf([page])
    assert first == second
    assert b"/FontFile" not in first


def test_three_files_show_one_drawing() -> None:
    """The SVG has as many letter paths as the page has shapes."""
    page = card_page(TEXT, "5x7", CAVEAT, seed="t-1")
    assert as_svg(page).count("<path") == len(page.shapes) + len(page.rules)


@pytest.mark.parametrize(("size", "per_sheet"), [("5x7", 2), ("a6", 4)])
def test_sheets_hold_every_card_once(size, per_sheet) -> None:
    """Many cards go on few sheets, none is lost, none overlaps another or leaves the paper."""
    pages = [card_page(TEXT, size, CAVEAT, seed=f"t-{i}") for i in range(5)]
    printed = sheets(pages, size)
    assert len(printed) == -(-5 // per_sheet)
    assert sum(len(sheet.shapes) for sheet in printed) == sum(len(page.shapes) for page in pages)
    for sheet in printed:
        left, bottom, right, top = box(sheet)
        assert left >= 0 and bottom >= 0 and right <= sheet.width and top <= sheet.height


def test_an_envelope_has_both_addresses() -> None:
    """The address stands lower right, the sender upper left, all on the paper."""
    page = envelope_page(["Jane Doe", "1 Main St"], ["Robin"], "a6", CAVEAT, seed="t-1")
    width, height = STOCK["a6"].envelope
    left, bottom, right, top = box(page)
    assert 0 <= left < 0.2 * width and right <= width and bottom >= 0 and 0.8 * height < top <= height
    assert len(page.shapes) == len("JaneDoe1MainStRobin")


def test_an_unknown_face_names_the_known() -> None:
    """The error helps."""
    with pytest.raises(UsageError, match="caveat"):
        face_named("comic")
