"""A document as a small PDF: one page of plain text."""

from .document_kinds import kind_of
from .document_view import due

LINES_ON_PAGE = 48


def pdf_of(organisation, document):
    """Bytes of a valid PDF that names number, contact, lines and totals."""
    rows = [f"({_escaped(text)}) Tj T*" for text in _texts(organisation, document)]
    content = "\n".join(["BT /F1 10 Tf 14 TL 50 790 Td", *rows, "ET"])
    return _file(content.encode("latin-1", "replace"))


def _texts(organisation, document):
    kind = kind_of(document)
    contact = organisation.contacts.get(document["ContactID"])
    yield organisation.name
    yield f"{kind.noun.capitalize()} {document.get(kind.number_field) or ''}"
    yield contact["Name"]
    yield document["Date"].isoformat()
    for line in document["LineItems"][:LINES_ON_PAGE]:
        amount = line.get("LineAmount", "")
        yield f"{line.get('Description') or ''}  {amount}"
    for name in ("SubTotal", "TotalTax", "Total"):
        yield f"{name} {document[name]} {document['CurrencyCode']}"
    yield f"Outstanding {due(document)}"


def _escaped(text):
    for letter in "\\()":
        text = text.replace(letter, "\\" + letter)
    return text


def _file(content):
    """The five objects of a page, and where each begins."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    )
    body, places = b"%PDF-1.4\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    )
