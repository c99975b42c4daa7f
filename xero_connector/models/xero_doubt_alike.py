"""Doubt where no number tells: Xero's own numbering, suppliers' numbers (decision 17).

Everything that a document says is compared: contact, date, currency, totals, number,
reference and the texts of its lines, as a multiset. Identical ones that no record here
holds are ours when they are exactly as many as were sent; where they are not, a person
looks. Nothing is ever sent again on a guess.
"""

from odoo import models

from ..lib import wire

#: Contacts in one read, for the length of the address.
_CONTACTS = 20


class XeroRequest(models.Model):
    _inherit = "xero.request"

    # === READ === #

    def _read_alike(self, resource, sent):
        """Documents of the same contacts and days; calls grow with contacts / 20."""
        found = []
        for kind in sorted({each["Type"] for each in sent}):
            same = [each for each in sent if each["Type"] == kind]
            found += self._read_alike_of(resource, kind, same)
        return found

    def _read_alike_of(self, resource, kind, sent):
        by_contact = {}
        for each in sent:
            days = by_contact.setdefault(each["Contact"]["ContactID"], [])
            days.append(wire.parse_date(each["Date"]))
        contacts, found = sorted(by_contact), []
        for start in range(0, len(contacts), _CONTACTS):
            some = contacts[start : start + _CONTACTS]
            days = [day for contact in some for day in by_contact[contact]]
            found += self._read_documents(resource, kind, some, days)
        return found

    def _read_documents(self, resource, kind, contacts, days):
        """Every document of one type of these contacts between the days."""
        where = (
            f'Type=="{kind}" AND Date>={_moment(min(days))}'
            f" AND Date<={_moment(max(days))}"
        )
        parameters = {"where": where}
        if resource.endpoint == "Invoices":
            parameters["contact_i_ds"] = contacts
        else:
            some = " OR ".join(
                f'Contact.ContactID==guid("{each}")' for each in contacts
            )
            parameters["where"] = f"{where} AND ({some})"
        return self.connection_id._read_pages(resource, **parameters)

    # === JUDGE === #

    def _judge_alike(self, resource, pairs, found, taken, findings):
        """As many identical ones as were sent, that nobody holds: ours."""
        model, groups = self.env[resource.model], {}
        free = {
            each[resource.id_field]: each
            for each in found
            if each[resource.id_field] not in taken
        }
        for line, sent in pairs:
            candidates = tuple(
                xero_id
                for xero_id, there in free.items()
                if model._xero_is_alike(there, sent, line.agreed or {})
            )
            if candidates:
                groups.setdefault(candidates, []).append(line)
            else:
                findings.absent.append(line)
        # Who says most fits fewest: what fits them is no longer there for others.
        for candidates, lines in sorted(groups.items(), key=lambda each: len(each[0])):
            left = [free.pop(xero_id) for xero_id in candidates if xero_id in free]
            if len(left) == len(lines):
                findings.adopted += zip(lines, left, strict=True)
            else:
                findings.alike += [(line, len(candidates)) for line in lines]

    # === SETTLE === #

    def _report_alike(self, alike):
        """Nobody can tell: it is not sent again before a person has looked."""
        for line, count in alike:
            line.link_id.alike_count = count
            self._stop(line, "looks_alike", count=count)


class XeroLink(models.Model):
    _inherit = "xero.link"

    def _alike_problem(self):
        """Why this one is not sent while nobody has said whether Xero has it."""
        return self._problem("looks_alike", count=self.alike_count)

    def action_not_there(self):
        """A person says that none of those in Xero is this one: it goes again."""
        self.ensure_one()
        self.env["xero.connection"]._check_user()
        self.check_access("read")
        link = self.sudo()
        link._claim_for_person()
        link.write(
            {
                "alike_count": 0,
                "state": "pending",
                "waiting_for": "plan",
                "by_user": True,
            }
        )
        link._tell(self.env._("Looked up in Xero: it is not there, so it goes again."))
        link.connection_id._wake_plan(by_user=True)
        return {"type": "ir.actions.client", "tag": "soft_reload"}


def _moment(day):
    return f"DateTime({day.year},{day.month},{day.day})"
