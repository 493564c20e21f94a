"""The second engine: chosen by name, run safely, missed with a remedy."""

import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytesseract
import pytest
from PIL import Image

from cardscan.errors import EngineError
from cardscan.ocr import open_engine, recognize, text_finder
from cardscan.ocr.tesseract import prepare
from cardscan.ocr.tesseract_program import default_languages, installed_languages, read_table
from cardscan.options import OcrOptions

from .conftest import as_card, printed

LINES = ("Jane Doe", "Head of Operations", "Tel: +49 30 901820", "jane.doe@acme.example")
CARD = printed([((80, 80 + 90 * row), text) for row, text in enumerate(LINES)], type_size=40)
OPTIONS = OcrOptions(engine="tesseract", languages=("eng",))


@pytest.fixture
def no_tesseract(monkeypatch):
    """A search path without any program."""
    monkeypatch.setenv("PATH", os.devnull)
    installed_languages.cache_clear()
    yield
    installed_languages.cache_clear()


def test_without_the_program_the_remedy_is_told(no_tesseract):
    """A missing Tesseract is exit code 5 and three ways to install it; no other engine steps in."""
    with pytest.raises(EngineError, match=r"apt install tesseract-ocr.*brew install.*winget install") as caught:
        open_engine(OPTIONS)
    assert caught.value.exit_code == 5
    assert installed_languages() == ()


@pytest.mark.tesseract
def test_clean_print_is_read():
    """Tesseract reads a clean card line by line, in order, with confidence and places."""
    page = recognize(as_card(CARD), open_engine(OPTIONS), OPTIONS)
    assert tuple(line.text for line in page.lines) == LINES
    assert min(line.confidence for line in page.lines) > 0.7
    for row, line in enumerate(page.lines):
        assert abs(line.quad[0][0] - 80) < 15
        assert abs(line.quad[0][1] - (85 + 90 * row)) < 20


@pytest.mark.tesseract
def test_light_print_on_dark_is_read():
    """The preparation turns white on black into what Tesseract can read."""
    lines = open_engine(OPTIONS).read(255 - CARD)
    assert tuple(line.text for line in lines) == LINES


@pytest.mark.tesseract
def test_a_shadow_over_half_the_card_does_not_matter():
    """Light is evened out before reading."""
    light = np.linspace(0.25, 1.0, 1000)[None, :, None]
    assert tuple(line.text for line in open_engine(OPTIONS).read((CARD * light).astype(np.uint8))) == LINES


@pytest.mark.tesseract
def test_it_finds_no_text_without_reading():
    """Tesseract is no finder of text boxes."""
    assert text_finder(open_engine(OPTIONS)) is None


@pytest.mark.tesseract
def test_a_language_that_is_not_installed_is_named():
    """The message says which language is missing and how to get it."""
    with pytest.raises(EngineError, match=r"'xyz'.*tesseract-ocr-xyz"):
        open_engine(OcrOptions(engine="tesseract", languages=("xyz",)))


@pytest.mark.tesseract
@pytest.mark.parametrize("shape", [(0, 0), (1, 1), (2, 500), (3, 3), (600, 1000)])
def test_blank_images_have_no_lines(shape):
    """No shape of an empty image is an error."""
    assert open_engine(OPTIONS).read(np.full((*shape, 3), 255, np.uint8)) == ()


@pytest.mark.tesseract
def test_no_file_stays_behind(tmp_path, monkeypatch):
    """What was written for the program is gone after it ran, and the working folder was never touched."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.chdir(tmp_path)
    open_engine(OPTIONS).read(CARD)
    assert list(tmp_path.iterdir()) == [folder]
    assert list(folder.iterdir()) == []


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Puts a program in the place of Tesseract on the search path; it is asked for its version first."""
    # pytesseract asks once in a process, whichever test is the first.
    version = pytesseract.pytesseract.get_tesseract_version
    monkeypatch.setattr(version, "_result", version)

    def place(text, version="tesseract 5.3.0"):
        program = tmp_path / "tesseract"
        told = f"import sys\nif '--version' in sys.argv:\n    print({version!r})\n    sys.exit()\n"
        program.write_text(f"#!{sys.executable}\n{told}{text}")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    return place


BLANK = Image.new("L", (40, 40), 255)


def test_a_timeout_ends_the_program(tmp_path, stand_in):
    """When its time is over the program is gone, and the error says so."""
    pid = tmp_path / "pid"
    stand_in(f"import os, pathlib, time\npathlib.Path({str(pid)!r}).write_text(str(os.getpid()))\ntime.sleep(60)\n")
    with pytest.raises(EngineError, match="longer than 3 s") as caught:
        read_table(BLANK, ["eng"], 11, timeout=3)
    assert caught.value.kind == "timeout"
    for _ in range(100):
        if not running(int(pid.read_text())):
            break
        time.sleep(0.05)
    assert not running(int(pid.read_text()))


def running(pid):
    """Whether a process is there and no zombie waiting to be collected by init."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_a_failing_program_is_an_engine_error(stand_in):
    """What the program said stands in the message."""
    stand_in("import sys\nsys.exit('cannot load language data')")
    with pytest.raises(EngineError, match="cannot load language data"):
        read_table(BLANK, ["eng"], 11, timeout=20)


def test_a_program_without_a_version_is_an_engine_error(stand_in):
    """A broken Tesseract ends no worker."""
    stand_in("", version="no such library")
    with pytest.raises(EngineError, match="does not tell its version"):
        read_table(BLANK, ["eng"], 11, timeout=20)


@pytest.mark.parametrize(
    ("installed", "chosen"),
    [
        (("Latin", "eng"), ("Latin",)),
        (("deu", "eng", "fra", "kor"), ("eng", "deu", "fra")),
        (("kor",), ("kor",)),
    ],
)
def test_languages_are_chosen_from_what_is_installed(installed, chosen):
    """The Latin script as a whole, else the common languages, else what there is."""
    assert default_languages(installed) == chosen


def test_preparation_is_bounded():
    """A huge card shrinks, a small one grows threefold at most."""
    big, shrink = prepare(np.full((3000, 5000, 3), 200, np.uint8))
    small, grow = prepare(np.full((60, 100, 3), 200, np.uint8))
    assert (max(big.shape), shrink) == (2000, 0.4)
    assert (max(small.shape), grow) == (300, 3.0)
