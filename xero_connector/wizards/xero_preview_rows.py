"""Assessments as rows: figures of both sides, words, and the part they belong to."""

from collections import defaultdict

from odoo import models
from odoo.tools import format_date

from ..models.xero_assessment import Assessment
from ..models.xero_cause import CAUSES

#: Order of the parts on the screen; causes that need attention stand above all.
_SEQUENCE = {"create": 10, "update": 30, "link": 40, "wait": 50, "nothing": 80}
_NEEDED, _SKIPPED = 60, 90


class XeroPreview(models.TransientModel):
    _inherit = "xero.preview"

    # === ROWS === #

    def _row_values(self, documents, needed):
        """What the screen shows of these."""
        found = [each for each in map(self._explained, documents) if each]
        values = [self._document_values(each) for each in found]
        return values + [self._needed_values(each) for each in needed]

    def _create_rows(self, values):
        """Write down what the screen shows."""
        self._put_in_groups(values)
        self.env["xero.preview.line"].create(values)

    def _explained(self, assessment):
        """What does not concern Xero is shown only to who asked for it (S151, S172)."""
        if assessment.action == "gone" or not assessment.record:
            return None
        if assessment.action != "leave":
            return assessment
        problem = self.asked and assessment.record._xero_why_out(self.connection_id)
        if not problem:
            return None
        return Assessment(
            assessment.record, assessment.link, "blocked", problems=[problem]
        )

    def _document_values(self, assessment):
        document, link = self._own(assessment.record), assessment.link
        action, words = self._action_and_words(assessment)
        return (
            self._values(assessment, action, document)
            | self._figures(document, assessment.agreed)
            | document._xero_preview_values()
            | {
                "is_document": True,
                "name": document.name or document.display_name,
                "partner_id": document._xero_partner().id,
                "words": words,
                "is_sendable": action in ("create", "update"),
                "may_skip": action in ("create", "attention", "wait")
                and not link.xero_id
                and not link.request_id,
            }
        )

    def _own(self, record):
        """The record with nothing of the worker's rights."""
        return self.env[record._name].browse(record.id)

    def _values(self, assessment, action, record):
        return {
            "preview_id": self.id,
            "action": action,
            "resource": assessment.link.resource,
            "res_model": record._name,
            "res_id": record.id,
            "link_id": assessment.link.id or False,
            "name": record.display_name,
        } | self._cause_values(assessment)

    def _cause_values(self, assessment):
        """What stops it, as a note would say it."""
        if assessment.note:
            note = assessment.note
            about, cause = (note.res_model, note.res_id), note.cause
            key, values = note.cause_key, note.values
        elif assessment.problems:
            problem = assessment.problems[0]
            record = problem.record if problem.record is not None else assessment.record
            about, cause = (record._name, record.id), problem.cause
            key, values = problem.key, problem.values
        else:
            return {}
        filled = defaultdict(str, values or {})
        return {
            "cause": cause,
            "cause_key": key,
            "cause_values": values,
            "about_model": about[0],
            "about_id": about[1],
            "opens": CAUSES[cause].opens,
            "advice": self.env._(CAUSES[cause].advice) % filled,
        }

    def _action_and_words(self, assessment):
        """What happens to a document, and in words what changes or why not."""
        link, action = assessment.link, assessment.action
        if action == "blocked":
            return "attention", self._message(assessment)
        if action == "skipped":
            reason, person = link.skip_reason, link.skipped_by_id.name
            return "skipped", f"{reason} ({person})"
        if action == "sending":
            return "wait", self.env._("On its way to Xero.")
        if action == "wait":
            waits = link._fields["waiting_for"]._description_selection(self.env)
            return "wait", dict(waits)[assessment.waiting_for]
        if action == "update":
            return "update", self._change_words(assessment)
        remarks = assessment.agreed.get("remarks", []) if action == "create" else []
        return action, " ".join(map(assessment.record._xero_remark_words, remarks))

    def _message(self, assessment):
        if assessment.note:
            return assessment.note.message
        return assessment.problems[0].message(self.env)

    def _figures(self, document, agreed):
        """Untaxed, tax and total of both sides; refunds as they are printed."""
        figures = {
            "currency_id": document.currency_id.id,
            "untaxed": document.amount_untaxed,
            "tax": document.amount_tax,
            "total": document.amount_total,
        }
        if "total" not in agreed:
            return figures
        there = {
            "xero_untaxed": float(agreed["net"]),
            "xero_tax": float(agreed["tax"]),
            "xero_total": float(agreed["total"]),
        }
        same = document.currency_id.compare_amounts(
            document.amount_total, there["xero_total"]
        )
        return figures | there | {"agrees": "differs" if same else "equal"}

    def _needed_values(self, assessment):
        """A customer or product that goes with its documents."""
        stopped = assessment.action == "blocked"
        record = self._own(assessment.record)
        words = self._message(assessment) if stopped else False
        return self._values(
            assessment, "attention" if stopped else "create", record
        ) | {
            "words": words or self.env._("Goes with its documents."),
            "currency_id": self.connection_id.company_id.currency_id.id,
        }

    # === PARTS === #

    def _put_in_groups(self, values):
        """Give each row its part: by cause where attention is needed, else by kind."""
        parts = {}
        for row in values:
            parts.setdefault(self._part_key(row), []).append(row)
        ordered = sorted(parts.items(), key=self._part_order)
        groups = self.env["xero.preview.group"].create(
            [self._part_values(*part) for part in ordered]
        )
        for group, (_key, rows) in zip(groups, ordered, strict=True):
            for row in rows:
                row["group_id"] = group.id

    def _part_key(self, row):
        """A cause that many share is one part, and so is one that each has alone."""
        if row["action"] != "attention":
            return (row["action"], row["resource"])
        own = f":{row['res_model']},{row['res_id']}"
        key = row["cause_key"]
        return ("attention", row["cause"] if key.endswith(own) else key)

    def _part_order(self, part):
        (action, detail), rows = part
        if action == "attention":
            return (0, -len(rows), detail)
        resource = self.env["xero.resource"]._get(detail)
        if action == "create" and not resource.document:
            return (_NEEDED, resource.sequence, "")
        return (_SEQUENCE.get(action, _SKIPPED), resource.sequence, "")

    def _part_values(self, key, rows):
        order = self._part_order((key, rows))
        values = {
            "preview_id": self.id,
            "action": key[0],
            "sequence": order[0] * 100 + max(order[1], 0),
        }
        if key[0] == "attention":
            return values | self._cause_part(rows)
        resource = self.env["xero.resource"]._get(key[1])
        many = resource.many[:1].upper() + resource.many[1:]
        label = dict(
            self.env["xero.preview.line"]
            ._fields["action"]
            ._description_selection(self.env)
        )[key[0]]
        return values | {"name": f"{many}: {label[:1].lower()}{label[1:]}"}

    def _cause_part(self, rows):
        """The words of a cause that these rows share; what differs is left open."""
        first = rows[0]
        shared = {
            name: value
            if all(r["cause_values"].get(name) == value for r in rows)
            else "…"
            for name, value in (first["cause_values"] or {}).items()
        }
        words = self.env._(CAUSES[first["cause"]].title) % defaultdict(str, shared)
        return {
            "name": words,
            "cause": first["cause"],
            "opens": first["opens"] if self._mends_all(rows) else False,
            "mends_all": self._mends_all(rows),
        }

    def _mends_all(self, rows):
        """Whether one button mends what stops all of these."""
        shared = len({row["cause_key"] for row in rows}) == 1
        return shared or rows[0]["opens"] in ("connection", "lists", "filed")

    # === WHAT CHANGES === #

    def _change_words(self, assessment):
        """'Due date 01/08/2026 → 15/08/2026 · line 1: Quantity 2 → 3'."""
        link, words = assessment.link, []
        status = assessment.payload.get("Status")
        if status and status != link.xero_status:
            words.append(self._one_change("Status", link.xero_status, status))
        before = (link.snapshot or {}).get("ours")
        after = assessment.agreed.get("ours")
        if before and after:
            words += self._changes(before["header"], after["header"])
            words += self._line_changes(before["lines"], after["lines"])
        return " · ".join(words) or self.env._("Its content is sent again.")

    def _changes(self, before, after):
        """Old and new of what differs between two texts by field."""
        return [
            self._one_change(name, before.get(name), value)
            for name, value in after.items()
            if value != before.get(name) and name != "Contact"
        ] + self._contact_changes(before, after)

    def _contact_changes(self, before, after):
        if before.get("Contact") == after.get("Contact"):
            return []
        return [self.env._("another customer or supplier")]

    def _line_changes(self, before, after):
        """The same of lines, by their keys; in words where one came or went."""
        known, words = dict(before), []
        for number, (key, line) in enumerate(after, start=1):
            if key not in known:
                words.append(self.env._("line %s is new", number))
                continue
            words += [
                self.env._("line %(number)s: %(change)s", number=number, change=change)
                for change in self._changes(known[key], line)
            ]
        gone = len(known.keys() - dict(after).keys())
        return words + ([self.env._("lines taken away: %s", gone)] if gone else [])

    def _one_change(self, name, old, new):
        label = self.env["xero.connection"]._xero_field_label(name)
        return f"{label} {self._shown(name, old)} → {self._shown(name, new)}"

    def _shown(self, name, value):
        if not value:
            return "–"
        if name.endswith("Date"):
            return format_date(self.env, value[:10])
        if name == "Status":
            return self._status_label(value)
        if name == "Tracking":
            return self.connection_id._option_names(value)
        return value

    def _status_label(self, status):
        choices = self.env["xero.link"]._fields["status_choice"]
        labels = dict(choices._description_selection(self.env)) | {
            "VOIDED": self.env._("Voided"),
            "DELETED": self.env._("Deleted"),
            "PAID": self.env._("Paid"),
        }
        return labels.get(status, status)
