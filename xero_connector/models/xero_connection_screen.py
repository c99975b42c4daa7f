"""The connection's form in words: who, how far, what next, and the facts that matter.

Only for display; nothing here is stored or decides anything.
"""

from babel.dates import format_timedelta
from markupsafe import Markup

from odoo import api, fields, models, tools

from .xero_connection_trial import TRIAL_DOCUMENTS


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    is_choosing = fields.Boolean(
        compute="_compute_is_choosing",
        compute_sudo=True,
        help="Xero gave access to several organisations; a person chooses one.",
    )
    doubtful_count = fields.Integer(compute="_compute_doubtful_count")
    steps = fields.Json("Progress", compute="_compute_steps")
    next_step = fields.Char(compute="_compute_next_step")
    next_action = fields.Selection(
        [
            ("questions", "Answer"),
            ("mapping", "Open mapping"),
            ("attention", "Show what needs attention"),
            ("go_live", "Go live"),
        ],
        compute="_compute_next_step",
    )
    connected_words = fields.Char(compute="_compute_connected_words")
    sends_words = fields.Char("Odoo Sends", compute="_compute_sends_words")
    calls_words = fields.Char("Xero Calls Today", compute="_compute_calls_words")

    # === COMPUTE METHODS === #

    @api.depends("candidate_ids")
    def _compute_is_choosing(self):
        for connection in self:
            connection.is_choosing = bool(connection.candidate_ids)

    def _compute_doubtful_count(self):
        """Suggestions that are used and that nobody looked at yet."""
        for connection in self:
            connection.doubtful_count = len(
                connection.mapping_ids.filtered_domain(
                    [
                        ("is_mapped", "=", True),
                        ("confidence", "in", ("medium", "none")),
                        ("is_needed", "=", True),
                    ]
                )
            )

    def _compute_steps(self):
        """Connect, Questions, Mapping, Trial, Go live: name, detail and state of each.

        States are ``done``, ``now`` or ``later``.
        """
        for connection in self:
            steps = connection._steps()
            undone = [step for step in steps if not step["done"]]
            for step in steps:
                now = step in undone[:1]
                step["state"] = "done" if step.pop("done") else "later"
                if now:
                    step["state"] = "now"
            connection.steps = steps

    def _steps(self):
        """The steps in order, and whether each is done."""
        connected = self.state == "connected"
        joined = bool(self.tenant_id)
        live = joined and self.mode == "live"
        left = self._mapping_left() if joined else ""
        sent = min(self.trial_count, TRIAL_DOCUMENTS)
        return [
            {"name": self.env._("Connect"), "detail": "", "done": connected},
            {
                "name": self.env._("Questions"),
                "detail": "",
                "done": live or (joined and self.questions_answered),
            },
            {
                "name": self.env._("Mapping"),
                "detail": left,
                "done": joined and not left,
            },
            {
                "name": self.env._("Trial"),
                "detail": ""
                if live or not joined
                else self.env._("%(sent)s of %(all)s", sent=sent, all=TRIAL_DOCUMENTS),
                "done": live or (joined and sent >= TRIAL_DOCUMENTS),
            },
            {"name": self.env._("Go live"), "detail": "", "done": live},
        ]

    def _mapping_left(self):
        """What is left in Mapping, most pressing first; empty where nothing is."""
        if self.unmapped_count:
            return self.env._("%s to map", self.unmapped_count)
        if self.doubtful_count:
            return self.env._("%s to check", self.doubtful_count)
        return ""

    def _compute_next_step(self):
        for connection in self:
            connected = connection.state == "connected" and not connection.is_copy
            words, action = connection._next_step() if connected else (False, False)
            connection.next_step = words
            connection.next_action = action

    def _next_step(self):
        """One sentence that says what to do now, and which button does it."""
        if self.mode == "trial" and not self.questions_answered:
            return self.env._("Next: say from when, and what Odoo sends."), "questions"
        if self.attention_count:
            words = self.env._("Documents need attention: %s.", self.attention_count)
            return words, "attention"
        if self.unmapped_count:
            return self.env._(
                "Next: say what %s of your accounts and taxes are in Xero."
                " Only documents that use them wait.",
                self.unmapped_count,
            ), "mapping"
        if self.doubtful_count:
            return self.env._(
                "Next: check the suggestions in Mapping that are not sure: %s.",
                self.doubtful_count,
            ), "mapping"
        if self.mode == "trial":
            return self._next_in_trial()
        if self.waiting_count:
            return self.env._("On their way to Xero: %s.", self.waiting_count), False
        if self.synced_count:
            return self.env._("Everything that Odoo should send is in Xero."), False
        return self.env._("Post an invoice, and it goes to Xero by itself."), False

    def _next_in_trial(self):
        if not self.trial_count:
            return self.env._(
                "Next: post an invoice. The first %s documents go to Xero as drafts,"
                " which you can check there and delete.",
                TRIAL_DOCUMENTS,
            ), False
        return self.env._(
            "In Xero as drafts: %s. Check them there, then go live.",
            self.trial_count,
        ), "go_live"

    @api.depends("connected_by_id", "connected_at", "last_contact", "company_id.name")
    def _compute_connected_words(self):
        for connection in self:
            if not connection.connected_at:
                connection.connected_words = False
                continue
            connection.connected_words = self.env._(
                "%(company)s · connected by %(person)s on %(day)s"
                " · last checked %(ago)s",
                company=connection.company_id.name,
                person=connection.connected_by_id.name,
                day=tools.format_date(self.env, connection.connected_at),
                ago=connection._ago(connection.last_contact),
            )

    def _ago(self, moment):
        """How long ago, in the reader's language."""
        passed = (moment or self.connected_at) - fields.Datetime.now()
        locale = tools.get_lang(self.env).code
        return format_timedelta(passed, add_direction=True, locale=locale)

    @api.depends(
        "send_invoices",
        "send_bills",
        "trigger",
        "mode",
        "invoice_status",
        "credit_note_status",
        "bill_status",
    )
    def _compute_sends_words(self):
        for connection in self:
            connection.sends_words = connection._sends_words()

    def _sends_words(self):
        """'Sales invoices and bills, when they are posted, approved'."""
        what = []
        if self.send_invoices:
            what.append(self.env._("sales invoices and credit notes"))
        if self.send_bills:
            what.append(self.env._("bills and supplier credits"))
        if not what:
            return self.env._("Nothing: every kind of document is switched off.")
        when = {
            "post": self.env._("when they are posted"),
            "sent": self.env._("when they are marked as sent"),
            "manual": self.env._("when someone asks"),
        }
        words = ", ".join(what)
        parts = [f"{words[:1].upper()}{words[1:]}", when[self.trigger]]
        return ", ".join(parts + self._status_words())

    def _status_words(self):
        """How documents arrive in Xero, where all arrive alike."""
        if self.mode == "trial":
            return [self.env._("as drafts while you try")]
        statuses = {self.bill_status} if self.send_bills else set()
        if self.send_invoices:
            statuses |= {self.invoice_status, self.credit_note_status}
        how = {
            "DRAFT": self.env._("as drafts"),
            "SUBMITTED": self.env._("awaiting approval"),
            "AUTHORISED": self.env._("approved"),
        }
        return [how[status] for status in statuses] if len(statuses) == 1 else []

    def _compute_calls_words(self):
        for connection in self:
            if not connection.day_calls_limit:
                connection.calls_words = self.env._("None yet")
                continue
            connection.calls_words = self.env._(
                "%(used)s of %(limit)s used · %(left)s left today, %(minute)s this"
                " minute · %(reserve)s kept for people",
                used=f"{connection.day_calls_used:,}",
                limit=f"{connection.day_calls_limit:,}",
                left=f"{connection.day_calls_left:,}",
                minute=connection.minute_calls_left,
                reserve=f"{connection.day_calls_reserve:,}",
            )

    # === ACTIONS === #

    def action_show_mapping(self):
        """The rows that are still to be chosen."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_mapping_action"
        )

    def action_show_attention(self):
        """The causes that stop documents."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_note_action"
        )

    @api.model
    def get_empty_list_help(self, help_message):
        """A person who may not connect is told whom to ask."""
        if self.env.user.has_group("xero_connector.group_manager"):
            return super().get_empty_list_help(help_message)
        return super().get_empty_list_help(
            Markup("<p class='o_view_nocontent_smiling_face'>%s</p><p>%s</p>")
            % (
                self.env._("Odoo is not connected to Xero yet"),
                self.env._(
                    "Ask someone with the right 'Xero: Administrator' to connect it."
                ),
            )
        )
