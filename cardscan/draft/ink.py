"""Pages of vector shapes as SVG, PDF or PNG: one geometry, three files.

SVG holds only paths and an escaped title, so no text of a card can become markup. PDF is written by ReportLab without
fonts, dates or random ids, so equal pages give equal bytes. PNG is that PDF rendered by PDFium.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

from cardscan.draft.facts import clean
from cardscan.draft.lettering import Outline
from cardscan.draft.paper import PrintPage


def as_svg(page: PrintPage) -> str:
    """One page as an SVG document (1.1), sized in points with y turned downwards."""
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{page.width:.2f}pt" height="{page.height:.2f}pt"',
        f' viewBox="0 0 {page.width:.2f} {page.height:.2f}">\n',
        f"<title>{escape(clean(page.title))}</title>\n",
        f'<rect width="{page.width:.2f}" height="{page.height:.2f}" fill="#fff"/>\n',
    ]
    for rule in page.rules:
        x0, y0, x1, y1 = rule.ends
        parts.append(
            f'<path d="M{x0:.2f} {page.height - y0:.2f}L{x1:.2f} {page.height - y1:.2f}"'
            f' stroke="{rule.color}" stroke-width="{rule.width:g}" fill="none"/>\n'
        )
    for shape in page.shapes:
        parts.append(f'<path fill="{shape.color}" d="{_svg_path(shape.outline, page.height)}"/>\n')
    return "".join([*parts, "</svg>\n"])


def as_pdf(pages: Sequence[PrintPage]) -> bytes:
    """Pages as one PDF."""
    from reportlab.lib.colors import HexColor
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pageCompression=1, invariant=1)
    canvas.setTitle(clean(pages[0].title) if pages else "")
    canvas.setCreator("cardscan")
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        for rule in page.rules:
            canvas.setStrokeColor(HexColor(rule.color))
            canvas.setLineWidth(rule.width)
            canvas.line(*rule.ends)
        for shape in page.shapes:
            canvas.setFillColor(HexColor(shape.color))
            path = canvas.beginPath()
            for command, *values in shape.outline:
                if command == "M":
                    path.moveTo(*values)
                elif command == "L":
                    path.lineTo(*values)
                elif command == "C":
                    path.curveTo(*values)
                else:
                    path.close()
            canvas.drawPath(path, stroke=0, fill=1, fillMode=1)  # 1: non-zero winding, as fonts are drawn
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def as_png(page: PrintPage, dots_per_inch: int = 300) -> bytes:
    """One page as a PNG picture."""
    import pypdfium2

    document = pypdfium2.PdfDocument(as_pdf([page]))
    try:
        picture = document[0].render(scale=dots_per_inch / 72).to_pil()
        size = (round(page.width * dots_per_inch / 72), round(page.height * dots_per_inch / 72))
        target = io.BytesIO()
        picture.crop((0, 0, *size)).save(target, "PNG", dpi=(dots_per_inch, dots_per_inch), optimize=True)
        return target.getvalue()
    finally:
        document.close()


def _svg_path(outline: Outline, height: float) -> str:
    parts = []
    for command, *values in outline:
        parts.append(command + " ".join(f"{height - v if i % 2 else v:.2f}" for i, v in enumerate(values)))
    return "".join(parts)
