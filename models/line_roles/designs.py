"""Cards of no fixed template: any block anywhere, for a model of roles that shall not learn templates by heart.

A card's rows (person, firm, slogan, services, reach, places, small print) are put into blocks, the blocks into one or
two columns or a head over two columns, in any order, size and alignment. Firms and titles come from more than the
generator's own lists: legal names and jobs of Faker in many languages, shops named after trades and owners. Words of
the split `eval` are left out, as everywhere in training.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from cardscan.parse.vocabulary import read_lines
from samples.generator import card
from samples.generator.blocks import height_of, stack
from samples.generator.card import Design, Face
from samples.generator.content import Content
from samples.generator.firms import logotype
from samples.generator.layouts.layout import Layout
from samples.generator.look import Look
from samples.generator.people import faker_for
from samples.generator.rows import (
    Labeller,
    Row,
    address_rows,
    extra_rows,
    firm_row,
    hours_row,
    mail_row,
    name_row,
    phone_rows,
    service_rows,
    slogan_row,
    title_rows,
    web_rows,
)
from samples.generator.seeds import belongs
from samples.generator.sheet import Align, Sheet, Style
from samples.generator.truth import Part

KINDS: Final = ("person", "person", "person", "person", "person", "pair", "shop", "shop", "department")
LEADS: Final = (
    "quality you can trust",
    "since 1984",
    "your partner for",
    "solutions for",
    "we care about",
    "the art of",
)


def any_face(rand: random.Random, scale: float) -> Face:
    """A face of a new card without a template, at `scale` pixels a millimetre."""
    while True:
        layout = Layout("free", draw, (rand.choice(KINDS),))
        try:
            one = card.design(f"{rand.getrandbits(48):x}", "train")
            if one.content.kind not in layout.kinds and rand.random() < 0.8:
                continue
            one = replace(one, content=varied(rand, one.content), width=rand.choice((one.width, one.width, one.height)))
            return card.printed(replace(one, height=_height(one)), scale, layout)
        except LookupError:
            continue


def _height(one: Design) -> float:
    return 55.0 if one.width > 70 else 85.0


# --- what a card says ------------------------------------------------------------------------------------------------


def varied(rand: random.Random, content: Content) -> Content:
    """The content with a firm, titles or slogan from outside the generator's lists, now and then."""
    if content.country.is_cjk:
        return content
    firm, persons = content.firm, content.persons
    if rand.random() < 0.45:
        name, domain = _firm(rand, content)
        host = f"{domain}.{rand.choice(content.country.tlds)}"
        firm = replace(firm, core=name, name=name, legal=name, domain=host)
        content = replace(
            content,
            mails=tuple(m.replace(content.firm.domain, host) for m in content.mails),
            url=content.url.lower().replace(content.firm.domain, host),
        )
    if rand.random() < 0.4:
        firm = replace(firm, slogan=_slogan(rand, content))
    if rand.random() < 0.45:
        persons = tuple(replace(p, titles=(_job(rand, content),)) for p in persons)
    return replace(content, firm=firm, persons=persons)


def _drawn(make: Callable[[], str]) -> str:
    """A text of the training split."""
    for _ in range(40):
        text = make()
        if belongs(text) == "train":
            return text
    raise LookupError("nothing of this split")


def _firm(rand: random.Random, content: Content) -> tuple[str, str]:
    """A firm's name and the naming label of its domain."""
    fake = faker_for(content.country.faker)
    fake.seed_instance(rand.getrandbits(32))
    kind = rand.random()
    core = content.firm.core
    first = content.persons[0].full.split()[0] if content.persons else ""
    family = content.persons[0].family if content.persons and rand.random() < 0.5 else _drawn(fake.last_name)
    trade = _drawn(lambda: rand.choice(_trades())).capitalize()
    second = _drawn(lambda: rand.choice(_trades())).capitalize()
    if kind < 0.35:
        name = _drawn(fake.company)
        label = name.split()[0] if rand.random() < 0.5 else name
    else:
        name = rand.choice(
            (
                f"{family} {trade}", f"{family} & {_drawn(fake.last_name)}", f"{trade} {core}", f"{core} {trade}",
                f"{core} {trade} {second}", f"{family}'s {trade}", f"The {core} {trade}", f"{core} & Co.",
                f"{_drawn(fake.first_name)}'s {trade}", f"{family} {trade} & {second}", f"{trade} {family}",
                f"{core}{rand.choice(('.io', '.ai', ' 24', ' One', ' 2000', '+'))}", f"{core} {first}".strip(),
            )
        )  # fmt: skip
        label = rand.choice((name, name, core, family))
    label = "".join(c for c in label.lower() if c.isascii() and c.isalnum())[:24] or "office"
    if rand.random() < 0.15:
        label = "".join(w[0] for w in name.lower().split() if w[0].isascii() and w[0].isalnum()) + "group"
    return name, label


