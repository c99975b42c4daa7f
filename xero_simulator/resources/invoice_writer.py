"""What a sales invoice or bill has beyond what all documents have."""

import urllib.parse

from .. import fields
from .document_rules import APPROVED
from .document_writer import DocumentWriter


class InvoiceWriter(DocumentWriter):
    """One write of an invoice or bill."""

    def set_own(self):
        element, record = self.element, self.record
        self._check_approval_limit()
        self.set_days(
            "ExpectedPaymentDate" if self.kind.is_sale else "PlannedPaymentDate"
        )
        if "Url" in element:
            record["Url"] = self._checked_url()
        wants_sent = fields.boolean(element, "SentToContact")
        if wants_sent is not None and record["Status"] in APPROVED:
            record["SentToContact"] = wants_sent

    def _check_approval_limit(self):
        """Old plans cap the documents approved."""
        limit = self.organisation.options["approval_limit"]
        is_new = not self.existing or self.existing["Status"] not in APPROVED
        if limit is None or self.record["Status"] != "AUTHORISED" or not is_new:
            return
        everyone = self.organisation.invoices.all()
        approved = [i for i in everyone if i["Status"] in APPROVED]
        if len(approved) >= limit:
            self.complaints.add(
                "You have reached the limit of invoices you can approve"
            )

    def _checked_url(self):
        """Absolute, https, and not Xero's own."""
        url = fields.text(self.element, "Url")
        if not url:
            return None
        parts = urllib.parse.urlsplit(url)
        if parts.scheme != "https" or not parts.netloc or "xero" in url.lower():
            self.complaints.add("Url must be a valid absolute https URL.")
        return url
