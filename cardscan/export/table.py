"""CSV (RFC 4180) that no spreadsheet runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

# A cell that begins so is a formula to Excel, LibreOffice or Google Sheets (OWASP, "CSV Injection").
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"\+[0-9]{4,15}(?: ext\. [0-9]{1,8})?")


def written(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Rows by column name, CRLF line ends; columns that a row lacks are empty.

    A cell that would be a formula gets a leading apostrophe, which a spreadsheet shows as text. Telephone numbers in
    international form (`+` and digits) stay as they are: as a formula they are that number.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell(row.get(column, "")) for column in header])
    return target.getvalue()


def cell(text: str) -> str:
    """A value that is text to every spreadsheet."""
    if _FORMULA.match(text.lstrip()) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text
