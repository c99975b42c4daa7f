"""Reads Xero's OpenAPI document and holds messages against it.

The folder is named by the environment variable ``OPENAPI``. Objects are taken to hold
the properties that the document lists and no others, so that a misspelt name is found.
"""

import copy
import functools
import json
import os
import re
from pathlib import Path

import yaml
from openapi_schema_validator import (
    OAS30ReadValidator,
    OAS30WriteValidator,
    OAS31Validator,
    oas30_format_checker,
)

FOLDER = os.environ.get("OPENAPI", "../shared/openapi")

MISSING = {
    ("Invoice", "DateString"): "in the document's own examples and on the real wire",
    ("Invoice", "DueDateString"): "in the document's own examples and on the real wire",
    **{
        (owner, "DateString"): "in the document's own examples"
        for owner in ("BankTransaction", "Prepayment", "Overpayment")
    },
    **{
        ("PurchaseOrder", name): "in the document's own examples"
        for name in ("DateString", "DeliveryDateString", "ExpectedArrivalDateString")
    },
    **{
        ("PurchaseOrder", name): "in the document's own examples, and recorded"
        for name in ("Type", "HasErrors", "IsDiscounted")
    },
    ("CreditNote", "DateString"): "in the document's own examples",
    ("CreditNote", "DueDateString"): "the twin of the same",
    ("HistoryRecord", "DateUTCString"): "in the document's own examples",
    ("LineItemTracking", "Options"): "recorded on the real wire, an empty list",
}
"""Properties that the document lacks though Xero has them, each with the reason.

Besides: the envelope around lists is described for none, though every answer has it,
and an element of an error is described as ids only, though it echoes the request.
"""

ENVELOPE = ("Id", "Status", "ProviderName", "DateTimeUTC", "pagination")

WRITTEN_THOUGH_READ_ONLY = {
    "HasAttachments": "xero-python writes it into every element",
}
"""Read-only properties that a request may hold, with the reason."""


@functools.cache
def document(name="xero_accounting"):
    """The parsed document, strict about unknown properties."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (Path(FOLDER) / f"{name}.yaml").read_text(encoding="utf-8")
    parsed = yaml.load(text, Loader=loader)
    schemas = parsed["components"]["schemas"]
    for schema_name, schema in schemas.items():
        _make_strict(schema_name, schema)
    return parsed


def _make_strict(name, schema):
    if "properties" not in schema:
        return
    for owner, extra in MISSING:
        if owner == name:
            schema["properties"][extra] = {}
    is_list = any(
        "$ref" in str(p.get("items", "")) for p in schema["properties"].values()
    )
    if is_list and name.endswith(("s", "Organisations")):
        for extra in ENVELOPE:
            schema["properties"].setdefault(extra, {})
    if name != "Element":
        schema["additionalProperties"] = False


def _errors(validator_class, schema, value):
    whole = {**copy.copy(schema), "components": document()["components"]}
    validator = validator_class(whole, format_checker=oas30_format_checker)
    plain = json.loads(json.dumps(value, default=float))
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in validator.iter_errors(plain)
    ]


def webhook_errors(schema, body):
    """What is wrong with the body of a webhook, as a list of sentences.

    :param schema: WebhookEvent or CreditNoteWebhookEvent
    """
    components = document("xero-webhooks")["components"]
    whole = {"$ref": f"#/components/schemas/{schema}", "components": components}
    return [error.message for error in OAS31Validator(whole).iter_errors(body)]


def operation(method, path):
    """The operation of a path below ``/api.xro/2.0``.

    :return: ``(path template, operation)``
    :raise KeyError: the document knows no such operation
    """
    path = path.split("?")[0]
    for template, item in sorted(document()["paths"].items(), key=_least_variable):
        pattern = re.sub(r"\{\w+\}", "[^/]+", template)
        if re.fullmatch(pattern, path) and method.lower() in item:
            return template, item[method.lower()]
    raise KeyError(f"{method} {path}")


def _least_variable(entry):
    return entry[0].count("{"), entry[0]


def response_errors(method, path, status, body):
    """What is wrong with a response, as a list of sentences.

    :param path: below ``/api.xro/2.0``, e.g. ``/Invoices?page=1``
    :param body: parsed JSON
    """
    if status >= 400:
        schema = {"$ref": "#/components/schemas/Error"}
    else:
        found = _resolved(operation(method, path)[1]["responses"][str(status)])
        if "content" not in found:
            return [] if not body else ["a body where the document has none"]
        schema = found["content"]["application/json"]["schema"]
    return _errors(OAS30ReadValidator, schema, body)


def parameter_errors(method, path, query):
    """Query parameters that the document does not know for a path."""
    template, found = operation(method, path)
    shared = document()["paths"][template].get("parameters", [])
    known = {_resolved(p)["name"] for p in [*shared, *found.get("parameters", [])]}
    return [f"unknown parameter {name}" for name in query if name not in known]


def _resolved(part):
    """A parameter or response, also when it is only referred to."""
    if "$ref" not in part:
        return part
    kind, name = part["$ref"].split("/")[-2:]
    return document()["components"][kind][name]


def validate_request(resource, payload):
    """What is wrong with a body that a client sends, as a list of sentences.

    :param resource: plural name, e.g. ``Invoices``
    :param payload: the whole body; a list wrapped in its name, or a single object
    """
    schemas = document()["components"]["schemas"]
    name = resource if resource in payload else singular(resource)
    if name not in schemas:
        return [f"no schema {name}"]
    schema = {"$ref": f"#/components/schemas/{name}"}
    errors = _errors(OAS30WriteValidator, schema, payload)
    return [error for error in errors if not _is_harmless(error)]


def _is_harmless(error):
    place, _, message = error.partition(": ")
    name = place.split("/")[-1]
    return "read-only" in message and name in WRITTEN_THOUGH_READ_ONLY


def singular(resource):
    """``Currency`` for ``Currencies``."""
    if resource.endswith("ies"):
        return resource[:-3] + "y"
    return resource.removesuffix("s")