@cache
def _trades() -> tuple[str, ...]:
    found = [w for line in read_lines("organization_words.txt") for w in line.split() if w.isalpha() and len(w) > 3]
    return tuple(dict.fromkeys(found))


def _job(rand: random.Random, content: Content) -> str:
    """A title from Faker, in the card's language or in English."""
    fake = faker_for(content.country.faker if rand.random() < 0.6 else "en_US")
    fake.seed_instance(rand.getrandbits(32))
    job = _drawn(fake.job)
    if "," in job and rand.random() < 0.8:  # "Engineer, civil" is how lists have it, not cards
        job = " ".join(reversed([part.strip() for part in job.split(",")][:2]))
    return job[:1].upper() + job[1:48]


def _slogan(rand: random.Random, content: Content) -> str:
    fake = faker_for(content.country.faker if rand.random() < 0.4 else "en_US")
    fake.seed_instance(rand.getrandbits(32))
    makers = [getattr(fake, name) for name in ("catch_phrase", "bs", "sentence") if hasattr(fake, name)]
    text = _drawn(rand.choice(makers))[:52]
    if rand.random() < 0.2:
        text = f"{rand.choice(LEADS)} {text.split()[0].lower()}"
    return text if rand.random() < 0.5 else text.capitalize()


# --- where it stands -------------------------------------------------------------------------------------------------


def draw(sheet: Sheet, content: Content, look: Look, rand: random.Random) -> None:
    """Print a card's blocks in any arrangement."""
    look = replace(look, caps_name=rand.random() < 0.3, caps_title=rand.random() < 0.25)
    blocks = _blocks(content, look, rand)
    first = blocks.pop(0) if rand.random() < 0.55 else None
    rand.shuffle(blocks)
    if first is not None:
        blocks.insert(0, first)
    margin = rand.uniform(2.5, 6)
    region = (margin, margin, sheet.width - margin, sheet.height - margin)
    split = rand.random()
    total = sum(height_of(b) for b in blocks)
    if split < 0.34 and total < 1.6 * sheet.height:
        _column(sheet, blocks, region, look, rand)
        return
    head: list[list[Row]] = []
    while len(blocks) > 2 and rand.random() < 0.45:
        head.append(blocks.pop(0))
    top = region[1]
    if head:
        share = min(0.6, max(0.2, sum(height_of(b) for b in head) / max(1.0, total)))
        top = region[1] + (region[3] - region[1]) * share
        _column(sheet, head, (region[0], region[1], region[2], top - 1), look, rand)
    cut = rand.randint(1, max(1, len(blocks) - 1))
    x = region[0] + (region[2] - region[0]) * rand.uniform(0.38, 0.62)
    _column(sheet, blocks[:cut], (region[0], top, x - 1.2, region[3]), look, rand)
    _column(sheet, blocks[cut:], (x + 1.2, top, region[2], region[3]), look, rand)


def _column(
    sheet: Sheet, blocks: Sequence[list[Row]], box: tuple[float, float, float, float], look: Look, rand: random.Random
) -> None:
    """Blocks one below the other, with equal white between them."""
    if not blocks:
        return
    align: Align = rand.choice(("left", "left", "left", "centre", "centre", "right"))
    tall = [height_of(block) for block in blocks]
    room = box[3] - box[1]
    gap = min(6.0, max(0.0, (room - sum(tall)) / len(blocks))) * rand.random()
    factor = min(1.0, (room - gap * (len(blocks) - 1)) / max(0.1, sum(tall)))
    y = box[1] + rand.choice((0.0, 0.0, 0.5, 1.0)) * (room - factor * sum(tall) - gap * (len(blocks) - 1))
    for block, height in zip(blocks, tall, strict=True):
        stack(sheet, block, (box[0], y, box[2], y + height * factor), look, align)
        y += height * factor + gap


def _sized(row: Row, factor: float) -> Row:
    return replace(row, style=row.style.sized(factor))


