"""From the network's output to text: letters, spaces, columns, look-alikes."""

import numpy as np
import pytest

from cardscan.ocr.alike import told_apart
from cardscan.ocr.ctc import Letter, decode
from cardscan.ocr.spacing import columns, plain, with_spaces, without_rims

CHARACTERS = (*"abcdefghijklmnopqrstuvwxyz.:-_/@", " ")


def steps(*rows):
    """Probabilities (steps, classes) from dicts of character to probability; "" is the blank."""
    table = np.zeros((len(rows), len(CHARACTERS) + 1), np.float32)
    for number, row in enumerate(rows):
        for char, probability in row.items():
            table[number, CHARACTERS.index(char) + 1 if char else 0] = probability
    return table


def letters(text, pitch=0.02, **extra):
    """Sure letters at even distances; `extra` maps an index as `at_3` to fields of that letter."""
    return [Letter(char, 0.99, (index + 1) * pitch, **extra.get(f"at_{index}", {})) for index, char in enumerate(text)]


def text(found):
    """The letters' text."""
    return "".join(letter.char for letter in found)


def test_repeats_are_one_letter_unless_a_blank_parts_them():
    """`aa_a` reads as `aa`: the CTC rule."""
    found = decode(steps({"a": 0.9}, {"a": 0.8, "o": 0.1}, {"": 0.9}, {"a": 0.7, "o": 0.2}), CHARACTERS)
    assert text(found) == "aa"
    assert [round(letter.probability, 2) for letter in found] == [0.9, 0.7]
    assert found[1].instead == "o"


def test_a_runner_up_that_is_blank_is_none():
    """The blank is no other character."""
    assert decode(steps({"a": 0.6, "": 0.4}), CHARACTERS)[0].instead == ""


def test_a_dot_that_was_all_but_read_is_kept_in_mind():
    """Between `n` and `c` the network thought of a dot; of its neighbours it always thinks."""
    found = decode(steps({"n": 0.9}, {"": 0.6, ".": 0.4}, {"": 0.8, "c": 0.2}, {"c": 0.9}), CHARACTERS)
    assert (found[1].skipped, round(found[1].skipped_probability, 2)) == (".", 0.4)
    assert found[0].skipped == ""


def test_nothing_but_blanks_is_nothing():
    """A line without ink has no letters, nor has one without steps."""
    assert decode(steps({"": 1.0}, {"": 1.0}), CHARACTERS) == ()
    assert decode(steps(), CHARACTERS) == ()


def test_likely_spaces_are_set():
    """A gap the network half took for a space becomes one, a sure joint does not."""
    found = with_spaces(letters("janedoe", at_4={"gap": 0.4}, at_2={"gap": 0.05}))
    assert text(found) == "jane doe"
    assert found[4].position == pytest.approx((found[3].position + found[5].position) / 2)


@pytest.mark.parametrize("address", ["jane@acme.example", "www.acme.example", "https://acme.example/x"])
def test_addresses_stay_in_one_piece(address):
    """No space is put into a mail or web address, wherever the network thought of one."""
    gaps = {f"at_{index}": {"gap": 0.45} for index in range(1, len(address))}
    assert text(with_spaces(letters(address, **gaps))) == address


@pytest.mark.parametrize(("gap", "printed"), [(0.02, "150-0030 渋谷"), (0.005, "150-0030渋谷")])
def test_a_faint_space_counts_behind_a_japanese_code(gap: float, printed: str) -> None:
    """Where both forms are usual, the network's faintest thought of a space tells; in other places it does not."""
    assert text(with_spaces(letters("150-0030渋谷", at_8={"gap": gap}))) == printed
    assert text(with_spaces(letters("東京都渋谷1番", at_5={"gap": gap}))) == "東京都渋谷1番"


@pytest.mark.parametrize(
    ("probability", "at", "printed"), [(0.6, 4.85, "jane@acme"), (0.95, 4.85, "janel@acme"), (0.6, 4.6, "janel@acme")]
)
def test_the_rim_of_a_sign_is_no_letter(probability, at, printed):
    """What stands on the sign itself, and was not read surely, is a part of it."""
    placed = [Letter(char, 0.99, place / 10) for place, char in enumerate("jane")]
    placed += [Letter("l", probability, at / 10), Letter("@", 0.9, 0.5)]
    placed += [Letter(char, 0.99, (6 + place) / 10) for place, char in enumerate("acme")]
    assert text(without_rims(placed, 10.0)) == printed


def test_a_line_is_cut_between_columns():
    """Letters two line heights apart, far more than elsewhere, belong to two lines."""
    left, right = letters("acme freight"), letters("jane doe")
    moved = [Letter(x.char, x.probability, x.position + 0.4) for x in right]
    assert [text(part) for part in columns([*left, *moved], length=20)] == ["acme freight", "jane doe"]


def test_letterspaced_words_stay_whole():
    """Wide but even spacing is style, not columns."""
    assert [text(part) for part in columns(letters("jane", pitch=0.2), length=12)] == ["jane"]


def test_a_label_keeps_its_value():
    """`tel` and a number three heights on stay one line."""
    moved = [Letter(x.char, x.probability, x.position + 0.17) for x in letters("0123456")]
    assert len(columns([*letters("tel"), *moved], length=20)) == 1


def test_blank_lines_have_no_parts():
    """Spaces alone are no line, and spaces at the ends belong to none."""
    assert columns(letters("   "), length=5) == []
    assert [text(part) for part in columns(letters("  a b "), length=5)] == ["a b"]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("HuIten", "Hulten"), ("modeI", "model"), ("2O15", "2015"), ("5l0", "510"), ("L0NDON", "LONDON"),
        ("leslieO1", "leslie01"),
        ("Ian", "Ian"), ("carl2", "carl2"), ("A1", "A1"), ("IBM", "IBM"), ("WA7 0QW", "WA7 0QW"), ("H2O", "H2O"),
    ],
)  # fmt: skip
def test_look_alikes_are_told_apart_by_their_neighbours(read, meant):
    """Only what no word could hold is changed, and what was read stays as the runner-up."""
    told = told_apart(letters(read))
    assert text(told) == meant
    for before, after in zip(read, told, strict=True):
        assert after.char == before or after.instead == before


def test_full_width_forms_become_plain():
    """`ｊ＠ａ．ｊｐ　株` is a mail address and a kanji."""
    assert text(plain(letters("ｊ＠ａ．ｊｐ　株"))) == "j@a.jp 株"
