"""Files attached to documents (spec: misc, Attachments)."""

import urllib.parse

from ..errors import Complaints, NotFound, ValidationFailed
from ..exchange import Reply
from ..organisation import lower, new_id
from .credit_notes import CreditNotes
from .document_kinds import is_sale
from .endpoint import Endpoint
from .invoices import Invoices
from .purchase_orders import PurchaseOrders

OWNERS = {
    "Invoices": Invoices,
    "CreditNotes": CreditNotes,
    "PurchaseOrders": PurchaseOrders,
}
FORBIDDEN = set('<>:"/\\|?*+\0')
MOST_FILES = 10
LARGEST_FILE = 10 * 1024 * 1024


class Attachments(Endpoint):
    """``/{Documents}/{id}/Attachments``; a file is never deleted."""

    plural = "Attachments"
    root = f"<any({', '.join(OWNERS)}):owner>/<document>/Attachments"
    table_name = "attachments"
    scopes = ("accounting.attachments",)
    largest_body = LARGEST_FILE
    routes = {
        ("GET", ""): "of_document",
        ("GET", "/<path:name>"): "content",
        ("PUT", "/<path:name>"): "attach",
        ("POST", "/<path:name>"): "attach",
    }

    def row(self, record, detailed=True):
        names = ("AttachmentID", "FileName", "Url", "MimeType", "IncludeOnline")
        row = {name: record[name] for name in names}
        return {**row, "ContentLength": len(record["Content"])}

    def of_document(self, owner, document):
        """GET: what is attached."""
        subject = self.subject(owner, document)
        files = self.table.find("subject", subject["id"])
        return self.envelope([self.row(file) for file in files])

    def content(self, owner, document, name):
        """GET: the bytes of one file, by name or id."""
        subject = self.subject(owner, document)
        file = self._named(subject["id"], name) or self.table.get(name)
        if file is None or file["SubjectID"] != subject["id"]:
            raise NotFound
        return Reply(200, file["Content"], file["MimeType"])

    def attach(self, owner, document, name):
        """PUT or POST: attach a file; one of the same name is replaced."""
        request = self.call.request
        subject = self.subject(owner, document)
        mime_type = request.header("Content-Type") or "application/octet-stream"
        is_online = self.call.flag("IncludeOnline")
        record = self.attached(subject, name, request.body, mime_type, is_online)
        return self.envelope([self.row(record)])

    def subject(self, owner, key):
        """The document that files hang on, by its endpoint and id or number."""
        endpoint = OWNERS[owner](self.call)
        document = endpoint.found(key)
        document_id = document[endpoint.id_field]
        return {"id": document_id, "owner": owner, "type": document["Type"]}

    def attached(self, subject, name, content, mime_type, is_online):
        """Save a file.

        :param subject: the document: its ``id``, ``owner`` (endpoint) and ``type``
        :param is_online: customers see it; only what is sold can be shown online
        :raise ValidationFailed: name, size or number of files
        """
        existing = self._named(subject["id"], name)
        self._check(subject["id"], name, content, existing)
        path = f"{subject['owner']}/{subject['id']}/Attachments"
        file_name = urllib.parse.quote(name)
        fresh = {"AttachmentID": new_id(), "SubjectID": subject["id"]}
        record = {
            **(existing or fresh),
            "FileName": name,
            "Url": f"https://api.xero.com/api.xro/2.0/{path}/{file_name}",
            "MimeType": mime_type,
            "IncludeOnline": is_online and is_sale(subject["type"]),
            "Content": content,
        }
        user = self.call.user_name
        self.organisation.log(subject["id"], "Attached a file", name, user)
        return self.table.put(record)

    def _named(self, subject_id, name):
        files = self.table.find("subject", subject_id)
        return next((f for f in files if lower(f["FileName"]) == lower(name)), None)

    def _check(self, subject_id, name, content, existing):
        complaints = Complaints()
        if FORBIDDEN & set(name):
            complaints.add("The file name contains characters that are not allowed.")
        if not content:
            complaints.add("The file is empty.")
        count = len(self.table.find("subject", subject_id))
        if not existing and count >= MOST_FILES:
            complaints.add(f"At most {MOST_FILES} files can be attached.")
        if complaints.all_messages():
            raise ValidationFailed([complaints.mark({"FileName": name})])