def _blocks(content: Content, look: Look, rand: random.Random) -> list[list[Row]]:
    """The card's rows, grouped as they belong together; the firm's head block is the first."""
    label = Labeller(content, look, rand)
    blocks = [_firm_block(content, look, rand)]
    for index in range(len(content.persons)):
        blocks.append(_person(content, look, rand, index))
    reach: list[Row] = []
    for index in range(max(1, len(content.persons))):
        reach += phone_rows(content, look, label, rand, index)
        if rand.random() < 0.85:
            reach.append(mail_row(content, look, label, index))
    reach += web_rows(content, look, label) if rand.random() < 0.85 else []
    if rand.random() < 0.25:
        rand.shuffle(reach)
    place = address_rows(content, look, label, rand, one_line=rand.random() < 0.15) if rand.random() < 0.85 else []
    if place and rand.random() < 0.25:
        place.insert(0, firm_row(content, look, strong=rand.random() < 0.4))
    elif len(place) == 1 and not content.country.is_cjk and rand.random() < 0.4:
        place = [_in_one(firm_row(content, look, strong=False), place[0], rand)]
    if rand.random() < 0.5:
        blocks.append([*reach, *place] if rand.random() < 0.6 else [*place, *reach])
    else:
        blocks += [reach, place]
    extras: list[Row] = []
    if rand.random() < 0.3 or not content.persons:
        extras += service_rows(content, look, rand, rand.random() < 0.5)
    extras += [hours_row(content, look)] if rand.random() < 0.15 else []
    extras += extra_rows(content, look)[:1] if rand.random() < 0.15 else []
    extras += [slogan_row(content, look)] if rand.random() < 0.2 else []
    if content.country.is_cjk and rand.random() < 0.5:
        extras += [firm_row(content, look, "latin", False), *address_rows(content, look, label, rand, True)]
    blocks.append([_capitals(row) if rand.random() < 0.2 else row for row in extras])
    return [block for block in blocks if block]


def _in_one(first: Row, second: Row, rand: random.Random) -> Row:
    """Two rows on one line."""
    joint = rand.choice((" · ", " | ", ", ", " - ", " • "))
    return replace(first, text=first.text + joint + second.text, parts=first.parts + second.parts)


def _capitals(row: Row) -> Row:
    parts = tuple(replace(part, text=part.text.upper()) for part in row.parts)
    return replace(row, text=row.text.upper(), parts=parts)


def _firm_block(content: Content, look: Look, rand: random.Random) -> list[Row]:
    """The firm as logo, headline or small print, broken over lines now and then, with slogan, services or trade."""
    kind = rand.random()
    if kind < 0.4:
        text = logotype(rand, content.firm)
        rows = [_firm_text(text, look.display, rand.uniform(0.4, 1.1))]
    elif kind < 0.75:
        text = content.firm.name if rand.random() < 0.6 else content.firm.legal
        rows = [_firm_text(text, look.strong, rand.uniform(1.0, 2.4))]
    else:
        rows = [firm_row(content, look, "legal", rand.random() < 0.6)]
    if rand.random() < 0.2:
        rows = [_capitals(row) for row in rows]
    rows = [half for row in rows for half in (_broken(row, rand) if rand.random() < 0.25 else [row])]
    again = rand.random()
    if again < 0.25:
        rows.append(slogan_row(content, look))
    elif again < 0.35:
        rows += service_rows(content, look, rand)
    elif again < 0.45 and kind < 0.4:
        rows.append(firm_row(content, look, rand.choice(("legal", "name")), False))
    return rows


def _firm_text(text: str, style: Style, factor: float) -> Row:
    return Row(text, style.sized(factor), "organization", (Part("organization", text, "firm", 1),))


def _broken(row: Row, rand: random.Random) -> list[Row]:
    """A row over two lines, the second now and then smaller; the value of both is the whole."""
    tokens = row.text.split(" ")
    if len(tokens) < 2:
        return [row]
    cut = rand.randint(1, len(tokens) - 1)
    halves = (" ".join(tokens[:cut]), " ".join(tokens[cut:]))
    factor = rand.choice((1.0, 1.0, 0.8, 0.6))
    return [replace(row, text=text, style=row.style.sized(k)) for text, k in zip(halves, (1.0, factor), strict=True)]


def _person(content: Content, look: Look, rand: random.Random, index: int) -> list[Row]:
    """Name and titles, together with the firm now and then, on one line or several."""
    name = _sized(name_row(content, look, index), rand.choice((0.7, 0.85, 1.0, 1.0, 1.2, 1.5)))
    titles = title_rows(content, look, index, rand) if rand.random() < 0.85 else []
    if titles and rand.random() < 0.1:
        joint = rand.choice((", ", " | ", " – ", " - ", " / "))
        return [replace(name, text=name.text + joint + titles[0].text, parts=name.parts + titles[0].parts), *titles[1:]]
    if titles and len(titles[-1].text.split()) > 1 and rand.random() < 0.2:
        titles = [*titles[:-1], *_broken(titles[-1], rand)]
    if content.country.is_cjk and rand.random() < 0.5:
        titles = [name_row(content, look, index, True), *titles, *title_rows(content, look, index, rand, True)]
    elif len(name.text.split()) == 2 and rand.random() < 0.12:
        return [*_broken(name, rand), *titles]
    rows = [*titles, name] if rand.random() < 0.12 else [name, *titles]
    if rand.random() < 0.15:
        rows.append(firm_row(content, look, rand.choice(("legal", "name")), rand.random() < 0.5))
    return rows
