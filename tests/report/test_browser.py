"""The page in headless Chromium: silent, local, reachable by keyboard, no barrier for assistive technology."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.needs("chromium")
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def opened(chromium, address, request):
    """The page in a fresh window, with all that the browser complained about or asked for."""
    looks = getattr(request, "param", {"viewport": DESKTOP})
    context = chromium.new_context(**looks)
    context.set_default_timeout(300_000)
    tab = context.new_page()
    said, asked = [], []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(address)
    yield tab, said, asked
    context.close()


LOOKS = [
    pytest.param({"viewport": PHONE, "color_scheme": "light"}, id="phone, light"),
    pytest.param({"viewport": PHONE, "color_scheme": "dark"}, id="phone, dark"),
    pytest.param({"viewport": DESKTOP, "color_scheme": "light"}, id="desktop, light"),
    pytest.param({"viewport": DESKTOP, "color_scheme": "dark"}, id="desktop, dark"),
]


@pytest.mark.parametrize("opened", LOOKS, indirect=True)
def test_no_complaint_no_request_no_barrier(opened, address) -> None:
    """Console silent, nothing asked of any host, no sideways scrolling, and axe-core finds nothing serious."""
    tab, said, asked = opened
    tab.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    assert tab.locator("#cards .gallery > li").count() == 3
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    found = Axe().run(tab).response["violations"]
    worst = [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")]
    assert worst == []
    assert said == []
    assert [url for url in asked if url != address and not url.startswith("data:")] == []


def test_axe_would_find_a_barrier(opened) -> None:
    """The same run on the page with grey text on grey and a nameless button does complain."""
    tab, _, _ = opened
    tab.evaluate("document.querySelector('main').innerHTML = '<button></button><p style=\"color:#aaa\">pale</p>'")
    assert {"button-name", "color-contrast"} <= {each["id"] for each in Axe().run(tab).response["violations"]}


def test_every_box_is_reached_by_tab_and_says_its_value(opened) -> None:
    """Tab goes to each box in turn: the strip with its value is seen, and its row in the table is marked."""
    tab, _, _ = opened
    card = tab.locator("#c-orla")
    boxes = card.locator(".box")
    tab.evaluate("document.querySelector('#c-orla .box').focus()")
    reached = []
    for _ in range(boxes.count()):
        expect(tab.locator(".box:focus .tip")).to_have_css("opacity", "1", timeout=60_000)
        shown = tab.evaluate("document.activeElement.querySelector('.tip text').textContent")
        number = tab.evaluate("document.activeElement.classList[1].slice(1)")
        row = card.locator(f"tr.r{number}")
        assert row.evaluate("row => getComputedStyle(row).backgroundColor") != "rgba(0, 0, 0, 0)"
        reached.append(shown)
        tab.keyboard.press("Tab")
    assert reached == [
        "Name: Orla Fennick",
        "Title: Head of Purchasing",
        "Organisation: Brightwater Mills Ltd",
        "Phone: +442079460958 ext. 12",
        "E-mail: orla.fennick@brightwater-mills.co.uk",
        "Web: https://www.brightwater-mills.co.uk",
    ]


def test_boxes_lie_where_the_values_are(opened) -> None:
    """The box of a value covers its line of the card's picture: same left edge and height as in the photo."""
    tab, _, _ = opened
    box = tab.evaluate("(({x, y, height}) => [x, y, height])(document.querySelector('#c-orla .b1 polygon').getBBox())")
    width = tab.evaluate("document.querySelector('#c-orla .picture svg').viewBox.baseVal.width")
    assert [value * 1050 / width for value in box] == pytest.approx([70, 60, 72], abs=4)


def test_one_box_leaves_only_what_is_to_check(opened) -> None:
    """The choice above the gallery hides the cards that need nobody, without a script."""
    tab, _, _ = opened
    assert tab.locator("#c-orla").is_visible()
    tab.locator("#only-doubtful").focus()
    tab.keyboard.press("Space")
    assert not tab.locator("#c-orla").is_visible()
    assert tab.locator("#c-bram").is_visible()


def test_it_prints(opened) -> None:
    """On paper: dark on white whatever the screen was, the cards two abreast, and no controls."""
    tab, _, _ = opened
    tab.emulate_media(media="print", color_scheme="dark")
    colour = tab.evaluate("getComputedStyle(document.querySelector('.values td')).color")
    assert colour == "rgb(0, 0, 0)"
    assert not tab.locator("label.choice").is_visible()
    assert tab.evaluate("getComputedStyle(document.querySelector('.gallery')).columnCount") == "2"
    assert tab.pdf(format="A4").startswith(b"%PDF")
