"""Claims about the score of pens."""

import json

from tests.bench import pen_score


def quad(left, top, right, bottom):
    """An upright quad as JSON has it."""
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


TRUTH = {
    "file": "a.jpg",
    "cards": [
        {
            "fields": {"names": ["Orla Fennick"]},
            "quad": quad(0, 0, 900, 540),
            "notes": [{"text": "call Mon"}],
            "lines": [
                {"text": "Orla Fennick", "source": "print", "quad": quad(50, 50, 400, 90)},
                {"text": "call Mon", "source": "handwriting", "quad": quad(50, 300, 300, 340)},
                {"text": "or Tue", "source": "handwriting", "quad": quad(50, 350, 300, 390)},
            ],
            "marks": [{"kind": "star", "quad": quad(600, 300, 660, 360)}],
        }
    ],
}


def read(*lines, marks=()):
    """One card line with lines of (text, source, quad)."""
    return json.dumps(
        {
            "source": {"path": "x/a.jpg", "index": 0, "quad": quad(0, 0, 900, 540)},
            "contact": {"name": {"full": "Orla Fennick"}},
            "notes": [{"text": "call Mon"}],
            "lines": [{"text": text, "source": source, "quad": place} for text, source, place in lines],
            "marks": list(marks),
        }
    )


def figures(*lines, marks=()):
    """The summary of one reading against TRUTH."""
    return pen_score.summary(pen_score.scores([json.dumps(TRUTH)], [read(*lines, marks=marks)]))


NAME = ("Orla Fennick", "print", quad(48, 48, 402, 92))
FIRST = ("call Mon", "handwriting", quad(45, 297, 305, 344))


def test_all_right_is_all_ones():
    """Every pen line found where it is, no print called a pen's."""
    found = figures(NAME, FIRST, ("or Tue", "handwriting", quad(45, 348, 305, 392)))
    assert (found["precision"], found["recall"], found["f1"]) == (1.0, 1.0, 1.0)
    assert (found["cards_with_print_called_pen"], found["note_cer"]) == (0.0, 0.0)


def test_each_kind_of_mistake_is_counted_apart():
    """Print called a pen's, a line told as print, a line not detected, and a line on nothing."""
    wrong = figures((*NAME[:1], "handwriting", NAME[2]), (FIRST[0], "print", FIRST[2]))
    assert (wrong["precision"], wrong["recall"]) == (0.0, 0.0)
    assert (wrong["cards_with_print_called_pen"], wrong["told_as_print"], wrong["undetected"]) == (1.0, 1, 1)
    assert figures(NAME, FIRST, ("~", "handwriting", quad(700, 400, 760, 430)))["stray"] == 1


def test_marks_are_right_missed_or_made_up():
    """By kind and by place."""
    star = {"kind": "star", "quad": quad(598, 300, 664, 358)}
    assert figures(NAME, marks=[star])["marks"] == {"star right": 1}
    assert figures(NAME, marks=[{**star, "kind": "check"}])["marks"] == {"check made up": 1, "star missed": 1}
    assert figures(NAME, marks=[{**star, "quad": quad(0, 0, 60, 60)}])["marks"] == {"star made up": 1, "star missed": 1}
