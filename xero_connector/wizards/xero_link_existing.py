"""Link a record to what Xero already has: look up, compare, choose."""

import json

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..lib import errors, wire
from ..models.account_move_apply import RESOURCES
from ..models.xero_look import STALE


class XeroLinkExisting(models.TransientModel):
    _name = "xero.link.existing"
    _description = "Link To What Xero Has"

    link_id = fields.Many2one("xero.link", required=True, readonly=True)
    record_name = fields.Char(related="link_id.record_name")
    words = fields.Char("Look for", help="A name or a number.")
    candidate_ids = fields.One2many("xero.link.candidate", "wizard_id")
    reason = fields.Char(help="Kept in the record's history with your name.")
    can_deny = fields.Boolean(compute="_compute_can_deny")

    @api.depends("link_id")
    def _compute_can_deny(self):
        for wizard in self:
            link = wizard.link_id
            wizard.can_deny = bool(link.alike_count or link._possible_doubles())

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        for wizard in wizards:
            wizard.words = wizard.words or wizard.link_id._looks_like()
            wizard._look_up()
        return wizards

    def action_look_up(self):
        """Look in Xero again: one call."""
        self.ensure_one()
        self._look_up()
        return self._reopen()

    def action_none(self):
        """None of them is this one: it goes again."""
        self.ensure_one()
        return self.link_id.action_not_there()

    def _look_up(self):
        self.env["xero.connection"]._check_user()
        self.link_id.check_access("read")
        found = self.link_id.sudo()._find_in_xero(self.words)
        # Nobody but this look-up says what Xero has.
        self.sudo().candidate_ids = [Command.clear()] + [
            Command.create(values) for values in found
        ]

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }


class XeroLinkCandidate(models.TransientModel):
    """One record in Xero that may be the same."""

    _name = "xero.link.candidate"
    _description = "Candidate In Xero"

    wizard_id = fields.Many2one("xero.link.existing", required=True, ondelete="cascade")
    xero_id = fields.Char(required=True)
    xero_number = fields.Char("Number")
    name = fields.Char()
    detail = fields.Char()
    status = fields.Char()
    element = fields.Json()

    def action_choose(self):
        """This is the same one: link it."""
        self.ensure_one()
        self.env["xero.connection"]._check_user()
        wizard = self.wizard_id
        wizard.link_id.check_access("read")
        wizard.link_id.sudo()._link_by_hand(self.element, wizard.reason)
        return {"type": "ir.actions.act_window_close"}


class XeroLink(models.Model):
    _inherit = "xero.link"

    def _looks_like(self):
        """What to look for first: the document's number or the contact's name."""
        record = self.env[self.res_model].browse(self.res_id)
        return record.name if self._is_document() else record.display_name

    def _find_in_xero(self, search):
        """Records of this kind in Xero that fit the words; one call.

        :return: list of values of ``xero.link.candidate``
        """
        resource = self.env["xero.resource"]._get(self.resource)
        try:
            found = self._read_in_xero(resource, search)
        except errors.XeroError as error:
            raise self.connection_id._as_user_error(error) from error
        return self._candidates(found)

    def _candidates(self, found):
        """What a look-up found, as values of ``xero.link.candidate``."""
        resource = self.env["xero.resource"]._get(self.resource)
        model = self.env[self.res_model]
        found = [each for each in found if self._may_be(each)]
        return [
            model._xero_candidate(element)
            | {
                "xero_id": element[resource.id_field],
                "xero_number": element.get(resource.number_field),
                "element": json.loads(wire.dumps(element)),
            }
            for element in found[:20]
        ]

    def _may_be(self, element):
        """Whether it stands in Xero and is of this kind: customers may supply, too."""
        kind = RESOURCES.get(element.get("Type"), self.resource)
        return kind == self.resource and element.get("Status") not in STALE

    def _read_in_xero(self, resource, search):
        """Elements that fit the words; the bills that stop this one come first."""
        doubles = self._possible_doubles()
        if doubles and search == self._looks_like():
            return self.connection_id._read_by_id(resource, doubles)
        parameters = self.env[self.res_model]._xero_search_parameters(search)
        answer = self.connection_id._call(resource.read, **parameters)
        return answer.elements(resource.endpoint)

    def _link_by_hand(self, element, reason):
        """Join this record to an element that Xero has, as a person decided."""
        self.ensure_one()
        self._claim_for_person()
        resource = self.env["xero.resource"]._get(self.resource)
        xero_id = element[resource.id_field]
        other = self.search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("resource", "=", self.resource),
                ("xero_id", "=", xero_id),
                ("id", "!=", self.id),
            ]
        )
        if other:
            raise UserError(
                self.env._(
                    "This record in Xero is already linked to %s.", other.record_name
                )
            )
        record = self.env[self.res_model].browse(self.res_id)
        self.write(
            {
                "state": "synced",
                "xero_id": xero_id,
                "xero_number": element.get(resource.number_field),
                "xero_status": element.get("Status"),
                "waiting_for": False,
                "synced_at": fields.Datetime.now(),
            }
            | record._xero_agree_by_hand(self, element)
        )
        self.env["xero.note"]._settle(self)
        self._tell(
            self.env._(
                "Linked by hand to %(number)s in Xero. %(reason)s",
                number=self.xero_number or element.get("Name") or xero_id,
                reason=reason or "",
            )
        )
        self.connection_id._wake_plan(by_user=True)
